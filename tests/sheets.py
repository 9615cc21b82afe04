"""Fact sheets made by hand for the tests: blank ones, to be filled in."""

from __future__ import annotations

import copy
from typing import Any, cast

from thidua.extraction.sheet import Sheet
from thidua.text import sha256

BLANK: dict[str, dict[str, Any]] = {
    "awards": {
        "conferred_by": None, "on_behalf_of": None, "presented_by": [], "presenting_body": None, "requested_by": None, "award": "Bằng khen",
        "award_rank": None, "recipients": [], "campaign": None, "period": None, "date": None, "date_raw": None, "date_inferred": False,
        "occasion": None, "decision": None, "decision_date": None, "amount": None, "posthumous": False, "level": None, "items": None,
        "split": None, "reason": None, "caption": False, "historical": False,
    },
    "campaigns": {"name": "", "launched_by": None, "theme": None, "period": None, "start": None, "end": None, "kind": None},
    "figures": {"what": "mô hình", "value": 1, "qualifier": "exact", "unit": "mô hình", "scope": None, "period": None},
    "targets": {"value": 1, "comparator": "eq", "unit": "%", "per": None, "campaign": None},
    "eligibility": {"award": "Bằng khen", "conferred_by": None, "campaign": None, "group": None},
    "launches": {"campaign": "", "launched_by": None, "date": None, "theme": None, "document": None},
    "gatherings": {"name": "", "organised_by": None, "date": None, "place": None},
    "documents": {"number": None, "name": None, "issuer": None, "date": None, "cited_for": None},
    "posts": {"person": "", "post": "", "body": None},
    "not_awards": {"why": "proposed", "award": None},
}  # fmt: skip


def sheet(text: str, source: dict[str, Any] | None = None, **lists: list[dict[str, Any]]) -> Sheet:
    """A fact sheet of `text`: items of the named lists, with what they leave out blank and the whole text as evidence."""
    made: dict[str, Any] = {
        "id": "t",
        "source": {"file": "t.txt", "title": None, "published": None, "publisher": None, "republished_from": None, "url": None}
        | (source or {})
        | {"sha256": sha256(text)},
    }
    for name, blank in BLANK.items():
        made[name] = [
            {"evidence": [0, len(text)], "spans": {}, "inferred": {}, **copy.deepcopy(blank), **copy.deepcopy(item)}
            for item in lists.get(name, [])
        ]
        for item in made[name]:
            for group in item.get("recipients") or []:
                group.setdefault("qualifier", "exact")
                group.setdefault("names", [])
    return cast(Sheet, made)


def places(text: str, *words: str) -> list[list[int]]:
    """The first span of each of `words` in `text`."""
    return [[text.index(one), text.index(one) + len(one)] for one in words]
