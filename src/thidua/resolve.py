"""From what a user types to the thing meant: IRIs, labels, labels without accents, abbreviations."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from thidua.answers import select, text_of
from thidua.errors import InputError
from thidua.terms import ID, PREFIXES, RDF_TYPE, TD, expand, shorten, td
from thidua.text import fold, nfc

CLASSES_OF_TYPE: dict[str, tuple[str, ...]] = {
    "agent": ("Body", "Post", "PostType"),
    "body": ("Body",),
    "place": ("Place",),
    "campaign": ("Campaign",),
    "award-type": ("AwardType",),
    "post": ("Post",),
    "office": ("PostType",),
    "source": ("Source",),
    "node": (),
}
_LABELS = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX td: <https://w3id.org/thidua/ontology#>
SELECT ?node ?property ?label WHERE {
  VALUES ?property { skos:prefLabel skos:altLabel rdfs:label dcterms:title }
  %s ?node ?property ?label .
}"""


@dataclass(frozen=True)
class Named:
    """A thing with one of its names; `main` tells a preferred label from an alternative one."""

    node: NamedNode
    label: str
    main: bool


def names(store: Store, classes: tuple[str, ...] = ()) -> list[Named]:
    """All names of all things, or of those of the given classes of the ontology, in a stable order."""
    narrowed = f"VALUES ?class {{ {' '.join(str(td(name)) for name in classes)} }} ?node a ?class ." if classes else ""
    alternative = PREFIXES["skos"] + "altLabel"
    found = {
        Named(node, text_of(label), text_of(property) != alternative)
        for node, property, label in select(store, _LABELS % narrowed).rows
        if isinstance(node, NamedNode)
    }
    return sorted(found, key=lambda named: (named.label, not named.main, named.node.value))


def resolve(store: Store, name: str, type: str, value: str) -> NamedNode | Literal:
    """The term a parameter's value stands for.

    Args:
        name: the parameter's name, for the message.
        type: one of thidua.questions.PARAMETER_TYPES.
        value: what the user gave.

    Raises:
        InputError: not of that type, nothing of that name, or several things of that name.
    """
    value = nfc(value.strip())
    if type == "date":
        return resolve_date(name, value)
    if type == "text":
        return Literal(value)
    if type == "flag":
        return Literal(True)
    if type == "source" and re.fullmatch(r"[\w-]+", value) and not expand(value):
        candidate = NamedNode(PREFIXES["source"] + value)
        if _known(store, candidate):
            return candidate
    iri = _iri(value)
    if iri is not None:
        try:
            node = NamedNode(iri)
        except ValueError as error:
            raise InputError("bad-iri", name=name, value=value) from error
        if not _known(store, node):
            raise InputError("unknown-node", value=value)
        _check_class(store, node, name, type)
        return node
    return _by_label(store, names(store, CLASSES_OF_TYPE[type]), name, type, value)


def resolve_node(store: Store, value: str) -> NamedNode:
    """The one thing that `value` (IRI, id:…, or label) names, of whatever class."""
    found = resolve(store, "node", "node", value)
    assert isinstance(found, NamedNode)
    return found


def _iri(value: str) -> str | None:
    """The IRI a value is written as: whole, in <>, with a prefix, or as kind/name of a thing."""
    if value.startswith("<") and value.endswith(">"):
        return value[1:-1]
    if re.fullmatch(r"[a-z-]+/[\w-]+", value):
        return ID + value
    return expand(value) if " " not in value else None


def _known(store: Store, node: NamedNode) -> bool:
    return (
        next(store.quads_for_pattern(node, None, None), None) is not None
        or next(store.quads_for_pattern(None, None, node), None) is not None
        or next(store.quads_for_pattern(None, node, None), None) is not None
    )


