"""A validation's findings in the forms a user may ask for."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from hashlib import sha256

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from thidua.answers import JOIN, Answer, Row
from thidua.exports.rdf import serialise
from thidua.findings import SEVERITIES, Finding, Report
from thidua.messages import text
from thidua.terms import PREFIXES, RDF_TYPE, shorten, td
from thidua.text import printable

_BOOLEAN = NamedNode(PREFIXES["xsd"] + "boolean")


def in_language(texts: dict[str, str], lang: str) -> str:
    """The text in `lang`, else in English, else in any language."""
    return texts.get(lang) or texts.get("en") or next(iter(texts.values()), "")


def summary(report: Report, lang: str) -> str:
    """One line: how many nodes were checked and what was found."""
    counts = Counter(finding.severity for finding in report.findings)
    found = {severity: counts[severity] for severity in SEVERITIES}
    return text("validated", lang, nodes=report.focus_nodes, **found)


def to_text(report: Report, lang: str) -> bytes:
    """One block a finding, worst first: what is wrong, where it stands, how to mend it."""
    blocks = []
    for finding in report.findings:
        source = f"  [{' '.join(_source(one) for one in finding.sources)}]" if finding.sources else ""
        lines = [
            f"{finding.severity.upper()}: {in_language(finding.message, lang)}",
            f"  {shorten(finding.focus)}{source}",
            *([f"  {shorten(finding.shape)}"] if finding.shape else []),
        ]
        hint = in_language(finding.hint, lang)
        blocks.append("\n".join(map(printable_line, [*lines, *([f"  → {hint}"] if hint else [])])) + "\n")
    return "\n".join([*blocks, summary(report, lang) + "\n"]).encode()


def printable_line(line: str) -> str:
    """The line with control characters made visible, its margin kept."""
    margin = len(line) - len(line.lstrip(" "))
    return " " * margin + printable(line[margin:])


def _source(iri: str) -> str:
    return iri.removeprefix(PREFIXES["source"])


def to_answer(report: Report, lang: str) -> Answer:
    """The findings as rows."""
    columns = ["severity", "focus", "label", "path", "value", "message", "hint", "shape", "source"]
    rows: list[Row] = []
    for finding in report.findings:
        words = in_language(finding.message, lang), in_language(finding.hint, lang)
        rows.append(
            (
                Literal(finding.severity),
                _term(finding.focus),
                Literal(finding.label),
                _term(finding.path) if finding.path else None,
                Literal(finding.value) if finding.value else None,
                Literal(words[0]),
                Literal(words[1]),
                _term(finding.shape),
                Literal(JOIN.join(map(_source, finding.sources))) if finding.sources else None,
            )
        )
    return Answer(columns, rows)


def _term(iri: str) -> NamedNode | Literal:
    try:
        return NamedNode(iri)
    except ValueError:
        return Literal(iri)


def to_json(report: Report) -> bytes:
    """Everything, messages and hints in both languages."""
    content = {
        "conforms": not report.findings,
        "focusNodes": report.focus_nodes,
        "findings": [asdict(finding) for finding in report.findings],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def fingerprint(finding: Finding) -> str:
    """Hex name of a finding: the same for the same shape, component, node, path and value."""
    parts = (finding.shape, finding.component, finding.focus, finding.path, finding.value_term or finding.value)
    return sha256("\n".join(parts).encode()).hexdigest()[:16]


def to_turtle(report: Report) -> bytes:
    """A W3C validation report (SHACL 3.6); results have names instead of blank nodes, messages keep their languages."""
    whole = NamedNode("urn:thidua:report")
    conforms = Literal(str(not report.findings).lower(), datatype=_BOOLEAN)
    quads = [Quad(whole, RDF_TYPE, _sh("ValidationReport")), Quad(whole, _sh("conforms"), conforms)]
    for finding in report.findings:
        result = NamedNode(f"urn:thidua:finding:{fingerprint(finding)}")
        quads += [
            Quad(whole, _sh("result"), result),
            Quad(result, RDF_TYPE, _sh("ValidationResult")),
            Quad(result, _sh("resultSeverity"), _sh(finding.severity.capitalize())),
            Quad(result, _sh("focusNode"), _term(finding.focus)),
            Quad(result, _sh("sourceConstraintComponent"), _term(finding.component)),
        ]
        if finding.source_shape:  # an anonymous shape outside a named one has nothing to be found by
            quads.append(Quad(result, _sh("sourceShape"), _term(finding.source_shape)))
        if finding.shape != finding.source_shape:
            quads.append(Quad(result, _sh("sourceConstraint"), _term(finding.shape)))
        quads += [Quad(result, _sh("resultPath"), _term(finding.path))] if finding.path else []
        quads += _value(result, finding.value_term) if finding.value_term else []
        for words, property in ((finding.message, _sh("resultMessage")), (finding.hint, td("hint"))):
            for language, said in words.items():
                quads.append(Quad(result, property, Literal(said, language=language) if language else Literal(said)))
    return serialise(quads, "turtle")


def _value(result: NamedNode, term: str) -> Iterator[Quad]:
    """sh:value with the term as it was, lexical form and all."""
    for quad in parse(input=f"{result} {_sh('value')} {term} .", format=RdfFormat.TURTLE):
        yield Quad(quad.subject, quad.predicate, quad.object)


def _sh(name: str) -> NamedNode:
    return NamedNode(PREFIXES["sh"] + name)
