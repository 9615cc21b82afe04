"""SHACL validation with pySHACL: shapes and data in, findings out (W3C SHACL Recommendation)."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable

from pyparsing.exceptions import ParseBaseException
from pyshacl import validate as pyshacl_validate
from pyshacl.errors import ReportableRuntimeError
from rdflib import RDF, RDFS, SH, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from thidua.errors import InputError
from thidua.findings import Finding, Report
from thidua.terms import TD

logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)  # it prints a traceback for each such literal; shapes tell of it
logging.getLogger("pyshacl-validate").disabled = True  # it prints what it raises

_HINT = URIRef(TD + "hint")
_LABEL = URIRef(TD + "labelVi")
_LABEL_EN = URIRef(TD + "labelEn")
_FINDING_ON = URIRef(TD + "findingOn")
_FROM_SOURCE = URIRef(TD + "fromSource")
_SEVERITIES = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}


def validate(data: Graph, shapes: Graph, only: Iterable[URIRef] | None = None) -> Report:
    """The findings of `shapes` over `data`.

    Args:
        data: what is checked; classes above others must be in it (rdfs:subClassOf).
        shapes: node shapes with targets; nothing they import is fetched.
        only: check these nodes alone.
    """
    targets = focus_nodes(data, shapes)
    chosen = targets if only is None else targets & set(only)
    if not chosen:
        return Report((), 0)
    results = _run(data, shapes)
    found = {_finding(results, one, data, shapes) for one in results.subjects(RDF.type, SH.ValidationResult)}
    kept = [finding for finding in found if only is None or URIRef(finding.focus) in chosen]
    order = list(_SEVERITIES.values())
    return Report(tuple(sorted(kept, key=lambda f: (order.index(f.severity), f.shape, f.focus, f.path, f.value))), len(chosen))


def _run(data: Graph, shapes: Graph) -> Graph:
    """pySHACL's report; its complaints about shapes it cannot use become one error of ours."""
    try:
        _, results, _ = pyshacl_validate(
            data, shacl_graph=shapes, inference="none", do_owl_imports=False, advanced=False, meta_shacl=False, js=False
        )
    except (ReportableRuntimeError, ParseBaseException, NotImplementedError) as error:
        raise InputError("shapes-unusable", detail=str(error).splitlines()[0]) from error
    if not isinstance(results, Graph):
        raise InputError("shapes-unusable", detail=str(results).splitlines()[0])
    return results


def focus_nodes(data: Graph, shapes: Graph) -> set[Node]:
    """All nodes that the shapes' targets hit (SHACL 2.1.3: targetNode, targetClass, targetSubjectsOf, targetObjectsOf)."""
    found: set[Node] = set()
    for node in shapes.objects(None, SH.targetNode):
        found.add(node)
    classes = set(shapes.objects(None, SH.targetClass))
    classes |= {shape for shape in shapes.subjects(RDF.type, SH.NodeShape) if (shape, RDF.type, RDFS.Class) in shapes}
    for wanted in classes:
        for kind in data.transitive_subjects(RDFS.subClassOf, wanted):
            found |= set(data.subjects(RDF.type, kind))
    for property in shapes.objects(None, SH.targetSubjectsOf):
        found |= set(data.subjects(property, None))
    for property in shapes.objects(None, SH.targetObjectsOf):
        found |= set(data.objects(None, property))
    return found


def _finding(results: Graph, result: Node, data: Graph, shapes: Graph) -> Finding:
    """One result of the engine's report, with messages and hints read from the shape."""
    focus = results.value(result, SH.focusNode)
    value, path = results.value(result, SH.value), results.value(result, SH.resultPath)
    rule = results.value(result, SH.sourceConstraint) or results.value(result, SH.sourceShape)
    severity = results.value(result, SH.resultSeverity)
    messages = _texts(shapes, rule, SH.message) or {"": " ".join(map(str, results.objects(result, SH.resultMessage)))}

    def words(texts: dict[str, str]) -> dict[str, str]:
        return {
            lang: _filled(text, {"this": _name(data, focus, lang), "value": _name(data, value, lang), "path": _name(data, path, lang)})
            for lang, text in texts.items()
        }

    return Finding(
        severity=_SEVERITIES.get(severity, "violation") if isinstance(severity, URIRef) else "violation",
        shape=str(rule),
        focus=str(focus),
        path="" if path is None else str(path),
        value="" if value is None else str(value),
        label=_name(data, focus, "vi"),
        source_shape=str(results.value(result, SH.sourceShape)),
        component=str(results.value(result, SH.sourceConstraintComponent)),
        value_term=value.n3() if isinstance(value, URIRef | Literal) else "",
        message=words(messages),
        hint=words(_texts(shapes, rule, _HINT)),
        sources=tuple(sorted(str(source) for source in data.objects(focus, _FROM_SOURCE))),
    )


def _texts(shapes: Graph, rule: Node | None, property: URIRef) -> dict[str, str]:
    return {str(getattr(text, "language", None) or ""): str(text) for text in shapes.objects(rule, property)}


def _filled(text: str, fillings: dict[str, str]) -> str:
    """The message with {$this}, {?value} and {?path} filled in (SHACL 5.3.2)."""
    return re.sub(r"\{[$?](\w+)\}", lambda match: fillings.get(match[1], match[0]), text)


def _name(data: Graph, node: Node | None, language: str) -> str:
    """A node's label in Vietnamese, the language of names, or any, else the end of its IRI; a literal's text.

    A competence finding is no thing with a name: its label is a sentence, and comes in `language`.
    """
    if not isinstance(node, URIRef):
        return "" if node is None else str(node)
    sentence = language == "en" and (node, _FINDING_ON, None) in data
    labels = [
        *data.objects(node, _LABEL_EN if sentence else _LABEL),
        *sorted(data.objects(node, SKOS.prefLabel), key=lambda o: getattr(o, "language", "") != "vi"),
    ]
    return str(labels[0]) if labels else re.split(r"[#]|/id/|/ontology#", str(node))[-1]
