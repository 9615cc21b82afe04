"""Are shapes well-formed, and where not: SHACL's own shapes for shapes (Recommendation, appendix C), and SPARQL's grammar."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

from pyshacl import validate as pyshacl_validate
from rdflib import SH, Graph, URIRef
from rdflib.plugins.parsers.notation3 import RDFSink, SinkParser
from rdflib.plugins.parsers.trig import TrigSinkParser
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.term import Node

from thidua.errors import InputError
from thidua.terms import shorten

_QUERIES = (SH.select, SH.ask, SH.construct)
_DEPTH = 999  # of shapes within shapes: lists are walked one member at a time, and pySHACL stops at 15
Place = tuple[Path, int]
Lines = dict[tuple[Node, Node | None], Place]  # by subject, and by subject and predicate


def check_shapes(paths: list[Path]) -> None:
    """Raises for the first ill-formed shape in files that are sound RDF, with its file and line.

    Args:
        paths: Turtle, TriG or N-Triples; of N-Quads no lines are known, and they are left to the engine.

    Raises:
        InputError: "shape-ill-formed", with what is wrong.
    """
    shapes, lines = Graph(), Lines()
    for path in paths:
        _read(path, shapes, lines)
    wrong = sorted({*_against_shacl(shapes, lines), *_against_sparql(shapes, lines)})
    if wrong:
        (path, line), detail = wrong[0]
        raise InputError("shape-ill-formed", path=path, line=line, detail=detail)


def _read(path: Path, shapes: Graph, lines: Lines) -> None:
    """Adds the shapes of a file, and where each of their nodes is first spoken of."""
    if path.suffix == ".nq" or not path.stat().st_size:
        return
    kind: Any = TrigSinkParser if path.suffix == ".trig" else SinkParser

    class Parser(kind):  # type: ignore[misc]
        """Notes which line it has come to whenever it makes a statement."""

        def makeStatement(self, quadruple: Any) -> None:
            super().makeStatement(quadruple)
            _, predicate, subject, _ = quadruple
            for key in ((subject, None), (subject, predicate)):
                lines.setdefault(key, (path, self.lines + 1))

    Parser(RDFSink(shapes), baseURI=path.absolute().as_uri(), turtle=True).loadBuf(path.read_bytes())


def _against_shacl(shapes: Graph, lines: Lines) -> list[tuple[Place, str]]:
    rules = Graph().parse(str(files("pyshacl").joinpath("assets", "shacl-shacl.ttl")), format="turtle")
    _, results, _ = pyshacl_validate(
        shapes, shacl_graph=rules, inference="none", do_owl_imports=False, js=False, max_validation_depth=_DEPTH
    )
    if not isinstance(results, Graph):
        return []
    wrong = []
    for result, focus in results.subject_objects(SH.focusNode):
        path, words = results.value(result, SH.resultPath), str(results.value(result, SH.resultMessage))
        place = lines.get((focus, path)) or lines.get((focus, None))
        if place and isinstance(path, URIRef):
            wrong.append((place, f"{shorten(str(path))}: {words.splitlines()[0]}"))
        elif place and not any(results.value(other, SH.resultPath) for other in results.subjects(SH.focusNode, focus)):
            wrong.append((place, "neither a node shape nor a property shape"))
    return wrong


def _against_sparql(shapes: Graph, lines: Lines) -> list[tuple[Place, str]]:
    wrong = []
    for kind in _QUERIES:
        for rule, query in shapes.subject_objects(kind):
            declared = {
                str(shapes.value(one, SH.prefix)): str(shapes.value(one, SH.namespace))
                for ontology in shapes.objects(rule, SH.prefixes)
                for one in shapes.objects(ontology, SH.declare)
            }
            try:
                translateQuery(parseQuery(str(query)), initNs=declared)
            except Exception as error:  # the parser raises what comes
                detail = str(error).splitlines()[0] if str(error) else type(error).__name__
                wrong.append((lines[rule, kind], f"{shorten(str(kind))}: {detail}"))
    return wrong
