"""Every question answers what reading the sources says it must: whole bags of rows, on both graphs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, Store
from rdflib import Graph

from tests.cases import QUESTIONS, Case, load_cases
from tests.conftest import CASES, ROOT, thidua
from thidua.answers import Answer, fold_rows
from thidua.assets import Assets
from thidua.build import build_in_memory
from thidua.questions import PARAMETER_TYPES, bind

SHIPPED, SMALL, REFORM = load_cases("shipped"), load_cases("small"), load_cases("reform")
# The columns that outside users rely on: question → its first columns.
CONTRACT = {
    "who-awarded-what-to-whom": "event date awarder awarderLabel awardType awardTypeLabel recipientKind recipientCount countBound "
    "recipientNames campaignLabel periodLabel presenterLabel onBehalfOfLabel source",
    "award-totals": "recipientKind total totalBound events eventsWithoutCount",
    "awards-on-behalf": "event principalLabel presenterLabel awardTypeLabel",
    "awards-by-body": "event awarderLabel awardTypeLabel date",
    "awards-in-campaign": "event campaignLabel awarderLabel recipientKind recipientCount",
    "campaigns-in-window": "campaign campaignLabel from until",
    "campaign-launches": "campaign campaignLabel launcherLabel theme from until source",
    "campaign-targets": "campaignLabel measure comparator value unit per",
    "campaign-eligibility": "campaignLabel awardTypeLabel awarderLabel groupLabel",
    "documents-cited": "document number documentLabel issuerLabel citedByLabel",
    "posts-held": "person personLabel postLabel bodyLabel attestedOn source",
    "figures": "figure measure value bound unit scopeLabel periodLabel source",
    "figure-sums": "whole wholeValue partsSum agrees",
    "body-history": "date kind fromLabel toLabel documentLabel",
    "inferred-values": "node property value inferredFrom source",
    "evidence-of": "node source start end",
    "gaps": "node missing source",
    "sources": "source title publisher published republishedFrom events figures",
    "bodies-on": "body bodyLabel typeLabel validFrom validUntil",
    "place-history": "date kind fromLabel toLabel documentLabel",
    "who-held-post": "person personLabel from until attestedOn source",
    "who-may-award": "office officeLabel provision validFrom validUntil certainty",
    "what-may-award": "awardType awardTypeLabel provision validFrom validUntil certainty",
    "competence-findings": "event finding severity provision officeLabel awardTypeLabel date",
}


@pytest.fixture(scope="module")
def small() -> Store:
    return build_in_memory(Assets(CASES / "small"))


@pytest.fixture(scope="module")
def reform() -> Store:
    """A province divided and merged again, with powers of two laws."""
    return build_in_memory(Assets(CASES / "reform"))


def test_number_of_cases() -> None:
    assert (len(QUESTIONS), len(SHIPPED), len(SMALL), len(REFORM)) == (34, 59, 83, 82)


@pytest.mark.parametrize("case", SHIPPED, ids=lambda case: case.id)
def test_shipped(case: Case, shipped: Store) -> None:
    assert case.answered(shipped) == case.expected()


@pytest.mark.parametrize("case", SMALL, ids=lambda case: case.id)
def test_small(case: Case, small: Store) -> None:
    assert case.answered(small) == case.expected()


@pytest.mark.parametrize("case", REFORM, ids=lambda case: case.id)
def test_reform(case: Case, reform: Store) -> None:
    assert case.answered(reform) == case.expected()


def in_rdflib(store: Store) -> Graph:
    lines = "".join(f"{quad.triple} .\n" for quad in store if isinstance(quad.graph_name, DefaultGraph))
    return Graph().parse(data=lines, format="nt")


@pytest.fixture(scope="module")
def stores_in_rdflib(small: Store, reform: Store) -> dict[str, Graph]:
    return {"small": in_rdflib(small), "reform": in_rdflib(reform)}


@pytest.mark.parametrize("case", [*SMALL, *REFORM], ids=lambda case: case.id)
def test_another_engine_answers_the_same(case: Case, small: Store, reform: Store, stores_in_rdflib: dict[str, Graph]) -> None:
    question, sparql = case.bound(small if case.graph == "small" else reform)
    result = stores_in_rdflib[case.graph].query(sparql)
    columns = [str(variable) for variable in result.vars or []]
    rows = [tuple(None if term is None else Literal(str(term)) for term in row) for row in result]  # type: ignore[union-attr]
    assert case.compared(fold_rows(Answer(columns, list(rows)), question.rows)) == case.expected()


def test_every_question_and_parameter_has_cases_that_match_and_that_do_not() -> None:
    for question in QUESTIONS.values():
        cases = [case for case in (*SMALL, *REFORM) if case.question == question.name]
        assert any(not case.args and case.rows for case in cases), f"{question.name}: no case without parameters"
        for name in question.parameters:
            with_it = [case for case in cases if case.args[:1] == (f"--{name}",)]
            assert any(case.rows for case in with_it), f"{question.name} --{name}: no matching case"
            assert any(not case.rows for case in with_it), f"{question.name} --{name}: no case that does not match"


def test_contract_of_columns() -> None:
    assert set(CONTRACT) <= set(QUESTIONS)
    for name, columns in CONTRACT.items():
        selected = re.search(r"SELECT(?: DISTINCT)?\s(.*?)WHERE", QUESTIONS[name].sparql, re.DOTALL)
        assert selected is not None
        found = re.findall(r"AS \?(\w+)\)|(?<![(\w ]\()(?:^|\s)\?(\w+)(?=\s)", selected[1])
        got = [alias or plain for alias, plain in found if alias or plain]
        assert got[: len(columns.split())] == columns.split(), name


@pytest.mark.parametrize("name", QUESTIONS)
def test_form_of_question_files(name: str) -> None:
    question = QUESTIONS[name]
    sparql = question.sparql
    assert set(question.parameters.values()) <= set(PARAMETER_TYPES)
    for parameter in question.parameters:
        assert f"VALUES ?__{parameter.replace('-', '_')} {{ UNDEF }}" in sparql
    assert len(re.findall(r"VALUES \?__\w+ \{ UNDEF \}", sparql)) >= len(question.parameters)
    assert "GRAPH" not in sparql and "SERVICE" not in sparql and "FROM" not in sparql
    assert re.search(r"\nORDER BY [^\n]+\n$", sparql), "rows come in a stated order"


@pytest.mark.parametrize("name", QUESTIONS)
def test_labels_follow_the_language(name: str, shipped: Store) -> None:
    question = QUESTIONS[name]
    english = bind(question, {}, "en")
    assert ("labelVi" in question.sparql) == ("labelEn" in english)
    assert "td:labelVi" not in english
    assert re.search(r'\{ "vi" \}', english) is None


def test_questions_are_listed_in_the_documentation() -> None:
    documented = Path(ROOT / "docs" / "questions.md").read_text("utf-8")
    assert documented.endswith("\n\n" + thidua("questions", "--format", "md").stdout)
