"""Shapes and data that mean harm, or are only odd: one clear line, the right exit code, bounded time, nothing fetched."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import thidua
from tests.shacl_random import PREFIXES, as_compiled, quads
from tests.test_cli import assert_fails
from thidua.errors import InputError
from thidua.shacl import parallel
from thidua.shacl.engine import REFERENCE

S = "ex:S a sh:NodeShape ; sh:targetClass ex:C ; "
DATA = "ex:a a ex:C ; ex:p ex:b, 1 ; ex:next ex:b . ex:b a ex:C ; ex:p 2 ; ex:next ex:a ."


class Report:
    """What `thidua validate` said of some shapes and data."""

    def __init__(self, folder: Path, shapes: str, data: str = DATA, *options: str) -> None:
        (folder / "shapes.ttl").write_text(PREFIXES + shapes, "utf-8")
        (folder / "data.ttl").write_text(PREFIXES + data, "utf-8")
        started = time.monotonic()
        self.run = thidua("validate", folder / "data.ttl", "--shapes", folder / "shapes.ttl", "--format", "json", *options)
        self.seconds = time.monotonic() - started

    @property
    def code(self) -> int:
        return self.run.returncode

    @property
    def findings(self) -> list[dict[str, Any]]:
        assert self.code in (0, 1), self.run.stderr
        found: list[dict[str, Any]] = json.loads(self.run.stdout)["findings"]
        return found

    def about(self) -> list[tuple[str, str]]:
        return sorted((one["focus"], one["value"]) for one in self.findings)

    def refused(self, *says: str) -> None:
        assert_fails(self.run, 2, *says)


Validate = Callable[..., Report]


@pytest.fixture
def validate(tmp_path: Path) -> Validate:
    def run(shapes: str, data: str = DATA, *options: str) -> Report:
        return Report(tmp_path, shapes, data, *options)

    return run


@contextmanager
def listener() -> Iterator[tuple[str, socket.socket]]:
    """An address that nothing should ask."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.settimeout(0.2)
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x", server


def assert_silent(server: socket.socket) -> None:
    with pytest.raises(TimeoutError):
        server.accept()


def rule(query: str, more: str = "") -> str:
    return f"""ex:pre sh:declare [ sh:prefix "ex" ; sh:namespace "urn:ex/" ] .
ex:S a sh:NodeShape ; sh:targetClass ex:C ; {more}
    sh:sparql [ sh:prefixes ex:pre ; sh:select '''{query}''' ] ."""


@pytest.mark.parametrize(
    "shapes",
    [
        "ex:S sh:targetClass ex:C ; a sh:NodeShape ; sh:node ex:S ; sh:property [ sh:path ex:p ; sh:maxCount 1 ] .",
        "ex:S sh:targetClass ex:C ; a sh:NodeShape ; sh:node ex:T ; sh:property [ sh:path ex:p ; sh:maxCount 1 ] ."
        " ex:T a sh:NodeShape ; sh:node ex:S .",
        "ex:S sh:targetClass ex:C ; a sh:NodeShape ; sh:property [ sh:path ex:p ; sh:maxCount 1 ], [ sh:path ex:next ; sh:node ex:S ] .",
        "ex:S sh:targetClass ex:C ; a sh:NodeShape ; sh:property [ sh:path ex:p ; sh:maxCount 1 ] ; sh:and ( ex:S ex:S ex:S ) ;"
        " sh:or ( ex:S ex:S ex:S ) .",
    ],
    ids=["direct", "mutual", "through a path", "many times"],
)
def test_recursive_shapes_end_with_a_remark(validate: Validate, shapes: str) -> None:
    report = validate(shapes)
    assert ("urn:ex/a", "") in report.about()
    assert report.seconds < 20
    assert "come back to themselves" in json.dumps(json.loads(report.run.stdout)["remarks"])


@pytest.mark.parametrize(
    "path",
    ["()", "[ ]", '"p"', "( ex:p )", "[ sh:inversePath ex:p ; sh:zeroOrMorePath ex:q ]", "[ sh:alternativePath ( ex:p ) ]", "_:loop",
     "[ sh:inversePath _:self ]", '( ex:p "q" )', "ex:p, ex:q"],
)  # fmt: skip
def test_ill_formed_paths(validate: Validate, path: str) -> None:
    loops = (
        "_:loop <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> ex:p ; <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> _:loop ."
        " _:self sh:inversePath _:self ."
    )
    validate(f"ex:S a sh:PropertyShape ; sh:targetClass ex:C ; sh:path {path} ; sh:minCount 1 . {loops}").refused("path")


