"""Reports made up for the tests of their forms."""

from __future__ import annotations

from thidua.errors import said
from thidua.findings import SEVERITIES, Finding, Location, Report

SH = "http://www.w3.org/ns/shacl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
BASE = "https://w3id.org/thidua/"
HOSTILE = '<script>alert("x")</script> ](javascript:x) `code` | & \x00\x1b[31m “ngoặc”\nhai dòng %0A::error::'


def finding(number: int, severity: str = "violation", rule: int = 0, **given: object) -> Finding:
    """One finding of a rule with messages in both languages, at a place in a file and in a text."""
    values: dict[str, object] = {
        "severity": severity,
        "shape": f"{BASE}shape/Shape-{rule}",
        "focus": f"{BASE}id/award/{number:03}-1",
        "path": f"{BASE}ontology#date",
        "value": "007",
        "label": f"Bằng khen số {number}",
        "source_shape": f"{BASE}shape/Shape",
        "component": SH + "DatatypeConstraintComponent",
        "value_term": f'"007"^^<{XSD}integer>',
        "message": {"vi": f"Giải thưởng {number} sai ngày.", "en": f"Award {number} has a wrong date."},
        "hint": {"vi": "Xem lại nguồn.", "en": "Look at the source."},
        "sources": (f"{BASE}source/{number % 5:03}",),
        "focus_term": f"<{BASE}id/award/{number:03}-1>",
        "locations": (Location("data/a b.ttl", number + 1), Location("texts/000.txt", 4, "ngày 8/10/2020")),
    }
    return Finding(**{**values, **given})  # type: ignore[arg-type]


def many(count: int, shapes: int = 10) -> Report:
    """A report of so many findings, the severities in turn by shape."""
    found = [finding(n, SEVERITIES[n % shapes % 3], n % shapes) for n in range(count)]
    return Report(tuple(sorted(found, key=lambda one: (SEVERITIES.index(one.severity), one.shape, one.focus))), 2 * count)


def hostile() -> Report:
    """Findings that try to break every form: markup, control characters, blank and literal focus nodes, paths, no place."""
    return Report(
        (
            finding(
                1, message={"en": HOSTILE, "vi": HOSTILE}, hint={"en": HOSTILE}, value=HOSTILE, value_term=r'"<\u0000>"', label=HOSTILE
            ),
            finding(2, focus="b0", focus_term="_:b0", label="", path=f"<{BASE}ontology#a>/(^<{BASE}ontology#b>)|(<{BASE}ontology#c>)*"),
            finding(3, focus="chữ", focus_term='"chữ"@vi', label="", value="chữ", value_term='"chữ"@vi', locations=(), sources=()),
            finding(4, rule=1, path="", value="", value_term="", hint={}, locations=(Location("/tmp/ố #?.ttl", 3),)),
            finding(5, "warning", 1, message={"": "only one"}, hint={}, value_term="_:b7", value="b7"),
            finding(5, "warning", 1, message={"": "the same once more"}, hint={}, value_term="_:b7", value="b7", label="other"),
            finding(6, "info", 2, shape="", source_shape=""),
        ),
        7,
        (said("no-rows"), said("lines-of-other-files")),
    )
