"""The statements of a few subjects in a large file, found without walking over the whole of it.

Outside strings in three quotes no token goes over a line's end, so every line's beginning is a place between two tokens. The names of the
subjects are looked for as bytes; round each that stands where a subject can, the statement is read, from the mark before it on. A file for
which this could miss one (escapes in names, relative IRIs, lines without end) is walked over whole.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator

from thidua.locate.statements import Reader, Statement
from thidua.locate.tokens import MARK, STRING, TOKEN, Term, unescaped

SMALL = 2**18  # bytes; a smaller file is walked over whole in no time
MANY = 20_000  # subjects; for more, walking is the shorter way
_LONG_LINE = 2**16
_DIRECTIVES = 1000
_CHUNK = 2**22
_GAP = rb"(?:[ \t\r\n]|#[^\n\r]*[\r\n])"
_DIRECTIVE = re.compile(rb"(?i)prefix%b+([^\s:#]*:)%b*(<[^<>\s]*>)|base%b*(<[^<>\s]*>)" % (_GAP, _GAP, _GAP))
_ESCAPED_IRI = re.compile(rb'<[^<>"\s]*\\[uU][0-9A-Fa-f]{4}')
_ESCAPED_NAME = re.compile(rb"\\[_~.!$&'()*+,;=/?#@%-]")
_AFTER_NAME = (b" ", b"\t", b"\n", b"\r", b"<", b"#")


class _Entangled(Exception):
    """The file has something that only walking over the whole of it copes with."""


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
    own = f"_:b{blank}n"
    named = {term for term in wanted if isinstance(term, str) and (not term.startswith("_:") or term.startswith(own))}
    if len(data) > SMALL and len(named) <= MANY and not any(term.startswith("_:") for term in named):
        try:
            return _Search(data, named).statements()
        except _Entangled:
            pass
    return Reader(data, named, blank).read_all()


class _Search:
    def __init__(self, data: bytes, wanted: Collection[str]) -> None:
        self._data, self._wanted = data, frozenset(wanted)
        self._long = _long_strings(data)
        self._starts = [start for start, _ in self._long]
        self._directives: set[int] = set()  # where one ends
        self._prefixes = self._declared()
        if _has_escapes(data, any("'" in iri for iri in wanted)):
            raise _Entangled

    def statements(self) -> list[Statement]:
        """As `statements_of`."""
        found: list[Statement] = []
        read_from: list[int] = []
        read_to: list[int] = []
        for at in self._hits():
            place = bisect_right(read_from, at) - 1
            if (place >= 0 and at < read_to[place]) or not self._may_be_subject(at):
                continue
            start = self._beginning(at)
            reader = Reader(self._data, self._wanted, None, start, self._prefixes)
            while reader.at <= at:
                reader.step()
            found += [one for one in reader.found if one.subject_at >= (read_to[-1] if read_to else 0)]
            read_from.append(start)
            read_to.append(reader.at)
        return found

    # ── what the file declares ──

    def _declared(self) -> dict[bytes, str]:
        """The prefixes, where none is declared in two ways."""
        small, prefixes, count = self._data.lower(), dict[bytes, str](), 0
        for word in (b"prefix", b"base"):
            at = small.find(word)
            while at >= 0:
                match = _DIRECTIVE.match(self._data, at)
                if match is not None and self._is_token(at, word):
                    count += 1
                    self._directives.add(match.end())
                    name, iri = match[1], unescaped((match[2] or b"")[1:-1].decode())
                    if word == b"base" or count > _DIRECTIVES or prefixes.setdefault(name, iri) != iri:
                        raise _Entangled
                at = small.find(word, at + 1)
        return prefixes

    def _is_token(self, at: int, word: bytes) -> bool:
        """Whether a directive's word stands at `at`, and not in a string, a comment or a name."""
        return any(where in (at, at - 1) and raw.lower().lstrip(b"@") == word for where, _, raw in self._tokens(at, at + len(word)))

    # ── where the subjects stand ──

    def _hits(self) -> Iterator[int]:
        """Where one of the wanted names stands, in order of place."""
        from ahocorasick_rs import BytesAhoCorasick

        needles: list[bytes] = []
        for iri in sorted(self._wanted):
            needles.append(f"<{iri}>".encode())
            for prefix, namespace in self._prefixes.items():
                if iri.startswith(namespace):
                    name = prefix + iri[len(namespace) :].encode()
                    needles += [name + after for after in _AFTER_NAME]
        search = BytesAhoCorasick(needles)
        view, at = memoryview(self._data), 0
        while at < len(self._data):
            end = self._data.find(b"\n", min(at + _CHUNK, len(self._data))) + 1 or len(self._data)
            yield from sorted({at + start for _, start, _ in search.find_matches_as_indexes(view[at:end], overlapping=True)})
            at = end

    def _may_be_subject(self, at: int) -> bool:
        """Whether what stands before allows it, as far as a look at it tells; False is sure."""
        if self._in_long(at):
            return False
        line = self._line(at)
        end = line + len(self._data[line:at].rstrip(b" \t"))
        if end > line:  # else it might stand in a comment, a string or a longer name
            return self._ends_line(line, end) and any(where == at for where, _, _ in self._tokens(at, at + 1))
        while end > 0 and self._data[end - 1] in b" \t\r\n":
            end -= 1
        if end == 0:
            return True
        line = self._line(end - 1)
        if self._data.find(b"#", line, end) >= 0 or self._in_long(end - 1):
            tokens = list(self._tokens(end - 1, end))
            return not tokens or self._ends_statement(*tokens[-1])
        return self._ends_line(line, end)

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


def _long_strings(data: bytes) -> list[tuple[int, int]]:
    """Where strings in three quotes stand: told from three quotes in a comment or in another string by reading their line."""
    found: list[tuple[int, int]] = []
    done = 0
    places = {quotes: data.find(quotes) for quotes in (b'"""', b"'''")}
    while at := min((place for place in places.values() if place >= 0), default=-1) + 1:
        at -= 1
        line = max(data.rfind(b"\n", 0, at) + 1, done)
        if at - line > _LONG_LINE:
            raise _Entangled
        done = _past(data, line, at, found)
        for quotes, place in places.items():
            if 0 <= place < done:
                places[quotes] = data.find(quotes, done)
    return found


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


def _has_escapes(data: bytes, apostrophes: bool) -> bool:
    """Whether a name may be written in another way than its letters: with escapes (Turtle 6.4)."""
    if data.find(b"\\") < 0:
        return False
    if (data.find(b"\\u") >= 0 or data.find(b"\\U") >= 0) and _ESCAPED_IRI.search(data):
        return True
    for match in _ESCAPED_NAME.finditer(data):
        at = match.start()
        if data[at + 1 : at + 2] == b"'" and not apostrophes:
            continue
        backslashes = 0
        while at - 1 - backslashes >= 0 and data[at - 1 - backslashes : at - backslashes] == b"\\":
            backslashes += 1
        if backslashes % 2 == 0:
            return True
    return False
