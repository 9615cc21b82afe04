"""Where ill-formed shapes stand: the checks of thidua.wellformed made once more, by libraries that know lines."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyoxigraph
from pyshacl import validate as pyshacl_validate
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.plugins.parsers.notation3 import RDFSink, SinkParser
from rdflib.plugins.parsers.trig import TrigSinkParser
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.term import Node

from thidua.errors import InputError
from thidua.terms import shorten

_KINDS = {SH.select: "SelectQuery", SH.ask: "AskQuery", SH.construct: "ConstructQuery"}
_CONSTRAINTS_IN_SPARQL = (SH.sparql, SH.validator, SH.nodeValidator, SH.propertyValidator)
_DEPTH = 999  # of shapes within shapes: lists are walked one member at a time, and pySHACL stops at 15
Place = tuple[Path, int]
Lines = dict[tuple[Node, Node | None], Place]  # by subject, and by subject and predicate
Wrong = list[tuple[Place, str]]


def tell(paths: list[Path]) -> None:
    """Raises for what stands first among that which is wrong, with its file and line.

    Raises:
        InputError: "shape-ill-formed".
    """
    shapes, lines = Graph(), Lines()
    for path in paths:
        _read(path, shapes, lines)
    wrong = sorted({*_terms(shapes, lines), *_patterns(shapes, lines), *_queries(shapes, lines), *_against_shacl(shapes, lines)})
    if wrong:
        (path, line), detail = wrong[0]
        raise InputError("shape-ill-formed", path=path, line=line, detail=detail)


class _Sink(RDFSink):
    """Takes the statements of all graphs of a file as one graph, with the line at which each subject is first spoken of."""

    def __init__(self, shapes: Graph, lines: Lines, path: Path) -> None:
        super().__init__(shapes)
        self.lines, self.path, self.parser = lines, path, None

    def makeStatement(self, quadruple: Any, why: Any = None) -> None:
        """Called by rdflib's parser for each statement."""
        formula, *terms = quadruple
        predicate, subject, value = (self.normalise(formula, term) for term in terms)
        self.graph.add((subject, predicate, value))
        _note(self.lines, subject, predicate, (self.path, self.parser.lines + 1))  # type: ignore[attr-defined]


def _note(lines: Lines, subject: Node, predicate: Node, place: Place) -> None:
    lines.setdefault((subject, None), place)
    lines.setdefault((subject, predicate), place)


def _read(path: Path, shapes: Graph, lines: Lines) -> None:
    """Adds the shapes of a file, and where they stand."""
    content = path.read_bytes()
    if path.suffix == ".nq":
        for number, line in enumerate(content.splitlines(), start=1):
            for quad in pyoxigraph.parse(line, format=pyoxigraph.RdfFormat.N_QUADS):
                subject, predicate = _term(quad.subject), URIRef(quad.predicate.value)
                shapes.add((subject, predicate, _term(quad.object)))
                _note(lines, subject, predicate, (path, number))
        return
    sink = _Sink(shapes, lines, path)
    parser: Any = (TrigSinkParser if path.suffix == ".trig" else SinkParser)(sink, baseURI=path.absolute().as_uri(), turtle=True)
    sink.parser = parser
    parser.loadBuf(content)


def _term(term: Any) -> Node:
    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return BNode(term.value)
    return Literal(term.value, lang=term.language, datatype=None if term.language else URIRef(term.datatype.value))


@cache
def _known_terms() -> frozenset[URIRef]:
    """What SHACL and its advanced features name in their namespace."""
    vocabulary = Graph().parse(str(files("pyshacl").joinpath("assets", "shacl.ttl")), format="turtle")
    return frozenset(term for term in vocabulary.subjects() if isinstance(term, URIRef))


def _terms(shapes: Graph, lines: Lines) -> Wrong:
    """Misspelt terms of SHACL: no engine heeds them, so nothing would be checked."""
    return [
        (lines[subject, predicate], f"{shorten(str(predicate))}: SHACL has no such term")
        for subject, predicate in shapes.subject_predicates()
        if str(predicate).startswith(str(SH)) and predicate not in _known_terms()
    ]


def _patterns(shapes: Graph, lines: Lines) -> Wrong:
    wrong = []
    for subject, pattern in shapes.subject_objects(SH.pattern):
        try:
            re.compile(str(pattern))
        except re.error as error:
            wrong.append((lines[subject, SH.pattern], f"sh:pattern: {error}"))
    wrong += [(lines[subject, SH.path], "sh:path: an empty path") for subject in shapes.subjects(SH.path, RDF.nil)]
    return wrong


def _queries(shapes: Graph, lines: Lines) -> Wrong:
    """SPARQL that does not parse, is of another kind than its property says, or lacks what SHACL-SPARQL asks (5.2)."""
    wrong = []
    for link in _CONSTRAINTS_IN_SPARQL:
        for subject, rule in shapes.subject_objects(link):
            if not any((rule, kind, None) in shapes for kind in _KINDS):
                wrong.append((lines.get((rule, None), lines[subject, link]), f"{shorten(str(link))}: no query"))
    for kind, name in _KINDS.items():
        for rule, query in shapes.subject_objects(kind):
            if detail := _wrong_query(str(query), name, _declared(shapes, rule)):
                wrong.append((lines[rule, kind], f"{shorten(str(kind))}: {detail}"))
    return wrong


def _declared(shapes: Graph, rule: Node) -> dict[str, str]:
    return {
        str(shapes.value(one, SH.prefix)): str(shapes.value(one, SH.namespace))
        for ontology in shapes.objects(rule, SH.prefixes)
        for one in shapes.objects(ontology, SH.declare)
    }


def _wrong_query(sparql: str, kind: str, prefixes: dict[str, str]) -> str:
    """What is wrong with a query, in words; empty where nothing is."""
    try:
        algebra = translateQuery(parseQuery(sparql), initNs=prefixes).algebra
    except Exception as error:  # the parser raises what comes
        return str(error).splitlines()[0] if str(error) else type(error).__name__
    if algebra.name != kind:
        return f"not a {kind.removesuffix('Query').upper()} query"
    if kind == "SelectQuery" and not {"this"} & {str(variable) for variable in algebra.PV}:
        return "the query does not give $this"
    return ""


def _against_shacl(shapes: Graph, lines: Lines) -> Wrong:
    rules = Graph().parse(str(files("pyshacl").joinpath("assets", "shacl-shacl.ttl")), format="turtle")
    try:
        _, results, _ = pyshacl_validate(
            shapes, shacl_graph=rules, inference="none", do_owl_imports=False, js=False, max_validation_depth=_DEPTH
        )
    except (ValueError, RecursionError):  # lists that come back to themselves: what could not be read is told without a line
        return []
    if not isinstance(results, Graph):
        return []
    wrong = []
    for result, focus in results.subject_objects(SH.focusNode):
        path, words = results.value(result, SH.resultPath), str(results.value(result, SH.resultMessage))
        place = lines.get((focus, path)) or lines.get((focus, None))
        if place and isinstance(path, URIRef):
            wrong.append((place, f"{shorten(str(path))}: {words.splitlines()[0]}"))
        elif place and not any(results.value(other, SH.resultPath) for other in results.subjects(SH.focusNode, focus)):
            wrong.append((place, "neither a node shape nor a property shape"))
    return wrong
