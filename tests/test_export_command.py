"""thidua export: what it says, what it refuses, and that nothing is ever half-written."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from tests.conftest import thidua
from tests.test_cli import assert_fails
from thidua.commands import filters as options
from thidua.defaults import EXPORT_FORMS
from thidua.errors import InputError, MachineError
from thidua.exports import FACETS, FACETS_VI, form_of
from thidua.files import write_folder
from thidua.selection import FILTERS


def test_forms_and_filters_are_what_they_are_said_to_be() -> None:
    assert list(FACETS_VI) == list(FACETS)
    assert list(options._FILTERS) == list(FILTERS)
    assert len(EXPORT_FORMS) >= 8
    for name in EXPORT_FORMS:
        form = form_of(name)
        assert form.name == name
        assert (form.to_file is None) != (form.to_folder is None)
        assert bool(form.suffix) == (form.to_file is not None)
        assert {facet for facet, _ in form.flattens} | set(form.leaves_out) <= set(FACETS)
        assert not {facet for facet, _ in form.flattens} & set(form.leaves_out)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--format", "turtel"), 2, "there is no form turtel; did you mean: turtle?"),
        (("--format", "xlsx"), 2, "there is no form xlsx"),
        ((), 2, "--format"),
        (("--format", "turtle", "--sourse", "001"), 2, "did you mean: --source,"),
        (("--format", "turtle", "--source", "999"), 2, "999"),
        (("--format", "turtle", "--body", "Không có cơ quan này"), 2, "--body"),
        (("--format", "turtle", "--campaign", "source/001"), 2, "source/001"),
        (("--format", "turtle", "--as-of", "2025"), 2, "--as-of: 2025 is not a date"),
        (("--format", "turtle", "--from", "2025-01-01", "--until", "2024-01-01"), 2, "--from 2025-01-01 is after --until 2024-01-01"),
        (("--format", "turtle", "--body", "Tỉnh ủy Lai Châu", "--until", "1900-01-01"), 3, "nothing is left by --body"),
        (("--format", "turtle", "--source", "003", "--body", "Tỉnh ủy Lai Châu"), 3, "leave out a filter"),
    ],
)
def test_what_is_refused(words: tuple[str, ...], code: int, said: str, shipped_path: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run = thidua("export", *words, "-o", out, "--store", shipped_path)
    assert_fails(run, code, said)
    assert not run.stdout and not list(tmp_path.iterdir())


def test_refusals_in_vietnamese(shipped_path: Path) -> None:
    store = ("--store", shipped_path, "--lang", "vi")
    assert_fails(thidua("export", "--format", "turtel", *store), 2, "không có dạng turtel")
    assert_fails(thidua("export", "--format", "turtle", "--source", "003", "--until", "1900-01-01", *store), 3, "không còn dữ liệu nào")


@pytest.mark.parametrize("form", EXPORT_FORMS)
def test_where_it_is_to_go(form: str, small_path: Path, tmp_path: Path) -> None:
    """A missing folder, something in the way; never over it without --force."""
    name = f"out{form_of(form).suffix}"
    base = ("export", "--format", form, "--store", small_path, "-o")
    assert_fails(thidua(*base, tmp_path / "none" / name), 2, "none: no such file")
    way = tmp_path / name
    assert thidua(*base, way).returncode == 0
    before = content(way)
    assert before
    assert_fails(thidua(*base, way), 2, f"{name}: exists; add --force")
    assert thidua(*base, way, "--force").returncode == 0
    assert content(way) == before, "the same bytes"
    assert [path.name for path in tmp_path.iterdir()] == [name], "no draft is left"


def content(path: Path) -> dict[str, bytes]:
    """The bytes of a file, or of all files of a folder."""
    files = [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file())
    return {str(one.relative_to(path)): one.read_bytes() for one in files}


@pytest.mark.parametrize("form", EXPORT_FORMS)
def test_stdout(form: str, small_path: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "thidua", "export", "--format", form, "--store", str(small_path)]
    runs = [subprocess.run([*command, *more], capture_output=True, timeout=120) for more in ([], ["-o", "-"])]
    if form_of(form).to_file is None:
        assert [(run.returncode, run.stdout) for run in runs] == [(2, b"")] * 2
        assert b"is a folder; say where with -o FOLDER" in runs[0].stderr
        return
    assert thidua("export", "--format", form, "-o", tmp_path / "file", "--store", small_path).returncode == 0
    assert [(run.returncode, run.stdout) for run in runs] == [(0, (tmp_path / "file").read_bytes())] * 2


def small_disk(size: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize("size", [0, 4096])
@pytest.mark.parametrize("form", EXPORT_FORMS)
def test_a_full_disk_leaves_nothing(form: str, size: int, shipped_path: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "thidua", "export", "--format", form, "--store", str(shipped_path)]
    out = tmp_path / f"out{form_of(form).suffix}"
    run = subprocess.run([*command, "-o", str(out)], capture_output=True, text=True, timeout=120, preexec_fn=small_disk(size))
    assert_fails(run, 5, "cannot be written: File too large")
    assert not list(tmp_path.iterdir())
    if form_of(form).to_file is not None:
        run = subprocess.run(command, capture_output=True, text=True, timeout=120, preexec_fn=small_disk(size))
        assert_fails(run, 5, "stdout: cannot be written: ")
        assert run.stdout == ""


@pytest.mark.parametrize("form", [form for form in EXPORT_FORMS if form_of(form).to_file is not None])
def test_what_was_there_stays_where_the_disk_is_full(form: str, shipped_path: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("before", "utf-8")
    command = [sys.executable, "-m", "thidua", "export", "--format", form, "--store", str(shipped_path), "-o", str(out), "--force"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, preexec_fn=small_disk(4096))
    assert_fails(run, 5, "cannot be written")
    assert content(tmp_path) == {"out": b"before"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_device_that_is_full(shipped_path: Path) -> None:
    command = [sys.executable, "-m", "thidua", "export", "--format", "nquads", "--store", str(shipped_path)]
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, timeout=120)
    assert (run.returncode, run.stderr) == (5, "thidua: No space left on device\n")


def test_it_says_what_the_form_loses(shipped_path: Path) -> None:
    store = ("--store", shipped_path, "--source", "003")
    assert thidua("export", "--format", "nquads", *store).stderr == ""
    said = thidua("export", "--format", "turtle", *store).stderr
    assert said == (
        "thidua: turtle does not carry: what an earlier version of a source's graph stated\n"
        "thidua: turtle carries only in part: which source states a statement\n"
    )
    assert "chỉ giữ một phần: nguồn nào nêu" in thidua("export", "--format", "turtle", *store, "--lang", "vi").stderr
    assert thidua("export", "--format", "dcat", *store).stderr == "thidua: dcat describes the data and holds none of them\n"


def test_filters_take_what_a_question_takes(shipped_path: Path) -> None:
    """IRIs, labels, labels without accents."""
    outputs = {
        thidua("export", "--format", "nquads", "--store", shipped_path, "--body", name).stdout
        for name in ("Tỉnh ủy Lai Châu", "tinh uy lai chau", "body/tinh-uy-lai-chau", "https://w3id.org/thidua/id/body/tinh-uy-lai-chau")
    }
    assert len(outputs) == 1
    quads = list(parse(input=outputs.pop(), format=RdfFormat.N_QUADS))
    assert {str(quad.graph_name) for quad in quads} == {"DEFAULT", "<https://w3id.org/thidua/graph/001>"}
    assert "<https://w3id.org/thidua/id/award/001-3>" in {str(quad.subject) for quad in quads}


def test_folders_are_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "folder"

    def fill(folder: Path) -> None:
        (folder / "a.csv").write_text("a", "utf-8")

    def fail(folder: Path) -> None:
        fill(folder)
        raise OSError(28, os.strerror(28))

    with pytest.raises(MachineError, match="folder: cannot be written: No space left on device"):
        write_folder(target, fail, force=False)
    assert not list(tmp_path.iterdir())
    write_folder(target, fill, force=False)
    assert content(target) == {"a.csv": b"a"}
    with pytest.raises(InputError, match="folder: exists; add --force"):
        write_folder(target, fill, force=False)
    with pytest.raises(MachineError):
        write_folder(target, fail, force=True)
    write_folder(target, fill, force=True)
    assert content(target) == {"a.csv": b"a"}
    (target / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(InputError, match="holds files that this export does not write"):
        write_folder(target, fill, force=True)
    assert content(target) == {"a.csv": b"a", "mine.txt": b"mine"}
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(InputError, match="file: is not a folder"):
        write_folder(tmp_path / "file", fill, force=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]
