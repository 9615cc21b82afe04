"""Whether a sheet's values are carried by the words it points at: every span in the text, every value printed or inferred."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from thidua.errors import said
from thidua.extraction.json_files import Problem, pointer
from thidua.extraction.printed import Date, Printed, abbreviations, numbers, printed, tokens, tokens_as_spelt
from thidua.text import nfc, sha256

MAX_SPAN = 20_000  # characters of one span
MAX_SPANS_TOTAL = 1_000_000  # characters of all spans of a sheet together
LISTS = (
    "awards",
    "campaigns",
    "figures",
    "targets",
    "eligibility",
    "launches",
    "gatherings",
    "documents",
    "posts",
    "not_awards",
)
COUNTED = ("awards", "figures")  # told twice word for word, they would be summed twice
# Slots that weigh the clause as a whole: they rest on the item's evidence and need no words of their own.
WEIGHED = ("why", "comparator", "qualifier", "posthumous", "caption", "historical", "date_inferred")
NOT_SLOTS = ("evidence", "spans", "inferred", "note")
DATES = ("date", "start", "end", "decision_date")
# What bounds a number, as it is printed before or after it.
BOUNDS = {
    "over": "hơn trên quá vượt".split(),
    "nearly": "gần ngót xấp sát non".split(),
    "about": "khoảng chừng độ ước tầm xấp".split(),
    "at least": "ít thiểu trở thấp".split(),
    "at most": "đa quá nhiều cao dưới đến".split(),
}


_BOUNDS_AS_FOLDED = {qualifier: frozenset(tokens(" ".join(words))) for qualifier, words in BOUNDS.items()}


def coherence(sheet: dict[str, Any]) -> Iterator[Problem]:
    """What in a sheet of the right form contradicts itself; needs no text."""
    first: dict[str, int] = {}
    for kind, place, item in items(sheet):
        at = (kind, place)
        before = first.setdefault(f"{kind} {json.dumps(item, sort_keys=True)}", place) if kind in COUNTED else place
        if before != place:
            yield Problem(pointer(*at), said("sheet-item-twice", place=pointer(kind, before)))
        for slot in DATES:
            if item.get(slot) and not _is_day(item[slot]):
                yield Problem(pointer(*at, slot), said("sheet-no-day", found=item[slot]))
        if kind == "awards":
            yield from _award(item, at)
        if kind == "documents" and not item["number"] and not item["name"]:
            yield Problem(pointer(*at), said("sheet-both-empty", first="number", second="name"))
    if sheet["source"]["published"] and not _is_day(sheet["source"]["published"]):
        yield Problem("/source/published", said("sheet-no-day", found=sheet["source"]["published"]))


def _award(award: dict[str, Any], at: tuple[str, int]) -> Iterator[Problem]:
    for number, group in enumerate(award["recipients"]):
        names, count = len(group["names"]), group["count"]
        if count is not None and names > count and group["qualifier"] in ("exact", "nearly", "at most"):
            yield Problem(pointer(*at, "recipients", number), said("sheet-too-many-names", names=names, count=count))
    for number, presenter in enumerate(award["presented_by"]):
        if not presenter["name"] and not presenter["post"]:
            yield Problem(pointer(*at, "presented_by", number), said("sheet-both-empty", first="name", second="post"))
    if award["date_inferred"] != (award["date"] is not None and "date" in award["inferred"]):
        yield Problem(pointer(*at, "date_inferred"), said("sheet-date-inferred"))


def support(sheet: dict[str, Any], text: str) -> Iterator[Problem]:
    """What in a sheet of the right form its text does not bear out."""
    text = nfc(text)
    if sheet["source"]["sha256"] != sha256(text):
        yield Problem("/source/sha256", said("sheet-other-text", found=sha256(text)))
    spans = [span for _, _, item in items(sheet) for spans in item["spans"].values() for span in spans]
    if sum(max(0, end - start) for start, end in spans) > MAX_SPANS_TOTAL:
        yield Problem("", said("sheet-spans-too-long", limit=MAX_SPANS_TOTAL))
        return
    for kind, place, item in items(sheet):
        at = (kind, place)
        yield from _bad_span(item["evidence"], text, (*at, "evidence"))
        for slot, found in item["spans"].items():
            for number, span in enumerate(found):
                yield from _bad_span(span, text, (*at, "spans", slot, number))
        for slot, value in item.items():
            if slot not in NOT_SLOTS and _is_filled(value):
                yield from _slot(item, slot, text, at)


def items(sheet: dict[str, Any]) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Every item of a sheet with its list and its place in it."""
    for kind in LISTS:
        for place, item in enumerate(sheet[kind]):
            yield kind, place, item


def _is_filled(value: object) -> bool:
    return value is not None and value is not False and value != []


def _bad_span(span: list[int], text: str, steps: tuple[str | int, ...]) -> Iterator[Problem]:
    """What is wrong with a span by itself."""
    start, end = span
    key = None
    if start >= end:
        key = "span-empty"
    elif end > len(text):
        key = "span-outside"
    elif end - start > MAX_SPAN:
        key = "span-too-long"
    elif text[start].isspace() or text[end - 1].isspace():
        key = "span-blank"
    elif _cuts(text, start) or _cuts(text, end):
        key = "span-cuts-word"
    if key is not None:
        yield Problem(pointer(*steps), said(key, start=start, end=end, length=len(text), limit=MAX_SPAN))


