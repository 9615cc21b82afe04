"""Is a text Vietnamese? Told from the form of its words and its letters, on a sample of a few hundred words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from thidua.extraction.grammar import grammar
from thidua.extraction.letters import LEVEL, MARKED, OWN, TONED
from thidua.text import fold

NO_ACCENTS = "vi-x-noaccent"
_SAMPLE = 500  # characters, from each of the text's beginning, middle and end
_WORDS = re.compile(r"[^\W\d_]+")
_MARKED = re.compile(f"[{MARKED}]")
_OWN = re.compile(f"[{OWN}]")


@dataclass(frozen=True, slots=True)
class Shares:
    """Of a sample's words: how many there are, the share that could be Vietnamese syllables, and marks and own letters a word."""

    words: int
    syllables: float
    marked: float
    own: float


@cache
def _syllable() -> re.Pattern[str]:
    """A Vietnamese syllable, of which the marks may be missing, between whatever is no letter."""
    form = grammar("languages")["syllable"]
    vowels = f"(?:[{LEVEL}]{{0,2}}[{TONED}][{LEVEL}]{{0,2}}|[{LEVEL}]{{1,3}})"
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(form['before'])})?{vowels}(?:{'|'.join(form['after'])})?(?![^\W\d_])", re.IGNORECASE)


@cache
def _plain_syllable() -> re.Pattern[str]:
    """A syllable without any marks, its vowels as the language joins them."""
    before, vowels, after = (("|".join(part)) for part in grammar("languages")["syllable"].values())
    return re.compile(rf"(?:{before})?(?:{vowels})(?:{after})?")


def sample_of(text: str) -> str:
    """A part of the text that stands for all of it: some of its beginning, middle and end."""
    if len(text) <= 3 * _SAMPLE:
        return text
    middle = len(text) // 2
    return f"{text[:_SAMPLE]} {text[middle : middle + _SAMPLE]} {text[-_SAMPLE:]}"


def shares(sample: str) -> Shares:
    """The measures of a sample by which Vietnamese is known."""
    words = len(_WORDS.findall(sample))
    if not words:
        return Shares(0, 0.0, 0.0, 0.0)
    return Shares(
        words,
        len(_syllable().findall(sample)) / words,
        len(_MARKED.findall(sample)) / words,
        len(_OWN.findall(sample)) / words,
    )


def is_vietnamese(measure: Shares) -> bool:
    """Whether a sample with these measures is Vietnamese, with its accents."""
    if measure.words < 2 or measure.marked < 0.3:
        return False
    if measure.syllables < 0.6:  # many foreign names
        return measure.syllables >= 0.45 and measure.marked >= 0.4 and measure.own >= 0.15
    return measure.own >= 0.1 or (measure.words <= 12 and measure.syllables >= 0.8)


def plain_share(words: list[str]) -> float:
    """The share of words, folded, that are syllables of Vietnamese but for their marks."""
    return sum(_plain_syllable().fullmatch(word) is not None for word in words) / (len(words) or 1)


def language_of(text: str) -> str:
    """ "vi"; NO_ACCENTS for Vietnamese written without its accents; another language's code; "und" where none can be told."""
    sample = sample_of(text)
    measure = shares(sample)
    if is_vietnamese(measure):
        return "vi"
    if measure.words < 4 and measure.own > 0:
        return "vi"
    for code, script in grammar("languages")["scripts"].items():
        if len(re.findall(script, sample)) > measure.words / 2:
            return str(code)
    words = fold(sample).split()
    plain = [word for word in words if word.isalpha()]
    known = {code: sum(word in common for word in plain) / (len(plain) or 1) for code, common in _common_words().items()}
    best = max(known, key=lambda code: known[code])
    if len(plain) >= 5 and plain_share(plain) >= 0.85 and known[best] < 0.2:
        return NO_ACCENTS
    return best if len(plain) >= 5 and known[best] >= 0.06 else "und"


@cache
def _common_words() -> dict[str, frozenset[str]]:
    return {code: frozenset(map(fold, words)) for code, words in grammar("languages")["words"].items()}
