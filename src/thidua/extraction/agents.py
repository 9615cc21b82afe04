"""Who acts: the subject of a verb, for whom and at whose request; where none is named, at which level."""

from __future__ import annotations

import re

from thidua.extraction.chunks import Chunk
from thidua.extraction.events import SUBJECTS, Agent, Event, Sentence
from thidua.extraction.triggers import Trigger
from thidua.extraction.values import Body, Delegation, Office, Person, Place

# what may stand right before a level that acts by itself: "…, tỉnh tặng …"
_BEFORE_LEVEL = frozenset(["comma", "and", "semi", "here", "deleg", "date", "year", "dash", "stop"])


def subject_of(here: Sentence, start: int, end: int) -> Chunk | None:
    """The nearest body, office, person or level before a verb that is the verb's subject."""
    chunks = here.chunks
    for index in range(end - 1, start - 1, -1):
        chunk = chunks[index]
        if not chunk.tags & SUBJECTS:
            continue
        if "level" in chunk.tags and "place" not in chunk.tags and index > start and not chunks[index - 1].tags & _BEFORE_LEVEL:
            continue
        if index > start + 1 and "of" in chunks[index - 1].tags and "decision" in chunks[index - 2].tags:
            return chunk
        if index > start and here.word(chunks[index - 1]) in here.lists.not_subject:
            continue
        if index > 0 and chunks[index - 1].tags & {"whole", "of", "to", "gathering", "lpar", "group", "awarding"}:
            continue
        if chunk.tags & {"place", "level"} and not chunk.tags & {"body"}:
            left = index - 1
            while left >= start and not chunks[left].tags & {"comma", "semi", "gathering", "date"}:
                left -= 1
            if left >= start and "gathering" in chunks[left].tags:
                return None
        if index > start + 1 and here.word(chunks[index - 1]) == "đại biểu" and "gathering" in chunks[index - 2].tags:
            continue
        return chunk
    return None


def own_subject(here: Sentence, start: int, end: int) -> int | None:
    """Where the subject of the next verb begins, if it stands after a comma right before that verb."""
    chunks = here.chunks
    index = end - 1
    while index > start and chunks[index].tags & {"aux", "word", "deleg", "behalf", "comma", "date", "here", "decision"}:
        index -= 1
    if index > start and chunks[index].tags & SUBJECTS and chunks[index - 1].tags & {"comma", "and", "here", "meanwhile"}:
        return index - 1
    return None


def tell_agents(here: Sentence, trigger: Trigger, event: Event, start: int, segment_start: int, previous: Event | None) -> None:
    """Tells an event who acts, for whom and at whose request.

    Args:
        start: where the verb's clause begins; segment_start: where its part of the sentence begins.
        previous: what the clause before tells, whose subject may go on.
    """
    chunks = here.chunks
    subject = _agent_chunk(here, trigger, event, start, segment_start, previous)
    if subject is not None:
        event.agent, event.agent_at = agent_of(subject), (subject.start, subject.end)
    low = start if trigger.frame != "passive" else segment_start
    near = range(trigger.last, low - 1, -1)
    delegation = next((chunks[i] for i in near if "deleg" in chunks[i].tags and isinstance(chunks[i].value, Delegation)), None)
    if delegation is not None:
        event.principals, event.principals_at = delegation.value.principals, (delegation.start, delegation.end)
    behalf = next((chunks[i] for i in near if "behalf" in chunks[i].tags and isinstance(chunks[i].value, list)), None)
    if behalf is not None:
        event.behalf, event.behalf_at = next((v for v in behalf.value if isinstance(v, Body)), None), (behalf.start, behalf.end)
    if event.agent is None and trigger.frame in ("passive", "reach"):
        _decider(here, trigger, event)
    request = next((chunks[i] for i in range(trigger.last, -1, -1) if "req" in chunks[i].tags), None)
    if request is not None:
        event.requested_by, event.requested_at = request.value, (request.start, request.end)


def _agent_chunk(here: Sentence, trigger: Trigger, event: Event, start: int, segment_start: int, previous: Event | None) -> Chunk | None:
    """The chunk that names who acts; an active verb without one takes the subject of the clause before."""
    chunks = here.chunks
    if trigger.frame == "passive":
        return subject_of(here, trigger.first + 1, trigger.last)
    if trigger.frame == "receive":
        named = [
            chunks[i] for i in range(start + 1, trigger.first) if chunks[i].tags & {"body", "office"} and here.word(chunks[i - 1]) == "từ"
        ]
        return named[-1] if named else None
    if trigger.frame != "active":
        return None
    subject = subject_of(here, start, trigger.first)
    if subject is None and not event.nominal:
        if previous is None and segment_start < start:
            return subject_of(here, segment_start, start)
        if previous is not None:
            event.agent, event.agent_at = previous.agent, previous.agent_at
            if event.agent is not None:
                event.inherited["agent"] = "the subject of the clause before"
    return subject


def _decider(here: Sentence, trigger: Trigger, event: Event) -> None:
    """Who decided, where a passive names nobody: "theo Quyết định của …"."""
    chunks = here.chunks
    for index in range(trigger.first - 1, 0, -1):
        value = chunks[index + 1].value
        if "of" in chunks[index].tags and "decision" in chunks[index - 1].tags and isinstance(value, Body | Office):
            event.agent, event.agent_at = value, (chunks[index + 1].start, chunks[index + 1].end)
            return


def agent_of(chunk: Chunk) -> Agent | None:
    """Who a chunk names: of several the first, of posts without a body all of them."""
    value = chunk.value
    if isinstance(value, list):
        if value and all(isinstance(one, Office) for one in value) and value[0].body is None and value[0].whole is None:
            return value
        return value[0] if value else None
    if value is None and "level" in chunk.tags:
        return Place(chunk.entries["level"].canonical, None)
    return value if isinstance(value, Body | Office | Person | Place) else None


def tell_level(here: Sentence, event: Event, trigger: Trigger, limit: int) -> None:
    """Tells an event without an agent at which level it was given: "được khen thưởng cấp tỉnh"."""
    if event.agent is not None or event.principals:
        return
    chunks = here.chunks
    low = max((i for i, c in enumerate(chunks) if c in event.used), default=trigger.last)
    for index in range(low + 1, min(limit, low + 5)):
        if chunks[index].tags & {"group", "semi", "awarding"}:
            return
        if "levelphrase" in chunks[index].tags:
            event.level = re.sub(r"^ở ", "", here.word(chunks[index]))
            event.level_at = (chunks[index].start, chunks[index].end)
            event.at = (event.at[0], max(event.at[1], chunks[index].end))
            return
