"""thidua export: the data set, or a part of it, in another form."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from thidua.commands.filters import add_filters, given_filters
from thidua.commands.output import add_output_options
from thidua.defaults import EXPORT_FORMS
from thidua.messages import text

if TYPE_CHECKING:
    from thidua.exports import Form


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument("--format", metavar="FORM", required=True, help=", ".join(EXPORT_FORMS))
    add_filters(parser)
    add_output_options(parser, "PATH")


def _tell_losses(form: Form, lang: str) -> None:
    """Says on stderr what the form does not carry, or only in part."""
    from thidua.exports import CANONICAL, FACETS, FACETS_VI

    words = FACETS_VI if lang == "vi" else FACETS
    if len(form.leaves_out) == len(FACETS):
        print(f"thidua: {text('form-describes', lang, form=form.name)}", file=sys.stderr)
        return
    for key, name, facets in (
        ("form-loses", "lost", form.leaves_out),
        ("form-flattens", "flat", [facet for facet, how in form.flattens if (facet, how) != CANONICAL]),
    ):
        if facets:
            listed = "; ".join(words[facet] for facet in facets)
            print(f"thidua: {text(key, lang, form=form.name, **{name: listed})}", file=sys.stderr)


def run(args: argparse.Namespace) -> int:
    """Writes the export."""
    from thidua.assets import Assets
    from thidua.cli import unknown
    from thidua.errors import InputError
    from thidua.exports import Dataset, form_of
    from thidua.files import write_file, write_folder, write_stdout
    from thidua.selection import read_filters, select_part
    from thidua.store import open_store

    if args.format not in EXPORT_FORMS:
        raise unknown("unknown-form", args.format, list(EXPORT_FORMS))
    form = form_of(args.format)
    to_stdout = args.output is None or str(args.output) == "-"
    if to_stdout and form.to_file is None:
        raise InputError("folder-to-stdout", form=form.name)
    if to_stdout and form.binary and sys.stdout.isatty():
        raise InputError("needs-file", what=f"--format {form.name}")
    store = open_store(args.store)
    data = Dataset(store, select_part(store, read_filters(store, given_filters(args))), Assets(args.root))
    if form.to_folder is not None:
        to_folder = form.to_folder
        write_folder(args.output, lambda folder: to_folder(data, folder), args.force)
    elif form.to_file is not None:
        to_file = form.to_file
        if to_stdout:
            write_stdout(lambda file: to_file(data, file))
        else:
            write_file(args.output, lambda file: to_file(data, file), args.force)
    _tell_losses(form, args.message_lang)
    return 0
