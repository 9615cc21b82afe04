"""What is given to whom: pairs of an award and its recipients after a verb, and around a verb of receiving."""

from __future__ import annotations

from thidua.extraction.chunks import Chunk
from thidua.extraction.events import Given, Recipient, Sentence
from thidua.extraction.items import Item, Items
from thidua.extraction.recipients import level_recipient, merged, preposed, recipients_before, recipients_of
from thidua.extraction.triggers import is_competed, is_title
from thidua.extraction.values import AwardName

_AHEAD = frozenset(["body", "organisation", "person", "place"])


def last_award(here: Sentence, start: int, end: int) -> Chunk | None:
    """The last award among chunks[start:end]."""
    return next((here.chunks[i] for i in range(end - 1, start - 1, -1) if "awarding" in here.chunks[i].tags), None)


def given_after(here: Sentence, start: int, end: int, reached: bool = False, praise: bool = False) -> tuple[list[Given], int]:
    """Pairs of an award and its recipients after a verb.

    Args:
        start, end: the chunks after the verb.
        reached: the verb itself says to whom ("đến với").
        praise: the verb only praises, and may be followed by a bare kind of recipients.

    Returns:
        The pairs, and the index after the last chunk that they use.
    """
    items = Items(here, start, end, reached, praise).read()
    if not items:
        return [], start
    pairing = _Pairing(here)
    for item in items:
        pairing.take(item)
    pairs = pairing.pairs
    if pairing.award is not None:
        pairing.close()
    elif pairing.recipients:
        apart = _apart(here, items, end)
        pairs += [Given(None, recipients_of(c), [c]) for c in apart] or [Given(None, merged(pairing.recipients), pairing.used)]
    return pairs, items[-1].at + 1


class _Pairing:
    """Pairs items as they come: an award waits for recipients, recipients for an award."""

    def __init__(self, here: Sentence) -> None:
        self.here = here
        self.pairs: list[Given] = []
        self.award: tuple[AwardName, Chunk] | None = None
        self.waiting: list[tuple[AwardName, Chunk]] = []
        self.recipients: list[Recipient] = []
        self.used: list[Chunk] = []

    def take(self, item: Item) -> None:
        """Takes the next item."""
        chunk = self.here.chunks[item.at]
        if item.kind in ("award", "title"):
            self._take_award(item.kind, chunk)
        elif item.kind == "pronoun":
            person = self.here.person
            if person is not None:
                self.recipients.append(Recipient("individual", 1, "exact", [(person, person.name_at)], (chunk.start, chunk.end)))
                self.used.append(chunk)
        elif item.kind == "name":
            counted = next((r for r in reversed(self.recipients) if r.kind == "individual" and not r.names), None)
            if counted is not None:
                counted.names = [(chunk.value, chunk.value.name_at)]
        else:
            self.recipients += [level_recipient(chunk)] if item.kind == "level" else recipients_of(chunk)
            self.used.append(chunk)

    def _take_award(self, kind: str, chunk: Chunk) -> None:
        """Takes an award; one before it that has recipients is paired, one that has none waits for the same."""
        value = self.here.award_of(chunk)
        if self.award is not None:
            before, before_chunk = self.award
            if kind == "title" and before.name is not None:
                title = " ".join(self.here.text[chunk.start + 1 : chunk.end - 1].split())
                name = f"{before.name.partition(' “')[0]} “{title}”"
                value = AwardName(name, of=before.of, at=(chunk.start, chunk.end), elliptic=True)
            if value.name is None:
                value.name, value.elliptic = before.name, True
                value.of = before.of if value.of is None else value.of
            if self.recipients:
                self.pairs += [Given(award, merged(self.recipients), [*self.used, one]) for award, one in self.waiting]
                self.pairs.append(Given(before, merged(self.recipients), [*self.used, before_chunk]))
                self.waiting = []
            else:
                self.waiting.append((before, before_chunk))
            self.recipients, self.used = [], []
        elif value.name is None:
            value.elliptic = True
        self.award = (value, chunk)

    def close(self) -> None:
        """Pairs the last award, and those that wait for its recipients."""
        for other, chunk in self.waiting:
            shared = other.count is None or all(r.count is None and not r.names for r in self.recipients)
            self.pairs.append(Given(other, merged(self.recipients) if shared else [], [*self.used, chunk]))
        if self.award is not None:
            self.pairs.append(Given(self.award[0], merged(self.recipients), [*self.used, self.award[1]]))


