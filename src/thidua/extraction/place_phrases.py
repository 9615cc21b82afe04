"""Builders of numbers and places."""

from __future__ import annotations

from itertools import pairwise

from thidua.extraction.chunks import Chunk
from thidua.extraction.phrase_text import Groups, Made, Text, name_length, number
from thidua.extraction.rules import new_chunk
from thidua.extraction.values import Place


def num(here: Text, chunks: list[Chunk], groups: Groups) -> Made:
    """A number, in thousands or millions where it says so."""
    value = number(here.text[chunks[0].start : chunks[0].end])
    if value is None:
        return None
    for one in chunks[1:]:
        value *= one.entries["scale"].value
    value = round(value, 6)
    return new_chunk("num", chunks, int(value) if value == int(value) else value), len(chunks)


def place(here: Text, chunks: list[Chunk], groups: Groups) -> Made:
    """A place with its level: "huyện Việt Yên"."""
    first = 1 if "whole" in chunks[0].tags and "level" not in chunks[0].tags else 0
    level = chunks[first]
    run = chunks[first + 1 :]
    dash = next((i for i, c in enumerate(run) if "dash" in c.tags), len(run))
    names = name_length(run[:dash], 4, level.entries["level"].canonical)
    if dash < len(run) and names == dash:
        names = len(run)
    if not names:
        return None
    name = here.words(chunks[first + 1 : first + 1 + names])
    only = chunks[first + 1]
    if level.entries["level"].canonical == "tỉnh" and "province" not in only.tags:
        return None
    if names == 1 and "province" in only.tags and level.entries["level"].canonical in ("tỉnh", "thành phố"):
        canonical = only.entries["province"].canonical
        if canonical.startswith(level.entries["level"].canonical):
            name = canonical[len(level.entries["level"].canonical) + 1 :]
    made = chunks[first : first + 1 + names]
    return new_chunk("place", made, Place(level.entries["level"].canonical, name)), first + 1 + names


def province(here: Text, chunks: list[Chunk], groups: Groups) -> Made:
    """A province or central city without its level."""
    chunk = chunks[0]
    canonical = chunk.entries["province"].canonical
    level = "tỉnh" if canonical.startswith("tỉnh ") else "thành phố"
    return new_chunk("place", chunks, Place(level, canonical[len(level) + 1 :], printed=False), frozenset(["province"])), 1


def seat(here: Text, chunks: list[Chunk], groups: Groups) -> Made:
    """A place right after the body that lies there, without its level."""
    length = name_length(chunks, 4)
    if not length or (length == len(chunks) and length > 3):
        return None
    made = chunks[:length]
    return new_chunk("seat", made, Place(None, here.words(made))), length


def wholeplace(here: Text, chunks: list[Chunk], groups: Groups) -> Made:
    """A place that is told by its level alone: "toàn tỉnh"."""
    return new_chunk("place", chunks, Place(chunks[1].entries["level"].canonical, None)), 2


def places(here: Text, chunks: list[Chunk], groups: Groups) -> Made:
    """A place in a larger one: "xã Hồng Thái, huyện Việt Yên"."""
    rank = here.lexicon.bodies["level"]["rank"]
    row = [chunk.value for chunk in chunks if "place" in chunk.tags]
    for inner, outer in pairwise(row):
        if inner.name is None or outer.name is None or rank.get(inner.level or "", 9) >= rank.get(outer.level or "", 9):
            return None
        inner.outer = outer
    return new_chunk("place", chunks, row[0]), len(chunks)
