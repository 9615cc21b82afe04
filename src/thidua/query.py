"""Any SPARQL query on the store, in a child process that can be stopped: pyoxigraph itself knows no time limit."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from pyoxigraph import Quad, QueryBoolean, QuerySolutions, Store

from thidua.answers import Answer
from thidua.errors import InputError, MachineError, ThiduaError
from thidua.export import GRAPH_FORMATS, serialise
from thidua.federation import refuse_service
from thidua.formats import WRITERS, boolean_json
from thidua.store import open_store
from thidua.tables import to_table

DEFAULT_TIMEOUT = 60.0  # seconds
DEFAULT_MEMORY = 4096  # megabytes
_GRAPH_DEFAULT = "turtle"
QUERY_FORMATS = ("table", *WRITERS, *(form for form in GRAPH_FORMATS))


def evaluate(store: Store, sparql: str, path: str, form: str | None, lang: str) -> bytes:
    """The query's result in `form`: an answer's forms for SELECT and ASK, RDF forms for CONSTRUCT and DESCRIBE."""
    refuse_service(sparql, path)
    try:
        result = store.query(sparql)
    except SyntaxError as error:
        raise InputError("query-syntax", path=path, detail=readable(str(error.msg or error))) from error
    if isinstance(result, QuerySolutions):
        _check_form(form, ("table", *WRITERS))
        answer = Answer([v.value for v in result.variables], [tuple(solution) for solution in result])
        return WRITERS[form](answer) if form and form != "table" else to_table(answer, lang).encode()
    if isinstance(result, QueryBoolean):
        _check_form(form, ("table", "json"))
        return boolean_json(bool(result)) if form == "json" else f"{str(bool(result)).lower()}\n".encode()
    _check_form(form, tuple(GRAPH_FORMATS))
    quads = [Quad(triple.subject, triple.predicate, triple.object) for triple in result]
    return serialise(quads, form or _GRAPH_DEFAULT)


def _check_form(form: str | None, fitting: tuple[str, ...]) -> None:
    if form is not None and form not in fitting:
        raise InputError("query-form", format=form, fitting=", ".join(fitting))


def readable(detail: str) -> str:
    """The parser's message without the hundred characters it would have accepted."""
    place, _, expected = detail.partition(": expected one of ")
    if not expected:
        return detail
    words = re.findall(r'"([A-Za-z]{2,}|[{}().;])"', expected)
    return f"{place}: cannot go on here" + (f"; expected for example {' '.join(words[:6])}" if words else "")


def run_limited(work: Callable[[], bytes], timeout: float | None, megabytes: int | None) -> bytes:
    """What `work` returns, worked out in a child process that is killed when it takes too long or too much.

    Args:
        timeout: seconds; None for no limit.
        megabytes: of address space; None for no limit.

    Raises:
        MachineError: a limit was reached, or the child died.
        ThiduaError: whatever `work` raised.
    """
    with tempfile.TemporaryFile() as result, tempfile.TemporaryFile() as problem:
        child = os.fork()
        if child == 0:
            os._exit(_work_in_child(work, result, problem, megabytes))
        try:
            status = _wait(child, timeout)
        except BaseException:
            _kill(child)
            raise
        if status is None:
            _kill(child)
            raise MachineError("query-timeout", seconds=f"{timeout:g}")
        if os.WIFSIGNALED(status):
            if megabytes is not None and os.WTERMSIG(status) in (signal.SIGABRT, signal.SIGSEGV, signal.SIGKILL):
                raise MachineError("query-memory", megabytes=megabytes)
            raise MachineError("query-died", status=status)
        if os.WEXITSTATUS(status):
            problem.seek(0)
            raise _error_from(json.load(problem), megabytes)
        result.seek(0)
        return result.read()


def _work_in_child(work: Callable[[], bytes], result: IO[bytes], problem: IO[bytes], megabytes: int | None) -> int:
    """The child's exit status; its result or its error goes to the files."""
    try:
        if megabytes is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # the allocator's own words on running out
            resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, megabytes * 2**20))
        result.write(work())
        result.flush()
        return 0
    except ThiduaError as error:
        content = {"kind": type(error).__name__, "key": error.key, "arguments": {k: str(v) for k, v in error.arguments.items()}}
    except MemoryError:
        content = {"kind": "MemoryError"}
    except BaseException as error:  # told to the parent, which raises it
        content = {"kind": "other", "detail": f"{type(error).__name__}: {error}"}
    problem.write(json.dumps(content).encode())
    problem.flush()
    return 1


def _error_from(content: dict[str, object], megabytes: int | None) -> Exception:
    kinds = {kind.__name__: kind for kind in (InputError, MachineError)}
    kind, arguments = kinds.get(str(content["kind"])), content.get("arguments")
    if kind is not None and isinstance(arguments, dict):
        return kind(str(content["key"]), **arguments)
    if content["kind"] == "MemoryError":
        return MachineError("query-memory", megabytes=megabytes)
    return RuntimeError(str(content.get("detail")))


def _wait(child: int, timeout: float | None) -> int | None:
    """The child's wait status, or None when the time is up."""
    deadline, pause = (None if timeout is None else time.monotonic() + timeout), 0.001
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status
        if deadline is not None and time.monotonic() >= deadline:
            return None
        time.sleep(pause)
        pause = min(pause * 1.5, 0.05)


def _kill(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def query(store_path: Path, sparql: str, path: str, form: str | None, lang: str, timeout: float | None, megabytes: int | None) -> bytes:
    """The result of a query on the built store, as bytes in `form` (None: table, or Turtle for graphs)."""
    return run_limited(lambda: evaluate(open_store(store_path), sparql, path, form, lang), timeout, megabytes)
