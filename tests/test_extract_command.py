"""`thidua extract`: texts in, fact sheets out, in every form; what goes wrong with one text does not stop the others."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from tests.conftest import ROOT, thidua
from thidua.assets import Assets
from thidua.cli import main
from thidua.extraction import guard
from thidua.extraction.checks import problems, schema_text
from thidua.extraction.extract import extract
from thidua.extraction.lexicon import Lexicon
from thidua.extraction.pages import read_document
from thidua.extraction.table import to_table
from thidua.terms import PREFIXES, RDF_TYPE, td
from thidua.text import nfc, sha256

# A made-up text.
TITLE = "Huyện Na Hang biểu dương gương “Dân vận khéo”"
TEXT = f"""{TITLE}

Ngày 14/11/2023, Huyện ủy Na Hang tổ chức Hội nghị tổng kết phong trào thi đua “Dân vận khéo” giai đoạn 2021 - 2023.

Dịp này, UBND tỉnh Tuyên Quang tặng Bằng khen cho 4 tập thể, 6 cá nhân.

UBND huyện đề nghị Thủ tướng Chính phủ tặng Bằng khen cho 2 đơn vị.
"""
PAGE = f"""<!doctype html><html><head><title>{TITLE}</title>
<meta property="article:published_time" content="2023-11-15T08:00:00+07:00"></head>
<body><article><h1>{TITLE}</h1>{"".join(f"<p>{words}</p>" for words in TEXT.splitlines()[2:] if words)}</article></body></html>"""
ENGLISH = "The People's Committee of the district held a meeting for the end of the year, and it was said that the work is done. " * 5
NOTHING = "Sáng nay trời nắng nhẹ, gió từ biển thổi vào làm dịu mát những con đường nhỏ quanh làng.\n"


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    (folder / "below").mkdir(parents=True)
    for name, words in (("b.txt", TEXT), ("a.html", PAGE), ("below/c.txt", NOTHING), ("notes.md", TEXT), (".d.txt", TEXT)):
        (folder / name).write_text(words, "utf-8")
    return folder


def sheets(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_one_text_is_one_pretty_object(texts: Path) -> None:
    run = thidua("extract", texts / "b.txt")
    assert (run.returncode, run.stderr) == (0, "")
    sheet = json.loads(run.stdout)
    assert problems(sheet, TEXT) == [], "of the form, and borne out by the text"
    assert run.stdout == json.dumps(sheet, ensure_ascii=False, indent=1) + "\n"
    assert (sheet["id"], sheet["source"]["file"], sheet["source"]["sha256"]) == ("b", "b.txt", sha256(TEXT))
    (award,) = sheet["awards"]
    assert (award["conferred_by"], award["award"], award["date"]) == ("Ủy ban nhân dân tỉnh Tuyên Quang", "Bằng khen", "2023-11-14")
    assert [(one["kind"], one["count"]) for one in award["recipients"]] == [("collective", 4), ("individual", 6)]
    assert [one["why"] for one in sheet["not_awards"]] == ["proposed"], "what is only proposed is no award"


def test_what_is_told_of_a_text_counts_before_what_it_says(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = {"title": "Khen", "published": "2023-11-20", "publisher": "Báo Tân Lâm", "url": "https://tanlam.example/1"}
    options = [word for name, value in told.items() for word in (f"--{name}", value)]
    assert main(["extract", str(texts / "a.html"), *options]) == 0
    source = json.loads(capsys.readouterr().out)["source"]
    assert {name: source[name] for name in told} == told
    assert main(["extract", str(texts / "a.html")]) == 0
    source = json.loads(capsys.readouterr().out)["source"]
    assert (source["title"], source["published"]) == (TITLE, "2023-11-15")


def test_standard_input() -> None:
    run = thidua("extract", "-", stdin=TEXT)
    sheet = json.loads(run.stdout)
    assert (run.returncode, sheet["id"], sheet["source"]["file"], len(sheet["awards"])) == (0, sha256(TEXT)[:16], "-", 1)


@pytest.mark.parametrize("more", [[], ["--jobs", "3"]], ids=["one process", "three"])
def test_several_texts_are_json_lines_in_order(more: list[str], texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder's texts sorted, those in its folders after them; hidden ones and other files are left out."""
    if more:
        run = thidua("extract", texts, texts / "notes.md", *more)
        found, said = [json.loads(line) for line in run.stdout.splitlines()], run.stderr
    else:
        assert main(["extract", str(texts), str(texts / "notes.md")]) == 0
        told = capsys.readouterr()
        found, said = [json.loads(line) for line in told.out.splitlines()], told.err
    assert [(one["source"]["file"], len(one["awards"])) for one in found] == [("a.html", 1), ("b.txt", 1), ("c.txt", 0), ("notes.md", 1)]
    assert said == f"thidua: {texts / 'below' / 'c.txt'}: no facts are found in it\n"
    assert found[1]["awards"] == found[3]["awards"]


