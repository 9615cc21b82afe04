"""The store: built whole or not at all, the old one in use until then, one builder at a time."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import CASES, thidua
from thidua import __version__
from thidua.assets import Assets
from thidua.build import build
from thidua.errors import InputError, MachineError
from thidua.store import StoreWriter, open_store, read_manifest, sound_manifest


def test_a_second_build_changes_nothing(small_path: Path) -> None:
    before = sorted((p.name, p.stat().st_mtime_ns) for p in small_path.rglob("*") if p.name != "lock")
    again = build(Assets(CASES / "small"), small_path)
    assert not again.changed
    assert sorted((p.name, p.stat().st_mtime_ns) for p in small_path.rglob("*") if p.name != "lock") == before


def test_a_changed_file_is_built_in(tmp_path: Path) -> None:
    root, store = tmp_path / "root", tmp_path / "store"
    shutil.copytree(CASES / "small", root)
    first = build(Assets(root), store)
    (root / "graph" / "more.ttl").write_text("<a:b> <a:c> <a:d> .\n", "utf-8")
    second = build(Assets(root), store)
    assert second.changed
    assert second.manifest.counts["statements"] == first.manifest.counts["statements"] + 1
    third = build(Assets(root), store, force=True)
    assert third.changed
    assert len(list(store.glob("data-*"))) == 2, "the one in use and the one before it"
    assert not list(store.glob("work-*"))


def test_no_store_yet(tmp_path: Path) -> None:
    run = thidua("ask", "sources", "--store", tmp_path / "none")
    assert run.returncode == 2
    assert run.stderr == f"thidua: {tmp_path / 'none'}: no store yet; run: thidua build\n"


def test_a_store_of_another_version(small_path: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(small_path, store)
    manifest = json.loads((store / "manifest.json").read_text("utf-8"))
    (store / "manifest.json").write_text(json.dumps(manifest | {"thidua": "0.0.1"}), "utf-8")
    with pytest.raises(InputError, match=rf"made by thidua 0\.0\.1, this is {__version__}; run: thidua build"):
        open_store(store)
    (store / "manifest.json").write_text("{}", "utf-8")
    with pytest.raises(InputError, match="run: thidua build"):
        open_store(store)
    assert build(Assets(CASES / "small"), store).changed, "a build mends it"
    assert len(open_store(store)) > 0


def test_a_store_whose_files_are_gone(small_path: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(small_path, store)
    manifest = read_manifest(store)
    assert manifest is not None
    shutil.rmtree(store / manifest.data)
    with pytest.raises(MachineError, match="cannot be read"):
        open_store(store)
    run = thidua("ask", "sources", "--store", store)
    assert (run.returncode, run.stderr.count("\n")) == (5, 1)


def test_another_process_is_building(small_path: Path) -> None:
    with (small_path / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        run = thidua("build", "--force", "--root", CASES / "small", "--store", small_path)
        assert run.returncode == 5
        assert "another process is building this store" in run.stderr
        assert thidua("ask", "sources", "--root", CASES / "small", "--store", small_path).returncode == 0, "reading goes on"


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", "utf-8")
    run = thidua("build", "--store", tmp_path)
    assert (run.returncode, "holds other files" in run.stderr) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
    run = thidua("build", "--store", tmp_path / "thesis.txt")
    assert (run.returncode, "is not a folder" in run.stderr) == (2, True)


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.ENOSPC])
def test_a_disk_that_refuses(number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(MachineError, match="cannot be written: " + os.strerror(number)) as caught:
        build(Assets(CASES / "small"), tmp_path / "store")
    assert caught.value.exit_code == 5


@pytest.mark.parametrize("moment", ["fill", "rename"])
def test_an_interrupted_build_leaves_the_old_store(moment: str, small_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, root = tmp_path / "store", tmp_path / "root"
    shutil.copytree(small_path, store)
    shutil.copytree(CASES / "small", root)
    (root / "graph" / "more.ttl").write_text("<a:b> <a:c> <a:d> .\n", "utf-8")
    before = (store / "manifest.json").read_bytes()

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    if moment == "fill":
        monkeypatch.setattr("thidua.build.derive", interrupt)
    else:
        monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        build(Assets(root), store)
    monkeypatch.undo()
    assert (store / "manifest.json").read_bytes() == before
    assert len(open_store(store)) > 0
    assert not list(store.glob("work-*"))
    assert build(Assets(root), store).changed


def test_a_killed_build_leaves_the_old_store_and_the_next_one_cleans_up(small_path: Path, tmp_path: Path) -> None:
    store, root = tmp_path / "store", tmp_path / "root"
    shutil.copytree(small_path, store)
    shutil.copytree(CASES / "small", root)
    for number in range(200):
        lines = [f"<a:{number}-{line}> <a:c> <a:{line}> .\n" for line in range(2000)]
        (root / "graph" / f"more-{number}.ttl").write_text("".join(lines), "utf-8")
    before = (store / "manifest.json").read_bytes()
    process = subprocess.Popen([sys.executable, "-m", "thidua", "build", "--root", str(root), "--store", str(store)])
    deadline = time.monotonic() + 60
    while not list(store.glob("work-*")) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert list(store.glob("work-*")), "it was killed while at work"
    assert (store / "manifest.json").read_bytes() == before
    assert len(open_store(store)) > 0
    assert build(Assets(CASES / "small"), store, force=True).changed
    assert not list(store.glob("work-*"))


def test_the_lock_is_let_go(tmp_path: Path) -> None:
    with StoreWriter(tmp_path / "store"):
        pass
    with StoreWriter(tmp_path / "store"):
        assert sound_manifest(tmp_path / "store") is None


@pytest.mark.parametrize("harm", ["folder", "file", "cut"])
def test_a_damaged_store_is_told_and_built_anew(harm: str, small_path: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(small_path, store)
    manifest = read_manifest(store)
    assert manifest is not None
    tables = sorted((store / manifest.data).glob("*.sst"))
    if harm == "folder":
        shutil.rmtree(store / manifest.data)
    elif harm == "file":
        (store / manifest.data / "CURRENT").unlink()
    else:
        for table in tables:
            table.write_bytes(table.read_bytes()[:100])
    run = thidua("ask", "sources", "--root", CASES / "small", "--store", store)
    assert (run.returncode, run.stderr.count("\n")) == (5, 1), run.stderr
    assert build(Assets(CASES / "small"), store).changed, "not taken for up to date"
    assert thidua("ask", "sources", "--store", store).returncode == 0


def test_any_table_cut_short_is_noticed_by_a_build(small_path: Path, tmp_path: Path) -> None:
    manifest = read_manifest(small_path)
    assert manifest is not None
    names = sorted(path.name for path in (small_path / manifest.data).glob("*.sst"))
    assert len(names) > 3
    for number, name in enumerate(names):
        store = tmp_path / str(number)
        shutil.copytree(small_path, store)
        table = store / manifest.data / name
        table.write_bytes(table.read_bytes()[:-1])
        assert sound_manifest(store) is None, name


def test_rotten_bytes_are_told_with_the_remedy(small_path: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(small_path, store)
    manifest = read_manifest(store)
    assert manifest is not None
    for table in (store / manifest.data).glob("*.sst"):
        content = bytearray(table.read_bytes())
        content[: len(content) // 2] = bytes(len(content) // 2)
        table.write_bytes(content)
    for command in (["ask", "sources"], ["find", "x"], ["query", "-e", "SELECT * { ?s ?p ?o }"]):
        run = thidua(*command, "--store", store)
        assert run.returncode == 5, run.stderr
        assert run.stderr.count("\n") == 1
        assert "run: thidua build --force" in run.stderr


@pytest.mark.parametrize(
    "manifest",
    [
        '{"data": 5}',
        '{"format": 1, "thidua": "0.1.0", "inputs": "", "data": "../x", "previous": "", "counts": {}}',
        "[" * 5000,
        "[]",
    ],
)
def test_a_manifest_that_nobody_wrote(manifest: str, tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    (store / "lock").touch()
    (store / "manifest.json").write_text(manifest, "utf-8")
    run = thidua("ask", "sources", "--store", store)
    assert (run.returncode, "run: thidua build" in run.stderr) == (2, True), run.stderr
    assert build(Assets(CASES / "small"), store).changed


def test_a_store_that_is_up_to_date_needs_no_lock(small_path: Path) -> None:
    with (small_path / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        run = thidua("build", "--root", CASES / "small", "--store", small_path)
        assert (run.returncode, "is up to date" in run.stdout) == (0, True)


def test_ctrl_c_ends_a_build(tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(CASES / "small", root)
    (root / "ontology" / "derivations").mkdir(parents=True)
    endless = "CONSTRUCT { ?a ?b ?i } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?g))) < 1) }"
    (root / "ontology" / "derivations" / "10-endless.rq").write_text(endless, "utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "thidua", "build", "--root", str(root), "--store", str(tmp_path / "store")],
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    time.sleep(1.5)
    assert process.poll() is None, "it is at work"
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=10)
    assert (process.returncode, error) == (130, b"thidua: interrupted\n")
