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
from thidua.extraction.succession import Former, graph_name
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
    sheet: Sheet, text: str, registry: Registry, decisions: Mapping[str, str | None], *, recorded: str, former: Former | None = None
) -> Assembled:
    """The graph of a sheet's source and the new entries of the registry: the same for the same arguments, byte for byte.

    Args:
        text: the NFC text that the sheet's offsets refer to.
        decisions: link ids to the IRI chosen by a person, or None to keep the thing apart.
        recorded: the day on which the graph is made, as 2026-11-30.
        former: the version that this one takes the place of, where the text at an address was changed; else it is the first.
            What makes it succeed is said in this file, so that the former's is not touched.

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
    about = _about(sid, recorded, former)
    if former is not None and former.sid != sid:
        facts.source.add("prov:wasRevisionOf", NamedNode(PREFIXES["source"] + former.sid))
    comment = f"Source {sid}, as extracted; reviewed by nobody."
    entries = [block_of(iri, names.entries[iri].statements) for iri in sorted(names.entries)]
    return Assembled(
        trig(comment, about, about[0].subject, sections),
        turtle(f"New entries for names in source {sid}, made from the names alone; reviewed by nobody.", entries) if entries else b"",
        names.links,
    )


def _about(sid: str, recorded: str, former: Former | None) -> list[Block]:
    """What is said of the graph: whence, by whom, reviewed by nobody; and of the one before it, that it counts no more."""
    revision = 1 if former is None else former.revision + 1
    moment = Literal(f"{recorded}T00:00:00Z", datatype=NamedNode(PREFIXES["xsd"] + "dateTime"))
    block = Block(graph_name(sid, revision))
    block.add("a", NamedNode(PREFIXES["td"] + "SourceGraph"))
    block.add("prov:wasDerivedFrom", NamedNode(PREFIXES["source"] + sid))
    blocks = [block]
    if former is not None:
        block.add("prov:wasRevisionOf", NamedNode(former.graph))
        block.add(
            "skos:changeNote",
            Literal("văn bản ở địa chỉ này đã thay đổi", language="vi"),
            Literal("the text at this address was changed", language="en"),
        )
        blocks.append(Block(former.graph))
        blocks[1].add("prov:invalidatedAtTime", moment)
    block.add("dcterms:license", NamedNode(LICENCE))
    block.add("td:assertedBy", Literal(f"extractor thidua {__version__}"))
    block.add("td:reviewed", Literal(False))
    block.add("td:revision", Literal(revision))
    block.add("prov:generatedAtTime", moment)
    return blocks
