"""`validate --changed`: our own shapes over the shipped graph, edited at random, and the command line."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from tests.conftest import ROOT, thidua
from tests.shacl_random import as_compiled, row
from tests.shacl_random import quads as read
from tests.test_cli import assert_fails
from thidua.assets import Assets
from thidua.build import build_in_memory
from thidua.checking import read_shapes
from thidua.shacl import engine
from thidua.shacl.data import Data, as_written
from thidua.shacl.engine import Validator
from thidua.shacl.judge import Result
from thidua.shacl.paths import Term

INTEGER = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
ROUNDS = 12


def full(validator: Validator) -> list[list[Result]]:
    pieces = validator.pieces()
    return validator.evaluate(pieces, [None] * len(pieces))


def within(results: list[Result], nodes: set[Term], inside: bool) -> Counter[tuple[str, ...]]:
    return Counter(row(one) for one in results if (one.focus in nodes) is inside)


def edit(quads: list[Quad], chance: random.Random) -> tuple[list[Quad], list[Quad]]:
    """Statements to come and statements to go."""
    removed = [chance.choice(quads) for _ in range(chance.choice((0, 1, 3)))]
    one, other, third = (chance.choice(quads) for _ in range(3))
    added = chance.choice(
        (
            [Quad(one.subject, other.predicate, other.object)],
            [Quad(one.subject, one.predicate, Literal("007", datatype=INTEGER))],
            [Quad(one.subject, one.predicate, third.object), Quad(other.subject, one.predicate, one.object)],
            [],
        )
    )
    return added, [quad for quad in removed if quad not in added]


def test_a_change_is_judged_as_a_full_run_judges_it() -> None:
    shapes = read_shapes(Assets().files("shapes", ".ttl"))
    quads = [Quad(q.subject, q.predicate, q.object) for q in build_in_memory(Assets()).quads_for_pattern(None, None, None, DefaultGraph())]
    quads = sorted((quad for quad in quads if not quad.predicate.value.endswith("subClassOf")), key=str)
    validator, chance = Validator(shapes, Data(quads)), random.Random(5)
    before, differ, touched = full(validator), 0, 0
    for _ in range(ROUNDS):
        added, removed = edit(quads, chance)
        outcome = validator.changed(added, removed)
        quads = [*(quad for quad in quads if quad not in set(removed)), *added]
        after = full(validator)
        for number, nodes in enumerate(outcome.nodes):
            if nodes is None:
                assert Counter(map(row, outcome.results[number])) == Counter(map(row, after[number]))
                continue
            written = {as_written(node) for node in nodes}
            touched += len(written)
            assert Counter(map(row, outcome.results[number])) == within(after[number], written, inside=True)
            assert within(before[number], written, inside=False) == within(after[number], written, inside=False)
        differ += before != after
        before = after
    assert differ > ROUNDS // 3, "most edits break a rule or mend one"
    assert touched < ROUNDS * len(before) * 30, "a change is looked at where it matters, not everywhere"


def findings(*args: str | Path) -> set[tuple[str, str]]:
    run = thidua("validate", *args, "--format", "csv")
    assert run.returncode in (0, 1), run.stderr
    return {(row["focus"], row["shape"]) for row in csv.DictReader(io.StringIO(run.stdout))}


def test_a_graph_edited_since_the_build(shipped_path: Path, tmp_path: Path) -> None:
    """A count that went wrong in one source's graph is found at its group, and nothing is told of other sources."""
    article = (ROOT / "graph" / "sources" / "000.trig").read_text("utf-8")
    assert article.count("td:count 2 ;") == 1
    (tmp_path / "000.trig").write_text(article.replace("td:count 2 ;", "td:count -2 ;"), "utf-8")
    found = findings("--changed", tmp_path / "000.trig", "--store", shipped_path)
    assert any(shape.endswith("/RecipientGroup-count") for _, shape in found)
    assert all("/000" in focus for focus, _ in found)
    whole = findings(tmp_path / "000.trig")
    assert found <= whole
    assert_fails(thidua("validate", "--changed", ROOT / "graph" / "sources" / "000.trig", "--store", shipped_path), 3, "nothing changed")


SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:s> a sh:NodeShape ; sh:targetClass <urn:C> ; sh:property [ sh:path ( <urn:p> <urn:q> ) ; sh:maxCount 1 ] .
"""


@pytest.mark.parametrize("beside", [True, False], ids=["among the data", "beside them"])
def test_a_file_beside_others(beside: bool, tmp_path: Path) -> None:
    """What a new statement is at the far end of a path is checked again; another node with the same fault is not."""
    (tmp_path / "shapes.ttl").write_text(SHAPES, "utf-8")
    (tmp_path / "data.ttl").write_text(
        "<urn:x> a <urn:C> ; <urn:p> <urn:y> . <urn:y> <urn:q> 1 . <urn:old> a <urn:C> ; <urn:p> <urn:z> . <urn:z> <urn:q> 1, 2 .", "utf-8"
    )
    (tmp_path / "more.ttl").write_text("<urn:y> <urn:q> 2 .", "utf-8")
    data = [tmp_path / "data.ttl", *([tmp_path / "more.ttl"] if beside else [])]
    found = findings(*data, "--shapes", tmp_path / "shapes.ttl", "--changed", tmp_path / "more.ttl")
    assert {focus for focus, _ in found} == {"urn:x"}


def test_conditions_heed_the_first_literal_that_stands_for_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """007 is an integer, though the engine's files have no such literal: a condition written before it came would not know."""
    monkeypatch.setattr(engine, "FEW", 0)
    shape = (
        f"<urn:s> a sh:NodeShape ; sh:targetClass <urn:C> ; sh:property [ sh:path <urn:p> ; sh:not [ sh:datatype <{INTEGER.value}> ] ] ."
    )
    validator = as_compiled(shape, read('<urn:x> a <urn:C> ; <urn:p> "a" . <urn:y> a <urn:C> ; <urn:p> "b" .'))
    assert validator.results() == []
    outcome = validator.changed([Quad(NamedNode("urn:x"), NamedNode("urn:p"), Literal("007", datatype=INTEGER))], [])
    assert [len(results) for results in outcome.results] == [1]
    assert [result.focus for result in validator.results()] == [NamedNode("urn:x")]


def test_a_query_far_down_looks_into_the_shapes_graph() -> None:
    shapes = """<urn:s> a sh:NodeShape ; sh:targetNode <urn:x> ; sh:node <urn:t> .
        <urn:t> a sh:NodeShape ; <urn:mark> 42 ;
            sh:sparql [ sh:select "SELECT $this { GRAPH $shapesGraph { $currentShape <urn:mark> 42 } }" ] ."""
    assert len(as_compiled(shapes, read("<urn:x> <urn:p> 1 .")).results()) == 1
