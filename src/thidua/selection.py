"""A part of the data set, narrowed by source, campaign, body and time: what exports and networks share.

Which facts are meant is asked by one query for each kind of fact, in selections/: a query has as parameters the filters that
its kind knows, with the meaning they have in `thidua ask`; a kind that does not know a filter is left out as soon as that
filter is set. What a fact needs to stay whole comes along (see docs/exports.md, "What a part holds"):

- told: the facts, and what is part of them or says where they come from; all statements about these;
- named: bodies, people, places, campaigns and concepts that they mention; what these are called, what tells them from others of
  that name, what they belong to, and nothing else about them.

A statement that points to a fact outside the part is left out, so that nothing points nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store

from thidua.answers import select
from thidua.errors import InputError, NothingChecked
from thidua.questions import bind_values
from thidua.reading import read_text
from thidua.resolve import resolve
from thidua.terms import ID, PREFIXES, RDF_TYPE, TD, WAS_DERIVED_FROM, td
from thidua.versions import superseded_in

FILTERS: dict[str, str] = {"source": "source", "campaign": "campaign", "body": "body", "from": "date", "until": "date", "as-of": "date"}
_QUERIES = Path(__file__).parent / "selections"
_PARAMETER = re.compile(r"^#\+ parameter ([a-z-]+): [a-z]+$", re.MULTILINE)

Node = NamedNode | BlankNode


def _terms(prefix: str, names: str) -> frozenset[NamedNode]:
    return frozenset(NamedNode(PREFIXES[prefix] + name) for name in names.split())


# Where a told node leads to one that is told too: its parts, its words, its source, its documents and its grounds.
_PARTS = _terms(
    "td",
    "recipientGroup evidence source fromSource statedIn originalSource decision underDocument cites byDocument changedBy replaces act "
    "inPeriod forOccasion atGathering startsBetween endsBetween legalBasis alsoBasedOn partOf subsetOf inferredFrom value",
)
_CITED_RULE = td("citedRule")  # the one power that is told wherever it is mentioned: a finding is made of it
_POINTING_HERE = (td("about"), td("partOf"), td("findingOn"))  # what points to a told node is told: inferences, parts, findings
_TARGET, _LAUNCHES, _STATED_IN = td("hasTarget"), td("launches"), td("statedIn")
# What a thing is called, what tells it from another of that name, and what it belongs to.
NAMES = (
    _terms("skos", "prefLabel altLabel notation inScheme broader broaderTransitive")
    | _terms("rdfs", "label")
    | _terms("dcterms", "title")
    | _terms("org", "classification postIn subOrganizationOf transitiveSubOrganizationOf")
    | _terms(
        "td",
        "labelVi labelEn postType headOf jurisdiction level code placeType within withinTransitive partOfCampaign partOfCampaignTransitive "
        "validFrom validUntil startsBetween endsBetween validFromEarliest validFromLatest validUntilEarliest validUntilLatest "
        "coversType statedIn",
    )
    | {RDF_TYPE}
)
_NAMED_CLASSES = _terms("td", "Body Post Person Place Campaign Competence Reorganisation") | _terms("skos", "Concept ConceptScheme")


@dataclass(frozen=True)
class Filters:
    """What narrows a data set; a filter that is None narrows nothing. Dates are xsd:date literals."""

    source: NamedNode | None = None
    campaign: NamedNode | None = None
    body: NamedNode | None = None
    from_: Literal | None = None
    until: Literal | None = None
    as_of: Literal | None = None

    def given(self) -> dict[str, NamedNode | Literal]:
        """The filters that are set, by the names of FILTERS."""
        values = {one.name.rstrip("_").replace("_", "-"): getattr(self, one.name) for one in fields(self)}
        return {name: value for name, value in values.items() if value is not None}


def read_filters(store: Store, given: Mapping[str, str]) -> Filters:
    """The filters from what a user typed, by the names of FILTERS: IRIs, labels, dates.

    Raises:
        InputError: no such thing, several of that name, no date, or a window that ends before it begins.
    """
    values = {name: resolve(store, name, FILTERS[name], value) for name, value in given.items()}
    first, last = values.get("from"), values.get("until")
    if first is not None and last is not None and first.value > last.value:
        raise InputError("window-backwards", first=first.value, last=last.value)
    return Filters(**{name.replace("-", "_") + ("_" if name == "from" else ""): value for name, value in values.items()})  # type: ignore[arg-type]


@dataclass(frozen=True)
class Selection:
    """A data set or a part of it; made by `select_part` or `whole`."""

    store: Store
    filters: Filters
    told: frozenset[Node] = frozenset()
    named: frozenset[Node] = frozenset()
    graphs: tuple[NamedNode, ...] = ()
    _own_graph: NamedNode | None = None
    _without: frozenset[tuple[Node, Node]] = field(default_factory=frozenset)

    @cached_property
    def whole(self) -> bool:
        """Whether nothing is narrowed: then `told` and `named` are empty, and everything is held."""
        return not self.filters.given()

    def holds(self, node: Node) -> bool:
        """Whether the node is told or named."""
        return self.whole or node in self.told or node in self.named

    def tells(self, node: Node) -> bool:
        """Whether all statements about the node are held (never of one that is only named)."""
        return self.whole or node in self.told

    def of_class(self, name: str, named: bool = False) -> list[NamedNode]:
        """Told nodes (and those only named, where `named`) of the class `name` of the ontology, sorted by IRI."""
        found = self.store.quads_for_pattern(None, RDF_TYPE, td(name), DefaultGraph())
        holds = self.holds if named else self.tells
        return sorted((q.subject for q in found if isinstance(q.subject, NamedNode) and holds(q.subject)), key=lambda node: node.value)

    def keeps(self, quad: Quad) -> bool:
        """Whether the statement (of the default graph or of one of `graphs`) is held."""
        if self.whole:
            return True
        if quad.subject in self.told:
            return self._leads_inside(quad)
        if quad.subject not in self.named:
            return False
        if quad.predicate == _STATED_IN:
            return quad.object in self.graphs
        return quad.predicate in NAMES or (self._is_own(quad) and self._leads_inside(quad))

    def _is_own(self, quad: Quad) -> bool:
        """Whether the source that was asked for says so itself."""
        own = self._own_graph
        return own is not None and (quad.graph_name == own or Quad(quad.subject, quad.predicate, quad.object, own) in self.store)

    def _leads_inside(self, quad: Quad) -> bool:
        target = quad.object
        if not isinstance(target, Node) or target in self.told or target in self.named:
            return not self._without or (quad.subject, target) not in self._without
        return target in self.graphs if quad.predicate == _STATED_IN else not _is_thing(self.store, target)

    def about(self, node: Node) -> list[Quad]:
        """The statements of the default graph about a node that are held, sorted."""
        return sorted(filter(self.keeps, self.store.quads_for_pattern(node, None, None, DefaultGraph())), key=_order)

    def merged(self) -> Iterator[Quad]:
        """The statements of the default graph that are held, subject by subject.

        Of a whole data set in the order of the store (for a store on disk the same for the same content); of a part sorted.
        """
        if self.whole:
            yield from self.store.quads_for_pattern(None, None, None, DefaultGraph())
            return
        for node in sorted(self.told | self.named, key=str):
            yield from self.about(node)

    def all_graphs(self) -> tuple[Node, ...]:
        """`graphs`, and in the whole those that have no name."""
        unnamed = [graph for graph in self.store.named_graphs() if isinstance(graph, BlankNode)] if self.whole else []
        return (*self.graphs, *sorted(unnamed, key=str))

    def in_graph(self, graph: Node) -> Iterator[Quad]:
        """The statements of a source's own graph that are held, subject by subject."""
        found = self.store.quads_for_pattern(None, None, None, graph)
        yield from found if self.whole else sorted(filter(self.keeps, found), key=_order)

    def quads(self) -> Iterator[Quad]:
        """All statements that are held: the default graph, then the sources' graphs, each subject by subject."""
        yield from self.merged()
        for graph in self.all_graphs():
            yield from self.in_graph(graph)


