"""Walks through a fact sheet: which slot holds which kind of name, and what tells its time."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from thidua.extraction.bodies import is_body, resolve_body
from thidua.extraction.naming import normal
from thidua.extraction.places import COUNTRY, parsed, place_at_end, resolve_place
from thidua.extraction.posts import chain_of_posts, joined, read_post, resolve_post
from thidua.extraction.resolving import Entry, Link, Moment, Work, days
from thidua.extraction.things import period_words, resolve_campaign, resolve_occasion, resolve_period, resolve_person
from thidua.extraction.titles import award_types, resolve_document
from thidua.terms import PREFIXES


@dataclass
class Linked:
    """A sheet's names resolved.

    Attributes:
        links: every name looked up, in the order of the sheet.
        nodes: the IRIs that a slot (JSON pointer) came to.
        entries: new entries of the registry, by IRI.
        printed: slots whose value has no concept of its own, and the concept above it stands for it.
    """

    links: tuple[Link, ...] = ()
    nodes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    printed: set[str] = field(default_factory=set)

    def node(self, slot: str) -> str | None:
        """The first IRI that a slot came to."""
        return next(iter(self.nodes.get(slot, ())), None)

    def main(self, slot: str) -> Link | None:
        """The link of the slot's whole value, after those of its parts."""
        return next((one for one in reversed(self.links) if one.slot == slot), None)


def of_periods(periods: list[str | None]) -> Moment:
    """Awards for a period are given in its last year or the year after."""
    years = [match[0] for one in periods if one and (match := re.findall(r"\d{4}", one)[-1:])]
    return Moment(f"{min(years)}-01-01", f"{int(max(years)) + 1}-12-31", "period") if years else Moment()


def _own(work: Work, base: Moment, date: str | None, period: str | None = None, historical: bool = False) -> Moment:
    """The moment of one item: its own date, else its period where the text itself is not dated by day, else the text's."""
    if (known := days(date)) is not None:
        return Moment(*known, "date")
    if historical or (base.basis not in ("published", "date") and period):
        own = of_periods([period])
        return own if own.basis != "no-date" and base.basis != "districts" else Moment() if historical else base
    return base


def _agent(work: Work, found: Linked, slot: str, words: str | None, moment: Moment) -> None:
    """A body or a post, whichever the words name."""
    if not words:
        return
    registry = work.registry
    if registry.named(words, "Post") or (read_post(registry, words) is not None and not registry.named(words, "Body")):
        _keep(found, slot, resolve_post(work, slot, words, moment))
    elif parsed(words) is not None:
        _keep(found, slot, resolve_place(work, slot, words, moment))
    else:
        _keep(found, slot, resolve_body(work, slot, words, moment))


def _keep(found: Linked, slot: str, *nodes: str | None) -> None:
    found.nodes[slot] = (
        *found.nodes.get(slot, ()),
        *(node for node in nodes if node is not None and node not in found.nodes.get(slot, ())),
    )


def _posts(work: Work, found: Linked, base: Moment) -> None:
    """Posts first: they tell people apart."""
    given: dict[str, list[str]] = {}
    printed: list[tuple[str, str, str]] = []
    for number, held in enumerate(work.sheet["posts"]):
        slot, former = f"/posts/{number}/post", normal(held["post"]).startswith("nguyên ")
        words = joined(held["post"].split(" ", 1)[1] if former else held["post"], held["body"])
        _keep(found, slot, resolve_post(work, slot, words, Moment() if former else base))
        given.setdefault(normal(held["person"]), []).extend(found.nodes[slot])
        printed.append((f"/posts/{number}/person", held["person"], slot))
    for number, award in enumerate(work.sheet["awards"]):
        moment = _own(work, base, award["date"], award["period"], award["historical"])
        for place, presenter in enumerate(award["presented_by"]):
            slot = f"/awards/{number}/presented_by/{place}/post"
            for words in chain_of_posts(work.registry, presenter["post"] or ""):
                if words and not normal(words).startswith("nguyên "):
                    _keep(found, slot, resolve_post(work, slot, words, moment))
            if presenter["name"]:
                given.setdefault(normal(presenter["name"]), []).extend(found.nodes.get(slot, ()))
                printed.append((f"/awards/{number}/presented_by/{place}/name", presenter["name"], slot))
    for slot, name, _ in printed:
        posts = sorted(dict.fromkeys(given[normal(name)]), key=lambda post: _said(work, post, "headOf") is None)
        _keep(found, slot, resolve_person(work, slot, name, posts))


