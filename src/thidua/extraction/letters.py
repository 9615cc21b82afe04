"""The letters of Vietnamese, as pieces of regular expressions: Python's `re` has no classes for them."""

from __future__ import annotations

import unicodedata

_LETTERS = [chr(code) for code in (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))]

_TONES = set("\u0300\u0301\u0303\u0309\u0323")
_SHAPES: dict[str, set[str]] = {
    "a": {"\u0302", "\u0306"},
    "e": {"\u0302"},
    "i": set(),
    "o": {"\u0302", "\u031b"},
    "u": {"\u031b"},
    "y": set(),
}


def _is_written(letter: str) -> bool:
    """Whether Vietnamese writes this letter: đ, or a vowel with a shape of its own, a tone, or both."""
    base, *marks = list(unicodedata.normalize("NFD", letter.lower()))
    return letter in "đĐ" or (base in _SHAPES and bool(marks) and set(marks) <= _TONES | _SHAPES[base])


# Every letter with a mark that Vietnamese writes: à ă â đ … in small and in capitals.
MARKED = "".join(filter(_is_written, _LETTERS))
# Those of them that the languages of western Europe do not write.
OWN = "".join(letter for letter in MARKED if letter not in "àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ")
# Vowels with a tone, of which a syllable has one at most, and those without (ă â ê ô ơ ư among them).
TONED = "".join(letter for letter in MARKED if _TONES & set(unicodedata.normalize("NFD", letter)))
LEVEL = "aeiouyAEIOUY" + "".join(letter for letter in MARKED if letter not in TONED + "đĐ")
UPPER = "[A-Z" + "".join(letter for letter in MARKED if letter.isupper()) + "]"
LOWER = "[a-z" + "".join(letter for letter in MARKED if letter.islower()) + "]"
WORD = f"{UPPER}(?:{LOWER[:-1]}'’-])*"
NAME = rf"{WORD}(?:\s+{WORD}){{1,4}}"
