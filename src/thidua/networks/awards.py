"""Who awarded whom: from award events to ties that carry counts, and say where nothing was counted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from thidua.messages import text
from thidua.networks.ties import Attributes, Ties
from thidua.views import Row

_NODES = "https://w3id.org/thidua/network/"  # of nodes that are no things of the graph
PLACELESS = _NODES + "place-not-told"
UNKNOWN_AWARDER = _NODES + "awarder-not-told"
LEVEL = _NODES + "awarder-of-level-"


@dataclass
class _Group:
    """One recipient group of one event, or all that is known of an event's recipients where it has no group."""

    kind: str = "unspecified"
    count: int | None = None
    bound: str = "unknown"
    members: set[str] = field(default_factory=set)
    places: dict[str, set[str]] = field(default_factory=dict)  # by awarder, whose territory may have to stand for the place
    place_told: dict[str, str] = field(default_factory=dict)
    award_types: set[str] = field(default_factory=set)


@dataclass
class _Event:
    awarders: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    groups: dict[str, _Group] = field(default_factory=dict)
    earliest: str = ""
    latest: str = ""
    items: int | None = None


def _gather(rows: Iterable[Row]) -> dict[str, _Event]:
    """The events of the rows, each with all its awarders, sources and groups: one group's count stands in many rows."""
    events: dict[str, _Event] = {}
    for row in rows:
        event = events.setdefault(row["event"], _Event())
        awarder = row.get("awarder") or (LEVEL + row["level"] if "level" in row else UNKNOWN_AWARDER)
        event.awarders.add(awarder)
        if "source" in row:
            event.sources.add(row["source"])
        event.earliest, event.latest = row.get("earliest", ""), row.get("latest", "")
        event.items = whole_number(row.get("items", ""))
        group = event.groups.setdefault(row.get("group", ""), _Group())
        group.kind = row.get("recipientKind", group.kind)
        group.count = whole_number(row.get("count", ""))
        group.bound = row.get("bound", group.bound)
        if "member" in row:
            group.members.add(row["member"])
        if "awardType" in row:
            group.award_types.add(row["awardType"])
        if "place" in row:
            group.places.setdefault(awarder, set()).add(row["place"])
            group.place_told[awarder] = row["placeTold"]
    return events


def whole_number(words: str) -> int | None:
    """The number that a literal prints; None where it prints none, which the shapes find."""
    return int(words) if re.fullmatch(r"\+?[0-9]{1,15}", words) else None


def ties(rows: Iterable[Row], things: dict[str, Attributes], lang: str) -> Ties:
    """The network of the rows of awards.edges.rq: awarder → named recipient, and awarder → place and kind of those only counted.

    A named member weighs 1 each time; the others of its group go to the place and kind. A group without a count adds
    nothing to a weight and is counted in `uncounted`; where all were such, the tie has no weight.
    """
    network = Ties(directed=True)
    labels = {str(thing["notation"]): str(thing["label"]) for thing in things.values() if thing["kind"] in ("recipientKind", "level")}
    for iri, event in sorted(_gather(rows).items()):
        for awarder in sorted(event.awarders):
            network.node(awarder, **_awarder(awarder, labels, lang))
            for _, group in sorted(event.groups.items()):
                _add(network, iri, event, awarder, group, _Words(things, labels, lang))
    return network


@dataclass(frozen=True)
class _Words:
    """What nodes are called: things of the graph, members of closed lists by their notation, and the language."""

    things: dict[str, Attributes]
    labels: dict[str, str]
    lang: str


def _recipients(group: _Group, places: list[str], words: _Words) -> tuple[str, Attributes]:
    """The node of a place and kind, for recipients that are only counted."""
    told: Attributes = {"kind": "recipients", "recipientKind": group.kind}
    kind = words.labels.get(group.kind, group.kind)
    if not places:
        return f"{PLACELESS}#recipients-{group.kind}", told | {"label": text("recipients-of-no-place", words.lang, kind=kind)}
    known = [words.things.get(place, {"label": place}) for place in places]
    where = ", ".join(str(one["label"]) for one in known)
    told |= {"label": text("recipients-of-place", words.lang, kind=kind, place=where), "place": " ".join(places), "placeLabel": where}
    if len(known) == 1:
        told |= {name: known[0][name] for name in ("validFrom", "validUntil") if name in known[0]}
    return f"{'+'.join(places)}#recipients-{group.kind}", told


def _awarder(awarder: str, labels: dict[str, str], lang: str) -> Attributes:
    """What is told of an awarder that is no thing of the graph; nothing of others."""
    if awarder == UNKNOWN_AWARDER:
        return {"kind": "unknown", "label": text("awarder-not-told", lang)}
    if awarder.startswith(LEVEL):
        level = awarder.removeprefix(LEVEL)
        return {"kind": "level", "level": level, "label": text("awarder-of-level", lang, level=labels.get(level, level))}
    return {}


def _add(network: Ties, iri: str, event: _Event, awarder: str, group: _Group, words: _Words) -> None:
    """Adds one group of one event: a tie to each named member, and one to the others where there are any or none was counted."""
    for member in sorted(group.members):
        _tie(network, iri, event, awarder, member, group, 1, "exact")
    rest = None if group.count is None else group.count - len(group.members)
    if rest is not None and rest <= 0:
        return
    node, told = _recipients(group, sorted(group.places.get(awarder, ())), words)
    network.node(node, **told)
    _tie(network, iri, event, awarder, node, group, rest, group.bound)
    if awarder in group.place_told:
        more = network.between(awarder, node).more
        more["placeTold"] = " ".join(sorted({*str(more.get("placeTold", "")).split(), group.place_told[awarder]}))


def _tie(network: Ties, iri: str, event: _Event, awarder: str, recipient: str, group: _Group, count: int | None, bound: str) -> None:
    tie = network.between(awarder, recipient)
    seen = iri in tie.events
    tie.told(iri, event.sources, event.earliest, event.latest)
    more = tie.more
    more["uncounted"] = int(more.get("uncounted", 0)) + (count is None)
    if count is not None:
        more["weight"] = float(more.get("weight", 0.0)) + count
        more["bound"] = joined_bound(str(more.get("bound", "")), bound)
    if len(event.awarders) > 1 and not seen:
        more["jointEvents"] = int(more.get("jointEvents", 0)) + 1
    if event.items is not None and not seen:
        more["items"] = int(more.get("items", 0)) + event.items
    types = set(str(more.get("awardTypeIris", "")).split()) | group.award_types
    if types:
        more["awardTypeIris"] = " ".join(sorted(types))


def joined_bound(one: str, other: str) -> str:
    """The bound of a sum, as the question award-totals has it: exact, atLeast and atMost keep to their own, all else is about."""
    bounds = {one, other} - {""}
    if bounds <= {"exact"}:
        return "exact"
    if bounds <= {"exact", "atLeast", "moreThan"}:
        return "atLeast"
    return "atMost" if bounds <= {"exact", "atMost"} else "about"
