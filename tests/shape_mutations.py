"""How strict the cases of the shapes are: every shape and every constraint taken away once, and whether a case notices.

Run as `python -m tests.shape_mutations [SHAPE …]`; prints what no case noticed and the figure. Not part of the suite: it
takes minutes.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Quad
from rdflib import SH, Graph, URIRef
from rdflib.term import Node

from tests.conftest import ROOT
from tests.test_shapes import FOLDERS, Row, data_of, expected, found, graph_of
from thidua.shacl.data import Data

WORDS = {SH.path, SH.message, SH.name, SH.prefixes, SH.severity, SH.select, SH.order, SH.description}
Triple = tuple[Node, Node, Node]


def changes(shapes: Graph) -> Iterator[Triple]:
    """Every statement that makes a shape or constraint: targets, links to rules, parameters of constraints."""
    for statement in sorted(shapes):
        if (
            str(statement[1]).startswith(str(SH))
            and statement[1] not in WORDS
            and statement[1] not in (SH.prefix, SH.namespace, SH.declare)
        ):
            yield statement


def cases_of(shapes: Graph) -> list[tuple[list[Quad], Data, Counter[Row]]]:
    """The cases whose shape is in this file, with those of their expected findings that its shapes make."""
    names = {str(subject) for subject in shapes.subjects() if isinstance(subject, URIRef)}
    mine = [folder for folder in FOLDERS if f"https://w3id.org/thidua/shape/{folder.parent.name}" in names]
    return [
        (data := data_of(folder), graph_of(data), Counter({row: n for row, n in expected(folder).items() if row[1] in names}))
        for folder in mine
    ]


def survivors(path: Path) -> tuple[int, list[Triple]]:
    """How many changes the file allows, and those that no case notices."""
    shapes, prefixes = Graph().parse(path), Graph().parse(ROOT / "shapes" / "prefixes.ttl")
    cases, missed, total = cases_of(shapes), [], 0
    for change in changes(shapes):
        total += 1
        changed = Graph()
        changed += shapes
        changed += prefixes
        changed.remove(change)
        try:
            noticed = any(found(data, graph, changed) != rows for data, graph, rows in cases)
        except Exception:  # a shape that the engine refuses is noticed
            noticed = True
        if not noticed:
            missed.append(change)
    return total, missed


def main(names: list[str]) -> int:
    paths = [path for path in sorted((ROOT / "shapes").glob("*.ttl")) if path.stem != "prefixes" and (not names or path.stem in names)]
    total = 0
    missed: list[Triple] = []
    for path in paths:
        count, here = survivors(path)
        total, missed = total + count, missed + here
        for subject, predicate, value in here:
            print(f"{path.stem}: not noticed: {subject} {predicate} {value}")
    print(f"{total - len(missed)} of {total} changes noticed in {len(paths)} files ({(total - len(missed)) / max(total, 1):.1%})")
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
