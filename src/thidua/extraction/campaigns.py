"""Campaigns, launches, targets, gatherings, documents and figures of a sheet as nodes."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from thidua.extraction.facts import BOUNDS, Facts, add_date, decimal, en, in_order, note, same, vi
from thidua.extraction.sheet import Item, Target
from thidua.extraction.writing import Block
from thidua.terms import td

_ONLY_LAUNCH = (
    "The text tells of one launch only: its targets are that one's.",
    "Bài chỉ nêu một lần phát động: chỉ tiêu là của lần đó.",
)
_AGENTS = ("/id/body/", "/id/post/")


def gathering_blocks(facts: Facts) -> list[Block]:
    """The gatherings; their names are kept in Vietnamese in both languages, since nobody translated them."""
    blocks = []
    for number, (place, one) in enumerate(in_order(facts.sheet["gatherings"]), start=1):
        at = f"/gatherings/{place}"
        block = Block(facts.iri("gathering", number))
        block.add("a", td("Gathering"))
        block.add("skos:prefLabel", vi(one["name"]), en(one["name"]))
        _agent(facts, block, f"{at}/organised_by", "td:organiser", one["organised_by"], ("Đơn vị tổ chức", "Organiser"))
        add_date(block, one["date"])
        where = facts.node(f"{at}/place")
        block.add("td:place", where)
        if one["place"] and where is None:
            note(block, f"Địa điểm như in: {one['place']}", f"Venue as printed: {one['place']}")
        block.add("td:evidence", *facts.evidence(one, at))
        facts.inferred(block, one, at)
        blocks.append(block)
    return blocks


def _agent(facts: Facts, block: Block, slot: str, property: str, words: str | None, title: tuple[str, str]) -> None:
    node = facts.node(slot)
    if node is not None and any(kind in node.value for kind in _AGENTS):
        block.add(property, node)
    elif words:
        note(block, f"{title[0]} như in: {words}", f"{title[1]}, as printed: {words}")


def campaign_blocks(facts: Facts) -> list[Block]:
    """What is said of campaigns, their launches, and the targets that launches set."""
    campaigns: dict[str, Block] = {}
    launches: dict[str, Block] = {}
    for place, one in in_order(facts.sheet["campaigns"]):
        at = f"/campaigns/{place}"
        node = facts.node(f"{at}/name")
        if node is None:
            continue
        block = campaigns.setdefault(node.value, Block(node.value))
        block.add("td:inPeriod", facts.node(f"{at}/period"))
        block.add("td:evidence", *facts.evidence(one, at))
        facts.inferred(block, one, at)
        elsewhere = any(facts.names.node(f"/launches/{number}/campaign") == node.value for number, _ in enumerate(facts.sheet["launches"]))
        if (one["launched_by"] or one["theme"]) and not elsewhere:
            launch = _launch(facts, launches, node, one, at)
            _agent(facts, launch, f"{at}/launched_by", "td:launchedBy", one["launched_by"], ("Bên phát động", "Launched by"))
            _theme(launch, one["theme"])
            facts.inferred(launch, one, at)
        elif one["theme"]:
            _theme(block, one["theme"])
    for place, told in in_order(facts.sheet["launches"]):
        at = f"/launches/{place}"
        node = facts.node(f"{at}/campaign")
        if node is None:
            continue
        launch = _launch(facts, launches, node, told, at)
        _agent(facts, launch, f"{at}/launched_by", "td:launchedBy", told["launched_by"], ("Bên phát động", "Launched by"))
        add_date(launch, told["date"] if ("td:date" not in {property for property, _ in launch.statements}) else None)
        _theme(launch, told["theme"])
        launch.add("td:underDocument", facts.node(f"{at}/document"))
        facts.inferred(launch, told, at)
    told_targets = enumerate(in_order(facts.sheet["targets"]), start=1)
    targets = [_target(facts, launches, number, place, one) for number, (place, one) in told_targets]
    return [*campaigns.values(), *launches.values(), *(block for block in targets if block is not None)]


def _launch(facts: Facts, launches: dict[str, Block], campaign: NamedNode, item: Item, at: str) -> Block:
    """The launch of a campaign: one for each campaign, however often it is told."""
    if campaign.value not in launches:
        block = launches[campaign.value] = Block(facts.iri("launch", len(launches) + 1))
        block.add("a", td("Launch"))
        block.add("td:launches", campaign)
    launches[campaign.value].add("td:evidence", *facts.evidence(item, at))
    return launches[campaign.value]


def _theme(block: Block, theme: str | None) -> None:
    """The theme; a second one that differs is a remark, for a launch has one in a language."""
    if theme and not any(property == "td:theme" for property, _ in block.statements):
        block.add("td:theme", vi(theme))
    elif theme and ("td:theme", vi(theme)) not in block.statements:
        note(block, f"Chủ đề cũng được ghi: {theme}", f"Theme also told: {theme}")


def _target(facts: Facts, launches: dict[str, Block], number: int, place: int, one: Target) -> Block | None:
    """A target, set by the launch of its campaign or the text's only launch; without any, a remark on the source."""
    at = f"/targets/{place}"
    block = Block(facts.iri("target", number))
    percent = one["unit"].strip().startswith("%")
    measure = one["unit"].strip().removeprefix("%").strip() or one["unit"].strip()
    block.add("a", td("Target"))
    block.add("td:measure", vi(measure))
    block.add("td:comparator", Literal(one["comparator"]))
    block.add("td:value", decimal(one["value"]))
    block.add("td:unit", vi("%" if percent else measure))
    if one["per"]:
        block.add("td:per", vi(one["per"]))
    block.add("td:evidence", *facts.evidence(one, at))
    campaign = facts.node(f"{at}/campaign")
    if campaign is not None:
        launch = launches.get(campaign.value) or _launch(facts, launches, campaign, one, at)
        launch.add("td:hasTarget", NamedNode(block.subject))
    elif len(launches) == 1:
        launch = next(iter(launches.values()))
        launch.add("td:hasTarget", NamedNode(block.subject))
        facts.infer(launch.subject, "td:hasTarget", NamedNode(block.subject), facts.evidence(one, at), _ONLY_LAUNCH, "low")
    else:
        words = f"{one['comparator']} {one['value']} {one['unit']}" + (f" / {one['per']}" if one["per"] else "")
        note(facts.source, f"Chỉ tiêu không rõ của phong trào nào: {words}", f"Target of no campaign told: {words}")
        return None
    facts.inferred(block, one, at)
    return block


