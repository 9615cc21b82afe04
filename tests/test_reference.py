"""The shipped Turtle says what the reference tables say: row by row, and nothing without a row."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import rdflib
from rdflib import RDF, SKOS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, ORG

rdflib.NORMALIZE_LITERALS = False

ROOT = Path(__file__).resolve().parents[1]
TABLES = Path(os.environ.get("THIDUA_SHARED", ROOT.parent / "shared")) / "reference"
BASE = "https://w3id.org/thidua/"
TD = rdflib.Namespace(BASE + "ontology#")

Row = dict[str, str]
pytestmark = pytest.mark.skipif(not TABLES.is_dir(), reason=f"no reference tables in {TABLES}; set THIDUA_SHARED")


class Rule(NamedTuple):
    """The objects of one property (in one language, if given) are those the row gives."""

    property: URIRef
    expected: Callable[[Row], set[str]]
    language: str | None = None
    more_allowed: bool = False


class Table(NamedTuple):
    name: str
    rows: int
    key: str
    nodes: str
    type: URIRef
    rules: tuple[Rule, ...]


# The graph names a source by its own name and a table by what it holds.
WORDING = (
    (r"\b(s|S)eed(s?) (\d{3})", r"\1ource\2 \3"),
    (r"\b(the|three) seeds\b", r"\1 sources"),
    (r"\bseeds \(", "sources ("),
    (r"patterns\.md, sections 1 and 12", "wording of press texts"),
    (r"\bbodies\.tsv, (starts|ends)_earliest, (starts|ends)_latest", "table of body types"),
    (r"\boffices\.tsv\b", "the table of offices"),
    (r"\breorganisations\.tsv\b", "the table of reorganisations"),
)


def worded(table: str) -> str:
    for printed, kept in WORDING:
        table = re.sub(printed, kept, table)
    return table


def read(name: str) -> list[Row]:
    if not TABLES.is_dir():
        return []
    header, *lines = worded((TABLES / f"{name}.tsv").read_text("utf-8")).rstrip("\n").split("\n")
    return [dict(zip(header.split("\t"), line.split("\t"), strict=True)) for line in lines]


# Made from a package's lists of places instead; tests/test_places.py looks at them.
NOT_FROM_TABLES = ("communes.ttl", "commune-reorganisations.ttl", "districts.ttl")


@cache
def graph() -> Graph:
    loaded = Graph()
    for pattern in ("ontology/*-types.ttl", "graph/law/*.ttl", "graph/registry/*.ttl"):
        for file in sorted(ROOT.glob(pattern)):
            if file.name not in NOT_FROM_TABLES:
                loaded.parse(file)
    return loaded


def slug(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    bare = "".join(c for c in bare if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")


def cells(column: str, prefix: str = "", separator: str = ";") -> Callable[[Row], set[str]]:
    return lambda row: {prefix + cell for cell in row[column].split(separator) if cell}


def whole(column: str) -> Callable[[Row], set[str]]:
    return lambda row: {row[column]} - {""}


def same(**columns: str) -> tuple[Rule, ...]:
    """One rule for each property of ours that holds a column's values as they are."""
    return tuple(Rule(TD[name], cells(column)) for name, column in columns.items())


def truth(column: str) -> Callable[[Row], set[str]]:
    return lambda row: {{"yes": "true", "no": "false"}.get(row[column], "")} - {""}


def act(column: str) -> Callable[[Row], set[str]]:
    return lambda row: {f"{BASE}id/document/{slug(row[column])}"} if row[column] else set()


def parts(provision: str) -> tuple[str, str, str, str]:
    """06/2022/QH15#60..a → act, article, clause, point."""
    number, _, place = provision.partition("#")
    article, clause, point, *_ = [*place.split("."), "", "", ""]
    return number, article, clause, point


def provisions(main: bool) -> Callable[[Row], set[str]]:
    def expected(row: Row) -> set[str]:
        first = (row["act"], row["article"], row["clause"])
        named = [p for p in row["provisions"].split(";") if p]
        return {f"{BASE}id/provision/{slug(p)}" for p in named if (parts(p)[:3] == first) == main}

    return expected


