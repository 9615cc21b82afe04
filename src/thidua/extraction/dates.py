"""Days as pages and texts print them, as ISO dates."""

from __future__ import annotations

import datetime
import re

_VIETNAM = datetime.timezone(datetime.timedelta(hours=7))
_EARLIEST, _LATEST = 1945, 2100
DAY = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>\d{4})(?!\d)"
    r"|(?<!\d)(?P<year2>\d{4})-(?P<month2>\d\d)-(?P<day2>\d\d)(?!\d)"
    r"|(?i:ngày)\s+(?P<day3>\d{1,2})\s+(?i:tháng)\s+(?P<month3>\d{1,2}),?\s+(?i:năm)\s+(?P<year3>\d{4})(?!\d)"
)


def iso_day(match: re.Match[str]) -> str | None:
    """The ISO date of a match of DAY; None where the calendar has no such day."""
    numbers = [match[f"{part}{form}"] for form in ("", "2", "3") for part in ("year", "month", "day")]
    year, month, day = (int(number) for number in numbers if number is not None)
    return _checked(year, month, day)


def _checked(year: int, month: int, day: int) -> str | None:
    if not _EARLIEST <= year <= _LATEST:
        return None
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def day_of_stamp(stamp: str) -> str | None:
    """The day, in Viet Nam, of a page's machine-readable time ("2020-10-07T18:30:00Z" → 2020-10-08); None if it is none."""
    try:
        moment = datetime.datetime.fromisoformat(stamp.strip())
    except ValueError:
        match = DAY.match(stamp.strip())
        return iso_day(match) if match else None
    if not _EARLIEST <= moment.year <= _LATEST:
        return None
    return (moment.astimezone(_VIETNAM) if moment.tzinfo else moment).date().isoformat()
