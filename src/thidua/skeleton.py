"""The beginning of a source graph to be written by hand: source, hash, spans, and who vouches for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal

from thidua.errors import InputError
from thidua.reading import read_text
from thidua.text import occurrences, sha256

PREFIX_LINES = """\
@prefix td: <https://w3id.org/thidua/ontology#> .
@prefix aw: <https://w3id.org/thidua/award-type/> .
@prefix source: <https://w3id.org/thidua/source/> .
@prefix graph: <https://w3id.org/thidua/graph/> .
@prefix award: <https://w3id.org/thidua/id/award/> .
@prefix group: <https://w3id.org/thidua/id/group/> .
@prefix span: <https://w3id.org/thidua/id/span/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class About:
    """What is known of the text beside its words."""

    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None


def span_lines(sid: str, text: str, words: Iterable[str], path: Path) -> list[str]:
    """Turtle of the span of each of `words` at each place where it occurs, in order of place.

    Raises:
        InputError: words that do not occur in the text.
    """
    places: set[tuple[int, int]] = set()
    for one in words:
        found = occurrences(text, one)
        if not found:
            raise InputError("span-not-found", path=path, words=repr(one))
        places.update(found)
    return [
        f"span:{sid}-{start}-{end} a td:Span ; td:source source:{sid} ; td:start {start} ; td:end {end} ; "
        f'td:sliceSha256 "{sha256(text[start:end])}" .'
        for start, end in sorted(places)
    ]


def skeleton(path: Path, sid: str | None, about: About, words: Iterable[str], recorded: str) -> str:
    """TriG of a new source: its node with title and hash, its spans, and what is said of its graph.

    Args:
        path: the article's text.
        sid: the source's short name; the first 16 hex digits of the text's SHA-256 when not given (model.md).
        about: title and publication; the title is the text's first line when not given.
        words: whose spans to write.
        recorded: the day on which the graph is made, as 2026-11-30.
    """
    text = read_text(path)
    digest = sha256(text)
    sid = sid or digest[:16]
    title = about.title or next(line.strip() for line in [*text.splitlines(), "?"] if line.strip())
    said = [f"dcterms:title {Literal(title, language='vi')}"]
    if about.published:
        said.append(f"td:published {Literal(about.published)}^^xsd:date")
    if about.publisher:
        said.append(f"td:publisherName {Literal(about.publisher)}")
    if about.url:
        said.append(f"dcterms:source <{about.url}>")
    said.append(f'td:sha256 "{digest}"')
    spans = "\n".join(f"    {line}" for line in span_lines(sid, text, words, path))
    return (
        f"{PREFIX_LINES}\n"
        f"graph:{sid} a td:SourceGraph ;\n    prov:wasDerivedFrom source:{sid} ;\n    dcterms:license <{LICENCE}> ;\n"
        f'    td:assertedBy "curator" ;\n    td:reviewed false ;\n    td:revision 1 ;\n'
        f'    prov:generatedAtTime "{recorded}T00:00:00Z"^^xsd:dateTime .\n\n'
        f"graph:{sid} {{\n    source:{sid} a td:Source ;\n        " + " ;\n        ".join(said) + " .\n"
        + (f"\n{spans}\n" if spans else "")
        + f"\n    # award:{sid}-1 a td:AwardEvent ;\n    #     td:awardedBy … ; td:awardType … ; td:recipientGroup group:{sid}-1 ;\n"
        f"    #     td:evidence span:{sid}-START-END .\n}}\n"
    )  # fmt: skip
