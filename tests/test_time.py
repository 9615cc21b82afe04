"""Bodies and places over time on the shipped graph: every reform can be asked for, and the borders of the reforms of 2025."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Store

from thidua.answers import text_of
from thidua.assets import Assets
from thidua.build import build_in_memory
from thidua.questions import ask, load_questions
from thidua.terms import ID, PREFIXES, RDF_TYPE, td

QUESTIONS = load_questions(Assets())


def day(value: str) -> Literal:
    return Literal(value, datatype=NamedNode(PREFIXES["xsd"] + "date"))


def column(store: Store, question: str, name: str, **values: NamedNode | Literal) -> list[str]:
    answer = ask(store, QUESTIONS[question], {key.replace("_", "-"): value for key, value in values.items()})
    return [text_of(row[answer.columns.index(name)]) for row in answer.rows]


def test_every_reorganisation_can_be_asked_for(shipped: Store) -> None:
    all_of_them = {text_of(quad.subject) for quad in shipped.quads_for_pattern(None, RDF_TYPE, td("Reorganisation"))}
    assert len(all_of_them) == 71 + 261
    assert set(column(shipped, "reforms", "reorganisation")) == all_of_them
    of_places = {text_of(quad.subject) for name in ("formerPlace", "newPlace") for quad in shipped.quads_for_pattern(None, td(name), None)}
    assert set(column(shipped, "place-history", "reorganisation")) == of_places
    org = PREFIXES["org"]
    ends = [NamedNode(org + "originalOrganization"), NamedNode(org + "resultingOrganization"), td("concernsBody")]
    of_bodies = {text_of(quad.subject) for end in ends for quad in shipped.quads_for_pattern(None, end, None)}
    assert set(column(shipped, "body-history", "reorganisation")) == of_bodies
    told_of_types = {
        text_of(quad.subject) for name in ("formerType", "newType") for quad in shipped.quads_for_pattern(None, td(name), None)
    }
    assert all_of_them == of_places | of_bodies | told_of_types


@pytest.mark.parametrize(
    ("date", "commissions"),
    [
        ("2025-02-28", {"Ban Tuyên giáo Tỉnh ủy Lai Châu", "Ban Dân vận Tỉnh ủy Lai Châu"}),
        ("2025-03-01", {"Ban Tuyên giáo và Dân vận Tỉnh ủy Lai Châu"}),
        ("2025-03-02", {"Ban Tuyên giáo và Dân vận Tỉnh ủy Lai Châu"}),
    ],
)
def test_commissions_of_lai_chau(shipped: Store, date: str, commissions: set[str]) -> None:
    found = column(shipped, "bodies-on", "bodyLabel", place=NamedNode(ID + "place/tinh-lai-chau"), as_of=day(date))
    assert {label for label in found if label.startswith("Ban ")} == commissions


@pytest.mark.parametrize(("date", "provinces"), [("2025-06-30", 63), ("2025-07-01", 34), ("2025-07-02", 34)])
def test_provinces(shipped: Store, date: str, provinces: int) -> None:
    assert len(column(shipped, "places-on", "place", level=Literal("province"), as_of=day(date))) == provinces


def test_lao_cai_is_two_places_and_two_sets_of_bodies(shipped: Store) -> None:
    old, new = (NamedNode(f"{ID}place/tinh-lao-cai{end}") for end in ("", "-2025-07-01"))
    bodies = [set(column(shipped, "bodies-on", "body", place=place)) for place in (old, new)]
    assert len(bodies[0]) >= 8 and len(bodies[1]) >= 3
    assert not bodies[0] & bodies[1]
    assert column(shipped, "bodies-on", "body", place=new, as_of=day("2025-06-30")) == []


def test_awards_of_what_came_before(shipped: Store) -> None:
    """The flag of the old province's committee (source 002) and the certificates of the new commission (source 000)."""
    place = NamedNode(ID + "place/tinh-lao-cai-2025-07-01")
    alone = column(shipped, "who-awarded-what-to-whom", "event", place=place)
    answer = ask(shipped, QUESTIONS["who-awarded-what-to-whom"], {"place": place, "with-predecessors": Literal(True)})
    event, inherited = (answer.columns.index(name) for name in ("event", "inherited"))
    assert set(alone) == {ID + "award/000-1"}
    assert {(text_of(row[event]), text_of(row[inherited])) for row in answer.rows} == {
        (ID + "award/000-1", "false"),
        (ID + "award/002-1", "true"),
    }


SPLIT = """@prefix td: <https://w3id.org/thidua/ontology#> . @prefix org: <http://www.w3.org/ns/org#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix id: <https://w3id.org/thidua/id/> .
<https://w3id.org/thidua/id/reorganisation/split> a td:Reorganisation ; td:date "2015-01-01"^^xsd:date ; td:continues true ;
    org:originalOrganization <https://w3id.org/thidua/id/body/k> ;
    org:resultingOrganization <https://w3id.org/thidua/id/body/k>, <https://w3id.org/thidua/id/body/m> .
<https://w3id.org/thidua/id/body/k> a td:Body . <https://w3id.org/thidua/id/body/m> a td:Body .
"""


def test_what_goes_on_after_a_division_keeps_its_later_awards(tmp_path: Path) -> None:
    """K goes on, M is parted from it in 2015: M inherits what K gave before, not after."""
    (tmp_path / "graph").mkdir()
    awards = "".join(
        f'<{ID}award/k-{n}> a td:AwardEvent ; td:awardedBy <{ID}body/{body}> ; td:date "{year}"^^xsd:gYear .\n'
        for n, (body, year) in enumerate((("k", 2000), ("k", 2014), ("k", 2020), ("m", 2020)))
    )
    (tmp_path / "graph" / "split.ttl").write_text(SPLIT + awards, "utf-8")
    store = build_in_memory(Assets(tmp_path))
    body = {"with_predecessors": Literal(True)}
    for question, name in (("who-awarded-what-to-whom", "awarder"), ("awards-by-body", "body")):
        found = column(store, question, "event", **{name: NamedNode(ID + "body/m")}, **body)
        assert sorted(event[-1] for event in found) == ["0", "1", "3"], question
