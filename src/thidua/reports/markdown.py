"""A report as Markdown: a section a shape, for a page, a pull request or a job's summary."""

from __future__ import annotations

import re

from thidua.findings import Finding, Report
from thidua.messages import text
from thidua.reports.groups import groups
from thidua.reports.plain import unshown_shapes
from thidua.reports.words import (
    cut,
    in_language,
    label_of,
    place,
    remarks,
    short_path,
    short_source,
    short_value,
    summary,
)
from thidua.terms import shorten
from thidua.text import printable

EACH, OVERALL = 20, 400  # findings shown of a shape, and in all
_SIGNS = re.compile(r"([\\`*_\[\]<>|~&])")  # others count only at a line's beginning, where none of the data stands


def to_markdown(report: Report, lang: str) -> bytes:
    """Counts by shape, then the findings of each shape as a list; the rest of many is counted."""
    found = groups(report, EACH, OVERALL)
    lines = [f"# {text('report-title', lang)}", "", _safe(summary(report, lang)), ""]
    lines += [f"- {_safe(remark)}" for remark in remarks(report, lang)] + ([""] if report.remarks else [])
    if found:
        head = [text(f"report-{name}", lang) for name in ("severity", "shape", "count")]
        lines += ["| " + " | ".join(head) + " |", "|---|---|---:|"]
        lines += [f"| {text(group.severity, lang)} | {_code(shorten(group.shape))} | {len(group.findings)} |" for group in found]
    for group in found:
        if not group.shown:
            continue
        lines += ["", f"## {text(group.severity, lang)}: {_code(shorten(group.shape))} ({len(group.findings)})", ""]
        lines += [line for finding in group.first for line in _item(finding, lang)]
        if group.rest:
            lines += ["", _safe(text("report-more", lang, count=group.rest, shape=shorten(group.shape)))]
    lines += ["", *(_safe(line.strip()) for line in unshown_shapes(found, lang))]
    return ("\n".join(lines).rstrip() + "\n").encode()


def _item(finding: Finding, lang: str) -> list[str]:
    label, value, hint = label_of(finding), short_value(finding), in_language(finding.hint, lang)
    node = _code(shorten(finding.focus)) + (f" “{_safe(label)}”" if label else "")
    about = " ".join(filter(None, (_code(short_path(finding.path)), _code(value))))
    sources = " ".join(map(short_source, finding.sources))
    places = [_code(place(one)) + (f" “{_safe(cut(one.words))}”" if one.words else "") for one in finding.locations]
    parts = [node, *([about] if about else []), *([_code(sources)] if sources else []), *places]
    lines = [f"- **{_safe(printable(in_language(finding.message, lang)))}**  ", f"  {' · '.join(parts)}"]
    return [*lines[:-1], lines[-1] + "  ", f"  → {_safe(printable(hint))}"] if hint else lines


def _safe(words: str) -> str:
    """`words` with all that Markdown or HTML would take for markup disarmed."""
    return _SIGNS.sub(r"\\\1", words)


def _code(words: str) -> str:
    """`words` as code, however many backticks they have (CommonMark 6.1)."""
    if not words:
        return ""
    words = printable(words)
    fence = "`" * (max((len(run) for run in re.findall("`+", words)), default=0) + 1)
    blank = " " if words.startswith("`") or words.endswith("`") else ""
    return f"{fence}{blank}{words}{blank}{fence}"
