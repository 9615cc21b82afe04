"""Work in a child process that can be stopped: the engine knows no time limit and heeds no signal."""

from __future__ import annotations

import ctypes
import errno
import json
import os
import resource
import select
import signal
import tempfile
import time
from collections.abc import Callable
from typing import IO

from thidua.errors import InputError, InternalError, MachineError, NothingChecked, Said, ThiduaError, of_engine

_LONGEST = 2**31 - 1  # milliseconds that the system can wait at once
_KINDS: dict[str, type[ThiduaError]] = {kind.__name__: kind for kind in (InputError, NothingChecked, MachineError, InternalError)}


def run_limited(work: Callable[[], bytes], timeout: float | None = None, megabytes: int | None = None) -> bytes:
    """What `work` returns, worked out in a child process that is killed when it takes too long or too much.

    Ctrl-C, or the end of this process, ends the child too. The result is handed over whole or not at all.

    Args:
        timeout: seconds; None for no limit.
        megabytes: of address space; None for no limit.

    Raises:
        MachineError: a limit was reached, or the child died.
        ThiduaError: whatever `work` raised; anything else it raised comes as InternalError.
    """
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if megabytes is not None and most != resource.RLIM_INFINITY:
        megabytes = min(megabytes, most // 2**20)  # what was set around us cannot be raised
    with tempfile.TemporaryFile() as result:
        problem, said = os.pipe()
        child = os.fork()
        if child == 0:
            status = 1
            try:
                os.close(problem)
                status = _work_in_child(work, result, said, timeout, megabytes)
            finally:
                os._exit(status)
        os.close(said)
        with os.fdopen(problem, "rb") as problems:
            try:
                wait_status = _wait(child, problem, timeout)
            except BaseException:
                _kill(child)
                raise
            if wait_status is None:
                _kill(child)
            if wait_status is None or (os.WIFSIGNALED(wait_status) and os.WTERMSIG(wait_status) == signal.SIGALRM):
                raise MachineError("query-timeout", seconds=f"{timeout:g}")
            content = problems.read()
        if content:
            raise _error_from(json.loads(content), megabytes)
        if wait_status != 0:
            raise _death(wait_status, megabytes)
        result.seek(0)
        return result.read()


def _work_in_child(work: Callable[[], bytes], result: IO[bytes], said: int, timeout: float | None, megabytes: int | None) -> int:
    """The child's exit status; its result goes to the file, its error to the pipe."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        end_with_parent()
        if timeout is not None:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, timeout + 0.5)
        if megabytes is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # the allocator's own words on running out
            resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, megabytes * 2**20))
        result.write(work())
        result.flush()
        return 0
    except ThiduaError as error:
        content: dict[str, object] = {"kind": type(error).__name__, "key": error.key, "arguments": _plain(error.arguments)}
    except MemoryError:
        content = {"kind": "MemoryError"}
    except OSError as error:
        content = {"kind": "OSError", "detail": error.strerror or str(error)}
    except BaseException as error:  # told to the parent, which raises it
        ours = of_engine(error)
        content = {"kind": type(ours).__name__, "key": ours.key, "arguments": _plain(ours.arguments)}
    os.write(said, json.dumps(content).encode()[:60_000])
    return 1


def _plain(arguments: dict[str, object]) -> dict[str, str]:
    return {name: value.message("en") if isinstance(value, Said) else str(value) for name, value in arguments.items()}


def end_with_parent() -> None:
    """Asks Linux to kill this process when its parent ends (prctl PR_SET_PDEATHSIG); elsewhere the timer has to do."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(1, int(signal.SIGKILL))


def _error_from(content: dict[str, object], megabytes: int | None) -> ThiduaError:
    kind, arguments = _KINDS.get(str(content["kind"])), content.get("arguments")
    if kind is not None and isinstance(arguments, dict):
        return kind(str(content["key"]), **arguments)
    if content["kind"] == "MemoryError" and megabytes is None:
        return MachineError("machine", detail=os.strerror(errno.ENOMEM))
    if content["kind"] == "MemoryError":
        return MachineError("query-memory", megabytes=megabytes)
    if content["kind"] == "OSError":
        return MachineError("machine", detail=content["detail"])
    raise AssertionError(content)


def _death(status: int, megabytes: int | None) -> MachineError:
    """The error for a child that ended without a word: Rust aborts when an allocation fails."""
    number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if megabytes is not None and number in (signal.SIGABRT, signal.SIGKILL):
        return MachineError("query-memory", megabytes=megabytes)
    if number == signal.SIGSEGV:
        return MachineError("too-deep")
    return MachineError("child-died", status=status)


def _wait(child: int, told: int, timeout: float | None) -> int | None:
    """The child's wait status, or None when the time is up.

    Args:
        told: where the child tells of a problem; closed when it ends, which wakes us at once.
    """
    deadline, pause = (None if timeout is None else time.monotonic() + timeout), 0.001
    ending = select.poll()
    ending.register(told)
    ending.poll(None if timeout is None else min(1000 * timeout, _LONGEST))
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
