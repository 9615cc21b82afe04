"""Answers to look at: a table, or records where a terminal is too narrow for one."""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata

from pyoxigraph import NamedNode

from thidua.answers import JOIN, Answer, Term, text_of
from thidua.messages import text
from thidua.terms import shorten
from thidua.text import printable


def show_term(term: Term | None) -> str:
    """The term for reading: IRIs with their prefix, control characters made visible."""
    return printable(shorten(term.value) if isinstance(term, NamedNode) else text_of(term))


def width(words: str) -> int:
    """Columns that `words` take on a terminal (Unicode TR 11; combining marks take none)."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in words)


def has_style(stream_is_terminal: bool) -> bool:
    """Whether to write bold: on a terminal that wants it (NO_COLOR and TERM=dumb are obeyed)."""
    return stream_is_terminal and "NO_COLOR" not in os.environ and os.environ.get("TERM", "dumb") != "dumb"


def styled(words: str, stream_is_terminal: bool) -> str:
    """`words` in bold on a terminal that wants it."""
    return f"\x1b[1m{words}\x1b[0m" if has_style(stream_is_terminal) else words


def to_table(answer: Answer, lang: str = "en", terminal: bool | None = None, columns: int | None = None) -> str:
    """The answer as a table, or as records when it is wider than the terminal; a pipe gets the whole table.

    Args:
        terminal: whether to write for a terminal; asked of stdout when not given.
        columns: the terminal's width; asked of the terminal when not given.
    """
    terminal = sys.stdout.isatty() if terminal is None else terminal
    if not answer.rows:
        return f"({text('no-rows', lang)})\n"
    cells = [[show_term(term) for term in row] for row in answer.rows]
    widths = [max(width(name), *(width(row[i]) for row in cells)) for i, name in enumerate(answer.columns)]
    limit = columns or shutil.get_terminal_size().columns
    if terminal and sum(widths) + 2 * len(widths) - 2 > limit:
        return _records(answer.columns, cells, terminal)
    lines = [styled(_line(answer.columns, widths), terminal), "  ".join("─" * w for w in widths)]
    lines += [_line(row, widths) for row in cells]
    return "\n".join(lines) + "\n"


def _line(cells: list[str], widths: list[int]) -> str:
    return "  ".join(cell + " " * (w - width(cell)) for cell, w in zip(cells, widths, strict=True)).rstrip()


def _records(columns: list[str], cells: list[list[str]], terminal: bool) -> str:
    """One block a row; unbound columns are left out."""
    margin = max(map(width, columns))
    blocks = []
    for number, row in enumerate(cells, start=1):
        lines = [styled(f"── {number} ", terminal)]
        for name, cell in zip(columns, row, strict=True):
            parts = cell.split(JOIN) if cell else []
            lines += [f"{name if i == 0 else '':<{margin}}  {part}" for i, part in enumerate(parts)]
        blocks.append("\n".join(lines))
    return "\n".join(blocks) + "\n"
