"""How names are compared and how new entries are named: one form for what differs only in capitals, dashes or tone placement."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import product

from thidua.text import fold, nfc

LONGEST_SLUG = 150  # characters; the longest honest one, a campaign of a sector, has 120
_OLD_TONES = dict(
    zip("oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ".split(), "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy".split(), strict=True)
)
_OLD_TONE = re.compile(r"(?<!q)(" + "|".join(_OLD_TONES) + r")(?!\w)")
_DASH = re.compile(r"\s*[-–—‑−]\s*")
_QUOTE = re.compile(r"[“”„\"‘’'«»]")
_TOKEN = re.compile(r"\w+|[^\w\s]+|\s+")


@lru_cache(maxsize=1 << 16)
def normal(words: str) -> str:
    """`words` for comparing names: marks count; capitals, quotes, kinds of dashes and of blanks, and old tone placement do not."""
    plain = _QUOTE.sub("", nfc(words).casefold())
    return " ".join(_OLD_TONE.sub(lambda match: _OLD_TONES[match[1]], _DASH.sub(" - ", plain)).split())


def slug(words: str) -> str:
    """`words` as the end of an IRI: small plain letters and digits joined by hyphens; very long or foreign names end in a hash."""
    plain = "-".join(re.findall(r"[a-z0-9]+", fold(normal(words))))
    if plain and len(plain) <= LONGEST_SLUG:
        return plain
    digest = hashlib.sha256(normal(words).encode()).hexdigest()[:16]
    return f"{plain[: LONGEST_SLUG - 17].rstrip('-')}-{digest}".lstrip("-")


def title_case(words: str) -> str:
    """A person's name or a place's, each syllable with a capital, whatever the capitals were."""
    return "".join(part[:1].upper() + part[1:] for part in _TOKEN.findall(" ".join(nfc(words).casefold().split())))


class Casing:
    """The capitals of known names, to write a name anew that came in any capitals.

    Args:
        names: names as they are to be written; a longer one goes before those it holds.
        small: words that stay small in names of bodies.
        fields: fields of work as they are written in names of bodies, and there alone: "Giáo dục và Đào tạo".
    """

    def __init__(self, names: Iterable[str], small: Iterable[str], fields: Iterable[str] = ()) -> None:
        self._known = _by_tokens([*small, *names])
        self._of_bodies = self._known | _by_tokens(fields)
        self._longest = max(map(len, self._of_bodies), default=1)

    def name(self, words: str) -> str:
        """The name of a body: unknown words begin with a capital."""
        return self._cased(words, capital=True)

    def sentence(self, words: str) -> str:
        """The name of a campaign, occasion or document: unknown words are small but for the first, also within quotes."""
        return self._cased(words, capital=False)

    def _cased(self, words: str, capital: bool) -> str:
        tokens = [_OLD_TONE.sub(lambda match: _OLD_TONES[match[1]], token) for token in nfc(words).casefold().split()]
        names = self._of_bodies if capital else self._known
        result: list[str] = []
        position = 0
        while position < len(tokens):
            for length in range(min(self._longest, len(tokens) - position), 0, -1):
                bare = [re.sub(r"^[“\"(]+|[”\"),;.]+$", "", token) for token in tokens[position : position + length]]
                known = names.get(tuple(bare))
                if known is not None:
                    break
            else:
                length, known = 1, None
            for offset, token in enumerate(tokens[position : position + length]):
                core = re.sub(r"^[“\"(]+|[”\"),;.]+$", "", token)
                written = known[offset] if known is not None else _unknown(core, capital, tokens[position + offset - 1 : position + offset])
                if not result or token[:1] in '“"':
                    written = written[:1].upper() + written[1:]
                result.append(token.replace(core, written, 1) if core else token)
            position += length
        return " ".join(result)


def _by_tokens(names: Iterable[str]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Names by their words without capitals; the first of several wins."""
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    for name in names:
        tokens = tuple(nfc(name).split())
        known.setdefault(tuple(token.casefold() for token in tokens), tokens)
    return known


def _unknown(core: str, capital: bool, before: list[str]) -> str:
    """A word nobody knows: with digits in capitals, a numeral after "khóa" and the like too."""
    if any(c.isdigit() for c in core) and any(c.isalpha() for c in core):
        return core.upper()
    if before in (["khóa"], ["thứ"]) and re.fullmatch(r"[ivxlc]+", core):
        return core.upper()
    return core[:1].upper() + core[1:] if capital else core


def expanded(words: str, abbreviations: Mapping[str, str]) -> str:
    """`words` with known abbreviations written out."""
    return " ".join(abbreviations.get(token, token) for token in nfc(words).split())


def short_names(name: str, short: Mapping[str, list[str]]) -> list[str]:
    """The names that a name has with usual abbreviations, sorted: each long form in it stands, or gives way to one of its short ones.

    Args:
        short: long form → its short forms; of long forms that overlap, the longer one counts.
    """
    forms = {full.casefold(): (full, *shorter) for full, shorter in short.items()}
    pattern = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
    pieces = re.split(rf"(?<!\w)({pattern})(?!\w)", nfc(name), flags=re.IGNORECASE) if forms else [name]
    choices = [(piece, *forms[piece.casefold()][1:]) if piece.casefold() in forms else (piece,) for piece in pieces]
    return sorted({" ".join("".join(chosen).split()) for chosen in product(*choices)} - {name})
