"""What the tests share: the shipped graph and the small made-up one, each built once a run."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Store

from thidua.assets import Assets
from thidua.build import build, build_in_memory

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "tests" / "cases"
SHARED = Path(os.environ.get("THIDUA_SHARED", ROOT.parent / "shared"))

Run = Callable[..., subprocess.CompletedProcess[str]]


def thidua(*args: str | Path, cwd: Path | None = None, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    """Runs the program as a user would, in a process of its own, and returns what it printed."""
    return subprocess.run(
        [sys.executable, "-m", "thidua", *map(str, args)], cwd=cwd, input=stdin, capture_output=True, text=True, timeout=120
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints what tests recorded for readers, whichever process they ran in."""
    for report in terminalreporter.stats.get("passed", []):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{name}: {value}")


@pytest.fixture(scope="session")
def shipped_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of the shipped graph on disk."""
    path = tmp_path_factory.mktemp("shipped") / "store"
    build(Assets(), path)
    return path


@pytest.fixture(scope="session")
def small_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of the small made-up graph on disk."""
    path = tmp_path_factory.mktemp("small") / "store"
    build(Assets(CASES / "small"), path)
    return path


@pytest.fixture(scope="session")
def shipped() -> Store:
    """The shipped data set in memory."""
    return build_in_memory(Assets())


@pytest.fixture
def seeds() -> Path:
    """The folder of the five articles; skips where they are absent."""
    folder = SHARED / "seeds"
    if not folder.is_dir():
        pytest.skip(f"the articles are not in {folder}; set THIDUA_SHARED")
    return folder
