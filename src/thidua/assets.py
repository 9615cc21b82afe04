"""Where the ontology, graph, questions and shapes are: the one module that knows."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from thidua.errors import InputError

FOLDERS = ("ontology", "graph", "queries", "shapes")


def _shipped(name: str) -> Path:
    package = Path(str(resources.files("thidua")))
    inside = package / name
    return inside if inside.is_dir() else package.parent.parent / name


@dataclass(frozen=True)
class Assets:
    """The four folders: those under `root` where it has them, else those shipped."""

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
        """All files of the folder `name` with one of `suffixes`, sorted by path."""
        folder = self.folder(name)
        return sorted(path for path in folder.rglob("*") if path.suffix in suffixes and path.is_file())
