"""Reads files that may be anything: bounded, UTF-8 only, nothing fetched, errors with file and line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, Quad, RdfFormat, parse

from thidua.errors import InputError, MachineError
from thidua.text import nfc

MAX_LINE = 10 * 2**20  # bytes; the longest honest line, a title or a theme, is under 10 kB
MAX_TEXT = 20 * 2**20  # bytes of an article, a query or a question

RDF_FORMATS = {".ttl": RdfFormat.TURTLE, ".trig": RdfFormat.TRIG, ".nt": RdfFormat.N_TRIPLES, ".nq": RdfFormat.N_QUADS}


def check_file(path: Path, limit: int | None = None) -> None:
    """Raises unless `path` is a readable, non-empty UTF-8 file of at most `limit` bytes with no endless line."""
    try:
        if path.is_dir():
            raise InputError("is-directory", path=path)
        size = path.stat().st_size
        if size == 0:
            raise InputError("empty-file", path=path)
        if limit is not None and size > limit:
            raise InputError("file-too-large", path=path, size=size, limit=limit)
        with path.open("rb") as file:
            for number, line in enumerate(_lines(file), start=1):
                if len(line) > MAX_LINE:
                    raise InputError("line-too-long", path=path, line=number, limit=MAX_LINE)
                _check_utf8(path, number, line)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise InputError("missing-file", path=path) from error
    except OSError as error:
        raise MachineError("cannot-read", path=path, detail=error.strerror or error) from error


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Lines of the file, each cut off just past MAX_LINE, so that memory stays bounded."""
    while line := file.readline(MAX_LINE + 1):
        yield line


def _check_utf8(path: Path, number: int, line: bytes) -> None:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError("not-utf8", path=path, line=number, byte=f"0x{line[error.start]:02x}") from error


def read_text(path: Path, limit: int = MAX_TEXT) -> str:
    """The NFC text of the file, line ends as they are."""
    check_file(path, limit)
    return nfc(path.read_bytes().decode("utf-8"))


def read_quads(path: Path) -> list[Quad]:
    """The quads of an RDF file (Turtle, TriG, N-Triples, N-Quads); blank nodes are kept apart from those of other files.

    Raises:
        InputError: no such file, not RDF by its name, empty, not UTF-8, or a syntax error (with its line).
    """
    rdf_format = RDF_FORMATS.get(path.suffix)
    if rdf_format is None:
        raise InputError("unknown-format-of-file", path=path)
    check_file(path)
    try:
        return list(parse(path=str(path), format=rdf_format, rename_blank_nodes=True))
    except SyntaxError as error:
        line = getattr(error, "lineno", None) or 1
        raise InputError("syntax", path=path, line=line, detail=_detail(error)) from error


def _detail(error: SyntaxError) -> str:
    words = str(error.msg or error)
    return words.split(": ", 1)[1] if words.startswith("Parser error") and ": " in words else words


def name_blank_nodes(quads: list[Quad]) -> list[Quad]:
    """RDFC-1.0 names, so that reading the same files again gives the same statements (W3C RDF Dataset Canonicalization).

    To be called once for all files together: the names are unique among the quads given, not beyond them.
    """
    named, blank = [], Dataset()
    for quad in quads:
        if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
            blank.add(quad)
        else:
            named.append(quad)
    blank.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return named + list(blank)


def normalise(quads: list[Quad]) -> tuple[list[Quad], int]:
    """The quads with every literal in NFC, and how many literals had to be changed."""
    changed, result = 0, []
    for quad in quads:
        term = quad.object
        if isinstance(term, Literal) and nfc(term.value) != term.value:
            changed += 1
            term = Literal(nfc(term.value), language=term.language) if term.language else Literal(nfc(term.value), datatype=term.datatype)
            quad = Quad(quad.subject, quad.predicate, term, quad.graph_name)
        result.append(quad)
    return result, changed
