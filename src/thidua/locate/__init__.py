"""Where a finding can be mended: the file and line of its statement, and the words of the text that it rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pyoxigraph import Store

from thidua.errors import said
from thidua.findings import Location, Report
from thidua.locate.passages import Text, passages, texts_in
from thidua.locate.places import described, focus_of, naming, neighbours, read_places, subjects_of, value_of, where
from thidua.locate.tokens import Term

__all__ = ["Text", "locate", "with_passages"]

Data = Store | Callable[[], Store]


def locate(report: Report, files: Sequence[Path] | Mapping[str, Path], data: Data, sources: Path | None = None) -> Report:
    """The report with the places of its findings: lines of the files first, then passages of the texts.

    A finding stands where a file states its value; else where the focus node has the path's first property; else where the focus
    node is first described; else where another node names it, or a node it names is described.

    Args:
        files: Turtle, TriG, N-Triples and N-Quads, as the user named them, or by the names they were read under (`read_quads`); what
            was found in other data gets no line.
        data: what was checked, merged in the default graph; called only where it is needed.
        sources: the folder of the articles' texts (see `thidua.articles`); None: no passages.

    Raises:
        InputError: the folder of the texts, or a text in it, cannot be read.
    """
    store = _once(data)
    files = files if isinstance(files, Mapping) else {str(path): path for path in files}
    wanted = {term for finding in report.findings for term in subjects_of(finding)}
    read = read_places(files, wanted)
    found = [where(finding, read.places) for finding in report.findings]
    if files and not all(found):
        found = _nearby(report, files, store(), found)
    remarks = tuple(said("place-unread", path=path, line=line) for path, line in read.unread)
    located = [replace(finding, locations=places) for finding, places in zip(report.findings, found, strict=True)]
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


def _nearby(report: Report, files: Mapping[str, Path], store: Store, found: list[tuple[Location, ...]]) -> list[tuple[Location, ...]]:
    """Places for the findings that have none: of the nodes next to the focus node, and of the value."""
    missing = {focus_of(finding) for finding, places in zip(report.findings, found, strict=True) if not places}
    near = {node: neighbours(node, store) for node in missing}
    values = {value_of(finding) for finding, places in zip(report.findings, found, strict=True) if not places}
    wanted: set[Term] = {value for value in values if isinstance(value, str)}
    wanted |= {term for one in near.values() for term in (*one.naming, *one.named)}
    places = read_places(files, wanted).places
    result = []
    for finding, told in zip(report.findings, found, strict=True):
        if not told:
            focus, value = focus_of(finding), value_of(finding)
            told = naming(focus, places, near[focus].naming) or (() if value is None else described(value, places))
            told = told or next((place for one in near[focus].named if (place := described(one, places))), ())
        result.append(told)
    return result


def with_passages(report: Report, store: Store, texts: Mapping[str, Text]) -> Report:
    """The report with the passages of the texts that its findings rest on, after the places they have.

    Args:
        texts: short name of a source → its text.
    """
    located = [replace(one, locations=(*one.locations, *passages(one, store, texts))) for one in report.findings]
    return replace(report, findings=tuple(located))
