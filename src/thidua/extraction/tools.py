"""The steps that ingestion is made of, loaded once a process: read, extract, check, assemble, validate."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol

from thidua.assets import Assets
from thidua.extraction.document import Document
from thidua.extraction.candidate import Candidate
from thidua.extraction.sheet import Sheet
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

    def __call__(self, sheet: Sheet, text: str, decisions: Mapping[str, str | None], *, recorded: str, revision: int) -> AssembledGraph:
        """Graph, entries and links."""
        ...


@dataclass(frozen=True)
class Tools:
    """The steps; tests give their own.

    Attributes:
        read: raises InputError for what cannot be read.
        extract: the facts of a document.
        read_sheet: a fact sheet's file; raises InputError for what is none.
        problems: what is wrong with a sheet, by its form and, where the text is at hand, by what supports it.
        assemble: the graph and registry entries of a sheet.
        check: findings of the shapes, by source.
        known: SHA-256 of every text that the shipped graph holds → its source's short name.
        subjects: IRIs of all things that the shipped graph speaks of.
    """

    read: Read
    extract: Callable[[Document], Sheet]
    read_sheet: Callable[[Path], Sheet]
    problems: Callable[[Sheet, str | None], Sequence[object]]
    assemble: Assemble
    check: Callable[[Sequence[Candidate]], Mapping[str, Report]]
    known: Mapping[str, str]
    subjects: frozenset[str]


def load_tools(assets: Assets) -> Tools:
    """The real steps, over the shipped graph (or that of a root): entries of other ingested sources play no part, so that what a
    text becomes does not depend on which texts came before it."""
    from thidua.extraction.gate import Gate

    pages, extraction, lexicon, linking, assembly, checks = (
        import_module(f"thidua.extraction.{name}") for name in ("pages", "extract", "lexicon", "linking", "assembly", "checks")
    )
    gate = Gate(assets)
    words, registry = lexicon.Lexicon.load(assets), linking.Registry.load(assets, None)

    def extract(document: Document) -> Sheet:
        sheet: Sheet = extraction.extract(document, words)
        return sheet

    def assemble(sheet: Sheet, text: str, decisions: Mapping[str, str | None], *, recorded: str, revision: int) -> AssembledGraph:
        assembled: AssembledGraph = assembly.assemble(sheet, text, registry, decisions, recorded=recorded, revision=revision)
        return assembled

    return Tools(
        pages.read_document, extract, checks.read_sheet, checks.problems, assemble, gate.check, gate.known_texts(), gate.subjects()
    )
