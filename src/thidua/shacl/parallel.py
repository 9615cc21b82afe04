"""Independent pieces of work done by several processes that share the memory of this one (fork), for large data."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

T = TypeVar("T")
_MOST_SHARES = 10_000  # a pipe holds 16 thousand numbers
_Outcome = tuple[bool, Any]  # whether all went well, and what came of it: the result, or the exception


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(number: int, work: Callable[[int], T], processes: int) -> list[T]:
    """What `work` gives for 0, 1 … number - 1, in this order; whoever is free takes the next, this process being one of them.

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
    others = [_started(lambda: _share(todo, work, shares)) for _ in range(processes - 1)]
    done = _share(todo, work, shares)
    if not all(sound for sound, _ in done.values()):
        while os.read(todo, 4096):  # nobody needs to go on
            pass
    os.close(todo)
    ended = [_end(*other) for other in others]
    for found in ended:
        if found is None:
            raise MemoryError  # as far as one knows why a process is killed
        done.update(found)
    return [_result(done[n]) for n in sorted(done)]


def beside(work: Callable[[], T]) -> Callable[[], T]:
    """Begins `work` in a process of its own; the function given back waits for what it gives, and raises what it raised."""
    other = _started(lambda: _outcome(work))

    def ended() -> T:
        found = _end(*other)
        if found is None:
            raise MemoryError
        result: T = _result(found)
        return result

    return ended


def _share(todo: int, work: Callable[[int], T], shares: dict[int, range]) -> dict[int, _Outcome]:
    """Works until nothing is left to do, or something went wrong."""
    done: dict[int, _Outcome] = {}
    while share := os.read(todo, 4):
        for n in shares[int.from_bytes(share, "little")]:
            done[n] = _outcome(partial(work, n))
            if not done[n][0]:
                return done
    return done


def _outcome(work: Callable[[], object]) -> _Outcome:
    try:
        return True, work()
    except BaseException as error:  # raised where all comes together
        return False, error if _can_be_told(error) else RuntimeError(f"{type(error).__name__}: {error}")


def _can_be_told(error: BaseException) -> bool:
    """Does the exception survive the way to another process?"""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # whatever its class does there
        return False
    return True


def _result(outcome: _Outcome) -> Any:
    sound, found = outcome
    if not sound:
        raise found
    return found


def _started(work: Callable[[], object]) -> tuple[int, int]:
    """A child that tells what `work` gives on a pipe: its number, and the end of the pipe to read from."""
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
        found = work()
        with os.fdopen(say, "wb") as file:
            pickle.dump(found, file, pickle.HIGHEST_PROTOCOL)
        status = 0
    finally:
        os._exit(status)


def _end(child: int, end: int) -> Any:
    """What a child tells; None where it came to no good end."""
    with os.fdopen(end, "rb") as file:
        content = file.read()
    _, status = os.waitpid(child, 0)
    return pickle.loads(content) if status == 0 else None
