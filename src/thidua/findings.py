"""What a validation found, independent of the engine that found it."""

from __future__ import annotations

from dataclasses import dataclass, field

SEVERITIES = ("violation", "warning", "info")


@dataclass(frozen=True, order=True)
class Finding:
    """One finding: what stands against which rule, in words of both languages, and how to mend it.

    `shape` is the IRI of the property shape or SPARQL constraint (of the node shape where the rule is its own).
    `source_shape` and `component` are what SHACL calls them; `value_term` is the value in N-Triples, empty where there
    is none. `message` and `hint` map a language to text; both come from the shape, never from the engine.
    `sources` are the sources that the focus node comes from.
    """

    severity: str
    shape: str
    focus: str
    path: str
    value: str
    label: str
    source_shape: str
    component: str
    value_term: str
    message: dict[str, str] = field(compare=False)
    hint: dict[str, str] = field(compare=False)
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """All findings, sorted, and how many nodes the shapes' targets hit."""

    findings: tuple[Finding, ...]
    focus_nodes: int

    def at_least(self, severity: str) -> tuple[Finding, ...]:
        """The findings at or above `severity`."""
        wanted = SEVERITIES[: SEVERITIES.index(severity) + 1]
        return tuple(finding for finding in self.findings if finding.severity in wanted)
