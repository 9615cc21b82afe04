"""What names are looked up in: everything the graph has a name for, with its validity, and the words by which names are taken apart."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from thidua.assets import Assets
from thidua.errors import InputError
from thidua.extraction.naming import Casing, expanded, normal
from thidua.reading import RDF_FORMATS, read_quads
from thidua.terms import PREFIXES, TD

UNREVIEWED = "Named in a text that the extractor read; entry made from the name alone, reviewed by nobody."
_SKOS, _ORG, _RDF = PREFIXES["skos"], PREFIXES["org"], PREFIXES["rdf"]
_PROVENANCE = PREFIXES["dcterms"] + "provenance"
_SOURCE = PREFIXES["dcterms"] + "source"
_LINKS = {
    f"{_ORG}classification": "classification",
    f"{_ORG}postIn": "postIn",
    f"{_ORG}originalOrganization": "original",
    f"{_ORG}resultingOrganization": "resulting",
    f"{_SKOS}broader": "broader",
    f"{TD}formerPlace": "original",
    f"{TD}newPlace": "resulting",
}
_FOLDERS = ("ontology", "graph")


@dataclass(frozen=True)
class Entity:
    """A thing the graph has a name for: its classes, names and whatever else is said of it, by the properties' local names."""

    iri: str
    classes: frozenset[str]
    name: str
    name_en: str
    labels: tuple[str, ...]
    said: dict[str, tuple[str, ...]] = field(hash=False)

    def one(self, property: str) -> str | None:
        """The first value of `property`, or None."""
        return next(iter(self.said.get(property, ())), None)


@dataclass(frozen=True)
class Pattern:
    """How bodies of a type are named: `head`, then a place of one of `kinds`, or (no kinds) anything.

    A head such as "Ban Dân vận Tỉnh ủy" tells the kind of place itself; the place's bare name follows.
    """

    type: str
    head: str
    kinds: tuple[str, ...]
    levels: frozenset[str]
    english: str


@dataclass(frozen=True)
class Held:
    """That somebody held a post, by a reviewed source."""

    person: str
    post: str
    day: str | None


@dataclass(frozen=True)
class Registry:
    """All that names are looked up in. Made by `Registry.load`; never changed.

    Attributes:
        entities: what is known by name, by IRI.
        by_name: IRIs by compared name (naming.normal), sorted.
        places: IRIs of places by (kind word, bare name), both compared.
        patterns: how bodies are named, longest head first.
        held: who held which post.
        unreviewed: the statements of entries that the extractor made before, by IRI: never looked up, but known.
        words: the tables of grammar/linking.toml.
    """

    entities: dict[str, Entity]
    by_name: dict[str, tuple[str, ...]]
    places: dict[tuple[str, str], tuple[str, ...]]
    patterns: tuple[Pattern, ...]
    held: tuple[Held, ...]
    unreviewed: dict[str, tuple[Quad, ...]]
    words: dict[str, Any]
    casing: Casing

    @classmethod
    def load(cls, assets: Assets, extra: Path | None = None) -> Registry:
        """The shipped registry, law and ontology, and those of a local data folder laid out as graph/.

        Entries that the extractor made itself (UNREVIEWED) are not looked up: what a text is linked to must not depend on
        which texts were read before.

        Raises:
            InputError: a file that cannot be read, or word lists that are not TOML.
        """
        quads = [quad for name in _FOLDERS for path in assets.files(name, *RDF_FORMATS) for quad in read_quads(path, str(path))]
        if extra is not None and extra.is_dir():
            for folder in ("registry", "law", "sources"):
                files = sorted(path for path in (extra / folder).glob("*") if path.suffix in RDF_FORMATS)
                quads += [quad for path in files for quad in read_quads(path, str(path))]
        return _registry(_reviewed(quads), _made_before(quads), _words(assets))

    def named(self, words: str, *classes: str) -> list[Entity]:
        """The things of one of `classes` that bear the name `words`, by IRI."""
        found = (self.entities[iri] for iri in self.by_name.get(normal(words), ()))
        return [entity for entity in found if entity.classes & set(classes)]

    def within(self, place: str) -> list[str]:
        """The places that `place` lies in, nearest first."""
        above: list[str] = []
        current = self.entities[place].one("within") if place in self.entities else None
        while current is not None and current not in above:
            above.append(current)
            current = self.entities[current].one("within") if current in self.entities else None
        return above

    def bounds(self, iri: str) -> tuple[str | None, str | None]:
        """The first and the last day on which a thing may have been, as far as the graph tells."""
        entity = self.entities.get(iri)
        if entity is None:
            return None, None
        first, last = entity.one("validFrom"), entity.one("validUntil")
        for interval, bound in ((entity.one("startsBetween"), "earliest"), (entity.one("endsBetween"), "latest")):
            known = self.entities[interval].one(bound) if interval in self.entities else None
            if bound == "earliest":
                first = first or known
            else:
                last = last or known
        return first, last

    def kind_word(self, place: Entity) -> str:
        """The word for its type that begins a place's name: tỉnh, thành phố, huyện …"""
        type = self.entities.get(place.one("placeType") or "")
        return "" if type is None else kind_word(type.name)

    def kinds(self) -> dict[str, list[Entity]]:
        """The types of place by their word in names."""
        found: dict[str, list[Entity]] = defaultdict(list)
        for entity in self.entities.values():
            if "PlaceType" in entity.classes:
                found[kind_word(entity.name)].append(entity)
        return found


