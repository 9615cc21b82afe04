"""The nodes of a source's graph, kind by kind, from a sheet whose names are resolved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, cast

from pyoxigraph import Literal, NamedNode

from thidua.errors import InputError
from thidua.extraction.linking import Linked, Registry
from thidua.extraction.naming import normal
from thidua.extraction.resolving import days
from thidua.extraction.sheet import Award, Item, Recipients, Sheet
from thidua.extraction.titles import split_type
from thidua.extraction.writing import Block, Term
from thidua.terms import ID, PREFIXES, td
from thidua.text import sha256

BOUNDS = {"exact": "exact", "over": "moreThan", "nearly": "nearly", "about": "about", "at least": "atLeast", "at most": "atMost"}
STAGES = {"proposed": "proposed", "agreed_by_council": "agreed", "planned": "planned", "negated": "denied"}
# The property that a slot of an item becomes, for what was inferred of it.
PROPERTIES = {
    "conferred_by": "awardedBy", "on_behalf_of": "onBehalfOf", "presented_by": "presentedBy", "presenting_body": "presentedBy",
    "requested_by": "requestedBy", "award": "awardType", "award_rank": "awardType", "campaign": "forCampaign", "period": "inPeriod",
    "date": "date", "occasion": "forOccasion", "decision": "decision", "amount": "amount", "posthumous": "posthumous",
    "level": "awarderLevel", "items": "items", "reason": "reason", "recipients": "recipientGroup", "scope": "scope",
    "launched_by": "launchedBy", "theme": "theme", "document": "underDocument", "organised_by": "organiser", "place": "place",
    "start": "inPeriod", "end": "inPeriod", "what": "measure", "value": "value", "unit": "unit", "qualifier": "countBound",
    "per": "per", "comparator": "comparator", "group": "eligibleGroup", "name": "prefLabel", "post": "post", "person": "holder",
}  # fmt: skip
Section = tuple[str, Sequence[Block]]


@dataclass
class Facts:
    """One source's nodes being made.

    Attributes:
        spans: start and end of every span used.
        inferences: (about, property, value, grounds, rule en, rule vi, certainty) in order.
    """

    sheet: Sheet
    text: str
    sid: str
    registry: Registry
    names: Linked
    spans: set[tuple[int, int]] = field(default_factory=set)
    inferences: list[tuple[str, str, Term, tuple[str, ...], str, str, str]] = field(default_factory=list)
    source: Block = field(init=False)

    def __post_init__(self) -> None:
        self.source = Block(PREFIXES["source"] + self.sid)

    def iri(self, kind: str, number: int) -> str:
        """The IRI of the source's node of that kind and number."""
        return f"{ID}{kind}/{self.sid}-{number}"

    def span(self, start: int, end: int, slot: str) -> NamedNode:
        """The span's node; an InputError where it is not within the text."""
        if not 0 <= start < end <= len(self.text):
            raise InputError("span-outside-text", sheet=self.sheet["id"], slot=slot, start=start, end=end)
        self.spans.add((start, end))
        return NamedNode(f"{ID}span/{self.sid}-{start}-{end}")

    def evidence(self, item: Item, slot: str, *slots: str) -> list[Term]:
        """The item's clause, and the spans of its slots that are printed elsewhere; of some slots, only those."""
        start, end = item["evidence"]
        chosen = [tuple(one) for name in slots for one in item["spans"].get(name, [])]
        if chosen:
            return [self.span(first, last, slot) for first, last in sorted(set(cast(list[tuple[int, int]], chosen)))]
        outside = {(one[0], one[1]) for name, spans in item["spans"].items() for one in spans if not (start <= one[0] and one[1] <= end)}
        return [self.span(start, end, slot), *(self.span(first, last, slot) for first, last in sorted(outside) if not slots)]

    def infer(
        self, about: str, property: str, value: Term, grounds: Sequence[Term], rule: tuple[str, str], certainty: str = "medium"
    ) -> None:
        """Records that a value was inferred, once."""
        if not any(one[:3] == (about, property, value) for one in self.inferences):
            kept = tuple(dict.fromkeys(one.value for one in grounds if isinstance(one, NamedNode) and one.value != about))
            self.inferences.append((about, property, value, kept or (self.source.subject,), *rule, certainty))

    def inferred(self, block: Block, item: Item, at: str) -> None:
        """Inference nodes for the slots that the sheet says are inferred, and for names that only the time tells apart."""
        for slot, why in sorted(item["inferred"].items()):
            name = PROPERTIES.get(slot)
            rule = (f"Not printed as it stands; inferred from: {_line(why)}", f"Bài không in nguyên như vậy; suy ra từ: {_line(why)}")
            for property, value in block.statements:
                if name is not None and property.rsplit(":")[-1] == name and self._of_slot(value, f"{at}/{slot}"):
                    self.infer(block.subject, property, value, self.evidence(item, at, slot), rule)
        for property, value in block.statements:
            for slot in (one for one, name in PROPERTIES.items() if name == property.rsplit(":")[-1]):
                link = self.names.main(f"{at}/{slot}")
                if link and isinstance(value, NamedNode) and link.node == value.value and any(key == "valid-on" for key, _ in link.reasons):
                    self.infer(block.subject, property, value, self._dated(item, at), _OF_THAT_TIME)

    def _of_slot(self, value: Term, slot: str) -> bool:
        """Whether a value comes from that slot, where two slots share a property (presented_by, presenting_body)."""
        nodes = [iri for pointer, iris in self.names.nodes.items() if pointer == slot or pointer.startswith(f"{slot}/") for iri in iris]
        return (
            not nodes or not isinstance(value, NamedNode) or value.value in nodes or value.value.startswith((f"{ID}period/", f"{ID}group/"))
        )

    def _dated(self, item: Item, at: str) -> list[Term]:
        """What tells the time: where the date is printed, else the source with its day of publication, else the item."""
        if item["spans"].get("date"):
            return self.evidence(item, at, "date")
        return [NamedNode(self.source.subject)] if self.sheet["source"].get("published") else self.evidence(item, at, "period")

    def node(self, slot: str) -> NamedNode | None:
        """The first node that a slot's name came to."""
        iri = self.names.node(slot)
        return NamedNode(iri) if iri else None

    def nodes(self, slot: str) -> list[NamedNode]:
        """All nodes that a slot's names came to."""
        return [NamedNode(iri) for iri in self.names.nodes.get(slot, ())]


