"""The letters of Vietnamese, as pieces of regular expressions: Python's `re` has no classes for them."""

from __future__ import annotations

import unicodedata

_LETTERS = [chr(code) for code in (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))]


def _bare(letter: str) -> str:
    return unicodedata.normalize("NFD", letter.lower())[0]


# Every letter with a mark that Vietnamese writes: à ă â đ … in small and in capitals.
MARKED = "".join(
    letter
    for letter in _LETTERS
    if letter in "đĐ"
    or (
        _bare(letter) in "aeiouy"
        and set(unicodedata.normalize("NFD", letter)[1:]) <= set("\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b")
    )
)
# Those of them that the languages of western Europe do not write.
OWN = "".join(letter for letter in MARKED if letter not in "àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ")
UPPER = "[A-Z" + "".join(letter for letter in MARKED if letter.isupper()) + "]"
LOWER = "[a-z" + "".join(letter for letter in MARKED if letter.islower()) + "]"
WORD = f"{UPPER}(?:{LOWER[:-1]}'’-])*"
NAME = rf"{WORD}(?:\s+{WORD}){{1,4}}"
