"""A sentence as a row of chunks: written forms, words of the lexicon, capitalised words, other words, signs."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from thidua.extraction.lexicon import KEPT, LONGEST_KEPT, Entry, Lexicon, flat, spaced

SIGNS = {
    ",": "comma", ";": "semi", ":": "colon", ".": "stop", "?": "stop", "!": "stop", "…": "stop", "(": "lpar", ")": "rpar",
    "-": "dash", "/": "slash", '"': "mark", "&": "amp", "[": "lpar", "]": "rpar",
}  # fmt: skip

_WORD, _CAP, _SIGN = frozenset(["word"]), frozenset(["cap"]), frozenset(["sign"])
_ALLCAP, _APOSTROPHE = frozenset(["cap", "allcap"]), frozenset(["cap", "apostrophe"])
_SIGN_TAGS = {**{sign: frozenset([name]) for sign, name in SIGNS.items()}, "…": frozenset(["stop", "ellipsis"])}


@dataclass(slots=True, eq=False)
class Chunk:
    """Some characters of the text and what they are.

    Attributes:
        tags: every class that it can stand for.
        start, end: in the NFC text.
        entries: class → the lexicon's entry, for words of the lexicon.
        value: what a rule made of it.
    """

    tags: frozenset[str]
    start: int
    end: int
    entries: dict[str, Entry]
    value: Any = None


class Codes:
    """One character for every set of classes, so that rules over classes are regular expressions over characters."""

    def __init__(self) -> None:
        self._codes: dict[frozenset[str], str] = {}

    def of(self, tags: frozenset[str]) -> str:
        """The character of a set of classes."""
        code = self._codes.get(tags)
        if code is None:
            code = self._codes[tags] = chr(0x4E00 + len(self._codes))
        return code

    def row(self, chunks: list[Chunk]) -> str:
        """The characters of a row of chunks."""
        codes = self._codes
        try:
            return "".join([codes[chunk.tags] for chunk in chunks])
        except KeyError:
            return "".join([self.of(chunk.tags) for chunk in chunks])

    def having(self, names: frozenset[str]) -> str:
        """All characters whose set has one of `names`."""
        return "".join(code for tags, code in self._codes.items() if tags & names)


_SENTENCE_END = re.compile(r"""(?:[.!?…]+["”]?|\n)(?=\s|$)|\n""")
_ABBREVIATED = re.compile(r"(?:\b(?:tp|tx|tt|h|q|p|gs|ts|ths|pgs|bs|ks|đ/c|(?<!/)t\.ư|v\.v|st|tr|nxb|số|mr|ms|dr|đ))$")


# Sentences of the press end well before this; what does not is read in parts, so that time grows with the text and no faster.
LONGEST_SENTENCE = 4000


def sentences(text: str, text_flat: str, start: int, end: int, broken: bool = False) -> list[tuple[int, int]]:
    """The sentences of a stretch of text, without blanks around them; none longer than LONGEST_SENTENCE.

    Args:
        broken: whether a sentence may run over line ends, as in captions.
    """
    found: list[tuple[int, int]] = []
    at = start
    for match in _SENTENCE_END.finditer(text_flat, start, end):
        if broken and match.group() == "\n":
            continue
        if match.group() != "\n" and match.end() < end:
            following = text_flat[match.end() : match.end() + 3].lstrip()
            nxt = match.end() + (len(text_flat[match.end() : match.end() + 3]) - len(following))
            if match.group() == "." and _ABBREVIATED.search(text_flat, max(at, match.start() - 6), match.start()):
                continue
            if following and not (text[nxt].isupper() or text[nxt].isdigit() or text[nxt] in '"“«(-–'):
                continue
        found.append((at, match.end()))
        at = match.end()
    found.append((at, end))
    trimmed = []
    for one, two in found:
        while one < two and text[one].isspace():
            one += 1
        while two > one and text[two - 1].isspace():
            two -= 1
        while two - one > LONGEST_SENTENCE:
            cut = _cut(text, one, one + LONGEST_SENTENCE)
            trimmed.append((one, cut))
            one = cut
            while one < two and text[one].isspace():
                one += 1
        if one < two:
            trimmed.append((one, two))
    return trimmed


def _cut(text: str, start: int, end: int) -> int:
    """Where to part a sentence that is too long: behind its last semicolon, else its last comma, else before its last blank."""
    middle = (start + end) // 2
    for sign in ";,":
        at = text.rfind(sign, middle, end)
        if at >= 0:
            return at + 1
    at = text.rfind(" ", middle, end)
    return at if at >= 0 else end


@dataclass(frozen=True, slots=True)
class Form:
    """A written form: its class, its groups by the names that the data gives them, whether it has to be in capitals."""

    tags: frozenset[str]
    groups: dict[str, str]
    capitals: bool


class Word:
    """What the lexicon says of a word: worked out once where it does not depend on how the word is printed."""

    def __init__(self, entries: list[Entry]) -> None:
        self._any = {entry.tag: entry for entry in entries}
        self._listed = entries if any(entry.exact for entry in entries) else None
        self._small = frozenset(self._any)
        self._capital = self._small | {"cap"}

    def printed(self, written: str) -> tuple[frozenset[str], dict[str, Entry]]:
        """The classes and entries of the word as it is printed."""
        if self._listed is None:
            return self._capital if written[0].isupper() else self._small, self._any
        entries = {entry.tag: entry for entry in self._listed if not entry.exact or written in entry.exact}
        tags = frozenset(entries) or _WORD
        return tags | {"cap"} if written[0].isupper() else tags, entries


class Tagger:
    """Makes chunks of a sentence."""

    def __init__(self, lexicon: Lexicon, codes: Codes) -> None:
        self.lexicon = lexicon
        self.codes = codes
        self.forms: dict[str, Form] = {}
        parts = []
        for number, (name, pattern, table) in enumerate(lexicon.forms):
            # an empty group at the end tells which form it is; at the beginning it would hide the first letters from the engine
            parts.append(f"(?:{_renamed(pattern.pattern, number)})(?P<f{number}>)")
            groups = {key: f"{key}__{number}" for key in pattern.groupindex}
            self.forms[f"f{number}"] = Form(frozenset([name]), groups, bool(table.get("capitals")))
        # no form begins within a word or with a blank
        self.form_pattern = re.compile(rf"(?!(?<=\w)\w|\s)(?:{'|'.join(parts)})")
        self.words = [Word(entries) for entries in lexicon.entries]
        for entries in lexicon.entries:
            tags = frozenset(one.tag for one in entries)
            loose = frozenset(one.tag for one in entries if not one.exact)
            for capital in (frozenset[str](), frozenset(["cap"])):
                for some in (tags, loose):
                    codes.of((some or frozenset(["word"])) | capital)
        for form in self.forms.values():
            codes.of(form.tags)
        for tags in (_CAP, _APOSTROPHE, _ALLCAP, _WORD, _SIGN, *_SIGN_TAGS.values()):
            codes.of(tags)

    def chunks(self, text: str, text_flat: str, start: int, end: int) -> list[Chunk]:
        """The chunks of text[start:end], in order."""
        found: list[Chunk] = []
        at = start
        for match in self.form_pattern.finditer(text_flat, start, end):
            if match.end() == match.start():
                continue
            form = self.forms[match.lastgroup]  # type: ignore[index]
            if form.capitals:
                inside = text[match.start() : match.end()].strip("() ")
                if not inside.isupper() or flat(inside) in self.lexicon.provinces:
                    continue
            found += self._words(text, text_flat, at, match.start())
            values = {key: (match[group], match.span(group)) for key, group in form.groups.items() if match[group] is not None}
            one, two = match.span()
            while text_flat[one] == " " and one < two - 1:
                one += 1
            while text_flat[two - 1] == " " and two > one + 1:
                two -= 1
            found.append(Chunk(form.tags, one, two, {}, values))
            at = match.end()
        found += self._words(text, text_flat, at, end)
        return found

    def _words(self, text: str, text_flat: str, start: int, end: int) -> list[Chunk]:
        if start >= end:
            return []
        marked, spans, starts = spaced(text_flat[start:end])
        found: list[Chunk] = []
        done = 0
        for number, a, b in self.lexicon.matcher.find_matches_as_indexes(marked):
            first, last = bisect_left(starts, a), bisect_left(starts, b) - 1
            found += [_plain(text, start + one, start + two) for one, two in spans[done:first]]
            one, two = start + spans[first][0], start + spans[last][1]
            written = text[one:two]
            if last == first + 1 and done == first and found and "surname" in found[-1].tags and text[start + spans[last][0]].isupper():
                # "Phạm Văn Hoá": parts of a name, not a field of work
                found += [self._single(text, start + a, start + b) for a, b in spans[first : last + 1]]
                done = last + 1
                continue
            if (
                last > first
                and written[0].islower()
                and written.endswith(" Đoàn")
                and last + 1 < len(spans)
                and text[start + spans[last + 1][0]].isupper()
            ):
                # "tỉnh Đoàn Văn Hai": a level and a name, not the Tỉnh đoàn
                found += [self._single(text, start + a, start + b) for a, b in spans[first : last + 1]]
                done = last + 1
                continue
            tags, entries = self.words[number].printed(written)
            found.append(Chunk(tags, one, two, entries))
            done = last + 1
        found += [_plain(text, start + one, start + two) for one, two in spans[done:]]
        return found

    def _single(self, text: str, start: int, end: int) -> Chunk:
        """One word by itself, with what the lexicon says of it."""
        written = text[start:end]
        marked = f"\x01{flat(written)}\x02"
        for number, _, _ in self.lexicon.matcher.find_matches_as_indexes(marked):
            tags, entries = self.words[number].printed(written)
            if entries:
                return Chunk(tags, start, end, entries)
        return _plain(text, start, end)


def _plain(text: str, start: int, end: int) -> Chunk:
    """A word or sign that the lexicon does not have."""
    return Chunk(_plain_tags(text[start:end]) if end - start <= LONGEST_KEPT else _tags_of(text[start:end]), start, end, {})


def _tags_of(written: str) -> frozenset[str]:
    first = written[0] if written[0].isalnum() else flat(written[0])
    if first in SIGNS:
        return _SIGN_TAGS[first]
    if not written[0].isalnum():
        return _SIGN
    if not written[0].isupper():
        return _WORD
    if "'" in flat(written):
        return _APOSTROPHE
    return _ALLCAP if len(written) > 1 and written.isupper() else _CAP


# words come again and again: what they are is kept for so many of them
_plain_tags = lru_cache(maxsize=KEPT)(_tags_of)


def _renamed(pattern: str, number: int) -> str:
    """The pattern with its groups' names made unique."""
    return re.sub(r"\(\?P<(\w+)>", lambda m: f"(?P<{m.group(1)}__{number}>", pattern)
