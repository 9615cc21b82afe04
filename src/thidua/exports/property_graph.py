"""GraphML and GEXF: each thing a node, each statement between two things an edge, all else attributes; as a stream.

Nodes are in the order of the statements. What a statement points to is a node where it is a thing of the part that is written, else
a text. Terms of the ontology are no nodes; the classes of a thing are one of its attributes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from itertools import groupby
from typing import BinaryIO

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from thidua.answers import JOIN
from thidua.exports import Dataset, Form
from thidua.networks.files import Columns, Parts, gexf, graphml
from thidua.networks.ties import Attributes, Value
from thidua.terms import PREFIXES, RDF_TYPE, TD, shorten
from thidua.xmltext import one_line

_LABEL = TD + "labelVi"
_VOCABULARY = (
    TD,
    *(PREFIXES[name] for name in ("owl", "rdf", "rdfs", "xsd", "skos", "sh", "org", "prov", "dcterms", "schema", "foaf", "vann")),
)
_WHOLE = {PREFIXES["xsd"] + name for name in ("integer", "int", "long")}
_TRUTH = PREFIXES["xsd"] + "boolean"
_EDGE_COLUMNS: Columns = {"id": str, "label": str, "property": str}
_LEAST, _MOST = -(2**63), 2**63 - 1


_name = lru_cache(maxsize=4096)(shorten)  # of a property: asked for with every statement


def _things(data: Dataset) -> Iterator[tuple[str, list[Quad]]]:
    """Each thing with what is said of it, in the order of the statements; terms of the ontology and their parts are left out."""
    for subject, quads in groupby(data.selection.merged(), key=lambda quad: quad.subject):
        if not (isinstance(subject, NamedNode) and subject.value.startswith(_VOCABULARY)):
            yield str(subject) if isinstance(subject, BlankNode) else subject.value, list(quads)


def _is_edge(data: Dataset, quad: Quad) -> bool:
    """Whether the statement points to another node of the file."""
    target = quad.object
    if not isinstance(target, NamedNode | BlankNode) or quad.predicate == RDF_TYPE:
        return False
    if isinstance(target, NamedNode) and target.value.startswith(_VOCABULARY):
        return False
    if not data.selection.whole:
        return data.selection.holds(target)
    return next(data.store.quads_for_pattern(target, None, None, DefaultGraph()), None) is not None


def _texts(data: Dataset, quads: list[Quad]) -> dict[str, list[Literal | str]]:
    """The attributes of one thing: name → values; a text in a language has the language in its name, as skos:prefLabel@vi."""
    found: dict[str, list[Literal | str]] = defaultdict(list)
    for quad in quads:
        target = quad.object
        if isinstance(target, Literal):
            name = _name(quad.predicate.value)
            found[f"{name}@{target.language}" if target.language else name].append(target)
        elif quad.predicate == RDF_TYPE and isinstance(target, NamedNode):
            found["classes"].append(target.value)
        elif not _is_edge(data, quad):
            found[_name(quad.predicate.value)].append(target.value if isinstance(target, NamedNode) else str(target))
    return found


def _kind(values: list[Literal | str]) -> type[Value]:
    """The type of an attribute with these values; text where one of them is of another type, or there are several."""
    if len(values) == 1 and isinstance(values[0], Literal):
        value = values[0]
        if value.datatype.value in _WHOLE and value.value.lstrip("+-").isascii() and value.value.lstrip("+-").isdigit():
            return int if len(value.value) < 20 and _LEAST <= int(value.value) <= _MOST else str
        if value.datatype.value == _TRUTH and value.value in ("true", "false"):
            return bool
    return str


def _columns(data: Dataset) -> dict[str, type[Value]]:
    kinds: dict[str, type[Value]] = {"label": str}
    for _, quads in _things(data):
        for name, values in _texts(data, quads).items():
            kind = _kind(values)
            kinds[name] = kind if kinds.setdefault(name, kind) == kind else str
    return dict(sorted(kinds.items()))


def _nodes(data: Dataset, columns: Columns) -> Iterator[tuple[str, Attributes]]:
    for node, quads in _things(data):
        label = next((quad.object.value for quad in quads if quad.predicate.value == _LABEL and isinstance(quad.object, Literal)), "")
        attributes: Attributes = {"label": one_line(label) or shorten(node)}
        for name, values in _texts(data, quads).items():
            said = JOIN.join(sorted(value.value if isinstance(value, Literal) else value for value in values))
            if said:
                attributes[name] = int(said) if columns[name] is int else said == "true" if columns[name] is bool else said
        yield node, attributes


def _edges(data: Dataset) -> Iterator[tuple[str, str, Attributes]]:
    number = 0
    for node, quads in _things(data):
        for quad in quads:
            if _is_edge(data, quad):
                number += 1
                target = quad.object.value if isinstance(quad.object, NamedNode) else str(quad.object)
                yield node, target, {"id": f"e{number}", "label": _name(quad.predicate.value), "property": quad.predicate.value}


def _write(lines: Callable[[Parts], Iterator[str]], data: Dataset, out: BinaryIO) -> None:
    columns = _columns(data)
    about = {"title": "thidua"}
    for line in lines(Parts(True, about, columns, _EDGE_COLUMNS, _nodes(data, columns), _edges(data))):
        out.write(line.encode())


_FLATTENS = (
    ("classes", "IRIs in one text, not nodes"),
    ("graphs", "td:statedIn says it of each thing, not of each statement"),
    ("datatypes", "whole numbers and truth values keep theirs, dates and decimals are texts"),
    ("lexical", "the store keeps the value: 1.50 is 1.5"),
    ("several", "texts in one text, parted by a bar; links are edges each"),
    ("inferences", "the property is a text, and a value without its datatype"),
)
FORMS = {
    name: Form(name, suffix, to_file=partial(_write, lines), flattens=_FLATTENS, leaves_out=("superseded", "vocabulary"))
    for name, suffix, lines in (("graphml", ".graphml", graphml), ("gexf", ".gexf", gexf))
}
