"""pySHACL, the reference engine: asked where a shape cannot be compiled, and by tests."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from thidua.errors import InputError
from thidua.shacl.judge import Result
from thidua.shacl.paths import SH, Term
from thidua.shacl.shapes import Constraint, Shape, Shapes

_TARGETS = frozenset(SH + name for name in ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf"))


def to_rdflib(quads: Iterable[Quad]) -> Any:
    """The statements, whatever their graph, as an rdflib graph; lexical forms stay as they are."""
    import rdflib

    rdflib.NORMALIZE_LITERALS = False  # or "007" becomes "7"; pySHACL turns it on again after each run
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)  # it prints a traceback for each ill-typed literal
    graph = rdflib.Graph()
    for quad in quads:
        graph.add((_to(quad.subject), _to(quad.predicate), _to(quad.object)))
    return graph


def _to(term: Any) -> Any:
    import rdflib

    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    return rdflib.Literal(term.value, lang=term.language, datatype=None if term.language else rdflib.URIRef(term.datatype.value))


def _from(term: Any) -> Term:
    import rdflib

    if isinstance(term, rdflib.URIRef):
        return NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return BlankNode(str(term))
    if term.language:
        return Literal(str(term), language=term.language)
    return Literal(str(term), datatype=NamedNode(str(term.datatype))) if term.datatype else Literal(str(term))


def run(quads: Iterable[Quad], shapes: Shapes, wanted: dict[Term, set[Term]] | None = None) -> Iterator[Result]:
    """What pySHACL finds.

    Args:
        quads: the data graph.
        wanted: the shapes whose targets count, and the focus nodes given to each; None for all shapes and their own targets.

    Raises:
        InputError: pySHACL cannot use the shapes.
    """
    import rdflib
    from pyshacl import validate
    from pyshacl.errors import ShapeRecursionWarning

    from thidua.prepared import use_prepared

    use_prepared()
    rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False  # or FROM <http://…> in a shape's query is fetched
    logging.getLogger("pyshacl-validate").disabled = True  # it prints what it raises
    data, rules = to_rdflib(quads), to_rdflib(shapes.quads())
    if wanted is not None:
        rules = _retargeted(rules, wanted)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ShapeRecursionWarning)  # what recursive shapes mean is left open by SHACL (3.4.3)
            _, report, _ = validate(
                data, shacl_graph=rules, inference="none", do_owl_imports=False, advanced=False, meta_shacl=False, js=False
            )
    except Exception as error:  # of shapes it cannot use, pySHACL raises what comes: ReportableRuntimeError, re.error, ValueError …
        detail = (str(error).splitlines() or [""])[0]
        raise InputError("shapes-unusable", detail=f"{type(error).__name__}: {detail}") from error
    if not isinstance(report, rdflib.Graph):
        raise InputError("shapes-unusable", detail=str(report).splitlines()[0])
    for result in report.objects(None, rdflib.SH.result):  # not those that others have as their sh:detail
        yield _result(report, result, shapes)


def _retargeted(rules: Any, wanted: dict[Term, set[Term]]) -> Any:
    """The shapes with the given nodes as their only targets: pySHACL's own choice of focus nodes gives false findings."""
    import rdflib

    chosen = rdflib.Graph()
    for statement in rules:
        if str(statement[1]) not in _TARGETS and statement[1:] != (rdflib.RDF.type, rdflib.RDFS.Class):
            chosen.add(statement)
    for shape, nodes in wanted.items():
        for node in nodes:
            chosen.add((_to(shape), rdflib.SH.targetNode, _to(node)))
    return chosen


def _result(report: Any, result: Any, shapes: Shapes) -> Result:
    def value(name: str) -> Term | None:
        found = report.value(result, rdflib_term(SH + name))
        return None if found is None else _from(found)

    source, component = value("sourceShape"), value("sourceConstraintComponent")
    rule, focus = value("sourceConstraint"), value("focusNode")
    if source is None or focus is None or not isinstance(component, NamedNode):
        raise InputError("shapes-unusable", detail=f"pySHACL reports a result without its shape or component: {focus}")
    shape = shapes.by_id.get(source) or _unknown(source)
    constraint = next(
        (one for one in shape.constraints if one.iri == component and (one.component != "SPARQL" or one.value.id == rule)),
        Constraint("Custom", component),
    )
    path = value("resultPath")
    if isinstance(path, BlankNode):  # a copy of the shape's own
        path = shape.path_node
    messages = tuple(one for term in report.objects(result, rdflib_term(SH + "resultMessage")) if isinstance(one := _from(term), Literal))
    return Result(
        focus, path, value("value"), component, shape, constraint, said=messages if constraint.component in ("Custom", "SPARQL") else ()
    )


def rdflib_term(iri: str) -> Any:
    """An IRI as rdflib has it."""
    import rdflib

    return rdflib.URIRef(iri)


def _unknown(name: Term) -> Shape:
    return Shape(name, None, None, NamedNode(SH + "Violation"), (), (), False, (), ())
