"""Which classes and properties of an ontology no shape constrains."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from thidua.terms import PREFIXES, RDF_TYPE, TD, td

_SUB_CLASS = NamedNode(PREFIXES["rdfs"] + "subClassOf")
_CLASS = NamedNode(PREFIXES["owl"] + "Class")
_PROPERTIES = tuple(NamedNode(PREFIXES["owl"] + kind) for kind in ("ObjectProperty", "DatatypeProperty"))
_TARGET_CLASS = NamedNode(PREFIXES["sh"] + "targetClass")
_QUERIES = tuple(NamedNode(PREFIXES["sh"] + name) for name in ("select", "ask"))


def unconstrained(ontology: Iterable[Quad], shapes: Iterable[Quad]) -> tuple[list[NamedNode], list[NamedNode]]:
    """Classes that no shape targets (nor a class above them), and properties that no shape names in a path or query.

    Derived properties (td:derived) are made by the build, not by hand, and are left out.
    """
    ontology, shapes = list(ontology), list(shapes)
    above = {(quad.subject, quad.object) for quad in ontology if quad.predicate == _SUB_CLASS}
    targeted = {quad.object for quad in shapes if quad.predicate == _TARGET_CLASS}
    while more := {sub for sub, top in above if top in targeted} - targeted:
        targeted |= more
    named = {quad.object for quad in shapes}
    for quad in shapes:
        if quad.predicate in _QUERIES and isinstance(quad.object, Literal):
            named |= {td(name) for name in re.findall(r"\btd:(\w+)", quad.object.value)}
    derived = {quad.subject for quad in ontology if quad.predicate == td("derived")}
    classes = _of_kind(ontology, (_CLASS,)) - targeted
    properties = _of_kind(ontology, _PROPERTIES) - named - derived
    return sorted(classes, key=str), sorted(properties, key=str)


def _of_kind(ontology: Iterable[Quad], kinds: tuple[NamedNode, ...]) -> set[NamedNode]:
    """The ontology's own terms of the given kinds."""
    return {
        quad.subject
        for quad in ontology
        if quad.predicate == RDF_TYPE and quad.object in kinds and isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(TD)
    }
