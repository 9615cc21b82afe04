"""Independent pieces of work done by several processes that share the memory of this one (fork), for large data."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
_MOST_SHARES = 10_000  # a pipe holds 16 thousand numbers


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
    together = -(-number // _MOST_SHARES)
    for first in range(0, number, together):
        os.write(put, first.to_bytes(4, "little"))
    os.close(put)
    shares = {first: range(first, min(first + together, number)) for first in range(0, number, together)}
    ends = [_start(todo, work, shares) for _ in range(processes)]
    os.close(todo)
    done: dict[int, tuple[bool, T | BaseException]] = {}
    killed = False
    for child, end in ends:
        with os.fdopen(end, "rb") as file:
            content = file.read()
        _, status = os.waitpid(child, 0)
        killed |= status != 0
        if status == 0:
            done.update(pickle.loads(content))
    if killed:
        raise MemoryError  # as far as one knows why a process is killed
    results: list[T] = []
    for n in sorted(done):
        sound, found = done[n]
        if not sound:
            raise found  # type: ignore[misc]
        results.append(found)  # type: ignore[arg-type]
    return results


def _start(todo: int, work: Callable[[int], T], shares: dict[int, range]) -> tuple[int, int]:
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
        failed = False
        while not failed and (share := os.read(todo, 4)):
            for n in shares[int.from_bytes(share, "little")]:
                try:
                    found[n] = (True, work(n))
                except BaseException as error:  # told to the parent, which raises it
                    found[n] = (False, error)
                    failed = True
                    break
        with os.fdopen(say, "wb") as file:
            pickle.dump(found, file)
        status = 0
    finally:
        os._exit(status)