def document_blocks(facts: Facts) -> list[Block]:
    """The documents cited: by the source, and by the campaign that the sheet tells they are cited for."""
    blocks: dict[str, Block] = {}
    for place, one in in_order(facts.sheet["documents"]):
        at = f"/documents/{place}"
        node = facts.node(f"{at}/number")
        if node is None:
            continue
        block = blocks.setdefault(node.value, Block(node.value))
        block.add("td:evidence", *facts.evidence(one, at))
        facts.source.add("td:cites", node)
        facts.source.add("td:evidence", *facts.evidence(one, at, "number", "name"))
        if one["cited_for"]:
            meant = [number for number, other in enumerate(facts.sheet["campaigns"]) if same(other["name"], one["cited_for"])]
            campaign = facts.node(f"/campaigns/{meant[0]}/name") if meant else None
            if campaign is not None:
                cited = blocks.setdefault(campaign.value, Block(campaign.value))
                cited.add("td:cites", node)
                cited.add("td:evidence", *facts.evidence(one, at))
            else:
                note(block, f"Nêu để: {one['cited_for']}", f"Cited for: {one['cited_for']}")
    return list(blocks.values())


def figure_blocks(facts: Facts) -> list[Block]:
    """The figures; which of them are parts of others the sheet does not tell."""
    blocks = []
    for number, (place, one) in enumerate(in_order(facts.sheet["figures"]), start=1):
        at = f"/figures/{place}"
        block = Block(facts.iri("figure", number))
        block.add("a", td("Figure"))
        block.add("td:measure", vi(one["what"]))
        block.add("td:value", decimal(one["value"]))
        block.add("td:countBound", Literal(BOUNDS.get(one["qualifier"], "unknown")))
        if one["unit"]:
            block.add("td:unit", vi(one["unit"]))
        scope = facts.node(f"{at}/scope")
        block.add("td:scope", scope if scope is None or "/id/post/" not in scope.value else None)
        if one["scope"] and (scope is None or "/id/post/" in scope.value):
            note(block, f"Phạm vi như in: {one['scope']}", f"Scope as printed: {one['scope']}")
        block.add("td:inPeriod", facts.node(f"{at}/period"))
        block.add("td:evidence", *facts.evidence(one, at))
        facts.inferred(block, one, at)
        blocks.append(block)
    return blocks
