"""A part of the data set holds exactly what the questions with the same filters answer, and what that needs to be whole."""

from __future__ import annotations

import itertools
import tempfile
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, serialize

from tests.cases import QUESTIONS
from tests.conftest import CASES
from thidua.answers import Answer, text_of
from thidua.assets import Assets
from thidua.build import build_in_memory
from thidua.errors import InputError, NothingChecked
from thidua.questions import Question, ask
from thidua.resolve import resolve
from thidua.selection import FILTERS, NAMES, Filters, Selection, facts, read_filters, select_part, whole
from thidua.terms import ID, PREFIXES, td

GRAPHS = {"shipped": None, **{name: CASES / name for name in ("small", "accounts", "corrected", "reform")}}
# Filters for each graph: together in one dictionary, they are set together.
PARTS: dict[str, list[dict[str, str]]] = {
    "shipped": [
        *({"source": f"00{number}"} for number in range(5)),
        {"campaign": "Dân vận khéo"},
        {"campaign": "campaign/thi-dua-yeu-nuoc-ban-tuyen-giao-va-dan-van-tinh-uy-lao-cai-2025-2030"},
        {"body": "Tỉnh ủy Lai Châu"},
        {"body": "Ủy ban nhân dân tỉnh Lai Châu"},
        {"body": "Ban Dân vận Tỉnh ủy Lai Châu"},
        {"from": "2020-01-01", "until": "2020-12-31"},
        {"from": "2021-01-01"},
        {"until": "2022-10-14"},
        {"as-of": "2015-06-01"},
        {"as-of": "2025-03-01"},
        {"as-of": "2026-01-01"},
        {"source": "001", "from": "2020-01-01"},
        {"source": "004", "until": "2030-01-01"},
        {"campaign": "Dân vận khéo", "source": "004"},
    ],
    "small": [
        *({"source": f"a00{number}"} for number in range(1, 5)),
        {"campaign": "campaign/chung-tay-giu-rung"},
        {"body": "body/ban-dan-van-tinh-uy-tan-lam"},
        {"body": "Ủy ban nhân dân tỉnh Tân Lâm"},
        {"from": "2024-05-01", "until": "2024-11-30"},
        {"until": "2024-06-30"},
        {"as-of": "2024-06-30"},
        {"campaign": "campaign/chung-tay-giu-rung", "from": "2024-06-01"},
    ],
    "accounts": [*({"source": f"91{number}"} for number in (0, 1, 2, 3, 4, 5, 7)), {"from": "2026-03-01"}],
    "corrected": [{"source": "900"}, {"source": "901"}, {"body": "Ủy ban nhân dân tỉnh Tân Lâm"}],
    "reform": [{"as-of": day} for day in ("2005-01-01", "2015-01-01", "2025-07-01")],
}
CASES_OF_PARTS = [(graph, filters) for graph, parts in PARTS.items() for filters in parts]
STORES: dict[str, Store] = {}


def store_of(graph: str) -> Store:
    if graph not in STORES:
        STORES[graph] = build_in_memory(Assets(GRAPHS[graph]))
    return STORES[graph]


def part(graph: str, filters: dict[str, str]) -> Selection:
    return select_part(store_of(graph), read_filters(store_of(graph), filters))


@cache
def built_again(graph: str, filters: tuple[tuple[str, str], ...]) -> Store:
    """The part as the only data of a graph folder, beside the ontology, with everything derived once more."""
    with tempfile.TemporaryDirectory() as root:
        (Path(root) / "graph").mkdir()
        serialize(part(graph, dict(filters)).quads(), str(Path(root) / "graph" / "part.nq"), RdfFormat.N_QUADS)
        return build_in_memory(Assets(Path(root)))


def loaded(selection: Selection) -> Store:
    """The part as it is, in a store that knows nothing else."""
    store = Store()
    store.extend(list(selection.quads()))
    return store


def rows(answer: Answer) -> set[tuple[str, ...]]:
    return {tuple(text_of(term) for term in row) for row in answer.rows}


def questions_with(filters: dict[str, str]) -> list[Question]:
    return [one for one in QUESTIONS.values() if all(one.parameters.get(name) == FILTERS[name] for name in filters)]


@pytest.mark.parametrize(("graph", "filters"), CASES_OF_PARTS, ids=str)
def test_a_part_answers_as_the_whole_does_with_the_filters(graph: str, filters: dict[str, str]) -> None:
    """Every question that has these parameters: no row lost, none changed, in the part as it is and when it is built again."""
    selection, store = part(graph, filters), store_of(graph)
    values = {name: resolve(store, name, FILTERS[name], value) for name, value in filters.items()}
    for made in (loaded(selection), built_again(graph, tuple(filters.items()))):
        for question in questions_with(filters):
            for lang in ("vi", "en"):
                wanted = ask(store, question, values, lang)
                assert rows(ask(made, question, values, lang)) == rows(wanted), question.name


