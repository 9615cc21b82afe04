"""A batch of texts, each on its way through all steps: what becomes of it, and which files it wants in the data folder.

Nothing is written here: `thidua.extraction.run` puts a batch's files in place, all or none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Literal, cast

from thidua.datafolder import DataFolder
from thidua.errors import InputError, Said, said
from thidua.extraction import sources
from thidua.extraction.document import Document
from thidua.extraction.guard import SECONDS, TookTooLong, Trouble, guarded, time_limit, told
from thidua.extraction.inputs import name_of, read_bytes
from thidua.extraction.sheet import Sheet
from thidua.extraction.sources import Made
from thidua.extraction.succession import address_name
from thidua.extraction.tools import Tools
from thidua.reports.words import in_language

CHECK_SECONDS = 600.0  # for the shapes over a batch

# "again": another text of the same batch, or another process, was first; look once more.
Kind = Literal["accepted", "alreadyThere", "withoutFacts", "setAside", "unreadable", "otherLanguage", "failed", "again"]


@dataclass(frozen=True)
class Item:
    """One thing to ingest: a text, a text with its fact sheet, or a sheet whose text is not at hand."""

    text: Path | None
    sheet: Path | None = None

    @property
    def name(self) -> str:
        """How the user knows it."""
        return str(self.text if self.text is not None else self.sheet)


@dataclass(frozen=True)
class Options:
    """What is told of all texts of a run.

    Attributes:
        recorded: the day that graphs are made on.
        lang: of reports.
        title, published, publisher, url: of a single text; else as the text says.
    """

    recorded: str
    lang: str = "en"
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What becomes of one item.

    Attributes:
        why: messages for the user, empty where all is well.
        changes: the files it wants (name → content, None: none).
        sid: short name of its source, where it got as far.
        address: its address, and `before`, the sources accepted from there: if these are others by now, the outcome is void.
    """

    item: Item
    kind: Kind
    why: tuple[Said, ...] = ()
    changes: dict[str, bytes | None] = field(default_factory=dict)
    sid: str = ""
    address: str | None = None
    before: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Ready:
    """A text that has come as far as the gate."""

    item: Item
    sheet: Sheet
    text: str
    made: Made
    before: tuple[str, ...]
    remarks: tuple[Said, ...]


def work(batch: Sequence[Item], folder: DataFolder, tools: Tools, options: Options) -> list[Outcome]:
    """What becomes of each item of a batch, in order."""
    found: list[Outcome | _Ready] = []
    taken: set[str] = set()
    for item in batch:
        one = _guarded(item, folder, tools, options)
        for name in _names(one):
            if name in taken:
                one = Outcome(item, "again")
        taken |= _names(one)
        found.append(one)
    judged = _judged([one for one in found if isinstance(one, _Ready)], folder, tools, options)
    return [judged[one.made.record.sid] if isinstance(one, _Ready) else one for one in found]


def _names(one: Outcome | _Ready) -> set[str]:
    """What no two texts of one batch may have in common: the text itself, and its address."""
    if isinstance(one, _Ready):
        sid, address = one.made.record.sid, one.sheet["source"]["url"]
    elif one.changes:
        sid, address = one.sid, one.address
    else:
        return set()
    return {sid} if address is None else {sid, address_name(address) + "/"}


def _guarded(item: Item, folder: DataFolder, tools: Tools, options: Options) -> Outcome | _Ready:
    """One item up to the gate; whatever goes wrong with it is told of it, and the others go on."""
    found = guarded(lambda: _begun(item, folder, tools, options), item.name, SECONDS)
    if isinstance(found, Trouble):
        return Outcome(item, "unreadable" if found.code == InputError.exit_code else "failed", (found.why,))
    return found


def _begun(item: Item, folder: DataFolder, tools: Tools, options: Options) -> Outcome | _Ready:
    given = None if item.sheet is None else tools.read_json(item.sheet)
    if item.text is None:
        assert item.sheet is not None, "an item is a text or a sheet"
        return _sheet_alone(item, item.sheet, given, folder, tools, options)
    document = tools.read(
        read_bytes(item.text),
        name_of(item.text),
        title=options.title,
        published=options.published,
        publisher=options.publisher,
        url=options.url,
    )
    sid = document.sha256[:16]
    there = _already_there(item, document, given, folder, tools)
    if there is not None:
        return there
    remarks = tuple(told(key, dict(values), item.name) for key, values in document.remarks)
    if document.language != "vi" and item.sheet is None:
        return Outcome(item, "otherLanguage", remarks or (said("text-other-language", language=document.language),), sid=sid)
    sheet = tools.extract(document) if item.sheet is None else given
    before = tuple(sources.versions(folder, sources.said_of_source(sheet, "url")))
    place = sources.place_of(folder, sid)
    if place is not None and place != list(before):
        return Outcome(item, "setAside", (said("later-version", sid=before[-1] if before else "?"),), sid=sid)
    problems = list(tools.problems(sheet, document.text, options.lang))
    if not problems and sources.said_of_source(sheet, "sha256") != document.sha256:
        problems = [said("sheet-of-other-text", sha=document.sha256).message(options.lang)]
    if problems:
        return _set_aside(item, sid, problems, sheet, document.text, before, options)
    return _assembled(item, document, cast(Sheet, sheet), before, remarks, folder, tools, options)


