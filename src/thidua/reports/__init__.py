"""A validation's findings in the forms a user may ask for; one module a form."""

from __future__ import annotations

from collections.abc import Callable

from thidua.findings import Report
from thidua.reports.data import plain, to_json
from thidua.reports.github import to_github
from thidua.reports.junit import to_junit
from thidua.reports.markdown import to_markdown
from thidua.reports.page import to_html
from thidua.reports.plain import to_text
from thidua.reports.rdf import to_turtle
from thidua.reports.rows import to_answer
from thidua.reports.sarif import to_sarif
from thidua.reports.words import fingerprint, in_language, printable_line, remarks, summary

__all__ = [
    "CARRY_REMARKS", "WRITERS", "fingerprint", "in_language", "plain", "printable_line", "remarks", "summary", "to_answer", "to_github",
    "to_html", "to_json", "to_junit", "to_markdown", "to_sarif", "to_text", "to_turtle",
]  # fmt: skip

# Form → writer of (report, language, severity from which on the run fails); table and CSV are answers (`to_answer`).
WRITERS: dict[str, Callable[[Report, str, str], bytes]] = {
    "text": lambda report, lang, _: to_text(report, lang),
    "json": lambda report, *_: to_json(report),
    "ttl": lambda report, *_: to_turtle(report),
    "md": lambda report, lang, _: to_markdown(report, lang),
    "html": lambda report, lang, _: to_html(report, lang),
    "sarif": lambda report, lang, _: to_sarif(report, lang),
    "junit": to_junit,
    "github": lambda report, lang, _: to_github(report, lang),
}
CARRY_REMARKS = ("json", "md", "html", "sarif", "junit")  # the others leave them to stderr
