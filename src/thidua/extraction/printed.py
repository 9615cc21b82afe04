"""What a stretch of text prints: its words, with short forms written out, its numbers in any form, its dates in any form."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache

from thidua.assets import Assets
from thidua.extraction.folding import folded

Number = int | float
Date = tuple[int | None, int | None, int | None]  # year, month, day; None where it is not printed

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?:,\d{3})+")
_LONE_Y = re.compile(r"^([bcdđghklmnprstvx]+)([yỳýỷỹỵ])$")
_I_FOR_Y = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")

_UNITS = {
    word: value
    for value, words in enumerate(
        ("không", "một mốt", "hai", "ba", "bốn tư", "năm lăm nhăm", "sáu", "bảy bẩy", "tám", "chín"),
    )
    for word in words.split()
}
_TENS = ("mươi", "chục")
_AND = ("linh", "lẻ")
_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_MONTHS = {"giêng": 1, "chạp": 12}


@dataclass(frozen=True, slots=True)
class Printed:
    """What some words print.

    Attributes:
        tokens: the words folded, the full forms of short ones among them.
        numbers: every number, whatever its form ("06", "2.071", "2,8 triệu", "hai mươi lăm").
        dates: every date, as far as it is printed; of "24 và 25-6" both days.
    """

    tokens: frozenset[str]
    numbers: frozenset[Number]
    dates: frozenset[Date]


@lru_cache(maxsize=512)
def printed(words: str) -> Printed:
    """What `words` print."""
    full = [form for short in short_forms(words) for form in abbreviations()[short]]
    names = frozenset(token for one in (words, *full) for token in tokens(one))
    return Printed(names, frozenset(numbers(words)), frozenset(dates(words)))


def tokens(words: str) -> list[str]:
    """The words and numbers of `words` for comparing: folded, and a single y after consonants as i (kỹ, kĩ)."""
    return [_LONE_Y.sub(lambda match: match[1] + match[2].translate(_I_FOR_Y), token) for token in tokens_as_spelt(words)]


def tokens_as_spelt(words: str) -> list[str]:
    """The words and numbers of `words`, folded, with y and i as they are."""
    return _TOKEN.findall(_fold_keeping_numbers(words))


def _fold_keeping_numbers(words: str) -> str:
    """`words` folded stretch by stretch: folding drops the dots and commas within numbers."""
    return " ".join(part if part[:1].isdecimal() else folded(part) for part in re.split(r"(\d+(?:[.,]\d+)*)", words))


@cache
def abbreviations() -> dict[str, list[str]]:
    """Short form → its full forms, of grammar/abbreviations.toml."""
    content = tomllib.loads((Assets().folder("grammar") / "abbreviations.toml").read_text("utf-8"))
    return {short: forms for section in content.values() for short, forms in section.items()}


@cache
def _abbreviation() -> re.Pattern[str]:
    longest_first = sorted(abbreviations(), key=lambda short: (-len(short), short))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")


def short_forms(words: str) -> list[str]:
    """The short forms that stand in `words`."""
    found = []
    for match in _abbreviation().finditer(words):
        found.append(match[0])
    # "Q." ends in a full stop, after which a name may follow at once.
    found += [short for short in re.findall(r"(?<!\w)(?:Q|H|P)\.(?=\w)", words) if short in abbreviations()]
    return found


def readings(token: str) -> list[Number]:
    """The numbers that a run of digits may be: dots and commas part thousands or begin the decimals."""
    if token.isdecimal():
        return [int(token)] if len(token) <= 15 else []
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3}){1,4},\d{1,6}", token):
        return [float(token.replace(".", "").replace(",", "."))]
    if not re.fullmatch(r"\d{1,15}[.,]\d{1,15}", token):
        return [int(re.sub("[.,]", "", token))] if _THOUSANDS.fullmatch(token) and len(token) <= 20 else []
    decimal = float(token.replace(",", "."))
    if not _THOUSANDS.fullmatch(token):
        return [int(decimal) if decimal.is_integer() else decimal]
    whole = int(re.sub("[.,]", "", token))
    return [whole, decimal] if "," in token else [whole]  # 2,800 may be either; 2.800 is no decimal in Vietnamese


def numbers(words: str) -> set[Number]:
    """Every number that `words` print, in digits or in words, also as the multiple that "triệu" and its like make of it."""
    found: set[Number] = set()
    line = tokens(words)
    place = 0
    while place < len(line):
        if line[place][0].isdecimal():
            scale = _SCALES.get(line[place + 1], 1) if place + 1 < len(line) else 1
            for value in readings(line[place]):
                found.add(value)
                found.add(_plain(value * scale))
            place += 1
        else:
            value, after = _in_words(line, place)
            if after > place:
                found.add(value)
            place = max(after, place + 1)
    return found


def _plain(value: Number) -> Number:
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def _in_words(line: list[str], place: int) -> tuple[Number, int]:
    """The number in words that begins at `place` and where it ends; the same place where none does."""
    total: Number = 0
    last_scale, here = 10**12, place
    while True:
        group, after = _below_thousand(line, here)
        if after == here:
            return total, here
        scale = _SCALES.get(line[after], 1) if after < len(line) else 1
        if scale >= last_scale:
            return total, here
        total += group * scale
        here, last_scale = after + (scale > 1), scale
        if scale == 1:
            return total, here
        if here < len(line) and line[here] == "rưỡi":
            return total + scale // 2, here + 1


def _below_thousand(line: list[str], place: int) -> tuple[int, int]:
    """A number below a thousand in words at `place`, and where it ends."""

    def at(offset: int) -> str:
        return line[place + offset] if place + offset < len(line) else ""

    if at(0) in _UNITS and at(1) == "trăm":
        hundred = _UNITS[at(0)] * 100
        if at(2) in _AND and at(3) in _UNITS:
            return hundred + _UNITS[at(3)], place + 4
        rest, after = _below_hundred(line, place + 2)
        return (hundred + rest, after) if rest >= 10 else (hundred, place + 2)
    return _below_hundred(line, place)


def _below_hundred(line: list[str], place: int) -> tuple[int, int]:
    def at(offset: int) -> str:
        return line[place + offset] if place + offset < len(line) else ""

    if at(0) == "mười":
        return (10 + _UNITS[at(1)], place + 2) if _UNITS.get(at(1), 0) > 0 else (10, place + 1)
    if _UNITS.get(at(0), 0) > 1 and at(1) in _TENS:
        return (_UNITS[at(0)] * 10 + _UNITS[at(2)], place + 3) if _UNITS.get(at(2), 0) > 0 else (_UNITS[at(0)] * 10, place + 2)
    return (_UNITS[at(0)], place + 1) if at(0) in _UNITS else (0, place)


_SEP = r"\s?[/.\-–]\s?"
_DAY, _MONTH = r"(0?[1-9]|[12]\d|3[01])", r"(0?[1-9]|1[0-2])"
_DAY_MONTH = re.compile(rf"(?<![\d/]){_DAY}{_SEP}{_MONTH}(?:{_SEP}(\d{{4}}|\d{{2}}))?(?!\d)")
_MONTH_YEAR = re.compile(rf"(?<![\d/.\-–]){_MONTH}{_SEP}(\d{{4}})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_DAYS_BEFORE = re.compile(r"(?<!\d)(\d{1,2})\s*(?:,|và|-|–|đến(?: ngày)?)\s*(?:ngày\s+)?$")
_IN_WORDS = re.compile(
    r"(?:(?:ngày|mùng|mồng)?\s*(\d{1,2}|[^\W\d]+(?: [^\W\d]+)?)\s+)?tháng\s+(\d{1,2}(?!\d)|[^\W\d]+(?: (?:một|hai)(?!\w))?)"
    r"(?:(?:\s+năm\s+|\s*[/,\-–.]\s*)(\d{4})(?!\d))?"
)


def dates(words: str) -> set[Date]:
    """Every date that `words` print, with what is printed of it; impossible days and months are no dates."""
    lowered = words.lower()
    found: set[Date] = {(int(year), None, None) for year in _YEAR.findall(lowered)}
    found |= {(int(year), int(month), int(day)) for year, month, day in _ISO.findall(lowered)}
    lowered = _ISO.sub(" ", lowered)
    found |= {(int(year), int(month), None) for month, year in _MONTH_YEAR.findall(lowered)}
    for match in _DAY_MONTH.finditer(lowered):
        year = match[3] and (int(match[3]) if len(match[3]) == 4 else 2000 + int(match[3]))
        found |= _with_days_before(lowered[: match.start()], year or None, int(match[2]), int(match[1]))
    for match in _IN_WORDS.finditer(lowered):
        month, day = _spoken(match[2], _MONTHS), _spoken(match[1] or "", {})
        if month is not None:
            year = int(match[3]) if match[3] else None
            found |= _with_days_before(lowered[: match.start()], year, month, day)
    return {date for date in found if _is_possible(date)}


def _with_days_before(before: str, year: int | None, month: int, day: int | None) -> set[Date]:
    """A date, and the days of the same month that are listed before it: "24 và 25-6", "27-29.7"."""
    found: set[Date] = {(year, month, day)}
    while day is not None and (earlier := _DAYS_BEFORE.search(before[-40:])):
        found.add((year, month, int(earlier[1])))
        before = before[-40:][: earlier.start()]
    return found


def _spoken(words: str, names: dict[str, int]) -> int | None:
    """A day or month in digits or words."""
    if words.isdecimal():
        return int(words)
    if words in names:
        return names[words]
    line = tokens(words)
    for place in range(len(line)):
        value, after = _in_words(line, place)
        if after == len(line):
            return int(value)
    first, after = _in_words(line, 0) if line else (0, 0)
    return int(first) if after else None


def _is_possible(date: Date) -> bool:
    _, month, day = date
    return (month is None or 1 <= month <= 12) and (day is None or 1 <= day <= 31)
