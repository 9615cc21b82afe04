"""Cases of tests/cases/extract: made-up sentences and, annotated by hand, the facts that they state.

A file holds cases of one kind, each a text with the lists of a gold sheet; in place of offsets, `evidence` holds the words, which
must stand in the text exactly once. open: seen while the rules were written; held: not.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from tests.conftest import CASES, SHARED
from thidua.assets import Assets
from thidua.extraction.agreement import Fact
from thidua.extraction.checks import problems
from thidua.extraction.document import Document
from thidua.extraction.extract import extract
from thidua.extraction.json_files import against_schema
from thidua.extraction.lexicon import Lexicon
from thidua.extraction.pages import read_document
from thidua.extraction.sheet import Sheet
from thidua.text import nfc, sha256

FOLDER = CASES / "extract"
HALVES = ("open", "held")
LISTS = ("awards", "campaigns", "figures", "targets", "posts", "not_awards")
ABOUT = ("title", "published", "publisher", "url")
SHEET_LISTS = (*LISTS, "eligibility", "launches", "gatherings", "documents")
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


@cache
def lexicon() -> Lexicon:
    """The shipped words and rules, read once."""
    return Lexicon.load(Assets())


def sheet_of(document: Document) -> Sheet:
    """What is extracted from a document."""
    return extract(document, lexicon())


def read(words: str | bytes, name: str = "bai.txt", **about: str) -> Document:
    """A document of these words or bytes."""
    return read_document(words.encode() if isinstance(words, str) else words, name, **about)  # type: ignore[arg-type]


def read_file(path: Path) -> Document:
    """The document of a file of which nothing else is known."""
    return read_document(path.read_bytes(), path.name)


def articles() -> list[Path]:
    """The files of the five articles; none where they are absent."""
    return sorted((SHARED / "seeds").glob("*.txt"))


def dev_texts() -> list[Path]:
    """The texts of the benchmark; none where it is absent."""
    return sorted((SHARED / "benchmark" / "dev" / "text").glob("*.txt"))


def faults(sheet: Sheet, document: Document) -> list[str]:
    """What is wrong with a sheet by its form, by what supports it, and with its spans; nothing, if all is well."""
    return [*problems(sheet, document.text), *_span_faults(sheet, document)]


def _span_faults(sheet: Sheet, document: Document) -> Iterator[str]:
    """Spans that are not whole words of the text, and evidence that is not in a passage which states facts."""
    telling = [part for part in document.parts if part.kind in ("body", "caption")]
    for name in SHEET_LISTS:
        for number, item in enumerate(cast(dict[str, Any], sheet)[name]):
            for slot, spans in [("evidence", [item["evidence"]]), *item["spans"].items()]:
                for start, end in spans:
                    if not _whole_words(document.text, start, end):
                        yield f"/{name}/{number}: {slot} [{start}, {end}] is not whole words of the text"
            start, end = item["evidence"]
            if not any(part.start <= start and end <= part.end for part in telling):
                yield f"/{name}/{number}: evidence [{start}, {end}] is not in one passage of the body or caption"


def _whole_words(text: str, start: int, end: int) -> bool:
    if not 0 <= start < end <= len(text) or text[start].isspace() or text[end - 1].isspace():
        return False
    cut_before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    return not cut_before and not (end < len(text) and text[end - 1].isalnum() and text[end].isalnum())


def everything() -> Iterator[tuple[str, Document]]:
    """Each text there is, with a name: the cases, and the articles and the benchmark's texts where they are present."""
    for half in HALVES:
        yield from ((case.id, case.document()) for case in load_cases(half))
    for path in (*articles(), *dev_texts()):
        yield path.stem, read_file(path)


def main() -> None:
    """Prints the hash of the sheet of each text."""
    for name, document in everything():
        print(name, sha256(json.dumps(sheet_of(document), ensure_ascii=False)))


if __name__ == "__main__":
    main()
