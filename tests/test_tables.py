"""Tables: other libraries rebuild every statement from them, no cell runs in a spreadsheet, and nothing planned looks given."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import unicodedata
import warnings
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from csvw import CSVW
from frictionless import validate
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store

from tests.conftest import CASES, thidua
from tests.conftest import ROOT as CHECKOUT
from tests.table_reading import READERS, csv_rows, package_rows, parquet_rows
from tests.test_cli import assert_fails
from thidua.assets import Assets
from thidua.build import build, build_in_memory, derive, input_files, load
from thidua.cli import main
from thidua.exports import Dataset, form_of
from thidua.exports.tables.cells import NUMBERS_AND_DATES
from thidua.exports.tables.definitions import MOST_IN_A_LIST, tables
from thidua.exports.tables.rows import in_order
from thidua.questions import ask, load_questions
from thidua.selection import Selection, read_filters, select_part, whole
from thidua.store import open_store
from thidua.terms import ID, PREFIXES, RDF_TYPE, TD, td

XSD = PREFIXES["xsd"]
AWARD, GROUP = NamedNode(ID + "award/a001-1"), NamedNode(ID + "group/a001-1")
DEMANDED = {
    "awards", "recipient_groups", "members", "campaigns", "launches", "targets", "figures", "posts", "tenures", "bodies", "places",
    "sources", "spans",
}  # fmt: skip
TEXTS = [
    "", "'", "''", "'=1", "=1+1", "+84", "-5", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u200f=1", "\ufeff@x", "\u061c@x",
    "＝1+1", "−1", "a\r\nb", "a\rb",
    'nói "được", rồi\nthôi', "\u200fمثال\u200f", "  ", " a ", "a;=1", "a,b", "null", "NA", "true", "\\n", "a | b", "\u2028", "\x01",
]  # fmt: skip


def _odd() -> Iterator[Quad]:
    """What no shape allows and no cell expects, on an award and a group of the small graph."""
    for text in TEXTS:
        yield Quad(NamedNode(f"{ID}source/text-{TEXTS.index(text)}"), td("byline"), Literal(text))
        yield Quad(NamedNode(f"{ID}source/text-{TEXTS.index(text)}"), RDF_TYPE, td("Source"))
        yield Quad(AWARD, td("reason"), Literal(text, language="vi"))
        yield Quad(AWARD, NamedNode(PREFIXES["skos"] + "altLabel"), Literal(text, language="vi"))
        yield Quad(GROUP, td("recipientKind"), Literal(text))
    for number in range(MOST_IN_A_LIST + 30):
        yield Quad(AWARD, td("awardedBy"), NamedNode(f"{ID}body/thử-{number:03}"))
    for value, datatype in (
        ("2024-07", "gYearMonth"), ("2024", "gYear"), ("2024-02-30", "date"), ("0000", "gYear"), ("-0044", "gYear"),
        ("2024-07-01+07:00", "date"),
        ("2024-13", "gYearMonth"), ("10000-01-01", "date"), ("2024-07-01T00:00:00", "dateTime"), ("2024-07-01", "string"),
    ):  # fmt: skip
        yield Quad(AWARD, td("date"), Literal(value, datatype=NamedNode(XSD + datatype)))
    for value in ("-5", "-0.5", "0.000001", "123456789012345", "1234567890123456789", "0.1234567890123456", "99999999999999.99"):
        yield Quad(AWARD, td("amount"), Literal(value, datatype=NamedNode(XSD + "decimal")))
        yield Quad(NamedNode(f"{ID}target/n{value}"), td("value"), Literal(value, datatype=NamedNode(XSD + "decimal")))
        yield Quad(NamedNode(f"{ID}target/n{value}"), RDF_TYPE, td("Target"))
    for value, datatype in (
        ("9223372036854775807", "integer"), ("9223372036854775808", "integer"), ("-7", "integer"), ("5", "int"),
        ("5.0", "double"), ("x", "integer"),
    ):  # fmt: skip
        yield Quad(GROUP, td("count"), Literal(value, datatype=NamedNode(XSD + datatype)))
        yield Quad(NamedNode(f"{ID}award/n{value}"), td("items"), Literal(value, datatype=NamedNode(XSD + datatype)))
        yield Quad(NamedNode(f"{ID}award/n{value}"), RDF_TYPE, td("AwardEvent"))
    nameless, further = BlankNode("n1"), BlankNode("n2")
    yield Quad(AWARD, td("decision"), nameless)
    yield Quad(nameless, td("number"), Literal("12"))
    yield Quad(nameless, td("cites"), further)
    yield Quad(further, td("cites"), nameless)
    yield Quad(AWARD, td("status"), Literal("revoked"))
    yield Quad(AWARD, td("awardedBy"), Literal("một tổ chức"))
    yield Quad(AWARD, td("posthumous"), Literal("maybe", datatype=NamedNode(XSD + "boolean")))
    yield Quad(AWARD, td("evidence"), Literal("đoạn đầu"))
    yield Quad(GROUP, td("member"), Literal("Lò Văn Mận", language="vi"))
    yield Quad(AWARD, td("reason"), Literal("pour la forêt", language="fr"))
    yield Quad(AWARD, td("reason"), Literal("thuần"))
    yield Quad(AWARD, td("note"), Literal("مثال", language="ar"))
    yield Quad(GROUP, NamedNode("https://example.org/đặc biệt".replace(" ", "-")), NamedNode("https://example.org/ớ"))
    yield Quad(GROUP, RDF_TYPE, NamedNode("https://example.org/Group"))


@cache
def made(name: str) -> Store:
    """The data set of tests/cases/NAME in memory; `odd` is the small one with odd statements."""
    return build_in_memory(Assets(CASES / ("small" if name == "odd" else name)), extra=_odd() if name == "odd" else ())


@pytest.fixture(scope="module", params=["small", "accounts", "losses", "odd", "shipped"])
def store(request: pytest.FixtureRequest) -> Store:
    """The data sets whose tables are read back."""
    name = str(request.param)
    found = request.getfixturevalue("shipped") if name == "shipped" else made(name)
    assert isinstance(found, Store)
    return found


def write(form: str, selection: Selection, folder: Path) -> Path:
    """The form in a new folder."""
    out = folder / form
    out.mkdir()
    to_folder = form_of(form).to_folder
    assert to_folder is not None
    to_folder(Dataset(selection.store, selection, Assets()), out)
    return out


def about(selection: Selection, subjects: set[str]) -> set[tuple[str, str, str]]:
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in selection.merged() if str(q.subject) in subjects}


def things(store: Store, name: str) -> set[str]:
    return {str(quad.subject) for quad in store.quads_for_pattern(None, RDF_TYPE, td(name), DefaultGraph())}


@pytest.mark.parametrize("form", READERS)
def test_every_statement_is_rebuilt(form: str, store: Store, tmp_path: Path) -> None:
    found = READERS[form](write(form, whole(store), tmp_path))
    subjects = {subject for subject, _, _ in found}
    for name in "AwardEvent RecipientGroup Proposal Eligibility Campaign Source Span SourceGraph Inference Person".split():
        assert things(store, name) <= subjects, name
    assert things(store, "AwardEvent") and len(found) > 3000
    wanted = about(whole(store), subjects)
    assert wanted - found == set()
    assert found - wanted == set()


@pytest.mark.parametrize("filters", [{"source": "001"}, {"from": "2022-01-01", "until": "2022-12-31"}, {"body": "Ban Dân vận Trung ương"}])
def test_every_statement_of_a_part_is_rebuilt(filters: dict[str, str], shipped: Store, tmp_path: Path) -> None:
    part = select_part(shipped, read_filters(shipped, filters))
    for form, read in READERS.items():
        found = read(write(form, part, tmp_path))
        subjects = {subject for subject, _, _ in found}
        assert {str(node) for node in part.told if str(node) in things(shipped, "AwardEvent")} <= subjects
        assert found == about(part, subjects) and len(found) > 250
    report = validate(str(tmp_path / "datapackage" / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])[:3]


@pytest.mark.parametrize("name", ["small", "accounts", "losses", "shipped"])
def test_the_metadata_hold(name: str, shipped: Store, tmp_path: Path) -> None:
    selection = whole(shipped if name == "shipped" else made(name))
    folder = write("tables", selection, tmp_path)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        read = CSVW(str(folder / "csv-metadata.json"), validate=True)
        assert read.is_valid and not read.warnings and not told
    report = validate(str(write("datapackage", selection, tmp_path) / "datapackage.json"))
    assert report.valid and report.stats["tasks"] == len(tables()), report.flatten(["type", "message"])[:3]
    assert {path.name for path in folder.iterdir()} == {f"{table.name}.csv" for table in tables()} | {"csv-metadata.json"}


def test_a_broken_table_is_noticed(tmp_path: Path) -> None:
    folder = write("datapackage", whole(made("small")), tmp_path)
    path = folder / "data" / "recipient_groups.csv"
    path.write_bytes(path.read_bytes().replace(b",3,exact", b",ba,exact").replace(b"/award/a002-2,", b"/award/none,"))
    kinds = {one[0] for one in validate(str(folder / "datapackage.json")).flatten(["type"])}
    assert kinds == {"type-error", "foreign-key"}


def test_no_cell_runs_in_a_spreadsheet(tmp_path: Path) -> None:
    folder = write("tables", whole(made("odd")), tmp_path)
    kinds = {table.name: [column.kind for column in table.columns] for table in tables()}
    seen: Counter[str] = Counter()
    for path in sorted(folder.glob("*.csv")):
        content = path.read_bytes().decode("utf-8")
        assert content.endswith("\r\n") and not content.startswith("\ufeff")
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file, strict=True)
        assert header == [column.name for table in tables() if table.name == path.stem for column in table.columns]
        for row in rows:
            assert len(row) == len(header)
            for kind, cell in zip(kinds[path.stem], row, strict=True):
                if kind in NUMBERS_AND_DATES:
                    assert re.fullmatch(r"|-?[0-9.]+|true|false|[0-9-]{10}(T[0-9:]{8}Z)?", cell), cell
                    seen["negative number"] += cell.startswith("-")
                else:
                    visible = [sign for sign in cell if unicodedata.category(sign)[0] not in "CZ"]
                    assert not {*cell[:1], *visible[:1]} & {*"=+-@\t\r\n＝＋－＠−"}, (path.stem, cell)
                    seen["kept from running"] += cell.startswith("'")
    assert seen["negative number"] == 5 and seen["kept from running"] > 3 * 17


@pytest.mark.parametrize("name", ["small", "accounts", "shipped"])
def test_counted_groups_add_up_to_the_totals(name: str, shipped: Store, tmp_path: Path) -> None:
    store = shipped if name == "shipped" else made(name)
    wanted = ask(store, load_questions(Assets())["award-totals"])
    kind, total, without = (wanted.columns.index(column) for column in ("recipientKind", "total", "eventsWithoutCount"))
    expected = {str(row[kind].value): int(row[total].value) for row in wanted.rows}  # type: ignore[union-attr]
    assert expected
    for rows in (
        csv_rows(write("tables", whole(store), tmp_path))["recipient_groups"],
        parquet_rows(write("parquet", whole(store), tmp_path))["recipient_groups"],
        package_rows(write("datapackage", whole(store), tmp_path))["recipient_groups"],
    ):
        sums: Counter[str] = Counter()
        for row in rows:
            sums[row["kind"] or "unspecified"] += (row["count"] or 0) if row["counted"] else 0
        assert {kind: sums[kind] for kind in expected} == expected
        assert all(row["counted"] in (True, False) for row in rows)
    assert without >= 0


def test_what_was_not_given_stands_apart(tmp_path: Path) -> None:
    store = made("small")
    rows = csv_rows(write("tables", whole(store), tmp_path))
    given, groups = {row["award"]: row for row in rows["awards"]}, {row["group"]: row for row in rows["recipient_groups"]}
    assert {f"<{award}>" for award in given} == things(store, "AwardEvent")
    planned = {f"<{row['proposal']}>" for row in rows["proposals"]} | {f"<{row['eligibility']}>" for row in rows["eligibilities"]}
    assert planned == things(store, "Proposal") | things(store, "Eligibility") and len(planned) == 6
    assert len(rows["proposed_groups"]) == 3 and not {row["group"] for row in rows["proposed_groups"]} & set(groups)
    assert {row["stage"] for row in rows["proposals"]} == {"proposed", "agreed", "planned", "denied"}

    uncounted = groups[ID + "group/a003-4"]
    assert (uncounted["count"], uncounted["count_bound"], uncounted["kind"]) == (None, "unknown", "model")
    told = {award: (row["date"], row["date_precision"]) for award, row in given.items()}
    assert told[ID + "award/a002-2"] == ("2024", "year")
    assert told[ID + "award/a002-3"] == ("2024-07", "month")
    assert told[ID + "award/a001-1"] == ("2025-04-10", "day")
    assert given[ID + "award/a003-2"]["status"] == "revoked" and groups[ID + "group/a003-1"]["counted"] is False
    agents = given[ID + "award/a001-3"]
    assert (agents["awarders"], agents["on_behalf_of"]) == ([ID + "body/hoi-khuyen-doc-viet-nam"],) * 2
    assert (
        agents["presenters"] == [ID + "post/giam-doc-so-noi-vu-tinh-tan-lam"]
        and agents["presenters_vi"] == "Giám đốc Sở Nội vụ tỉnh Tân Lâm"
    )
    assert len(given[ID + "award/a001-2"]["awarders"]) == 2 and len(given[ID + "award/a001-1"]["presenters"]) == 2
    # Two sources tell one event, with different counts: both stay, one counts.
    assert (given[ID + "award/a002-1"]["counts_as"], groups[ID + "group/a002-1"]["counted"]) == (ID + "award/a001-1", False)
    assert (groups[ID + "group/a002-1"]["count"], groups[ID + "group/a001-2"]["count"]) == (30, 2)
    inferred = {row["about"]: (row["property"], row["value"], row["certainty"]) for row in rows["inferences"]}
    assert inferred[ID + "group/a001-3"] == (TD + "recipientKind", "collective", "low") and groups[ID + "group/a001-3"]["inferred"] is True


def test_awards_of_the_shipped_graph_need_no_table_of_leftovers(shipped: Store, tmp_path: Path) -> None:
    rows = csv_rows(write("tables", whole(shipped), tmp_path))
    left = Counter(row["node_table"] for row in rows["statements"])
    assert left["bodies"] and not set(left) & {
        "awards",
        "recipient_groups",
        "launches",
        "targets",
        "figures",
        "tenures",
        "sources",
        "spans",
    }


def test_every_property_of_an_award_has_a_column() -> None:
    store = made("small")
    query = """PREFIX schema: <https://schema.org/> PREFIX td: <https://w3id.org/thidua/ontology#>
      SELECT DISTINCT ?property { VALUES ?class { td:AwardEvent td:Conferral } ?property schema:domainIncludes ?class }"""
    wanted = {solution[0].value for solution in store.query(query)}  # type: ignore[union-attr]
    awards = next(table for table in tables() if table.name == "awards")
    held = {column.predicate.value for column in awards.columns if column.predicate is not None} | {TD + "evidence"}
    assert len(wanted) == 40 and wanted - held == set()


def test_tables_are_defined_soundly(shipped: Store) -> None:
    known = {str(quad.subject) for quad in shipped.quads_for_pattern(None, NamedNode(PREFIXES["rdfs"] + "label"), None, DefaultGraph())}
    assert {table.name for table in tables()} >= DEMANDED and len(tables()) == 27
    for table in tables():
        names = [column.name for column in table.columns]
        assert len(set(names)) == len(names), table.name
        assert all(table.title) and all(table.description)
        variables: list[str] = []
        if table.holds is None:
            variables = [variable.value for variable in shipped.query(table.query.read_text("utf-8")).variables]  # type: ignore[union-attr]
            assert variables[0] == names[0]
        for column in table.columns:
            assert column.of is None or column.of in names, (table.name, column.name)
            if column.predicate is None and column.of is None and table.holds is None:
                assert column.name in variables, (table.name, column.name)
            if column.predicate is not None and column.predicate.value.startswith(TD):
                assert str(column.predicate) in known, (table.name, column.name)
        assert set(table.references) <= set(names)


def test_the_same_data_give_the_same_bytes(tmp_path: Path) -> None:
    files = input_files(Assets(CASES / "small"))
    backwards = Store()
    load(backwards, files[::-1])
    derive(backwards, files)
    build(Assets(CASES / "small"), tmp_path / "store")
    stores = [made("small"), backwards, open_store(tmp_path / "store"), open_store(tmp_path / "store")]
    for form in READERS:
        contents = []
        for number, store in enumerate(stores):
            (tmp_path / f"{form}{number}").mkdir()
            folder = write(form, whole(store), tmp_path / f"{form}{number}")
            contents.append({path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*.*"))})
        assert contents[0] == contents[1] == contents[2] == contents[3]
        assert len(contents[0]) >= len(tables())


@pytest.mark.parametrize("at_once", [1, 2, 3, 7, 100])
def test_rows_are_sorted_whatever_fits_into_memory(at_once: int) -> None:
    rows = [(str(number * 7 % 31), None if number % 3 else "x") for number in range(31)]
    assert list(in_order(iter(rows), at_once)) == sorted(rows, key=lambda row: (row[0], row[1] or ""))


def test_a_folder_is_written_whole_or_not_at_all(small_path: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for form in READERS:
        assert_fails(thidua("export", "--format", form, "--store", small_path), 2, "folder")
    assert thidua("export", "--format", "tables", "-o", out, "--store", small_path).returncode == 0
    before = (out / "awards.csv").read_bytes()
    assert_fails(thidua("export", "--format", "parquet", "-o", out, "--store", small_path), 2, "out: exists; add --force")
    assert_fails(thidua("export", "--format", "parquet", "-o", out, "--force", "--store", small_path), 2, "out: holds files")
    assert_fails(thidua("export", "--format", "tables", "-o", tmp_path / "none" / "x", "--store", small_path), 2, "none: no such file")
    assert_fails(
        thidua("export", "--format", "tables", "-o", tmp_path / "y", "--store", small_path, "--as-of", "1900-01-01", "--source", "a001"),
        3,
        "",
    )
    for form in READERS:  # a disk that is full after 8 kB
        command = f'ulimit -f 16; exec "{sys.executable}" -m thidua export --format {form} -o "{out}" --force --store "{small_path}"'
        run = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=120)
        assert run.returncode in (2, 5) and "Traceback" not in run.stderr, run.stderr
        assert run.returncode == (5 if form == "tables" else run.returncode)
    assert (out / "awards.csv").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"], "no draft is left"
    assert thidua("export", "--format", "tables", "-o", out, "--force", "--store", small_path).returncode == 0


def test_without_its_library_parquet_says_what_to_install(
    small_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert main(["export", "--format", "parquet", "-o", str(tmp_path / "out"), "--store", str(small_path)]) == 2
    assert "thidua[parquet]" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_page_tells_the_tables() -> None:
    page = (CHECKOUT / "docs" / "exports.md").read_text("utf-8")
    for name in (
        "awards",
        "proposals",
        "eligibilities",
        "proposed_groups",
        "recipient_groups",
        "evidence",
        "spans",
        "inferences",
        "graphs",
        "statements",
    ):
        assert f"**{name}**" in page and name in {table.name for table in tables()}
