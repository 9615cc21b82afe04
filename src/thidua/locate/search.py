"""The statements of a few subjects in a large file, found without walking over the whole of it.

Outside strings in three quotes no token goes over a line's end, so every line's beginning is a place between two tokens. One pass over the
bytes finds the names of the subjects, and all that tells how to take them: quotes, directives, escapes. Round each name that stands where a
subject can, the statement is read. A file for which this could miss one (relative IRIs, prefixes with two meanings, lines without end) is
walked over whole.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from itertools import product

from thidua.locate.needles import Needles
from thidua.locate.statements import Reader, Statement
from thidua.locate.tokens import IRI, MARK, NAME, STRING, TAG, TOKEN, WORD, Term, unescaped

SMALL = 2**18  # bytes; a smaller file is walked over whole in no time
MANY = 100_000  # subjects; for more, walking is the shorter way
_LONG_LINE = 2**16
_DIRECTIVES = 1000
_CHUNK = 2**18
_GAP = rb"(?:[ \t\r\n]|#[^\n\r]*[\r\n])"
_DIRECTIVE = re.compile(rb"(?i)prefix%b+([^\s:#]*:)%b*(<[^<>\s]*>)|base%b*(<[^<>\s]*>)" % (_GAP, _GAP, _GAP))
_ESCAPED_IRI = re.compile(rb'<[^<>"\s]*\\[uU][0-9A-Fa-f]{4}')
_PLAIN_NAME = re.compile(rb"(?:[\w:\x80-\xff%-]|\.+(?=[\w:\x80-\xff%-]))*+").fullmatch  # a local name that needs no escapes
_AFTER_NAME = b" \t\n\r<#"
_QUOTES = (b'"""', b"'''")
_CODES = (b"\\u", b"\\U")
_ESCAPES = tuple(b"\\" + bytes((char,)) for char in b"_~.!$&()*+,;=/?#@%-")
_DIRECTIVES_WORDS = tuple(bytes(letters) for word in (b"prefix", b"base") for letters in product(*((char, char - 32) for char in word)))


class _Entangled(Exception):
    """The file has something that only walking over the whole of it copes with."""


class _Declared(Exception):
    """A prefix is declared after names were looked for without it."""


def statements_of(data: bytes, wanted: Collection[Term], blank: str) -> list[Statement]:
    """All statements of the wanted subjects in a file, in the file's order.

    Args:
        data: a file in Turtle, TriG, N-Triples or N-Quads.
        wanted: IRIs, and blank nodes as `read_quads` names them.
        blank: begins the names of the file's blank nodes.

    Raises:
        Unreadable: the file is none of these.
    """
    if not wanted:
        return []
    named = of_file(wanted, blank)
    if searchable(len(data), named):
        try:
            return _Search(data, named).statements()
        except _Entangled:
            pass
    return Reader(data, named, blank).read_all()


def of_file(wanted: Collection[Term], blank: str) -> frozenset[str]:
    """The wanted nodes that the file whose blank nodes are named so may describe."""
    own = f"_:b{blank}n"
    return frozenset(term for term in wanted if isinstance(term, str) and (not term.startswith("_:") or term.startswith(own)))


def searchable(size: int, wanted: Collection[str]) -> bool:
    """Whether a file of so many bytes is to be searched; blank nodes are told by their number, for which all of it must be read."""
    return size > SMALL and len(wanted) <= MANY and not any(term.startswith("_:") for term in wanted)


