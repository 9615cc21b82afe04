"""Press texts as a user names them: files, folders, standard input; read within bounds."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from thidua.errors import InputError
from thidua.reading import MAX_TEXT
from thidua.text import printable

SUFFIXES = (".txt", ".html", ".htm", ".xhtml")  # what is taken from a folder; a file that is named is taken whatever it is called


def texts_below(folder: Path, left_out: Path | None = None) -> Iterator[Path]:
    """The texts in a folder and those in it, sorted; links to folders are not followed, hidden names are left out.

    Args:
        left_out: a folder that is passed by, resolved: the one that is written to.

    Raises:
        OSError: a folder that cannot be listed.
    """
    for where, folders, names in os.walk(folder, onerror=_refuse):
        here = Path(where)
        folders[:] = sorted(one for one in folders if not one.startswith(".") and (here / one).resolve() != left_out)
        for name in sorted(names):
            path = here / name
            if path.suffix.lower() in SUFFIXES and not name.startswith(".") and path.is_file():
                yield path


def _refuse(error: OSError) -> None:
    raise error


def refuse_sheet(path: Path) -> None:
    """Refuses what is called a fact sheet: read as a text, its values would be taken for an article's words.

    Raises:
        InputError: it is.
    """
    if path.suffix == ".json":
        raise InputError("sheet-as-text", path=path)


def read_bytes(path: Path) -> bytes:
    """The bytes of a text's file, or of standard input ("-").

    Raises:
        InputError: no such file, or too large.
    """
    try:
        if str(path) == "-":
            content = sys.stdin.buffer.read(MAX_TEXT + 1)
        else:
            with path.open("rb") as file:
                content = file.read(MAX_TEXT + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise InputError("missing-file", path=path) from error
    except OSError as error:
        raise InputError("cannot-read", path=path, detail=error.strerror or error) from error
    if len(content) > MAX_TEXT:
        raise InputError("file-too-large", path=path, limit=MAX_TEXT)
    return content


def name_of(path: Path) -> str:
    """The name of a text's file without its folder, as a sheet can hold it: a file system allows line ends and broken letters."""
    return printable(path.name.encode("utf-8", "replace").decode())
