"""Draws the model from the ontology, as Graphviz's DOT: classes by topic, object properties as arrows between them."""

from __future__ import annotations

from collections import defaultdict

from pyoxigraph import Literal, NamedNode, Quad

from thidua.assets import Assets
from thidua.reading import RDF_FORMATS, read_quads
from thidua.terms import PREFIXES, RDF_TYPE, TD, td
from thidua.text import sha256

TOPICS: dict[str, tuple[str, ...]] = {
    "#fde9d2": ("Conferral", "AwardEvent", "Proposal", "Eligibility", "RecipientGroup", "AwardType"),
    "#d9e8fb": ("Body", "Post", "Person", "Place", "Tenure"),
    "#dff3dd": ("Campaign", "Contest", "Launch", "Target", "Gathering", "Occasion", "Period", "Document"),
    "#f6dfee": ("Figure",),
    "#ececec": ("Source", "Span", "Inference"),
    "#f7f1c5": ("Competence", "Provision", "PostType"),
}
"""The classes drawn, by the colour of their topic; sub-kinds and helpers are left to the documentation."""

EVERYWHERE = {
    "evidence": ("Conferral", "Span"),
    "inferredFrom": ("Inference", "Span"),
    "forOccasion": ("Launch", "Occasion"),
    "scope": ("Figure", "Place"),
    "cites": ("Source", "Document"),
    "place": ("Gathering", "Place"),
    "alsoBasedOn": ("Competence", "Provision"),
}
"""Properties that nearly every class has: one arrow stands for all of them, which would hide the others."""

_CONFERRALS = {"AwardEvent", "Proposal", "Eligibility"}
_SUB_CLASS = NamedNode(PREFIXES["rdfs"] + "subClassOf")
_DOMAIN = NamedNode(PREFIXES["schema"] + "domainIncludes")
_RANGE = NamedNode(PREFIXES["schema"] + "rangeIncludes")
_LINE_END = chr(92) + "n"  # as DOT writes it
_LABEL = NamedNode(PREFIXES["rdfs"] + "label")
_OBJECT_PROPERTY = NamedNode(PREFIXES["owl"] + "ObjectProperty")


def ontology(assets: Assets) -> list[Quad]:
    """All statements of the ontology's files."""
    return [quad for path in assets.files("ontology", *RDF_FORMATS) for quad in read_quads(path, path.name)]


def arrows(quads: list[Quad]) -> dict[tuple[str, str], list[str]]:
    """(from class, to class) → names of the properties between them, for the classes drawn; derived ones left out."""
    drawn = {name for names in TOPICS.values() for name in names}
    properties = {quad.subject for quad in quads if quad.predicate == RDF_TYPE and quad.object == _OBJECT_PROPERTY}
    derived = {quad.subject for quad in quads if quad.predicate == td("derived")}
    ends: dict[object, dict[NamedNode, set[str]]] = defaultdict(lambda: {_DOMAIN: set(), _RANGE: set()})
    for quad in quads:
        if quad.predicate in (_DOMAIN, _RANGE) and isinstance(quad.object, NamedNode):
            ends[quad.subject][quad.predicate].add(quad.object.value.removeprefix(TD))
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for subject in properties - derived:
        if not isinstance(subject, NamedNode) or not subject.value.startswith(TD):
            continue
        name = subject.value.removeprefix(TD)
        starts = ends[subject][_DOMAIN] & drawn
        if len(starts & _CONFERRALS) > 1 or "Conferral" in starts:
            starts = starts - _CONFERRALS | {"Conferral"}
        for start in starts if name not in EVERYWHERE else ():
            for end in ends[subject][_RANGE] & drawn:
                found[start, end].append(name)
    for name, ends_of_it in EVERYWHERE.items():
        found[ends_of_it].append(name)
    return {pair: sorted(names) for pair, names in sorted(found.items())}


def dot(quads: list[Quad]) -> str:
    """The picture as DOT; its id changes with what it shows, so that a picture out of date can be told."""
    labels = {
        quad.subject.value.removeprefix(TD): quad.object.value
        for quad in quads
        if quad.predicate == _LABEL
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, Literal)
        and quad.object.language == "vi"
    }
    lines = [
        '  graph [rankdir=LR, nodesep=0.35, ranksep=0.6, fontname="Noto Sans, sans-serif", bgcolor=white, pad=0.3];',
        '  node [shape=box, style="rounded,filled", fontname="Noto Sans, sans-serif", fontsize=13, color="#777777", margin="0.14,0.07"];',
        '  edge [fontname="Noto Sans, sans-serif", fontsize=10, color="#555555", fontcolor="#222222", arrowsize=0.7];',
    ]
    for colour, names in TOPICS.items():
        lines += [
            f'  {name} [fillcolor="{colour}", label=<<b>{name}</b><br/><font point-size="10">{labels[name]}</font>>];' for name in names
        ]
    drawn = {name for names in TOPICS.values() for name in names}
    for quad in sorted(quads, key=str):
        if quad.predicate == _SUB_CLASS and isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            pair = [term.value.removeprefix(TD) for term in (quad.subject, quad.object)]
            if set(pair) <= drawn:
                lines.append(f"  {pair[0]} -> {pair[1]} [arrowhead=onormal, style=dashed];")
    for (start, end), between in arrows(quads).items():
        lines.append(f'  {start} -> {end} [label="{_LINE_END.join(between)}"];')
    body = "\n".join(lines)
    return f'digraph model {{\n  id="model-{sha256(body)[:16]}";\n{body}\n}}\n'


if __name__ == "__main__":
    print(dot(ontology(Assets())), end="")
