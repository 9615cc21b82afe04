"""Tables as Apache Parquet files: typed columns, lists as lists, texts as they are (extra `parquet`)."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

from thidua.errors import InputError
from thidua.exports.tables.cells import Value
from thidua.exports.tables.content import Cells
from thidua.exports.tables.csvw import LICENCE
from thidua.exports.tables.definitions import Column, Table
from thidua.exports.tables.described import Words, table_words

_AT_ONCE = 5_000  # rows of one group in the file, held in memory until it is written


class ParquetFile:
    """One table's file, `NAME.parquet` in `folder`; what a column holds stands in the metadata of its field."""

    def __init__(self, folder: Path, table: Table, words: Callable[[Table, Column], Words]) -> None:
        try:
            import pyarrow as arrow
            from pyarrow import parquet
        except ImportError as error:
            raise InputError("needs-extra", what="--format parquet", extra="parquet") from error
        self._arrow, self._table = arrow, table
        fields = [
            arrow.field(column.name, _type(arrow, column), column.name != table.key, _metadata(column, words(table, column)))
            for column in table.columns
        ]
        own = table_words(table)
        self._schema = arrow.schema(fields, metadata={"title": own.title["en"], "description": own.description["en"], "license": LICENCE})
        self._rows: list[Cells] = []
        self._file = parquet.ParquetWriter(folder / f"{table.name}.parquet", self._schema, compression="zstd")

    def write(self, row: Cells) -> None:
        """Adds a row."""
        self._rows.append(row)
        if len(self._rows) >= _AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        arrays = [
            self._arrow.array([_value(column, row.get(column.name)) for row in self._rows], field.type)
            for column, field in zip(self._table.columns, self._schema, strict=True)
        ]
        self._file.write_table(self._arrow.Table.from_arrays(arrays, schema=self._schema))
        self._rows.clear()

    def close(self) -> None:
        """Writes out what is still in memory."""
        if self._rows:
            self._flush()
        self._file.close()


def _metadata(column: Column, words: Words) -> dict[str, str]:
    """Of a field: the kind of cell (see tables.toml), the property, and what it means."""
    metadata = {"kind": column.kind} if column.predicate is None else {"kind": column.kind, "property": column.predicate.value}
    for language, title in words.title.items():
        metadata[f"title@{language}"] = title
    for language, description in words.description.items():
        metadata[f"description@{language}"] = description
    return metadata


def _type(arrow: Any, column: Column) -> Any:
    if column.is_list:
        return arrow.list_(arrow.string())
    types: dict[str, Any] = {
        "integer": arrow.int64(),
        "decimal": arrow.float64(),
        "boolean": arrow.bool_(),
        "date": arrow.date32(),
        "instant": arrow.timestamp("s", tz="UTC"),
    }
    return types.get(column.kind, arrow.string())


_READ: dict[str, Callable[[str], object]] = {
    "integer": int,
    "decimal": float,
    "boolean": lambda value: value == "true",
    "date": datetime.date.fromisoformat,
    "instant": datetime.datetime.fromisoformat,
}


def _value(column: Column, value: Value) -> object:
    read = _READ.get(column.kind)
    return value if read is None or not isinstance(value, str) else read(value)
