"""The word lists of the grammar that decide readings."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from thidua.assets import Assets
from thidua.errors import InputError
from thidua.extraction.lexicon import Lexicon, flat, read_toml
from thidua.extraction.wordlists import AwardLists, BodyLists, CampaignLists, ClauseLists, PhraseLists, read_lists

KINDS: dict[str, Any] = {
    "awards": AwardLists,
    "bodies": BodyLists,
    "campaigns": CampaignLists,
    "clauses": ClauseLists,
    "phrases": PhraseLists,
}
LISTS = [(file, field.name) for file, kind in KINDS.items() for field in fields(kind)]


def tables(file: str) -> tuple[Path, dict[str, Any]]:
    path = Assets().folder("grammar") / f"{file}.toml"
    return path, read_toml(path)


def test_the_lists_are_found() -> None:
    assert len(LISTS) == sum(len(fields(kind)) for kind in KINDS.values()) > 40


@pytest.mark.parametrize(("file", "name"), LISTS)
def test_each_list_has_words_and_none_twice(file: str, name: str) -> None:
    path, content = tables(file)
    (listed,) = [content[name][key] for key in ("words", "names") if key in content[name]]
    assert listed
    assert len({flat(word) if "words" in content[name] else word for word in listed}) == len(listed)
    assert f"[{name}]" in path.read_text("utf-8").split("\n#", 1)[1], "below a comment"


@pytest.mark.parametrize(("file", "name"), LISTS)
def test_a_list_that_is_missing_or_none_is_told(file: str, name: str) -> None:
    path, content = tables(file)
    for wrong in ({}, {"words": "đã", "names": "đã"}, {"words": [1], "names": [1]}):
        with pytest.raises(InputError, match=f"\\[{name}\\]"):
            read_lists(KINDS[file], {**content, name: wrong}, path, flat)


def test_words_are_compared_in_any_case_and_names_as_written() -> None:
    lexicon = Lexicon.load(Assets())
    assert "hội nghị" in lexicon.clause_lists.gathered
    assert "Huân chương" in lexicon.award_lists.state
