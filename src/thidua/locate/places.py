"""Which statement of which file a finding is about, and on which line that stands."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, RdfFormat, Store

from thidua.findings import Finding, Location
from thidua.locate.lines import Odd, on_lines
from thidua.locate.search import of_file, searchable, statements_of
from thidua.locate.statements import Unreadable
from thidua.locate.tokens import Term, term_of
from thidua.reading import RDF_FORMATS
from thidua.shacl.paths import first_steps, parse_path
from thidua.terms import PREFIXES
from thidua.text import nfc

MOST = 5  # places told of one finding
_NEIGHBOURS = 20
_TYPE = PREFIXES["rdf"] + "type"
_MAX_COUNT = PREFIXES["sh"] + "MaxCountConstraintComponent"
_UNIQUE_LANG = PREFIXES["sh"] + "UniqueLangConstraintComponent"


class Placed(NamedTuple):
    """A statement with the lines on which its subject and its object stand."""

    predicate: str
    value: Term
    file: str
    subject_line: int
    line: int


Places = dict[Term, list[Placed]]


class Read(NamedTuple):
    """The statements of some subjects in some files, and (file, line) where reading had to end before the file did."""

    places: Places
    unread: tuple[tuple[str, int], ...]


def read_places(files: Mapping[str, Path], wanted: Collection[Term]) -> Read:
    """Where the statements of the wanted subjects stand, in the order of files and lines.

    Args:
        files: the name by which a file is known, and its blank nodes are named (`read_quads`) → where it is.
    """
    places: Places = defaultdict(list)
    unread = []
    for name, path in files.items() if wanted else ():
        try:
            for subject, one in _in_file(name, path, wanted):
                places[subject].append(one)
        except Unreadable as error:
            unread.append((name, path.read_bytes().count(b"\n", 0, error.at) + 1))
    return Read(dict(places), tuple(unread))


def _in_file(name: str, path: Path, wanted: Collection[Term]) -> list[tuple[Term, Placed]]:
    blank = hashlib.sha256(name.encode()).hexdigest()[:8]
    if RDF_FORMATS.get(path.suffix) in (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS):
        named = of_file(wanted, blank)
        if searchable(path.stat().st_size, named):
            try:
                with path.open("rb") as file:
                    return [(one.subject, Placed(one.predicate, one.value, name, one.line, one.line)) for one in on_lines(file, named)]
            except Odd:
                pass  # the reader of Turtle can read it, only slower
    data = path.read_bytes()
    found = statements_of(data, wanted, blank)
    lines = _lines(data, {at for one in found for at in (one.subject_at, one.at)})
    return [(one.subject, Placed(one.predicate, one.value, name, lines[one.subject_at], lines[one.at])) for one in found]


def _lines(data: bytes, offsets: set[int]) -> dict[int, int]:
    """Offset → line, from 1."""
    lines: dict[int, int] = {}
    line, before = 1, 0
    for at in sorted(offsets):
        line += data.count(b"\n", before, at)
        before = at
        lines[at] = line
    return lines


def focus_of(finding: Finding) -> Term:
    """The focus node as a term."""
    return term_of(finding.focus_term) if finding.focus_term else finding.focus


def value_of(finding: Finding) -> Term | None:
    """The value as a term, where there is one."""
    return term_of(finding.value_term) if finding.value_term else None


def subjects_of(finding: Finding) -> list[Term]:
    """Whose statements tell where the finding stands: the focus node's, and on an inverse path the value's."""
    value = value_of(finding)
    return [focus_of(finding), *([value] if value is not None and _is_inverse(finding.path) else [])]


def where(finding: Finding, places: Places) -> tuple[Location, ...]:
    """The places of the statement, else of the path's first step, else where the focus node is first described."""
    focus, value = focus_of(finding), value_of(finding)
    own = places.get(focus, [])
    if finding.path:
        steps = _first_steps(finding.path)
        plain = not finding.path.startswith(("<", "(", "^"))
        forward = {predicate for predicate, inverse in steps if not inverse}
        along = [one for one in own if one.predicate in forward]
        exact = [one for one in along if plain and value is not None and _same(one.value, value)]
        if _is_inverse(finding.path) and isinstance(value, str):
            exact = [one for one in places.get(value, []) if one.predicate == steps[0][0] and one.value == focus]
        if exact or along:
            return _told([(one.file, one.line) for one in exact or _surplus_first(along, finding.component)])
    elif value is not None and value != focus:
        exact = [one for one in own if _same(one.value, value) or one.predicate == value]
        if exact:
            return _told([(one.file, one.line) for one in exact])
    return described(focus, places)


