"""thidua query: any SPARQL query, within limits of time and memory."""

from __future__ import annotations

import argparse
from pathlib import Path

from thidua.commands.output import add_limit_options, within_limits, write_bytes
from thidua.defaults import ANSWER_FORMATS, GRAPH_FORMATS
from thidua.errors import InputError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE.rq", help="the query's file (-: stdin)")
    parser.add_argument("-e", "--expression", metavar="SPARQL", help="the query itself")
    forms = (*ANSWER_FORMATS, *GRAPH_FORMATS)
    parser.add_argument("--format", choices=forms, help="form of the result (default: table; turtle for graphs)")
    add_limit_options(parser)


def run(args: argparse.Namespace) -> int:
    """Runs the query and prints its result, whole or not at all."""
    from thidua.query import evaluate
    from thidua.reading import read_text
    from thidua.store import open_store

    if (args.file is None) == (args.expression is None):
        raise InputError("query-file-or-text")
    sparql, path = (args.expression, "-e") if args.file is None else (read_text(args.file), str(args.file))
    content = within_limits(args, lambda: evaluate(open_store(args.store), sparql, path, args.format, args.message_lang))
    write_bytes(content, args.format)
    return 0
