"""thidua picture: a network, a timeline or a chart, to look at or to print."""

from __future__ import annotations

import argparse

from thidua.commands.filters import add_filters
from thidua.commands.network import check_form, check_kind, check_terminal, select
from thidua.commands.output import add_limit_options, add_output_options, within_limits, write_output
from thidua.defaults import NETWORK_TIMEOUT, NETWORKS, PICTURE_FORMS, PICTURE_SIZES, PICTURES
from thidua.errors import InputError, said


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument("kind", metavar="KIND", help=", ".join(PICTURES))
    parser.add_argument("--of", metavar="NETWORK", help=f"which network: {', '.join(NETWORKS)} (default: awards)")
    parser.add_argument("--format", metavar="FORM", help=f"{', '.join(PICTURE_FORMS)} (default: as the name of FILE ends, else svg)")
    parser.add_argument("--size", choices=PICTURE_SIZES, default="large", help="large is A4 across (default), small 160 mm wide")
    add_filters(parser)
    add_limit_options(parser, NETWORK_TIMEOUT)
    add_output_options(parser)


def run(args: argparse.Namespace) -> int:
    """Writes the picture."""
    check_kind(args.kind, PICTURES, "unknown-picture")
    if args.of is not None and args.kind != "network":
        raise InputError("usage", detail=said("only-of-network"), program="thidua picture")
    check_kind(args.of or "awards", NETWORKS, "unknown-network")
    ending = "" if args.output is None else args.output.suffix.removeprefix(".").lower()
    form = args.format or (ending if ending in PICTURE_FORMS else "svg")
    check_form(form, PICTURE_FORMS)
    check_terminal(args, form)
    write_output(args.output, within_limits(args, lambda: _made(args, form)), args.force)
    return 0


def _made(args: argparse.Namespace, form: str) -> bytes:
    from thidua.pictures.sheet import needs_pictures

    needs_pictures()
    from thidua.pictures.picture import network_as_picture, picture

    selection = select(args)
    if args.kind != "network":
        return picture(selection, args.kind, form, args.size, args.lang)
    from thidua.networks.network import network

    return network_as_picture(selection, network(selection, args.of or "awards", args.lang), form, args.size, args.lang)
