"""A report as SARIF 2.1.0 (OASIS standard), for code scanning and editors: all findings, a rule a shape."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from thidua import __version__
from thidua.findings import Finding, Location, Report
from thidua.messages import text
from thidua.reports.groups import groups
from thidua.reports.words import fingerprint, in_language, remarks, short_source
from thidua.terms import shorten

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
GITHUB_MOST = 25_000  # results of a run that GitHub's code scanning takes in
_LEVELS = {"violation": "error", "warning": "warning", "info": "note"}


def to_sarif(report: Report, lang: str) -> bytes:
    """One run; a result a finding, on a line of its own, worst first; remarks as notifications."""
    found = groups(report, 1, 1)
    places = {(group.severity, group.shape): place for place, group in enumerate(found)}
    rules = [_rule(group.severity, group.shape, group.findings, lang) for group in found]
    head = {
        "tool": {"driver": {"name": "thidua", "semanticVersion": __version__, "language": lang, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _notifications(report, lang)}],
        "properties": {"focusNodes": report.focus_nodes},
    }
    results = ",\n".join(
        _json(_result(one, places[one.severity, one.shape or one.component], lang)) for group in found for one in group.findings
    )
    opening = _json({"$schema": SCHEMA, "version": "2.1.0"})[:-1]
    return f'{opening}, "runs": [{_json(head)[:-1]}, "results": [\n{results}\n]}}]}}\n'.encode("utf-8", "backslashreplace")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _notifications(report: Report, lang: str) -> list[dict[str, Any]]:
    said = [(one.key, words) for one, words in zip(report.remarks, remarks(report, lang), strict=True)]
    if len(report.findings) > GITHUB_MOST:
        said.append(("sarif-many", text("sarif-many", lang, count=len(report.findings), most=GITHUB_MOST)))
    return [{"level": "note", "descriptor": {"id": key}, "message": {"text": words}} for key, words in said]


def _rule(severity: str, shape: str, findings: Sequence[Finding], lang: str) -> dict[str, Any]:
    """The shape as a rule; its help is the hint, where that does not name the node."""
    rule: dict[str, Any] = {
        "id": shape,
        "shortDescription": {"text": shorten(shape)},
        "defaultConfiguration": {"level": _LEVELS[severity]},
        "properties": {"tags": sorted({shorten(one.component) for one in findings})},
    }
    hints = {in_language(one.hint, lang) for one in findings}
    if len(hints) == 1 and (hint := hints.pop()):
        rule["help"] = {"text": hint}
    return rule


def _result(finding: Finding, rule: int, lang: str) -> dict[str, Any]:
    message, hint = in_language(finding.message, lang), in_language(finding.hint, lang)
    result: dict[str, Any] = {
        "ruleIndex": rule,
        "ruleId": finding.shape or finding.component,
        "level": _LEVELS[finding.severity],
        "message": {"text": _plain((message + (f"\n→ {hint}" if hint else "")) or shorten(finding.component))},
        "partialFingerprints": {"thidua/v1": fingerprint(finding)},
        "properties": {
            name: value
            for name, value in {
                "focusNode": finding.focus,
                "label": finding.label,
                "path": finding.path,
                "value": finding.value,
                "hint": hint,
                "component": finding.component,
                "sources": [short_source(one) for one in finding.sources],
            }.items()
            if value
        },
    }
    node = {"fullyQualifiedName": finding.focus, **({"name": finding.label} if finding.label else {})}
    first, *others = [_physical(one) for one in finding.locations] or [{}]
    result["locations"] = [{**first, "logicalLocations": [node]}]
    if others:
        result["relatedLocations"] = [{"id": number, **one} for number, one in enumerate(others, start=1)]
    return result


def _plain(words: str) -> str:
    """`words` as a plain message: none of it is taken for a link (SARIF 3.11.6)."""
    return words.replace("](", "] (")


def _physical(location: Location) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": location.line}
    if location.words:
        region["snippet"] = {"text": location.words}
    return {"physicalLocation": {"artifactLocation": {"uri": uri_of(location.file)}, "region": region}}


def uri_of(file: str) -> str:
    """The file as a URI reference (RFC 3986): relative ones stay relative to where the program ran."""
    path = PurePosixPath(file)
    return ("file://" if path.is_absolute() else "") + quote(str(path), safe="/-._~!$&'()*+,;=@")
