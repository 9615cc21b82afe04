"""Clauses: what each verb of giving, praising or receiving tells, in the order of the sentence."""

from __future__ import annotations

from dataclasses import dataclass

from thidua.extraction.agents import agent_of, own_subject, subject_of, tell_agents, tell_level
from thidua.extraction.events import Event, Given, Recipient, Sentence
from thidua.extraction.gaps import gapped
from thidua.extraction.giving import given_after, last_award, received
from thidua.extraction.modality import why_as_before, why_not
from thidua.extraction.parts import in_parts
from thidua.extraction.phrases import Phrases
from thidua.extraction.recipients import recipients_before, recipients_of, topic_of
from thidua.extraction.triggers import Frames, Trigger
from thidua.extraction.values import AwardName, Offsets

_RECEIVING = frozenset(["group", "person", "body", "organisation"])


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a verb's clause lies, and what stands around it.

    Attributes:
        start, limit: the chunks that can belong to the verb; segment_start: where its part of the sentence begins.
        previous: what the verb before tells; earlier: what all before it tell.
        topic: whom the sentence before spoke of.
        following: the next verb, in the same part of the sentence.
    """

    start: int
    limit: int
    segment_start: int
    previous: Event | None
    earlier: list[Event]
    topic: list[Recipient]
    following: Trigger | None


class Clauses:
    """The clause rules, compiled; they keep nothing of the sentences they read."""

    def __init__(self, phrases: Phrases) -> None:
        """Compiles the frames.

        Raises:
            InputError: a trigger is no rule.
        """
        self.frames = Frames(phrases)

    def read(self, here: Sentence, topic: list[Recipient]) -> list[Event]:
        """The events of a sentence, in order.

        Args:
            topic: whom the sentence before spoke of, for a passive that names nobody.
        """
        chunks = here.chunks
        triggers = self.frames.triggers(here)
        ends = [i for i, c in enumerate(chunks) if "semi" in c.tags]
        events: list[Event] = []
        boundary = 0
        previous: Event | None = None
        for number, trigger in enumerate(triggers):
            following = triggers[number + 1] if number + 1 < len(triggers) else None
            segment_start = max([e + 1 for e in ends if e < trigger.first], default=0)
            segment_end = min([e for e in ends if e > trigger.last], default=len(chunks))
            next_first = following.first if following is not None else len(chunks)
            near = following if following is not None and following.first <= segment_end else None
            scope = Scope(max(segment_start, boundary), min(segment_end, next_first), segment_start, previous, events, topic, near)
            found, done = _read_verb(here, trigger, scope)
            if not found:
                boundary = max(boundary, trigger.last + 1) if trigger.frame != "receive" else boundary
                continue
            boundary = done
            if events and trigger.frame == "active":
                _lend_subject(here, events[0], found[0])
            events += found
            previous = found[-1]
            start = segment_end + 1
            while start < min(len(chunks), next_first):
                end = min([e for e in ends if e >= start], default=len(chunks))
                if end > next_first:
                    break
                events += gapped(here, start, end, previous)
                previous = events[-1]
                start = end + 1
        return events


def _lend_subject(here: Sentence, first: Event, later: Event) -> None:
    """Gives a first clause without a subject that of the next: "Không chỉ tặng …, Chủ tịch … còn thưởng …"."""
    if (
        later.own_agent
        and later.why is None
        and first.agent is None
        and not first.principals
        and not first.passive
        and first.verb_at[0] - here.chunks[0].start < 25
        and (first.award is None or first.award.of is None)
        and not any("gathering" in c.tags for c in here.chunks if c.end <= first.verb_at[0])
    ):
        first.agent, first.agent_at = later.agent, later.agent_at
        first.inherited["agent"] = "the subject of the next clause"


def _read_verb(here: Sentence, trigger: Trigger, scope: Scope) -> tuple[list[Event], int]:
    """What a verb tells, and the index after the last chunk that it uses; no events where it tells nothing given."""
    verb = here.chunks[trigger.last]
    event = Event(
        verb=here.word(verb) if trigger.frame != "reach" else "trao",
        verb_at=(verb.start, verb.end),
        praise="praise" in verb.tags,
        posthumous="giveposthumous" in verb.tags,
        passive=trigger.frame == "passive",
        segment_end=scope.limit,
    )
    if trigger.first > 0 and trigger.frame == "active" and not _is_verb(here, trigger, scope.start, event):
        return [], scope.start
    read = _pairs(here, trigger, scope, event)
    if read is None or _names_giver(here, trigger, scope, read[0]):
        return [], scope.start
    pairs = [part for pair in read[0] for part in in_parts(here, pair)]
    tell_agents(here, trigger, event, scope.start, scope.segment_start, scope.previous)
    why = why_not(here, trigger, scope.start, scope.limit, event, pairs)
    if event.nominal or not event.agent:
        told = (event.agent is not None and not event.nominal) or event.gathered
        pairs = [
            Given(award, [r for r in who if r.count is not None or r.joint or r.names or award is not None or told], used)
            for award, who, used in pairs
        ]
    if not pairs and trigger.frame == "receive":
        return [], scope.start
    pairs = pairs or [Given(None, [], [])]
    events = [one for pair in pairs if (one := _told(here, trigger, scope, event, why, pair, len(pairs) == 1)) is not None]
    for one in events[1:]:
        # the verb stands before the first only
        if one.used:
            one.at = (min(c.start for c in one.used), max(c.end for c in one.used))
    return events, read[1]


def _is_verb(here: Sentence, trigger: Trigger, start: int, event: Event) -> bool:
    """Whether the words before a verb leave it one; notes where they make a noun of it that still tells a conferral."""
    chunks, lists = here.chunks, here.lists
    left = chunks[trigger.first - 1]
    word = here.word(left)
    event.nominal = bool(left.tags & {"gathering", "gathered"}) or word in lists.nominal
    event.gathered = "gathering" in left.tags and event.praise and word in lists.gathered and trigger.first - 1 <= start + 1
    decided = word == "việc" and any("decision" in c.tags for c in chunks[max(0, trigger.first - 5) : trigger.first])
    return word not in lists.nouns or decided


def _pairs(here: Sentence, trigger: Trigger, scope: Scope, event: Event) -> tuple[list[Given], int] | None:
    """What is given to whom, by the verb's frame, and the index after the last chunk used; None where nothing is told."""
    start = trigger.last + 1
    end = _end_of_objects(here, trigger, scope)
    if trigger.frame == "receive":
        return received(here, scope.start, trigger.first, start, end)
    before = last_award(here, scope.start, trigger.first)
    if trigger.frame == "reach":
        if before is None:
            return None
        pairs, done = given_after(here, start, end, reached=True)
        return [Given(before.value, one.recipients, [before, *one.used]) for one in pairs[:1]], done
    pairs, done = given_after(here, start, end, praise=event.praise)
    if before is not None and not any(one.award for one in pairs) and any(one.recipients for one in pairs):
        between = here.chunks[here.chunks.index(before) + 1 : trigger.first]
        if trigger.frame == "passive" or all(c.tags & {"aux", "word", "several"} for c in between):
            pairs = [Given(before.value, pairs[0].recipients, [before, *pairs[0].used])]
    return _passive(here, trigger, scope, event, pairs, done) if trigger.frame == "passive" else (pairs, done)


