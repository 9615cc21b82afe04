"""Is this a fact sheet, and does its text bear it out? The gate for sheets of our own and for those handed in."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from thidua.errors import InputError
from thidua.extraction.json_files import Problem, against_schema, read_json, schema_words, unusable
from thidua.extraction.sheet import Sheet
from thidua.extraction.support import coherence, support

SCHEMA = "sheet.schema.json"


def schema_text() -> str:
    """The JSON Schema of a fact sheet: what is to be handed in, slot by slot."""
    return schema_words(SCHEMA)


def findings(sheet: object, text: str | None = None) -> list[Problem]:
    """What is wrong with a sheet, in the order of its lists.

    Args:
        sheet: any value; nothing is taken for granted.
        text: the text it is about, where that is at hand: then every span and value is held against it.

    Returns:
        Problems of form alone where there are any (one an item: mend them first), else those of coherence and support.
    """
    problem = unusable(sheet)
    if problem is not None:
        return [problem]
    against = against_schema(sheet, SCHEMA)
    if against:
        return against
    assert isinstance(sheet, dict)
    return [*coherence(sheet), *(support(sheet, text) if text is not None else ())]


def problems(sheet: object, text: str | None = None, lang: str = "en") -> list[str]:
    """As `findings`, each on one line: the JSON Pointer of the place, what is wrong, how to mend it."""
    return [problem.message(lang) for problem in findings(sheet, text)]


def read_sheet(path: Path) -> Sheet:
    """A fact sheet from a file, in the form of the schema and coherent; whether its text bears it out is not asked.

    Raises:
        InputError: it cannot be read, is not JSON, not of the form, or contradicts itself (the first problem, with its place).
    """
    content = read_json(path)
    for problem in findings(content):
        raise InputError("json-problem", path=path, place=problem.pointer or "/", detail=problem.what)
    return cast(Sheet, content)
