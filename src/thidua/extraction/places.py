"""From the name of a place to the place: kind, name, what it lies in, and when."""

from __future__ import annotations

import re
from functools import lru_cache

from thidua.extraction.naming import normal, slug, title_case
from thidua.extraction.registry import Entity, Registry
from thidua.extraction.resolving import Entry, Moment, Reason, Work, entry, said, spelt
from thidua.terms import ID, PREFIXES

REFORM = "2025-07-01"  # the day from which registry entries of places and their bodies have the day in their IRIs
COUNTRY = f"{ID}place/viet-nam"
_COUNTRY_WORDS = {"cả nước", "toàn quốc", "việt nam", "nước cộng hòa xã hội chủ nghĩa việt nam", "đất nước"}
_KIND = r"tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu"
_ENGLISH = {"huyện": "District", "quận": "District", "thị xã": "Town", "thành phố": "City", "tỉnh": "Province"}
Chain = tuple[tuple[str, str], ...]  # (kind, name) of a place, of the one it lies in, and so on


@lru_cache(maxsize=4096)
def parsed(words: str) -> Chain | None:
    """ "xã A, huyện B, tỉnh C" as ((xã, A), (huyện, B), (tỉnh, C)), names as printed; None where it does not read so."""
    chain = []
    for piece in re.split(r"\s*[,;(]\s*", words.strip().rstrip(")")):
        match = re.fullmatch(rf"({_KIND})\s+(\S.*)", piece, re.IGNORECASE)
        if match is None or not (match[2][0].isupper() or match[2][0].isdigit()) or re.match(r"(ủy|đoàn|hội)\b", match[2].casefold()):
            return None
        chain.append((match[1].casefold(), " ".join(match[2].split())))
    return tuple(chain)


@lru_cache(maxsize=4096)
def place_at_end(words: str) -> tuple[str, str] | None:
    """The words before, and the words of, the place with which a name ends: ("Hội Nông dân", "tỉnh C"); None without one."""
    for match in re.finditer(rf"(?<!\w)({_KIND})\s+(?=\w)", words, re.IGNORECASE):
        rest = words[match.start() :]
        name = rest[match.end() - match.start() :]
        if parsed(rest) and (name[:1].isupper() or name[:1].isdigit() or words.isupper()):
            return words[: match.start()].strip(" ,"), rest
    return None


def sheet_context(names: list[str]) -> frozenset[tuple[str, str]]:
    """The places that a sheet names anywhere, as (kind, compared name): what tells in which province a commune lies."""
    found: set[tuple[str, str]] = set()
    for words in names:
        ending = place_at_end(words)
        for kind, name in parsed(ending[1]) or () if ending else ():
            found.add((kind, normal(name)))
        committee = re.search(r"\b(tỉnh ủy|tỉnh đoàn|huyện ủy|thành ủy)\s+(\S.*)", normal(words))
        if committee:
            kind = {"tỉnh": "tỉnh", "huyện": "huyện", "thành": "thành phố"}[committee[1].split()[0]]
            found.add((kind, committee[2].removeprefix(f"{kind} ")))
    return frozenset(found)


def resolve_place(work: Work, slot: str, words: str, moment: Moment, levels: frozenset[str] = frozenset()) -> str | None:
    """The IRI of the place that `words` name, known or new; None where no kind of place is told."""
    if normal(words) in _COUNTRY_WORDS:
        return work.settle(slot, words, ("Place",), [(work.registry.entities[COUNTRY], 1.0)], (("name", words),), lambda _: None)
    chain = parsed(words)
    if chain is None:
        named = [entity for entity in work.registry.named(words, "Place") if moment.meets(work.registry.bounds(entity.iri))]
        others = tuple((entity.iri, 0.4) for entity in named)
        return work.settle(slot, words, ("Place",), [], (("no-kind", words),), lambda _: None, others)
    named = _named(work.registry, chain[0])
    if levels and any(_level(work.registry, one) in levels for one in named):
        named = [one for one in named if _level(work.registry, one) in levels]
    found, reasons = _chosen(work, chain, named, moment)
    others = tuple(sorted((one.iri, 0.4) for one in named if not found or one.iri != found[0][0].iri))[:8]
    return work.settle(slot, words, ("Place",), found, reasons, lambda end: _new_place(work, chain, moment, named, end), others)


def _named(registry: Registry, piece: tuple[str, str]) -> list[Entity]:
    return [registry.entities[iri] for iri in registry.places.get((piece[0], normal(piece[1])), ())]


def _level(registry: Registry, place: Entity) -> str:
    return place.one("level") or ""


