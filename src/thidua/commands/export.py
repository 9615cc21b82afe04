"""thidua export: the data set in an RDF form."""

from __future__ import annotations

import argparse
from pathlib import Path

from thidua.commands.output import write_output
from thidua.defaults import EXPORT_FORMATS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument("--format", choices=EXPORT_FORMATS, required=True, help="trig, nquads and jsonld keep the sources' graphs apart")
    parser.add_argument("--source", metavar="SOURCE", help="only the graph of this source, as last corrected (000, an IRI, its title)")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write to FILE, whole or not at all (default, or -: stdout)")
    parser.add_argument("--force", action="store_true", help="write over FILE")


def run(args: argparse.Namespace) -> int:
    """Writes the export."""
    from pyoxigraph import DefaultGraph, NamedNode

    from thidua.errors import InputError
    from thidua.export import export
    from thidua.resolve import resolve
    from thidua.store import open_store
    from thidua.terms import WAS_DERIVED_FROM
    from thidua.versions import superseded_in

    store = open_store(args.store)
    graph: NamedNode | None = None
    if args.source is not None:
        source = resolve(store, "source", "source", args.source)
        graphs = [quad.subject for quad in store.quads_for_pattern(None, WAS_DERIVED_FROM, source, DefaultGraph())]
        gone = superseded_in(store)
        graph = next((one for one in graphs if isinstance(one, NamedNode) and one.value not in gone), None)
        if graph is None:
            raise InputError("unknown-node", value=args.source)
    write_output(args.output, export(store, args.format, graph), args.force)
    return 0
