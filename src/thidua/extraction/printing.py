"""One text, from its file to what `thidua extract` prints of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from thidua.assets import Assets
from thidua.errors import Said, said
from thidua.extraction.document import Document
from thidua.extraction.extract import extract, extractor_of
from thidua.extraction.guard import SECONDS, Trouble, guarded, told
from thidua.extraction.inputs import name_of, read_bytes, refuse_sheet
from thidua.extraction.lexicon import Lexicon
from thidua.extraction.pages import read_document
from thidua.extraction.sheet import Sheet
from thidua.extraction.sources import as_json, facts_of


@dataclass(frozen=True)
class Form:
    """How facts are to be printed.

    Attributes:
        name: json, trig or table.
        on_one_line: JSON without line ends, for several sheets in one stream.
        recorded: the day of graphs, as 2026-11-30.
        lang: of a table's headings.
        terminal: whether a table is for a terminal.
        about: title, published, publisher and url, where told.
    """

    name: str
    on_one_line: bool
    recorded: str
    lang: str = "en"
    terminal: bool = False
    about: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Printed:
    """What is printed of a text.

    Attributes:
        name: the sheet's id.
        remarks: what the user should be told of the text.
    """

    content: bytes
    name: str
    remarks: tuple[Said, ...]


def printer(assets: Assets, form: Form) -> Callable[[Path], Printed | Trouble]:
    """The way from a text's file to what is printed of it, its word lists and rules read once.

    Raises:
        InputError: word lists, rules or the graph cannot be read.
    """
    lexicon = Lexicon.load(assets)
    extractor_of(lexicon)  # a rule that is wrong is no fault of any text
    write = _writer(assets, form)

    def print_one(path: Path) -> Printed:
        refuse_sheet(path)
        document = read_document(read_bytes(path), name_of(path), **form.about)  # type: ignore[arg-type]
        sheet = extract(document, lexicon)
        remarks = [told(key, dict(values), str(path)) for key, values in document.remarks]
        if document.language == "vi" and not facts_of(sheet):
            remarks.append(said("no-facts", path=str(path)))
        return Printed(write(sheet, document), sheet["id"], tuple(remarks))

    return lambda path: guarded(lambda: print_one(path), str(path), SECONDS)


def _writer(assets: Assets, form: Form) -> Callable[[Sheet, Document], bytes]:
    if form.name == "json" and form.on_one_line:
        return lambda sheet, document: (json.dumps(sheet, ensure_ascii=False) + "\n").encode()
    if form.name == "json":
        return lambda sheet, document: as_json(sheet)
    if form.name == "table":
        from thidua.extraction.table import to_table

        return lambda sheet, document: to_table(sheet, document, form.lang, form.terminal).encode()
    from thidua.extraction.assembly import assemble
    from thidua.extraction.registry import Registry

    registry = Registry.load(assets)

    def trig(sheet: Sheet, document: Document) -> bytes:
        made = assemble(sheet, document.text, registry, {}, recorded=form.recorded)
        return made.graph + (b"\n" + made.registry if made.registry else b"")

    return trig
