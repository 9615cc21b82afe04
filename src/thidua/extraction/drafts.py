"""From events to drafts of awards: the awarder told from whoever only hands over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from thidua.extraction.events import Event, Recipient
from thidua.extraction.names import Namer
from thidua.extraction.sheet import Award, Inferred, Recipients, Spans
from thidua.extraction.values import AwardName, Body, Office, Offsets, Person, Place

MAX_SPANS = 200  # of a slot, as the sheet's schema bounds them


@dataclass(slots=True)
class Draft:
    """An award as far as it is known, with the events that tell it."""

    conferred_by: str | None
    on_behalf_of: str | None
    presented_by: list[tuple[str | None, str | None]]
    presenting_body: str | None
    requested_by: str | None
    award: str
    rank: str | None
    recipients: list[Recipient]
    event: Event
    spans: dict[str, list[Offsets]] = field(default_factory=dict)
    inferred: dict[str, str] = field(default_factory=dict)
    presenter_office: str | None = None
    items: int | None = None  # awards counted as things, without recipients
    praise: bool = False
    caption: bool = False
    split: dict[str, int] | None = None
    evidence: Offsets = (0, 0)
    level: str | None = None
    amount: str | None = None
    posthumous: bool = False
    campaign: str | None = None
    period: str | None = None
    date: str | None = None
    date_raw: str | None = None
    decision: str | None = None
    decision_date: str | None = None
    historical: bool = False

    def slot(self, slot: str, value: str, at: Offsets | None) -> None:
        """Sets a slot and where it is printed."""
        setattr(self, slot, value)
        self.add(slot, at)

    def present(self, name: str | None, post: str | None, at: Offsets | None) -> None:
        """Notes who handed the award over."""
        self.presented_by.append((name, post))
        self.add("presented_by", at)

    def add_recipient(self, one: Recipient) -> None:
        """Notes where recipients are printed."""
        self.add("recipients", one.at)
        for _, at in one.names:
            self.add("recipients", at)

    def add(self, slot: str, at: Offsets | None) -> None:
        """Notes where a slot is printed."""
        known = self.spans.setdefault(slot, [])
        if at is not None and len(known) < MAX_SPANS and at not in known:
            known.append(at)


def draft(event: Event, namer: Namer) -> Draft:
    """An event as an award: who conferred it, who handed it over, what is printed where."""
    made = _told(event)
    of = _given_by(event)
    principal = _principal(event.principals, made.award, namer) if event.principals else None
    if of is None and made.award.endswith(" của Chính phủ") and not event.principals and event.agent is None and event.award is not None:
        made.conferred_by = "Chính phủ"
        made.add("conferred_by", event.award.at)
    if of is not None:
        made.conferred_by = _named(made, namer, of, "conferred_by", event.award.of_at if event.award is not None else None)
    elif principal is not None:
        made.conferred_by = _named(made, namer, principal, "conferred_by", event.principals_at)
    if principal is not None:
        made.on_behalf_of = _named(made, namer, principal, "on_behalf_of", event.principals_at)
    if made.conferred_by is not None:
        _handed_over(made, namer)
    elif event.agent is not None:
        _by_agent(made, namer)
    if made.conferred_by is None and event.behalf is not None and not is_state(made.award, namer):
        made.conferred_by = _named(made, namer, event.behalf, "conferred_by", event.behalf_at)
    if event.requested_by is not None:
        made.requested_by = _named(made, namer, event.requested_by, "requested_by", event.requested_at)
    for one in event.recipients:
        made.add_recipient(one)
        if one.summed:
            made.inferred["recipients"] = "those named, and the others counted beside them"
    if "recipients" in event.inherited:
        made.inferred["recipients"] = event.inherited["recipients"]
    return made


def is_state(award: str, namer: Namer) -> bool:
    """Whether an award is the State's."""
    return award.startswith(namer.lexicon.award_lists.state)


def _told(event: Event) -> Draft:
    """A draft of what an event tells of the award itself."""
    name = event.award if event.award is not None and event.award.name else None
    award = name.name if name is not None and name.name else _praise(event.verb)
    made = Draft(None, None, [], None, None, award, name.rank if name is not None else None, event.recipients, event)
    made.praise = name is None
    made.caption, made.evidence, made.posthumous = event.caption, event.at, event.posthumous
    made.level, made.amount = event.level, event.amount
    made.add("level", event.level_at)
    made.add("amount", event.amount_at)
    made.add("award", name.at if name is not None and name.at != (0, 0) else event.verb_at)
    if name is not None and made.rank:
        made.add("award_rank", name.rank_at)
        if name.rank_at is None:
            made.inferred["award_rank"] = "the clause before"
    if event.award is not None and event.award.elliptic:
        made.inferred["award"] = "the award named before"
    if award == "tiền thưởng":
        made.inferred["award"] = "money told with the verb"
    for key, value in event.inherited.items():
        made.inferred[{"verb": "award", "agent": "conferred_by"}.get(key, key)] = value
    _count_items(made, event.award)
    return made


def _count_items(made: Draft, name: AwardName | None) -> None:
    """Notes how many awards there were as things, where their recipients are not counted."""
    if name is None or name.count is None:
        return
    unnamed = not made.event.recipients and not made.event.passive
    if unnamed or any(r.names and r.count is None for r in made.event.recipients):
        made.items = name.count
        made.add("items", name.at)


def _given_by(event: Event) -> object | None:
    """Who gives an award by its name ("Bằng khen của …"); a cụm or khối gives none of its own."""
    name = event.award
    if name is None:
        return None
    grouped = "cụm" in (name.name or "") or "khối" in (name.name or "")
    return None if isinstance(name.of, Place) and name.of.name is None and grouped else name.of


