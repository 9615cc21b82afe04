"""FollowTheMoney: entities and links that an investigative desk loads beside its own; one JSON object a line, nothing imported.

No schema is for awards: an award that was given is an Event, and who decided it, handed it over, asked for it or received it are
links (UnknownLink) from the event, each with its role. What a source states has the article as its `proof`. What is only
proposed, planned or open to some is left out: nothing in the model would keep it apart from what was given.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import BinaryIO

from pyoxigraph import BlankNode, DefaultGraph, NamedNode

from thidua.exports import Dataset, Form
from thidua.exports.tables.cells import Value, name_of, node_of
from thidua.exports.tables.content import Cells, Reader
from thidua.exports.tables.definitions import Table, table_of
from thidua.terms import RDF_TYPE, shorten, td
from thidua.text import nfc

Entity = dict[str, object]
_OURS = "https://w3id.org/thidua/"
_NAME = "[0-9A-Za-z](?:[0-9A-Za-z-]*[0-9A-Za-z])?"
_PATH = re.compile(rf"{_NAME}(?:/{_NAME})*")
_MOST_OF_ID = 200
_LONGEST = {"name": 384, "alias": 384, "location": 2048, "summary": 65_000, "description": 65_000, "notes": 65_000}  # the model cuts there
_LONGEST_STRING = 1024
_NO_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff\s]+")
_KEPT_ABOUT = 5_000  # sources and kinds of things remembered
# Tables whose rows become entities, by the class that a thing must have; the first that fits counts where a thing has several.
_CLASSES = {
    "Source": "sources",
    "Person": "people",
    "Body": "bodies",
    "Post": "posts",
    "Place": "places",
    "Campaign": "campaigns",
    "Document": "documents",
    "AwardEvent": "awards",
    "Launch": "launches",
    "Gathering": "gatherings",
}
_STATE = {"StateBody", "Council", "PublicUnit", "ArmedForcesUnit"}
_AWARD_ROLES = {
    "awarders": "awarded by",
    "presenters": "presented by",
    "on_behalf_of": "on behalf of",
    "speaking_for": "in the name of",
    "requested_by": "requested by",
    "campaigns": "for campaign",
    "gatherings": "at gathering",
    "same_event_as": "another account of the same event",
}
_LAUNCH_ROLES = {"launchers": "launched by", "campaigns": "launch of", "gatherings": "at gathering"}


def entity_id(iri: str) -> str:
    """The entity's id: readable for our own IRIs, else a hash; the model allows letters, digits, points and hyphens."""
    path = iri.removeprefix(_OURS)
    if path != iri and len(path) <= _MOST_OF_ID and _PATH.fullmatch(path):
        return "thidua." + path.replace("/", ".")
    return "thidua.x." + hashlib.sha256(iri.encode()).hexdigest()[:40]


def _link_id(*parts: str) -> str:
    return "thidua.link." + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:40]


def _entity(id_: str, schema: str, **properties: Iterable[str | None] | str | None) -> Entity:
    """One entity; properties without a value are left out, texts stand on one line and end where the model would cut them."""
    kept: dict[str, list[str]] = {}
    for name, given in properties.items():
        values = [given] if isinstance(given, str) or given is None else given
        texts = (_NO_TEXT.sub(" ", nfc(value)).strip()[: _LONGEST.get(name, _LONGEST_STRING)].strip() for value in values if value)
        if found := list(dict.fromkeys(text for text in texts if text)):
            kept[name] = found
    return {"id": id_, "schema": schema, "properties": kept}


def _many(value: Value) -> list[str]:
    return value if isinstance(value, list) else [] if value is None else [value]


