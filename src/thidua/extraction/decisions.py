"""How names were resolved, and what a reader decides about it: a link may be rejected, another chosen, a choice taken back.

A decision is kept in the source's record, and the source's files are made anew with it; without it they are again what they were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from thidua.datafolder import DataFolder
from thidua.errors import InputError
from thidua.extraction import sources
from thidua.extraction.sources import Record
from thidua.extraction.tools import Tools
from thidua.findings import Report

DOUBTFUL = 0.8  # a link of a lower score, or one that another might take the place of, is worth a look


@dataclass(frozen=True)
class KeptLink:
    """A link of a source in the folder, with what was decided about it."""

    sid: str
    aside: bool
    link: dict[str, Any]
    decided: bool

    @property
    def doubtful(self) -> bool:
        """Whether a reader should look at it: nobody has, and the score is low or an entry was made though others were near."""
        score = self.link.get("score")
        low = isinstance(score, int | float) and score < DOUBTFUL
        return not self.decided and (low or (self.link.get("target") is None and bool(self.link.get("alternatives"))))


def _records(folder: DataFolder) -> Iterator[tuple[str, Record]]:
    """(folder of its files, record) of all sources, those in quarantine too."""
    for name in folder.names("records"):
        if record := sources.read_record(folder, name):
            yield "", record
    for name in folder.names("quarantine"):
        if name.endswith("/record.json") and (record := sources.read_record(folder, name)):
            yield name.removesuffix("record.json"), record


def kept_links(folder: DataFolder) -> Iterator[KeptLink]:
    """All links, source by source."""
    for place, record in _records(folder):
        for link in record.links:
            yield KeptLink(record.sid, bool(place), link, link["id"] in record.decisions)


@dataclass(frozen=True)
class Decided:
    """What a decision led to: the source, where it is now, and what the shapes found (nothing changed if that refuses it)."""

    sid: str
    refused: bool
    aside: bool
    report: Report


def decide(folder: DataFolder, tools: Tools, link: str, target: str | None, lang: str) -> Decided:
    """Sets the target of a link, None for an entry of its own.

    Raises:
        InputError: no such link or thing.
    """
    return _changed(folder, tools, link, lang, lambda decisions: {**decisions, link: target}, back=False)


def undo(folder: DataFolder, tools: Tools, link: str, lang: str) -> Decided:
    """Takes a decision back; the files are again what they were without it: a source that only passed with it is set aside again.

    Raises:
        InputError: no such link, or nothing was decided about it.
    """

    def without(decisions: dict[str, str | None]) -> dict[str, str | None]:
        if link not in decisions:
            raise InputError("link-undecided", id=link)
        return {name: one for name, one in decisions.items() if name != link}

    return _changed(folder, tools, link, lang, without, back=True)


def _changed(
    folder: DataFolder, tools: Tools, link: str, lang: str, change: Callable[[dict[str, str | None]], dict[str, str | None]], back: bool
) -> Decided:
    """Works out what comes of a change of decisions, and puts it in place if nobody was faster.

    Args:
        back: an accepted source that no longer passes is set aside; else the change is refused.
    """
    while True:
        place, record = _find(folder, link)
        decided, files = _worked_out(folder, tools, place, replace(record, decisions=change(record.decisions)), lang, back)
        with folder.locked():
            if _find(folder, link) == (place, record):
                if not decided.refused:
                    folder.change(files)
                return decided


def _find(folder: DataFolder, link: str) -> tuple[str, Record]:
    for place, record in _records(folder):
        if link in record.decisions or any(one["id"] == link for one in record.links):
            return place, record
    raise InputError("unknown-link", id=link, path=folder.path)


def _worked_out(
    folder: DataFolder, tools: Tools, place: str, record: Record, lang: str, back: bool
) -> tuple[Decided, dict[str, bytes | None]]:
    """The source made anew with the record's decisions: what comes of it, and its files."""
    sid = record.sid
    sheet_name, text_name = (f"{place}sheet.json", f"{place}text.txt") if place else (f"sheets/{sid}.json", f"texts/{sid}.txt")
    sheet = sources.loaded(sheet_name, folder.read(sheet_name) or b"")
    text = (folder.read(text_name) or b"").decode()
    before = sources.versions(folder, sheet["source"]["url"])
    if place and sources.place_of(folder, sid) != before:
        raise InputError("later-version", sid=before[-1] if before else "?")
    former = sources.former_version(folder, before) if place else record.former
    made = sources.make(tools, sid, sheet, text, record.decisions, record.recorded, former)
    report = tools.check([sources.candidate(folder, made)])[sid]
    passes = not report.at_least("violation")
    if passes:
        files = sources.accepted(made, sheet, text, before if place else before[:-1])
        if not place:
            files = {name: content for name, content in files.items() if not name.startswith("addresses/")}
    else:
        files = sources.set_aside(sid, sheet["source"]["file"], [], sheet, text, made, report, lang, before if place else before[:-1])
        if not place:
            files |= sources.back_aside(folder, record, sheet)
    last = before in ([], [*before[:-1], sid])
    refused = not passes and not place and not (back and last)
    return Decided(sid, refused, aside=not passes, report=report), files