@lru_cache(maxsize=1000)
def _first_steps(path: str) -> list[tuple[str, bool]]:
    return first_steps(parse_path(path))


@lru_cache(maxsize=1000)
def _is_inverse(path: str) -> bool:
    """Is the path one property against its direction, however often?"""
    if not path:
        return False
    one = parse_path(path)
    while one.kind in ("+", "*", "?"):
        one = one.inner
    return one.kind == "inverse" and one.inner.predicate is not None


def described(node: Term, places: Places) -> tuple[Location, ...]:
    """Where each file first describes a node."""
    first: dict[str, int] = {}
    for one in places.get(node, []):
        first[one.file] = min(one.subject_line, first.get(one.file, one.subject_line))
    return _told(list(first.items()))


def naming(node: Term, places: Places, subjects: Sequence[Term]) -> tuple[Location, ...]:
    """Where one of `subjects` has the node as its object."""
    return _told([(one.file, one.line) for subject in subjects for one in places.get(subject, []) if one.value == node])


def _told(places: Sequence[tuple[str, int]]) -> tuple[Location, ...]:
    return tuple(Location(file, line) for file, line in list(dict.fromkeys(places))[:MOST])


def _same(written: Term, value: Term) -> bool:
    """Whether the file writes this value; the store composes letters and accents (NFC)."""
    if written == value:
        return True
    return isinstance(written, tuple) and isinstance(value, tuple) and (nfc(written[0]), written[1]) == (nfc(value[0]), value[1])


def _surplus_first(statements: Sequence[Placed], component: str) -> list[Placed]:
    """Of values that are too many, or twice in one language, the last first: that one came to what was there."""
    if component == _MAX_COUNT:
        return [*statements[-1:], *statements[:-1]]
    if component == _UNIQUE_LANG:
        tags = [one.value[1] if isinstance(one.value, tuple) else "" for one in statements]
        twice = [place for place, tag in enumerate(tags) if tag.startswith("@") and tag in tags[:place]]
        return [*(statements[place] for place in reversed(twice)), *(one for i, one in enumerate(statements) if i not in twice)]
    return list(statements)


class Neighbours(NamedTuple):
    """What names a node, and what it names: where else to look for a node that no file describes."""

    naming: tuple[Term, ...]
    named: tuple[Term, ...]


def is_described(node: Term, store: Store) -> bool:
    """Whether the store has a statement of the node."""
    term = _as_node(node)
    return term is not None and next(iter(store.quads_for_pattern(term, None, None, DefaultGraph())), None) is not None


def neighbours(node: Term, store: Store) -> Neighbours:
    """The nodes next to one, at most 20 each way; its classes are left out."""
    term = _as_node(node)
    if term is None:
        return Neighbours((), ())
    before: list[Term] = []
    after: list[Term] = []
    for quad in store.quads_for_pattern(None, None, term, DefaultGraph()):
        before.append(_name(quad.subject))
        if len(before) == _NEIGHBOURS:
            break
    for quad in store.quads_for_pattern(term, None, None, DefaultGraph()):
        if quad.predicate.value != _TYPE and isinstance(quad.object, NamedNode | BlankNode):
            after.append(_name(quad.object))
        if len(after) == _NEIGHBOURS:
            break
    return Neighbours(tuple(sorted(before, key=str)), tuple(sorted(after, key=str)))


def _as_node(node: Term) -> NamedNode | BlankNode | None:
    if not isinstance(node, str):
        return None
    try:
        return BlankNode(node[2:]) if node.startswith("_:") else NamedNode(node)
    except ValueError:
        return None


def _name(term: object) -> str:
    return f"_:{term.value}" if isinstance(term, BlankNode) else str(getattr(term, "value", term))
