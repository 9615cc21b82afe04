"""Builders of groups of recipients."""

from __future__ import annotations

from thidua.extraction.chunks import Chunk
from thidua.extraction.phrase_text import Groups, Made, Text, counted
from thidua.extraction.rules import new_chunk
from thidua.extraction.values import Group


def end_group(here: Text, chunks: list[Chunk], groups: Groups) -> Made:
    """People counted by a noun that ends as nouns of people do."""
    value = counted(groups["count"][0])
    if not isinstance(value, int):
        return None
    about = groups.get("about")
    qualifier = (about[0].entries["about"].value or "exact") if about else "exact"
    number_chunk = groups["count"][0]
    at = (chunks[0].start, chunks[-1].end)
    made = Group(
        ["individual"], value, qualifier, here.words(chunks), at, here.words(groups["kinds"]), (number_chunk.start, number_chunk.end)
    )
    return new_chunk("group", chunks, made), len(chunks)


def _kinds(chunks: list[Chunk]) -> list[str]:
    return [c.entries["kind"].value for c in chunks if "kind" in c.entries]


def group(here: Text, chunks: list[Chunk], groups: Groups) -> Made:
    """Counted recipients; one number may count several kinds."""
    value = counted(groups["count"][0])
    about = groups.get("about")
    qualifier = "exact"
    if about:
        qualifier = about[0].entries["about"].value or "exact"
    kinds = _kinds(groups["kinds"])
    count = value if isinstance(value, int) else None
    if value is None:
        return None
    number_chunk = groups["count"][0]
    made = Group(
        kinds,
        count,
        qualifier,
        here.words(chunks),
        (chunks[0].start, chunks[-1].end),
        here.words(groups["kinds"]),
        (number_chunk.start, number_chunk.end),
    )
    return new_chunk("group", chunks, made), len(chunks)


def plain_group(here: Text, chunks: list[Chunk], groups: Groups) -> Made:
    """Recipients that are not counted: "các tập thể, cá nhân"."""
    kinds = _kinds(groups["kinds"])
    made = Group(kinds, None, "exact", here.words(chunks), (chunks[0].start, chunks[-1].end), here.words(groups["kinds"]))
    return new_chunk("group", chunks, made), len(chunks)
