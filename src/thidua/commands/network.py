"""thidua network: who awarded whom, who is under whom, who shares what; as a table, a file for Gephi, measures or a picture."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from thidua.commands.filters import add_filters, given_filters
from thidua.commands.output import add_limit_options, add_output_options, shown, within_limits, write_output
from thidua.defaults import ANSWER_FORMATS, NETWORK_FORMS, NETWORK_TIMEOUT, NETWORKS, PICTURE_FORMS, PICTURE_SIZES
from thidua.errors import InputError, said

if TYPE_CHECKING:
    from thidua.selection import Selection

TABLES = tuple(form for form in ANSWER_FORMATS if form not in NETWORK_FORMS)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument("kind", metavar="KIND", help=", ".join(NETWORKS))
    parser.add_argument(
        "--measures", action="store_true", help="a table of the nodes: degree, betweenness, PageRank, components, communities …"
    )
    parser.add_argument(
        "--projected", nargs="?", const="bodies", choices=("bodies", "campaigns"),
        help="campaigns: join two bodies that share a campaign (default), or two campaigns that share a body",
    )  # fmt: skip
    parser.add_argument("--format", metavar="FORM", help=f"{', '.join(NETWORK_FORMS)}, or the ties as {', '.join(TABLES)} (default: table)")
    parser.add_argument("--columns", metavar="A,B", help="of a table: only these columns, in this order")
    parser.add_argument("--size", choices=PICTURE_SIZES, default="large", help="of svg and png: large is A4 across, small 160 mm wide")
    add_filters(parser)
    add_limit_options(parser, NETWORK_TIMEOUT)
    add_output_options(parser)


def run(args: argparse.Namespace) -> int:
    """Prints or writes the network."""
    check_kind(args.kind, NETWORKS, "unknown-network")
    form = args.format or "table"
    check_form(form, ANSWER_FORMATS if args.measures else (*TABLES, *NETWORK_FORMS))
    if args.projected and args.kind != "campaigns":
        raise InputError("usage", detail=said("only-campaigns-projected"), program="thidua network")
    check_terminal(args, form)
    hint, _, content = within_limits(args, lambda: _made(args, form)).partition(b"\0")
    if hint:
        print(f"thidua: {hint.decode()}", file=sys.stderr)
    write_output(args.output, content, args.force)
    return 0


def check_kind(name: str, known: tuple[str, ...], key: str) -> None:
    """Raises where `name` is none of `known`, with the nearest or all of them."""
    from thidua.cli import nearest

    if name not in known:
        choices = nearest(name, list(known))
        if choices:
            raise InputError("did-you-mean", detail=said(key, name=name), choices=", ".join(choices))
        raise InputError("list-kinds", detail=said(key, name=name), names=", ".join(known))


def check_form(form: str, known: tuple[str, ...]) -> None:
    """Raises where `form` is none of `known`, with the nearest."""
    from thidua.cli import unknown

    if form not in known:
        raise unknown("unknown-form", form, list(known))


def check_terminal(args: argparse.Namespace, form: str) -> None:
    """A binary form goes to a file or a pipe, never to a terminal."""
    if form in ("png", "parquet") and (args.output is None or str(args.output) == "-") and sys.stdout.isatty():
        raise InputError("needs-file", what=f"--format {form}")


def select(args: argparse.Namespace) -> Selection:
    """The part of the store that the filters leave."""
    from thidua.selection import read_filters, select_part
    from thidua.store import open_store

    store = open_store(args.store)
    return select_part(store, read_filters(store, given_filters(args)))


def _made(args: argparse.Namespace, form: str) -> bytes:
    """A hint for stderr or nothing, a zero byte, and what the command prints."""
    from thidua.networks.network import network

    if form in PICTURE_FORMS:
        from thidua.pictures.sheet import needs_pictures

        needs_pictures()
    selection = select(args)
    graph = network(selection, args.kind, args.lang, args.projected)
    if args.measures:
        from thidua.networks.measures import measures, sampled_hint

        hint = sampled_hint(graph, args.message_lang)
        return hint.encode() + b"\0" + shown(measures(graph), args)
    if form in PICTURE_FORMS:
        from thidua.pictures.picture import network_as_picture

        return b"\0" + network_as_picture(selection, graph, form, args.size, args.lang)
    if form in NETWORK_FORMS:
        from thidua.networks.files import WRITERS

        return b"\0" + "".join(WRITERS[form](graph)).encode()
    from thidua.networks.edge_list import edge_list

    return b"\0" + shown(edge_list(graph), args)
