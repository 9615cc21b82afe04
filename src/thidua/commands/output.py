"""What commands that print an answer share: the options of its form, and printing it."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from thidua.errors import InputError

if TYPE_CHECKING:
    from thidua.answers import Answer

FORMATS = ("table", "csv", "tsv", "json", "jsonl", "md", "parquet")


def add_format_options(parser: argparse.ArgumentParser, formats: tuple[str, ...] = FORMATS) -> None:
    """--format and --columns."""
    parser.add_argument("--format", choices=formats, default=None, help="form of the answer (default: table)")
    parser.add_argument("--columns", metavar="A,B", help="only these columns, in this order")


def render(answer: Answer, form: str, lang: str) -> bytes:
    """The answer in one of FORMATS."""
    from thidua.formats import WRITERS
    from thidua.tables import to_table

    return to_table(answer, lang).encode() if form == "table" else WRITERS[form](answer)


def print_answer(answer: Answer, args: argparse.Namespace) -> None:
    """Prints the answer to stdout as the options of `add_format_options` ask."""
    from thidua.answers import pick_columns

    if args.columns:
        answer = pick_columns(answer, [name.strip() for name in args.columns.split(",")])
    form = args.format or "table"
    write_bytes(render(answer, form, args.message_lang), binary=form == "parquet", what=f"--format {form}")


def write_bytes(content: bytes, binary: bool = False, what: str = "") -> None:
    """Writes to stdout; binary content never to a terminal."""
    if binary and sys.stdout.isatty():
        raise InputError("needs-file", what=what)
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()