class _Writer:
    """Makes entities of rows of the tables."""

    def __init__(self, data: Dataset) -> None:
        self._selection = data.selection
        self.reader = Reader(data.selection, most_in_a_list=None)
        self.stands_in = lru_cache(_KEPT_ABOUT)(self._stands_in)
        self._publishers = lru_cache(_KEPT_ABOUT)(self._read_publishers)

    def entities(self) -> Iterator[Entity]:
        """All of them, those of one table after the other."""
        for name in _CLASSES.values():
            for iri, row in self._rows(name):
                if self.stands_in(iri) == name:
                    yield from _MAKERS[name](self, iri, row)
        for name in ("tenures", "recipient_groups"):
            for iri, row in self._rows(name):
                yield from _MAKERS[name](self, iri, row)

    def _rows(self, name: str) -> Iterator[tuple[str, Cells]]:
        """The rows of a table, with the values of tables of values that are about the same thing as cells of their names."""
        columns = {"members": "member", "names": "name", "evidence": "span"}
        values: Cells = {each: [] for each in columns}
        for table, row in self.reader.table(table_of(name)):
            if table.name in columns:
                values[table.name] = _many(values[table.name]) + _many(row[columns[table.name]])
            elif table.name == name:
                yield str(row[table.columns[0].name]), row | values
                values = {each: [] for each in columns}

    def _stands_in(self, iri: str) -> str | None:
        """The table of the thing's entity; None where it has none."""
        node = node_of(iri)
        types = self._selection.store.quads_for_pattern(node, RDF_TYPE, None, DefaultGraph()) if self._selection.holds(node) else ()
        classes = {quad.object for quad in types}
        return next((table for name, table in _CLASSES.items() if td(name) in classes), None)

    def _read_publishers(self, source: str) -> tuple[str, ...]:
        row, _ = self.reader.row(table_of("sources"), {"source": source})
        return (*self.names(row.get("publishers")), *_many(row.get("publisher_name")))

    def names(self, things: Value, making: str = "labels-vi") -> list[str]:
        """What the things are called."""
        return [self.reader.labels(one, making) for one in _many(things)]

    def ids(self, things: Value, *tables: str) -> list[str]:
        """The ids of those things that have entities, in one of `tables` where any are given."""
        return [entity_id(one) for one in _many(things) if (self.stands_in(one) or "") in (tables or _CLASSES.values())]

    def origin(self, iri: str, row: Cells) -> dict[str, list[str]]:
        """What tells where an entity comes from: its own page and those of its sources, their publishers, the articles."""
        sources = _many(row.get("sources"))
        return {
            "sourceUrl": [iri, *sources],
            "publisher": [name for one in sources for name in self._publishers(one)],
            "proof": self.ids(sources, "sources"),
        }

    def grounds(self, iri: str, row: Cells) -> list[str]:
        """In words, where exactly the words stand that say so, and what was inferred from what."""
        return [
            *(f"evidence: {shorten(one)}: {self._words_of(table_of('spans'), one)}" for one in _many(row.get("evidence"))),
            *(f"inferred: {shorten(one)}: {self._words_of(table_of('inferences'), one)}" for one in self._inferences(iri)),
        ]

    def _inferences(self, iri: str) -> list[str]:
        found = self._selection.store.quads_for_pattern(None, td("about"), node_of(iri), DefaultGraph())
        nodes = [quad.subject for quad in found if isinstance(quad.subject, NamedNode | BlankNode)]
        return sorted(name_of(node) for node in nodes if self._selection.holds(node))

    def _words_of(self, table: Table, iri: str) -> str:
        row, _ = self.reader.row(table, {table.columns[0].name: iri})
        named = ((column.name, _many(row.get(column.name))) for column in table.columns[1:] if column.name not in ("types", "stated_in"))
        return "; ".join(f"{name} {' '.join(shorten(value) for value in values)}" for name, values in named if values)

    def links(self, iri: str, row: Cells, roles: dict[str, str]) -> Iterator[Entity]:
        """A link for each thing that the row's columns lead to, with its role."""
        for column, role in roles.items():
            for other in _many(row.get(column)):
                if self.stands_in(other) is not None and other != iri:
                    yield self.link(iri, other, role, row)

    def link(self, iri: str, other: str, role: str, row: Cells, group: str | None = None) -> Entity:
        """One link from an event, by way of a group of recipients or straight; dated and proved as the event is."""
        subject, object_ = entity_id(iri), entity_id(other)
        schema, ends = "UnknownLink", {"subject": subject, "object": object_}
        if self.stands_in(other) == "documents":
            schema, ends = "Documentation", {"entity": subject, "document": object_}
        origin = self.origin(iri, row)
        in_words = None if group is None else _in_words(self, group)
        id_ = _link_id(role, iri, group or "", other)
        return _entity(id_, schema, role=role, summary=in_words, **ends, date=_many(row.get("date")), **origin)

    def without_entity(self, row: Cells, roles: dict[str, str]) -> list[str]:
        """In words, what the row's columns lead to that has no entity."""
        return [
            f"{role}: {self.reader.labels(one, 'labels-vi')}"
            for column, role in roles.items()
            for one in _many(row.get(column))
            if self.stands_in(one) is None
        ]


def _named(writer: _Writer, iri: str, row: Cells) -> dict[str, list[str]]:
    """Name, alias, origin and doubts of a thing of the registry."""
    vi, en = _many(row.get("label_vi")), _many(row.get("label_en"))
    notes = [f"{name}: {row[name]}" for name in ("certainty", "valid_from", "valid_until") if row.get(name)]
    return {
        "name": vi or en or [iri],
        "alias": [one for one in (*en, *_many(row.get("names"))) if one not in (vi or en)],
        "notes": notes,
        **writer.origin(iri, row),
    }


