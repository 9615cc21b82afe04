"""A report as rows: a finding each, all of them."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from thidua.answers import JOIN, Answer, Row
from thidua.findings import Report
from thidua.reports.words import fingerprint, in_language, short_source
from thidua.terms import PREFIXES

COLUMNS = ["severity", "focus", "label", "path", "value", "message", "hint", "shape", "source", "file", "line", "words", "fingerprint"]
_INTEGER = NamedNode(PREFIXES["xsd"] + "integer")


def to_answer(report: Report, lang: str) -> Answer:
    """The findings as rows of COLUMNS; file, line and words are those of the first place, words also of a later one."""
    rows: list[Row] = []
    for finding in report.findings:
        first = finding.locations[0] if finding.locations else None
        words = next((one.words for one in finding.locations if one.words), "")
        rows.append(
            (
                Literal(finding.severity),
                _term(finding.focus),
                Literal(finding.label),
                _term(finding.path) if finding.path else None,
                Literal(finding.value) if finding.value else None,
                Literal(in_language(finding.message, lang)),
                Literal(in_language(finding.hint, lang)),
                _term(finding.shape),
                Literal(JOIN.join(map(short_source, finding.sources))) if finding.sources else None,
                None if first is None else Literal(first.file),
                None if first is None else Literal(str(first.line), datatype=_INTEGER),
                Literal(words) if words else None,
                Literal(fingerprint(finding)),
            )
        )
    return Answer(COLUMNS, rows)


def _term(iri: str) -> NamedNode | Literal:
    try:
        return NamedNode(iri)
    except ValueError:
        return Literal(iri)
