"""From bytes to text: UTF-8 only; what is something else is told by its name, so that its owner can convert it."""

from __future__ import annotations

import codecs
import re
from functools import cache
from pathlib import Path

from thidua.errors import InputError
from thidua.extraction.grammar import grammar
from thidua.extraction.language import is_vietnamese, plain_share, sample_of, shares
from thidua.reading import MAX_TEXT, text_of_bytes
from thidua.text import fold, nfc

_LOOKED_AT, _SAMPLE = 500_000, 4000  # bytes; of the first, so many that stand in lines with letters beyond ASCII tell the encoding
# So many combining marks in a row are in no language; to put them in order takes a time that grows as their square.
_MARKS = re.compile(rb"(?:\xcc[\x80-\xbf]|\xcd[\x80-\xaf]){31}")
_PIECES = re.compile(r"[<>\r\n]+")
_KINDS = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "Word (docx), OpenDocument or ZIP",
    b"\xd0\xcf\x11\xe0": "Word (doc)",
    b"{\\rtf": "RTF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"\x1f\x8b": "gzip",
}
# What a reader of windows-1252 shows for a byte → the byte, as a letter of latin-1.
_TO_LATIN = {ord(bytes([code]).decode("cp1252", "replace")): code for code in range(0x80, 0xA0)} | {0xFFFD: None}


def decode(data: bytes, name: str) -> str:
    """The NFC text of `data`, as thidua.reading.read_text has it.

    Raises:
        InputError: empty, too large, binary, UTF-16, an encoding from before Unicode, or not UTF-8 (with its line).
    """
    if len(data) > MAX_TEXT:
        raise InputError("file-too-large", path=name, limit=MAX_TEXT)
    for start, kind in _KINDS.items():
        if data.startswith(start):
            raise InputError("text-is-binary", path=name, kind=kind)
    if _is_utf16(data):
        raise InputError("text-is-utf16", path=name)
    if _MARKS.search(data):
        raise InputError("text-of-marks", path=name)
    if data.count(b"\0") > len(data) // 100:
        raise InputError("text-is-binary", path=name, kind="?")
    try:
        return text_of_bytes(data, Path(name))
    except InputError as error:
        if error.key == "not-utf8" and not _is_damaged_utf8(data):
            marked = [piece for piece in _PIECES.split(data[:_LOOKED_AT].decode("latin-1")) if not piece.isascii()]
            _refuse_legacy("\n".join(marked)[:_SAMPLE], name, grammar("encodings")["encodings"])
        raise


def _is_utf16(data: bytes) -> bool:
    """Whether the bytes begin with a mark of UTF-16, or every other one of the first is nought as in plain letters of UTF-16."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    even, odd = data[:2000:2].count(0), data[1:2000:2].count(0)
    return max(even, odd) > 4 and max(even, odd) > len(data[:2000]) // 8 and min(even, odd) * 8 < max(even, odd)


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether all but a few bytes are Vietnamese in UTF-8."""
    return is_vietnamese(shares(sample_of(data[:_LOOKED_AT].decode("utf-8", "ignore"))))


def refuse_misread(text: str, name: str) -> None:
    """Raises where a text that is valid Unicode was made by reading another encoding as windows-1252 ("Uû ban nh©n d©n")."""
    latin = sample_of(text).translate(_TO_LATIN).encode("latin-1", "ignore").decode("latin-1")
    tables = grammar("encodings")
    _refuse_legacy(latin, name, [*tables["encodings"], tables["misread"]])


def _refuse_legacy(latin: str, name: str, encodings: list[dict[str, str]]) -> None:
    """Raises where there is an encoding under which bytes, given as letters of latin-1, are Vietnamese."""
    best, found = 0.0, None
    for encoding in encodings:
        words = _converted(latin, encoding)
        measure = shares(words)
        if is_vietnamese(measure) and measure.syllables >= 0.7:
            score = measure.syllables + plain_share([word for word in fold(words).split() if word.isalpha()])
            if score > best:
                best, found = score, encoding
    if found is not None:
        raise InputError("text-is-legacy", path=name, encoding=found["name"], tool=found["tool"])


def _converted(latin: str, encoding: dict[str, str]) -> str:
    if "codec" in encoding:
        return nfc(latin.encode("latin-1").decode(encoding["codec"], "ignore"))
    pattern, letters = _table(encoding["name"])
    return pattern.sub(lambda match: letters[match[0]], latin)


@cache
def _table(name: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """How an encoding's letters are found, longer codes first, and what each is."""
    tables = grammar("encodings")
    codes = next(one["codes"] for one in tables["encodings"] if one["name"] == name).split()
    written = [bytes.fromhex(code).decode("latin-1") for code in codes]
    letters = dict(zip(written, tables["letters"].split(), strict=True))
    if max(map(len, written)) > 1:  # letter and mark apart: its capitals are written the same way
        letters |= {code.upper(): letter.upper() for code, letter in letters.items()}
    return re.compile("|".join(map(re.escape, sorted(letters, key=lambda code: (-len(code), code))))), letters
