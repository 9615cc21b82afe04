"""From names of people, campaigns, periods, occasions, documents and awards to the things: known ones, or entries of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from thidua.extraction.bodies import read_body
from thidua.extraction.naming import normal, slug, title_case
from thidua.extraction.places import COUNTRY, parsed, place_at_end
from thidua.extraction.registry import Entity, Registry
from thidua.extraction.resolving import Entry, Reason, Work, days, entry, said, spelt
from thidua.terms import ID, PREFIXES


def resolve_person(work: Work, slot: str, name: str, posts: Sequence[str]) -> str | None:
    """The IRI of a person. Name and post together tell who it is; a namesake alone is somebody else, who may be the same.

    Args:
        posts: IRIs of the posts that the text gives the person. Within one text one name is one person.
    """
    registry, key = work.registry, normal(name)
    if key in work.people and work.people[key] is not None:
        return _again(work, slot, name)
    namesakes = registry.named(name, "Person")
    bodies = {registry.entities[post].one("postIn") for post in posts if post in registry.entities}
    scored: list[tuple[Entity, float, Reason]] = []
    for person in namesakes:
        held = {held.post for held in registry.held if held.person == person.iri}
        if held & set(posts):
            scored.append((person, 0.95, ("post", registry.entities[min(held & set(posts))].name)))
        elif bodies & {registry.entities[post].one("postIn") for post in held if post in registry.entities} - {None}:
            scored.append((person, 0.75, ("body", registry.entities[min(filter(None, bodies))].name)))
    best = [one for one in scored if one[1] == max(score for _, score, _ in scored)] if scored else []
    chosen = [(best[0][0], best[0][1])] if len(best) == 1 else []
    reasons: list[Reason] = [("name", name)]
    if chosen:
        reasons.append(best[0][2])
    elif namesakes:
        reasons.append(("namesakes", str(len(namesakes))))
    others = tuple((one.iri, 0.4) for one in namesakes if not chosen or one.iri != chosen[0][0].iri)

    def new(end: str) -> Entry:
        """By name and first post; without a post nothing but the text tells who it is."""
        apart = f"--{posts[0].removeprefix(PREFIXES['post'])}" if posts else f"--{work.sid}"
        return entry(
            f"{ID}person/{slug(name)}{apart}{end}",
            ("Person",),
            title_case(name),
            title_case(name),
            *(said("mayBeSameAs", one.iri) for one in namesakes),
        )

    work.people[key] = work.settle(slot, name, ("Person",), chosen, tuple(reasons), new, others)
    return work.people[key]


def _again(work: Work, slot: str, name: str) -> str | None:
    """The person the text has named before; a decision about this mention goes before."""
    known = work.people[normal(name)]
    made = work.entries.get(known or "")
    entity = work.registry.entities.get(known or "")
    found = [(entity, 0.9)] if entity else []
    return work.settle(
        slot, name, ("Person",), found, (("before", name),), lambda end: Entry(f"{made.iri}{end}", made.statements) if made else None
    )


def period_words(words: str) -> tuple[str, str | None, str | None]:
    """A period's IRI end, first and last day: of a year, years, or two days; the words alone where they tell no days."""
    plain = re.sub(r"\s*[-–—]\s*", "-", " ".join(words.split()))
    years = re.fullmatch(r"(?:giai đoạn |năm )?(\d{4})(?:-(\d{4}))?", plain, re.IGNORECASE)
    if years:
        first, last = years[1], years[2] or years[1]
        return (first if first == last else f"{first}-{last}"), f"{first}-01-01", f"{last}-12-31"
    if (span := re.fullmatch(r"(\d{4}(?:-\d\d){0,2})?/(\d{4}(?:-\d\d){0,2})?", words)) and (span[1] or span[2]):
        start, end = days(span[1]), days(span[2])
        local = f"{span[1]}--{span[2]}" if span[1] and span[2] else f"tu-{span[1]}" if span[1] else f"den-{span[2]}"
        return local, start[0] if start else None, end[1] if end else None
    return slug(plain), None, None


