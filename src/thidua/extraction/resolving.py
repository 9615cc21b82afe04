"""What one resolution of names carries along: the sheet, the registry, what was decided, and the links and entries found so far."""

from __future__ import annotations

import calendar
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from thidua.errors import InputError
from thidua.extraction.naming import normal, short_names
from thidua.extraction.registry import UNREVIEWED, Entity, Registry
from thidua.extraction.sheet import Sheet
from thidua.messages import text
from thidua.terms import PREFIXES, RDF_TYPE, td
from thidua.text import printable

Reason = tuple[str, str]  # the end of a message's key "link-…", and its value
Statement = tuple[NamedNode, NamedNode | Literal]


@dataclass(frozen=True, slots=True)
class Link:
    """What a name of a sheet was taken for.

    Attributes:
        id: stable: of the text, the slot and the words.
        slot: JSON pointer into the sheet.
        words: the name, or the part of it, that was looked up.
        target: the known thing meant; None: an entry of its own, or nothing at all.
        score: how sure, 0 to 1.
        reasons: why; `reason_text` puts them into words.
        alternatives: what else bears the name, with scores.
        entry: the IRI that the graph uses where there is no target; None where no entry can be made of the words.
    """

    id: str
    slot: str
    words: str
    target: str | None
    score: float
    reasons: tuple[Reason, ...] = ()
    alternatives: tuple[tuple[str, float], ...] = ()
    entry: str | None = None

    @property
    def node(self) -> str | None:
        """The IRI that the graph uses, known or new."""
        return self.target or self.entry


def reason_text(reason: Reason, lang: str) -> str:
    """A reason in words, in "en" or "vi"."""
    return text(f"link-{reason[0]}", lang, value=printable(reason[1]))


@dataclass(frozen=True, slots=True)
class Entry:
    """A new entry of the registry: its IRI and what is said of it."""

    iri: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """When something was: first and last day it may have been (None: unknown), and what tells so (a reason's key)."""

    first: str | None = None
    last: str | None = None
    basis: str = "no-date"

    def meets(self, bounds: tuple[str | None, str | None]) -> bool:
        """Whether a thing with these first and last days may have been there then."""
        return not ((self.last and bounds[0] and self.last < bounds[0]) or (self.first and bounds[1] and self.first > bounds[1]))

    def narrowed(self, last: str) -> Moment:
        """The moment, no later than `last`."""
        return Moment(self.first, last, "districts") if (self.last or "9999") > last >= (self.first or "") else self

    def __str__(self) -> str:
        return self.first or "" if self.first == self.last else f"{self.first or '…'} – {self.last or '…'}"


