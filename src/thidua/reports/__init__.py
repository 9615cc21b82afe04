"""A validation's findings in the forms a user may ask for; one module a form, imported when it is asked for."""

from __future__ import annotations

from thidua.findings import Report

FORMS = ("text", "json", "ttl", "md", "html", "sarif", "junit", "github")
CARRY_REMARKS = ("json", "md", "html", "sarif", "junit")  # the others leave them to stderr


def written(report: Report, form: str, lang: str, severity: str) -> bytes:
    """The report in one of FORMS; table and CSV are answers (`thidua.reports.rows.to_answer`).

    Args:
        severity: from which on the run fails.
    """
    match form:
        case "text":
            from thidua.reports.plain import to_text

            return to_text(report, lang)
        case "json":
            from thidua.reports.data import to_json

            return to_json(report)
        case "ttl":
            from thidua.reports.rdf import to_turtle

            return to_turtle(report)
        case "md":
            from thidua.reports.markdown import to_markdown

            return to_markdown(report, lang)
        case "html":
            from thidua.reports.page import to_html

            return to_html(report, lang)
        case "sarif":
            from thidua.reports.sarif import to_sarif

            return to_sarif(report, lang)
        case "junit":
            from thidua.reports.junit import to_junit

            return to_junit(report, lang, severity)
        case "github":
            from thidua.reports.github import to_github

            return to_github(report, lang)
    raise ValueError(form)
