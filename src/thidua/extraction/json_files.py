"""Reads JSON that may be anything: bounded, no key twice, no number that is none; and checks it against a JSON Schema."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import fastjsonschema

from thidua.errors import InputError, Said, said
from thidua.reading import read_text
from thidua.text import nfc, printable

MAX_SHEET = 4 * 2**20  # bytes; the sheet of a long article is under 100 kB
MAX_DEPTH = 24  # a sheet nests six deep
MAX_DIGITS = 15  # of a whole number: what a double holds exactly

_BROKEN_NUMBER = object()  # stands for a number that JSON does not have, or that is too long
_TWICE = object()  # stands for the value of a key that an object has twice
_SHOWN = 60  # characters of a wrong value that a message repeats


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a sheet, and where.

    Attributes:
        pointer: a JSON Pointer (RFC 6901) to the value, "" for the whole.
        what: the message.
    """

    pointer: str
    what: Said

    def message(self, lang: str = "en") -> str:
        """Place and message on one line."""
        return printable(f"{self.pointer or '/'}: {self.what.message(lang)}")


def pointer(*steps: str | int) -> str:
    """The JSON Pointer of these keys and indices."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def read_json(path: Path) -> object:
    """The content of a JSON file, its strings in NFC, whole numbers as int.

    Raises:
        InputError: no such file, too large, not UTF-8, not JSON (with its line), a key twice in one object, NaN or
            infinite or endless numbers, strings that are not Unicode, nesting beyond MAX_DEPTH.
    """
    words = read_text(path)
    if len(words.encode("utf-8", "surrogatepass")) > MAX_SHEET:
        raise InputError("file-too-large", path=path, limit=MAX_SHEET)
    try:
        content = json.loads(words, object_pairs_hook=_object, parse_int=_whole, parse_constant=lambda _: _BROKEN_NUMBER)
    except json.JSONDecodeError as error:
        raise InputError("syntax", path=path, line=error.lineno, detail=f"not JSON: {error.msg}") from error
    except RecursionError as error:
        raise InputError("json-problem", path=path, place="/", detail=said("json-too-deep", limit=MAX_DEPTH)) from error
    problem = unusable(content)
    if problem is not None:
        raise InputError("json-problem", path=path, place=problem.pointer or "/", detail=problem.what)
    return _tidy(content)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    result: dict[str, object] = {}
    for key, value in pairs:
        result[key] = _TWICE if key in result else value
    return result


def _whole(digits: str) -> object:
    return int(digits) if len(digits.lstrip("-")) <= MAX_DIGITS else _BROKEN_NUMBER


def unusable(content: object) -> Problem | None:
    """The first thing in a JSON value that no sheet may hold whatever its form, or None.

    Never goes deeper than MAX_DEPTH, so that a value that holds itself does no harm.
    """
    left: list[tuple[tuple[str | int, ...], object]] = [((), content)]
    while left:
        steps, value = left.pop()
        key = _wrong(value, len(steps))
        if key is not None:
            return Problem(pointer(*map(_visible, steps)), said(key, limit=MAX_DEPTH))
        if isinstance(value, dict):
            if not all(isinstance(name, str) and _is_unicode(name) for name in value):
                return Problem(pointer(*map(_visible, steps)), said("json-not-text", limit=MAX_DEPTH))
            left += [((*steps, name), one) for name, one in reversed(value.items())]
        elif isinstance(value, list):
            left += [((*steps, place), one) for place, one in reversed(list(enumerate(value)))]
    return None


def _wrong(value: object, depth: int) -> str | None:
    """The message's key for what is wrong with one value by itself."""
    if depth > MAX_DEPTH:
        return "json-too-deep"
    if value is _TWICE:
        return "json-key-twice"
    if value is _BROKEN_NUMBER or (isinstance(value, float) and not math.isfinite(value)):
        return "json-number"
    if isinstance(value, int) and abs(value) >= 10**MAX_DIGITS:
        return "json-number"
    if isinstance(value, str):
        return None if _is_unicode(value) else "json-not-text"
    return None if value is None or isinstance(value, bool | int | float | list | dict) else "json-not-json"


def _is_unicode(words: str) -> bool:
    return words.isascii() or not re.search("[\ud800-\udfff]", words)