def _awards(work: Work, found: Linked, base: Moment) -> None:
    for number, award in enumerate(work.sheet["awards"]):
        at, moment = f"/awards/{number}", _own(work, base, award["date"], award["period"], award["historical"])
        for name in ("conferred_by", "on_behalf_of", "presenting_body", "requested_by"):
            _agent(work, found, f"{at}/{name}", award[name], moment)
        types, exact = award_types(work, f"{at}/award", award["award"], award["award_rank"])
        _keep(found, f"{at}/award", *types)
        if not exact:
            found.printed.add(f"{at}/award")
        for place, group in enumerate(award["recipients"]):
            for which, name in enumerate(group["names"]):
                slot = f"{at}/recipients/{place}/names/{which}"
                if group["kind"] in ("individual", "household"):
                    _keep(found, slot, resolve_person(work, slot, name, []))
                elif group["kind"] != "model":
                    _agent(work, found, slot, name, moment)
        _period(work, found, f"{at}/period", award["period"])
        if award["campaign"]:
            scope = _scope(work, found.node(f"{at}/on_behalf_of") or found.node(f"{at}/conferred_by"))
            period = _period_of(work, award["campaign"], award["period"])
            node = resolve_campaign(work, f"{at}/campaign", award["campaign"], period, scope, _kind(work, award["campaign"]))
            _keep(found, f"{at}/campaign", node)
        if award["occasion"] and _gathering(work, award["occasion"]) is None:
            _keep(found, f"{at}/occasion", resolve_occasion(work, f"{at}/occasion", award["occasion"]))
        if award["decision"]:
            issuer = _issuer(work, found, award["decision"], moment)
            _keep(
                found, f"{at}/decision", resolve_document(work, f"{at}/decision", award["decision"], None, issuer, award["decision_date"])
            )


def _period_of(work: Work, campaign: str, period: str | None) -> str | None:
    """The period of a campaign that an award is for: the one the sheet tells of the campaign, where it takes in the award's."""
    for one in work.sheet["campaigns"]:
        own = one["period"] or (f"{one['start'] or ''}/{one['end'] or ''}" if one["start"] or one["end"] else None)
        if normal(one["name"]) == normal(campaign) and own:
            known, given = period_words(own), period_words(period) if period else ("", None, None)
            if period is None or ((known[1] or "") <= (given[1] or "") and (given[2] or "9") <= (known[2] or "9")):
                return own
    return period


def _gathering(work: Work, words: str) -> int | None:
    """The number of the sheet's gathering that an occasion names."""
    fitting = [number for number, one in enumerate(work.sheet["gatherings"]) if normal(one["name"]) == normal(words)]
    return fitting[0] if len(fitting) == 1 else None


def _kind(work: Work, campaign: str) -> str | None:
    """The kind of a campaign that the sheet tells elsewhere."""
    return next((one["kind"] for one in work.sheet["campaigns"] if normal(one["name"]) == normal(campaign)), None)


def _period(work: Work, found: Linked, slot: str, words: str | None) -> None:
    if words:
        _keep(found, slot, resolve_period(work, slot, words))


def _scope(work: Work, agent: str | None) -> str | None:
    """The scope of a campaign whose launcher or awarder this is: its place, the whole country for a central one, a sector itself."""
    registry = work.registry
    if agent is None:
        return None
    if agent.startswith(PREFIXES["post"]):
        agent = _said(work, agent, "postIn") or agent
    if agent.startswith(PREFIXES["place"]) or "Sector" in _classes(work, agent):
        return agent
    jurisdiction = _said(work, agent, "jurisdiction")
    type = registry.entities.get(_said(work, agent, "classification") or "")
    central = type is not None and type.said.get("level") == ("central",)
    name = registry.entities[agent].name if agent in registry.entities else ""
    national = any(
        f" {normal(word)} " in f" {normal(name or _said(work, agent, 'prefLabel') or '')} " for word in registry.words["national"]["words"]
    )
    return jurisdiction or work.places.get(agent) or (COUNTRY if central or national else None)


def _said(work: Work, iri: str, property: str) -> str | None:
    if iri in work.registry.entities:
        return work.registry.entities[iri].one(property)
    made = work.entries.get(iri)
    return next((value.value for one, value in made.statements if re.split("[#/]", one.value)[-1] == property), None) if made else None


