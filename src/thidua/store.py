"""The store on disk: where it lies, what made it, and how a new one takes the old one's place.

    STORE/manifest.json    which data folder counts, what made it, counts; replaced in one step when a build is whole
    STORE/data-DIGEST/     pyoxigraph's own files
    STORE/lock             held by the one process that builds

Readers open the data folder that the manifest names, read-only; the one before it is kept for those still reading.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from dataclasses import replace as dataclass_replace
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from pyoxigraph import Store

from thidua import __version__
from thidua.errors import InputError, MachineError

FORMAT = 1


@dataclass(frozen=True)
class Manifest:
    """What a store says of itself: `inputs` is the fingerprint of the files it was made from."""

    format: int
    thidua: str
    inputs: str
    data: str
    previous: str
    counts: dict[str, int]


def read_manifest(path: Path) -> Manifest | None:
    """The manifest of the store at `path`, or None where there is none or it says nothing that this version could mean."""
    content = _manifest_content(path)
    try:
        manifest = Manifest(**content)
    except TypeError:
        return None
    names = (manifest.data, manifest.previous or "data-0-0")
    counts = manifest.counts.values() if isinstance(manifest.counts, dict) else [None]
    sound = all(isinstance(name, str) and re.fullmatch(r"data-[0-9a-f]+-\d+", name) for name in names)
    return manifest if sound and all(isinstance(count, int) for count in counts) else None


def _manifest_content(path: Path) -> dict[str, Any]:
    manifest = path / "manifest.json"
    if not manifest.is_file():
        return {}
    try:
        content = json.loads(manifest.read_text("utf-8"))
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def sound_manifest(path: Path) -> Manifest | None:
    """The manifest of the store at `path` if it is of this version and the engine can open its data, all there and whole in size."""
    manifest = read_manifest(path)
    if manifest is None or (manifest.format, manifest.thidua) != (FORMAT, __version__):
        return None
    try:
        next(iter(Store.read_only(str(path / manifest.data))), None)
    except (OSError, RuntimeError):
        return None
    return manifest


def open_store(path: Path) -> Store:
    """The built store at `path`, for reading.

    Raises:
        InputError: there is none yet, or it is of another version.
        MachineError: its files cannot be opened.
    """
    if not (path / "manifest.json").exists():
        raise InputError("no-store", path=path)
    manifest = read_manifest(path)
    if manifest is None or (manifest.format, manifest.thidua) != (FORMAT, __version__):
        found = str(_manifest_content(path).get("thidua", "?"))
        raise InputError("store-version", path=path, found=found, wanted=__version__)
    try:
        return Store.read_only(str(path / manifest.data))
    except (OSError, RuntimeError) as error:
        raise MachineError("store-broken", path=path, detail=str(error).splitlines()[0]) from error


class StoreWriter:
    """One build of a store: takes the lock; `replace` fills a new data folder and swaps it in."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: IO[str] | None = None
        self._work: Path | None = None

    def __enter__(self) -> StoreWriter:
        try:
            if self.path.exists() and not self.path.is_dir():
                raise InputError("not-directory", path=self.path)
            if self.path.is_dir() and not (self.path / "lock").exists() and any(self.path.iterdir()):
                raise InputError("not-a-store", path=self.path)
            self.path.mkdir(parents=True, exist_ok=True)
            self._lock = (self.path / "lock").open("a")
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise MachineError("store-locked", path=self.path) from error
        except OSError as error:
            raise _cannot_write(self.path, error) from error
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._work is not None:
            shutil.rmtree(self._work, ignore_errors=True)
        if self._lock is not None:
            self._lock.close()

    def replace(self, digest: str, fill: Callable[[Store], dict[str, int]]) -> Manifest:
        """Puts a new store in place: `fill` fills an empty one and returns its counts.

        Until the last step, one rename, the old store counts; after it the new one does. What a build that was cut
        off left behind is removed first.
        """
        old = read_manifest(self.path)
        manifest = Manifest(FORMAT, __version__, digest, self._free_name(digest), old.data if old else "", {})
        try:
            for leftover in self.path.glob("work-*"):
                shutil.rmtree(leftover)
            self._work = self.path / f"work-{digest[:16]}"
            manifest = dataclass_replace(manifest, counts=_filled(self._work, fill))
            self._work.rename(self.path / manifest.data)
            self._work = None
            draft = self.path / "manifest.json.new"
            draft.write_text(json.dumps(asdict(manifest), indent=1, sort_keys=True) + "\n", "utf-8")
            draft.replace(self.path / "manifest.json")
        except OSError as error:
            raise _cannot_write(self.path, error) from error
        for folder in self.path.glob("data-*"):
            if folder.name not in (manifest.data, manifest.previous):
                shutil.rmtree(folder, ignore_errors=True)
        return manifest

    def _free_name(self, digest: str) -> str:
        """A folder name for the data: readers may still use one of the same digest, so it is never written over."""
        number = 1
        while (self.path / f"data-{digest[:16]}-{number}").exists():
            number += 1
        return f"data-{digest[:16]}-{number}"


def _filled(folder: Path, fill: Callable[[Store], dict[str, int]]) -> dict[str, int]:
    """Fills a new store in `folder` and closes it: it must be closed before the folder is renamed."""
    store = Store(str(folder))
    counts = fill(store)
    store.optimize()
    store.flush()
    return counts


def _cannot_write(path: Path, error: OSError) -> MachineError:
    reason = os.strerror(error.errno) if error.errno else str(error).splitlines()[0]
    if error.errno == errno.ENOSPC or "no space left" in reason.lower():
        reason += " (free some space, or use --store on another disk)"
    return MachineError("cannot-write", path=path, detail=reason)
