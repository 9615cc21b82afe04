"""The data graph: all statements as one graph in a store in memory, every literal as it was written."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from functools import lru_cache

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store

from thidua.shacl.literals import beyond_engine, by_engine, may_change, plain, storable
from thidua.terms import PREFIXES, RDF_TYPE

Term = NamedNode | BlankNode | Literal
Statement = tuple[NamedNode | BlankNode, NamedNode, Term]
_DEFAULT = DefaultGraph()
SUB_CLASS = NamedNode(PREFIXES["rdfs"] + "subClassOf")


class Data:
    """A data graph.

    The types of pyoxigraph allow for triples as terms (RDF 1.2), which reading refuses (thidua.reading): hence what mypy is told to ignore.

    Attributes:
        store: the statements, in its default graph; for queries.
        size: how many statements were put in.
        changed: predicate → how many of its literals stand in the store for others (see thidua.shacl.literals).
        beyond: the predicates of literals whose values the engine does not know, well-formed as they are.
    """

    def __init__(self, quads: Iterable[Quad] = (), graphs: bool = True) -> None:
        """Takes the statements.

        Args:
            graphs: some may be in named graphs.
        """
        self.store = Store()
        self.size = 0
        self.changed: dict[NamedNode, int] = {}
        self.beyond: set[NamedNode] = set()
        self.closures: dict[NamedNode, frozenset[NamedNode]] = {}
        self.store.bulk_extend(self._stored(quads, graphs))

    def _stored(self, quads: Iterable[Quad], graphs: bool = True) -> Iterator[Quad]:
        size = 0
        for size, quad in enumerate(quads, start=1):  # noqa: B007 - how many is wanted after the loop
            term = quad.object
            if type(term) is Literal and may_change(term):
                kept = storable(term)
                if kept is not term:
                    self.changed[quad.predicate] = self.changed.get(quad.predicate, 0) + 1
                    yield Quad(quad.subject, quad.predicate, kept)
                    continue
                if beyond_engine(term):
                    self.beyond.add(quad.predicate)
            yield Quad(quad.subject, quad.predicate, term) if graphs and quad.graph_name != _DEFAULT else quad
        self.size += size

    def add(self, quads: Iterable[Quad]) -> None:
        """Adds statements."""
        self.store.extend(self._stored(quads))
        self.closures.clear()

    def remove(self, quads: Iterable[Quad]) -> None:
        """Takes statements away; those that are not there are none of its business."""
        for quad in quads:
            term = quad.object
            self.store.remove(Quad(quad.subject, quad.predicate, storable(term) if isinstance(term, Literal) else term))
        self.closures.clear()

    def put_right(self, written: Iterable[Quad], stated: Container[Quad]) -> None:
        """Puts literals that are in the store by their values ("7") back to how they are written ("007").

        Args:
            written: statements of literals that the engine would change.
            stated: where one of them, literal by value and in no named graph, is stated so as well: that one stays.
        """
        written = list(written)
        for quad in written:
            by_value = in_store(quad)
            if by_value not in stated:
                self.store.remove(by_value)
        self.add(written)

    @staticmethod
    def statements(quads: Iterable[Quad]) -> list[Statement]:
        """Statements as the store has them."""
        return [(quad.subject, quad.predicate, as_stored(quad.object)) for quad in quads]  # type: ignore[misc, arg-type]

    def quads(self) -> Iterator[Quad]:
        """Every statement, as it was written."""
        for quad in self.store.quads_for_pattern(None, None, None, _DEFAULT):
            written = as_written(quad.object) if isinstance(quad.object, Literal) else quad.object
            yield Quad(quad.subject, quad.predicate, written)

    def has(self, subject: Term, predicate: NamedNode, value: Term) -> bool:
        """Is the statement there? Terms as the store has them."""
        return not isinstance(subject, Literal) and Quad(subject, predicate, value) in self.store

    def objects(self, subject: Term, predicate: NamedNode) -> list[Term]:
        """Values of a property, as the store has them."""
        if isinstance(subject, Literal):
            return []
        return [quad.object for quad in self.store.quads_for_pattern(subject, predicate, None, _DEFAULT)]  # type: ignore[misc]

    def subjects(self, value: Term, predicate: NamedNode) -> list[Term]:
        """What has such a value."""
        return [quad.subject for quad in self.store.quads_for_pattern(None, predicate, value, _DEFAULT)]  # type: ignore[misc]

    def said_of(self, subject: Term) -> list[tuple[NamedNode, Term]]:
        """Every property and value of a node."""
        if isinstance(subject, Literal):
            return []
        return [(quad.predicate, quad.object) for quad in self.store.quads_for_pattern(subject, None, None, _DEFAULT)]  # type: ignore[misc]

    def speaks_of(self, term: Term) -> bool:
        """Is the term the subject or object of any statement?"""
        if not isinstance(term, Literal) and next(iter(self.store.quads_for_pattern(term, None, None, _DEFAULT)), None) is not None:
            return True
        return next(iter(self.store.quads_for_pattern(None, None, term, _DEFAULT)), None) is not None

    def under(self, kind: NamedNode) -> frozenset[NamedNode]:
        """The class and every class below it (rdfs:subClassOf*)."""
        if kind not in self.closures:
            found: set[Term] = {kind}
            frontier: set[Term] = {kind}
            while frontier := {below for one in frontier for below in self.subjects(one, SUB_CLASS)} - found:
                found |= frontier
            self.closures[kind] = frozenset(one for one in found if isinstance(one, NamedNode))
        return self.closures[kind]

    def is_a(self, node: Term, kind: NamedNode) -> bool:
        """Is the node a SHACL instance of the class (1.1)?"""
        if self.has(node, RDF_TYPE, kind):
            return True
        kinds = self.under(kind)
        return len(kinds) > 1 and not isinstance(node, Literal) and any(one in kinds for one in self.objects(node, RDF_TYPE))


def in_store(quad: Quad) -> Quad:
    """A statement, in no named graph, as the engine by itself would keep it: its literal by its value."""
    return Quad(quad.subject, quad.predicate, by_engine(quad.object) if isinstance(quad.object, Literal) else quad.object)


def as_stored(term: Term) -> Term:
    """A term of the shapes graph as the store would hold it."""
    return storable(term) if isinstance(term, Literal) else term


@lru_cache(maxsize=100_000)
def as_written(term: Term) -> Term:
    """A term of the store as it was written (see thidua.shacl.literals)."""
    return plain(term)
