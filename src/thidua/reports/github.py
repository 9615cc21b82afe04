"""A report as GitHub's workflow commands: notes at the lines of a pull request, without any upload."""

from __future__ import annotations

from thidua.findings import SEVERITIES, Finding, Report
from thidua.messages import text
from thidua.reports.groups import Group, groups
from thidua.reports.words import in_language, label_of, short_path, short_value, summary
from thidua.terms import shorten
from thidua.text import printable

MOST = 10  # annotations of each kind that GitHub shows of one step
_COMMANDS = {"violation": "error", "warning": "warning", "info": "notice"}


def to_github(report: Report, lang: str) -> bytes:
    """At most ten annotations of each severity, some of every shape; the rest is counted by shape in the log."""
    lines = []
    for severity in SEVERITIES:
        found = groups(Report(tuple(one for one in report.findings if one.severity == severity), 0), MOST, MOST)
        lines += [_annotation(finding, lang) for group in found for finding in group.first]
        lines += _rest(found, severity, lang)
    return ("\n".join([*lines, summary(report, lang)]) + "\n").encode()


def _annotation(finding: Finding, lang: str) -> str:
    """One workflow command; its message may have lines."""
    label, value, hint = label_of(finding), short_value(finding), in_language(finding.hint, lang)
    node = shorten(finding.focus) + (f" “{label}”" if label else "")
    about = "  ".join(filter(None, (short_path(finding.path), value)))
    words = [printable(in_language(finding.message, lang)), node, *([about] if about else []), *([f"→ {printable(hint)}"] if hint else [])]
    words += [f"“{printable(one.words)}”" for one in finding.locations if one.words]
    where = [("file", finding.locations[0].file), ("line", str(finding.locations[0].line))] if finding.locations else []
    named = [*where, ("title", shorten(finding.shape or finding.component))]
    properties = ",".join(f"{name}={_escaped(printable(value), ':,')}" for name, value in named)
    return f"::{_COMMANDS[finding.severity]} {properties}::{_escaped(chr(10).join(words))}"


def _rest(found: list[Group], severity: str, lang: str) -> list[str]:
    hidden = [group for group in found if group.rest]
    if not hidden:
        return []
    count = sum(group.rest for group in hidden)
    lines = [text("github-rest", lang, count=count, severity=text(severity, lang), most=MOST)]
    lines += [f"  {group.rest}  {printable(shorten(group.shape))}" for group in hidden[:100]]
    if len(hidden) > 100:
        lines.append("  " + text("report-more-shapes", lang, count=sum(group.rest for group in hidden[100:]), shapes=len(hidden) - 100))
    return lines


def _escaped(words: str, more: str = "") -> str:
    """`words` as GitHub's runner reads them: % and line ends by their codes, in properties colons and commas too."""
    for sign in "%\r\n" + more:
        words = words.replace(sign, f"%{ord(sign):02X}")
    return words
