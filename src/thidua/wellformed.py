"""Are shapes well-formed, and where not: SHACL's own shapes for shapes (Recommendation, appendix C), its terms, SPARQL's grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, Store, parse

from thidua.errors import InputError
from thidua.locate.places import Placed, read_places
from thidua.locate.tokens import term_of
from thidua.shacl.data import Data
from thidua.shacl.engine import Validator
from thidua.shacl.literals import XSD
from thidua.shacl.paths import NIL, SH, Term
from thidua.shacl.patterns import matcher
from thidua.shacl.shapes import Shapes, declared_prefixes, graph_of, read_shapes
from thidua.sparql import readable
from thidua.terms import RDF_TYPE, shorten
from thidua.validation import report_of

Graph = dict[Term, dict[NamedNode, list[Term]]]
Fault = tuple[str, str, str]  # the node as N-Triples writes it, the IRI of its property where one is at fault, what is wrong

_FORMS = {"select": QuerySolutions, "ask": QueryBoolean, "construct": QueryTriples}
_LINKS = tuple(NamedNode(SH + name) for name in ("sparql", "validator", "nodeValidator", "propertyValidator"))
_PATH, _PATTERN = NamedNode(SH + "path"), NamedNode(SH + "pattern")


def check_shapes(paths: list[Path], quads: list[Quad], read: Shapes | None) -> None:
    """Raises for the first ill-formed shape in files that are sound RDF, with its file and line.

    Args:
        quads: what is in the files, blank nodes named by them (`thidua.reading.read_quads`).
        read: the shapes in them; None where they could not be read.

    Raises:
        InputError: "shape-ill-formed", with what is wrong.
    """
    graph = graph_of(quads) if read is None else read.graph
    faults = [*_terms(graph), *_patterns(graph), *_queries(graph)]
    if read is None or not plainly_well(read):
        faults += _against_shacl(quads)
    if not faults:
        return
    places = read_places({str(path): path for path in paths}, {term_of(node) for node, _, _ in faults}).places
    file, line, words = min((*_place(places[term_of(node)], predicate), words) for node, predicate, words in faults)
    raise InputError("shape-ill-formed", path=file, line=line, detail=words)


def _place(said: list[Placed], predicate: str) -> tuple[str, int]:
    """File and line of a node's statement of a property, else of its first statement."""
    one = next((one for one in said if one.predicate == predicate), said[0])
    return one.file, one.line


def _terms(graph: Graph) -> Iterator[Fault]:
    """Misspelt terms of SHACL: no engine heeds them, so nothing would be checked."""
    known = {quad.subject for quad in _asset("shacl.ttl")}
    for node, said in graph.items():
        for predicate in said:
            if predicate.value.startswith(SH) and predicate not in known:
                yield str(node), predicate.value, f"{shorten(predicate.value)}: SHACL has no such term"


def _patterns(graph: Graph) -> Iterator[Fault]:
    for node, said in graph.items():
        for pattern in said.get(_PATTERN, []):
            try:
                matcher(str(pattern.value), "")
            except re.error as error:
                yield str(node), _PATTERN.value, f"sh:pattern: {error}"
        if NIL in said.get(_PATH, []):
            yield str(node), _PATH.value, "sh:path: an empty path"


def _queries(graph: Graph) -> Iterator[Fault]:
    """SPARQL that does not parse, is of another kind than its property says, or lacks what SHACL-SPARQL asks (5.2)."""
    store = Store()
    for node, said in graph.items():
        for link in _LINKS:
            for rule in said.get(link, []):
                if not any(NamedNode(SH + form) in graph.get(rule, {}) for form in _FORMS):
                    words = f"{shorten(link.value)}: no query"
                    yield (str(rule), "", words) if rule in graph else (str(node), link.value, words)
        for form, answers in _FORMS.items():
            for query in said.get(NamedNode(SH + form), []):
                if words := _wrong_query(store, declared_prefixes(graph, node) + str(query.value), form, answers):
                    yield str(node), SH + form, f"sh:{form}: {words}"


def _wrong_query(store: Store, sparql: str, form: str, answers: type) -> str:
    """What is wrong with a query, in words; empty where nothing is."""
    try:
        answer = store.query(sparql)
    except SyntaxError as error:
        return readable(error)
    except (ValueError, RuntimeError) as error:
        return str(error).splitlines()[0]
    if not isinstance(answer, answers):
        return f"not a {form.upper()} query"
    if isinstance(answer, QuerySolutions) and "this" not in {one.value for one in answer.variables}:
        return "the query does not give $this"
    return ""


def _against_shacl(quads: list[Quad]) -> list[Fault]:
    """What SHACL's own shapes for shapes find."""
    validator = Validator(read_shapes(_asset("shacl-shacl.ttl")), Data(quads))
    pieces = validator.pieces()  # all judged: these shapes' conditions are long, and shapes are few
    results = validator.evaluate(pieces, [validator.focus_nodes(plan.root) for plan, _ in pieces])
    found = report_of(validator, (one for some in results for one in some), 0).findings
    faults = [(one.focus_term, one.path, f"{shorten(one.path)}: {one.message['en']}") for one in found if one.path]
    told = {node for node, _, _ in faults}
    without = [(one.focus_term, "", "neither a node shape nor a property shape") for one in found if not one.path]
    return [*faults, *(fault for fault in without if fault[0] not in told)]


_IRI = "class datatype nodeKind equals disjoint lessThan lessThanOrEquals severity targetClass targetSubjectsOf targetObjectsOf".split()
_INTEGER = "minCount maxCount minLength maxLength qualifiedMinCount qualifiedMaxCount".split()
_BOOLEAN = "uniqueLang closed deactivated qualifiedValueShapesDisjoint".split()
_TEXT = "message name description pattern flags".split()
_NUMBER = "minExclusive minInclusive maxExclusive maxInclusive".split()
_LIST = "and or xone in languageIn ignoredProperties".split()  # read already, or they could not have been
_ANY = "path property node not qualifiedValueShape hasValue sparql targetNode order group defaultValue prefixes select".split()
_ONCE = frozenset("datatype nodeKind pattern flags severity languageIn ignoredProperties in path qualifiedValueShape".split())
_ONCE |= {*_INTEGER, *_BOOLEAN, *_NUMBER}
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
