"""No query leaves this machine: queries that call another SPARQL service are refused before they are run."""

from __future__ import annotations

import re

from thidua.errors import InputError

_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n\r]|\\.)*"'
    r"|'(?:[^'\\\n\r]|\\.)*'"
    r'|<[^<>"{}|^`\\\x00-\x20]*>'
    r"|[?$]\w+"
    r"|@[\w-]+"
    r"|[\w.-]*:(?:[\w.:%-]|\\.)*"
    r"|(?P<comment>#[^\n\r]*)"
    r"|(?P<word>\w+)",
    re.DOTALL,
)


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else match[0]


def refuse_service(sparql: str, path: object) -> None:
    """Raises where a query may ask another service (SPARQL 1.1 Federated Query), with SILENT or without.

    Codepoint escapes count as the characters they stand for (SPARQL 1.1, 19.2). Within strings, IRIs, variables and
    prefixed names the word is no call; in a comment it is refused too, for a parser might end the comment elsewhere.

    Args:
        path: the query's file, for the message.
    """
    for match in _TOKEN.finditer(_CODEPOINT.sub(_character, sparql)):
        if re.search(r"\bservice\b", match["word"] or match["comment"] or "", re.IGNORECASE):
            raise InputError("query-service", path=path)
