"""The queries behind networks and pictures, one file each, with headers as those of questions have them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import QuerySolutions, Store

from thidua.answers import text_of
from thidua.questions import Question, bind, load_question

Row = dict[str, str]


def view(name: str) -> Question:
    """The query NAME.rq of this folder with its header, for instance `networks/awards.edges`."""
    return load_question(Path(__file__).parent / f"{name}.rq")


def rows(store: Store, question: Question, lang: str) -> Iterator[Row]:
    """The rows of a view one by one as texts, unbound values left out; never all of them in memory."""
    solutions = store.query(bind(question, {}, lang))
    assert isinstance(solutions, QuerySolutions), question.path
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield {name: text_of(term) for name, term in zip(names, solution, strict=True) if term is not None}
