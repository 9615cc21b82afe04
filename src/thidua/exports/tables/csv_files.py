"""Tables as CSV files: RFC 4180, UTF-8, CRLF, a header; nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
from pathlib import Path

from thidua.exports.tables.cells import printed
from thidua.exports.tables.content import Cells
from thidua.exports.tables.definitions import Table


class CsvFile:
    """One table's file, `NAME.csv` in `folder`."""

    def __init__(self, folder: Path, table: Table) -> None:
        self._columns = [(column.name, column.kind) for column in table.columns]
        self._file = (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file, lineterminator="\r\n")
        self._writer.writerow([name for name, _ in self._columns])

    def write(self, row: Cells) -> None:
        """Adds a row."""
        self._writer.writerow([printed(kind, row.get(name)) for name, kind in self._columns])

    def close(self) -> None:
        """Writes out what is still in memory."""
        self._file.close()
