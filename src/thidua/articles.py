"""The articles' texts, which the project does not keep: found in a folder by a source's name or hash."""

from __future__ import annotations

import re
from pathlib import Path

from pyoxigraph import Literal, Store

from thidua.answers import Term, select, text_of
from thidua.errors import InputError
from thidua.reading import read_text
from thidua.terms import PREFIXES
from thidua.text import sha256

_HASHES = """
PREFIX td: <https://w3id.org/thidua/ontology#>
SELECT ?source ?sha256 WHERE { ?source a td:Source ; td:sha256 ?sha256 } ORDER BY ?source"""


def short_name(source: Term | None) -> str:
    """A source's short name: 000, or 16 hex digits."""
    return text_of(source).removeprefix(PREFIXES["source"])


def hashes(store: Store) -> dict[str, str]:
    """Short name of each source → the SHA-256 of its text, as the graph has it."""
    return {short_name(source): digest.value for source, digest in select(store, _HASHES).rows if isinstance(digest, Literal)}


def find_texts(folder: Path, wanted: dict[str, str]) -> dict[str, str]:
    """Short name → NFC text, for the sources whose text is in `folder`, as `find_files` finds them."""
    return {sid: words for sid, (_, words) in find_files(folder, wanted).items()}


def find_files(folder: Path, wanted: dict[str, str]) -> dict[str, tuple[Path, str]]:
    """Short name → file and NFC text, for the sources whose text is in `folder`.

    A text is known by its hash; where none has the hash, by a file's name (000.txt, 000_….txt), so that a text that was
    changed can be told from one that is missing.

    Args:
        wanted: short name of each source → the SHA-256 of its text.
    """
    if not folder.is_dir():
        raise InputError("not-directory" if folder.exists() else "missing-file", path=folder)
    texts = {path: read_text(path) for path in sorted(folder.glob("*.txt"))}
    by_hash = {sha256(words): (path, words) for path, words in texts.items()}
    found: dict[str, tuple[Path, str]] = {}
    for sid, digest in wanted.items():
        named = [(path, words) for path, words in texts.items() if re.fullmatch(rf"{re.escape(sid)}([_.-].*)?", path.stem)]
        if digest in by_hash:
            found[sid] = by_hash[digest]
        elif named:
            found[sid] = named[0]
    return found
