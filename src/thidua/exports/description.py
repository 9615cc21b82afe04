"""What a data set is, counted: the one pass over the statements from which dcat and rocrate describe it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, Store

from thidua.answers import text_of
from thidua.exports import Dataset
from thidua.selection import Selection
from thidua.terms import RDF_TYPE, td
from thidua.versions import GENERATED

IRI = "https://w3id.org/thidua/dataset"
HOME = "https://w3id.org/thidua/"
LICENSE = "https://creativecommons.org/licenses/by/4.0/"
TITLE = {"vi": "Đồ thị tri thức thi đua, khen thưởng Việt Nam", "en": "A knowledge graph of Vietnam's emulation and commendation"}
SAYS = {
    "vi": "Ai đã tặng thưởng gì cho ai, thay mặt ai, trong phong trào và thời kỳ nào, và nguồn nào nói vậy; cùng các cơ quan, chức vụ, "
    "địa danh, quy định về thẩm quyền và bộ thuật ngữ.",
    "en": "Who awarded what to whom, on whose behalf, in which campaign and period, and which source says so; with the bodies, posts, "
    "places, the rules on who may award what, and the vocabulary.",
}
KEYWORDS = {"vi": ("thi đua", "khen thưởng", "phong trào", "Việt Nam"), "en": ("emulation", "awards", "campaigns", "provenance", "Vietnam")}
_EARLIEST, _LATEST = td("earliest"), td("latest")
_HAPPENED = {td(name) for name in ("Conferral", "Launch", "Gathering", "Reorganisation")}
_WHERE = """
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX td: <https://w3id.org/thidua/ontology#>
SELECT DISTINCT ?fact ?place WHERE {
  { ?fact a td:Conferral ; td:place ?place } UNION
  { ?fact a td:Conferral ; td:awardedBy/td:jurisdiction ?place } UNION
  { ?fact a td:Conferral ; td:awardedBy/org:postIn/td:jurisdiction ?place } UNION
  { ?fact a td:Figure ; td:scope ?place . ?place a td:Place }
}"""


@dataclass
class Counts:
    """Statements and things of the merged default graph, by class, property and language; what they cover, in time and space."""

    triples: int = 0
    subjects: int = 0
    classes: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    first: str | None = None
    last: str | None = None
    recorded: str | None = None
    places: list[NamedNode] = field(default_factory=list)
    graphs: int = 0


def count(data: Dataset) -> Counts:
    """The counts of a data set or part, in one pass; memory is for classes, properties, languages and places, not for things."""
    counts = Counts(graphs=len(data.selection.graphs))
    for _, about in groupby(data.selection.merged(), key=lambda quad: quad.subject):
        _count_one(counts, list(about))
    counts.places = _places(data.store, data.selection)
    return counts


def _count_one(counts: Counts, about: list[Quad]) -> None:
    counts.subjects += 1
    counts.triples += len(about)
    happened = any(quad.predicate == RDF_TYPE and quad.object in _HAPPENED for quad in about)
    for quad in about:
        counts.properties[quad.predicate.value] += 1
        if quad.predicate == RDF_TYPE and isinstance(quad.object, NamedNode):
            counts.classes[quad.object.value] += 1
        elif isinstance(quad.object, Literal) and quad.object.language:
            counts.languages[quad.object.language] += 1
        elif happened and quad.predicate == _EARLIEST:
            counts.first = min(counts.first or text_of(quad.object), text_of(quad.object))
        elif happened and quad.predicate == _LATEST:
            counts.last = max(counts.last or "", text_of(quad.object))
        elif quad.predicate == GENERATED:
            counts.recorded = max(counts.recorded or "", text_of(quad.object)[:10])


def _places(store: Store, selection: Selection) -> list[NamedNode]:
    """The places where what is told was awarded or counted, sorted."""
    found = store.query(_WHERE)
    assert isinstance(found, QuerySolutions)
    places = {place for fact, place in found if isinstance(place, NamedNode) and isinstance(fact, NamedNode) and selection.tells(fact)}
    return sorted(places, key=lambda place: place.value)


def iri_of(selection: Selection) -> str:
    """The data set's IRI; a part has one of its own, made from its filters."""
    if selection.whole:
        return IRI
    said = "\n".join(f"{name} {value}" for name, value in sorted(selection.filters.given().items()))
    return f"{IRI}/part/{sha256(said.encode()).hexdigest()[:16]}"


def narrowed_by(selection: Selection) -> str:
    """The filters of a part in words, empty for the whole."""
    return ", ".join(f"{name} {text_of(value)}" for name, value in selection.filters.given().items())


def label_of(store: Store, node: NamedNode) -> str:
    """The Vietnamese label of a place."""
    found: Iterable[Quad] = store.quads_for_pattern(node, td("labelVi"), None, DefaultGraph())
    return next((text_of(quad.object) for quad in found), node.value)
