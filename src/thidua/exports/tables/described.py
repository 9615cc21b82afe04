"""What a column is called and means, in English and Vietnamese: the ontology's own words where it holds a property."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from thidua.exports.tables.definitions import Column, Table, words_of
from thidua.terms import PREFIXES

LANGUAGES = ("en", "vi")
_LABEL, _DEFINITION = NamedNode(PREFIXES["rdfs"] + "label"), NamedNode(PREFIXES["skos"] + "definition")
_NAMES = ("Names of the things in {}, for readers.", "Tên của các nút ở cột {}.")
_MADE = {  # titles, then descriptions
    "labels-vi": ("{}: names, Vietnamese", "{}: tên, tiếng Việt", *_NAMES),
    "labels-en": ("{}: names, English", "{}: tên, tiếng Anh", *_NAMES),
    "precision": ("{}: how exact", "{}: độ chính xác", "day, month or year: how exactly {} is known.", "{} biết đến ngày, tháng hay năm."),
    "datatype": (
        "{}: datatype",
        "{}: kiểu dữ liệu",
        "Datatype of {}; none for an IRI.",
        "Kiểu dữ liệu của {}; trống nếu là IRI.",
    ),
    "language": ("{}: language", "{}: ngôn ngữ", "The language of {}, where it has one.", "Ngôn ngữ của {}, nếu có."),
}


@dataclass(frozen=True)
class Words:
    """Titles and descriptions by language."""

    title: dict[str, str]
    description: dict[str, str]


def table_words(table: Table) -> Words:
    """Those of a table."""
    return Words(dict(zip(LANGUAGES, table.title, strict=True)), dict(zip(LANGUAGES, table.description, strict=True)))


def column_words(store: Store) -> Callable[[Table, Column], Words]:
    """What gives those of a column: from tables.toml, or from the ontology in the store; the name alone where neither has any."""

    def words(table: Table, column: Column) -> Words:
        if column.of is not None:
            base = words(table, next(one for one in table.columns if one.name == column.of))
            titles, descriptions = _MADE[column.kind][:2], _MADE[column.kind][2:]
            return Words(
                {lang: title.format(base.title.get(lang, column.of)) for lang, title in zip(LANGUAGES, titles, strict=True)},
                {lang: each.format(column.of) for lang, each in zip(LANGUAGES, descriptions, strict=True)},
            )
        own = words_of(column.name)
        if own is not None and (column.predicate is None or column.kind == "types"):
            return Words(dict(zip(LANGUAGES, own[:2], strict=True)), dict(zip(LANGUAGES, own[2:], strict=True)))
        assert column.predicate is not None, f"tables.toml has no words for {column.name}"
        return Words(_texts(store, column.predicate, _LABEL) or {"en": column.name}, _texts(store, column.predicate, _DEFINITION))

    return words


def _texts(store: Store, property: NamedNode, annotation: NamedNode) -> dict[str, str]:
    found = (quad.object for quad in store.quads_for_pattern(property, annotation, None, DefaultGraph()))
    texts = sorted((one.language or "", one.value) for one in found if isinstance(one, Literal))
    return {language: text for language, text in reversed(texts) if language in LANGUAGES}
