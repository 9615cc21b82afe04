"""The command line: what it prints, on what stream, and its exit codes."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CASES, thidua
from thidua import __version__
from thidua.cli import COMMANDS, main
from thidua.messages import CATALOGUE

ORDINARY = "Ban Dân vận Tỉnh ủy Lai Châu"


def assert_fails(run: subprocess.CompletedProcess[str], code: int, *says: str) -> None:
    """Asserts the exit code and one line on stderr that says all of `says`; nothing on stdout."""
    assert run.returncode == code, run.stderr
    assert run.stderr.count("\n") == 1, run.stderr
    assert run.stdout == ""
    for words in says:
        assert words in run.stderr


def ids(run: subprocess.CompletedProcess[str]) -> list[str]:
    assert run.returncode == 0, run.stderr
    return [row[0].rsplit("/id/")[-1] for row in list(csv.reader(io.StringIO(run.stdout)))[1:]]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    run = thidua(command, "--help")
    assert run.returncode == 0
    assert run.stdout.startswith(f"usage: thidua {command}")
    assert "--store DIR" in run.stdout


def test_help_and_version() -> None:
    assert all(command in thidua("--help").stdout for command in COMMANDS)
    assert thidua("--version").stdout == f"thidua {__version__}\n"


def test_no_command_and_unknown_ones() -> None:
    bare = thidua()
    assert bare.returncode == 2
    assert "a command is needed" in bare.stderr
    assert_fails(thidua("bild"), 2, "unknown command bild", "did you mean: build?")
    assert_fails(thidua("xyzzy"), 2, "unknown command xyzzy", "thidua --help")
    assert_fails(thidua("build", "--forse"), 2, "unknown argument --forse", "did you mean: --force")
    assert_fails(thidua("stats", "--format", "pdf"), 2, "invalid choice: 'pdf'")


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["sourses"], ["unknown question sourses", "did you mean: sources"]),
        (["who"], ["unknown question who"]),
        (["xyzzy"], ["thidua questions lists them"]),
        (["figures", "--awarder", "x"], ["figures has no parameter --awarder", "it takes none"]),
        (["award-totals", "--awader", "x"], ["no parameter --awader", "did you mean: --awarder"]),
        (["award-totals", "x"], ["no parameter x"]),
        (["award-totals", "--awarder"], ["--awarder needs a value (agent)"]),
        (["award-totals", "--awarder", "--place"], ["--awarder needs a value (agent)"]),
        (["award-totals", "--awarder="], ["--awarder needs a value (agent)"]),
        (["award-totals", "--from", "2020", "--until", "2021-01-01"], ["--from: 2020 is not a date", "2020-10-08"]),
        (["award-totals", "--from", "2021-02-29"], ["--from: 2021-02-29 is not a date"]),
        (["award-totals", "--from", "2020-01-01", "--from", "2020-01-01"], ["--from is given twice"]),
        (["award-totals", "--awarder", "Hội Văn bút"], ["--awarder: nothing of kind agent is called", "thidua find"]),
        (["award-totals", "--place", "Lào Cai"], ["may be any of", "id:place/tinh-lao-cai)", "id:place/tinh-lao-cai-2025-07-01)"]),
        (["award-totals", "--awarder", "id:body/none"], ["knows no such thing"]),
        (["award-totals", "--awarder", "<not an iri>"], ["is not an IRI"]),
        (["award-totals", "--awarder", "source:000"], ["--awarder: source:000 is a td:Source, not a Body / Post / PostType"]),
        (["who-awarded-what-to-whom", "--place", "aw:giay-khen"], ["--place: aw:giay-khen is a", "not a Place"]),
        (["award-totals", "--columns", "total,sum"], ["there is no column sum", "recipientKind"]),
        (["award-totals", "--sources", "."], ["no parameter --sources"]),
    ],
)
def test_questions_that_cannot_be_asked(args: list[str], says: list[str], shipped_path: Path) -> None:
    assert_fails(thidua("ask", *args, "--store", shipped_path), 2, *says)


@pytest.mark.parametrize(
    "label",
    [
        ORDINARY,
        "ban dân vận tỉnh ủy lai châu",
        "Ban Dan van Tinh uy Lai Chau",
        "BDVTU Lai Châu",
        "BDV Tinh uy Lai Chau",
        "Ban Dân vận Tỉnh ủy Lai Châu",  # typed with combining marks
        "Mass Mobilisation Commission of the Lai Châu Provincial Party Committee",
        "id:body/ban-dan-van-tinh-uy-lai-chau",
        "body/ban-dan-van-tinh-uy-lai-chau",
        "<https://w3id.org/thidua/id/body/ban-dan-van-tinh-uy-lai-chau>",
        "https://w3id.org/thidua/id/body/ban-dan-van-tinh-uy-lai-chau",
    ],
)
def test_ways_to_name_a_body(label: str, shipped_path: Path) -> None:
    run = thidua("ask", "who-awarded-what-to-whom", "--awarder", label, "--format", "csv", "--store", shipped_path)
    assert ids(run) == ["award/001-3", "award/001-3"]


def test_parameters_with_equals_sign_and_common_options_anywhere(shipped_path: Path) -> None:
    before = thidua("--store", shipped_path, "ask", "award-totals", f"--awarder={ORDINARY}", "--format", "csv")
    after = thidua("ask", "award-totals", f"--awarder={ORDINARY}", "--format", "csv", "--store", shipped_path)
    assert before.stdout == after.stdout
    assert before.stdout.splitlines()[1:] == ["collective,3,exact,1,0", "individual,12,exact,1,0"]


def test_no_rows_is_no_error(shipped_path: Path) -> None:
    run = thidua("ask", "proposals", "--store", shipped_path)
    assert (run.returncode, run.stdout) == (0, "(no rows)\n")
    run = thidua("ask", "proposals", "--store", shipped_path, "--lang", "vi")
    assert (run.returncode, run.stdout) == (0, "(không có dòng nào)\n")


def test_language_of_names_and_messages(shipped_path: Path) -> None:
    names = {lang: thidua("ask", "awards-on-behalf", "--store", shipped_path, "--format", "csv", *lang) for lang in ((), ("--lang", "en"))}
    assert "Ban Dân vận Trung ương" in names[()].stdout
    assert "Central Commission for Mass Mobilisation" in names[("--lang", "en")].stdout
    assert_fails(
        thidua("ask", "sourses", "--lang", "vi", "--store", shipped_path), 2, "không có câu hỏi sourses", "có phải ý bạn là: sources?"
    )


def test_messages_exist_in_both_languages_with_the_same_places() -> None:
    import string

    assert len(CATALOGUE) > 40
    for key, (english, vietnamese) in CATALOGUE.items():
        places = [{field for _, field, _, _ in string.Formatter().parse(words) if field} for words in (english, vietnamese)]
        assert places[0] == places[1], key
        assert english and vietnamese, key


def test_show_query_runs_as_it_is(shipped_path: Path, tmp_path: Path) -> None:
    shown = thidua("ask", "award-totals", "--awarder", ORDINARY, "--show-query", "--store", shipped_path)
    assert "VALUES ?__awarder { <https://w3id.org/thidua/id/body/ban-dan-van-tinh-uy-lai-chau> }" in shown.stdout
    path = tmp_path / "query.rq"
    path.write_text(shown.stdout, "utf-8")
    run = thidua("query", path, "--format", "csv", "--store", shipped_path)
    assert run.stdout.splitlines()[1:] == ["collective,3,exact,1,0", "individual,12,exact,1,0"]
    plain = thidua("ask", "sources", "--show-query", "--store", tmp_path / "none")
    assert plain.returncode == 0, "needs no store"


def test_text_parameters_are_terms_not_text(shipped_path: Path) -> None:
    hostile = 'x> } SELECT * { ?s ?p ?o } # "'
    assert_fails(thidua("ask", "award-totals", "--awarder", hostile, "--store", shipped_path), 2, "nothing of kind agent")
    assert_fails(thidua("ask", "award-totals", "--awarder", "http://e/> } #", "--store", shipped_path), 2)


def test_formats_of_an_answer(shipped_path: Path) -> None:
    def ask(form: str) -> str:
        run = thidua("ask", "award-totals", "--format", form, "--store", shipped_path)
        assert run.returncode == 0
        return run.stdout

    head = ["recipientKind", "total", "totalBound", "events", "eventsWithoutCount"]
    assert next(csv.reader(io.StringIO(ask("csv")))) == head
    assert ask("tsv").splitlines()[0] == "\t".join("?" + name for name in head)
    parsed = json.loads(ask("json"))
    assert parsed["head"] == {"vars": head}
    assert parsed["results"]["bindings"][1]["total"] == {
        "type": "literal",
        "value": "104",
        "datatype": "http://www.w3.org/2001/XMLSchema#integer",
    }
    assert json.loads(ask("jsonl").splitlines()[1])["total"] == 104
    assert ask("md").splitlines()[1] == "|---|---|---|---|---|"
    assert ask("table").splitlines()[2].split() == ["collective", "34", "exact", "5", "1"]


def test_iris_stay_iris_in_json(shipped_path: Path) -> None:
    run = thidua("ask", "who-awarded-what-to-whom", "--format", "json", "--store", shipped_path)
    bindings = json.loads(run.stdout)["results"]["bindings"]
    assert {row["event"]["type"] for row in bindings} == {"uri"}
    assert {row["awarder"]["type"] for row in bindings} == {"uri"}
    assert "recipientCount" not in next(row for row in bindings if row["event"]["value"].endswith("002-1"))


def test_parquet(shipped_path: Path, tmp_path: Path) -> None:
    from pyarrow import parquet

    with (tmp_path / "answer.parquet").open("wb") as file:
        subprocess.run(
            [sys.executable, "-m", "thidua", "ask", "award-totals", "--format", "parquet", "--store", str(shipped_path)],
            stdout=file,
            check=True,
        )
    table = parquet.read_table(tmp_path / "answer.parquet")
    assert table.column("total").to_pylist() == ["34", "104"]


def test_parquet_without_its_extra(shipped_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert main(["ask", "sources", "--format", "parquet", "--store", str(shipped_path)]) == 2
    assert "pip install 'thidua[parquet]'" in capsys.readouterr().err


def test_evidence_with_the_words(shipped_path: Path, seeds: Path) -> None:
    run = thidua("ask", "evidence-of", "--node", "id:group/001-1", "--sources", seeds, "--format", "csv", "--store", shipped_path)
    assert run.stdout.splitlines()[1].endswith(",36 cá nhân")
    assert_fails(thidua("ask", "evidence-of", "--sources", CASES, "--store", shipped_path), 2, "no text of source 000")
    assert_fails(thidua("ask", "evidence-of", "--sources", CASES / "none", "--store", shipped_path), 2, "no such file")


def test_find(shipped_path: Path) -> None:
    for words in ("ban dân vận trung ương", "BAN DAN VAN TRUNG UONG", "BDVTW"):
        run = thidua("find", words, "--format", "csv", "--store", shipped_path)
        assert ids(run)[0] == "body/ban-dan-van-trung-uong"
    assert ids(thidua("find", "zzz", "--format", "csv", "--store", shipped_path)) == []


def test_show(shipped_path: Path) -> None:
    run = thidua("show", "id:award/001-1", "--store", shipped_path)
    assert run.returncode == 0
    assert "td:AwardEvent" in run.stdout
    line = next(line for line in run.stdout.splitlines() if "td:awardedBy" in line)
    assert line.endswith("Ban Dân vận Trung ương  id:body/ban-dan-van-trung-uong  [001]"), "the statement's source"
    assert_fails(thidua("show", "Lào Cai", "--store", shipped_path), 2, "may be any of")
    assert_fails(thidua("show", "không có gì", "--store", shipped_path), 2, "knows no such thing")
    body = thidua("show", ORDINARY, "--format", "csv", "--store", shipped_path)
    assert "in,https://w3id.org/thidua/ontology#awardedBy,https://w3id.org/thidua/id/award/001-3," in body.stdout


def test_stats(shipped_path: Path) -> None:
    run = thidua("stats", "--format", "csv", "--columns", "what,name,count", "--store", shipped_path)
    lines = run.stdout.splitlines()
    assert "class,https://w3id.org/thidua/ontology#AwardEvent,6" in lines
    assert "class,https://w3id.org/thidua/ontology#Figure,16" in lines
    assert "events of source,https://w3id.org/thidua/source/001,3" in lines
    assert "events in period,https://w3id.org/thidua/id/period/2020-2022,1" in lines
    assert "gap,published,4" in lines


def test_questions_lists_all(shipped_path: Path) -> None:
    run = thidua("questions", "--format", "csv")
    assert len(run.stdout.splitlines()) == 38
    assert "award-totals" in thidua("questions").stdout


def test_a_reader_that_goes_away(shipped_path: Path) -> None:
    command = [sys.executable, "-m", "thidua", "export", "--format", "nquads", "--store", str(shipped_path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None and process.stderr is not None
    assert process.stdout.read(100).startswith(b"<http")
    process.stdout.close()  # megabytes are still to come
    with process.stderr:
        assert process.stderr.read() == b""
    assert process.wait() == 0


def test_unexpected_errors_are_one_line_and_exit_4(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(*_: object) -> None:
        raise ValueError("first line\nsecond line")

    monkeypatch.setattr("thidua.assets.Assets.__post_init__", fail)
    assert main(["questions"]) == 4
    assert capsys.readouterr().err == "thidua: internal error: ValueError: first line second line; run again with --debug and report it\n"
    assert main(["questions", "--debug"]) == 4
    assert "Traceback" in capsys.readouterr().err


def test_interrupted(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("thidua.assets.Assets.__post_init__", interrupt)
    assert main(["questions"]) == 130
    assert capsys.readouterr().err == "thidua: interrupted\n"


def test_on_a_terminal_a_wide_answer_is_shown_as_records(shipped_path: Path) -> None:
    import pty

    def on_terminal(**environment: str) -> str:
        parent, child = pty.openpty()
        command = [sys.executable, "-m", "thidua", "ask", "sources", "--store", str(shipped_path)]
        process = subprocess.Popen(command, stdout=child, env={**os.environ, "COLUMNS": "80", "TERM": "xterm", **environment})
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
        process.wait()
        return output.decode()

    plain = on_terminal(NO_COLOR="1")
    assert "── 1" in plain and "\x1b" not in plain
    assert "republishedFrom  http://laocai.edu.vn" in plain
    assert "\x1b[1m" in on_terminal()
    assert "\x1b" not in on_terminal(TERM="dumb")


def test_places_and_days_that_cannot_be_told(shipped_path: Path) -> None:
    store = ("--store", shipped_path)
    both = thidua("ask", "bodies-on", "--place", "Tỉnh Lào Cai", *store)
    assert_fails(both, 2, "–2025-06-30 (id:place/tinh-lao-cai)", "2025-07-01– (id:place/tinh-lao-cai-2025-07-01)")
    assert_fails(thidua("ask", "place-history", "--place", "Nơi không có", *store), 2, "nothing of kind place", "thidua find")
    assert_fails(thidua("ask", "who-may-award", "--as-of", "2025-02-30", *store), 2, "--as-of: 2025-02-30 is not a date")
    early = thidua(
        "ask",
        "places-on",
        "--as-of",
        "1000-01-01",
        "--level",
        "commune",
        "--within",
        "place:tinh-lao-cai-2025-07-01",
        "--format",
        "csv",
        *store,
    )
    assert (early.returncode, early.stdout.count("\n")) == (0, 1), "a head without rows"


def test_an_office_is_found_as_everybody_calls_it(shipped_path: Path) -> None:
    run = thidua(
        "ask", "what-may-award", "--office", "Chủ tịch UBND huyện", "--as-of", "2025-06-30", "--store", shipped_path, "--format", "csv"
    )
    assert run.returncode == 0
    assert run.stdout.count("\n") == 1 + 5
