"""Damages texts at random, but the same way for the same number: what a press text may look like when it arrives."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

WORDS = re.compile(r"\s+|\S+")
CONTROLS = "\x00\x01\x08\x0b\x0c\x1b\x7f\x85\u00a0\u00ad\u200b\u200d\u2028\u202e\ufeff\ufffd\U0001f600\u0301"
SIGNS = "“”\"'()[]{}<>.,;:!?…–-/%&*#|\\~^"
TRAPS = ("", "đề nghị", "không", "chưa", "sẽ", "được", "của", "và", "cho", "trong đó", "thừa ủy quyền", "năm", "hạng", "số", "mỗi", "Ảnh:")
BORROWED = 120  # characters taken of another text, at most


def characters(rng: random.Random, text: str, other: str) -> str:
    """Some characters taken out, doubled, or two that change places."""
    letters = list(text)
    for _ in range(rng.choice([1, 3, 10])):
        place = rng.randrange(len(letters))
        choice = rng.randrange(3)
        if choice == 0:
            letters[place] = ""
        elif choice == 1:
            letters[place] *= 2
        else:
            letters[place - 1], letters[place] = letters[place], letters[place - 1]
    return "".join(letters)


def words(rng: random.Random, text: str, other: str) -> str:
    """Some words, or the blanks between, taken out, doubled, put elsewhere, or small for capital."""
    parts = WORDS.findall(text)
    for _ in range(rng.choice([1, 3, 10])):
        place = rng.randrange(len(parts))
        choice = rng.randrange(4)
        if choice == 0:
            parts[place] = rng.choice(TRAPS)
        elif choice == 1:
            parts[place] = f"{parts[place]} {parts[place]}"
        elif choice == 2:
            elsewhere = rng.randrange(len(parts))
            parts[place], parts[elsewhere] = parts[elsewhere], parts[place]
        else:
            parts[place] = parts[place].swapcase()
    return "".join(parts)


def lines(rng: random.Random, text: str, other: str) -> str:
    """A line taken out, doubled, put elsewhere or broken; or all lines in one."""
    found = text.split("\n")
    place = rng.randrange(len(found))
    choice = rng.randrange(5)
    if choice == 0:
        del found[place]
    elif choice == 1:
        found.insert(rng.randrange(len(found) + 1), found[place])
    elif choice == 2:
        found.insert(rng.randrange(len(found)), found.pop(place))
    elif choice == 3:
        found[place] = found[place].replace(" ", "\n", rng.choice([1, 2, 1000]))
    else:
        return " ".join(found)
    return "\n".join(found)


def digits(rng: random.Random, text: str, other: str) -> str:
    """Other digits, some of them not of this script, or far too many."""
    least = rng.random()
    return re.sub(
        r"\d", lambda one: rng.choice(["", "0", "9", one[0] * 2, "1.000", "٣", "²", "9" * 400]) if rng.random() > least else one[0], text
    )


def controls(rng: random.Random, text: str, other: str) -> str:
    """Characters that nobody sees, or that have no business there."""
    return inserted(rng, text, CONTROLS)


def signs(rng: random.Random, text: str, other: str) -> str:
    """Quotation marks that are not closed, brackets, dots."""
    return inserted(rng, text, SIGNS)


def inserted(rng: random.Random, text: str, some: str) -> str:
    for _ in range(rng.choice([1, 3, 10])):
        place = rng.randrange(len(text) + 1)
        text = text[:place] + rng.choice(some) * rng.choice([1, 1, 1, 50]) + text[place:]
    return text


def spliced(rng: random.Random, text: str, other: str) -> str:
    """The beginning of the text and the end of another, or a piece of that one within."""
    place, start = rng.randrange(len(text)), rng.randrange(len(other))
    if rng.random() < 0.5:
        return text[:place] + other[start:]
    return text[:place] + other[start : start + rng.randrange(BORROWED)] + text[place:]


def cut(rng: random.Random, text: str, other: str) -> str:
    """Cut off in the middle of a word, at the end or at the beginning."""
    place = rng.randrange(1, len(text)) if len(text) > 1 else 1
    return text[:place] if rng.random() < 0.7 else text[place:]


def capitals(rng: random.Random, text: str, other: str) -> str:
    """All in capitals, or all small."""
    return text.upper() if rng.random() < 0.5 else text.lower()


DAMAGES: tuple[Callable[[random.Random, str, str], str], ...] = (characters, words, lines, digits, controls, signs, spliced, cut, capitals)


def damaged(number: int, texts: list[str]) -> tuple[str, list[str]]:
    """The so-manieth damaged text, and the names of what was done to it."""
    rng = random.Random(number)
    text, used = texts[number % len(texts)], []
    for _ in range(rng.choice([1, 1, 2, 3, 5])):
        damage = rng.choice(DAMAGES)
        text = damage(rng, text, rng.choice(texts)) or " "
        used.append(damage.__name__)
    return text, used
