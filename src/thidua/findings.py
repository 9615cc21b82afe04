"""What a validation found, independent of the engine that found it."""

from __future__ import annotations

from dataclasses import dataclass, field

from thidua.errors import Said

SEVERITIES = ("violation", "warning", "info")


@dataclass(frozen=True)
class Location:
    """Where a finding can be mended.

    Attributes:
        file: as the user named it, or the data file's own name.
        line: of the statement, or of the first words of the passage; from 1.
        words: the passage of the text, where it is one and the text is at hand.
    """

    file: str
    line: int
    words: str = ""


@dataclass(frozen=True)
class Finding:
    """One finding: what stands against which rule, in words of both languages, and how to mend it.

    `shape` is the IRI of the property shape or SPARQL constraint (of the node shape where the rule is its own).
    `source_shape` and `component` are what SHACL calls them; `value_term` is the value in N-Triples, empty where there
    is none. `message` and `hint` map a language to text; both come from the shape, never from the engine.
    `sources` are the sources that the focus node comes from, `focus_term` is the focus node in N-Triples, and `locations`
    are the places where the statement stands, the best first. `number` tells constraints apart where nothing else does: two of one
    component in a shape, or in shapes without names.
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
    focus_term: str = ""
    locations: tuple[Location, ...] = field(default=(), compare=False)
    number: int = 0

    def at(self, locations: tuple[Location, ...]) -> Finding:
        """The same finding with these places (dataclasses.replace takes five times as long, and there may be very many)."""
        finding = object.__new__(Finding)
        vars(finding).update(vars(self), locations=locations)
        return finding


@dataclass(frozen=True)
class Report:
    """All findings, sorted, and how many nodes the shapes' targets hit.

    `remarks` tell what was not checked: shapes that hit nothing, classes that no shape looks at, graphs left out.
    """

    findings: tuple[Finding, ...]
    focus_nodes: int
    remarks: tuple[Said, ...] = ()

    def at_least(self, severity: str) -> tuple[Finding, ...]:
        """The findings at or above `severity`."""
        wanted = SEVERITIES[: SEVERITIES.index(severity) + 1]
        return tuple(finding for finding in self.findings if finding.severity in wanted)
