"""The rows of a table in order of what they are about, without holding them all."""

from __future__ import annotations

import heapq
import marshal
import tempfile
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import IO

from pyoxigraph import BlankNode, NamedNode, QuerySolutions, Store

from thidua.errors import InputError
from thidua.exports.tables.cells import text_of
from thidua.exports.tables.definitions import Table
from thidua.reading import read_text
from thidua.selection import Selection

Row = tuple[str | None, ...]
_AT_ONCE = 50_000  # rows sorted in memory: some 10 MB


def rows(selection: Selection, table: Table) -> Iterator[dict[str, str | None]]:
    """The values of the table's query, one row for each thing that the selection holds, sorted by its IRI.

    Where the query gives several rows for one thing, the first in order counts: all values are read from the thing's statements
    anyway, and a query adds what cannot be read there.
    """
    names, found = _solutions(selection.store, table.query)
    held = (tuple(row) for node, row in found if selection.holds(node))
    for _, same in groupby(in_order(held), key=lambda row: row[0]):
        yield dict(zip(names, next(same), strict=True))


def _solutions(store: Store, path: Path) -> tuple[list[str], Iterator[tuple[NamedNode | BlankNode, list[str | None]]]]:
    result = store.query(read_text(path))
    if not isinstance(result, QuerySolutions):
        raise InputError("query-syntax", path=path, detail="not a SELECT query")
    names = [variable.value for variable in result.variables]

    def found() -> Iterator[tuple[NamedNode | BlankNode, list[str | None]]]:
        for solution in result:
            node = solution[0]
            if isinstance(node, NamedNode | BlankNode):
                yield node, [None if term is None else text_of(term) for term in solution]

    return names, found()


def in_order(found: Iterable[Row], at_once: int = _AT_ONCE) -> Iterator[Row]:
    """The rows sorted (nothing before something), by way of sorted runs in temporary files where there are more than `at_once`."""
    source = iter(found)
    run = sorted(islice(source, at_once), key=_key)
    runs: list[Iterator[Row]] = []
    while len(run) == at_once:
        runs.append(_stored(run))
        run = sorted(islice(source, at_once), key=_key)
    return iter(run) if not runs else heapq.merge(*runs, run, key=_key)


def _key(row: Row) -> tuple[str, ...]:
    return tuple("" if value is None else value for value in row)


def _stored(run: list[Row]) -> Iterator[Row]:
    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the last row was read
    for row in run:
        marshal.dump(row, file)
    file.seek(0)

    return _stored_again(file, len(run))


def _stored_again(file: IO[bytes], count: int) -> Iterator[Row]:
    with file:
        for _ in range(count):
            row: Row = marshal.load(file)
            yield row
