"""A text that was changed at its address: its graph takes the place of the former text's."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlsplit, urlunsplit

from thidua.terms import PREFIXES


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


def graph_name(sid: str, revision: int) -> str:
    """The IRI of the graph of a source, in one of its revisions."""
    return PREFIXES["graph"] + (sid if revision == 1 else f"{sid}-{revision}")
