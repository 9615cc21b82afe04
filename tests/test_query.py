"""Free queries: their results, their limits, and what they may not do."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from rdflib import Graph

from tests.conftest import thidua
from tests.test_cli import assert_fails
from thidua.errors import InputError, InternalError, MachineError
from thidua.limits import run_limited
from thidua.sparql import refuse_service

XSD = "http://www.w3.org/2001/XMLSchema#"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def test_forms_of_query(shipped_path: Path) -> None:
    def query(sparql: str, *more: str) -> str:
        run = thidua("query", "-e", sparql, "--store", shipped_path, *more)
        assert run.returncode == 0, run.stderr
        return run.stdout

    assert query("SELECT (2 AS ?two) {}", "--format", "csv") == "two\n2\n"
    assert query("ASK { ?s a <urn:none> }") == "false\n"
    assert json.loads(query("ASK {}", "--format", "json")) == {"head": {}, "boolean": True}
    turtle = query("CONSTRUCT { ?s a ?c } { ?s a ?c } LIMIT 3")
    assert len(Graph().parse(data=turtle, format="turtle")) == 3
    described = query("DESCRIBE <https://w3id.org/thidua/id/award/001-1>", "--format", "ntriples")
    assert "<https://w3id.org/thidua/ontology#awardedBy>" in described


def test_a_query_from_a_file(shipped_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_text("SELECT (1 AS ?one) {}", "utf-8")
    assert thidua("query", path, "--format", "tsv", "--store", shipped_path).stdout == f'?one\n"1"^^<{XSD}integer>\n'


def test_queries_that_cannot_be_run(shipped_path: Path, tmp_path: Path) -> None:
    assert_fails(thidua("query", "-e", "SELECT * {", "--store", shipped_path), 2, "-e: not a SPARQL 1.1 query: error at 1:11")
    assert_fails(thidua("query", "-e", "DELETE WHERE { ?s ?p ?o }", "--store", shipped_path), 2, "not a SPARQL 1.1 query")
    assert_fails(thidua("query", "--store", shipped_path), 2, "give a query file or -e SPARQL")
    assert_fails(thidua("query", "a.rq", "-e", "ASK {}", "--store", shipped_path), 2, "give a query file or -e SPARQL")
    assert_fails(
        thidua("query", "-e", "ASK {}", "--format", "turtle", "--store", shipped_path), 2, "--format turtle does not fit this query"
    )
    assert_fails(thidua("query", "-e", "ASK {}", "--timeout", "-1", "--store", shipped_path), 2, "--timeout: -1.0 is not a number")
    assert_fails(thidua("query", "-e", "ASK {}", "--store", tmp_path / "none"), 2, "no store yet")
    for name, content in (("empty.rq", b""), ("latin.rq", b"SELECT ('\xe9' AS ?e) {}")):
        (tmp_path / name).write_bytes(content)
        assert_fails(thidua("query", tmp_path / name, "--store", shipped_path), 2, name)


def test_the_time_limit_ends_the_query(shipped_path: Path) -> None:
    start = time.monotonic()
    run = thidua("query", "-e", ENDLESS, "--timeout", "0.5", "--store", shipped_path)
    assert_fails(run, 5, "the query was stopped after 0.5 s")
    assert time.monotonic() - start < 20, "it did not run on"


def test_the_memory_limit_ends_the_query(shipped_path: Path) -> None:
    hungry = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f"
    assert_fails(thidua("query", "-e", hungry, "--memory", "400", "--timeout", "100", "--store", shipped_path), 5, "over 400 MB")


def test_very_long_limits_are_no_fault(shipped_path: Path) -> None:
    run = thidua("query", "-e", "SELECT (1 AS ?one) {}", "--timeout", "3000000", "--store", shipped_path)
    assert (run.returncode, run.stderr) == (0, "")


def test_no_memory_without_a_limit_of_ours() -> None:
    def hungry() -> bytes:
        raise MemoryError

    with pytest.raises(MachineError) as error:
        run_limited(hungry)
    assert error.value.message("en") == "the machine says: Cannot allocate memory"


def test_a_limit_set_around_the_program_holds(shipped_path: Path) -> None:
    program = Path(sys.executable).with_name("thidua")
    hungry = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f"
    command = f'ulimit -v {500 * 2**10} && exec "{program}" query -e "{hungry}" --timeout 100 --store "{shipped_path}"'
    run = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert_fails(run, 5, "over 500 MB")


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { service silent ?x { ?s ?p ?o } }",
        "SELECT * { FILTER(?a<?b) SERVICE <http://127.0.0.1:1/> {} } # >",
        "SELECT * { BIND('it''s' AS ?x) SERVICE<http://127.0.0.1:1/>{} }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { SER\\U00000056ICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "PREFIX e: <http://e/> SELECT * { ?s e:a\\# ?o . SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "PREFIX e: <http://e/> SELECT * { ?s e:a\\' ?o . SERVICE <http://127.0.0.1:1/> { ?s e:b\\' ?o } }",
        "SELECT * { ?s ?p '#' . SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "# SERVICE <http://127.0.0.1:1/> {}",
        "SELECT * { SERVICESILENT<http://127.0.0.1:1/> {?s ?p ?o} }",
        "PREFIX :<http://h/> SELECT * { SERVICE:a { ?s ?p ?o } }",
        "PREFIX ex:<http://127.0.0.1:1/> SELECT * { FILTER(1<2)SERVICE#>\nex: { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1SERVICE<http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { SERVICE # one { \n SILENT # two\n $x # three\n { ?s ?p ?o } }",
        "SELECT * { ?s <http://e/'> ?o . SERVICE <http://127.0.0.1:1/'> { ?s ?p ?o } }",
    ],
)
def test_no_query_leaves_the_machine(sparql: str, shipped_path: Path) -> None:
    assert_fails(thidua("query", "-e", sparql, "--store", shipped_path), 2, "SERVICE is not allowed")


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?service { ?service a <http://e/SERVICE> }",
        '# no call\nSELECT * { ?s <urn:x> \'SERVICE\', """SERVICE""" }',
        "PREFIX service: <http://e/> SELECT * { ?s service:SERVICE ?o }",
        "SELECT * { ?s ?p 'x'@service }",
        "SELECT ?service { ?s ?p ?service { ?service ?a ?b } }",
        "#+ description: medals for long service in the army {}\nSELECT * { FILTER(CONTAINS(?l, 'long service medal')) }",
        "SELECT ?x { GRAPH ?service { ?x ?y ?z } }",
    ],
)
def test_the_word_alone_is_no_call(sparql: str) -> None:
    refused = False
    try:
        refuse_service(sparql, "-e")
    except InputError:
        refused = True
    assert not refused


def test_from_reads_the_store_not_the_web(shipped_path: Path) -> None:
    run = thidua("query", "-e", "SELECT * FROM <http://127.0.0.1:1/x> { ?s ?p ?o }", "--store", shipped_path)
    assert (run.returncode, run.stdout) == (0, "(no rows)\n")


def test_errors_of_the_child_come_back() -> None:
    def bad_input() -> bytes:
        raise InputError("missing-file", path="x")

    def broken() -> bytes:
        raise ValueError("odd")

    def killed() -> bytes:
        import os
        import signal

        os.kill(os.getpid(), signal.SIGTERM)
        return b""

    with pytest.raises(InputError, match="x: no such file"):
        run_limited(bad_input, 5, None)
    with pytest.raises(InternalError, match="ValueError: odd"):
        run_limited(broken, 5, None)
    with pytest.raises(MachineError, match="ended by itself"):
        run_limited(killed, 5, None)
    assert run_limited(lambda: b"whole", 5, None) == b"whole"


def test_a_query_ends_with_its_program(shipped_path: Path) -> None:
    command = [sys.executable, "-m", "thidua", "query", "-e", ENDLESS, "--timeout", "300", "--store", str(shipped_path)]
    process = subprocess.Popen(command)
    time.sleep(1)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.is_file():
        process.kill()
        pytest.skip("needs Linux's list of children in /proc")
    (child,) = children.read_text().split()
    process.kill()
    process.wait()
    deadline = time.monotonic() + 10
    while Path(f"/proc/{child}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{child}").exists()


def test_ask_has_limits_too(shipped_path: Path) -> None:
    assert_fails(thidua("ask", "gaps", "--timeout", "0.000001", "--store", shipped_path), 5, "the query was stopped after 1e-06 s")
    assert_fails(thidua("ask", "gaps", "--memory", "99999999999999999999", "--store", shipped_path), 2, "--memory: ")


def test_a_query_from_a_pipe_and_from_stdin(shipped_path: Path) -> None:
    shell = f"'{sys.executable}' -m thidua query <(echo 'SELECT (1 AS ?one) {{}}') --format csv --store '{shipped_path}'"
    assert subprocess.run(["bash", "-c", shell], capture_output=True, text=True).stdout == "one\n1\n"
    run = thidua("query", "-", "--format", "csv", "--store", shipped_path, stdin="SELECT (1 AS ?one) {}")
    assert run.stdout == "one\n1\n"


def test_what_nests_too_deeply(shipped_path: Path) -> None:
    deep = "SELECT * { FILTER(" + "(" * 100_000 + "1" + ")" * 100_000 + ") }"
    run = thidua("query", "-", "--store", shipped_path, stdin=deep)
    assert run.returncode in (2, 5)
    assert run.stderr.count("\n") == 1


def test_a_result_that_the_disk_cannot_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> bytes:
        raise OSError(28, "No space left on device")

    with pytest.raises(MachineError, match="No space left on device"):
        run_limited(full)