def whole(store: Store) -> Selection:
    """The whole data set."""
    return Selection(store, Filters(), graphs=_sorted_graphs(store))


def _sorted_graphs(store: Store) -> tuple[NamedNode, ...]:
    return tuple(sorted((graph for graph in store.named_graphs() if isinstance(graph, NamedNode)), key=lambda graph: graph.value))


def select_part(store: Store, filters: Filters) -> Selection:
    """The part that all the filters leave, or the whole where there is none.

    Raises:
        NothingChecked: nothing is left.
    """
    if not filters.given():
        return whole(store)
    asked, without = facts(store, filters)
    current = {graph for graph in _sorted_graphs(store) if graph.value not in superseded_in(store)}
    own = None
    if filters.source is not None:
        derived = store.quads_for_pattern(None, WAS_DERIVED_FROM, filters.source, DefaultGraph())
        own = next((quad.subject for quad in derived if isinstance(quad.subject, NamedNode) and quad.subject in current), None)
    mentioned: set[Node] = set()
    if own is not None and set(filters.given()) == {"source"}:
        spoken_of = {quad.subject for quad in store.quads_for_pattern(None, None, None, own) if isinstance(quad.subject, Node)}
        mentioned = {node for node in spoken_of if _is_nameable(store, node)}
        asked |= spoken_of - mentioned
    told, named = _closed(store, asked, mentioned, own)
    if not told and not named:
        filters_said = " ".join(f"--{name} {value.value}" for name, value in filters.given().items())
        raise NothingChecked("empty-selection", filters=filters_said)
    graphs = tuple(graph for graph in sorted(current, key=lambda one: one.value) if graph in told or graph == own)
    return Selection(store, filters, frozenset(told), frozenset(named), graphs, own, frozenset(without))