def _assembled(
    item: Item,
    document: Document,
    sheet: Sheet,
    before: tuple[str, ...],
    remarks: tuple[Said, ...],
    folder: DataFolder,
    tools: Tools,
    options: Options,
) -> Outcome | _Ready:
    sid, former = document.sha256[:16], sources.former_version(folder, before)
    if not sources.facts_of(sheet) and former is None:
        files = sources.without_facts(sid, sheet, options.recorded)
        return Outcome(item, "withoutFacts", remarks, files, sid, sheet["source"]["url"])
    aside = sources.read_record(folder, f"quarantine/{sid}/record.json")
    made = sources.make(tools, sid, sheet, document.text, {} if aside is None else aside.decisions, options.recorded, former)
    return _Ready(item, sheet, document.text, made, before, remarks)


def _already_there(item: Item, document: Document, given: object, folder: DataFolder, tools: Tools) -> Outcome | None:
    """The outcome for a text that the folder or the shipped graph holds already."""
    sid = document.sha256[:16]
    if document.sha256 in tools.known:
        return Outcome(item, "alreadyThere", (said("text-is-shipped", sid=tools.known[document.sha256]),), sid=sid)
    if not folder.has(f"records/{sid}.json"):
        return None
    other = item.sheet is not None and folder.read(f"sheets/{sid}.json") != sources.as_json(given)
    return Outcome(item, "alreadyThere", (said("other-sheet-counts", sid=sid),) if other else (), sid=sid)


def _sheet_alone(item: Item, path: Path, sheet: object, folder: DataFolder, tools: Tools, options: Options) -> Outcome:
    """A sheet whose text is not at hand: its form is checked, the rest is told, and it waits in quarantine."""
    digest = sources.said_of_source(sheet, "sha256") or ""
    sid = digest[:16] if re.fullmatch("[0-9a-f]{64}", digest) else sha256(path.read_bytes()).hexdigest()[:16]
    if folder.has(f"records/{sid}.json"):
        return Outcome(item, "alreadyThere", sid=sid)
    missing = said("sheet-without-text", file=sources.said_of_source(sheet, "file") or "?").message(options.lang)
    problems = [*tools.problems(sheet, None, options.lang), missing]
    before = tuple(sources.versions(folder, sources.said_of_source(sheet, "url")))
    return _set_aside(item, sid, problems, sheet, None, before, options)


def _set_aside(
    item: Item, sid: str, problems: list[str], sheet: object, text: str | None, before: tuple[str, ...], options: Options
) -> Outcome:
    file = sources.said_of_source(sheet, "file") or Path(item.name).name
    files = sources.set_aside(sid, file, problems, sheet, text, None, None, options.lang, before)
    first = said("set-aside", detail=problems[0], more=len(problems) - 1, report=f"quarantine/{sid}/report.txt")
    return Outcome(item, "setAside", (first,), files, sid, sources.said_of_source(sheet, "url"), before)


def _judged(ready: Sequence[_Ready], folder: DataFolder, tools: Tools, options: Options) -> dict[str, Outcome]:
    """The gate's judgement of each, all in one run; where that takes too long, each by itself."""
    if not ready:
        return {}
    try:
        with time_limit(CHECK_SECONDS):
            reports = tools.check([sources.candidate(folder, one.made) for one in ready])
    except TookTooLong:
        if len(ready) > 1:
            return {sid: outcome for one in ready for sid, outcome in _judged([one], folder, tools, options).items()}
        slow = said("text-too-slow", seconds=f"{CHECK_SECONDS:g}")
        return {ready[0].made.record.sid: Outcome(ready[0].item, "failed", (slow,))}
    outcomes = {}
    for one in ready:
        sid, report, url = one.made.record.sid, reports[one.made.record.sid], one.sheet["source"]["url"]
        violations = report.at_least("violation")
        if violations:
            words = in_language(violations[0].message, options.lang)
            why = said("set-aside", detail=words, more=len(violations) - 1, report=f"quarantine/{sid}/report.txt")
            files = sources.set_aside(sid, one.sheet["source"]["file"], [], one.sheet, one.text, one.made, report, options.lang, one.before)
            outcomes[sid] = Outcome(one.item, "setAside", (why, *one.remarks), files, sid, url, one.before)
        else:
            files = sources.accepted(one.made, one.sheet, one.text, one.before)
            outcomes[sid] = Outcome(one.item, "accepted", one.remarks, files, sid, url, one.before)
    return outcomes
