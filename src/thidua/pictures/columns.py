"""Two columns of names with ribbons between them: who gives, and who is given to. Names never overlap, however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from thidua.pictures import fonts
from thidua.pictures.sheet import BODY, GREY, INK, MARGIN, SMALL, Sheet, line_height


@dataclass(frozen=True)
class End:
    """A name on one side: `key` tells it from others, `rest` is the key of the line it is counted in where it is not drawn.

    Of those of a lower `rank` more are drawn.
    """

    key: str
    label: str
    shape: str
    rest: str
    rank: int = 0


@dataclass
class Link:
    """What runs from a left to a right name: `value` as far as counted, `uncounted` groups, `events`; `sort` has a colour."""

    left: str
    right: str
    sort: str
    value: float = 0.0
    uncounted: int = 0
    events: int = 0


@dataclass
class Line:
    """One line of a column, of one name or of all that are not drawn by themselves."""

    end: End
    names: int = 1
    value: float = 0.0
    uncounted: int = 0
    counted: bool = False
    y: float = 0.0
    order: int = 0
    links: list[Link] = field(default_factory=list)


def _kept(ends: Mapping[str, End], links: Sequence[Link], side: str, most: int) -> list[str]:
    """The names of one side that get a line of their own: those with the most events, of equals with the highest counts."""
    weight: dict[str, list[float]] = defaultdict(lambda: [0, 0.0])
    for link in links:
        weight[getattr(link, side)][0] += link.events
        weight[getattr(link, side)][1] += link.value
    order = sorted(weight, key=lambda name: (ends[name].rank, -weight[name][0], -weight[name][1], ends[name].label, name))
    return order if len(order) <= most else order[: max(most - len({ends[name].rest for name in order}), 1)]


def _kept_together(ends: Mapping[str, End], links: Sequence[Link], most: int) -> tuple[list[str], list[str]]:
    """The same for both sides where a name means little without all that it is joined to: whole groups as far as they fit."""
    import networkx

    whole = networkx.Graph((link.left, link.right) for link in links)
    lefts = {link.left for link in links}
    groups = sorted(
        (sorted(group) for group in networkx.connected_components(whole)),
        key=lambda group: (min(ends[name].rank for name in group), -len(group), ends[group[0]].label, group[0]),
    )
    free = most if max(len(lefts), len(whole) - len(lefts)) <= most else most - 1
    kept: tuple[list[str], list[str]] = ([], [])
    for group in groups:
        sides = [name for name in group if name in lefts], [name for name in group if name not in lefts]
        if all(len(old) + len(new) <= free for old, new in zip(kept, sides, strict=True)):
            kept[0].extend(sides[0])
            kept[1].extend(sides[1])
    return kept


def room(sheet: Sheet, bottom: float) -> int:
    """How many names a column has room for."""
    return max(int((bottom - sheet.top - 5) / (2 * line_height(BODY) + 0.9)), 3)


def columns(
    sheet: Sheet,
    ends: Mapping[str, End],
    links: Sequence[Link],
    colours: Mapping[str, str],
    heads: tuple[str, str],
    rest_labels: Mapping[str, str],
    bottom: float,
    number: str = "value",
    together: bool = False,
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Draws the columns between the sheet's top and `bottom`.

    Args:
        ends: all names by key.
        colours: of each sort of link.
        heads: what stands above the columns.
        rest_labels: words for the lines of what is grouped, by `End.rest`, with a place {count} for how many names.
        number: what stands behind a name: "value" (the sum of counts) or "events".
        together: only whole groups of names that are joined have lines of their own.

    Returns:
        (left names with a line of their own, all left names), and the same of the right.
    """
    most = room(sheet, bottom)
    sides: dict[str, dict[str, Line]] = {}
    counts = []
    chosen = _kept_together(ends, links, most) if together else tuple(_kept(ends, links, side, most) for side in ("left", "right"))
    for side, names in zip(("left", "right"), chosen, strict=True):
        own = {name: number for number, name in enumerate(names)}
        into = {name: name if name in own else ends[name].rest for link in links if (name := getattr(link, side))}
        counts.append((len(own), len(into)))
        lines: dict[str, Line] = {}
        for name, key in sorted(into.items()):
            if key in lines:
                lines[key].names += 1
            else:
                lines[key] = Line(ends[name] if key == name else End(key, "", "square", key), order=own.get(name, 0) if together else 0)
        for key, line in lines.items():
            if not line.end.label:
                lines[key].end = End(key, rest_labels[key].format(count=sheet.number(line.names)), "", key)
        for link in links:
            line = lines[into[getattr(link, side)]]
            line.value += link.value
            line.uncounted += link.uncounted
            line.counted = line.counted or link.value > 0
            line.links.append(link)
        sides[side] = lines
        sides[f"{side}-into"] = {name: lines[key] for name, key in into.items()}
    _place(sides, sheet.top + 5, bottom)
    _draw(sheet, sides, colours, heads, number)
    return counts[0], counts[1]