@pytest.mark.parametrize(("graph", "filters"), CASES_OF_PARTS, ids=str)
def test_a_part_holds_no_more_than_the_filters_leave(graph: str, filters: dict[str, str]) -> None:
    """Asked without any filter, the part answers the same rows; others are only of what it names or what comes along."""
    selection, store = part(graph, filters), store_of(graph)
    values = {name: resolve(store, name, FILTERS[name], value) for name, value in filters.items()}
    made = built_again(graph, tuple(filters.items()))
    for question in questions_with(filters):
        wanted, found = ask(store, question, values), ask(made, question)
        without = [found.columns.index(column) for column in ("wasThere", "held") if column in found.columns]
        left = cut(rows(wanted), without)
        assert left <= cut(rows(found), without), question.name
        key = found.columns.index(question.rows[0])
        more = {row for row in rows(found) if not cut({row}, without) <= left}
        assert {NamedNode(row[key]) for row in more} <= (selection.told | selection.named) - facts(store, read_filters(store, filters))[0]


def cut(found: set[tuple[str, ...]], without: list[int]) -> set[tuple[str, ...]]:
    """The rows without the columns that only answer to a day that was asked for."""
    return {tuple(cell for place, cell in enumerate(row) if place not in without) for row in found}


# Questions without our filters, each about one fact of a source a row: they answer for the facts that are told as in the whole.
ABOUT_FACTS = {
    "competence-findings": "event", "awards-on-behalf": "event", "campaign-targets": "target", "campaign-eligibility": "eligibility",
    "evidence-of": "node", "figures": "figure", "figure-sums": "whole", "inferred-values": "node", "posts-held": "tenure",
    "gatherings": "gathering", "proposals": "node", "gaps": "node",
}  # fmt: skip


@pytest.mark.parametrize(("graph", "filters"), CASES_OF_PARTS, ids=str)
def test_told_facts_are_judged_as_in_the_whole(graph: str, filters: dict[str, str]) -> None:
    """No finding appears, and none goes, because the rest is not there."""
    selection = part(graph, filters)

    def of_told(store: Store, name: str) -> set[tuple[str, ...]]:
        answer = ask(store, QUESTIONS[name])
        key = answer.columns.index(ABOUT_FACTS[name])
        return {tuple(map(text_of, row)) for row in answer.rows if row[key] in selection.told}

    made, store = built_again(graph, tuple(filters.items())), store_of(graph)
    wanted = {name: of_told(store, name) for name in ABOUT_FACTS}
    assert {name: of_told(made, name) for name in ABOUT_FACTS} == wanted
    assert any(wanted.values())


def test_how_many_were_compared() -> None:
    asked = [(graph, str(filters), question.name) for graph, filters in CASES_OF_PARTS for question in questions_with(filters)]
    assert len(CASES_OF_PARTS) == 44
    assert len(asked) == 163
    assert {name for _, _, name in asked} >= {"who-awarded-what-to-whom", "award-totals", "awards-by-body", "bodies-on", "who-held-post"}
    having = {name for name, one in QUESTIONS.items() if any(one.parameters.get(f) == type for f, type in FILTERS.items())}
    assert having == {name for _, _, name in asked}, "every question that has one of the parameters"


@pytest.mark.parametrize(("graph", "filters"), CASES_OF_PARTS, ids=str)
def test_a_part_is_of_the_whole_and_points_nowhere_outside(graph: str, filters: dict[str, str]) -> None:
    selection, store = part(graph, filters), store_of(graph)
    quads = list(selection.quads())
    assert len(quads) == len(set(quads)) > 20
    assert all(quad in store for quad in quads)
    subjects = {quad.subject for quad in quads}
    assert subjects == set(selection.told) | set(selection.named)
    pointed = {quad.object for quad in quads if isinstance(quad.object, NamedNode) and quad.object.value.startswith(ID)}
    assert {node for node in pointed if any(store.quads_for_pattern(node, None, None))} <= subjects
    for quad in quads:
        if not isinstance(quad.graph_name, DefaultGraph):
            assert Quad(quad.subject, quad.predicate, quad.object) in quads or quad.graph_name not in selection.graphs
    assert not [quad for quad in quads if str(quad.graph_name) == "<https://w3id.org/thidua/graph/900>"], "nothing superseded"