_OF_THAT_TIME = (
    "The name is printed; of those that bear it at different times, it is the one of the time told.",
    "Tên có in; trong những nơi mang tên này vào các thời kỳ khác nhau, đây là nơi của thời điểm được nêu.",
)


def nodes_of(facts: Facts) -> list[Section]:
    """All nodes of the source, in sections, with the spans and inferences that they need last."""
    from thidua.extraction.awards import award_blocks, eligibility_blocks, proposal_blocks, tenure_blocks
    from thidua.extraction.campaigns import campaign_blocks, document_blocks, figure_blocks, gathering_blocks

    gatherings = gathering_blocks(facts)
    sections: list[Section] = [
        ("gatherings", gatherings),
        ("campaigns, launches and targets", campaign_blocks(facts)),
        ("awards and who received them", award_blocks(facts)),
        ("not given, or not yet", [*proposal_blocks(facts), *eligibility_blocks(facts)]),
        ("posts", tenure_blocks(facts)),
        ("figures", figure_blocks(facts)),
        ("documents", document_blocks(facts)),
    ]
    _source(facts)
    return [("", [facts.source]), *sections, ("what the text does not print", _inferences(facts)), ("spans", _spans(facts))]


def _source(facts: Facts) -> None:
    """The source's own node; what was said of it before (documents it cites, notes) follows."""
    about, before = facts.sheet["source"], facts.source.statements
    facts.source.statements = []
    add = facts.source.add
    add("a", td("Source"))
    title = about["title"] or next(line.strip() for line in [*facts.text.splitlines(), "?"] if line.strip())
    add("dcterms:title", vi(title))
    if (published := date_term(about["published"])) is not None:
        add("td:published", published)
    if publisher := about.get("publisher"):
        add("td:publisher", facts.node("/source/publisher"))
        add("td:publisherName", Literal(publisher))
    add("dcterms:source", address(about["url"]))
    origin = address(about["republished_from"])
    add("td:republishedFrom", origin)
    if about["republished_from"] and origin is None:
        note(facts.source, f"Đăng lại từ: {about['republished_from']}", f"Republished from: {about['republished_from']}")
    add("td:sha256", Literal(sha256(facts.text)))
    facts.source.statements += [one for one in before if one not in facts.source.statements]


def _inferences(facts: Facts) -> list[Block]:
    blocks = []
    for number, (about, property, value, grounds, english, vietnamese, certainty) in enumerate(facts.inferences, start=1):
        block = Block(facts.iri("inference", number))
        prefix, local = property.split(":")
        block.add("a", td("Inference"))
        block.add("td:about", NamedNode(about))
        block.add("td:property", NamedNode(PREFIXES[prefix] + local))
        block.add("td:value", value)
        block.add("td:inferredFrom", *map(NamedNode, grounds))
        block.add("td:rule", en(english), vi(vietnamese))
        block.add("td:certainty", Literal(certainty))
        blocks.append(block)
    return blocks


