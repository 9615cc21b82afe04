"""A fact sheet to look at: the facts by kind, each with the sentence that states it and the words that count marked in it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from typing import Any

from thidua.extraction.chunks import sentences
from thidua.extraction.document import Document
from thidua.extraction.lexicon import flat
from thidua.extraction.sheet import Sheet, Span
from thidua.extraction.sources import FACTS
from thidua.messages import text
from thidua.tables import has_style, styled, width
from thidua.text import printable

NEAR = 200  # characters of a sentence that are shown on either side of the words that count
_ON, _OFF = "\x01", "\x02"  # begin and end of words to be marked, within a line that holds no other control characters
_NOT_SLOTS = ("evidence", "spans", "inferred", "date_inferred")
_EXACT = "exact"


def to_table(sheet: Sheet, document: Document, lang: str = "en", terminal: bool = False) -> str:
    """The facts of a sheet with their words: bold on a terminal that wants it, else in square brackets.

    Args:
        terminal: whether to write for a terminal, within its width; a pipe gets each line whole.
    """
    columns = shutil.get_terminal_size().columns if terminal else None
    stretches = _sentences(document)
    title = f" — {printable(document.title)}" if document.title else ""
    lines = _lines(f"{_ON}{printable(document.file)}{_OFF}{title}", "", "", columns, terminal, brackets=False)
    for kind in FACTS:
        items: list[dict[str, Any]] = sheet[kind]  # type: ignore[literal-required]
        if items:
            lines += ["", styled(f"{text(f'kind-{kind}', lang)} ({len(items)})", terminal)]
        for number, item in enumerate(items, start=1):
            lines += _fact(number, item, document.text, stretches, columns, terminal)
    return "\n".join(lines) + "\n"


def _sentences(document: Document) -> list[tuple[int, int]]:
    text_flat = flat(document.text)
    return [one for part in document.parts for one in sentences(document.text, text_flat, part.start, part.end, part.kind == "caption")]


def _fact(
    number: int, item: dict[str, Any], words: str, stretches: Sequence[tuple[int, int]], columns: int | None, terminal: bool
) -> list[str]:
    """One fact: the sentence, then its slots."""
    start, end = _around(item["evidence"], stretches)
    spans = sorted(tuple(one) for slot in item["spans"].values() for one in slot if start <= one[0] and one[1] <= end)
    marked = _merged(spans) or [tuple(item["evidence"])]
    lines = _lines(_marked(words, start, end, marked), f"{number:>3}  ", "     ", columns, terminal)
    slots = [slot for slot, value in item.items() if slot not in _NOT_SLOTS and value not in (None, False, [], {})]
    margin = max(map(len, slots), default=0)
    for slot in slots:
        head = f"     {slot:<{margin}}  "
        said = [_said(item[slot])]
        elsewhere = [words[one[0] : one[1]] for one in item["spans"].get(slot, []) if one[0] < start or end < one[1]]
        said += [f"“{one}”" for one in elsewhere if one != said[0]]
        if slot in item["inferred"]:
            said.append(f"← {item['inferred'][slot]}")
        if said != [_EXACT]:
            lines += _lines(printable("  ".join(said)), head, " " * len(head), columns, terminal)
    return lines


def _around(evidence: Span, stretches: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The sentences that the evidence stands in, no more than NEAR characters further than it on either side."""
    start, end = evidence
    met = [one for one in stretches if one[0] < end and start < one[1]]
    first, last = min([start, *(one[0] for one in met)]), max([end, *(one[1] for one in met)])
    return max(first, start - NEAR), min(last, end + NEAR)


def _merged(spans: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Spans in order, those that overlap made one."""
    merged: list[tuple[int, ...]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _marked(words: str, start: int, end: int, spans: Sequence[tuple[int, ...]]) -> str:
    """The words from `start` to `end`, those of the spans between _ON and _OFF."""
    parts, at = [], start
    for first, last in spans:
        parts += [printable(words[at:first]), _ON, printable(words[first:last]), _OFF]
        at = last
    return "".join([*parts, printable(words[at:end])])


def _said(value: Any) -> str:
    """A slot's value in short."""
    if isinstance(value, list):
        return "; ".join(_one(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {one}" for key, one in value.items())
    return value if isinstance(value, str) else json.dumps(value)


def _one(value: dict[str, Any]) -> str:
    """A presenter, or a group of recipients."""
    if "kind" not in value:
        return ", ".join(one for one in (value["name"], value["post"]) if one)
    counted = [] if value["count"] is None else [str(value["count"])]
    bound = [] if value["qualifier"] == _EXACT else [value["qualifier"]]
    names = f" ({', '.join(value['names'])})" if value["names"] else ""
    return " ".join([*bound, *counted, value["kind"]]) + names


def _lines(words: str, head: str, margin: str, columns: int | None, terminal: bool, brackets: bool = True) -> list[str]:
    """Words in lines of at most `columns`, the first after `head`, the others after `margin`; marks are put into them.

    Args:
        brackets: whether to mark by brackets where there is no bold.
    """
    bold = has_style(terminal)
    if not bold:
        words = words.replace(_ON, "[" if brackets else "").replace(_OFF, "]" if brackets else "")
    lines: list[str] = []
    marking = False
    for line in _wrapped(words.split(" "), None if columns is None else max(20, columns - width(head))):
        begun, marking = marking, line.rfind(_ON) > line.rfind(_OFF) if _ON in line or _OFF in line else marking
        line = f"{_ON if begun else ''}{line}{_OFF if marking else ''}"
        lines.append((head if not lines else margin) + line.replace(_ON, "\x1b[1m").replace(_OFF, "\x1b[0m"))
    return lines


def _wrapped(words: Sequence[str], most: int | None) -> Iterator[str]:
    """The words in lines of at most so many columns; a longer word has a line of its own."""
    line: list[str] = []
    taken = 0
    for word in words:
        wide = width(word.replace(_ON, "").replace(_OFF, ""))
        if line and most is not None and taken + 1 + wide > most:
            yield " ".join(line)
            line, taken = [], 0
        taken += wide + (1 if line else 0)
        line.append(word)
    yield " ".join(line)
