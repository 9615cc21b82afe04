"""Clauses: which verb of giving, who gives, what, to whom, for whom; and whether it is given at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from thidua.extraction.chunks import Chunk
from thidua.extraction.lexicon import flat
from thidua.extraction.phrases import Phrases
from thidua.extraction.values import AwardName, Body, Delegation, Group, Office, Offsets, Person, Place

Agent = Body | Office | Person | Place


@dataclass(slots=True)
class Recipient:
    """One kind of recipients, counted or named."""

    kind: str
    count: int | None
    qualifier: str
    names: list[tuple[object, Offsets]]  # Body | Person | Place or words
    at: Offsets
    joint: bool = False
    others: bool = False  # "12 cá nhân khác": beside those named
    words: str = ""


@dataclass(slots=True)
class Event:
    """What one verb tells."""

    verb: str
    verb_at: Offsets
    praise: bool
    posthumous: bool
    by: Agent | None = None
    by_at: Offsets | None = None
    agent: Agent | None = None  # who hands over
    agent_at: Offsets | None = None
    principals: list[object] = field(default_factory=list)
    principals_at: Offsets | None = None
    requested_by: object | None = None
    requested_at: Offsets | None = None
    award: AwardName | None = None
    recipients: list[Recipient] = field(default_factory=list)
    why: str | None = None  # what it is where it is not given
    level: str | None = None
    level_at: Offsets | None = None
    amount: str | None = None
    amount_at: Offsets | None = None
    at: Offsets = (0, 0)
    sentence: int = 0
    caption: bool = False
    gapped: bool = False
    total: bool = False
    formerly: bool = False
    inherited: dict[str, str] = field(default_factory=dict)
    nominal: bool = False
    passive: bool = False
    used: list[Chunk] = field(default_factory=list)
    split: dict[str, int] | None = None
    split_at: list[Offsets] = field(default_factory=list)
    segment_end: int = 0
    behalf: object | None = None  # for whom the giver speaks, without a delegation
    behalf_at: Offsets | None = None
    gathered: bool = False  # a meeting is the subject: "Hội nghị khen thưởng …"
    part_of: Event | None = None  # the event that told the total of which this is a part


SUBJECTS = frozenset(["body", "organisation", "office", "posts", "person", "persons", "place", "level"])
STATE = (
    "Huân chương",
    "Huy chương",
    "danh hiệu Anh hùng",
    "danh hiệu “Bà mẹ",
    "danh hiệu “Nghệ",
    "danh hiệu “Nhà giáo",
    "danh hiệu “Thầy thuốc",
    "Giải thưởng Hồ Chí Minh",
    "Giải thưởng Nhà nước",
    "Cờ thi đua của Chính phủ",
)


@dataclass(slots=True)
class Trigger:
    """A verb of a sentence with the frame it fits."""

    frame: str
    first: int  # index of the first chunk of the verb's words
    last: int  # index of the verb itself
    spec: dict[str, str]


class Clauses:
    """The clause rules, compiled, and their reading of sentences."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        table = phrases.lexicon.clauses
        self.frames = [(one, phrases._compile(one["trigger"])) for one in table["frame"]]
        self.not_recipients = frozenset(flat(word) for word in table["not_recipients"]["words"])
        self.cues = table["cue"]
        self.nouns = frozenset(flat(word) for word in table["nouns"]["words"])
        self.text = ""
        self.last_person: Person | None = None

    # ── finding the verbs ──

    def triggers(self, chunks: list[Chunk]) -> list[Trigger]:
        """The verbs of a sentence that give, praise or receive, in order, without overlaps."""
        row = self.phrases.codes.row(chunks)
        taken = [False] * len(chunks)
        found: list[Trigger] = []
        for spec, pattern in self.frames:
            for match in pattern.finditer(row):
                if any(taken[match.start() : match.end()]):
                    continue
                if spec["name"] != "passive" and any(taken[i] for i in range(match.start(), match.end())):
                    continue
                for index in range(match.start(), match.end()):
                    taken[index] = True
                found.append(Trigger(spec["name"], match.start(), match.end() - 1, spec))
        found.sort(key=lambda t: t.first)
        found = [one for one in found if one.frame != "receive" or not self._only_reaches(chunks, one)]
        serial = {
            one.first
            for before, one in zip(found, found[1:], strict=False)
            if one.frame == "active"
            and before.frame == "active"
            and self._word(chunks[one.first]) == "tặng"
            and chunks[one.first - 1].tags & {"awarding", "rank"}
        }
        return [one for one in found if one.first not in serial]

    def _only_reaches(self, chunks: list[Chunk], trigger: Trigger) -> bool:
        """Whether a verb of winning tells of a standard or title reached, as of nothing that was handed over."""
        if self._word(chunks[trigger.last]) not in ("đạt", "đạt được"):
            return False
        award = next((c.value for c in chunks[trigger.last + 1 : trigger.last + 5] if isinstance(c.value, AwardName)), None)
        titles = set(self.phrases.lexicon.awards["award"]["names"].values())
        return award is None or not (award.prize or (award.name or "").startswith(("giải", "Huy chương", "Cờ")) or (award.name in titles and not award.bare))

    # ── reading a sentence ──

    def read(self, text: str, chunks: list[Chunk], sentence: int, caption: bool, topic: list[Recipient]) -> list[Event]:
        """The events of a sentence.

        Args:
            topic: whom the sentence before spoke of, for a passive that names nobody.
        """
        self.text = text
        people = [c.value for c in chunks if isinstance(c.value, Person)]
        if people:
            self.last_person = people[0]
        triggers = self.triggers(chunks)
        ends = [i for i, c in enumerate(chunks) if "semi" in c.tags]
        events: list[Event] = []
        boundary = 0
        previous: Event | None = None
        for number, trigger in enumerate(triggers):
            segment_start = max([e + 1 for e in ends if e < trigger.first], default=0)
            segment_end = min([e for e in ends if e > trigger.last], default=len(chunks))
            limit = min(segment_end, triggers[number + 1].first if number + 1 < len(triggers) else len(chunks))
            start = max(segment_start, boundary)
            found, done = self._event(
                chunks,
                trigger,
                start,
                limit,
                segment_start,
                previous,
                events,
                topic,
                triggers[number + 1] if number + 1 < len(triggers) and triggers[number + 1].first <= segment_end else None,
            )
            # gapped clauses of the segments up to the next verb
            for event in found:
                event.sentence, event.caption = sentence, caption
            if found:
                previous = found[-1]
                boundary = done
            else:
                boundary = max(boundary, trigger.last + 1) if trigger.spec["name"] != "receive" else boundary
            if events and found and trigger.frame == "active" and found[0].agent is not None and "agent" not in found[0].inherited:
                first = events[0]
                if (
                    first.agent is None
                    and found[0].why is None
                    and not any("gathering" in c.tags for c in chunks if c.end <= first.verb_at[0])
                    and not first.principals
                    and not first.passive
                    and first.verb_at[0] - chunks[0].start < 25
                    and (first.award is None or first.award.of is None)
                ):
                    # "Không chỉ tặng …, Chủ tịch … còn thưởng …"
                    first.agent, first.agent_at = found[0].agent, found[0].agent_at
                    first.inherited["agent"] = "the subject of the next clause"
            events += found
            gap_start = segment_end + 1
            next_first = triggers[number + 1].first if number + 1 < len(triggers) else len(chunks)
            while previous is not None and found and gap_start < len(chunks):
                gap_end = min([e for e in ends if e >= gap_start], default=len(chunks))
                if gap_end > next_first or gap_start >= next_first:
                    break
                gapped = self._gapped(chunks, gap_start, gap_end, previous)
                for event in gapped:
                    event.sentence, event.caption = sentence, caption
                    previous = event
                events += gapped
                gap_start = gap_end + 1
        return events

    def _event(
        self,
        chunks: list[Chunk],
        trigger: Trigger,
        start: int,
        limit: int,
        segment_start: int,
        previous: Event | None,
        earlier: list[Event],
        topic: list[Recipient],
        nxt: Trigger | None = None,
    ) -> tuple[list[Event], int]:
        verb = chunks[trigger.last]
        praise = "praise" in verb.tags
        event = Event(
            verb=flat(self.text[verb.start : verb.end]),
            verb_at=(verb.start, verb.end),
            praise=praise,
            posthumous="giveposthumous" in verb.tags,
            passive=trigger.frame == "passive",
            segment_end=limit,
        )
        before = (start, trigger.first)
        between = (trigger.first + 1, trigger.last)
        after = (trigger.last + 1, limit)
        pairs: list[tuple[AwardName | None, list[Recipient], list[Chunk]]] = []
        done = trigger.last + 1
        # a noun, not a verb: "lễ tuyên dương", "công tác khen thưởng"
        if trigger.first > 0 and trigger.frame == "active":
            left = chunks[trigger.first - 1]
            event.nominal = bool(left.tags & {"gathering", "gathered"}) or flat(self.text[left.start : left.end]) in (
                "công tác",
                "việc",
                "được",
                "hình thức",
                "chuyến",
                "danh sách",
                "mức",
                "buổi",
                "chương trình",
                "đêm",
                "quyết định",
            )
            word = self._word(left)
            decided = word == "việc" and any("decision" in c.tags for c in chunks[max(0, trigger.first - 5) : trigger.first])
            event.gathered = "gathering" in left.tags and praise and word in ("hội nghị", "đại hội", "buổi lễ") and trigger.first - 1 <= start + 1
            if word in self.nouns and not decided:
                return [], start
        if nxt is not None and nxt.frame == "reach":
            subject = next((i for i in range(min(nxt.first, after[1]) - 1, after[0], -1) if "awarding" in chunks[i].tags), None)
            if subject is not None and any(
                c.tags & {"group", "body", "organisation", "place", "person"} for c in chunks[after[0] : subject]
            ):
                after = (after[0], subject)
        if trigger.frame in ("active", "passive"):
            if nxt is not None and nxt.frame == "active" and trigger.frame == "active":
                mine = self._own_subject(chunks, after[0], min(nxt.first, after[1]))
                if mine is not None:
                    after = (after[0], mine)
            if nxt is not None and nxt.frame in ("passive", "receive") and trigger.frame == "active":
                cuts = [
                    i
                    for i in range(after[0], after[1])
                    if chunks[i].tags & {"comma", "and"}
                    and any(c.tags & {"group", "person", "body", "organisation"} for c in chunks[i : after[1]])
                ]
                groups = [i for i in range(after[0], after[1]) if chunks[i].tags & {"group", "person", "body", "organisation"}]
                if cuts and groups and groups[0] < cuts[-1]:
                    after = (after[0], cuts[-1])
            pairs, done = self._after(chunks, *after, praise=praise)
            if not any(award for award, _, _ in pairs):
                award = self._last_award(chunks, *before)
                if trigger.frame == "active" and (
                    award is None or any(not c.tags & {"aux", "word", "several"} for c in chunks[chunks.index(award) + 1 : trigger.first])
                ):
                    award = None
                if award is not None and any(rec for _, rec, _ in pairs):
                    pairs = [(award.value, pairs[0][1], [award, *pairs[0][2]])]
        elif trigger.frame == "reach":
            award = self._last_award(chunks, *before)
            if award is None:
                return [], start
            pairs, done = self._after(chunks, *after, reached=True)
            pairs = [(award.value, rec, [award, *used]) for _, rec, used in pairs[:1]]
            event.verb = "trao"
        else:
            pairs, done = self._received(chunks, *before, *after)
        if trigger.frame == "passive":
            recipients, used = self._before(chunks, *before)
            if any(self._word(c) == "lượt" for c in chunks[before[0] : before[1]]):
                return [], start
            if not recipients and any("group" in c.tags for c in chunks[before[0] : before[1]]):
                return [], start
            if recipients or not any(rec for _, rec, _ in pairs):
                award_pairs = [(a, [c for c in u if c.tags & {"awarding", "rank"}]) for a, _, u in pairs if a is not None]
                first = award_pairs[0] if award_pairs else (None, [])
                if not recipients and trigger.first <= 2:
                    ahead = next(
                        (
                            i
                            for i in range(trigger.last + 1, min(len(chunks) - 1, trigger.last + 9))
                            if chunks[i].tags & {"body", "organisation", "person", "place", "group"} and "comma" in chunks[i - 1].tags
                        ),
                        None,
                    )
                    if ahead is not None:
                        recipients, used = self._recipients(chunks[ahead]), [chunks[ahead]]
                if not recipients and (earlier or topic) and not caption_like(chunks):
                    recipients = self._topic(earlier[-1].recipients if earlier else topic)
                    event.inherited["recipients"] = "the subject of the clause before"
                pairs = [(first[0], recipients, [*used, *first[1]])]
                done = max([trigger.last + 1, *[chunks.index(c) + 1 for c in first[1] if c in chunks]])
        if trigger.frame == "active" and previous is not None and previous.award is not None and not any(a for a, _, _ in pairs):
            giver = self._subject(chunks, start, trigger.first)
            if giver is not None and chunks.index(giver) > 0 and "by" in chunks[chunks.index(giver) - 1].tags:
                # "… nhận Cờ thi đua do Thủ tướng tặng"
                previous.award.of, previous.award.of_at = self._agent(giver), (giver.start, giver.end)
                if not previous.recipients and pairs:
                    previous.recipients = pairs[0][1]
                    previous.used = [*previous.used, *pairs[0][2]]
                return [], done
        pairs = [part for pair in pairs for part in self._in_parts(chunks, pair)]
        self._agents(chunks, trigger, event, before, between, previous, segment_start)
        subject_at = (
            event.agent_at[0] if event.agent_at is not None and "agent" not in event.inherited and trigger.frame == "active" else None
        )
        if subject_at is None and trigger.frame in ("passive", "receive"):
            used_chunks = [c for _, _, used in pairs for c in used if c.end <= chunks[trigger.first].start]
            subject_at = min((c.start for c in used_chunks), default=None)
        subject_index = next((i for i, c in enumerate(chunks) if c.start == subject_at), None) if subject_at is not None else None
        cue = self._why(chunks, trigger, max(segment_start, start), start, subject_index)
        if cue is None and trigger.frame == "receive" and pairs:
            named = next((i for i in range(trigger.last, limit) if chunks[i].tags & {"awarding", "rank"}), trigger.last)
            cue = next((str(one["why"]) for one in self.cues for c in chunks[trigger.last : named] if one["class"] in c.tags), None)
        if cue is None and event.nominal:
            end = next((i for i in range(trigger.last, len(chunks)) if "semi" in chunks[i].tags), len(chunks))
            cue = next(
                (
                    str(one["why"])
                    for one in self.cues
                    for c in chunks[trigger.last : end]
                    if one["class"] in c.tags and one["class"] in ("plan", "deny")
                ),
                None,
            )
        if event.nominal or not event.agent:
            told = (event.agent is not None and not event.nominal) or event.gathered
            pairs = [(a, [r for r in rec if r.count is not None or r.joint or r.names or a is not None or told], u) for a, rec, u in pairs]
        if not pairs:
            if trigger.frame == "receive":
                return [], start
            pairs = [(None, [], [])]
        events: list[Event] = []
        for award, recipients, used in pairs:
            one = self._copy(event)
            one.award = award
            one.recipients = recipients
            one.why = cue
            one.used = used
            amounts = [c for c in chunks[trigger.last : limit] if "amount" in c.tags and self._word(chunks[chunks.index(c) - 1]) not in ("giá", "trị giá")]
            if amounts and (award is None or len(pairs) == 1):
                one.amount, one.amount_at = amounts[0].value, (amounts[0].start, amounts[0].end)
            if (
                award is not None
                and award.bare
                and award.name in ("danh hiệu", "giải thưởng")
                and previous is not None
                and previous.award is not None
            ):
                award = one.award = AwardName(
                    previous.award.name, previous.award.rank, of=previous.award.of, of_at=previous.award.of_at, at=award.at
                )
                one.inherited["award"] = "the award of the clause before"
                if one.agent is None or "agent" in one.inherited:
                    one.agent, one.agent_at = previous.agent, previous.agent_at
                    one.principals, one.principals_at = previous.principals, previous.principals_at
            if award is None and not praise:
                if one.verb in ("công nhận",) and trigger.frame == "active" and recipients and all(r.kind == "model" for r in recipients):
                    one.award = None
                    one.praise = True
                elif one.amount and one.verb.startswith(("thưởng", "tặng thưởng", "trao thưởng")):
                    one.award = AwardName("tiền thưởng", at=one.amount_at or (0, 0))
                elif one.verb in ("trao thưởng", "thưởng", "thưởng nóng") and recipients and not one.amount:
                    one.award = AwardName(one.verb, at=one.verb_at)
                elif (one.posthumous or recipients) and previous is not None and previous.award is not None and one.verb != "nhận":
                    if trigger.frame == "receive":
                        continue
                    own = trigger.frame == "active" and one.agent is not None and "agent" not in one.inherited
                    if own and one.verb.startswith("trao") and previous.agent is not None:
                        # somebody else only hands over what is told already
                        continue
                    one.award = AwardName(
                        previous.award.name,
                        previous.award.rank,
                        of=previous.award.of,
                        of_at=previous.award.of_at,
                        at=previous.award.at,
                        when=previous.award.when,
                        when_at=previous.award.when_at,
                    )
                    one.inherited["award"] = "the award of the clause before"
                    if one.by is None and one.agent is None:
                        one.by, one.by_at = previous.by, previous.by_at
                        one.agent, one.agent_at, one.principals, one.principals_at = (
                            previous.agent,
                            previous.agent_at,
                            previous.principals,
                            previous.principals_at,
                        )
                        one.inherited["conferred_by"] = "the clause before"
                else:
                    continue
            if one.posthumous and one.agent is None and not one.principals and previous is not None and previous.award is not None and one.award is not None and previous.award.name == one.award.name:
                one.agent, one.agent_at, one.principals, one.principals_at = previous.agent, previous.agent_at, previous.principals, previous.principals_at
                one.by = previous.by
                if previous.award.of is not None:
                    one.award.of, one.award.of_at = previous.award.of, previous.award.of_at
                one.inherited["conferred_by"] = "the clause before"
            if any(self._word(c) in ("đã", "vừa", "mới") for c in chunks[start : trigger.last]):
                pass
            elif one.why is None and previous is not None and previous.why and not one.by and previous.segment_end >= start:
                one.why = previous.why if trigger.frame == "active" and (one.agent is None or "agent" in one.inherited) else one.why
            if one.why is None and previous is not None and previous.why and trigger.frame != "active" and used:
                first_used = min(chunks.index(c) for c in used)
                if (
                    first_used > 0
                    and first_used >= start
                    and all(c.tags & {"and", "comma", "several", "aux"} for c in chunks[start:first_used])
                    and "and" in chunks[first_used - 1].tags
                ):
                    one.why = previous.why
            spans = [c for c in used] + [verb, chunks[trigger.first]]
            one.at = (min(c.start for c in spans), max(c.end for c in spans))
            for extra in (one.by_at, one.agent_at):
                if (
                    extra is not None
                    and abs(extra[0] - one.at[0]) < 200
                    and trigger.frame in ("active",)
                    and one is not None
                    and "conferred_by" not in one.inherited
                    and "agent" not in one.inherited
                ):
                    one.at = (min(one.at[0], extra[0]), max(one.at[1], extra[1]))
            self._level(chunks, one, trigger, limit)
            if trigger.frame == "receive" and one.award is not None and one.award.name is None:
                # a class alone: the award is named before
                if earlier or topic is not None:
                    pass
            events.append(one)
        if len(events) > 1:
            # the verb stands before the first only
            for one in events[1:]:
                if one.used:
                    one.at = (min(c.start for c in one.used), max(c.end for c in one.used))
        return events, done

    @staticmethod
    def _copy(event: Event) -> Event:
        return Event(
            event.verb, event.verb_at, event.praise, event.posthumous, event.by, event.by_at, event.agent, event.agent_at, list(event.principals),
            event.principals_at, event.requested_by, event.requested_at, inherited=dict(event.inherited), nominal=event.nominal,
            passive=event.passive, segment_end=event.segment_end, total=event.total, formerly=event.formerly,
            behalf=event.behalf, behalf_at=event.behalf_at, gathered=event.gathered,
        )  # fmt: skip

    @staticmethod
    def _topic(recipients: list[Recipient]) -> list[Recipient]:
        """Whom a passive without a subject speaks of: the named person among many, else all."""
        named = [r for r in recipients if r.names and isinstance(r.names[0][0], Person)]
        if named and len(recipients) == 1 and recipients[0].count is not None and len(named[0].names) < recipients[0].count:
            return [Recipient("individual", 1, "exact", named[0].names[:1], named[0].names[0][1])]
        return recipients

    # ── roles ──

    def _last_award(self, chunks: list[Chunk], start: int, end: int) -> Chunk | None:
        for index in range(end - 1, start - 1, -1):
            if "awarding" in chunks[index].tags:
                return chunks[index]
        return None

    def _word(self, chunk: Chunk) -> str:
        return flat(self.text[chunk.start : chunk.end])

    def _preposed(self, chunks: list[Chunk], index: int, start: int) -> bool:
        """Whether a preposition or the like stands right before the chunk: it is no recipient then."""
        at = index - 1
        if index > start and chunks[index - 1].tags & {"each", "lpar"}:
            return True
        while at >= start and chunks[at].tags & {"several", "about", "w"} and self._word(chunks[at]) not in self.not_recipients:
            at -= 1
        if at < start:
            return False
        if self._word(chunks[at]) in self.not_recipients:
            return True
        return "behalf" in chunks[at].tags

    def _recipients(self, chunk: Chunk) -> list[Recipient]:
        at = (chunk.start, chunk.end)
        value = chunk.value
        if value is None and "kind" in chunk.entries:
            return [Recipient(chunk.entries["kind"].value, None, "exact", [], at)]
        if isinstance(value, Group):
            kinds = list(dict.fromkeys(value.kinds))
            if len(kinds) > 1 and "model" in kinds and set(kinds) <= {"model", "individual", "collective"} and value.kinds[0] == "model":
                kinds = ["model"]
            joint = len(kinds) > 1 and value.count is not None
            count = None if joint else value.count
            return [Recipient(kind, count, value.qualifier, [], at, joint, words=value.words) for kind in kinds]
        if isinstance(value, Person) and value.household:
            return [Recipient("household", 1, "exact", [(value.household, at)], at)]
        if isinstance(value, Person):
            return [Recipient("individual", 1, "exact", [(value, value.name_at)], at)]
        if isinstance(value, list) and value and isinstance(value[0], Person):
            return [Recipient("individual", len(value), "exact", [(p, p.name_at) for p in value], at)]
        if isinstance(value, Body | Place):
            if isinstance(value, Place) and value.name is None:
                return []
            return [Recipient("collective", 1, "exact", [(value, at)], at)]
        if "level" in chunk.tags and "num" not in chunk.tags:
            return []
        return []

    def _before(self, chunks: list[Chunk], start: int, end: int) -> tuple[list[Recipient], list[Chunk]]:
        """The recipients that stand before a passive or a verb of receiving: counted groups, else the nearest named ones."""
        groups = [
            i
            for i in range(start, end)
            if "group" in chunks[i].tags and not self._preposed(chunks, i, start) and not self._names_follow(chunks, i, end)
        ]
        if (
            groups
            and "and" in chunks[end - 1].tags
            and any(chunks[i].tags & {"body", "organisation", "place", "person"} for i in range(start, groups[-1]))
        ):
            # "xã Ea Tu lập được 23 mô hình và được …": what is counted is an object
            groups = []
        among = [i for i in range(start, end) if "amongthem" in chunks[i].tags]
        if groups:
            last = groups[-1]
            if last + 2 < end and "is" in chunks[last + 1].tags and chunks[last + 2].tags & {"body", "organisation", "person"}:
                told = [c for c in chunks[last + 2 : end] if c.tags & {"body", "organisation", "person"}]
                named_ones = [r for c in told for r in self._recipients(c)]
                return _merged(named_ones), told
            counted = [i for i in groups if chunks[i].value.count is not None]
            if counted and len(counted) != len(groups):
                # "20 đảng viên của các chi bộ": what is not counted beside what is belongs to it, unless listed with it
                groups = [i for i in groups if chunks[i].value.count is not None or self._joined(chunks, i, start)]
            run = [groups[-1]]
            for index in reversed(groups[:-1]):
                run.insert(0, index)
            found: list[Recipient] = []
            for index in run:
                found += self._recipients(chunks[index])
            used = [chunks[i] for i in run]
            people = [i for i in range(start, run[0]) if chunks[i].tags & {"person", "persons"}]
            if among and people:
                found = found[:1]
                person = chunks[people[0]].value
                if isinstance(person, Person):
                    found[0].names = [(person, person.name_at)]
            elif people:
                # "bà A, bà B và 3 cá nhân khác"
                following = chunks[run[-1] + 1] if run[-1] + 1 < len(chunks) else None
                if following is not None and self._word(following) == "khác":
                    for index in people:
                        found += self._recipients(chunks[index])
                    used = [chunks[i] for i in people] + used
            return _merged(found), used
        if end - 1 >= start and not groups:
            last = chunks[end - 1]
            if (
                "level" in last.tags
                and last.value is None
                and (end - 1 == start or chunks[end - 2].tags & {"comma", "and", "here", "year", "date"})
            ):
                place = Place(last.entries["level"].canonical, None)
                return [Recipient("collective", 1, "exact", [(place, (last.start, last.end))], (last.start, last.end))], [last]
        named = [
            i
            for i in range(start, end)
            if chunks[i].tags & {"person", "persons", "body", "organisation", "place"} and not self._preposed(chunks, i, start)
        ]
        people = [i for i in named if chunks[i].tags & {"person", "persons"}]
        chosen: list[int] = []
        if people:
            chosen = people
        elif named:
            chosen = [named[-1]]
            for index in reversed(named[:-1]):
                if all(chunks[i].tags & {"comma", "and"} for i in range(index + 1, chosen[0])):
                    chosen.insert(0, index)
                else:
                    break
            if "place" in chunks[chosen[-1]].tags and len(named) > 1 and "place" not in chunks[named[0]].tags:
                chosen = [named[0]]
        found = []
        for index in chosen:
            found += self._recipients(chunks[index])
        return _merged(found), [chunks[i] for i in chosen]

    @staticmethod
    def _put_forward(chunks: list[Chunk], index: int, end: int) -> bool:
        """Whether a group is only proposed: "còn 1 mô hình mới dừng ở mức đề nghị …"."""
        for chunk in chunks[index + 1 : min(end, index + 9)]:
            if chunk.tags & {"comma", "semi", "group", "awarding"}:
                return False
            if "propose" in chunk.tags:
                return True
        return False

    @staticmethod
    def _names_follow(chunks: list[Chunk], index: int, end: int) -> bool:
        """Whether the people counted are named right after: "hai cô giáo A và B"."""
        return index + 1 < end and bool(chunks[index + 1].tags & {"person", "persons"})

    def _joined(self, chunks: list[Chunk], index: int, start: int) -> bool:
        left = chunks[index - 1].tags if index > start else frozenset[str]()
        return bool(left & {"comma", "and"})

    def _anded(self, chunks: list[Chunk], index: int) -> bool:
        return index > 1 and "comma" in chunks[index - 2].tags and self._word(chunks[index - 1]) in ("và", "cùng", "cùng với")

    def _after(
        self, chunks: list[Chunk], start: int, end: int, reached: bool = False, praise: bool = False
    ) -> tuple[list[tuple[AwardName | None, list[Recipient], list[Chunk]]], int]:
        """Pairs of an award and its recipients after a verb."""
        items: list[tuple[str, int]] = []
        index = start
        linked = True  # whether what comes may still be a recipient
        seen_to = reached or (start > 0 and self._word(chunks[start - 1]).endswith((" cho", " tới", " đến")))
        skip = after_subset = parts = False
        while index < end:
            chunk = chunks[index]
            if "lpar" in chunk.tags:
                # what is in brackets explains what stands before
                close = next((i for i in range(index, end) if "rpar" in chunks[i].tags), None)
                if close is not None and any("group" in c.tags for c in chunks[index:close]):
                    index = close + 1
                    continue
            if "awarding" in chunk.tags:
                if (
                    items
                    and all(kind != "award" for kind, _ in items)
                    and any(c.tags & {"comma", "propose", "deny"} for c in chunks[items[-1][1] : index])
                ):
                    break
                items.append(("award", index))
                linked, seen_to = True, False
            elif "rank" in chunk.tags and chunk.value:
                items.append(("award", index))
                linked, seen_to = True, False
            elif "quote" in chunk.tags and index + 1 < end and "to" in chunks[index + 1].tags and any(kind == "award" for kind, _ in items):
                items.append(("title", index))
                linked, seen_to = True, False
            elif index > start and chunks[index - 1].tags & {"awarding", "rank"} and self._word(chunk) == "tặng":
                # "trao Giấy khen tặng các tập thể"
                linked, seen_to = True, True
            elif (
                "form" in chunk.tags
                and index > 0
                and "to" in chunks[index - 1].tags
                and self._word(chunk) in ("anh", "chị", "ông", "bà", "cụ", "em", "mẹ")
                and (index + 1 >= len(chunks) or chunks[index + 1].tags & {"stop", "comma", "semi", "because", "and"})
            ):
                items.append(("pronoun", index))
            elif chunk.tags & {"propose", "agree", "plan", "deny"} and items:
                # what follows is told of another act
                break
            elif (
                "level" in chunk.tags
                and chunk.value is None
                and index == start
                and index + 1 < end
                and "awarding" in chunks[index + 1].tags
            ):
                items.append(("level", index))
            elif "to" in chunk.tags and (
                self._word(chunk) not in ("đến", "tới")
                or (index + 1 < end and chunks[index + 1].tags & {"person", "organisation", "body", "group"})
            ):
                linked, seen_to = True, True
            elif "group" in chunk.tags:
                if self._preposed(chunks, index, start) and not parts:
                    linked = skip = False
                elif items and self._put_forward(chunks, index, end):
                    break
                elif self._names_follow(chunks, index, end):
                    linked = seen_to = True
                elif chunk.value.count is not None or not any(kind == "group" for kind, _ in items) or self._joined(chunks, index, start):
                    last = [i for kind, i in items if kind in ("group", "named")]
                    if skip:
                        skip = False
                        linked = False
                    elif not last or linked or self._joined(chunks, index, last[-1]):
                        if after_subset and last and not self._anded(chunks, index):
                            pass
                        else:
                            items.append(("group", index))
                            seen_to, after_subset = False, False
            elif chunk.tags & {"person", "persons", "body", "organisation", "place"}:
                last_item = items[-1] if items else None
                if after_subset and "person" in chunk.tags and any(kind == "group" for kind, _ in items):
                    items.append(("name", index))
                    index += 1
                    continue
                adjacent = linked and (seen_to or (last_item is not None and last_item[1] == index - 1 and last_item[0] == "award"))
                follows = (
                    last_item is not None
                    and last_item[0] in ("named",)
                    and self._joined(chunks, index, start)
                    and (not chunk.tags & {"place"} or "place" in chunks[last_item[1]].tags)
                )
                if (
                    last_item is not None
                    and last_item[0] == "named"
                    and "person" in chunks[last_item[1]].tags
                    and "comma" in chunks[index - 1].tags
                ):
                    # "anh A, xã B": where somebody is from, not another recipient
                    follows = follows and bool(chunk.tags & {"person", "persons"})
                    adjacent = False
                if (adjacent or follows) and not self._preposed(chunks, index, start):
                    if not ("place" in chunk.tags and isinstance(chunk.value, Place) and chunk.value.name is None):
                        items.append(("named", index))
                        linked, seen_to = True, False
            elif (
                "kind" in chunk.tags
                and not any(kind in ("group", "named") for kind, _ in items)
                and (praise or seen_to)
                and chunk.entries["kind"].value in ("model", "individual", "collective")
                and (index == start or "to" in chunks[index - 1].tags or self._word(chunks[index - 1]) == "tặng")
                and "level" not in chunk.tags
            ):
                items.append(("bare", index))
            elif chunk.tags & {"subset", "representing"} or ("colon" in chunk.tags and items and items[-1][0] == "group"):
                # what follows are parts of what was counted
                last = [i for kind, i in items if kind == "group"]
                value = chunks[last[-1]].value if last else None
                if "representing" in chunk.tags:
                    break
                if (
                    isinstance(value, Group)
                    and value.count is not None
                    and len(set(value.kinds)) > 1
                    and any("group" in c.tags for c in chunks[index:end])
                ):
                    # the parts of a joint count: told in its place
                    items = [item for item in items if item != ("group", last[-1])]
                    linked = parts = True
                else:
                    skip = after_subset = True
            elif chunk.tags & {"word"} and not chunk.tags & {"comma", "and"}:
                if items and items[-1][0] in ("group", "named"):
                    linked = False
                    seen_to = False
            index += 1
        if not items:
            return [], start
        pairs: list[tuple[AwardName | None, list[Recipient], list[Chunk]]] = []
        award: AwardName | None = None
        award_chunk: Chunk | None = None
        waiting: list[tuple[AwardName, Chunk]] = []
        recipients: list[Recipient] = []
        used: list[Chunk] = []
        name: str | None = None
        of: object | None = None
        for kind, index in items:
            chunk = chunks[index]
            if kind in ("award", "title"):
                value = (
                    chunk.value
                    if isinstance(chunk.value, AwardName)
                    else AwardName(None, _rank_of(chunk), at=(chunk.start, chunk.end), rank_at=(chunk.start, chunk.end))
                )
                if kind == "title" and name is not None:
                    title = " ".join(self.text[chunk.start + 1 : chunk.end - 1].split())
                    value = AwardName(f"{name.partition(' “')[0]} “{title}”", of=of, at=(chunk.start, chunk.end), elliptic=True)
                if value.name is None:
                    value.name, value.elliptic = name, True
                    if value.of is None:
                        value.of = of
                if award is not None and award_chunk is not None:
                    if recipients:
                        pairs.append((award, _merged(recipients), [*used, award_chunk]))
                        for other, other_chunk in waiting:
                            pairs.insert(-1, (other, _merged(recipients), [*used, other_chunk]))
                        waiting = []
                    else:
                        waiting.append((award, award_chunk))
                    recipients, used = [], []
                elif recipients and award is None:
                    # recipients first, the award after: they belong together
                    pass
                award, award_chunk, name, of = value, chunk, value.name, value.of
            elif kind == "pronoun":
                person = self.last_person
                if person is not None:
                    recipients.append(Recipient("individual", 1, "exact", [(person, person.name_at)], (chunk.start, chunk.end)))
                    used.append(chunk)
            elif kind == "level":
                place = Place(chunk.entries["level"].canonical, None)
                recipients.append(Recipient("collective", 1, "exact", [(place, (chunk.start, chunk.end))], (chunk.start, chunk.end)))
                used.append(chunk)
            elif kind == "name":
                one = next((r for r in reversed(recipients) if r.kind == "individual" and not r.names), None)
                if one is not None:
                    one.names = [(chunk.value, chunk.value.name_at)]
            else:
                recipients += self._recipients(chunk)
                used.append(chunk)
        last = items[-1][1] + 1
        if award is not None and award_chunk is not None:
            for other, other_chunk in waiting:
                shared = other.count is None or all(r.count is None and not r.names for r in recipients)
                pairs.append((other, _merged(recipients) if shared else [], [*used, other_chunk]))
            pairs.append((award, _merged(recipients), [*used, award_chunk]))
        elif recipients:
            counted = [i for kind, i in items if kind == "group"]
            if len(counted) > 1 and all(
                any("because" in c.tags for c in chunks[a:b]) for a, b in zip(counted, [*counted[1:], end], strict=True)
            ):
                for index in counted:
                    pairs.append((None, self._recipients(chunks[index]), [chunks[index]]))
                return pairs, last
            levelled = [i for kind, i in items if kind == "group" and i + 1 < end and "levelphrase" in chunks[i + 1].tags]
            if len(levelled) > 1 and len(levelled) == len([1 for kind, _ in items if kind == "group"]):
                for index in levelled:
                    pairs.append((None, self._recipients(chunks[index]), [chunks[index]]))
            else:
                pairs.append((None, _merged(recipients), used))
        return pairs, last

    def _received(
        self, chunks: list[Chunk], start: int, first: int, after: int, end: int
    ) -> tuple[list[tuple[AwardName | None, list[Recipient], list[Chunk]]], int]:
        """Pairs of recipients and award around a verb of receiving; more pairs may follow without a verb."""
        award_index = next((i for i in range(after, end) if chunks[i].tags & {"awarding", "rank"}), None)
        if award_index is None or any("semi" in c.tags for c in chunks[after:award_index]):
            return [], after
        recipients, used = self._before(chunks, start, first)
        stands_for = next((i for i in range(start, first) if chunks[i].tags & {"representing"}), None)
        if stands_for is not None:
            bodies = [i for i in range(stands_for + 1, min(first, stands_for + 5)) if chunks[i].tags & {"body", "organisation"}]
            if bodies:
                recipients, used = self._recipients(chunks[bodies[0]]), [chunks[bodies[0]]]
        if not recipients:
            # "Sau khi nhận Giấy khen của …, Công an xã …"
            ahead = next(
                (
                    i
                    for i in range(award_index + 1, min(end, award_index + 8))
                    if chunks[i].tags & {"body", "organisation", "person", "place"} and "comma" in chunks[i - 1].tags
                ),
                None,
            )
            if ahead is None:
                return [], after
            recipients, used = self._recipients(chunks[ahead]), [chunks[ahead]]
        pairs: list[tuple[AwardName | None, list[Recipient], list[Chunk]]] = []
        chunk = chunks[award_index]
        name = chunk.value if isinstance(chunk.value, AwardName) else None
        titles = set(self.phrases.lexicon.awards["award"]["names"].values())
        won = self._word(chunks[first]) in ("đạt", "đạt được", "giành", "giành được", "đoạt", "đoạt được", "mang về", "rinh")
        if (
            won
            and name is not None
            and (
                (not name.prize and not (name.name or "").startswith(("giải", "Huy chương", "Cờ")) and (name.bare or name.name not in titles))
                or (name.bare and name.count is not None)
            )
        ):
            return [], after
        if name is not None and name.bare and name.name in ("danh hiệu", "giải"):
            return [], after
        pairs.append((self._award_value(chunk), recipients, [*used, chunk]))
        waiting: list[Recipient] = []
        waiting_chunks: list[Chunk] = []
        done = award_index + 1
        for index in range(award_index + 1, end):
            chunk = chunks[index]
            if chunk.tags & {"group", "person", "persons", "organisation", "body"} and not self._preposed(chunks, index, start):
                waiting += self._recipients(chunk)
                waiting_chunks.append(chunk)
            elif chunk.tags & {"awarding", "rank"}:
                if waiting:
                    pairs.append((self._award_value(chunk), _merged(waiting), [*waiting_chunks, chunk]))
                    waiting, waiting_chunks = [], []
                    done = index + 1
                elif (
                    pairs[-1][0] is not None
                    and isinstance(chunk.value, AwardName)
                    and all(c.tags & {"comma", "and", "several", "about", "num"} for c in chunks[done:index])
                ):
                    pairs.append((chunk.value, recipients, [*used, chunk]))
                    done = index + 1
        return pairs, done

    def _award_value(self, chunk: Chunk) -> AwardName:
        if isinstance(chunk.value, AwardName):
            return chunk.value
        return AwardName(None, _rank_of(chunk), at=(chunk.start, chunk.end), rank_at=(chunk.start, chunk.end))

    def _subject(self, chunks: list[Chunk], start: int, end: int) -> Chunk | None:
        """The nearest body, office, person or level before a verb that is the verb's subject."""
        for index in range(end - 1, start - 1, -1):
            chunk = chunks[index]
            if not chunk.tags & SUBJECTS:
                continue
            if "level" in chunk.tags and (chunk.tags & {"place"} == frozenset()):
                left = chunks[index - 1] if index > start else None
                if left is not None and not left.tags & {"comma", "and", "semi", "here", "deleg", "date", "year", "dash", "stop"}:
                    continue
            if index > start + 1 and "of" in chunks[index - 1].tags and "decision" in chunks[index - 2].tags:
                return chunk
            if index > start and self._word(chunks[index - 1]) in (
                "của",
                "tại",
                "ở",
                "từ",
                "thuộc",
                "trên",
                "trong",
                "cho",
                "với",
                "trước",
                "về",
                "đến",
                "tới",
                "giữa",
                "là",
            ):
                continue
            if index > 0 and chunks[index - 1].tags & {"whole", "of", "to", "gathering", "lpar", "group", "awarding"}:
                continue
            if chunk.tags & {"place", "level"} and not chunk.tags & {"body"}:
                left = index - 1
                while left >= start and not chunks[left].tags & {"comma", "semi", "gathering", "date"}:
                    left -= 1
                if left >= start and "gathering" in chunks[left].tags:
                    return None
            if index > start + 1 and self._word(chunks[index - 1]) == "đại biểu" and "gathering" in chunks[index - 2].tags:
                continue
            return chunk
        return None

    def _in_parts(
        self, chunks: list[Chunk], pair: tuple[AwardName | None, list[Recipient], list[Chunk]]
    ) -> list[tuple[AwardName | None, list[Recipient], list[Chunk]]]:
        """A total that is told again in its parts, as its parts: "48 điển hình …, gồm 16 tập thể và 32 cá nhân"."""
        award, recipients, used = pair
        groups = [c for c in used if isinstance(c.value, Group) and c.value.count is not None]
        if len(groups) != 1 or any(r.names for r in recipients):
            return [pair]
        total: Group = groups[0].value
        first = chunks.index(groups[0])
        end = next((i for i in range(first, len(chunks)) if chunks[i].tags & {"semi"}), len(chunks))
        mark = next((i for i in range(first + 1, end) if chunks[i].tags & {"subset", "lpar", "colon"}), None)
        if mark is None:
            return [pair]
        ranked = [
            (chunks[i], chunks[i + 1])
            for i in range(mark + 1, end - 1)
            if "num" in chunks[i].tags and isinstance(chunks[i].value, int) and "rank" in chunks[i + 1].tags
        ]
        if award is not None and len(ranked) > 1 and sum(n.value for n, _ in ranked) == total.count and len(recipients) == 1:
            return [
                (
                    AwardName(award.name, _rank_of(r), of=award.of, of_at=award.of_at, at=award.at, rank_at=(r.start, r.end)),
                    [Recipient(recipients[0].kind, n.value, "exact", [], (n.start, r.end))],
                    [n, r, *used],
                )
                for n, r in ranked
            ]
        parts: list[Chunk] = []
        for index in range(mark + 1, end):
            chunk = chunks[index]
            if isinstance(chunk.value, Group) and chunk.value.count is not None:
                parts.append(chunk)
            elif chunk.tags & {"give", "praise", "receive", "passive", "rpar", "awarding"}:
                break
        ranks = [next((c for c in chunks[chunks.index(part) + 1 : chunks.index(part) + 4] if "rank" in c.tags), None) for part in parts]
        if award is not None and len(parts) > 1 and all(r is not None for r in ranks) and sum(c.value.count for c in parts) == total.count:
            split_by_rank = []
            for part, rank in zip(parts, ranks, strict=True):
                if rank is not None:
                    own = AwardName(award.name, _rank_of(rank), of=award.of, of_at=award.of_at, at=award.at, rank_at=(rank.start, rank.end))
                    split_by_rank.append((own, self._recipients(part), [part, rank, *[c for c in used if c is not groups[0]], groups[0]]))
            return list(split_by_rank)
        kinds = {kind for c in parts for kind in c.value.kinds}
        joint = len(set(total.kinds)) > 1
        if len(parts) < 2 or len(kinds) < 2 or not (joint or total.kinds[0] == "model" or sum(c.value.count for c in parts) == total.count):
            return [pair]
        if kinds == {"model"} or not (joint or total.kinds[0] == "model" or kinds - set(total.kinds)):
            return [pair]
        split = [r for c in parts for r in self._recipients(c)]
        return [(award, split, [c for c in used if c is not groups[0]] + [groups[0], *parts])]

    def _own_subject(self, chunks: list[Chunk], start: int, end: int) -> int | None:
        """Where the subject of the next verb begins, if it stands after a comma right before that verb."""
        index = end - 1
        while index > start and chunks[index].tags & {"aux", "word", "deleg", "behalf", "comma", "date", "here", "decision"}:
            index -= 1
        if index > start and chunks[index].tags & SUBJECTS and chunks[index - 1].tags & {"comma", "and", "here", "meanwhile"}:
            return index - 1
        return None

    def _agents(
        self,
        chunks: list[Chunk],
        trigger: Trigger,
        event: Event,
        before: tuple[int, int],
        between: tuple[int, int],
        previous: Event | None,
        segment_start: int,
    ) -> None:
        subject: Chunk | None = None
        if trigger.frame == "passive":
            subject = self._subject(chunks, *between)
        elif trigger.frame == "active":
            subject = self._subject(chunks, *before)
            if subject is None and previous is None and not event.nominal and segment_start < before[0]:
                subject = self._subject(chunks, segment_start, before[0])
            if subject is None and previous is not None and previous.sentence >= 0 and not event.nominal:
                event.agent, event.agent_at = previous.agent, previous.agent_at
                if event.agent is not None:
                    event.inherited["agent"] = "the subject of the clause before"
        elif trigger.frame == "receive":
            for index in range(before[0] + 1, before[1]):
                if chunks[index].tags & {"body", "office"} and self._word(chunks[index - 1]) == "từ":
                    subject = chunks[index]
        if subject is not None:
            event.agent = self._agent(subject)
            event.agent_at = (subject.start, subject.end)
        low = before[0] if trigger.frame != "passive" else segment_start
        for index in range(trigger.last, low - 1, -1):
            chunk = chunks[index]
            if "deleg" in chunk.tags and isinstance(chunk.value, Delegation):
                event.principals, event.principals_at = chunk.value.principals, (chunk.start, chunk.end)
                break
        for index in range(trigger.last, low - 1, -1):
            if "behalf" in chunks[index].tags and isinstance(chunks[index].value, list):
                event.behalf = next((v for v in chunks[index].value if isinstance(v, Body)), None)
                event.behalf_at = (chunks[index].start, chunks[index].end)
                break
        if event.agent is None and trigger.frame in ("passive", "reach"):
            for index in range(trigger.first - 1, 0, -1):
                if (
                    "of" in chunks[index].tags
                    and "decision" in chunks[index - 1].tags
                    and isinstance(chunks[index + 1].value, Body | Office)
                ):
                    event.agent, event.agent_at = chunks[index + 1].value, (chunks[index + 1].start, chunks[index + 1].end)
                    break
        for index in range(trigger.last, -1, -1):
            if "req" in chunks[index].tags:
                event.requested_by, event.requested_at = chunks[index].value, (chunks[index].start, chunks[index].end)
                break

    def _agent(self, chunk: Chunk) -> Agent | None:
        value = chunk.value
        if isinstance(value, list):
            if value and all(isinstance(one, Office) for one in value) and value[0].body is None and value[0].whole is None:
                return value  # type: ignore[return-value]
            return value[0] if value else None
        if value is None and "level" in chunk.tags:
            return Place(chunk.entries["level"].canonical, None)
        return value if isinstance(value, Body | Office | Person | Place) else None

    def _level(self, chunks: list[Chunk], event: Event, trigger: Trigger, limit: int) -> None:
        if event.agent is not None or event.by is not None or event.principals:
            return
        spans = [i for i, c in enumerate(chunks) if c in event.used]
        low = max(spans, default=trigger.last)
        for index in range(low + 1, min(limit, low + 5)):
            if chunks[index].tags & {"group", "semi", "awarding"}:
                break
            if "levelphrase" in chunks[index].tags:
                word = self._word(chunks[index])
                event.level = re.sub(r"^ở ", "", word)
                event.level_at = (chunks[index].start, chunks[index].end)
                event.at = (event.at[0], max(event.at[1], chunks[index].end))
                break

    # ── is it given? ──

    def _why(self, chunks: list[Chunk], trigger: Trigger, segment_start: int, start: int, subject: int | None) -> str | None:
        """What it is where it is not given: by the words before the verb.

        A word counts where it stands between the subject and the verb; before the subject only where no comma parts them,
        or where it speaks of what is to come ("Dự kiến, …").
        """
        for cue in self.cues:
            low = trigger.first - 2 if cue["scope"] == "verb" else segment_start
            for index in range(max(low, segment_start), trigger.last + 1):
                if cue["class"] not in chunks[index].tags:
                    continue
                if trigger.first < index < trigger.last and cue["class"] == "aim":
                    continue
                if trigger.first < index < trigger.last:
                    return str(cue["why"])
                done = self._word(chunks[trigger.first]).startswith(("đã", "vừa", "đều"))
                if done and index < trigger.first and cue["class"] in ("propose", "eligible", "aim"):
                    continue
                if cue["scope"] == "verb" or subject is None or index > subject or cue["class"] == "plan":
                    return str(cue["why"])
                if not any(chunks[i].tags & {"comma", "colon"} for i in range(index, subject)):
                    return str(cue["why"])
        return None

    # ── clauses without a verb of their own ──

    def _gapped(self, chunks: list[Chunk], start: int, end: int, previous: Event) -> list[Event]:
        """A clause that leaves out the verb: "…; 4 tập thể vì …"; "…; Giấy khen cho 3 hộ"."""
        if not any(c.tags & {"group", "awarding"} for c in chunks[start:end]):
            return []
        first = next(i for i in range(start, end) if chunks[i].tags & {"group", "awarding"})
        if any(c.tags & {"review", "launch", "gathering", "fraction"} for c in chunks[start:first]):
            return []
        subject = self._subject(chunks, start, first)
        between = [
            c
            for c in chunks[start:first]
            if c is not subject
            and not c.tags & {"comma", "and", "several", "about", "here", "colon", "request", "req", "is"}
            and self._word(c) not in ("kèm", "theo", "kèm theo", "còn", "thêm")
        ]
        if between:
            return []
        pairs, _ = self._after(chunks, start, end)
        events: list[Event] = []
        lastused = max([chunks.index(c) for _, _, used in pairs for c in used], default=first)
        if not any("awarding" in c.tags for c in chunks[start:end]) and any(
            self._word(c)
            in (
                "đang",
                "đã",
                "được",
                "còn",
                "có mặt",
                "có mặt trong",
                "hoạt động",
                "duy trì",
                "dự",
                "tham gia",
                "tham dự",
                "đạt",
                "ra mắt",
                "sẽ",
            )
            for c in chunks[lastused + 1 : lastused + 8]
        ):
            return []
        if pairs and pairs[0][0] is None and any("awarding" in c.tags for c in chunks[start:end]):
            pairs = []
        for award, recipients, used in pairs:
            if not recipients and not (award and award.count):
                continue
            one = self._copy(previous)
            one.gapped = True
            one.award = award if award is not None else previous.award
            if one.award is not None and one.award.name is None and previous.award is not None:
                one.award.name, one.award.elliptic = previous.award.name, True
            if award is None and previous.award is None and not previous.praise:
                continue
            if subject is not None and subject.end <= used[0].start:
                one.agent, one.agent_at = self._agent(subject), (subject.start, subject.end)
                one.by = None
                one.principals = []
            one.inherited["verb"] = "the clause before"
            one.recipients = recipients
            one.why = previous.why
            one.used = used
            one.at = (min(c.start for c in used), max(c.end for c in used))
            one.segment_end = end
            events.append(one)
        return events


def caption_like(chunks: list[Chunk]) -> bool:
    """Whether a row is too short to carry a subject over from the sentence before."""
    return len(chunks) < 3


def _rank_of(chunk: Chunk) -> str | None:
    from thidua.extraction.phrases import _rank

    return _rank(chunk) if isinstance(chunk.value, dict) and "rank" in chunk.value else None


def _merged(recipients: list[Recipient]) -> list[Recipient]:
    """Groups of one kind that are named one by one, as one group; counted ones stay as they are told."""
    named = [r for r in recipients if r.names]
    counted = [r for r in recipients if not r.names]
    out: list[Recipient] = []
    for kind in dict.fromkeys(r.kind for r in named):
        same = [r for r in named if r.kind == kind]
        names = [n for r in same for n in r.names]
        count = sum(r.count or 0 for r in same)
        out.append(Recipient(kind, count, "exact", names, same[0].at))
    for one in counted:
        twin = next((r for r in out if r.kind == one.kind and r.names), None)
        if twin is not None and one.count is not None and twin.count is not None:
            twin.count += one.count
        else:
            out.append(one)
    return out