def resolve_period(work: Work, slot: str, words: str) -> str | None:
    """The IRI of a period: a year, two years, two days ("2024-10-14/2025-06-30"), or words that tell no first and last day."""
    local, first, last = period_words(words)
    registry = work.registry
    if first is None and last is None:
        term = re.fullmatch(r"nhiệm kỳ (\d{4})\s*[-–]\s*(\d{4})", words.strip(), re.IGNORECASE)
        local = f"nhiem-ky-{term[1]}-{term[2]}" if term else f"{local}-{work.sid}"
    iri = f"{ID}period/{local}"
    known = registry.entities.get(iri)
    if known is not None and first is not None and (known.one("from"), known.one("until")) != (first, last):
        known = None
    plain = re.sub(r"\s*[-–—]\s*", " – ", words) if "/" not in words else f"{day_words(first)} – {day_words(last)}".strip(" –")
    plain = re.sub(r"^(giai đoạn|năm) ", "", plain, flags=re.IGNORECASE)
    label = plain if first or last else plain[:1].upper() + plain[1:]

    def new(end: str) -> Entry:
        return entry(f"{iri}{end}", ("Period",), label, label.replace(" – ", "–"), said("from", first, "date"), said("until", last, "date"))

    return work.settle(slot, words, ("Period",), [(known, 1.0)] if known else [], (("name", words),), new)


def day_words(day: str | None) -> str:
    """A day as it is written in Vietnamese: 8/10/2020; nothing for none."""
    return "/".join(str(int(part)) for part in reversed(day.split("-"))) if day else ""


def resolve_campaign(work: Work, slot: str, name: str, period: str | None, scope: str | None, kind: str | None) -> str | None:
    """The IRI of a campaign: by name, scope and period. An edition of a national campaign is one of its own.

    Args:
        period: as printed, or "first/last".
        scope: IRI of the body whose campaign it is, or of the place it is held in.
        kind: the word before the name (phong trào, cuộc thi …) where the name lacks it.
    """
    registry = work.registry
    own = bare_campaign(registry, name)
    local_period = period_words(period)[0] if period and period_words(period)[1] else None
    scored: list[tuple[Entity, float, tuple[Reason, ...]]] = []
    for entity in registry.entities.values():
        if "Campaign" in entity.classes and (judged := _judged(work, entity, name, own, local_period, scope)):
            scored.append((entity, *judged))
    scored.sort(key=lambda one: (-one[1], one[0].iri))
    sure = [one for one in scored if one[1] >= 0.7]
    chosen = sure[:1] if sure and (len(sure) < 2 or sure[0][1] > sure[1][1]) else []
    others = tuple((entity.iri, round(score, 2)) for entity, score, _ in scored if not chosen or entity is not chosen[0][0])[:8]
    reasons: tuple[Reason, ...] = (("name", name), *(chosen[0][2] if chosen else [("namesakes", str(len(scored)))] if scored else []))
    found = [(chosen[0][0], chosen[0][1])] if chosen else []
    national = [one for one, _, _ in scored if one.one("scope") == COUNTRY and one.one("source")]
    return work.settle(
        slot,
        name,
        ("Campaign",),
        found,
        reasons,
        lambda end: _new_campaign(work, name, own, local_period, scope, kind, national, end),
        others,
    )


def bare_campaign(registry: Registry, name: str) -> str:
    """A campaign's own name without "phong trào thi đua" and quotes; a contest keeps its head, as do names that are nothing else."""
    quoted = re.search(r"[“\"]([^”\"]+)[”\"]", name)
    if any(normal(name).startswith(word) for word in registry.words["campaigns"]["contests"]):
        return name
    if quoted is not None and normal(name[: quoted.start()]) in ("", *registry.words["campaigns"]["heads"]):
        return quoted[1]
    for head in registry.words["campaigns"]["heads"]:
        rest = " ".join(name.split()[len(head.split()) :])
        if normal(name).startswith(f"{head} ") and not re.match(r"(giai đoạn|năm)\b", normal(rest)):
            return f"thi đua {rest}" if "thi đua" in head and normal(rest).split()[:1] in (["yêu"], ["toàn"], ["đặc"]) else rest
    return name


def _names(registry: Registry, campaign: Entity) -> set[str]:
    return {normal(bare_campaign(registry, label)) for label in campaign.labels}


def _judged(
    work: Work, campaign: Entity, name: str, own: str, period: str | None, scope: str | None
) -> tuple[float, tuple[Reason, ...]] | None:
    """How well a known campaign fits, and why; None where its name, time or scope is another."""
    registry = work.registry
    whole = {normal(label) for label in campaign.labels}
    begins = any(label.startswith((f"{normal(name)} ", f"{normal(own)} ")) for label in whole)
    if normal(own) not in _names(registry, campaign) and normal(name) not in whole and not begins:
        return None
    reasons: list[Reason] = []
    score, local = 0.5, campaign.iri.rsplit("/", 1)[-1]
    years = re.search(r"-(\d{4}(?:-\d{4})?)$", local)
    if period is not None and years is not None:
        if not (period == years[1] or (period.startswith(years[1][:4]) and len(period) > 9)):
            return None
        score += 0.3
        reasons.append(("period", period))
    held = campaign.one("scope")
    if held == COUNTRY and scope in (None, COUNTRY):
        return 0.75 if scope else 0.7, (*reasons, ("national", campaign.name))
    if scope is None and held is not None:
        told = {f"{kind} {place}" for kind, place in work.context if kind in ("tỉnh", "thành phố")}
        if not told or not told <= _places_of(work, held):
            return 0.4, tuple(reasons)  # held elsewhere, as far as the text tells: no more than a namesake
        reasons.append(("scope", held))
    if scope is not None:
        mine = _places_of(work, scope)
        theirs = _places_of(work, held) if held else {normal(campaign.name)}
        if held == scope or mine & theirs or any(place in other for place in mine for other in theirs):
            score += 0.2
            reasons.append(("scope", held or scope))
        elif held == COUNTRY:
            return 0.4, tuple(reasons)
        else:
            return None
    return score, tuple(reasons)


