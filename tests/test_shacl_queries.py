"""Which queries of shapes are asked of all focus nodes at once, and which are not, and why."""

from __future__ import annotations

import pytest

from thidua.shacl.queries import batchable
from thidua.shacl.sparql_text import Unclear, parse_query

AT_ONCE = (
    "SELECT $this WHERE { $this <urn:p> ?v }",
    "SELECT $this ?value WHERE { $this <urn:p> ?value . FILTER NOT EXISTS { ?value <urn:q> $this } }",
    "SELECT $this WHERE { OPTIONAL { $this <urn:p> ?v FILTER(?v != $this) } FILTER(!BOUND(?v)) }",
    "SELECT $this (COUNT(?v) AS ?value) WHERE { $this <urn:p> ?v } GROUP BY $this",
    "SELECT $this WHERE { { $this <urn:p> ?v FILTER(?v = $this) } UNION { ?v <urn:q> $this FILTER(?v != $this) } }",
    "SELECT $this WHERE { { SELECT $this ?v WHERE { $this <urn:p> ?v } } }",
)
ONE_BY_ONE = {
    "SELECT $this WHERE { $this <urn:p> ?v } LIMIT 1": "LIMIT",
    "SELECT $this WHERE { $this <urn:p> ?v } ORDER BY ?v OFFSET 1": "OFFSET",
    "SELECT $this (COUNT(?v) AS ?value) WHERE { $this <urn:p> ?v }": "counts without GROUP BY $this",
    "SELECT $this WHERE { $this <urn:p> ?v } HAVING (COUNT(?v) > 1)": "counts without GROUP BY $this",
    "SELECT $this WHERE { { SELECT $this (MAX(?v) AS ?most) WHERE { $this <urn:p> ?v } GROUP BY $this } }": "sub-SELECT",
    "SELECT $this WHERE { { SELECT $this WHERE { $this <urn:p> ?v } LIMIT 3 } }": "sub-SELECT",
    "SELECT $this WHERE { { FILTER($this = <urn:x>) } }": "without a pattern",
    "SELECT $this WHERE { { ?a <urn:p> ?b FILTER(?b = $this) } UNION { $this <urn:p> ?b } }": "without a pattern",
    "SELECT $this WHERE { { ?a <urn:p> ?b FILTER NOT EXISTS { ?b <urn:q> $this } } }": "EXISTS",
    "SELECT $this WHERE { { ?a <urn:p> ?b OPTIONAL { ?b <urn:q> $this } } }": "OPTIONAL",
}


@pytest.mark.parametrize("query", AT_ONCE)
def test_asked_of_all_at_once(query: str) -> None:
    assert batchable(parse_query(query)) == ""


@pytest.mark.parametrize(("query", "why"), ONE_BY_ONE.items())
def test_asked_one_by_one(query: str, why: str) -> None:
    assert why in batchable(parse_query(query))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT $this WHERE { $this <urn:p> ( 1 2 ) }",
        "SELECT $this FROM <urn:g> WHERE { $this <urn:p> ?v }",
        "SELECT $this WHERE { $this x:p ?v }",
        "CONSTRUCT { $this <urn:p> ?v } WHERE { $this <urn:p> ?v }",
        "SELECT $this (COUNT(?v) AS ?n) WHERE { $this <urn:p> ?v } GROUP BY ($this AS ?x)",
        "SELECT $this WHERE { $this <urn:p> ?v",
    ],
)
def test_not_understood(query: str) -> None:
    with pytest.raises(Unclear):
        parse_query(query)
    assert batchable(None) == "not understood"
