"""`thidua validate`: what it checks, what it prints, and its exit codes."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from rdflib import RDF, SH, Graph, URIRef

from tests.conftest import CASES, ROOT, thidua
from tests.test_cli import assert_fails
from thidua.checking import read_shapes
from thidua.terms import ID, PREFIXES, TD

SWAPPED = CASES / "shapes" / "Period" / "swapped" / "data.ttl"
VALID = CASES / "shapes" / "Period" / "valid" / "data.ttl"


def test_the_shipped_graph_has_no_violation(shipped_path: Path) -> None:
    run = thidua("validate", "--store", shipped_path)
    assert run.returncode == 0, run.stdout
    assert " 0 violations, " in run.stdout.splitlines()[-1]
    assert int(run.stdout.splitlines()[-1].split()[0]) >= 12


def test_a_file_is_checked_together_with_the_shipped_graph() -> None:
    run = thidua("validate", SWAPPED)
    assert run.returncode == 1
    lines = run.stdout.splitlines()
    assert lines[0] == "VIOLATION: The period Giai đoạn thử ends on 2019-12-31, before it begins."
    assert [line.strip() for line in lines[1:5]] == [
        "id:period/x  “Giai đoạn thử”",
        "tds:Period-ends-before-it-begins",
        "2019-12-31",
        f"{SWAPPED}:11",
    ]
    assert lines[5].strip().startswith("→ Look the first and last day up")
    assert lines[-1] == "1 nodes checked: 1 violations, 0 warnings, 0 infos", "only the file's own nodes"
    assert thidua("validate", VALID).returncode == 0


def test_in_vietnamese() -> None:
    run = thidua("validate", SWAPPED, "--lang", "vi")
    assert run.stdout.splitlines()[0] == "VIOLATION: Giai đoạn Giai đoạn thử kết thúc ngày 2019-12-31, trước ngày bắt đầu."
    assert run.stdout.splitlines()[-1] == "đã kiểm tra 1 nút: 1 vi phạm, 0 cảnh báo, 0 lưu ý"


def test_forms_of_the_report() -> None:
    report = json.loads(thidua("validate", SWAPPED, "--format", "json").stdout)
    assert (report["conforms"], report["focusNodes"], len(report["findings"])) == (False, 1, 1)
    assert set(report["findings"][0]["message"]) == set(report["findings"][0]["hint"]) == {"vi", "en"}
    (row,) = list(csv.DictReader(io.StringIO(thidua("validate", SWAPPED, "--format", "csv").stdout)))
    assert (row["severity"], row["focus"], row["label"]) == ("violation", ID + "period/x", "Giai đoạn thử")
    graph = Graph().parse(data=thidua("validate", SWAPPED, "--format", "ttl").stdout, format="turtle")
    (result,) = graph.subjects(RDF.type, SH.ValidationResult)
    assert graph.value(result, SH.focusNode) == URIRef(ID + "period/x")
    assert graph.value(result, SH.sourceShape) == URIRef(PREFIXES["tds"] + "Period")
    assert graph.value(result, SH.sourceConstraint) == URIRef(PREFIXES["tds"] + "Period-ends-before-it-begins")
    assert graph.value(result, SH.sourceConstraintComponent) == SH.SPARQLConstraintComponent
    assert graph.value(result, SH.value).n3() == '"2019-12-31"^^<http://www.w3.org/2001/XMLSchema#date>'  # type: ignore[union-attr]
    assert sorted(str(m.language) for m in graph.objects(result, SH.resultMessage)) == ["en", "vi"]  # type: ignore[attr-defined]


OTHERS = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:shape> a sh:NodeShape ; sh:targetClass <urn:Class> ; sh:severity sh:Warning ;
    sh:property [ sh:path <urn:p> ; sh:minCount 1 ; sh:severity sh:Warning ] .
"""


