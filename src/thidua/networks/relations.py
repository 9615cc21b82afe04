"""The other networks: who is under whom, who takes part in which campaign, what people share, what became what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import combinations

from thidua.errors import InputError
from thidua.networks.ties import UNDIRECTED, Attributes, Tie, Ties
from thidua.views import Row

MOST_PAIRS = 2_000_000  # ties of a projection: a gathering of 2,000 people alone makes that many


def _tell(tie: Tie, row: Row) -> None:
    tie.told(row.get("event", ""), [row["source"]] if "source" in row else [], row.get("earliest", ""), row.get("latest", ""))


def _one_more(tie: Tie, name: str, seen: bool) -> None:
    """Counts the row's event under `name` unless an earlier row told of it already."""
    tie.more[name] = int(tie.more.get(name, 0)) + (not seen)


def hierarchy(rows: Iterable[Row], things: dict[str, Attributes], lang: str) -> Ties:
    """lower → upper; `relation` is under (a body) or postIn (a post). Bodies without any are nodes too."""
    network = Ties(directed=True)
    for row in rows:
        network.node(row["lower"])
        if "upper" in row and row["upper"] != row["lower"]:
            tie = network.between(row["lower"], row["upper"])
            tie.more["relation"] = row["relation"]
            _tell(tie, row)
    return network


def campaigns(rows: Iterable[Row], things: dict[str, Attributes], lang: str) -> Ties:
    """Body or post – campaign, with the launches told and the award events; weight is the events, and one more if launched.

    Launches are told by sources and not merged: two sources on one launch make two, so these count once in the weight.
    """
    network = Ties(directed=False)
    for row in rows:
        tie = network.between(row["body"], row["campaign"])
        seen = row["event"] in tie.events
        for name in ("launches", "awards"):
            _one_more(tie, name, seen or row["role"] != name.removesuffix("es").removesuffix("s"))
        _tell(tie, row)
        tie.more["weight"] = float(int(tie.more["awards"]) + (int(tie.more["launches"]) > 0))
    return network


def people(rows: Iterable[Row], things: dict[str, Attributes], lang: str) -> Ties:
    """Person – person, where both held one post or were at one gathering; weight is how many of these they share."""
    shared = Ties(directed=False)
    kinds: dict[str, str] = {}
    for row in rows:
        kinds[row["shared"]] = row["sharedKind"]
        _tell(shared.between(row["person"], row["shared"]), row)
    network = projected(shared, set(kinds), "shared")
    for _, tie in network.items():
        told = [kinds[one] for one in str(tie.more["sharedIris"]).split()]
        tie.more |= {"posts": told.count("post"), "gatherings": told.count("gathering")}
    return network


def reforms(rows: Iterable[Row], things: dict[str, Attributes], lang: str) -> Ties:
    """former → new, with the kind of reform. Where several became several, nobody tells which became which: these ties go
    through a node of the reorganisation itself. What is there before and after, or ended without becoming another, is a node
    without a tie of its own.
    """
    network = Ties(directed=True)
    gathered: dict[str, _Reform] = defaultdict(_Reform)
    for row in rows:
        gathered[row["event"]].add(row)
    labels = {str(thing["notation"]): str(thing["label"]) for thing in things.values() if thing["kind"] == "reformKind"}
    for event, reform in sorted(gathered.items()):
        for node in reform.former | reform.new:
            network.node(node)
        gone = reform.former - reform.new
        pairs = [(one, other) for one in sorted(gone) for other in sorted(reform.new)]
        if len(gone) > 1 and len(reform.new) > 1:
            pairs = [(one, event) for one in sorted(gone)] + [(event, other) for other in sorted(reform.new)]
        for one, other in pairs:
            tie = network.between(one, other)
            tie.told(event, reform.sources, reform.earliest, reform.latest)
            if reform.kind:
                kinds = {*str(tie.more.get("reform", "")).split(), reform.kind}
                tie.more |= {"reform": " ".join(sorted(kinds)), "label": ", ".join(labels.get(kind, kind) for kind in sorted(kinds))}
    return network


@dataclass
class _Reform:
    former: set[str] = field(default_factory=set)
    new: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    kind: str = ""
    earliest: str = ""
    latest: str = ""

    def add(self, row: Row) -> None:
        """Adds what one row tells; kind and days are the same in all rows of a reorganisation."""
        for name, values in (("former", self.former), ("new", self.new), ("source", self.sources)):
            if name in row:
                values.add(row[name])
        self.kind, self.earliest, self.latest = row.get("reform", ""), row.get("earliest", ""), row.get("latest", "")


def projected(network: Ties, onto_others_than: set[str], name: str) -> Ties:
    """The one-mode projection: two nodes are joined where they share one of `onto_others_than`.

    The weight is how many they share; `NAMEIris` tells which; events and sources are those of both ends.

    Raises:
        InputError: it would have more ties than MOST_PAIRS.
    """
    partners: dict[str, dict[str, Tie]] = defaultdict(dict)
    result = Ties(directed=False)
    for pair, tie in network.items():
        middle, end = pair if pair[0] in onto_others_than else (pair[1], pair[0])
        partners[middle][end] = tie
        result.node(end)
    pairs = sum(len(ends) * (len(ends) - 1) // 2 for ends in partners.values())
    if pairs > MOST_PAIRS:
        raise InputError("too-many-ties", count=pairs, most=MOST_PAIRS)
    for middle, ends in sorted(partners.items()):
        for one, other in combinations(sorted(ends), 2):
            tie = result.between(one, other)
            for half in (ends[one], ends[other]):
                for event in half.events:
                    tie.told(event, half.sources, half.earliest, half.latest)
            tie.more["weight"] = float(tie.more.get("weight", 0.0)) + 1
            tie.more[f"{name}Iris"] = " ".join(filter(None, (str(tie.more.get(f"{name}Iris", "")), middle)))
    return result


BUILDERS: dict[str, Callable[[Iterable[Row], dict[str, Attributes], str], Ties]] = {
    "hierarchy": hierarchy,
    "campaigns": campaigns,
    "people": people,
    "reforms": reforms,
}
assert set(UNDIRECTED) <= set(BUILDERS)
