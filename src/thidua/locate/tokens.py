"""The tokens of Turtle, TriG, N-Triples and N-Quads, and the terms they stand for.

The grammars are those of RDF 1.1 Turtle (6.5) and TriG (4); N-Triples and N-Quads are lexical subsets. Files are taken to be well-formed:
the RDF library has read them before, so that a class of characters may be wider here than in the grammar. All offsets are bytes.
"""

from __future__ import annotations

import re
from functools import lru_cache

from thidua.terms import PREFIXES

# An IRI as it is, a blank node as _:name, a literal as (lexical form, datatype IRI or @language).
Term = str | tuple[str, str]

END, IRI, NAME, BLANK, STRING, TAG, NUMBER, WORD, MARK = range(9)

_GAP = rb"(?: [\ \t\r\n]++ | \#[^\n\r]*+ )*+"
_IRI = rb"""<[^<>"{}|^`\x00-\x20]*+>"""
_NAME = rb"""(?: [A-Za-z\x80-\xff] (?: [\w\x80-\xff-] | \.+(?=[\w\x80-\xff-]) )*+ )? :
    (?: (?: [\w:\x80-\xff] | %[0-9A-Fa-f]{2} | \\. ) (?: [\w:\x80-\xff-] | %[0-9A-Fa-f]{2} | \\. | \.+(?=[\w:%\\\x80-\xff-]) )*+ )?"""
_STRING = rb"""\"\"\" (?: [^"\\]++ | \\. | "(?!"") )*+ \"\"\" | ''' (?: [^'\\]++ | \\. | '(?!'') )*+ '''
    | " (?: [^"\\\n\r]++ | \\. )*+ " | ' (?: [^'\\\n\r]++ | \\. )*+ '"""
_TAG = rb"@[A-Za-z]+ (?: -[A-Za-z0-9]+ )*+ (?: --[A-Za-z]+ )?+"  # with the direction that RDF 1.2 knows
_NUMBER = rb"[+-]? (?: [0-9]+\.[0-9]*[eE][+-]?[0-9]+ | \.?[0-9]+[eE][+-]?[0-9]+ | [0-9]*\.[0-9]+ | [0-9]+ )"
TOKEN = re.compile(
    rb"""(?sx) %b (?: ( %b ) | ( %b ) | ( _: [\w\x80-\xff] (?: [\w\x80-\xff-] | \.+(?=[\w\x80-\xff-]) )*+ ) | ( %b ) | ( %b ) | ( %b )
      | ( [A-Za-z]+ ) | ( \^\^ | [.;,\[\]{}()] ) )"""
    % (_GAP, _IRI, _NAME, _STRING, _TAG, _NUMBER)
).match

# What most of a file is: (predicate), (object) and (mark), the object an (IRI), (name), (string) with its (tag) or (datatype), (number) or
# (truth value). The first object of a predicate, and others after it.
_OBJECT = rb"""%b ( (?> ( %b ) | ( %b ) | ( %b ) (?: ( %b ) | \^\^ %b ( %b | %b ) )? | ( %b ) | ( true | false ) ) )
    %b ( [.;,] )""" % (_GAP, _IRI, _NAME, _STRING, _TAG, _GAP, _IRI, _NAME, _NUMBER, _GAP)
PAIR = re.compile(rb"(?sx) %b ( (?> %b | %b | a ) ) %b" % (_GAP, _IRI, _NAME, _OBJECT)).match
MORE = re.compile(rb"(?sx) () %b" % _OBJECT).match

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_LETTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_XSD = PREFIXES["xsd"]
STRING_TYPE = _XSD + "string"


def unescaped(words: str) -> str:
    """`words` with the escapes of strings, IRIs and local names resolved (Turtle 6.4)."""

    def one(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        return chr(int(code, 16)) if code else _LETTERS.get(match[3], match[3])

    return _ESCAPE.sub(one, words) if "\\" in words else words


def lexical_form(raw: bytes) -> str:
    """What a string token says."""
    quotes = 3 if raw[:3] in (b'"""', b"'''") and len(raw) >= 6 else 1
    return unescaped(raw[quotes:-quotes].decode())


def number(raw: bytes) -> Term:
    """The literal that a number without quotes is (Turtle 2.5.2)."""
    kind = "double" if b"e" in raw or b"E" in raw else "decimal" if b"." in raw else "integer"
    return raw.decode(), _XSD + kind


def boolean(raw: bytes) -> Term:
    """The literal that true or false is (Turtle 2.5.3)."""
    return raw.decode(), _XSD + "boolean"


@lru_cache(maxsize=100_000)
def term_of(written: str) -> Term:
    """The term that N-Triples writes so, as a report's focus_term and value_term; language tags in lower case."""
    raw = written.encode()
    if written.startswith("<"):
        return unescaped(written[1:-1])
    match = TOKEN(raw)
    if match is None or match.lastindex != STRING:
        return written
    lexical = lexical_form(match[STRING])
    rest = raw[match.end() :].decode()
    if rest.startswith("@"):
        return lexical, rest.lower()
    return lexical, unescaped(rest[3:-1]) if rest.startswith("^^<") else STRING_TYPE