def test_other_people_s_shapes_and_severities(tmp_path: Path) -> None:
    (tmp_path / "shapes.ttl").write_text(OTHERS, "utf-8")
    (tmp_path / "data.ttl").write_text("<urn:x> a <urn:Class> .", "utf-8")
    arguments: list[str | Path] = ["validate", tmp_path / "data.ttl", "--shapes", tmp_path / "shapes.ttl"]
    run = thidua(*arguments)
    assert (run.returncode, run.stdout.splitlines()[0][:9]) == (0, "WARNING: ")
    assert thidua(*arguments, "--fail-on", "warning").returncode == 1
    assert thidua(*arguments, "--fail-on", "info").returncode == 1


def test_an_ill_typed_literal_is_not_hidden(tmp_path: Path) -> None:
    shape = OTHERS.replace("sh:minCount 1", "sh:datatype <http://www.w3.org/2001/XMLSchema#integer>")
    (tmp_path / "shapes.ttl").write_text(shape, "utf-8")
    (tmp_path / "data.ttl").write_text('<urn:x> a <urn:Class> ; <urn:p> "one"^^<http://www.w3.org/2001/XMLSchema#integer> .', "utf-8")
    run = thidua("validate", tmp_path / "data.ttl", "--shapes", tmp_path / "shapes.ttl", "--fail-on", "warning")
    assert run.returncode == 1


def test_a_value_is_reported_as_it_was_written(tmp_path: Path) -> None:
    shape = OTHERS.replace("sh:minCount 1", "sh:maxInclusive 0")
    (tmp_path / "shapes.ttl").write_text(shape, "utf-8")
    (tmp_path / "data.ttl").write_text('<urn:x> a <urn:Class> ; <urn:p> "007"^^<http://www.w3.org/2001/XMLSchema#integer> .', "utf-8")
    run = thidua("validate", tmp_path / "data.ttl", "--shapes", tmp_path / "shapes.ttl", "--format", "csv")
    assert [row["value"] for row in csv.DictReader(io.StringIO(run.stdout))] == ["007"]


def test_nothing_checked_is_no_success(tmp_path: Path, shipped_path: Path) -> None:
    for name, content in (("empty.ttl", ""), ("comment.ttl", "# nothing\n"), ("other.ttl", "<urn:x> a <urn:Other> .\n")):
        (tmp_path / name).write_text(content, "utf-8")
    (tmp_path / "shapes.ttl").write_text(OTHERS, "utf-8")
    for name in ("empty.ttl", "comment.ttl"):
        assert_fails(thidua("validate", VALID, "--shapes", tmp_path / name), 3, f"{name}: no shapes; nothing was checked")
    assert_fails(thidua("validate", tmp_path / "comment.ttl"), 3, "no data; nothing was checked")
    assert_fails(thidua("validate", tmp_path / "other.ttl", "--shapes", tmp_path / "shapes.ttl"), 3, "look at none of the data")
    assert_fails(thidua("validate", VALID, "--shapes", tmp_path / "none.ttl"), 2, "none.ttl: no such file")
    assert_fails(thidua("validate", tmp_path / "none.ttl"), 2, "none.ttl: no such file")
    assert_fails(thidua("validate", "--store", tmp_path / "none"), 2, "no store yet")
    (tmp_path / "bad.ttl").write_text("<urn:x> a\n\n", "utf-8")
    assert_fails(thidua("validate", tmp_path / "bad.ttl"), 2, "bad.ttl:")


def test_nothing_is_fetched(tmp_path: Path) -> None:
    imports = "<urn:o> a <http://www.w3.org/2002/07/owl#Ontology> ; <http://www.w3.org/2002/07/owl#imports> <http://127.0.0.1:1/x> ."
    (tmp_path / "shapes.ttl").write_text(OTHERS + imports, "utf-8")
    (tmp_path / "data.ttl").write_text("<urn:x> a <urn:Class> . " + imports, "utf-8")
    assert thidua("validate", tmp_path / "data.ttl", "--shapes", tmp_path / "shapes.ttl").returncode == 0


