"""Answers as columns and rows of RDF terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store, Triple

from thidua.errors import InputError

Term = NamedNode | BlankNode | Literal | Triple
Row = tuple[Term | None, ...]
JOIN = " | "


@dataclass(frozen=True)
class Answer:
    """Columns by name, rows of terms; None is an unbound value."""

    columns: list[str]
    rows: list[Row]


def select(store: Store, sparql: str) -> Answer:
    """The rows of a SELECT query.

    Raises:
        SyntaxError: it is not SPARQL 1.1, or not a SELECT query.
    """
    solutions = store.query(sparql)
    if not isinstance(solutions, QuerySolutions):
        raise SyntaxError("not a SELECT query")
    return Answer([variable.value for variable in solutions.variables], [tuple(solution) for solution in solutions])


def text_of(term: Term | None) -> str:
    """The term as SPARQL's CSV results print it: an IRI or a literal's lexical form, nothing for unbound."""
    if term is None:
        return ""
    return str(term) if isinstance(term, Triple | BlankNode) else term.value


def fold_rows(answer: Answer, keys: Sequence[str]) -> Answer:
    """One row for all rows that agree in the key columns, in the order in which the query gave them.

    In the other columns the distinct values are sorted and joined by " | "; a single value stays the term it is.

    Args:
        answer: any rows, for instance the cross product of a conferral's presenters and campaigns.
        keys: the columns that make a row.
    """
    places = [answer.columns.index(key) for key in keys]
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in answer.rows:
        groups.setdefault(tuple(str(row[place] or "") for place in places), []).append(row)
    folded = [tuple(_joined(list(values)) for values in zip(*rows, strict=True)) for rows in groups.values()]
    return Answer(answer.columns, folded)


def _joined(values: list[Term | None]) -> Term | None:
    distinct = {text_of(value): value for value in values if value is not None}
    if len(distinct) <= 1:
        return next(iter(distinct.values()), None)
    return Literal(JOIN.join(sorted(distinct)))


def pick_columns(answer: Answer, columns: Sequence[str]) -> Answer:
    """Only the named columns, in the order given."""
    for name in columns:
        if name not in answer.columns:
            raise InputError("unknown-column", name=name, columns=", ".join(answer.columns))
    places = [answer.columns.index(name) for name in columns]
    return Answer(list(columns), [tuple(row[place] for place in places) for row in answer.rows])
