"""Where a finding can be mended: the file and line of its statement, and the words of the text that it rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from pyoxigraph import Store

from thidua.errors import said
from thidua.findings import Finding, Location, Report
from thidua.locate.passages import Text, passages, texts_in
from thidua.locate.places import (
    Neighbours,
    Places,
    described,
    focus_of,
    is_described,
    naming,
    neighbours,
    read_places,
    subjects_of,
    value_of,
    where,
)  # fmt: skip
from thidua.locate.tokens import Term
from thidua.shacl import parallel

__all__ = ["Text", "locate", "with_passages"]

Data = Store | Callable[[], Store]
Near = Callable[[Term], Neighbours]
_Found = tuple[list[tuple[Location, ...]], tuple[tuple[str, int], ...]]
MANY = 1_000  # findings from which on several processes are quicker than one


def locate(report: Report, files: Sequence[Path] | Mapping[str, Path], data: Data, sources: Path | None = None) -> Report:
    """The report with the places of its findings: lines of the files first, then passages of the texts.

    A finding stands where a file states its value; else where the focus node has the path's first property; else where the focus
    node is first described; else where another node names it, or a node it names is described.

    Args:
        files: Turtle, TriG, N-Triples and N-Quads, as the user named them, or by the names they were read under (`read_quads`); what
            was found in other data gets no line.
        data: what was checked, merged in the default graph; called at most once.
        sources: the folder of the articles' texts (see `thidua.articles`); None: no passages.

    Raises:
        InputError: the folder of the texts, or a text in it, cannot be read.
    """
    store = _once(data)
    files = files if isinstance(files, Mapping) else {str(path): path for path in files}
    found, unread = _found(report.findings, files, store) if files and report.findings else ([()] * len(report.findings), ())
    remarks = tuple(said("place-unread", path=path, line=line) for path, line in unread)
    located = [finding.at(places) for finding, places in zip(report.findings, found, strict=True)]
    report = replace(report, findings=tuple(located), remarks=(*report.remarks, *remarks))
    if sources is None:
        return report
    return with_passages(report, store(), texts_in(sources, store()))


def _once(data: Data) -> Callable[[], Store]:
    if isinstance(data, Store):
        return lambda: data
    made: list[Store] = []

    def store() -> Store:
        if not made:
            made.append(data())
        return made[0]

    return store


def _found(findings: Sequence[Finding], files: Mapping[str, Path], data: Callable[[], Store]) -> _Found:
    """The places of each finding, and where reading had to end (file, line); of many findings, looked for by several processes."""
    shares = parallel.cores() if len(findings) >= MANY else 1
    nodes = sorted({finding.focus for finding in findings})
    share_of = {node: place * shares // len(nodes) for place, node in enumerate(nodes)}
    mine = [[one for one in findings if share_of[one.focus] == share] for share in range(shares)]
    store = data()
    done = parallel.each(shares, lambda share: _found_of(mine[share], files, store), shares)
    places = [iter(found) for found, _ in done]
    unread = dict.fromkeys(one for _, some in done for one in some)
    return [next(places[share_of[finding.focus]]) for finding in findings], tuple(unread)


def _found_of(findings: Sequence[Finding], files: Mapping[str, Path], store: Store) -> _Found:
    """The same, by one process.

    One reading is enough, if the nodes that no file describes can be told from the data: then their neighbours are looked for at once.
    """
    near = cache(lambda node: neighbours(node, store))
    wanted = {term for finding in findings for term in subjects_of(finding)}
    foreign = [finding for finding in findings if not is_described(focus_of(finding), store)]
    wanted |= _near(foreign, near)
    read = read_places(files, wanted)
    found = [where(finding, read.places) for finding in findings]
    missing = [finding for finding, told in zip(findings, found, strict=True) if not told]
    places = {**read.places, **read_places(files, _near(missing, near) - wanted).places}
    found = [told or _nearby(finding, places, near) for finding, told in zip(findings, found, strict=True)]
    return found, read.unread


def _near(findings: Sequence[Finding], near: Near) -> set[Term]:
    """The values, and the nodes next to the focus nodes."""
    nodes = {focus_of(finding) for finding in findings}
    values = {value for finding in findings if isinstance(value := value_of(finding), str)}
    return values | {term for node in nodes for terms in near(node) for term in terms}


def _nearby(finding: Finding, places: Places, near: Near) -> tuple[Location, ...]:
    """Places for a finding that has none: of the nodes next to the focus node, and of the value."""
    focus, value = focus_of(finding), value_of(finding)
    told = naming(focus, places, near(focus).naming) or (() if value is None else described(value, places))
    return told or next((place for one in near(focus).named if (place := described(one, places))), ())


def with_passages(report: Report, store: Store, texts: Mapping[str, Text]) -> Report:
    """The report with the passages of the texts that its findings rest on, after the places they have.

    Args:
        texts: short name of a source → its text.
    """
    located = [one.at((*one.locations, *passages(one, store, texts))) for one in report.findings]
    return replace(report, findings=tuple(located))
