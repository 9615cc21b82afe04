"""When a predicted fact agrees with the gold one: the benchmark's rules, each by its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from thidua.extraction.folding import folded, squeezed

Fact = Mapping[str, Any]  # one item of a sheet that was read leniently: any slot may be missing
Counted = dict[str, tuple[int | None, frozenset[str]]]  # kind of recipient → how many, who

SLOTS = ("conferred_by", "award", "award_rank", "recipients", "campaign", "period", "decision", "presented_by", "on_behalf_of")
CORE = ("conferred_by", "award", "recipients")  # who, what, to whom
_EXACT = ("period", "decision", "award_rank")

# Words that two names may or may not have without being two names.
_UNTELLING = frozenset("tỉnh thành phố huyện xã phường thị quận việt nam của cho các danh hiệu".split())
_OFFICES = re.compile(r"\b(?:(?:phó )?chủ tịch|(?:phó )?bí thư|bộ trưởng|thủ tướng|giám đốc|trưởng ban)\b")
_LEVELS = re.compile(r"\b(?:thành phố|thị xã|tỉnh|huyện|quận|phường|xã|trung ương)\b")


def same_name(gold: str | None, predicted: str | None, unrecoverable: frozenset[str] = frozenset()) -> bool:
    """Whether two names name one thing: they share three quarters of their telling words.

    The chair is not the committee (the offices named must be the same), nor the district the province (nor the levels
    differ where both name one).

    Args:
        gold: the annotated name.
        predicted: the name found.
        unrecoverable: folded words of places that the text itself does not print; their absence is no difference.
    """
    ours, theirs = folded(gold or ""), folded(predicted or "")
    if not ours or not theirs:
        return ours == theirs
    if set(_OFFICES.findall(ours)) != set(_OFFICES.findall(theirs)):
        return False
    our_levels, their_levels = set(_LEVELS.findall(ours)), set(_LEVELS.findall(theirs))
    if our_levels and their_levels and our_levels != their_levels:
        return False
    first, second = _telling(ours, unrecoverable), _telling(theirs, unrecoverable)
    return 4 * len(first & second) >= 3 * len(first | second)


def _telling(name: str, unrecoverable: frozenset[str]) -> set[str]:
    """The words of a folded name that tell it from others; all of them where none does."""
    words = set(name.split())
    return words - _UNTELLING - unrecoverable or words


def counted(award: Fact) -> Counted:
    """How many of each kind, and who: groups of one kind are added up, one without a count makes the sum unknown."""
    groups: Counted = {}
    for group in award.get("recipients") or []:
        names = group.get("names") or []
        count = group.get("count")
        if count is None and names:
            count = len(names)
        so_far, known = groups.get(group["kind"], (0, frozenset()))
        total = None if count is None or so_far is None else so_far + count
        groups[group["kind"]] = total, known | {folded(name) for name in names}
    return groups


def same_recipients(gold: Fact, predicted: Fact) -> bool:
    """Whether kinds and counts are the same, and three quarters of the names that gold has are there."""
    ours, theirs = counted(gold), counted(predicted)
    if {kind: group[0] for kind, group in ours.items()} != {kind: group[0] for kind, group in theirs.items()}:
        return False
    return all(4 * len(names & theirs[kind][1]) >= 3 * len(names) for kind, (_, names) in ours.items())


def presenters(award: Fact) -> list[str]:
    """The names of those who handed it over; a post without a name is none."""
    return [one["name"] for one in award.get("presented_by") or [] if one.get("name")]


def has(slot: str, award: Fact) -> bool:
    """Whether an award says anything in the slot."""
    if slot == "presented_by":
        return bool(presenters(award))
    return bool(award.get(slot))


def agree(slot: str, gold: Fact, predicted: Fact, unrecoverable: frozenset[str] = frozenset()) -> bool:
    """Whether two awards both say something in the slot, and the same."""
    if not has(slot, gold) or not has(slot, predicted):
        return False
    if slot == "recipients":
        return same_recipients(gold, predicted)
    if slot == "presented_by":
        return any(same_name(ours, theirs) for ours in presenters(gold) for theirs in presenters(predicted))
    if slot in _EXACT:
        return squeezed(gold[slot]) == squeezed(predicted[slot])
    return same_name(gold[slot], predicted[slot], unrecoverable)


def same_event(gold: Fact, predicted: Fact, unrecoverable: frozenset[str]) -> bool:
    """Whether who, what and to whom all agree; here two empty values agree too."""
    return (
        same_name(gold.get("conferred_by"), predicted.get("conferred_by"), unrecoverable)
        and same_name(gold.get("award"), predicted.get("award"), unrecoverable)
        and same_recipients(gold, predicted)
    )


def overlap(one: list[int] | None, other: list[int] | None) -> bool:
    """Whether two spans share more than half of the shorter one."""
    if not one or not other:
        return False
    shared = min(one[1], other[1]) - max(one[0], other[0])
    shorter = min(one[1] - one[0], other[1] - other[0])
    return 2 * shared > max(1, shorter)


def same_campaign(gold: Fact, predicted: Fact, unrecoverable: frozenset[str]) -> bool:
    """Whether two campaigns have one name."""
    return same_name(gold.get("name"), predicted.get("name"), unrecoverable)


def same_figure(gold: Fact, predicted: Fact, unrecoverable: frozenset[str]) -> bool:
    """Whether two figures have one value in one place of the text."""
    return bool(gold.get("value") == predicted.get("value")) and overlap(gold.get("evidence"), predicted.get("evidence"))


def same_post(gold: Fact, predicted: Fact, unrecoverable: frozenset[str]) -> bool:
    """Whether person, post and body are the same; the person's name has no place in it that could be missing."""
    return (
        same_name(gold.get("person"), predicted.get("person"))
        and same_name(gold.get("post"), predicted.get("post"), unrecoverable)
        and same_name(gold.get("body"), predicted.get("body"), unrecoverable)
    )


LISTS: dict[str, Callable[[Fact, Fact, frozenset[str]], bool]] = {
    "campaigns": same_campaign,
    "figures": same_figure,
    "posts": same_post,
}