FETCHING = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:shape> a sh:NodeShape ; sh:targetClass <urn:Class> ; sh:sparql <urn:rule> .
<urn:rule> a sh:SPARQLConstraint ; sh:message "no"@en ; sh:select "SELECT $this ?value %s WHERE { %s }" .
"""


def test_no_shape_asks_another_machine(tmp_path: Path) -> None:
    (tmp_path / "data.ttl").write_text("<urn:x> a <urn:Class> .", "utf-8")
    service = FETCHING % ("", "SERVICE <http://127.0.0.1:1/> { $this ?p ?value }")
    (tmp_path / "shapes.ttl").write_text(service, "utf-8")
    run = thidua("validate", tmp_path / "data.ttl", "--shapes", tmp_path / "shapes.ttl")
    assert_fails(run, 2, "SERVICE is not allowed")


BROKEN = (
    ('<urn:s> a sh:NodeShape ; sh:targetClass <urn:C> ;\n sh:property [ sh:path <urn:p> ;\n sh:minCount "x" ] .', 5, "sh:minCount"),
    ("<urn:s> a sh:NodeShape ;\n sh:targetClass <urn:C> ;\n sh:property [ sh:minCount 1 ] .", 5, "sh:path"),
    ('<urn:s> a sh:NodeShape ; sh:targetClass <urn:C> ;\n sh:sparql [ sh:select "SELECT nonsense" ] .', 4, "sh:select"),
    ("<urn:s> a sh:NodeShape ; sh:in 3 .", 3, "sh:in"),
    (
        "<urn:s> a sh:NodeShape ;\n sh:targetClass <urn:C> ;\n sh:property [ sh:path <urn:p> ; sh:maxcount 1 ] .",
        5,
        "sh:maxcount: SHACL has no",
    ),
    ('<urn:s> a sh:NodeShape ; sh:targetClass <urn:C> ;\n sh:property [ sh:path <urn:p> ; sh:pattern "[" ] .', 4, "sh:pattern"),
    ('<urn:s> a sh:NodeShape ; sh:sparql [ sh:select "ASK { $this ?p ?o }" ] .', 3, "sh:select: not a SELECT query"),
    ('<urn:s> a sh:NodeShape ; sh:sparql [ sh:select "SELECT ?o { ?s ?p ?o }" ] .', 3, "sh:select: the query does not give $this"),
    ("<urn:s> a sh:NodeShape ; sh:sparql [ a sh:SPARQLConstraint ] .", 3, "sh:sparql: no query"),
    ("<urn:s> a sh:NodeShape ; sh:property [ sh:path () ; sh:maxCount 1 ] .", 3, "sh:path: an empty path"),
    ("<urn:s> a sh:NodeShape ; sh:targetClass <urn:C> ; sh:minCount 1 .", 3, "neither a node shape nor a property shape"),
)


@pytest.mark.parametrize("suffix", ["ttl", "trig"])
@pytest.mark.parametrize(("shape", "line", "detail"), BROKEN)
def test_ill_formed_shapes_are_told_with_their_line(shape: str, line: int, detail: str, suffix: str, tmp_path: Path) -> None:
    (tmp_path / "data.ttl").write_text("<urn:x> a <urn:C> .", "utf-8")
    sound = "<urn:sound> a sh:NodeShape ; sh:targetClass <urn:C> ; sh:property [ sh:path <urn:p> ; sh:maxCount 3 ] .\n"
    shapes = tmp_path / f"shapes.{suffix}"
    shapes.write_text(f"@prefix sh: <http://www.w3.org/ns/shacl#> .\n{sound}{shape}", "utf-8")
    run = thidua("validate", tmp_path / "data.ttl", "--shapes", shapes)
    assert_fails(run, 2, f"shapes.{suffix}:{line}: a shape is ill-formed: {detail}")


def test_ill_formed_shapes_in_a_graph_or_in_n_quads(tmp_path: Path) -> None:
    (tmp_path / "data.ttl").write_text("<urn:x> a <urn:C> .", "utf-8")
    sh = "http://www.w3.org/ns/shacl#"
    in_graph = f"<urn:g> {{\n <urn:s> a <{sh}NodeShape> ;\n <{sh}targetClass> <urn:C> ;\n <{sh}nodeKind> <{sh}Iri> .\n}}"
    (tmp_path / "shapes.trig").write_text(in_graph, "utf-8")
    a = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    lines = [f"<urn:s> {a} <{sh}NodeShape> <urn:g> .", f"<urn:s> <{sh}targetClass> <urn:C> .", f"<urn:s> <{sh}nodeKind> <{sh}Iri> ."]
    (tmp_path / "shapes.nq").write_text("\n".join(lines), "utf-8")
    for name, line in (("shapes.trig", 4), ("shapes.nq", 3)):
        run = thidua("validate", tmp_path / "data.ttl", "--shapes", tmp_path / name)
        assert_fails(run, 2, f"{name}:{line}: a shape is ill-formed: sh:nodeKind")


UNUSABLE = '<urn:s> a sh:NodeShape ; sh:targetClass <urn:C> ; sh:sparql [ sh:select "SELECT $this WHERE { VALUES $this { <urn:x> } }" ] .'


def test_shapes_that_the_engine_refuses(tmp_path: Path) -> None:
    (tmp_path / "data.ttl").write_text("<urn:x> a <urn:C> .", "utf-8")
    (tmp_path / "shapes.ttl").write_text("@prefix sh: <http://www.w3.org/ns/shacl#> . " + UNUSABLE, "utf-8")
    run = thidua("validate", tmp_path / "data.ttl", "--shapes", tmp_path / "shapes.ttl")
    assert_fails(run, 2, "the shapes cannot be used: ")


def test_our_own_shapes_are_well_formed() -> None:
    files = sorted((ROOT / "shapes").glob("*.ttl"))
    assert len(files) == 45
    read_shapes(files, trusted=False)


def test_shapes_without_targets_check_nothing(tmp_path: Path) -> None:
    (tmp_path / "shapes.ttl").write_text(OTHERS.replace("sh:targetClass <urn:Class> ; ", ""), "utf-8")
    (tmp_path / "data.ttl").write_text("<urn:x> a <urn:Class> .", "utf-8")
    run = thidua("validate", tmp_path / "data.ttl", "--shapes", tmp_path / "shapes.ttl")
    assert_fails(run, 3, "look at none of the data")


def test_data_in_no_graph_and_misspelt_terms(tmp_path: Path) -> None:
    """A source's statement in a Turtle file, with a property that the ontology does not have."""
    (tmp_path / "data.ttl").write_text(f"<{ID}launch/000-99> a <{TD}Launch> ; <{TD}launchedby> <{ID}body/x> .", "utf-8")
    run = thidua("validate", tmp_path / "data.ttl", "--format", "csv")
    assert run.returncode == 1
    rules = {row["shape"].rsplit("/")[-1] for row in csv.DictReader(io.StringIO(run.stdout)) if row["focus"] == f"{ID}launch/000-99"}
    assert {"Stated-in-no-graph", "Undeclared-term"} <= rules


