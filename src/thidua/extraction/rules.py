"""Rules over rows of chunks: `<class>` stands for a chunk of that class, all else is as in regular expressions."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from thidua.errors import InputError
from thidua.extraction.chunks import Chunk, Codes

# A builder is given the chunks that matched, and the chunks of each named group; it answers with what takes their place
# (a chunk, and how many of the matched chunks it takes), or None where they are not what the rule looks for.
Builder = Callable[[list[Chunk], dict[str, list[Chunk]]], "tuple[Chunk, int] | None"]


@dataclass(slots=True)
class Rule:
    """A pattern and what is made of what it finds."""

    make: str
    pattern: re.Pattern[str]


def compile_rule(written: str, classes: dict[str, list[str]], codes: Codes, where: str) -> re.Pattern[str]:
    """The regular expression over codes of a rule's notation.

    Raises:
        InputError: it is no regular expression.
    """

    def code_class(match: re.Match[str]) -> str:
        negated, names = match.group(1) == "^", match.group(2)
        wanted: set[str] = set()
        for name in names.split("|"):
            wanted |= set(classes.get(name, [name]))
        having = codes.having(frozenset(wanted))
        if not having:
            return "(?!)" if not negated else "."
        return f"[{'^' if negated else ''}{having}]"

    bare = re.sub(r"\s+", "", written)
    # group names look like (?P<name>…): kept apart from classes
    bare = re.sub(r"\(\?P<(\w+)>", lambda m: f"(?P\x01{m.group(1)}\x02", bare)
    try:
        return re.compile(re.sub(r"<(\^?)([\w|]+)>", code_class, bare).replace("\x01", "<").replace("\x02", ">"), re.DOTALL)
    except re.error as error:
        raise InputError("bad-grammar", path=where, detail=f"{written}: {error}") from error


def apply(rule: Rule, chunks: list[Chunk], row: str, codes: Codes, build: Builder) -> tuple[list[Chunk], str]:
    """The row with what the rule finds replaced, from left to right.

    Args:
        row: the codes of `chunks`, one character each.
    """
    match = rule.pattern.search(row)
    if match is None:
        return chunks, row
    at = 0
    kept: list[Chunk] = []
    kept_row: list[str] = []
    while match is not None:
        start, end = match.span()
        built = None
        if end > start:
            groups = {name: chunks[match.start(name) : match.end(name)] for name in rule.pattern.groupindex if match.start(name) >= 0}
            built = build(chunks[start:end], groups)
        if built is None:
            position = start + 1
        else:
            chunk, taken = built
            kept += chunks[at:start]
            kept.append(chunk)
            kept_row += (row[at:start], codes.of(chunk.tags))
            at = position = start + taken
        match = rule.pattern.search(row, position)
    if not at:
        return chunks, row
    return kept + chunks[at:], "".join(kept_row) + row[at:]


def new_chunk(tag: str, chunks: list[Chunk], value: Any, also: frozenset[str] = frozenset()) -> Chunk:
    """One chunk in place of several."""
    return Chunk(frozenset([tag]) | also, chunks[0].start, chunks[-1].end, {}, value)
