"""What all forms of a report say alike: texts in a language, short names, places, and a finding's fingerprint."""

from __future__ import annotations

import re
from collections import Counter
from hashlib import sha256

from thidua.findings import SEVERITIES, Finding, Location, Report
from thidua.messages import text
from thidua.terms import PREFIXES, shorten
from thidua.text import printable

_LONGEST = 400  # characters of a value or a name where it is read, not worked with


def in_language(texts: dict[str, str], lang: str) -> str:
    """The text in `lang`, else in English, else in any language."""
    return texts.get(lang) or texts.get("en") or next(iter(texts.values()), "")


def summary(report: Report, lang: str) -> str:
    """One line: how many nodes were checked and what was found."""
    counts = Counter(finding.severity for finding in report.findings)
    found = {severity: counts[severity] for severity in SEVERITIES}
    return text("validated", lang, nodes=report.focus_nodes, **found)


def remarks(report: Report, lang: str) -> list[str]:
    """What was not checked, a line each."""
    return [printable(remark.message(lang)) for remark in report.remarks]


def printable_line(line: str) -> str:
    """The line with control characters made visible, its margin kept."""
    margin = len(line) - len(line.lstrip(" "))
    return " " * margin + printable(line[margin:])


def fingerprint(finding: Finding) -> str:
    """Hex name of a finding: the same for the same shape, component, node, path and value, wherever that stands."""
    parts = (finding.shape, finding.component, finding.focus, finding.path, finding.value_term or finding.value)
    return sha256("\n".join(parts).encode()).hexdigest()[:16]


def short_source(iri: str) -> str:
    """A source's short name."""
    return iri.removeprefix(PREFIXES["source"])


def short_shape(finding: Finding) -> str:
    """The shape's IRI with its prefix; where it has none, the constraint component's."""
    return shorten(finding.shape or finding.component)


def short_path(path: str) -> str:
    """The property path with prefixes."""
    if not path.startswith(("<", "(", "^")):
        return shorten(path)
    return re.sub(r"<([^<>]*)>", lambda match: one if (one := shorten(match[1])) != match[1] else match[0], path)


def short_value(finding: Finding) -> str:
    """The value as far as it is short; an IRI with its prefix."""
    value = shorten(finding.value) if finding.value_term.startswith("<") else finding.value
    return cut(value)


def cut(words: str) -> str:
    """Words for reading, on one line, the end of very long ones left out."""
    return printable(words if len(words) <= _LONGEST else words[:_LONGEST] + "…")


def label_of(finding: Finding) -> str:
    """The focus node's label, empty where it only repeats the node's name."""
    return "" if not finding.label or finding.focus.endswith(finding.label) else cut(finding.label)


def place(location: Location) -> str:
    """file:line."""
    return f"{location.file}:{location.line}"