def test_an_impossible_day_is_a_finding_and_nothing_else(tmp_path: Path) -> None:
    day = '"2020-13-01"^^<http://www.w3.org/2001/XMLSchema#date>'
    (tmp_path / "data.ttl").write_text(f"<{ID}period/z> a <{TD}Period> ; <{TD}from> {day} .", "utf-8")
    run = thidua("validate", tmp_path / "data.ttl", "--format", "csv")
    assert run.returncode == 1
    assert "Period-from" in run.stdout
    assert run.stderr == ""


RECURSIVE = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:s> a sh:NodeShape ; sh:targetClass <urn:C> ; sh:property <urn:s-next> .
<urn:s-next> a sh:PropertyShape ; sh:path <urn:next> ; sh:node <urn:s> .
"""


def test_recursive_shapes_come_to_an_end(tmp_path: Path) -> None:
    (tmp_path / "shapes.ttl").write_text(RECURSIVE, "utf-8")
    (tmp_path / "data.ttl").write_text("<urn:x> a <urn:C> ; <urn:next> <urn:y> . <urn:y> a <urn:C> ; <urn:next> <urn:x> .", "utf-8")
    run = thidua("validate", tmp_path / "data.ttl", "--shapes", tmp_path / "shapes.ttl")
    assert run.returncode in (0, 1, 2)
    assert "Traceback" not in run.stderr


def test_ten_megabytes_of_valid_noise(tmp_path: Path) -> None:
    noise = "".join(f'<urn:noise:{n}> <urn:says> "{"x" * 200}" .\n' for n in range(44_000))
    assert len(noise) > 10**7
    (tmp_path / "shapes.ttl").write_text(OTHERS, "utf-8")
    (tmp_path / "data.ttl").write_text(noise + "<urn:x> a <urn:Class> .\n", "utf-8")
    run = thidua("validate", tmp_path / "data.ttl", "--shapes", tmp_path / "shapes.ttl", "--fail-on", "warning")
    assert run.returncode == 1
    assert run.stdout.splitlines()[-1].startswith("1 nodes checked: 0 violations, 1 warnings")


GRAPH = "https://w3id.org/thidua/graph/000"


def test_thirteen_members_in_a_group_of_twelve(tmp_path: Path) -> None:
    group, person = f"<{ID}group/000-2>", f"{ID}person/made-up"
    members = ", ".join(f"<{person}-{n}>" for n in range(13))
    people = "".join(f"<{person}-{n}> a <{TD}Person> . " for n in range(13))
    article = (ROOT / "graph" / "sources" / "000.trig").read_text("utf-8")
    (tmp_path / "more.trig").write_text(f"{article}\n<{GRAPH}> {{ {group} <{TD}member> {members} . }} {people}", "utf-8")
    run = thidua("validate", tmp_path / "more.trig", "--format", "csv")
    assert run.returncode == 1
    about_group = [row for row in csv.DictReader(io.StringIO(run.stdout)) if row["focus"] == f"{ID}group/000-2"]
    assert [(row["severity"], "member" in row["shape"]) for row in about_group] == [("violation", True)]


NOTHING = (
    "sh:deactivated true ; sh:property [ sh:path <urn:p> ; sh:minCount 1 ]",
    "sh:rule <urn:rule>",
    'sh:js [ sh:jsFunctionName "f" ]',
)


@pytest.mark.parametrize("constraint", NOTHING)
def test_shapes_that_constrain_nothing_check_nothing(constraint: str, tmp_path: Path) -> None:
    shape = f"@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> a sh:NodeShape ; sh:targetClass <urn:Class> ; {constraint} ."
    (tmp_path / "shapes.ttl").write_text(shape, "utf-8")
    (tmp_path / "data.ttl").write_text("<urn:x> a <urn:Class> .", "utf-8")
    assert_fails(thidua("validate", tmp_path / "data.ttl", "--shapes", tmp_path / "shapes.ttl"), 3, "look at none of the data")


def test_a_source_is_checked_together_with_the_others(tmp_path: Path) -> None:
    """A campaign's period is told by another source; an account is joined to another source's event."""
    sid, graph = "0123456789abcdef", "https://w3id.org/thidua/graph/0123456789abcdef"
    campaign = f"<{ID}campaign/dan-van-kheo-tinh-lai-chau-2021-2025>"
    (tmp_path / "later.trig").write_text(
        f"""<{graph}> {{
            <{ID}award/{sid}-1> a <{TD}AwardEvent> ; <{TD}forCampaign> {campaign} ; <{TD}sameEventAs> <{ID}award/000-1> ;
                <{TD}date> "2010-05-01"^^<http://www.w3.org/2001/XMLSchema#date> .
        }}""",
        "utf-8",
    )
    run = thidua("validate", tmp_path / "later.trig", "--format", "csv")
    found = [row for row in csv.DictReader(io.StringIO(run.stdout)) if row["focus"].endswith("-1")]
    assert "AwardEvent-before-campaign" in {row["shape"].rsplit("/")[-1] for row in found}
    assert not [row for row in found if "award/000-1" in row["value"] and "account" not in row["message"]], "it is an award event"


def test_reports_are_the_same_twice(shipped_path: Path) -> None:
    shape = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix td: <https://w3id.org/thidua/ontology#> .
        <urn:s> a sh:NodeShape ; sh:targetClass td:AwardEvent ; sh:property
        [ a sh:PropertyShape ; sh:path ( td:recipientGroup [ sh:inversePath td:member ] ) ; sh:minCount 1 ] ."""
    shapes = shipped_path.parent / "paths.ttl"
    shapes.write_text(shape, "utf-8")
    first, second = (thidua("validate", "--store", shipped_path, "--shapes", shapes, "--format", "csv").stdout for _ in range(2))
    assert first == second
    assert f"<{TD}recipientGroup>/(^<{TD}member>)" in first