def _visible(step: str | int) -> str | int:
    return step if isinstance(step, int) else step.encode("utf-8", "backslashreplace").decode()[:_SHOWN]


def _tidy(value: Any) -> Any:
    """Strings in NFC (an escape may have hidden a loose accent), 3.0 as 3."""
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**MAX_DIGITS:
        return int(value)
    if isinstance(value, list):
        return [_tidy(one) for one in value]
    if isinstance(value, dict):
        return {nfc(key): _tidy(one) for key, one in value.items()}
    return value


@cache
def schema(name: str) -> dict[str, Any]:
    """A JSON Schema that lies beside this module."""
    content: dict[str, Any] = json.loads(schema_words(name))
    return content


def schema_words(name: str) -> str:
    """The text of a JSON Schema that lies beside this module."""
    return (resources.files("thidua.extraction") / name).read_text("utf-8")


@cache
def _validator(name: str, definition: str) -> Callable[[object], object]:
    """The compiled check of a schema, or of one of its definitions; for "" of the whole, its lists taken as they are."""
    whole = schema(name)
    if definition:
        wanted: dict[str, Any] = {"$ref": f"#/definitions/{definition}"}
    else:
        loose = {key: {**one, "items": {}} if one.get("type") == "array" else one for key, one in whole["properties"].items()}
        wanted = {**whole, "properties": loose}
    compiled: Callable[[object], object] = fastjsonschema.compile(
        {"$schema": whole["$schema"], **wanted, "definitions": whole["definitions"]}, use_default=False, use_formats=False
    )
    return compiled


def against_schema(content: object, name: str) -> list[Problem]:
    """What in `content` is against the schema `name`: the first problem of the whole, else the first of each item of its lists.

    The items of a list are checked one by one so that one bad item does not hide the others; every list of the schema
    must therefore have `items` that refer to one of its definitions.
    """
    problems = _first(_validator(name, ""), content, ())
    if problems or not isinstance(content, dict):
        return problems
    for key, one in schema(name)["properties"].items():
        if one.get("type") == "array" and "$ref" in one.get("items", {}) and key in content:
            check = _validator(name, one["items"]["$ref"].rsplit("/", 1)[1])
            for place, item in enumerate(content[key]):
                problems += _first(check, item, (key, place))
    return problems


def _first(check: Callable[[object], object], content: object, steps: tuple[str | int, ...]) -> list[Problem]:
    try:
        check(content)
    except fastjsonschema.JsonSchemaValueException as error:
        inner = [int(step) if step.isdigit() else step for step in error.path[1:]]
        return [Problem(pointer(*map(_visible, (*steps, *inner))), _explained(error))]
    return []


def _explained(error: Any) -> Said:
    """A schema's refusal in our words; those for which we have none in the library's."""
    rule, wanted, value = error.rule, error.rule_definition, error.value
    if rule == "required":
        return said("schema-required", names=", ".join(one for one in wanted if one not in value))
    if rule == "type":
        kinds = wanted if isinstance(wanted, list) else [wanted]
        return said("schema-type", wanted=" / ".join(kinds), found=_shown(value))
    if rule in ("enum", "const"):
        choices = wanted if isinstance(wanted, list) else [wanted]
        return said("schema-enum", wanted=" | ".join(map(str, choices)), found=_shown(value))
    if rule in ("pattern", "minimum", "maximum", "minItems", "maxItems", "minLength", "maxLength"):
        return said(f"schema-{rule}", wanted=wanted, found=_shown(value))
    if rule in ("additionalProperties", "propertyNames") and isinstance(value, dict):
        known = wanted.get("enum") if rule == "propertyNames" else error.definition.get("properties", {})
        if known is None:
            return said("schema-names")
        names = sorted(str(_visible(name)) for name in value if name not in known)
        return said("schema-unknown", names=", ".join(names[:10]))
    detail = error.message.removeprefix(error.name).strip()
    return said("schema-other", detail=detail if len(detail) <= 4 * _SHOWN else detail[: 4 * _SHOWN] + "…")


def _shown(value: object) -> str:
    """A value as JSON, cut short."""
    if isinstance(value, list | dict):
        return "[…]" if isinstance(value, list) else "{…}"
    words = json.dumps(value, ensure_ascii=False)
    return words if len(words) <= _SHOWN else words[:_SHOWN] + "…"
