"""The steps that ingestion is made of, loaded once a process: read, extract, check, assemble, validate."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from thidua.assets import Assets
from thidua.extraction.candidate import Candidate
from thidua.extraction.document import Document
from thidua.extraction.sheet import Sheet
from thidua.extraction.succession import Former
from thidua.findings import Report


class Linked(Protocol):
    """How one name of a sheet was resolved: a dataclass (thidua.extraction.linking)."""

    @property
    def id(self) -> str:
        """Stable name of the link."""

    @property
    def target(self) -> str | None:
        """The IRI, or None for an entry of its own."""


class AssembledGraph(Protocol):
    """What a sheet becomes (thidua.extraction.assembly)."""

    @property
    def graph(self) -> bytes:
        """TriG of the source's graph."""

    @property
    def registry(self) -> bytes:
        """Turtle of the new entries, empty where there are none."""

    @property
    def links(self) -> Sequence[Linked]:
        """How its names were resolved."""


class Read(Protocol):
    """Bytes → document."""

    def __call__(
        self, data: bytes, name: str, *, title: str | None, published: str | None, publisher: str | None, url: str | None
    ) -> Document:
        """The document."""
        ...


class Assemble(Protocol):
    """Sheet and text → graph, with the decisions on its links."""

    def __call__(
        self, sheet: Sheet, text: str, decisions: Mapping[str, str | None], *, recorded: str, former: Former | None
    ) -> AssembledGraph:
        """Graph, entries and links."""
        ...


@dataclass(frozen=True)
class Tools:
    """The steps; tests give their own.

    Attributes:
        read: raises InputError for what cannot be read.
        extract: the facts of a document.
        read_json: what a file says that may be a fact sheet; raises InputError for what is no JSON.
        problems: what is wrong with a sheet, by its form and, where the text is at hand, by what supports it; in a language.
        assemble: the graph and registry entries of a sheet; raises InputError for a decision that cannot be.
        check: findings of the shapes, by source.
        known: SHA-256 of every text that the shipped graph holds → its source's short name.
    """

    read: Read
    extract: Callable[[Document], Sheet]
    read_json: Callable[[Path], object]
    problems: Callable[[object, str | None, str], Sequence[str]]
    assemble: Assemble
    check: Callable[[Sequence[Candidate]], Mapping[str, Report]]
    known: Mapping[str, str]


def load_tools(assets: Assets, extra: Path | None = None) -> Tools:
    """The real steps, over the shipped graph or that of a root.

    Args:
        extra: a data folder whose entries are known too: where there are some written by hand, or that a reader chose. Those that
            were made in ingesting other texts are never linked to unasked, so that what a text becomes does not depend on which
            texts came before it.
    """
    from thidua.extraction import assembly, checks, extract, gate, json_files, lexicon, pages, registry

    shapes = gate.Gate(assets)
    words, names = lexicon.Lexicon.load(assets), registry.Registry.load(assets, extra)
    extract.extractor_of(words)  # a rule that is wrong is no fault of any text

    def assemble(sheet: Sheet, text: str, decisions: Mapping[str, str | None], *, recorded: str, former: Former | None) -> AssembledGraph:
        return assembly.assemble(sheet, text, names, decisions, recorded=recorded, former=former)

    return Tools(
        read=pages.read_document,
        extract=lambda document: extract.extract(document, words),
        read_json=json_files.read_json,
        problems=checks.problems,
        assemble=assemble,
        check=shapes.check,
        known=shapes.known_texts(),
    )
