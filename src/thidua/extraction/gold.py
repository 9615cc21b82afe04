"""Folders of gold sheets, the sheets and the texts that go with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thidua.assets import Assets
from thidua.errors import InputError, NothingChecked
from thidua.extraction.json_files import against_schema, read_json
from thidua.reading import MAX_TEXT

if TYPE_CHECKING:
    from thidua.extraction.agreement import Fact

SCHEMA = "scored.schema.json"
MAX_NAME = 240  # bytes of a text's path; file systems take 255 bytes a step
MAX_LEVELS = 8  # folders above the gold folder in which a text is looked for


def read_compared(path: Path) -> dict[str, Any]:
    """A gold or predicted sheet, as far as an evaluation reads it.

    Raises:
        InputError: it cannot be read, is not JSON or not of that form (with the place).
    """
    content = read_json(path)
    for problem in against_schema(content, SCHEMA):
        raise InputError("json-problem", path=path, place=problem.pointer or "/", detail=problem.what)
    assert isinstance(content, dict)
    return content


def sheets_in(folder: Path) -> list[Path]:
    """The .json files of a folder, sorted by name.

    Raises:
        InputError: no such folder, no folder, or files but no .json among them.
        NothingChecked: the folder holds no file at all.
    """
    if not folder.exists():
        raise InputError("missing-folder", path=folder)
    if not folder.is_dir():
        raise InputError("not-directory", path=folder)
    inside = sorted(folder.iterdir())
    if not inside:
        raise NothingChecked("folder-empty", path=folder)
    paths = [path for path in inside if path.suffix == ".json" and (path.is_file() or path.is_dir() or path.is_symlink())]
    if not paths:
        raise InputError("folder-without-json", path=folder)
    return paths


def with_sheets(gold: Path, sheets: Path) -> Iterator[tuple[str, Fact, Fact | None]]:
    """Each gold sheet of a folder with the sheet of the same file name in another, or None where that has none.

    Raises:
        InputError: as `sheets_in` for both folders, or a sheet cannot be read.
    """
    paths = sheets_in(gold)
    try:
        names = {path.name for path in sheets_in(sheets)}
    except NothingChecked as error:  # an empty gold folder means nothing to check, an empty one of sheets the wrong folder
        raise InputError("folder-without-json", path=sheets) from error
    for path in paths:
        yield path.stem, read_compared(path), read_compared(sheets / path.name) if path.name in names else None


def with_extraction(gold: Path, root: Path | None, outlet: bool) -> Iterator[tuple[str, Fact, Fact | None]]:
    """Each gold sheet of a folder with what is extracted from the text that it names.

    Args:
        gold: the folder of gold sheets.
        root: of the assets that the extraction reads, None for those shipped.
        outlet: give the extraction what gold knows of the publication: title, day and address; else the day alone.

    Raises:
        InputError: as `sheets_in`, a sheet cannot be read, or its text is not there.
    """
    paths = sheets_in(gold)
    from thidua.extraction.extract import extract
    from thidua.extraction.lexicon import Lexicon
    from thidua.extraction.pages import read_document

    lexicon = Lexicon.load(Assets(root))
    for path in paths:
        sheet = read_compared(path)
        text = find_text(path, sheet.get("text_file"))
        source = sheet.get("source") or {}
        title, url = (source.get("title"), source.get("url")) if outlet else (None, None)
        with text.open("rb") as file:
            data = file.read(MAX_TEXT + 1)  # one byte too many is for the reader to refuse
        document = read_document(data, text.name, title=title, published=source.get("published"), url=url)
        yield path.stem, sheet, extract(document, lexicon)


def find_text(gold: Path, name: str | None) -> Path:
    """The text that a gold sheet names in `text_file`: relative to its folder's parent, else to that one's parent, and so on.

    Raises:
        InputError: the sheet names none, names one by an absolute path, or none of these folders has it.
    """
    if not name or "\0" in name:
        raise InputError("gold-without-text", path=gold)
    if Path(name).is_absolute():
        raise InputError("gold-text-absolute", path=gold, text=name)
    if len(name.encode()) > MAX_NAME:
        raise InputError("gold-text-missing", path=gold, text=name[:MAX_NAME] + "…")
    for folder in gold.resolve().parent.parents[:MAX_LEVELS]:
        if (folder / name).is_file():
            return folder / name
    raise InputError("gold-text-missing", path=gold, text=name)
