"""The last look at a sheet: values on one line without control characters, spans as many as its schema allows."""

from __future__ import annotations

import re
from typing import Any, cast

from thidua.extraction.drafts import MAX_SPANS
from thidua.extraction.sheet import Sheet

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def finished(found: dict[str, Any]) -> Sheet:
    """`found` with control characters taken for blanks in every value, and each slot's spans bounded."""
    for items in found.values():
        if not isinstance(items, list):
            continue
        for item in items:
            for slot, value in item.items():
                if slot != "evidence":
                    item[slot] = _plain(value)
            item["spans"] = {slot: spans[:MAX_SPANS] for slot, spans in item["spans"].items()}
    found["source"] = _plain(found["source"])
    return cast(Sheet, found)


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(_CONTROL.sub(" ", value).split()) if _CONTROL.search(value) else value
    if isinstance(value, list) and value and isinstance(value[0], dict | str):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return value