def _spans(facts: Facts) -> list[Block]:
    blocks = []
    for start, end in sorted(facts.spans):
        block = Block(f"{ID}span/{facts.sid}-{start}-{end}")
        block.add("a", td("Span"))
        block.add("td:source", NamedNode(facts.source.subject))
        block.add("td:start", Literal(start))
        block.add("td:end", Literal(end))
        block.add("td:sliceSha256", Literal(sha256(facts.text[start:end])))
        blocks.append(block)
    return blocks


def in_order(items: Sequence[Any]) -> list[tuple[int, Any]]:
    """Items of a sheet with their place in it, by their place in the text."""
    return sorted(enumerate(items), key=lambda one: (one[1]["evidence"], one[0]))


def vi(words: str) -> Literal:
    """Words of the text, or in Vietnamese."""
    return Literal(" ".join(words.split()), language="vi")


def en(words: str) -> Literal:
    """Words in English."""
    return Literal(" ".join(words.split()), language="en")


def note(block: Block, vietnamese: str, english: str) -> None:
    """What the model has no property for: a remark on the node, in both languages."""
    block.add("td:note", vi(vietnamese), en(english))


def date_term(date: str | None) -> Literal | None:
    """A day, month or year as its literal; None where the date is none of these."""
    if date is None or days(date) is None:
        return None
    return Literal(date, datatype=NamedNode(PREFIXES["xsd"] + {10: "date", 7: "gYearMonth", 4: "gYear"}[len(date)]))


def add_date(block: Block, date: str | None, property: str = "td:date") -> None:
    """The date, or a remark where it is none that the model can hold."""
    term = date_term(date)
    block.add(property, term)
    if date and term is None:
        note(block, f"Thời gian như ghi: {date}", f"Time as told: {date}")


def decimal(value: float | Decimal) -> Literal:
    """A number as xsd:decimal, always with a point."""
    written = format(Decimal(str(value)), "f")
    return Literal(written if "." in written else f"{written}.0", datatype=NamedNode(PREFIXES["xsd"] + "decimal"))


def address(words: str | None) -> NamedNode | None:
    """An address as an IRI: as it stands, or a bare domain with https; None where the words are none."""
    if not words or not re.fullmatch(r"(https?://)?[\w-]+(\.[\w-]+)+(:\d+)?([/?#]\S*)?", words.strip()):
        return None
    whole = words.strip() if "://" in words else f"https://{words.strip()}" + ("" if "/" in words else "/")
    try:
        return NamedNode(whole)
    except ValueError:
        return None


def groups(facts: Facts, item: Award, at: str, number: int) -> list[Block]:
    """The recipient groups of an award, numbered from `number`; given in several classes whose sum is the count, one for each."""
    recipients: Sequence[Recipients] = item["recipients"]
    printed = item["spans"].get("recipients", [])
    blocks: list[Block] = []
    for place, group in enumerate(recipients):
        own = [printed[place]] if len(printed) == len(recipients) else []
        spans = [facts.span(one[0], one[1], at) for one in own] or facts.evidence(item, at, "recipients")
        classes = _classes(facts, item["split"], item["award"]) if len(recipients) == 1 else []
        parts = classes if classes and group["count"] in (None, sum(count for _, count in classes)) else []
        shares: list[tuple[str | None, int | None]] = [*parts] or [(None, group["count"])]
        for type, count in shares:
            block = Block(facts.iri("group", number + len(blocks)))
            block.add("a", td("RecipientGroup"))
            block.add("td:recipientKind", Literal(group["kind"]))
            if count is not None:
                block.add("td:count", Literal(count))
            block.add("td:countBound", Literal(BOUNDS.get(group["qualifier"], "unknown") if count is not None else "unknown"))
            block.add("td:awardType", NamedNode(type) if type else None)
            if len(parts) < 2:
                for which, name in enumerate(group["names"]):
                    member = facts.node(f"{at}/recipients/{place}/names/{which}")
                    block.add("td:member", member if member and "/id/post/" not in member.value else None)
                    if member is None or "/id/post/" in member.value:
                        note(block, f"Nêu tên: {name}", f"Named: {name}")
            block.add("td:evidence", *spans)
            blocks.append(block)
    return blocks


def _classes(facts: Facts, split: dict[str, int] | None, award: str) -> list[tuple[str, int]]:
    """The concepts and counts of a split, where every class has a concept."""
    found = [(split_type(facts.registry, award, key), count) for key, count in (split or {}).items()]
    return [(type, count) for type, count in found if type is not None] if all(type for type, _ in found) else []


def _line(words: str) -> str:
    return " ".join(words.split()).rstrip(".") + "."


def same(left: str | None, right: str | None) -> bool:
    """Whether two names compare equal; nothing is like nothing."""
    return left is not None and right is not None and normal(left) == normal(right)
