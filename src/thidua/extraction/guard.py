"""One text at a time: within a time limit, and what goes wrong with it told of it, so that the others go on."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TypeVar

from thidua.errors import InputError, MachineError, Said, ThiduaError, of_engine, said

SECONDS = 60.0  # for one text, from bytes to graph; the longest honest one takes a fraction of a second

Result = TypeVar("Result")


class TookTooLong(BaseException):
    """The time for a piece of work is up; no ordinary error, so that no step takes it for one of its own."""


@dataclass(frozen=True)
class Trouble:
    """What went wrong with a text, and the exit code of its kind."""

    why: Said
    code: int


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raises TookTooLong in the middle of the work when the time is up; for the main thread of a process."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TookTooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def guarded(work: Callable[[], Result], name: str, seconds: float = SECONDS) -> Result | Trouble:
    """What `work` returns on a text, or what went wrong with that text.

    Args:
        name: how the user knows the text.

    Raises:
        MachineError, OSError: of the machine, which concern all texts.
    """
    try:
        with time_limit(seconds):
            return work()
    except TookTooLong:
        return Trouble(said("text-too-slow", seconds=f"{seconds:g}"), MachineError.exit_code)
    except InputError as error:
        return Trouble(told(error.key, error.arguments, name), error.exit_code)
    except MemoryError:
        return Trouble(said("machine", detail="out of memory"), MachineError.exit_code)
    except (MachineError, OSError):
        raise
    except Exception as error:
        ours = error if isinstance(error, ThiduaError) else of_engine(error)
        return Trouble(told(ours.key, ours.arguments, name), ours.exit_code)


def told(key: str, arguments: Mapping[str, object], name: str) -> Said:
    """A message that can be sent from process to process, and calls the text by the name that the user gave."""
    plain = {key: one if isinstance(one, Said | int) else str(one) for key, one in arguments.items()}
    if plain.get("path") == Path(name).name:
        plain["path"] = name
    return said(key, **plain)
