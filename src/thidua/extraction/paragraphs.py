"""The paragraphs of a plain text: lines, joined where a sentence or a fixed width was broken over several."""

from __future__ import annotations

import re
from dataclasses import dataclass

from thidua.extraction.letters import LOWER

_LINE = re.compile(r"\S(?:[^\n\r\f\v\u2028\u2029]*\S)?")
_BREAK = re.compile(r"\r\n|[\n\r\f\v\u2028\u2029]")
_FINAL = re.compile(r"[.!?…;:]['\"”’»)\]]*$|[.!?…]\s*/?\.?/?$")
_GOES_ON = re.compile(rf"{LOWER}(?![.)])")
_HAS_LETTERS = re.compile(r"[^\W\d_]{2}")
_WIDEST = 120  # characters of a line in texts of a fixed width


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph's place in the text (end exclusive) and whether a sentence ends with it."""

    start: int
    end: int
    final: bool


def ends_sentence(words: str) -> bool:
    """Whether `words` end as a sentence does."""
    return _FINAL.search(words[-6:]) is not None


def paragraphs_of(text: str, apart: frozenset[int] = frozenset()) -> list[Paragraph]:
    """All paragraphs of a text, in order; what lies between them is blank.

    Args:
        apart: where a paragraph begins that is not to be joined to the one before, whatever their words.
    """
    blocks: list[list[tuple[int, int]]] = []
    end = 0
    for match in _LINE.finditer(text):
        if blocks and len(_BREAK.findall(text, end, match.start())) < 2:
            blocks[-1].append(match.span())
        else:
            blocks.append([match.span()])
        end = match.end()
    found: list[Paragraph] = []
    for block in blocks:
        for start, end in _joined(text, block):
            final = ends_sentence(text[max(start, end - 6) : end])
            # A sentence goes on after a blank line too, unless the line before is the text's first: a title has no end.
            if len(found) > 1 and not found[-1].final and start not in apart and _goes_on(text, start) and _has_letters(text, found[-1]):
                start = found.pop().start
            found.append(Paragraph(start, end, final))
    return found


def _has_letters(text: str, paragraph: Paragraph) -> bool:
    return _HAS_LETTERS.search(text, paragraph.start, paragraph.end) is not None


def _goes_on(text: str, start: int) -> bool:
    return _GOES_ON.match(text, start) is not None


def _joined(text: str, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The paragraphs of lines between which there is no blank one."""
    if len(lines) == 1:
        return lines
    widths = [end - start for start, end in lines]
    widest = max(widths)
    if len(lines) > 2 and 40 <= widest <= _WIDEST and min(widths[:-1]) >= 0.7 * widest:
        return [(lines[0][0], lines[-1][1])]
    found = [lines[0]]
    for start, end in lines[1:]:
        before = text[max(found[-1][0], found[-1][1] - 6) : found[-1][1]]
        if not ends_sentence(before) and (_goes_on(text, start) or _both_capitals(text, found[-1], (start, end))):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _both_capitals(text: str, first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether two lines are all capitals, as a title that is broken over them."""
    short = first[1] - first[0] < 300 and 15 < second[1] - second[0] < 300
    return short and text[slice(*first)].isupper() and text[slice(*second)].isupper()
