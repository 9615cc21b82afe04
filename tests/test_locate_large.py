"""Large files: what is searched gives the very statements that walking over the whole file gives, at less cost."""

from __future__ import annotations

import io
import random
import tracemalloc
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

import thidua.locate as locating
from tests.test_locate import _without_names, made, made_up, readable, store_of
from thidua.findings import Finding, Location, Report
from thidua.locate import lines, locate, places, search
from thidua.locate.lines import Odd, on_lines
from thidua.locate.search import statements_of
from thidua.locate.statements import Reader, Statement
from thidua.locate.tokens import Term
from thidua.shacl import parallel
from thidua.terms import PREFIXES

# ways to write names with escapes, for names made up without
ESCAPED = {
    "<urn:a>": "<urn:\\u0061>",
    "ex:a12": "ex:a\\-b",
    "ex:b.c": "ex:\\~a",
    "o:x-y": "o:a\\/b",
    "ex:%41": "ex:it\\'s",
    '"x"': '"\\u0041 \\\\-"',
    '"a . b"@vi': '"x"@en',
    '"""two': '"""\\"""" , """it\\\\-',
}
SUBJECTS: list[Term] = [
    "urn:a", "urn:ex/a", "urn:ex/a1", "urn:b#c", "http://example.org/a", "urn:", "urn:ex/a-b", "urn:ex/~a", "http://example.org/a/b",
    "urn:ex/it's", "urn:ex/é", "http://late.example/a",
]  # fmt: skip


def with_escapes(seed: int) -> str:
    """A file in TriG with names in escapes, and prefixes that are declared late or again."""
    chance = random.Random(seed)
    content = made_up(seed)
    for plain, escaped in ESCAPED.items():
        if chance.random() < 0.5:
            content = content.replace(plain, escaped, chance.randrange(1, 5))
    statements = content.split(" .\n")
    for directive in ("PREFIX late: <http://late.example/>\nlate:a a ex:a", "@prefix ex: <urn:ex/>", "prefix :\n<urn:> <urn:a> a <urn:b>"):
        if chance.random() < 0.4:
            statements.insert(chance.randrange(len(statements)), directive)
    return " .\n".join(statements)


@pytest.mark.parametrize("chunk", [1, 100, 2**18])
def test_names_with_escapes_and_late_prefixes_are_searched_as_walked(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "SMALL", 0)
    monkeypatch.setattr(search, "_CHUNK", chunk)
    files = late = escaped = found = 0
    for seed in range(1000):
        content = with_escapes(seed)
        if not readable(content):
            continue
        files += 1
        late += "late:" in content
        escaped += "\\-b" in content
        wanted = set(random.Random(seed).sample(SUBJECTS, 4))
        walked = Reader(content.encode(), wanted, "b").read_all()
        searched = statements_of(content.encode(), wanted, "b")
        assert [_without_names(one) for one in searched] == [_without_names(one) for one in walked], seed
        found += len(searched)
    assert files > 200
    assert late > 40
    assert escaped > 40
    assert found > 1000


def test_a_name_that_ends_in_an_escaped_dot_ends_no_statement(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "SMALL", 0)
    data = b"@prefix ex: <urn:ex/> .\nex:b\\.\n<urn:a> ex:c , ex:c\\. .\n<urn:a> ex:p 1 ."
    (one,) = statements_of(data, {"urn:a"}, "b")
    assert one == Statement("urn:a", "urn:ex/p", ("1", PREFIXES["xsd"] + "integer"), data.index(b"<urn:a> ex:p"), data.index(b"1 ."))


def test_a_file_with_escaped_names_is_not_walked_over(monkeypatch: pytest.MonkeyPatch) -> None:
    content = "".join(f"ex:n\\-{n} a ex:C ;\n  ex:q ex:n\\-{n + 1} .\n" for n in range(10_000))
    data = ("@prefix ex: <urn:ex/> .\n" + content).encode()
    assert len(data) > search.SMALL
    walked = Reader(data, {"urn:ex/n-77", "urn:ex/n-9999"}, "b").read_all()
    steps = 0
    step = Reader.step

    def counted(self: Reader) -> None:
        nonlocal steps
        steps += 1
        step(self)

    monkeypatch.setattr(Reader, "step", counted)
    assert statements_of(data, {"urn:ex/n-77", "urn:ex/n-9999"}, "b") == walked
    assert len(walked) == 4
    assert steps == 2


# ── by lines ──

NODES = ("<urn:a>", "<urn:a1>", "<urn:b\\u0061>", "_:x", "<urn:\\u0061>", "<urn:é>", "<urn:b>")
VALUES = (
    *NODES, '"x"', '"x"@vi', '"x"@VI-vn', '"<urn:a> <urn:a> <urn:a> ."', '"\\" \\u0061\\n"', '"1"^^<urn:d>', '""', '"đại" @vi',
    '"1" ^^ <urn:\\u0061>',
)  # fmt: skip


