"""thidua find: things by name."""

from __future__ import annotations

import argparse

from thidua.commands.output import add_format_options, print_answer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument("text", metavar="TEXT", nargs="+", help="part of a name; accents, case and marks do not matter")
    add_format_options(parser)


def run(args: argparse.Namespace) -> int:
    """Lists the things found, best first."""
    from pyoxigraph import Literal

    from thidua.answers import Answer, Row
    from thidua.resolve import find, main_label
    from thidua.show import classes_of
    from thidua.store import open_store

    store = open_store(args.store)
    rows: list[Row] = [
        (
            named.node,
            Literal(main_label(store, named.node, args.lang)),
            Literal(" ".join(classes_of(store, named.node))),
            Literal(named.label),
        )
        for named in find(store, " ".join(args.text))
    ]
    print_answer(Answer(["node", "label", "class", "matched"], rows), args)
    return 0
