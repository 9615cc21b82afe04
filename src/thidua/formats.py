"""Answers in the forms a user may ask for; table and its kin in thidua.tables."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Callable
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode

from thidua.answers import Answer, Term, text_of
from thidua.errors import InputError
from thidua.terms import PREFIXES
from thidua.text import printable

_STRING = PREFIXES["xsd"] + "string"
_NUMBERS = {PREFIXES["xsd"] + name for name in ("integer", "decimal", "double", "float")}


def to_csv(answer: Answer) -> bytes:
    """W3C SPARQL 1.1 Query Results CSV: plain column names, plain values, CRLF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(answer.columns)
    writer.writerows([text_of(term) for term in row] for row in answer.rows)
    return out.getvalue().encode()


def to_tsv(answer: Answer) -> bytes:
    """W3C SPARQL 1.1 Query Results TSV: ?columns, values as Turtle terms."""
    lines = ["\t".join(f"?{column}" for column in answer.columns)]
    lines += ["\t".join("" if term is None else str(term).replace("\t", "\\t") for term in row) for row in answer.rows]
    return ("\n".join(lines) + "\n").encode()


def to_json(answer: Answer) -> bytes:
    """W3C SPARQL 1.1 Query Results JSON."""
    bindings = [
        {column: _json_term(term) for column, term in zip(answer.columns, row, strict=True) if term is not None} for row in answer.rows
    ]
    return _json({"head": {"vars": answer.columns}, "results": {"bindings": bindings}})


def _json_term(term: Term) -> dict[str, Any]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Literal):
        tag = {"xml:lang": term.language} if term.language else {}
        if not term.language and term.datatype.value != _STRING:
            tag = {"datatype": term.datatype.value}
        return {"type": "literal", "value": term.value} | tag
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}


def to_jsonl(answer: Answer) -> bytes:
    """One JSON object a row: numbers as numbers, all else as text, nothing for unbound."""
    lines = [
        json.dumps(
            {column: _plain(term) for column, term in zip(answer.columns, row, strict=True) if term is not None},
            ensure_ascii=False,
        )
        for row in answer.rows
    ]
    return "".join(line + "\n" for line in lines).encode()


def _plain(term: Term) -> str | int | float | bool:
    """A number or truth value where the lexical form is plainly one that JSON can write; text otherwise."""
    if isinstance(term, Literal) and term.datatype.value in _NUMBERS:
        if re.fullmatch(r"[+-]?[0-9]{1,300}", term.value):
            return int(term.value)
        number = float(term.value) if re.fullmatch(r"[+-]?[0-9.]{1,300}([eE][+-]?[0-9]{1,3})?", term.value) else math.nan
        return number if math.isfinite(number) else term.value
    if isinstance(term, Literal) and term.datatype.value == PREFIXES["xsd"] + "boolean" and term.value in ("true", "false"):
        return term.value == "true"
    return text_of(term)


def to_md(answer: Answer) -> bytes:
    """A Markdown table."""

    def line(cells: list[str]) -> str:
        return "| " + " | ".join(printable(cell).replace("|", "\\|") for cell in cells) + " |\n"

    head = line(answer.columns) + "|" + "---|" * len(answer.columns) + "\n"
    return (head + "".join(line([text_of(term) for term in row]) for row in answer.rows)).encode()


def to_parquet(answer: Answer) -> bytes:
    """Apache Parquet, every column as text (extra `parquet`)."""
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError as error:
        raise InputError("needs-extra", what="--format parquet", extra="parquet") from error
    columns = [
        arrow.array([None if row[place] is None else text_of(row[place]) for row in answer.rows], arrow.string())
        for place in range(len(answer.columns))
    ]
    out = io.BytesIO()
    parquet.write_table(arrow.table(columns, names=answer.columns), out)
    return out.getvalue()


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def boolean_json(value: bool) -> bytes:
    """W3C SPARQL 1.1 Query Results JSON of an ASK query."""
    return _json({"head": {}, "boolean": value})


WRITERS: dict[str, Callable[[Answer], bytes]] = {
    "csv": to_csv,
    "tsv": to_tsv,
    "json": to_json,
    "jsonl": to_jsonl,
    "md": to_md,
    "parquet": to_parquet,
}
