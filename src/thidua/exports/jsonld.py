"""JSON-LD 1.1 with a context of its own, written into the document: nothing has to be fetched to read it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from itertools import groupby
from typing import Any, BinaryIO

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from thidua.answers import Term, text_of
from thidua.errors import InputError
from thidua.exports import CANONICAL, Dataset, Form
from thidua.terms import ID, PREFIXES, RDF_TYPE, TD, THING_KINDS

# Keys and prefixes share one name space in a context: kinds of things would hide the terms source, post …
_CONTEXT_PREFIXES = {prefix: iri for prefix, iri in PREFIXES.items() if prefix not in (*THING_KINDS, "source", "graph", "code")}
_CONTEXT_PREFIXES |= {"id": ID, "thidua": "https://w3id.org/thidua/"}
_STRING = PREFIXES["xsd"] + "string"
_OBJECT_PROPERTY = NamedNode(PREFIXES["owl"] + "ObjectProperty")
_RANGE = NamedNode(PREFIXES["rdfs"] + "range")


def context_of(ontology: Iterable[Quad]) -> dict[str, object]:
    """The context: our prefixes, the ontology's terms as plain keys, and what kind of value each has."""
    objects: set[str] = set()
    ranges: dict[str, str] = {}
    for quad in ontology:
        subject = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
        if not subject.startswith(TD):
            continue
        if quad.predicate == RDF_TYPE and quad.object == _OBJECT_PROPERTY:
            objects.add(subject)
        if quad.predicate == _RANGE and isinstance(quad.object, NamedNode) and quad.object.value.startswith(PREFIXES["xsd"]):
            ranges[subject] = quad.object.value
    typed: dict[str, object] = {iri[len(TD) :]: {"@id": iri, "@type": "@id"} for iri in objects}
    typed |= {iri[len(TD) :]: {"@id": iri, "@type": kind} for iri, kind in ranges.items() if kind != _STRING and iri not in objects}
    return {"@version": 1.1, "@vocab": TD} | dict(sorted(_CONTEXT_PREFIXES.items())) | dict(sorted(typed.items()))


def to_jsonld(quads: list[Quad], context: dict[str, object]) -> bytes:
    """The quads (sorted by graph and subject) as one document: a node object a subject, a graph object a named graph."""
    graph: list[dict[str, Any]] = []
    for name, members in groupby(quads, key=lambda quad: quad.graph_name):
        nodes = [_node(list(statements), context) for _, statements in groupby(members, key=lambda quad: quad.subject)]
        if isinstance(name, DefaultGraph):
            graph += nodes
        else:
            graph.append({"@id": shorten_for(name.value), "@graph": nodes})
    return (json.dumps({"@context": context, "@graph": graph}, ensure_ascii=False, indent=1) + "\n").encode()


def _node(statements: list[Quad], context: dict[str, object]) -> dict[str, Any]:
    subject = statements[0].subject
    assert isinstance(subject, NamedNode | BlankNode)
    node: dict[str, Any] = {"@id": _name(subject)}
    for predicate, same in groupby(statements, key=lambda quad: quad.predicate):
        objects = [quad.object for quad in same]
        if predicate == RDF_TYPE and all(isinstance(one, NamedNode) for one in objects):
            names = [_vocab(text_of(one)) for one in objects]
            node["@type"] = names[0] if len(names) == 1 else names
        else:
            values = [_value(predicate.value, one, context) for one in objects]
            node[_vocab(predicate.value)] = values[0] if len(values) == 1 else values
    return node


def _value(predicate: str, term: Term, context: dict[str, object]) -> Any:
    definition = context.get(_vocab(predicate))
    kind = definition.get("@type") if isinstance(definition, dict) else None
    if isinstance(term, NamedNode | BlankNode):
        return _name(term) if kind == "@id" else {"@id": _name(term)}
    assert isinstance(term, Literal)
    if term.language:
        return {"@value": term.value, "@language": term.language}
    datatype = term.datatype.value
    if datatype == kind or (datatype == _STRING and kind is None):
        return term.value
    return {"@value": term.value} if datatype == _STRING else {"@value": term.value, "@type": shorten_for(datatype)}


def _name(term: NamedNode | BlankNode) -> str:
    return f"_:{term.value}" if isinstance(term, BlankNode) else shorten_for(term.value)


def shorten_for(iri: str) -> str:
    """`iri` as a compact IRI of the context, or whole where none fits or the rest would read as an authority.

    Raises:
        InputError: the IRI's own scheme is a prefix of the context, so that JSON-LD would read it as another.
    """
    fitting = [(len(namespace), prefix) for prefix, namespace in _CONTEXT_PREFIXES.items() if iri.startswith(namespace)]
    length, prefix = max(fitting, default=(0, ""))
    if prefix and not iri.startswith("//", length):
        return f"{prefix}:{iri[length:]}"
    if iri.partition(":")[0] in _CONTEXT_PREFIXES:
        raise InputError("not-in-form", what=f"<{iri}>", form="jsonld", fitting="trig, nquads")
    return iri


def _vocab(iri: str) -> str:
    """A property or class as a key: plain terms of the ontology bare, others compact."""
    local = iri.removeprefix(TD)
    bare = iri.startswith(TD) and re.fullmatch(r"\w+", local) and local not in _CONTEXT_PREFIXES
    return local if bare else shorten_for(iri)


def _write(data: Dataset, out: BinaryIO) -> None:
    context = context_of(data.store.quads_for_pattern(None, None, None, DefaultGraph()))
    out.write(to_jsonld(list(data.selection.quads()), context))


FORMS = {"jsonld": Form("jsonld", ".jsonld", to_file=_write, flattens=(CANONICAL,))}
