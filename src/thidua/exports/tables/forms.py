"""The forms tables, parquet and datapackage: the same tables, in three packings."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Protocol

from thidua.exports import Dataset, Form
from thidua.exports.tables.content import Cells, Reader
from thidua.exports.tables.csv_files import CsvFile
from thidua.exports.tables.csvw import METADATA_FILE, csvw_metadata
from thidua.exports.tables.definitions import Table, tables
from thidua.exports.tables.described import column_words
from thidua.exports.tables.package import DESCRIPTOR, package_descriptor
from thidua.exports.tables.parquet_files import ParquetFile

NOTES = (
    "Not here: the ontology, the law of who may award what, reorganisations, and what superseded versions of a source's graph said.",
    "A row has what all sources together state; columns stated_in say in whose graphs, not which value is whose.",
)
_FLATTENS = (
    ("graphs", "columns stated_in name the graphs that speak of a thing, not which of its values is whose"),
    ("lexical", "the store keeps the value: 1.50 is 1.5"),
)
_LEAVES_OUT = ("superseded", "vocabulary")


class TableFile(Protocol):
    """A file of one table, being written."""

    def write(self, row: Cells) -> None:
        """Adds a row."""

    def close(self) -> None:
        """Writes out what is still in memory."""


def _fill(data: Dataset, file_of: Callable[[Table], TableFile]) -> None:
    with ExitStack() as stack:
        files: dict[str, TableFile] = {}
        for table in tables():
            files[table.name] = file_of(table)
            stack.callback(files[table.name].close)
        for table, row in Reader(data.selection).cells():
            files[table.name].write(row)


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _to_csv(data: Dataset, folder: Path) -> None:
    _write_json(folder / METADATA_FILE, csvw_metadata(tables(), column_words(data.store), NOTES))
    _fill(data, lambda table: CsvFile(folder, table))


def _to_package(data: Dataset, folder: Path) -> None:
    _write_json(folder / DESCRIPTOR, package_descriptor(tables(), column_words(data.store), NOTES))
    (folder / "data").mkdir()
    _fill(data, lambda table: CsvFile(folder / "data", table))


def _to_parquet(data: Dataset, folder: Path) -> None:
    words = column_words(data.store)
    _fill(data, lambda table: ParquetFile(folder, table, words))


FORMS = {
    name: Form(name, "", to_folder=write, flattens=_FLATTENS, leaves_out=_LEAVES_OUT)
    for name, write in (("tables", _to_csv), ("datapackage", _to_package), ("parquet", _to_parquet))
}
