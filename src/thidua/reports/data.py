"""A report as JSON: everything, in both languages."""

from __future__ import annotations

import json
from typing import Any

from thidua.findings import Finding, Report
from thidua.reports.words import fingerprint
from thidua.shacl import parallel

_MANY = 5_000  # findings from which on several processes are quicker than one


def to_json(report: Report) -> bytes:
    """One object, a finding a line; messages, hints and remarks in both languages."""
    head = {
        "conforms": not report.findings,
        "focusNodes": report.focus_nodes,
        "remarks": [{"key": one.key, "message": {lang: one.message(lang) for lang in ("vi", "en")}} for one in report.remarks],
    }
    parts = [f'"{name}": {_json(value)}' for name, value in head.items()]
    shares = parallel.cores() if len(report.findings) >= _MANY else 1
    ends = [len(report.findings) * share // shares for share in range(shares + 1)]

    def lines(share: int) -> bytes:
        return _bytes(",\n".join(f"  {_json(plain(finding))}" for finding in report.findings[ends[share] : ends[share + 1]]))

    findings = b",\n".join(parallel.each(shares, lines, shares))
    parts.append('"findings": [')
    return _bytes("{\n " + ",\n ".join(parts)) + (b"\n" + findings + b"\n " if findings else b"") + b"]\n}\n"


def _bytes(words: str) -> bytes:
    return words.encode("utf-8", "backslashreplace")


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