def _named(made: Draft, namer: Namer, value: object, slot: str, where: Offsets | None) -> str | None:
    """A name in full, noted with where it is printed and what it was completed from."""
    full, why = namer.agent(value, where[0] if where else made.event.at[0])
    if full is not None:
        made.add(slot, where)
        if why:
            made.inferred[slot] = why
    return full


def _handed_over(made: Draft, namer: Namer) -> None:
    """Somebody else's award: whoever acts hands it over."""
    agent, at = made.event.agent, made.event.agent_at
    own = namer.agent(agent, made.event.at[0])[0] if agent is not None else None
    if isinstance(agent, Person):
        _presents(made, agent, namer)
    elif own is not None and own != made.conferred_by:
        if isinstance(agent, Office):
            made.present(None, own, at)
        elif isinstance(agent, Body | Place):
            made.presenting_body = _named(made, namer, agent, "presenting_body", at)


def _by_agent(made: Draft, namer: Namer) -> None:
    """Nobody else is told: whoever acts gives, unless the award is none that they give."""
    agent, at = made.event.agent, made.event.agent_at
    lists = namer.lexicon.award_lists
    own = namer.agent(agent, made.event.at[0])[0]
    official = own is not None and own.startswith(lists.flag_giver if made.award.startswith("Cờ") else lists.state_giver)
    others = is_state(made.award, namer) and not official
    if isinstance(agent, Person):
        if agent.offices and _acts(made, agent, namer) and not others:
            made.conferred_by, why = namer.office(agent.offices[0])
            made.add("conferred_by", agent.offices[0].at)
            if why:
                made.inferred["conferred_by"] = why
        _presents(made, agent, namer)
        made.presenter_office = own
    elif isinstance(agent, Office) and (others or (agent.body is not None and agent.post == "Lãnh đạo")):
        made.present(None, own, at)
    elif others:
        made.presenting_body = _named(made, namer, agent, "presenting_body", at)
    else:
        made.conferred_by = _named(made, namer, agent, "conferred_by", at)
        made.presenter_office = own


def _acts(made: Draft, person: Person, namer: Namer) -> bool:
    """Whether a person gives in office, and does not only hand over."""
    lists = namer.lexicon.award_lists
    handed = made.event.verb.startswith("trao") or made.event.verb == "gửi"
    chair = bool(person.offices) and person.offices[0].post in lists.chiefs and not made.caption
    return person.before or not handed or (chair and made.award in lists.own_award)


def _presents(made: Draft, person: Person, namer: Namer) -> None:
    """Notes that a person handed the award over, with the posts in full."""
    names = []
    for office in person.offices:
        name, why = namer.office(office)
        names.append(name)
        made.add("presented_by", office.at)
        if why:
            made.inferred["presented_by"] = why
    made.present(person.name, ", ".join(names) or None, made.event.agent_at)


def _praise(verb: str) -> str:
    if verb in ("khen", "khen nóng", "khen đột xuất", "khen thưởng đột xuất", "ngợi khen", "khen ngợi"):
        return "khen thưởng"
    return verb.replace(" và ", ", ") if verb.count(" ") > 2 else verb


def _principal(principals: list[object], award: str, namer: Namer) -> object:
    """Of two principals the one whose award it can be: the State's orders, medals and titles are the President's."""
    if len(principals) == 1:
        return principals[0]
    names = [namer.agent(p, 0)[0] or "" for p in principals]
    state = is_state(award, namer)
    for principal, name in zip(principals, names, strict=True):
        if name.startswith(("Chủ tịch nước", "Nhà nước")) == state:
            return principal
    return principals[0]


def spans_of(one: Draft) -> Spans:
    """The draft's spans as a sheet has them."""
    return {slot: [list(at) for at in sorted(set(where))] for slot, where in sorted(one.spans.items()) if where}


def as_award(one: Draft, namer: Namer) -> Award:
    """A draft as an item of a sheet."""
    groups: list[Recipients] = []
    inferred: Inferred = dict(sorted(one.inferred.items()))
    for r in one.recipients:
        names = []
        for value, at in r.names:
            name, why = recipient_name(value, at, namer)
            if name:
                names.append(name)
                if why:
                    inferred["recipients"] = why
        groups.append({"kind": r.kind, "count": r.count, "qualifier": r.qualifier, "names": names})
    spans = spans_of(one)
    award: dict[str, Any] = {
        "conferred_by": one.conferred_by,
        "on_behalf_of": one.on_behalf_of,
        "presented_by": [{"name": name, "post": post} for name, post in one.presented_by],
        "presenting_body": one.presenting_body,
        "requested_by": one.requested_by,
        "award": one.award,
        "award_rank": one.rank,
        "recipients": groups,
        "campaign": one.campaign,
        "period": one.period,
        "date": one.date,
        "date_raw": one.date_raw,
        "date_inferred": one.date is not None and "date" in inferred,
        "occasion": None,
        "decision": one.decision,
        "decision_date": one.decision_date,
        "amount": one.amount,
        "posthumous": one.posthumous,
        "level": one.level,
        "items": one.items,
        "split": one.split,
        "reason": None,
        "caption": one.caption,
        "historical": one.historical,
        "evidence": list(one.evidence),
        "spans": spans,
        "inferred": inferred,
    }
    return award  # type: ignore[return-value]


def recipient_name(value: object, at: Offsets, namer: Namer) -> tuple[str | None, str | None]:
    """A named recipient's name in full."""
    if isinstance(value, Person):
        return value.name, None
    if isinstance(value, Body):
        return namer.body(value, at[0])
    if isinstance(value, Place):
        return namer.place(value, at[0])
    if isinstance(value, str):
        return value, None
    return None, None