def kind_word(name: str) -> str:
    """The word of a type of place as it stands in names: both types of city are "thành phố"."""
    compared = normal(name)
    return "thành phố" if compared.startswith("thành phố") else compared


def _reviewed(quads: Iterable[Quad]) -> list[Quad]:
    """The statements without entries the extractor made, and without source graphs that nobody reviewed."""
    quads = list(quads)
    graphs = {quad.subject.value for quad in quads if quad.predicate.value == TD + "reviewed" and quad.object == Literal(True)}  # type: ignore[union-attr]
    made = _marked(quads)
    return [
        quad
        for quad in quads
        if isinstance(quad.subject, NamedNode)
        and quad.subject.value not in made
        and (isinstance(quad.graph_name, DefaultGraph) or (isinstance(quad.graph_name, NamedNode) and quad.graph_name.value in graphs))
    ]


def _marked(quads: Iterable[Quad]) -> set[str]:
    return {
        quad.subject.value
        for quad in quads
        if quad.predicate.value == _PROVENANCE and isinstance(quad.object, Literal) and quad.object.value == UNREVIEWED
        and isinstance(quad.subject, NamedNode)
    }  # fmt: skip


def _made_before(quads: Iterable[Quad]) -> dict[str, tuple[Quad, ...]]:
    quads = list(quads)
    made: dict[str, list[Quad]] = {iri: [] for iri in _marked(quads)}
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and quad.subject.value in made and isinstance(quad.graph_name, DefaultGraph):
            made[quad.subject.value].append(quad)
    return {iri: tuple(sorted(set(quads), key=str)) for iri, quads in made.items()}


def _words(assets: Assets) -> dict[str, Any]:
    path = assets.folder("grammar") / "linking.toml"
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise InputError("missing-file", path=path) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError("syntax", path=path, line=1, detail=str(error)) from error


def _registry(quads: list[Quad], unreviewed: dict[str, tuple[Quad, ...]], words: dict[str, Any]) -> Registry:
    entities = _entities(quads)
    by_name: dict[str, set[str]] = defaultdict(set)
    places: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entity in entities.values():
        for label in entity.labels:
            by_name[normal(label)].add(entity.iri)
    registry = Registry(entities, {}, {}, _patterns(entities, words), _held(entities), unreviewed, words, _casing(entities, words))
    for entity in entities.values():
        if "Place" in entity.classes and (kind := registry.kind_word(entity)):
            places[kind, normal(entity.name).removeprefix(kind + " ")].add(entity.iri)
    registry.by_name.update({name: tuple(sorted(iris)) for name, iris in by_name.items()})
    registry.places.update({key: tuple(sorted(iris)) for key, iris in places.items()})
    return registry


