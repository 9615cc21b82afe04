"""`thidua ingest` and `thidua links`: whole or not at all, whoever is killed and whoever else is at it; decisions taken back."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode

from tests.conftest import CASES, ROOT, thidua
from tests.ingestion import BODY, DISTRICT, NO_BODY, PROVINCE, RECORDED, fakes
from thidua import cli
from thidua.assets import Assets
from thidua.build import build_in_memory, input_files
from thidua.checking import check_with_shipped, read_shapes
from thidua.datafolder import DataFolder
from thidua.errors import InputError, MachineError
from thidua.extraction import ingestion, tools
from thidua.extraction.candidate import Candidate
from thidua.extraction.decisions import decide, kept_links, undo
from thidua.extraction.gate import Gate
from thidua.extraction.ingestion import Options, Outcome
from thidua.extraction.json_files import read_json
from thidua.extraction.run import Request, ingest
from thidua.extraction.succession import address_name
from thidua.extraction.tools import Tools
from thidua.terms import PREFIXES
from thidua.text import sha256

Tree = dict[str, bytes]
OPTIONS = Options(RECORDED)
COMING = ("pages", "extract", "lexicon", "registry", "assembly", "checks", "json_files")


@pytest.fixture(scope="module")
def gate() -> Gate:
    return Gate(Assets())


@pytest.fixture(scope="module")
def real(gate: Gate) -> Tools:
    """Made-up reading and linking, with the real shapes over the real graph."""
    return fakes(gate.check)


def tree(folder: Path) -> Tree:
    """Every file of a folder and what is in it; the lock is always empty."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def stamps(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*")}


def article(n: int, people: int = 3, address: str = "", more: str = "") -> str:
    url = f"URL https://tanlam.example/{address}\n" if address else ""
    return f"Bài số {n}\n{url}UBND huyện khen {people} cá nhân. {more}\n"


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True, parents=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


def run(into: Path, *texts: Path, steps: Tools | None = None, options: Options = OPTIONS, **more: int | tuple[Path, ...]) -> list[Outcome]:
    request = replace(Request(texts, (), into, options), **more)  # type: ignore[arg-type]
    return list(ingest(request, lambda: steps or fakes()))


def lenient() -> Tools:
    """Steps with a gate that lets awards to nobody through."""
    return fakes(lambda ones: fakes().check([replace(one, graph=b"") for one in ones]))


def kinds(outcomes: list[Outcome]) -> list[str]:
    return [outcome.kind for outcome in outcomes]


def sid_of(text: str) -> str:
    return sha256(text)[:16]


# ── what becomes of texts ──


def test_each_text_has_its_place(tmp_path: Path) -> None:
    texts = write(
        tmp_path / "texts",
        a=article(1),
        b="Không có gì\n\nTrời đẹp.\n",
        c=article(3, people=0),
        d=article(4, more="SAI"),
        e="EN one\n",
        f=article(6, more="LỖI"),
        g=article(1),
    )
    (texts / "h.txt").write_bytes(b"\xff\xfe\x00")
    (texts / "i.pdf").write_bytes(b"%PDF")
    outcomes = run(tmp_path / "into", texts)
    wanted = {
        "a": "accepted",
        "b": "withoutFacts",
        "c": "setAside",
        "d": "setAside",
        "e": "otherLanguage",
        "f": "failed",
        "h": "unreadable",
    }
    assert {outcome.item.name[-5]: outcome.kind for outcome in outcomes} == {**wanted, "g": "alreadyThere"}
    assert all(bool(outcome.why) == (outcome.kind not in ("accepted", "withoutFacts", "alreadyThere")) for outcome in outcomes)
    a, b, c, d = (sid_of((texts / f"{name}.txt").read_text("utf-8")) for name in "abcd")
    accepted = {f"{folder}/{a}.{end}" for folder, end in (("sources", "trig"), ("sheets", "json"), ("texts", "txt"), ("records", "json"))}
    aside = {f"quarantine/{sid}/{name}" for sid in (c, d) for name in ("report.txt", "report.json", "sheet.json", "text.txt")}
    whole = {f"quarantine/{c}/graph.trig", f"quarantine/{c}/record.json"}
    found = tree(tmp_path / "into")
    assert set(found) == {"lock", *accepted, f"sheets/{b}.json", f"records/{b}.json", *aside, *whole}
    assert found[f"texts/{a}.txt"] == (texts / "a.txt").read_bytes()
    assert found[f"quarantine/{c}/report.txt"].decode().startswith("c.txt\n\nVIOLATION: an award to nobody")
    assert json.loads(found[f"quarantine/{d}/report.json"])["problems"] == ["/awards/0: is not supported"]


def test_the_same_texts_again_change_nothing(tmp_path: Path) -> None:
    texts = write(tmp_path / "texts", a=article(1), b="Không có gì\n", c=article(3, people=0), d=article(4, address="x"))
    first = kinds(run(tmp_path / "into", texts))
    before, content = stamps(tmp_path / "into"), tree(tmp_path / "into")
    shutil.copy(texts / "a.txt", texts / "copy-of-a.txt")
    again = kinds(run(tmp_path / "into", texts))
    assert (first, again) == (
        ["accepted", "withoutFacts", "setAside", "accepted"],
        ["alreadyThere", "alreadyThere", "setAside", "alreadyThere", "alreadyThere"],
    )
    assert (stamps(tmp_path / "into"), tree(tmp_path / "into")) == (before, content)


