"""What commands that print an answer share: the options of its form, and printing it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from thidua.defaults import ANSWER_FORMATS, MEMORY, TIMEOUT
from thidua.errors import InputError

if TYPE_CHECKING:
    from thidua.answers import Answer


def add_format_options(parser: argparse.ArgumentParser, formats: tuple[str, ...] = ANSWER_FORMATS) -> None:
    """--format and --columns."""
    parser.add_argument("--format", choices=formats, default=None, help="form of the answer (default: table)")
    parser.add_argument("--columns", metavar="A,B", help="only these columns, in this order")


def add_output_options(parser: argparse.ArgumentParser, what: str = "FILE") -> None:
    """-o and --force, for what is written whole or not at all.

    Args:
        what: may be written: a file, or a path that becomes a folder.
    """
    parser.add_argument("-o", "--output", type=Path, metavar=what, help=f"write to {what}, whole or not at all (default, or -: stdout)")
    parser.add_argument("--force", action="store_true", help=f"write over {what}")


def add_limit_options(parser: argparse.ArgumentParser, timeout: float = TIMEOUT) -> None:
    """--timeout (seconds, with its default) and --memory."""
    parser.add_argument("--timeout", type=float, default=timeout, metavar="S", help=f"stop after S seconds (default {timeout:g}; 0: never)")
    parser.add_argument(
        "--memory", type=int, default=MEMORY, metavar="MB", help=f"stop beyond MB megabytes (default {MEMORY}; 0: no limit)"
    )


def limits(args: argparse.Namespace) -> tuple[float | None, int | None]:
    """The seconds and megabytes that the options of `add_limit_options` set; None for no limit."""
    for name, most in (("timeout", 10**8), ("memory", 2**30)):
        if not 0 <= getattr(args, name) <= most:
            raise InputError("bad-number", name=name, value=getattr(args, name))
    return args.timeout or None, args.memory or None


def within_limits(args: argparse.Namespace, work: Callable[[], bytes]) -> bytes:
    """What `work` returns, within the limits that the options of `add_limit_options` set."""
    from thidua.limits import run_limited

    return run_limited(work, *limits(args))


def render(answer: Answer, form: str, lang: str) -> bytes:
    """The answer in one of ANSWER_FORMATS."""
    from thidua.formats import WRITERS
    from thidua.tables import to_table

    return to_table(answer, lang).encode() if form == "table" else WRITERS[form](answer)


def shown(answer: Answer, args: argparse.Namespace) -> bytes:
    """The answer as the options of `add_format_options` ask."""
    from thidua.answers import pick_columns

    if args.columns:
        answer = pick_columns(answer, [name.strip() for name in args.columns.split(",")])
    return render(answer, args.format or "table", args.message_lang)


def print_answer(answer: Answer, args: argparse.Namespace) -> None:
    """Prints the answer to stdout as the options of `add_format_options` ask."""
    write_bytes(shown(answer, args), args.format)


def write_bytes(content: bytes, form: str | None = None) -> None:
    """Writes to stdout; a binary form never to a terminal."""
    if form == "parquet" and sys.stdout.isatty():
        raise InputError("needs-file", what=f"--format {form}")
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def write_output(path: Path | None, content: bytes, force: bool) -> None:
    """Writes to the file, whole or not at all; to stdout where there is none or it is "-"."""
    from thidua.files import write_file

    if path is None or str(path) == "-":
        write_bytes(content)
    else:
        write_file(path, lambda file: file.write(content), force)
