"""RDF forms, in the order of the store: for a store on disk the same content gives the same bytes, however it came in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import BinaryIO, cast

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from thidua.errors import InputError
from thidua.exports import CANONICAL, STATED_IN, Dataset, Form
from thidua.exports.jsonld import to_jsonld
from thidua.terms import PREFIXES
from thidua.xmltext import NOT_IN_XML

_FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
}
_WITH_GRAPHS = ("trig", "nquads")
_WITHOUT_PREFIXES = ("ntriples", "nquads")


def _write(name: str, data: Dataset, out: BinaryIO) -> None:
    """The data set in the form `name`: the default graph, and in forms that have them the sources' own graphs."""
    prefixes = None if name in _WITHOUT_PREFIXES else PREFIXES
    if name == "rdfxml":
        serialize(_for_xml(data.selection.merged()), cast(BinaryIO, _ReturnsEscaped(out)), _FORMATS[name], prefixes=prefixes)
    elif data.selection.whole:
        graph = None if name in _WITH_GRAPHS else DefaultGraph()
        data.store.dump(out, _FORMATS[name], from_graph=graph, prefixes=prefixes)
    elif name in _WITH_GRAPHS:
        serialize(data.selection.quads(), out, _FORMATS[name], prefixes=prefixes)
    else:
        serialize((quad.triple for quad in data.selection.merged()), out, _FORMATS[name], prefixes=prefixes)


class _ReturnsEscaped:
    """A file in which carriage returns are written as XML must have them (XML 1.0, 2.11: bare ones are read as line feeds)."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def write(self, content: bytes) -> int:
        self._out.write(content.replace(b"\r", b"&#13;"))
        return len(content)

    def flush(self) -> None:
        self._out.flush()


def _for_xml(quads: Iterable[Quad]) -> Iterator[Triple]:
    """The statements, unless one holds a character that XML 1.0 has no way to write."""
    for quad in quads:
        if isinstance(quad.object, Literal) and NOT_IN_XML.search(quad.object.value):
            raise InputError("not-in-form", what=f"a control character of {quad.subject}", form="rdfxml", fitting="turtle")
        yield quad.triple


def _key(quad: Quad) -> tuple[str, str, str, str]:
    graph = "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
    return graph, str(quad.subject), str(quad.predicate), str(quad.object)


def _used_prefixes(quads: Iterable[Quad]) -> dict[str, str]:
    iris = {term.value for quad in quads for term in (quad.subject, quad.predicate, quad.object) if isinstance(term, NamedNode)}
    return {prefix: namespace for prefix, namespace in PREFIXES.items() if any(iri.startswith(namespace) for iri in iris)}


def serialise(quads: list[Quad], form: str) -> bytes:
    """A small graph, such as a query's result, in one of GRAPH_FORMATS: sorted, statements of the default graph only."""
    ordered = sorted(quads, key=_key)
    if form == "jsonld":
        return to_jsonld(ordered)
    prefixes = None if form in _WITHOUT_PREFIXES else _used_prefixes(ordered)
    triples = list(_for_xml(ordered)) if form == "rdfxml" else [quad.triple for quad in ordered]
    return serialize(triples, format=_FORMATS[form], prefixes=prefixes) or b""


def _form(name: str, suffix: str, media_type: str) -> Form:
    writer = partial(_write, name)
    if name in _WITH_GRAPHS:
        return Form(name, suffix, to_file=writer, flattens=(CANONICAL,), media_type=media_type)
    return Form(name, suffix, to_file=writer, flattens=(STATED_IN, CANONICAL), leaves_out=("superseded",), media_type=media_type)


FORMS = {
    name: _form(name, suffix, media_type)
    for name, suffix, media_type in (
        ("turtle", ".ttl", "text/turtle"),
        ("trig", ".trig", "application/trig"),
        ("nquads", ".nq", "application/n-quads"),
        ("ntriples", ".nt", "application/n-triples"),
        ("rdfxml", ".rdf", "application/rdf+xml"),
    )
}
