"""The places of statements: the tokenizer against the RDF library, the search against the walk, and which place a finding is told."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, parse

from tests.conftest import CASES, ROOT
from thidua.errors import InternalError
from thidua.findings import Finding, Location, Report
from thidua.locate import locate, search
from thidua.locate.places import where
from thidua.locate.search import statements_of
from thidua.locate.statements import Reader, Statement, Unreadable
from thidua.locate.tokens import Term, term_of
from thidua.reading import read_quads
from thidua.shacl.paths import first_steps, parse_path

OWN = sorted(path for name in ("ontology", "graph", "shapes") for path in (ROOT / name).rglob("*.t*") if path.suffix in (".ttl", ".trig"))
HOSTILE = sorted((CASES / "locate" / "turtle").iterdir())


PLAINLY = [
    b"@prefix : <u:> . :a :p 1.5 . :b :p 1.5, 2. :c :p 2 ; :q 3.",
    b"@prefix : <u:> . :g { :a :p 1.5 } :h { :a :p :b.c, 1. :a :p true } { :a :p :b. }",
    b"@prefix a: <u:> . a:a a a:a ; a a:true, true , false. a:b a a:b . # a:c a a:d .\na:e a:p 1 # 2\n .",
    b"@prefix : <u:> . :a :p 'x'@en-gb, 'y'^^:t ;; :q \"\"\"z . \"\"\" ; . :b :p 'x' @en .",
    b'<u:a> <u:p> "x"@ar--rtl, "y"@en--ltr .',
    b"@prefix : <u:> . :a :p :b, [ :q 1 ], 2 ; :r 3 . :c :p 1 . _:d :p 4 .",
]


def prefix_of(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:8]


def as_term(term: object) -> Term:
    if isinstance(term, Literal):
        return term.value, f"@{term.language}" if term.language else term.datatype.value
    return str(term) if isinstance(term, BlankNode) else str(getattr(term, "value", term))


def as_triple(quad: Quad) -> tuple[Term, Term, Term]:
    return as_term(quad.subject), as_term(quad.predicate), as_term(quad.object)


def same_as_library(path: Path) -> int:
    """Whether the file gives the very same triples, blank nodes' names included, in the same order; how many."""
    wanted = [as_triple(quad) for quad in read_quads(path, str(path))]
    assert [one[:3] for one in Reader(path.read_bytes(), None, prefix_of(path)).read_all()] == wanted
    return len(wanted)


def test_own_files_give_the_very_same_statements() -> None:
    assert len(OWN) >= 79
    assert sum(map(same_as_library, OWN)) > 40_000


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: str(path.name))
def test_hostile_files_give_the_very_same_statements(path: Path) -> None:
    assert same_as_library(path) >= 10


def test_plain_statements_stand_where_walking_token_by_token_finds_them(monkeypatch: pytest.MonkeyPatch) -> None:
    contents = [*(path.read_bytes() for path in (*OWN, *HOSTILE)), *PLAINLY]
    at_once = [Reader(content, None, "x").read_all() for content in contents]
    monkeypatch.setattr(Reader, "_plain_triples", lambda self: False)
    assert [Reader(content, None, "x").read_all() for content in contents] == at_once
    assert sum(map(len, at_once[-len(PLAINLY) :])) == 29


def test_there_are_hostile_files_of_every_form() -> None:
    assert {path.suffix for path in HOSTILE} == {".ttl", ".trig", ".nt", ".nq"}


def test_line_ends_of_other_machines(tmp_path: Path) -> None:
    content = (CASES / "locate" / "turtle" / "hostile.trig").read_bytes()
    for name, ends in (("crlf.trig", b"\r\n"), ("cr.trig", b"\r")):
        (tmp_path / name).write_bytes(content.replace(b"\n", ends))
        assert same_as_library(tmp_path / name) >= 90


# ── files made at random ──

