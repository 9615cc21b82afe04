"""A sentence as a row of chunks: written forms, words of the lexicon, capitalised words, other words, signs."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Any

from thidua.extraction.lexicon import Entry, Lexicon, flat, spaced

SIGNS = {
    ",": "comma", ";": "semi", ":": "colon", ".": "stop", "?": "stop", "!": "stop", "…": "stop", "(": "lpar", ")": "rpar",
    "-": "dash", "/": "slash", '"': "mark", "&": "amp", "[": "lpar", "]": "rpar",
}  # fmt: skip


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


def sentences(text: str, text_flat: str, start: int, end: int, broken: bool = False) -> list[tuple[int, int]]:
    """The sentences of a stretch of text, without blanks around them.

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
        if one < two:
            trimmed.append((one, two))
    return trimmed


class Tagger:
    """Makes chunks of a sentence."""

    def __init__(self, lexicon: Lexicon, codes: Codes) -> None:
        self.lexicon = lexicon
        self.codes = codes
        parts = []
        self.forms: list[tuple[str, dict[str, Any]]] = []
        for number, (name, pattern, table) in enumerate(lexicon.forms):
            parts.append(f"(?P<f{number}>{_renamed(pattern.pattern, number)})")
            self.forms.append((name, table))
        self.form_pattern = re.compile("|".join(parts))
        for entries in lexicon.entries:
            tags = frozenset(one.tag for one in entries)  # type: ignore[attr-defined]
            loose = frozenset(one.tag for one in entries if not one.exact)  # type: ignore[attr-defined]
            for capital in (frozenset[str](), frozenset(["cap"])):
                for some in (tags, loose):
                    codes.of((some or frozenset(["word"])) | capital)
        for name, _ in self.forms:
            codes.of(frozenset([name]))
        for tags in (
            ["stop", "ellipsis"],
            ["cap"],
            ["cap", "apostrophe"],
            ["cap", "allcap"],
            ["word"],
            ["sign"],
            *[[sign] for sign in SIGNS.values()],
        ):
            codes.of(frozenset(tags))

    def chunks(self, text: str, text_flat: str, start: int, end: int) -> list[Chunk]:
        """The chunks of text[start:end], in order."""
        found: list[Chunk] = []
        at = start
        for match in self.form_pattern.finditer(text_flat, start, end):
            number = int(match.lastgroup[1:]) if match.lastgroup and match.lastgroup[0] == "f" else -1
            if number < 0:
                number = next(i for i in range(len(self.forms)) if match.group(f"f{i}") is not None)
            name, table = self.forms[number]
            if match.end() == match.start() or match.start() < at:
                continue
            if table.get("capitals"):
                inside = text[match.start() : match.end()].strip("() ")
                if not inside.isupper() or flat(inside) in self.lexicon.provinces:
                    continue
            found += self._words(text, text_flat, at, match.start())
            values = {
                key.rsplit("__", 1)[0]: (value, match.span(key))
                for key, value in match.groupdict().items()
                if value is not None and key.endswith(f"__{number}")
            }
            one, two = match.span()
            while text_flat[one] == " " and one < two - 1:
                one += 1
            while text_flat[two - 1] == " " and two > one + 1:
                two -= 1
            found.append(Chunk(frozenset([name]), one, two, {}, values))
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
            found += [self._plain(text, start + one, start + two) for one, two in spans[done:first]]
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
            entries = {e.tag: e for e in self.lexicon.entries[number] if not e.exact or written in e.exact}  # type: ignore[attr-defined]
            tags = frozenset(entries) or frozenset(["word"])
            if written[0].isupper():
                tags |= {"cap"}
            found.append(Chunk(tags, one, two, entries))
            done = last + 1
        found += [self._plain(text, start + one, start + two) for one, two in spans[done:]]
        return found

    def _single(self, text: str, start: int, end: int) -> Chunk:
        """One word by itself, with what the lexicon says of it."""
        written = text[start:end]
        marked = f"\x01{flat(written)}\x02"
        for number, _, _ in self.lexicon.matcher.find_matches_as_indexes(marked):
            entries = {e.tag: e for e in self.lexicon.entries[number] if not e.exact or written in e.exact}  # type: ignore[attr-defined]
            if entries:
                return Chunk(frozenset(entries) | ({"cap"} if written[0].isupper() else frozenset()), start, end, entries)
        return self._plain(text, start, end)

    @staticmethod
    def _plain(text: str, start: int, end: int) -> Chunk:
        written = text[start:end]
        first = flat(written[0]) if not written[0].isalnum() else written[0]
        if first == "…":
            tags = frozenset(["stop", "ellipsis"])
        elif first in SIGNS:
            tags = frozenset([SIGNS[first]])
        elif not written[0].isalnum():
            tags = frozenset(["sign"])
        elif written[0].isupper():
            tags = frozenset(["cap", "allcap"]) if len(written) > 1 and written.isupper() else frozenset(["cap"])
            if "'" in flat(written):
                tags = frozenset(["cap", "apostrophe"])
        else:
            tags = frozenset(["word"])
        return Chunk(tags, start, end, {})


def _renamed(pattern: str, number: int) -> str:
    """The pattern with its groups' names made unique."""
    return re.sub(r"\(\?P<(\w+)>", lambda m: f"(?P<{m.group(1)}__{number}>", pattern)
