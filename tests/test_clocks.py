"""What was known when: a source corrected once, asked as it is and as it was; superseded statements kept, and leaking nowhere."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from tests.cases import QUESTIONS
from tests.conftest import CASES, thidua
from tests.test_cli import assert_fails
from tests.test_export import export
from thidua.answers import text_of
from thidua.assets import Assets
from thidua.build import build, build_in_memory
from thidua.questions import ask
from thidua.reason import prepare
from thidua.terms import ID, PREFIXES, td

ROOT = CASES / "corrected"
AWARD, WITHDRAWN = NamedNode(ID + "award/900-1"), NamedNode(ID + "award/900-2")
FIRST, SECOND, OTHER = (NamedNode(PREFIXES["graph"] + name) for name in ("900", "900-2", "901"))
OLD = "collective,5,exact,1,0\nindividual,12,exact,1,0\n"
WITH_OTHER = "collective,8,exact,2,0\nindividual,12,exact,1,0\n"
NEW = "collective,3,exact,1,0\nindividual,13,exact,1,0\n"


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("corrected") / "store"
    build(Assets(ROOT), path)
    return path


def asked(store: Path, question: str, *words: str, root: Path = ROOT) -> str:
    run = thidua("ask", question, "--root", root, "--store", store, "--format", "csv", *words)
    assert run.returncode == 0, run.stderr
    return run.stdout.partition("\n")[2]


@pytest.mark.parametrize(
    ("day", "totals"),
    [
        ("2026-11-30", ""),
        ("2026-12-01", OLD),
        ("2026-12-19", OLD),
        ("2026-12-20", WITH_OTHER),
        ("2027-01-09", WITH_OTHER),
        ("2027-01-10", NEW),
        ("9999-12-31", NEW),
    ],
)
def test_totals_as_they_were_known(day: str, totals: str, corrected: Path) -> None:
    assert asked(corrected, "award-totals", "--known-on", day) == totals


def test_what_was_withdrawn(corrected: Path) -> None:
    columns = ("--columns", "event,recipientCount")
    now, before = (asked(corrected, "who-awarded-what-to-whom", *columns, *on) for on in ((), ("--known-on", "2027-01-09")))
    assert now.splitlines() == [f"{ID}award/900-1,13", f"{ID}award/901-1,3"]
    assert before.splitlines() == [f"{ID}award/900-1,12", f"{ID}award/900-2,5", f"{ID}award/901-1,3"]
    span = f"{ID}award/900-2,https://w3id.org/thidua/source/900,70,120,{ID}span/900-70-120\n"
    assert asked(corrected, "evidence-of", "--node", WITHDRAWN.value) == "", "known by name, but nothing is said of it now"
    assert asked(corrected, "evidence-of", "--node", WITHDRAWN.value, "--known-on", "2027-01-09") == span


def test_a_source_recorded_later_is_no_misspelling(corrected: Path) -> None:
    words = ("--source", "901", "--columns", "total")
    assert asked(corrected, "award-totals", *words) == "3\n"
    assert asked(corrected, "award-totals", *words, "--known-on", "2026-12-01") == ""


def test_corrections_as_they_were_known(corrected: Path) -> None:
    assert asked(corrected, "corrections", "--known-on", "2027-01-09") == ""
    assert asked(corrected, "corrections", "--known-on", "2027-01-10") == asked(corrected, "corrections")


def test_before_everything(corrected: Path) -> None:
    where = ("--root", ROOT, "--store", corrected, "--known-on", "2020-01-01")
    run = thidua("ask", "award-totals", *where, "--format", "csv")
    assert (run.returncode, run.stdout.count("\n")) == (0, 1)
    assert run.stderr == "thidua: nothing had been recorded by 2020-01-01; the first source was recorded on 2026-12-01\n"
    assert "chưa có gì được ghi nhận" in thidua("ask", "award-totals", *where, "--lang", "vi").stderr


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_can_be_asked_of_a_day(name: str) -> None:
    """On the last day the answers are those of now; before everything no question names a source or what one tells."""
    now, last, nothing = (build_in_memory(Assets(ROOT), day=day) for day in (None, "9999-12-31", "2020-01-01"))
    assert ask(last, QUESTIONS[name]) == ask(now, QUESTIONS[name])
    assert "/900" not in " ".join(text_of(term) for row in ask(nothing, QUESTIONS[name]).rows for term in row)


def test_odd_uses(corrected: Path, tmp_path: Path) -> None:
    where = ("--root", ROOT, "--store", corrected)
    assert_fails(thidua("ask", "award-totals", *where, "--known-on", "10/1/2027"), 2, "--known-on: 10/1/2027 is not a date")
    assert_fails(thidua("ask", "award-totals", *where, "--known-on", "2027-02-30"), 2, "is not a date")
    assert_fails(thidua("ask", "award-totals", *where, "--known-on", "2027-01-10", "--show-query"), 2, "leave out --known-on")
    none = ("--root", ROOT, "--store", tmp_path / "none", "--known-on", "2027-01-10")
    assert_fails(thidua("ask", "award-totals", *none), 2, "no store yet; run: thidua build")
    assert_fails(thidua("ask", "award-totals", *where, "--known-on", "2027-01-10", "--timeout", "0.001"), 5, "was stopped after 0.001 s")


def test_only_of_the_files_that_the_store_was_built_from(corrected: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT, tmp_path / "root")
    assert asked(corrected, "award-totals", "--known-on", "2027-01-10", root=tmp_path / "root") == NEW, "wherever they lie"
    changed = tmp_path / "root" / "graph" / "sources" / "901.trig"
    changed.write_text(changed.read_text("utf-8") + "# changed\n", "utf-8")
    run = thidua("ask", "award-totals", "--root", tmp_path / "root", "--store", corrected, "--known-on", "2027-01-10")
    assert_fails(run, 2, "made from other files", "run: thidua build")
    assert thidua("ask", "award-totals", "--root", tmp_path / "root", "--store", corrected).returncode == 0


def test_the_correction_validates() -> None:
    files = sorted((ROOT / "graph").rglob("*.t*"))
    run = thidua("validate", *files, "--fail-on", "info")
    assert run.returncode == 0, run.stdout
    assert run.stdout.endswith("0 violations, 0 warnings, 0 infos\n")
    beside = thidua("validate", "--root", ROOT, ROOT / "graph" / "sources" / "900-2.trig")
    assert beside.stdout.endswith("5 nodes checked: 0 violations, 0 warnings, 0 infos\n"), "with the version it corrects, from the root"
    alone = thidua("validate", *[path for path in files if path.name != "900.trig"])
    assert "SourceGraph-revises" in alone.stdout, "the earlier version belongs to it"


def test_both_versions_are_kept_and_exported() -> None:
    store = build_in_memory(Assets(ROOT))
    for form, rdf_format in (("trig", RdfFormat.TRIG), ("nquads", RdfFormat.N_QUADS)):
        quads = list(parse(input=export(store, form), format=rdf_format))
        counts = {str(q.graph_name): q.object for q in quads if q.subject.value == f"{ID}group/900-1" and q.predicate == td("count")}
        assert {graph: text_of(count) for graph, count in counts.items()} == {str(FIRST): "12", str(SECOND): "13", "DEFAULT": "13"}
        ends = [q for q in quads if q.subject == FIRST and q.predicate.value.endswith("invalidatedAtTime")]
        assert [q.graph_name for q in ends] == [DefaultGraph()]


def test_export_of_one_source_is_of_the_version_that_counts(corrected: Path) -> None:
    run = thidua("export", "--format", "nquads", "--source", "900", "--store", corrected)
    assert {str(q.graph_name) for q in parse(input=run.stdout.encode(), format=RdfFormat.N_QUADS)} == {str(SECOND), "DEFAULT"}
    assert WITHDRAWN.value not in run.stdout


def test_nothing_superseded_leaks() -> None:
    store = build_in_memory(Assets(ROOT))
    assert not list(store.quads_for_pattern(WITHDRAWN, None, None, DefaultGraph()))
    assert not list(store.quads_for_pattern(None, td("statedIn"), FIRST))
    assert [q.object for q in store.quads_for_pattern(AWARD, td("statedIn"), None)] == [SECOND]


def test_what_another_graph_or_the_registry_states_too_stays() -> None:
    place, label = NamedNode(ID + "place/tinh-tan-lam"), td("note")
    said = Literal("như nhau", language="vi")
    old, merged = Quad(place, label, said, FIRST), Quad(place, label, said)
    assert merged not in build_in_memory(Assets(ROOT), extra=[old])
    for other in (Quad(place, label, said, OTHER), Quad(place, label, said, SECOND), merged):
        assert merged in build_in_memory(Assets(ROOT), extra=[old, other])


def test_the_reasoner_is_not_given_what_is_superseded(tmp_path: Path) -> None:
    """Both versions of a functional value together would be a clash: td:count 12 and 13."""
    assert not any(prepare(Assets(ROOT), tmp_path).findings.values())


def test_show_names_only_sources_that_still_say_so() -> None:
    store = build_in_memory(Assets(ROOT))
    from thidua.show import show

    rows = show(store, AWARD, "vi").rows
    assert {text_of(row[4]) for row in rows if row[4] is not None} == {"900"}
    assert not show(store, WITHDRAWN, "vi").rows
