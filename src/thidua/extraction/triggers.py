"""Which verbs of a sentence give, praise or receive."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from thidua.extraction.events import Sentence
from thidua.extraction.phrases import Phrases
from thidua.extraction.values import AwardName


@dataclass(frozen=True, slots=True)
class Trigger:
    """A verb with the frame it fits; `first` and `last`: the first chunk of the verb's words, and the verb itself."""

    frame: str
    first: int
    last: int


class Frames:
    """The frames of grammar/clauses.toml, compiled."""

    def __init__(self, phrases: Phrases) -> None:
        """Compiles the frames.

        Raises:
            InputError: a trigger is no rule.
        """
        self.codes = phrases.codes
        self.patterns: list[tuple[str, re.Pattern[str]]] = [
            (one["name"], phrases.compile(one["trigger"], "clauses.toml")) for one in phrases.lexicon.clauses["frame"]
        ]

    def triggers(self, here: Sentence) -> list[Trigger]:
        """The verbs of a sentence that give, praise or receive, in order, without overlaps."""
        row = self.codes.row(here.chunks)
        taken = [False] * len(here.chunks)
        found: list[Trigger] = []
        for frame, pattern in self.patterns:
            for match in pattern.finditer(row):
                if not any(taken[match.start() : match.end()]):
                    taken[match.start() : match.end()] = [True] * (match.end() - match.start())
                    found.append(Trigger(frame, match.start(), match.end() - 1))
        found.sort(key=lambda t: t.first)
        found = [one for one in found if one.frame != "receive" or not _only_reaches(here, one)]
        serial = {one.first for before, one in pairwise(found) if _is_serial(here, before, one)}
        return [one for one in found if one.first not in serial]


def _is_serial(here: Sentence, before: Trigger, one: Trigger) -> bool:
    """Whether a "tặng" only goes on with the verb before: "trao Giấy khen tặng các tập thể"."""
    return (
        one.frame == before.frame == "active"
        and here.word(here.chunks[one.first]) == "tặng"
        and bool(here.chunks[one.first - 1].tags & {"awarding", "rank"})
    )


def _only_reaches(here: Sentence, trigger: Trigger) -> bool:
    """Whether a verb of winning tells of a standard or title reached, as of nothing that was handed over."""
    if here.word(here.chunks[trigger.last]) not in here.lists.reached:
        return False
    award = next((c.value for c in here.chunks[trigger.last + 1 : trigger.last + 5] if isinstance(c.value, AwardName)), None)
    return award is None or not (is_competed(here, award) or (is_title(here, award) and not award.bare))


def is_competed(here: Sentence, award: AwardName) -> bool:
    """Whether an award is won against others: a prize, a medal, a flag."""
    return award.prize or (award.name or "").startswith(here.lexicon.award_lists.competed)


def is_title(here: Sentence, award: AwardName) -> bool:
    """Whether an award is named in grammar/awards.toml."""
    return award.name in here.lexicon.award_names
