"""Files that are not what they should be: each one clear line, and the right exit code."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import CASES, thidua
from thidua.errors import InputError
from thidua.reading import MAX_LINE, check_file, read_quads


def root_with(folder: Path, name: str, content: bytes) -> Path:
    """The small graph with one more file."""
    shutil.copytree(CASES / "small", folder / "root")
    path = folder / "root" / "graph" / name
    path.write_bytes(content)
    return folder / "root"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<a:b> <a:c> <a:d> .\n<a:b> <a:c> .\n", "bad.ttl:2: "),
        (b"<a:b> <a:c> <a:d> .\n\n\n<a:b> nonsense:c <a:d> .\n", "bad.ttl:4: "),
        (b"", "bad.ttl: the file is empty"),
        ("<a:b> <a:c> 'một'.\n<a:b> <a:d> 'é' .\n".encode("latin-1", "replace"), "bad.ttl:2: not UTF-8 (byte 0xe9)"),
        (b"<a:b> <a:c> <<( <a:b> ." + b" " * 10, "bad.ttl:1: "),
        (b"<a:b> <a:c> <<( <a:b> <a:c> <a:d> )>> .", "bad.ttl: holds a triple about a triple"),
        (b"\xef\xbb\xbf<a:b> <a:c> <a:d> .\n", "bad.ttl:1: begins with a byte order mark"),
    ],
    ids=["syntax", "unknown-prefix", "empty", "latin-1", "cut-off", "rdf-1.2", "byte-order-mark"],
)
def test_build_says_which_file_and_line(tmp_path: Path, content: bytes, says: str) -> None:
    root = root_with(tmp_path, "bad.ttl", content)
    run = thidua("build", "--root", root, "--store", tmp_path / "store")
    assert run.returncode == 2
    assert says in run.stderr
    assert run.stderr.count("\n") == 1
    assert not (tmp_path / "store" / "manifest.json").exists()


def test_a_line_of_100_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "long.ttl"
    with path.open("wb") as file:
        file.write(b'<a:b> <a:c> <a:d> .\n<a:b> <a:c> "')
        for _ in range(100):
            file.write(b"x" * 2**20)
        file.write(b'" .\n')
    with pytest.raises(InputError, match=rf"long\.ttl:2: a line of over {MAX_LINE} bytes"):
        check_file(path)
    run = thidua("query", path, "--store", tmp_path)
    assert (run.returncode, run.stderr.count("\n")) == (2, 1)


def test_missing_file_and_directory(tmp_path: Path, small_path: Path) -> None:
    missing = thidua("query", tmp_path / "none.rq", "--store", small_path)
    assert (missing.returncode, "none.rq: no such file" in missing.stderr) == (2, True)
    folder = thidua("query", tmp_path, "--store", small_path)
    assert (folder.returncode, "is a folder" in folder.stderr) == (2, True)
    text = thidua("new", "source", tmp_path / "none.txt")
    assert (text.returncode, "none.txt: no such file" in text.stderr) == (2, True)
    root = thidua("build", "--root", tmp_path / "none")
    assert (root.returncode, "no such file" in root.stderr) == (2, True)
    nothing = thidua("build", "--root", tmp_path)
    assert (nothing.returncode, "no data" in nothing.stderr) == (2, True)


def test_blank_nodes_of_two_files_stay_apart_and_keep_their_names(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.ttl").write_text(f"@prefix : <http://e/> . _:x :of :{name} . [] :of :{name}{name} .", "utf-8")

    def read(order: str) -> list[str]:
        return sorted(str(quad) for name in order for quad in read_quads(tmp_path / f"{name}.ttl", name))

    assert len({line.split()[0] for line in read("ab")}) == 4
    assert read("ab") == read("ba")


def test_text_that_is_not_nfc_is_normalised_and_said(tmp_path: Path) -> None:
    content = '<https://w3id.org/thidua/id/body/x> <http://www.w3.org/2004/02/skos/core#prefLabel> "Ti\u0309nh u\u0309y"@vi .\n'
    root = root_with(tmp_path, "nfd.ttl", content.encode())
    run = thidua("build", "--root", root, "--store", tmp_path / "store")
    assert run.returncode == 0
    assert run.stderr == "thidua: 1 texts were not NFC and were normalised\n"
    found = thidua("find", "Tỉnh ủy", "--store", tmp_path / "store", "--format", "csv", "--columns", "node")
    assert "https://w3id.org/thidua/id/body/x" in found.stdout


def test_nothing_is_fetched_while_reading(tmp_path: Path) -> None:
    """owl:imports is a statement like any other; formats that fetch contexts or entities are not read at all."""
    imports = b"<a:o> <http://www.w3.org/2002/07/owl#imports> <http://127.0.0.1:1/x> .\n"
    root = root_with(tmp_path, "imports.ttl", imports)
    assert thidua("build", "--root", root, "--store", tmp_path / "store").returncode == 0
    for suffix in (".jsonld", ".rdf", ".xml"):
        with pytest.raises(InputError, match="cannot be read as RDF"):
            read_quads(tmp_path / f"any{suffix}", "any")


@pytest.mark.parametrize("name", ["more.TTL", "more.rdf", "more.jsonld", "more.ttl.gz"])
def test_data_that_is_not_read_is_no_secret(name: str, tmp_path: Path) -> None:
    root = root_with(tmp_path, name, b"<a:b> <a:c> <a:d> .\n")
    run = thidua("build", "--root", root, "--store", tmp_path / "store")
    assert (run.returncode, f"{name}: cannot be read as RDF" in run.stderr) == (2, True)


def test_many_blank_nodes_are_no_riddle(tmp_path: Path) -> None:
    """Telling apart the nodes of a graph like this by its shape alone takes longer than anyone waits."""
    edges = "".join(f"_:a{i} <a:to> _:a{j} .\n" for i in range(40) for j in range(40) if i != j)
    root = root_with(tmp_path, "blank.ttl", edges.encode())
    assert thidua("build", "--root", root, "--store", tmp_path / "store").returncode == 0


def test_deep_lists_break_nothing(tmp_path: Path) -> None:
    root = root_with(tmp_path, "deep.ttl", b"<a:b> <a:c> " + b"(" * 100_000 + b")" * 100_000 + b" .\n")
    run = thidua("build", "--root", root, "--store", tmp_path / "store")
    assert run.returncode == 0, run.stderr


def test_arguments_that_are_no_text() -> None:
    import subprocess
    import sys

    run = subprocess.run([sys.executable.encode(), b"-m", b"thidua", b"query", b"-e", b"\xff"], capture_output=True)
    assert run.returncode == 2
    assert b"an argument is not UTF-8" in run.stderr
