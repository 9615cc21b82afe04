"""What the rows of a network's query add up to: nodes, and one tie a pair of them with its events, sources and days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from thidua.messages import text
from thidua.xmltext import one_line

if TYPE_CHECKING:
    import networkx

Value = str | int | float | bool
Attributes = dict[str, Value]
UNDIRECTED = ("campaigns", "people")


@dataclass
class Tie:
    """All that joins one pair of nodes; `more` holds what only one kind of network tells of it."""

    events: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    earliest: str = ""
    latest: str = ""
    more: Attributes = field(default_factory=dict)

    def told(self, event: str, sources: Iterable[str], earliest: str, latest: str) -> None:
        """Adds one event, the sources that tell it, and its first and last possible day (empty: not known)."""
        if event:
            self.events.add(event)
        self.sources.update(sources)
        if earliest:
            self.earliest = min(self.earliest or earliest, earliest)
        if latest:
            self.latest = max(self.latest, latest)

    def attributes(self, number: int) -> Attributes:
        """As a networkx edge has them: texts, numbers and truth values only, and nothing where nothing is known."""
        known: Attributes = {"id": f"e{number}", "events": len(self.events), **self.more}
        told = {
            "eventIris": " ".join(sorted(self.events)),
            "sourceIris": " ".join(sorted(self.sources)),
            "earliest": self.earliest,
            "latest": self.latest,
        }
        return known | {name: value for name, value in told.items() if value}


class Ties:
    """The ties of one network, by pair of nodes; the order of a pair counts only where the network is directed."""

    def __init__(self, directed: bool) -> None:
        self.directed = directed
        self.nodes: dict[str, Attributes] = {}
        self._ties: dict[tuple[str, str], Tie] = {}

    def node(self, node: str, **attributes: Value) -> str:
        """Puts a node in, with what the network's own rows tell of it; returns it."""
        self.nodes.setdefault(node, {}).update(attributes)
        return node

    def between(self, one: str, other: str) -> Tie:
        """The tie from `one` to `other`, a new one where there was none; both are nodes from now on."""
        pair = (one, other) if self.directed or one <= other else (other, one)
        self.node(one)
        self.node(other)
        return self._ties.setdefault(pair, Tie())

    def items(self) -> Iterator[tuple[tuple[str, str], Tie]]:
        """All pairs and their ties, sorted."""
        yield from sorted(self._ties.items(), key=lambda item: item[0])

    def __len__(self) -> int:
        return len(self._ties)

    def graph(self, things: Mapping[str, Attributes], about: Mapping[str, str], lang: str) -> networkx.Graph[str]:
        """The networkx graph: nodes and edges in the order of their IRIs.

        Of nodes with one name, those whose first or last day is known have it added to the label.

        Args:
            things: what is known of the nodes that are things of the graph: label, kind, iri and level.
            about: what is said of the network as a whole.
        """
        import networkx

        graph: networkx.Graph[str] = networkx.DiGraph(**about) if self.directed else networkx.Graph(**about)
        whole = {node: _whole(node, self.nodes[node], things) for node in sorted(self.nodes)}
        names = Counter(str(attributes["label"]) for attributes in whole.values())
        for node, attributes in whole.items():
            several = names[str(attributes["label"])] > 1
            named = {name: _with_days(attributes, name, lang) for name in ("label", "placeLabel") if several and name in attributes}
            graph.add_node(node, **(attributes | named))
        for number, ((one, other), tie) in enumerate(self.items(), start=1):
            graph.add_edge(one, other, **tie.attributes(number))
        return graph


def _whole(node: str, told: Attributes, things: Mapping[str, Attributes]) -> Attributes:
    """All attributes of a node, texts of one line each; one that has nothing to say is left out, a label never."""
    known = things.get(node, {} if "kind" in told else {"kind": "thing", "iri": node})
    cleaned = {name: one_line(value) if isinstance(value, str) else value for name, value in (known | told).items()}
    return {"label": node} | {name: value for name, value in cleaned.items() if value != ""}


def _with_days(attributes: Attributes, label_name: str, lang: str) -> str:
    """The label, with the first day where that is known, else the last."""
    label = str(attributes[label_name])
    for name, key in (("validFrom", "label-from"), ("validUntil", "label-until")):
        if name in attributes:
            return text(key, lang, label=label, day=attributes[name])
    return label
