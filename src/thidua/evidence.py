"""The words that a span stands for, read from the articles: the data hold offsets and hashes only."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Literal, Store

from thidua.answers import Answer, Row, text_of
from thidua.articles import find_texts, hashes, short_name
from thidua.errors import InputError
from thidua.text import sha256


def with_words(store: Store, answer: Answer, folder: Path) -> Answer:
    """The answer of evidence-of with a further column `words`: the slice of the source's text in `folder`.

    Raises:
        InputError: a source whose text is not there, or is not the one the graph rests on.
    """
    wanted = hashes(store)
    texts = find_texts(folder, wanted)
    place = {name: answer.columns.index(name) for name in ("source", "start", "end")}
    rows: list[Row] = []
    for row in answer.rows:
        sid = short_name(row[place["source"]])
        words = texts.get(sid, "")
        if sha256(words) != wanted.get(sid):
            raise InputError("no-text", path=folder, sid=sid, sha=wanted.get(sid, "?"))
        start, end = (int(text_of(row[place[name]])) for name in ("start", "end"))
        rows.append((*row, Literal(words[start:end])))
    return Answer([*answer.columns, "words"], rows)
