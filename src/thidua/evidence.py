"""The words that a span stands for, read from the articles: the data hold offsets and hashes only."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Literal, NamedNode, Store

from thidua.answers import Answer, Row, text_of
from thidua.errors import InputError
from thidua.reading import read_text
from thidua.terms import PREFIXES, td
from thidua.text import sha256


def texts_by_hash(folder: Path) -> dict[str, str]:
    """The NFC texts of a folder's .txt files by their SHA-256: a source is found by its hash, not by its file's name."""
    if not folder.is_dir():
        raise InputError("not-directory" if folder.exists() else "missing-file", path=folder)
    texts = [read_text(path) for path in sorted(folder.glob("*.txt"))]
    return {sha256(words): words for words in texts}


def text_of_source(store: Store, source: NamedNode, texts: dict[str, str], folder: Path) -> str:
    """The text of `source` among `texts`."""
    quad = next(store.quads_for_pattern(source, td("sha256"), None), None)
    digest = quad.object.value if quad is not None and isinstance(quad.object, Literal) else ""
    if digest not in texts:
        sid = source.value.removeprefix(PREFIXES["source"])
        raise InputError("no-text", path=folder, sid=sid, sha=digest or "unknown")
    return texts[digest]


def with_words(store: Store, answer: Answer, folder: Path) -> Answer:
    """The answer of evidence-of with a further column `words`: the slice of the source's text in `folder`."""
    texts = texts_by_hash(folder)
    place = {name: answer.columns.index(name) for name in ("source", "start", "end")}
    rows: list[Row] = []
    for row in answer.rows:
        source = row[place["source"]]
        assert isinstance(source, NamedNode)
        whole = text_of_source(store, source, texts, folder)
        start, end = (int(text_of(row[place[name]])) for name in ("start", "end"))
        rows.append((*row, Literal(whole[start:end])))
    return Answer([*answer.columns, "words"], rows)
