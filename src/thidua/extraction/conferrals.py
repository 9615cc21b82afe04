"""From clauses to a fact sheet: who conferred what on whom, told once however often the text tells it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from thidua.extraction.clauses import STATE, Event, Recipient
from thidua.extraction.names import Namer
from thidua.extraction.sheet import Award, Inferred, Recipients, Spans
from thidua.extraction.values import Body, Group, Office, Offsets, Person, Place


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
    items: int | None = None
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

    def slot(self, slot: str, value: str, at: Offsets | None) -> None:
        """Sets a slot and where it is printed."""
        setattr(self, slot, value)
        self.add(slot, at)

    def add(self, slot: str, at: Offsets | None) -> None:
        """Notes where a slot is printed."""
        if at is not None and at not in self.spans.setdefault(slot, []):
            self.spans[slot].append(at)


def _is_state(award: str) -> bool:
    return award.startswith(STATE)


def draft(event: Event, namer: Namer) -> Draft:
    """An event as an award: the awarder told from whoever hands over."""
    name = event.award
    if name is not None and name.name:
        award, rank = name.name, name.rank
    else:
        award, rank = _praise(event.verb), None
    made = Draft(None, None, [], None, None, award, rank, event.recipients, event)
    made.praise = name is None or not name.name
    made.caption = event.caption
    made.evidence = event.at
    made.posthumous = event.posthumous
    made.level, made.amount = event.level, event.amount
    made.add("level", event.level_at)
    made.add("amount", event.amount_at)
    made.add("award", name.at if name is not None and name.name and name.at != (0, 0) else event.verb_at)
    if rank:
        made.add("award_rank", name.rank_at if name is not None else None)
        if name is not None and name.rank_at is None:
            made.inferred["award_rank"] = "the clause before"
    if name is not None and name.elliptic:
        made.inferred["award"] = "the award named before"
    if award == "tiền thưởng":
        made.inferred["award"] = "money told with the verb"
    for key, value in event.inherited.items():
        made.inferred[{"verb": "award", "agent": "conferred_by"}.get(key, key)] = value
    if (name is not None and name.count is not None and not event.recipients and not event.passive) or (
        name is not None and name.count is not None and any(r.names and r.count is None for r in event.recipients)
    ):
        made.items = name.count
        made.add("items", name.at)
    of = name.of if name is not None else None
    if isinstance(of, Place) and of.name is None and name is not None and ("cụm" in (name.name or "") or "khối" in (name.name or "")):
        of = None
    agent = event.agent
    at = event.at[0]

    def named(value: object, slot: str, where: Offsets | None) -> str | None:
        full, why = namer.agent(value, where[0] if where else at)
        if full is not None:
            made.add(slot, where)
            if why:
                made.inferred[slot] = why
        return full

    if of is None and award.endswith(" của Chính phủ") and not event.principals and event.agent is None and name is not None:
        made.conferred_by = "Chính phủ"
        made.add("conferred_by", name.at)
    principal = None
    if event.principals:
        principal = _principal(event.principals, award, namer)
    handed = event.verb.startswith("trao") or event.verb in ("gửi",)
    if of is not None:
        made.conferred_by = named(of, "conferred_by", name.of_at if name is not None else None)
    elif principal is not None:
        made.conferred_by = named(principal, "conferred_by", event.principals_at)
    if principal is not None:
        made.on_behalf_of = named(principal, "on_behalf_of", event.principals_at)
    people = _people(agent)
    if made.conferred_by is not None:
        # somebody else's award: whoever acts hands it over
        own, _ = namer.agent(agent, at) if agent is not None else (None, None)
        for person in people:
            made.presented_by.append((person.name, _acting_post(person, namer, made)))
            made.add("presented_by", event.agent_at)
        if not people and own is not None and own != made.conferred_by:
            if isinstance(agent, Office):
                made.presented_by.append((None, own))
                made.add("presented_by", event.agent_at)
            elif isinstance(agent, Body | Place):
                made.presenting_body = named(agent, "presenting_body", event.agent_at)
    elif agent is not None:
        state = _is_state(award)
        own, _ = namer.agent(agent, at)
        official = own is not None and own.startswith(
            ("Chủ tịch nước", "Nhà nước", "Hội đồng Nhà nước", "Chính phủ") if not award.startswith("Cờ") else ("Chính phủ", "Thủ tướng")
        )
        if people:
            person = people[0]
            chair = person.offices and person.offices[0].post in ("Chủ tịch", "Giám đốc", "Bộ trưởng", "Tổng Giám đốc") and not made.caption
            acting = person.before or not handed or (chair and award in ("Bằng khen", "Giấy khen", "tiền thưởng"))
            if person.offices and acting and not (state and not official):
                office = person.offices[0]
                full, why = namer.office(office)
                made.conferred_by = full
                made.add("conferred_by", office.at)
                if why:
                    made.inferred["conferred_by"] = why
            for one in people:
                made.presented_by.append((one.name, _acting_post(one, namer, made)))
                made.add("presented_by", event.agent_at)
            made.presenter_office = own
        elif state and not official:
            if isinstance(agent, Office):
                made.presented_by.append((None, own))
                made.add("presented_by", event.agent_at)
            else:
                made.presenting_body = named(agent, "presenting_body", event.agent_at)
        elif isinstance(agent, Office) and agent.body is not None and agent.post == "Lãnh đạo":
            made.presented_by.append((None, own))
            made.add("presented_by", event.agent_at)
        else:
            made.conferred_by = named(agent, "conferred_by", event.agent_at)
            made.presenter_office = own
    if made.conferred_by is None and event.behalf is not None and not _is_state(award):
        made.conferred_by = named(event.behalf, "conferred_by", event.behalf_at)
    if event.requested_by is not None:
        made.requested_by = named(event.requested_by, "requested_by", event.requested_at)
    for one in event.recipients:
        made.add("recipients", one.at)
        for _, name_at in one.names:
            made.add("recipients", name_at)
    if "recipients" in event.inherited:
        made.inferred["recipients"] = event.inherited["recipients"]
    return made


def _people(agent: object) -> list[Person]:
    if isinstance(agent, Person):
        return [agent]
    if isinstance(agent, list):
        return [one for one in agent if isinstance(one, Person)]
    return []


def _acting_post(person: Person, namer: Namer, made: Draft) -> str | None:
    """The posts of somebody who hands over, in full."""
    if not person.offices:
        return None
    names = []
    for office in person.offices:
        name, why = namer.office(office)
        names.append(name)
        made.add("presented_by", office.at)
        if why:
            made.inferred["presented_by"] = why
    return ", ".join(names)


def _praise(verb: str) -> str:
    if verb in ("khen", "khen nóng", "khen đột xuất", "khen thưởng đột xuất", "ngợi khen", "khen ngợi"):
        return "khen thưởng"
    return verb.replace(" và ", ", ") if verb.count(" ") > 2 else verb


def _principal(principals: list[object], award: str, namer: Namer) -> object:
    """Of two principals the one whose award it can be: the State's orders, medals and titles are the President's."""
    if len(principals) == 1:
        return principals[0]
    names = [namer.agent(p, 0)[0] or "" for p in principals]
    state = _is_state(award)
    for principal, name in zip(principals, names, strict=True):
        if name.startswith(("Chủ tịch nước", "Nhà nước")) == state:
            return principal
    return principals[0]


def merge(drafts: list[Draft], namer: Namer) -> list[Draft]:
    """One draft for each award, however many clauses tell it."""
    kept: list[Draft] = []
    drafts = _without_totals(drafts)
    for one in drafts:
        if not _joins(one, kept, namer):
            kept.append(one)
    return [one for one in kept if one.recipients or one.items]


def _without_totals(drafts: list[Draft]) -> list[Draft]:
    """Leaves out what only adds up others: a total told with its classes, or before its parts."""
    dropped: set[int] = set()
    for one in drafts:
        parts = [other for other in drafts if other.event.part_of is one.event]
        if parts:
            for other in parts:
                other.presented_by = other.presented_by or one.presented_by
            if not one.rank:
                dropped.add(id(one))
        total = sum(r.count or 0 for r in one.recipients)
        if any(r.joint for r in one.recipients):
            total = max((c.value.count or 0 for c in one.event.used if isinstance(c.value, Group)), default=0)
        later = [
            other
            for other in drafts
            if other.event.sentence == one.event.sentence and other.evidence[0] > one.evidence[1] and not other.praise
        ]
        if one.praise and one.conferred_by is None and total and sum(r.count or 0 for other in later for r in other.recipients) == total:
            dropped.add(id(one))
    kept = [one for one in drafts if id(one) not in dropped]
    prizes = [one for one in kept if one.event.award is not None and one.event.award.prize]
    giver = next((one for one in prizes if one.conferred_by is not None), None)
    if giver is not None:
        for one in prizes:
            if one.conferred_by is None and giver.evidence[0] < one.evidence[0]:
                one.conferred_by = giver.conferred_by
                one.inferred["conferred_by"] = "who gives the contest's other prizes"
    return _one_badge(kept)


def _one_badge(drafts: list[Draft]) -> list[Draft]:
    """Grades of the Party badge told in one clause are one conferral, split by years."""
    out: list[Draft] = []
    for one in drafts:
        last = out[-1] if out else None
        if (
            last is not None
            and one.award == last.award == "Huy hiệu Đảng"
            and one.rank
            and (last.rank or last.split)
            and one.event.sentence == last.event.sentence
            and one.posthumous == last.posthumous
            and len(one.recipients) == len(last.recipients) == 1
            and not one.recipients[0].names
            and one.recipients[0].count is not None
            and last.recipients[0].count is not None
        ):
            if last.split is None:
                last.split = {(last.rank or "").split()[0]: last.recipients[0].count}
                last.rank = None
                last.spans["split"] = [*last.spans.get("award_rank", []), *last.spans["recipients"]]
                last.spans.pop("award_rank", None)
            last.split[one.rank.split()[0]] = one.recipients[0].count
            last.spans["split"] += [*one.spans.get("award_rank", []), *one.spans["recipients"]]
            last.spans["recipients"] += one.spans["recipients"]
            last.recipients[0].count += one.recipients[0].count
            last.inferred["recipients"] = "the sum of the grades"
            last.evidence = (last.evidence[0], max(last.evidence[1], one.evidence[1]))
        else:
            out.append(one)
    return out


def _key(one: Draft) -> dict[str, int | None]:
    return {r.kind: r.count for r in one.recipients}


def _uncounted(one: Draft) -> bool:
    return all(r.count is None and not r.names for r in one.recipients)


def _same_award(one: Draft, other: Draft) -> bool:
    if one.rank and other.rank and one.rank != other.rank:
        return False
    if one.award == other.award:
        return True
    short, long = sorted((one.award.lower(), other.award.lower()), key=len)
    return long.startswith(short) and short in (
        "huân chương",
        "huy chương",
        "kỷ niệm chương",
        "huy hiệu",
        "cờ",
        "danh hiệu",
        "giải thưởng",
        "cờ thi đua",
        "giải",
        "huy hiệu đảng",
    )


def _agents_agree(one: Draft, other: Draft) -> bool:
    if one.conferred_by is None or other.conferred_by is None:
        return True
    return one.conferred_by == other.conferred_by or one.conferred_by in other.conferred_by or other.conferred_by in one.conferred_by


def _take(into: Draft, other: Draft) -> None:
    """What another clause adds to what is known."""
    if into.praise and not other.praise:
        into.award, into.rank, into.praise = other.award, other.rank, False
        into.spans["award"] = []
    for slot in ("award", "presented_by", "presenting_body", "on_behalf_of"):
        for at in other.spans.get(slot, []):
            into.add(slot, at)
        if slot in other.inferred and slot not in into.inferred and slot != "award":
            into.inferred[slot] = other.inferred[slot]
    if len(other.award) > len(into.award) and _same_award(into, other):
        into.award = other.award
    into.rank = into.rank or other.rank
    if into.rank and "award_rank" in other.spans:
        into.spans.setdefault("award_rank", []).extend(at for at in other.spans["award_rank"] if at not in into.spans.get("award_rank", []))
    if into.conferred_by is None and other.conferred_by is not None:
        into.conferred_by = other.conferred_by
        for at in other.spans.get("conferred_by", []):
            into.add("conferred_by", at)
        if "conferred_by" in other.inferred:
            into.inferred["conferred_by"] = other.inferred["conferred_by"]
    for person in other.presented_by:
        if person not in into.presented_by:
            into.presented_by.append(person)
    into.presenting_body = into.presenting_body or other.presenting_body
    if into.on_behalf_of is None and other.on_behalf_of is not None:
        into.on_behalf_of = other.on_behalf_of
    into.amount = into.amount or other.amount
    for at in other.spans.get("amount", []):
        into.add("amount", at)


def _joins(one: Draft, kept: list[Draft], namer: Namer) -> bool:
    """Whether a clause tells an award that is known: then it is joined to it."""
    for other in reversed(kept):
        gives_form = (
            (one.praise or other.praise)
            and one.caption != other.caption
            and (one.presenter_office is not None or other.presenter_office is not None)
        )
        if not (_same_award(one, other) or (gives_form and _institution(one, other))):
            continue
        if one.posthumous != other.posthumous:
            continue
        if (
            not _agents_agree(one, other)
            and not (gives_form and _institution(one, other))
            and not (one.caption and _institution(one, other))
        ):
            continue
        if one.caption and not other.caption:
            if not one.recipients or _uncounted(one):
                _join_caption(other, one)
                return True
            if _key(one) == _key(other):
                _take(other, one)
                return True
            continue
        if other.caption and not one.caption and (not other.recipients or _uncounted(other)):
            if _institution(one, other) or one.conferred_by == other.conferred_by or other.conferred_by is None:
                # the caption stood first: the body's own words lead
                other.recipients, other.evidence, other.caption = one.recipients, one.evidence, False
                conferred, spans = other.conferred_by, other.spans.get("conferred_by", [])
                if one.conferred_by is not None:
                    other.conferred_by = one.conferred_by
                    other.spans["conferred_by"] = one.spans.get("conferred_by", []) or spans
                    other.inferred.pop("conferred_by", None)
                    if "conferred_by" in one.inferred:
                        other.inferred["conferred_by"] = one.inferred["conferred_by"]
                else:
                    other.conferred_by = conferred
                other.spans["recipients"] = one.spans.get("recipients", [])
                event = other.event
                other.event = one.event
                _take(other, one)
                return True
            continue
        if one.items and other.items:
            continue
        if one.recipients and other.recipients and not _uncounted(one) and _key(one) == _key(other) and _uncounted(other) is False:
            same_names = [n for r in one.recipients for n, _ in r.names]
            if not same_names or one.conferred_by == other.conferred_by:
                if one.conferred_by == other.conferred_by or one.conferred_by is None or other.conferred_by is None:
                    if one.event.sentence != other.event.sentence:
                        _take(other, one)
                        if same_names:
                            other.recipients = one.recipients
                        return True
        if (
            one.event.sentence != other.event.sentence
            and _uncounted(one)
            and other.recipients
            and one.recipients
            and set(_key(one)) <= set(_key(other))
        ):
            _take(other, one)
            return True
        # names of those counted before: "trao huân chương cho ông A, bà B cùng 12 cá nhân khác"
        if one.recipients and all(r.names for r in one.recipients) and other.items and _names_prize(one, other):
            return True
        if one.event.sentence != other.event.sentence and one.recipients and other.recipients and all(r.names for r in one.recipients):
            total = {r.kind: r.count for r in other.recipients}
            if all(
                r.kind in total and total[r.kind] is not None and not o_names(other, r.kind) and (r.count or 0) <= (total[r.kind] or 0)
                for r in one.recipients
            ):
                if one.award.lower() in ("huân chương", "huy chương", "danh hiệu") or one.conferred_by is None:
                    for r in one.recipients:
                        for o in other.recipients:
                            if o.kind == r.kind:
                                o.names = r.names
                                other.add("recipients", r.at)
                                for _, name_at in r.names:
                                    other.add("recipients", name_at)
                    _take(other, one)
                    return True
    return False


def o_names(one: Draft, kind: str) -> bool:
    """Whether a draft names recipients of a kind."""
    return any(r.names for r in one.recipients if r.kind == kind)


def _names_prize(one: Draft, other: Draft) -> bool:
    """Names of some who got a prize that was counted as a thing."""
    if one.award != other.award:
        return False
    for r in one.recipients:
        other.recipients.append(Recipient(r.kind, None, "exact", r.names, r.at))
        other.add("recipients", r.at)
        for _, name_at in r.names:
            other.add("recipients", name_at)
    return True


def _institution(one: Draft, other: Draft) -> bool:
    """Whether one is by a post of the body that the other is by."""
    names = [
        (d.conferred_by or d.presenter_office or (d.presented_by[0][1] if d.presented_by else None) or d.presenting_body or "")
        for d in (one, other)
    ]
    if not all(names):
        return False
    short, long = sorted(names, key=len)
    bare = long.removeprefix("Trưởng ").removeprefix("Phó ").removeprefix("Trưởng ")
    return short in long or bare in short or short.removeprefix("Ban Thường vụ ") in long


def _join_caption(into: Draft, caption: Draft) -> None:
    _take(into, caption)


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
    event = one.event
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
        "historical": event.formerly,
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
