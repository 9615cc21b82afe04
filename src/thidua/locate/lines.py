"""The statements of a few subjects in large N-Triples and N-Quads: each has a line of its own, so that no more than a piece is held."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import BinaryIO, NamedTuple

from thidua.locate.needles import Needles
from thidua.locate.tokens import STRING_TYPE, Term, unescaped

_PIECE = 2**20
_ODD = (b"\n ", b"\n\t", b"\r ", b"\r\t", b"\r<")  # lines that do not begin with their subject, or are ended in a way we do not count
_CODES = (b"\\u", b"\\U")
_PLAIN = re.compile(r'[^<>"{}|^`\\\x00-\x20]*+').fullmatch  # an IRI that is written as it is
_ESCAPED_SUBJECT = re.compile(rb'\n<([^<>"\s]*\\[uU][^<>"\s]*)>')
_AFTER_SUBJECT = re.compile(
    rb"""(?x) [\ \t]*+ <([^<>"\s]*+)>
    [\ \t]*+ (?: <([^<>"\s]*+)> | (_:)
      | "((?: [^"\\\n\r]++ | \\. )*+)" [\ \t]*+ (?: (@[A-Za-z]+ (?: -[A-Za-z0-9]+ )*+) | \^\^ [\ \t]*+ <([^<>"\s]*+)> )? )"""
).match


class Odd(Exception):
    """A line that only the reader of Turtle copes with."""


class OnLine(NamedTuple):
    """A triple and its line, from 1; a blank node as the value is "_:"."""

    subject: str
    predicate: str
    value: Term
    line: int


def on_lines(file: BinaryIO, wanted: Collection[str]) -> Iterator[OnLine]:
    """All statements of the wanted IRIs in a file of N-Triples or N-Quads, in the file's order (N-Triples 1.1, 7; N-Quads 1.1, 4).

    Raises:
        Odd: a line does not begin with its subject, or is not of these grammars.
    """
    subjects = {f"\n<{iri}>".encode(): iri for iri in sorted(wanted) if _PLAIN(iri)}
    signs = [*_ODD, *_CODES]
    search = Needles([*signs, *subjects], apart=True)
    line, piece, more, escapes = 0, b"\n", True, False  # every piece begins with the end of the line before it
    while more:
        more = bool(read := file.read(_PIECE))
        piece += read
        end = piece.rfind(b"\n") if more else len(piece)
        hits = search.find(memoryview(piece)[:end])
        if any(number < len(_ODD) for number, _, _ in hits):
            raise Odd
        if not escapes and any(number < len(signs) for number, _, _ in hits):
            escapes, signs = True, list(_ODD)
            search = Needles([*signs, *subjects], apart=True)
            hits = search.find(memoryview(piece)[:end])
        places = [(start, stop) for _, start, stop in hits]
        if escapes:
            written = _ESCAPED_SUBJECT.finditer(piece, 0, end)
            places = sorted([*places, *(one.span() for one in written if unescaped(one[1].decode()) in wanted)])
        counted = 0
        for start, stop in places:
            line += piece.count(b"\n", counted, start + 1)
            counted = start + 1
            yield OnLine(_iri(piece[start + 2 : stop - 1]), *_predicate_and_value(piece, stop), line)
        line += piece.count(b"\n", counted, end)
        piece = piece[end:]


def _predicate_and_value(piece: bytes, at: int) -> tuple[str, Term]:
    match = _AFTER_SUBJECT(piece, at)
    if match is None:
        raise Odd
    predicate, iri, blank, lexical, language, datatype = match.groups()
    if iri is not None:
        return _iri(predicate), _iri(iri)
    if blank is not None:
        return _iri(predicate), blank.decode()
    kind = language.decode().lower() if language else STRING_TYPE if datatype is None else _iri(datatype)
    return _iri(predicate), (unescaped(lexical.decode()), kind)


@lru_cache(maxsize=10_000)
def _iri(raw: bytes) -> str:
    return unescaped(raw.decode())
