"""The report on a text that was set aside points at the text: lines and words for findings of the shapes and for problems of the sheet."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import ROOT, thidua
from thidua.extraction.pointing import pointed_at
from thidua.findings import Location

ARTICLE = ROOT / "docs" / "example" / "text" / "tan-lam.txt"


def sheet_of(text: Path) -> dict[str, object]:
    sheet = json.loads(thidua("extract", text).stdout)
    assert isinstance(sheet, dict)
    return sheet


def report_of(into: Path, text: Path, sheet: object) -> str:
    """The quarantine's report, after the sheet was handed in with its text."""
    path = into.parent / "sheet.json"
    path.write_text(json.dumps(sheet, ensure_ascii=False), "utf-8")
    run = thidua("ingest", text, "--sheet", path, "--into", into)
    assert run.returncode == 1, run.stdout + run.stderr
    (folder,) = (into / "quarantine").iterdir()
    return (folder / "report.txt").read_text("utf-8")


def test_a_problem_of_the_sheet_points_at_the_text(tmp_path: Path) -> None:
    sheet = sheet_of(ARTICLE)
    sheet["awards"][1]["award_rank"] = "hạng Nhất"  # type: ignore[index]
    lines = report_of(tmp_path / "into", ARTICLE, sheet).splitlines()
    (place,) = [number for number, line in enumerate(lines) if line.startswith("/awards/1/award_rank")]
    assert lines[place + 1] == "  text.txt:5  “hạng Ba”"


def test_a_finding_of_the_shapes_points_at_the_text(tmp_path: Path) -> None:
    """The text itself is wrong: it was published before the award that it tells of."""
    text = tmp_path / "text.txt"
    words = ARTICLE.read_text("utf-8")
    text.write_text(words, "utf-8")
    run = thidua("ingest", text, "--published", "2023-11-01", "--into", tmp_path / "into")
    assert run.returncode == 1, run.stdout + run.stderr
    (folder,) = (tmp_path / "into" / "quarantine").iterdir()
    report = (folder / "report.txt").read_text("utf-8")
    assert "AwardEvent-after-its-source" in report
    told = [line.strip() for line in report.splitlines() if line.startswith("  text.txt:3  ")]
    assert any("Bằng khen" in line or "14/11/2023" in line for line in told), report
    findings = json.loads((folder / "report.json").read_text("utf-8"))["findings"]
    assert findings
    assert not any("number" in one for one in findings), "a number that changes with the shapes"
    for place in (place for one in findings for place in one["locations"]):
        assert place["words"] in words
        assert place["words"].splitlines()[0] in words.splitlines()[place["line"] - 1]


def test_what_a_pointer_may_not_reach() -> None:
    text = "one\ntwo three"
    item = {"evidence": [0, 3], "spans": {"award": [[4, 7]], "date": [[90, 99]], "place": "x", "n": [[True, 3], [7, 4]]}}
    sheet = {"awards": [item, "no item"], "source": "x"}
    for problem, place in (
        ("/awards/0/award: no", Location("t", 2, "two")),
        ("/awards/0/spans/award/0: no", Location("t", 2, "two")),
        ("/awards/0/date: beyond the text", Location("t", 1, "one")),
        ("/awards/0/place: no list", Location("t", 1, "one")),
        ("/awards/0/n: no offsets", Location("t", 1, "one")),
        ("/awards/0: no", Location("t", 1, "one")),
        ("/awards/1: no", None),
        ("/awards/2: no", None),
        ("/source/sha256: no", None),
        ("no pointer", None),
    ):
        assert pointed_at(problem, sheet, text, "t") == place, problem
    assert pointed_at("/awards/0: no", [], text, "t") is None
