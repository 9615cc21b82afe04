"""The last look at a sheet: what its words do not bear out is left out; values on one line; as many spans as the schema allows."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, cast

from thidua.extraction.drafts import MAX_SPANS
from thidua.extraction.sheet import Sheet
from thidua.extraction.support import LISTS, support

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Slots of an award that may be left open; where another is not borne out, the award is left out.
_OPEN = {
    "conferred_by", "on_behalf_of", "presented_by", "presenting_body", "requested_by", "award_rank", "campaign", "period", "date",
    "date_raw", "decision", "decision_date", "amount", "level", "split",
}  # fmt: skip
_ROUNDS = 4  # leaving out may show another fault of the same item


def finished(found: dict[str, Any], text: str) -> Sheet:
    """`found` without what the text does not bear out, and without items told twice.

    Damaged texts cut words and numbers where no reader would; what then rests on half a word is no fact.
    """
    for kind in LISTS:
        items: list[dict[str, Any]] = []
        for item in found[kind]:
            for slot, value in item.items():
                if slot != "evidence":
                    item[slot] = _plain(value)
            item["spans"] = {slot: spans[:MAX_SPANS] for slot, spans in item["spans"].items()}
            if item not in items[-20:]:
                items.append(item)
        found[kind] = items
    found["source"] = _plain(found["source"])
    for _ in range(_ROUNDS):
        wrong = [problem.pointer.split("/")[1:5] for problem in support(found, text) if problem.pointer]
        wrong += _cut(found, text)
        if not wrong:
            break
        _leave_out(found, wrong)
    return cast(Sheet, found)


def _cut(found: dict[str, Any], text: str) -> list[list[str]]:
    """Where spans begin or end within a run of letters, digits and marks."""
    return [
        [kind, str(number), "spans", slot]
        for kind in LISTS
        for number, item in enumerate(found[kind])
        for slot, spans in (("evidence", [item["evidence"]]), *item["spans"].items())
        for start, end in spans
        if _within_word(text, start) or _within_word(text, end)
    ]


def _within_word(text: str, place: int) -> bool:
    return 0 < place < len(text) and _is_word(text[place - 1]) and _is_word(text[place])


def _is_word(sign: str) -> bool:
    return sign.isalnum() or bool(unicodedata.combining(sign))


def _leave_out(found: dict[str, Any], wrong: list[list[str]]) -> None:
    """Opens the slots, or takes out the items, that are not borne out."""
    dropped: dict[str, set[int]] = {}
    for kind, *rest in wrong:
        if kind not in LISTS or not rest:
            continue
        place, slot = int(rest[0]), rest[1] if len(rest) > 1 else ""
        item = found[kind][place]
        if slot == "spans" and len(rest) > 2:
            slot = rest[2]
        if kind == "awards" and slot in _OPEN:
            item[slot] = [] if slot == "presented_by" else None
            item["spans"].pop(slot, None)
            item["inferred"].pop(slot, None)
            item["date_inferred"] = item["date"] is not None and "date" in item["inferred"]
        else:
            dropped.setdefault(kind, set()).add(place)
    for kind, places in dropped.items():
        found[kind] = [item for number, item in enumerate(found[kind]) if number not in places]


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(_CONTROL.sub(" ", value).split()) if _CONTROL.search(value) else value
    if isinstance(value, list) and value and isinstance(value[0], dict | str):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return value
