"""The ties of a network as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from thidua.answers import Answer, Row, Term
from thidua.networks.measures import term

if TYPE_CHECKING:
    import networkx

_FIRST = ("weight", "bound", "uncounted", "events", "earliest", "latest")
_LAST = ("eventIris", "sourceIris")


def edge_list(graph: networkx.Graph[str]) -> Answer:
    """One row a tie: from, fromLabel, to, toLabel, then what the network's ties have; in an undirected one from and to are alike."""
    found = {name for _, _, data in graph.edges(data=True) for name in data} - {"id"}
    named = [*(name for name in _FIRST if name in found), *sorted(found - {*_FIRST, *_LAST}), *(name for name in _LAST if name in found)]
    rows: list[Row] = []
    for one, other, data in graph.edges(data=True):
        ends: list[Term | None] = [
            NamedNode(one),
            Literal(graph.nodes[one]["label"]),
            NamedNode(other),
            Literal(graph.nodes[other]["label"]),
        ]
        told: list[Term | None] = [term(data.get(name)) for name in named]
        rows.append((*ends, *told))
    return Answer(["from", "fromLabel", "to", "toLabel", *named], rows)
