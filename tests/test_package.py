"""The package: the wheel holds what git holds, works from any folder, and the scripts are plain sh."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT
from thidua.assets import FOLDERS, Assets


def tracked(*folders: str) -> set[str]:
    run = subprocess.run(["git", "ls-files", *folders], cwd=ROOT, capture_output=True, text=True)
    if run.returncode != 0:
        pytest.skip("not a git checkout: there is no list of files to compare with")
    return set(run.stdout.splitlines())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", str(ROOT), "--no-deps", "--no-build-isolation", "--quiet", "-w", str(folder)]
    subprocess.run(command, check=True, cwd=folder)
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_holds_what_git_holds(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    wanted = {name.removeprefix("src/") for name in tracked("src/thidua")}
    wanted |= {f"thidua/{name}" for name in tracked(*FOLDERS)}
    assert len(wanted) > 100
    assert held == wanted


def test_the_installed_package_works_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    before = sorted(p for p in (tmp_path / "site").rglob("*") if p.suffix != ".pyc")
    (tmp_path / "work").mkdir()

    def thidua(*args: str) -> str:
        command = [sys.executable, "-B", "-m", "thidua", *args]
        return subprocess.run(command, cwd=tmp_path / "work", env=environment, capture_output=True, text=True, check=True).stdout

    where = "import thidua; print(thidua.__file__)"
    shown = subprocess.run(
        [sys.executable, "-c", where], cwd=tmp_path / "work", env=environment, capture_output=True, text=True, check=True
    )
    assert str(tmp_path / "site") in shown.stdout
    assert thidua("build").startswith("built .thidua/store")
    assert thidua("ask", "award-totals", "--format", "csv").splitlines()[2] == "individual,104,exact,5,0"
    assert [p.name for p in (tmp_path / "work").iterdir()] == [".thidua"]
    assert sorted(p for p in (tmp_path / "site").rglob("*") if p.suffix != ".pyc" and p.name != "__pycache__") == before


def test_assets_are_found_in_the_checkout() -> None:
    for name in FOLDERS:
        assert Assets().folder(name) == ROOT / name


@pytest.mark.parametrize("script", ["demo", "test", "check", "setup", "picture", "benchmark"])
def test_scripts_are_plain_sh(script: str) -> None:
    path = ROOT / "scripts" / script
    assert path.read_text("utf-8").startswith("#!/bin/sh\n")
    assert os.access(path, os.X_OK)
    subprocess.run(["sh", "-n", str(path)], check=True)


def test_continuous_integration_calls_check_and_test() -> None:
    content = (ROOT / ".ci" / "run").read_text("utf-8")
    assert "./scripts/check" in content
    assert "./scripts/test" in content


def test_nothing_of_a_machine_or_a_workplace_is_in_the_repository() -> None:
    words = re.compile(r"/wor[k]/|/roo[t]/|/hom[e]/|py[p]i\.org|python[h]osted|seed 00\d")
    checked = 0
    for name in sorted(tracked(".")):
        path = ROOT / name
        if path.suffix in (".svg", "") and name != "LICENSE" and path.parent.name not in ("scripts", ".ci"):
            continue
        checked += 1
        found = words.search(path.read_text("utf-8"))
        assert found is None, (name, found)
    assert checked > 150


def test_versions_agree() -> None:
    from thidua import __version__

    for name in ("pyproject.toml", "CITATION.cff", "CHANGELOG.md"):
        assert __version__ in (ROOT / name).read_text("utf-8"), name
