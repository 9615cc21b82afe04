"""Word lists of the grammar that decide readings: one class for each file, one attribute for each table of that name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from thidua.errors import InputError

Words = frozenset[str]  # compared with flat words
Names = tuple[str, ...]  # as written, or beginnings


@dataclass(frozen=True, slots=True)
class PhraseLists:
    """The word lists of phrases.toml; what each is for stands there."""

    no_body: Words
    numbered: Names
    lettered: Names
    loose_heads: Words
    extended: Names
    without_title: Names
    chairs: Words
    bare_awards: Names


@dataclass(frozen=True, slots=True)
class BodyLists:
    """The word lists of bodies.toml."""

    central_names: Names
    of_province: Names
    of_district: Names
    central_cities: Names
    shared_seat: Names
    committees: Names


@dataclass(frozen=True, slots=True)
class AwardLists:
    """The word lists of awards.toml."""

    state: Names
    state_giver: Names
    flag_giver: Names
    own_award: Names
    chiefs: Names
    kinds_alone: Names
    ranked: Names
    titled_before: Names
    competed: Names
    retold: Names


@dataclass(frozen=True, slots=True)
class CampaignLists:
    """The word lists of campaigns.toml."""

    within: Words
    several: Words
    summing: Words
    carrying: Words
    not_launcher: Words
    this_campaign: Names
    lasting: Names
    with_known: Words


@dataclass(frozen=True, slots=True)
class ClauseLists:
    """The word lists of clauses.toml."""

    not_recipients: Words
    nouns: Words
    mild: Words
    nominal: Words
    gathered: Words
    reached: Words
    won: Words
    pronouns: Words
    not_subject: Words
    gap_words: Words
    refusing: Words
    done: Words
    done_beginnings: Names
    price: Words
    listing: Words
    fresh: Words
    had: Words
    ordinal: Words


Lists = TypeVar("Lists", PhraseLists, BodyLists, AwardLists, CampaignLists, ClauseLists)


def read_lists(kind: type[Lists], tables: dict[str, Any], path: Path, flat: Callable[[str], str]) -> Lists:
    """The word lists of a grammar file: `words` are made flat, `names` are kept as written, both in NFC.

    Args:
        tables: the file's content.

    Raises:
        InputError: a list is missing or no list of words.
    """
    found: dict[str, Words | Names] = {}
    for field in fields(kind):
        table = tables.get(field.name, {})
        key = "words" if field.type == "Words" else "names"
        listed = table.get(key) if isinstance(table, dict) else None
        if not isinstance(listed, list) or not all(isinstance(word, str) for word in listed):
            raise InputError("bad-grammar", path=path, detail=f"[{field.name}] {key} = […]")
        found[field.name] = frozenset(map(flat, listed)) if key == "words" else tuple(listed)
    return kind(**found)  # type: ignore[arg-type]
