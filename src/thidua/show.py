"""All that the store knows of one thing, each statement with the sources that make it."""

from __future__ import annotations

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from thidua.answers import JOIN, Answer, Row
from thidua.resolve import main_label
from thidua.tables import show_term, width
from thidua.terms import PREFIXES, RDF_TYPE, WAS_DERIVED_FROM, shorten
from thidua.text import printable
from thidua.versions import superseded_in

COLUMNS = ["direction", "property", "value", "valueLabel", "source"]


def classes_of(store: Store, node: NamedNode) -> list[str]:
    """The thing's classes, shortened and sorted."""
    return sorted(
        shorten(q.object.value) for q in store.quads_for_pattern(node, RDF_TYPE, None, DefaultGraph()) if isinstance(q.object, NamedNode)
    )


def show(store: Store, node: NamedNode, lang: str) -> Answer:
    """Every statement about `node` (out) and that points to it (in).

    `source` names the sources whose own graphs hold the statement; it is empty for what the registry, the law or a
    derivation says.
    """
    sources = _sources_of_graphs(store)
    rows: list[Row] = []
    out = store.quads_for_pattern(node, None, None, DefaultGraph())
    into = store.quads_for_pattern(None, None, node, DefaultGraph())
    for direction, quads in (("out", out), ("in", into)):
        for quad in quads:
            other = quad.object if direction == "out" else quad.subject
            stated = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
            said_by = sorted(
                {sources[q.graph_name.value] for q in stated if isinstance(q.graph_name, NamedNode) and q.graph_name.value in sources}
            )
            label = main_label(store, other, lang) if isinstance(other, NamedNode) else ""
            label = "" if isinstance(other, NamedNode) and label == shorten(other.value) else label
            rows.append(
                (
                    Literal(direction),
                    quad.predicate,
                    other,
                    Literal(label) if label else None,
                    Literal(JOIN.join(said_by)) if said_by else None,
                )
            )
    rows.sort(key=lambda row: (str(row[0]) != '"out"', str(row[1]), str(row[2])))
    return Answer(COLUMNS, rows)


def show_text(store: Store, node: NamedNode, lang: str) -> str:
    """The same to read: what the thing is called and is, then a line a statement, incoming ones with an arrow."""
    lines = [printable(main_label(store, node, lang)), node.value, " ".join(classes_of(store, node)), ""]
    rows = [[show_term(term) for term in row] for row in show(store, node, lang).rows]
    margin = max((width(row[1]) + 2 for row in rows), default=0)
    last = ""
    for direction, property, value, label, source in rows:
        name = property if direction == "out" else f"← {property}"
        said = f"{label}  {value}" if label else value
        lines.append(f"{name if name != last else '':<{margin}}  {said}" + (f"  [{source}]" if source else ""))
        last = name
    return "\n".join(lines) + "\n"


def _sources_of_graphs(store: Store) -> dict[str, str]:
    """IRI of each graph that counts → the short name of the source it was derived from."""
    gone = superseded_in(store)
    return {
        quad.subject.value: quad.object.value.removeprefix(PREFIXES["source"])
        for quad in store.quads_for_pattern(None, WAS_DERIVED_FROM, None, DefaultGraph())
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode) and quad.subject.value not in gone
    }
