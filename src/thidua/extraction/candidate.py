"""A source that asks to be accepted, as the gate is shown it."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Quad, RdfFormat, parse


@dataclass(frozen=True)
class Candidate:
    """A source that asks to be accepted.

    Attributes:
        sid: its short name.
        graph: TriG of its graph.
        registry: Turtle of its new entries.
        before: TriG and Turtle of the versions that it takes the place of.
    """

    sid: str
    graph: bytes
    registry: bytes
    before: tuple[bytes, ...] = ()


def quads_of(content: bytes) -> list[Quad]:
    """The quads of TriG or Turtle.

    Raises:
        SyntaxError: it is neither.
    """
    return list(parse(input=content, format=RdfFormat.TRIG))
