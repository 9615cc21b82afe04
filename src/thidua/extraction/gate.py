"""The gate that a source's graph passes before it is accepted: the shipped shapes, many sources at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyoxigraph import Literal, NamedNode, Quad

from thidua import checking
from thidua.assets import Assets
from thidua.build import input_files
from thidua.extraction.candidate import Candidate, quads_of
from thidua.findings import Report
from thidua.reading import RDF_FORMATS, read_quads
from thidua.shacl.data import Data
from thidua.shacl.engine import Validator
from thidua.terms import PREFIXES, td
from thidua.validation import report_of


class Gate:
    """Ontology, shapes and shipped graph, read once; sources are checked together with these and with nothing else."""

    def __init__(self, assets: Assets) -> None:
        self._shapes = checking.read_shapes(assets.files("shapes", ".ttl"))
        self._files = input_files(assets)
        self._statements: set[Quad] = set()
        self._validator: Validator | None = None
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
        names = {sid: {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)} for sid, quads in own.items()}
        if self._validator is None:
            self._statements = self._derived([])
            self._validator = Validator(self._shapes, Data(self._statements))
        validator = self._validator
        now = self._derived([*before, *(quad for quads in own.values() for quad in quads)])
        more, less = now - self._statements, self._statements - now
        try:
            outcome = validator.changed(more, less)
            report = report_of(validator, (result for results in outcome.results for result in results), 0)
            validator.data.remove(more)
            validator.data.add(less)
        except BaseException:
            self._validator = None  # broken off half-way, the data are not what they were
            raise
        return {
            sid: Report(tuple(one for one in report.findings if one.focus in iris or one.value in iris), len(iris))
            for sid, iris in names.items()
        }

    def _derived(self, quads: Iterable[Quad]) -> set[Quad]:
        """The merged statements of the shipped graph and `quads`, with all that is derived."""
        found = checking.with_derived([*self._shipped, *quads], self._files)
        return {Quad(quad.subject, quad.predicate, quad.object) for quad in found}
