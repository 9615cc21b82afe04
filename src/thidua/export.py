"""The data set in RDF forms: sorted, so that the same data are the same bytes whatever order they came in."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, serialize

from thidua.errors import InputError, MachineError
from thidua.jsonld import context_of, to_jsonld
from thidua.terms import PREFIXES

DATASET_FORMATS = {"trig": RdfFormat.TRIG, "nquads": RdfFormat.N_QUADS}
GRAPH_FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
EXPORT_FORMATS = (*GRAPH_FORMATS, *DATASET_FORMATS)


def _key(quad: Quad) -> tuple[str, str, str, str]:
    graph = "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
    return graph, str(quad.subject), str(quad.predicate), str(quad.object)


def used_prefixes(quads: Iterable[Quad]) -> dict[str, str]:
    """Those of PREFIXES whose namespaces the quads use."""
    iris = {term.value for quad in quads for term in (quad.subject, quad.predicate, quad.object) if isinstance(term, NamedNode)}
    return {prefix: namespace for prefix, namespace in PREFIXES.items() if any(iri.startswith(namespace) for iri in iris)}


def serialise(quads: list[Quad], form: str, context: dict[str, object] | None = None) -> bytes:
    """The quads in one of EXPORT_FORMATS; graph forms take the default graph's statements only."""
    ordered = sorted(quads, key=_key)
    if form == "jsonld":
        return to_jsonld(ordered, context if context is not None else context_of([]))
    if form in DATASET_FORMATS:
        return serialize(ordered, format=DATASET_FORMATS[form], prefixes=used_prefixes(ordered)) or b""
    triples = [quad.triple for quad in ordered if isinstance(quad.graph_name, DefaultGraph)]
    prefixes = used_prefixes(ordered) if form != "ntriples" else None
    return serialize(triples, format=GRAPH_FORMATS[form], prefixes=prefixes) or b""


def export(store: Store, form: str, graph: NamedNode | None = None) -> bytes:
    """The data set, or one named graph, as bytes.

    trig, nquads and jsonld hold the default graph (all statements merged, and the derived ones) and every source's own
    graph; turtle, ntriples and rdfxml hold the default graph. With `graph`, any form holds that graph alone.
    """
    context = context_of(store.quads_for_pattern(None, None, None, DefaultGraph()))
    if graph is None:
        return serialise(list(store), form, context)
    found = list(store.quads_for_pattern(None, None, None, graph))
    if not found:
        raise InputError("unknown-node", value=graph.value)
    inside = found if form in ("trig", "nquads", "jsonld") else [Quad(q.subject, q.predicate, q.object) for q in found]
    return serialise(inside, form, context)


def write_whole(path: Path, content: bytes, force: bool) -> None:
    """Writes a file whole or not at all; never over an existing one without `force`."""
    if path.is_dir():
        raise InputError("is-directory", path=path)
    if path.exists() and not force:
        raise InputError("file-exists", path=path)
    try:
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(draft).chmod(0o666 & ~_umask())
            Path(draft).replace(path)
        except BaseException:
            Path(draft).unlink()
            raise
    except FileNotFoundError as error:
        raise InputError("missing-file", path=path.parent) from error
    except OSError as error:
        raise MachineError("cannot-write", path=path, detail=error.strerror or error) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