def _end_of_objects(here: Sentence, trigger: Trigger, scope: Scope) -> int:
    """Where a verb's objects end: before the subject of the next verb."""
    chunks, following = here.chunks, scope.following
    start, limit = trigger.last + 1, scope.limit
    if following is None:
        return limit
    if following.frame == "reach":
        subject = next((i for i in range(min(following.first, limit) - 1, start, -1) if "awarding" in chunks[i].tags), None)
        own = subject is not None and any(c.tags & {*_RECEIVING, "place"} for c in chunks[start:subject])
        return subject if subject is not None and own else limit
    if trigger.frame not in ("active",):
        return limit
    if following.frame == "active":
        mine = own_subject(here, start, min(following.first, limit))
        return mine if mine is not None else limit
    receiving = [i for i in range(start, limit) if chunks[i].tags & _RECEIVING]
    cuts = [i for i in range(start, limit) if chunks[i].tags & {"comma", "and"} and any(c.tags & _RECEIVING for c in chunks[i:limit])]
    return cuts[-1] if cuts and receiving[0] < cuts[-1] else limit


def _passive(here: Sentence, trigger: Trigger, scope: Scope, event: Event, pairs: list[Given], done: int) -> tuple[list[Given], int] | None:
    """What a passive tells of those before it; None where it tells only how often ("12 lượt tập thể")."""
    chunks = here.chunks
    subject = chunks[scope.start : trigger.first]
    recipients, used = recipients_before(here, scope.start, trigger.first)
    if any(here.word(c) == "lượt" for c in subject) or (not recipients and any("group" in c.tags for c in subject)):
        return None
    if not recipients and any(one.recipients for one in pairs):
        return pairs, done
    first = next((one for one in pairs if one.award is not None), Given(None, [], []))
    named = [c for c in first.used if c.tags & {"awarding", "rank"}]
    if not recipients and trigger.first <= 2:
        ahead = next(
            (
                chunks[i]
                for i in range(trigger.last + 1, min(len(chunks) - 1, trigger.last + 9))
                if chunks[i].tags & {*_RECEIVING, "place"} and "comma" in chunks[i - 1].tags
            ),
            None,
        )
        if ahead is not None:
            recipients, used = recipients_of(ahead), [ahead]
    if not recipients and (scope.earlier or scope.topic) and len(chunks) >= 3:
        recipients = topic_of(scope.earlier[-1].recipients if scope.earlier else scope.topic)
        event.inherited["recipients"] = "the subject of the clause before"
    done = max([trigger.last + 1, *[chunks.index(c) + 1 for c in named if c in chunks]])
    return [Given(first.award, recipients, [*used, *named])], done


