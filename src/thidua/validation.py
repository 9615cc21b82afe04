"""SHACL validation with pySHACL: shapes and data in, findings out (W3C SHACL Recommendation)."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterable

from pyshacl import validate as pyshacl_validate
from pyshacl.errors import ShapeRecursionWarning
from rdflib import RDF, RDFS, SH, SKOS, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from thidua.errors import InputError
from thidua.findings import Finding, Report
from thidua.prepared import use_prepared
from thidua.terms import TD

logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)  # it prints a traceback for each such literal; shapes tell of it
logging.getLogger("pyshacl-validate").disabled = True  # it prints what it raises
use_prepared()

_HINT = URIRef(TD + "hint")
_LABEL = URIRef(TD + "labelVi")
_LABEL_EN = URIRef(TD + "labelEn")
_FINDING_ON = URIRef(TD + "findingOn")
_FROM_SOURCE = URIRef(TD + "fromSource")
# The parameters of SHACL's constraint components, and the links to constraints (Recommendation, 4 and 5).
PARAMETERS = frozenset(
    SH[name]
    for name in """class datatype nodeKind minCount maxCount minExclusive minInclusive maxExclusive maxInclusive minLength maxLength
    pattern languageIn uniqueLang equals disjoint lessThan lessThanOrEquals not and or xone node property qualifiedValueShape closed
    hasValue in sparql""".split()
)
_TARGETS = (SH.targetNode, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
_SEVERITIES = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}


def validate(data: Graph, shapes: Graph, only: Iterable[URIRef] | None = None) -> Report:
    """The findings of `shapes` over `data`.

    Args:
        data: what is checked; classes above others must be in it (rdfs:subClassOf).
        shapes: node shapes with targets; nothing they import is fetched.
        only: findings at these nodes, or that name one of them as the value, are told; the others are not.
    """
    hit = targets(data, shapes)
    if only is None:
        chosen, wanted = {node for nodes in hit.values() for node in nodes}, None
    else:
        wanted = set(only)
        near = wanted | _neighbours(data, wanted)
        hit = {shape: nodes & near for shape, nodes in hit.items()}
        chosen = {node for nodes in hit.values() for node in nodes} & wanted
        shapes = _retargeted(shapes, hit)
    if not chosen:
        return Report((), 0)
    results = _run(data, shapes)
    found = {_finding(results, one, data, shapes) for one in results.subjects(RDF.type, SH.ValidationResult)}
    kept = [f for f in found if wanted is None or URIRef(f.focus) in wanted or URIRef(f.value) in wanted]
    order = list(_SEVERITIES.values())
    return Report(tuple(sorted(kept, key=lambda f: (order.index(f.severity), f.shape, f.focus, f.path, f.value))), len(chosen))


def _neighbours(data: Graph, nodes: set[URIRef]) -> set[Node]:
    """What the nodes name, and what names them: where a rule may tell of one of them as its value."""
    return {value for node in nodes for value in data.objects(node, None)} | {one for node in nodes for one in data.subjects(None, node)}


def _retargeted(shapes: Graph, hit: dict[Node, set[Node]]) -> Graph:
    """The shapes with the given nodes as their only targets: pySHACL's own choice of focus nodes gives false findings."""
    chosen = Graph()
    for statement in shapes:
        if statement[1] not in _TARGETS and statement[1:] != (RDF.type, RDFS.Class):
            chosen.add(statement)
    for shape, nodes in hit.items():
        for node in nodes:
            chosen.add((shape, SH.targetNode, node))
    return chosen


