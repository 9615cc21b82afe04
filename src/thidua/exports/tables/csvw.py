"""CSV on the Web: the metadata that say what the CSV files hold (W3C Metadata Vocabulary for Tabular Data)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from thidua.exports.tables.cells import WHEN
from thidua.exports.tables.definitions import Column, Table, key_of
from thidua.exports.tables.described import Words, table_words

METADATA_FILE = "csv-metadata.json"  # the name under which the recommendation has a reader look for it
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
TITLE = "thidua: Vietnam's emulation-and-commendation system"
READING = (
    "An empty cell is no value. A text that a spreadsheet might run as a formula, an empty text, and a text that begins with an "
    "apostrophe stand behind an apostrophe, which is to be taken away. Several values of a cell stand with a blank between."
)
_IRI = {"base": "string", "format": r"\S+", "dc:title": "IRI"}  # no anyURI: libraries write its letters as %E1%BB%AD
_DATATYPES: dict[str, Any] = {
    "iri": _IRI,
    "iris": _IRI,
    "integer": "integer",
    "decimal": "decimal",
    "boolean": "boolean",
    "date": "date",
    "instant": "dateTime",
    "when": {"base": "string", "format": "|".join(WHEN.values()), "dc:title": "a day, a month or a year"},
}
_LANGUAGES = {"text-vi": "vi", "labels-vi": "vi", "text-en": "en", "labels-en": "en"}


def csvw_metadata(tables: Sequence[Table], words: Callable[[Table, Column], Words], notes: Sequence[str]) -> dict[str, Any]:
    """The table group of the given tables, each in a file `NAME.csv` beside the metadata.

    Args:
        notes: what the form does not hold, a sentence each.
    """
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": TITLE,
        "dc:license": {"@id": LICENCE},
        "dc:description": " ".join([READING, *notes]),
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "header": True, "trim": False},
        "tables": [_table(table, words) for table in tables],
    }


def _table(table: Table, words: Callable[[Table, Column], Words]) -> dict[str, Any]:
    schema: dict[str, Any] = {"columns": [_column(table, column, words(table, column)) for column in table.columns]}
    if table.key is not None:
        schema |= {"primaryKey": table.key, "aboutUrl": f"{{+{table.key}}}"}
    if table.references:
        schema["foreignKeys"] = [
            {"columnReference": column, "reference": {"resource": f"{other}.csv", "columnReference": key_of(other)}}
            for column, other in table.references.items()
        ]
    return {"url": f"{table.name}.csv"} | _common(table_words(table)) | {"tableSchema": schema}


def _column(table: Table, column: Column, words: Words) -> dict[str, Any]:
    described: dict[str, Any] = {"name": column.name, "titles": column.name} | _common(words)
    described["datatype"] = _DATATYPES.get(column.kind, "string")
    if column.is_list:
        described["separator"] = " "
    if column.kind in _LANGUAGES:
        described["lang"] = _LANGUAGES[column.kind]
    if column.name == table.key:
        described["required"] = True
    if column.predicate is not None:
        described["propertyUrl"] = column.predicate.value
    if column.kind == "iri":
        described["valueUrl"] = f"{{+{column.name}}}"  # not of lists: a template joins them with commas
    if column.of is not None:
        described["suppressOutput"] = True  # made from another column
    return described


def _common(words: Words) -> dict[str, Any]:
    """Title and description as annotations: a column's `titles` are what its header prints."""
    return {
        f"dc:{name}": [{"@value": text, "@language": language} for language, text in texts.items()]
        for name, texts in (("title", words.title), ("description", words.description))
        if texts
    }
