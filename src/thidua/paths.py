"""Property paths as a report writes them: a predicate's IRI as it is, anything else in the syntax of SPARQL 1.1 (9.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from thidua.errors import InternalError

_TOKEN = re.compile(r"<([^<>]*)>|([\^*+?/|()])")


@dataclass(frozen=True)
class Path:
    """A path: "iri" with its predicate, or one of ^ * + ? / | with the paths it is made of."""

    kind: str
    iri: str = ""
    parts: tuple[Path, ...] = ()


def parse_path(written: str) -> Path:
    """The path that `written` is.

    Raises:
        InternalError: it is none.
    """
    if not written.startswith(("<", "(", "^")):
        return Path("iri", written)
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
    return (first if len(parts) == 1 else Path(between, parts=tuple(parts))), at


def _element(tokens: list[tuple[str, str]], at: int) -> tuple[Path, int]:
    kind, iri = tokens[at] if at < len(tokens) else ("", "")
    if kind == "^":
        inner, at = _element(tokens, at + 1)
        return Path("^", parts=(inner,)), at
    if kind == "(":
        path, at = _alternatives(tokens, at + 1)
        if at >= len(tokens) or tokens[at][0] != ")":
            raise InternalError("internal", detail="a property path whose bracket is not closed")
        at += 1
    elif kind == "iri":
        path, at = Path("iri", iri), at + 1
    else:
        raise InternalError("internal", detail="a property path that breaks off")
    while at < len(tokens) and tokens[at][0] in ("*", "+", "?"):
        path, at = Path(tokens[at][0], parts=(path,)), at + 1
    return path, at


def first_steps(path: Path, inverse: bool = False) -> list[tuple[str, bool]]:
    """The predicates by which a path may leave its first node, and whether each is gone against its direction."""
    if path.kind == "iri":
        return [(path.iri, inverse)]
    if path.kind == "^":
        return first_steps(path.parts[0], not inverse)
    if path.kind == "/":
        return first_steps(path.parts[-1 if inverse else 0], inverse)
    return [step for part in path.parts for step in first_steps(part, inverse)]
