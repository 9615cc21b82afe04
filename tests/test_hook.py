"""The pre-commit hook and the step for CI, as other people's repositories use them."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.conftest import ROOT, thidua

SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> .
ex:PersonShape a sh:NodeShape ; sh:targetClass ex:Person ; sh:property ex:PersonShape-name .
ex:PersonShape-name a sh:PropertyShape ; sh:path ex:name ; sh:minCount 1 ; sh:message "no name"@en, "thiếu tên"@vi .
"""
GOOD = '@prefix ex: <http://example.org/> .\n\nex:an a ex:Person ; ex:name "An" .\n'
BAD = "@prefix ex: <http://example.org/> .\n\n# nobody knows the name\nex:binh a ex:Person .\n"


def hook() -> dict[str, str]:
    """The keys of the one hook; its file is read as the plain list of strings that it is."""
    lines = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8").splitlines()
    pairs = [line.removeprefix("- ").strip().partition(": ") for line in lines if not line.startswith("#")]
    return {key: value.strip('"') for key, _, value in pairs}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Somebody's repository, with shapes of its own."""
    (tmp_path / "shapes").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "shapes" / "person.ttl").write_text(SHAPES, "utf-8")
    (tmp_path / "data" / "good.ttl").write_text(GOOD, "utf-8")
    (tmp_path / "data" / "bad one.ttl").write_text(BAD, "utf-8")
    return tmp_path


def committed(repository: Path, *files: str) -> subprocess.CompletedProcess[str]:
    """What pre-commit does: the entry, the args of the configuration, the names of the files that match."""
    entry = [sys.executable, "-m", *shlex.split(hook()["entry"])]
    matching = [file for file in files if re.search(hook()["files"], file)]
    command = [*entry, "--shapes", "shapes/person.ttl", *matching]
    return subprocess.run(command, cwd=repository, capture_output=True, text=True, timeout=120)


def test_the_hook_is_one_that_pre_commit_can_install() -> None:
    assert hook().keys() >= {"id", "name", "entry", "language", "files"}
    assert (hook()["id"], hook()["language"]) == ("thidua-validate", "python")
    for name, matches in (("a.ttl", True), ("b/c.trig", True), ("d.nt", True), ("e.nq", True), ("f.ttl.txt", False), ("g.py", False)):
        assert bool(re.search(hook()["files"], name)) == matches


def test_exit_codes_of_the_hook(repository: Path) -> None:
    assert committed(repository, "data/good.ttl", "README.md").returncode == 0
    run = committed(repository, "data/good.ttl", "data/bad one.ttl")
    assert run.returncode == 1
    assert "data/bad one.ttl:4" in run.stdout
    (repository / "data" / "broken.ttl").write_text("<urn:x> a\n", "utf-8")
    run = committed(repository, "data/broken.ttl")
    assert (run.returncode, run.stderr.startswith("thidua: data/broken.ttl:")) == (2, True)
    (repository / "data" / "other.ttl").write_text("<urn:x> a <urn:Other> .\n", "utf-8")
    assert committed(repository, "data/other.ttl").returncode == 3, "nothing checked is no success"


def test_the_documented_steps_are_commands_that_run(repository: Path) -> None:
    """Every thidua command of the page's section on other repositories, in a repository laid out as it says."""
    page = (ROOT / "docs" / "validation.md").read_text("utf-8")
    section = page[page.index("## In other repositories") :]
    section = section[: section.index("\n## ", 5)]
    commands = re.findall(r"^\s*(?:- )?(?:run: )?thidua (validate .*)$", section, re.MULTILINE)
    assert len(commands) >= 3
    for command in commands:
        run = thidua(*shlex.split(command.replace("data/*.ttl", "data/good.ttl 'data/bad one.ttl'")), cwd=repository)
        assert run.returncode == 1, (command, run.stderr)
    (result,) = json.loads((repository / "thidua.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 4}
    assert ElementTree.parse(repository / "thidua.xml").getroot().get("failures") == "1"


def test_a_report_is_written_whole_and_never_over_another(repository: Path) -> None:
    arguments = ["validate", "--shapes", "shapes/person.ttl", "data/bad one.ttl", "--format", "html", "-o", "report.html"]
    assert thidua(*arguments, cwd=repository).returncode == 1
    first = (repository / "report.html").read_bytes()
    run = thidua(*arguments, cwd=repository)
    assert (run.returncode, run.stderr) == (2, "thidua: report.html: exists; add --force to write over it\n")
    assert thidua(*arguments, "--force", cwd=repository).returncode == 1
    assert (repository / "report.html").read_bytes() == first
