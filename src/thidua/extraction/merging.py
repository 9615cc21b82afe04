"""One draft for each award, however many clauses tell it."""

from __future__ import annotations

from thidua.extraction.drafts import Draft
from thidua.extraction.events import Recipient
from thidua.extraction.names import Namer
from thidua.extraction.values import Group


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
    parts_of: dict[int, list[Draft]] = {}
    in_sentence: dict[int, list[Draft]] = {}
    for one in drafts:
        parts_of.setdefault(id(one.event.part_of), []).append(one)
        in_sentence.setdefault(one.event.sentence, []).append(one)
    for one in drafts:
        parts = parts_of.get(id(one.event), [])
        for other in parts:
            other.presented_by = other.presented_by or one.presented_by
        if parts and not one.rank:
            dropped.add(id(one))
        if not one.praise or one.conferred_by is not None:
            continue
        if _sums_up(one, drafts):
            dropped.add(id(one))
            continue
        total = sum(r.count or 0 for r in one.recipients)
        if any(r.joint for r in one.recipients):
            total = max((c.value.count or 0 for c in one.event.used if isinstance(c.value, Group)), default=0)
        later = [other for other in in_sentence[one.event.sentence] if other.evidence[0] > one.evidence[1] and not other.praise]
        if total and sum(r.count or 0 for other in later for r in other.recipients) == total:
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


def _sums_up(one: Draft, drafts: list[Draft]) -> bool:
    """Whether praise by nobody named counts all that was told before: "Như vậy, 58 tập thể và 90 cá nhân được khen thưởng"."""
    counts = _key(one)
    if len(counts) < 2 or any(count is None for count in counts.values()) or len(drafts) > _REMEMBERED:
        return False
    before = [other for other in drafts if other.event.sentence < one.event.sentence and not other.caption]
    sums = {kind: sum(r.count or 0 for other in before for r in other.recipients if r.kind == kind) for kind in counts}
    return len(before) > 1 and sums == counts


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


def _same_award(one: Draft, other: Draft, namer: Namer) -> bool:
    if one.rank and other.rank and one.rank != other.rank:
        return False
    if one.award == other.award:
        return True
    short, long = sorted((one.award.lower(), other.award.lower()), key=len)
    return long.startswith(short) and short in namer.lexicon.award_lists.kinds_alone


def _agents_agree(one: Draft, other: Draft) -> bool:
    if one.conferred_by is None or other.conferred_by is None:
        return True
    return one.conferred_by == other.conferred_by or one.conferred_by in other.conferred_by or other.conferred_by in one.conferred_by


def _take(into: Draft, other: Draft, namer: Namer) -> None:
    """What another clause adds to what is known."""
    if into.praise and not other.praise:
        into.award, into.rank, into.praise = other.award, other.rank, False
        into.spans["award"] = []
    for slot in ("award", "presented_by", "presenting_body", "on_behalf_of"):
        for at in other.spans.get(slot, []):
            into.add(slot, at)
        if slot in other.inferred and slot not in into.inferred and slot != "award":
            into.inferred[slot] = other.inferred[slot]
    if len(other.award) > len(into.award) and _same_award(into, other, namer):
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


# How many awards back a clause may tell again: bounds the time of texts that tell thousands.
_REMEMBERED = 60


def _joins(one: Draft, kept: list[Draft], namer: Namer) -> bool:
    """Whether a clause tells an award that is known: then it is joined to it."""
    for other in reversed(kept[-_REMEMBERED:]):
        if not _may_be_same(one, other, namer):
            continue
        if one.caption and not other.caption:
            if not one.recipients or _uncounted(one) or _key(one) == _key(other):
                _take(other, one, namer)
                return True
        elif other.caption and not one.caption and (not other.recipients or _uncounted(other)):
            if _institution(one, other) or one.conferred_by == other.conferred_by or other.conferred_by is None:
                _lead(one, other, namer)
                return True
        elif not (one.items and other.items) and (_retold(one, other, namer) or _names_prize(one, other) or _names_some(one, other, namer)):
            return True
    return False


def _may_be_same(one: Draft, other: Draft, namer: Namer) -> bool:
    """Whether award, manner and awarder of two drafts agree."""
    gives_form = (
        (one.praise or other.praise)
        and one.caption != other.caption
        and (one.presenter_office is not None or other.presenter_office is not None)
        and _institution(one, other)
    )
    return (
        (_same_award(one, other, namer) or gives_form)
        and one.posthumous == other.posthumous
        and (_agents_agree(one, other) or gives_form or (one.caption and _institution(one, other)))
    )


def _lead(one: Draft, other: Draft, namer: Namer) -> None:
    """Joins the body's own words to a caption that stood first: they lead."""
    other.recipients, other.evidence, other.caption = one.recipients, one.evidence, False
    if one.conferred_by is not None:
        other.conferred_by = one.conferred_by
        other.spans["conferred_by"] = one.spans.get("conferred_by", []) or other.spans.get("conferred_by", [])
        other.inferred.pop("conferred_by", None)
        if "conferred_by" in one.inferred:
            other.inferred["conferred_by"] = one.inferred["conferred_by"]
    other.spans["recipients"] = one.spans.get("recipients", [])
    other.event = one.event
    _take(other, one, namer)


def _retold(one: Draft, other: Draft, namer: Namer) -> bool:
    """Joins what another sentence tells again: of the same recipients, or of their kinds alone."""
    if one.event.sentence == other.event.sentence or not one.recipients or not other.recipients:
        return False
    if not _uncounted(one) and not _uncounted(other) and _key(one) == _key(other):
        named = any(r.names for r in one.recipients)
        same = one.conferred_by == other.conferred_by
        if same or (not named and (one.conferred_by is None or other.conferred_by is None)):
            _take(other, one, namer)
            if named:
                other.recipients = one.recipients
            return True
    if _uncounted(one) and set(_key(one)) <= set(_key(other)):
        _take(other, one, namer)
        return True
    return False


def _names_some(one: Draft, other: Draft, namer: Namer) -> bool:
    """Joins what names some of those that another sentence counted."""
    if one.event.sentence == other.event.sentence or not one.recipients or not all(r.names for r in one.recipients):
        return False
    if one.award.lower() not in namer.lexicon.award_lists.retold and one.conferred_by is not None:
        return False
    total = {r.kind: r.count for r in other.recipients}
    for r in one.recipients:
        most = total.get(r.kind)
        if most is None or _has_names(other, r.kind) or (r.count or 0) > most:
            return False
    for r in one.recipients:
        for counted in other.recipients:
            if counted.kind == r.kind:
                counted.names = r.names
                other.add_recipient(r)
    _take(other, one, namer)
    return True


def _has_names(one: Draft, kind: str) -> bool:
    """Whether a draft names recipients of a kind."""
    return any(r.names for r in one.recipients if r.kind == kind)


def _names_prize(one: Draft, other: Draft) -> bool:
    """Joins names of some who got a prize that was counted as a thing: "trao huân chương cho ông A, bà B cùng 12 cá nhân khác"."""
    if not one.recipients or not all(r.names for r in one.recipients) or not other.items or one.award != other.award:
        return False
    for r in one.recipients:
        other.recipients.append(Recipient(r.kind, None, "exact", r.names, r.at))
        other.add_recipient(r)
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
