"""A timeline: one line a campaign, with its period, its launches and the awards that honour it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from thidua.messages import text
from thidua.pictures import fonts
from thidua.pictures.sheet import BODY, COLOURS, GREY, INK, LINE, MARGIN, SMALL, Sheet, line_height
from thidua.views import Row

PERIOD = "#dde7f0"
_ROW, _LANE, _MOST_RADIUS, _LEAST_RADIUS = 7.6, 2.4, 1.1, 0.65
_NONE = ""  # the line of awards that honour no campaign


@dataclass
class Line:
    """One campaign, or several together: periods, and what happened when; `inexact` is known by a month or year only."""

    label: str
    periods: list[tuple[float, float]] = field(default_factory=list)
    launches: list[tuple[float, float]] = field(default_factory=list)
    awards: list[tuple[float, float]] = field(default_factory=list)
    launched: set[str] = field(default_factory=set)
    awarded: set[str] = field(default_factory=set)

    def begins(self) -> float:
        """The first day, for the order of the lines; those without any come last."""
        return min((first for first, _ in (*self.periods, *self.launches, *self.awards)), default=math.inf)

    def add(self, other: Line) -> None:
        """Takes in another line's launches and awards, not its periods: those of many are no period of their own."""
        self.launches += other.launches
        self.awards += other.awards
        self.launched |= other.launched
        self.awarded |= other.awarded


def _span(row: Row) -> tuple[float, float] | None:
    """First and last possible day as numbers of years, 2025-07-02 as 2025.5; None where one is not known, or is no day."""
    try:
        first, last = (date.fromisoformat(row.get(name, "")) for name in ("earliest", "latest"))
    except ValueError:
        return None
    start, end = (day.year + (day.timetuple().tm_yday - 1) / 365.25 for day in (first, last))
    return (start, end) if start <= end else None


def gather(rows: Iterable[Row], lang: str) -> dict[str, Line]:
    """The rows of timeline.rq by campaign; an event that honours several is in the line of each."""
    lines: dict[str, Line] = {}
    for row in rows:
        campaign = row.get("campaign", _NONE)
        line = lines.setdefault(campaign, Line(row.get("campaignLabel", campaign) or text("picture-no-campaign", lang)))
        span = _span(row)
        if row["role"] == "campaign":
            line.periods += [span] if span and span not in line.periods else []
            continue
        times, events = (line.launches, line.launched) if row["role"] == "launch" else (line.awards, line.awarded)
        if row["event"] not in events:
            events.add(row["event"])
            times += [span] if span else []
    return lines


def draw(sheet: Sheet, rows: Iterable[Row]) -> int:
    """Draws the timeline; returns how many campaigns, launches and awards there are in all."""
    found = gather(rows, sheet.lang)
    lines, note = _chosen(sheet, found)
    spans = [span for line in lines for span in (*line.periods, *line.launches, *line.awards)]
    launches = len(set().union(*(line.launched for line in found.values())))
    awards = len(set().union(*(line.awarded for line in found.values())))
    undated = sum(len(line.awarded) - len(line.awards) + len(line.launched) - len(line.launches) for line in found.values())
    sheet.notes.append(note)
    if undated:
        sheet.say("picture-undated", count=sheet.number(undated))
    if spans:
        _draw(sheet, lines, spans)
    else:
        sheet.text(MARGIN, sheet.top + 6, text("picture-no-dates", sheet.lang), BODY, GREY)
    return len(found) + launches + awards


def _chosen(sheet: Sheet, found: dict[str, Line]) -> tuple[list[Line], str]:
    """The lines to draw: the campaigns with most launches and awards, in the order of time; the rest in a line together."""
    campaigns = {iri: line for iri, line in found.items() if iri != _NONE}
    room = int((sheet.height - MARGIN - 6 * line_height(SMALL) - sheet.top - 16) / _ROW)
    order = sorted(
        campaigns,
        key=lambda iri: (-len(campaigns[iri].awarded) - len(campaigns[iri].launched), campaigns[iri].begins(), campaigns[iri].label, iri),
    )
    fits = len(order) + (_NONE in found) <= room
    kept = order if fits else order[: room - 1 - (_NONE in found)]
    lines = sorted((campaigns[iri] for iri in kept), key=lambda line: (line.begins(), line.label))
    rest = [campaigns[iri] for iri in order[len(kept) :]]
    if rest:
        together = Line(text("picture-other-campaigns", sheet.lang, count=sheet.number(len(rest))))
        for line in rest:
            together.add(line)
        lines.append(together)
    lines += [found[_NONE]] if _NONE in found else []
    key = "picture-timeline-thinned" if rest else "picture-timeline-whole"
    launches = len(set().union(*(line.launched for line in found.values())))
    awards = len(set().union(*(line.awarded for line in found.values())))
    counts = {"launches": launches, "awards": awards, "shown": len(kept), "every": len(order)}
    return lines, text(key, sheet.lang, **{name: sheet.number(count) for name, count in counts.items()})


def _unit(first: float, last: float, width: float) -> float:
    """Years that one mark stands for: as short as marks next to each other allow."""
    for unit in (1 / 12, 1 / 4, 1.0, 2.0, 5.0, 10.0, 50.0):
        if (last - first) / unit * 2 * (_MOST_RADIUS + 0.1) <= width:
            return unit
    return 100.0


