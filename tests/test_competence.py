"""Awards against the powers of their day: made-up cases whose expected findings were written by reading the reference tables."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from pyoxigraph import Quad, Store

from tests.conftest import CASES
from thidua.answers import text_of
from thidua.assets import Assets
from thidua.build import derive, input_files, load, merged
from thidua.questions import ask, load_questions
from thidua.reading import read_quads

FOLDERS = sorted(path.parent for path in (CASES / "competence").glob("*/expected.csv"))
Found = tuple[str, str, str, str]


@pytest.fixture(scope="module")
def law() -> list[Quad]:
    """Ontology, registry and law, before anything is derived."""
    store = Store()
    load(store, [(name, path) for name, path in input_files(Assets()) if not name.startswith("graph/sources/")])
    return list(store)


def found(law: list[Quad], path: Path) -> list[Found]:
    """Finding, severity, provision and nearest office of each row."""
    store = Store()
    store.extend([*law, *merged(read_quads(path, path.name))])
    derive(store, input_files(Assets()))
    answer = ask(store, load_questions(Assets())["competence-findings"])
    columns = [answer.columns.index(name) for name in ("finding", "severity", "provision", "nearestOffice")]
    rows = [["|".join(re.findall(r"[^/ |]+(?= \||$)", text_of(row[column]))) for column in columns] for row in answer.rows]
    return [(finding, severity, provision, office) for finding, severity, provision, office in rows]


def expected(folder: Path) -> list[dict[str, str]]:
    with (folder / "expected.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_case(folder: Path, law: list[Quad]) -> None:
    rows, wanted = found(law, folder / "data.ttl"), expected(folder)
    assert [row[:2] for row in rows] == [(one["finding"], one["severity"]) for one in wanted]
    for (_, _, provision, office), one in zip(rows, wanted, strict=True):
        assert set(provision.split("|")) <= set(one["provisions"].split("|"))
        assert office in one["nearestOffices"].split("|")


def test_number_of_cases() -> None:
    assert len(FOLDERS) == 39
    with_findings = [folder.name for folder in FOLDERS if expected(folder)]
    assert len(with_findings) == 15
