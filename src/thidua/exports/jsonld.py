"""JSON-LD 1.1 with a context of its own, written into the document: nothing has to be fetched to read it.

The document is framed: what is a part of one thing (a group of its award, a target of its launch, a span of what it is the words of)
stands inside that thing, once; elsewhere its name refers to it. One thing a line, so that no more than one is held in memory.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any, BinaryIO

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from thidua.answers import Term, text_of
from thidua.errors import InputError
from thidua.exports import CANONICAL, Dataset, Form
from thidua.selection import Node, Selection
from thidua.terms import ID, PREFIXES, RDF_TYPE, TD, THING_KINDS, td

# Keys and prefixes share one name space in a context: kinds of things would hide the terms source, post …
_CONTEXT_PREFIXES = {prefix: iri for prefix, iri in PREFIXES.items() if prefix not in (*THING_KINDS, "source", "graph", "code")}
_CONTEXT_PREFIXES |= {"id": ID, "thidua": "https://w3id.org/thidua/"}
_STRING, _INTEGER, _BOOLEAN = (PREFIXES["xsd"] + name for name in ("string", "integer", "boolean"))
_OBJECT_PROPERTY = NamedNode(PREFIXES["owl"] + "ObjectProperty")
_RANGE, _RANGE_INCLUDES = NamedNode(PREFIXES["rdfs"] + "range"), NamedNode(PREFIXES["schema"] + "rangeIncludes")
_SAID_OF_TERMS = ((RDF_TYPE, _OBJECT_PROPERTY), (_RANGE, None), (_RANGE_INCLUDES, None))
# What a property's range makes of its values; where dates of several kinds may stand, months and years say that they are such.
_LITERAL_KINDS = {PREFIXES["xsd"] + name: PREFIXES["xsd"] + name for name in ("boolean", "integer", "decimal", "date")}
_LITERAL_KINDS[PREFIXES["rdf"] + "langString"] = "text"
# Properties of other vocabularies that the data use, each with whether its values are names of things or texts in languages.
_OTHERS = {
    "skos": {"prefLabel": "text", "altLabel": "text", "broader": "@id", "inScheme": "@id", "changeNote": "text"},
    "dcterms": {"title": "text", "provenance": "text", "license": "@id"},
    "org": {"classification": "@id", "postIn": "@id", "originalOrganization": "@id", "resultingOrganization": "@id", "holds": "@id"},
    "prov": {"wasDerivedFrom": "@id", "wasRevisionOf": "@id", "generatedAtTime": PREFIXES["xsd"] + "dateTime"},
}
# What stands inside what: the property that leads to a part, and how deep a part of a class may be; a thing is of depth 0.
_LEADS_TO_PART = (td("recipientGroup"), td("hasTarget"), td("evidence"))
_DEPTH = {td("RecipientGroup"): 1, td("Target"): 1, td("Span"): 2}
_CAMPAIGN = td("Campaign")

Inside = Callable[[NamedNode, Term], "dict[str, Any] | None"]


def context_of(ontology: Iterable[Quad]) -> dict[str, object]:
    """The context: our prefixes, terms as plain keys, and what kind of value each has.

    Texts are maps by language, names of things and typed values plain strings or numbers.
    """
    kinds: dict[str, str] = {}
    for quad in sorted(ontology, key=lambda quad: str(quad.object)):
        iri, value = text_of(quad.subject), text_of(quad.object)
        if not iri.startswith(TD):
            continue
        if quad.predicate == RDF_TYPE and quad.object == _OBJECT_PROPERTY:
            kinds[iri] = "@id"
        elif quad.predicate in (_RANGE, _RANGE_INCLUDES) and value in _LITERAL_KINDS:
            kinds.setdefault(iri, _LITERAL_KINDS[value])
    named = {iri[len(TD) :]: (iri, kind) for iri, kind in kinds.items()}
    named |= {name: (PREFIXES[prefix] + name, kind) for prefix, names in _OTHERS.items() for name, kind in names.items()}
    keys: dict[str, object] = {
        name: {"@id": iri, "@container": "@language"} if kind == "text" else {"@id": iri, "@type": kind}
        for name, (iri, kind) in sorted(named.items())
        if name not in _CONTEXT_PREFIXES
    }
    return {"@version": 1.1, "@vocab": TD} | dict(sorted(_CONTEXT_PREFIXES.items())) | keys


class _Nodes:
    """Statements about a thing as the node object that a context makes of them (JSON-LD 1.1, 9.2)."""

    def __init__(self, context: dict[str, object]) -> None:
        self._context = context
        self._keys = {one["@id"]: key for key, one in context.items() if isinstance(one, dict)}

    def node(self, statements: list[Quad], inside: Inside) -> dict[str, Any]:
        """The node object of the subject of `statements`; `inside` says what stands in place of a name."""
        subject = statements[0].subject
        assert isinstance(subject, Node)
        node: dict[str, Any] = {"@id": _name(subject)}
        types = [text_of(quad.object) for quad in statements if quad.predicate == RDF_TYPE and isinstance(quad.object, NamedNode)]
        if types:
            names = sorted(self._key(one) for one in types)
            node["@type"] = names[0] if len(names) == 1 else names
        objects: dict[NamedNode, list[Term]] = {}
        for quad in statements:
            if quad.predicate != RDF_TYPE or not isinstance(quad.object, NamedNode):
                objects.setdefault(quad.predicate, []).append(quad.object)
        for predicate in sorted(objects, key=lambda one: one.value):
            self._add(node, predicate, sorted(objects[predicate], key=str), inside)
        return node

    def _add(self, node: dict[str, Any], predicate: NamedNode, values: list[Term], inside: Inside) -> None:
        key = self._key(predicate.value)
        definition = self._context.get(key)
        if isinstance(definition, dict) and "@container" in definition:
            texts = [one for one in values if isinstance(one, Literal) and (one.language or one.datatype.value == _STRING)]
            if texts:
                languages = sorted({one.language or "@none" for one in texts})
                node[key] = {name: _one_or_all([one.value for one in texts if (one.language or "@none") == name]) for name in languages}
            values, key, definition = [one for one in values if one not in texts], shorten_for(predicate.value), None
        if values:
            kind = definition.get("@type") if isinstance(definition, dict) else None
            node[key] = _one_or_all([inside(predicate, one) or _value(one, kind) for one in values])

    def _key(self, iri: str) -> str:
        """A property or class as a key: those of the context and plain terms of the ontology bare, others compact."""
        if iri not in self._keys:
            local = iri.removeprefix(TD)
            bare = iri.startswith(TD) and re.fullmatch(r"\w+", local) and local not in self._context
            self._keys[iri] = local if bare else shorten_for(iri)
        return self._keys[iri]


def _one_or_all(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _value(term: Term, kind: str | None) -> Any:
    if isinstance(term, Node):
        return _name(term) if kind == "@id" else {"@id": _name(term)}
    assert isinstance(term, Literal)
    if term.language:
        return {"@value": term.value, "@language": term.language}
    datatype, plain = term.datatype.value, term.value
    if kind in (None, datatype) and datatype == _INTEGER and re.fullmatch(r"0|-?[1-9][0-9]{0,14}", plain):
        return int(plain)
    if kind in (None, datatype) and datatype == _BOOLEAN and plain in ("true", "false"):
        return plain == "true"
    if datatype == kind or (datatype == _STRING and kind is None):
        return plain
    return {"@value": plain} if datatype == _STRING else {"@value": plain, "@type": shorten_for(datatype)}


def _name(term: Node) -> str:
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


class _Frame:
    """Which thing stands inside which, in one graph of a selection."""

    def __init__(self, selection: Selection, graph: Node | DefaultGraph) -> None:
        self._selection = selection
        self._graph = graph

    def about(self, node: Node) -> list[Quad]:
        return [quad for quad in self._selection.store.quads_for_pattern(node, None, None, self._graph) if self._selection.keeps(quad)]

    def owner(self, node: Node) -> Node | None:
        """The thing inside which the node stands: the first by name of those that it is a part of."""
        depth = self._depth(node)
        if depth == 0:
            return None
        links = [quad for one in _LEADS_TO_PART for quad in self._selection.store.quads_for_pattern(None, one, node, self._graph)]
        owners = [quad.subject for quad in links if isinstance(quad.subject, Node) and self._selection.keeps(quad)]
        return min((one for one in owners if self._depth(one) < depth and not self._merely_shares(one, depth)), key=str, default=None)

    def _merely_shares(self, owner: Node, depth: int) -> bool:
        """A campaign has the targets of its launches: they stand with these."""
        return depth == 1 and Quad(owner, RDF_TYPE, _CAMPAIGN) in self._selection.store

    def _depth(self, node: Node) -> int:
        kinds = self._selection.store.quads_for_pattern(node, RDF_TYPE, None, self._graph)
        return max((_DEPTH.get(quad.object, 0) for quad in kinds if isinstance(quad.object, NamedNode)), default=0)


def _framed(selection: Selection, graph: Node | DefaultGraph, nodes: _Nodes) -> Iterator[dict[str, Any]]:
    """The things of a graph, each with its parts inside."""
    frame = _Frame(selection, graph)
    statements = selection.merged() if isinstance(graph, DefaultGraph) else selection.in_graph(graph)

    def of(owner: Node) -> Inside:
        def inside(predicate: NamedNode, target: Term) -> dict[str, Any] | None:
            if predicate not in _LEADS_TO_PART or not isinstance(target, Node) or frame.owner(target) != owner:
                return None
            return nodes.node(frame.about(target), of(target))

        return inside

    for subject, same in groupby(statements, key=lambda quad: quad.subject):
        assert isinstance(subject, Node)
        if frame.owner(subject) is None:
            yield nodes.node(list(same), of(subject))


def _write(data: Dataset, out: BinaryIO) -> None:
    """The data set as one document: a node object a line, a graph object a named graph."""
    store = data.store
    context = context_of(q for predicate, value in _SAID_OF_TERMS for q in store.quads_for_pattern(None, predicate, value, DefaultGraph()))
    nodes = _Nodes(context)
    out.write(b'{"@context": ' + _json(context) + b',\n"@graph": [')
    comma = b"\n"
    for node in _framed(data.selection, DefaultGraph(), nodes):
        out.write(comma + _json(node))
        comma = b",\n"
    for graph in data.selection.all_graphs():
        out.write(comma + b'{"@id": ' + _json(_name(graph)) + b', "@graph": [')
        comma = b"\n"
        for node in _framed(data.selection, graph, nodes):
            out.write(comma + _json(node))
            comma = b",\n"
        out.write(b"\n]}")
    out.write(b"\n]}\n")


def to_jsonld(quads: list[Quad]) -> bytes:
    """A small graph, sorted by subject, as one document."""
    context = context_of([])
    nodes = _Nodes(context)
    graph = [nodes.node(list(same), lambda _, __: None) for _, same in groupby(quads, key=lambda quad: quad.subject)]
    return (json.dumps({"@context": context, "@graph": graph}, ensure_ascii=False, indent=1) + "\n").encode()


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()


FORMS = {"jsonld": Form("jsonld", ".jsonld", to_file=_write, flattens=(CANONICAL,), media_type="application/ld+json")}
