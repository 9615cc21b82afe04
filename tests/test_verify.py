"""`thidua verify`: every span is cut out of the article anew; what changed is named, and nothing else."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest

from tests.conftest import thidua
from tests.test_cli import assert_fails
from thidua.text import nfc


def articles(seeds: Path, folder: Path) -> Path:
    shutil.copytree(seeds, folder / "articles")
    for path in (folder / "articles").iterdir():
        path.chmod(0o644)
    (folder / "articles").chmod(0o755)
    return folder / "articles"


def findings(run_output: str) -> list[tuple[str, ...]]:
    rows = csv.reader(io.StringIO(run_output))
    return [tuple(cell.rsplit("/id/")[-1].rsplit("/source/")[-1] for cell in row) for row in list(rows)[1:]]


def test_the_shipped_graph_verifies(shipped_path: Path, seeds: Path) -> None:
    run = thidua("verify", "--sources", seeds, "--store", shipped_path)
    assert (run.returncode, run.stdout) == (0, "")
    assert run.stderr == "thidua: 108 spans of 5 sources are what they say\n"


def test_one_changed_character_names_the_nodes_and_the_document(shipped_path: Path, seeds: Path, tmp_path: Path) -> None:
    folder = articles(seeds, tmp_path)
    (path,) = folder.glob("001_*.txt")
    article = nfc(path.read_text("utf-8"))
    place = article.index("26 cá nhân")
    path.write_text(article[:place] + "27" + article[place + 2 :], "utf-8")
    run = thidua("verify", "--sources", folder, "--store", shipped_path, "--format", "csv")
    assert run.returncode == 1
    found = findings(run.stdout)
    assert found[0] == ("001", "document", "", "", "", "")
    assert [row[1:3] for row in found[1:]] == [("slice", "award/001-2"), ("slice", "group/001-3")]
    for row in found[1:]:
        assert int(row[4]) <= place < int(row[5])


def test_a_change_outside_all_spans_is_the_document_s_alone(shipped_path: Path, seeds: Path, tmp_path: Path) -> None:
    folder = articles(seeds, tmp_path)
    (path,) = folder.glob("003_*.txt")
    path.write_text(path.read_text("utf-8").replace("fb yt zl tw", "fb yt zl tx"), "utf-8")
    run = thidua("verify", "--sources", folder, "--store", shipped_path, "--format", "csv")
    assert (run.returncode, findings(run.stdout)) == (1, [("003", "document", "", "", "", "")])


def test_a_text_cut_short_has_spans_out_of_range(shipped_path: Path, seeds: Path, tmp_path: Path) -> None:
    folder = articles(seeds, tmp_path)
    (path,) = folder.glob("004_*.txt")
    article = nfc(path.read_text("utf-8"))
    path.write_text(article[:2100], "utf-8")
    run = thidua("verify", "--sources", folder, "--store", shipped_path, "--format", "csv")
    assert run.returncode == 1
    beyond = {row[2] for row in findings(run.stdout) if row[1] == "range"}
    assert beyond == {"award/004-1", "source/004"} - {"source/004"} | {"004"}
    assert not [row for row in findings(run.stdout) if row[1] == "slice"]


def test_texts_that_are_not_there(shipped_path: Path, seeds: Path, tmp_path: Path) -> None:
    folder = articles(seeds, tmp_path)
    for path in folder.iterdir():
        if not path.name.startswith("002"):
            path.unlink()
    run = thidua("verify", "--sources", folder, "--store", shipped_path)
    assert run.returncode == 0
    assert run.stderr.count("not checked") == 4
    for path in folder.iterdir():
        path.rename(folder / "renamed.txt")
    assert "of 1 sources are what they say" in thidua("verify", "--sources", folder, "--store", shipped_path).stderr, "found by its hash"
    (folder / "renamed.txt").unlink()
    run = thidua("verify", "--sources", folder, "--store", shipped_path)
    assert (run.returncode, run.stderr.splitlines()[-1]) == (3, f"thidua: {folder}: no text of any source; nothing was checked")


@pytest.mark.parametrize(("name", "says"), [("none", "no such file"), ("file.txt", "is not a folder")])
def test_a_folder_that_is_none(name: str, says: str, shipped_path: Path, tmp_path: Path) -> None:
    (tmp_path / "file.txt").write_text("x", "utf-8")
    assert_fails(thidua("verify", "--sources", tmp_path / name, "--store", shipped_path), 2, says)


def test_without_the_articles_nothing_is_checked(shipped_path: Path) -> None:
    assert_fails(thidua("verify", "--store", shipped_path), 3, "nothing was checked; name the folder of the articles with --sources")
