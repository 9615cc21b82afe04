"""Processes that work on batches at the same time; their results come in the order of the batches."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from thidua.errors import InternalError, MachineError, ThiduaError
from thidua.limits import end_with_parent

Task = TypeVar("Task")
Result = TypeVar("Result")


def in_order(load: Callable[[], Callable[[Task], Result]], tasks: Iterable[Task], jobs: int) -> Iterator[tuple[Task, Result]]:
    """Each task with its result, in the order of the tasks; never more than one task a process is under way.

    With one job the work is done in this process. Ctrl-C is this process's to hear; when it ends, however it ends, so do the others.

    Args:
        load: makes the function that does a task; called once in each process.

    Raises:
        MachineError: a process died.
        ThiduaError: whatever a process raised; anything else it raised comes as InternalError.
    """
    if jobs == 1:
        do = load()
        for task in tasks:
            yield task, do(task)
        return
    context = get_context("fork")
    workers: list[tuple[Any, Connection]] = []
    waiting: deque[tuple[Task, Connection]] = deque()
    try:
        for number, task in enumerate(tasks):
            if len(workers) < jobs:
                ours, theirs = context.Pipe()
                of_parent = [ours, *(connection for _, connection in workers)]
                process = context.Process(target=_serve, args=(theirs, of_parent, load), daemon=True)
                process.start()
                theirs.close()
                workers.append((process, ours))
            elif len(waiting) == jobs:
                first, connection = waiting.popleft()
                yield first, _received(connection)
            connection = workers[number % jobs][1]
            with suppress(BrokenPipeError):  # it has ended, and what it said of that is received in its turn
                connection.send(task)
            waiting.append((task, connection))
        while waiting:
            first, connection = waiting.popleft()
            yield first, _received(connection)
    finally:
        for process, connection in workers:
            process.kill()
            process.join()
            connection.close()


def _serve(connection: Connection, of_parent: list[Connection], load: Callable[[], Callable[[Any], Any]]) -> None:
    """A process's life: one task after the other, until its parent ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    for one in of_parent:
        one.close()  # or this process would keep open what tells it of its parent's end
    try:
        with suppress(EOFError, ConnectionError):  # the parent has ended
            _answer(connection, load)
    finally:
        connection.close()


def _answer(connection: Connection, load: Callable[[], Callable[[Any], Any]]) -> None:
    """Sends (None, result) for each task, or once what went wrong."""
    try:
        do = load()
        while True:
            connection.send((None, do(connection.recv())))
    except (EOFError, ConnectionError):
        raise
    except ThiduaError as error:
        arguments = {name: value if isinstance(value, int | float) else str(value) for name, value in error.arguments.items()}
        connection.send(((type(error), error.key, arguments), None))
    except OSError as error:
        connection.send(((MachineError, "machine", {"detail": error.strerror or str(error)}), None))
    except Exception as error:  # told to the parent, which raises it
        connection.send(((InternalError, "internal", {"detail": f"{type(error).__name__}: {error}"}), None))


def _received(connection: Connection) -> Any:
    try:
        problem, result = connection.recv()
    except EOFError as error:
        raise MachineError("worker-died") from error
    if problem is not None:
        kind, key, arguments = problem
        raise kind(key, **arguments)
    return result
