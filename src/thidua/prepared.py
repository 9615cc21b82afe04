"""SPARQL queries of shapes parsed once: pySHACL has rdflib parse a constraint's query anew at every node it is asked of."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import rdflib
from rdflib import plugin
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.processor import SPARQLProcessor
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Processor
from rdflib.term import Identifier

KEPT = 1024  # queries; the shipped shapes have fewer than 300


@lru_cache(maxsize=KEPT)
def _prepared(words: str, namespaces: tuple[tuple[str, Any], ...], base: str | None, normalised: bool) -> Query:
    """The algebra of a query; `normalised` (rdflib's switch for literals) is there to tell one from the other."""
    return translateQuery(parseQuery(words), base, dict(namespaces))


class PreparedProcessor(SPARQLProcessor):
    """rdflib's own processor, but for the parsing of what it has parsed before."""

    def query(  # type: ignore[override]  # as rdflib's own
        self,
        strOrQuery: str | Query,
        initBindings: Mapping[str, Identifier] | None = None,
        initNs: Mapping[str, Any] | None = None,
        base: str | None = None,
        DEBUG: bool = False,
    ) -> Mapping[str, Any]:
        """The result of a query on the graph, as rdflib gives it."""
        if isinstance(strOrQuery, str):
            strOrQuery = _prepared(strOrQuery, tuple((initNs or {}).items()), base, bool(rdflib.NORMALIZE_LITERALS))
        return super().query(strOrQuery, initBindings, initNs, base, DEBUG)


def use_prepared() -> None:
    """Makes rdflib's queries go this way, from now on in this process."""
    plugin.register("sparql", Processor, __name__, PreparedProcessor.__name__)
