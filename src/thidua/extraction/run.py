"""One run of `thidua ingest`: texts in, batch by batch, and the files of each batch put in place, all or none."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from thidua.datafolder import DataFolder
from thidua.errors import InputError
from thidua.extraction import sources
from thidua.extraction.ingestion import Item, Options, Outcome, work
from thidua.extraction.inputs import refuse_sheet, texts_below
from thidua.extraction.tools import Tools
from thidua.extraction.workers import in_order
from thidua.reading import MAX_TEXT

BATCH = 50  # texts validated in one run of the shapes
BATCH_BYTES = 8 * 2**20
_MADE = re.compile(r"[0-9a-f]{16}\.ttl")
Load = Callable[[], Tools]


@dataclass(frozen=True)
class Request:
    """What to ingest, and where to."""

    texts: tuple[Path, ...]
    sheets: tuple[Path, ...]
    into: Path
    options: Options
    jobs: int = 1
    batch: int = BATCH


def ingest(request: Request, load: Load) -> Iterator[Outcome]:
    """Ingests, and tells what became of each text once its files are in place.

    Args:
        load: makes the steps; called once in each process that works.

    Raises:
        InputError: a text or sheet that is named does not exist; nothing is ingested then.
        MachineError: the folder cannot be written, or a process died. What was told is in place.
    """
    for path in (*request.texts, *request.sheets):
        _check(path, request.sheets)
    paired = [_with_text(sheet, request.texts, alone=len(request.sheets) == 1) for sheet in request.sheets]
    folder = DataFolder(request.into)
    with folder.locked():
        pass  # finishes what a process that was killed had decided
    tools: list[Tools] = []  # of this process, once they are needed

    def worker() -> Callable[[Sequence[Item]], list[Outcome]]:
        tools.append(load())
        return lambda batch: work(batch, folder, tools[0], request.options)

    batches = _batches(_items(request, paired), request.batch)
    for _, outcomes in in_order(worker, batches, request.jobs):
        again = yield from _settled(folder, outcomes)
        while again:
            if not tools:
                tools.append(load())
            again = yield from _settled(folder, work(again, folder, tools[0], request.options))


def _settled(folder: DataFolder, outcomes: list[Outcome]) -> Generator[Outcome, None, list[Item]]:
    """Puts the files of a batch in place, then tells of its texts.

    Returns:
        the items to be looked at once more: another text of the batch, or another process, was first.
    """
    if any(outcome.changes for outcome in outcomes):
        with folder.locked():
            outcomes = [outcome if _still_fits(folder, outcome) else replace(outcome, kind="again", changes={}) for outcome in outcomes]
            folder.change({name: content for outcome in outcomes for name, content in outcome.changes.items()})
    yield from (outcome for outcome in outcomes if outcome.kind != "again")
    return [outcome.item for outcome in outcomes if outcome.kind == "again"]


def _still_fits(folder: DataFolder, outcome: Outcome) -> bool:
    """Whether the folder is as it was when the outcome was worked out, as far as it matters."""
    if not outcome.changes:
        return True
    return not folder.has(f"records/{outcome.sid}.json") and (
        outcome.address is None or tuple(sources.versions(folder, outcome.address)) == outcome.before
    )


def _check(path: Path, sheets: Sequence[Path]) -> None:
    if str(path) == "-" and path not in sheets:
        return
    if not path.exists():
        raise InputError("missing-file", path=path)
    if path in sheets and path.is_dir():
        raise InputError("is-directory", path=path)
    if path not in sheets:
        refuse_sheet(path)


def _with_text(sheet: Path, texts: Sequence[Path], alone: bool) -> Item:
    """A sheet with its text: the file that it names, among the texts given or beside it; or the one text given with one sheet.

    That one text is the sheet's even where the sheet cannot be read: it must not be extracted from in the sheet's place.
    """
    name = _file_named(sheet)
    if name is not None:
        for text in (*texts, sheet.parent):
            place = text / name if text.is_dir() else text
            if place.name == name and place.is_file():
                return Item(place, sheet)
    if alone and len(texts) == 1 and not texts[0].is_dir():
        return Item(texts[0], sheet)
    return Item(None, sheet)


def _file_named(sheet: Path) -> str | None:
    """The name of the text's file that a sheet tells; None where it tells none, or cannot be read: that is told where it is read."""
    try:
        with sheet.open("rb") as file:
            name = json.loads(file.read(MAX_TEXT))["source"]["file"]
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        return None
    return name if isinstance(name, str) and Path(name).name == name else None


def _items(request: Request, paired: list[Item]) -> Iterator[Item]:
    """Everything to ingest, in order; folders are walked as it goes."""
    yield from paired
    taken = {item.text for item in paired}
    left_out = request.into.resolve()
    for text in request.texts:
        if text.is_dir():
            yield from (Item(path) for path in texts_below(text, left_out) if path not in taken)
        elif text not in taken:
            yield Item(text)


def _batches(items: Iterable[Item], most: int) -> Iterator[list[Item]]:
    """The items in batches of so many, or of so many bytes."""
    batch: list[Item] = []
    size = 0
    for item in items:
        more = item.text.stat().st_size if item.text is not None and item.text.is_file() else 0
        if batch and (len(batch) == most or size + more > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(item)
        size += more
    if batch:
        yield batch


def known_beside(into: Path) -> Path | None:
    """The data folder, where it holds entries that linking has to know: written by hand, or chosen for a source in quarantine."""
    for name in ("law", "registry"):
        if (into / name).is_dir() and any(not _MADE.fullmatch(path.name) for path in (into / name).iterdir()):
            return into
    aside = (into / "quarantine").glob("*/record.json")
    return into if any(json.loads(path.read_bytes()).get("decisions") for path in aside) else None


def exit_code(counts: Counter[str]) -> int:
    """0 where every text is in or states nothing, 1 where any was set aside or not taken."""
    return 1 if any(counts[kind] for kind in ("setAside", "unreadable", "otherLanguage", "failed")) else 0
