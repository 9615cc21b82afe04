"""Which version of a source's graph counts, now or on a day in the past: the one module that knows.

A graph is superseded where it has a prov:invalidatedAtTime or another graph is its prov:wasRevisionOf. Both are said of the
graph outside every named graph, as all is that is said of graphs.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from thidua.terms import PREFIXES, RDF_TYPE, td

GENERATED = NamedNode(PREFIXES["prov"] + "generatedAtTime")
INVALIDATED = NamedNode(PREFIXES["prov"] + "invalidatedAtTime")
WAS_REVISION_OF = NamedNode(PREFIXES["prov"] + "wasRevisionOf")


def superseded(quads: Iterable[Quad]) -> set[str]:
    """IRIs of the graphs that a later version has taken the place of, or that were withdrawn."""
    found: set[str] = set()
    for quad in quads:
        if isinstance(quad.graph_name, DefaultGraph):
            if quad.predicate == INVALIDATED and isinstance(quad.subject, NamedNode):
                found.add(quad.subject.value)
            elif quad.predicate == WAS_REVISION_OF and isinstance(quad.object, NamedNode):
                found.add(quad.object.value)
    return found


def current(quads: Iterable[Quad]) -> list[Quad]:
    """The quads without those that stand in superseded graphs; what is said of these graphs stays."""
    quads = list(quads)
    gone = superseded(quads)
    return [quad for quad in quads if not (isinstance(quad.graph_name, NamedNode) and quad.graph_name.value in gone)]


def superseded_in(store: Store) -> set[str]:
    """The same of a store."""
    said = (store.quads_for_pattern(None, property, None, DefaultGraph()) for property in (INVALIDATED, WAS_REVISION_OF))
    return superseded(quad for quads in said for quad in quads)


def known_on(quads: Iterable[Quad], day: str) -> list[Quad]:
    """The quads as they stood at the end of `day`: what had not been recorded by then is left out.

    That is every graph of a source recorded later, or of which nothing tells when it was recorded, with all that is said of
    it, and the end of a graph that was superseded later. Registry, law and ontology have no such clock and stay.

    Args:
        day: as 2026-11-30, compared with the day that prov:generatedAtTime and prov:invalidatedAtTime print.
    """
    quads = list(quads)
    recorded = {quad.subject for quad in quads if quad.predicate == GENERATED and _day(quad) <= day}
    later = {quad.subject for quad in quads if quad.predicate == RDF_TYPE and quad.object == td("SourceGraph")} - recorded
    return [
        quad
        for quad in quads
        if (isinstance(quad.graph_name, DefaultGraph) or quad.graph_name in recorded)
        and quad.subject not in later
        and not (quad.predicate == INVALIDATED and _day(quad) > day)
    ]


def first_day(store: Store) -> str | None:
    """The day on which the first graph was recorded, or None where nothing tells."""
    return min((_day(quad) for quad in store.quads_for_pattern(None, GENERATED, None, DefaultGraph())), default=None)


def _day(quad: Quad) -> str:
    """The day of a quad whose object is an xsd:dateTime, as printed."""
    return quad.object.value[:10] if isinstance(quad.object, Literal) else ""
