"""A report as JUnit XML, which every CI server shows: a suite a shape, a case a finding."""

from __future__ import annotations

import re
from html import escape

from thidua.findings import SEVERITIES, Finding, Report
from thidua.messages import text
from thidua.reports.groups import Group, groups
from thidua.reports.words import fingerprint, in_language, label_of, place, remarks, short_path, short_source, summary
from thidua.terms import shorten

_ILL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def to_junit(report: Report, lang: str, fail_on: str = "violation") -> bytes:
    """All findings; those below `fail_on` are cases that passed, and say so in their output.

    A report without findings has one case that passed, since an empty one is taken for a run that broke off.
    """
    failing = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    found = groups(report, 1, 1)
    failures = sum(len(group.findings) for group in found if group.severity in failing)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(f'<testsuites name="thidua validate" tests="{max(1, len(report.findings))}" failures="{failures}" errors="0">')
    if not found:
        lines.append('<testsuite name="thidua validate" tests="1" failures="0" errors="0" skipped="0">')
        lines += _properties(report, lang)
        lines.append(f'<testcase classname="thidua" name={_attribute(summary(report, lang))}/>')
        lines.append("</testsuite>")
    for number, group in enumerate(found):
        count = len(group.findings) if group.severity in failing else 0
        name = f"{text(group.severity, lang)}: {shorten(group.shape)}"
        lines.append(f'<testsuite name={_attribute(name)} tests="{len(group.findings)}" failures="{count}" errors="0" skipped="0">')
        lines += _properties(report, lang) if number == 0 else []
        lines += _cases(group, lang, bool(count))
        lines.append("</testsuite>")
    lines.append("</testsuites>")
    return ("\n".join(lines) + "\n").encode()


def _properties(report: Report, lang: str) -> list[str]:
    """The number of focus nodes, and the remarks, as properties of the first suite."""
    said = [("focusNodes", str(report.focus_nodes))]
    said += [(one.key, words) for one, words in zip(report.remarks, remarks(report, lang), strict=True)]
    return ["<properties>", *(f"<property name={_attribute(name)} value={_attribute(value)}/>" for name, value in said), "</properties>"]


def _cases(group: Group, lang: str, failed: bool) -> list[str]:
    lines = []
    for finding in group.findings:
        label = label_of(finding)
        name = f"{shorten(finding.focus)}{f' “{label}”' if label else ''}"
        where = "" if not finding.locations else f' file={_attribute(finding.locations[0].file)} line="{finding.locations[0].line}"'
        lines.append(f"<testcase classname={_attribute(shorten(group.shape))} name={_attribute(name)}{where}>")
        body = escape(_clean("\n".join(_details(finding, lang))), quote=False)
        if failed:
            message = _attribute(in_language(finding.message, lang))
            lines.append(f"<failure type={_attribute(finding.severity)} message={message}>{body}</failure>")
        else:
            lines.append(f"<system-out>{escape(_clean(in_language(finding.message, lang)), quote=False)}\n{body}</system-out>")
        lines.append("</testcase>")
    return lines


def _details(finding: Finding, lang: str) -> list[str]:
    hint = in_language(finding.hint, lang)
    return [
        *([f"→ {hint}"] if hint else []),
        f"shape: {finding.shape or finding.component}",
        f"focus node: {finding.focus}",
        *([f"path: {short_path(finding.path)}"] if finding.path else []),
        *([f"value: {finding.value}"] if finding.value else []),
        *([f"source: {' '.join(map(short_source, finding.sources))}"] if finding.sources else []),
        *(f"{place(one)}" + (f"  “{one.words}”" if one.words else "") for one in finding.locations),
        f"fingerprint: {fingerprint(finding)}",
    ]


def _clean(words: str) -> str:
    """`words` without what XML 1.0 cannot hold (2.2)."""
    return _ILL.sub("\N{REPLACEMENT CHARACTER}", words)


def _attribute(words: str) -> str:
    one_line = _clean(words).replace("\n", " ").replace("\r", " ").replace("\t", " ")
    return f'"{escape(one_line)}"'
