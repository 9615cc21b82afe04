"""What stands in every cell of every row: one pass over the things of a selection, each read once, nothing left aside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Store, Triple

from thidua.exports.tables.cells import PRECISIONS, XSD, Term, Value, datatype_of, fitting, language_of, name_of, node_of, text_of
from thidua.exports.tables.definitions import MOST_IN_A_LIST, Column, Table, table_of, tables
from thidua.exports.tables.rows import rows
from thidua.selection import Selection
from thidua.terms import td

Cells = dict[str, Value]
Labels = Callable[[str, str], str]  # of an IRI, by the making
_LABELS = {"labels-vi": td("labelVi"), "labels-en": td("labelEn")}
_STATEMENTS = table_of("statements")
_LABELS_KEPT = 20_000  # some 5 MB; bodies, posts and types come up again and again


class Reader:
    """Reads rows of the tables out of a selection; remembers the names of some things.

    Args:
        most_in_a_list: how many values a cell holds at most that holds several; None for all of them.
    """

    def __init__(self, selection: Selection, most_in_a_list: int | None = MOST_IN_A_LIST) -> None:
        self.selection = selection
        self._most = most_in_a_list
        self.labels = _labels(selection.store)
        self._homes = {property: table for table in tables() for property in table.holds or ()}

    def cells(self) -> Iterator[tuple[Table, Cells]]:
        """Every row of every table, as its cells by column.

        Tables come in their order, a table's rows in order of the things they are about; rows of tables of values come with the
        thing that they are about.
        """
        for table in tables():
            if table.holds is None:
                yield from self.table(table)

    def table(self, table: Table) -> Iterator[tuple[Table, Cells]]:
        """The rows of a table that has a query, each after those of tables of values that are about the same thing."""
        for given in rows(self.selection, table):
            row, of_values = self.row(table, given)
            yield from of_values
            yield table, row

    def row(self, table: Table, given: Mapping[str, str | None]) -> tuple[Cells, list[tuple[Table, Cells]]]:
        """The row about one thing, and the rows of tables of values that it needs.

        Args:
            given: what the table's query says, with the thing itself.
        """
        found: Cells = dict(given)
        node = str(given[table.columns[0].name])
        terms: dict[str, Term] = {}
        of_values: list[tuple[Table, Cells]] = []
        columns = _by_property(table)
        for property, term in _about(self.selection, node):
            of_values += self._nameless(table, term)
            if _placed(found, terms, columns.get(property, ()), term, self._most):
                continue
            home = self._homes.get(property, _STATEMENTS)
            value = _value_in(home, term)
            if value is None:
                home, value = _STATEMENTS, {"value": text_of(term)}
            cells: Cells = {"node_table": table.name, "node": node, "property": property.value, **value}
            of_values.append((home, _made(home, cells, {"value": term}, self.labels)))
        return _made(table, found, terms, self.labels), of_values

    def _nameless(self, table: Table, term: Term) -> list[tuple[Table, Cells]]:
        """The statements about a node without a name, which no table has a row for, and about those that it leads to."""
        found: list[tuple[Table, Cells]] = []
        seen, waiting = {term}, [term] if isinstance(term, BlankNode) else []
        while waiting:
            node = name_of(waiting.pop())
            for property, value in _about(self.selection, node):
                cells: Cells = {"node_table": table.name, "node": node, "property": property.value, "value": text_of(value)}
                found.append((_STATEMENTS, _made(_STATEMENTS, cells, {"value": value}, self.labels)))
                if isinstance(value, BlankNode) and value not in seen:
                    seen.add(value)
                    waiting.append(value)
        return found


@cache
def _by_property(table: Table) -> dict[NamedNode, list[Column]]:
    columns: dict[NamedNode, list[Column]] = defaultdict(list)
    for column in table.columns:
        if column.predicate is not None:
            columns[column.predicate].append(column)
    return dict(columns)


def _about(selection: Selection, node: str) -> Iterator[tuple[NamedNode, Term]]:
    for quad in selection.about(node_of(node)):
        assert not isinstance(quad.object, Triple), "the build refuses RDF 1.2 triple terms"
        yield quad.predicate, quad.object


def _placed(found: Cells, terms: dict[str, Term], columns: Sequence[Column], term: Term, most: int | None) -> bool:
    """Whether one of the columns holds the term now."""
    for column in columns:
        value = fitting(column.kind, term)
        if value is None:
            continue
        if column.is_list:
            values = found.setdefault(column.name, [])
            if isinstance(values, list) and (most is None or len(values) < most):
                values.append(value)
                return True
        elif found.get(column.name) is None:
            found[column.name] = value
            terms[column.name] = term
            return True
    return False


def _value_in(table: Table, term: Term) -> Cells | None:
    """The cells that hold the term in a table of values; None where that table cannot hold it."""
    names = {column.name for column in table.columns}
    if "name" not in names:
        column = next(one for one in table.columns if one.of is None and one.name not in ("node_table", "node", "property"))
        value = fitting(column.kind, term)
        return None if value is None else {column.name: value}
    if not isinstance(term, Literal) or term.direction is not None or not (term.language or term.datatype.value == XSD + "string"):
        return None
    return {"name": term.value, "language": term.language}


def _made(table: Table, found: Cells, terms: dict[str, Term], labels: Labels) -> Cells:
    """The row with the cells that are made from others."""
    for column in table.columns:
        value = None if column.of is None else found.get(column.of)
        if value is None or column.of is None:
            continue
        if column.kind in _LABELS:
            found[column.name] = " | ".join(labels(one, column.kind) for one in (value if isinstance(value, list) else [value]))
        elif column.kind == "precision":
            found[column.name] = PRECISIONS[len(value)]
        else:
            found[column.name] = (datatype_of if column.kind == "datatype" else language_of)(terms[column.of])
    return found


def _labels(store: Store) -> Labels:
    @lru_cache(_LABELS_KEPT)
    def label(name: str, making: str) -> str:
        found = store.quads_for_pattern(node_of(name), _LABELS[making], None, DefaultGraph())
        return min((text_of(quad.object) for quad in found if not isinstance(quad.object, Triple)), default=name)

    return label
