"""Awards against the powers of their day: made-up cases whose expected findings were written by reading the reference tables."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from pyoxigraph import Quad, Store

from tests.conftest import CASES, ROOT, thidua
from thidua.answers import select, text_of
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
    assert len(FOLDERS) == 45
    with_findings = [folder.name for folder in FOLDERS if expected(folder)]
    assert len(with_findings) == 17


def test_the_shipped_awards(shipped: Store) -> None:
    """None of the six is found wanting; what each rests on, and why the one of no power is not judged."""
    assert ask(shipped, load_questions(Assets())["competence-findings"]).rows == []
    rests_on = {
        "000-1": {"c109d"},  # a certificate of the merged provincial commission
        "001-1": {"c051"},  # the badge of the mass mobilisation work, by the central commission, before February 2025
        "001-2": {"c081"},  # a provincial certificate of merit of 2020: Article 79 of the 2003 law
        "001-3": {"c109c"},  # a certificate of the provincial mass mobilisation commission
        "002-1": {"c082"},  # a provincial emulation flag, undated: the 2003 law's row or later may cover it
        "004-1": set(),  # a bare verb of 2022: no power knows that type, so it is not judged
    }
    query = "SELECT ?event ?power { ?event a td:AwardEvent OPTIONAL { ?event td:withinPowerOf ?power } }"
    found: dict[str, set[str]] = {}
    for event, power in select(shipped, "PREFIX td: <https://w3id.org/thidua/ontology#> " + query).rows:
        found.setdefault(text_of(event).rsplit("/")[-1], set()).update({text_of(power).rsplit("/")[-1]} - {""})
    assert found == rests_on


def test_the_table_of_powers_is_that_of_the_graph(shipped_path: Path) -> None:
    printed = thidua("query", ROOT / "docs" / "law-table.rq", "--store", shipped_path, "--format", "md").stdout
    assert (ROOT / "docs" / "law.md").read_text("utf-8").endswith("\n\n" + printed)
    assert len(printed.splitlines()) > 20