def interval(side: str) -> Callable[[Row], set[str]]:
    def expected(row: Row) -> set[str]:
        earliest, latest = row[f"{side}_earliest"], row[f"{side}_latest"]
        return {f"{BASE}id/interval/{earliest}-{latest}"} if earliest else set()

    return expected


def top(scheme: str, column: str) -> Rule:
    return Rule(SKOS.topConceptOf, lambda row: set() if row[column] else {BASE + scheme})


def pattern(column: str) -> Callable[[Row], set[str]]:
    columns = ("label_vi_pattern", "label_en_pattern")
    return lambda row: {row[column]} if any("{place}" in row[c] for c in columns) else set()


def bound(column: str) -> Callable[[Row], set[str]]:
    """A bound is written only where the day itself does not say it."""
    return lambda row: set() if row["date"] and row.get("date_kind", "in-force") == "in-force" else {row[column]} - {""}


def types(column: str) -> Callable[[Row], set[str]]:
    def expected(row: Row) -> set[str]:
        prefix = BASE + ("body-type/" if row["body_kinds"] else "place-type/")
        return cells(column, prefix)(row) if row["applies_to"] == "type" else set()

    return expected


def seat(row: Row) -> set[str]:
    single = row["role"] != "body-itself" and not row["office_vi"].startswith("Lãnh đạo")
    return {"true"} if single else set()


def rank(row: Row) -> set[str]:
    order = row["rank_order"]
    return {order if "." in order else order + ".0"} if order else set()


SOURCES = (
    Rule(TD.certainty, whole("confidence")),
    Rule(DCTERMS.source, cells("source_url", separator=" | ")),
    Rule(DCTERMS.provenance, cells("source_note", separator=" | "), "en"),
)
VALIDITY = same(validFrom="valid_from", validUntil="valid_until")
BASIS_TEXT = Rule(TD.basisText, whole("legal_basis"), "en")
BASIS = (Rule(TD.legalBasis, provisions(main=True)), Rule(TD.alsoBasedOn, provisions(main=False)), BASIS_TEXT)
LABELS = tuple(Rule(SKOS.prefLabel, whole(f"label_{x}"), x) for x in ("vi", "en"))
ABBREVIATIONS = Rule(SKOS.altLabel, cells("abbreviations"), more_allowed=True)
REMARK = Rule(SKOS.editorialNote, whole("note"), "en", more_allowed=True)
NOTE = Rule(TD.note, whole("note"), "en")
AWARD, BODY, POST = BASE + "award-type/", BASE + "body-type/", BASE + "post-type/"

