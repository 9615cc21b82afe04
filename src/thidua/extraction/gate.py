"""The gate that a source's graph passes before it is accepted: the shipped shapes, many sources at a time."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode

from thidua import checking
from thidua.assets import Assets
from thidua.build import input_files
from thidua.extraction.candidate import Candidate, quads_of
from thidua.findings import Report
from thidua.reading import RDF_FORMATS, read_quads
from thidua.shacl.data import Data
from thidua.terms import PREFIXES, td
from thidua.validation import validate


class Gate:
    """Ontology, shapes and shipped graph, read once; sources are checked together with these and with nothing else."""

    def __init__(self, assets: Assets) -> None:
        self._shapes = checking.read_shapes(assets.files("shapes", ".ttl"))
        self._files = input_files(assets)
        self._shipped = [quad for name, path in self._files if path.suffix in RDF_FORMATS for quad in read_quads(path, name)]

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
        subjects = {sid: {quad.subject for quad in quads if isinstance(quad.subject, NamedNode)} for sid, quads in own.items()}
        quads = [*self._shipped, *before, *(quad for quads in own.values() for quad in quads)]
        data = Data(checking.with_derived(quads, self._files))
        report = validate(data, self._shapes, {node for nodes in subjects.values() for node in nodes})
        names = {sid: {node.value for node in nodes} for sid, nodes in subjects.items()}
        return {
            sid: Report(tuple(one for one in report.findings if one.focus in iris or one.value in iris), len(iris))
            for sid, iris in names.items()
        }
