"""The grammar's files: word lists and rules of the language, as data."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any

from thidua.assets import Assets
from thidua.errors import InputError
from thidua.extraction.letters import NAME, UPPER
from thidua.text import nfc


@cache
def grammar(name: str) -> dict[str, Any]:
    """The content of grammar/`name`.toml, its words in NFC; read once.

    Raises:
        InputError: the file is not TOML.
    """
    path = Assets().folder("grammar") / f"{name}.toml"
    try:
        return tomllib.loads(nfc(path.read_text("utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise InputError("syntax", path=path, line=1, detail=error) from error


def any_of(patterns: list[str], before: str = "", after: str = "", capitals_count: bool = False) -> re.Pattern[str]:
    """One pattern for any of `patterns` between `before` and `after`; {upper} and {name} in them are written out.

    Args:
        capitals_count: tell "Ảnh" from "ẢNH"; in any case {upper} and {name} mean capitals.
    """
    words = "|".join(patterns) if capitals_count else f"(?i:{'|'.join(patterns)})"
    for key, pattern in (("{upper}", UPPER), ("{name}", NAME)):
        words = words.replace(key, f"(?-i:{pattern})")
    return re.compile(f"{before}(?:{words}){after}")
