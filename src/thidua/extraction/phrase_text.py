"""What builders of phrases have in common: the text they read, numbers, how long a place's name is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from thidua.extraction.chunks import Chunk
from thidua.extraction.lexicon import Lexicon, flat

Groups = dict[str, list[Chunk]]  # a rule's named groups
Made = tuple[Chunk, int] | None  # the phrase and how many of the matched chunks it takes


@dataclass(frozen=True, slots=True)
class Text:
    """The text that phrases are built from, and the words of the language."""

    text: str
    flat: str
    lexicon: Lexicon

    def words(self, chunks: list[Chunk]) -> str:
        """The text of a row of chunks, on one line."""
        return " ".join(self.text[chunks[0].start : chunks[-1].end].split())


BuilderOf = Callable[[Text, list[Chunk], Groups], Made]


def short_form(written: str, canonical: str) -> str | None:
    """From what a canonical name was told, where it is printed short in letters that hide it: "ubnd", "HỘI LHPN"; else None."""
    hidden = written.islower() or (written.isupper() and " " in written)
    return f"{written}: {canonical}" if hidden and flat(written) != flat(canonical) else None


def number(written: str) -> int | float | None:
    """The value of a written number: dots between thousands, comma before decimals; None where it is none."""
    plain = written.replace(" ", "")
    if len(plain) > 15:  # no count has so many digits, and a float could not hold them
        return None
    if re.fullmatch(r"\d{1,3}(\.\d{3})+", plain):
        return int(plain.replace(".", ""))
    plain = re.sub(r"\.(?=\d{3})", "", plain).replace(",", ".")
    try:
        value = float(plain)
    except ValueError:
        return None
    return int(value) if value == int(value) else value


def counted(chunk: Chunk) -> int | float | None:
    """The value of a number in digits or words."""
    if "num" in chunk.tags:
        value = chunk.value
        return value if isinstance(value, int | float) else None
    entry = chunk.entries.get("numberword")
    return entry.value if entry else None


def name_length(chunks: list[Chunk], longest: int, level: str = "") -> int:
    """How many of the capitalised words belong to a place's name: a surname after two of them begins a person's.

    Args:
        longest: so many words at most.
        level: the place's, where it is printed.
    """
    if _is_person(chunks, level):
        return 0
    for index, chunk in enumerate(chunks):
        if (index and "province" in chunks[0].tags) or index == longest:
            return index
        left = len(chunks) - index
        if (
            index >= 1
            and left >= 2
            and "surname" in chunk.tags
            and (index >= 2 or "middlename" in chunks[index + 1].tags)
            and ("commonsurname" in chunk.tags or left >= 3)
        ):
            return index
    # no place has so long a name: two syllables are the most usual
    return 2 if len(chunks) > 4 else len(chunks)


def _is_person(chunks: list[Chunk], level: str) -> bool:
    """Whether the words name a person: wards and communes may bear people's names, other places seldom do."""
    if len(chunks) < 3 or "surname" not in chunks[0].tags or "province" in chunks[0].tags:
        return False
    middle = "middlename" in chunks[1].tags
    common = "commonsurname" in chunks[0].tags
    return (
        "vanthi" in chunks[1].tags
        or (common and middle)
        or (len(chunks) == 3 and (middle or common) and level not in ("xã", "phường", "thị trấn"))
    )
