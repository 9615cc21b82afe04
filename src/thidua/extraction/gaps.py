"""Clauses that leave out the verb: "…; 4 tập thể vì …"; "…; Giấy khen cho 3 hộ"."""

from __future__ import annotations

from thidua.extraction.agents import agent_of, subject_of
from thidua.extraction.events import Event, Given, Sentence
from thidua.extraction.giving import given_after


def gapped(here: Sentence, start: int, end: int, previous: Event) -> list[Event]:
    """The events of a clause that leaves out the verb.

    Args:
        start, end: its chunks.
        previous: what the clause before tells, whose verb goes on.
    """
    chunks = here.chunks
    first = next((i for i in range(start, end) if chunks[i].tags & {"group", "awarding"}), None)
    if first is None or any(c.tags & {"review", "launch", "gathering", "fraction"} for c in chunks[start:first]):
        return []
    subject = subject_of(here, start, first)
    if any(
        c is not subject
        and not c.tags & {"comma", "and", "several", "about", "here", "colon", "request", "req", "is"}
        and here.word(c) not in here.lists.gap_words
        for c in chunks[start:first]
    ):
        return []
    pairs, _ = given_after(here, start, end)
    if not any("awarding" in c.tags for c in chunks[start:end]):
        last = max([chunks.index(c) for one in pairs for c in one.used], default=first)
        if any(here.word(c) in here.lists.refusing for c in chunks[last + 1 : last + 8]):
            return []
    elif pairs and pairs[0].award is None:
        return []
    events = []
    for pair in pairs:
        if not pair.recipients and not (pair.award and pair.award.count):
            continue
        if pair.award is None and previous.award is None and not previous.praise:
            continue
        one = _goes_on(previous, pair)
        if subject is not None and subject.end <= pair.used[0].start:
            one.agent, one.agent_at, one.principals = agent_of(subject), (subject.start, subject.end), []
        one.segment_end = end
        events.append(one)
    return events


def _goes_on(previous: Event, pair: Given) -> Event:
    """What the verb before tells of another award or of others."""
    one = previous.again()
    one.award = pair.award if pair.award is not None else previous.award
    if one.award is not None and one.award.name is None and previous.award is not None:
        one.award.name, one.award.elliptic = previous.award.name, True
    one.inherited["verb"] = "the clause before"
    one.recipients, one.used, one.why = pair.recipients, pair.used, previous.why
    one.at = (min(c.start for c in pair.used), max(c.end for c in pair.used))
    return one