def _apart(here: Sentence, items: list[Item], end: int) -> list[Chunk]:
    """Groups that are praised each for its own reason, or each at its own level: told apart."""
    chunks = here.chunks
    groups = [one.at for one in items if one.kind == "group"]
    if len(groups) < 2:
        return []
    reasons = all(any("because" in c.tags for c in chunks[a:b]) for a, b in zip(groups, [*groups[1:], end], strict=True))
    levels = all(i + 1 < end and "levelphrase" in chunks[i + 1].tags for i in groups)
    return [chunks[i] for i in groups] if reasons or levels else []


def received(here: Sentence, start: int, first: int, after: int, end: int) -> tuple[list[Given], int]:
    """Pairs of recipients and award around a verb of receiving; more pairs may follow without a verb.

    Args:
        start, first: the chunks before the verb; after, end: those after it.

    Returns:
        The pairs, and the index after the last chunk that they use.
    """
    chunks = here.chunks
    at = next((i for i in range(after, end) if chunks[i].tags & {"awarding", "rank"}), None)
    if at is None or any("semi" in c.tags for c in chunks[after:at]):
        return [], after
    recipients, used = _receivers(here, start, first, at, end)
    if not recipients or _tells_no_award(here, chunks[first], chunks[at].value):
        return [], after
    pairs = [Given(here.award_of(chunks[at]), recipients, [*used, chunks[at]])]
    waiting: list[Chunk] = []
    done = at + 1
    for index in range(at + 1, end):
        chunk = chunks[index]
        if chunk.tags & {"group", "person", "persons", "organisation", "body"} and not preposed(here, index, start):
            waiting.append(chunk)
        elif chunk.tags & {"awarding", "rank"}:
            others = [r for c in waiting for r in recipients_of(c)]
            if others:
                pairs.append(Given(here.award_of(chunk), merged(others), [*waiting, chunk]))
                waiting, done = [], index + 1
            elif isinstance(chunk.value, AwardName) and all(
                c.tags & {"comma", "and", "several", "about", "num"} for c in chunks[done:index]
            ):
                pairs.append(Given(chunk.value, recipients, [*used, chunk]))
                done = index + 1
    return pairs, done


def _receivers(here: Sentence, start: int, first: int, award: int, end: int) -> tuple[list[Recipient], list[Chunk]]:
    """Who receives: those before the verb, the body that somebody stands for, or who is named after the award."""
    chunks = here.chunks
    stands_for = next((i for i in range(start, first) if "representing" in chunks[i].tags), None)
    if stands_for is not None:
        body = next((c for c in chunks[stands_for + 1 : min(first, stands_for + 5)] if c.tags & {"body", "organisation"}), None)
        if body is not None:
            return recipients_of(body), [body]
    recipients, used = recipients_before(here, start, first)
    if recipients:
        return recipients, used
    # "Sau khi nhận Giấy khen của …, Công an xã …"
    ahead = next(
        (chunks[i] for i in range(award + 1, min(end, award + 8)) if chunks[i].tags & _AHEAD and "comma" in chunks[i - 1].tags), None
    )
    return (recipients_of(ahead), [ahead]) if ahead is not None else ([], [])


def _tells_no_award(here: Sentence, verb: Chunk, award: object) -> bool:
    """Whether what is received is won or reached, and given by no authority."""
    if not isinstance(award, AwardName):
        return False
    if here.word(verb) in here.lists.won:
        if not is_competed(here, award) and (award.bare or not is_title(here, award)):
            return True
        if award.bare and award.count is not None:
            return True
    return award.bare and award.name in ("danh hiệu", "giải")
