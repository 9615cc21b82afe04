"""Where the ontology, graph, questions and shapes are: the one module that knows."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from thidua.datafolder import graph_files, is_data_folder
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
    """The folders: those under `root` where it has them, else those shipped.

    A `root` that is itself laid out as graph/ (registry/, sources/, law/), as `thidua ingest` makes it, is added to the shipped graph.
    """

    root: Path | None = None

    def __post_init__(self) -> None:
        if self.root is None:
            return
        if not self.root.exists():
            raise InputError("missing-file", path=self.root)
        if not self._has_folders() and not is_data_folder(self.root):
            raise InputError("no-data", path=self.root)

    def _has_folders(self) -> bool:
        return self.root is not None and any((self.root / name).is_dir() for name in FOLDERS)

    @property
    def added(self) -> Path | None:
        """The data folder that is read beside the shipped graph, where `root` is one."""
        return None if self.root is None or self._has_folders() else self.root

    def without_added(self) -> Assets:
        """The same without an added data folder: what a text becomes does not depend on those that were taken in before."""
        return self if self.added is None else Assets()

    def folder(self, name: str) -> Path:
        """The folder `name`, one of FOLDERS."""
        if self.root is not None and (self.root / name).is_dir():
            return self.root / name
        return _shipped(name)

    def files(self, name: str, *suffixes: str) -> list[Path]:
        """All files of the folder `name` with one of `suffixes`, sorted by path; those of an added data folder come last.

        Raises:
            InputError: a file that looks like data in a form that is not read; it would be left out silently.
            OSError: a folder that cannot be listed.
        """
        return [path for _, path in self.named_files(name, *suffixes)]

    def named_files(self, name: str, *suffixes: str) -> list[tuple[str, Path]]:
        """The same with each file's name, which is independent of the machine."""
        folder = self.folder(name)
        paths = sorted(Path(where, one) for where, _, names in os.walk(folder, onerror=_refuse) for one in names if not one.startswith("."))
        found = [(f"{name}/{path.relative_to(folder).as_posix()}", path) for path in paths]
        if name == "graph" and self.added is not None:
            found += [(f"added/{inner}", path) for inner, path in graph_files(self.added)]
        for _, path in found:
            if path.suffix.lower() in _LOOKS_LIKE_DATA and path.suffix not in (*suffixes, *_READ_SOMEWHERE):
                raise InputError("unknown-format-of-file", path=path)
        return [(one, path) for one, path in found if path.suffix in suffixes]


def _refuse(error: OSError) -> None:
    raise error