@pytest.mark.parametrize(("pattern", "code"), [("^(a+)+$", 1), ("^(?=a)(a+)+$", 5)])
def test_a_pattern_without_end_takes_no_time_or_is_stopped(pattern: str, code: int, tmp_path: Path) -> None:
    """What SPARQL's regular expressions know takes time in proportion; what only Python's know is stopped."""
    shape = OTHERS.replace("sh:minCount 1", f'sh:pattern "{pattern}"')
    (tmp_path / "shapes.ttl").write_text(shape, "utf-8")
    (tmp_path / "data.ttl").write_text(f'<urn:x> a <urn:Class> ; <urn:p> "{"a" * 40}!" .', "utf-8")
    files: list[str | Path] = ["validate", tmp_path / "data.ttl", "--shapes", tmp_path / "shapes.ttl"]
    run = thidua(*files, "--fail-on", "warning", "--timeout", "2")
    assert run.returncode == code
    if code == 5:
        assert_fails(run, 5, "stopped after 2 s")


def test_the_store_does_not_hide_how_a_value_is_written(tmp_path: Path) -> None:
    """The engine's files keep 007 as 7; the count of one group is told as two values."""
    (tmp_path / "root" / "graph").mkdir(parents=True)
    xsd = "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."
    (tmp_path / "root" / "graph" / "a.ttl").write_text(
        f"{xsd} <urn:x> a <urn:Class> ; <urn:p> 7, 007 . <urn:y> a <urn:Class> ; <urn:p> 07 .", "utf-8"
    )
    shape = OTHERS.replace("sh:minCount 1", 'sh:maxCount 1 ; sh:pattern "^7$"')
    (tmp_path / "shapes.ttl").write_text(shape, "utf-8")
    store, root = tmp_path / "store", tmp_path / "root"
    assert thidua("build", "--root", root, "--store", store).returncode == 0
    run = thidua("validate", "--root", root, "--store", store, "--shapes", tmp_path / "shapes.ttl", "--format", "csv")
    found = sorted((row["focus"], row["value"]) for row in csv.DictReader(io.StringIO(run.stdout)))
    assert found == [("urn:x", ""), ("urn:x", "007"), ("urn:y", "07")]


