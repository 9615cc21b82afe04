"""Cases of tests/cases/extract: made-up sentences and, annotated by hand, the facts that they state.

A file holds cases of one kind, each a text with the lists of a gold sheet; in place of offsets, `evidence` holds the words, which
must stand in the text exactly once. open: seen while the rules were written; held: not.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.conftest import CASES
from thidua.extraction.agreement import Fact
from thidua.extraction.document import Document
from thidua.extraction.json_files import against_schema
from thidua.extraction.pages import read_document
from thidua.text import nfc

FOLDER = CASES / "extract"
HALVES = ("open", "held")
LISTS = ("awards", "campaigns", "figures", "targets", "posts", "not_awards")
ABOUT = ("title", "published", "publisher", "url")
OTHER = ("id", "pattern", "text", "coverage", "places_only_from_outlet")


@dataclass(frozen=True)
class ExtractCase:
    """One case: its text, what is known of its publication, and its gold sheet."""

    id: str
    text: str
    about: dict[str, str]
    gold: Fact

    def document(self) -> Document:
        """The text, read as a file of its own."""
        return read_document(self.text.encode(), f"{self.id}.txt", **self.about)  # type: ignore[arg-type]


@cache
def load_cases(half: str) -> tuple[ExtractCase, ...]:
    """All cases of one half, by file and place; none where the folder is absent or empty.

    Raises:
        AssertionError: a case that is not of the form, with its id.
    """
    found = [case for path in sorted((FOLDER / half).glob("*.toml")) for case in _cases_of(path)]
    ids = [case.id for case in found]
    assert len(ids) == len(set(ids)), f"{half}: ids that stand twice: {sorted({one for one in ids if ids.count(one) > 1})}"
    texts = [case.text for case in found]
    assert len(texts) == len(set(texts)), f"{half}: texts that stand twice"
    return tuple(found)


def _cases_of(path: Path) -> list[ExtractCase]:
    words = path.read_text("utf-8")
    assert words == nfc(words), f"{path.name} is not in NFC"
    content = tomllib.loads(words)
    assert set(content) == {"case"}, path.name
    return [_case(one) for one in content["case"]]


def _case(content: dict[str, Any]) -> ExtractCase:
    id, text = content["id"], content["text"]
    unknown = set(content) - {*OTHER, *LISTS, *ABOUT}
    assert not unknown, f"{id}: {unknown}"
    assert text == text.strip() != "", id
    assert content["coverage"] in ("complete", "partial"), id
    assert content["pattern"], id
    gold: dict[str, Any] = {"id": id, "coverage": content["coverage"], "text_file": f"{id}.txt"}
    gold["places_only_from_outlet"] = content.get("places_only_from_outlet", [])
    for name in LISTS:
        gold[name] = [_with_offsets(id, text, item) for item in content.get(name, [])]
    problems = against_schema(gold, "scored.schema.json")
    assert not problems, f"{id}: {problems[0].message('en')}"
    return ExtractCase(id, text, {name: content[name] for name in ABOUT if name in content}, gold)


def _with_offsets(id: str, text: str, item: dict[str, Any]) -> dict[str, Any]:
    """The item with its evidence as a span; posts have none."""
    if "evidence" not in item:
        return item
    words = item["evidence"]
    start = text.find(words)
    assert start >= 0, f"{id}: evidence that is not in the text: {words}"
    assert text.find(words, start + 1) < 0, f"{id}: evidence that stands in the text more than once: {words}"
    return item | {"evidence": [start, start + len(words)]}