def _entities(quads: list[Quad]) -> dict[str, Entity]:
    classes: dict[str, set[str]] = defaultdict(set)
    labels: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    said: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for quad in quads:
        iri, property, value = quad.subject.value, quad.predicate.value, quad.object  # type: ignore[union-attr]
        if property == _RDF + "type" and isinstance(value, NamedNode):
            if value.value.startswith(TD):
                classes[iri].add(value.value.removeprefix(TD))
        elif property in (_SKOS + "prefLabel", _SKOS + "altLabel") and isinstance(value, Literal):
            labels[iri][f"{property.removeprefix(_SKOS)}@{value.language}"].add(value.value)
        elif property == TD + "labelPattern" and isinstance(value, Literal):
            said[iri][f"labelPattern@{value.language}"].add(value.value)
        elif property == _SOURCE:
            said[iri]["source"].add(str(value))
        elif property.startswith(TD) or property in _LINKS:
            said[iri][_LINKS.get(property, property.removeprefix(TD))].add(value.value if isinstance(value, NamedNode | Literal) else "")
    found = {}
    for iri in sorted(classes):
        kinds = classes[iri]
        if kinds & _BODY_KINDS:
            kinds |= {"Body"}
        own = labels[iri]
        name = min(own["prefLabel@vi"], default="")
        found[iri] = Entity(
            iri,
            frozenset(kinds | ({"Campaign"} if "Contest" in kinds else set())),
            name,
            min(own["prefLabel@en"], default=name),
            tuple(sorted(own["prefLabel@vi"] | own["altLabel@vi"])),
            {property: tuple(sorted(values)) for property, values in said[iri].items()},
        )
    return found


_BODY_KINDS = {
    "ArmedForcesUnit", "Community", "Council", "Enterprise", "MassOrganisation", "PartyBody", "PressBody", "PublicUnit", "Sector",
    "StateBody", "SteeringBody",
}  # fmt: skip
_SLOTS = {
    "tỉnh": ("tỉnh", "thành phố"),
    "huyện": ("huyện", "quận", "thị xã", "thành phố"),
    "xã": ("xã", "phường", "thị trấn", "đặc khu"),
}
# Committees of the Party, by the kind of place whose committee they are.
_COMMITTEES = {"tỉnh ủy": "tỉnh", "thành ủy": "thành phố", "huyện ủy": "huyện", "quận ủy": "quận", "thị ủy": "thị xã"}


def _patterns(entities: dict[str, Entity], words: dict[str, Any]) -> tuple[Pattern, ...]:
    """The patterns of all types; "Ban Dân vận Tỉnh ủy …" stands for the same with "Thành ủy" unless that has a pattern of its own."""
    heads = {}
    for entity in entities.values():
        pattern = entity.one("labelPattern@vi")
        if "BodyType" in entity.classes and pattern is not None and "(" not in pattern:
            heads[entity.iri] = normal(expanded(pattern.split("{place}")[0], words["abbreviations"]))
    found = set()
    for iri, head in heads.items():
        levels, english = frozenset(entities[iri].said.get("level", ())), entities[iri].one("labelPattern@en") or ""
        last = head.rsplit(" ", 1)[-1]
        if head.endswith(tuple(_COMMITTEES)):
            before = head.removesuffix(next(one for one in _COMMITTEES if head.endswith(one)))
            slot = _SLOTS["tỉnh" if "province" in levels else "huyện"]
            for committee, kind in _COMMITTEES.items():
                if kind in slot and (before + committee == head or before + committee not in heads.values()):
                    found.add(Pattern(iri, before + committee, (kind,), levels, english))
        elif last in _SLOTS:
            found.add(Pattern(iri, head.removesuffix(f" {last}"), _SLOTS[last], levels, english))
        else:
            found.add(Pattern(iri, head, (), levels, english))
    return tuple(sorted(found, key=lambda one: (-len(one.head), one.head, one.type, one.kinds)))


def _held(entities: dict[str, Entity]) -> tuple[Held, ...]:
    tenures = (entity for entity in entities.values() if "Tenure" in entity.classes)
    return tuple(Held(entity.one("holder") or "", entity.one("post") or "", entity.one("attestedOn")) for entity in tenures)


def _casing(entities: dict[str, Entity], words: dict[str, Any]) -> Casing:
    proper = words["proper"]
    names = list(proper["words"])
    for entity in entities.values():
        if "Place" in entity.classes and entity.one("level") == "province":
            names.append(entity.name.split(" ", 2)[-1] if entity.name.startswith("Thành phố") else entity.name.split(" ", 1)[-1])
        elif "Body" in entity.classes or "BodyType" in entity.classes:
            names += [entity.name, *entity.said.get("labelPattern@vi", ())]
    heads = [word for word in words["heads"] if " " in word]
    return Casing([name.split(" {place}")[0] for name in [*names, *heads] if name and "(" not in name], proper["small"], proper["fields"])
