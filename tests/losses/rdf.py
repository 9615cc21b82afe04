"""What the RDF forms keep, as rdflib reads them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
import rdflib
from rdflib import Dataset, Literal, URIRef
from rdflib.term import Node
from rdflib.util import from_n3

from tests.losses import quads_of
from thidua.exports import FACETS, Loss
from thidua.terms import TD

READERS = {"dcat": "turtle", "turtle": "turtle", "ntriples": "nt", "rdfxml": "xml", "trig": "trig", "nquads": "nquads", "jsonld": "json-ld"}


def probe(form: str, path: Path) -> dict[str, Loss]:
    data = Dataset(default_union=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rdflib, "NORMALIZE_LITERALS", False)
        data.parse(path, format=READERS[form])
        return {facet: _state(data, facet) for facet in FACETS}


def _state(data: Dataset, facet: str) -> Loss:
    """Kept where each fact is there as it was; flattened where each is there in a weaker form; else left out."""
    states = {_state_of(data, fact) for fact in quads_of(facet)}
    return "kept" if states == {"kept"} else "left out" if "left out" in states else "flattened"


def _state_of(data: Dataset, fact: tuple[str, str, str, str]) -> Loss:
    subject, predicate, value = (_term(term) for term in fact[:3])
    graph = URIRef(fact[3][1:-1]) if fact[3] else None
    there = data.default_graph if graph is None else data.graph(graph)
    if (subject, predicate, value) in there:
        return "kept"
    weaker = set(data.default_graph.objects(subject, predicate))
    if graph is not None:  # the statement, and of its subject which graphs tell of it
        stated_in = (subject, URIRef(TD + "statedIn"), graph) in data.default_graph
        return "flattened" if value in weaker and stated_in else "left out"
    same = isinstance(value, Literal) and any(isinstance(one, Literal) and one.eq(value) for one in weaker)
    return "flattened" if same else "left out"


def _term(term: str) -> Node | None:
    """The term; None for one without a name, which matches any."""
    found = None if term.startswith("_:") else from_n3(term)
    assert found is None or isinstance(found, Node)
    return found


PROBES = {form: partial(probe, form) for form in READERS}
