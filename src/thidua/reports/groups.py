"""Findings by shape, and how many of each shape a reader is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from thidua.findings import SEVERITIES, Finding, Report


@dataclass(frozen=True)
class Group:
    """The findings of one shape and severity, and how many of them are shown: the first ones."""

    severity: str
    shape: str
    findings: tuple[Finding, ...]
    shown: int

    @property
    def first(self) -> tuple[Finding, ...]:
        """The findings that are shown."""
        return self.findings[: self.shown]

    @property
    def rest(self) -> int:
        """How many are not."""
        return len(self.findings) - self.shown


def groups(report: Report, each: int, overall: int) -> list[Group]:
    """The findings by severity and shape, worst first.

    Args:
        each: the most that are shown of one shape.
        overall: the most that are shown in all; every shape gets its share, where there are no more shapes than that.
    """

    def key(finding: Finding) -> tuple[int, str]:
        return SEVERITIES.index(finding.severity), finding.shape or finding.component

    parts = [tuple(found) for _, found in groupby(sorted(report.findings, key=key), key)]
    shown = shares([len(part) for part in parts], each, overall)
    return [Group(part[0].severity, part[0].shape or part[0].component, part, count) for part, count in zip(parts, shown, strict=True)]


def shares(sizes: Sequence[int], each: int, overall: int) -> list[int]:
    """How many of each size are taken: alike of all, at most `each`, at most `overall` together; earlier sizes get what is left over."""
    alike = next((n for n in range(each, 0, -1) if sum(min(size, n) for size in sizes) <= overall), 0)
    taken = [min(size, alike) for size in sizes]
    left = overall - sum(taken)
    for place, size in enumerate(sizes):
        if left and taken[place] < min(size, each):
            taken[place] += 1
            left -= 1
    return taken
