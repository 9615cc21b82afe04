"""Cases of tests/cases/questions: a folder holds the arguments and the rows expected."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Store

from tests.conftest import CASES
from thidua.answers import JOIN, Answer, pick_columns, text_of
from thidua.assets import Assets
from thidua.commands.ask import read_parameters
from thidua.questions import Question, bind, evaluate, load_questions
from thidua.resolve import resolve

QUESTIONS = load_questions(Assets())
Bag = Counter[tuple[frozenset[str], ...]]


@dataclass(frozen=True)
class Case:
    """One case: the question, its arguments, the columns compared and the rows expected."""

    graph: str
    question: str
    name: str
    args: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def id(self) -> str:
        return f"{self.graph}-{self.question}-{self.name}"

    def expected(self) -> Bag:
        """The rows as a bag; a cell of several values is a set (their order is no matter)."""
        return Counter(tuple(frozenset(cell.split(JOIN)) for cell in row) for row in self.rows)

    def bound(self, store: Store) -> tuple[Question, str]:
        """The question, and its SPARQL with the case's parameters and language."""
        question: Question = QUESTIONS[self.question]
        words = list(self.args)
        lang = "en" if words[:2] == ["--lang", "en"] else "vi"
        given = read_parameters(question, words[2:] if lang == "en" else words)
        values = {name: resolve(store, name, question.parameters[name], value) for name, value in given.items()}
        return question, bind(question, values, lang)

    def compared(self, answer: Answer) -> Bag:
        """An answer in the form of `expected`."""
        picked = pick_columns(answer, self.columns)
        return Counter(tuple(frozenset(text_of(term).split(JOIN)) for term in row) for row in picked.rows)

    def answered(self, store: Store) -> Bag:
        """What the store answers, in the same form."""
        question, sparql = self.bound(store)
        return self.compared(evaluate(store, question, sparql))


def load_case(folder: Path) -> Case:
    with (folder / "rows.csv").open(encoding="utf-8", newline="") as file:
        columns, *rows = [tuple(row) for row in csv.reader(file)]
    args = tuple((folder / "args").read_text("utf-8").splitlines())
    return Case(folder.parent.parent.name, folder.parent.name, folder.name, args, columns, tuple(rows))


def load_cases(graph: str) -> list[Case]:
    """All cases of one graph, "shipped" or one of those made up, sorted."""
    return [load_case(path.parent) for path in sorted((CASES / "questions" / graph).glob("*/*/rows.csv"))]
