"""What must not change an answer: more members, labels, spans, presenters, a second account; and what must."""

from __future__ import annotations

from collections import Counter

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from tests.cases import QUESTIONS
from thidua.answers import Answer, Term, text_of
from thidua.assets import Assets
from thidua.build import build_in_memory
from thidua.questions import ask
from thidua.terms import ID, PREFIXES, RDF_TYPE, td

PREF_LABEL = NamedNode(PREFIXES["skos"] + "prefLabel")


def thing(name: str) -> NamedNode:
    return NamedNode(ID + name)


def totals(store: Store) -> list[tuple[str, ...]]:
    return [tuple(map(text_of, row)) for row in ask(store, QUESTIONS["award-totals"]).rows]


def all_answers(store: Store) -> dict[str, Answer]:
    """Every question but evidence-of, whose rows are the spans themselves."""
    return {name: ask(store, question) for name, question in QUESTIONS.items() if name != "evidence-of"}


def row_counts(store: Store) -> dict[str, int]:
    return {name: len(answer.rows) for name, answer in all_answers(store).items()}


def with_added(*statements: tuple[NamedNode, NamedNode, Term]) -> Store:
    graph = NamedNode("https://w3id.org/thidua/graph/000")
    return build_in_memory(Assets(), [Quad(*statement, graph) for statement in statements])


def test_totals_of_the_five_sources(shipped: Store) -> None:
    assert totals(shipped) == [("collective", "34", "exact", "5", "1"), ("individual", "104", "exact", "5", "0")]
    events = ask(shipped, QUESTIONS["who-awarded-what-to-whom"])
    counts = {text_of(row[0]): text_of(row[7]) for row in events.rows}
    assert len(counts) == 6
    assert Counter(bool(count) for count in counts.values()) == {True: 5, False: 1}


def test_named_members_leave_the_total(shipped: Store) -> None:
    group = thing("group/000-2")
    people = [thing(f"person/made-up-{n}") for n in range(3)]
    named = [(person, PREF_LABEL, Literal(f"Người thứ {n}", language="vi")) for n, person in enumerate(people)]
    store = with_added(*named, *[(group, td("member"), person) for person in people])
    assert totals(store) == totals(shipped)
    events = ask(store, QUESTIONS["who-awarded-what-to-whom"])
    names = [text_of(row[9]) for row in events.rows if row[15] == group]
    assert names == ["Người thứ 0 | Người thứ 1 | Người thứ 2"]
    assert len(events.rows) == len(ask(shipped, QUESTIONS["who-awarded-what-to-whom"]).rows)


def test_a_third_language_changes_nothing(shipped: Store) -> None:
    labels = [
        (q.subject, PREF_LABEL, Literal("étiquette", language="fr"))
        for q in shipped.quads_for_pattern(None, PREF_LABEL, None)
        if isinstance(q.subject, NamedNode)
    ]
    assert len(labels) > 500
    assert all_answers(with_added(*labels)) == all_answers(shipped)


def test_a_third_language_on_any_node_changes_no_count(shipped: Store) -> None:
    nodes = {q.subject for q in shipped.quads_for_pattern(None, RDF_TYPE, None) if isinstance(q.subject, NamedNode)}
    assert len(nodes) > 1500
    store = with_added(*[(node, PREF_LABEL, Literal("étiquette", language="fr")) for node in nodes])
    assert row_counts(store) == row_counts(shipped)
    assert totals(store) == totals(shipped)


def test_a_second_span_changes_no_count(shipped: Store) -> None:
    span = thing("span/000-0-1")
    nodes = {q.subject for q in shipped.quads_for_pattern(None, td("evidence"), None) if isinstance(q.subject, NamedNode)}
    in_000 = [node for node in nodes if "/000-" in node.value]
    assert len(in_000) > 20
    added = [(node, td("evidence"), span) for node in in_000]
    source = NamedNode("https://w3id.org/thidua/source/000")
    store = with_added(
        (span, RDF_TYPE, td("Span")), (span, td("source"), source), (span, td("start"), Literal(0)), (span, td("end"), Literal(1)), *added
    )
    assert row_counts(store) == row_counts(shipped)
    assert totals(store) == totals(shipped)


def test_a_second_presenter_changes_no_count(shipped: Store) -> None:
    store = with_added(*[(thing(f"award/{sid}-1"), td("presentedBy"), thing("person/nguyen-ngoc-vinh")) for sid in ("000", "001", "004")])
    assert row_counts(store) == row_counts(shipped)
    assert totals(store) == totals(shipped)


def test_two_accounts_of_one_event_count_once(shipped: Store) -> None:
    second, group = thing("award/000-9"), thing("group/000-9")
    account: list[tuple[NamedNode, NamedNode, Term]] = [
        (second, RDF_TYPE, td("AwardEvent")),
        (second, td("awardedBy"), thing("body/uy-ban-nhan-dan-huyen-na-hang")),
        (second, td("recipientGroup"), group),
        (group, RDF_TYPE, td("RecipientGroup")),
        (group, td("recipientKind"), Literal("individual")),
        (group, td("count"), Literal(19)),
        (group, td("countBound"), Literal("exact")),
    ]
    assert totals(with_added(*account)) != totals(shipped), "told as another event it counts"
    same: tuple[NamedNode, NamedNode, Term] = (second, td("sameEventAs"), thing("award/004-1"))
    preferred: tuple[NamedNode, NamedNode, Term] = (thing("award/004-1"), td("preferredAccount"), Literal(True))
    assert totals(with_added(*account, same, preferred)) == totals(shipped)


