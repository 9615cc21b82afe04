"""The statements of a file in Turtle, TriG, N-Triples or N-Quads, with the place of each: what no RDF library here tells fast.

Statements come in the order, and blank nodes get the names, in which `thidua.reading.read_quads` gives them: a finding at a blank node can
be found again. Only statements of wanted subjects are put together; the rest is walked over.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import lru_cache
from typing import NamedTuple

from pyoxigraph import NamedNode, RdfFormat, parse

from thidua.locate.tokens import (
    BLANK,
    END,
    IRI,
    MARK,
    MORE,
    NAME,
    NUMBER,
    PAIR,
    STRING,
    STRING_TYPE,
    TAG,
    TOKEN,
    WORD,
    Term,
    boolean,
    lexical_form,
    number,
    unescaped,
)  # fmt: skip
from thidua.terms import PREFIXES

_RDF = PREFIXES["rdf"]
_TYPE, _FIRST, _REST, _NIL = _RDF + "type", _RDF + "first", _RDF + "rest", _RDF + "nil"
Token = tuple[int, bytes]


class Statement(NamedTuple):
    """A triple, and where its subject and its object stand (bytes from the file's beginning)."""

    subject: Term
    predicate: str
    value: Term
    subject_at: int
    at: int


class Unreadable(Exception):
    """A token that the grammar has no place for, at `at`."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


class _Node:
    """A blank node without a label."""

    __slots__ = ()


_Part = Token | _Node | str  # a token not looked at yet, a blank node, or an IRI
_Found = tuple[_Part, _Part, _Part, int, int]


class Reader:
    """Walks over statements from a place between two of them.

    Args:
        data: the file.
        wanted: the subjects whose statements are to be given; None: all.
        blank: begins the names of blank nodes, as of `read_quads`; None: they get no names, and no statements of theirs are given.
        at: where to begin; `prefixes` and `base` are those that hold there.
    """

    def __init__(
        self,
        data: bytes,
        wanted: Container[Term] | None = None,
        blank: str | None = None,
        at: int = 0,
        prefixes: dict[bytes, str] | None = None,
        base: str | None = None,
    ) -> None:
        self.data, self.wanted, self.blank = data, wanted, blank
        self.prefixes, self.base = dict(prefixes or {}), base
        self.found: list[Statement] = []
        self._names: dict[bytes | _Node, str] = {}
        self._known: dict[bytes, str] = {}  # token → IRI, under the present prefixes
        self._group: list[_Found] = []
        self._graph: _Part | None = None
        self.begin(at)

    def begin(self, at: int) -> None:
        """Goes to a place between two statements."""
        self._graph = None
        self.kind, self.raw, self.at, self._end = END, b"", at, at
        self._advance()

    def read_all(self) -> list[Statement]:
        """The wanted statements up to the file's end.

        Raises:
            Unreadable: what stands there is not of the grammar.
        """
        while self.kind != END:
            self.step()
        return self.found

    def step(self) -> None:
        """Reads over one directive, one beginning or end of a graph, or all triples of one subject."""
        if self.kind == TAG and self.raw in (b"@prefix", b"@base"):
            self._directive(self.raw[1:])
            self._expect(b".")
        elif self.kind == WORD:
            word = self.raw.lower()
            if word == b"graph":
                self._advance()
            elif word in (b"prefix", b"base"):
                self._directive(word)
            else:
                raise Unreadable(self.at)
        elif self.kind == MARK and self.raw in (b"{", b"}", b"."):
            self._graph = None if self.raw == b"}" else self._graph
            self._advance()
        elif not self._plain_triples():
            self._triples()

    # ── tokens ──

    def _advance(self) -> None:
        if self._group:
            self._flush()
        match = TOKEN(self.data, self._end)
        if match is None:
            rest = self.data[self._end : self._end + 4096].lstrip()
            if rest and not rest.startswith(b"#"):
                raise Unreadable(self._end)
            self.kind, self.raw, self.at = END, b"", len(self.data)
            return
        kind = match.lastindex or END
        self.kind, self.raw, self.at, self._end = kind, match[kind], match.start(kind), match.end()

    def _expect(self, mark: bytes) -> None:
        if self.kind != MARK or self.raw != mark:
            raise Unreadable(self.at)
        self._advance()

    def _is(self, *marks: bytes) -> bool:
        return self.kind == MARK and self.raw in marks

    def _directive(self, word: bytes) -> None:
        self._advance()
        name = b""
        if word == b"prefix":
            if self.kind != NAME:
                raise Unreadable(self.at)
            name = self.raw
            self._advance()
        if self.kind != IRI:
            raise Unreadable(self.at)
        iri = self._resolved(unescaped(self.raw[1:-1].decode()))
        self._known.clear()
        if word == b"prefix":
            self.prefixes[name] = iri
        else:
            self.base = iri
        self._advance()

    # ── triples ──

    def _plain_triples(self) -> bool:
        """Reads all triples of one subject where that and every object are written plainly: IRIs, names and literals, a dot at the end.

        Most statements are such, and a predicate, its object and the mark after it are then one match. False where something else was
        met: nothing is read then.
        """
        if self.kind not in (IRI, NAME) or not (self._graph is None or (isinstance(self._graph, tuple) and self._graph[0] != BLANK)):
            return False
        name = self._iri((self.kind, self.raw))
        wanted = self.wanted is None or name in self.wanted
        data, end, mark, before = self.data, self._end, b";", len(self.found)
        verb = b""
        while mark != b".":
            match = (MORE if mark == b"," else PAIR)(data, end)
            if match is None:
                del self.found[before:]
                return False
            predicate, written, iri, local, string, tag, datatype, figure, truth, mark = match.groups()
            verb = predicate or verb
            end = match.end()
            if not wanted:
                continue
            value: Term
            if iri or local:
                value = self._iri((IRI if iri else NAME, written))
            elif string:
                kind = tag.decode().lower() if tag else self._named(datatype) if datatype else STRING_TYPE
                value = lexical_form(string), kind
            else:
                value = number(figure) if figure else boolean(truth)
            self.found.append(Statement(name, _TYPE if verb == b"a" else self._named(verb), value, self.at, match.start(2)))
        self.kind, self._end = END, end
        self._advance()
        return True

    def _named(self, raw: bytes) -> str:
        """The IRI that is written so, whole or with a prefix."""
        return self._iri((IRI if raw[:1] == b"<" else NAME, raw))

    def _triples(self) -> None:
        """All triples of one subject, or the name of a graph before its brace (TriG 2.2).

        Frames on the stack are what an object stands in: (kind, subject, predicate, node, where the subject stands, where the node
        stands); "[" for a list of properties, "(" for a collection, the same with "s" as a subject.
        """
        subject_at = self.at
        stack: list[tuple[str, _Part, _Part, _Part, int, int]] = []
        subject: _Part
        predicate: _Part
        if self._is(b"["):
            self._advance()
            subject = _Node()
            if self._is(b"]"):
                self._advance()
            else:
                stack.append(("s[", "", "", subject, subject_at, subject_at))
        elif self._is(b"("):
            self._advance()
            if self._is(b")"):
                subject = _NIL
                self._advance()
            else:
                subject = _Node()
                stack.append(("s(", "", "", subject, subject_at, subject_at))
        elif self.kind in (IRI, NAME, BLANK):
            subject = (self.kind, self.raw)
            self._advance()
        else:
            raise Unreadable(self.at)
        if self._is(b"{"):
            self._graph = subject
            return
        if stack and stack[-1][0] == "s(":
            predicate, is_object = _FIRST, True
        else:
            predicate, is_object = "", False
        while True:
            if not is_object:
                predicate = self._verb()
            subject, predicate, subject_at = self._object(stack, subject, predicate, subject_at)
            if isinstance(subject, str) and not subject:  # an unfinished property list: a verb comes next
                subject, is_object = stack[-1][3], False
                continue
            after = self._after_object(stack, subject, predicate, subject_at)
            if after is None:
                return
            subject, predicate, subject_at, is_object = after

    def _verb(self) -> _Part:
        if self.kind == WORD and self.raw == b"a":
            self._advance()
            return _TYPE
        if self.kind not in (IRI, NAME):
            raise Unreadable(self.at)
        verb = (self.kind, self.raw)
        self._advance()
        return verb

    def _object(
        self, stack: list[tuple[str, _Part, _Part, _Part, int, int]], subject: _Part, predicate: _Part, subject_at: int
    ) -> tuple[_Part, _Part, int]:
        """Reads an object, and into collections; gives "" for the subject where a property list was opened."""
        while True:
            at = self.at
            if self._is(b"("):
                self._advance()
                if self._is(b")"):
                    self._emit(subject, predicate, _NIL, subject_at, at)
                    self._advance()
                    return subject, predicate, subject_at
                root = _Node()
                self._emit(subject, predicate, root, subject_at, at)
                stack.append(("(", subject, predicate, root, subject_at, at))
                subject, predicate, subject_at = root, _FIRST, at
                continue
            if self._is(b"["):
                self._advance()
                node = _Node()
                if self._is(b"]"):
                    self._emit(subject, predicate, node, subject_at, at)
                    self._advance()
                    return subject, predicate, subject_at
                stack.append(("[", subject, predicate, node, subject_at, at))
                return "", predicate, at
            self._simple(subject, predicate, subject_at, at)
            return subject, predicate, subject_at

    def _simple(self, subject: _Part, predicate: _Part, subject_at: int, at: int) -> None:
        """An object that is an IRI, a labelled blank node or a literal."""
        token = (self.kind, self.raw)
        if self.kind == STRING:
            self._advance()
            if self.kind == TAG:
                self._emit(subject, predicate, (STRING, token[1] + self.raw), subject_at, at)
                self._advance()
            elif self._is(b"^^"):
                self._advance()
                if self.kind not in (IRI, NAME):
                    raise Unreadable(self.at)
                self._emit(subject, predicate, (STRING, token[1] + b"^^" + self.raw), subject_at, at)
                self._advance()
            else:
                self._emit(subject, predicate, token, subject_at, at)
            return
        if self.kind not in (IRI, NAME, BLANK, NUMBER) and not (self.kind == WORD and self.raw in (b"true", b"false")):
            raise Unreadable(at)
        self._emit(subject, predicate, token, subject_at, at)
        self._advance()

    def _after_object(
        self, stack: list[tuple[str, _Part, _Part, _Part, int, int]], subject: _Part, predicate: _Part, subject_at: int
    ) -> tuple[_Part, _Part, int, bool] | None:
        """What comes after an object: (subject, predicate, place of the subject, whether an object comes next); None: the end."""
        while True:
            frame = stack[-1] if stack else None
            if frame is not None and frame[0] in ("(", "s("):
                if not self._is(b")"):
                    if self.kind == END:
                        raise Unreadable(self.at)
                    after = _Node()
                    self._emit(subject, _REST, after, subject_at, self.at)
                    return after, _FIRST, self.at, True
                self._emit(subject, _REST, _NIL, subject_at, self.at)
                self._advance()
                stack.pop()
                if frame[0] == "s(":
                    return frame[3], "", frame[4], False
                subject, predicate, subject_at = frame[1], frame[2], frame[4]
                continue
            if self._is(b","):
                self._advance()
                return subject, predicate, subject_at, True
            if self._is(b";"):
                while self._is(b";"):
                    self._advance()
                if not self._is(b".", b"}", b"]"):
                    return subject, "", subject_at, False
            if frame is None:
                self._end_of_statement()
                return None
            if not self._is(b"]"):
                raise Unreadable(self.at)
            stack.pop()
            if frame[0] == "s[":
                self._advance()
                if self._is(b".", b"}"):
                    self._end_of_statement()
                    return None
                return subject, "", subject_at, False
            self._emit(frame[1], frame[2], frame[3], frame[4], frame[5])
            self._advance()
            subject, predicate, subject_at = frame[1], frame[2], frame[4]

    def _end_of_statement(self) -> None:
        """The dot; before it, in N-Quads, the graph's name; in TriG the graph's brace may stand instead."""
        if self.kind in (IRI, BLANK):
            self._flush()
            self._name_graph((self.kind, self.raw))
            self._advance()
        if self._is(b"}"):
            self._flush()
        else:
            self._expect(b".")

    # ── terms ──

    def _emit(self, subject: _Part, predicate: _Part, value: _Part, subject_at: int, at: int) -> None:
        self._group.append((subject, predicate, value, subject_at, at))

    def _flush(self) -> None:
        """What one token completed; the RDF library gives it last first."""
        for subject, predicate, value, subject_at, at in reversed(self._group):
            name = self._node(subject)
            self._node_name(value)
            if self._graph is not None:
                self._name_graph(self._graph)
            if name is not None and (self.wanted is None or name in self.wanted):
                self.found.append(Statement(name, self._iri(predicate), self._term(value), subject_at, at))
        self._group.clear()

    def _name_graph(self, graph: _Part) -> None:
        self._node_name(graph)

    def _node_name(self, part: _Part) -> None:
        if self.blank is not None and (isinstance(part, _Node) or (isinstance(part, tuple) and part[0] == BLANK)):
            self._node(part)

    def _node(self, part: _Part) -> str | None:
        """The subject's name; None for a blank node that gets none."""
        if isinstance(part, str):
            return part
        if isinstance(part, tuple) and part[0] != BLANK:
            return self._iri(part)
        if self.blank is None:
            return None
        key = part[1] if isinstance(part, tuple) else part
        name = self._names.get(key)
        if name is None:
            name = self._names[key] = f"_:b{self.blank}n{len(self._names)}"
        return name

    def _iri(self, part: _Part) -> str:
        if not isinstance(part, tuple):
            return str(part)
        raw = part[1]
        iri = self._known.get(raw)
        if iri is None:
            if part[0] == IRI:
                iri = self._resolved(unescaped(raw[1:-1].decode()))
            else:
                colon = raw.index(b":") + 1
                if raw[:colon] not in self.prefixes:
                    raise Unreadable(self.at)
                iri = self.prefixes[raw[:colon]] + unescaped(raw[colon:].decode())
            self._known[raw] = iri
        return iri

    def _term(self, part: _Part) -> Term:
        if isinstance(part, str):
            return part
        if isinstance(part, _Node) or part[0] == BLANK:
            return self._node(part) or "_:"
        kind, raw = part
        if kind in (IRI, NAME):
            return self._iri(part)
        if kind == NUMBER:
            return number(raw)
        return boolean(raw) if kind == WORD else self._literal(raw)

    def _literal(self, raw: bytes) -> Term:
        match = TOKEN(raw)
        if match is None or match.lastindex != STRING:
            raise Unreadable(self.at)
        lexical, rest = lexical_form(match[STRING]), raw[match.end() :]
        if rest.startswith(b"@"):
            return lexical, rest.decode().lower()
        if rest.startswith(b"^^"):
            return lexical, self._iri((IRI if rest[2:3] == b"<" else NAME, rest[2:]))
        return lexical, STRING_TYPE

    def _resolved(self, iri: str) -> str:
        return iri if self.base is None else _against_base(self.base, iri)


@lru_cache(maxsize=100_000)
def _against_base(base: str, iri: str) -> str:
    """A reference resolved as the RDF library does it (RFC 3986, 5)."""
    safe = "".join(c if c > " " and c not in '<>"{}|^`\\' else f"\\u{ord(c):04X}" for c in iri)
    (quad,) = parse(input=f"<{safe}> <urn:p> <urn:o> .", format=RdfFormat.TURTLE, base_iri=base)
    return quad.subject.value if isinstance(quad.subject, NamedNode) else iri


def statements(data: bytes, blank: str) -> Iterator[Statement]:
    """All statements of a file, in the order of `read_quads`."""
    yield from Reader(data, None, blank).read_all()
