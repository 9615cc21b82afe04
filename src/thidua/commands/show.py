"""thidua show: all that is known of a thing."""

from __future__ import annotations

import argparse

from thidua.commands.output import add_format_options, print_answer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument("node", metavar="NODE", help="an IRI, id:award/000-1, or a label")
    add_format_options(parser)


def run(args: argparse.Namespace) -> int:
    """Shows the thing: a few words, then every statement with its sources."""
    from thidua.resolve import resolve_node
    from thidua.show import show, show_text
    from thidua.store import open_store

    store = open_store(args.store)
    node = resolve_node(store, args.node)
    if args.format is None and not args.columns:
        print(show_text(store, node, args.lang), end="")
    else:
        print_answer(show(store, node, args.lang), args)
    return 0
