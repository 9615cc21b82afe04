"""A network as a picture: two columns where one side gives to another, an indented tree, or a ring of equals."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING

from thidua.messages import text
from thidua.pictures import fonts
from thidua.pictures.columns import End, Link, columns, legend, legend_height, room, thickness
from thidua.pictures.sheet import BODY, COLOURS, GREY, INK, LINE, MARGIN, OTHER, SMALL, Sheet, line_height

if TYPE_CHECKING:
    import networkx

_SHAPES = {"body": "square", "post": "diamond", "office": "diamond", "person": "circle", "recipients": "circle", "campaign": "triangle"}
_RANKS = {"district": 1, "commune": 2, "village": 3}  # of places in a picture of reforms: the larger first
_SORTS = {
    "awards": ("individual", "collective", "household", "community", "model", "unspecified", "named"),
    "campaigns": ("launch-and-award", "launch", "award"),
}


def draw(sheet: Sheet, graph: networkx.Graph[str]) -> None:
    """Draws a network of thidua.networks on the sheet, grouping what there is no room for, and says so in its notes."""
    alone = sum(1 for node in graph if graph.degree(node) == 0)
    if alone:
        sheet.say("picture-alone", count=sheet.number(alone))
    if not graph.number_of_edges():
        sheet.text(MARGIN, sheet.top + 6, text("picture-no-ties", sheet.lang), BODY, GREY)
    elif graph.graph["kind"] == "hierarchy":
        _tree(sheet, graph)
    elif graph.graph["kind"] == "people" or "projected" in graph.graph:
        _ring(sheet, graph)
    else:
        _columns(sheet, graph)


def _sort(graph: networkx.Graph[str], one: str, other: str) -> str:
    """What colours a tie."""
    data, kind = graph.edges[one, other], graph.graph["kind"]
    if kind == "awards":
        return str(graph.nodes[other].get("recipientKind", "named"))
    if kind == "campaigns":
        return "launch-and-award" if data["launches"] and data["awards"] else "launch" if data["launches"] else "award"
    return str(data.get("label", "?"))


def _columns(sheet: Sheet, graph: networkx.Graph[str]) -> None:
    kind = graph.graph["kind"]
    links = _links(graph)
    ends = _ends(graph, links, by_place=False)
    found = Counter(link.sort for link in links)
    known = _SORTS.get(kind) or tuple(sort for sort, _ in sorted(found.items(), key=lambda item: (-item[1], item[0])))
    colours = {sort: COLOURS[number] if number < len(COLOURS) else OTHER for number, sort in enumerate(known)}
    colours |= {sort: OTHER for sort in found if sort not in colours}
    entries = [(_legend_words(sheet, sort), colours[sort], False) for sort in colours if found[sort]]
    if kind == "awards" and any(link.uncounted and not link.value for link in links):
        entries.append((text("picture-dashed", sheet.lang), GREY, True))
    _say(sheet, graph)
    height = legend_height(sheet, entries)
    # How much is left out is known only when it is drawn, but takes its place before.
    note, most = len(sheet.notes), sheet.number(graph.number_of_edges())
    sheet.say("picture-thinned", left=most, lefts=most, right=most, rights=most, events=most)
    if kind == "awards" and len({link.right for link in links}) > room(sheet, sheet.foot() - height):
        sheet.say("picture-by-place")
        ends = _ends(graph, links, by_place=True)
    heads = (text(f"picture-head-{kind}-left", sheet.lang), text(f"picture-head-{kind}-right", sheet.lang))
    bottom = sheet.foot() - height
    rest = {end.rest: text(f"picture-{end.rest}", sheet.lang, count="{count}") for end in ends.values()}
    number = "value" if kind == "awards" else "events"
    (left, lefts), (right, rights) = columns(sheet, ends, links, colours, heads, rest, bottom, number, kind == "reforms")
    grouped = left < lefts or right < rights
    counts = {"left": left, "lefts": lefts, "right": right, "rights": rights, "events": _events(graph)}
    said = {name: sheet.number(count) for name, count in counts.items()}
    sheet.notes[note] = text("picture-thinned" if grouped else "picture-whole", sheet.lang, **said)
    legend(sheet, bottom + line_height(SMALL), entries)


def _say(sheet: Sheet, graph: networkx.Graph[str]) -> None:
    """What has to be known to read the columns."""
    sheet.say("picture-numbers-awards" if graph.graph["kind"] == "awards" else "picture-numbers-events")
    sheet.say("picture-marks")
    if any("jointEvents" in data for _, _, data in graph.edges(data=True)):
        sheet.say("picture-joint")
    if any("awarder" in str(data.get("placeTold", "")) for _, _, data in graph.edges(data=True)):
        sheet.say("picture-place-of-awarder")


def _links(graph: networkx.Graph[str]) -> list[Link]:
    """The ties, left to right; a node may stand on both sides, as one who gives and one who is given to."""
    links = []
    for one, other, data in graph.edges(data=True):
        turned = graph.graph["kind"] == "campaigns" and graph.nodes[one]["kind"] == "campaign"
        left, right = (other, one) if turned else (one, other)
        value = float(data.get("weight", 0.0)) if graph.graph["kind"] == "awards" else 0.0
        links.append(Link(f"left {left}", f"right {right}", _sort(graph, one, other), value, int(data.get("uncounted", 0)), data["events"]))
    return links


def _ends(graph: networkx.Graph[str], links: list[Link], by_place: bool) -> dict[str, End]:
    """The names of both sides; `by_place` makes the recipients of one place one name, in the links too."""
    ends: dict[str, End] = {}
    for link in links:
        for side in ("left", "right"):
            key = getattr(link, side)
            told = graph.nodes[key.partition(" ")[2]]
            rest, label = "rest-other", str(told["label"])
            if side == "right" and graph.graph["kind"] == "awards":
                rest = f"rest-{told.get('recipientKind') or told['kind']}"
                if by_place and "recipientKind" in told:
                    rest, label = "rest-places", str(told.get("placeLabel") or text("picture-place-not-told", str(graph.graph["lang"])))
                    key = f"{side} {told.get('place', '')}"
                    link.right = key
            rank = _RANKS.get(str(told.get("level")), 0) if graph.graph["kind"] == "reforms" else 0
            ends[key] = End(key, label, _SHAPES.get(str(told["kind"]), "circle"), rest, rank)
    return ends


def _events(graph: networkx.Graph[str]) -> int:
    return len({event for _, _, events in graph.edges(data="eventIris") for event in str(events or "").split()})


def _legend_words(sheet: Sheet, sort: str) -> str:
    return text(f"picture-sort-{sort}", sheet.lang) if has_message(f"picture-sort-{sort}") else sort


def has_message(key: str) -> bool:
    """Whether the catalogue has the message: kinds of reform are an open list."""
    from thidua.messages import CATALOGUE

    return key in CATALOGUE


def _tree(sheet: Sheet, graph: networkx.Graph[str]) -> None:
    """An indented tree in columns, biggest first; children beyond the room are counted in a line of their own."""
    import networkx

    below: dict[str, list[str]] = defaultdict(list)
    for lower, upper in graph.edges:
        below[upper].append(lower)
    roots = [node for node in graph if node in below and not graph.out_degree(node)]
    size = {node: len(networkx.ancestors(graph, node)) for node in graph if graph.degree(node)}

    def order(nodes: list[str]) -> list[str]:
        return sorted(nodes, key=lambda one: (-size[one], str(graph.nodes[one]["label"]), one))

    sheet.say("picture-tree-marks")
    note = len(sheet.notes)
    sheet.say("picture-tree-thinned", shown=sheet.number(len(graph)), every=sheet.number(len(graph)))
    bottom = sheet.foot() - 1
    row = line_height(BODY) + 0.8
    rows = int((bottom - sheet.top) / row)
    most = rows * (3 if sheet.large else 2)
    for children in (10_000, 100, 30, 12, 6, 3, 2, 1):
        lines = _outline(order(roots), below, order, children)
        if len(lines) <= most:
            break
    lost = max(len(lines) - most, 0)
    lines = lines[:most]
    shown = sum(1 for _, node, _ in lines if node)
    every = sum(1 for node in graph if graph.degree(node))
    sheet.notes[note] = text(
        "picture-tree-thinned" if shown < every or lost else "picture-tree-whole",
        sheet.lang,
        shown=sheet.number(shown),
        every=sheet.number(every),
    )
    number = math.ceil(len(lines) / rows)
    wide, rows = (sheet.width - 2 * MARGIN) / number, math.ceil(len(lines) / number)
    above: dict[int, tuple[int, float]] = {}  # by depth: the column and height of the last line
    for place, (depth, node, more) in enumerate(lines):
        column, line = divmod(place, rows)
        x, y = MARGIN + column * wide + 1 + min(depth, 8) * 4.5, sheet.top + (line + 0.5) * row
        above[depth] = (column, y)
        if depth:
            start = above[depth - 1][1] + 1.2 if above[depth - 1][0] == column else sheet.top
            sheet.line([(x - 4.1, start), (x - 4.1, y), (x - 1.0, y)], LINE, 0.25)
        words = str(graph.nodes[node]["label"]) if node else text("picture-more-below", sheet.lang, count=sheet.number(more))
        if node:
            kind = str(graph.nodes[node]["kind"])
            sheet.dot(x + 0.4, y, 0.9, COLOURS[0] if kind == "body" else COLOURS[1], _SHAPES.get(kind, "circle"))
        sheet.text(x + 2.2, y, fonts.wrapped(words, BODY, wide - 5 - min(depth, 8) * 4.5, 1)[0], BODY, INK if node else GREY)


def _outline(
    roots: list[str], below: dict[str, list[str]], order: Callable[[list[str]], list[str]], children: int
) -> list[tuple[int, str, int]]:
    """Lines of (depth, node, 0), and (depth, "", how many) where a node has more below it than `children`."""
    found: list[tuple[int, str, int]] = []
    open_: list[tuple[int, str, int, frozenset[str]]] = [(0, root, 0, frozenset()) for root in reversed(roots)]
    while open_:
        depth, node, more, above = open_.pop()
        found.append((depth, node, more))
        if not node:
            continue
        inner = order([one for one in below.get(node, []) if one not in above])
        kept = children if len(inner) > children + 1 else len(inner)
        if len(inner) > kept:
            open_.append((depth + 1, "", len(inner) - kept, frozenset()))
        open_ += [(depth + 1, one, 0, above | {node}) for one in reversed(inner[:kept])]
    return found


def _ring(sheet: Sheet, graph: networkx.Graph[str]) -> None:
    """A ring, those of one community side by side; names stand outward, each on its own ray."""
    import networkx

    from thidua.networks.measures import communities

    apart = 2 * line_height(SMALL) + 0.5
    most = 2 * int((sheet.foot() - 2 * line_height(SMALL) - sheet.top - 3) / apart)
    sheet.say("picture-ring-marks")
    tied = sorted(
        (node for node in graph if graph.degree(node)), key=lambda node: (-graph.degree(node), str(graph.nodes[node]["label"]), node)
    )
    kept = networkx.Graph(graph.subgraph(tied[:most]))
    # Of more ties than two a node nobody sees one; those between nodes that are alike in this are taken by name.
    strongest = sorted(kept.edges(data="weight"), key=lambda tie: (-tie[2], tie[0], tie[1]))[: 2 * len(kept)]
    whole = len(strongest) == graph.number_of_edges()
    sheet.say(
        "picture-ring-whole" if whole else "picture-ring-thinned", shown=sheet.number(len(kept)), every=sheet.number(len(tied)),
        drawn=sheet.number(len(strongest)), ties=sheet.number(graph.number_of_edges()),
    )  # fmt: skip
    group = communities(kept)
    around = sorted(kept, key=lambda node: (group[node], -kept.degree(node), str(graph.nodes[node]["label"]), node))
    bottom = sheet.foot() - 1
    centre = (sheet.width / 2, (sheet.top + bottom) / 2)
    radius = min((bottom - sheet.top) / 2 - 10, sheet.width / (4 if sheet.large else 5.5))
    sides = _around(centre, radius, around, (bottom - sheet.top - apart) / 2, apart)
    top = max((float(weight) for _, _, weight in kept.edges(data="weight")), default=1.0)
    for one, other, weight in reversed(strongest):
        (x1, y1, _), (x2, y2, _) = sides[one][0], sides[other][0]
        pull = 0.25
        bend = [
            (x1, y1),
            (centre[0] + (x1 - centre[0]) * pull, centre[1] + (y1 - centre[1]) * pull),
            (centre[0] + (x2 - centre[0]) * pull, centre[1] + (y2 - centre[1]) * pull),
            (x2, y2),
        ]
        sheet.curve(
            bend, LINE if group[one] != group[other] else COLOURS[(group[one] - 1) % len(COLOURS)], thickness(float(weight), top) * 0.5
        )
    for node in around:
        (x, y, align), (tx, ty) = sides[node]
        sheet.line([(x, y), (tx, ty)], LINE, 0.15)
        sheet.dot(x, y, 1.1, COLOURS[(group[node] - 1) % len(COLOURS)])
        room = (tx - MARGIN - 1) if align == "right" else (sheet.width - MARGIN - tx - 1)
        sheet.lines(
            tx + (1 if align == "left" else -1), ty, fonts.wrapped(str(graph.nodes[node]["label"]), SMALL, room, 2), SMALL, INK, align
        )


def _around(
    centre: tuple[float, float], radius: float, nodes: list[str], reach: float, apart: float
) -> dict[str, tuple[tuple[float, float, str], tuple[float, float]]]:
    """Each node's point on the ring with the side its name stands on, and where the name begins: one line below the other on each side."""
    places: dict[str, tuple[float, float, str]] = {}
    for number, node in enumerate(nodes):
        angle = 2 * math.pi * (number + 0.5) / len(nodes) - math.pi / 2
        x, y = centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)
        places[node] = (x, y, "left" if math.cos(angle) >= 0 else "right")
    result = {}
    for side in ("left", "right"):
        column = sorted((node for node in nodes if places[node][2] == side), key=lambda node: places[node][1])
        heights = _spread([places[node][1] for node in column], apart, centre[1] - reach, centre[1] + reach)
        for node, y in zip(column, heights, strict=True):
            result[node] = (places[node], (centre[0] + (radius + 6) * (1 if side == "left" else -1), y))
    return result


def _spread(wanted: list[float], apart: float, first: float, last: float) -> list[float]:
    """Heights as near to the wanted ones as may be, at least `apart`, between first and last."""
    heights = list(wanted)
    for number in range(len(heights)):
        least = first if number == 0 else heights[number - 1] + apart
        heights[number] = max(heights[number], least)
    for number in reversed(range(len(heights))):
        most = last if number == len(heights) - 1 else heights[number + 1] - apart
        heights[number] = min(heights[number], most)
    return heights