def made_up_lines(seed: int) -> str:
    chance = random.Random(seed)
    gap, end = chance.choice((" ", "\t", "  ")), chance.choice(("\n", "\r\n", " # <urn:a> <urn:b> <urn:b> .\n"))
    nothing, written = "#" if end.startswith(" ") else "", []
    for _ in range(chance.randrange(1, 60)):
        graph = chance.choice(("", "", "<urn:a> ", "_:g "))
        subject, value = chance.choice(NODES), chance.choice(VALUES)
        written.append(
            chance.choice(
                (f"{subject}{gap}<urn:p>{gap}{value}{gap}{graph}.", f"{subject}<urn:\\u0061>{value} {graph}.", nothing, "# <urn:a>")
            )
        )
    return end.join(written) + chance.choice(("", end))


@pytest.mark.parametrize("piece", [1, 50, 2**20])
def test_lines_give_what_walking_gives(piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "_PIECE", piece)
    files = found = 0
    for seed in range(300):
        data = made_up_lines(seed).encode()
        list(parse(input=data, format=RdfFormat.N_QUADS))
        wanted = set(random.Random(seed).sample(["urn:a", "urn:a1", "urn:ba", "urn:é", "urn:none"], 2))
        walked = [_without_names(one) for one in Reader(data, wanted, "b").read_all()]
        told = [(one.subject, one.predicate, one.value, data.count(b"\n", 0, one.at) + 1) for one in walked]
        assert list(on_lines(io.BytesIO(data), wanted)) == told, seed
        files += 1
        found += len(told)
    assert files == 300
    assert found > 1000


@pytest.mark.parametrize("content", [" <urn:a> <urn:p> 1 .", "<urn:b> <urn:p> <urn:c> .\r<urn:a> <urn:p> <urn:b> .", "<urn:a> <urn:p> <<"])
def test_lines_of_another_kind_are_left_to_the_reader(content: str) -> None:
    with pytest.raises(Odd):
        list(on_lines(io.BytesIO(content.encode()), {"urn:a"}))


def test_the_place_in_a_large_file_of_lines(tmp_path: Path) -> None:
    content = "".join(f'<urn:n{n}> <urn:p> "{n}" .\n' for n in range(20_000))
    findings = (made("urn:n0", "urn:p"), made("urn:n777", "urn:p", '"777"'), made("urn:n19999"))
    for name, first, line in (("plain.nt", "", 1), ("indented.nq", " <urn:x> <urn:p> <urn:y> .\n", 2)):
        path = tmp_path / name
        path.write_text(first + content, "utf-8")
        assert path.stat().st_size > search.SMALL
        report = locate(Report(findings, 3), [path], Store())
        assert [one.locations for one in report.findings] == [(Location(str(path), line + n),) for n in (0, 777, 19_999)]


def test_a_file_of_lines_is_not_held(tmp_path: Path) -> None:
    path = tmp_path / "large.nt"
    path.write_bytes(b'<urn:x> <urn:p> "%s" .\n' % (b"x" * 200) * 100_000 + b'<urn:a> <urn:p> "1" .\n')
    assert path.stat().st_size > 20_000_000
    tracemalloc.start()
    (one,) = places.read_places({"large": path}, {"urn:a"}).places["urn:a"]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert one.line == 100_001
    assert peak < 6_000_000


# ── once ──


def test_nodes_that_no_file_describes_need_no_second_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.ttl"
    path.write_text("<urn:a> <urn:p> <urn:gone> .\n<urn:b> <urn:p> 1 .", "utf-8")
    gone, absent = made("urn:gone"), made("urn:absent")
    store = store_of([Quad(NamedNode("urn:a"), NamedNode("urn:p"), NamedNode("urn:gone"))])
    read: list[int] = []
    reading = places._in_file

    def counted(name: str, where: Path, wanted: set[Term]) -> list[tuple[Term, places.Placed]]:
        read.append(len(wanted))
        return reading(name, where, wanted)

    monkeypatch.setattr(places, "_in_file", counted)
    report = locate(Report((gone, made("urn:b"), absent), 3), [path], store)
    assert [[place.line for place in one.locations] for one in report.findings] == [[1], [2], []]
    assert len(read) == 1


def test_several_processes_find_what_one_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "data.ttl"
    path.write_text("".join(f"<urn:n{n}> <urn:p> {n}, <urn:n{n + 1}> .\n" for n in range(30)), "utf-8")
    store = Store()
    store.bulk_load(path=str(path))
    nodes = [*(f"urn:n{n}" for n in range(33)), *(f"urn:n{n}" for n in range(0, 33, 3))]
    findings = tuple(
        Finding("violation", "urn:s", node, "urn:p", str(place), "", "", "", "", {}, {}, focus_term=f"<{node}>")
        for place, node in enumerate(nodes)
    )
    alone = locate(Report(findings, 1), [path], store)
    monkeypatch.setattr(locating, "MANY", 1)
    monkeypatch.setattr(parallel, "cores", lambda: 3)
    shared = locate(Report(findings, 1), [path], store)
    assert [finding.locations for finding in shared.findings] == [finding.locations for finding in alone.findings]
    assert [place.line for finding in alone.findings[:31] for place in finding.locations] == [*range(1, 31), 30]
    assert [finding.locations for finding in alone.findings[31:33]] == [(), ()]
