"""A text that was read: its words in NFC, what kind of passage each stretch is, and what is known of its publication."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# body: a paragraph of the article itself; caption: words of a picture; the others are not the article's own body and
# yield no facts (heading and title only lend places and names).
PartKind = Literal["title", "heading", "body", "caption", "byline", "dateline", "related", "footer"]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document's text, end exclusive, in characters of the NFC text."""

    kind: PartKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One text, ready to be read for facts.

    Attributes:
        id: the fact sheet's id: the file's stem, or 16 hex digits of the hash.
        file: the file's name (no folder), "-" for standard input.
        text: the NFC text that all offsets refer to.
        sha256: of the UTF-8 bytes of `text`.
        parts: in order, without overlaps; blank stretches lie between them.
        title, published (ISO date, year and month or year), publisher, url, republished_from: as given, else as the page
            says, else None.
        language: "vi", or another code or "und" where the text is not Vietnamese; such a text yields no facts.
        remarks: keys of messages with their values, for what the user should be told (another language, legacy encoding,
            decomposed letters, a page without a body …).
    """

    id: str
    file: str
    text: str
    sha256: str
    parts: tuple[Part, ...]
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    republished_from: str | None = None
    language: str = "vi"
    remarks: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
