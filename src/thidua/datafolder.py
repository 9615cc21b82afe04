"""A data folder of one's own, laid out as graph/: changed whole or not at all, by several processes, killed at any moment.

    DIR/sources/SID.trig     the graph of a source      ┐
    DIR/registry/SID.ttl     entries new with it        ├ read by `thidua build --root DIR`, beside the shipped graph
    DIR/law/…                written by hand            ┘
    DIR/sheets/ texts/ records/ addresses/ quarantine/    what `thidua ingest` keeps (thidua.extraction.ingestion)
    DIR/lock                 held while a change is put in place, shared while files are listed
    DIR/.draft/              a change being written: nothing yet
    DIR/.commit/             a change that was decided: its files count instead of those of the same name

A change is written to .draft, renamed to .commit in one step, then moved file by file into place. Who dies before the rename has
changed nothing; who dies after it has changed all, and whoever takes the lock next finishes the moving.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from thidua.errors import InputError, MachineError

READ_BY_BUILD = ("law", "registry", "sources")
_DRAFT, _COMMIT, _REMOVED = ".draft", ".commit", "removed"
_WAIT = 120.0  # seconds for the lock; it is held for the writing of a few hundred small files at most


def is_data_folder(path: Path) -> bool:
    """Whether the folder is itself laid out as graph/."""
    return any((path / name).is_dir() for name in READ_BY_BUILD) or (path / _COMMIT).is_dir()


def graph_files(folder: Path) -> list[tuple[str, Path]]:
    """(name within the folder, path) of every file that a build may read, a change that was decided included, sorted."""
    if not (folder / "lock").exists():
        return _listed(folder)
    with (folder / "lock").open("rb") as file:
        _take(file.fileno(), fcntl.LOCK_SH, folder)
        return _listed(folder)


def _listed(folder: Path) -> list[tuple[str, Path]]:
    found = dict(_walk(folder, READ_BY_BUILD))
    for name in _removed(folder):
        found.pop(name, None)
    found |= dict(_walk(folder / _COMMIT, READ_BY_BUILD))
    return sorted(found.items())


def _walk(folder: Path, names: tuple[str, ...] | None = None) -> Iterator[tuple[str, Path]]:
    """The files below `folder`, or below some of its folders; hidden ones left out."""
    for top in [folder] if names is None else [folder / name for name in names if (folder / name).is_dir()]:
        for where, _, files in os.walk(top, onerror=_refuse):
            for file in files:
                if not file.startswith("."):
                    path = Path(where, file)
                    yield path.relative_to(folder).as_posix(), path


def _refuse(error: OSError) -> None:
    raise error


def _removed(folder: Path) -> list[str]:
    """Names of the files that the decided change takes away."""
    path = folder / _COMMIT / _REMOVED
    return path.read_text("utf-8").splitlines() if path.is_file() else []


def _take(handle: int, kind: int, folder: Path) -> None:
    deadline = time.monotonic() + _WAIT
    while True:
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
            return
        except BlockingIOError as error:
            if time.monotonic() > deadline:
                raise MachineError("folder-locked", path=folder) from error
            time.sleep(0.01)


class DataFolder:
    """One data folder, to be read and changed; made where there is none.

    Raises:
        InputError: the folder holds other things.
        MachineError: it cannot be made.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if path.exists() and not path.is_dir():
            raise InputError("not-directory", path=path)
        try:
            if path.is_dir() and not (path / "lock").exists() and not is_data_folder(path) and any(path.iterdir()):
                raise InputError("not-a-data-folder", path=path)
            (path / "sources").mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _cannot_write(path, error) from error

    def read(self, name: str) -> bytes | None:
        """The content of the file `name`, or None where there is none."""
        try:
            return (self.path / name).read_bytes()
        except FileNotFoundError:
            return None

    def has(self, name: str) -> bool:
        """Whether there is a file of this name."""
        return (self.path / name).is_file()

    def names(self, folder: str) -> Iterator[str]:
        """Names of all files below `folder`, sorted in each folder, one folder listed at a time."""
        for where, folders, files in os.walk(self.path / folder):
            folders.sort()
            for file in sorted(files):
                yield Path(where, file).relative_to(self.path).as_posix()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Holds the folder's lock; what a process that was killed had decided is finished first."""
        try:
            with (self.path / "lock").open("a") as file:
                _take(file.fileno(), fcntl.LOCK_EX, self.path)
                self._finish()
                yield
        except OSError as error:
            raise _cannot_write(self.path, error) from error

    def change(self, changes: Mapping[str, bytes | None]) -> bool:
        """Puts files in place, all or none; to be called within `locked`.

        Args:
            changes: name within the folder → new content, or None to take the file away. What is so already is left alone.

        Returns:
            whether anything had to be changed.
        """
        wanted = {name: content for name, content in changes.items() if self.read(name) != content}
        if not wanted:
            return False
        draft = self.path / _DRAFT
        draft.mkdir()
        for name, content in sorted(wanted.items()):
            if content is not None:
                path = draft / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        (draft / _REMOVED).write_text("".join(f"{name}\n" for name, content in sorted(wanted.items()) if content is None), "utf-8")
        _sync_tree(draft)
        draft.rename(self.path / _COMMIT)
        _sync(self.path)
        self._finish()
        return True

    def _finish(self) -> None:
        """Moves what was decided into place, and clears away what was not."""
        shutil.rmtree(self.path / _DRAFT, ignore_errors=True)
        commit = self.path / _COMMIT
        if not commit.is_dir():
            return
        touched = set()
        for name in _removed(self.path):
            (self.path / name).unlink(missing_ok=True)
            touched.add((self.path / name).parent)
        for name, path in sorted(_walk(commit)):
            if name != _REMOVED:
                target = self.path / name
                target.parent.mkdir(parents=True, exist_ok=True)
                path.replace(target)
                touched |= {target.parent, target.parent.parent}
        for folder in sorted(touched):
            if folder.is_dir():
                _sync(folder)
        for folder in touched:
            if folder.parent.name == "quarantine" and folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
        (commit / _REMOVED).unlink(missing_ok=True)
        shutil.rmtree(commit)


def _sync(path: Path) -> None:
    """Waits until the disk has the file or folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_tree(folder: Path) -> None:
    for where, _, files in os.walk(folder):
        for file in files:
            _sync(Path(where, file))
        _sync(Path(where))


def _cannot_write(path: Path, error: OSError) -> MachineError:
    return MachineError("cannot-write", path=error.filename or path, detail=error.strerror or error)