def _cuts(text: str, place: int) -> bool:
    """Whether a word, or a number with its dots and commas, goes on across `place`."""
    before, after = text[max(0, place - 2) : place], text[place : place + 2]
    if not before or not after:
        return False
    if before[-1].isalnum() and after[0].isalnum():
        # "12 tập thể" may be printed "12tập thể": a number beside a word is no word of both
        return before[-1].isdigit() == after[0].isdigit()
    within_number = len(before) == 2 and before[0].isdigit() and before[1] in ".," and after[0].isdigit()
    return within_number or (len(after) == 2 and before[-1].isdigit() and after[0] in ".," and after[1].isdigit())


def _slot(item: dict[str, Any], slot: str, text: str, at: tuple[str, int]) -> Iterator[Problem]:
    """Whether a filled slot has its words, and they carry it or an inference says from what."""
    value, inferred = item[slot], slot in item["inferred"]
    spans = item["spans"].get(slot, [])
    if slot in WEIGHED:
        if slot == "qualifier" and value != "exact" and not inferred:
            near = printed_at([*spans, *item["spans"].get("value", []), item["evidence"]], text)
            yield from _unbounded(value, near, (*at, slot))
        return
    if not spans and not inferred:
        yield Problem(pointer(*at, slot), said("sheet-no-words", slot=slot))
    if not spans or inferred:
        return
    words = printed_at(spans, text)
    for steps, missing in _missing(slot, value, words):
        yield Problem(pointer(*at, slot, *steps), said("sheet-not-carried", missing=missing, slot=slot))
    if slot == "recipients":
        for number, group in enumerate(value):
            near = printed_at([*spans, item["evidence"]], text)
            if group["qualifier"] != "exact":
                yield from _unbounded(group["qualifier"], near, (*at, slot, number, "qualifier"))


def printed_at(spans: list[list[int]], text: str) -> Printed:
    """What the words of these spans print, all together."""
    each = [printed(text[start:end]) for start, end in spans if 0 <= start < end <= len(text) and end - start <= MAX_SPAN]
    return Printed(
        frozenset().union(*(one.tokens for one in each)),
        frozenset().union(*(one.numbers for one in each)),
        frozenset().union(*(one.dates for one in each)),
    )


def _unbounded(qualifier: str, words: Printed, steps: tuple[str | int, ...]) -> Iterator[Problem]:
    if not words.tokens & _BOUNDS_AS_FOLDED[qualifier]:
        yield Problem(pointer(*steps), said("sheet-no-bound", qualifier=qualifier))


def _missing(slot: str, value: Any, words: Printed) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The parts of a value that the words do not print: where in the value, and what."""
    if slot in DATES:
        if not carries_date(words.dates, value):
            yield (), value
    elif isinstance(value, str):
        missing = missing_words(value, words)
        if missing:
            yield (), " ".join(missing)
    elif isinstance(value, int | float):
        if value not in words.numbers:
            yield (), str(value)
    elif slot == "split":
        for key, number in value.items():
            if missing := [*missing_words(key, words), *([] if number in words.numbers else [str(number)])]:
                yield (key,), " ".join(missing)
    elif slot == "recipients":
        for place, group in enumerate(value):
            count = group["count"]
            if count is not None and count not in words.numbers and count != len(group["names"]):
                yield (place, "count"), str(count)
            for number, name in enumerate(group["names"]):
                if missing := missing_words(name, words):
                    yield (place, "names", number), " ".join(missing)
    elif slot == "presented_by":
        for place, presenter in enumerate(value):
            for part in ("name", "post"):
                if missing := missing_words(presenter[part] or "", words):
                    yield (place, part), " ".join(missing)


def missing_words(value: str, words: Printed) -> list[str]:
    """The words and numbers of a value that are not printed, in no form."""
    spelt = dict(zip(tokens(value), tokens_as_spelt(value), strict=True))
    return [
        shown
        for token, shown in spelt.items()
        if not _is_printed(token, words)
        # A short form in the value itself is printed where one of its full forms is.
        and not any(_all_printed(full, words) for full in _full_forms().get(token, []))
    ]


def _all_printed(value: str, words: Printed) -> bool:
    return all(_is_printed(token, words) for token in tokens(value))


@cache
def _full_forms() -> dict[str, list[str]]:
    """Short forms of one token, folded as `tokens` does, with their full forms."""
    return {tokens(short)[0]: full for short, full in abbreviations().items() if len(tokens(short)) == 1}


def _is_printed(token: str, words: Printed) -> bool:
    if token in words.tokens:
        return True
    return any(number in words.numbers for number in numbers(token))


def carries_date(printed_dates: frozenset[Date], value: str) -> bool:
    """Whether the dates printed give this day, month or year; the year may be printed apart from day and month."""
    wanted = [int(part) for part in value.split("-")]
    year, rest = wanted[0], tuple(wanted[1:])
    for its_year, month, day in printed_dates:
        if (month, day)[: len(rest)] == rest and (its_year == year or (its_year is None and (year, None, None) in printed_dates)):
            return True
    return False


def _is_day(value: str) -> bool:
    """Whether a date as 2031, 2031-05 or 2031-05-02 is in the calendar."""
    try:
        datetime.date.fromisoformat(value + "-01" * (2 - value.count("-")))
    except ValueError:
        return False
    return True
