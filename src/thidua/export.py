"""The data set in RDF forms: sorted, so that the same data are the same bytes whatever order they came in."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from thidua.errors import InputError, MachineError
from thidua.jsonld import context_of, to_jsonld
from thidua.terms import PREFIXES

_RDF_FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
}
_WITH_GRAPHS = ("trig", "nquads", "jsonld")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


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
    prefixes = None if form in ("ntriples", "nquads") else used_prefixes(ordered)
    if form in _WITH_GRAPHS:
        return serialize(ordered, format=_RDF_FORMATS[form], prefixes=prefixes) or b""
    triples = [quad.triple for quad in ordered if isinstance(quad.graph_name, DefaultGraph)]
    if form == "rdfxml":
        _refuse_what_xml_cannot_hold(triples)
    return serialize(triples, format=_RDF_FORMATS[form], prefixes=prefixes) or b""


def _refuse_what_xml_cannot_hold(triples: list[Triple]) -> None:
    """XML 1.0 has no way to write most control characters."""
    for triple in triples:
        if isinstance(triple.object, Literal) and _NOT_IN_XML.search(triple.object.value):
            raise InputError("not-in-form", what=f"a control character of {triple.subject}", form="rdfxml", fitting="turtle")


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
    inside = found if form in _WITH_GRAPHS else [Quad(q.subject, q.predicate, q.object) for q in found]
    return serialise(inside, form, context)


def write_whole(path: Path, content: bytes, force: bool) -> None:
    """Writes a file whole or not at all; never over an existing one without `force`.

    A link is followed, an existing file keeps its mode, and what is no plain file (a device, a pipe) is written into.
    """
    if path.is_dir():
        raise InputError("is-directory", path=path)
    if (path.exists() or path.is_symlink()) and not force:
        raise InputError("file-exists", path=path)
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():
            target.write_bytes(content)
            return
        mode = target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask()
        handle, draft = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(draft).chmod(mode)
            Path(draft).replace(target)
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
