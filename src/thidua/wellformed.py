"""Are shapes well-formed: SHACL's own shapes for shapes (Recommendation, appendix C), its terms, SPARQL's grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from pyoxigraph import NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, Store, parse

from thidua.shacl.data import Data
from thidua.shacl.engine import Validator
from thidua.shacl.literals import matcher
from thidua.shacl.paths import SH
from thidua.shacl.shapes import Shapes, declared_prefixes, read_shapes

_FORMS = {"select": QuerySolutions, "ask": QueryBoolean, "construct": QueryTriples}
_LINKS = tuple(NamedNode(SH + name) for name in ("sparql", "validator", "nodeValidator", "propertyValidator"))


def check_shapes(paths: list[Path], read: Shapes | None) -> None:
    """Raises for the first ill-formed shape in files that are sound RDF, with its file and line.

    Args:
        read: the shapes of the files; None where they could not even be read.

    Raises:
        InputError: "shape-ill-formed", with what is wrong.
    """
    if read is not None and _all_well(read):
        return
    from thidua.illformed import tell

    tell(paths)


def _all_well(read: Shapes) -> bool:
    """Do the same checks find nothing, with no eye to where anything stands?"""
    known = {term.value for quad in _asset("shacl.ttl") for term in (quad.subject,) if isinstance(term, NamedNode)}
    for said in read.graph.values():
        for predicate in said:
            if predicate.value.startswith(SH) and predicate.value not in known:
                return False
        for pattern in said.get(NamedNode(SH + "pattern"), []):
            if not _sound_pattern(str(pattern.value)):
                return False
    validator = Validator(read_shapes(_asset("shacl-shacl.ttl")), Data(read.quads))
    pieces = validator.pieces()  # all judged: these shapes' conditions are long, and shapes are few
    wrong = validator.evaluate(pieces, [validator.focus_nodes(plan.root) for plan, _ in pieces])
    return not any(wrong) and all(_sound_queries(read))


def _asset(name: str) -> Iterator[Quad]:
    package = find_spec("pyshacl")  # found, not imported: that takes longer than all the rest
    assert package is not None
    assert package.origin is not None
    return parse(path=str(Path(package.origin).with_name("assets") / name), format=RdfFormat.TURTLE)


def _sound_pattern(pattern: str) -> bool:
    try:
        matcher(pattern, "")
    except re.error:
        return False
    return True


def _sound_queries(read: Shapes) -> Iterator[bool]:
    """Of every query of a constraint or validator: does it parse, is it of its kind, does a SELECT give $this?"""
    store = Store()
    for rule, said in read.graph.items():
        for kind, wanted in _FORMS.items():
            for text in said.get(NamedNode(SH + kind), []):
                try:
                    answer = store.query(declared_prefixes(read.graph, rule) + str(text.value))
                except (SyntaxError, ValueError, RuntimeError):
                    yield False
                    continue
                gives = not isinstance(answer, QuerySolutions) or "this" in {one.value for one in answer.variables}
                yield isinstance(answer, wanted) and gives
        for link in _LINKS:
            for query in said.get(link, []):
                yield any(NamedNode(SH + kind) in read.graph.get(query, {}) for kind in _FORMS)
