"""SHACL property paths (Recommendation, 2.3.1): read from a graph, written as SPARQL, walked over the data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from thidua.errors import InputError, InternalError
from thidua.terms import PREFIXES

Term = NamedNode | BlankNode | Literal
Node = NamedNode | BlankNode
SH = PREFIXES["sh"]
_RDF = PREFIXES["rdf"]
FIRST, REST, NIL = NamedNode(_RDF + "first"), NamedNode(_RDF + "rest"), NamedNode(_RDF + "nil")
_DEPTH = 50


class Path(NamedTuple):
    """A path: `kind` is one of "predicate", "inverse", "sequence", "alternative", "*", "+", "?"."""

    kind: str
    predicate: NamedNode | None = None
    parts: tuple[Path, ...] = ()

    @property
    def inner(self) -> Path:
        """The one path that an inverse or repeated path is made of."""
        return self.parts[0]

    def sparql(self) -> str:
        """The path as SPARQL 1.1 writes it, every predicate in full."""
        if self.predicate is not None:
            return str(self.predicate)
        if self.kind == "inverse":
            return f"^{_bracketed(self.inner)}"
        if self.kind in ("*", "+", "?"):
            return f"{_bracketed(self.inner)}{self.kind}"
        return ("/" if self.kind == "sequence" else "|").join(map(_bracketed, self.parts))

    def predicates(self) -> frozenset[NamedNode]:
        """Every predicate in it."""
        if self.predicate is not None:
            return frozenset((self.predicate,))
        return frozenset(predicate for part in self.parts for predicate in part.predicates())

    def inverted(self) -> Path:
        """The path from its values back to where it began."""
        if self.kind == "predicate":
            return Path("inverse", parts=(self,))
        if self.kind == "inverse":
            return self.inner
        parts = tuple(part.inverted() for part in self.parts)
        return Path(self.kind, parts=parts[::-1] if self.kind == "sequence" else parts)


def _bracketed(path: Path) -> str:
    text = path.sparql()
    return text if path.predicate is not None else f"({text})"


Objects = Callable[[Term, NamedNode], Iterable[Term]]


def read_list(node: Term, objects: Objects) -> list[Term]:
    """The members of an RDF list.

    Raises:
        InputError: not a well-formed list, or one that comes back to itself.
    """
    members: list[Term] = []
    seen = set()
    while node != NIL:
        first, rest = list(objects(node, FIRST)), list(objects(node, REST))
        if node in seen or len(first) != 1 or len(rest) != 1:
            raise InputError("shapes-unusable", detail=f"{node} is no well-formed list")
        seen.add(node)
        members.append(first[0])
        node = rest[0]
    return members


def read_path(node: Term, objects: Objects, depth: int = 0) -> Path:
    """The path that a node of the shapes graph stands for.

    Raises:
        InputError: not a well-formed path.
    """
    if isinstance(node, NamedNode) and node != NIL:
        return Path("predicate", node)
    if depth > _DEPTH or isinstance(node, Literal):
        raise InputError("shapes-unusable", detail=f"{node} is no property path")
    found = [
        (kind, value)
        for name, kind in (
            ("inversePath", "inverse"),
            ("alternativePath", "alternative"),
            ("zeroOrMorePath", "*"),
            ("oneOrMorePath", "+"),
            ("zeroOrOnePath", "?"),
        )
        for value in objects(node, NamedNode(SH + name))
    ]
    if list(objects(node, FIRST)):
        found = [("sequence", node)]  # a list that is said to be another path too is a list (strange paths of the W3C suite)
    if len(found) != 1:
        raise InputError("shapes-unusable", detail=f"{node} is no property path")
    kind, value = found[0]
    if kind not in ("sequence", "alternative"):
        return Path(kind, parts=(read_path(value, objects, depth + 1),))
    parts = tuple(read_path(member, objects, depth + 1) for member in read_list(value, objects))
    if len(parts) < 2:
        raise InputError("shapes-unusable", detail=f"{node}: a path of fewer than two parts")
    return Path(kind, parts=parts)


def values(path: Path, start: Iterable[Term], objects: Objects, subjects: Objects) -> set[Term]:
    """The nodes at the other end of `path` from any of `start`, each once (SHACL 3.1, value nodes).

    Args:
        objects, subjects: of a statement with the given other end and predicate.
    """
    nodes = set(start)
    if path.predicate is not None:
        predicate = path.predicate
        return {value for node in nodes if not isinstance(node, Literal) for value in objects(node, predicate)}
    if path.kind == "inverse":
        inner = path.inner
        if inner.predicate is not None:
            predicate = inner.predicate
            return {value for node in nodes for value in subjects(node, predicate)}
        return values(inner.inverted(), nodes, objects, subjects)
    if path.kind == "sequence":
        for part in path.parts:
            nodes = values(part, nodes, objects, subjects)
        return nodes
    if path.kind == "alternative":
        return {value for part in path.parts for value in values(part, nodes, objects, subjects)}
    if path.kind == "?":
        return nodes | values(path.inner, nodes, objects, subjects)
    reached: set[Term] = set(nodes) if path.kind == "*" else set()
    frontier = nodes
    while frontier := values(path.inner, frontier, objects, subjects) - reached:
        reached |= frontier
    return reached


_TOKEN = re.compile(r"<([^<>]*)>|([\^*+?/|()])")
_BETWEEN = {"/": "sequence", "|": "alternative"}


def parse_path(written: str) -> Path:
    """The path that is written as `Path.sparql` writes it, but for a predicate alone, whose IRI stands as it is.

    Raises:
        InternalError: it is none.
    """
    if not written.startswith(("<", "(", "^")):
        return Path("predicate", NamedNode(written))
    tokens: list[tuple[str, str]] = []
    at = 0
    while at < len(written):
        match = _TOKEN.match(written, at)
        if match is None:
            raise InternalError("internal", detail=f"no property path: {written}")
        tokens.append(("iri", match[1]) if match[1] is not None else (match[2], ""))
        at = match.end()
    path, after = _alternatives(tokens, 0)
    if after != len(tokens):
        raise InternalError("internal", detail=f"no property path: {written}")
    return path


def _alternatives(tokens: list[tuple[str, str]], at: int) -> tuple[Path, int]:
    return _row(tokens, at, "|")


def _row(tokens: list[tuple[str, str]], at: int, between: str) -> tuple[Path, int]:
    """Paths with `between` between them; a sequence binds closer than an alternative."""

    def part(at: int) -> tuple[Path, int]:
        return _row(tokens, at, "/") if between == "|" else _element(tokens, at)

    first, at = part(at)
    parts = [first]
    while at < len(tokens) and tokens[at][0] == between:
        one, at = part(at + 1)
        parts.append(one)
    return (first if len(parts) == 1 else Path(_BETWEEN[between], parts=tuple(parts))), at


def _element(tokens: list[tuple[str, str]], at: int) -> tuple[Path, int]:
    kind, iri = tokens[at] if at < len(tokens) else ("", "")
    if kind == "^":
        inner, at = _element(tokens, at + 1)
        return Path("inverse", parts=(inner,)), at
    if kind == "(":
        path, at = _alternatives(tokens, at + 1)
        if at >= len(tokens) or tokens[at][0] != ")":
            raise InternalError("internal", detail="a property path whose bracket is not closed")
        at += 1
    elif kind == "iri":
        path, at = Path("predicate", NamedNode(iri)), at + 1
    else:
        raise InternalError("internal", detail="a property path that breaks off")
    while at < len(tokens) and tokens[at][0] in ("*", "+", "?"):
        path, at = Path(tokens[at][0], parts=(path,)), at + 1
    return path, at


def first_steps(path: Path, inverse: bool = False) -> list[tuple[str, bool]]:
    """The predicates by which a path may leave its first node, and whether each is gone against its direction."""
    if path.predicate is not None:
        return [(path.predicate.value, inverse)]
    if path.kind == "inverse":
        return first_steps(path.inner, not inverse)
    if path.kind == "sequence":
        return first_steps(path.parts[-1 if inverse else 0], inverse)
    return [step for part in path.parts for step in first_steps(part, inverse)]