def _source(writer: _Writer, iri: str, row: Cells) -> Iterator[Entity]:
    yield _entity(
        entity_id(iri),
        "Article",
        title=[*_many(row.get("title_vi")), *_many(row.get("title_en"))] or writer.names(iri),
        author=_many(row.get("byline")),
        publishedAt=_many(row.get("published")),
        retrievedAt=_many(row.get("retrieved")),
        publisher=[*writer.names(row.get("publishers")), *_many(row.get("publisher_name"))],
        sourceUrl=[iri, *(one for one in _many(row.get("republished_from")) if one.startswith(("http://", "https://")))],
        notes=[f"sha256: {one}" for one in _many(row.get("sha256"))],
        language="vie",
    )


def _person(writer: _Writer, iri: str, row: Cells) -> Iterator[Entity]:
    yield _entity(entity_id(iri), "Person", **_named(writer, iri, row))


def _body(writer: _Writer, iri: str, row: Cells) -> Iterator[Entity]:
    classes = set(_many(row.get("types")))
    schema = "PublicBody" if classes & _STATE else "Company" if "Enterprise" in classes else "Organization"
    yield _entity(
        entity_id(iri),
        schema,
        **_named(writer, iri, row),
        country="vn",
        classification=writer.names(row.get("classifications")),
        incorporationDate=_many(row.get("valid_from")),
        dissolutionDate=_many(row.get("valid_until")),
        parent=[one for one in writer.ids(row.get("under"), "bodies") if one != entity_id(iri)],
    )
    for older in _many(row.get("preceded_by")):
        if writer.stands_in(older) == "bodies" and older != iri:
            ends = {"predecessor": entity_id(older), "successor": entity_id(iri)}
            yield _entity(_link_id("succession", older, iri), "Succession", **ends, date=_many(row.get("valid_from")))


def _post(writer: _Writer, iri: str, row: Cells) -> Iterator[Entity]:
    yield _entity(
        entity_id(iri),
        "Position",
        **_named(writer, iri, row),
        country="vn",
        organization=writer.ids(row.get("bodies"), "bodies"),
        inceptionDate=_many(row.get("valid_from")),
        dissolutionDate=_many(row.get("valid_until")),
    )


def _place(writer: _Writer, iri: str, row: Cells) -> Iterator[Entity]:
    yield _entity(
        entity_id(iri),
        "Territory",
        **_named(writer, iri, row),
        country="vn",
        level=_many(row.get("level")),
        territoryCode=_many(row.get("code")),
        partOf=[one for one in writer.ids(row.get("within"), "places") if one != entity_id(iri)],
    )


def _campaign(writer: _Writer, iri: str, row: Cells) -> Iterator[Entity]:
    goal = [*_many(row.get("theme_vi")), *_many(row.get("theme_en"))]
    yield _entity(entity_id(iri), "Project", **_named(writer, iri, row), goal=goal, keywords=writer.names(row.get("periods")))
    yield from writer.links(iri, row, {"part_of": "part of"})


def _document(writer: _Writer, iri: str, row: Cells) -> Iterator[Entity]:
    words = _named(writer, iri, row)
    yield _entity(
        entity_id(iri),
        "Document",
        **words,
        title=words["name"],
        fileName=words["name"][:1],
        date=_many(row.get("issued") or row.get("date")),
    )


def _dates(row: Cells) -> dict[str, list[str]]:
    """The date as exact as it is known; where none is told, the days between which it lies."""
    date = _many(row.get("date"))
    return {"date": date} if date else {"startDate": _many(row.get("earliest")), "endDate": _many(row.get("latest"))}


def _award(writer: _Writer, iri: str, row: Cells) -> Iterator[Entity]:
    types, revoked = writer.names(row.get("award_types")), row.get("status") == "revoked"
    name = " – ".join(filter(None, (" | ".join(types), " | ".join(writer.names(row.get("awarders"))))))
    doubts = [f"{one}: {row[one]}" for one in ("status", "certainty", "awarder_levels") if row.get(one)]
    doubts += [f"told by another account of the event: {shorten(one)}" for one in _many(row.get("taken_over"))]
    numbers = [f"{one}: {row[one]}" for one in ("items", "amount", "posthumous") if row.get(one)]
    counts_as = row.get("counts_as")
    if isinstance(counts_as, str) and counts_as != iri:
        doubts.append(f"told by several sources; the account that counts is {entity_id(counts_as)}")
    yield _entity(
        entity_id(iri),
        "Event",
        name=(name or iri) + (" (revoked)" if revoked else ""),
        keywords=[*types, *(["revoked"] if revoked else [])],
        summary="; ".join([*(_in_words(writer, group) for group in _many(row.get("recipient_groups"))), *numbers]),
        description=[*_many(row.get("reason_vi")), *_many(row.get("reason_en"))],
        location=writer.names(row.get("places")),
        notes=[
            *doubts,
            *writer.grounds(iri, row),
            *writer.without_entity(row, _AWARD_ROLES | {"awarder_types": "awarded by (kind of office)"}),
        ],
        **_dates(row),
        **writer.origin(iri, row),
    )
    yield from writer.links(iri, row, _AWARD_ROLES | {"decisions": "decision", "revoked_by": "revoked by", "cites": "cites"})