def days(date: str | None) -> tuple[str, str] | None:
    """First and last day of a day, month or year as 2020-10-08, 2020-10, 2020; None where it is none of these."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", date or "")
    if match is None or not int(match[1]) >= 1:
        return None
    year, month, day = match[1], match[2], match[3]
    if month is None:
        return f"{year}-01-01", f"{year}-12-31"
    if not 1 <= int(month) <= 12:
        return None
    last = calendar.monthrange(int(year), int(month))[1]
    if day is None:
        return f"{year}-{month}-01", f"{year}-{month}-{last:02}"
    return (f"{year}-{month}-{day}",) * 2 if 1 <= int(day) <= last else None


@dataclass
class Work:
    """One sheet's resolution under way."""

    sheet: Sheet
    registry: Registry
    decisions: Mapping[str, str | None]
    sid: str
    links: list[Link] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    people: dict[str, str | None] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    context: frozenset[tuple[str, str]] = frozenset()

    def settle(
        self,
        slot: str,
        words: str,
        classes: tuple[str, ...],
        found: list[tuple[Entity, float]],
        reasons: tuple[Reason, ...],
        make: Callable[[str], Entry | None],
        others: tuple[tuple[str, float], ...] = (),
    ) -> str | None:
        """Records a link, after what was decided about it, and the entry it needs.

        Args:
            found: the thing meant, or nothing where it is not known or not certain.
            make: the new entry, given what to put at the end of its IRI to keep it apart from a known thing.
            others: other things of the name.

        Returns:
            the IRI to use; None where there is none.

        Raises:
            InputError: a decision for what does not exist or is of another kind.
        """
        id = link_id(self.sid, slot, words)
        target, score = (found[0][0].iri, found[0][1]) if found else (None, 0.5 if others else 0.8)
        entry = None
        if id in self.decisions:
            chosen = self.decisions[id]
            others = tuple(
                sorted({*others, *([(target, score)] if target and target != chosen else [])}, key=lambda one: (-one[1], one[0]))
            )
            if chosen is None and target is None:
                entry = make("")
            elif chosen is None:
                entry = make(f"--{self.sid}")
            else:
                self._check(id, chosen, classes)
            target, score, reasons = chosen, 1.0, (("decided", words),)
        elif target is None:
            entry = make("")
            if entry is not None and entry.iri in self.registry.entities:
                entry = make(f"--{self.sid}")
            score = score if entry is not None else 0.0
            reasons = (*reasons, ("new-entry", entry.iri.split("/id/")[-1]) if entry else ("no-entry", words))
        if entry is not None:
            self.entries.setdefault(entry.iri, entry)
        if target in self.registry.unreviewed:
            self.entries.setdefault(target, _copied(self.registry, target))
        self.links.append(Link(id, slot, words, target, round(score, 2), reasons, others, entry.iri if entry else None))
        return target or (entry.iri if entry else None)

    def _check(self, id: str, chosen: str, classes: tuple[str, ...]) -> None:
        known = self.registry.entities.get(chosen)
        made = {quad.object for quad in self.registry.unreviewed.get(chosen, ()) if quad.predicate == RDF_TYPE}
        if known is None and not made:
            raise InputError("link-to-unknown", link=id, iri=chosen)
        if not (known.classes & set(classes) if known else made & {td(name) for name in classes}):
            raise InputError("link-to-another-kind", link=id, iri=chosen, wanted=" / ".join(classes))


def link_id(sid: str, slot: str, words: str) -> str:
    """The id of a link: 12 hex digits that depend on the text, the slot and the words alone."""
    return hashlib.sha256("\n".join((sid, slot, normal(words))).encode()).hexdigest()[:12]


def _copied(registry: Registry, iri: str) -> Entry:
    return Entry(
        iri, tuple((quad.predicate, quad.object) for quad in registry.unreviewed[iri] if isinstance(quad.object, NamedNode | Literal))
    )


def entry(iri: str, classes: tuple[str, ...], vi: str, en: str, *statements: Statement | None) -> Entry:
    """A new entry with its classes, names and whatever else is known; marked as reviewed by nobody."""
    skos, dcterms = PREFIXES["skos"], PREFIXES["dcterms"]
    return Entry(
        iri,
        (
            *((RDF_TYPE, td(name)) for name in classes),
            (NamedNode(skos + "prefLabel"), Literal(vi, language="vi")),
            (NamedNode(skos + "prefLabel"), Literal(en, language="en")),
            *(one for one in statements if one is not None),
            (NamedNode(dcterms + "provenance"), Literal(UNREVIEWED, language="en")),
        ),
    )


def said(property: str, value: str | None, datatype: str | None = None) -> Statement | None:
    """A statement of an entry: the value an IRI, or with a datatype (xsd's local name, or "" for a string) a literal."""
    if not value:
        return None
    predicate = NamedNode(property if "://" in property else PREFIXES["td"] + property)
    if datatype is None:
        return predicate, NamedNode(value)
    return predicate, Literal(value) if not datatype else Literal(value, datatype=NamedNode(PREFIXES["xsd"] + datatype))


def spelt(words: str, label: str) -> Statement | None:
    """The name as printed, where its capitals are not those of the entry's own name."""
    printed = " ".join(words.split())
    return None if printed == label else (NamedNode(PREFIXES["skos"] + "altLabel"), Literal(printed, language="vi"))


def abbreviated(registry: Registry, label: str) -> list[Statement]:
    """The names of an entry with usual abbreviations, by which people ask for it: "UBND huyện …"."""
    return [
        (NamedNode(PREFIXES["skos"] + "altLabel"), Literal(name, language="vi")) for name in short_names(label, registry.words["short"])
    ]


def strings(value: object) -> Iterator[str]:
    """Every string within a sheet, in order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            if key not in ("spans", "evidence", "inferred", "source", "reason", "what"):
                yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)
