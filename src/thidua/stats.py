"""Counts of what the store holds: by class, by source, by period, and what is missing."""

from __future__ import annotations

from collections import Counter

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from thidua.answers import Answer, Row, select, text_of
from thidua.coverage import unconstrained
from thidua.questions import Question, ask
from thidua.resolve import main_label
from thidua.terms import PREFIXES, TD

_CLASSES = """
PREFIX td: <https://w3id.org/thidua/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
SELECT ?class ?label (COUNT(DISTINCT ?thing) AS ?count) WHERE {
  ?class a owl:Class ; td:labelVi ?label .
  FILTER(STRSTARTS(STR(?class), STR(td:)))
  ?thing a ?class .
} GROUP BY ?class ?label ORDER BY ?class"""
_PERIODS = """
PREFIX td: <https://w3id.org/thidua/ontology#>
SELECT ?period ?label (COUNT(DISTINCT ?event) AS ?count) WHERE {
  ?event a td:AwardEvent ; td:countsAs ?event ; td:inPeriod ?period . OPTIONAL { ?period td:labelVi ?label }
} GROUP BY ?period ?label ORDER BY ?period"""
_INTEGER = NamedNode(PREFIXES["xsd"] + "integer")


def stats(store: Store, questions: dict[str, Question], shapes: list[Quad], lang: str) -> Answer:
    """Rows of (what, name, label, count): what the store holds, and what no shape looks at.

    Things by class, events and figures by source, events by period, gaps by kind; classes and properties of the ontology
    that none of `shapes` constrains.
    """

    def counted(what: str, sparql: str) -> list[Row]:
        sparql = sparql if lang == "vi" else sparql.replace("td:labelVi", "td:labelEn")
        return [(Literal(what), *row) for row in select(store, sparql).rows]

    rows = counted("class", _CLASSES)
    sources = ask(store, questions["sources"], lang=lang)
    for measure in ("events", "figures"):
        places = [sources.columns.index(name) for name in ("source", "title", measure)]
        rows += [(Literal(f"{measure} of source"), *(row[place] for place in places)) for row in sources.rows]
    rows += counted("events in period", _PERIODS)
    gaps = ask(store, questions["gaps"], lang=lang)
    missing = Counter(text_of(row[gaps.columns.index("missing")]) for row in gaps.rows)
    rows += [(Literal("gap"), Literal(name), None, Literal(str(n), datatype=_INTEGER)) for name, n in sorted(missing.items())]
    for what, terms in zip(("class without a shape", "property without a shape"), unconstrained(_ontology(store), shapes), strict=True):
        rows += [(Literal(what), term, Literal(main_label(store, term, lang)), None) for term in terms]
    return Answer(["what", "name", "label", "count"], rows)


def _ontology(store: Store) -> list[Quad]:
    """What the store says of the ontology's own terms."""
    return [quad for quad in store.quads_for_pattern(None, None, None, DefaultGraph()) if str(quad.subject).startswith(f"<{TD}")]
