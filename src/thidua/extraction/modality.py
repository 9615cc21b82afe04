"""Whether what a verb tells is given: proposals, plans, aims and denials are not."""

from __future__ import annotations

from thidua.extraction.chunks import Chunk
from thidua.extraction.events import Event, Given, Sentence
from thidua.extraction.triggers import Trigger


def why_not(here: Sentence, trigger: Trigger, start: int, limit: int, event: Event, pairs: list[Given]) -> str | None:
    """What it is where it is not given.

    Args:
        start, limit: where the verb's clause begins and ends.
        event: what is known of it: who acts.
        pairs: what is given to whom.

    Returns:
        "proposed", "planned" …, as grammar/clauses.toml has it; None where it is given.
    """
    found = _before_verb(here, trigger, start, _subject_index(here, trigger, event, pairs))
    if found is None and trigger.frame == "receive" and pairs:
        chunks = here.chunks
        named = next((i for i in range(trigger.last, limit) if chunks[i].tags & {"awarding", "rank"}), trigger.last)
        found = _cue_in(here, chunks[trigger.last : named])
    if found is None and event.nominal:
        end = next((i for i in range(trigger.last, len(here.chunks)) if "semi" in here.chunks[i].tags), len(here.chunks))
        found = _cue_in(here, here.chunks[trigger.last : end], frozenset(["plan", "deny"]))
    return found


def why_as_before(here: Sentence, trigger: Trigger, start: int, one: Event, previous: Event | None) -> str | None:
    """What it is, also where the clause before tells it: "… đề nghị tặng A cho B và C cho D"."""
    if one.why is not None or previous is None or not previous.why:
        return one.why
    done = any(here.word(c) in here.lists.done for c in here.chunks[start : trigger.last])
    if not done and previous.segment_end >= start and trigger.frame == "active" and not one.own_agent:
        return previous.why
    if trigger.frame != "active" and one.used:
        first = min(here.chunks.index(c) for c in one.used)
        if (
            first > 0
            and first >= start
            and all(c.tags & {"and", "comma", "several", "aux"} for c in here.chunks[start:first])
            and "and" in here.chunks[first - 1].tags
        ):
            return previous.why
    return None


def _subject_index(here: Sentence, trigger: Trigger, event: Event, pairs: list[Given]) -> int | None:
    """Where the verb's subject stands: who acts, or who receives."""
    at: int | None = None
    if event.agent_at is not None and "agent" not in event.inherited and trigger.frame == "active":
        at = event.agent_at[0]
    elif trigger.frame in ("passive", "receive"):
        verb = here.chunks[trigger.first].start
        at = min((c.start for one in pairs for c in one.used if c.end <= verb), default=None)
    return None if at is None else next((i for i, c in enumerate(here.chunks) if c.start == at), None)


def _cue_in(here: Sentence, chunks: list[Chunk], classes: frozenset[str] | None = None) -> str | None:
    """What the first cue says that is among some chunks."""
    for cue in here.lexicon.clauses["cue"]:
        if (classes is None or cue["class"] in classes) and any(cue["class"] in c.tags for c in chunks):
            return str(cue["why"])
    return None


def _before_verb(here: Sentence, trigger: Trigger, start: int, subject: int | None) -> str | None:
    """What the words before the verb say.

    A word counts where it stands between the subject and the verb; before the subject only where no comma parts them,
    or where it speaks of what is to come ("Dự kiến, …").
    """
    chunks = here.chunks
    done = here.word(chunks[trigger.first]).startswith(here.lists.done_beginnings)
    for cue in here.lexicon.clauses["cue"]:
        own, why = cue["class"], str(cue["why"])
        low = trigger.first - 2 if cue["scope"] == "verb" else start
        for index in range(max(low, start), trigger.last + 1):
            if own not in chunks[index].tags:
                continue
            if trigger.first < index < trigger.last:
                if own == "aim":
                    continue
                return why
            if done and index < trigger.first and own in ("propose", "eligible", "aim"):
                continue
            if cue["scope"] == "verb" or subject is None or index > subject or own == "plan":
                return why
            if not any(chunks[i].tags & {"comma", "colon"} for i in range(index, subject)):
                return why
    return None