def _place(sides: dict[str, dict[str, Line]], top: float, bottom: float) -> None:
    """Left: by size, what is grouped last. Right: near those they are joined to, so that few ribbons cross."""
    left = sorted(
        sides["left"].values(), key=lambda line: (not line.end.shape, line.order, -sum(link.events for link in line.links), line.end.label)
    )
    for number, line in enumerate(left):
        line.y = number
    into = sides["left-into"]

    def middle(line: Line) -> float:
        total = sum(link.events or 1 for link in line.links)
        return sum(into[link.left].y * (link.events or 1) for link in line.links) / max(total, 1)

    right = sorted(sides["right"].values(), key=lambda line: (not line.end.shape, middle(line), line.end.label))
    most = max(len(left), len(right))
    for column in (left, right):
        step = min((bottom - top) / most, 14.0) * (most / len(column)) if len(column) < most else min((bottom - top) / most, 14.0)
        step = min(step, 20.0)
        for number, line in enumerate(column):
            line.y = top + step * (number + 0.5)


def _draw(sheet: Sheet, sides: dict[str, dict[str, Line]], colours: Mapping[str, str], heads: tuple[str, str], number: str) -> None:
    told = {id(line): said(sheet, line, number) for side in ("left", "right") for line in sides[side].values()}
    for_numbers = max(fonts.width(words, SMALL) for words in told.values()) + 1.5
    text_width = (sheet.width - 2 * MARGIN) * (0.36 if sheet.large else 0.375)
    for side, edge, sign, head in (("left", MARGIN, 1, heads[0]), ("right", sheet.width - MARGIN, -1, heads[1])):
        x = edge + sign * text_width
        align = "right" if sign > 0 else "left"
        sheet.text(x, sheet.top + 1.5, head, SMALL, GREY, align)
        for line in sides[side].values():
            shape, colour = (line.end.shape, INK) if line.end.shape else ("circle", GREY)
            sheet.dot(x - sign * 1.0, line.y, 1.0, colour, shape, hollow=not line.end.shape)
            sheet.text(x - sign * 2.8, line.y, told[id(line)], SMALL, GREY, align)
            start = x - sign * (2.8 + for_numbers)
            sheet.lines(start, line.y, fonts.wrapped(line.end.label, BODY, abs(start - edge), 2), BODY, colour, align)
    _ribbons(sheet, sides, colours, number, (MARGIN + text_width + 0.6, sheet.width - MARGIN - text_width - 0.6))


