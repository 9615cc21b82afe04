"""Damages sheets at random, but the same way for the same seed: predictions of every quality to compare measures on."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any

Sheet = dict[str, Any]

TEXT_SLOTS = ("conferred_by", "award", "award_rank", "campaign", "period", "decision", "on_behalf_of")
KINDS = ("individual", "collective", "household", "community", "model")
OTHER_WORDS = {"tỉnh": "huyện", "huyện": "xã", "Chủ tịch ": "Phó Chủ tịch ", "Ủy ban": "Uỷ ban", "hạng ": "hạng  ", "-": " – ", "“": '"'}


class Pool:
    """Values that stand in the gold sheets: what a wrong prediction would be likely to say."""

    def __init__(self, golds: list[Sheet]) -> None:
        self.awards = [award for gold in golds for award in gold.get("awards", [])]
        self.items = {kind: [item for gold in golds for item in gold.get(kind, [])] for kind in ("campaigns", "figures", "posts")}


def other_words(rng: random.Random, value: str) -> str:
    """A value written otherwise, or otherwise in one word."""
    words = value.split()
    choice = rng.randrange(6)
    if choice == 0 and len(words) > 1:
        words.pop(rng.randrange(len(words)))
    elif choice == 1:
        words.insert(rng.randrange(len(words) + 1), rng.choice(["mới", "tỉnh", "Quảng Nam", "của", "…", "Giám đốc"]))
    elif choice == 2:
        return value.upper()
    elif choice == 3:
        return value.replace(" ", "  ") + "."
    else:
        here = [old for old in OTHER_WORDS if old in value]
        return value.replace(old := rng.choice(here), OTHER_WORDS[old]) if here else value + " khác"
    return " ".join(words)


def text_slot(rng: random.Random, award: Sheet, pool: Pool) -> None:
    slot = rng.choice(TEXT_SLOTS)
    choice = rng.randrange(4)
    if choice == 0:
        award[slot] = rng.choice([None, "", "…"])
    elif choice == 1:
        award.pop(slot, None)
    elif choice == 2 or not award.get(slot):
        award[slot] = rng.choice(pool.awards).get(slot)
    else:
        award[slot] = other_words(rng, award[slot])


def recipients(rng: random.Random, award: Sheet, pool: Pool) -> None:
    groups = award.get("recipients") or []
    choice = rng.randrange(8)
    if choice == 0 or not groups:
        award["recipients"] = rng.choice([None, [], copy.deepcopy(rng.choice(pool.awards).get("recipients"))])
        return
    group = rng.choice(groups)
    if choice == 1:
        group["count"] = rng.choice([None, 0, 1, (group.get("count") or 0) + 1])
    elif choice == 2:
        group["kind"] = rng.choice(KINDS)
    elif choice == 3 and group.get("count"):
        groups.append({"kind": group["kind"], "count": 1, "names": []})
        group["count"] -= 1
    elif choice == 4 and group.get("names"):
        group["names"] = [name if rng.random() < 0.7 else name + " A" for name in group["names"]]
    elif choice == 5:
        group["names"] = rng.choice([None, ["Nguyễn Văn A"], []])
    elif choice == 6:
        groups.reverse()
    else:
        groups.remove(group)


def presenter(rng: random.Random, award: Sheet, pool: Pool) -> None:
    choice = rng.randrange(4)
    if choice == 0:
        award["presented_by"] = rng.choice([None, [], [{"name": None, "post": "Bí thư"}]])
    elif choice == 1:
        award["presented_by"] = [{"name": "Trần Thị B", "post": None}, *(award.get("presented_by") or [])]
    elif choice == 2:
        award["presented_by"] = copy.deepcopy(rng.choice(pool.awards).get("presented_by"))
    else:
        award.pop("presented_by", None)


def evidence(rng: random.Random, award: Sheet, pool: Pool) -> None:
    span = award.get("evidence") or [0, 10]
    shift = rng.choice([-200, -30, 30, 200])
    start = max(0, span[0] + shift)
    award["evidence"] = rng.choice([None, [], [start, start + max(1, span[1] - span[0])], [span[0], span[0]], [0, 5000]])


def award_list(rng: random.Random, sheet: Sheet, pool: Pool) -> None:
    awards = sheet.setdefault("awards", [])
    choice = rng.randrange(5)
    if choice == 0 and awards:
        awards.pop(rng.randrange(len(awards)))
    elif choice == 1 and awards:
        awards.insert(rng.randrange(len(awards) + 1), copy.deepcopy(rng.choice(awards)))
    elif choice == 2:
        awards.insert(rng.randrange(len(awards) + 1), copy.deepcopy(rng.choice(pool.awards)))
    elif choice == 3:
        rng.shuffle(awards)
    else:
        sheet["awards"] = rng.choice([[], None])
        if sheet["awards"] is None:
            del sheet["awards"]


def conferral_of_no_award(rng: random.Random, sheet: Sheet, pool: Pool) -> None:
    for one in sheet.get("not_awards") or []:
        start, end = one["evidence"]
        award = copy.deepcopy(rng.choice(pool.awards))
        award["evidence"] = rng.choice([[start, end], [start, (start + end) // 2], [start, start + 3], [start - min(start, 60), end]])
        sheet.setdefault("awards", []).append(award)


def other_lists(rng: random.Random, sheet: Sheet, pool: Pool) -> None:
    kind = rng.choice(["campaigns", "figures", "posts"])
    items = sheet.setdefault(kind, [])
    choice = rng.randrange(5)
    if choice == 0:
        items.append(copy.deepcopy(rng.choice(pool.items[kind])))
    elif choice == 1 or not items:
        sheet[kind] = []
    elif choice == 2:
        items.pop(rng.randrange(len(items)))
    elif choice == 3:
        rng.shuffle(items)
    else:
        item = rng.choice(items)
        if kind == "figures":
            item.update(
                rng.choice([{"value": item["value"] + 1}, {"value": float(item["value"])}, {"evidence": [0, 1]}, {"evidence": None}])
            )
        else:
            slot = rng.choice(["name"] if kind == "campaigns" else ["person", "post", "body"])
            item[slot] = rng.choice([None, other_words(rng, item.get(slot) or "ai")])


OF_AWARD: tuple[Callable[[random.Random, Sheet, Pool], None], ...] = (text_slot, text_slot, recipients, presenter, evidence)
OF_SHEET: tuple[Callable[[random.Random, Sheet, Pool], None], ...] = (award_list, conferral_of_no_award, other_lists, other_lists)


def damaged(rng: random.Random, gold: Sheet, pool: Pool, used: set[str]) -> Sheet | None:
    """A prediction made of a gold sheet: whole, damaged in some places, empty, or missing (None)."""
    fate = rng.random()
    if fate < 0.05:
        used.add("missing")
        return None
    if fate < 0.1:
        used.add("empty")
        return {}
    sheet = copy.deepcopy(gold)
    for _ in range(rng.choice([0, 1, 2, 4, 8])):
        awards = sheet.get("awards") or []
        if awards and rng.random() < 0.6:
            damage = rng.choice(OF_AWARD)
            damage(rng, rng.choice(awards), pool)
        else:
            damage = rng.choice(OF_SHEET)
            damage(rng, sheet, pool)
        used.add(damage.__name__)
    return sheet


def other_gold(rng: random.Random, gold: Sheet) -> Sheet:
    """A gold sheet of other coverage, of other places that only the outlet gives."""
    gold = copy.deepcopy(gold)
    gold["coverage"] = rng.choice(["complete", "complete", "partial"])
    if rng.random() < 0.3:
        gold["places_only_from_outlet"] = rng.choice([[], ["Quảng Nam"], ["Ủy ban", "Thành phố Hồ Chí Minh"]])
    if rng.random() < 0.1:
        del gold["coverage"]
    return gold
