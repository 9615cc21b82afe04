"""thidua export: the data set in an RDF form."""

from __future__ import annotations

import argparse
from pathlib import Path

from thidua.commands.output import write_bytes


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    forms = ("turtle", "ntriples", "jsonld", "rdfxml", "trig", "nquads")
    parser.add_argument("--format", choices=forms, required=True, help="trig, nquads and jsonld keep the sources' graphs apart")
    parser.add_argument("--source", metavar="SOURCE", help="only the graph of this source (000, an IRI, its title)")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write to FILE, whole or not at all (default, or -: stdout)")
    parser.add_argument("--force", action="store_true", help="write over FILE")


def run(args: argparse.Namespace) -> int:
    """Writes the export."""
    from pyoxigraph import NamedNode

    from thidua.errors import InputError
    from thidua.export import export, write_whole
    from thidua.resolve import resolve
    from thidua.store import open_store
    from thidua.terms import WAS_DERIVED_FROM

    store = open_store(args.store)
    graph: NamedNode | None = None
    if args.source is not None:
        source = resolve(store, "source", "source", args.source)
        quad = next(store.quads_for_pattern(None, WAS_DERIVED_FROM, source), None)
        if quad is None or not isinstance(quad.subject, NamedNode):
            raise InputError("unknown-node", value=args.source)
        graph = quad.subject
    content = export(store, args.format, graph)
    if args.output is None or str(args.output) == "-":
        write_bytes(content)
    else:
        write_whole(args.output, content, args.force)
    return 0