def _ribbons(sheet: Sheet, sides: dict[str, dict[str, Line]], colours: Mapping[str, str], number: str, ends: tuple[float, float]) -> None:
    """The ribbons, side by side where several meet at a name, and no broader together than its line.

    Their widths tell counts, but for those to lines of several names, which are narrowed.
    """
    lines = {id(line): line for side in ("left", "right") for line in sides[side].values()}
    joined: dict[tuple[int, int, str], Link] = {}
    for link in (link for line in sides["left"].values() for link in line.links):
        key = (id(sides["left-into"][link.left]), id(sides["right-into"][link.right]), link.sort)
        whole = joined.setdefault(key, Link("", "", link.sort))
        whole.value += link.value
        whole.uncounted += link.uncounted
        whole.events += link.events
    own = [_size(link, number) for (one, other, _), link in joined.items() if lines[one].end.shape and lines[other].end.shape]
    top = max(own, default=0.0) or max(_size(link, number) for link in joined.values())
    width = {key: thickness(min(_size(link, number), top), top) for key, link in joined.items()}
    steps = [
        abs(one.y - other.y) for side in ("left", "right") for one, other in pairwise(sorted(sides[side].values(), key=lambda line: line.y))
    ]
    stacks: list[tuple[int, list[tuple[int, int, str]]]] = []
    for end in (0, 1):
        at: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
        for key in sorted(joined, key=lambda key: (lines[key[0] if end else key[1]].y, key[2])):
            at[key[1] if end else key[0]].append(key)
        stacks += [(end, stack) for stack in at.values()]
    room_of_line = 0.75 * min(steps, default=12.0)
    apart = {key for key in joined if lines[key[0]].end.shape and lines[key[1]].end.shape}
    tallest = max((sum(width[key] for key in stack if key in apart) for _, stack in stacks), default=0.0)
    width = {key: wide * min(1.0, room_of_line / tallest) if tallest else wide for key, wide in width.items()}
    for _, stack in sorted(stacks, key=lambda item: -sum(width[key] for key in item[1])):
        grouped = [key for key in stack if key not in apart]
        left = max(room_of_line - sum(width[key] for key in stack if key in apart), 0.2 * room_of_line)
        narrower = min(1.0, left / sum(width[key] for key in grouped)) if grouped else 1.0
        for key in grouped:
            width[key] *= narrower
    offset: dict[tuple[int, tuple[int, int, str]], float] = {}
    for end, stack in stacks:
        y = -sum(width[key] for key in stack) / 2
        for key in stack:
            offset[end, key] = y + width[key] / 2
            y += width[key]
    for key in sorted(joined, key=lambda key: (-width[key], lines[key[0]].y, lines[key[1]].y, key[2])):
        one, other, sort = key
        start, finish = (ends[0], lines[one].y + offset[0, key]), (ends[1], lines[other].y + offset[1, key])
        sheet.ribbon(start, finish, colours[sort], max(width[key], 0.12), dashed=_size(joined[key], number) == 0)


def said(sheet: Sheet, line: Line, number: str) -> str:
    """What stands by a name: the sum as far as counted, and with a question mark how many groups nobody counted."""
    if number == "events":
        return sheet.number(sum(link.events for link in line.links))
    counted = sheet.number(line.value) if line.counted else ""
    return " + ".join(filter(None, (counted, f"{sheet.number(line.uncounted)}?" if line.uncounted else "")))


def _size(link: Link, number: str) -> float:
    return link.value if number == "value" else float(link.events)


def thickness(value: float, top: float) -> float:
    """Millimetres of a ribbon, as the value is; never so thin that it is not seen."""
    return 0.25 if value <= 0 else max(0.25, 3.0 * value / top)


def legend(sheet: Sheet, y: float, entries: Iterable[tuple[str, str, bool]]) -> None:
    """One line of (words, colour or "hatched", whether dashed), broken where the sheet ends."""
    x = MARGIN
    for words, colour, dashed in entries:
        needed = 8 + fonts.width(words, SMALL) + 5
        if x + needed > sheet.width - MARGIN and x > MARGIN:
            x, y = MARGIN, y + line_height(SMALL) + 0.5
        if colour == "hatched":
            sheet.box(x + 2, y - 1.2, 4.5, 2.4, GREY, hatch=True)
        else:
            sheet.line([(x, y), (x + 6.5, y)], colour, 0.25 if dashed else 1.2, dashed)
        sheet.text(x + 8, y, words, SMALL, GREY)
        x += needed


def legend_height(sheet: Sheet, entries: Iterable[tuple[str, str, bool]]) -> float:
    """Millimetres that `legend` takes."""
    x, lines = MARGIN, 1
    for words, _, _ in entries:
        needed = 8 + fonts.width(words, SMALL) + 5
        if x + needed > sheet.width - MARGIN and x > MARGIN:
            x, lines = MARGIN, lines + 1
        x += needed
    return lines * (line_height(SMALL) + 0.5) + 1.5
