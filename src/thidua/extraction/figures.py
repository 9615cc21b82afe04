"""Numbers of something: figures that are no awards, and targets that are to be reached."""

from __future__ import annotations

import re
from typing import Any

from thidua.extraction.chunks import Chunk
from thidua.extraction.events import SUBJECTS, Event
from thidua.extraction.lexicon import Lexicon, flat
from thidua.extraction.names import Namer
from thidua.extraction.phrase_text import number
from thidua.extraction.rows import Row
from thidua.extraction.times import period_in
from thidua.extraction.values import AwardName, Body, Group, Place


class Figures:
    """Reads the numbers of a document's rows."""

    def __init__(self, lexicon: Lexicon, text: str, text_flat: str, rows: list[Row], namer: Namer) -> None:
        self.lexicon, self.text, self.flat, self.rows, self.namer = lexicon, text, text_flat, rows, namer
        self.mild = lexicon.clause_lists.mild

    def read(self, used: set[int], events: list[Event], given: list[Event]) -> list[dict[str, Any]]:
        """The numbers that are no awards.

        Args:
            used: ids of the chunks that tell awards.
            events: all that was told; given: those that were given.
        """
        found: list[dict[str, Any]] = []
        awarded = {event.sentence for event in given}
        amounts = {event.amount_at for event in events}
        for row in self.rows:
            subset = False
            planned = False
            for index, chunk in enumerate(row.chunks):
                if "semi" in chunk.tags:
                    subset = False
                    ahead = row.chunks[index + 1 :]
                    nearest = next(
                        (c for c in ahead if c.tags & (SUBJECTS - {"level"}) or c.tags & {"group", "num", "formerly", "semi", "here"}), None
                    )
                    if nearest is not None and (nearest.tags & (SUBJECTS - {"level"}) or nearest.tags & {"formerly", "here"}):
                        planned = False
                if "subset" in chunk.tags and (row.number in awarded or (index == 0 and row.number - 1 in awarded)):
                    subset = True
                if chunk.tags & {"aim", "plan", "purpose", "propose", "agree", "eligible", "planpaper"} and not chunk.tags & {"office"}:
                    planned = planned or self._speaks_of_future(row, index)
                figure = self._figure(row, index, chunk, used, amounts)
                if figure is not None and row.number in awarded and self._explains(row, index, used):
                    continue
                if (
                    figure is not None
                    and isinstance(chunk.value, Group)
                    and any(c.tags & {"propose", "grade", "plan"} for c in row.chunks[index + 1 : index + 4])
                ):
                    continue
                if figure is None or subset or planned:
                    continue
                value, unit, start, end, qualifier = figure
                if value == 1 and qualifier == "exact":
                    continue
                if any(f["value"] == value and f["unit"] == " ".join(unit.split()) and unit for f in found):
                    continue
                what_end = self._word_end(min(row.end, end + 40), end)
                found.append(
                    {
                        "what": " ".join(self.text[start:what_end].split()),
                        "value": value,
                        "qualifier": qualifier,
                        "unit": " ".join(unit.split()),
                        "scope": None,
                        "period": None,
                        "evidence": [start, end],
                        "spans": {"value": [[start, end]], "what": [[start, what_end]]},
                        "inferred": {},
                    }
                )
                if unit:
                    found[-1]["spans"]["unit"] = [[start, end]]
                self._context(found[-1], row, index)
        return found

    def _context(self, figure: dict[str, Any], row: Row, index: int) -> None:
        """Of whom or where, and for which years, a figure is told."""
        for chunk in reversed(row.chunks[:index]):
            if chunk.tags & {"semi"}:
                break
            if isinstance(chunk.value, Body | Place) and chunk.tags & {"body", "organisation", "place"}:
                name, why = self.namer.body(chunk.value) if isinstance(chunk.value, Body) else self.namer.place(chunk.value, chunk.start)
                figure["scope"] = name
                figure["spans"]["scope"] = [[chunk.start, chunk.end]]
                if why:
                    figure["inferred"]["scope"] = why
                break
        period = period_in(row.chunks, 0, len(row.chunks))
        if period is not None:
            figure["period"] = period[0]
            figure["spans"]["period"] = [list(period[1])]

    def targets(self) -> list[dict[str, Any]]:
        """Numbers that are to be reached: those after a word of aiming, up to the sentence's end."""
        found: list[dict[str, Any]] = []
        for row in self.rows:
            aiming = False
            for index, chunk in enumerate(row.chunks):
                if "aim" in chunk.tags and self._speaks_of_future(row, index):
                    aiming = True
                if not aiming:
                    continue
                value, qualifier, start, end = self._number(row, index)
                if value is None:
                    continue
                unit_end = self._unit_end(row, index)
                if unit_end <= end:
                    continue
                comparator = {"at least": "ge", "over": "ge", "at most": "le"}.get(qualifier, "eq")
                unit = " ".join(self.text[end:unit_end].split()).strip(" /")
                if "percent" in chunk.tags or "percentage" in chunk.tags:
                    unit = f"% {unit}"
                per = next(
                    (
                        w
                        for w in ("năm", "tháng", "quý", "nhiệm kỳ")
                        if re.search(rf"(?:/|mỗi |hằng |hàng |một ){w}", self.flat[max(row.start, start - 30) : unit_end + 12])
                    ),
                    None,
                )
                item: dict[str, Any] = {
                    "value": value, "comparator": comparator, "unit": unit, "per": per, "campaign": None,
                    "evidence": [start, unit_end], "spans": {"value": [[start, end]], "unit": [[start, unit_end]]}, "inferred": {},
                }  # fmt: skip
                if per is not None:
                    low = max(row.start, start - 30)
                    match = re.search(rf"(?:/|mỗi |hằng |hàng |một ){per}", self.flat[low : unit_end + 12])
                    if match is not None:
                        item["spans"]["per"] = [[low + match.end() - len(per), low + match.end()]]
                found.append(item)
        return found

    def _number(self, row: Row, index: int) -> tuple[int | float | None, str, int, int]:
        """A chunk's number, its qualifier, where the number and its qualifier begin and where the number ends."""
        chunk = row.chunks[index]
        left = row.chunks[index - 1] if index else None
        qualifier, start = "exact", chunk.start
        if left is not None and "about" in left.tags:
            qualifier, start = left.entries["about"].value or "exact", left.start
        if isinstance(chunk.value, Group) and chunk.value.count is not None and chunk.value.number_at is not None:
            return chunk.value.count, chunk.value.qualifier, chunk.start, chunk.value.number_at[1]
        if "percentage" in chunk.tags:
            value, about = chunk.value
            return value, about, chunk.start, chunk.end
        if "num" in chunk.tags and isinstance(chunk.value, int | float):
            return chunk.value, qualifier, start, chunk.end
        if "numberword" in chunk.tags and left is not None and "about" in left.tags:
            return chunk.entries["numberword"].value, qualifier, start, chunk.end
        return None, qualifier, start, chunk.end

    def _unit_end(self, row: Row, index: int) -> int:
        """Where the words end that say what is counted."""
        end = row.chunks[index].end
        for chunk in row.chunks[index + 1 : index + 14]:
            if chunk.tags & {
                "comma",
                "semi",
                "stop",
                "lpar",
                "rpar",
                "num",
                "percentage",
                "group",
                "slash",
                "year",
                "date",
                "period",
                "aim",
                "colon",
            }:
                break
            end = chunk.end
        return end

    def _in_words(self, chunk: Chunk) -> bool:
        """Whether a group's number is written in words: "ba lực lượng" counts no figure."""
        at = chunk.value.number_at
        return at is not None and not self.text[at[0]].isdigit()

    def _explains(self, row: Row, index: int, used: set[int]) -> bool:
        """Whether a number only explains recipients: in brackets or after a colon behind them, or their total before parts."""
        chunk = row.chunks[index]
        if not isinstance(chunk.value, Group):
            return False
        left = row.chunks[max(0, index - 4) : index]
        marks = [c for c in left if c.tags & {"lpar", "colon"}]
        colon = next((i for i in range(index - 1, -1, -1) if row.chunks[i].tags & {"colon", "semi"}), None)
        if colon is not None and "colon" in row.chunks[colon].tags:
            marks.append(row.chunks[colon])
        if marks and any(id(c) in used for c in row.chunks[:index] if isinstance(c.value, Group)):
            return True
        following = row.chunks[index + 1 : index + 4]
        if len(set(chunk.value.kinds)) > 1 and any(c.tags & {"subset", "lpar", "colon"} for c in following):
            return any(id(c) in used for c in row.chunks[index + 1 :] if isinstance(c.value, Group))
        return False

    def _word_end(self, wanted: int, least: int) -> int:
        """The end of the last whole word before `wanted`."""
        end = wanted
        while end > least and end < len(self.text) and not self.text[end].isspace():
            end -= 1
        while end > least and not self.text[end - 1].isalnum() and self.text[end - 1] not in '”"%)':
            end -= 1
        return end

    def _speaks_of_future(self, row: Row, index: int) -> bool:
        """Whether numbers after this word are of what is to come: plans, aims, proposals, rules."""
        chunk = row.chunks[index]
        word = self.flat[chunk.start : chunk.end]
        if "agree" in chunk.tags:
            return any("awarding" in c.tags for c in row.chunks)
        if word in self.mild:
            return word in ("xin", "trình") or (word == "lựa chọn" and index > 0 and "plan" in row.chunks[index - 1].tags)
        return True

    def _figure(
        self, row: Row, index: int, chunk: Chunk, used: set[int], amounts: set[Any]
    ) -> tuple[int | float, str, int, int, str] | None:
        """A chunk's number, unit, place and qualifier, where it is a number of something."""
        following = row.chunks[index + 1] if index + 1 < len(row.chunks) else None
        left = row.chunks[index - 1] if index else None
        left_word = self.flat[left.start : left.end] if left is not None else ""
        start, end = chunk.start, chunk.end
        if isinstance(chunk.value, Group) and chunk.value.count is not None:
            if id(chunk) in used or self._in_words(chunk):
                return None
            return chunk.value.count, chunk.value.counted_words, start, end, chunk.value.qualifier
        if "num" in chunk.tags:
            if following is None or left_word in self.lexicon.clause_lists.ordinal:
                return None
            unit_tags = {
                "word",
                "kind",
                "thing",
                "bodyword",
                "field",
                "orghead",
                "campaign",
                "gathering",
                "form",
                "money",
                "body",
                "review",
                "bodyhead",
                "propose",
                "level",
                "eligible",
                "aim",
                "cap",
                "other",
                "counter",
                "organisation",
                "post",
            }
            bare = following.tags & {"comma", "stop", "and"} and left_word in ("tăng", "giảm")
            if not following.tags & unit_tags and not bare:
                return None
            unit = "" if bare else self.text[following.start : following.end]
            if following.tags & {"organisation", "body"}:
                unit = unit.split()[0]
            qualifier = "exact"
            if left is not None and "about" in left.tags:
                qualifier = left.entries["about"].value or "exact"
                start = left.start
            return chunk.value, unit, start, (following.start + len(unit)) if unit else end, qualifier
        if "fraction" in chunk.tags:
            if following is None or not following.tags & {
                "word",
                "kind",
                "body",
                "orghead",
                "level",
                "bodyhead",
                "organisation",
                "aim",
                "thing",
                "place",
            }:
                return None
            value = number(chunk.value["part"][0])
            unit = self.text[following.start : following.end].split()[0]
            return None if value is None else (value, unit, start, following.start + len(unit), "exact")
        if "percentage" in chunk.tags and following is not None and following.tags & {"word", "kind", "form", "level", "campaign", "field"}:
            value, qualifier = chunk.value
            return None if value is None else (value, "% " + self.text[following.start : following.end], start, following.end, qualifier)
        if "amount" in chunk.tags and (start, end) not in amounts:
            match = re.match(r"(\D*?)([\d.,]+)\s*(.*)", chunk.value)
            if match is None:
                return None
            value = number(match.group(2).rstrip(".,"))
            qualifier = self.lexicon.words["about"]["qualifier"].get(flat(match.group(1)).strip(), "exact")
            return None if value is None else (value, match.group(3), start, end, qualifier)
        if "awarding" in chunk.tags and isinstance(chunk.value, AwardName) and chunk.value.count is not None and id(chunk) not in used:
            return chunk.value.count, chunk.value.name or "", start, end, "exact"
        return None