def test_a_text_that_the_shipped_graph_holds(tmp_path: Path, gate: Gate) -> None:
    texts = write(tmp_path / "texts", a=article(1))
    (outcome,) = run(tmp_path / "into", texts, steps=replace(fakes(), known={sha256(article(1)): "003"}))
    assert (outcome.kind, [why.message("en") for why in outcome.why]) == (
        "alreadyThere",
        ["the shipped graph holds this text as source 003"],
    )
    assert set(gate.known_texts().values()) == {f"00{n}" for n in range(5)}


def test_what_was_set_aside_moves_out_when_it_passes(tmp_path: Path) -> None:
    texts = write(tmp_path / "texts", a=article(1, more="SAI"), b=article(2, people=0))
    assert kinds(run(tmp_path / "into", texts)) == ["setAside", "setAside"]
    mended = replace(
        fakes(), problems=lambda sheet, text, lang: [], check=lambda ones: fakes().check([replace(one, graph=b"") for one in ones])
    )
    assert kinds(run(tmp_path / "into", texts, steps=mended)) == ["accepted", "accepted"]
    assert not list((tmp_path / "into" / "quarantine").rglob("*"))
    assert kinds(run(tmp_path / "other", texts, steps=mended)) == ["accepted", "accepted"]
    assert tree(tmp_path / "into") == tree(tmp_path / "other"), "as if it had never been aside"


def test_a_step_that_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingestion, "SECONDS", 0.2)
    texts = write(tmp_path / "texts", a=article(1, more="CHẬM"), b=article(2))
    assert kinds(run(tmp_path / "into", texts)) == ["failed", "accepted"]


def test_a_gate_that_never_ends_stops_for_the_culprit_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingestion, "CHECK_SECONDS", 0.2)
    slow = sid_of(article(2)).encode()

    def check(ones):  # type: ignore[no-untyped-def]
        while any(slow in one.graph for one in ones):
            time.sleep(0.01)
        return fakes().check(ones)

    texts = write(tmp_path / "texts", a=article(1), b=article(2), c=article(3))
    assert kinds(run(tmp_path / "into", texts, steps=fakes(check))) == ["accepted", "failed", "accepted"]


def test_folders_are_walked_below_each_other(tmp_path: Path) -> None:
    texts = write(tmp_path / "texts", b=article(1))
    write(texts / "deep" / "deeper", a=article(2))
    write(texts / ".hidden", c=article(3))
    write(texts, **{".d": article(4)})
    (texts / "round").symlink_to(texts)
    os.mkfifo(texts / "pipe.txt")
    (texts / "page.HTML").write_text(article(5), "utf-8")
    names = [outcome.item.name for outcome in run(texts / "into", texts)]
    assert [Path(name).relative_to(texts).as_posix() for name in names] == ["b.txt", "page.HTML", "deep/deeper/a.txt"]
    assert kinds(run(texts / "into", texts)) == ["alreadyThere"] * 3, "what was written is not read as texts"


