"""The gate that a source's graph passes before it is accepted: the shipped shapes, many sources at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store
from rdflib import Graph, URIRef

from thidua import checking
from thidua.assets import Assets
from thidua.build import derive, input_files, merged
from thidua.extraction.candidate import Candidate, quads_of
from thidua.findings import Report
from thidua.reading import RDF_FORMATS, read_quads
from thidua.terms import PREFIXES, td
from thidua.validation import validate

RENEWED = 20  # runs after which the rdflib graph is made anew: its indexes keep a trace of every node that was taken out again


class Gate:
    """Ontology, shapes and shipped graph, read once; sources are checked together with these and with nothing else."""

    def __init__(self, assets: Assets) -> None:
        self._shapes = checking.read_shapes(assets.files("shapes", ".ttl"))
        self._files = input_files(assets)
        self._shipped = [quad for name, path in self._files if path.suffix in RDF_FORMATS for quad in read_quads(path, name)]
        self._statements: set[Quad] = set()
        self._graph = Graph()
        self._uses = 0

    def known_texts(self) -> dict[str, str]:
        """SHA-256 of each text that the shipped graph holds → its source's short name."""
        return {
            quad.object.value: quad.subject.value.removeprefix(PREFIXES["source"])
            for quad in self._shipped
            if quad.predicate == td("sha256") and isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal)
        }

    def check(self, candidates: Sequence[Candidate]) -> dict[str, Report]:
        """The findings on each candidate: on nodes that it states something of, or that name one of these.

        All are checked in one run; those with violations once more, each by itself, so that no other source of the same run
        has a part in the judgement.
        """
        reports = self._checked(candidates)
        if len(candidates) > 1:
            for one in candidates:
                if reports[one.sid].at_least("violation"):
                    reports |= self._checked([one])
        return reports

    def _checked(self, candidates: Sequence[Candidate]) -> dict[str, Report]:
        own = {one.sid: [*quads_of(one.graph), *quads_of(one.registry)] for one in candidates}
        before = [quad for one in candidates for content in one.before for quad in quads_of(content)]
        subjects = {sid: {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)} for sid, quads in own.items()}
        statements = self._derived([*before, *(quad for quads in own.values() for quad in quads)])
        if self._uses % RENEWED == 0:
            self._statements = self._statements or self._derived([])
            self._graph = checking.to_rdflib(self._statements)
        self._uses += 1
        more, less = statements - self._statements, self._statements - statements
        added, gone = checking.to_rdflib(more), checking.to_rdflib(less)
        try:
            _move(added, gone, self._graph)
            report = validate(self._graph, self._shapes, {URIRef(iri) for iris in subjects.values() for iri in iris})
            _move(gone, added, self._graph)
        except BaseException:
            self._uses = 0  # broken off half-way, the graph is not what it was
            raise
        return {
            sid: Report(tuple(one for one in report.findings if one.focus in iris or one.value in iris), len(iris))
            for sid, iris in subjects.items()
        }

    def _derived(self, quads: Iterable[Quad]) -> set[Quad]:
        """The merged statements of the shipped graph and `quads`, with all that is derived."""
        store = Store()
        store.bulk_extend(merged([*self._shipped, *quads]))
        derive(store, self._files)
        return set(store.quads_for_pattern(None, None, None, DefaultGraph()))


def _move(added: Graph, gone: Graph, graph: Graph) -> None:
    """Takes statements out of the graph and puts others in."""
    for statement in gone:
        graph.remove(statement)
    for statement in added:
        graph.add(statement)
