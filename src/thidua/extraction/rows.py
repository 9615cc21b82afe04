"""A document's sentences as rows of phrases, with what kind of passage each stands in."""

from __future__ import annotations

from dataclasses import dataclass

from thidua.extraction.chunks import Chunk


@dataclass(slots=True)
class Row:
    """A sentence: its place in the text, whether it stands in a caption, its phrases."""

    number: int
    start: int
    end: int
    caption: bool
    chunks: list[Chunk]
    part: int  # number of the paragraph it stands in