@pytest.mark.parametrize(
    ("shapes", "says"),
    [
        (S + "sh:minCout 1 .", "sh:minCout"),
        ("ex:S a sh:NodeShape ; sh:targetClas ex:C ; sh:nodeKind sh:IRI .", "sh:targetClas"),
        (S + "sh:property [ sh:minCount 1 ] .", ""),
        ('ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount "one" ] .', "minCount"),
        ('ex:S a sh:PropertyShape ; sh:path ex:p ; sh:targetClass ex:C ; sh:pattern "(" .', "sh:pattern"),
        (S + "sh:in ex:a .", "sh:in"),
        (rule("SELECT $this WHERE { $this ex:p"), ""),
        (rule("SELECT ?x WHERE { ?x ex:p ?y }"), "$this"),
        (rule("SELECT $this WHERE { $this ex:p ?x MINUS { $this ex:q ?x } }"), "MINUS"),
        (rule("SELECT $this WHERE { VALUES ?x { 1 } $this ex:p ?x }"), "VALUES"),
        (rule("SELECT $this WHERE { $this ex:p ?x { SELECT ?x WHERE { ?x ex:p ?y } } }"), "sub-SELECT"),
        (rule("SELECT $this WHERE { ?x ex:p ?y BIND(?x AS ?this) }"), "$this"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(validate: Validate, shapes: str, says: str) -> None:
    validate(shapes).refused(says)


def test_advanced_features_and_scripts_do_not_run(validate: Validate, tmp_path: Path) -> None:
    """sh:js and sh:rule are no part of SHACL Core and SPARQL: nothing of them is run, and the rest is checked."""
    report = validate(
        S + 'sh:js [ sh:jsFunctionName "f" ; sh:jsLibrary [ sh:jsLibraryURL "file:///etc/passwd" ] ] ;'
        " sh:rule [ a sh:TripleRule ; sh:subject sh:this ; sh:predicate ex:made ; sh:object ex:x ] ;"
        " sh:property [ sh:path ex:made ; sh:maxCount 0 ], [ sh:path ex:p ; sh:maxCount 1 ] ."
    )
    assert report.about() == [("urn:ex/a", "")]


def test_imports_are_not_fetched(validate: Validate) -> None:
    with listener() as (address, server):
        shapes = f"<urn:one> owl:imports <urn:two>, <{address}> . <urn:two> owl:imports <urn:one> ."
        report = validate(
            f"{shapes} ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:nodeKind sh:Literal .", f"{DATA} <urn:data> owl:imports <{address}> ."
        )
        assert report.about() == [("urn:ex/a", "urn:ex/a"), ("urn:ex/b", "urn:ex/b")]
        assert address in json.dumps(json.loads(report.run.stdout)["remarks"])
        assert_silent(server)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT $this WHERE {{ $this ex:p ?x . SERVICE <{0}> {{ ?s ?p ?o }} }}",
        "SELECT $this WHERE {{ $this ex:p ?x . FILTER EXISTS {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }} }}",
        "PREFIX s: <{0}> SELECT $this WHERE {{ $this ex:p ?x . sErViCe\\n# {{\\ns:{{ ?s ?p ?o }} }}",
        "SELECT $this WHERE {{ $this ex:p ?x . \\\\u0053ERVICE <{0}> {{ ?s ?p ?o }} }}",
        'SELECT $this WHERE {{ $this ex:p "\\\\u0022 . SERVICE <{0}> {{ ?s ?p ?o }} #" }}',
        "SELECT $this WHERE {{ $this ex:p ?x . BIND(<{0}> AS ?g) SERVICE ?g {{ ?s ?p ?o }} }}",
        "SELECT $this FROM <{0}> WHERE {{ $this ex:p ?x }}",
        "SELECT $this FROM NAMED <{0}> WHERE {{ $this ex:p ?x . GRAPH ?g {{ ?s ?p ?o }} }}",
        "SELECT $this WHERE {{ $this ex:p ?x . GRAPH <{0}> {{ ?s ?p ?o }} }}",
    ],
)
def test_no_query_asks_another_service(validate: Validate, query: str) -> None:
    with listener() as (address, server):
        report = validate(rule(query.format(address)))
        assert_silent(server)
        if "GRAPH" in query or "FROM" in query:
            assert report.code in (0, 1, 2), report.run.stderr
        else:
            report.refused("SERVICE")


def test_no_validator_asks_another_service(validate: Validate) -> None:
    with listener() as (address, server):
        validate(
            f"ex:K a sh:ConstraintComponent ; sh:parameter [ sh:path ex:k ] ;"
            f" sh:validator [ a sh:SPARQLAskValidator ; sh:ask 'ASK {{ SERVICE <{address}> {{ ?s ?p ?o }} }}' ] ."
            " ex:S a sh:NodeShape ; sh:targetClass ex:C ; ex:k 1 ."
        ).refused("SERVICE")
        assert_silent(server)


@pytest.mark.parametrize("pattern", ["^(a+)+$", "^(a|aa)+$", "(.*)*b", "(?=a)(a+)+$", "^(a+)+\\\\\\\\1$"])
def test_regular_expressions_end(validate: Validate, pattern: str) -> None:
    data = f'ex:a a ex:C ; ex:p "{"a" * 40}!" .'
    report = validate(
        f'ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:pattern "{pattern}" ] .', data, "--timeout", "3"
    )
    assert report.seconds < 15
    if report.code == 5:
        assert "(?=" in pattern or "1$" in pattern, "only what the engine cannot read may take its time"
        assert_fails(report.run, 5, "3")
    else:
        assert [value for _, value in report.about()] == ["a" * 40 + "!"]


CUSTOM = """ex:pre sh:declare [ sh:prefix "ex" ; sh:namespace "urn:ex/"^^xsd:anyURI ] .
ex:K a sh:ConstraintComponent ; sh:parameter [ sh:path ex:most ] ;
    sh:validator [ a sh:SPARQLAskValidator ; sh:prefixes ex:pre ; sh:ask "ASK { FILTER(!isNumeric($value) || $value <= $most) }" ] .
"""


def test_components_of_others_within_shapes(validate: Validate) -> None:
    shapes = f"""{CUSTOM} ex:S a sh:NodeShape ; sh:targetClass ex:C ;
    sh:property [ sh:path ex:p ; sh:or ( [ sh:nodeKind sh:IRI ]
        [ sh:node [ sh:property [ sh:path ex:none ; sh:maxCount 0 ] ; ex:most 1 ] ] ) ] ."""
    validator = as_compiled(shapes, quads(DATA))
    assert [way.way for way in validator.ways()] == [REFERENCE]
    report = validate(shapes)
    assert report.about() == [("urn:ex/b", "2")], "details within the result are not results of their own"


def test_blank_nodes_and_literals_as_focus_nodes(validate: Validate) -> None:
    shapes = rule("SELECT $this ?value WHERE { ?value ex:p $this }").replace(
        "sh:targetClass ex:C", "sh:targetObjectsOf ex:p ; sh:nodeKind sh:Literal"
    )
    report = validate(shapes, 'ex:a ex:p [ ex:q 1 ], "x"@vi, "007"^^xsd:integer .')
    kinds = sorted(one["value"] for one in report.findings if one["component"].endswith("SPARQLConstraintComponent"))
    assert kinds == ["urn:ex/a"] * 3
    assert sum(one["component"].endswith("NodeKindConstraintComponent") for one in report.findings) == 1


def test_messages(validate: Validate) -> None:
    report = validate(
        rule(
            "SELECT $this ?path ?x ?message WHERE { $this ex:p ?x . FILTER(isLiteral(?x))"
            ' BIND(STRLANG("lời", "vi") AS ?message) BIND(7 AS ?path) }'
        )
    )
    assert [(one["focus"], one["path"], one["message"]) for one in report.findings] == [
        ("urn:ex/a", "", {"vi": "lời"}),
        ("urn:ex/b", "", {"vi": "lời"}),
    ]
    two = rule("SELECT $this ?value ?x WHERE { $this ex:p ?x . FILTER(isLiteral(?x)) }").replace(
        "sh:prefixes ex:pre ;", 'sh:prefixes ex:pre ; sh:message "{$this} {?x} {?value} {?none}", "có {?x}"@vi, "also {?x}"@vi ;'
    )
    first = validate(two).findings[0]
    assert first["message"][""] == "urn:ex/a 1  {?none}".replace("  ", " urn:ex/a ") or "1" in first["message"][""]
    assert "1" in first["message"]["vi"]


def test_the_same_file_as_shapes_and_data(tmp_path: Path) -> None:
    (tmp_path / "both.ttl").write_text(
        f"{PREFIXES} ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:maxCount 1 ] . {DATA}", "utf-8"
    )
    run = thidua("validate", tmp_path / "both.ttl", "--shapes", tmp_path / "both.ttl", "--format", "json")
    assert [one["focus"] for one in json.loads(run.stdout)["findings"]] == ["urn:ex/a"]


def test_shapes_nested_deeper_than_can_be_followed(validate: Validate) -> None:
    shapes = S + "sh:node " + "[ sh:node " * 3000 + "[ sh:nodeKind sh:IRI ]" + " ]" * 3000 + " ."
    report = validate(shapes)
    assert report.code in (0, 2)
    if report.code:
        report.refused("deeper than can be followed")


def test_two_runs_give_the_same_bytes(validate: Validate) -> None:
    shapes = S + "sh:closed true ; sh:property [ sh:path ex:p ; sh:maxCount 0 ; sh:nodeKind sh:BlankNode ] ."
    data = " ".join(f"ex:n{n} a ex:C ; ex:p {n}, ex:n{n + 1} ; ex:q _:b{n} ." for n in range(50))
    one, two = validate(shapes, data), validate(shapes, data)
    assert one.code == 1
    assert one.run.stdout == two.run.stdout


@pytest.mark.parametrize(
    ("shapes", "data", "seconds"),
    [
        (
            " ".join(f"ex:S{n} sh:targetClass ex:C ; sh:property [ sh:path ex:p{n} ; sh:maxCount 1 ] ." for n in range(10_000)),
            DATA + " ex:a ex:p7 1, 2 .", 60,
        ),
        (S + "sh:node " + "[ sh:node " * 200 + "[ sh:nodeKind sh:Literal ]" + " ]" * 200 + " .", DATA, 30),
        (
            S + f"sh:property [ sh:path ex:p ; sh:in ( {' '.join(f'ex:i{n}' for n in range(100_000))} ) ] .",
            " ".join(f"ex:n{n} a ex:C ; ex:p ex:i{n * 7} ." for n in range(2_000)) + " ex:x a ex:C ; ex:p ex:other .", 60,
        ),
        (
            f"ex:S a sh:PropertyShape ; sh:targetNode ex:n0 ; sh:path ( {'ex:next ' * 1000} ) ; sh:nodeKind sh:Literal .",
            " ".join(f"ex:n{n} ex:next ex:n{n + 1} ." for n in range(1000)), 30,
        ),
        (
            "ex:S a sh:PropertyShape ; sh:targetClass ex:C ; sh:path ex:p ; sh:uniqueLang true ; sh:maxCount 9999 ; sh:lessThan ex:q .",
            f'ex:a a ex:C ; ex:p "0"@vi, "1"@vi, {", ".join(map(str, range(10_000)))} ;'
            f' ex:q {", ".join(map(str, range(20_000, 30_000)))} .',
            30,
        ),
        (
            "ex:S a sh:PropertyShape ; sh:targetClass ex:C ; sh:path ex:p ; sh:datatype xsd:integer .",
            "ex:a a ex:C ; ex:p " + ", ".join(map(str, range(100_000))) + ', "x" .', 60,
        ),
        (
            "ex:S a sh:NodeShape ; sh:targetClass ex:K0 ; sh:class ex:K9999, ex:K0 ; sh:nodeKind sh:Literal .",
            " ".join(f"ex:K{n + 1} rdfs:subClassOf ex:K{n} ." for n in range(10_000))
            + " ex:K0 rdfs:subClassOf ex:K10000 . ex:a a ex:K5000 .", 30,
        ),
    ],
    ids=["10,000 shapes", "nested 200 deep", "100,000 in a list", "path of 1,000 steps", "10,000 values", "100,000 values",
         "classes 10,000 deep"],
)  # fmt: skip
def test_size(validate: Validate, shapes: str, data: str, seconds: float) -> None:
    report = validate(shapes, data)
    assert report.findings
    assert report.seconds < seconds


def test_a_time_limit_stops(validate: Validate) -> None:
    data = " ".join(f"ex:n{n} a ex:C ; ex:p ex:n{(n * 7) % 400} ." for n in range(400))
    report = validate(
        rule("SELECT $this WHERE { ?a ex:p ?b . ?c ex:p ?d . ?e ex:p ?f . ?g ex:p ?h . $this ex:p ?x }"), data, "--timeout", "2"
    )
    assert_fails(report.run, 5, "2")
    assert report.seconds < 12


def test_a_memory_limit_stops(validate: Validate) -> None:
    data = " ".join(f"ex:n{n} a ex:C ; ex:p ex:n{(n * 7) % 400} ." for n in range(400))
    query = rule("SELECT DISTINCT $this ?a ?c ?e ?x WHERE { ?a ex:p ?b . ?c ex:p ?d . ?e ex:p ?f . $this ex:p ?x }")
    assert_fails(validate(query, data, "--memory", "400", "--timeout", "100").run, 5)


def test_work_in_several_processes() -> None:
    assert parallel.each(40_000, lambda n: n * n, 2) == [n * n for n in range(40_000)]

    def refuses(n: int) -> int:
        if n in (3, 7):
            raise InputError("shapes-unusable", detail=f"number {n}")
        return n

    with pytest.raises(InputError, match="number 3"):
        parallel.each(10, refuses, 2)

    ours = os.getpid()

    def dies(n: int) -> int:
        if os.getpid() != ours:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.1)  # or all were done before the other process begins
        return n

    with pytest.raises(MemoryError):
        parallel.each(10, dies, 2)