def test_batches_are_bounded_and_lazy(tmp_path: Path) -> None:
    from thidua.extraction import run as runs
    from thidua.extraction.ingestion import Item

    asked = 0

    def items() -> Iterator[Item]:
        nonlocal asked
        for n in range(1000):
            asked += 1
            yield Item(tmp_path / str(n))

    first = next(runs._batches(items(), 50))
    assert (len(first), asked) == (50, 51)
    (tmp_path / "big").write_bytes(b"x" * (runs.BATCH_BYTES // 2 + 1))
    sizes = [len(batch) for batch in runs._batches([Item(tmp_path / "big")] * 3 + [Item(None, tmp_path)], 50)]
    assert sizes == [1, 1, 2]


# ── the gate ──


@pytest.mark.parametrize(
    ("old", "new"), [(b"", b""), (b"td:count 3", b"td:count -3"), (b'"conferred"', b'"given"')], ids=["sound", "count", "status"]
)
def test_the_gate_finds_what_validate_finds(old: bytes, new: bytes, gate: Gate, tmp_path: Path) -> None:
    """Alone, and in a batch with a sound source and one with another fault."""
    source = CASES / "corrected" / "graph" / "sources" / "901.trig"
    registry = b"".join(path.read_bytes() for path in sorted((CASES / "corrected" / "graph" / "registry").glob("*.ttl")))
    (tmp_path / "901.trig").write_bytes(source.read_bytes().replace(old, new, 1))
    (tmp_path / "registry.ttl").write_bytes(registry)
    files = [tmp_path / "901.trig", tmp_path / "registry.ttl"]
    wanted = check_with_shipped(files, read_shapes(Assets().files("shapes", ".ttl")), Assets()).report
    this = Candidate("901", (tmp_path / "901.trig").read_bytes(), registry)
    others = [article(2), article(3, people=0)]
    made = []
    for text in others:
        document = fakes().read(text.encode(), "x.txt", title=None, published=None, publisher=None, url=None)
        graph = fakes().assemble(fakes().extract(document), text, {}, recorded=RECORDED, former=None).graph
        made.append(Candidate(sid_of(text), graph, b""))
    together = gate.check([made[0], this, made[1]])
    assert together["901"].findings == gate.check([this])["901"].findings == wanted.findings
    assert bool(wanted.at_least("violation")) is bool(old)
    assert not together[made[0].sid].at_least("violation")


# ── versions ──


def test_a_changed_text_of_one_address_is_a_new_version(tmp_path: Path, real: Tools) -> None:
    """Ingested, built, asked, verified, validated, exported as a user would, now and as it was known before."""
    versions = [article(1, people=people, address="bai-1") for people in (3, 4, 5)]
    into = tmp_path / "into"
    other = write(tmp_path / "other", x=article(9, people=100))
    assert kinds(run(into, other, steps=real)) == ["accepted"]
    for n, text in enumerate(versions, start=1):
        texts = write(tmp_path / f"texts{n}", same_name=text)
        assert kinds(run(into, texts, steps=real, options=Options(f"2026-12-0{n}"))) == ["accepted"]
    first, second, third = map(sid_of, versions)
    assert f"graph/{second}-2" in (into / "sources" / f"{third}.trig").read_text("utf-8")
    assert json.loads((into / "addresses" / f"{address_name('https://tanlam.example/bai-1')}.json").read_bytes()) == [first, second, third]
    assert kinds(run(into, tmp_path / "texts1", steps=real)) == ["alreadyThere"], "the former text does not come back"
    where = ("--root", into, "--store", tmp_path / "store")
    built = thidua("build", *where)
    assert (built.returncode, built.stderr) == (0, "")

    def total(*words: str) -> int:
        answer = thidua("ask", "award-totals", *where, "--columns", "recipientKind,total", "--format", "csv", *words)
        assert answer.returncode == 0, answer.stderr
        return int(dict(line.split(",") for line in answer.stdout.splitlines())["individual"])

    assert total() == 104 + 100 + 5, "the shipped graph, another source, the last version"
    assert [total("--known-on", f"2026-12-0{n}") for n in (1, 2, 3)] == [104 + 100 + people for people in (3, 4, 5)]
    corrections = thidua("ask", "corrections", *where, "--columns", "graph,supersedes,date", "--format", "csv").stdout.splitlines()
    graphs = [f"{PREFIXES['graph']}{name}" for name in (first, f"{second}-2", f"{third}-3")]
    assert corrections[1:] == [f"{graphs[1]},{graphs[0]},2026-12-02", f"{graphs[2]},{graphs[1]},2026-12-03"]
    verified = thidua("verify", *where, "--sources", into / "texts")
    assert verified.returncode == 0
    assert "2 spans of 2 sources are what they say" in verified.stderr
    validated = thidua("validate", *where)
    assert (validated.returncode, "0 violations" in validated.stdout) == (0, True), validated.stdout
    assert f"<{graphs[2]}>" in thidua("export", "--format", "nquads", "--source", third, "--store", tmp_path / "store").stdout
    assert thidua("stats", *where).returncode == 0


def test_versions_of_one_run_come_in_its_order(tmp_path: Path) -> None:
    """Whatever batches they fall in, and however many processes work."""
    texts = write(tmp_path / "texts", **{f"t{n:02}": article(n, address=f"bai-{n % 3}") for n in range(12)})
    trees = []
    for jobs, batch in ((1, 50), (1, 1), (1, 4), (3, 1), (3, 2)):
        into = tmp_path / f"into{jobs}{batch}"
        assert kinds(run(into, texts, jobs=jobs, batch=batch)).count("accepted") == 12
        trees.append(tree(into))
    assert all(one == trees[0] for one in trees)
    records = [json.loads(content) for name, content in trees[0].items() if name.startswith("records/")]
    assert Counter(record["revision"] for record in records) == {1: 3, 2: 3, 3: 3, 4: 3}
    assert len({record["former"]["sid"] for record in records if record["former"]}) == 9, "each takes the place of another one"


def test_a_text_that_states_nothing_any_more_withdraws(tmp_path: Path, real: Tools) -> None:
    into = tmp_path / "into"
    run(into, write(tmp_path / "a", a=article(1, address="bai-1")), steps=real)
    run(into, write(tmp_path / "b", a="Bài số 1\nURL https://tanlam.example/bai-1\nĐã gỡ.\n"), steps=real)
    award = NamedNode(f"{PREFIXES['award']}{sid_of(article(1, address='bai-1'))}-1")
    now = build_in_memory(Assets(into))
    assert not list(now.quads_for_pattern(award, None, None, DefaultGraph())), "nothing is said of it now"
    assert list(now.quads_for_pattern(award, None, None)), "but it was"
    withdrawn = [json.loads(content) for name, content in tree(into).items() if name.startswith("records/")]
    assert sorted((record["revision"], record["facts"]) for record in withdrawn) == [(1, 1), (2, 0)]


def test_the_same_file_name_is_no_address(tmp_path: Path) -> None:
    run(tmp_path / "into", write(tmp_path / "a", same=article(1, people=3)))
    run(tmp_path / "into", write(tmp_path / "b", same=article(1, people=4)))
    records = [json.loads(content) for name, content in tree(tmp_path / "into").items() if name.startswith("records/")]
    assert [(record["revision"], record["former"]) for record in records] == [(1, None), (1, None)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://x.example/a", "http://X.example/a#top", True),
        ("https://x.example", "https://x.example/", True),
        ("https://x.example/a?id=1", "https://x.example/a?id=2", False),
        ("https://x.example/a", "https://x.example/A", False),
        ("https://[broken", "https://[broken", True),
        ("https://[broken", "https://[other", False),
    ],
)
def test_when_two_addresses_are_one(one: str, other: str, same: bool) -> None:
    assert (address_name(one) == address_name(other)) is same


# ── fact sheets ──


def sheet_of(text: str, file: str, **changes: object) -> dict[str, object]:
    document = fakes().read(text.encode(), file, title=None, published=None, publisher=None, url=None)
    return {**fakes().extract(document), **changes}


def save(path: Path, content: object) -> Path:
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    return path


def test_a_sheet_with_its_text(tmp_path: Path) -> None:
    """Its text lies beside it, is among the texts, in a folder that is given, or is the only one given."""
    awards = [{"count": 7, "evidence": [0, 3]}]
    texts = write(tmp_path / "texts", a=article(1), b=article(2))
    apart = save(tmp_path / "a.json", sheet_of(article(1), "a.txt", awards=awards))
    beside = save(texts / "a.json", sheet_of(article(1), "a.txt", awards=awards))
    renamed = save(tmp_path / "b.json", sheet_of(article(1), "other.txt", awards=awards))
    trees = []
    for n, (sheet, given) in enumerate([(apart, texts / "a.txt"), (beside, None), (renamed, texts / "a.txt")]):
        (outcome,) = run(tmp_path / f"into{n}", *([given] if given else []), sheets=(sheet,))
        assert outcome.kind == "accepted"
        trees.append({name: one for name, one in tree(tmp_path / f"into{n}").items() if name.startswith("sources/")})
    assert trees[0] == trees[1] == trees[2]
    assert b"td:count 7" in next(iter(trees[0].values()))
    assert kinds(run(tmp_path / "into3", texts, sheets=(apart,))) == ["accepted", "accepted"], "the folder's other text is extracted"


def test_a_sheet_that_does_not_pass(tmp_path: Path) -> None:
    text, unsupported = write(tmp_path, a=article(1)) / "a.txt", article(2, more="SAI")
    (tmp_path / "u.txt").write_text(unsupported, "utf-8")
    sheets = {
        "other-text": sheet_of(article(3), "a.txt"),
        "unsupported": sheet_of(unsupported, "u.txt"),
        "no-text": sheet_of(article(4), "nowhere.txt"),
        "outside": sheet_of(article(5), "../a.txt"),
        "to-nobody": sheet_of(article(1), "a.txt", awards=[{"count": 0, "evidence": [0, 3]}]),
    }
    said = {}
    for name, sheet in sheets.items():
        (outcome,) = run(tmp_path / "into", sheets=(save(tmp_path / f"{name}.json", sheet),))
        assert outcome.kind == "setAside", name
        said[name] = outcome.why[0].message("en")
    assert f"the sheet is of another text; this one has the hash {sha256(article(1))}" in said["other-text"]
    assert "/awards/0: is not supported" in said["unsupported"]
    assert "nowhere.txt is neither given nor beside the sheet; only the form was checked" in said["no-text"]
    assert "../a.txt is neither given nor beside the sheet" in said["outside"], "nothing outside the folder is looked up"
    assert "an award to nobody" in said["to-nobody"]
    missing = f"quarantine/{sid_of(article(4))}"
    assert sorted(path.name for path in (tmp_path / "into" / missing).iterdir()) == ["report.json", "report.txt", "sheet.json"]
    (tmp_path / "nowhere.txt").write_text(article(4), "utf-8")
    (outcome,) = run(tmp_path / "into", tmp_path / "nowhere.txt", sheets=(tmp_path / "no-text.json",))
    assert (outcome.kind, (tmp_path / "into" / missing).exists()) == ("accepted", False), "with its text it moves out"
    assert text.exists()


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff", b"{}" * 3, b'{"source": {"file": 1, "sha256": null}}', b"[" * 100_000])
def test_what_is_no_sheet(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "odd.json").write_bytes(content)
    (outcome,) = run(tmp_path / "into", sheets=(tmp_path / "odd.json",))
    assert outcome.kind in ("unreadable", "failed", "setAside")
    assert outcome.why
    assert not list((tmp_path / "into" / "sources").iterdir())


@pytest.mark.parametrize("content", [b"{", b"\xff", b'{"id": 1, "id": 2}', b"[" * 100_000])
def test_a_text_is_not_extracted_from_in_place_of_its_broken_sheet(content: bytes, tmp_path: Path) -> None:
    text = write(tmp_path, a=article(1)) / "a.txt"
    (tmp_path / "odd.json").write_bytes(content)
    broken = replace(fakes(), read_json=read_json)
    outcomes = run(tmp_path / "into", text, sheets=(tmp_path / "odd.json",), steps=broken)
    assert kinds(outcomes) == ["unreadable"]
    assert "odd.json" in outcomes[0].why[0].message("en") and "Said(" not in outcomes[0].why[0].message("vi")
    assert not list((tmp_path / "into" / "sources").iterdir())
    mended = save(tmp_path / "odd.json", sheet_of(article(1), "a.txt"))
    assert kinds(run(tmp_path / "into", text, sheets=(mended,))) == ["accepted"]


def test_a_mended_text_does_not_push_out_what_came_after_it(tmp_path: Path) -> None:
    into, texts = tmp_path / "into", write(tmp_path / "texts", a=article(1, people=0, address="a"), b=article(1, people=2, address="a"))
    assert kinds(run(into, texts)) == ["setAside", "accepted"]
    before = tree(into)
    outcomes = run(into, texts, steps=lenient())
    assert kinds(outcomes) == ["setAside", "alreadyThere"]
    assert f"source {sid_of(article(1, people=2, address='a'))} was accepted from the same address" in outcomes[0].why[0].message("en")
    links = [one for one in kept_links(DataFolder(into)) if one.aside]
    with pytest.raises(InputError, match="from the same address"):
        decide(DataFolder(into), lenient(), links[0].link["id"], None, "en")
    assert tree(into) == before


def test_another_sheet_of_a_text_that_is_there(tmp_path: Path) -> None:
    text = write(tmp_path, a=article(1)) / "a.txt"
    run(tmp_path / "into", text)
    before = tree(tmp_path / "into")
    same = save(tmp_path / "same.json", sheet_of(article(1), "a.txt"))
    other = save(tmp_path / "other.json", sheet_of(article(1), "a.txt", awards=[]))
    told = [run(tmp_path / "into", text, sheets=(sheet,))[0] for sheet in (same, other)]
    assert kinds(told) == ["alreadyThere", "alreadyThere"]
    assert [len(outcome.why) for outcome in told] == [0, 1]
    assert tree(tmp_path / "into") == before


# ── decisions ──


def link_ids(into: Path) -> list[str]:
    return [one.link["id"] for one in kept_links(DataFolder(into))]


def test_decisions_and_their_undoing_restore_every_byte(tmp_path: Path, real: Tools) -> None:
    into = tmp_path / "into"
    run(into, write(tmp_path / "texts", a=article(1), b=article(2, address="b")), steps=real)
    run(into, write(tmp_path / "later", b=article(2, people=8, address="b")), steps=real)
    folder, before = DataFolder(into), tree(into)
    links = link_ids(into)
    assert len(links) == 3
    for link in links:
        rejected = decide(folder, real, link, None, "en")
        assert (rejected.refused, rejected.aside) == (False, False), rejected.report
        after = tree(into)
        assert after[f"registry/{rejected.sid}.ttl"]
        changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
        assert changed == {f"registry/{rejected.sid}.ttl", f"sources/{rejected.sid}.trig", f"records/{rejected.sid}.json"}
        chosen = decide(folder, real, link, PROVINCE, "en")
        assert chosen.sid == rejected.sid
        assert not (into / "registry" / f"{chosen.sid}.ttl").exists()
        undo(folder, real, link, "en")
        assert tree(into) == before


def test_decisions_that_cannot_be_taken(tmp_path: Path, real: Tools) -> None:
    into = tmp_path / "into"
    run(into, write(tmp_path / "texts", a=article(1)), steps=real)
    folder, before = DataFolder(into), tree(into)
    (link,) = link_ids(into)
    for target, key in ((BODY + "nobody", "unknown-node"), ("nonsense", "unknown-node")):
        with pytest.raises(InputError, match="the graph knows no such thing") as error:
            decide(folder, real, link, target, "en")
        assert error.value.key == key
    with pytest.raises(InputError, match="no such link"):
        decide(folder, real, "0" * 12, None, "en")
    with pytest.raises(InputError, match="nothing was decided"):
        undo(folder, real, link, "en")
    refused = decide(folder, real, link, NO_BODY, "en")
    assert refused.refused
    assert refused.report.at_least("violation")
    assert tree(into) == before


def test_a_decision_may_bring_a_source_out_of_quarantine_and_back(tmp_path: Path) -> None:
    def check(ones):  # type: ignore[no-untyped-def]
        return fakes().check([replace(one, graph=b"td:count 0 " if DISTRICT.encode() in one.graph else b"") for one in ones])

    steps, into = fakes(check), tmp_path / "into"
    texts = write(tmp_path / "texts", a=article(1, address="a"), b=article(2))
    assert kinds(run(into, texts, steps=steps)) == ["setAside", "setAside"]
    folder, before = DataFolder(into), tree(into)
    links = link_ids(into)
    assert len(links) == 2
    for link in links:
        decided = decide(folder, steps, link, None, "en")
        assert (decided.refused, decided.aside) == (False, False)
        assert (into / "sources" / f"{decided.sid}.trig").exists()
        assert not (into / "quarantine" / decided.sid).exists()
        assert undo(folder, steps, link, "en").aside
        assert tree(into) == before
    decide(folder, steps, links[0], PROVINCE, "en")
    assert kinds(run(into, texts, steps=steps)).count("alreadyThere") == 1


def test_a_decision_on_an_aside_source_is_kept_until_it_passes(tmp_path: Path) -> None:
    into, texts = tmp_path / "into", write(tmp_path / "texts", a=article(1, people=0))
    run(into, texts)
    (link,) = link_ids(into)
    assert decide(DataFolder(into), fakes(), link, None, "en").aside
    assert kinds(run(into, texts, steps=lenient())) == ["accepted"]
    assert (into / "registry" / f"{sid_of(article(1, people=0))}.ttl").exists(), "an entry of its own, as decided"


# ── killed, interrupted, and in company ──


def ingesting(*args: str | Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.ingestion", *map(str, args)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finished(process: subprocess.Popen[str]) -> int:
    process.communicate(timeout=60)
    return process.returncode


def many(folder: Path, count: int) -> Path:
    """Texts of which some have no facts, some are set aside, some share an address."""
    texts = {}
    for n in range(count):
        address = f"bai-{n // 6}" if n % 3 == 0 else ""
        texts[f"t{n:03}"] = "Không có gì\n" * n if n % 7 == 1 else article(n, people=0 if n % 8 == 4 else n + 1, address=address)
    return write(folder, **texts)


def test_killed_at_every_step_of_the_disk(tmp_path: Path) -> None:
    """Each change of the file system is once the last thing a run does; what it left never reads wrong, and is finished by the next."""
    texts = many(tmp_path / "texts", 6)
    wanted = tmp_path / "wanted"
    assert finished(ingesting(wanted, texts, "--batch", "4")) == 0
    whole = tree(wanted)
    final = {name for name in whole if name.startswith(("sources/", "registry/"))}
    killed = 0
    for step in range(1, 400):
        into = tmp_path / f"into{step}"
        code = finished(ingesting(into, texts, "--batch", "4", "--die-at", str(step)))
        if code == 0:
            break
        assert code == -signal.SIGKILL
        killed += 1
        if (into / "sources").is_dir():
            read = {name.removeprefix("added/"): path.read_bytes() for name, path in input_files(Assets(into)) if name.startswith("added/")}
            assert all(whole[name] == content for name, content in read.items()), step
            sources = {name for name in read if name.startswith("sources/")}
            assert len(sources) in (0, 2, 3, 4) and len(final) == 4, "two of the first batch, a second version, one of the next batch"
        run(into, texts, batch=4)
        assert tree(into) == whole, step
    assert killed >= 60


def test_killed_at_random_moments(tmp_path: Path) -> None:
    """Fifty kills and more of runs with two workers; folder after folder becomes what an undisturbed run makes of the texts."""
    texts, chance = many(tmp_path / "texts", 150), random.Random(20261201)
    began = time.monotonic()
    assert finished(ingesting(tmp_path / "wanted", texts, "--jobs", "2")) == 0
    seconds, whole = time.monotonic() - began, tree(tmp_path / "wanted")
    kills = folders = 0
    while kills < 50:
        folders += 1
        into = tmp_path / f"into{folders}"
        while True:
            process = ingesting(into, texts, "--jobs", "2")
            assert process.stdout is not None
            assert process.stdout.readline() == "begun\n"
            time.sleep(chance.random() * seconds / 3)
            process.kill()
            if finished(process) == 0:
                break
            kills += 1
            if into.is_dir() and not (into / ".commit").exists():
                assert all(whole[name] == content for name, content in tree(into).items() if not name.startswith((".draft/", "addresses/")))
        assert tree(into) == whole
    assert folders >= 2


def test_several_processes_ingest_into_one_folder(tmp_path: Path) -> None:
    texts = many(tmp_path / "texts", 60)
    shares = [write(tmp_path / f"share{n}") for n in range(4)]
    for n, path in enumerate(sorted(texts.iterdir())):
        for share in (shares[n // 6 % 3], shares[3]):  # each text comes twice; those of one address in order
            shutil.copy(path, share / path.name)
    assert finished(ingesting(tmp_path / "wanted", texts)) == 0
    processes = [ingesting(tmp_path / "into", share, "--batch", "2", "--jobs", str(1 + n % 2)) for n, share in enumerate(shares)]
    assert [finished(process) for process in processes] == [0] * 4
    assert not (tmp_path / "into" / ".draft").exists()
    found, wanted = tree(tmp_path / "into"), tree(tmp_path / "wanted")
    assert found == wanted


def test_interrupted(tmp_path: Path) -> None:
    """Ctrl-C goes to the whole group, as from a terminal: exit 130, one line, whole state; run again, all is there."""
    texts = many(tmp_path / "texts", 100)
    command = [sys.executable, "-m", "tests.ingestion", "thidua", "ingest", str(texts), "--into", str(tmp_path / "into")]
    command += ["--recorded", RECORDED, "--jobs", "2"]
    write(texts, z=article(999, more="CHẬM"))
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    deadline = time.monotonic() + 30
    while not (tmp_path / "into" / "texts").is_dir() and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.3)
    os.killpg(process.pid, signal.SIGINT)
    said = process.communicate(timeout=30)[1].splitlines()
    assert (process.returncode, said[-1]) == (130, "thidua: interrupted")
    assert not [line for line in said if "Traceback" in line]
    (texts / "z.txt").unlink()
    run(tmp_path / "into", texts)
    run(tmp_path / "wanted", texts)
    assert tree(tmp_path / "into") == tree(tmp_path / "wanted")


def test_a_worker_that_dies_is_told(tmp_path: Path) -> None:
    def die(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    texts = write(tmp_path / "texts", a=article(1))
    with pytest.raises(MachineError, match="a working process died"):
        run(tmp_path / "into", texts, steps=replace(fakes(), extract=die), jobs=2)  # type: ignore[arg-type]
    assert kinds(run(tmp_path / "into", texts)) == ["accepted"]


def test_errors_of_workers_are_ours(tmp_path: Path) -> None:
    def broken() -> Tools:
        raise InputError("no-shapes", path=tmp_path)

    request = Request((write(tmp_path / "texts", a=article(1)),), (), tmp_path / "into", OPTIONS, jobs=2)
    with pytest.raises(InputError, match="no shapes; nothing was checked"):
        list(ingest(request, broken))


# ── the folder ──


def test_a_folder_that_holds_something_else(tmp_path: Path) -> None:
    texts = write(tmp_path / "texts", a=article(1))
    with pytest.raises(InputError, match="holds other files and no graph"):
        run(texts, texts)
    with pytest.raises(InputError, match="is not a folder"):
        run(texts / "a.txt", texts)
    with pytest.raises(MachineError, match="cannot be written"):
        run(Path("/proc/nothing/here"), texts)
    assert sorted(path.name for path in texts.iterdir()) == ["a.txt"]


def test_a_decided_change_counts_before_it_is_moved(tmp_path: Path) -> None:
    """What a process that was killed while moving left: read as if all were moved, and moved by the next who locks the folder."""
    into = tmp_path / "into"
    write(into / "sources", old="")
    write(into / "registry", gone="")
    for name in ("sources/a.trig", "registry/b.ttl"):
        (into / name).write_text("# old\n", "utf-8")
    commit = into / ".commit"
    (commit / "sources").mkdir(parents=True)
    (commit / "sources" / "a.trig").write_text("# new\n", "utf-8")
    (commit / "removed").write_text("registry/b.ttl\nregistry/never-was.ttl\n", "utf-8")
    for path in (into / "sources" / "old.txt", into / "registry" / "gone.txt"):
        path.unlink()
    read = {name: path for name, path in input_files(Assets(into)) if name.startswith("added/")}
    assert read == {"added/sources/a.trig": commit / "sources" / "a.trig"}
    with DataFolder(into).locked():
        pass
    assert tree(into) == {"lock": b"", "sources/a.trig": b"# new\n"}
    assert not commit.exists()


def test_files_of_other_forms_are_refused_beside_the_shipped_graph(tmp_path: Path) -> None:
    (tmp_path / "registry").mkdir()
    (tmp_path / "registry" / "x.jsonld").write_text("{}", "utf-8")
    with pytest.raises(InputError, match="cannot be read as RDF"):
        input_files(Assets(tmp_path))


def test_damaged_files_are_told(tmp_path: Path) -> None:
    into, texts = tmp_path / "into", write(tmp_path / "texts", a=article(1, address="a"))
    run(into, texts)
    (path,) = (into / "records").iterdir()
    write(texts, b=article(1, people=9, address="a"))
    for content in ("{", "[]", "{}", '{"sid": 1}'):
        path.write_text(content, "utf-8")
        with pytest.raises(MachineError, match="is not as it was written"):
            run(into, texts)


# ── the commands ──


@pytest.fixture
def with_fakes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(tools, "load_tools", lambda assets, extra: fakes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *args: str | Path) -> tuple[int, str, str]:
    code = cli.main([str(arg) for arg in args])
    out = capsys.readouterr()
    return code, out.out, out.err


def test_the_command(with_fakes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = write(with_fakes / "texts", a=article(1), b="Không có gì\n")
    code, out, err = said(capsys, "ingest", texts, "--recorded", RECORDED)
    counts = (
        "graph-local: 2 texts: 1 accepted, 0 already there, 1 without facts, 0 set aside, 0 unreadable, 0 in another language, 0 failed\n"
    )
    assert (code, out, err) == (0, counts, "")
    write(texts, c=article(3, more="SAI"), d="EN\n")
    code, out, err = said(capsys, "ingest", texts, "--format", "json", "--lang", "vi")
    summary = json.loads(out)
    assert code == 1
    assert {name: summary[name] for name in ("texts", "accepted", "alreadyThere", "setAside", "otherLanguage")} == {
        "texts": 4, "accepted": 0, "alreadyThere": 2, "setAside": 1, "otherLanguage": 1,
    }  # fmt: skip
    assert [Path(one["text"]).name for one in summary["told"]] == ["c.txt", "d.txt"]
    assert err.splitlines()[1] == f"thidua: {texts}/d.txt: không phải tiếng Việt (en)"
    assert (with_fakes / "graph-local" / "sources").is_dir()


def test_facts_beside_a_single_text(with_fakes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = write(with_fakes, a=article(1)) / "a.txt"
    assert said(capsys, "ingest", text, "--url", "https://e.vn/a", "--title", "Nhan đề")[0] == 0
    (sheet,) = (with_fakes / "graph-local" / "sheets").iterdir()
    assert json.loads(sheet.read_bytes())["source"]["url"] == "https://e.vn/a"
    (record,) = (with_fakes / "graph-local" / "records").iterdir()
    assert len(json.loads(record.read_bytes())["recorded"]) == 10, "today"


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        ([], 2, "give a text, or a fact sheet with --sheet"),
        (["nothing.txt"], 2, "nothing.txt: no such file"),
        (["a.txt", "nothing.txt"], 2, "nothing.txt: no such file"),
        (["--sheet", "nothing.json"], 2, "nothing.json: no such file"),
        (["--sheet", "."], 2, ".: is a folder, a file is needed"),
        (["a.json"], 2, "a.json: is JSON, not a text; a fact sheet is given to thidua ingest with --sheet"),
        (["a.txt", "--jobs", "0"], 2, "--jobs: 0 is not a number from 1 to 256"),
        (["a.txt", "b.txt", "--title", "x"], 2, "--title is of one text"),
        (["folder", "--url", "https://e.vn/"], 2, "--url is of one text"),
        (["a.txt", "--publisher", " "], 2, "--publisher is empty"),
        (["a.txt", "--published", "8/10/2020"], 2, "8/10/2020 is not a date"),
        (["a.txt", "--recorded", "2026-02-30"], 2, "2026-02-30 is not a date"),
        (["a.txt", "--url", "no iri"], 2, "no iri is not an IRI"),
        (["a.txt", "--into", "b.txt"], 2, "b.txt: is not a folder"),
        (["a.txt", "--into", str(ROOT / "graph")], 2, "is the shipped graph"),
        (["folder"], 3, "folder: no text (.txt, .html) in it"),
        (["a.txt", "--root", "folder"], 2, "folder: no data to build from"),
    ],
)
def test_usage_errors(args: list[str], code: int, says: str, with_fakes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(with_fakes, a=article(1), b=article(2))
    save(with_fakes / "a.json", {})
    (with_fakes / "folder").mkdir()
    found, out, err = said(capsys, "ingest", *args)
    assert (found, out, err.count("\n")) == (code, "", 1)
    assert says in err
    assert not list((with_fakes / "graph-local").glob("sources/*"))


def test_standard_input(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.ingestion", "thidua", "ingest", "-", "--jobs", "4", "--into", str(tmp_path / "into")]
    for counts in ("1 accepted", "1 already there"):
        process = subprocess.run(command, cwd=ROOT, input=article(1), capture_output=True, text=True, timeout=60)
        assert counts in process.stdout, process.stderr


def test_links(with_fakes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = write(with_fakes / "texts", a=article(1))
    assert "no data folder; run: thidua ingest TEXT --into graph-local" in said(capsys, "links")[2]
    said(capsys, "ingest", texts)
    code, out, _ = said(capsys, "links", "--format", "jsonl")
    (link,) = map(json.loads, out.splitlines())
    assert code == 0
    assert (link["words"], link["target"], link["score"], link["reasons"]) == ("UBND huyện", DISTRICT, "0.7", "label exact")
    assert (link["alternatives"], link["decided"]) == (f"{BODY}x 0.2", False)
    assert said(capsys, "links", "--reject", link["id"])[::2] == (0, f"thidua: source {sid_of(article(1))} was made anew\n")
    assert said(capsys, "links", "--doubtful", "--format", "csv")[1].count("\n") == 1, "what was decided is doubtful no longer"
    assert said(capsys, "links", "--choose", link["id"], "id:body/uy-ban-nhan-dan-tinh-lao-cai")[0] == 0
    assert json.loads(said(capsys, "links", "--format", "jsonl")[1])["target"] == PROVINCE
    assert said(capsys, "links", "--undo", link["id"])[0] == 0
    assert json.loads(said(capsys, "links", "--doubtful", "--format", "jsonl")[1]) == link
    assert said(capsys, "links", "--undo", link["id"])[0] == 2
    assert said(capsys, "links", "--undo", "x", "--reject", "x")[0] == 2
    assert "no such link" in said(capsys, "links", "--reject", "x")[2]


@pytest.mark.skipif(any(find_spec(f"thidua.extraction.{name}") is None for name in COMING), reason="a step of the pipeline is missing")
def test_the_real_steps(tmp_path: Path) -> None:
    """From a text in the words of the genre to an answer, with no made-up step."""
    text = (
        "Na Hang biểu dương điển hình\n\nNgày 14/10/2022, Ủy ban nhân dân huyện Na Hang tổ chức hội nghị sơ kết phong trào thi đua. "
        "Tại hội nghị, Ủy ban nhân dân huyện Na Hang đã tặng Giấy khen cho 17 cá nhân có thành tích xuất sắc.\n"
    )
    texts = write(tmp_path / "texts", a=text)
    first = thidua("ingest", texts, "--into", tmp_path / "into", "--recorded", RECORDED)
    assert (first.returncode, "1 accepted" in first.stdout) == (0, True), first.stdout + first.stderr
    again = thidua("ingest", texts, "--into", tmp_path / "into")
    assert "1 already there" in again.stdout
    where = ("--root", tmp_path / "into", "--store", tmp_path / "store")
    assert thidua("build", *where).returncode == 0
    answer = thidua("ask", "who-awarded-what-to-whom", *where, "--source", sid_of(text), "--columns", "recipientCount", "--format", "csv")
    assert answer.stdout.splitlines()[1:] == ["17"]
    verified = thidua("verify", *where, "--sources", tmp_path / "into" / "texts")
    assert verified.returncode == 0, verified.stderr