def _draw(sheet: Sheet, lines: list[Line], spans: list[tuple[float, float]]) -> None:
    first, last = math.floor(min(one for one, _ in spans)), math.floor(max(other for _, other in spans)) + 1
    labels = (sheet.width - 2 * MARGIN) * (0.32 if sheet.large else 0.36)
    numbers = 11.0
    left, right = MARGIN + labels + 3, sheet.width - MARGIN - numbers
    unit = _unit(first, last, right - left)
    sheet.say(
        {1 / 12: "picture-by-month", 1 / 4: "picture-by-quarter", 1.0: "picture-by-year"}.get(unit, "picture-by-years"), count=f"{unit:g}"
    )
    top = sheet.top + 5
    bottom = top + _ROW * len(lines)

    def x_of(year: float) -> float:
        return left + (right - left) * (year - first) / (last - first)

    _axis(sheet, first, last, x_of, top, bottom)
    heads = text("picture-events", sheet.lang)
    sheet.text(sheet.width - MARGIN, sheet.top + 1.5, heads, SMALL, GREY, "right")
    marks = [[_binned(times, unit) for times in (line.launches, line.awards)] for line in lines]
    most = max((count for line in marks for exact, inexact in line for count in (*exact.values(), *inexact.values())), default=1)
    for number, line in enumerate(lines):
        y = top + _ROW * (number + 0.5)
        if number:
            sheet.line([(MARGIN, y - _ROW / 2), (sheet.width - MARGIN, y - _ROW / 2)], "#ececec", 0.15)
        sheet.lines(MARGIN + labels, y, fonts.wrapped(line.label, SMALL, labels, 2), SMALL, INK, "right")
        for start, end in line.periods:
            sheet.box(x_of(start), y - _ROW / 2 + 0.8, max(x_of(end + 1 / 365.25) - x_of(start), 0.6), _ROW - 1.6, PERIOD)
        (launched, launched_about), (awarded, awarded_about) = marks[number]
        for when, count in sorted((launched + launched_about).items()):
            sheet.dot(x_of(when), y - _LANE + 0.2, _radius(count, most), COLOURS[3], "triangle")
        for when, count in sorted(awarded.items()):
            sheet.dot(x_of(when), y, _radius(count, most), COLOURS[0])
        for when, count in sorted(awarded_about.items()):
            sheet.dot(x_of(when), y + _LANE, _radius(count, most), COLOURS[0], hollow=True)
        told = len(line.awarded) + len(line.launched)
        sheet.text(sheet.width - MARGIN, y, sheet.number(told), SMALL, GREY, "right")
    _legend(sheet, bottom + 4, most)


def _binned(times: list[tuple[float, float]], unit: float) -> tuple[Counter[float], Counter[float]]:
    """How many in each stretch of `unit` years, by its middle: those known to lie in it, and those known less exactly."""
    exact: Counter[float] = Counter()
    inexact: Counter[float] = Counter()
    for first, last in times:
        start = math.floor(first / unit + 1e-6)
        if last < (start + 1) * unit + 1e-6 and last - first <= max(unit, 1 / 12):
            exact[(start + 0.5) * unit] += 1
        else:
            inexact[(math.floor((first + last) / 2 / unit + 1e-6) + 0.5) * unit] += 1
    return exact, inexact


def _radius(count: int, most: int) -> float:
    return _LEAST_RADIUS + (_MOST_RADIUS - _LEAST_RADIUS) * math.sqrt((count - 1) / max(most - 1, 1))


def _axis(sheet: Sheet, first: int, last: int, x_of: Callable[[float], float], top: float, bottom: float) -> None:
    """A line a year, or every so many years, named where there is room."""
    wide = fonts.width("2025", SMALL) + 3
    step = next((step for step in (1, 2, 5, 10, 20, 50, 100) if x_of(first + step) - x_of(first) >= wide), 500)
    for year in range(first, last + 1):
        named = year % step == 0
        if named or x_of(first + 1) - x_of(first) > 2:
            sheet.line([(x_of(year), top), (x_of(year), bottom)], LINE if named else "#ececec", 0.15)
        if named and year < last:
            sheet.text(x_of(year) + 0.6, top - 2, str(year), SMALL, GREY)


def _legend(sheet: Sheet, y: float, most: int) -> None:
    x = MARGIN
    samples = sorted({1, round(math.sqrt(most)), most})
    entries: list[tuple[str, Callable[[float, float], None]]] = [
        (text("picture-period", sheet.lang), lambda x, y: sheet.box(x - 1.6, y - 1.4, 4.6, 2.8, PERIOD)),
        (text("picture-launch", sheet.lang), lambda x, y: sheet.dot(x, y, 1.0, COLOURS[3], "triangle")),
        (text("picture-award", sheet.lang), lambda x, y: sheet.dot(x, y, 1.0, COLOURS[0])),
        (text("picture-award-about", sheet.lang), lambda x, y: sheet.dot(x, y, 1.0, COLOURS[0], hollow=True)),
    ]
    if most > 1:
        entries += [(sheet.number(count), partial(sheet.dot, radius=_radius(count, most), colour=GREY)) for count in samples]
    for words, mark in entries:
        needed = 5.2 + fonts.width(words, SMALL) + 4
        if x + needed > sheet.width - MARGIN:
            x, y = MARGIN, y + line_height(SMALL) + 0.6
        mark(x + 1.6, y)
        sheet.text(x + 5.2, y, words, SMALL, GREY)
        x += needed
