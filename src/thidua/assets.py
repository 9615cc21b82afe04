"""Where the ontology, graph, questions and shapes are: the one module that knows."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from thidua.errors import InputError

FOLDERS = ("ontology", "graph", "queries", "shapes", "grammar")
_READ_SOMEWHERE = (".ttl", ".trig", ".nt", ".nq", ".rq")
_LOOKS_LIKE_DATA = (*_READ_SOMEWHERE, ".rdf", ".owl", ".xml", ".json", ".jsonld", ".n3", ".hdt", ".gz", ".ru", ".sparql")


def _shipped(name: str) -> Path:
    package = Path(str(resources.files("thidua")))
    inside = package / name
    return inside if inside.is_dir() else package.parent.parent / name


@dataclass(frozen=True)
class Assets:
    """The folders: those under `root` where it has them, else those shipped."""

    root: Path | None = None

    def __post_init__(self) -> None:
        if self.root is None:
            return
        if not self.root.exists():
            raise InputError("missing-file", path=self.root)
        if not any((self.root / name).is_dir() for name in FOLDERS):
            raise InputError("no-data", path=self.root)

    def folder(self, name: str) -> Path:
        """The folder `name`, one of FOLDERS."""
        if self.root is not None and (self.root / name).is_dir():
            return self.root / name
        return _shipped(name)

    def files(self, name: str, *suffixes: str) -> list[Path]:
        """All files of the folder `name` with one of `suffixes`, sorted by path.

        Raises:
            InputError: a file that looks like data in a form that is not read; it would be left out silently.
            OSError: a folder that cannot be listed.
        """
        found: list[Path] = []
        for folder, _, names in os.walk(self.folder(name), onerror=_refuse):
            paths = [Path(folder, one) for one in names if not one.startswith(".")]
            found += [path for path in paths if path.suffix in suffixes]
            for path in paths:
                if path.suffix.lower() in _LOOKS_LIKE_DATA and path.suffix not in (*suffixes, *_READ_SOMEWHERE):
                    raise InputError("unknown-format-of-file", path=path)
        return sorted(found)


def _refuse(error: OSError) -> None:
    raise error
