"""Reads exported tables back with other libraries and rebuilds the statements they hold, from what their metadata say alone.

CSV: csvw, by the CSVW metadata. Parquet: polars, and the fields' own metadata. Data package: frictionless, by the descriptor.
All by the rules of docs/exports.md.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars
from csvw import TableGroup
from frictionless import Package
from pyarrow import parquet
from pyoxigraph import BlankNode, Literal, NamedNode

from thidua.terms import PREFIXES, RDF_TYPE, TD

XSD = PREFIXES["xsd"]
Statement = tuple[str, str, str]  # as N-Triples prints the terms
WHEN = {4: "gYear", 7: "gYearMonth", 10: "date"}
# Properties that the rows of a table of values state, where the row does not name one.
STATES = {"evidence": (TD + "evidence", "span"), "members": (TD + "member", "member")}


@dataclass(frozen=True)
class Field:
    """A column that holds a property's values, as the metadata tell it."""

    name: str
    property: str
    datatype: str  # node, type, term, text, or a datatype of XML Schema
    language: str | None


def node(name: str) -> NamedNode | BlankNode:
    return BlankNode(name[2:]) if name.startswith("_:") else NamedNode(name)


def literal(value: str, datatype: str, language: str | None = None) -> Literal:
    return Literal(value, language=language) if language else Literal(value, datatype=NamedNode(datatype))


def any_term(row: dict[str, Any], column: str) -> NamedNode | BlankNode | Literal:
    """The term of a column that has its datatype and language in columns of their own."""
    datatype = row.get(f"{column}_datatype")
    return node(row[column]) if datatype is None else literal(row[column], datatype, row.get(f"{column}_language"))


def plain(value: object) -> str:
    """A typed value in the lexical form in which a store keeps it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, Decimal | float):
        digits = format(Decimal(repr(value)) if isinstance(value, float) else value, "f")
        return digits.rstrip("0").rstrip(".") if "." in digits else digits
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def stated(field: Field, row: dict[str, Any]) -> Iterator[NamedNode | BlankNode | Literal]:
    """The terms that a row's cell holds."""
    cell = row[field.name]
    for value in cell if isinstance(cell, list) else [] if cell is None else [cell]:
        text = plain(value.date() if field.datatype == "date" and isinstance(value, datetime.datetime) else value)  # csvw gives an instant
        if field.datatype == "node":
            yield node(text)
        elif field.datatype == "type":
            yield NamedNode(TD + text)
        elif field.datatype == "term":
            yield any_term(row, field.name)
        elif field.datatype == "when":
            yield literal(text, XSD + WHEN[len(text)])
        else:
            yield literal(text, XSD + field.datatype, field.language)


def statements_of(name: str, fields: Iterable[Field], key: str | None, rows: Iterable[dict[str, Any]]) -> Iterator[Statement]:
    """What the rows of the table `name` state."""
    fields = list(fields)
    for row in rows:
        if key is not None:
            subject = str(node(row[key]))
            for field in fields:
                for term in stated(field, row):
                    yield subject, f"<{field.property}>", str(term)
            continue
        subject = str(node(row["node"]))
        if name in STATES:
            property, column = STATES[name]
            yield subject, f"<{property}>", str(node(row[column]))
        elif name == "names":
            datatype = PREFIXES["rdf"] + "langString" if row["language"] else XSD + "string"
            yield subject, f"<{row['property']}>", str(literal(row["name"], datatype, row["language"]))
        else:
            assert name == "statements", name
            yield subject, f"<{row['property']}>", str(any_term(row, "value"))


def unescaped(value: object) -> object:
    """A text of a CSV file, or each of a list, without the apostrophe that keeps spreadsheets from running it."""
    if isinstance(value, list):
        return [value[0].removeprefix("'"), *value[1:]] if value else None
    return value[1:] if isinstance(value, str) and value.startswith("'") else value


def csv_rows(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of each table of the form `tables`, as the library csvw reads them: typed by the metadata, lists split."""
    group = TableGroup.from_file(folder / "csv-metadata.json")
    found: dict[str, list[dict[str, Any]]] = {}
    for table in group.tables:
        rows = found[str(table.url).removesuffix(".csv")] = []
        for row in table:
            rows.append({column: unescaped(value) for column, value in row.items()})
    return found


def csv_statements(folder: Path) -> set[Statement]:
    """All that the form `tables` states."""
    described = {one["url"]: one["tableSchema"] for one in json.loads((folder / "csv-metadata.json").read_text("utf-8"))["tables"]}
    found: set[Statement] = set()
    for name, rows in csv_rows(folder).items():
        schema = described[f"{name}.csv"]
        fields = [_csv_field(column, schema) for column in schema["columns"] if "propertyUrl" in column]
        found.update(statements_of(name, fields, schema.get("primaryKey"), rows))
    return found


def _csv_field(column: dict[str, Any], schema: dict[str, Any]) -> Field:
    datatype = column["datatype"]
    kind = datatype if isinstance(datatype, str) else {"IRI": "node"}.get(datatype["dc:title"], "when")
    if column["propertyUrl"] == RDF_TYPE.value:
        kind = "type"
    if any(other["name"] == f"{column['name']}_datatype" for other in schema["columns"]):
        kind = "term"
    return Field(column["name"], column["propertyUrl"], kind, column.get("lang"))


def parquet_rows(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of each table of the form `parquet`, as polars reads them."""
    return {path.stem: polars.read_parquet(path).to_dicts() for path in sorted(folder.glob("*.parquet"))}


def field_of(name: str, property: str, kind: str) -> Field:
    """A column by its kind, as the form's metadata name it."""
    kinds = {"iri": "node", "iris": "node", "types": "type", "instant": "dateTime"}
    datatype = kinds.get(kind, "string" if kind.startswith(("text", "code")) else kind)
    return Field(name, property, datatype, kind[5:] or None if kind.startswith("text") else None)


def parquet_statements(folder: Path) -> set[Statement]:
    """All that the form `parquet` states."""
    found: set[Statement] = set()
    for name, rows in parquet_rows(folder).items():
        schema = parquet.read_schema(folder / f"{name}.parquet")
        fields = [
            field_of(field.name, field.metadata[b"property"].decode(), field.metadata[b"kind"].decode())
            for field in schema
            if b"property" in field.metadata
        ]
        key = next((field.name for field in schema if not field.nullable), None)
        found.update(statements_of(name, fields, key, rows))
    return found


def package_rows(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of each table of the form `datapackage`, as frictionless reads them: typed by the descriptor, lists split."""
    found: dict[str, list[dict[str, Any]]] = {}
    resources: list[Any] = Package(str(folder / "datapackage.json")).resources
    for resource in resources:
        lists = {field.name for field in resource.schema.fields if field.custom["kind"] in ("iris", "codes", "types")}
        found[resource.name] = [
            {name: unescaped(value.split(" ") if value and name in lists else value) for name, value in row.items()}
            for row in resource.read_rows()
        ]
    return found


def package_statements(folder: Path) -> set[Statement]:
    """All that the form `datapackage` states."""
    schemas = {one.name: one.schema for one in Package(str(folder / "datapackage.json")).resources}
    found: set[Statement] = set()
    for name, rows in package_rows(folder).items():
        fields = [field_of(field.name, field.rdf_type, field.custom["kind"]) for field in schemas[name].fields if field.rdf_type]
        found.update(statements_of(name, fields, next(iter(schemas[name].primary_key), None), rows))
    return found


READERS = {"tables": csv_statements, "parquet": parquet_statements, "datapackage": package_statements}
