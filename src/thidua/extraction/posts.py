"""From the name of a post to the post: its role, and the body it is in at that time."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pyoxigraph import NamedNode

from thidua.extraction.bodies import kind_told, read_body, resolve_body, unlisted
from thidua.extraction.naming import expanded, normal, slug
from thidua.extraction.places import parsed
from thidua.extraction.registry import Entity, Registry
from thidua.extraction.resolving import Entry, Moment, Reason, Work, abbreviated, entry, said
from thidua.terms import ID, PREFIXES

_ORG = PREFIXES["org"]


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
        if normal(role).endswith((" ban", " phòng", " đoàn")) and kind_told(registry, body) is None:
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
    return moment.meets(registry.bounds(body.iri)) and not unlisted(registry, [body], moment)


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
        label = f"{reading.role} {own}"
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
        *abbreviated(registry, label),
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
