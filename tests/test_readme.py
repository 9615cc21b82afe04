"""The README's commands print what the README says, in a copy of the project as a newcomer has it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def commands() -> list[tuple[str, str]]:
    """(command, output) in the order of the README; an output of one "…" is not compared."""
    blocks = BLOCK.findall((ROOT / "README.md").read_text("utf-8"))
    found = []
    for block in blocks:
        head, _, output = block.partition("\n")
        assert head.startswith("$ "), head
        found.append((head.removeprefix("$ "), output))
    return found


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that git knows, elsewhere, with the environment that the scripts have made already."""
    environment = ROOT / ".venv"
    if Path(sys.prefix) != environment:
        pytest.skip("needs the environment of ./scripts/setup: run ./scripts/test")
    subprocess.run([ROOT / "scripts" / "setup"], check=True)  # or the copy's scripts would set the linked one up anew, for themselves
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True)
    folder = tmp_path_factory.mktemp("newcomer") / "thidua"
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(environment)
    return folder


def test_number_of_commands() -> None:
    assert len(commands()) == 20
    assert [command for command, _ in commands()[:2]] == ["./scripts/demo", "./scripts/test"]
    assert sum(command.startswith("thidua ask") for command, _ in commands()) == 8


def test_commands_print_what_the_readme_says(newcomer: Path) -> None:
    path = f"{newcomer / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    compared = 0
    for command, output in commands():
        if command == "./scripts/test":
            continue  # this test is part of it
        run = subprocess.run(command, shell=True, cwd=newcomer, env={**os.environ, "PATH": path}, capture_output=True, text=True)
        assert run.returncode == 0, run.stderr
        assert run.stdout == output, command
        compared += 1
    assert compared == 19
    assert (newcomer / "thidua.trig").stat().st_size > 1_000_000


def test_links_lead_somewhere() -> None:
    for document in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), ROOT / "CONTRIBUTING.md"]:
        for target in re.findall(r"\]\(([^)#]+)\)", document.read_text("utf-8")):
            assert target.startswith("https://") or (document.parent / target).exists(), (document.name, target)


def test_the_picture_is_of_this_ontology() -> None:
    from thidua.assets import Assets
    from thidua.model_picture import TOPICS, dot, ontology

    svg = (ROOT / "docs" / "model.svg").read_text("utf-8")
    (identity,) = re.findall(r'id="model-([0-9a-f]{16})"', dot(ontology(Assets())))
    assert identity in svg, "run ./scripts/picture"
    assert all(f">{name}<" in svg for names in TOPICS.values() for name in names)


def test_speed_page_is_of_this_version_and_within_what_is_wanted() -> None:
    page = (ROOT / "docs" / "speed.md").read_text("utf-8")
    rows = re.findall(r"^\| `thidua [^|]+\| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", page, re.MULTILINE)
    assert len(rows) == 45
    assert all(float(median) < float(wanted) for wanted, median, _ in rows)
