"""What a data folder keeps of each ingested text, and in which files.

Of an accepted text the files are a function of fact sheet, text, decisions, day and revision: all five are kept, so that a decision
can be taken and taken back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from typing import Any

from thidua import __version__
from thidua.datafolder import DataFolder
from thidua.errors import MachineError
from thidua.extraction.candidate import Candidate
from thidua.extraction.pointing import pointed_at, with_words
from thidua.extraction.sheet import Sheet
from thidua.extraction.succession import Former, address_name, graph_name
from thidua.extraction.tools import Linked, Tools
from thidua.findings import Finding, Report
from thidua.reports.plain import to_text
from thidua.reports.words import cut, place

FACTS = (
    "awards", "campaigns", "figures", "targets", "eligibility", "launches", "gatherings", "documents", "posts", "not_awards",
)  # fmt: skip
_TEXT = "text.txt"
ASIDE = ("report.txt", "report.json", "sheet.json", _TEXT, "graph.trig", "registry.ttl", "record.json")


@dataclass(frozen=True)
class Record:
    """What is kept of a text beside its sheet.

    Attributes:
        sid: short name of the source, 16 hex digits.
        recorded: the day of its graph.
        revision: 1, or one more than that of the version whose place it takes.
        former: the version whose place it takes.
        made_by: the program's version.
        facts: how many items the sheet has.
        decisions: id of a link → the IRI chosen, or None for an entry of its own.
        links: how names were resolved, as plain data.
    """

    sid: str
    recorded: str
    revision: int
    former: Former | None
    made_by: str
    facts: int
    decisions: dict[str, str | None]
    links: list[dict[str, Any]]

    def to_json(self) -> bytes:
        """The record's file."""
        return as_json(asdict(self))


@dataclass(frozen=True)
class Made:
    """A source ready for the gate: its files, but for those that tell of the gate's judgement."""

    record: Record
    graph: bytes
    registry: bytes


