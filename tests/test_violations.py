"""Made-up data: every rule is broken, and exactly that is found, by pySHACL and by the program."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import ROOT, thidua
from tests.shacl_benchmark import read_rules, write_rules
from tests.shacl_engines import ARTICLES, add_articles
from tests.test_shapes import expected, rules
from tests.violation_templates import FOLDERS, Renaming, case_data, case_name, own_iris, templates
from tests.violations import SHAPES, Made, Row, article, comparable, make, reference, summed


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """10,000 statements."""
    return make(10_000, tmp_path_factory.mktemp("small") / "data.nt")


def test_size_and_bytes_follow_from_size_and_seed(small: Made, tmp_path: Path) -> None:
    again, other = make(10_000, tmp_path / "again.nt"), make(10_000, tmp_path / "other.nt", seed=2)
    content = small.path.read_bytes()
    assert content.count(b"\n") == small.triples == len(set(content.splitlines())) and 9_400 < small.triples <= 10_000
    assert again.path.read_bytes() == content and again.findings == small.findings
    assert other.path.read_bytes() != content and other.findings != small.findings and len(other.findings) == len(small.findings) >= 2_000


def test_every_rule_and_every_severity_is_broken(small: Made) -> None:
    found = {row.shape for row in small.findings}
    assert [rule for rule in rules() if str(rule) not in found] == []
    assert len(found) >= 350
    severities = Counter(row.severity for row in small.findings)
    assert sorted(severities) == ["info", "violation", "warning"] and min(severities.values()) >= 50
    assert {(row.shape, row.component) for row in small.findings} == {(r.shape, r.component) for rows in reference().values() for r in rows}


def test_too_few_statements_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="1000 statements cannot break every rule"):
        make(1000, tmp_path / "data.nt")
    assert list(tmp_path.iterdir()) == []


def test_every_case_keeps_its_own_findings() -> None:
    """Looked at with all shapes and under other names, a case has the findings that it was written for, and perhaps more."""
    kept = 0
    for number, folder in enumerate(FOLDERS, start=len(templates().sources)):
        renaming = Renaming(number, own_iris(case_data(folder)))
        found = {(row.focus, row.shape, row.severity) for row in reference()[case_name(folder)]}
        own = {(renaming.copied(focus), shape, severity) for focus, shape, severity, *_ in expected(folder)}
        assert own <= found, folder
        kept += len(own)
    assert len(FOLDERS) == 320 and kept >= 880


def test_copies_share_no_node(tmp_path: Path) -> None:
    made = make(100_000, tmp_path / "data.ttl")
    assert made.copies >= 390 and 99_400 < made.triples <= 100_000
    per_node = Counter((row.focus, row.shape, row.component, row.value) for row in made.findings)
    assert set(per_node.values()) == {1} and len(per_node) >= 4_000


def test_one_source_more_is_checked_in_a_running_process(tmp_path: Path) -> None:
    """At what a change can touch, the program finds what was put in, and that the rest is as it was."""
    made = make(100_000, tmp_path / "data.ttl")
    rules = write_rules(read_rules(SHAPES.glob("*.ttl")), tmp_path / "shapes.ttl")
    told = json.loads(add_articles(str(made.path), str(rules.path)))
    assert len(told["seconds"]) == ARTICLES >= 20 and told["wrong"] == 0
    (text, known), (_, none) = article(2), article(0)
    assert [row.shape.rsplit("/")[-1] for row in known] == ["Tenure-dated"] and none == frozenset()
    assert text.count("\n") == told["statements"][2] and text not in made.path.read_text("utf-8")


def test_pyshacl_finds_exactly_what_was_put_in(small: Made) -> None:
    """In a process of its own, where nothing of ours stands between it and rdflib."""
    command = [sys.executable, "-m", "tests.violations", "pyshacl", str(small.path)]
    printed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert {Row(**row) for row in json.loads(printed)} == small.findings


def test_rules_whose_value_is_a_sum() -> None:
    assert sorted(rule.rsplit("/")[-1] for rule in summed()) == ["Figure-parts-do-not-add-up", "Figure-parts-exceed-the-whole"]


@pytest.mark.parametrize("triples", [10_000, 100_000])
def test_the_program_finds_exactly_what_was_put_in(triples: int, tmp_path: Path) -> None:
    made = make(triples, tmp_path / "data.nt")
    shapes = [word for path in sorted(SHAPES.glob("*.ttl")) for word in ("--shapes", path)]
    result = thidua("validate", made.path, *shapes, "--format", "json")
    assert result.returncode == 1, result.stderr
    findings = json.loads(result.stdout)["findings"]
    found = comparable(Row(f["focus"], f["shape"], f["severity"], f["component"], f["value"]) for f in findings)
    assert found == comparable(made.findings)
