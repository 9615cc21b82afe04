"""Thirty errors, ten each in Turtle, TriG and the text of an article: does the report point at the line where each is to be mended?

The lines in expected.tsv were written by reading the files, not by running the program.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.conftest import CASES, thidua
from thidua.terms import ID, PREFIXES

SEEDED = CASES / "seeded"
KINDS = ("turtle", "trig", "texts")


def expected(kind: str) -> list[dict[str, str]]:
    with (SEEDED / kind / "expected.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def iri(node: str) -> str:
    kind, _, name = node.partition("/")
    return f"{PREFIXES[kind]}{name}" if kind in ("graph", "source") else ID + node


@pytest.fixture(scope="module")
def findings() -> dict[str, list[dict[str, object]]]:
    """What is found in each kind, at or above the severity of a violation."""
    found = {}
    for kind in KINDS:
        folder = SEEDED / kind
        sources: list[str | Path] = ["--sources", folder / "articles"] if kind == "texts" else []
        run = thidua("validate", *sorted(folder.glob("*.t[rt]*[lg]")), "--format", "json", *sources)
        assert run.returncode == 1, run.stderr
        found[kind] = [one for one in json.loads(run.stdout)["findings"] if one["severity"] == "violation"]
    return found


def told(finding: dict[str, object], file: str) -> int | None:
    """The first line that a finding tells of the file."""
    places = finding["locations"]
    assert isinstance(places, list)
    return next((one["line"] for one in places if one["file"].endswith(f"/{file}")), None)


def test_at_least_29_of_30_errors_are_told_with_their_line(findings: dict[str, list[dict[str, object]]]) -> None:
    right, wrong = 0, []
    for kind in KINDS:
        cases = expected(kind)
        assert len(cases) == 10, kind
        for case in cases:
            rule = PREFIXES["tds"] + case["rule"]
            of_case = [one for one in findings[kind] if (one["shape"], one["focus"]) == (rule, iri(case["node"]))]
            assert of_case, f"{case}: not found at all"
            lines = {told(one, case["file"]) for one in of_case}
            if lines == {int(case["line"])}:
                right += 1
            else:
                wrong.append((case, lines))
    assert right >= 29, wrong


def test_nothing_else_is_found(findings: dict[str, list[dict[str, object]]]) -> None:
    """What is told of a line is worth no more than what is not told where nothing is wrong."""
    for kind in KINDS:
        seeded = {(PREFIXES["tds"] + case["rule"], iri(case["node"])) for case in expected(kind)}
        assert {(one["shape"], one["focus"]) for one in findings[kind]} == seeded


def test_the_words_of_the_article_are_told(findings: dict[str, list[dict[str, object]]]) -> None:
    text = (SEEDED / "texts" / "articles" / "tan-lam.txt").read_text("utf-8")
    passages = [place for one in findings["texts"] for place in one["locations"] if place["words"]]  # type: ignore[attr-defined]
    assert len(passages) >= 10
    for place in passages:
        begins = text.index(place["words"])
        assert text.count("\n", 0, begins) + 1 == place["line"]
