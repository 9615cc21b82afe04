"""Award events, proposals, eligibilities and tenures of a sheet as nodes."""

from __future__ import annotations

import re
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from thidua.extraction.facts import (
    STAGES,
    Facts,
    add_date,
    date_term,
    decimal,
    groups,
    in_order,
    note,
    same,
    vi,
)
from thidua.extraction.naming import normal
from thidua.extraction.sheet import Award, Item
from thidua.extraction.writing import Block
from thidua.terms import PREFIXES, td

_UNITS = {"đồng": 1, "nghìn": 1000, "ngàn": 1000, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_MEMBERS = ("/id/body/", "/id/post/")


def award_blocks(facts: Facts) -> list[Block]:
    """The award events with their groups, each event before its groups."""
    blocks: list[Block] = []
    count = 0
    for number, (place, award) in enumerate(in_order(facts.sheet["awards"]), start=1):
        event = Block(facts.iri("award", number))
        at = f"/awards/{place}"
        event.add("a", td("AwardEvent"))
        _agents(facts, event, award, at)
        event.add("td:awardType", *facts.nodes(f"{at}/award"))
        if f"{at}/award" in facts.names.printed:
            title = " ".join(filter(None, (award["award"], award["award_rank"])))
            note(event, f"Tên phần thưởng như in: {title}", f"Award as printed: {title}")
        own = groups(facts, award, at, count + 1)
        count += len(own)
        event.add("td:recipientGroup", *(NamedNode(group.subject) for group in own))
        if award["split"] and len(own) <= len(award["recipients"]):
            parts = "; ".join(f"{key}: {value}" for key, value in award["split"].items())
            note(event, f"Chia theo hạng: {parts}", f"By class: {parts}")
        _values(facts, event, award, at)
        event.add("td:status", Literal("conferred"))
        event.add("td:evidence", *facts.evidence(award, at))
        facts.inferred(event, award, at)
        _by_delegation(facts, event, award, at)
        blocks += [event, *own]
    return blocks


def _agents(facts: Facts, event: Block, award: Award, at: str) -> None:
    """Who gave, for whom, by whose hand, at whose request."""
    awarder = facts.node(f"{at}/conferred_by")
    principal = facts.node(f"{at}/on_behalf_of")
    if awarder is not None and awarder.value.startswith(PREFIXES["place"]):
        event.add("td:place", awarder)
        event.add("td:awarderLevel", _level_of(facts, awarder.value))
        note(event, f"Bên tặng như in: {award['conferred_by']}", f"Awarder as printed: {award['conferred_by']}")
    elif awarder is not None:
        event.add("td:awardedBy", awarder)
    elif award["conferred_by"]:
        note(event, f"Bên tặng như in: {award['conferred_by']}", f"Awarder as printed: {award['conferred_by']}")
    if principal is not None and principal.value.startswith(tuple(f"https://w3id.org/thidua{one}" for one in _MEMBERS)):
        event.add("td:awardedBy", principal if awarder is None else None)
        event.add("td:onBehalfOf", principal)
    elif award["on_behalf_of"]:
        note(event, f"Trao theo ủy quyền của: {award['on_behalf_of']}", f"Handed over on behalf of: {award['on_behalf_of']}")
    for place, presenter in enumerate(award["presented_by"]):
        slot = f"{at}/presented_by/{place}"
        who = [node] if (node := facts.node(f"{slot}/name")) else [] if presenter["name"] else facts.nodes(f"{slot}/post")
        event.add("td:presentedBy", *who)
        if not who:
            words = " – ".join(filter(None, (presenter["name"], presenter["post"])))
            note(event, f"Người trao như in: {words}", f"Presenter as printed: {words}")
        elif presenter["name"] and presenter["post"] and not facts.nodes(f"{slot}/post"):
            note(event, f"Chức vụ người trao như in: {presenter['post']}", f"Presenter's post as printed: {presenter['post']}")
    _agent(facts, event, f"{at}/presenting_body", "td:presentedBy", award["presenting_body"], ("Đơn vị trao", "Presenting body"), _MEMBERS)
    _agent(facts, event, f"{at}/requested_by", "td:requestedBy", award["requested_by"], ("Bên đề nghị", "Requested by"), ("/id/body/",))


def _agent(facts: Facts, block: Block, slot: str, property: str, words: str | None, title: tuple[str, str], kinds: tuple[str, ...]) -> None:
    """A body or post that a property takes; else a remark with the words."""
    node = facts.node(slot)
    if node is not None and any(kind in node.value for kind in kinds):
        block.add(property, node)
    elif words:
        note(block, f"{title[0]} như in: {words}", f"{title[1]}, as printed: {words}")


def _level_of(facts: Facts, place: str) -> Literal | None:
    known = facts.registry.entities.get(place)
    if known is not None:
        return Literal(known.one("level") or "") if known.one("level") else None
    entry = facts.names.entries.get(place)
    return next((Literal(str(value.value)) for one, value in entry.statements if one == td("level")), None) if entry else None


def _values(facts: Facts, event: Block, award: Award, at: str) -> None:
    """Campaign, time, occasion, decision, reason, money and the rest."""
    event.add("td:forCampaign", facts.node(f"{at}/campaign"))
    event.add("td:inPeriod", facts.node(f"{at}/period"))
    gathering = next((place for place, one in in_order(facts.sheet["gatherings"]) if same(one["name"], award["occasion"])), None)
    if gathering is not None:
        order = [place for place, _ in in_order(facts.sheet["gatherings"])]
        event.add("td:atGathering", NamedNode(facts.iri("gathering", order.index(gathering) + 1)))
    event.add("td:forOccasion", facts.node(f"{at}/occasion"))
    add_date(event, award["date"])
    if award["date"] is None and award["date_raw"]:
        note(event, f"Thời gian như in: {award['date_raw']}", f"Time as printed: {award['date_raw']}")
    event.add("td:decision", facts.node(f"{at}/decision"))
    if award["reason"]:
        event.add("td:reason", vi(award["reason"]))
    if award["amount"]:
        money = dong(award["amount"])
        event.add("td:amount", money)
        if money is None:
            note(event, f"Tiền thưởng như in: {award['amount']}", f"Money as printed: {award['amount']}")
    if award["posthumous"]:
        event.add("td:posthumous", Literal(True))
    if award["level"]:
        level = level_code(facts, award["level"])
        event.add("td:awarderLevel", Literal(level) if level else None)
        if level is None:
            note(event, f"Cấp khen như in: {award['level']}", f"Level as printed: {award['level']}")
    if award["items"] is not None:
        event.add("td:items", Literal(award["items"]))
    if award["historical"]:
        note(event, "Việc đã qua mà bài nhắc lại.", "Of the past; the text recalls it.")


def dong(words: str) -> Literal | None:
    """An amount of money in đồng; None where the words are not one plain amount."""
    match = re.fullmatch(r"(\d[\d.,]*)\s*(đồng|nghìn|ngàn|triệu|tỷ|tỉ)?(?:\s+đồng)?(?:\s*/.*)?", normal(words))
    if match is None or (match[2] is None and "đồng" not in normal(words)):
        return None
    number = match[1].rstrip(".,")
    plain = number.replace(".", "").replace(",", "") if re.fullmatch(r"\d{1,3}([.,]\d{3})+", number) else number.replace(",", ".")
    if plain.count(".") > 1:
        return None
    value = Decimal(plain) * _UNITS[match[2] or "đồng"]
    return decimal(value) if value else None


def level_code(facts: Facts, words: str) -> str | None:
    """The code of a level as printed ("cấp huyện")."""
    plain = normal(words).removeprefix("cấp ")
    return next((str(code) for word, code in facts.registry.words["levels"].items() if normal(word) == plain), None)


def _by_delegation(facts: Facts, event: Block, award: Award, at: str) -> None:
    """Whose award it is where only the principal of the delegation is told."""
    principal = facts.node(f"{at}/on_behalf_of")
    if principal is not None and not award["conferred_by"] and ("td:awardedBy", principal) in event.statements:
        facts.infer(
            event.subject, "td:awardedBy", principal, facts.evidence(award, at, "on_behalf_of"),
            ("Handed over by delegation: the award is the principal's.", "Trao theo ủy quyền: phần thưởng là của bên ủy quyền."), "high",
        )  # fmt: skip


def proposal_blocks(facts: Facts) -> list[Block]:
    """What was proposed, agreed, planned or denied; what is neither an award nor one of these is a remark on the source."""
    blocks: list[Block] = []
    for place, one in in_order(facts.sheet["not_awards"]):
        at = f"/not_awards/{place}"
        stage = STAGES.get(one["why"])
        if stage is not None:
            block = Block(facts.iri("proposal", len(blocks) + 1))
            block.add("a", td("Proposal"))
            block.add("td:stage", Literal(stage))
            _printed_award(facts, block, f"{at}/award", one["award"])
            block.add("td:evidence", *facts.evidence(one, at))
            blocks.append(block)
        elif one["why"] != "eligible":
            award = f": {one['award']}" if one["award"] else ""
            note(facts.source, f"Có nêu nhưng không phải khen thưởng ({one['why']}){award}", f"Told, but no award ({one['why']}){award}")
    return blocks


def _printed_award(facts: Facts, block: Block, slot: str, award: str | None) -> None:
    """The award as printed, and its awarder in "Bằng khen của …"."""
    block.add("td:awardType", *facts.nodes(slot))
    whose = facts.node(f"{slot}#của")
    if whose is not None and any(kind in whose.value for kind in _MEMBERS):
        block.add("td:awardedBy", whose)
    if award and (slot in facts.names.printed or not facts.nodes(slot)):
        if level := level_code(facts, match[1]) if (match := re.search(r"\s(cấp \w+( \w+)?)$", award)) else None:
            block.add("td:awarderLevel", Literal(level))
        if whose is None and level is None:
            note(block, f"Tên phần thưởng như in: {award}", f"Award as printed: {award}")


def eligibility_blocks(facts: Facts) -> list[Block]:
    """Who may later be given what: the sheet's own list, and passages told as such that the list lacks."""
    blocks: list[Block] = []
    for place, one in in_order(facts.sheet["eligibility"]):
        at = f"/eligibility/{place}"
        block = _eligibility(facts, len(blocks) + 1, one, at, one["award"], one["group"])
        agents = facts.nodes(f"{at}/conferred_by")
        block.add("td:awarderType", *(node for node in agents if node.value.startswith(PREFIXES["pt"])))
        block.add("td:awardedBy", *(node for node in agents if any(kind in node.value for kind in _MEMBERS)))
        if one["conferred_by"] and not any(property in ("td:awarderType", "td:awardedBy") for property, _ in block.statements):
            note(block, f"Bên tặng như in: {one['conferred_by']}", f"Awarder as printed: {one['conferred_by']}")
        block.add("td:forCampaign", facts.node(f"{at}/campaign"))
        facts.inferred(block, one, at)
        blocks.append(block)
    for place, other in in_order(facts.sheet["not_awards"]):
        told = any(same(one["award"], other["award"]) or one["evidence"] == other["evidence"] for one in facts.sheet["eligibility"])
        if other["why"] == "eligible" and not told:
            blocks.append(_eligibility(facts, len(blocks) + 1, other, f"/not_awards/{place}", other["award"], None))
    return blocks


def _eligibility(facts: Facts, number: int, item: Item, at: str, award: str | None, group: str | None) -> Block:
    block = Block(facts.iri("eligibility", number))
    block.add("a", td("Eligibility"))
    _printed_award(facts, block, f"{at}/award", award)
    if group:
        block.add("td:eligibleGroup", vi(group))
    else:
        block.add("td:eligibleGroup", Literal("không nêu", language="vi"), Literal("not told", language="en"))
    block.add("td:evidence", *facts.evidence(item, at))
    return block


def tenure_blocks(facts: Facts) -> list[Block]:
    """Who held which post: told as such, or by the way of a presenter. Attested on the day of the event or of publication."""
    told: dict[tuple[str, str], tuple[Block, Item | None]] = {}
    for place, held in in_order(facts.sheet["posts"]):
        at = f"/posts/{place}"
        person, post = facts.node(f"{at}/person"), facts.node(f"{at}/post")
        if person is None or post is None:
            words = " – ".join(filter(None, (held["person"], held["post"], held["body"])))
            note(facts.source, f"Chức vụ như in: {words}", f"Post as printed: {words}")
            continue
        block = told.setdefault((person.value, post.value), (Block(""), held))[0]
        block.add("td:evidence", *facts.evidence(held, at))
        if normal(held["post"]).startswith("nguyên "):
            note(block, "Bài ghi là “nguyên”: đã thôi giữ chức.", "Told as former: no longer in office.")
    for place, award in in_order(facts.sheet["awards"]):
        for which, _ in enumerate(award["presented_by"]):
            slot = f"/awards/{place}/presented_by/{which}"
            person = facts.node(f"{slot}/name")
            for post in facts.nodes(f"{slot}/post") if person is not None else []:
                block = told.setdefault((person.value if person else "", post.value), (Block(""), None))[0]
                block.add("td:evidence", *facts.evidence(award, slot, "presented_by"))
    blocks = []
    for number, ((holder, post_iri), (block, _)) in enumerate(told.items(), start=1):
        whole = Block(facts.iri("tenure", number))
        whole.add("a", td("Tenure"))
        whole.add("td:holder", NamedNode(holder))
        whole.add("td:post", NamedNode(post_iri))
        if not any(property == "td:note" for property, _ in block.statements):
            _attested(facts, whole, holder, post_iri)
        whole.statements += block.statements
        blocks.append(whole)
    return blocks


def _attested(facts: Facts, block: Block, person: str, post: str) -> None:
    """The day on which the post was held: of the event at which the person handed something over, else of publication."""
    numbers = {place: number for number, (place, _) in enumerate(in_order(facts.sheet["awards"]), start=1)}
    for place, award in in_order(facts.sheet["awards"]):
        slots = [f"/awards/{place}/presented_by/{which}/name" for which, _ in enumerate(award["presented_by"])]
        presented = any(facts.names.node(slot) == person for slot in slots)
        day = date_term(award["date"]) if presented and not award["historical"] else None
        if day is not None:
            block.add("td:attestedOn", day)
            rule = ("Handed the award over with this post: the day of the event.", "Trao thưởng với chức vụ này: lấy ngày của sự kiện.")
            facts.infer(block.subject, "td:attestedOn", day, [NamedNode(facts.iri("award", numbers[place]))], rule)
            return
    published = date_term(facts.sheet["source"]["published"])
    if published is not None:
        block.add("td:attestedOn", published)
        rule = ("Named with the post in a text published then.", "Được nêu chức vụ trong bài đăng vào lúc đó.")
        facts.infer(block.subject, "td:attestedOn", published, [NamedNode(facts.source.subject)], rule, "low")
