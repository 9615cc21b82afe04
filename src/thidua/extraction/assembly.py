"""From a fact sheet to the graph of its source: every value with its span or its inference, and the registry entries it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from thidua import __version__
from thidua.errors import InputError
from thidua.extraction.facts import Facts, nodes_of
from thidua.extraction.linking import Link, Registry, linked
from thidua.extraction.sheet import Sheet
from thidua.extraction.writing import Block, block_of, trig, turtle
from thidua.skeleton import LICENCE
from thidua.terms import PREFIXES
from thidua.text import sha256


@dataclass(frozen=True)
class Assembled:
    """What a sheet came to.

    Attributes:
        graph: TriG of the source's graph.
        registry: Turtle of the new entries; empty where there are none.
        links: what each name was taken for.
    """

    graph: bytes
    registry: bytes
    links: tuple[Link, ...]


def assemble(
    sheet: Sheet, text: str, registry: Registry, decisions: Mapping[str, str | None], *, recorded: str, revision: int = 1
) -> Assembled:
    """The graph of a sheet's source and the new entries of the registry: the same for the same arguments, byte for byte.

    Args:
        text: the NFC text that the sheet's offsets refer to.
        decisions: link ids to the IRI chosen by a person, or None to keep the thing apart.
        recorded: the day on which the graph is made, as 2026-11-30.
        revision: 1, or the number of this version of the graph; each follows the one before.

    Raises:
        InputError: a sheet of another text, a span outside the text, or a decision that cannot be.
    """
    digest = sha256(text)
    if sheet["source"]["sha256"] != digest:
        raise InputError("sheet-of-another-text", sheet=sheet["id"])
    names = linked(sheet, registry, decisions)
    sid = digest[:16]
    facts = Facts(sheet, text, sid, registry, names)
    sections = nodes_of(facts)
    graph = f"{PREFIXES['graph']}{sid}{'' if revision == 1 else f'-{revision}'}"
    comment = f"Source {sid}, as extracted; reviewed by nobody."
    entries = [block_of(iri, names.entries[iri].statements) for iri in sorted(names.entries)]
    return Assembled(
        trig(comment, [_about(graph, sid, recorded, revision)], graph, sections),
        turtle(f"New entries for names in source {sid}, made from the names alone; reviewed by nobody.", entries) if entries else b"",
        names.links,
    )


def _about(graph: str, sid: str, recorded: str, revision: int) -> Block:
    """What is said of the graph: whence, by whom, reviewed by nobody."""
    block = Block(graph)
    block.add("a", NamedNode(PREFIXES["td"] + "SourceGraph"))
    block.add("prov:wasDerivedFrom", NamedNode(PREFIXES["source"] + sid))
    if revision > 1:
        before = f"{PREFIXES['graph']}{sid}{'' if revision == 2 else f'-{revision - 1}'}"
        block.add("prov:wasRevisionOf", NamedNode(before))
        block.add(
            "skos:changeNote",
            Literal("Trích xuất lại toàn bộ từ văn bản.", language="vi"),
            Literal("Extracted anew from the whole text.", language="en"),
        )
    block.add("dcterms:license", NamedNode(LICENCE))
    block.add("td:assertedBy", Literal(f"extractor thidua {__version__}"))
    block.add("td:reviewed", Literal(False))
    block.add("td:revision", Literal(revision))
    block.add("prov:generatedAtTime", Literal(f"{recorded}T00:00:00Z", datatype=NamedNode(PREFIXES["xsd"] + "dateTime")))
    return block