def _classes(work: Work, iri: str) -> set[str]:
    if iri in work.registry.entities:
        return set(work.registry.entities[iri].classes)
    made = work.entries.get(iri)
    return {value.value.rsplit("#", 1)[-1] for one, value in made.statements if one.value.endswith("#type")} if made else set()


def _issuer(work: Work, found: Linked, number: str | None, moment: Moment) -> str | None:
    """The body or post that the sheet tells as issuer of the document of that number."""
    for place, one in enumerate(work.sheet["documents"]):
        if one["issuer"] and one["number"] and number and normal(one["number"]) == normal(number):
            slot = f"/documents/{place}/issuer"
            if slot not in found.nodes:
                _agent(work, found, slot, one["issuer"], moment)
            return found.node(slot)
    return None


def _proposals(work: Work, found: Linked, base: Moment) -> None:
    for number, one in enumerate(work.sheet["not_awards"]):
        if one["award"] and one["why"] in ("proposed", "planned", "agreed_by_council", "negated", "eligible"):
            _award_of(work, found, f"/not_awards/{number}/award", one["award"], base)
    for number, eligible in enumerate(work.sheet["eligibility"]):
        _award_of(work, found, f"/eligibility/{number}/award", eligible["award"], base)
        slot, words = f"/eligibility/{number}/conferred_by", eligible["conferred_by"]
        if words and (offices := _offices(work, words)):
            _keep(found, slot, *offices)
        elif words and not re.search(r"[;]|(?<!\w)các(?!\w)", words):
            _agent(work, found, slot, words, base)
        if eligible["campaign"]:
            _keep(
                found,
                f"/eligibility/{number}/campaign",
                _campaign_named(work, found, f"/eligibility/{number}/campaign", eligible["campaign"]),
            )


def _award_of(work: Work, found: Linked, slot: str, award: str, moment: Moment) -> None:
    """An award as printed, and the awarder in "Bằng khen của …"."""
    types, exact = award_types(work, slot, award, None)
    _keep(found, slot, *types)
    if not exact:
        found.printed.add(slot)
    whose = re.split(r"\s+của\s+", award, maxsplit=1)[1:] if "“" not in award else []
    if whose and (read_post(work.registry, whose[0]) is not None or is_body(work.registry, whose[0])):
        _agent(work, found, f"{slot}#của", whose[0], moment)


def _offices(work: Work, words: str) -> list[str]:
    """The offices that words name as a class ("Giám đốc sở; Chủ tịch Ủy ban nhân dân cấp xã"), where all of them are known."""
    registry, result = work.registry, []
    for piece in re.split(r"\s*;\s*", words):
        named = registry.named(piece, "PostType") or registry.named(piece.replace("Ủy ban nhân dân", "UBND"), "PostType")
        if len(named) != 1:
            return []
        result.append(named[0].iri)
    return result


def _campaign_named(work: Work, found: Linked, slot: str, name: str) -> str | None:
    """The campaign that another item of the sheet told of, by its name; else one by name alone."""
    sheet = work.sheet
    told = [(f"/launches/{number}/campaign", one["campaign"]) for number, one in enumerate(sheet["launches"])]
    told += [(f"/campaigns/{number}/name", one["name"]) for number, one in enumerate(sheet["campaigns"])]
    told += [(f"/awards/{number}/campaign", one["campaign"] or "") for number, one in enumerate(sheet["awards"])]
    known = next((found.node(pointer) for pointer, own in told if normal(own) == normal(name) and found.node(pointer)), None)
    return known or resolve_campaign(work, slot, name, None, None, _kind(work, name))


