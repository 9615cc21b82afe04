"""Every question answers what reading the sources says it must: whole bags of rows, on both graphs."""

from __future__ import annotations

import re
from functools import cache
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
# Made-up sources that were corrected, or that tell of one event in different words: too odd to stand among the others.
ODD = [case for graph in ("accounts", "corrected") for case in load_cases(graph)]
MADE_UP = [*SMALL, *REFORM, *ODD]
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
    "corrections": "graph supersedes date reason",
    "conflicts": "eventA eventB property valueA valueB preferred sourceA sourceB spansA spansB",
    "corroboration": "event awarderLabel awardTypeLabel date sources source",
    "bodies-on": "body bodyLabel typeLabel validFrom validUntil",
    "place-history": "date kind fromLabel toLabel documentLabel",
    "who-held-post": "person personLabel from until attestedOn source",
    "who-may-award": "office officeLabel provision validFrom validUntil certainty",
    "what-may-award": "awardType awardTypeLabel provision validFrom validUntil certainty",
    "competence-findings": "event finding severity provision officeLabel awardTypeLabel date",
}


@cache
def made_up(graph: str) -> Store:
    return build_in_memory(Assets(CASES / graph))


@cache
def in_rdflib(graph: str) -> Graph:
    """What the made-up store's default graph holds, in another engine."""
    lines = "".join(f"{quad.triple} .\n" for quad in made_up(graph) if isinstance(quad.graph_name, DefaultGraph))
    return Graph().parse(data=lines, format="nt")


def test_number_of_cases() -> None:
    assert (len(QUESTIONS), len(SHIPPED), len(SMALL), len(REFORM)) == (37, 71, 86, 85)


@pytest.mark.parametrize("case", SHIPPED, ids=lambda case: case.id)
def test_shipped(case: Case, shipped: Store) -> None:
    assert case.answered(shipped) == case.expected()


@pytest.mark.parametrize("case", MADE_UP, ids=lambda case: case.id)
def test_made_up(case: Case) -> None:
    assert case.answered(made_up(case.graph)) == case.expected()


@pytest.mark.parametrize("case", MADE_UP, ids=lambda case: case.id)
def test_another_engine_answers_the_same(case: Case) -> None:
    question, sparql = case.bound(made_up(case.graph))
    result = in_rdflib(case.graph).query(sparql)
    columns = [str(variable) for variable in result.vars or []]
    rows = [tuple(None if term is None else Literal(str(term)) for term in row) for row in result]  # type: ignore[union-attr]
    assert case.compared(fold_rows(Answer(columns, list(rows)), question.rows)) == case.expected()


def test_every_question_and_parameter_has_cases_that_match_and_that_do_not() -> None:
    for question in QUESTIONS.values():
        cases = [case for case in MADE_UP if case.question == question.name]
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
