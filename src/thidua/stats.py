"""Counts of what the store holds: by class, by source, by period, and what is missing."""

from __future__ import annotations

from collections import Counter

from pyoxigraph import Literal, NamedNode, Store

from thidua.answers import Answer, Row, select, text_of
from thidua.questions import Question, ask
from thidua.terms import PREFIXES

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


def stats(store: Store, questions: dict[str, Question], lang: str) -> Answer:
    """Rows of (what, name, label, count): things by class, events and figures by source, events by period, gaps by kind."""

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
    return Answer(["what", "name", "label", "count"], rows)