# ── places, words, coverage ──


def test_lines_of_the_built_store_are_those_of_its_files(shipped_path: Path, tmp_path: Path) -> None:
    run = thidua("validate", "--store", shipped_path, "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(run.stdout))
    assert row["file"] == "graph/sources/002.trig"
    line = (ROOT / "graph" / "sources" / "002.trig").read_text("utf-8").splitlines()[int(row["line"]) - 1]
    assert line.split()[0] == "tenure:002-1"
    other = tmp_path / "root"
    (other / "graph").mkdir(parents=True)
    (other / "graph" / "a.ttl").write_text("<urn:a> <urn:b> <urn:c> .", "utf-8")
    run = thidua("validate", "--store", shipped_path, "--format", "csv", "--root", other)
    (row,) = csv.DictReader(io.StringIO(run.stdout))
    assert row["file"] == row["line"] == ""
    assert run.stderr.splitlines()[-1] == "thidua: no lines are told: the store was made from other files than these; run: thidua build"
    report = json.loads(thidua("validate", "--store", shipped_path, "--format", "json", "--root", other).stdout)
    assert report["remarks"][-1]["key"] == "lines-of-other-files"


def test_words_of_the_articles(seeds: Path, shipped_path: Path) -> None:
    run = thidua("validate", "--store", shipped_path, "--format", "csv", "--sources", seeds)
    (row,) = csv.DictReader(io.StringIO(run.stdout))
    assert row["words"]
    assert row["file"] == "graph/sources/002.trig", "the statement comes first"
    (text,) = [path.read_text("utf-8") for path in seeds.glob("002*.txt")]
    assert row["words"] in text
    assert_fails(thidua("validate", "--store", shipped_path, "--sources", seeds / "none"), 2, "no such file")


def test_words_that_have_changed_are_not_told(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    text = (CASES / "seeded" / "texts" / "articles" / "tan-lam.txt").read_text("utf-8")
    (articles / "a109b1bc5f22bf22.txt").write_text(text.replace("4 tập thể", "40 tập thể").replace("Ngày 20/12", "Ngày 21/12"), "utf-8")
    run = thidua("validate", CASES / "seeded" / "texts" / "source.trig", "--sources", articles, "--format", "json")
    words = [place["words"] for one in json.loads(run.stdout)["findings"] for place in one["locations"] if place["words"]]
    assert not words, "every span of a finding stands behind the change, or in it"


COVERED = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> .
ex:S a sh:NodeShape ; sh:targetClass ex:Agent ; sh:property [ sh:path ( ex:knows [ sh:inversePath ex:likes ] ) ; sh:minCount 1 ] ;
    sh:sparql [ sh:prefixes ex: ; sh:select "PREFIX e: <http://example.org/> SELECT $this { $this e:asked <http://example.org/whole> }" ] .
ex: sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/"^^<http://www.w3.org/2001/XMLSchema#anyURI> ] .
ex:T a sh:NodeShape ; sh:targetSubjectsOf ex:owns ; sh:property [ sh:path ex:owns ; sh:maxCount 1 ] .
"""
UNCOVERED = """@prefix ex: <http://example.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:Person rdfs:subClassOf ex:Agent . ex:Unused a rdfs:Class .
ex:a a ex:Person ; ex:knows ex:b ; ex:asked 1 ; ex:whole 2 ; ex:forgotten 3, 4 .
ex:b a ex:Thing ; ex:likes ex:a . ex:c a ex:Thing . ex:d a ex:Owner ; ex:owns ex:c .
"""


def test_what_no_shape_constrains(tmp_path: Path) -> None:
    for name, content in (("shapes.ttl", COVERED), ("data.ttl", UNCOVERED), ("none.ttl", "# nothing")):
        (tmp_path / name).write_text(content, "utf-8")
    shapes: list[str | Path] = ["--shapes", tmp_path / "shapes.ttl"]
    run = thidua("validate", "--coverage", tmp_path / "data.ttl", *shapes, "--format", "csv")
    assert run.returncode == 0, run.stderr
    rows = list(csv.DictReader(io.StringIO(run.stdout)))
    assert [(row["what"], re.split("[/#]", row["name"])[-1], row["uses"], row["declared"]) for row in rows] == [
        ("class", "Thing", "2", "false"),
        ("class", "Unused", "0", "true"),
        ("property", "forgotten", "2", "false"),
        ("property", "subClassOf", "1", "false"),
    ]
    html = thidua("validate", "--coverage", tmp_path / "data.ttl", *shapes, "--format", "html")
    assert_fails(html, 2, "--coverage cannot be written as html; use table, csv,")
    assert_fails(thidua("validate", "--coverage", tmp_path / "none.ttl", *shapes), 3, "no data; nothing was checked")
    none = thidua("validate", "--coverage", tmp_path / "data.ttl", "--shapes", tmp_path / "none.ttl")
    assert_fails(none, 3, "no shapes; nothing was checked")


def test_coverage_of_the_shipped_graph(shipped_path: Path) -> None:
    """What `thidua stats` tells of the ontology, and how often the data use it."""
    run = thidua("validate", "--coverage", "--store", shipped_path, "--format", "csv")
    rows = [row for row in csv.DictReader(io.StringIO(run.stdout)) if row["name"].startswith(TD)]
    counted = csv.DictReader(io.StringIO(thidua("stats", "--store", shipped_path, "--format", "csv").stdout))
    told = {row["name"] for row in counted if " without a " in row["what"]}
    assert told
    assert told <= {row["name"] for row in rows}
    assert not [row for row in rows if row["what"] == "class" and row["uses"] != "0"]
