"""What made-up data of any size are copied from: the shipped sources, and every case of tests/cases/shapes with its violations.

A template is a set of statements whose own IRIs carry marks; a copy puts other words in the place of the marks (tests/violations.py),
so that no copy says anything of another's nodes. What templates only refer to (award types, bodies, places) is shared, and there once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from tests.conftest import CASES
from thidua.assets import Assets
from thidua.build import build_in_memory, derive, merged
from thidua.reading import read_quads
from thidua.terms import TD

BASE = "https://w3id.org/thidua/"
ONTOLOGY = BASE + "ontology"
FOLDERS = tuple(sorted(path.parent for path in (CASES / "shapes").glob("*/*/findings.csv")))
_OWN = re.compile(r"^https://(?:w3id\.org/thidua/(?:id|source|graph)/|example\.org/)")
_HOLDER = re.compile(r"^https://w3id\.org/thidua/id/(?:post|person)/")
_SID = re.compile(r"(?<=/)([0-9a-f]{16}|[0-9]{3})(?=-|$)")
_HASH = re.compile(r"^[0-9a-f]{64}$")
_MARK = re.compile(r"(?<=[-/])0q(\d+)z|([0-9a-f]{4})e0{9}[0-9a-f]{2}|Q([a-j]+)Z")
_DEFINITION = NamedNode("http://www.w3.org/2004/02/skos/core#definition")
_OBJECT = re.compile(r"(<[^>]+>) \.\n")
_DIGITS = "abcdefghij"
_SHA256 = NamedNode(TD + "sha256")
_SUB_CLASS = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")


@dataclass(frozen=True)
class Template:
    """Statements in N-Triples, one a line, and the marks in them.

    `end` is the mark at the end of a name, `letters` the same where only letters may be, `sids` the marks in the place of the
    ids of sources, in the order of these ids, since a rule may choose the first of several nodes.
    """

    name: str
    text: str
    lines: int
    end: str
    letters: str
    sids: tuple[str, ...]


def letters_of(number: int) -> str:
    """A number where no digit may be."""
    return "".join(_DIGITS[int(digit)] for digit in str(number))


class Renaming:
    """Puts the marks of one template into the IRIs that are its own."""

    def __init__(self, number: int, own: set[str]) -> None:
        self.own = own
        self.end = f"0q{number}z"
        self.letters = f"Q{letters_of(number)}Z"
        self.ontology = f"{ONTOLOGY}-{self.end}"
        sids = sorted({found[0] for iri in own if (found := _SID.search(iri))})
        self.sids = {sid: f"{number:04x}e{'0' * 9}{at:02x}" for at, sid in enumerate(sids)}

    def iri(self, iri: str) -> str:
        """The IRI with a mark where it is the template's own: still of the form that a rule asks for, or still not."""
        if iri not in self.own:
            return iri
        if iri.startswith(TD):
            return iri + self.letters
        renamed = _SID.sub(lambda found: self.sids[found[0]], iri, count=1)
        if renamed != iri:
            return renamed
        head, slash, name = iri.rpartition("/")
        return f"{head}{slash}{self.end}-{name}" if name.endswith("-") else f"{iri}-{self.end}"

    def copied(self, iri: str) -> str:
        """The same after derivations: an ontology that the template speaks of is its own."""
        return self.ontology if iri == ONTOLOGY else self.iri(iri)

    def quad(self, quad: Quad) -> Quad:
        """The statement, renamed, and its graph. The hash of a text begins with the id of its source."""
        subject, value, graph = quad.subject, quad.object, quad.graph_name
        if quad.predicate == _SHA256 and isinstance(subject, NamedNode) and isinstance(value, Literal):
            value = self._hash(subject.value, value)
        if quad.predicate == _DEFINITION and isinstance(value, Literal) and _iri(subject).startswith(TD):
            value = Literal(f"{value.value} {self.end}", language=value.language)  # or terms of two cases have one definition
        return Quad(
            NamedNode(self.iri(subject.value)) if isinstance(subject, NamedNode) else subject,
            NamedNode(self.iri(quad.predicate.value)),
            NamedNode(self.iri(value.value)) if isinstance(value, NamedNode) else value,
            NamedNode(self.iri(graph.value)) if isinstance(graph, NamedNode) else graph,
        )

    def _hash(self, subject: str, value: Literal) -> Literal:
        found = _SID.search(subject)
        if not found or not _HASH.match(value.value) or (len(found[0]) == 16 and not value.value.startswith(found[0])):
            return value
        return Literal(self.sids[found[0]] + value.value[16:])

    def template(self, name: str, triples: Iterable[Triple]) -> Template:
        """The template of these statements, which are renamed already."""
        lines = sorted(f"{triple} .\n" for triple in triples)
        return Template(name, "".join(lines), len(lines), self.end, self.letters, tuple(self.sids[sid] for sid in sorted(self.sids)))


@dataclass(frozen=True)
class Templates:
    """What copies are made of, and what they share: the lines of all that is shipped, blank nodes left out."""

    sources: tuple[Template, ...]
    cases: tuple[Template, ...]
    shipped: tuple[str, ...]


def number_of(iri: str) -> int | None:
    """The number of the template whose mark is in the IRI."""
    found = _MARK.search(iri)
    if not found:
        return None
    end, sid, letters = found.groups()
    return int(end) if end else int(sid, 16) if sid else int("".join(str(_DIGITS.index(letter)) for letter in letters))