def _campaigns(work: Work, found: Linked, base: Moment) -> None:
    for number, one in enumerate(work.sheet["campaigns"]):
        at = f"/campaigns/{number}"
        moment = _own(work, base, one["start"], None)
        _agent(work, found, f"{at}/launched_by", one["launched_by"], moment)
        span = f"{one['start'] or ''}/{one['end'] or ''}" if one["start"] or one["end"] else None
        period = one["period"] or span
        _period(work, found, f"{at}/period", period)
        scope = _scope(work, found.node(f"{at}/launched_by")) or _awarded_in(work, found, one["name"], period)
        node = _same_award_campaign(work, found, one["name"], period) or resolve_campaign(
            work, f"{at}/name", one["name"], period, scope, one["kind"]
        )
        _keep(found, f"{at}/name", node)
    for number, launch in enumerate(work.sheet["launches"]):
        at, moment = f"/launches/{number}", _own(work, base, launch["date"])
        _agent(work, found, f"{at}/launched_by", launch["launched_by"], moment)
        known = next(
            (
                found.node(f"/campaigns/{place}/name")
                for place, one in enumerate(work.sheet["campaigns"])
                if normal(one["name"]) == normal(launch["campaign"])
            ),
            None,
        )
        scope = _scope(work, found.node(f"{at}/launched_by"))
        _keep(
            found,
            f"{at}/campaign",
            known or resolve_campaign(work, f"{at}/campaign", launch["campaign"], None, scope, _kind(work, launch["campaign"])),
        )
        if launch["document"]:
            issuer = _issuer(work, found, launch["document"], moment)
            number_or_name: dict[str, Any] = (
                {"number": launch["document"], "name": None}
                if re.search(r"\d", launch["document"])
                else {"number": None, "name": launch["document"]}
            )
            _keep(found, f"{at}/document", resolve_document(work, f"{at}/document", issuer=issuer, date=None, **number_or_name))


def _same_award_campaign(work: Work, found: Linked, name: str, period: str | None) -> str | None:
    """The campaign that an award of the sheet is for, where name and period are the same: of several the one with a scope of its own."""
    nodes = [
        found.node(f"/awards/{number}/campaign")
        for number, award in enumerate(work.sheet["awards"])
        if award["campaign"] and normal(award["campaign"]) == normal(name) and _period_of(work, name, award["period"]) == period
    ]
    return min(filter(None, nodes), key=lambda node: _said(work, node, "scope") in (None, COUNTRY), default=None)


def _awarded_in(work: Work, found: Linked, name: str, period: str | None) -> str | None:
    """The scope that the awards for a campaign of that name tell, where they tell one."""
    scopes = {
        _scope(work, found.node(f"/awards/{number}/on_behalf_of") or found.node(f"/awards/{number}/conferred_by"))
        for number, award in enumerate(work.sheet["awards"])
        if award["campaign"] and normal(award["campaign"]) == normal(name) and period in (None, _period_of(work, name, award["period"]))
    }
    return next(iter(scopes)) if len(scopes) == 1 else None


def _others(work: Work, found: Linked, base: Moment) -> None:
    for number, figure in enumerate(work.sheet["figures"]):
        at = f"/figures/{number}"
        if figure["scope"]:
            _place_or_body(work, found, f"{at}/scope", figure["scope"], base)
        _period(work, found, f"{at}/period", figure["period"])
    for number, target in enumerate(work.sheet["targets"]):
        if target["campaign"]:
            slot = f"/targets/{number}/campaign"
            _keep(found, slot, _campaign_named(work, found, slot, target["campaign"]))
    for number, gathering in enumerate(work.sheet["gatherings"]):
        at, moment = f"/gatherings/{number}", _own(work, base, gathering["date"])
        _agent(work, found, f"{at}/organised_by", gathering["organised_by"], moment)
        if gathering["place"]:
            _place_or_body(work, found, f"{at}/place", gathering["place"], moment)
    for number, document in enumerate(work.sheet["documents"]):
        at = f"/documents/{number}"
        if document["issuer"] and f"{at}/issuer" not in found.nodes:
            _agent(work, found, f"{at}/issuer", document["issuer"], _own(work, base, document["date"]))
        node = resolve_document(work, f"{at}/number", document["number"], document["name"], found.node(f"{at}/issuer"), document["date"])
        _keep(found, f"{at}/number", node)
    publisher = work.sheet["source"].get("publisher")
    if publisher and work.registry.named(publisher, "Body"):
        _keep(found, "/source/publisher", resolve_body(work, "/source/publisher", publisher, base))


def _place_or_body(work: Work, found: Linked, slot: str, words: str, moment: Moment) -> None:
    """A scope or a venue: a place where the words are one or end with one, a body where they read like one."""
    if parsed(words) is not None or normal(words) in ("cả nước", "toàn quốc") or not is_body(work.registry, words):
        _keep(found, slot, resolve_place(work, slot, words, moment))
    elif slot.endswith("/place"):
        ending = place_at_end(words)
        if ending is not None:
            _keep(found, slot, resolve_place(work, slot, ending[1], moment))
    else:
        _keep(found, slot, resolve_body(work, slot, words, moment))


# In the order in which one needs what another found: people need posts, campaigns need awarders.
WALKS = (_posts, _awards, _proposals, _campaigns, _others)