def as_json(content: object) -> bytes:
    """JSON as all files of a data folder have it."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def loaded(name: str, content: bytes) -> Any:
    """What a JSON file of the folder says.

    Raises:
        MachineError: it is no JSON: somebody or something damaged it.
    """
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise MachineError("folder-damaged", path=name, detail=error) from error


def read_record(folder: DataFolder, name: str) -> Record | None:
    """The record in the file `name`, or None where there is none."""
    content = folder.read(name)
    if content is None:
        return None
    said = loaded(name, content)
    try:
        former = said["former"]
        return Record(**{**said, "former": None if former is None else Former(**former)})
    except (TypeError, KeyError) as error:
        raise MachineError("folder-damaged", path=name, detail=error) from error


def versions(folder: DataFolder, url: str | None) -> list[str]:
    """Short names of the sources that were accepted from an address, in order; the last one counts."""
    name = "" if url is None else f"addresses/{address_name(url)}.json"
    content = folder.read(name) if name else None
    return [] if content is None else [str(sid) for sid in loaded(name, content)]


def former_version(folder: DataFolder, sids: Sequence[str]) -> Former | None:
    """The last of these versions, which a new one takes the place of."""
    if not sids:
        return None
    name = f"records/{sids[-1]}.json"
    record = read_record(folder, name)
    if record is None:
        raise MachineError("folder-damaged", path=name, detail="missing")
    return Former(record.sid, graph_name(record.sid, record.revision), record.revision)


def said_of_source(sheet: object, name: str) -> str | None:
    """What a sheet, or what was handed in as one, says of its text: file, sha256, url …"""
    source = sheet.get("source") if isinstance(sheet, dict) else None
    value = source.get(name) if isinstance(source, dict) else None
    return value if isinstance(value, str) else None


def facts_of(sheet: Sheet) -> int:
    """How many items a sheet has."""
    items: list[list[Any]] = [sheet.get(name, []) for name in FACTS]  # type: ignore[misc]
    return sum(map(len, items))


def make(tools: Tools, sid: str, sheet: Sheet, text: str, decisions: dict[str, str | None], recorded: str, former: Former | None) -> Made:
    """Graph, entries and record of a source: the same for the same arguments, always."""
    assembled = tools.assemble(sheet, text, decisions, recorded=recorded, former=former)
    revision = 1 if former is None else former.revision + 1
    links = [_plain(link) for link in assembled.links]
    record = Record(sid, recorded, revision, former, __version__, facts_of(sheet), dict(sorted(decisions.items())), links)
    return Made(record, assembled.graph, assembled.registry)


def _plain(link: Linked) -> dict[str, Any]:
    """A link as plain data, the same whether it was just made or read back."""
    if not is_dataclass(link) or isinstance(link, type):
        raise TypeError(f"{link!r} is no link")
    plain: dict[str, Any] = json.loads(json.dumps(asdict(link)))
    return plain


def candidate(folder: DataFolder, made: Made) -> Candidate:
    """The source as the gate wants it, with the versions before it."""
    before: list[bytes] = []
    former = made.record.former
    while former is not None:
        before += [content for name in (f"sources/{former.sid}.trig", f"registry/{former.sid}.ttl") if (content := folder.read(name))]
        record = read_record(folder, f"records/{former.sid}.json")
        former = None if record is None else record.former
    return Candidate(made.record.sid, made.graph, made.registry, tuple(before))


def accepted(made: Made, sheet: Sheet, text: str, sids: Sequence[str]) -> dict[str, bytes | None]:
    """The files of a source that passed the gate.

    Args:
        sids: the sources accepted from its address before.
    """
    sid, url = made.record.sid, sheet["source"]["url"]
    files: dict[str, bytes | None] = {
        f"sources/{sid}.trig": made.graph,
        f"registry/{sid}.ttl": made.registry or None,
        f"sheets/{sid}.json": as_json(sheet),
        f"texts/{sid}.txt": text.encode(),
        f"records/{sid}.json": made.record.to_json(),
    }
    if url is not None:
        files[f"addresses/{address_name(url)}.json"] = as_json([*sids, sid])
    return files | no_longer_aside(sid)


def back_aside(folder: DataFolder, record: Record, sheet: Sheet) -> dict[str, bytes | None]:
    """Takes away the files of an accepted source, which is the last of its address."""
    url, names = sheet["source"]["url"], ("sources/{}.trig", "registry/{}.ttl", "sheets/{}.json", "texts/{}.txt", "records/{}.json")
    files: dict[str, bytes | None] = {name.format(record.sid): None for name in names}
    if url is not None:
        others = versions(folder, url)[:-1]
        files[f"addresses/{address_name(url)}.json"] = as_json(others) if others else None
    return files


def without_facts(sid: str, sheet: Sheet, recorded: str) -> dict[str, bytes | None]:
    """The files of a text that states nothing: it is remembered, and makes no graph."""
    record = Record(sid, recorded, 1, None, __version__, 0, {}, [])
    return {f"sheets/{sid}.json": as_json(sheet), f"records/{sid}.json": record.to_json()} | no_longer_aside(sid)


def no_longer_aside(sid: str) -> dict[str, bytes | None]:
    """Takes away what quarantine holds of a source."""
    return {f"quarantine/{sid}/{name}": None for name in ASIDE}


def place_of(folder: DataFolder, sid: str) -> list[str] | None:
    """The sources that had been accepted from a text's address when it was set aside, or None where it is not in quarantine.

    A text's place among the versions is where it was first met: mended later, it does not push out what came after it.
    """
    name = f"quarantine/{sid}/report.json"
    content = folder.read(name)
    if content is None:
        return None
    try:
        return [str(one) for one in loaded(name, content)["before"]]
    except (TypeError, KeyError) as error:
        raise MachineError("folder-damaged", path=name, detail=error) from error


def set_aside(
    sid: str,
    file: str,
    problems: Sequence[str],
    sheet: object,
    text: str | None,
    made: Made | None,
    report: Report | None,
    lang: str,
    before: Sequence[str] = (),
) -> dict[str, bytes | None]:
    """The files of a source in quarantine: the report in words and as data, and all there is to mend.

    Args:
        file: name of the text's file, or of the sheet's.
        problems: what is wrong with the sheet, in words of `lang`.
        sheet: the sheet, whatever it is.
        report: what the shapes found.
        before: the sources accepted from its address so far.
    """
    if report is not None and made is not None and text is not None:
        report = with_words(report, sid, made.graph, text, _TEXT)
    findings = () if report is None else report.findings
    words = "".join(f"{line}\n" for line in _with_places(problems, sheet, text)).encode() + (
        b"" if report is None else to_text(report, lang)
    )
    content: dict[str, bytes | None] = {
        "report.txt": f"{file}\n\n".encode() + words,
        "report.json": as_json(
            {"sid": sid, "file": file, "before": list(before), "problems": list(problems), "findings": [_told(one) for one in findings]}
        ),
        "sheet.json": as_json(sheet),
        _TEXT: None if text is None else text.encode(),
        "graph.trig": None if made is None else made.graph,
        "registry.ttl": (None if made is None else made.registry) or None,
        "record.json": None if made is None else made.record.to_json(),
    }
    if made is None:
        del content["record.json"]  # it may hold decisions
    return {f"quarantine/{sid}/{name}": one for name, one in content.items()}


def _told(finding: Finding) -> dict[str, Any]:
    """The finding as plain data, but for what only tells it from others."""
    return {name: value for name, value in asdict(finding).items() if name != "number"}


def _with_places(problems: Sequence[str], sheet: object, text: str | None) -> Iterator[str]:
    """The problems, each with the line and words of the text that it is about, where that can be told."""
    for problem in problems:
        yield problem
        where = None if text is None else pointed_at(problem, sheet, text, _TEXT)
        if where is not None:
            yield f"  {place(where)}  “{cut(where.words)}”"
