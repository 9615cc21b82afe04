"""What each form of export loses, measured: a fixed list of facts goes out and is read back by another library.

The facts are statements of tests/cases/losses, as its files have them (or, where they are derived, as the store has them), for each
facet of thidua.exports.FACETS. Every form has a probe in a module of this package, named in PROBES; it reads what the form wrote
and says what became of each facet. tests/test_losses.py compares that with what the form declares, and makes the table of docs/exports.md.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from tests.conftest import CASES
from thidua.exports import FACETS, Loss
from thidua.terms import PREFIXES

ROOT = CASES / "losses"
Probe = Callable[[Path], dict[str, Loss]]

# Which module of this package has the probe of which form, in its PROBES by name of form.
PROBES = {
    **dict.fromkeys(("turtle", "trig", "nquads", "ntriples", "rdfxml", "jsonld"), "rdf"),
    **dict.fromkeys(("tables", "parquet", "datapackage"), "tables"),
    "ftm": "ftm",
    "dcat": "rdf",
    **dict.fromkeys(("graphml", "gexf"), "property_graph"),
    "rocrate": "rocrate",
}

# Each a statement in TriG; those in a graph are looked for in that graph.
FACTS: dict[str, str] = {
    "iris": "award:930-1 td:awardedBy body:uy-ban-nhan-dan-tinh-tan-lam .",
    "classes": "award:930-1 a td:AwardEvent, td:Conferral . body:uy-ban-nhan-dan-tinh-tan-lam a td:Body, td:StateBody .",
    "graphs": 'graph:930-2 { group:930-1 td:countBound "atLeast" } graph:931 { group:931-1 td:count 14 }',
    "superseded": "graph:930 { group:930-1 td:count 12 }",
    "derived": "award:930-1 td:countsAs award:930-1 . person:nguyen-thi-may org:holds post:chu-tich-uy-ban-nhan-dan-tinh-tan-lam .",
    "vocabulary": "td:AwardEvent a owl:Class . aw:bang-khen skos:inScheme <https://w3id.org/thidua/award-type> .",
    "languages": 'award:930-1 td:reason "giữ rừng"@vi, "keeping the forest"@en . '
    'place:tinh-tan-lam skos:prefLabel "Tỉnh Tân Lâm"@vi, "Tân Lâm Province"@en .',
    "datatypes": 'award:930-2 td:date "2025"^^xsd:gYear . award:930-3 td:date "2026-03"^^xsd:gYearMonth . group:930-1 td:count 13 .',
    "lexical": "target:930-1 td:value 1.50 . figure:930-1 td:value 2185.0 .",
    "texts": 'body:cong-ty-ten-kho skos:prefLabel "=Công ty \\"Tên; khó\\", \\u200Fمثال\\u200F\\r\\nchi nhánh \'một\' \\t& <hai>"@vi .',
    "several": "award:930-1 td:evidence span:930-0-60, span:930-70-130 . "
    'body:uy-ban-nhan-dan-tinh-tan-lam skos:altLabel "UBND Tân Lâm"@vi, "UBND tỉnh Tân Lâm"@vi .',
    "spans": 'span:930-0-60 td:source source:930 ; td:start 0 ; td:end 60 ; td:sliceSha256 "930' + "0" * 59 + '60" .',
    "inferences": "inference:930-1 td:about award:930-1 ; td:property td:date ; td:inferredFrom span:930-0-60 ; "
    'td:value "2026-11-10"^^xsd:date ; td:rule "năm là năm đăng bài"@vi ; td:certainty "medium" .',
    "accounts": "award:931-1 td:sameEventAs award:930-1 ; td:countsAs award:930-1 ; td:recipientGroup group:931-1 . "
    "group:931-1 td:count 14 .",
    "uncounted": 'group:930-2 td:countBound "unknown" . group:930-1 td:countBound "atLeast" .',
    "blank": 'place:tinh-tan-lam dcterms:relation [ dcterms:title "ghi chú không tên"@vi ] .',
}
assert list(FACTS) == list(FACETS)


def quads_of(facet: str) -> list[tuple[str, str, str, str]]:
    """The facts of a facet as (subject, predicate, object, graph) in N-Quads' terms; the graph is "" where none is meant."""
    prefixes = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
    found = parse(input=(prefixes + FACTS[facet]).encode(), format=RdfFormat.TRIG)
    return [(str(q.subject), str(q.predicate), str(q.object), str(q.graph_name).removeprefix("DEFAULT")) for q in found]


def probe_of(form: str) -> Probe:
    """The probe of a form."""
    probes: dict[str, Probe] = importlib.import_module(f"tests.losses.{PROBES[form]}").PROBES
    return probes[form]
