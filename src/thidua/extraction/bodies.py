"""From the name of a body or post to the thing: kind, place and time decide, never the name alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from thidua.extraction.naming import expanded, normal, slug
from thidua.extraction.places import parsed, place_at_end, resolve_place, tail
from thidua.extraction.registry import Entity, Pattern, Registry
from thidua.extraction.resolving import Entry, Moment, Reason, Statement, Work, abbreviated, entry, said, spelt
from thidua.terms import ID, PREFIXES

_ORG = PREFIXES["org"]
UNDATED = "--khong-ro-ngay"


@dataclass(frozen=True)
class Reading:
    """How a body's name is read.

    Attributes:
        name: written out, aliases resolved.
        patterns: the types it may be of, by the form of its name; empty where no type fits.
        place: the words of its place, with kind; None without one.
        head: its words before the place.
    """

    name: str
    patterns: tuple[Pattern, ...]
    place: str | None
    head: str


def read_body(registry: Registry, words: str) -> Reading:
    """The parts of a body's name."""
    name = expanded(words, registry.words["abbreviations"])
    for alias, full in registry.words["aliases"].items():
        before = normal(alias.split("{place}")[0])
        if normal(name).startswith(f"{before} "):
            name = full.replace("{place}", " ".join(name.split()[len(before.split()) :]))
    compared = normal(name)
    for pattern in registry.patterns:
        if compared.startswith(f"{pattern.head} "):
            rest = _rest(name, pattern.head)
            same = tuple(one for one in registry.patterns if one.head == pattern.head)
            if pattern.kinds and (place := _placed(rest, same)):
                kind = place.split()[0] if not place.casefold().startswith(("thành phố", "thị", "đặc khu")) else " ".join(place.split()[:2])
                fitting = tuple(one for one in same if kind.casefold() in one.kinds)
                return Reading(name, fitting, place, name[: len(name) - len(rest)].strip())
            if not pattern.kinds:
                ending = (rest, rest) if parsed(rest) else place_at_end(rest)
                return Reading(name, (pattern,), ending[1] if ending else None, name)
    single = [iri for iri in registry.by_name.get(compared, ()) if "BodyType" in registry.entities[iri].classes]
    if len(single) == 1 and registry.entities[single[0]].one("labelPattern@vi") is None:
        type = registry.entities[single[0]]
        return Reading(name, (Pattern(type.iri, compared, (), frozenset(type.said.get("level", ())), type.name_en),), None, name)
    ending = place_at_end(name) or _committee_place(name)
    return Reading(name, (), ending[1] if ending else None, ending[0] if ending else name)


def _rest(name: str, head: str) -> str:
    """The words of `name` after those that `head` compares with."""
    words = name.split(" ")
    for count in range(1, len(words)):
        if normal(" ".join(words[:count])) == head:
            return " ".join(words[count:])
    return name


def _placed(rest: str, patterns: tuple[Pattern, ...]) -> str | None:
    """The place's words: as they stand, or with the kind that the head tells ("Tỉnh ủy Lào Cai", "Tỉnh ủy tỉnh Lào Cai")."""
    if parsed(rest) is not None:
        return rest
    kinds = {kind for one in patterns if one.head.endswith("ủy") for kind in one.kinds}
    return f"{min(kinds)} {rest}" if len(kinds) == 1 and rest[:1].isupper() else None


def _committee_place(name: str) -> tuple[str, str] | None:
    match = re.search(r"\b(tỉnh|thành|huyện)\s+(ủy|đoàn)\s+(?=\w)(.+)$", name, re.IGNORECASE)
    if match is None or not match[3][:1].isupper():
        return None
    return name[: match.start(3)].strip(), f"{ {'tỉnh': 'tỉnh', 'thành': 'thành phố', 'huyện': 'huyện'}[match[1].casefold()] } {match[3]}"


def is_body(registry: Registry, words: str) -> bool:
    """Whether words read like the name of a body: known, of a known type, or with the first words of one."""
    return bool(registry.named(words, "Body")) or bool(read_body(registry, words).patterns) or kind_told(registry, words) is not None


def kind_told(registry: Registry, words: str) -> str | None:
    """The kind of body that the first words tell ("" where they tell a body but not of what kind); None where they tell none."""
    compared = f"{normal(expanded(words, registry.words['abbreviations']))} "
    fitting = [head for head in registry.words["heads"] if compared.startswith(f"{normal(head)} ")]
    return str(registry.words["heads"][max(fitting, key=len)]) if fitting else None


def resolve_body(work: Work, slot: str, words: str, moment: Moment) -> str | None:
    """The IRI of the body that `words` name at that time, known or new."""
    registry = work.registry
    reading = read_body(registry, words)
    named = {one.iri: one for name in (words, reading.name) for one in registry.named(name, "Body")}
    reasons: list[Reason] = [("name", words)]
    then = [one for one in named.values() if moment.meets(registry.bounds(one.iri))]
    hidden = unlisted(registry, then, moment)
    if len(then) == 1 and not hidden:
        if len(named) > 1:
            reasons.append(("valid-on", str(moment)))
        elsewhen = tuple((iri, 0.3) for iri in sorted(named) if iri != then[0].iri)
        found = [(then[0], 0.9 if elsewhen else 0.95)]
        return work.settle(
            slot, words, ("Body",), found, tuple(reasons), lambda end: _new_body(work, slot, words, reading, moment, end), elsewhen
        )
    if named:
        reasons.append(("not-then", str(moment)) if not then else ("namesakes", str(len(then) + hidden)))
    others = [(iri, 0.4 if registry.entities[iri] in then else 0.2) for iri in sorted(named)]
    others += [(iri, 0.3) for iri in _successors(registry, named, moment) if iri not in named]

    def new(end: str) -> Entry:
        return _new_body(work, slot, words, reading, moment, end, tuple(then))

    return work.settle(slot, words, ("Body",), [], tuple(reasons), new, tuple(others))