IRIS = ("<urn:a>", "<urn:b#c>", "ex:a", "ex:a1", "ex:a12", "ex:b.c", ":d", ":", "ex:%41", "o:x-y", "<http://example.org/a>", "ex:é")
ENDS = ("\n", " ", "\n    ", " # a . comment ; with \"\"\" and ''' \n", "\t", "\n\n", "#.\n")
LITERALS = (
    '"x"', '"a . b"@vi', "'it\\'s'", '"""two\nlines . ex:a a ex:b .\n"""', "'''\n# no comment\n'''", "1", "-2.5", "3e4", "true",
    '"2020-01-01"^^<urn:date>', '"<urn:a> <urn:a> <urn:a> ."', '""', "''''''", '"\\"\\\\"', '"prefix ex: <urn:wrong>"', '"base <urn:x>"',
)  # fmt: skip


def made_up(seed: int) -> str:
    """A file in TriG with every construct in turn."""
    chance = random.Random(seed)
    pick = chance.choice

    def gap() -> str:
        return pick(ENDS)

    def thing(depth: int) -> str:
        roll = chance.random()
        if roll < 0.35:
            return pick(IRIS)
        if roll < 0.7:
            return pick(LITERALS)
        if roll < 0.8:
            return pick(("_:x", "_:y1", "[]", "[ ]"))
        if depth > 2:
            return "()"
        if roll < 0.9:
            return f"[{gap()}{properties(depth + 1)}{gap()}]"
        return f"({gap()}" + gap().join(thing(depth + 1) for _ in range(chance.randrange(3))) + f"{gap()})"

    def properties(depth: int) -> str:
        lists = []
        for _ in range(chance.randrange(1, 4)):
            objects = f"{gap()},{gap()}".join(thing(depth) for _ in range(chance.randrange(1, 4)))
            lists.append(f"{pick(('a', *IRIS))}{gap()}{objects}")
        return f"{gap()};{gap()}".join(lists) + pick(("", f"{gap()};", f" ;;{gap()}"))

    def triples() -> str:
        subject = pick((*IRIS, *IRIS, "_:x", "[]", "( 1 ex:a )", "[ ex:a ex:b ]"))
        return f"{subject}{gap()}{properties(0)}{gap()}"

    lines = ["@prefix ex: <urn:ex/> .", "PREFIX : <urn:>", "prefix # why not\n o: <http://example.org/>"]
    for _ in range(chance.randrange(4, 25)):
        if chance.random() < 0.2:
            name = pick(("", "<urn:g>", "GRAPH ex:a", "_:g", "ex:a"))
            lines.append(
                f"{name} {{{gap()}" + f".{gap()}".join(triples() for _ in range(chance.randrange(3))) + f"{pick(('', ' .'))}{gap()}}}"
            )
        else:
            lines.append(triples() + ".")
    return pick(("\n", "\n", " ")).join(lines)


def readable(content: str) -> bool:
    try:
        list(parse(input=content, format=RdfFormat.TRIG))
    except SyntaxError:
        return False
    return True


def test_files_made_at_random_are_read_and_searched_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "SMALL", 0)
    subjects: list[Term] = ["urn:a", "urn:ex/a", "urn:ex/a1", "urn:b#c", "http://example.org/a", "urn:d", "urn:", "urn:ex/é", "urn:none"]
    files = found = 0
    for seed in range(400):
        content = made_up(seed)
        if not readable(content):
            continue
        files += 1
        path = tmp_path / f"{seed}.trig"
        path.write_text(content, "utf-8")
        same_as_library(path)
        wanted = set(random.Random(seed).sample(subjects, 3))
        walked = Reader(path.read_bytes(), wanted, "b").read_all()
        searched = statements_of(path.read_bytes(), wanted, "b")
        assert [_without_names(one) for one in searched] == [_without_names(one) for one in walked], (seed, wanted)
        found += len(searched)
    assert files > 250
    assert found > 1000


def _without_names(one: Statement) -> Statement:
    """The search gives blank nodes no names: they are nobody's places."""
    return one._replace(value="_:" if isinstance(one.value, str) and one.value.startswith("_:") else one.value)


