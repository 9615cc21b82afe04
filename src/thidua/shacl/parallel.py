"""Independent pieces of work done by several processes that share the memory of this one (fork), for large data."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(number: int, work: Callable[[int], T], processes: int) -> list[T]:
    """What `work` gives for 0, 1 … number - 1, in this order; whoever is free takes the next.

    An exception in any piece is raised here, the first by order.
    """
    if processes < 2 or number < 2:
        return [work(n) for n in range(number)]
    todo, put = os.pipe()
    os.set_blocking(put, False)
    for n in range(number):
        os.write(put, n.to_bytes(4, "little"))  # a pipe holds 16 thousand of them, and there are some hundreds
    os.close(put)
    ends = [_start(todo, work, n) for n in range(processes)]
    os.close(todo)
    done: dict[int, tuple[bool, T | BaseException]] = {}
    for child, end in ends:
        with os.fdopen(end, "rb") as file:
            content = file.read()
        os.waitpid(child, 0)
        if content:
            done.update(pickle.loads(content))
    if len(done) < number and not any(not sound for sound, _ in done.values()):
        raise MemoryError  # a child was killed
    results: list[T] = []
    for n in sorted(done):
        sound, found = done[n]
        if not sound:
            raise found  # type: ignore[misc]
        results.append(found)  # type: ignore[arg-type]
    return results


def _start(todo: int, work: Callable[[int], T], number: int) -> tuple[int, int]:
    """A child that works until nothing is left to do, and the end of the pipe on which it tells."""
    end, say = os.pipe()
    child = os.fork()
    if child:
        os.close(say)
        return child, end
    status = 1
    try:
        from thidua.limits import end_with_parent

        end_with_parent()
        os.close(end)
        found: dict[int, tuple[bool, object]] = {}
        while piece := os.read(todo, 4):
            n = int.from_bytes(piece, "little")
            try:
                found[n] = (True, work(n))
            except BaseException as error:  # told to the parent, which raises it
                found[n] = (False, error)
                break
        with os.fdopen(say, "wb") as file:
            pickle.dump(found, file)
        status = 0
    finally:
        os._exit(status)
