"""Events that only sum up years, or speak of praise in general: no conferral of their own."""

from __future__ import annotations

import re

from thidua.extraction.events import Event
from thidua.extraction.lexicon import Lexicon
from thidua.extraction.rows import Row
from thidua.extraction.values import Group


def is_total(rows: list[Row], text_flat: str, lexicon: Lexicon, event: Event) -> bool:
    """Whether an event sums up years: a figure then."""
    row = rows[event.sentence]
    first = min((r.at[0] for r in event.recipients), default=event.at[0])
    if not any(r.count is not None and not r.names for r in event.recipients) and not (event.award and event.award.count):
        return False
    segment = max((i + 1 for i, c in enumerate(row.chunks) if "semi" in c.tags and c.end <= first), default=0)
    dated = False
    if any((c.tags & {"campaign", "quote"} or text_flat[c.start : c.end] == "thi đua") and c.start < first for c in row.chunks[segment:]):
        return False
    for index, chunk in enumerate(row.chunks[segment:]):
        if chunk.start >= first:
            break
        if chunk.tags & {"date", "here", "today"}:
            dated = True
        if "total" in chunk.tags and not dated:
            fresh = any(text_flat[c.start : c.end] in lexicon.clause_lists.fresh for c in row.chunks[segment:] if c.end <= event.at[1])
            return not (fresh and not event.passive)
        if "term" in chunk.tags and index <= 2 and re.search(r"nhiệm kỳ\s*\d", text_flat[chunk.start : chunk.end]):
            return event.passive or event.agent is None
        if "period" in chunk.tags and index <= 6:
            said = any(text_flat[c.start : c.end] in lexicon.clause_lists.had for c in row.chunks[segment:])
            return not dated and (event.passive or event.agent is None or said)
        if (
            "duration" in chunk.tags
            and index <= 2
            and " năm" in text_flat[chunk.start : chunk.end]
            and re.search(r"trong|qua", text_flat[chunk.start : chunk.end])
        ):
            return True
    return _counted_over_a_year(text_flat, row, event, segment, first)


def _counted_over_a_year(text_flat: str, row: Row, event: Event, segment: int, first: int) -> bool:
    """Whether a place or body "có N … được khen trong năm …": a count over the year."""
    before = [c for c in row.chunks[segment:] if c.end <= first]
    if not event.passive or len(before) < 2 or text_flat[before[-1].start : before[-1].end] != "có":
        return False
    where = before[0]
    if not where.tags & {"place", "body", "level"}:
        return False
    return any("year" in c.tags and text_flat.startswith("trong năm", c.start) for c in row.chunks[segment:])


def is_loose(rows: list[Row], event: Event) -> bool:
    """Whether an event only speaks of praise in general: nobody is counted or named, and no occasion is told."""
    if any(r.count is not None or r.joint or r.names for r in event.recipients) or not event.recipients:
        return False
    several = any(isinstance(c.value, Group) for c in event.used)
    own = event.agent is not None and "agent" not in event.inherited
    if (own or event.gathered) and not event.passive and several:
        return False
    if event.award is not None and event.award.name is not None:
        return False
    row = rows[event.sentence]
    return event.agent is None or not any(c.tags & {"date", "today", "here", "gathering", "occasion", "anniversary"} for c in row.chunks)