def _run(data: Graph, shapes: Graph) -> Graph:
    """pySHACL's report; its complaints about shapes it cannot use become one error of ours."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ShapeRecursionWarning)  # what recursive shapes mean is left open by SHACL (3.4.3)
            _, results, _ = pyshacl_validate(
                data, shacl_graph=shapes, inference="none", do_owl_imports=False, advanced=False, meta_shacl=False, js=False
            )
    except Exception as error:  # of shapes it cannot use, pySHACL raises what comes: ReportableRuntimeError, re.error, ValueError …
        detail = (str(error).splitlines() or [""])[0]
        raise InputError("shapes-unusable", detail=f"{type(error).__name__}: {detail}") from error
    if not isinstance(results, Graph):
        raise InputError("shapes-unusable", detail=str(results).splitlines()[0])
    return results


def targets(data: Graph, shapes: Graph) -> dict[Node, set[Node]]:
    """The nodes of the data that each shape's targets hit (SHACL 2.1.3), of shapes which constrain anything.

    Left out are shapes that are deactivated or have no constraint that the engine knows: with these alone nothing is
    checked. A sh:targetNode that the data do not speak of is no node of theirs.
    """
    hit: dict[Node, set[Node]] = {}
    for shape in {shape for shape in shapes.subjects() if _constrains(shapes, shape)}:
        found = {node for node in shapes.objects(shape, SH.targetNode) if (node, None, None) in data or (None, None, node) in data}
        classes = set(shapes.objects(shape, SH.targetClass)) | ({shape} if (shape, RDF.type, RDFS.Class) in shapes else set())
        for wanted in classes:
            for kind in data.transitive_subjects(RDFS.subClassOf, wanted):
                found |= set(data.subjects(RDF.type, kind))
        for property in shapes.objects(shape, SH.targetSubjectsOf):
            found |= set(data.subjects(property, None))
        for property in shapes.objects(shape, SH.targetObjectsOf):
            found |= set(data.objects(None, property))
        if found:
            hit[shape] = found
    return hit


def _constrains(shapes: Graph, shape: Node) -> bool:
    deactivated = any(str(value) in ("true", "1") for value in shapes.objects(shape, SH.deactivated))
    return not deactivated and any(predicate in PARAMETERS for predicate in shapes.predicates(shape, None))


def _finding(results: Graph, result: Node, data: Graph, shapes: Graph) -> Finding:
    """One result of the engine's report, with messages and hints read from the shape."""
    focus = results.value(result, SH.focusNode)
    value, path = results.value(result, SH.value), results.value(result, SH.resultPath)
    written = "" if path is None else path_text(results, path)
    rule = results.value(result, SH.sourceConstraint) or results.value(result, SH.sourceShape)
    severity = results.value(result, SH.resultSeverity)
    messages = _texts(shapes, rule, SH.message) or {"": " ".join(map(str, results.objects(result, SH.resultMessage)))}

    def words(texts: dict[str, str]) -> dict[str, str]:
        return {
            lang: _filled(
                text,
                {
                    "this": _name(data, focus, lang),
                    "value": _name(data, value, lang),
                    "path": _name(data, path, lang) if isinstance(path, URIRef) else written,
                },
            )
            for lang, text in texts.items()
        }

    return Finding(
        severity=_SEVERITIES.get(severity, "violation") if isinstance(severity, URIRef) else "violation",
        shape=_named(shapes, rule),
        focus=str(focus),
        path=written,
        value="" if value is None else str(value),
        label=_name(data, focus, "vi"),
        source_shape=_named(shapes, results.value(result, SH.sourceShape)),
        component=str(results.value(result, SH.sourceConstraintComponent)),
        value_term=value.n3() if isinstance(value, URIRef | Literal) else "",
        message=words(messages),
        hint=words(_texts(shapes, rule, _HINT)),
        sources=tuple(sorted(str(source) for source in data.objects(focus, _FROM_SOURCE))),
    )


def _named(shapes: Graph, rule: Node | None) -> str:
    """The IRI of a shape or constraint; of an anonymous one, that of the named shape it belongs to, else nothing."""
    seen = set()
    while isinstance(rule, BNode) and rule not in seen:
        seen.add(rule)
        rule = next(iter(sorted(shapes.subjects(None, rule), key=str)), None)
    return str(rule) if isinstance(rule, URIRef) else ""


def path_text(graph: Graph, path: Node) -> str:
    """A property path as SPARQL writes it (SHACL 2.3.1); of a predicate, its IRI as it is."""
    if isinstance(path, URIRef):
        return str(path)

    def inner(node: Node) -> str:
        text = path_text(graph, node)
        return f"<{text}>" if isinstance(node, URIRef) else f"({text})"

    for property, before, after in (
        (SH.inversePath, "^", ""),
        (SH.zeroOrMorePath, "", "*"),
        (SH.oneOrMorePath, "", "+"),
        (SH.zeroOrOnePath, "", "?"),
    ):
        if (value := graph.value(path, property)) is not None:
            return f"{before}{inner(value)}{after}"
    alternatives = graph.value(path, SH.alternativePath)
    members = list(graph.items(path if alternatives is None else alternatives))
    return ("/" if alternatives is None else "|").join(map(inner, members))


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
