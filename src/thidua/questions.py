"""Named questions: their headers, their parameters, and their answers from the store."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Store

from thidua.answers import Answer, fold_rows, select
from thidua.assets import Assets
from thidua.errors import InputError
from thidua.reading import read_text
from thidua.sparql import readable, refuse_service
from thidua.terms import TD

PARAMETER_TYPES = ("agent", "body", "place", "campaign", "award-type", "post", "office", "source", "node", "date", "text", "flag")
HEADER_KEYS = ("summary", "description", "question@vi", "question@en", "tags", "rows")
_HEADER = re.compile(r"#\+ ([^:]+): (.+)")


@dataclass(frozen=True)
class Question:
    """One file of queries/: what it asks, in words and in SPARQL.

    `rows` are the key columns: rows that agree in them are one row of the answer (cli.md, "Rows").
    `parameters` maps a parameter's name (as on the command line) to its type, one of PARAMETER_TYPES.
    """

    name: str
    path: Path
    sparql: str
    header: dict[str, str]
    rows: tuple[str, ...]
    parameters: dict[str, str] = field(default_factory=dict)

    def asks(self, lang: str) -> str:
        """The question in words, in `lang`."""
        return self.header[f"question@{lang}"]


def load_question(path: Path) -> Question:
    """Reads one question file; its header is flat `#+ key: value` lines in the manner of grlc's decorators.

    Raises:
        InputError: a header line that says nothing known, or a header that lacks a key.
    """
    sparql, header, parameters = read_text(path), {}, {}
    for number, line in enumerate(sparql.splitlines(), start=1):
        if not line.startswith("#+"):
            continue
        match = _HEADER.fullmatch(line.rstrip())
        key, value = (match[1], match[2]) if match else ("", "")
        if key.startswith("parameter ") and value in PARAMETER_TYPES:
            parameters[key.removeprefix("parameter ")] = value
        elif key in HEADER_KEYS:
            header[key] = value
        else:
            raise InputError("question-header", path=path, line=number, detail=f"unknown header line {line!r}")
    for key in HEADER_KEYS:
        if key not in header:
            raise InputError("question-header", path=path, line=1, detail=f"the header lacks {key!r}")
    rows = tuple(column.strip() for column in header["rows"].split(","))
    return Question(path.stem, path, sparql, header, rows, parameters)


def load_questions(assets: Assets) -> dict[str, Question]:
    """All questions by name."""
    questions: dict[str, Question] = {}
    for path in assets.files("queries", ".rq"):
        if path.stem in questions:
            raise InputError("same-name", path=path, name=path.stem)
        questions[path.stem] = load_question(path)
    return questions


def bind(question: Question, values: dict[str, NamedNode | Literal], lang: str) -> str:
    """The question's SPARQL with its parameters bound and its labels in `lang`.

    Every `VALUES ?__name { UNDEF }` gets the term as the RDF library writes it, never text. Labels and texts are
    chosen by `VALUES ?__label { td:labelVi }` and `VALUES ?__lang { "vi" }`.
    """
    sparql = bind_values(question.sparql, values, question.path)
    if lang != "vi":
        sparql = _bind_one(sparql, "__label", "td:labelVi", f"<{TD}labelEn>")
        sparql = _bind_one(sparql, "__lang", '"vi"', str(Literal(lang)))
    return sparql


def bind_values(sparql: str, values: Mapping[str, NamedNode | Literal], path: Path) -> str:
    """A query of the file `path` with each `VALUES ?__name { UNDEF }` of `values` bound to its term."""
    for name, term in values.items():
        unbound, sparql = sparql, _bind_one(sparql, "__" + name.replace("-", "_"), "UNDEF", str(term))
        if unbound == sparql:
            detail = f"no VALUES ?__{name.replace('-', '_')} {{ UNDEF }} for the parameter {name}"
            raise InputError("question-header", path=path, line=1, detail=detail)
    return sparql


def _bind_one(sparql: str, variable: str, default: str, term: str) -> str:
    place = re.compile(rf"VALUES \?{variable} \{{ {re.escape(default)} \}}")
    return place.sub(lambda _: f"VALUES ?{variable} {{ {term} }}", sparql)


def ask(store: Store, question: Question, values: dict[str, NamedNode | Literal] | None = None, lang: str = "vi") -> Answer:
    """The question's answer: rows folded by its key columns, in the order the query states."""
    return evaluate(store, question, bind(question, values or {}, lang))


def evaluate(store: Store, question: Question, sparql: str) -> Answer:
    """The folded answer to `sparql`, which is the question with its parameters bound (see `bind`)."""
    refuse_service(sparql, question.path)
    try:
        answer = select(store, sparql)
    except SyntaxError as error:
        raise InputError("query-syntax", path=question.path, detail=readable(error)) from error
    missing = [column for column in question.rows if column not in answer.columns]
    if missing:
        raise InputError("question-header", path=question.path, line=1, detail=f"rows: there is no column {missing[0]}")
    return fold_rows(answer, question.rows)
