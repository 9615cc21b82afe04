"""thidua query: any SPARQL query, within limits of time and memory."""

from __future__ import annotations

import argparse
from pathlib import Path

from thidua.commands.output import FORMATS, write_bytes
from thidua.errors import InputError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE.rq", help="the query's file")
    parser.add_argument("-e", "--expression", metavar="SPARQL", help="the query itself")
    forms = (*FORMATS, "turtle", "ntriples", "jsonld", "rdfxml")
    parser.add_argument("--format", choices=forms, help="form of the result (default: table; turtle for graphs)")
    parser.add_argument("--timeout", type=float, default=60.0, metavar="S", help="stop after S seconds (default 60; 0: never)")
    parser.add_argument("--memory", type=int, default=4096, metavar="MB", help="stop beyond MB megabytes (default 4096; 0: no limit)")


def run(args: argparse.Namespace) -> int:
    """Runs the query and prints its result, whole or not at all."""
    from thidua.query import query
    from thidua.reading import read_text
    from thidua.store import open_store

    if (args.file is None) == (args.expression is None):
        raise InputError("query-file-or-text")
    for name in ("timeout", "memory"):
        if not getattr(args, name) >= 0:
            raise InputError("bad-number", name=name, value=getattr(args, name))
    sparql = args.expression if args.file is None else read_text(args.file)
    open_store(args.store)
    content = query(args.store, sparql, str(args.file or "-e"), args.format, args.message_lang, args.timeout or None, args.memory or None)
    write_bytes(content, binary=args.format == "parquet", what="--format parquet")
    return 0