def facts(store: Store, filters: Filters) -> tuple[set[Node], set[tuple[Node, Node]]]:
    """The facts that every filter leaves, and the pairs of nodes whose link it does not."""
    given = filters.given()
    found: set[Node] = set()
    without: set[tuple[Node, Node]] = set()
    for path in sorted(_QUERIES.glob("*.rq")):
        sparql = read_text(path)
        if set(given) <= set(_PARAMETER.findall(sparql)):
            for node, *rest in select(store, bind_values(sparql, given, path)).rows:
                assert isinstance(node, Node)
                found.add(node)
                without.update((node, other) for other in rest if isinstance(other, Node))
    return found, without


def _closed(store: Store, asked: set[Node], mentioned: set[Node], own: NamedNode | None) -> tuple[set[Node], set[Node]]:
    """The told and the named nodes: those that were asked for, what is merely `mentioned`, and all that these bring along.

    Args:
        own: the graph of the source that was asked for, whose statements about named nodes are held too.
    """
    told, named = set(asked), mentioned - asked
    open_told, open_named = list(told), list(named)

    def meet(predicate: NamedNode, target: Node) -> None:
        if target in told:
            return
        nameable = predicate != _CITED_RULE and _is_nameable(store, target)
        if (
            not nameable
            and (predicate in _PARTS or predicate == _CITED_RULE or isinstance(target, BlankNode))
            and _is_described(store, target)
        ):
            told.add(target)
            open_told.append(target)
        elif nameable and target not in named:
            named.add(target)
            open_named.append(target)

    while open_told or open_named:
        if open_told:
            node = open_told.pop()
            is_launch = False
            for quad in store.quads_for_pattern(node, None, None, DefaultGraph()):
                is_launch = is_launch or quad.predicate == _LAUNCHES
                if isinstance(quad.object, Node) and quad.predicate != RDF_TYPE:
                    meet(quad.predicate, quad.object)
            parts = [q.object for q in store.quads_for_pattern(node, _TARGET, None, DefaultGraph())] if is_launch else []
            parts += [q.subject for one in _POINTING_HERE for q in store.quads_for_pattern(None, one, node, DefaultGraph())]
            for part in parts:
                if isinstance(part, Node) and part not in told:
                    told.add(part)
                    open_told.append(part)
        else:
            node = open_named.pop()
            for quad in store.quads_for_pattern(node, None, None, DefaultGraph()):
                if isinstance(quad.object, Node) and quad.predicate in NAMES and quad.predicate not in (RDF_TYPE, _STATED_IN):
                    meet(quad.predicate, quad.object)
            for quad in store.quads_for_pattern(node, None, None, own) if own is not None else ():
                if isinstance(quad.object, Node) and quad.predicate != RDF_TYPE:
                    meet(quad.predicate, quad.object)
    return told, named - told


def _is_nameable(store: Store, node: Node) -> bool:
    return any(quad.object in _NAMED_CLASSES for quad in store.quads_for_pattern(node, RDF_TYPE, None, DefaultGraph()))


def _is_described(store: Store, node: Node) -> bool:
    return next(store.quads_for_pattern(node, None, None, DefaultGraph()), None) is not None


def _is_thing(store: Store, node: Node) -> bool:
    """Whether the data describe the node as a thing of a class of the ontology (and it is no term of the vocabulary)."""
    if isinstance(node, NamedNode) and node.value.startswith(ID):
        return True
    types = store.quads_for_pattern(node, RDF_TYPE, None, DefaultGraph())
    return any(isinstance(quad.object, NamedNode) and quad.object.value.startswith(TD) for quad in types)


def _order(quad: Quad) -> tuple[str, str, str]:
    return str(quad.subject), str(quad.predicate), str(quad.object)
