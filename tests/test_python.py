"""The package from Python: the examples of its page, what it loads, and what it says where something is missing."""

from __future__ import annotations

import datetime
import doctest
import os
import subprocess
import sys
from pathlib import Path

import pytest

import thidua
from tests.conftest import ROOT
from thidua.errors import InputError, NothingChecked

PAGE = ROOT / "docs" / "python.md"


@pytest.fixture
def here(shipped_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the shipped store where a user has it."""
    (tmp_path / ".thidua").mkdir()
    (tmp_path / ".thidua" / "store").symlink_to(shipped_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_examples_of_the_page(here: Path) -> None:
    blocks = [block.partition("```")[0] for block in PAGE.read_text("utf-8").split("```pycon\n")[1:]]
    example = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "python.md", str(PAGE), 0)
    assert len(example.examples) > 15
    report: list[str] = []
    result = doctest.DocTestRunner().run(example, out=report.append)
    assert (result.attempted, result.failed) == (len(example.examples), 0), "".join(report)


def test_import_loads_nothing_heavy() -> None:
    heavy = ("pyoxigraph", "rdflib", "networkx", "matplotlib", "argparse")
    code = f"import sys, thidua; print([name for name in {heavy} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


def test_what_is_public() -> None:
    assert sorted(thidua.__all__) == ["__version__", "network", "open"]
    assert all(hasattr(thidua, name) for name in thidua.__all__)


def test_dates_flags_and_what_is_left_out(here: Path) -> None:
    data = thidua.open()
    day = data.ask("award-totals", until=datetime.date(2020, 12, 31), awarder=None, with_predecessors=False)
    assert list(day) == list(data.ask("award-totals", until="2020-12-31"))
    assert [row["total"] for row in day] == [17, 74]
    assert data.ask("award-totals")[0:1].columns == ["recipientKind", "total", "totalBound", "events", "eventsWithoutCount"]


def test_labels_in_the_language_asked_for(here: Path) -> None:
    assert thidua.open(lang="en").ask("awards-on-behalf")[0]["principalLabel"] == "Central Commission for Mass Mobilisation"
    assert (
        thidua.network("awards", lang="en")
        .nodes["https://w3id.org/thidua/id/place/tinh-lai-chau#recipients-individual"]["label"]
        .startswith("individual, ")
    )


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda data: data.ask("award-totals", plac="x"), "no parameter plac; did you mean: place?"),
        (lambda data: data.ask("award-totals", place="Lào Cai"), "may be any of"),
        (lambda data: data.network("award"), "unknown network award; did you mean: awards?"),
        (lambda data: data.network("xyzzyw"), "there are: awards, hierarchy, campaigns, people, reforms"),
        (lambda data: data.network("awards", sourc="000"), "no filter sourc; did you mean: source?"),
        (lambda data: data.network("awards", projected="bodies"), "goes with campaigns only"),
        (lambda data: data.network("campaigns", projected="bodie"), "no projection bodie; did you mean: bodies?"),
        (lambda data: data.picture("timelines"), "did you mean: timeline?"),
        (lambda data: data.picture("chart", form="pdf"), "there is no form pdf; there are: svg, png"),
        (lambda data: data.picture("chart", size="huge"), "there is no size huge"),
        (lambda data: data.query("SELECT * {"), "query()"),
        (lambda data: data.query("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"), "SERVICE"),
        (lambda data: data.query("CONSTRUCT WHERE { ?s a ?c }"), "takes SELECT and ASK"),
        (lambda data: data.ask("sources").pick("sorce"), "no column sorce"),
        (lambda data: thidua.open(lang="fr"), "no language fr"),
        (lambda data: thidua.open("nowhere"), "no store yet"),
    ],
)
def test_errors_say_what_is_wrong(call, says: str, here: Path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError) as raised:
        call(thidua.open())
    assert says in str(raised.value)


def test_an_empty_part_is_no_empty_graph(here: Path) -> None:
    with pytest.raises(NothingChecked):
        thidua.open().network("people", source="004")


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_what_is_not_installed_is_named(library: str, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    rows = thidua.open().ask("award-totals")
    with pytest.raises(InputError, match=rf"pip install 'thidua\[{library}\]'"):
        getattr(rows, f"to_{library}")()


def test_types_of_columns(here: Path) -> None:
    rows = thidua.open().ask("who-awarded-what-to-whom")
    frame = rows.to_pandas()
    assert str(frame["recipientCount"].dtype) == "Int64"
    assert frame["recipientCount"].isna().sum() == 1
    assert int(frame["recipientCount"].sum()) == 138
    polars = rows.to_polars()
    assert str(polars["recipientCount"].dtype) == "Int64"
    assert polars["recipientCount"].null_count() == 1
    assert polars.columns == rows.columns == list(frame.columns)
    empty = thidua.open().ask("proposals")
    assert (len(empty.to_pandas()), empty.to_polars().height) == (0, 0)
    assert empty.to_polars().columns == empty.columns


def outputs(path: Path) -> list[str]:
    """The notebook's outputs as text, pictures as their words."""
    import json
    import re

    found = []
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        for output in cell.get("outputs", []):
            assert output["output_type"] != "error", output
            data = output.get("data", {})
            svg = "".join(data.get("image/svg+xml", ""))
            found.append(
                " ".join(re.findall(r"<text[^>]*>([^<]*)", svg)) if svg else "".join(data.get("text/plain", output.get("text", "")))
            )
    return found


def test_the_notebook_gives_the_outputs_it_shows(here: Path, tmp_path: Path) -> None:
    notebook = ROOT / "docs" / "from-question-to-picture.ipynb"
    assert notebook.stat().st_size < 150_000
    again = tmp_path / "again.ipynb"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.notebooks", str(notebook), str(again)]
    subprocess.run(command, check=True, capture_output=True, cwd=here, env=environment, timeout=120)
    shown = outputs(notebook)
    assert outputs(again) == shown
    assert len(shown) == 7
    assert "Ủy ban nhân dân tỉnh Lai Châu" in shown[1]
    assert "Ai đã tặng thưởng cho ai?" in shown[5]
