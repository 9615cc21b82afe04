"""What is validated against what: the built store or given files, our shapes or others'."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import rdflib
import rdflib.plugins.sparql
from pyoxigraph import DefaultGraph, Literal, Quad, Store
from rdflib import Graph, URIRef

from thidua.assets import Assets
from thidua.build import derive, input_files, merged
from thidua.errors import InputError, NothingChecked
from thidua.findings import Report
from thidua.reading import RDF_FORMATS, read_quads
from thidua.sparql import refuse_service
from thidua.terms import PREFIXES
from thidua.validation import validate
from thidua.versions import current

rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False  # or FROM <http://…> in a shape's query is fetched
SH = PREFIXES["sh"]


def to_rdflib(quads: Iterable[Quad]) -> Graph:
    """The statements, whatever their graph, as an rdflib graph; lexical forms stay as they are."""
    lines = {f"{quad.triple} .\n" for quad in quads}
    rdflib.NORMALIZE_LITERALS = False  # or "007" becomes "7"; pySHACL turns it on again after each run
    return Graph().parse(data="".join(sorted(lines)), format="nt")


def read_shapes(paths: list[Path]) -> Graph:
    """The shapes of some files.

    Raises:
        NothingChecked: the files hold no statement at all.
    """
    quads: list[Quad] = []
    for path in paths:
        if not path.exists():
            raise InputError("missing-file", path=path)
        if path.is_file() and not path.stat().st_size:
            continue
        quads += read_quads(path, str(path))
    if not quads:
        raise NothingChecked("no-shapes", path=", ".join(map(str, paths)))
    for quad in quads:
        if quad.predicate.value in (SH + "select", SH + "ask", SH + "construct") and isinstance(quad.object, Literal):
            refuse_service(quad.object.value, ", ".join(map(str, paths)))
    return to_rdflib(quads)


def read_data(paths: list[Path]) -> list[Quad]:
    """The statements of some files, exactly as written."""
    return [quad for path in paths for quad in read_quads(path, str(path))]


def check_store(store: Store, shapes: Graph) -> Report:
    """The built store's merged statements against shapes."""
    return _report(to_rdflib(store.quads_for_pattern(None, None, None, DefaultGraph())), shapes, None)


def check_files(data: list[Quad], shapes: Graph, assets: Assets | None) -> Report:
    """Given statements against shapes, but for those of superseded graphs: a correction may contradict what it corrects.

    Args:
        assets: whose ontology, registry, law and sources the data are checked together with, all derivations included; a
            source whose graph is among the data is left out, since the data state it anew. Findings are of the data's own
            nodes, and those of other nodes that name one of them. None: the data by themselves, as they are.
    """
    if not data:
        raise NothingChecked("no-data-to-check")
    if assets is None:
        return _report(to_rdflib(current(data)), shapes, None)
    stated_anew = {quad.graph_name for quad in data if not isinstance(quad.graph_name, DefaultGraph)}
    files = input_files(assets)
    read = [read_quads(path, name) for name, path in files if path.suffix in RDF_FORMATS]
    context = [quad for quads in read if not any(quad.graph_name in stated_anew for quad in quads) for quad in quads]
    store = Store()
    store.bulk_extend(merged([*context, *data]))
    stated = _merged_statements(store)
    derive(store, files)
    subjects = {URIRef(quad.subject.value) for quad in data if hasattr(quad.subject, "value")}
    return _report(to_rdflib([*current([*context, *data]), *(_merged_statements(store) - stated)]), shapes, subjects)


def _merged_statements(store: Store) -> set[Quad]:
    return set(store.quads_for_pattern(None, None, None, DefaultGraph()))


def _report(data: Graph, shapes: Graph, only: set[URIRef] | None) -> Report:
    report = validate(data, shapes, only)
    if not report.focus_nodes:
        raise NothingChecked("no-target-hit")
    return report