def _in_words(writer: _Writer, group: str) -> str:
    """A group of recipients as a text: a count that nobody printed is no number."""
    row, _ = writer.reader.row(table_of("recipient_groups"), {"group": group})
    count, bound = row.get("count"), row.get("count_bound")
    number = ("not counted" if count is None else f"{count}") + ("" if bound == "exact" else f" ({bound or 'unknown'})")
    return ", ".join(filter(None, (f"{row.get('kind') or 'unspecified'}: {number}", *writer.names(row.get("award_types")))))


def _launch(writer: _Writer, iri: str, row: Cells) -> Iterator[Entity]:
    yield _entity(
        entity_id(iri),
        "Event",
        name="Phát động: " + (" | ".join(writer.names(row.get("campaigns"))) or iri),
        description=[*_many(row.get("theme_vi")), *_many(row.get("theme_en"))],
        location=writer.names(row.get("places")),
        notes=[*writer.grounds(iri, row), *writer.without_entity(row, _LAUNCH_ROLES)],
        **_dates(row),
        **writer.origin(iri, row),
    )
    yield from writer.links(iri, row, _LAUNCH_ROLES | {"documents": "under document", "cites": "cites"})


def _gathering(writer: _Writer, iri: str, row: Cells) -> Iterator[Entity]:
    named = _named(writer, iri, row)
    named["notes"] += writer.grounds(iri, row)
    yield _entity(entity_id(iri), "Event", **named, location=writer.names(row.get("places")), **_dates(row))
    yield from writer.links(iri, row, {"organisers": "organised by", "cites": "cites"})


def _tenure(writer: _Writer, iri: str, row: Cells) -> Iterator[Entity]:
    holder, post = writer.ids(row.get("person"), "people"), writer.ids(row.get("post"), "posts")
    if holder and post:
        yield _entity(
            entity_id(iri),
            "Occupancy",
            holder=holder,
            post=post,
            date=_many(row.get("attested_on")),
            startDate=_many(row.get("valid_from")),
            endDate=_many(row.get("valid_until")),
            description=writer.grounds(iri, row),
            **writer.origin(iri, row),
        )


def _recipients(writer: _Writer, iri: str, row: Cells) -> Iterator[Entity]:
    """Named recipients only: a counted group of nobody known is told in the award's summary."""
    award = row.get("award")
    if isinstance(award, str) and writer.stands_in(award) == "awards":
        dated, _ = writer.reader.row(table_of("awards"), {"award": award})
        for member in _many(row.get("members")):
            if writer.stands_in(member) is not None:
                yield writer.link(award, member, "recipient", dated, group=iri)


_MAKERS: dict[str, Callable[[_Writer, str, Cells], Iterator[Entity]]] = {
    "sources": _source,
    "people": _person,
    "bodies": _body,
    "posts": _post,
    "places": _place,
    "campaigns": _campaign,
    "documents": _document,
    "awards": _award,
    "launches": _launch,
    "gatherings": _gathering,
    "tenures": _tenure,
    "recipient_groups": _recipients,
}


def _write(data: Dataset, out: BinaryIO) -> None:
    for entity in _Writer(data).entities():
        out.write((json.dumps(entity, ensure_ascii=False) + "\n").encode())


FORMS = {
    "ftm": Form(
        "ftm",
        ".ftm.json",
        to_file=_write,
        flattens=(
            ("classes", "the nearest schema of the model stands for a class"),
            ("graphs", "the articles that state a thing are its proof, not which of its values is whose"),
            ("languages", "texts have no language"),
            ("datatypes", "values are texts"),
            ("texts", "on one line, without marks of direction, and cut where the model cuts"),
            ("several", "spans are notes in words"),
            ("spans", "notes in words; the article is the proof"),
            ("inferences", "notes in words"),
            ("accounts", "a note says which account counts, and no total should count both"),
            ("uncounted", "groups without names are words in the award's summary"),
        ),
        leaves_out=("superseded", "derived", "vocabulary", "lexical", "blank"),
    )
}
