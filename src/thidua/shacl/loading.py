"""Files as data to be validated: large ones go into the store by the engine's own loader, which keeps literals by their values only,
while a second process looks for those that this changes."""

from __future__ import annotations

import mmap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from threading import Thread

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from thidua.errors import InputError
from thidua.reading import RDF_FORMATS, WITH_GRAPHS, each_quad, parsed
from thidua.shacl import parallel
from thidua.shacl.data import Data, in_store
from thidua.shacl.literals import beyond_engine, may_change, storable, surely_kept

LARGE = 2**18  # bytes from which on this is quicker than statement by statement
MANY = 10_000  # literals to be put right from which on it is not


def read_data(paths: Sequence[Path]) -> Data:
    """The statements of some files without named graphs, as one graph; blank nodes are named as by `read_quads`, with the files' paths.

    Raises:
        InputError: as `read_quads`.
    """
    return begin(paths)()


def begin(paths: Sequence[Path]) -> Callable[[], Data]:
    """Begins with what `read_data` does, and goes on beside other work; the function given back waits for the data."""

    def by_statement() -> Data:
        return Data(chain.from_iterable(each_quad(path, str(path)) for path in paths), graphs=False)

    try:
        signs = _signs_of_blank_nodes(paths) if parallel.cores() > 1 and _fit(paths) else None
    except (OSError, ValueError):  # told better where the files are read; a file may have become empty in between
        signs = None
    if signs is None or b"_:" in signs or b"[" in signs:  # the loader names blank nodes as it likes
        return by_statement
    ended = parallel.beside(lambda: _seen(paths, collections=bool(signs)))
    data, wrong = Data(), list[BaseException]()
    thread = Thread(target=_load, args=(data, paths, wrong), daemon=True)
    try:
        thread.start()
    except RuntimeError as error:  # no room for its stack
        raise MemoryError from error

    def loaded() -> Data:
        thread.join()
        seen = ended()  # raises what is wrong with a file, in better words than the loader's
        if seen is None:
            return by_statement()
        if wrong:
            raise wrong[0]
        data.put_right(seen.written, seen.beside)
        data.size, data.beyond = seen.size, seen.beyond
        return data

    return loaded


@dataclass
class _Seen:
    """What the loader would not keep: literals written in another way than it would, of which `beside` are stated in that way too."""

    size: int = 0
    written: list[Quad] = field(default_factory=list)
    beside: set[Quad] = field(default_factory=set)
    beyond: set[NamedNode] = field(default_factory=set)


def _load(data: Data, paths: Sequence[Path], wrong: list[BaseException]) -> None:
    try:
        for path in paths:
            data.store.bulk_load(path=str(path), format=RDF_FORMATS[path.suffix])
    except BaseException as error:  # raised where the data are asked for
        wrong.append(error)


def _fit(paths: Sequence[Path]) -> bool:
    """Are these files, of forms without graphs, and large enough together?"""
    if not all(path.is_file() and path.suffix in RDF_FORMATS and path.suffix not in WITH_GRAPHS for path in paths):
        return False
    sizes = [path.stat().st_size for path in paths]
    return sum(sizes) >= LARGE and all(sizes)


def _signs_of_blank_nodes(paths: Sequence[Path]) -> set[bytes]:
    """Which of the signs are in the files without which these have no blank nodes (a parenthesis may begin a collection)."""
    found: set[bytes] = set()
    for path in paths:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            found |= {sign for sign in (b"_:", b"[", b"(") if content.find(sign) >= 0}
    return found


def _seen(paths: Sequence[Path], *, collections: bool) -> _Seen | None:
    """What the loader would not keep of some files; None where there are blank nodes, or that is much.

    Args:
        collections: there may be some, hence blank nodes.
    """
    seen = _Seen()
    kept: set[int] = set()  # hashes of statements whose literals look like the engine's own
    for path in paths:
        for quad in parsed(path):
            seen.size += 1
            value = quad.object
            if type(value) is Literal:
                if not may_change(value):
                    pass
                elif surely_kept(value):
                    kept.add(hash(quad))
                elif storable(value) is not value:
                    seen.written.append(quad)
                    if len(seen.written) > MANY:
                        return None
                else:
                    kept.add(hash(quad))
                    if beyond_engine(value):
                        seen.beyond.add(quad.predicate)
            elif type(value) is not NamedNode:
                if type(value) is BlankNode:
                    return None
                raise InputError("rdf-12", path=path)
            if collections and type(quad.subject) is BlankNode:
                return None
    doubtful = {quad for quad in map(in_store, seen.written) if hash(quad) in kept}
    if doubtful:
        plain = (Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for path in paths for quad in parsed(path))
        seen.beside = doubtful.intersection(plain)
    return seen