@cache
def templates() -> Templates:
    """All templates: numbers 0 … 4 are the shipped sources, the others the cases in the order of their names."""
    shipped = build_in_memory(Assets())
    said = list(_default(shipped))
    graphs = sorted(graph.value for graph in shipped.named_graphs() if isinstance(graph, NamedNode))
    sources = [_source(number, graph.rpartition("/")[2], said) for number, graph in enumerate(graphs)]
    return Templates(tuple(sources), tuple(_cases(len(sources))), tuple(sorted({f"{triple} .\n" for triple in said})))


def _blank(quad: Quad) -> bool:
    return isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode)


def _source(number: int, sid: str, said: list[Triple]) -> Template:
    """All that is said of the nodes which belong to one source; other nodes that it speaks of are shared.

    But for posts and people: hundreds of sources do not name one and the same holder of one post.
    """
    own = {iri for t in said if (found := _SID.search(iri := _iri(t.subject))) and found[0] == sid}
    own |= {iri for t in said if _iri(t.subject) in own and _HOLDER.match(iri := _iri(t.object))}
    renaming = Renaming(number, own)
    quads = [Quad(t.subject, t.predicate, t.object) for t in said if _iri(t.subject) in own]
    return renaming.template(f"source/{sid}", (renaming.quad(quad).triple for quad in quads))


def _cases(first: int) -> list[Template]:
    """The cases, with what a build derives from them beside the ontology; a case about the whole ontology is built by itself."""
    assets = Assets()
    read = [quad for path in assets.files("ontology", ".ttl") for quad in read_quads(path, path.name)]
    ontology = [quad for quad in read if _iri(quad.subject) != ONTOLOGY]
    terms = {_iri(quad.subject) for quad in ontology}
    alone = _derived(ontology)
    data = {number: case_data(folder) for number, folder in enumerate(FOLDERS, start=first)}
    renamings = {number: Renaming(number, own_iris(quads)) for number, quads in data.items()}
    assert not terms & {iri for one in renamings.values() for iri in one.own if iri.startswith(TD)}, "a case describes a shipped term"
    whole = [number for number, quads in data.items() if any(_iri(quad.subject) == ONTOLOGY for quad in quads)]
    groups = [[number for number in data if number not in whole], *([number] for number in whole)]
    found: dict[int, list[Triple]] = defaultdict(list)
    for group in groups:
        stated = [renamings[number].quad(quad) for number in group for quad in data[number]]
        written = {quad.triple for quad in merged(stated) if isinstance(quad.graph_name, DefaultGraph)}
        for triple in written | (_derived([*ontology, *stated]) - alone):
            number = group[0] if _iri(triple.subject) == ONTOLOGY else number_of(_iri(triple.subject))
            if number is None or number_of(_iri(triple.object)) not in (None, number):
                continue  # a foreign term declared once more, or that things of two cases may be one, since their names are equal
            found[number].append(_of_own_ontology(triple, renamings[number].ontology))
    return [renamings[number].template(case_name(FOLDERS[number - first]), triples) for number, triples in sorted(found.items())]


def _of_own_ontology(triple: Triple, iri: str) -> Triple:
    """The statement with an ontology of the case's own in the place of the shipped one."""
    subject = NamedNode(iri) if _iri(triple.subject) == ONTOLOGY else triple.subject
    return Triple(subject, triple.predicate, NamedNode(iri) if _iri(triple.object) == ONTOLOGY else triple.object)


def case_name(folder: Path) -> str:
    """The template of a case."""
    return f"{folder.parent.name}/{folder.name}"


def case_data(folder: Path) -> list[Quad]:
    """What a case states."""
    (path,) = folder.glob("data.*")
    return read_quads(path, path.name)


def own_iris(data: list[Quad]) -> set[str]:
    """The IRIs that belong to a case: things, sources, graphs and foreign names, and concepts and terms that it describes."""
    own = {iri for quad in data for iri in map(_iri, (quad.subject, quad.predicate, quad.object, quad.graph_name)) if _OWN.match(iri)}
    return own | {iri for quad in data if (iri := _iri(quad.subject)).startswith(BASE)} - {ONTOLOGY}


def _iri(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else ""


def _derived(quads: list[Quad]) -> set[Triple]:
    """What the rules derive; what is stated is not taken from the store, which changes how literals are written."""
    store = Store()
    store.bulk_extend(merged(quads))
    stated = set(_default(store))
    derive(store, [(path.name, path) for path in Assets().files("ontology", ".rq")])
    return set(_default(store)) - stated


def _default(store: Store) -> Iterator[Triple]:
    for quad in store.quads_for_pattern(None, None, None, DefaultGraph()):
        if not _blank(quad):
            yield quad.triple


def needed(copied: Iterable[Template]) -> tuple[str, ...]:
    """Of what is shipped, what the templates refer to, what that refers to, and so on; of the ontology, which class is under which."""
    by_subject: dict[str, list[str]] = defaultdict(list)
    found = set()
    for line in templates().shipped:
        subject, predicate, _ = line.split(" ", 2)
        if not subject.startswith(f"<{TD}"):
            by_subject[subject].append(line)
        elif predicate == str(_SUB_CLASS):
            found.add(line)
    todo = {iri for template in copied for iri in _OBJECT.findall(template.text)} & by_subject.keys()
    while todo:
        lines = [line for subject in todo for line in by_subject.pop(subject)]
        found.update(lines)
        todo = {iri for line in lines for iri in _OBJECT.findall(line)} & by_subject.keys()
    return tuple(sorted(found))
