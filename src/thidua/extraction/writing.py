"""Turtle and TriG to be read by people: prefixes that are used, one block a node, everything in a fixed order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from thidua.terms import PREFIXES, RDF_TYPE

Term = NamedNode | Literal
_LOCAL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?")
_PLAIN = {
    PREFIXES["xsd"] + "integer": r"[+-]?\d+",
    PREFIXES["xsd"] + "decimal": r"[+-]?\d*\.\d+",
    PREFIXES["xsd"] + "boolean": "true|false",
}


@dataclass
class Block:
    """A node and what is said of it, in the order in which it is to be written."""

    subject: str
    statements: list[tuple[str, Term]] = field(default_factory=list)

    def add(self, property: str, *values: Term | None) -> None:
        """Says `property` (a prefixed name) of the node, once for each value that is there."""
        for value in values:
            if value is not None and (property, value) not in self.statements:
                self.statements.append((property, value))


class Writer:
    """Writes blocks and keeps which prefixes they use."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def iri(self, iri: str) -> str:
        """The IRI with its prefix, or whole."""
        fitting = [(len(base), prefix) for prefix, base in PREFIXES.items() if iri.startswith(base)]
        if fitting:
            length, prefix = max(fitting)
            if _LOCAL.fullmatch(iri[length:]):
                self._used.add(prefix)
                return f"{prefix}:{iri[length:]}"
        return str(NamedNode(iri))

    def term(self, term: Term) -> str:
        """The term as Turtle; numbers and truth values bare."""
        if isinstance(term, NamedNode):
            return self.iri(term.value)
        datatype = term.datatype.value
        if re.fullmatch(_PLAIN.get(datatype, r"(?!)"), term.value):
            return term.value
        if term.language or datatype == PREFIXES["xsd"] + "string":
            return str(term)
        return f"{Literal(term.value)}^^{self.iri(datatype)}"

    def block(self, block: Block, indent: str = "") -> str:
        """The node's statements, its class first, one property a line."""
        by_property: dict[str, list[str]] = {}
        for property, value in block.statements:
            if property == "a":
                by_property.setdefault("a", []).append(self.term(value))
            else:
                prefix, local = property.split(":")
                by_property.setdefault(self.iri(PREFIXES[prefix] + local), []).append(self.term(value))
        last = [one for one in ("td:note", "td:evidence") if one in by_property]  # what a node says comes before what it rests on
        ordered = [*(one for one in by_property if one not in last), *last]
        lines = [f"{property} {', '.join(dict.fromkeys(by_property[property]))}" for property in ordered]
        first, rest = (lines[0], lines[1:]) if "a" in by_property else ("", lines)
        head = f"{indent}{self.iri(block.subject)}" + (f" {first}" if first else "")
        body = [f"{indent}    {line}" for line in rest]
        return (f"{head} ;\n" if body and first else f"{head}\n" if body else head) + " ;\n".join(body) + " .\n"

    def prefixes(self) -> str:
        """The lines that declare the prefixes used so far, in the order of thidua.terms."""
        return "".join(f"@prefix {prefix}: <{base}> .\n" for prefix, base in PREFIXES.items() if prefix in self._used)


def turtle(comment: str, blocks: Sequence[Block]) -> bytes:
    """A Turtle file of blocks."""
    writer = Writer()
    text = "\n".join(writer.block(block) for block in blocks)
    return f"# {comment}\n{writer.prefixes()}\n{text}".encode()


def trig(comment: str, about: Iterable[Block], graph: str, sections: Sequence[tuple[str, Sequence[Block]]]) -> bytes:
    """A TriG file: what is said of the graph, then the graph in sections, each under its comment.

    Args:
        graph: its IRI.
        sections: title and blocks; those without blocks are left out.
    """
    writer = Writer()
    head = "\n".join(writer.block(block) for block in about)
    body = "\n".join(
        (f"    # ── {title} ──\n\n" if title else "") + "\n".join(writer.block(block, "    ") for block in blocks)
        for title, blocks in sections
        if blocks
    )
    name = writer.iri(graph)
    return f"# {comment}\n{writer.prefixes()}\n{head}\n{name} {{\n{body}}}\n".encode()


def block_of(iri: str, statements: Iterable[tuple[NamedNode, Term]]) -> Block:
    """A block from statements with whole IRIs as properties, which must have prefixes."""
    block = Block(iri)
    for property, value in statements:
        if property == RDF_TYPE:
            block.add("a", value)
        else:
            prefix = max((len(base), one) for one, base in PREFIXES.items() if property.value.startswith(base))[1]
            block.add(f"{prefix}:{property.value.removeprefix(PREFIXES[prefix])}", value)
    return block