def _check_class(store: Store, node: NamedNode, name: str, type: str) -> None:
    """Raises where the thing has classes of the ontology, none of which the parameter's type takes."""
    found = [quad.object for quad in store.quads_for_pattern(node, RDF_TYPE, None, DefaultGraph())]
    wanted = [td(one) for one in CLASSES_OF_TYPE[type]]
    if found and wanted and not set(found) & set(wanted):
        kinds = " ".join(sorted(shorten(text_of(kind)) for kind in found))
        raise InputError("wrong-class", name=name, value=shorten(node.value), found=kinds, wanted=" / ".join(CLASSES_OF_TYPE[type]))


def resolve_date(name: str, value: str) -> Literal:
    """`value` as an xsd:date; an InputError that names the parameter where it is none."""
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            raise ValueError(value)
        datetime.date.fromisoformat(value)
    except ValueError as error:
        raise InputError("bad-date", name=name, value=value) from error
    return Literal(value, datatype=NamedNode(PREFIXES["xsd"] + "date"))


def _by_label(store: Store, named: list[Named], name: str, type: str, value: str) -> NamedNode:
    """The best match: the label as it is, then any name as it is, then the same without accents, case or marks."""
    folded = fold(value)
    stages = (
        [n for n in named if n.main and n.label.casefold() == value.casefold()],
        [n for n in named if n.label.casefold() == value.casefold()],
        [n for n in named if n.main and fold(n.label) == folded],
        [n for n in named if fold(n.label) == folded],
        [n for n in named if _without_level_word(fold(n.label)) == _without_level_word(folded)],
    )
    for stage in stages:
        nodes = {n.node.value: n.node for n in stage}
        if len(nodes) == 1:
            return next(iter(nodes.values()))
        if nodes:
            choices = "; ".join(_choice(store, nodes[iri]) for iri in sorted(nodes)[:8])
            key = "ambiguous-node" if type == "node" else "ambiguous-label"
            raise InputError(key, name=name, value=value, choices=choices)
    if type == "node":
        raise InputError("unknown-node", value=value)
    raise InputError("unknown-label", name=name, type=type, value=repr(value))


def _without_level_word(folded: str) -> str:
    """A folded name without “cấp”: the law says “Chủ tịch UBND cấp tỉnh”, everybody else “Chủ tịch UBND tỉnh”."""
    return re.sub(r"\bcap ", "", folded)


def _choice(store: Store, node: NamedNode) -> str:
    """A thing among others of its name: label, first and last day where known, IRI."""
    days = [
        "".join(text_of(quad.object) for quad in store.quads_for_pattern(node, td(end), None, DefaultGraph()))
        for end in ("validFrom", "validUntil")
    ]
    valid = f", {days[0]}–{days[1]}" if any(days) else ""
    return f"{main_label(store, node, 'vi')}{valid} ({shorten(node.value)})"


def find(store: Store, words: str) -> list[Named]:
    """Things with a name that holds `words` (case, accents and punctuation aside), best first, each once.

    Whole names come before parts, things before the concepts that class them, preferred labels before others.
    """
    folded = fold(words)
    if not folded:
        return []
    hits: dict[str, tuple[tuple[bool, bool, bool, bool, int], Named]] = {}
    for named in names(store):
        candidate = fold(named.label)
        if folded in candidate:
            concept = not named.node.value.startswith(ID)
            rank = (candidate != folded, concept, f" {folded} " not in f" {candidate} ", not named.main, len(candidate))
            known = hits.get(named.node.value)
            if known is None or rank < known[0]:
                hits[named.node.value] = (rank, named)
    ordered = sorted(hits.values(), key=lambda hit: (*hit[0], hit[1].label, hit[1].node.value))
    return [named for _, named in ordered]


def main_label(store: Store, node: NamedNode, lang: str) -> str:
    """The label to show for a node, or its shortened IRI where it has none."""
    property = NamedNode(TD + ("labelEn" if lang == "en" else "labelVi"))
    quad = next(store.quads_for_pattern(node, property, None), None)
    return quad.object.value if quad is not None and isinstance(quad.object, Literal) else shorten(node.value)
