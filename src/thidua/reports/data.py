"""A report as JSON: everything, in both languages."""

from __future__ import annotations

import json
from typing import Any

from thidua.findings import Finding, Report
from thidua.reports.words import fingerprint


def to_json(report: Report) -> bytes:
    """One object, a finding a line; messages, hints and remarks in both languages."""
    head = {
        "conforms": not report.findings,
        "focusNodes": report.focus_nodes,
        "remarks": [{"key": one.key, "message": {lang: one.message(lang) for lang in ("vi", "en")}} for one in report.remarks],
    }
    parts = [f'"{name}": {_json(value)}' for name, value in head.items()]
    findings = ",\n".join(f"  {_json(plain(finding))}" for finding in report.findings)
    parts.append('"findings": [' + (f"\n{findings}\n " if findings else "") + "]")
    return ("{\n " + ",\n ".join(parts) + "\n}\n").encode("utf-8", "backslashreplace")


def plain(finding: Finding) -> dict[str, Any]:
    """The finding as plain data."""
    return {
        "severity": finding.severity,
        "shape": finding.shape,
        "focus": finding.focus,
        "path": finding.path,
        "value": finding.value,
        "label": finding.label,
        "source_shape": finding.source_shape,
        "component": finding.component,
        "value_term": finding.value_term,
        "focus_term": finding.focus_term,
        "message": finding.message,
        "hint": finding.hint,
        "sources": finding.sources,
        "locations": [{"file": one.file, "line": one.line, "words": one.words} for one in finding.locations],
        "fingerprint": fingerprint(finding),
    }


_json = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
