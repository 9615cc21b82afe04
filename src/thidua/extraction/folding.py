"""Words for comparing: lower case, one placing of the tone mark, sỹ as sĩ, no punctuation; accents stay, they tell words apart."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# In the rimes oa, oe and uy the tone is printed on either letter (hoà, hòa): here always on the first. The vowel that
# carries the tone must be bare: in "hoặc" the dot belongs to ă, which has no second place.
_LATE_TONE = re.compile("(o)([ae])([\u0300\u0301\u0303\u0309\u0323])(?![\u0302\u0306])|(u)(y)([\u0300\u0301\u0303\u0309\u0323])")
_PUNCTUATION = re.compile(r"[^\w/ ]+")


@lru_cache(maxsize=4096)
def folded(words: str) -> str:
    """`words` folded, single blanks between them; the stroke of document numbers and dates stays."""
    lowered = unicodedata.normalize("NFC", words).lower()
    early = _LATE_TONE.sub(_early, unicodedata.normalize("NFD", lowered))
    plain = unicodedata.normalize("NFC", early).replace("sỹ", "sĩ")
    return " ".join(_PUNCTUATION.sub(" ", plain).split())


def _early(match: re.Match[str]) -> str:
    first, second, tone = (group for group in match.groups() if group is not None)
    return first + tone + second


def squeezed(words: str) -> str:
    """`words` folded, without blanks: "2016 - 2020" and "2016-2020" are one period."""
    return folded(words).replace(" ", "")
