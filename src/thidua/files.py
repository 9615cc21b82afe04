"""Files and folders written whole or not at all, and never over others without being told to."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from thidua.errors import InputError, MachineError


def write_file(path: Path, fill: Callable[[BinaryIO], object], force: bool) -> None:
    """Writes a file with what `fill` puts into it: whole or not at all; never over an existing one without `force`.

    A link is followed, an existing file keeps its mode, and what is no plain file (a device, a pipe) is written into.
    """
    if path.is_dir():
        raise InputError("is-directory", path=path)
    _refuse_existing(path, force)
    with _told(path):
        target = path.resolve()
        if target.exists() and not target.is_file():
            with target.open("wb") as file:
                fill(file)
            return
        mode = target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask()
        handle, draft = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                fill(file)
            Path(draft).chmod(mode)
            Path(draft).replace(target)
        except BaseException:
            Path(draft).unlink()
            raise


def write_folder(path: Path, fill: Callable[[Path], object], force: bool) -> None:
    """Makes a folder with what `fill` puts into it: whole or not at all; in place of an existing one only with `force`.

    Raises:
        InputError: there is a file of that name, or a folder and no `force`, or one that no export made: it is never removed.
    """
    if path.exists() and not path.is_dir():
        raise InputError("not-directory", path=path)
    _refuse_existing(path, force)
    with _told(path):
        target = path.resolve()
        draft = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
        try:
            draft.chmod(0o777 & ~_umask())
            fill(draft)
            if target.exists():
                if {one.name for one in target.iterdir()} - {one.name for one in draft.iterdir()}:
                    raise InputError("folder-of-others", path=path)
                old = draft.with_name(draft.name + "-old")
                target.rename(old)
                draft.rename(target)
                shutil.rmtree(old)
            else:
                draft.rename(target)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise


def write_stdout(fill: Callable[[BinaryIO], object]) -> None:
    """Writes to stdout what `fill` puts into a file, once it is whole."""
    sys.stdout.flush()
    try:
        folder = tempfile.TemporaryDirectory()
    except OSError as error:
        raise MachineError("cannot-write", path="stdout", detail=os.strerror(error.errno) if error.errno else error) from error
    with folder as name:
        draft = Path(name) / "stdout"
        write_file(draft, fill, force=False)
        with draft.open("rb") as whole:
            shutil.copyfileobj(whole, sys.stdout.buffer)
    sys.stdout.buffer.flush()


def _refuse_existing(path: Path, force: bool) -> None:
    if (path.exists() or path.is_symlink()) and not force:
        raise InputError("file-exists", path=path)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the machine says against writing `path`, as one of our errors."""
    try:
        yield
    except FileNotFoundError as error:
        raise InputError("missing-file", path=path.parent) from error
    except OSError as error:
        raise MachineError("cannot-write", path=path, detail=os.strerror(error.errno) if error.errno else error) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
