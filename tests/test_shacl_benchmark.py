"""The benchmark's own measure: what counts as missed, as false and as another value, and that time runs out."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.shacl_benchmark import FEW, Differs, compared, measured, read_rules, run, write_rules
from tests.shacl_engines import SH, THIDUA, Told, read_turtle
from tests.violations import SHAPES, Row, make

FIGURES = [SHAPES / "figure.ttl"]
SHAPE = "https://w3id.org/thidua/shape/"
SPARQL, CLASS = SH + "SPARQLConstraintComponent", SH + "ClassConstraintComponent"


def row(focus: str, rule: str, component: str, value: str = "") -> Row:
    return Row(focus, SHAPE + rule, "violation", component, value)


def test_each_difference_counts_as_what_it_is(tmp_path: Path) -> None:
    rules = write_rules(read_rules(FIGURES), tmp_path / "figure.ttl")
    sums, scope = "Figure-parts-do-not-add-up", "Figure-scope"
    assert rules.owners[SHAPE + sums] == SHAPE + "Figure-sums" and SHAPE + scope in rules.names
    wanted = [row("a:1", sums, SPARQL, "10"), row("a:2", sums, SPARQL, "11"), row("a:3", scope, CLASS, "a:x"), row("a:4", "Person", CLASS)]

    def told(*rows: tuple[str, str, str, str, str]) -> set[Told]:
        return {Told(focus, SHAPE + shape, rule and SHAPE + rule, component, value) for focus, shape, rule, component, value in rows}

    right = ("a:1", "Figure-sums", sums, SPARQL, "10"), ("a:2", "Figure-sums", sums, SPARQL, "11"), ("a:3", scope, "", CLASS, "a:x")
    assert compared(told(*right), wanted, rules) == Differs(0, 0, 0)
    assert compared(told(*((focus, shape, "", kind, value) for focus, shape, _, kind, value in right)), wanted, rules) == Differs(0, 0, 0)
    assert compared(told(*right[1:]), wanted, rules) == Differs(1, 0, 0)
    assert compared(told(*right, ("a:9", scope, "", CLASS, "a:x")), wanted, rules) == Differs(0, 1, 0)
    assert compared(told(*right[1:], ("a:1", "Figure-sums", sums, SPARQL, "10.0")), wanted, rules) == Differs(0, 0, 0)
    assert compared(told(*right[:2], ("a:3", scope, "", CLASS, "a:y")), wanted, rules) == Differs(0, 0, 1)
    assert compared(told(*right[1:], ("a:1", "Figure-sums", "Figure-sub", SPARQL, "10")), wanted, rules) == Differs(1, 1, 0)
    assert compared(set(), wanted, rules) == Differs(3, 0, 0)


def test_a_report_in_turtle_is_read_as_it_is_written(tmp_path: Path) -> None:
    report = tmp_path / "report.ttl"
    report.write_text(
        '@prefix sh: <http://www.w3.org/ns/shacl#> . [] sh:result [ sh:focusNode <a:1> ; sh:sourceShape <a:s> ; sh:value "007"^^<a:int> ;'
        " sh:sourceConstraint <a:c> ; sh:sourceConstraintComponent sh:SPARQLConstraintComponent ] .",
        "utf-8",
    )
    assert read_turtle(report) == {Told("a:1", "a:s", "a:c", SPARQL, "007")}


def test_rules_left_out_are_left_out_whole(tmp_path: Path) -> None:
    rules = write_rules(read_rules(SHAPES.glob("*.ttl")), tmp_path / "all.ttl")
    fewer = rules.without([SHAPE + "Figure-scope"])
    assert rules.names - fewer.names == {SHAPE + "Figure-scope"} and len(rules.names) > 400
    assert "Figure-scope" in rules.path.read_text("utf-8") and "Figure-scope" not in fewer.path.read_text("utf-8")


def test_processes_are_timed_and_stopped(tmp_path: Path) -> None:
    done = measured([sys.executable, "-c", "print('x' * 3); raise SystemExit(1)"], tmp_path / "out")
    assert done["code"] == 1 and (tmp_path / "out").read_text("utf-8") == "xxx\n"
    assert 0 < float(done["seconds"] or 0) < 30 and 1 < float(done["mib"] or 0) < 500
    late = measured([sys.executable, "-c", "import time; time.sleep(60)"], tmp_path / "late", seconds=1)
    assert late["code"] is None and 1 <= float(late["seconds"] or 0) < 30
    take = "import sys, time; taken = bytearray(150_000_000); time.sleep(1)"
    two = f"import subprocess, sys; more = subprocess.Popen([sys.executable, '-c', {take!r}]); {take}; more.wait()"
    large = measured([sys.executable, "-c", two], tmp_path / "large")
    assert 280 < float(large["mib"] or 0) < 400


def test_the_program_is_run_and_found_exact(tmp_path: Path) -> None:
    made = make(10_000, tmp_path / "data.ttl")
    few = write_rules(read_rules(SHAPES / f"{one}.ttl" for one in FEW.split()), tmp_path / "few.ttl")
    result = run(THIDUA, made, few, 1)
    assert result.differs == Differs(0, 0, 0) and result.seconds > 0, result.failed
    assert len(json.loads((tmp_path / "data.thidua").read_text("utf-8"))["findings"]) >= 200