@pytest.mark.parametrize(("graph", "filters"), CASES_OF_PARTS, ids=str)
def test_told_things_are_whole(graph: str, filters: dict[str, str]) -> None:
    """With their groups, spans, sources, inferences; and everything they mention has a class and a name."""
    selection, store = part(graph, filters), store_of(graph)
    for name, link in (("AwardEvent", "recipientGroup"), ("Launch", "hasTarget"), ("AwardEvent", "evidence"), ("Figure", "evidence")):
        for node in selection.of_class(name):
            for quad in store.quads_for_pattern(node, td(link), None, DefaultGraph()):
                assert quad.object in selection.told, (node, link)
    for one in selection.told:
        about = {quad.subject for quad in store.quads_for_pattern(None, td("about"), one, DefaultGraph())}
        assert about <= selection.told
    for one in selection.named:
        kept = selection.about(one)
        assert any(quad.predicate.value == PREFIXES["rdf"] + "type" for quad in kept), one
        assert any(quad.predicate == td("labelVi") for quad in kept), one


def test_named_things_are_named_and_no_more() -> None:
    selection = part("shipped", {"source": "001"})
    body = NamedNode(ID + "body/ban-dan-van-tinh-uy-lai-chau")
    assert body in selection.named
    said = {quad.predicate.value.rsplit("/")[-1].rsplit("#")[-1] for quad in selection.about(body)}
    assert said >= {"type", "prefLabel", "classification", "jurisdiction", "subOrganizationOf", "labelVi", "validUntil"}
    assert not said & {"source", "provenance", "precededBy", "note", "certainty"}
    assert not selection.of_class("Body")
    assert body in selection.of_class("Body", named=True)
    assert not selection.tells(body) and selection.holds(body)


@pytest.mark.parametrize(("graph", "filters"), CASES_OF_PARTS, ids=str)
def test_nothing_more_is_said_of_named_things(graph: str, filters: dict[str, str]) -> None:
    selection, store = part(graph, filters), store_of(graph)
    own = NamedNode(f"{PREFIXES['graph']}{filters['source']}") if "source" in filters else None
    if graph == "corrected" and filters.get("source") == "900":
        own = NamedNode(PREFIXES["graph"] + "900-2")
    for one in selection.named:
        for quad in selection.about(one):
            said_by_it = own is not None and Quad(quad.subject, quad.predicate, quad.object, own) in store
            assert quad.predicate in NAMES or said_by_it, quad


def test_what_a_source_says_of_named_things_is_held() -> None:
    selection = part("shipped", {"source": "001"})
    campaign, other = (NamedNode(f"{ID}campaign/dan-van-kheo-tinh-lai-chau-{years}") for years in ("2021-2025", "2016-2020"))
    for one in (campaign, other):
        assert any(quad.predicate == td("inPeriod") for quad in selection.about(one)), "stated in the source's own graph"
    also = part("shipped", {"source": "001", "body": "Ban Dân vận Tỉnh ủy Lai Châu"})
    assert any(quad.predicate == td("inPeriod") for quad in also.about(campaign)), "launched by the body"


def test_filters_meet() -> None:
    """What two filters leave together is what each leaves alone, for facts that know both."""
    for first, second in itertools.combinations(({"source": "001"}, {"body": "Tỉnh ủy Lai Châu"}, {"from": "2020-01-01"}), 2):
        alone = [set(part("shipped", one).of_class("AwardEvent")) for one in (first, second)]
        assert set(part("shipped", first | second).of_class("AwardEvent")) == alone[0] & alone[1] != set()


def test_the_whole_is_everything() -> None:
    store = store_of("small")
    selection = whole(store)
    assert set(selection.quads()) == set(store)
    assert sum(1 for _ in selection.quads()) == len(store)
    assert select_part(store, Filters()) == selection and selection.whole
    assert selection.of_class("AwardEvent") == sorted(selection.of_class("AwardEvent"), key=str) != []


def test_nothing_left_and_bad_filters() -> None:
    store = store_of("shipped")
    with pytest.raises(NothingChecked, match=r"nothing is left by --body \S+ --until 1900-01-01; leave out a filter"):
        select_part(store, read_filters(store, {"body": "Tỉnh ủy Lai Châu", "until": "1900-01-01"}))
    with pytest.raises(InputError, match="--from 2021-01-01 is after --until 2020-01-01"):
        read_filters(store, {"from": "2021-01-01", "until": "2020-01-01"})
    with pytest.raises(InputError, match="--as-of: 2021-02-30 is not a date"):
        read_filters(store, {"as-of": "2021-02-30"})
    with pytest.raises(InputError, match="999"):
        read_filters(store, {"source": "999"})