def test_a_revoked_event_leaves_the_totals(shipped: Store) -> None:
    store = with_added((thing("award/004-1"), td("status"), Literal("revoked")))
    assert totals(store) == [("collective", "19", "exact", "4", "1"), ("individual", "86", "exact", "4", "0")]


@pytest.mark.parametrize("name", [name for name in QUESTIONS if name not in ("presenters", "posts-held", "evidence-of")])
def test_the_one_who_hands_over_is_never_the_awarder(name: str, shipped: Store) -> None:
    answer = ask(shipped, QUESTIONS[name])
    columns = [place for place, column in enumerate(answer.columns) if column.startswith(("awarder", "principal"))]
    for row in answer.rows:
        for place in columns:
            assert "Vũ Văn Hoàn" not in text_of(row[place])
            assert "vu-van-hoan" not in text_of(row[place])


def test_statistics_are_no_awards(shipped: Store) -> None:
    figures = {text_of(row[0]) for row in ask(shipped, QUESTIONS["figures"]).rows}
    events = {text_of(row[0]) for row in ask(shipped, QUESTIONS["who-awarded-what-to-whom"]).rows}
    assert len(figures) == 16
    assert not figures & events


def test_900_of_9000_is_no_sum(shipped: Store) -> None:
    sums = ask(shipped, QUESTIONS["figure-sums"])
    assert [tuple(map(text_of, row[1:4])) for row in sums.rows] == [("126", "126", "true")]


def test_a_group_without_a_kind_is_counted_as_unspecified(shipped: Store) -> None:
    kind = Quad(thing("group/004-2"), td("recipientKind"), Literal("individual"))
    store = build_in_memory(Assets(), without=[kind])
    assert totals(store) == [
        ("collective", "34", "exact", "5", "1"),
        ("individual", "86", "exact", "4", "0"),
        ("unspecified", "18", "exact", "1", "0"),
    ]
    gaps = {(text_of(row[0]), text_of(row[1])) for row in ask(store, QUESTIONS["gaps"]).rows}
    assert (ID + "group/004-2", "recipientKind") in gaps


def test_what_only_another_account_tells_is_not_lost(shipped: Store) -> None:
    silent = thing("award/000-9")
    store = with_added(
        (silent, RDF_TYPE, td("AwardEvent")),
        (silent, td("preferredAccount"), Literal(True)),
        (silent, td("sameEventAs"), thing("award/004-1")),
        (silent, td("awardType"), NamedNode(PREFIXES["aw"] + "giay-khen")),
    )
    assert totals(store) == totals(shipped)
    rows = [row for row in ask(store, QUESTIONS["who-awarded-what-to-whom"]).rows if row[0] == silent]
    assert [tuple(map(text_of, (row[1], row[5], row[6], row[7]))) for row in rows] == [
        ("2022-10-14", "Giấy khen", "collective", "15"),
        ("2022-10-14", "Giấy khen", "individual", "18"),
    ], "its own type stays; date and recipients are those of the other account"
    campaign = {"campaign": thing("campaign/dan-van-kheo")}
    in_campaign = {text_of(row[0]) for row in ask(store, QUESTIONS["awards-in-campaign"], dict(campaign)).rows}
    assert in_campaign == {ID + "award/001-2", silent.value}


def test_a_thing_without_a_label_is_shown_by_its_iri(shipped: Store) -> None:
    nobody, made_up = thing("body/nobody"), NamedNode(PREFIXES["aw"] + "made-up")
    event, group = thing("award/000-9"), thing("group/000-9")
    store = with_added(
        (event, RDF_TYPE, td("AwardEvent")),
        (event, td("awardedBy"), nobody),
        (event, td("awardType"), NamedNode(PREFIXES["aw"] + "bang-khen")),
        (event, td("recipientGroup"), group),
        (group, td("awardType"), made_up),
        (group, td("recipientKind"), Literal("household")),
    )
    (row,) = [row for row in ask(store, QUESTIONS["who-awarded-what-to-whom"]).rows if row[0] == event]
    assert row[2:6] == (nobody, Literal(nobody.value), made_up, Literal(made_up.value))
    assert nobody in [row[0] for row in ask(store, QUESTIONS["awards-by-awarder"]).rows]


def test_a_text_in_one_language_only_is_shown_in_any(shipped: Store) -> None:
    launch = thing("launch/001-9")
    store = with_added(
        (launch, RDF_TYPE, td("Launch")),
        (launch, td("launches"), thing("campaign/dan-van-kheo")),
        (launch, td("theme"), Literal("thème", language="fr")),
    )
    themes = [text_of(row[3]) for row in ask(store, QUESTIONS["campaign-launches"]).rows if row[7] == launch]
    assert themes == ["thème"]
