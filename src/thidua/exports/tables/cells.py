"""From RDF terms to cells and to what a CSV file prints of them, each reversible; the rules are in docs/exports.md."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable

from pyoxigraph import BlankNode, Literal, NamedNode

from thidua.terms import PREFIXES, TD

Term = NamedNode | BlankNode | Literal
Value = str | list[str] | None

XSD = PREFIXES["xsd"]
LANG_STRING = PREFIXES["rdf"] + "langString"
WHEN = {"gYear": r"[0-9]{4}", "gYearMonth": r"[0-9]{4}-[0-9]{2}", "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}"}
PRECISIONS = {4: "year", 7: "month", 10: "day"}
_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_WHEN = {XSD + name: re.compile(form) for name, form in WHEN.items()}
_BLANK = re.compile(r"\s")
# What a spreadsheet may take for the beginning of a formula, the full-width forms too; and our own mark.
_BEGINS_FORMULA = "=+-@'\uff1d\uff0b\uff0d\uff20\u2212"
_RUNS_AT_ONCE = "\t\r\n"


def name_of(node: NamedNode | BlankNode) -> str:
    """The node's IRI, or `_:` and its name."""
    return node.value if isinstance(node, NamedNode) else str(node)


def node_of(name: str) -> NamedNode | BlankNode:
    """The node that `name_of` named so."""
    return BlankNode(name[2:]) if name.startswith("_:") else NamedNode(name)


def text_of(term: Term) -> str:
    """The term's text alone: IRI, blank node, or lexical form."""
    return term.value if isinstance(term, Literal) else name_of(term)


def datatype_of(term: Term) -> str | None:
    """The IRI of a literal's datatype; None for a node."""
    return term.datatype.value if isinstance(term, Literal) else None


def language_of(term: Term) -> str | None:
    """The language of a text, with its direction where it has one (`ar--rtl`, as N-Triples 1.2 prints it); else None."""
    if not isinstance(term, Literal) or term.language is None:
        return None
    return term.language if term.direction is None else f"{term.language}--{term.direction}"


def fitting(kind: str, term: Term) -> str | None:
    """What a cell of this kind holds of the term; None where the term could not be rebuilt from it."""
    return _FITTING[kind](term)


def _node(term: Term) -> str | None:
    return name_of(term) if isinstance(term, NamedNode | BlankNode) and not _BLANK.search(term.value) else None


def _type(term: Term) -> str | None:
    if not isinstance(term, NamedNode) or not term.value.startswith(TD):
        return None
    name = term.value[len(TD) :]
    return name if name and not _BLANK.search(name) else None


def _typed(datatype: str, holds: Callable[[str], object]) -> Callable[[Term], str | None]:
    def fit(term: Term) -> str | None:
        plain = isinstance(term, Literal) and term.datatype.value == XSD + datatype
        return term.value if plain and isinstance(term, Literal) and holds(term.value) else None

    return fit


def _in_language(language: str) -> Callable[[Term], str | None]:
    # A language with a direction (RDF 1.2) has another datatype.
    return lambda term: (
        term.value if isinstance(term, Literal) and term.language == language and term.datatype.value == LANG_STRING else None
    )


def _when(term: Term) -> str | None:
    form = _WHEN.get(term.datatype.value) if isinstance(term, Literal) else None
    return term.value if form and isinstance(term, Literal) and form.fullmatch(term.value) and _is_in_calendar(term.value) else None


def _is_in_calendar(value: str) -> bool:
    try:
        return bool(datetime.date.fromisoformat(value + "0000-01-01"[len(value) :]))
    except ValueError:
        return False


def _is_day(value: str) -> bool:
    return bool(_WHEN[XSD + "date"].fullmatch(value)) and _is_in_calendar(value)


def _is_instant(value: str) -> bool:
    try:
        return bool(_INSTANT.fullmatch(value)) and bool(datetime.datetime.fromisoformat(value))
    except ValueError:
        return False


def _is_exact_float(value: str) -> bool:
    """Whether a double gives back the very digits: 15 of them always do."""
    return bool(_DECIMAL.fullmatch(value)) and sum(map(str.isdigit, value)) <= 15


_FITTING: dict[str, Callable[[Term], str | None]] = {
    "iri": _node,
    "iris": _node,
    "types": _type,
    "code": _typed("string", bool),
    "codes": _typed("string", lambda value: value and not _BLANK.search(value)),
    "text": _typed("string", lambda value: True),
    "text-vi": _in_language("vi"),
    "text-en": _in_language("en"),
    "integer": _typed("integer", lambda value: _INTEGER.fullmatch(value) and -(2**63) <= int(value) < 2**63 if len(value) < 20 else False),
    "decimal": _typed("decimal", _is_exact_float),
    "boolean": _typed("boolean", lambda value: value in ("true", "false")),
    "date": _typed("date", _is_day),
    "when": _when,
    "instant": _typed("dateTime", _is_instant),
    "term": text_of,
}

NUMBERS_AND_DATES = ("integer", "decimal", "boolean", "date", "instant")


def printed(kind: str, value: Value) -> str:
    """A cell as a CSV file prints it: nothing for no value; what a spreadsheet might run gets an apostrophe before it.

    An empty text is an apostrophe alone, so that it is not taken for no value; a text that begins with an apostrophe gets one more.
    Numbers, dates and truth values stay as they are.
    """
    if value is None:
        return ""
    text = " ".join(value) if isinstance(value, list) else value
    if kind in NUMBERS_AND_DATES:
        return text
    return "'" + text if not text or _may_run(text) else text


def _may_run(text: str) -> bool:
    """Whether a spreadsheet may run the text: also where only white space and signs that nobody sees stand before its first sign."""
    if text[0] in _RUNS_AT_ONCE:
        return True
    seen = next((sign for sign in text if sign.isalnum() or unicodedata.category(sign)[0] not in "CZ"), "")
    return seen != "" and seen in _BEGINS_FORMULA
