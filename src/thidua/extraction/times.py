"""Days, years and periods as the text prints them, and the day an event fell on as far as the text tells it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from thidua.extraction.chunks import Chunk
from thidua.extraction.rows import Row
from thidua.extraction.values import Offsets


@dataclass(frozen=True, slots=True)
class Day:
    """A day: `iso` is None where its year is not known; `why` tells from what a year was taken."""

    iso: str | None
    raw: str
    at: Offsets
    why: str | None = None


def day_of(chunk: Chunk, text: str, published: str | None) -> Day | None:
    """The day that a written date tells.

    A year that is not printed is taken from the day of publication, where that is known: the last such day before it.
    """
    raw = " ".join(text[chunk.start : chunk.end].split())
    at = (chunk.start, chunk.end)
    if "today" in chunk.tags:
        if not published or len(published) != 10:
            return Day(None, raw, at)
        day = datetime.date.fromisoformat(published)
        if "qua" in raw.lower():
            day -= datetime.timedelta(days=1)
        return Day(day.isoformat(), raw, at, "the day of publication")
    value = chunk.value or {}
    for suffix in ("", "2"):
        if f"day{suffix}" not in value:
            continue
        number, month = int(value[f"day{suffix}"][0]), int(value[f"month{suffix}"][0])
        year = value.get(f"year{suffix}")
        if year is not None:
            return Day(_iso(int(year[0]), month, number), raw, at)
        if published and len(published) >= 4:
            return Day(_before(published, month, number), raw, at, "the year of publication")
        return Day(None, raw, at)
    return None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def _before(published: str, month: int, day: int) -> str | None:
    """The last such day up to the day of publication; two weeks later are let pass, since papers tell of days ahead."""
    year = int(published[:4])
    if len(published) == 10:
        limit = datetime.date.fromisoformat(published) + datetime.timedelta(days=14)
        for candidate in (year + 1, year, year - 1):
            iso = _iso(candidate, month, day)
            if iso is not None and datetime.date.fromisoformat(iso) <= limit:
                return iso
        return None
    if len(published) == 7 and month > int(published[5:7]):
        year -= 1
    return _iso(year, month, day)


def dated(chunk: Chunk, text: str, published: str | None) -> Day | None:
    """`day_of`, for chunks that are dates; None for others."""
    return day_of(chunk, text, published) if chunk.tags & {"date", "today"} else None


def period_of(chunk: Chunk) -> str | None:
    """The period or year that a written form tells, as 2016-2020 or 2021."""
    value = chunk.value or {}
    if not isinstance(value, dict):
        return None
    if "from" in value:
        return f"{value['from'][0]}-{value['until'][0]}"
    for key in ("year4", "year5"):
        if key in value:
            return str(value[key][0])
    return None


def period_in(chunks: list[Chunk], first: int, end: int) -> tuple[str, Offsets] | None:
    """The first period or year among chunks[first:end]."""
    for chunk in chunks[first:end]:
        if chunk.tags & {"period", "year"}:
            found = period_of(chunk)
            if found:
                return found, (chunk.start, chunk.end)
    return None


def day_before(rows: list[Row], row: Row, limit: int, text: str, published: str | None) -> Day | None:
    """The day of what a row tells: printed in it before `limit`, else at the head of its paragraph or of the text."""
    for index in range(len(row.chunks) - 1, -1, -1):
        chunk = row.chunks[index]
        if chunk.end <= limit and not _of_paper(row, index):
            found = dated(chunk, text, published)
            if found is not None:
                return found
    if row.caption:
        return None
    for earlier in reversed(rows[: row.number]):
        if earlier.caption:
            continue
        for index, chunk in enumerate(earlier.chunks):
            found = dated(chunk, text, published)
            if found is not None and not _of_paper(earlier, index) and (index <= 6 or earlier.part == row.part):
                return found
        if earlier.part != row.part and row.number - earlier.number > 12:
            return None
    return None


def _of_paper(row: Row, index: int) -> bool:
    """Whether a day is that of a decision or other paper, which stands right before it."""
    return index > 0 and bool(row.chunks[index - 1].tags & {"decision", "paper", "planpaper"})
