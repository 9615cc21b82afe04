"""Which words of which text a finding rests on: the spans of the focus node's evidence, read from the articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from thidua.articles import find_files, hashes, short_name
from thidua.findings import Finding, Location
from thidua.locate.places import focus_of, value_of
from thidua.locate.tokens import Term
from thidua.terms import td
from thidua.text import nfc, sha256

MOST = 3  # passages told of one finding
_NAMING = 20
_LONGEST = 300  # characters of a passage
_EVIDENCE = (td("evidence"), td("inferredFrom"))


class Text(NamedTuple):
    """An article's text (NFC) and the name of its file."""

    file: str
    words: str


def texts_in(folder: Path, store: Store) -> dict[str, Text]:
    """Short name of each source of the store whose text is in the folder → the text."""
    return {sid: Text(str(path), words) for sid, (path, words) in find_files(folder, hashes(store)).items()}


def passages(finding: Finding, store: Store, texts: Mapping[str, Text]) -> tuple[Location, ...]:
    """The passages that the focus node rests on, those with the value's words first; else the value's, else those of what names it."""
    focus, value = focus_of(finding), value_of(finding)
    for nodes in ([focus], [value], _naming(focus, store)):
        found = sorted({span for node in nodes if node is not None for span in _spans(node, store)})
        places = [place for span in found if (place := _place(span, texts)) is not None]
        if places:
            lexical = nfc(value[0]) if isinstance(value, tuple) else ""
            places.sort(key=lambda place: bool(lexical) and lexical not in place.words)
            return tuple(dict.fromkeys(places))[:MOST]
    return ()


def _naming(node: Term, store: Store) -> list[Term]:
    term = _node(node)
    if term is None:
        return []
    quads = islice(store.quads_for_pattern(None, None, term, DefaultGraph()), _NAMING)
    return sorted({quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)})


def _node(node: Term) -> NamedNode | None:
    if not isinstance(node, str) or node.startswith("_:"):
        return None
    try:
        return NamedNode(node)
    except ValueError:
        return None


class _Span(NamedTuple):
    source: str
    start: int
    end: int
    digest: str


def _spans(node: Term, store: Store) -> Iterable[_Span]:
    """The spans of a node's evidence; a span is its own."""
    term = _node(node)
    if term is None:
        return
    links = [quad.object for property in _EVIDENCE for quad in store.quads_for_pattern(term, property, None, DefaultGraph())]
    for span in [term, *links]:
        if not isinstance(span, NamedNode):
            continue
        source, start, end, digest = (_one(span, name, store) for name in ("source", "start", "end", "sliceSha256"))
        if source and start.isdecimal() and end.isdecimal() and len(start) < 10 and len(end) < 10:
            yield _Span(short_name(NamedNode(source)), int(start), int(end), digest)


def _one(node: NamedNode, name: str, store: Store) -> str:
    values = sorted(
        quad.object.value
        for quad in store.quads_for_pattern(node, td(name), None, DefaultGraph())
        if isinstance(quad.object, NamedNode | Literal)
    )
    return values[0] if values else ""


def _place(span: _Span, texts: Mapping[str, Text]) -> Location | None:
    """Where the span stands; None where its text is not at hand or no longer has these words."""
    text = texts.get(span.source)
    if text is None or not span.start < span.end <= len(text.words):
        return None
    words = text.words[span.start : span.end]
    if span.digest and sha256(words) != span.digest:
        return None
    shown = words if len(words) <= _LONGEST else words[:_LONGEST] + "…"
    return Location(text.file, text.words.count("\n", 0, span.start) + 1, shown)