def _places_of(work: Work, iri: str) -> set[str]:
    """The compared names of the places of a scope: its own, or those in a body's name or its jurisdiction."""
    entity = work.registry.entities.get(iri)
    made = work.entries.get(iri)
    name = entity.name if entity else next((v.value for p, v in made.statements if p.value.endswith("prefLabel")), "") if made else ""
    if iri.startswith(PREFIXES["place"]):
        return {normal(name)}
    reading = read_body(work.registry, name)
    found = {normal(reading.place)} if reading.place else set()
    jurisdiction = work.registry.entities.get((entity.one("jurisdiction") if entity else work.places.get(iri)) or "")
    return found | ({normal(jurisdiction.name)} if jurisdiction else set())


def _new_campaign(
    work: Work, name: str, own: str, period: str | None, scope: str | None, kind: str | None, national: list[Entity], end: str
) -> Entry:
    """A campaign of its own: {name}-{scope}-{period}; without a scope nothing but the text tells it from its namesakes."""
    registry = work.registry
    contest = any(normal(words).startswith(head) for head in registry.words["campaigns"]["contests"] for words in (name, kind or ""))
    head = next(
        (h for h in [*registry.words["campaigns"]["heads"], *registry.words["campaigns"]["contests"]] if normal(name).startswith(f"{h} ")),
        "",
    )
    title = name if head else f"{(kind or 'phong trào').strip()} “{name.strip('“”')}”"
    label = registry.casing.sentence(title)
    local = slug(own if not (contest and not head) else title)
    scoped = "" if scope in (None, COUNTRY) else f"-{scope.rsplit('/', 1)[-1]}" if scope else ""
    if scope not in (None, COUNTRY) and (entity := registry.entities.get(scope or "")):
        label += "" if normal(entity.name) in normal(label) else f" {_small(entity.name)}"
    elif scope not in (None, COUNTRY) and scope in work.entries:
        made = next(v.value for p, v in work.entries[scope].statements if p.value.endswith("prefLabel"))
        label += "" if normal(str(made)) in normal(label) else f" {_small(str(made))}"
    if period and re.fullmatch(r"\d{4}(-\d{4})?", period) and period not in slug(label):
        label += f" {'giai đoạn' if '-' in period else 'năm'} {period.replace('-', ' – ')}"
    dated = f"-{period}" if period and not local.endswith(period) else ""
    iri = f"{ID}campaign/{local}{scoped}{dated}{'' if scope else f'--{work.sid}'}{end}"
    above = national[0].iri if len(national) == 1 and scope not in (None, COUNTRY) else None
    return entry(
        iri,
        ("Contest" if contest else "Campaign",),
        label,
        label,
        said("scope", scope),
        said("partOfCampaign", above),
        said("certainty", "low", ""),
    )


def _small(name: str) -> str:
    return name[:1].lower() + name[1:] if parsed(name) or name.startswith("Ngành") else name


def resolve_occasion(work: Work, slot: str, words: str) -> str | None:
    """The IRI of an anniversary or other occasion, known or new."""
    registry = work.registry
    named = [one for one in registry.by_name.get(normal(words), ()) if "Occasion" in registry.entities[one].classes]
    known = [(registry.entities[named[0]], 0.95)] if len(named) == 1 else []
    label = registry.casing.sentence(words)
    national = any(
        f" {normal(word)} " in f" {normal(words)} " for word in [*registry.words["national"]["words"], "Đảng", "Bác Hồ", "Hồ Chí Minh"]
    )
    apart = "" if national or place_at_end(words) else f"--{work.sid}"
    return work.settle(
        slot, words, ("Occasion",), known, (("name", words),),
        lambda end: entry(f"{ID}occasion/{slug(words)}{apart}{end}", ("Occasion",), label, label, spelt(words, label)),
    )  # fmt: skip