TABLE_LIST = (
    Table("awards", 165, "id", AWARD, TD.AwardType, (
        *LABELS, *BASIS, *VALIDITY, *SOURCES, REMARK, top("award-type", "broader"),
        *same(awardKind="kind", awardClass="class", recipientKind="recipient_kinds"),
        Rule(SKOS.broader, cells("broader", AWARD)),
        Rule(SKOS.scopeNote, whole("conferring_authority")),
        Rule(TD.rank, cells("ranks"), "vi"),
        Rule(TD.rankOrder, rank),
        Rule(TD.levelText, whole("level"), "en"),
        Rule(TD.mayBePosthumous, truth("posthumous")),
    )),
    Table("bodies", 156, "type_id", BODY, TD.BodyType, (
        *VALIDITY, *SOURCES, REMARK, ABBREVIATIONS, top("body-type", "broader_type"),
        *same(level="level", bodyKind="kinds"),
        *(Rule(TD.labelPattern, pattern(f"label_{x}_pattern"), x) for x in ("vi", "en")),
        Rule(SKOS.broader, cells("broader_type", BODY)),
        Rule(TD.usualParent, cells("usual_parent", BODY)),
        Rule(TD.predecessorType, cells("predecessor_types", BODY)),
        Rule(TD.startsBetween, interval("starts")),
        Rule(TD.endsBetween, interval("ends")),
    )),
    Table("offices", 85, "office_id", POST, TD.PostType, (
        *SOURCES, REMARK, ABBREVIATIONS, top("post-type", "broader"),
        *same(role="role", level="level", regime="regime"),
        *(Rule(SKOS.prefLabel, whole(f"office_{x}"), x) for x in ("vi", "en")),
        Rule(SKOS.broader, cells("broader", POST)),
        Rule(TD.bodyType, cells("body_type", BODY)),
        Rule(TD.singleSeat, seat),
    )),
    Table("competence", 325, "id", BASE + "id/competence/", TD.Competence, (
        *BASIS, *VALIDITY, *SOURCES, NOTE, *same(regime="regime", includesNarrower="includes_narrower"),
        Rule(TD.office, cells("office_id", POST)),
        Rule(TD.awardType, cells("award_id", AWARD)),
    )),
    Table("launch_competence", 15, "id", BASE + "id/launch-competence/", TD.LaunchCompetence, (
        *BASIS, *VALIDITY, *SOURCES, NOTE, *same(regime="regime", launchReach="scope"),
        Rule(TD.office, cells("office_id", POST)),
    )),
    Table("reorganisations", 71, "event_id", BASE + "id/reorganisation/", TD.Reorganisation, (
        *SOURCES, NOTE, BASIS_TEXT,
        *same(reorganisationKind="kind", date="date", continues="continues", level="level", bodyKind="body_kinds"),
        Rule(TD.earliest, bound("earliest")),
        Rule(TD.latest, bound("latest")),
        Rule(TD.formerType, types("from_bodies")),
        Rule(TD.newType, types("to_body")),
    )),
    Table("law_changes", 12, "id", BASE + "id/law-change/", TD.LawChange, (
        *SOURCES, NOTE, BASIS_TEXT, *same(lawChangeKind="kind", issued="issued", date="date", dateKind="date_kind"),
        Rule(TD.changedBy, act("act")),
        Rule(TD.replaces, act("affects")),
        Rule(TD.earliest, bound("earliest")),
        Rule(TD.latest, bound("latest")),
        Rule(DCTERMS.description, whole("what_changes"), "en"),
    )),
    Table("place_types", 10, "id", BASE + "place-type/", TD.PlaceType, (*LABELS, *VALIDITY, *SOURCES, *same(level="level"))),
)  # fmt: skip


def rows() -> Iterator[object]:
    for table in TABLE_LIST:
        for row in read(table.name):
            yield pytest.param(table, row, id=f"{table.name}-{row[table.key]}")


def said(node: URIRef, property: URIRef, language: str | None = None) -> set[str]:
    found = graph().objects(node, property)
    return {str(o) for o in found if language is None or (isinstance(o, Literal) and o.language == language)}


def labels(node: URIRef) -> set[str]:
    return said(node, SKOS.prefLabel) | said(node, SKOS.altLabel)


def targets(event: str, property: URIRef) -> set[URIRef]:
    return {URIRef(o) for o in said(URIRef(f"{BASE}id/reorganisation/{event}"), property)}


EVENTS = [row for row in read("reorganisations") if row["applies_to"] == "instance"]
SIDES = [("from_bodies", ORG.originalOrganization, TD.formerPlace), ("to_body", ORG.resultingOrganization, TD.newPlace)]


@pytest.mark.parametrize("table", TABLE_LIST, ids=lambda table: table.name)
def test_tables_have_the_rows_we_know(table: Table) -> None:
    assert len(read(table.name)) == table.rows


@pytest.mark.parametrize("table", TABLE_LIST, ids=lambda table: table.name)
def test_no_node_without_a_row(table: Table) -> None:
    nodes = {str(node) for node in graph().subjects(RDF.type, table.type)}
    assert nodes == {table.nodes + row[table.key] for row in read(table.name)}


@pytest.mark.parametrize(("table", "row"), list(rows()))
def test_turtle_says_what_the_row_says(table: Table, row: Row) -> None:
    node = URIRef(table.nodes + row[table.key])
    wrong = {}
    for rule in table.rules:
        found, expected = said(node, rule.property, rule.language), rule.expected(row)
        if not (expected <= found if rule.more_allowed else expected == found):
            wrong[rule.property] = (expected, found)
    assert not wrong


