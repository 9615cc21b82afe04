"""Are shapes well-formed: SHACL's own shapes for shapes (Recommendation, appendix C), its terms, SPARQL's grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, Store, parse

from thidua.shacl.data import Data
from thidua.shacl.engine import Validator
from thidua.shacl.literals import XSD, matcher
from thidua.shacl.paths import SH, Term
from thidua.shacl.shapes import Shapes, declared_prefixes, read_shapes
from thidua.terms import RDF_TYPE

_FORMS = {"select": QuerySolutions, "ask": QueryBoolean, "construct": QueryTriples}
_LINKS = tuple(NamedNode(SH + name) for name in ("sparql", "validator", "nodeValidator", "propertyValidator"))


def check_shapes(paths: list[Path], read: Shapes | None) -> None:
    """Raises for the first ill-formed shape in files that are sound RDF, with its file and line.

    Args:
        read: the shapes of the files; None where they could not even be read.

    Raises:
        InputError: "shape-ill-formed", with what is wrong.
    """
    if read is not None and _all_well(read):
        return
    from thidua.illformed import tell

    tell(paths)


def _all_well(read: Shapes) -> bool:
    """Do the same checks find nothing, with no eye to where anything stands?"""
    known = {term.value for quad in _asset("shacl.ttl") for term in (quad.subject,) if isinstance(term, NamedNode)}
    for said in read.graph.values():
        for predicate in said:
            if predicate.value.startswith(SH) and predicate.value not in known:
                return False
        for pattern in said.get(NamedNode(SH + "pattern"), []):
            if not _sound_pattern(str(pattern.value)):
                return False
    if plainly_well(read):
        return all(_sound_queries(read))
    validator = Validator(read_shapes(_asset("shacl-shacl.ttl")), Data(read.quads))
    pieces = validator.pieces()  # all judged: these shapes' conditions are long, and shapes are few
    wrong = validator.evaluate(pieces, [validator.focus_nodes(plan.root) for plan, _ in pieces])
    return not any(wrong) and all(_sound_queries(read))


_IRI = "class datatype nodeKind equals disjoint lessThan lessThanOrEquals severity targetClass targetSubjectsOf targetObjectsOf".split()
_INTEGER = "minCount maxCount minLength maxLength qualifiedMinCount qualifiedMaxCount".split()
_BOOLEAN = "uniqueLang closed deactivated qualifiedValueShapesDisjoint".split()
_TEXT = "message name description pattern flags".split()
_NUMBER = "minExclusive minInclusive maxExclusive maxInclusive".split()
_LIST = "and or xone in languageIn ignoredProperties".split()  # read already, or they could not have been
_ANY = "path property node not qualifiedValueShape hasValue sparql targetNode order group defaultValue prefixes select".split()
_ONCE = frozenset(
    [*_INTEGER, *_BOOLEAN, *_NUMBER, "datatype", "nodeKind", "flags", "severity", "languageIn", "ignoredProperties", "in", "path"]
)
_OF_PATHS = frozenset("minCount maxCount uniqueLang lessThan lessThanOrEquals qualifiedValueShape".split())
_NODE_KINDS = frozenset(SH + kind for kind in "BlankNode IRI Literal BlankNodeOrIRI BlankNodeOrLiteral IRIOrLiteral".split())


def plainly_well(read: Shapes) -> bool:
    """Is every shape of a plain kind that SHACL's own shapes have nothing against? False where that is not sure.

    Most shapes are, and this takes a tenth of the time.
    """
    for name, shape in read.by_id.items():
        for predicate, values in read.graph.get(name, {}).items():
            if not predicate.value.startswith(SH):
                continue
            term = predicate.value.removeprefix(SH)
            if len(values) > 1 and term in _ONCE:
                return False
            if term in _OF_PATHS and shape.path is None:
                return False
            if not all(_fits(term, value) for value in values):
                return False
            if term == "property" and any(value not in read.by_id or read.by_id[value].path is None for value in values):
                return False
            if term in ("node", "not") and any(isinstance(value, Literal) for value in values):
                return False
        kinds = {kind.value for kind in read.graph.get(name, {}).get(RDF_TYPE, [])}
        if (SH + "NodeShape" in kinds and shape.path is not None) or (SH + "PropertyShape" in kinds and shape.path is None):
            return False
    return True


def _fits(term: str, value: Term) -> bool:
    if term in _IRI:
        return isinstance(value, NamedNode) and (term != "nodeKind" or value.value in _NODE_KINDS)
    if term in _INTEGER:
        return isinstance(value, Literal) and value.datatype.value == XSD + "integer" and value.value.isdecimal()
    if term in _BOOLEAN:
        return isinstance(value, Literal) and value.datatype.value == XSD + "boolean"
    if term in _TEXT:
        return isinstance(value, Literal) and (bool(value.language) or value.datatype.value == XSD + "string")
    if term in _NUMBER:
        return isinstance(value, Literal)
    return term in _LIST or term in _ANY


def _asset(name: str) -> Iterator[Quad]:
    package = find_spec("pyshacl")  # found, not imported: that takes longer than all the rest
    assert package is not None
    assert package.origin is not None
    return parse(path=str(Path(package.origin).with_name("assets") / name), format=RdfFormat.TURTLE)


def _sound_pattern(pattern: str) -> bool:
    try:
        matcher(pattern, "")
    except re.error:
        return False
    return True


def _sound_queries(read: Shapes) -> Iterator[bool]:
    """Of every query of a constraint or validator: does it parse, is it of its kind, does a SELECT give $this?"""
    store = Store()
    for rule, said in read.graph.items():
        for kind, wanted in _FORMS.items():
            for text in said.get(NamedNode(SH + kind), []):
                try:
                    answer = store.query(declared_prefixes(read.graph, rule) + str(text.value))
                except (SyntaxError, ValueError, RuntimeError):
                    yield False
                    continue
                gives = not isinstance(answer, QuerySolutions) or "this" in {one.value for one in answer.variables}
                yield isinstance(answer, wanted) and gives
        for link in _LINKS:
            for query in said.get(link, []):
                yield any(NamedNode(SH + kind) in read.graph.get(query, {}) for kind in _FORMS)
