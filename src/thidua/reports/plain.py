"""A report as plain text: to be read on a terminal, a block a finding."""

from __future__ import annotations

from thidua.findings import Finding, Report
from thidua.messages import text
from thidua.reports.groups import Group, groups
from thidua.reports.words import (
    cut,
    in_language,
    label_of,
    place,
    printable_line,
    short_path,
    short_shape,
    short_source,
    short_value,
    summary,
)
from thidua.terms import shorten

EACH, OVERALL = 20, 400  # findings shown of a shape, and in all


def to_text(report: Report, lang: str) -> bytes:
    """One block a finding, worst first and by shape: what is wrong, at which node, by which rule, where it stands, how to mend it.

    Of many findings the first of each shape are shown and the rest is counted.
    """
    found = groups(report, EACH, OVERALL)
    blocks = [block for group in found for block in _group(group, lang)]
    return "\n".join([*blocks, *unshown_shapes(found, lang), summary(report, lang) + "\n"]).encode()


def _group(group: Group, lang: str) -> list[str]:
    blocks = ["\n".join(map(printable_line, _lines(finding, lang))) + "\n" for finding in group.first]
    if group.shown and group.rest:
        blocks.append(text("report-more", lang, count=group.rest, shape=shorten(group.shape)) + "\n")
    return blocks


def _lines(finding: Finding, lang: str) -> list[str]:
    label, value, hint = label_of(finding), short_value(finding), in_language(finding.hint, lang)
    sources = f"[{' '.join(map(short_source, finding.sources))}]" if finding.sources else ""
    about = "  ".join(filter(None, (short_path(finding.path), value)))
    return [
        f"{finding.severity.upper()}: {in_language(finding.message, lang)}",
        "  " + "  ".join(filter(None, (shorten(finding.focus), f"“{label}”" if label else "", sources))),
        f"  {short_shape(finding)}",
        *([f"  {about}"] if about else []),
        *(f"  {place(one)}" + (f"  “{cut(one.words)}”" if one.words else "") for one in finding.locations),
        *([f"  → {hint}"] if hint else []),
    ]


def unshown_shapes(found: list[Group], lang: str) -> list[str]:
    """A line on the shapes of which nothing is shown, where there are any."""
    hidden = [group for group in found if not group.shown]
    if not hidden:
        return []
    return [text("report-more-shapes", lang, count=sum(group.rest for group in hidden), shapes=len(hidden)) + "\n"]
