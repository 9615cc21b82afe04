"""A text that was changed at its address: its graph takes the place of the former text's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlsplit, urlunsplit

from pyoxigraph import DefaultGraph, NamedNode, Quad

from thidua.errors import InternalError
from thidua.extraction.candidate import quads_of
from thidua.terms import PREFIXES, RDF_TYPE, td
from thidua.versions import GENERATED, WAS_REVISION_OF


@dataclass(frozen=True)
class Former:
    """The version that counts at an address until a new one comes.

    Attributes:
        sid: short name of its source.
        graph: IRI of its graph.
        revision: its number.
    """

    sid: str
    graph: str
    revision: int


def address_name(url: str) -> str:
    """16 hex digits of an address: the same with and without fragment, for http and https, and in any case of the host."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # such as a broken IPv6 address: then the words themselves
        return sha256(url.strip().encode()).hexdigest()[:16]
    scheme = "https" if parts.scheme.lower() == "http" else parts.scheme.lower()
    plain = urlunsplit((scheme, parts.netloc.lower(), parts.path or "/", parts.query, ""))
    return sha256(plain.encode()).hexdigest()[:16]


def graph_of(quads: list[Quad], sid: str, revision: int) -> str:
    """The IRI of the source graph that the quads hold.

    Raises:
        InternalError: they hold none, several, or one that is not named as this revision of this source.
    """
    name = PREFIXES["graph"] + (sid if revision == 1 else f"{sid}-{revision}")
    found = [
        q.subject for q in quads if isinstance(q.graph_name, DefaultGraph) and (q.predicate, q.object) == (RDF_TYPE, td("SourceGraph"))
    ]
    if found != [NamedNode(name)]:
        raise InternalError("internal", detail=f"the graph of source {sid}, revision {revision}, is named {found}")
    return name


def succeeding(graph: bytes, sid: str, former: Former) -> bytes:
    """The graph, with what makes it take the place of the former: said in its own file, so that the former's is not touched.

    Args:
        graph: TriG of the new version, whose revision follows the former's. What it says of the graph before it is replaced, for
            that would be one of the same text.
    """
    name = graph_of(quads_of(graph), sid, former.revision + 1)
    prov, skos = PREFIXES["prov"], PREFIXES["skos"]
    head, brace, body = graph.decode().partition("{")
    head = re.sub(r"^ +(prov:wasRevisionOf|skos:changeNote) [^\n]* ;\n", "", head, flags=re.MULTILINE)
    quads = quads_of((head + brace + body).encode())
    if any(quad.predicate == WAS_REVISION_OF for quad in quads):
        raise InternalError("internal", detail=f"the graph {name} is the revision of another already")
    moment = next(str(quad.object) for quad in quads if quad.predicate == GENERATED)
    said = (
        f"\n<{name}> <{prov}wasRevisionOf> <{former.graph}> ;\n"
        f'    <{skos}changeNote> "văn bản ở địa chỉ này đã thay đổi"@vi, "the text at this address was changed"@en .\n'
        f"<{former.graph}> <{prov}invalidatedAtTime> {moment} .\n"
        f"<{name}> {{\n    <{PREFIXES['source']}{sid}> <{prov}wasRevisionOf> <{PREFIXES['source']}{former.sid}> .\n}}\n"
    )
    return (head + brace + body + said).encode()
