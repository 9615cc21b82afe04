"""A report as one HTML page that needs nothing else: no network, no fonts, and no script but for searching."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape
from importlib.resources import files
from itertools import groupby

from thidua import __version__
from thidua.findings import SEVERITIES, Finding, Location, Report
from thidua.messages import text
from thidua.reports.groups import Group, groups
from thidua.reports.words import (
    cut,
    fingerprint,
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

EACH, OVERALL = 500, 5000  # findings shown of a shape, and in all: more make a page slow to search
_FEW = 12  # rules whose overview is unfolded
_OPEN = 100  # as many findings are shown unfolded
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def to_html(report: Report, lang: str) -> bytes:
    """Counts, filters, then the findings by shape and source, with the words of the texts where they are at hand.

    Of many findings the first of each shape are on the page and the rest is counted.
    """
    found = groups(report, EACH, OVERALL)
    counts = Counter(finding.severity for finding in report.findings)
    numbers = " ".join(f'data-{severity}="{counts[severity]}"' for severity in SEVERITIES)
    title = text("report-title", lang)
    shown = sum(group.shown for group in found)
    parts = [
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n<title>{escape(title)} · thidua</title>',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        f"<style>\n{_asset('page.css')}</style>\n</head>",
        f'<body data-findings="{len(report.findings)}" data-shown="{shown}" data-nodes="{report.focus_nodes}" {numbers}>',
        f"<header>\n<h1>{escape(title)}</h1>\n{_tallies(counts, lang)}\n<p>{escape(summary(report, lang))}</p>",
        *_remarks(report, lang),
        "</header>",
        *_overview(found, lang),
        *_filters(found, shown, lang),
        "<main>",
        *(line for number, group in enumerate(found) if group.shown for line in _section(number, group, shown <= _OPEN, lang)),
        "</main>",
        f"<footer>thidua {escape(__version__)}</footer>",
        f"<script>\n{_asset('page.js')}</script>\n</body>\n</html>\n",
    ]
    return "\n".join(parts).encode("utf-8", "backslashreplace")


def _asset(name: str) -> str:
    return files("thidua.reports").joinpath(name).read_text("utf-8")


def _tallies(counts: Counter[str], lang: str) -> str:
    items = (f'<li class="{severity}">{escape(text(severity, lang))} <b>{counts[severity]}</b></li>' for severity in SEVERITIES)
    return f'<ul class="tallies">{"".join(items)}</ul>'


def _remarks(report: Report, lang: str) -> Iterator[str]:
    if report.remarks:
        yield f'<section class="remarks"><h2>{escape(text("report-remarks", lang))}</h2>\n<ul>'
        yield from (f"<li>{escape(remark)}</li>" for remark in remarks(report, lang))
        yield "</ul></section>"


def _overview(found: list[Group], lang: str) -> Iterator[str]:
    if not found:
        return
    heads = "".join(f'<th scope="col">{escape(text(f"report-{name}", lang))}</th>' for name in ("severity", "shape", "count"))
    yield f'<details class="overview"{" open" * (len(found) <= _FEW)}><summary>{escape(text("report-overview", lang))}</summary>'
    yield f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>"
    for number, group in enumerate(found):
        name = _code(group.shape, shorten(group.shape))
        link = f'<a href="#s{number}">{name}</a>' if group.shown else name
        yield f"<tr><td>{_badge(group.severity, lang)}</td><td>{link}</td><td>{len(group.findings)}</td></tr>"
    yield "</tbody></table></details>"
    hidden = [group for group in found if not group.shown]
    if hidden:
        words = text("report-more-shapes", lang, count=sum(group.rest for group in hidden), shapes=len(hidden))
        yield f'<p class="rest">{escape(words)}</p>'


def _filters(found: list[Group], shown: int, lang: str) -> Iterator[str]:
    """The search form, which the script brings to light."""
    if not shown:
        return
    first = [finding for group in found for finding in group.first]
    sources = sorted({one for finding in first for one in finding.sources})
    shapes = sorted({group.shape for group in found if group.shown})
    severities = [one for one in SEVERITIES if any(finding.severity == one for finding in first)]
    yield f'<form id="filters" hidden role="search" data-of="{escape(text("report-matches", lang))}">'
    yield f'<label>{escape(text("report-search", lang))} <input type="search" name="q" autocomplete="off"></label>'
    yield _choice("severity", [(one, text(one, lang)) for one in severities], lang)
    yield _choice("shape", [(one, shorten(one)) for one in shapes], lang)
    if sources:
        yield _choice("source", [(short_source(one), short_source(one)) for one in sources], lang)
    yield '<output name="found" aria-live="polite"></output>'
    total = sum(len(group.findings) for group in found)
    if total > shown:
        yield f'<p class="rest">{escape(text("report-shown", lang, shown=shown, count=total))}</p>'
    yield "</form>"


def _choice(name: str, values: list[tuple[str, str]], lang: str) -> str:
    options = "".join(f'<option value="{escape(value)}">{escape(words)}</option>' for value, words in values)
    return (
        f'<label>{escape(text(f"report-{name}", lang))} <select name="{name}">'
        f'<option value="">{escape(text("report-all", lang))}</option>{options}</select></label>'
    )


def _section(number: int, group: Group, unfolded: bool, lang: str) -> Iterator[str]:
    yield f'<details class="shape" id="s{number}" data-shape="{escape(group.shape)}" data-severity="{group.severity}"{" open" * unfolded}>'
    name = _code(group.shape, shorten(group.shape))
    yield f'<summary>{_badge(group.severity, lang)} {name} <span class="count">{len(group.findings)}</span></summary>'
    totals = Counter(finding.sources for finding in group.findings)
    shown = sorted(group.first, key=lambda finding: finding.sources)
    for sources, part in groupby(shown, key=lambda finding: finding.sources):
        names = " ".join(map(short_source, sources))
        heading = f"{escape(text('report-source', lang))} {escape(names)}" if names else escape(text("report-no-source", lang))
        yield f'<section data-source="{escape(names)}"><h3>{heading} <span class="count">{totals[sources]}</span></h3>\n<ol>'
        yield from (_item(finding, lang) for finding in part)
        yield "</ol></section>"
    if group.rest:
        yield f'<p class="rest">{escape(text("report-more", lang, count=group.rest, shape=shorten(group.shape)))}</p>'
    yield "</details>"


def _item(finding: Finding, lang: str) -> str:
    label, value, hint = label_of(finding), short_value(finding), in_language(finding.hint, lang)
    about = " ".join(
        filter(None, (_code(finding.path, short_path(finding.path)) if finding.path else "", f"<q>{escape(value)}</q>" if value else ""))
    )
    places = "".join(_place(one) for one in finding.locations)
    return (
        f'<li data-f="{fingerprint(finding)}"><p class="message">{escape(printable(in_language(finding.message, lang)))}</p>'
        f'<p class="node">{_code(finding.focus, shorten(finding.focus))}{f" “{escape(label)}”" if label else ""}</p>'
        + (f'<p class="about">{about}</p>' if about else "")
        + places
        + (f'<p class="hint">{escape(printable(hint))}</p>' if hint else "")
        + "</li>"
    )


def _place(location: Location) -> str:
    words = f"<blockquote>{escape(cut(location.words))}</blockquote>" if location.words else ""
    return f'<div class="place"><code>{escape(printable(place(location)))}</code>{words}</div>'


def _badge(severity: str, lang: str) -> str:
    return f'<span class="badge {severity}">{escape(text(severity, lang))}</span>'


def _code(whole: str, short: str) -> str:
    """A short name; the whole of it is told where the mouse rests."""
    title = f' title="{escape(printable(whole))}"' if whole != short else ""
    return f"<code{title}>{escape(printable(short))}</code>"
