"""`thidua evaluate`: the benchmark's own figures, by other code; what is wrong with folders told in one line."""

from __future__ import annotations

import copy
import csv
import importlib.util
import io
import json
import os
import random
import re
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from tests.conftest import SHARED, thidua
from tests.sheet_damage import OF_AWARD, OF_SHEET, Pool, damaged, other_gold
from tests.test_cli import assert_fails
from thidua.cli import main
from thidua.extraction.agreement import SLOTS, Fact, agree, overlap, same_name
from thidua.extraction.evaluation import EVENT, Evaluation, evaluate, pair
from thidua.extraction.folding import folded
from thidua.extraction.gold import with_sheets

Figures = dict[str, tuple[int, int, int]]
ROUNDS = 300
DOCUMENTS_A_ROUND = 8

AWARD: dict[str, Any] = {
    "conferred_by": "Chủ tịch Ủy ban nhân dân tỉnh Tân Lâm",
    "award": "Bằng khen",
    "recipients": [{"kind": "collective", "count": 7, "names": []}],
    "campaign": "Dân vận khéo",
    "evidence": [10, 60],
}
GOLD: dict[str, Any] = {
    "id": "x",
    "text_file": "text/x.txt",
    "source": {"title": "Khen", "published": "2031-05-02", "url": "https://baotanlam.vn/1"},
    "coverage": "complete",
    "awards": [AWARD],
    "posts": [{"person": "Lê Văn A", "post": "Bí thư", "body": "Huyện ủy Tân Lâm"}],
}


@pytest.fixture(scope="session")
def benchmark() -> Path:
    folder = SHARED / "benchmark"
    if not (folder / "score.py").is_file():
        pytest.skip(f"the benchmark is not in {folder}; set THIDUA_SHARED")
    return folder


