"""Do the articles still say what the spans say they say? Every span cut out anew, every hash compared."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Store

from thidua.answers import Answer, Row, select
from thidua.articles import find_texts, hashes, short_name
from thidua.terms import PREFIXES
from thidua.text import sha256

COLUMNS = ["source", "finding", "node", "span", "start", "end"]
_SPANS = """
PREFIX td: <https://w3id.org/thidua/ontology#>
SELECT ?source ?span ?start ?end ?hash ?node WHERE {
  ?span a td:Span ; td:source ?source ; td:start ?start ; td:end ?end ; td:sliceSha256 ?hash .
  OPTIONAL { ?node td:evidence|td:inferredFrom ?span }
} ORDER BY ?source ?start ?end ?node"""


@dataclass(frozen=True)
class Verification:
    """What was found, how many spans of how many sources were looked at, and which sources had no text to look at."""

    findings: Answer
    sources: int
    spans: int
    without_text: tuple[str, ...]


def verify(store: Store, folder: Path) -> Verification:
    """Compares every source and span of the store with the texts in `folder`.

    A finding is a source whose text has another hash (`document`), a span beyond its text's end (`range`) or one whose
    words have another hash (`slice`), with each node that rests on the span.
    """
    wanted = hashes(store)
    texts = find_texts(folder, wanted)
    rows: list[Row] = [
        (NamedNode(PREFIXES["source"] + sid), Literal("document"), None, None, None, None)
        for sid, words in texts.items()
        if sha256(words) != wanted[sid]
    ]
    looked_at = set()
    for source, span, start, end, digest, node in select(store, _SPANS).rows:
        words = texts.get(short_name(source))
        if words is None or not (isinstance(start, Literal) and isinstance(end, Literal) and isinstance(digest, Literal)):
            continue
        looked_at.add(span)
        first, last = int(start.value), int(end.value)
        if not 0 <= first < last <= len(words):
            rows.append((source, Literal("range"), node, span, start, end))
        elif sha256(words[first:last]) != digest.value:
            rows.append((source, Literal("slice"), node, span, start, end))
    rows.sort(key=lambda row: str(row[0]))
    missing = tuple(sid for sid in wanted if sid not in texts)
    return Verification(Answer(COLUMNS, rows), len(texts), len(looked_at), missing)