def test_a_folder_with_one_text_has_lines_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert main(["extract", str(tmp_path)]) == 0
    assert [one["id"] for one in sheets(capsys)] == ["a"]


@pytest.mark.parametrize("words", [NOTHING, ENGLISH], ids=["no facts", "another language"])
def test_nothing_in_it_is_no_error(words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(words, "utf-8")
    for lang, says in (("en", "no facts are (?:found in|drawn from) it"), ("vi", "không (?:tìm thấy|rút) dữ kiện nào")):
        assert main(["extract", str(path), "--lang", lang]) == 0
        told = capsys.readouterr()
        assert re.fullmatch(rf"thidua: {re.escape(str(path))}: .*{says}\n", told.err), told.err
        sheet = json.loads(told.out)
        assert problems(sheet, words) == []
        assert [name for name, items in sheet.items() if isinstance(items, list) and items] == []


def test_remarks_are_said_and_count_as_no_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import unicodedata

    path = tmp_path / "a.txt"
    path.write_text(unicodedata.normalize("NFD", TEXT), "utf-8")
    assert main(["extract", str(path)]) == 0
    told = capsys.readouterr()
    assert told.err.startswith(f"thidua: {path}: letters and accents were apart")
    assert problems(json.loads(told.out), nfc(TEXT)) == []


def test_a_text_that_cannot_be_read_does_not_stop_the_others(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (texts / "aa.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    (texts / "ab.txt").write_bytes(b"")
    (texts / "x.json").write_text("{}")
    given = [texts, texts / "none.txt", texts / "x.json"]
    assert main(["extract", *map(str, given)]) == 1
    told = capsys.readouterr()
    assert [json.loads(line)["id"] for line in told.out.splitlines()] == ["a", "b", "c"]
    said = told.err.splitlines()
    starts = [f"thidua: {texts / name}: " for name in ("aa.txt", "ab.txt", "below/c.txt", "none.txt", "x.json")]
    assert [line.startswith(start) for line, start in zip(said, starts, strict=True)] == [True] * 5, said
    assert said[0].count("aa.txt") == 1, "named once"
    assert main(["extract", str(texts / "aa.txt"), str(texts / "none.txt")]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 2)


def test_a_text_that_takes_too_long_and_a_fault_of_ours(
    texts: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:

    def slow(document: Any, lexicon: Any) -> Any:
        while document.file == "a.html":
            pass
        if document.file == "c.txt":
            raise ValueError("a rule is wrong")
        return extract(document, lexicon)

    monkeypatch.setattr("thidua.extraction.printing.extract", slow)
    monkeypatch.setattr("thidua.extraction.printing.SECONDS", 0.5)
    assert main(["extract", str(texts)]) == 1
    told = capsys.readouterr()
    assert [json.loads(line)["id"] for line in told.out.splitlines()] == ["b"]
    slow_line, fault = told.err.splitlines()
    assert slow_line == f"thidua: {texts / 'a.html'}: stopped after 0.5 s; shorten it"
    assert fault.startswith(f"thidua: {texts / 'below' / 'c.txt'}: internal error: ValueError: a rule is wrong")
    assert main(["extract", str(texts / "a.html")]) == 5
    assert main(["extract", str(texts / "below")]) == 4
    assert guard.SECONDS >= 10


def test_a_file_for_each_text(texts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "new" / "sheets"
    command = ["extract", str(texts), "-o", str(out)]
    assert main(command) == 0
    told = capsys.readouterr()
    assert (told.out, told.err.splitlines()[-1]) == ("", f"thidua: {out}: 3 texts written, 0 not")
    assert sorted(path.name for path in out.iterdir()) == ["a.json", "b.json", "c.json"]
    assert (out / "b.json").read_text("utf-8") == thidua("extract", texts / "b.txt").stdout
    (out / "b.json").write_text("mine")
    assert main(command) == 2, "nothing is written over"
    assert (out / "b.json").read_text() == "mine"
    assert f"thidua: {texts / 'b.txt'}: {out / 'b.json'}: exists; add --force" in capsys.readouterr().err
    assert main([*command, "--force"]) == 0
    assert json.loads((out / "b.json").read_text("utf-8"))["id"] == "b"


def test_two_texts_of_one_name_do_not_share_a_file(texts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (texts / "below" / "b.txt").write_text(TEXT + NOTHING, "utf-8")
    assert main(["extract", str(texts), "-o", str(tmp_path / "out"), "--force"]) == 1
    assert "another text of this run has the sheet b.json" in capsys.readouterr().err
    assert json.loads((tmp_path / "out" / "b.json").read_text("utf-8"))["source"]["sha256"] == sha256(TEXT)


def test_where_a_single_text_goes(texts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, folder = str(texts / "b.txt"), tmp_path / "there"
    folder.mkdir()
    for named, written in (("x.out", "x.out"), ("there", "there/b.json"), ("new/", "new/b.json"), ("-", None)):
        assert main(["extract", text, "-o", f"{tmp_path}/{named}" if written else "-"]) == 0
        told = capsys.readouterr().out
        assert json.loads((tmp_path / written).read_text("utf-8") if written else told)["id"] == "b"
    assert main(["extract", text, "-o", text, "--force"]) == 2
    assert "is the text itself" in capsys.readouterr().err
    assert (texts / "b.txt").read_text("utf-8") == TEXT
    assert main(["extract", text, "-o", str(tmp_path / "none" / "x.json")]) == 2
    assert main(["extract", text, text, "-o", text]) == 2
    assert "is not a folder" in capsys.readouterr().err


def test_tables_beside_the_texts_are_not_read_as_texts(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["extract", str(texts), "-o", str(texts / "out"), "--format", "table", "--force"]
    for _ in range(2):
        assert main(command) == 0
        assert capsys.readouterr().err.endswith("3 texts written, 0 not\n")
    assert (texts / "b.txt").read_text("utf-8") == TEXT


def test_the_graph(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same as the assembly makes it; several in one stream are one TriG document."""
    assert main(["extract", str(texts / "b.txt"), "--format", "trig", "--recorded", "2026-12-01"]) == 0
    one = capsys.readouterr().out
    assert main(["extract", str(texts), "--format", "trig", "--recorded", "2026-12-01"]) == 0
    several = capsys.readouterr().out
    assert one in several
    quads = list(parse(input=several.encode(), format=RdfFormat.TRIG))
    graphs = {quad.subject.value for quad in quads if quad.object == td("SourceGraph") and isinstance(quad.subject, NamedNode)}
    assert len(graphs) == 3 and f"{PREFIXES['graph']}{sha256(TEXT)[:16]}" in graphs
    awards = [quad for quad in quads if (quad.predicate, quad.object) == (RDF_TYPE, td("AwardEvent"))]
    assert len(awards) == 2
    moments = [quad.object for quad in quads if quad.predicate.value == PREFIXES["prov"] + "generatedAtTime"]
    assert [moment.value for moment in moments if isinstance(moment, Literal)] == ["2026-12-01T00:00:00Z"] * 3


def test_the_table_in_a_pipe(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(texts / "b.txt"), "--format", "table"]) == 0
    told = capsys.readouterr().out
    assert told.startswith(f"b.txt — {TITLE}\n\nawards (1)\n")
    assert "\n  1  Dịp này, [UBND tỉnh Tuyên Quang] tặng [Bằng khen] cho [4 tập thể], [6 cá nhân].\n" in told
    assert "\n     recipients    4 collective; 6 individual\n" in told
    assert "\n     date          2023-11-14  “Ngày 14/11/2023”\n" in told, "the words of a slot that stand elsewhere"
    assert "not given, or not yet (1)" in told and "why    proposed" in told
    assert main(["extract", str(texts), "--format", "table", "--lang", "vi"]) == 0
    told = capsys.readouterr().out
    assert told.count("khen thưởng (1)") == 2 and "\n\nc.txt" in told


def test_the_table_tells_what_is_inferred_and_what_is_said_far_away() -> None:
    document = read_document(TEXT.encode(), "b.txt")
    sheet = extract(document, Lexicon.load(Assets()))
    award: Any = sheet["awards"][0]
    award["inferred"]["date"] = "year from the day of publication"
    award["evidence"] = [TEXT.index("Bằng khen"), TEXT.index("Bằng khen") + 9]
    told = to_table(sheet, document)
    assert "\n     date          2023-11-14  “Ngày 14/11/2023”  ← year from the day of publication\n" in told
    award["spans"] = {}
    told = to_table(sheet, document)
    assert "\n  1  Dịp này, UBND tỉnh Tuyên Quang tặng [Bằng khen] cho 4 tập thể, 6 cá nhân.\n" in told, "then the evidence itself"


def test_the_table_holds_no_control_characters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a\n\x1b[31m.txt"
    path.write_text(TEXT.replace("Dịp này", "Dịp này \x1b[31m\x01\x02"), "utf-8")
    assert main(["extract", str(path), "--format", "table"]) == 0
    told = capsys.readouterr()
    assert [c for c in told.out + told.err if not c.isprintable() and c != "\n"] == []
    assert main(["extract", str(path)]) == 0
    assert problems(json.loads(capsys.readouterr().out)) == []


@pytest.mark.parametrize(
    ("environment", "mark"), [({}, "\x1b[1m"), ({"NO_COLOR": "1"}, "["), ({"TERM": "dumb"}, "[")], ids=["bold", "NO_COLOR", "dumb"]
)
def test_the_table_on_a_terminal(environment: dict[str, str], mark: str, texts: Path) -> None:
    import pty

    parent, child = pty.openpty()
    command = [sys.executable, "-m", "thidua", "extract", str(texts / "b.txt"), "--format", "table"]
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    process = subprocess.Popen(command, stdout=child, env={**kept, "COLUMNS": "60", "TERM": "xterm", **environment})
    os.close(child)
    output = b""
    while True:
        try:
            part = os.read(parent, 65536)
        except OSError:
            break
        if not part:
            break
        output += part
    assert process.wait() == 0
    told = output.decode().replace("\r\n", "\n")
    assert f"tặng {mark}Bằng khen" in told.replace("\n     ", " ")
    assert ("\x1b" in told) == (mark != "[")
    lines = re.sub(r"\x1b\[\d*m", "", told).splitlines()
    assert max(map(len, lines)) <= 60
    for line in told.splitlines():
        assert line.count("\x1b[1m") == line.count("\x1b[0m"), "no line ends in bold"


def test_the_schema(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["extract", "--schema"]) == 0
    told = capsys.readouterr().out
    assert told == schema_text() and json.loads(told)["title"] == "Fact sheet"
    assert main(["extract", "--schema", "-o", str(tmp_path / "s.json")]) == 0
    assert (tmp_path / "s.json").read_text("utf-8") == told


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        ([], 2, "give a text to read"),
        (["--schema", "a.txt"], 2, "leave out the texts"),
        (["a.txt", "b.txt", "--title", "x"], 2, "--title is of one text"),
        ([".", "--url", "https://tanlam.example/"], 2, "--url is of one text"),
        (["a.txt", "--published", "14/11/2023"], 2, "--published: 14/11/2023 is not a date"),
        (["a.txt", "--publisher", " "], 2, "--publisher is empty"),
        (["a.txt", "--url", "<x>"], 2, "--url: <x> is not an IRI"),
        (["a.txt", "--recorded", "2026"], 2, "--recorded: 2026 is not a date"),
        (["a.txt", "--jobs", "0"], 2, "--jobs: 0 is not a number from 1 to"),
        (["a.txt", "--format", "csv"], 2, "invalid choice: 'csv'"),
        (["a.txt", "--titel", "x"], 2, "did you mean: --title"),
        (["."], 3, "no text (.txt, .html) in it; nothing was read"),
        (["a.txt", "--root", "none"], 2, "none: no such file"),
    ],
)
def test_what_cannot_be_asked(
    args: list[str], code: int, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["extract", *args]) == code
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert says in told.err


def with_grammar(root: Path, name: str, old: str, new: str) -> Path:
    """A root with the shipped grammar, in one file of which one stretch was replaced."""
    shutil.copytree(ROOT / "grammar", root / "grammar", dirs_exist_ok=True)
    path = root / "grammar" / name
    words = path.read_text("utf-8")
    assert words.count(old) == 1, (name, old)
    path.write_text(words.replace(old, new), "utf-8")
    return root


TAUGHT = [
    ("awards.toml", '"giấy khen" = "Giấy khen"\n', '"giấy khen" = "Giấy khen"\n"giấy ghi nhận" = "Giấy ghi nhận"\n',
     "UBND tỉnh Lai Châu tặng Giấy ghi nhận cho 4 tập thể, 6 cá nhân.", 0, "awards"),
    ("words.toml", '[reach] # the award is the subject, the recipients follow\nwords = [',
     '[reach]\nwords = ["xướng tên", ', "Bằng khen của UBND tỉnh Lai Châu xướng tên 3 hộ.", 0, "awards"),
    ("words.toml", '[plan]\nwords = [', '[plan]\nwords = ["dự trù", ',
     "UBND tỉnh Lai Châu dự trù tặng Bằng khen cho 4 tập thể.", 1, "not_awards"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "words", "before", "then"), TAUGHT, ids=["award", "verb", "plan"])
def test_the_language_is_taught_in_a_grammar_of_ones_own(
    name: str, old: str, new: str, words: str, before: int, then: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As docs/extraction.md has it."""
    (tmp_path / "a.txt").write_text(words, "utf-8")
    command = ["extract", str(tmp_path / "a.txt")]
    assert main(command) == 0
    assert len(json.loads(capsys.readouterr().out)["awards"]) == before
    root = with_grammar(tmp_path / "root", name, old, new)
    assert main([*command, "--root", str(root)]) == 0
    sheet = json.loads(capsys.readouterr().out)
    assert [kind for kind in ("awards", "not_awards") if sheet[kind]] == [then]
    assert problems(sheet, words) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("phrases.toml", 'tags = "<province>"', 'tags = "(<province>"', "phrases.toml: cannot be used as grammar: (<province>"),
        ("clauses.toml", '[not_recipients]', '[not_recipients', "clauses.toml: cannot be used as grammar"),
    ],
)  # fmt: skip
def test_a_wrong_rule_is_told_once_and_nothing_is_read(
    name: str, old: str, new: str, says: str, tmp_path: Path, texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = with_grammar(tmp_path / "root", name, old, new)
    assert main(["extract", str(texts), "--root", str(root)]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert says in told.err
    assert main(["ingest", str(texts), "--root", str(root), "--into", str(tmp_path / "into")]) == 2
    assert says in capsys.readouterr().err