@pytest.fixture(scope="session")
def score(benchmark: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmark_score", benchmark / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def golds(benchmark: Path) -> list[dict[str, Any]]:
    paths = [*sorted((benchmark / "dev" / "gold").glob("*.json")), *sorted((benchmark / "seeds" / "gold").glob("*.json"))]
    assert len(paths) == 45
    return [json.loads(path.read_text("utf-8")) for path in paths]


def write(folder: Path, sheets: dict[str, dict[str, Any] | None]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    for name, sheet in sheets.items():
        if sheet is not None:
            (folder / f"{name}.json").write_text(json.dumps(sheet, ensure_ascii=False), "utf-8")
    return folder


def figures_of_score(score: ModuleType, gold: Path, sheets: Path, capsys: pytest.CaptureFixture[str]) -> tuple[Figures, int, int]:
    """What the benchmark's own program prints: right, predicted, gold of each measure; false conferrals; missing documents."""
    score.main(str(gold), str(sheets), False)
    *lines, last = capsys.readouterr().out.splitlines()
    figures: Figures = {}
    for line in lines:
        found = re.fullmatch(r"(.{28}) P .*\((\d+) right of (\d+) predicted, (\d+) gold\)", line)
        assert found is not None, line
        figures[found[1].strip()] = (int(found[2]), int(found[3]), int(found[4]))
    false, missing = re.findall(r"\d+", last)
    return figures, int(false), int(missing)


def figures_of(evaluation: Evaluation) -> tuple[Figures, int, int]:
    figures = {name: (tally.right, tally.predicted, tally.gold) for name, tally in evaluation.tallies.items()}
    return figures, evaluation.false_conferrals, evaluation.missing


def test_figures_are_the_benchmark_s_own(
    score: ModuleType, golds: list[dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both programs on the same damaged predictions: every tally of every round."""
    rng, pool, used = random.Random(20310502), Pool(golds), set[str]()
    rounds, seen, shares = 0, Counter[str](), {name: set[float]() for name in (EVENT, *(f"slot {s}" for s in SLOTS))}
    for number in range(ROUNDS):
        chosen = [other_gold(rng, gold) for gold in rng.sample(golds, DOCUMENTS_A_ROUND)]
        gold = write(tmp_path / "gold", {f"{place:03}": one for place, one in enumerate(chosen)})
        predicted = {f"{place:03}": damaged(rng, one, pool, used) for place, one in enumerate(chosen)}
        if not any(sheet is not None for sheet in predicted.values()):
            continue
        sheets = write(tmp_path / "sheets", predicted)
        ours = evaluate(with_sheets(gold, sheets))
        assert figures_of(ours) == figures_of_score(score, gold, sheets, capsys), number
        rounds += 1
        seen["awards"] += sum(document.predicted_awards for document in ours.documents)
        seen["false"] += ours.false_conferrals
        seen["missing"] += ours.missing
        for name, values in shares.items():
            values.add(ours.tallies[name].f1)
    assert rounds >= ROUNDS - 3
    assert used == {"missing", "empty", *(damage.__name__ for damage in (*OF_AWARD, *OF_SHEET))}
    assert seen["awards"] > 3000
    assert seen["false"] > 300
    assert seen["missing"] > 50
    assert all(len(values) > 5 for values in shares.values()), "every measure took many values"


def test_gold_against_itself_and_against_nothing(
    score: ModuleType, benchmark: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    compared = 0
    for part, awards in (("dev", 68), ("seeds", 6)):
        gold = benchmark / part / "gold"
        itself = figures_of(evaluate(with_sheets(gold, gold)))
        assert itself == figures_of_score(score, gold, gold, capsys)
        assert itself[0][EVENT] == (awards, awards, awards)
        nothing = write(tmp_path / part, {"another": {}})
        without = figures_of(evaluate(with_sheets(gold, nothing)))
        assert without == figures_of_score(score, gold, nothing, capsys)
        assert without[0][EVENT] == (0, 0, awards)
        compared += 1
    assert compared == 2


def test_two_names_agree_as_the_benchmark_says(score: ModuleType, golds: list[dict[str, Any]]) -> None:
    names = sorted({name for gold in golds for award in gold["awards"] for name in (award["conferred_by"], award["award"]) if name})
    rng, same, other = random.Random(7), 0, 0
    for first in names:
        assert folded(first) == score.norm(first)
        for second in [*rng.sample(names, 20), first.lower().replace("ủy", "uỷ"), first + " mới", first.replace("tỉnh ", "")]:
            ignore = frozenset(rng.choice([[], first.lower().split()[-2:]]))
            agreed = score.same(first, second, set(ignore))
            assert same_name(first, second, ignore) == agreed, (first, second)
            same, other = same + agreed, other + (not agreed)
    assert same > 100
    assert other > 500


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Uỷ ban", "ủy ban"),
        ("Hoà Bình, thuý hoè", "hòa bình thúy hòe"),
        ("hoặc khoẳm toạ", "hoặc khoẳm tọa"),
        ("Chiến sỹ thi đua", "chiến sĩ thi đua"),
        ("“Dân vận khéo” - 2031", "dân vận khéo 2031"),
        ("Số 12/QĐ-UBND", "số 12/qđ ubnd"),
        ("", ""),
    ],
)
def test_folding(words: str, wanted: str) -> None:
    assert folded(words) == wanted


@pytest.mark.parametrize(
    ("gold", "predicted", "same"),
    [
        ("Chủ tịch Ủy ban nhân dân tỉnh Tân Lâm", "Ủy ban nhân dân tỉnh Tân Lâm", False),
        ("Chủ tịch Ủy ban nhân dân tỉnh Tân Lâm", "Phó Chủ tịch Ủy ban nhân dân tỉnh Tân Lâm", False),
        ("Ủy ban nhân dân tỉnh Tân Lâm", "Ủy ban nhân dân huyện Tân Lâm", False),
        ("Ủy ban nhân dân tỉnh Tân Lâm", "UỶ BAN NHÂN DÂN Tân Lâm", True),
        ("Bằng khen", "Giấy khen", False),
        ("danh hiệu", "các", False),
        ("của tỉnh Việt Nam", "tỉnh Việt Nam", True),
        (None, None, True),
        ("…", "", True),
        (None, "Bằng khen", False),
    ],
)
def test_names_of_one_thing(gold: str | None, predicted: str | None, same: bool) -> None:
    assert same_name(gold, predicted) is same


def test_the_same_event_goes_before_what_has_more_in_common(score: ModuleType) -> None:
    gold = AWARD | {"period": "2031", "decision": "1/QĐ", "award_rank": "hạng Ba"}
    same = {slot: gold[slot] for slot in ("conferred_by", "award", "recipients")}
    likely = gold | {"recipients": []}
    trials: list[tuple[list[Fact], list[tuple[int, int]]]] = [
        ([likely, same], [(0, 1)]),
        ([same, likely], [(0, 0)]),
        ([likely], [(0, 0)]),
        ([{"award": "Khác"}], []),
    ]
    for found, wanted in trials:
        assert pair([gold], found, frozenset()) == wanted == score.pair([gold], found, set())


def test_a_presenter_s_name_has_no_place_that_could_be_missing(score: ModuleType) -> None:
    gold, found = {"presented_by": [{"name": "Lê Lâm"}]}, {"presented_by": [{"name": "Lê Tân Lâm"}]}
    for ignore in (frozenset[str](), frozenset({"tân", "lâm"})):
        assert agree("presented_by", gold, found, ignore) is False
        assert score.slot_state("presented_by", gold, found, set(ignore)) == (True, True, False)


def test_spans_that_overlap() -> None:
    assert overlap([0, 10], [4, 30])
    assert not overlap([0, 10], [5, 30]), "half is not more than half"
    assert not overlap([0, 10], [10, 20])
    assert not overlap(None, [0, 1])
    assert not overlap([3, 3], [0, 9])


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """A gold folder of two sheets; predictions for one of them, with one award wrong and one made of nothing."""
    wrong = copy.deepcopy(GOLD)
    wrong["awards"][0]["recipients"][0]["count"] = 9
    wrong["awards"][0]["campaign"] = "Khác"
    wrong["awards"].append({"award": "Giấy khen", "recipients": []})
    gold = write(tmp_path / "bench" / "gold", {"x": GOLD, "y": GOLD | {"id": "y"}})
    return gold, write(tmp_path / "sheets", {"x": wrong})


def test_text_and_what_was_missed(folders: tuple[Path, Path]) -> None:
    gold, sheets = folders
    run = thidua("evaluate", gold, "--sheets", sheets, "--verbose")
    assert run.returncode == 0, run.stderr
    lines = run.stdout.splitlines()
    assert lines[0] == "x: 0/1 awards, 2 predicted, 1 false conferrals"
    assert "  FALSE CONFERRAL: ∅ | Giấy khen | ∅" in lines
    who = "Chủ tịch Ủy ban nhân dân tỉnh Tân Lâm | Bằng khen"
    assert f"  wrong, {EVENT}: {who} | 9 collective — gold: {who} | 7 collective" in lines
    assert "  wrong, slot campaign: Khác — gold: Dân vận khéo" in lines
    assert "y: no sheet; 1 awards missed" in lines
    assert f"  missed, {EVENT}: {who} | 7 collective" in lines
    assert "  missed, posts: Lê Văn A | Bí thư | Huyện ủy Tân Lâm" in lines
    assert re.search(r"^posts +P 1\.000  R 0\.500  F1 0\.667   \(1 right of 1 predicted, 2 gold\)$", run.stdout, re.M)
    assert lines[-1] == "2 documents; false conferrals 1; documents without a sheet 1"
    short = thidua("evaluate", gold, "--sheets", sheets)
    assert short.stdout.splitlines() == lines[-14:]
    assert thidua("evaluate", gold, "--sheets", sheets, "--lang", "vi").stdout.splitlines()[-1].startswith("2 văn bản; trao khống 1")


def test_other_forms(folders: tuple[Path, Path]) -> None:
    gold, sheets = folders
    content = json.loads(thidua("evaluate", gold, "--sheets", sheets, "--format", "json").stdout)
    assert content["falseConferrals"] == 1
    assert content["documents"] == 2
    assert content["documentsWithoutASheet"] == 1
    measures = {one["measure"]: one for one in content["measures"]}
    assert measures["posts"] == {"measure": "posts", "precision": 1.0, "recall": 0.5, "f1": 0.667, "right": 1, "predicted": 1, "gold": 2}
    assert [one["missing"] for one in content["perDocument"]] == [False, True]
    assert content["perDocument"][0]["differences"][0]["predicted"] == {"award": "Giấy khen", "recipients": []}
    run = thidua("evaluate", gold, "--sheets", sheets, "--format", "csv", "--verbose")
    rows = list(csv.reader(io.StringIO(run.stdout)))
    assert rows[0] == ["measure", "precision", "recall", "f1", "right", "predicted", "gold", "count"]
    assert ["posts", "1.000", "0.500", "0.667", "1", "1", "2", ""] in rows
    assert rows[-2:] == [["false conferrals", *[""] * 6, "1"], ["documents without a sheet", *[""] * 6, "1"]]
    assert "FALSE CONFERRAL" in run.stderr
    assert "| posts | 1.000 | 0.500 |" in thidua("evaluate", gold, "--sheets", sheets, "--format", "md").stdout
    assert "posts " in thidua("evaluate", gold, "--sheets", sheets, "--format", "table").stdout


def test_folders_that_cannot_be_compared(folders: tuple[Path, Path], tmp_path: Path) -> None:
    gold, sheets = folders
    empty = tmp_path / "empty"
    empty.mkdir()
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.txt").write_text("a", "utf-8")
    assert_fails(thidua("evaluate", tmp_path / "none", "--sheets", sheets), 2, "none: no such folder")
    assert_fails(thidua("evaluate", other / "a.txt", "--sheets", sheets), 2, "a.txt: is not a folder")
    assert_fails(thidua("evaluate", other, "--sheets", sheets), 2, "other: no .json file in this folder")
    assert_fails(thidua("evaluate", empty, "--sheets", sheets), 3, "empty: an empty folder; nothing was checked")
    assert_fails(thidua("evaluate", gold, "--sheets", empty), 2, "empty: no .json file in this folder")
    assert_fails(thidua("evaluate", gold, "--sheets", tmp_path / "none"), 2, "none: no such folder")
    assert_fails(thidua("evaluate", gold, "--sheets", sheets, "--without-outlet"), 2, "does not go with --sheets")
    assert_fails(thidua("evaluate"), 2, "GOLD_DIR")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b'{"awards": [', "x.json:1: not JSON: "),
        (b"[]", "x.json: at /: is […], and must be of type object"),
        (b'{"awards": [5]}', "at /awards/0: is 5, and must be of type object"),
        (b'{"awards": [{"evidence": ["a", 1]}]}', 'at /awards/0/evidence/0: is "a", and must be of type integer'),
        (b'{"awards": [{}, {"recipients": [{"count": 1}]}]}', "at /awards/1/recipients/0: lacks kind"),
        (b'{"figures": [{"value": NaN}]}', "at /figures/0/value: a number that JSON does not have"),
        (b'{"figures": [{"value": 1e999}]}', "at /figures/0/value: a number that JSON does not have"),
        (b'{"figures": [{"value": ' + b"9" * 5000 + b"}]}", "at /figures/0/value: a number that JSON does not have"),
        (b'{"id": "a", "awards": [], "awards": []}', "at /awards: this key stands twice"),
        (b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nests over 24 deep"),
        (b'{"a": ' + b"[" * 40 + b"]" * 40 + b"}", "nests over 24 deep"),
        (b'{"id": "\\ud800"}', "at /id: half a surrogate pair"),
        (b'{"\\ud800": 1}', "at /: half a surrogate pair"),
        (b'{"id": "\xff"}', "x.json:1: not UTF-8 (byte 0xff)"),
        (b"", "x.json: the file is empty"),
        (b'{"a": "' + b"x" * (5 * 2**20) + b'"}', "x.json: over 4194304 bytes"),
    ],
)
def test_broken_sheets(content: bytes, says: str, folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    gold, sheets = folders
    for place in (sheets, gold):
        (place / "x.json").write_bytes(content)
        assert main(["evaluate", str(gold), "--sheets", str(sheets)]) == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err.count("\n") == 1
        assert says in told.err
        assert "x.json" in told.err
        assert len(told.err) < 400 + len(str(gold))


def test_a_sheet_that_is_a_folder(folders: tuple[Path, Path]) -> None:
    gold, sheets = folders
    (sheets / "x.json").unlink()
    (sheets / "x.json").mkdir()
    assert_fails(thidua("evaluate", gold, "--sheets", sheets), 2, "x.json: is a folder, a file is needed")


def test_a_pipe_in_the_folder_does_not_stop_it(folders: tuple[Path, Path]) -> None:
    gold, sheets = folders
    os.mkfifo(sheets / "y.json")
    run = thidua("evaluate", gold, "--sheets", sheets)
    assert run.returncode == 0
    assert run.stdout.endswith("documents without a sheet 1\n")


@pytest.fixture
def extractor(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, str | None]]]:
    """In place of the extraction: hands back the gold award where the text names it; what it was given."""
    given: list[tuple[str, dict[str, str | None]]] = []

    def read_document(data: bytes, name: str, **about: str | None) -> SimpleNamespace:
        given.append((name, about))
        return SimpleNamespace(text=data.decode("utf-8"))

    def extract(document: SimpleNamespace, lexicon: object) -> dict[str, Any]:
        assert lexicon == "lexicon"
        return {"awards": [AWARD] if "Bằng khen" in document.text else []}

    lexicon = SimpleNamespace(load=lambda assets: "lexicon")
    for name, content in (
        ("pages", {"read_document": read_document}),
        ("lexicon", {"Lexicon": lexicon}),
        ("extract", {"extract": extract}),
    ):
        module = ModuleType(f"thidua.extraction.{name}")
        vars(module).update(content)
        monkeypatch.setitem(sys.modules, module.__name__, module)
    return given


def test_extracting_from_the_texts_that_gold_names(
    extractor: list[tuple[str, dict[str, str | None]]], folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Beside the gold folder, or further up; with what gold knows of the publication, or without title and address."""
    gold, _ = folders
    write(gold, {"x": GOLD, "y": GOLD | {"text_file": "../texts/y.txt"}})
    for folder, name, words in ((gold.parent / "text", "x.txt", "Bằng khen"), (gold.parent.parent / "texts", "y.txt", "khác")):
        folder.mkdir()
        (folder / name).write_text(words, "utf-8")
    assert main(["evaluate", str(gold), "--format", "csv"]) == 0
    assert f"{EVENT},1.000,0.500,0.667,1,1,2," in capsys.readouterr().out.splitlines()
    assert extractor == [
        (name, {"title": "Khen", "published": "2031-05-02", "url": "https://baotanlam.vn/1"}) for name in ("x.txt", "y.txt")
    ]
    extractor.clear()
    assert main(["evaluate", str(gold), "--without-outlet"]) == 0
    assert [about for _, about in extractor] == [{"title": None, "published": "2031-05-02", "url": None}] * 2


@pytest.mark.parametrize(
    ("named", "says"),
    [
        ("text/none.txt", "text_file text/none.txt is in none of the folders above"),
        ("../../../../../../../../../../etc/none", "is in none of the folders above"),
        (None, "names no text_file to extract from"),
        ("/text/x.txt", "text_file /text/x.txt is an absolute path"),
        ("a\0b", "names no text_file"),
        (".", "is in none of the folders above"),
        ("x" * 5000, "is in none of the folders above"),
    ],
)
@pytest.mark.usefixtures("extractor")
def test_texts_that_are_not_there(named: str | None, says: str, folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    gold, _ = folders
    write(gold, {"x": GOLD | {"text_file": named}})
    assert main(["evaluate", str(gold)]) == 2
    told = capsys.readouterr()
    assert says in told.err
    assert told.err.count("\n") == 1
