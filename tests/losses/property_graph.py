"""What GraphML and GEXF keep, as networkx reads them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import networkx
from rdflib.term import Literal, URIRef
from rdflib.util import from_n3

from tests.losses import quads_of
from thidua.exports import FACETS, Loss
from thidua.terms import PREFIXES, TD, shorten

Graph = Any  # networkx.MultiDiGraph, which has no types of its own
_EXACT = {PREFIXES["xsd"] + "integer": int, PREFIXES["xsd"] + "boolean": bool, PREFIXES["xsd"] + "string": str}


def _probe(read: Callable[[Path], Graph], path: Path) -> dict[str, Loss]:
    graph = networkx.MultiDiGraph(read(path))
    return {facet: _state(graph, facet) for facet in FACETS}


def _state(graph: Graph, facet: str) -> Loss:
    states = {_state_of(graph, fact) for fact in quads_of(facet)}
    return "kept" if states == {"kept"} else "left out" if "left out" in states else "flattened"


def _state_of(graph: Graph, fact: tuple[str, str, str, str]) -> Loss:
    subject, predicate, value, named = fact
    if subject.startswith("_:"):
        return max(
            (_of_node(graph, node, predicate, value) for node in graph if node.startswith("_:")), key=ORDER.index, default="left out"
        )
    node = subject[1:-1]
    if node not in graph:
        return "left out"
    state = _of_node(graph, node, predicate, value)
    if not named:
        return state
    return "flattened" if state != "left out" and _linked(graph, node, TD + "statedIn", named[1:-1]) else "left out"


ORDER: list[Loss] = ["left out", "flattened", "kept"]


def _of_node(graph: Graph, node: str, predicate: str, value: str) -> Loss:
    """Kept as a link, or as an attribute of the value's own type; flattened where its text stands in one."""
    property = predicate[1:-1]
    term = None if value.startswith("_:") else from_n3(value)
    told = graph.nodes[node]
    if term is None:
        return (
            "kept"
            if any(other.startswith("_:") and data["property"] == property for _, other, data in graph.out_edges(node, data=True))
            else "left out"
        )
    if isinstance(term, URIRef):
        if _linked(graph, node, property, str(term)):
            return "kept"
        name = "classes" if property == PREFIXES["rdf"] + "type" else shorten(property)
        return "flattened" if str(term) in str(told.get(name, "")).split(" | ") else "left out"
    assert isinstance(term, Literal)
    name = f"{shorten(property)}@{term.language}" if term.language else shorten(property)
    found = told.get(name)
    kind = str if term.language else _EXACT.get(str(term.datatype or PREFIXES["xsd"] + "string"))
    if kind is not None and type(found) is kind and found == (str(term) if kind is str else term.value):
        return "kept"
    parts = str(found).split(" | ")
    return "flattened" if str(term) in parts or any(_same_number(part, str(term)) for part in parts) else "left out"


def _linked(graph: Graph, node: str, property: str, other: str) -> bool:
    return any(target == other and data["property"] == property for _, target, data in graph.out_edges(node, data=True))


def _same_number(one: str, other: str) -> bool:
    try:
        return float(one) == float(other)
    except ValueError:
        return False


PROBES = {"graphml": partial(_probe, networkx.read_graphml), "gexf": partial(_probe, networkx.read_gexf)}