def _chosen(work: Work, chain: Chain, named: list[Entity], moment: Moment) -> tuple[list[tuple[Entity, float]], tuple[Reason, ...]]:
    """The place meant, where name, what it lies in and time leave just one."""
    registry = work.registry
    reasons: list[Reason] = [("name", f"{chain[0][0]} {chain[0][1]}")]
    fitting = [one for one in named if all(_lies_in(registry, one.iri, piece) for piece in chain[1:])]
    if len(chain) > 1 and fitting:
        reasons.append(("within", ", ".join(" ".join(piece) for piece in chain[1:])))
    then = [one for one in fitting if moment.meets(registry.bounds(one.iri))]
    if fitting and not then:
        return [], (*reasons, ("not-then", str(moment)))
    if len(then) < len(fitting):
        reasons.append(("valid-on", str(moment)))
    if len(chain) == 1 and then and _level(registry, then[0]) != "province":
        near = [one for one in then if any(_is(registry, above, piece) for above in registry.within(one.iri) for piece in work.context)]
        if len(near) == 1:
            return [(near[0], 0.8)], (*reasons, ("near", registry.entities[registry.within(near[0].iri)[0]].name))
        alone = [one for one in then if one.iri == f"{ID}place/{slug(' '.join(chain[0]))}" and _level(registry, one) == "district"]
        if len(then) == 1 and alone and not any(piece[0] in ("tỉnh", "thành phố") for piece in work.context):
            return [(alone[0], 0.85)], (*reasons, ("only-one", "huyện"))
        return [], (*reasons, ("namesakes", str(len(then))))
    if len(then) == 1:
        return [(then[0], 0.95)], tuple(reasons)
    return [], (*reasons, ("namesakes", str(len(then)))) if then else tuple(reasons)


def _is(registry: Registry, place: str, piece: tuple[str, str]) -> bool:
    return place in registry.places.get((piece[0], normal(piece[1])), ())


def _lies_in(registry: Registry, place: str, piece: tuple[str, str]) -> bool:
    return any(_is(registry, above, piece) for above in registry.within(place))


def _new_place(work: Work, chain: Chain, moment: Moment, named: list[Entity], end: str) -> Entry:
    """A place of its own. Unless it is told what it lies in, nothing but the text tells it from its namesakes."""
    registry = work.registry
    kind, name = chain[0]
    type = _type(registry, kind, len(chain) > 1)
    level = type.one("level") or ""
    above = chain[1:] or tuple(piece for piece in sorted(work.context) if piece[0] == "tỉnh" and level != "province")
    if not chain[1:] and len(above) > 1:
        above = ()
    tail = "".join(f"-{slug(piece[1])}" for piece in above)
    since = REFORM if level == "commune" and moment.first and moment.first >= REFORM else None
    dated = level != "commune" or since is not None or (moment.last is not None and moment.last < REFORM)
    apart = "" if (above and dated) or level == "province" else f"--{work.sid}"
    if level == "province":
        apart = "--khong-ro-ngay" if len(named) > 1 else ""
    then = Moment(since) if since else Moment(None, type.one("validUntil") or moment.last)
    within = [one for one in _named(registry, above[0]) if then.meets(registry.bounds(one.iri))] if above else []
    label = f"{kind.capitalize()} {title_case(name)}"
    iri = f"{ID}place/{slug(f'{kind} {name}')}{tail}{f'-{since}' if since else ''}{apart}{end}"
    return entry(
        iri,
        ("Place",),
        label,
        f"{title_case(name)} {_ENGLISH.get(kind, title_case(type.name_en))}",
        spelt(" ".join(chain[0]), label) if title_case(name) != " ".join(chain[0][1].split()) else None,
        said("level", level, ""),
        said("placeType", type.iri),
        said("within", within[0].iri if len(within) == 1 and chain[1:] else None),
        said("validFrom", since, "date"),
        said("validUntil", type.one("validUntil"), "date"),
        said("certainty", "low", ""),
        *(said("mayBeSameAs", one.iri) for one in named),
    )


def _type(registry: Registry, kind: str, within_another: bool) -> Entity:
    """The type of place of a kind: a new city is one within a province, since those directly under the State are all known."""
    types = registry.kinds()[kind]
    return min(types, key=lambda one: (one.one("level") == "province", one.iri))


def tail(place: str, words: str) -> str:
    """What tells a place's IRI from those of its namesakes: its end after kind and name ("-2025-07-01", "--" and the source)."""
    base = slug(" ".join(chain[0])) if (chain := parsed(words)) else ""
    local = place.removeprefix(PREFIXES["place"])
    return local.removeprefix(base) if local.startswith(base) else ""