class _Search:
    def __init__(self, data: bytes, wanted: Collection[str]) -> None:
        self._data, self._wanted = data, frozenset(wanted)
        self._long: list[tuple[int, int]] = []  # the strings in three quotes met so far
        self._starts: list[int] = []  # where they begin
        self._quoted = 0  # up to where quotes are understood
        self._tokenized = 0  # up to where escaped names are known
        self._directives: set[int] = set()  # where one ends
        self._prefixes: dict[bytes, str] = {}
        self._read_head()

    def statements(self) -> list[Statement]:
        """As `statements_of`."""
        try:
            return self._found(late=False)
        except _Declared:
            for _ in self._hits({}, late=True):
                pass
            return self._found(late=True)

    def _found(self, *, late: bool) -> list[Statement]:
        reader = Reader(self._data, self._wanted, None, len(self._data), self._prefixes)
        done = 0
        for at in self._hits(self._written(), late=late):
            if at < done or (start := self._subject(at)) is None:
                continue
            before = len(reader.found)
            reader.begin(start)
            while reader.at <= at:
                reader.step()
            reader.found[before:] = [one for one in reader.found[before:] if one.subject_at >= done]
            done = reader.at
        return reader.found

    # ── what the file declares ──

    def _read_head(self) -> None:
        """Notes the directives with which the file begins."""
        at = 0
        while (match := TOKEN(self._data, at)) is not None and match.lastindex in (TAG, WORD):
            start = match.start(match.lastindex)
            directive = _DIRECTIVE.match(self._data, start + (match.lastindex == TAG))
            if directive is None or match.end() - start > len(b"@prefix"):
                break
            self._declare(directive)
            at = directive.end()
            if match.lastindex == TAG and (dot := TOKEN(self._data, at)) is not None and dot[0].endswith(b"."):
                at = dot.end()

    def _declare(self, directive: re.Match[bytes]) -> bool:
        """Notes a directive; whether it declares a prefix not known before."""
        self._directives.add(directive.end())
        if directive[1] is None or len(self._directives) > _DIRECTIVES:
            raise _Entangled
        known, iri = len(self._prefixes), unescaped(directive[2][1:-1].decode())
        if self._prefixes.setdefault(directive[1], iri) != iri:
            raise _Entangled
        return len(self._prefixes) > known

    def _is_token(self, at: int, word: bytes) -> bool:
        """Whether a directive's word stands at `at`, and not in a string, a comment or a name."""
        return any(where in (at, at - 1) and raw.lower().lstrip(b"@") == word for where, _, raw in self._tokens(at, at + len(word)))

    # ── where the subjects stand ──

    def _written(self) -> dict[bytes, bool]:
        """The ways to write the wanted names without escapes → whether it is a prefixed name."""
        names: dict[bytes, bool] = {}
        for iri in sorted(self._wanted):
            names[f"<{iri}>".encode()] = False
            for prefix, namespace in self._prefixes.items():
                if iri.startswith(namespace) and _PLAIN_NAME(local := iri[len(namespace) :].encode()):
                    names[prefix + local] = True
        return names

    def _hits(self, names: dict[bytes, bool], *, late: bool) -> Iterator[int]:
        """Where one of the names stands, in order of place, and where one of the wanted is written with escapes.

        Args:
            late: whether all directives are known that are not at the file's head.

        Raises:
            _Declared: they are to be, and are not.
        """
        self._long, self._starts, self._quoted, self._tokenized = [], [], 0, 0
        apostrophe = (b"\\'",) if any("'" in iri for iri in self._wanted) else ()
        signs = (*_QUOTES, *_CODES, *_ESCAPES, *apostrophe, *_DIRECTIVES_WORDS)
        written, prefixed = [*signs, *names], [*(False for _ in signs), *names.values()]
        search = Needles(written)
        data, view, at = self._data, memoryview(self._data), 0
        while at < len(data):
            end = data.find(b"\n", min(at + _CHUNK, len(data))) + 1 or len(data)
            hits, found = [], []
            for number, start, stop in search.find(view[at:end]):
                if number < len(signs):
                    found.append((at + start, signs[number]))
                elif not prefixed[number] or data[at + stop : at + stop + 1] in _AFTER_NAME:
                    hits.append(at + start)
            for place, sign in sorted(found):
                if sign in _QUOTES:
                    self._quote(place)
                elif sign.startswith(b"\\"):
                    hits += self._escaped(place, sign)
                elif self._directive(place, sign.lower()) and names and not late:
                    raise _Declared
            yield from sorted(set(hits))
            at = end

    def _quote(self, at: int) -> None:
        """Notes the string in three quotes that begins at `at`, told from quotes in comments and other strings by reading their line."""
        if at >= self._quoted:
            found = len(self._long)
            self._quoted = _past(self._data, max(self._line(at), self._quoted), at, self._long)
            self._starts += [start for start, _ in self._long[found:]]

    def _directive(self, at: int, word: bytes) -> bool:
        """Notes a directive whose word stands at `at`; whether it declares a prefix not known before."""
        match = _DIRECTIVE.match(self._data, at)
        return match is not None and self._is_token(at, word) and self._declare(match)

    def _escaped(self, at: int, sign: bytes) -> list[int]:
        """Where, on the line of an escape, wanted names with escapes stand (Turtle 6.4)."""
        if at < self._tokenized or self._in_long(at):
            return []
        line = self._line(at)
        end = self._data.find(b"\n", at) + 1 or len(self._data)
        if sign in _CODES:
            if _ESCAPED_IRI.search(self._data, line, end) is None:
                return []
        else:
            before = self._data[line:at]
            if (len(before) - len(before.rstrip(b"\\"))) % 2:
                return []  # what is escaped is a backslash
        self._tokenized = end
        tokens = self._tokens_from(self._between(line), end)
        return [where for where, kind, raw in tokens if b"\\" in raw and self._iri(kind, raw) in self._wanted]

    def _iri(self, kind: int, raw: bytes) -> str | None:
        if kind == IRI:
            return unescaped(raw[1:-1].decode())
        if kind != NAME:
            return None
        colon = raw.index(b":") + 1
        namespace = self._prefixes.get(raw[:colon])
        return None if namespace is None else namespace + unescaped(raw[colon:].decode())

    def _subject(self, at: int) -> int | None:
        """Where to begin reading if the name at `at` may be a subject: there if it surely is, else at the mark before; None: it is none."""
        before = self._data[max(0, at - 64) : at].rstrip(b" \t")
        if (before and before[-1] not in b".{}\r\n>") or self._in_long(at):
            return None
        line = self._line(at)
        end = line + len(self._data[line:at].rstrip(b" \t"))
        if end > line:  # else it might stand in a comment, a string or a longer name
            if not self._ends_line(line, end) or all(where != at for where, _, _ in self._tokens(at, at + 1)):
                return None
            return at if self._surely_ends(line, end) else self._beginning(at)
        while end > 0 and self._data[end - 1] in b" \t\r\n":
            end -= 1
        if end == 0:
            return at
        line = self._line(end - 1)
        if self._data.find(b"#", line, end) >= 0 or self._in_long(end - 1):
            tokens = list(self._tokens(end - 1, end))
            return self._beginning(at) if not tokens or self._ends_statement(*tokens[-1]) else None
        if not self._ends_line(line, end):
            return None
        return at if self._surely_ends(line, end) else self._beginning(at)

    def _surely_ends(self, line: int, end: int) -> bool:
        """Whether the line's last byte up to `end`, where no comment is, is a mark after which a subject comes."""
        last = self._data[max(line, end - 2) : end]
        return last[-1:] in (b".", b"{", b"}") and last[:1] != b"\\" and self._data.find(b"\r", line, end) < 0

    def _ends_line(self, line: int, end: int) -> bool:
        """Whether the line, up to `end`, lets a subject come next; one with a carriage return may do anything."""
        last = self._data[end - 1 : end]
        return last in (b".", b"{", b"}") or end in self._directives or self._data.find(b"\r", line, end) >= 0

    def _ends_statement(self, at: int, kind: int, raw: bytes) -> bool:
        """Whether a subject may come after this token."""
        return (kind == MARK and raw in (b".", b"{", b"}")) or at + len(raw) in self._directives

    def _beginning(self, at: int) -> int:
        """The end of the last mark before `at` that ends a statement or begins or ends a graph; 0 where there is none."""
        end, back = at, 0
        while end > 0:
            start = self._between(max(0, end - 1 - back))
            last = 0
            for where, kind, raw in self._tokens_from(start, end):
                if where < end and kind == MARK and raw in (b".", b"{", b"}"):
                    last = where + 1
            if last:
                return last
            end, back = start, max(4096, 2 * back)
        return 0

    # ── places between tokens ──

    def _line(self, at: int) -> int:
        """Where the line of `at` begins."""
        line = self._data.rfind(b"\n", 0, at) + 1
        if at - line > _LONG_LINE:
            raise _Entangled
        return line

    def _in_long(self, at: int) -> tuple[int, int] | None:
        """The string in three quotes that `at` is within."""
        place = bisect_right(self._starts, at) - 1
        return self._long[place] if place >= 0 and at < self._long[place][1] else None

    def _between(self, at: int) -> int:
        """A place between two tokens, at or before `at` and on its line unless a long string reaches into it."""
        line = self._line(at)
        string = self._in_long(line)
        while string is not None and string[0] < line:
            if string[1] <= at:
                return string[1]
            line = self._line(string[0])
            string = self._in_long(line)
        return line

    def _tokens(self, at: int, end: int) -> Iterator[tuple[int, int, bytes]]:
        """(place, kind, token) from before `at` up to `end`."""
        return self._tokens_from(self._between(at), end)

    def _tokens_from(self, start: int, end: int) -> Iterator[tuple[int, int, bytes]]:
        while start < end:
            match = TOKEN(self._data, start)
            if match is None or match.lastindex is None or match.start(match.lastindex) >= end:
                return
            yield match.start(match.lastindex), match.lastindex, match[match.lastindex]
            start = match.end()


def _past(data: bytes, start: int, at: int, found: list[tuple[int, int]]) -> int:
    """The end of the token, or of the comment's line, in which the quotes at `at` stand; a long string is noted."""
    while True:
        match = TOKEN(data, start)
        kind = None if match is None else match.lastindex
        if match is None or kind is None or match.start(kind) > at:
            end = data.find(b"\n", at)  # they are in a comment
            return len(data) if end < 0 else end
        if match.end() > at:
            if kind == STRING and match[kind][:3] in (b'"""', b"'''") and match.end() - match.start(kind) >= 6:
                found.append((match.start(kind), match.end()))
            return match.end()
        start = match.end()
