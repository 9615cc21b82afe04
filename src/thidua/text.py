"""Text as the project keeps it: NFC, and folded for look-ups that forgive missing accents."""

from __future__ import annotations

import hashlib
import re
import unicodedata


def nfc(words: str) -> str:
    """`words` in Unicode normal form C."""
    return words if unicodedata.is_normalized("NFC", words) else unicodedata.normalize("NFC", words)


def fold(words: str) -> str:
    """`words` for comparing: lower case, no accents, đ as d, quotes dropped, punctuation and space as one blank."""
    decomposed = unicodedata.normalize("NFD", words.casefold().replace("đ", "d"))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w]+", " ", plain).split())


def sha256(words: str) -> str:
    """Hex SHA-256 of the NFC text in UTF-8 (also of a slice of it: td:sha256, td:sliceSha256)."""
    return hashlib.sha256(nfc(words).encode()).hexdigest()


def printable(words: str) -> str:
    """`words` on one line for a terminal: any white space as a blank, other control characters made visible."""
    return "".join(" " if c.isspace() else c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in words)


def occurrences(text: str, words: str) -> list[tuple[int, int]]:
    """Every place of `words` in `text` as (start, end) character offsets; both are taken in NFC.

    A blank in `words` stands for any white space: articles have no-break and doubled blanks that nobody sees.
    """
    parts = nfc(words).split()
    if not parts:
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, parts)))
    return [match.span() for match in pattern.finditer(nfc(text))]