def unlisted(registry: Registry, then: list[Entity], moment: Moment) -> int:
    """How many other places of that time bear the name of the one body's place: each may have a body of the name that is not listed."""
    place = registry.entities.get(then[0].one("jurisdiction") or "") if len(then) == 1 else None
    if place is None or registry.bounds(then[0].iri) == (None, None):
        return 0
    kind = registry.kind_word(place)
    namesakes = registry.places.get((kind, normal(place.name).removeprefix(f"{kind} ")), ())
    return sum(1 for iri in namesakes if iri != place.iri and place.one("level") == "province" and moment.meets(registry.bounds(iri)))


def _successors(registry: Registry, named: dict[str, Entity], moment: Moment) -> list[str]:
    """The bodies that those of the name became or came from, of the time in question."""
    found = set()
    for entity in registry.entities.values():
        if "Reorganisation" in entity.classes:
            former, later = entity.said.get("original", ()), entity.said.get("resulting", ())
            if set(former) & set(named):
                found |= {*later}
            if set(later) & set(named):
                found |= {*former}
    return sorted(iri for iri in found if iri in registry.entities and moment.meets(registry.bounds(iri)))


def _new_body(work: Work, slot: str, words: str, reading: Reading, moment: Moment, end: str, namesakes: tuple[Entity, ...] = ()) -> Entry:
    """A body of its own: named by its kind and place, with the place's validity; without a place, apart from all others of the name."""
    registry = work.registry
    levels = frozenset(level for one in reading.patterns for level in one.levels)
    place = resolve_place(work, slot, reading.place, moment, levels & {"province", "district", "commune"}) if reading.place else None
    level = _level(work, place)
    fitting = [one for one in reading.patterns if not place or level in one.levels or not one.kinds]
    pattern = fitting[0] if len({one.type for one in fitting}) == 1 else None
    label = registry.casing.name(reading.name)
    if reading.place and (chain := parsed(reading.place)) and len(chain) > 1:
        label = registry.casing.name(reading.name.replace(reading.place, " ".join(chain[0])))
    apart = _apart(work, reading, place, pattern)
    iri = f"{ID}body/{slug(label)}{apart}{UNDATED if len(namesakes) > 1 and UNDATED not in apart else ''}"
    statements: list[Statement | None] = [spelt(reading.name, label) if reading.place is None or "," not in reading.place else None]
    classes: tuple[str, ...] = ("Body",)
    if pattern is not None:
        statements.append(said(f"{_ORG}classification", pattern.type))
        if place and (pattern.kinds or level in pattern.levels):
            first, last = registry.bounds(place) if place in registry.entities else (None, None)
            statements += [said("jurisdiction", place), said("validFrom", first, "date"), said("validUntil", last, "date")]
            if not _whole(registry, place):
                statements = [one for one in statements if one is None or not one[0].value.endswith(("validFrom", "validUntil"))]
    elif kind := kind_told(registry, reading.name):
        classes = ("Body", kind)
    english = _english(work, pattern, place, label)
    if place is not None:
        work.places[f"{iri}{end}"] = place
    return entry(
        f"{iri}{end}",
        classes,
        label,
        english,
        *statements,
        said("certainty", "low", ""),
        *(one for one in abbreviated(registry, label) if one not in statements),
        *(said("mayBeSameAs", one.iri) for one in namesakes),
    )


def _whole(registry: Registry, place: str) -> bool:
    """Whether a place's first and last day are known as days: bounds alone are no validity of its bodies."""
    entity = registry.entities.get(place)
    return entity is not None and not entity.said.get("startsBetween") and not entity.said.get("endsBetween")


def _level(work: Work, place: str | None) -> str:
    if place is None:
        return ""
    if place in work.registry.entities:
        return work.registry.entities[place].one("level") or ""
    new = work.entries.get(place)
    return next((str(value.value) for property, value in new.statements if property.value.endswith("#level")), "") if new else ""


def _apart(work: Work, reading: Reading, place: str | None, pattern: Pattern | None) -> str:
    """What keeps a body's IRI apart from those of its namesakes: its place's, or where nothing places it, the source's."""
    if place is not None and reading.place is not None:
        return tail(place, reading.place)
    national = any(f" {normal(word)} " in f" {normal(reading.name)} " for word in work.registry.words["national"]["words"])
    central = pattern is not None and pattern.levels == {"central"}
    return "" if national or central else f"--{work.sid}"


def _english(work: Work, pattern: Pattern | None, place: str | None, label: str) -> str:
    """The English name where the pattern of the type gives one, else the Vietnamese name."""
    if pattern is None:
        return label
    if "{place}" not in pattern.english:
        return pattern.english if not pattern.kinds and place is None and normal(label) == pattern.head else label
    known = work.registry.entities.get(place or "")
    names = (
        [known.name_en]
        if known
        else [str(v.value) for p, v in (work.entries[place].statements if place in work.entries else ()) if str(v).endswith("@en")][:1]
    )
    if not names or not pattern.kinds:
        return label
    return pattern.english.replace("{place}", names[0].rsplit(" ", 1)[0])