ESCAPED = (
    "@prefix ex: <urn:ex/> . ex:a\\/b ex:p 1 . ex:c ex:p 2 .",
    "<urn:\\u0061> <urn:p> 1 . <urn:c> <urn:p> 2 .",
    "@base <urn:x/> . <a> <p> 1 . <http://example.org/> <p> 2 .",
    "@prefix ex: <urn:one/> . ex:a ex:p 1 . @prefix ex: <urn:two/> . ex:a ex:p 2 .",
    "<urn:a> <urn:p> " + " , ".join(map(str, range(40_000))) + " .",
)


@pytest.mark.parametrize("content", ESCAPED)
def test_names_written_in_other_ways_are_found(content: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "SMALL", 0)
    data = content.encode()
    whole = Reader(data, None, "b").read_all()
    assert len(whole) >= 2
    for subject in {one.subject for one in whole}:
        assert statements_of(data, {subject}, "b") == [one for one in whole if one.subject == subject]


def test_a_large_file_is_searched_not_walked_over(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f'ex:n{n} a ex:C ;\n  ex:p """text\n{n} . """ ;\n  ex:q ex:n{n + 1} , ex:hub .\n' for n in range(20_000)]
    data = ("@prefix ex: <urn:ex/> .\n" + "".join(lines)).encode()
    assert len(data) > search.SMALL
    walked = Reader(data, {"urn:ex/n77", "urn:ex/n19999", "urn:ex/hub"}, "b").read_all()
    steps = 0
    step = Reader.step

    def counted(self: Reader) -> None:
        nonlocal steps
        steps += 1
        step(self)

    monkeypatch.setattr(Reader, "step", counted)
    assert statements_of(data, {"urn:ex/n77", "urn:ex/n19999", "urn:ex/hub"}, "b") == walked
    assert len(walked) == 8
    assert steps < 20


def test_what_no_grammar_has_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        Reader(b"<urn:a> <urn:p> ; .").read_all()
    (tmp_path / "bad.ttl").write_text("<urn:a> <urn:p>\n ] .", "utf-8")
    finding = made("urn:a")
    (remark,) = locate(Report((finding,), 1), [tmp_path / "bad.ttl"], Store()).remarks
    assert remark.message("en").startswith(f"{tmp_path / 'bad.ttl'}:2: no lines are told")


# ── which place ──


def made(focus: str, path: str = "", value: str = "", component: str = "", focus_term: str = "") -> Finding:
    plain = as_value(value)
    return Finding("violation", "urn:s", focus, path, plain, "", "", component, value, {"en": "no"}, {}, (), focus_term)


def as_value(term: str) -> str:
    if not term:
        return ""
    parsed = term_of(term)
    return parsed if isinstance(parsed, str) else parsed[0]


DATA = """@prefix ex: <urn:ex/> .
ex:a a ex:C ;
    ex:p 1, "1", "one"@vi ,
        "một"@vi ;
    ex:q ex:b .
ex:b
    ex:r ex:c ;
    ex:s [ ex:t
        "inner" ] .
ex:d ex:q ex:b, ex:nowhere .
"""


def store_of(quads: list[Quad]) -> Store:
    store = Store()
    store.bulk_extend(quads)
    return store


SH = "http://www.w3.org/ns/shacl#"
INT = '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'
PLACES = (
    (made("urn:ex/b", "^<urn:ex/q>", "<urn:ex/d>"), 10),
    (made("urn:ex/b", "(^<urn:ex/q>)+", "<urn:ex/d>"), 10),
    (made("urn:ex/a", "urn:ex/p", INT), 3),
    (made("urn:ex/a", "urn:ex/p", '"một"@vi'), 4),
    (made("urn:ex/a", "urn:ex/p", '"01"^^<http://www.w3.org/2001/XMLSchema#integer>'), 3),
    (made("urn:ex/a", "urn:ex/p", "", SH + "MaxCountConstraintComponent"), 4),
    (made("urn:ex/a", "urn:ex/p", "", SH + "UniqueLangConstraintComponent"), 4),
    (made("urn:ex/a", "urn:ex/none"), 2),
    (made("urn:ex/a", "", "<urn:ex/b>"), 5),
    (made("urn:ex/a", "", "<urn:ex/q>"), 5),
    (made("urn:ex/a", "", "<urn:ex/a>"), 2),
    (made("urn:ex/b", "^<urn:ex/q>", "<urn:ex/d>"), 10),
    (made("urn:ex/a", "<urn:ex/q>/<urn:ex/r>", "<urn:ex/c>"), 5),
    (made("urn:ex/b", "(<urn:ex/r>)*|<urn:ex/none>"), 7),
    (made("urn:ex/nowhere", "urn:ex/p"), 10),
    (made("urn:ex/c"), 7),
)


