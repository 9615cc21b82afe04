"""Where in its text a report on a fact sheet or its graph points: lines and words, for the one who mends it."""

from __future__ import annotations

import re

from pyoxigraph import Store

from thidua.build import merged
from thidua.extraction.candidate import quads_of
from thidua.findings import Location, Report
from thidua.locate import Text, with_passages

_LONGEST = 300  # characters of a passage


def with_words(report: Report, sid: str, graph: bytes, text: str, file: str) -> Report:
    """The findings on a source's graph, with the lines and words that they rest on.

    Args:
        graph: TriG of the source's graph.
        text: the source's text (NFC), known as `file`.
    """
    store = Store()
    store.bulk_extend(merged(quads_of(graph)))
    return with_passages(report, store, {sid: Text(file, text)})


def pointed_at(problem: str, sheet: object, text: str, file: str) -> Location | None:
    """The line and words that a problem of a sheet is about: those of the slot, else of the item that its JSON Pointer names.

    Args:
        problem: in words, beginning with the pointer.
        sheet: whatever was handed in as one.
    """
    match = re.match(r"/(\w+)/([0-9]{1,6})(?:/(?:spans/|inferred/)?(\w+))?", problem)
    items = sheet.get(match[1]) if match and isinstance(sheet, dict) else None
    if match is None or not isinstance(items, list) or int(match[2]) >= len(items) or not isinstance(items[int(match[2])], dict):
        return None
    item = items[int(match[2])]
    spans = item.get("spans")
    of_slot = spans.get(match[3]) if isinstance(spans, dict) else None
    for span in [*(of_slot if isinstance(of_slot, list) else ()), item.get("evidence")]:
        if isinstance(span, list) and len(span) == 2 and all(type(end) is int for end in span) and 0 <= span[0] < span[1] <= len(text):
            return Location(file, text.count("\n", 0, span[0]) + 1, text[span[0] : min(span[1], span[0] + _LONGEST)])
    return None
