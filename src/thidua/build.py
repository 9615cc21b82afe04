"""Ontology, graph and derivations → the store: one data set whose default graph holds all, merged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pyoxigraph import DefaultGraph, Quad, QueryTriples, Store

from thidua import __version__
from thidua.assets import Assets
from thidua.errors import InputError
from thidua.reading import RDF_FORMATS, check_file, normalise, read_quads, read_text
from thidua.sparql import readable, refuse_service
from thidua.store import FORMAT, Manifest, StoreWriter, read_manifest, sound_manifest
from thidua.versions import current, known_on


@dataclass(frozen=True)
class Built:
    """What a build did: its store's manifest, whether anything was new, how many texts were brought to NFC."""

    manifest: Manifest
    changed: bool
    normalised: int


def input_files(assets: Assets) -> list[tuple[str, Path]]:
    """Every file a store is made from, as (name independent of the machine, path), sorted by name.

    Raises:
        InputError: there is no data file at all.
    """
    files = [
        file
        for name, suffixes in (("ontology", (*RDF_FORMATS, ".rq")), ("graph", tuple(RDF_FORMATS)))
        for file in assets.named_files(name, *suffixes)
    ]
    if not any(name.startswith("graph/") for name, _ in files):
        raise InputError("no-data", path=assets.folder("graph"))
    return sorted(files)


def fingerprint(files: Iterable[tuple[str, Path]]) -> str:
    """Hex SHA-256 over names and bytes of the files, the program's version and the store's format."""
    whole = sha256(f"{__version__} {FORMAT}".encode())
    for name, path in files:
        check_file(path)
        whole.update(f"\n{name} {sha256(path.read_bytes()).hexdigest()}".encode())
    return whole.hexdigest()


def load(store: Store, files: Iterable[tuple[str, Path]], day: str | None = None, extra: Iterable[Quad] = ()) -> int:
    """Reads the data files into `store`: every statement in the default graph, those of a source in its graph too.

    Args:
        day: only what had been recorded by then (see thidua.versions).
        extra: statements beside those of the files.

    Returns:
        how many literals were not NFC and were normalised.
    """
    quads = list(extra)
    for name, path in files:
        if path.suffix in RDF_FORMATS:
            quads.extend(read_quads(path, name))
    quads, normalised = normalise(quads)
    store.bulk_extend(merged(quads if day is None else known_on(quads, day)))
    return normalised


def merged(quads: Iterable[Quad]) -> Iterator[Quad]:
    """The quads, and each of a named graph once more in the default graph, unless that graph is superseded."""
    quads = list(quads)
    yield from quads
    for quad in current(quads):
        if not isinstance(quad.graph_name, DefaultGraph):
            yield Quad(quad.subject, quad.predicate, quad.object)


def derive(store: Store, files: Iterable[tuple[str, Path]]) -> int:
    """Runs the derivations (CONSTRUCT queries, in order of their names) over the default graph, into it.

    Returns:
        how many statements were added.
    """
    before = len(store)
    for _, path in files:
        if path.suffix != ".rq":
            continue
        sparql = read_text(path)
        refuse_service(sparql, path)
        try:
            result = store.query(sparql)
        except SyntaxError as error:
            raise InputError("derivation", path=path, detail=readable(error)) from error
        if not isinstance(result, QueryTriples):
            raise InputError("derivation", path=path, detail="not a CONSTRUCT query")
        store.extend([Quad(triple.subject, triple.predicate, triple.object) for triple in result])
    return len(store) - before


def build(assets: Assets, store_path: Path, force: bool = False) -> Built:
    """Builds the store at `store_path` from `assets`; when nothing changed since the last build, does nothing.

    The old store stays in use until the new one is whole (see thidua.store).

    Raises:
        InputError: a file that cannot be read as it is, with file and line.
        MachineError: another build of this store is under way, or the disk refuses.
    """
    files = input_files(assets)
    digest = fingerprint(files)
    current = sound_manifest(store_path)
    if current is not None and current.inputs == digest and not force:
        return Built(current, changed=False, normalised=0)
    with StoreWriter(store_path) as writer:
        normalised = 0

        def fill(store: Store) -> dict[str, int]:
            nonlocal normalised
            normalised = load(store, files)
            stated = len(store)
            derived = derive(store, files)
            graphs = sum(1 for _ in store.named_graphs())
            return {"files": len(files), "statements": stated, "derived": derived, "graphs": graphs}

        return Built(writer.replace(digest, fill), changed=True, normalised=normalised)


def build_in_memory(assets: Assets, extra: Iterable[Quad] = (), without: Iterable[Quad] = (), day: str | None = None) -> Store:
    """The same data set in memory.

    Args:
        extra: statements to add before the derivations (for trials).
        without: statements to leave out, likewise.
        day: only what had been recorded by then (see thidua.versions); registry, law and ontology as they are now.
    """
    files = input_files(assets)
    store = Store()
    load(store, files, day, extra)
    for quad in without:
        store.remove(quad)
    derive(store, files)
    return store


def build_as_known(assets: Assets, store_path: Path, day: str) -> Store:
    """The data set in memory as far as it had been recorded by the end of `day`.

    Raises:
        InputError: the store at `store_path` was built from other files, so that its answers would be of other data.
    """
    manifest = read_manifest(store_path)
    if manifest is None or manifest.inputs != fingerprint(input_files(assets)):
        raise InputError("store-of-other-files", path=store_path)
    return build_in_memory(assets, day=day)
