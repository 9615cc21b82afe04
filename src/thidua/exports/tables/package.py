"""Frictionless Data: the descriptor that says what the CSV files hold (Data Package 1, Table Schema 1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from thidua import __version__
from thidua.exports.tables.cells import WHEN
from thidua.exports.tables.csvw import LICENCE, READING, TITLE
from thidua.exports.tables.definitions import Column, Table, key_of
from thidua.exports.tables.described import Words, table_words

DESCRIPTOR = "datapackage.json"
_TYPES = {"integer": "integer", "decimal": "number", "boolean": "boolean", "date": "date", "instant": "datetime"}


def package_descriptor(tables: Sequence[Table], words: Callable[[Table, Column], Words], notes: Sequence[str]) -> dict[str, Any]:
    """The data package of the given tables, each in a file `data/NAME.csv` beside the descriptor.

    Args:
        notes: what the form does not hold, a sentence each.
    """
    return {
        "profile": "tabular-data-package",
        "name": "thidua",
        "title": TITLE,
        "description": " ".join([READING, *notes]),
        "version": __version__,
        "licenses": [{"name": "CC-BY-4.0", "path": LICENCE}],
        "resources": [_resource(table, words) for table in tables],
    }


def _resource(table: Table, words: Callable[[Table, Column], Words]) -> dict[str, Any]:
    own = table_words(table)
    schema: dict[str, Any] = {"fields": [_field(table, column, words(table, column)) for column in table.columns], "missingValues": [""]}
    if table.key is not None:
        schema["primaryKey"] = table.key
    if table.references:
        schema["foreignKeys"] = [
            {"fields": column, "reference": {"resource": other, "fields": key_of(other)}} for column, other in table.references.items()
        ]
    return {
        "name": table.name,
        "path": f"data/{table.name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"lineTerminator": "\r\n", "doubleQuote": True, "skipInitialSpace": False},
        "title": own.title["en"],
        "description": own.description["en"],
        "schema": schema,
    }


def _field(table: Table, column: Column, words: Words) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "kind": column.kind,
        "type": _TYPES.get(column.kind, "string"),
        "title": words.title.get("en", column.name),
    }
    description = words.description.get("en")
    if description:
        field["description"] = description
    if column.predicate is not None:
        field["rdfType"] = column.predicate.value
    if column.kind == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    if column.name == table.key:
        field["constraints"] = {"required": True, "unique": True}
    elif column.kind == "when":
        field["constraints"] = {"pattern": "|".join(WHEN.values())}
    return field
