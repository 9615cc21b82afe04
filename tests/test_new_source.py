"""`thidua new source`: a skeleton that builds as it is, with spans that verify."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from tests.conftest import CASES, thidua
from tests.test_cli import assert_fails
from thidua.text import fold, nfc, occurrences, sha256

ARTICLE = 'Tỉnh "X" khen\n\nUBND tỉnh tặng Bằng khen cho 12 cá nhân\xa0 và 3 tập thể. Có 12 cá nhân.\n'


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, "utf-8")
    return path


def values(trig: str, property: str) -> list[str]:
    quads = parse(input=trig.encode(), format=RdfFormat.TRIG)
    return [quad.object.value for quad in quads if quad.predicate.value.endswith(property)]


def test_the_skeleton_names_the_source_by_its_hash(article: Path) -> None:
    run = thidua("new", "source", article)
    assert run.returncode == 0
    assert f"graph:{sha256(ARTICLE)[:16]} {{" in run.stdout
    assert values(run.stdout, "#sha256") == [sha256(ARTICLE)]
    assert values(run.stdout, "/terms/title") == ['Tỉnh "X" khen'], "the first line"


def test_what_is_known_beside_the_words(article: Path) -> None:
    options = ["--sid", "005", "--title", 'A "b" \\ c', "--published", "2024-02-29", "--publisher", "Báo X", "--url", "https://e.vn/a?b=c"]
    run = thidua("new", "source", article, *options)
    assert values(run.stdout, "/terms/title") == ['A "b" \\ c']
    assert values(run.stdout, "#published") == ["2024-02-29"]
    assert values(run.stdout, "#publisherName") == ["Báo X"]
    assert values(run.stdout, "/terms/source") == ["https://e.vn/a?b=c"]
    assert "graph:005 {" in run.stdout


def test_when_it_was_recorded(article: Path) -> None:
    """The clock is read only where no day is given: what is given twice prints the same bytes twice."""
    first, second = (thidua("new", "source", article, "--recorded", "2026-12-01") for _ in range(2))
    assert values(first.stdout, "#generatedAtTime") == ["2026-12-01T00:00:00Z"]
    assert first.stdout == second.stdout
    before = datetime.datetime.now(datetime.UTC).date().isoformat()
    (today,) = values(thidua("new", "source", article).stdout, "#generatedAtTime")
    assert before <= today[:10] <= datetime.datetime.now(datetime.UTC).date().isoformat()


def test_spans_of_every_place(article: Path) -> None:
    run = thidua("new", "source", article, "--span", "12 cá nhân", "--span", "12 cá nhân và 3", "--spans-only", "--sid", "005")
    lines = run.stdout.splitlines()
    assert len(lines) == 3, "twice the first, once the second, whose blanks are no plain ones in the text"
    first = ARTICLE.index("12 cá nhân")
    assert lines[0].startswith(f"span:005-{first}-{first + 10} a td:Span ;")
    assert sha256(ARTICLE[first : first + 10]) in lines[0]
    assert sha256("12 cá nhân\xa0 và 3") in lines[1]


def test_the_skeleton_builds_and_its_source_answers(article: Path, tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(CASES / "small", root)
    path = root / "graph" / "sources" / f"{sha256(ARTICLE)[:16]}.trig"
    assert thidua("new", "source", article, "--span", "Bằng khen", "-o", path).returncode == 0
    assert thidua("build", "--root", root, "--store", tmp_path / "store").returncode == 0
    run = thidua("ask", "evidence-of", "--root", root, "--store", tmp_path / "store", "--format", "csv")
    assert sha256(ARTICLE)[:16] not in run.stdout, "no node rests on the span yet"
    sources = thidua("ask", "sources", "--root", root, "--store", tmp_path / "store", "--format", "csv")
    assert f"https://w3id.org/thidua/source/{sha256(ARTICLE)[:16]}" in sources.stdout
    assert_fails(thidua("new", "source", article, "-o", path), 2, "exists; add --force")


def test_what_cannot_be_made(article: Path, tmp_path: Path) -> None:
    assert_fails(thidua("new", "source", article, "--span", "13 cá nhân"), 2, "article.txt: the words '13 cá nhân' do not occur")
    assert_fails(thidua("new", "source", article, "--sid", "../5"), 2, "--sid: ../5 cannot name a source")
    assert_fails(thidua("new", "source", article, "--published", "29/2/2024"), 2, "--published: 29/2/2024 is not a date")
    assert_fails(thidua("new", "source", article, "--recorded", "today"), 2, "--recorded: today is not a date")
    assert_fails(thidua("new", "source", article, "--url", "not an url"), 2, "--url: not an url is not an IRI")
    assert_fails(thidua("new", "source", article, "--sid", "٠١٢"), 2, "cannot name a source")
    assert_fails(thidua("new", "source", article, "--title", " "), 2, "--title is empty")
    assert_fails(thidua("new", "source", article, "--span", ""), 2, "--span is empty")
    (tmp_path / "latin.txt").write_bytes("Tỉnh".encode("utf-16"))
    assert_fails(thidua("new", "source", tmp_path / "latin.txt"), 2, "latin.txt:1: not UTF-8 (byte 0xff)")
    (tmp_path / "empty.txt").touch()
    assert_fails(thidua("new", "source", tmp_path / "empty.txt"), 2, "the file is empty")
    (tmp_path / "blank.txt").write_text(" \n\n", "utf-8")
    assert_fails(thidua("new", "source", tmp_path / "blank.txt"), 2, "the file is empty")
    assert_fails(thidua("new", "question", article), 2, "invalid choice: 'question'")


@pytest.mark.parametrize(
    ("words", "folded"),
    [
        ("Ban Dân vận Tỉnh ủy", "ban dan van tinh uy"),
        ("BAN DÂN VẬN TỈNH UỶ", "ban dan van tinh uy"),
        ("Đặng  Xuân-Phong", "dang xuan phong"),
        ("“Dân vận khéo”", "dan van kheo"),
        ("Tỉnh ủy", "tinh uy"),
        ("", ""),
    ],
)
def test_folding(words: str, folded: str) -> None:
    assert fold(words) == folded
    assert fold(nfc(words)) == folded


def test_occurrences() -> None:
    assert occurrences("aXbXc", "X") == [(1, 2), (3, 4)]
    assert occurrences("a b", "a\xa0b") == [(0, 3)]
    assert occurrences("Tỉnh", "Tỉnh") == [(0, 4)], "offsets are into the NFC text"
    assert occurrences("a", " ") == []
