"""The W3C's SHACL test suite: every case reached from its manifests, results compared whole."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from tests.conftest import SHARED
from thidua.errors import InputError
from thidua.shacl import engine
from thidua.shacl.data import Data
from thidua.shacl.engine import COMPILED, Validator
from thidua.shacl.judge import Result
from thidua.shacl.paths import Term, read_list, read_path
from thidua.shacl.shapes import Shapes, read_shapes
from thidua.terms import PREFIXES

SUITE = SHARED / "w3c-shacl-tests"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"
SH = PREFIXES["sh"]
FAILURE = NamedNode(SHT + "Failure")
Graph = dict[Term, dict[NamedNode, list[Term]]]


@cache
def quads_of(iri: str) -> tuple[Quad, ...]:
    return tuple(parse(path=iri.removeprefix("file://"), format=RdfFormat.TURTLE, base_iri=iri))


@cache
def graph_of(iri: str) -> Graph:
    graph: Graph = {}
    for quad in quads_of(iri):
        graph.setdefault(quad.subject, {}).setdefault(quad.predicate, []).append(quad.object)  # type: ignore[arg-type]
    return graph


def one(graph: Graph, node: Term, iri: str) -> Term | None:
    return next(iter(graph.get(node, {}).get(NamedNode(iri), [])), None)


def cases() -> list[tuple[str, str]]:
    """(manifest, case) of every case, by following mf:include and mf:entries from the first manifest."""
    found, waiting, seen = [], [SUITE.absolute().joinpath("manifest.ttl").as_uri()], set()
    while waiting:
        manifest = waiting.pop()
        if manifest in seen:
            continue
        seen.add(manifest)
        graph = graph_of(manifest)
        for said in graph.values():
            waiting += [str(term.value) for term in said.get(NamedNode(MF + "include"), [])]
            for entries in said.get(NamedNode(MF + "entries"), []):
                members = read_list(entries, lambda node, predicate, graph=graph: graph.get(node, {}).get(predicate, []))  # type: ignore[misc]
                found += [(manifest, str(member.value)) for member in members]
    return sorted(found)


CASES = cases() if SUITE.is_dir() else []
needs_suite = pytest.mark.skipif(not CASES, reason=f"the W3C's suite is not in {SUITE}")


def described(term: Term | None, names: dict[Term, str]) -> str:
    """A term as it can be compared: blank nodes of the documents keep their names, since each is read once."""
    return "" if term is None else names.get(term, str(term))


def path_of(node: Term | None, graph: Graph) -> str:
    if node is None:
        return ""
    return read_path(node, lambda one, predicate: graph.get(one, {}).get(predicate, [])).sparql()


def expected(graph: Graph, report: Term) -> Counter[tuple[str, ...]]:
    rows = []
    for result in graph[report].get(NamedNode(SH + "result"), []):
        values = {
            name: one(graph, result, SH + name)
            for name in ("focusNode", "value", "sourceConstraintComponent", "sourceShape", "sourceConstraint", "resultSeverity")
        }
        rows.append((*(described(term, {}) for term in values.values()), path_of(one(graph, result, SH + "resultPath"), graph)))
    return Counter(rows)


def messages(graph: Graph, report: Term) -> set[tuple[str, str]]:
    return {
        (str(one(graph, result, SH + "focusNode")), str(text))
        for result in graph[report].get(NamedNode(SH + "result"), [])
        for text in graph[result].get(NamedNode(SH + "resultMessage"), [])
    }


def found(results: list[Result], shapes: Shapes) -> Counter[tuple[str, ...]]:
    rows = []
    for result in results:
        rule = result.constraint.value.id if result.constraint.component == "SPARQL" else None
        rows.append(
            (
                *(
                    described(term, {})
                    for term in (result.focus, result.value, result.component, result.shape.id, rule, result.shape.severity)
                ),
                path_of(result.path, shapes.graph),
            )
        )
    return Counter(rows)


def run(case: str) -> tuple[Validator | None, list[Result]]:
    manifest, name = case.split(" ")
    graph = graph_of(manifest)
    action = one(graph, NamedNode(name), MF + "action")
    assert action is not None
    data, rules = (one(graph, action, SHT + kind) for kind in ("dataGraph", "shapesGraph"))
    assert data is not None
    assert rules is not None
    shapes = read_shapes(quads_of(str(rules.value)))
    validator = Validator(shapes, Data(quads_of(str(data.value))))
    return validator, validator.results()


@needs_suite
def test_number_of_cases() -> None:
    assert len(CASES) == 120


@needs_suite
@pytest.mark.parametrize("way", ["as it is", "by conditions", "property by property"])
@pytest.mark.parametrize("case", [" ".join(case) for case in CASES], ids=[Path(name).stem + "-" + Path(m).parent.name for m, name in CASES])
def test_case(case: str, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The few nodes of a case would be judged one by one: conditions in SPARQL, and scans of properties, are tried as well."""
    if way != "as it is":
        monkeypatch.setattr(engine, "FEW", 0)
    if way == "property by property":
        monkeypatch.setattr(engine, "SCANNED", 0)
    manifest, name = case.split(" ")
    graph = graph_of(manifest)
    wanted = one(graph, NamedNode(name), MF + "result")
    assert wanted is not None
    if wanted == FAILURE:
        with pytest.raises(InputError):
            run(case)
        return
    validator, results = run(case)
    assert validator is not None
    conforms = one(graph, wanted, SH + "conforms")
    assert isinstance(conforms, Literal)
    assert (not results) == (conforms.value in ("true", "1"))
    rows = expected(graph, wanted)
    got = found(results, validator.shapes)
    if any(
        isinstance(one(graph, result, SH + "sourceConstraint"), BlankNode | NamedNode)
        for result in graph[wanted].get(NamedNode(SH + "result"), [])
    ):
        assert got == rows
    else:  # sh:sourceConstraint is not asked for
        assert Counter((*row[:4], *row[5:]) for row in got.elements()) == Counter((*row[:4], *row[5:]) for row in rows.elements())
    told = {(str(result.focus), str(text)) for result in results for text in result.said or result.shape.messages}
    told |= {
        (str(result.focus), str(text))
        for result in results
        if result.constraint.component == "SPARQL"
        for text in result.constraint.value.messages
    }
    if "validator" not in name and "component" not in manifest.lower():
        assert messages(graph, wanted) <= told


@needs_suite
def test_how_many_cases_are_compiled() -> None:
    """In a compiled case every shape with targets, and every constraint in SPARQL, is asked of all nodes at once."""
    ways = {}
    for case in CASES:
        try:
            validator, _ = run(" ".join(case))
        except InputError:
            ways[case] = "refused"
            continue
        assert validator is not None
        ways[case] = "compiled" if all(way.way == COMPILED for way in validator.ways()) else "other"
    counts = Counter(ways.values())
    assert counts == {"compiled": 102, "other": 11, "refused": 7}
