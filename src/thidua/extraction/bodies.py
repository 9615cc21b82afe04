"""From the name of a body or post to the thing: kind, place and time decide, never the name alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pyoxigraph import NamedNode

from thidua.extraction.naming import expanded, normal, slug
from thidua.extraction.places import parsed, place_at_end, resolve_place, tail
from thidua.extraction.registry import Entity, Pattern, Registry
from thidua.extraction.resolving import Entry, Moment, Reason, Statement, Work, entry, said, spelt
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
    return bool(registry.named(words, "Body")) or bool(read_body(registry, words).patterns) or _kind(registry, words) is not None


def _kind(registry: Registry, words: str) -> str | None:
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
    unlisted = _unlisted(registry, then, moment)
    if len(then) == 1 and not unlisted:
        if len(named) > 1:
            reasons.append(("valid-on", str(moment)))
        elsewhen = tuple((iri, 0.3) for iri in sorted(named) if iri != then[0].iri)
        found = [(then[0], 0.9 if elsewhen else 0.95)]
        return work.settle(
            slot, words, ("Body",), found, tuple(reasons), lambda end: _new_body(work, slot, words, reading, moment, end), elsewhen
        )
    if named:
        reasons.append(("not-then", str(moment)) if not then else ("namesakes", str(len(then) + unlisted)))
    others = [(iri, 0.4 if registry.entities[iri] in then else 0.2) for iri in sorted(named)]
    others += [(iri, 0.3) for iri in _successors(registry, named, moment) if iri not in named]

    def new(end: str) -> Entry:
        return _new_body(work, slot, words, reading, moment, end, tuple(then))

    return work.settle(slot, words, ("Body",), [], tuple(reasons), new, tuple(others))


def _unlisted(registry: Registry, then: list[Entity], moment: Moment) -> int:
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
    elif kind := _kind(registry, reading.name):
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


@dataclass(frozen=True)
class PostReading:
    """How a post's name is read: its role, and the words of its body."""

    role: str
    body: str
    head: bool
    english: str


def joined(post: str, body: str | None) -> str:
    """A post's whole name from the words of post and body: "Trưởng Ban" and "Ban Dân vận …" share a word."""
    if body is None or normal(body) in normal(post):
        return post
    last, first = normal(post).split()[-1:], normal(body).split()[:1]
    return f"{' '.join(post.split()[:-1])} {body}".strip() if last == first else f"{post} {body}"


def read_post(registry: Registry, words: str) -> PostReading | None:
    """The role and the body in a post's name; None where it does not begin with a role, or tells no body."""
    name = expanded(words, registry.words["abbreviations"])
    if fixed := next((data for post, data in registry.words["posts"].items() if normal(post) == normal(name)), None):
        return PostReading(fixed["name"], fixed["body"], bool(fixed["head"]), "")
    roles = [(role, data) for role, data in registry.words["roles"].items() if normal(name).startswith(f"{normal(role)} ")]
    readings = []
    for role, data in sorted(roles, key=lambda one: -len(one[0])):
        body = " ".join(name.split()[len(role.split()) :])
        if normal(role).endswith((" ban", " phòng", " đoàn")) and _kind(registry, body) is None:
            continue
        readings.append(PostReading(role, body, bool(data["head"]), str(data["en"])))
    known = [one for one in readings if registry.named(one.body, "Body") or read_body(registry, one.body).patterns]
    return next(iter([*known, *readings]), None)


def chain_of_posts(registry: Registry, words: str) -> list[str]:
    """ "Bí thư Đảng ủy, Chủ tịch Hội đồng nhân dân xã A" as two posts, each with the place that they share."""
    pieces: list[str] = []
    for piece in re.split(r"\s*[,;]\s*", words):
        begins = any(f"{normal(piece)} ".startswith(f"{normal(role)} ") for role in [*registry.words["roles"], *registry.words["posts"]])
        if pieces and not begins:
            pieces[-1] += f", {piece}"
        else:
            pieces.append(piece)
    if len(pieces) < 2:
        return pieces
    place = next((found for piece in reversed(pieces) if (found := _place_in(registry, piece)) is not None), None)
    return [piece if place is None else _with_place(registry, piece, place) for piece in pieces]


def _place_in(registry: Registry, post: str) -> str | None:
    reading = read_post(registry, post)
    return None if reading is None else read_body(registry, reading.body).place