@pytest.mark.parametrize(("finding", "line"), PLACES)
def test_the_place_of_a_finding(finding: Finding, line: int, tmp_path: Path) -> None:
    path = tmp_path / "data.ttl"
    path.write_text(DATA, "utf-8")
    store = store_of(read_quads(path, str(path)))
    (located,) = locate(Report((finding,), 1), [path], store).findings
    assert located.locations[0] == Location(str(path), line)


def test_blank_nodes_are_found_by_their_number(tmp_path: Path) -> None:
    path = tmp_path / "data.ttl"
    path.write_text(DATA, "utf-8")
    (blank,) = {str(quad.subject) for quad in read_quads(path, str(path)) if isinstance(quad.subject, BlankNode)}
    for finding, line in ((made(blank[2:], focus_term=blank), 8), (made(blank[2:], "urn:ex/t", '"inner"', focus_term=blank), 9)):
        (located,) = locate(Report((finding,), 1), [path], Store()).findings
        assert located.locations == (Location(str(path), line),)


def test_several_files_are_told_in_their_order(tmp_path: Path) -> None:
    for name in ("b.ttl", "a.ttl"):
        (tmp_path / name).write_text(f"# {name}\n<urn:ex/a> <urn:ex/p> 1 .", "utf-8")
    (located,) = locate(Report((made("urn:ex/a", "urn:ex/p", INT),), 1), [tmp_path / "b.ttl", tmp_path / "a.ttl"], Store()).findings
    assert [place.file for place in located.locations] == [str(tmp_path / "b.ttl"), str(tmp_path / "a.ttl")]


def test_nothing_is_told_of_a_node_that_stands_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<urn:x> <urn:p> 1 .", "utf-8")
    (located,) = locate(Report((made("urn:other"),), 1), [tmp_path / "a.ttl"], lambda: Store()).findings
    assert located.locations == ()


def test_a_derived_node_is_told_by_what_it_names(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("\n\n<urn:x> <urn:p> 1 .", "utf-8")
    store = store_of([Quad(NamedNode("urn:derived"), NamedNode("urn:on"), NamedNode("urn:x"))])
    (located,) = locate(Report((made("urn:derived"),), 1), [tmp_path / "a.ttl"], store).findings
    assert located.locations == (Location(str(tmp_path / "a.ttl"), 3),)


def test_a_composed_value_is_found_where_it_is_decomposed() -> None:
    from thidua.locate.places import Placed

    places = {"urn:a": [Placed("urn:p", ("Đa\u0323i", "@vi"), "f", 1, 7)]}
    assert where(made("urn:a", "urn:p", '"Đại"@vi'), places)[0].line == 7  # type: ignore[arg-type]


def test_property_paths() -> None:
    for written, steps in (
        ("urn:p", [("urn:p", False)]),
        ("^<urn:p>", [("urn:p", True)]),
        ("<urn:p>/(^<urn:q>)", [("urn:p", False)]),
        ("^(<urn:p>/<urn:q>)", [("urn:q", True)]),
        ("<urn:p>|(<urn:q>/<urn:r>)|(^<urn:s>)", [("urn:p", False), ("urn:q", False), ("urn:s", True)]),
        ("((<urn:p>)*)/<urn:q>", [("urn:p", False)]),
    ):
        assert first_steps(parse_path(written)) == steps
    for wrong in ("<urn:p>/", "(<urn:p>", "<urn:p><urn:q>", "^"):
        with pytest.raises(InternalError):
            parse_path(wrong)
