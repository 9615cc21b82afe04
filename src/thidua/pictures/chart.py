"""A chart of counted recipients: by awarder and by year, coloured by award type, with what nobody counted shown as such."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from thidua.messages import text
from thidua.networks.awards import joined_bound, whole_number
from thidua.pictures import fonts
from thidua.pictures.columns import legend, legend_height
from thidua.pictures.sheet import BODY, COLOURS, GREY, INK, LINE, MARGIN, OTHER, SMALL, Sheet, line_height
from thidua.views import Row

_BOUND_SIGNS = {"exact": "", "atLeast": "≥", "atMost": "≤", "about": "≈"}
_REST = ""


@dataclass
class Bar:
    """The recipients of one awarder, or of one year: sums by award type, their bound, and the groups without a count."""

    label: str
    by_type: Counter[str] = field(default_factory=Counter)
    bound: str = ""
    uncounted: int = 0
    groups: int = 0

    @property
    def total(self) -> int:
        """All that was counted."""
        return sum(self.by_type.values())

    def add(self, award_type: str, count: int | None, bound: str) -> None:
        """Adds one recipient group."""
        self.groups += 1
        if count is None:
            self.uncounted += 1
        else:
            self.by_type[award_type] += count
            self.bound = joined_bound(self.bound, bound)

    def take(self, other: Bar) -> None:
        """Takes in another bar."""
        self.by_type.update(other.by_type)
        self.uncounted += other.uncounted
        self.groups += other.groups
        if other.bound:
            self.bound = joined_bound(self.bound, other.bound)

    def told(self, sheet: Sheet) -> str:
        """The number at its end, with the sign of its bound; a question mark by the number of groups nobody counted."""
        counted = _BOUND_SIGNS[self.bound] + sheet.number(self.total) if self.bound else ""
        return " + ".join(filter(None, (counted, f"{sheet.number(self.uncounted)}?" if self.uncounted else "")))


@dataclass
class Counts:
    """All bars of the chart, and the names of the award types."""

    awarders: dict[str, Bar] = field(default_factory=dict)
    years: dict[int, Bar] = field(default_factory=dict)
    undated: Bar = field(default_factory=lambda: Bar("?"))
    types: dict[str, str] = field(default_factory=dict)
    events: set[str] = field(default_factory=set)
    joint: bool = False


def gather(rows: Iterable[Row], lang: str) -> Counts:
    """The rows of chart.rq; in the years an award of several awarders counts once, by awarder once for each."""
    counts = Counts()
    seen: dict[tuple[str, str], str] = {}
    for row in rows:
        counts.events.add(row["event"])
        award_type = row.get("awardType", _REST)
        counts.types.setdefault(award_type, row.get("awardTypeLabel", award_type) or text("picture-no-type", lang))
        label = row.get("awarderLabel") or (
            text("awarder-of-level", lang, level=row["level"]) if "level" in row else text("awarder-not-told", lang)
        )
        count, bound = whole_number(row.get("count", "")), row.get("bound", "unknown")
        awarder = row.get("awarder", label)
        counts.awarders.setdefault(awarder, Bar(label)).add(award_type, count, bound)
        if (row["event"], row.get("group", "")) in seen:
            counts.joint = True
            continue
        seen[row["event"], row.get("group", "")] = awarder
        first, last = row.get("earliest", "")[:4], row.get("latest", "")[:4]
        bar = (
            counts.years.setdefault(int(first), Bar(first))
            if first == last and first.isascii() and first.isdigit() and first != "0000"
            else counts.undated
        )
        bar.add(award_type, count, bound)
    return counts


def draw(sheet: Sheet, rows: Iterable[Row]) -> int:
    """Draws the chart; returns how many award events there are."""
    counts = gather(rows, sheet.lang)
    if not counts.events:
        return 0
    sums: Counter[str] = Counter()
    for bar in (*counts.years.values(), counts.undated):
        sums.update(bar.by_type)
    order = sorted(sums, key=lambda one: (-sums[one], counts.types[one], one))
    own = order if len(order) <= len(COLOURS) else order[: len(COLOURS) - 1]
    colours = {award_type: COLOURS[number] for number, award_type in enumerate(own)}
    sheet.say("picture-chart-numbers")
    years = [bar.total for bar in counts.years.values()]
    if len(counts.awarders) > _rooms(sheet, sheet.foot() - 2 * line_height(SMALL)) or counts.undated.total > _scale(years, []):
        sheet.say("picture-cut")
    if counts.joint:
        sheet.say("picture-joint")
    note = len(sheet.notes)
    most = sheet.number(len(counts.events))
    sheet.say("picture-chart-thinned", shown=most, every=most, events=most)
    entries = [(counts.types[award_type], colours[award_type], False) for award_type in own]
    if len(order) > len(own):
        entries.append((text("picture-other-types", sheet.lang, count=sheet.number(len(order) - len(own))), OTHER, False))
    entries.append((text("picture-uncounted-groups", sheet.lang), "hatched", False))
    height = legend_height(sheet, entries)
    bottom = sheet.foot() - height
    middle = MARGIN + (sheet.width - 2 * MARGIN) * 0.6
    shown = _awarders(sheet, counts, colours, sheet.top, bottom, middle - 6)
    _years(sheet, counts, colours, sheet.top, bottom, middle)
    every = len(counts.awarders)
    sheet.notes[note] = text(
        "picture-chart-thinned" if shown < every else "picture-chart-whole", sheet.lang,
        shown=sheet.number(shown), every=sheet.number(every), events=sheet.number(len(counts.events)),
    )  # fmt: skip
    legend(sheet, bottom + line_height(SMALL), entries)
    return len(counts.events)


def _parts(bar: Bar, colours: dict[str, str]) -> list[tuple[str, int]]:
    """(colour, how many) along the bar, types without a colour of their own together at the end."""
    parts = [(colour, bar.by_type[award_type]) for award_type, colour in colours.items() if bar.by_type[award_type]]
    rest = bar.total - sum(count for _, count in parts)
    return [*parts, (OTHER, rest)] if rest else parts


def _scale(own: list[int], together: list[int]) -> int:
    """What the longest bar stands for: one of many together, where it would dwarf the others, is cut short."""
    most = max(own, default=0)
    if most and max(together, default=0) > 1.5 * most:
        return math.ceil(1.2 * most)
    return max(1, *own, *together)


def _rooms(sheet: Sheet, bottom: float) -> int:
    """How many lying bars there is room for."""
    return max(int((bottom - sheet.top - 5) / (2 * line_height(BODY) + 0.6)), 3)


def _awarders(sheet: Sheet, counts: Counts, colours: dict[str, str], top: float, bottom: float, right: float) -> int:
    """Lying bars, the largest first; returns how many awarders have one of their own."""
    sheet.text(MARGIN, top + 1.5, text("picture-by-awarder", sheet.lang), SMALL, GREY)
    room = _rooms(sheet, bottom)
    order = sorted(
        counts.awarders, key=lambda one: (-counts.awarders[one].total, -counts.awarders[one].groups, counts.awarders[one].label, one)
    )
    kept = order if len(order) <= room else order[: room - 1]
    bars = [counts.awarders[one] for one in kept]
    if len(kept) < len(order):
        rest = Bar(text("picture-other-awarders", sheet.lang, count=sheet.number(len(order) - len(kept))))
        for one in order[len(kept) :]:
            rest.take(counts.awarders[one])
        bars.append(rest)
    labels = (right - MARGIN) * 0.46
    for_numbers = max(fonts.width(bar.told(sheet), SMALL) for bar in bars) + 5
    left, most = MARGIN + labels + 2, _scale([bar.total for bar in bars[: len(kept)]], [bar.total for bar in bars[len(kept) :]])
    per = (right - left - for_numbers) / most
    step = min((bottom - top - 5) / len(bars), 14.0)
    for number, bar in enumerate(bars):
        y = top + 5 + step * (number + 0.5)
        thick = min(step * 0.6, 6.5)
        rest_line = number >= len(kept)
        sheet.lines(left - 2, y, fonts.wrapped(bar.label, BODY, labels, 2), BODY, GREY if rest_line else INK, "right")
        x = left
        cut = min(most / bar.total, 1.0) if bar.total else 1.0
        for colour, count in _parts(bar, colours):
            sheet.box(x, y - thick / 2, max(count * per * cut, 0.1), thick, colour)
            x += count * per * cut
        if cut < 1:
            sheet.line([((left + x) / 2 - 0.8, y + thick / 2 + 0.5), ((left + x) / 2 + 0.8, y - thick / 2 - 0.5)], "white", 1.0)
        if bar.uncounted:
            sheet.box(x + 0.3, y - thick / 2, 2.4, thick, GREY, hatch=True)
            x += 2.7
        sheet.text(x + 1, y, bar.told(sheet), SMALL, GREY)
    sheet.line([(left, top + 5), (left, top + 5 + step * len(bars))], LINE, 0.2)
    return len(kept)


def _years(sheet: Sheet, counts: Counts, colours: dict[str, str], top: float, bottom: float, left: float) -> None:
    """Standing bars, a year each, those without a known year last; with too many years for names, some are named."""
    sheet.text(left, top + 1.5, text("picture-by-year-head", sheet.lang), SMALL, GREY)
    right, base = sheet.width - MARGIN, min(bottom - 5, top + 0.75 * sheet.width)
    years = list(range(min(counts.years), max(counts.years) + 1)) if counts.years else []
    bars = [counts.years.get(year, Bar(str(year))) for year in years]
    if counts.undated.groups:
        bars.append(counts.undated)
    step = min((right - left) / len(bars), 16.0)
    thick = min(step * 0.7, 7.0)
    widest = max(fonts.width(bar.told(sheet), SMALL) for bar in bars)
    upright = widest + 1 <= step
    above = (line_height(SMALL) if upright else widest) + 3.5
    most = _scale([bar.total for bar in bars if bar is not counts.undated], [counts.undated.total])
    per = (base - top - 5 - above) / most
    every = next((every for every in (1, 2, 5, 10, 20, 50) if step * every >= fonts.width("2025", SMALL) + 1.5), 100)
    for number, bar in enumerate(bars):
        x = left + step * (number + 0.5)
        y = base
        cut = min(most / bar.total, 1.0) if bar.total else 1.0
        for colour, count in _parts(bar, colours):
            sheet.box(x - thick / 2, y - count * per * cut, thick, max(count * per * cut, 0.1), colour)
            y -= count * per * cut
        if cut < 1:
            sheet.line([(x - thick / 2 - 0.5, (base + y) / 2 + 0.8), (x + thick / 2 + 0.5, (base + y) / 2 - 0.8)], "white", 1.0)
        if bar.uncounted:
            sheet.box(x - thick / 2, y - 2.7, thick, 2.4, GREY, hatch=True)
            y -= 2.7
        if upright:
            sheet.text(x, y - line_height(SMALL) / 2 - 0.3, bar.told(sheet), SMALL, GREY, "centre")
        elif thick >= line_height(SMALL) * 0.75:
            sheet.text(x, y - 0.8, bar.told(sheet), SMALL, GREY, "upward")
        if bar is counts.undated or int(bar.label) % every == 0:
            sheet.text(x, base + 2.5, bar.label, SMALL, GREY, "centre")
    sheet.line([(left, base), (left + step * len(bars), base)], LINE, 0.2)