def _with_place(registry: Registry, post: str, place: str) -> str:
    """The post with the place its neighbours tell, where its own body lacks one ("Bí thư Tỉnh ủy")."""
    reading = read_post(registry, post)
    if reading is None or _place_in(registry, post) is not None or registry.named(reading.body, "Body"):
        return post
    chain = parsed(place)
    if chain is None:
        return post
    head = normal(expanded(reading.body, registry.words["abbreviations"]))
    kind = chain[0][0]
    for pattern in registry.patterns:
        if pattern.kinds and kind in pattern.kinds and head == pattern.head:
            return f"{post} {chain[0][1] if head.endswith(f'{kind.split()[0]} ủy') else place}"
        if pattern.kinds and kind in pattern.kinds and head == f"{pattern.head} {kind}":
            return f"{post} {chain[0][1]}"
    return post


def resolve_post(work: Work, slot: str, words: str, moment: Moment) -> str | None:
    """The IRI of the post that `words` name at that time, known or new; None where the words tell no body it is in."""
    registry = work.registry
    named = registry.named(words, "Post") or registry.named(expanded(words, registry.words["abbreviations"]), "Post")
    then = [one for one in named if _post_then(registry, one, moment)]
    if len(then) == 1:
        others = tuple((one.iri, 0.3) for one in named if one is not then[0])
        reasons: tuple[Reason, ...] = (("name", words), *([("valid-on", str(moment))] if others else []))
        return work.settle(
            slot, words, ("Post",), [(then[0], 0.95)], reasons, lambda end: _new_post(work, slot, words, moment, end), others
        )
    if named:
        others = tuple((one.iri, 0.3) for one in named)
        why = ("not-then", str(moment)) if not then else ("namesakes", str(len(then)))
        return work.settle(
            slot, words, ("Post",), [], (("name", words), why), lambda end: _new_post(work, slot, words, moment, end), others
        )
    return work.settle(slot, words, ("Post",), [], (("name", words),), lambda end: _new_post(work, slot, words, moment, end))


def _post_then(registry: Registry, post: Entity, moment: Moment) -> bool:
    body = registry.entities.get(post.one("postIn") or "")
    if body is None or not moment.meets(registry.bounds(post.iri)):
        return False
    return moment.meets(registry.bounds(body.iri)) and not _unlisted(registry, [body], moment)


def _new_post(work: Work, slot: str, words: str, moment: Moment, end: str) -> Entry | None:
    """A post of its own in the body that its name tells; None where it tells none."""
    registry = work.registry
    reading = read_post(registry, words)
    body = None if reading is None else resolve_body(work, slot, reading.body, moment)
    if reading is None or body is None:
        return None
    role, local = slug(reading.role), body.removeprefix(PREFIXES["body"])
    whole = role if not reading.english else f"{role}-{local}"
    label = reading.role
    known = registry.entities.get(body)
    body_en = known.name_en if known else _label(work.entries[body], "en")
    if reading.english:
        own = known.name if known else _label(work.entries[body], "vi")
        label = registry.casing.name(reading.role) + f" {own}"
    classification = known.one("classification") if known else _iri(work.entries[body], "classification")
    type = _post_type(registry, reading.role, classification)
    return entry(
        f"{ID}post/{whole}{end}",
        ("Post",),
        label,
        type.name_en if type and (not reading.english or normal(type.name) == normal(label)) else f"{reading.english} of the {body_en}",
        said("postType", type.iri if type else None),
        said(f"{_ORG}postIn", body),
        said("headOf", body if reading.head else None),
        said("certainty", "low", ""),
    )


def _label(entry: Entry, language: str) -> str:
    return next(value.value for _, value in entry.statements if not isinstance(value, NamedNode) and value.language == language)


def _iri(entry: Entry, property: str) -> str | None:
    return next((value.value for one, value in entry.statements if one.value.endswith(property)), None)


def _post_type(registry: Registry, role: str, classification: str | None) -> Entity | None:
    """The office of that role in bodies of that type, where the scheme of offices has just one."""
    types = [
        entity
        for entity in registry.entities.values()
        if "PostType" in entity.classes
        and classification in entity.said.get("bodyType", ())
        and (f"{normal(entity.name)} ".startswith(f"{normal(role)} ") or f"{normal(role)} ".startswith(f"{normal(entity.name)} "))
    ]
    return types[0] if len(types) == 1 else None
