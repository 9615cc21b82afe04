"""What tables there are and what their columns hold: read from tables.toml, the one place that says so."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from thidua.terms import expand

LIST_KINDS = ("iris", "codes", "types")
MAKINGS = ("labels-vi", "labels-en", "precision", "datatype", "language")
KINDS = (*LIST_KINDS, "iri", "code", "text", "text-vi", "text-en", "integer", "decimal", "boolean", "date", "when", "instant", "term")
MOST_IN_A_LIST = 100  # so that no cell grows with the data
_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Column:
    """One column: its kind (see tables.toml) and the property (`predicate`) whose values it holds, or the column `of` which it is made."""

    name: str
    kind: str
    predicate: NamedNode | None = None
    of: str | None = None

    @property
    def is_list(self) -> bool:
        """Whether a cell holds a list."""
        return self.kind in LIST_KINDS


@dataclass(frozen=True, eq=False)
class Table:
    """One table: `holds` are the properties whose values are its rows, where it has no query of its own."""

    name: str
    title: tuple[str, str]
    description: tuple[str, str]
    columns: tuple[Column, ...]
    holds: frozenset[NamedNode] | None = None
    references: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str | None:
        """The column that tells the rows apart; None where it takes all of them."""
        return None if self.holds is not None else self.columns[0].name

    @property
    def query(self) -> Path:
        """The file of the query that gives the rows."""
        return _FOLDER / "rows" / f"{self.name}.rq"


@cache
def _content() -> dict[str, Any]:
    with (_FOLDER / "tables.toml").open("rb") as file:
        return tomllib.load(file)


def words_of(column: str) -> tuple[str, str, str, str] | None:
    """Title and description in English and Vietnamese of a column that is no property: title, title, description, description."""
    words = _content()["words"].get(column)
    return None if words is None else tuple(words)


@cache
def tables() -> tuple[Table, ...]:
    """All tables, in the order they are written: those with a query, then those of values."""
    return tuple(
        Table(
            name,
            tuple(one["title"]),
            tuple(one["description"]),
            tuple(_column(column, words) for column, words in one["columns"].items()),
            frozenset(_property(each) for each in one["holds"]) if "holds" in one else None,
            one.get("references", {}),
        )
        for name, one in _content().items()
        if name != "words"
    )


def _column(name: str, words: str) -> Column:
    kind, _, rest = words.partition(" ")
    if kind in MAKINGS:
        return Column(name, kind, of=rest.removeprefix("of "))
    if kind not in KINDS:
        raise ValueError(f"{name}: no such kind: {kind}")
    if kind == "types":
        rest = "rdf:type"
    return Column(name, kind, _property(rest) if rest else None)


def _property(name: str) -> NamedNode:
    iri = expand(name)
    if iri is None:
        raise ValueError(f"no such prefix: {name}")
    return NamedNode(iri)


def table_of(name: str) -> Table:
    """The table of that name."""
    return next(one for one in tables() if one.name == name)


def key_of(name: str) -> str:
    """The key of the table of that name, to which others refer."""
    key = table_of(name).key
    assert key is not None, f"{name} has no key"
    return key
