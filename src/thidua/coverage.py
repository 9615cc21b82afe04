"""Which classes and properties no shape constrains: of an ontology, and of any data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from thidua.answers import Answer, Row
from thidua.terms import PREFIXES, RDF_TYPE, TD, td

COLUMNS = ["what", "name", "uses", "declared"]
_SUB_CLASS = NamedNode(PREFIXES["rdfs"] + "subClassOf")
_CLASS = NamedNode(PREFIXES["owl"] + "Class")
_CLASSES = (_CLASS, NamedNode(PREFIXES["rdfs"] + "Class"))
_PROPERTIES = tuple(NamedNode(PREFIXES["owl"] + kind) for kind in ("ObjectProperty", "DatatypeProperty"))
_ANY_PROPERTY = (*_PROPERTIES, NamedNode(PREFIXES["owl"] + "AnnotationProperty"), NamedNode(PREFIXES["rdf"] + "Property"))
_TARGET_CLASS, _TARGET_NODE, _SUBJECTS_OF, _OBJECTS_OF = (
    NamedNode(PREFIXES["sh"] + f"target{kind}") for kind in ("Class", "Node", "SubjectsOf", "ObjectsOf")
)
_SHAPES = tuple(NamedNode(PREFIXES["sh"] + kind) for kind in ("NodeShape", "PropertyShape"))
_QUERIES = tuple(NamedNode(PREFIXES["sh"] + name) for name in ("select", "ask"))
_PREFIX, _NAMESPACE = NamedNode(PREFIXES["sh"] + "prefix"), NamedNode(PREFIXES["sh"] + "namespace")
_IN_QUERY = re.compile(r"<([^<>\s]+)>|([A-Za-z][\w-]*)?:([\w-]+)")
_PREFIX_IN_QUERY = re.compile(r"(?i)prefix\s+([\w-]*):\s*<([^<>\s]*)>")
_BOOLEAN, _INTEGER = (NamedNode(PREFIXES["xsd"] + name) for name in ("boolean", "integer"))


def unconstrained(ontology: Iterable[Quad], shapes: Iterable[Quad]) -> tuple[list[NamedNode], list[NamedNode]]:
    """Classes that no shape targets (nor a class above them), and properties that no shape names in a path or query.

    Derived properties (td:derived) are made by the build, not by hand, and are left out.
    """
    ontology, shapes = list(ontology), list(shapes)
    derived = {quad.subject for quad in ontology if quad.predicate == td("derived")}
    classes = _own(ontology, (_CLASS,)) - _targeted(ontology, shapes)
    properties = _own(ontology, _PROPERTIES) - _named(shapes) - derived
    return sorted(classes, key=str), sorted(properties, key=str)


def coverage(data: Iterable[Quad], shapes: Iterable[Quad]) -> Answer:
    """Rows of COLUMNS: the classes that no shape looks at, and the properties that no shape names.

    A shape looks at a class that it targets, or that has a class above it that it targets (SHACL 2.1.3), and at the class of any node
    that it targets otherwise; what shapes reach only from node to node (sh:node) is not counted as looked at. Properties are named in
    paths, as parameters, or in SPARQL. rdf:type and derived properties (td:derived) are left out.

    Args:
        data: any statements, each once; rdfs:subClassOf and declarations of terms may be among them.

    Returns:
        `uses`: how many nodes are of the class, or statements have the property; `declared`: whether the data declare it.
    """
    data, shapes = list(data), list(shapes)
    uses: Counter[NamedNode] = Counter(quad.object for quad in data if quad.predicate == RDF_TYPE and isinstance(quad.object, NamedNode))
    of_property: Counter[NamedNode] = Counter(quad.predicate for quad in data)
    looked_at = _targeted(data, shapes) | _of_other_targets(data, shapes)
    classes = {one for one in uses if one not in _CLASSES} | _declared(data, _CLASSES)
    derived = {quad.subject for quad in data if quad.predicate == td("derived")}
    properties = set(of_property) | _declared(data, _ANY_PROPERTY)
    rows: list[Row] = []
    for what, terms, counted, declared in (
        ("class", classes - looked_at, uses, _declared(data, _CLASSES)),
        ("property", properties - _named(shapes) - derived - {RDF_TYPE}, of_property, _declared(data, _ANY_PROPERTY)),
    ):
        for term in sorted(terms, key=lambda term: (-counted[term], term.value)):
            known = Literal(str(term in declared).lower(), datatype=_BOOLEAN)
            rows.append((Literal(what), term, Literal(str(counted[term]), datatype=_INTEGER), known))
    return Answer(COLUMNS, rows)


def _targeted(data: Iterable[Quad], shapes: Iterable[Quad]) -> set[NamedNode]:
    """The classes that shapes target, shapes that are classes themselves among them, and all classes below these."""
    shapes = list(shapes)
    above = {(quad.subject, quad.object) for quads in (data, shapes) for quad in quads if quad.predicate == _SUB_CLASS}
    targeted = {quad.object for quad in shapes if quad.predicate == _TARGET_CLASS}
    is_shape = {quad.subject for quad in shapes if quad.predicate == RDF_TYPE and quad.object in _SHAPES}
    targeted |= is_shape & {quad.subject for quad in shapes if quad.predicate == RDF_TYPE and quad.object in _CLASSES}
    while more := {sub for sub, top in above if top in targeted} - targeted:
        targeted |= more
    return {one for one in targeted if isinstance(one, NamedNode)}


def _of_other_targets(data: list[Quad], shapes: list[Quad]) -> set[NamedNode]:
    """The classes of nodes that shapes target by name or by a property."""
    nodes = {quad.object for quad in shapes if quad.predicate == _TARGET_NODE}
    subjects_of = {quad.object for quad in shapes if quad.predicate == _SUBJECTS_OF}
    objects_of = {quad.object for quad in shapes if quad.predicate == _OBJECTS_OF}
    nodes |= {quad.subject for quad in data if quad.predicate in subjects_of}
    nodes |= {quad.object for quad in data if quad.predicate in objects_of}
    typed = (quad for quad in data if quad.predicate == RDF_TYPE and quad.subject in nodes)
    return {quad.object for quad in typed if isinstance(quad.object, NamedNode)}


def _named(shapes: list[Quad]) -> set[NamedNode]:
    """Every IRI that shapes have as an object, or name in a query."""
    named = {quad.object for quad in shapes if isinstance(quad.object, NamedNode)}
    declared: dict[NamedNode | BlankNode, dict[NamedNode, str]] = {}
    for quad in shapes:
        if quad.predicate in (_PREFIX, _NAMESPACE) and isinstance(quad.object, Literal) and isinstance(quad.subject, NamedNode | BlankNode):
            declared.setdefault(quad.subject, {})[quad.predicate] = quad.object.value
    prefixes = {one[_PREFIX]: one[_NAMESPACE] for one in declared.values() if len(one) == 2}
    for quad in shapes:
        if quad.predicate in _QUERIES and isinstance(quad.object, Literal):
            named |= _names_in(quad.object.value, prefixes)
    return named


def _names_in(query: str, declared: dict[str, str]) -> set[NamedNode]:
    """Every IRI in a query, prefixed or not; words of its literals that look like one do no harm."""
    names = set()
    prefixes = declared | {match[1]: match[2] for match in _PREFIX_IN_QUERY.finditer(query)}
    for match in _IN_QUERY.finditer(query):
        iri = match[1] or (prefixes[match[2] or ""] + match[3] if match[3] and (match[2] or "") in prefixes else "")
        try:
            names.add(NamedNode(iri))
        except ValueError:
            continue
    return names


def _declared(data: Iterable[Quad], kinds: tuple[NamedNode, ...]) -> set[NamedNode]:
    """The terms of the given kinds."""
    return {quad.subject for quad in data if quad.predicate == RDF_TYPE and quad.object in kinds and isinstance(quad.subject, NamedNode)}


def _own(ontology: Iterable[Quad], kinds: tuple[NamedNode, ...]) -> set[NamedNode]:
    """The ontology's own terms of the given kinds."""
    return {term for term in _declared(ontology, kinds) if term.value.startswith(TD)}
