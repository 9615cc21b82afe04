"""SPARQL texts before and after the engine: no query leaves this machine, and syntax errors are readable."""

from __future__ import annotations

import re

from thidua.errors import InputError

_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_GAP = r"(?:\s|#[^\n\r]*)*"
# Keywords need no blank around them, so what counts is what follows: SERVICE, perhaps SILENT, a variable or IRI, a brace.
_SERVICE = re.compile(
    rf"(?P<variable>[?$]\w*)?service{_GAP}(?:silent{_GAP})?(?:<[^<>\s]*>|[?$]\w+|[^\s{{}}<>#]*:[^\s{{}}<>]*){_GAP}\{{",
    re.IGNORECASE,
)


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else match[0]


def refuse_service(sparql: str, path: object) -> None:
    """Raises where a query may ask another service (SPARQL 1.1 Federated Query, 2: SERVICE SILENT? VarOrIri {).

    Looked for everywhere, strings and comments too: telling these apart is where a parser can be misled. Codepoint
    escapes count as the characters they stand for (SPARQL 1.1, 19.2). A variable that ends in "service" is no call.

    Args:
        path: the query's file, for the message.
    """
    for match in _SERVICE.finditer(_CODEPOINT.sub(_character, sparql)):
        if match["variable"] is None:
            raise InputError("query-service", path=path)


def readable(error: SyntaxError) -> str:
    """What the engine's parser says, without the hundred tokens it would have accepted."""
    detail = str(error.msg or error)
    place, _, expected = detail.partition(": expected one of ")
    if not expected:
        return detail
    words = re.findall(r'"([A-Za-z]{2,}|[{}().;])"', expected)
    return f"{place}: cannot go on here" + (f"; expected for example {' '.join(words[:6])}" if words else "")
