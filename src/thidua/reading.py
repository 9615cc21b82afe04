"""Reads files that may be anything: bounded, UTF-8 only, nothing fetched, errors with file and line."""

from __future__ import annotations

import codecs
import errno
import hashlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from thidua.errors import InputError, MachineError
from thidua.text import nfc

MAX_LINE = 10 * 2**20  # bytes; the longest honest line, a title or a theme, is under 10 kB
MAX_TEXT = 20 * 2**20  # bytes of an article, a query or a question

RDF_FORMATS = {".ttl": RdfFormat.TURTLE, ".trig": RdfFormat.TRIG, ".nt": RdfFormat.N_TRIPLES, ".nq": RdfFormat.N_QUADS}

WITH_GRAPHS = (".trig", ".nq")
_DEFAULT = DefaultGraph()
_NAMED = (NamedNode, Literal)


def check_file(path: Path) -> None:
    """Raises unless `path` is a readable, non-empty UTF-8 file with no endless line."""
    with _reading(path) as file:
        if _is_sound(file):
            return
        file.seek(0)  # what is wrong, and where, is found line by line
        number = 0
        for number, line in enumerate(_lines(file), start=1):
            if number == 1 and line.startswith(codecs.BOM_UTF8):
                raise InputError("byte-order-mark", path=path)
            _check_line(path, number, line)
        if number == 0:
            raise InputError("empty-file", path=path)


@contextmanager
def _reading(path: Path) -> Iterator[BinaryIO]:
    """The file, open; what the machine says against it as one of our errors."""
    try:
        if path.is_dir():
            raise InputError("is-directory", path=path)
        with path.open("rb") as file:
            yield file
    except (FileNotFoundError, NotADirectoryError) as error:
        raise InputError("missing-file", path=path) from error
    except OSError as error:
        kind = InputError if error.errno == errno.ELOOP else MachineError
        raise kind("cannot-read", path=path, detail=error.strerror or error) from error


def _is_sound(file: BinaryIO) -> bool:
    """Is all well, as far as a quick look at large pieces tells?"""
    if not file.seekable():
        return False
    decoder = codecs.getincrementaldecoder("utf-8")()
    line = size = 0
    while piece := file.read(2**20):
        if size == 0 and piece.startswith(codecs.BOM_UTF8):
            return False
        size += len(piece)
        end = piece.rfind(b"\n")
        line = line + len(piece) if end < 0 else len(piece) - end
        if line > MAX_LINE - 2**20:
            return False
        try:
            decoder.decode(piece)
        except UnicodeDecodeError:
            return False
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return size > 0


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Lines of the file, each cut off just past MAX_LINE, so that memory stays bounded."""
    while line := file.readline(MAX_LINE + 1):
        yield line


def _check_line(path: Path, number: int, line: bytes) -> None:
    if len(line) > MAX_LINE:
        raise InputError("line-too-long", path=path, line=number, limit=MAX_LINE)
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError("not-utf8", path=path, line=number, byte=f"0x{line[error.start]:02x}") from error


def read_text(path: Path) -> str:
    """The NFC text of a file, a pipe, or (as "-") of stdin: at most MAX_TEXT bytes, line ends as they are, no byte order mark.

    Raises:
        InputError: no such file, empty, too large, or not UTF-8 (with its line).
    """
    if str(path) == "-":
        content = sys.stdin.buffer.read(MAX_TEXT + 1)
    else:
        with _reading(path) as file:
            content = file.read(MAX_TEXT + 1)
    return text_of_bytes(content, path)


def text_of_bytes(content: bytes, path: Path) -> str:
    """The NFC text of a file's bytes: at most MAX_TEXT of them, line ends as they are, no byte order mark.

    Raises:
        InputError: empty, too large, or not UTF-8 (with its line).
    """
    if len(content) > MAX_TEXT:
        raise InputError("file-too-large", path=path, limit=MAX_TEXT)
    content = content.removeprefix(codecs.BOM_UTF8)
    for number, line in enumerate(content.split(b"\n"), start=1):
        _check_line(path, number, line)
    text = nfc(content.decode("utf-8"))
    if not text.strip():
        raise InputError("empty-file", path=path)
    return text


def read_quads(path: Path, name: str) -> list[Quad]:
    """The quads of an RDF file (Turtle, TriG, N-Triples, N-Quads).

    Blank nodes are named by `name` and their place in the file: the same file gives the same names whatever else is
    read, and no two files share one.

    Raises:
        InputError: no such file, not RDF by its name, empty, not UTF-8, or a syntax error (with its line).
    """
    return list(each_quad(path, name))


def each_quad(path: Path, name: str) -> Iterator[Quad]:
    """The same one by one, for files too large to hold."""
    prefix = hashlib.sha256(name.encode()).hexdigest()[:8]
    return _with_names(path, parsed(path), prefix, path.suffix in WITH_GRAPHS)


def parsed(path: Path) -> Iterator[Quad]:
    """The quads of an RDF file one by one, blank nodes under names that are new each time.

    Raises:
        InputError: as `read_quads`.
    """
    rdf_format = RDF_FORMATS.get(path.suffix)
    if rdf_format is None:
        raise InputError("unknown-format-of-file", path=path)
    check_file(path)
    try:
        yield from parse(path=str(path), format=rdf_format, rename_blank_nodes=True)
    except SyntaxError as error:
        line = getattr(error, "lineno", None) or 1
        raise InputError("syntax", path=path, line=line, detail=_detail(error)) from error


def _detail(error: SyntaxError) -> str:
    words = str(error.msg or error)
    return words.split(": ", 1)[1] if words.startswith("Parser error") and ": " in words else words


def _with_names(path: Path, quads: Iterator[Quad], prefix: str, graphs: bool) -> Iterator[Quad]:
    """The quads with their blank nodes numbered in order of appearance.

    Args:
        graphs: some may be in named graphs.
    """
    names: dict[BlankNode, BlankNode] = {}

    def named(node: BlankNode) -> BlankNode:
        return names.setdefault(node, BlankNode(f"b{prefix}n{len(names)}"))

    for quad in quads:
        subject, value = quad.subject, quad.object
        graph = quad.graph_name if graphs else _DEFAULT
        if type(subject) is not NamedNode or type(value) not in _NAMED or type(graph) is BlankNode:
            if isinstance(subject, Triple) or isinstance(value, Triple):
                raise InputError("rdf-12", path=path)
            quad = Quad(
                named(subject) if isinstance(subject, BlankNode) else subject,
                quad.predicate,
                named(value) if isinstance(value, BlankNode) else value,
                named(graph) if isinstance(graph, BlankNode) else graph,
            )
        yield quad


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
