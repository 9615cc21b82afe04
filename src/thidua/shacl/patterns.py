"""Texts against regular expressions as SPARQL's REGEX has them (SPARQL 1.1, 17.4.3.14)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from pyoxigraph import Literal, QuerySolutions

from thidua.shacl.literals import NOTHING

_MOST_KNOWN = 50_000  # texts whose answer is kept
_AT_ONCE = 1_000  # texts asked of together
_LONGEST = 10_000  # characters of a text that is asked of together with others


class Pattern:
    """A test of texts against a regular expression.

    The engine's own takes time in proportion to the text. What it does not know (looking ahead, references back: not in
    XPath's regular expressions either) is left to Python's, which may take for ever on some texts.

    Raises:
        re.error: neither knows it.
    """

    def __init__(self, pattern: str, flags: str) -> None:
        self._known: dict[str, bool] = {}
        self._written = f"{Literal(pattern)}, {Literal(flags)}"
        self._by_python: Callable[[str], bool] | None = None
        if not engine_knows(pattern, flags):
            python_flags = 0
            for flag in flags:
                python_flags |= {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL, "x": re.VERBOSE}.get(flag, 0)
            compiled = re.compile(pattern, python_flags)
            self._by_python = lambda text: compiled.search(text) is not None

    def __call__(self, text: str) -> bool:
        """Does the expression match anywhere in the text?"""
        if self._by_python is not None:
            return self._by_python(text)
        if text not in self._known:
            self._ask([text])
        return self._known[text]

    def expect(self, texts: Iterable[str]) -> None:
        """Has the engine look at texts that will be asked of: together they take it a twentieth of the time."""
        if self._by_python is None:
            waiting = sorted({text for text in texts if text not in self._known and len(text) <= _LONGEST})
            for first in range(0, min(len(waiting), _MOST_KNOWN), _AT_ONCE):
                self._ask(waiting[first : first + _AT_ONCE])

    def _ask(self, texts: list[str]) -> None:
        if len(self._known) + len(texts) > _MOST_KNOWN:
            self._known.clear()
        values = " ".join(map(str, map(Literal, texts)))
        found = NOTHING.query(f"SELECT ?text WHERE {{ VALUES ?text {{ {values} }} FILTER(REGEX(?text, {self._written})) }}")
        assert isinstance(found, QuerySolutions)
        self._known.update(dict.fromkeys(texts, False))
        self._known.update((row[0].value, True) for row in found)


matcher = lru_cache(maxsize=1000)(Pattern)


@lru_cache(maxsize=1000)
def engine_knows(pattern: str, flags: str) -> bool:
    """Can the engine use this regular expression?"""
    found = NOTHING.query(f'SELECT (REGEX("", {Literal(pattern)}, {Literal(flags)}) AS ?r) {{}}')
    assert isinstance(found, QuerySolutions)
    return next(found)["r"] is not None
