"""SPARQL queries as far as shapes need them taken apart: tokens, groups, triple patterns. The engine checks the grammar.

After SPARQL 1.1 Query, 19 (grammar). What this does not understand it refuses to take apart (`Unclear`), and whoever asked takes
the careful way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from thidua.shacl.paths import Path
from thidua.terms import RDF_TYPE

_TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\n\r]*)
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<text>'''(?:[^\\']|\\.|'{1,2}(?!'))*'''|\"\"\"(?:[^\\"]|\\.|"{1,2}(?!"))*\"\"\"|'(?:[^'\\\n\r]|\\.)*'|"(?:[^"\\\n\r]|\\.)*")
    |(?P<variable>[?$]\w+)
    |(?P<blank>_:[\w.·-]*[\w·-])
    |(?P<name>(?:[^\W\d_](?:[\w.·-]*[\w·-])?)?:(?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\[-_~.!$&'()*+,;=/?\#@%])(?:(?:[\w.:·-]|%[0-9A-Fa-f]{2}|\\[-_~.!$&'()*+,;=/?\#@%])*(?:[\w:·-]|%[0-9A-Fa-f]{2}|\\[-_~.!$&'()*+,;=/?\#@%]))?)?)
    |(?P<number>\d*\.?\d+(?:[eE][+-]?\d+)?)
    |(?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<word>[A-Za-z_]\w*)
    |(?P<sign>\^\^|&&|\|\||!=|<=|>=|.)""",
    re.VERBOSE | re.DOTALL,
)


class Unclear(Exception):
    """The query has something that is not understood here."""


class Token(NamedTuple):
    """One token: its kind (a group of the grammar above) and its text."""

    kind: str
    text: str

    @property
    def word(self) -> str:
        """The keyword, in capitals; nothing for other tokens."""
        return self.text.upper() if self.kind == "word" else ""

    @property
    def variable(self) -> str:
        """The variable's name without its sign; nothing for other tokens."""
        return self.text[1:] if self.kind == "variable" else ""


def tokens_of(query: str) -> list[Token]:
    """All tokens, spaces and comments included, so that their texts joined are the query."""
    return [Token(match.lastgroup or "sign", match[0]) for match in _TOKEN.finditer(query)]


@dataclass(frozen=True)
class Pattern:
    """A triple pattern; `path` None stands for a variable or a negated set as predicate. Ends are as the tokens print them."""

    subject: str
    path: Path | None
    object: str


@dataclass
class Group:
    """A group graph pattern.

    Attributes:
        patterns: its own triple patterns.
        named: variables that its own filters and BINDs use (those within EXISTS not counted), in a SELECT clause too.
        taken: those of them that BINDs use.
        bound: variables that its own BINDs give a value.
        inside: groups within it, each with what it is: "optional", "union", "group", "graph", "exists", "minus", "select".
        banned: keywords in it that SHACL does not allow (5.2.1): MINUS, VALUES, SERVICE.
        selected: of a sub-SELECT, the variables it gives ("*" for all); `plain` where nothing counts or cuts its rows.
    """

    patterns: list[Pattern] = field(default_factory=list)
    named: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)
    bound: set[str] = field(default_factory=set)
    inside: list[tuple[str, Group]] = field(default_factory=list)
    banned: set[str] = field(default_factory=set)
    selected: set[str] | None = None
    plain: bool = True

    def all_groups(self) -> list[Group]:
        """This group and all within it."""
        return [self, *(one for _, group in self.inside for one in group.all_groups())]

    def binds(self, variable: str) -> bool:
        """Does every solution of the group bind the variable, by its own patterns or a group it joins?"""
        mark = "?" + variable
        if any(mark in (one.subject, one.object) for one in self.patterns):
            return True
        if any(kind in ("group", "graph") and group.binds(variable) for kind, group in self.inside):
            return True
        branches = [group for kind, group in self.inside if kind == "union"]
        return bool(branches) and all(group.binds(variable) for group in branches)


@dataclass(eq=False)
class Query:
    """A query taken apart.

    Attributes:
        form: SELECT or ASK.
        tokens: all of them; `head` (tokens of the SELECT clause) and `body` (index of the token after the outer brace) point in.
        select: variables that the SELECT clause gives, aliases included; `aliases` only those made by AS.
        aggregates: whether rows are counted together; `grouped` by which variables.
        cut: LIMIT or OFFSET.
        where: the outer group.
        uses: places (among the tokens) of variables in expressions, each with the function that is called on it alone, if one is; those
            that a BIND or SELECT only gives another name are none.
        literals: places where literals begin that stand for themselves, in patterns and sameTerm, each with the place after it.
        subjects: places of variables that are subjects of patterns.
    """

    form: str
    tokens: list[Token]
    head: tuple[int, int]
    body: int
    select: set[str]
    aliases: set[str]
    aggregates: bool
    grouped: set[str]
    cut: bool
    where: Group
    uses: dict[int, str]
    literals: dict[int, tuple[int, Literal]]
    subjects: set[int]


_AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})
PATH = NamedNode("urn:x-thidua:path")  # where $PATH stands for a path that is not known yet
_FAR_BACK = 100  # tokens
_RDF_TYPE_PATH = Path("predicate", RDF_TYPE)


def parse_query(text: str) -> Query:
    """The parts of a SELECT or ASK.

    Raises:
        Unclear: it has something that is not understood here.
    """
    return _Parser(text).query()


class _Parser:
    def __init__(self, text: str) -> None:
        self.all = tokens_of(text)
        self.places = [n for n, token in enumerate(self.all) if token.kind != "space"]
        self.at = 0
        self.prefixes: dict[str, str] = {}
        self.base = ""
        self.fresh = 0
        self.uses: dict[int, str] = {}
        self.literals: dict[int, tuple[int, Literal]] = {}
        self.subjects: set[int] = set()
        if any(
            token.text == "\\" or (token.kind == "iri" and ":" not in token.text and re.search(r"[?$]", token.text)) for token in self.all
        ):
            raise Unclear  # codepoint escapes; what looks like an IRI may be comparisons

    def _use(self) -> None:
        """Notes that the variable just read stands in an expression."""
        before, after = self._peek(-2), self._peek()
        if before.text == "(" and after.word == "AS":
            return
        if self._within("SAMETERM"):
            self.uses[self.places[self.at - 1]] = "SAMETERM"
            return
        function = self._peek(-3).word if before.text == "(" and after.text == ")" else ""
        if before.word == "DISTINCT" and self._peek(-3).text == "(":
            function = self._peek(-4).word
        self.uses[self.places[self.at - 1]] = function

    def _within(self, function: str) -> bool:
        """Is the token just read directly within the brackets of a function?"""
        depth = 0
        for back in range(2, min(self.at, _FAR_BACK) + 1):
            depth += (self._peek(-back).text == ")") - (self._peek(-back).text == "(")
            if depth < 0:
                return self._peek(-back - 1).word == function
        return False

    def _peek(self, ahead: int = 0) -> Token:
        place = self.at + ahead
        return self.all[self.places[place]] if place < len(self.places) else Token("end", "")

    def _next(self) -> Token:
        token = self._peek()
        self.at += 1
        return token

    def _place(self) -> int:
        return self.places[self.at] if self.at < len(self.places) else len(self.all)

    def _expect(self, text: str) -> None:
        if self._next().text.upper() != text:
            raise Unclear

    def query(self) -> Query:
        while self._peek().word in ("PREFIX", "BASE"):
            if self._next().word == "BASE":
                self.base = self._next().text[1:-1]
            else:
                name = self._next().text
                self.prefixes[name.removesuffix(":")] = self._next().text[1:-1]
        start = self._place()
        form = self._next().word
        if form not in ("SELECT", "ASK"):
            raise Unclear
        select, aliases, aggregates = self._select_clause(set()) if form == "SELECT" else (set(), set(), False)
        end = self._place()
        if self._peek().word in ("FROM",):
            raise Unclear
        if self._peek().word == "WHERE":
            self._next()
        self._expect("{")
        body = self._place()
        where = self._group()
        grouped, cut, more = self._modifiers(where)
        if self._peek().kind != "end":
            raise Unclear
        return Query(
            form,
            self.all,
            (start, end),
            body,
            select,
            aliases,
            aggregates or more,
            grouped,
            cut,
            where,
            self.uses,
            self.literals,
            self.subjects,
        )

    def _select_clause(self, named: set[str]) -> tuple[set[str], set[str], bool]:
        """The variables given, those of them made by AS, and whether anything is counted; adds to `named` what expressions use."""
        select: set[str] = set()
        aliases: set[str] = set()
        aggregates = False
        if self._peek().word in ("DISTINCT", "REDUCED"):
            self._next()
        while self._peek().text not in ("{", "") and self._peek().word not in ("WHERE", "FROM"):
            token = self._next()
            if token.text == "*":
                select.add("*")
            elif token.kind == "variable":
                select.add(token.variable)
            elif token.text == "(":
                words, alias = self._expression_as(named)
                aggregates |= bool(words & _AGGREGATES)
                select.add(alias)
                aliases.add(alias)
            else:
                raise Unclear
        return select, aliases, aggregates

    def _expression_as(self, named: set[str]) -> tuple[set[str], str]:
        """After "(": the words of the expression, and the variable after AS."""
        depth, words, alias = 1, set(), ""
        while depth:
            token = self._next()
            if token.kind == "end" or (token.text in "{}" and token.text):
                raise Unclear
            depth += (token.text == "(") - (token.text == ")")
            words.add(token.word)
            if depth == 1 and token.word == "AS":
                alias = self._next().variable
            elif token.kind == "variable":
                self._use()
                named.add(token.variable)
            else:
                self._constant(token)
        if not alias:
            raise Unclear
        return words, alias

    def _modifiers(self, where: Group) -> tuple[set[str], bool, bool]:
        grouped: set[str] = set()
        cut = aggregates = False
        clause = ""
        while (token := self._peek()).kind != "end" and token.text != "}":
            self._next()
            if token.word in ("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"):
                clause = token.word
                cut |= clause in ("LIMIT", "OFFSET")
                aggregates |= clause in ("GROUP", "HAVING")
                if clause == "VALUES":
                    where.banned.add("VALUES")
                    self._braces()
            elif clause == "GROUP" and token.kind == "variable":
                grouped.add(token.variable)
            elif clause == "HAVING" and token.kind == "variable":
                self._use()
            elif (clause == "GROUP" and token.text == "(") or token.text == "{":
                raise Unclear
        return grouped, cut, aggregates

    def _braces(self) -> None:
        """Skips to the end of the next pair of braces."""
        while self._peek().text != "{":
            if self._next().kind == "end":
                raise Unclear
        depth = 0
        while True:
            token = self._next()
            if token.kind == "end":
                raise Unclear
            depth += (token.text == "{") - (token.text == "}")
            if not depth:
                return

    def _group(self) -> Group:
        """A group after its opening brace, to its closing one."""
        group = Group()
        if self._peek().word == "SELECT":
            self._next()
            named: set[str] = set()
            select, aliases, aggregates = self._select_clause(named)
            if self._peek().word == "WHERE":
                self._next()
            self._expect("{")
            inner = self._group()
            _, cut, more = self._modifiers(inner)
            self._expect("}")
            inner.selected, inner.plain = select, not (cut or more or aggregates)
            inner.bound |= aliases
            inner.named |= named
            group.inside.append(("select", inner))
            return group
        while (token := self._peek()).text != "}":
            word = token.word
            if token.kind == "end":
                raise Unclear
            if token.text == "{":
                self._next()
                inner = self._group()
                branches = [inner]
                while self._peek().word == "UNION":
                    self._next()
                    self._expect("{")
                    branches.append(self._group())
                kind = "union" if len(branches) > 1 else "group"
                wrapped = Group(inside=[(kind, one) for one in branches]) if kind == "union" else branches[0]
                group.inside.append(("group", wrapped))
            elif word in ("OPTIONAL", "MINUS"):
                self._next()
                self._expect("{")
                if word == "MINUS":
                    group.banned.add(word)
                group.inside.append((word.lower(), self._group()))
            elif word in ("GRAPH", "SERVICE"):
                if word == "SERVICE":
                    group.banned.add(word)
                self._next()
                if self._peek().word == "SILENT":
                    self._next()
                self._next()
                self._expect("{")
                group.inside.append(("graph", self._group()))
            elif word == "VALUES":
                group.banned.add(word)
                self._next()
                self._braces()
            elif word == "FILTER":
                self._next()
                self._filter(group)
            elif word == "BIND":
                self._next()
                self._expect("(")
                before = set(group.named)
                group.named.clear()
                group.bound.add(self._expression(group))
                group.taken |= group.named
                group.named |= before
            elif token.text == ".":
                self._next()
            else:
                self._triples(group)
        self._next()
        return group

    def _filter(self, group: Group) -> None:
        """A filter: in brackets, a function's call, or EXISTS."""
        if self._peek().word == "NOT" or self._peek().word == "EXISTS":
            if self._next().word == "NOT":
                self._expect("EXISTS")
            self._expect("{")
            group.inside.append(("exists", self._group()))
            return
        if self._peek().text != "(":
            self._next()
        self._expect("(")
        self._expression(group)

    def _expression(self, group: Group) -> str:
        """An expression after its "(", to its ")"; gives the variable after AS, if there is one."""
        depth, alias = 1, ""
        while depth:
            token = self._next()
            if token.kind == "end" or token.text == "}":
                raise Unclear
            if token.text == "{":
                group.inside.append(("exists", self._group()))
                continue
            depth += (token.text == "(") - (token.text == ")")
            if depth == 1 and token.word == "AS":
                alias = self._next().variable
            elif token.kind == "variable":
                self._use()
                group.named.add(token.variable)
            else:
                self._constant(token)
        return alias

    def _constant(self, token: Token) -> None:
        """Notes a literal just read in an expression, where it stands for itself there."""
        if token.kind in ("text", "number") and self._within("SAMETERM"):
            self._literal(token, self.at - 1)

    def _literal(self, token: Token, start: int) -> None:
        """Notes a literal that begins at `start` and whose first token (after a sign) was just read; reads the rest of it."""
        written = "".join(self._peek(n - self.at).text for n in range(start, self.at))
        if token.kind == "text":
            if self._peek().kind == "tag":
                written += self._next().text
            elif self._peek().text == "^^":
                self._next()
                datatype = self._next()
                written += f"^^<{self._expand(datatype.text) if datatype.kind == 'name' else datatype.text[1:-1]}>"
        try:
            quad = next(iter(parse(f"<urn:x> <urn:x> {written} .", format=RdfFormat.TURTLE)))
        except SyntaxError as error:
            raise Unclear from error
        if isinstance(quad.object, Literal):
            after = self.places[self.at - 1] + 1
            self.literals[self.places[start]] = (after, quad.object)

    def _triples(self, group: Group) -> None:
        """Triples of one subject."""
        if self._peek().kind == "variable":
            self.subjects.add(self._place())
        subject = self._term(group)
        self._properties(subject, group)

    def _properties(self, subject: str, group: Group) -> None:
        while True:
            while self._peek().text == ";":
                self._next()
            if self._peek().text in (".", "}", "]", "") or self._peek().word in _KEYWORDS or self._peek().text == "{":
                return
            path = self._path()
            while True:
                group.patterns.append(Pattern(subject, path, self._term(group)))
                if self._peek().text != ",":
                    break
                self._next()
            if self._peek().text != ";":
                return

    def _node(self) -> str:
        self.fresh += 1
        return f"?_n{self.fresh}"

    def _term(self, group: Group) -> str:
        token = self._next()
        if token.kind == "variable":
            return "?" + token.variable
        if token.kind == "iri":
            return f"<{self.base if not token.text[1:-1] else ''}{token.text[1:-1]}>"
        if token.kind == "name":
            return f"<{self._expand(token.text)}>"
        if token.kind == "blank":
            return "?_" + re.sub(r"\W", "_", token.text)
        if token.text == "[":
            node = self._node()
            self._properties(node, group)
            self._expect("]")
            return node
        if token.text == "(":
            while self._peek().text != ")":
                self._term(group)
            self._next()
            raise Unclear  # a list in a query: nobody writes them in shapes
        start = self.at - 1
        if token.text in ("+", "-"):
            token = self._next()
        if token.kind in ("text", "number"):
            self._literal(token, start)
            return "literal"
        if token.word in ("TRUE", "FALSE"):
            return "literal"
        raise Unclear

    def _expand(self, name: str) -> str:
        prefix, _, rest = name.partition(":")
        if prefix not in self.prefixes:
            raise Unclear
        return self.prefixes[prefix] + re.sub(r"\\(.)", r"\1", rest)

    def _path(self) -> Path | None:
        if self._peek().kind == "variable":
            return Path("predicate", PATH) if self._next().variable == "PATH" else None
        parts = [self._sequence()]
        while self._peek().text == "|":
            self._next()
            parts.append(self._sequence())
        if None in parts:
            return None
        known = tuple(part for part in parts if part is not None)
        return known[0] if len(known) == 1 else Path("alternative", parts=known)

    def _sequence(self) -> Path | None:
        parts = [self._step()]
        while self._peek().text == "/":
            self._next()
            parts.append(self._step())
        if None in parts:
            return None
        known = tuple(part for part in parts if part is not None)
        return known[0] if len(known) == 1 else Path("sequence", parts=known)

    def _step(self) -> Path | None:
        if self._peek().text == "^":
            self._next()
            inner = self._step()
            return None if inner is None else Path("inverse", parts=(inner,))
        token = self._next()
        path: Path | None
        if token.text == "(":
            path = self._path()
            self._expect(")")
        elif token.text == "!":
            if self._peek().text == "(":
                while self._next().text != ")":
                    if self._peek().kind == "end":
                        raise Unclear
            else:
                if self._peek().text == "^":
                    self._next()
                self._next()
            path = None
        elif token.text == "a":
            path = _RDF_TYPE_PATH
        elif token.kind == "iri":
            path = Path("predicate", NamedNode(token.text[1:-1]))
        elif token.kind == "name":
            path = Path("predicate", NamedNode(self._expand(token.text)))
        elif token.variable == "PATH":
            path = Path("predicate", PATH)
        else:
            raise Unclear
        while self._peek().text in ("*", "+") or (self._peek().text == "?"):
            sign = self._next().text
            path = None if path is None else Path(sign, parts=(path,))
        return path


_KEYWORDS = frozenset({"OPTIONAL", "MINUS", "GRAPH", "SERVICE", "VALUES", "FILTER", "BIND"})