def _names_giver(here: Sentence, trigger: Trigger, scope: Scope, pairs: list[Given]) -> bool:
    """Whether a verb only tells who gives the award before it: "… nhận Cờ thi đua do Thủ tướng tặng"."""
    previous = scope.previous
    if trigger.frame != "active" or previous is None or previous.award is None or any(one.award for one in pairs):
        return False
    giver = subject_of(here, scope.start, trigger.first)
    if giver is None or here.chunks[0] is giver or "by" not in here.chunks[here.chunks.index(giver) - 1].tags:
        return False
    previous.award.of, previous.award.of_at = agent_of(giver), (giver.start, giver.end)
    if not previous.recipients and pairs:
        previous.recipients = pairs[0].recipients
        previous.used = [*previous.used, *pairs[0].used]
    return True


def _told(here: Sentence, trigger: Trigger, scope: Scope, event: Event, why: str | None, pair: Given, alone: bool) -> Event | None:
    """The event of one award and its recipients; None where no award is told.

    Args:
        event: what the verb tells of all its awards.
        why: what it is where it is not given.
        alone: whether the verb gives no other.
    """
    chunks, previous = here.chunks, scope.previous
    one = event.again()
    one.award, one.recipients, one.used, one.why = pair.award, pair.recipients, pair.used, why
    if pair.award is None or alone:
        _tell_amount(here, one, trigger, scope.limit)
    if previous is not None and previous.award is not None:
        _complete_bare(one, previous, previous.award)
    if one.award is None and not event.praise and not _award_without_name(one, trigger, previous):
        return None
    if previous is not None:
        _posthumously_too(one, previous)
    one.why = why_as_before(here, trigger, scope.start, one, previous)
    spans = [*one.used, chunks[trigger.last], chunks[trigger.first]]
    one.at = (min(c.start for c in spans), max(c.end for c in spans))
    if trigger.frame == "active" and not one.inherited.keys() & {"agent", "conferred_by"}:
        _reach_to(one, one.agent_at)
    tell_level(here, one, trigger, scope.limit)
    return one


def _reach_to(one: Event, agent_at: Offsets | None) -> None:
    """Lets the evidence take in who acts, where that stands near."""
    if agent_at is not None and abs(agent_at[0] - one.at[0]) < 200:
        one.at = (min(one.at[0], agent_at[0]), max(one.at[1], agent_at[1]))


def _tell_amount(here: Sentence, one: Event, trigger: Trigger, limit: int) -> None:
    """Tells the money that is given, if any."""
    for index in range(trigger.last, limit):
        chunk = here.chunks[index]
        if "amount" in chunk.tags and here.word(here.chunks[index - 1]) not in here.lists.price:
            one.amount, one.amount_at = chunk.value, (chunk.start, chunk.end)
            return


def _complete_bare(one: Event, previous: Event, named: AwardName) -> None:
    """Makes "danh hiệu" and "giải thưởng" alone the award of the clause before."""
    award = one.award
    if award is None or not award.bare or award.name not in ("danh hiệu", "giải thưởng"):
        return
    one.award = AwardName(named.name, named.rank, of=named.of, of_at=named.of_at, at=award.at)
    one.inherited["award"] = "the award of the clause before"
    if not one.own_agent:
        one.act_as(previous)


def _award_without_name(one: Event, trigger: Trigger, previous: Event | None) -> bool:
    """Tells what a verb of giving gives that names no award: praise, money, or the award of the clause before."""
    if one.verb == "công nhận" and trigger.frame == "active" and one.recipients and all(r.kind == "model" for r in one.recipients):
        one.praise = True
        return True
    if one.amount and one.verb.startswith(("thưởng", "tặng thưởng", "trao thưởng")):
        one.award = AwardName("tiền thưởng", at=one.amount_at or (0, 0))
        return True
    if one.verb in ("trao thưởng", "thưởng", "thưởng nóng") and one.recipients and not one.amount:
        one.award = AwardName(one.verb, at=one.verb_at)
        return True
    if previous is None or previous.award is None or not (one.posthumous or one.recipients) or trigger.frame == "receive":
        return False
    if trigger.frame == "active" and one.own_agent and one.verb.startswith("trao") and previous.agent is not None:
        # somebody else only hands over what is told already
        return False
    known = previous.award
    one.award = AwardName(known.name, known.rank, of=known.of, of_at=known.of_at, at=known.at, when=known.when, when_at=known.when_at)
    one.inherited["award"] = "the award of the clause before"
    if one.agent is None:
        one.act_as(previous)
        one.inherited["conferred_by"] = "the clause before"
    return True


def _posthumously_too(one: Event, previous: Event) -> None:
    """Gives "truy tặng" without an agent the agent of the same award before it."""
    award, known = one.award, previous.award
    if not one.posthumous or one.agent is not None or one.principals or award is None or known is None or known.name != award.name:
        return
    one.act_as(previous)
    if known.of is not None:
        award.of, award.of_at = known.of, known.of_at
    one.inherited["conferred_by"] = "the clause before"
