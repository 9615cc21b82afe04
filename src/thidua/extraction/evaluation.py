"""How well sheets say what the gold sheets say: the benchmark's measures, and in words what was missed or wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from thidua.extraction.agreement import CORE, LISTS, SLOTS, Fact, agree, has, overlap, same_event
from thidua.extraction.folding import folded

EVENT = "who-what-whom (event)"


@dataclass(slots=True)
class Tally:
    """One measure: of so many predicted and so many gold facts, how many are right."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """The share of predicted facts that are right; 0 where nothing was predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of gold facts that were found; 0 where there is none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that is not as gold has it.

    Attributes:
        kind: missed (gold alone), wrong (both, and they differ), extra (predicted alone) or false-conferral.
        what: the measure's name.
        gold, predicted: the fact or its slot on either side, where there is one.
    """

    kind: str
    what: str
    gold: Fact | None = None
    predicted: Fact | None = None


@dataclass(slots=True)
class DocumentResult:
    """One document compared.

    Attributes:
        missing: no sheet was there; counted as one without any fact.
        false_conferrals: predicted awards without evidence, or whose evidence is what gold marks as no award.
    """

    name: str
    missing: bool
    gold_awards: int
    predicted_awards: int
    found: int = 0
    false_conferrals: int = 0
    differences: list[Difference] = field(default_factory=list)


@dataclass(slots=True)
class Evaluation:
    """All measures over all documents."""

    tallies: dict[str, Tally]
    documents: list[DocumentResult]

    @property
    def false_conferrals(self) -> int:
        """How many awards were reported that were not given: the worst error."""
        return sum(document.false_conferrals for document in self.documents)

    @property
    def missing(self) -> int:
        """How many documents had no sheet."""
        return sum(document.missing for document in self.documents)


def evaluate(pairs: Iterable[tuple[str, Fact, Fact | None]]) -> Evaluation:
    """Compares predicted sheets with gold ones.

    Args:
        pairs: of each document its name, gold sheet and predicted sheet, or None where there is none. Both in the form
            of scored.schema.json.
    """
    tallies = {name: Tally() for name in (EVENT, *(f"slot {slot}" for slot in SLOTS), *LISTS)}
    return Evaluation(tallies, [_document(tallies, name, gold, predicted) for name, gold, predicted in pairs])


def _document(tallies: dict[str, Tally], name: str, gold: Fact, predicted: Fact | None) -> DocumentResult:
    """Adds one document to the tallies."""
    sheet = predicted or {}
    golds, found = gold.get("awards") or [], sheet.get("awards") or []
    result = DocumentResult(name, predicted is None, len(golds), len(found))
    unrecoverable = frozenset(word for place in gold.get("places_only_from_outlet") or [] for word in folded(place).split())
    exhaustive = gold.get("coverage") == "complete"
    false = [award for award in found if _is_false_conferral(award, golds, gold.get("not_awards") or [])]
    result.false_conferrals = len(false)
    result.differences += [Difference("false-conferral", EVENT, None, award) for award in false]
    _awards(tallies, result, golds, found, exhaustive, unrecoverable)
    for kind, same in LISTS.items():
        _list(tallies[kind], result, kind, gold.get(kind) or [], sheet.get(kind) or [], exhaustive, same, unrecoverable)
    return result


def _is_false_conferral(award: Fact, golds: list[Fact], not_awards: list[Fact]) -> bool:
    """Whether a predicted award rests on nothing, or on words that gold marks as no award (and on no gold award)."""
    evidence = award.get("evidence")
    if not evidence:
        return True
    if any(overlap(gold.get("evidence"), evidence) for gold in golds):
        return False
    return any(overlap(one.get("evidence"), evidence) for one in not_awards)


def _awards(
    tallies: dict[str, Tally],
    result: DocumentResult,
    golds: list[Fact],
    found: list[Fact],
    exhaustive: bool,
    unrecoverable: frozenset[str],
) -> None:
    """Adds the awards of one document: the event as a whole and each slot."""
    pairs = pair(golds, found, unrecoverable)
    partner = dict(pairs)
    unpaired = [award for place, award in enumerate(found) if place not in partner.values()]
    event = tallies[EVENT]
    event.gold += len(golds)
    event.predicted += len(found) if exhaustive else len(pairs)
    for place, gold in enumerate(golds):
        if place not in partner:
            result.differences.append(Difference("missed", EVENT, gold))
        elif same_event(gold, found[partner[place]], unrecoverable):
            result.found += 1
        else:
            result.differences.append(Difference("wrong", EVENT, gold, found[partner[place]]))
    event.right += result.found
    for slot in SLOTS:
        tally = tallies[f"slot {slot}"]
        tally.gold += sum(has(slot, gold) for gold in golds)
        for ours, theirs in pairs:
            gold, predicted = golds[ours], found[theirs]
            right = agree(slot, gold, predicted, unrecoverable)
            tally.right += right
            # Where gold is not exhaustive, a slot that gold leaves open is not held against the prediction.
            tally.predicted += has(slot, predicted) and (exhaustive or has(slot, gold))
            result.differences += _slot_difference(slot, gold, predicted, right, exhaustive)
        if exhaustive:
            tally.predicted += sum(has(slot, award) for award in unpaired)
    if exhaustive:
        result.differences += [Difference("extra", EVENT, None, award) for award in unpaired]


def _slot_difference(slot: str, gold: Fact, predicted: Fact, right: bool, exhaustive: bool) -> list[Difference]:
    """The difference of two paired awards in one slot, if any; those of the core are told with the event."""
    ours, theirs = has(slot, gold), has(slot, predicted)
    if slot in CORE or right or not (ours or theirs) or (not ours and not exhaustive):
        return []
    kind = "wrong" if ours and theirs else "missed" if ours else "extra"
    return [Difference(kind, f"slot {slot}", gold if ours else None, predicted if theirs else None)]


def pair(golds: list[Fact], found: list[Fact], unrecoverable: frozenset[str]) -> list[tuple[int, int]]:
    """Pairs gold awards with predicted ones, one to one: the same events first, then those with most slots in common.

    Award type or recipients must agree for two to be a pair at all. Among equals the first in the text goes first.
    """
    ranked: list[tuple[bool, int, int, int]] = []
    for ours, gold in enumerate(golds):
        for theirs, award in enumerate(found):
            agreeing = {slot for slot in SLOTS if agree(slot, gold, award, unrecoverable)}
            if agreeing & {"award", "recipients"}:
                ranked.append((not same_event(gold, award, unrecoverable), -len(agreeing), ours, theirs))
    pairs: dict[int, int] = {}
    for _, _, ours, theirs in sorted(ranked):
        if ours not in pairs and theirs not in pairs.values():
            pairs[ours] = theirs
    return list(pairs.items())


def _list(
    tally: Tally,
    result: DocumentResult,
    kind: str,
    golds: list[Fact],
    found: list[Fact],
    exhaustive: bool,
    same: Callable[[Fact, Fact, frozenset[str]], bool],
    unrecoverable: frozenset[str],
) -> None:
    """Adds one of the other lists of a document: each gold fact takes the first predicted one that agrees with it."""
    left = list(found)
    for gold in golds:
        place = next((place for place, one in enumerate(left) if same(gold, one, unrecoverable)), None)
        if place is None:
            result.differences.append(Difference("missed", kind, gold))
        else:
            del left[place]
            tally.right += 1
    tally.gold += len(golds)
    tally.predicted += len(found) if exhaustive else len(found) - len(left)
    if exhaustive:
        result.differences += [Difference("extra", kind, None, one) for one in left]