@pytest.mark.parametrize("row", EVENTS, ids=lambda row: row["event_id"])
@pytest.mark.parametrize(("column", "bodies", "places"), SIDES, ids=["from", "to"])
def test_reorganisations_name_bodies_or_places(row: Row, column: str, bodies: URIRef, places: URIRef) -> None:
    used, unused = (bodies, places) if row["body_kinds"] else (places, bodies)
    nodes = targets(row["event_id"], used)
    names = [name for name in row[column].split(";") if name]
    assert not targets(row["event_id"], unused)
    assert len(nodes) == len(names)
    for name in names:
        bare, new = re.sub(r" \((old|new)\)$", "", name), name.endswith("(new)")
        assert [n for n in nodes if bare in labels(n) and (not new or n.endswith(row["date"]))], name


@pytest.mark.parametrize("row", [r for r in EVENTS if r["from_codes"]], ids=lambda row: row["event_id"])
def test_places_bear_the_codes_of_their_reorganisation(row: Row) -> None:
    former = dict(zip(row["from_bodies"].split(";"), row["from_codes"].split(";"), strict=True))
    told = {name: code for n in targets(row["event_id"], TD.formerPlace)
            for name in said(n, SKOS.prefLabel, "vi") for code in said(n, TD.code)}  # fmt: skip
    assert told == former
    assert {code for n in targets(row["event_id"], TD.newPlace) for code in said(n, TD.code)} == whole("to_code")(row)


@pytest.mark.parametrize("row", read("reorganisations"), ids=lambda row: row["event_id"])
def test_documents_and_places_of_a_reorganisation_are_in_its_row(row: Row) -> None:
    for document in targets(row["event_id"], TD.byDocument):
        assert [number for number in said(document, TD.number) if number in row["legal_basis"]]
    places = targets(row["event_id"], TD.place)
    text = "Việt Nam" if row["place"] in ("central", "nationwide") else row["place"]
    assert all(any(name in text for name in labels(place)) for place in places)
    assert said(URIRef(f"{BASE}id/reorganisation/{row['event_id']}"), TD.placeText) == (set() if places else {row["place"]})


def test_provisions_are_those_the_tables_name() -> None:
    named = {p for table in ("awards", "competence", "launch_competence")
             for row in read(table) for p in row["provisions"].split(";") if p}  # fmt: skip
    assert {str(n) for n in graph().subjects(RDF.type, TD.Provision)} == {f"{BASE}id/provision/{slug(p)}" for p in named}
    for provision in named:
        node = URIRef(f"{BASE}id/provision/{slug(provision)}")
        number, *place = parts(provision)
        assert [said(node, p) for p in (TD.article, TD.clause, TD.point)] == [{x} - {""} for x in place]
        (document,) = said(node, TD.act)
        assert said(URIRef(document), TD.number) == {number}


@pytest.mark.parametrize("scheme", ["award-type", "body-type", "post-type", "place-type"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_labels_are_unique_and_every_concept_is_defined(scheme: str, language: str) -> None:
    concepts = [URIRef(str(c)) for c in graph().subjects(SKOS.inScheme, URIRef(BASE + scheme))]
    names = [name for concept in concepts for name in said(concept, SKOS.prefLabel, language)]
    assert len(names) == len({name.lower() for name in names}) == len(concepts)
    assert not [name for name in names if "{" in name]
    assert all(len(said(concept, SKOS.definition, language)) == 1 for concept in concepts)


@pytest.mark.parametrize("short", ["CSTĐ", "CSTĐCS", "LĐTT", "TTLĐXS", "TTLĐTT", "KNC"])
def test_abbreviations_of_awards_are_labels(short: str) -> None:
    (row,) = [row for row in read("abbreviations") if row["abbr"] == short]
    (node,) = graph().subjects(SKOS.altLabel, Literal(short, lang="vi"))
    assert said(URIRef(str(node)), SKOS.prefLabel, "vi") == {row["expansion_vi"]}
