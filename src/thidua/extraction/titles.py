"""From documents and awards as printed to the documents and concepts meant."""

from __future__ import annotations

import re

from thidua.extraction.naming import normal, slug
from thidua.extraction.registry import Entity, Registry
from thidua.extraction.resolving import Entry, Reason, Work, days, entry, said
from thidua.extraction.things import day_words
from thidua.terms import ID, PREFIXES

AW = PREFIXES["aw"]


def resolve_document(work: Work, slot: str, number: str | None, name: str | None, issuer: str | None, date: str | None) -> str | None:
    """The IRI of a document: by number, issuer and date. A number without an issuer is the same in no two texts."""
    registry = work.registry
    compact = _number(number)
    words = " ".join(filter(None, (number, name)))
    fitting = []
    for entity in registry.entities.values():
        if "Document" in entity.classes and _same_document(entity, compact, name, issuer, date):
            fitting.append(entity)
    reasons: list[Reason] = [("number" if compact else "name", compact or words)]
    if issuer and fitting:
        reasons.append(("issuer", issuer.rsplit("/", 1)[-1]))
    found = [(fitting[0], 0.9)] if len(fitting) == 1 else []
    others = tuple((one.iri, 0.4) for one in fitting) if not found else ()
    return work.settle(
        slot, words, ("Document",), found, tuple(reasons), lambda end: _new_document(work, compact, name, issuer, date, end), others
    )


def _number(number: str | None) -> str | None:
    """A document's number without "Quyết định số" and blanks; None where there is no digit."""
    if number is None:
        return None
    match = re.search(r"\d[\w./-]*(?:\s*-\s*\w[\w./-]*)?", " ".join(number.split()))
    return re.sub(r"\s+", "", match[0]).rstrip(".") if match else None


def _same_document(entity: Entity, number: str | None, name: str | None, issuer: str | None, date: str | None) -> bool:
    known = entity.one("number")
    if number is not None:
        central = bool(re.search(r"/(TW|QH\d+|NĐ-CP|QĐ-TTg|CT-TTg|QĐ-CTN)$|-(CT|KL|NQ|QĐ)/TW$", number))
        return (
            known is not None
            and normal(known) == normal(number)
            and (central or (issuer is not None and issuer in entity.said.get("issuer", ())))
            and (date is None or not entity.one("date") or str(entity.one("date")).startswith(date))
        )
    return name is not None and any(normal(name) == normal(label) for label in entity.labels)


def _new_document(work: Work, number: str | None, name: str | None, issuer: str | None, date: str | None, end: str) -> Entry | None:
    registry = work.registry
    if number is None and not name:
        return None
    words = " ".join(filter(None, (name, number)))
    kinds = [
        kind
        for word, kind in registry.words["documents"].items()
        if f" {normal(word)} " in f" {normal(words).replace('/', ' ').replace(' - ', ' ')} "
    ]
    kind = kinds[0] if kinds else "other"
    vi = {"decision": "Quyết định", "directive": "Chỉ thị", "resolution": "Nghị quyết", "conclusion": "Kết luận", "plan": "Kế hoạch"}.get(
        kind, "Văn bản"
    )
    said_name = registry.casing.sentence(name) if name else vi
    label = f"{said_name} số {number}" if number and normal(number) not in normal(said_name) else said_name
    english = f"{kind.capitalize() if kind != 'other' else 'Document'} No. {number}" if number else label
    if date and (known := days(date)) and known[0] == known[1]:
        label, english = f"{label} ngày {day_words(date)}", f"{english} of {date}"
    local = slug(number or words)
    apart = f"-{issuer.rsplit('/', 1)[-1]}" if issuer else f"--{work.sid}"
    dated = date if date and days(date) else None
    datatype = {10: "date", 7: "gYearMonth", 4: "gYear"}.get(len(dated or ""), "date")
    return entry(
        f"{ID}document/{local}{apart}{f'-{dated}' if dated else ''}{end}",
        ("Document",),
        label,
        english,
        said("documentKind", kind, ""),
        said("number", number, ""),
        said("issuer", issuer),
        said("date", dated, datatype),
        said("certainty", "low", ""),
    )


def award_types(work: Work, slot: str, award: str, rank: str | None) -> tuple[list[str], bool]:
    """The concepts of an award as printed, and whether they say all of it; never narrowed by who gives it.

    Several where the text names several ("tuyên dương, khen thưởng"). What has no concept of its own gets the one above it
    that its first words tell; the printed title is then to be kept beside.
    """
    registry = work.registry
    head = re.split(r"\s+của\s+", award)[0] if "“" not in award else award
    head = head if _exact(registry, head, rank) else award
    exact = head == award
    pieces = [head] if _exact(registry, head, rank) else [piece for piece in re.split(r"\s*[,;]\s*|\s+và\s+", head) if piece]
    if len(pieces) > 1 and not all(_exact(registry, piece, None) for piece in pieces):
        pieces = [head]
    result = []
    for piece in pieces:
        own = _exact(registry, piece, rank)
        concept, score = (own, 0.95) if own else (_above(registry, piece, rank), 0.6)
        exact = exact and own is not None
        reasons: tuple[Reason, ...] = (
            (("name", f"{piece} {rank or ''}".strip()),) if own else (("broader", registry.entities[concept].name),)
        )
        iri = work.settle(slot, piece, ("AwardType",), [(registry.entities[concept], score)], reasons, lambda _: None)
        result.append(iri or AW + str(registry.words["awards"]["unknown"]["concept"]))
    return result, exact


def split_type(registry: Registry, award: str, key: str) -> str | None:
    """The concept of one class of an award that was given in several ("75" of Huy hiệu Đảng, "Nhất" of an order)."""
    for words in (f"{award} hạng {key}", f"{award} {key}", f"huy hiệu {key} năm tuổi đảng", f"giải {key}", key):
        if found := _exact(registry, words, None):
            return found
    return None


def _exact(registry: Registry, award: str, rank: str | None) -> str | None:
    """The concept that bears the name, with its class where one is told."""
    bare = award
    for word in registry.words["awards"]["strip"]:
        if normal(bare).startswith(f"{word} "):
            bare = " ".join(bare.split()[len(word.split()) :])
    years = re.match(r"\d+", rank or "")
    if years and normal(award) == "huy hiệu đảng":
        return _exact(registry, f"Huy hiệu {years[0]} năm tuổi Đảng", None)
    for ending in [""] if rank is None else [f" {rank}", f" hạng {rank}"]:
        found = {one.iri for words in (award, bare) for one in registry.named(f"{words}{ending}", "AwardType")}
        if len(found) == 1:
            return min(found)
    return _exact(registry, award, None) if rank is not None and normal(rank) in normal(award) else None


def _above(registry: Registry, award: str, rank: str | None) -> str:
    """The most specific concept whose name the award's first words are, else that of its head words, else the one for all."""
    compared = normal(award)
    for word in registry.words["awards"]["strip"]:
        compared = compared.removeprefix(f"{word} ")
    names = [
        (len(normal(label)), entity.iri)
        for entity in registry.entities.values()
        if "AwardType" in entity.classes
        for label in entity.labels
        if f"{compared} ".startswith(f"{normal(label)} ")
    ]
    if names:
        return max(names)[1]
    heads = [head for head in registry.words["awards"]["heads"] if f"{compared} ".startswith(f"{head} ")]
    local = registry.words["awards"]["heads"][max(heads, key=len)] if heads else registry.words["awards"]["unknown"]["concept"]
    return AW + str(local)
