"""A document's fact sheet."""

from __future__ import annotations

import re
from typing import Any

from thidua.extraction.chunks import Chunk, sentences
from thidua.extraction.clauses import SUBJECTS, Clauses, Event, Recipient
from thidua.extraction.document import Document
from thidua.extraction.conferrals import Draft, as_award, draft, merge
from thidua.extraction.lexicon import Lexicon, flat
from thidua.extraction.names import Namer, share_places
from thidua.extraction.outlets import outlet_place
from thidua.extraction.phrases import Phrases, number
from thidua.extraction.sheet import Sheet
from thidua.extraction.values import AwardName, Body, Delegation, Group, Office, Person, Place


class Extractor:
    """Reads documents; made once, since the rules are compiled then."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.phrases = Phrases(lexicon)
        self.clauses = Clauses(self.phrases)

    def sheet(self, document: Document, outlet: str | None = None) -> Sheet:
        """The fact sheet of a document; empty where it is not Vietnamese.

        Args:
            outlet: the province or city of the outlet, for "tỉnh" where the text names none.
        """
        return Reading(self, document, outlet).sheet()


def extract(document: Document, lexicon: Lexicon) -> Sheet:
    """The fact sheet of a document."""
    outlet = outlet_place(document, lexicon.provinces.values())
    global _EXTRACTOR
    if _EXTRACTOR is None or _EXTRACTOR.lexicon is not lexicon:
        _EXTRACTOR = Extractor(lexicon)
    return _EXTRACTOR.sheet(document, outlet)


_EXTRACTOR: Extractor | None = None


class Sentence:
    """A sentence's chunks and what kind of passage it stands in."""

    __slots__ = ("caption", "chunks", "end", "number", "start")

    def __init__(self, number: int, start: int, end: int, caption: bool, chunks: list[Chunk]) -> None:
        self.number, self.start, self.end, self.caption, self.chunks = number, start, end, caption, chunks


class Reading:
    """One reading of one document."""

    def __init__(self, extractor: Extractor, document: Document, outlet: str | None) -> None:
        self.extractor = extractor
        self.lexicon = extractor.lexicon
        self.document = document
        self.text = document.text
        self.flat = flat(document.text)
        self.namer = Namer(self.lexicon, outlet)

    def sheet(self) -> Sheet:
        """The facts, each list in the order of the text."""
        document = self.document
        found: dict[str, Any] = {
            "id": document.id,
            "source": {
                "file": document.file,
                "sha256": document.sha256,
                "title": document.title,
                "published": document.published,
                "publisher": document.publisher,
                "republished_from": document.republished_from,
                "url": document.url,
            },
        }
        for kind in (
            "awards",
            "campaigns",
            "figures",
            "targets",
            "eligibility",
            "launches",
            "gatherings",
            "documents",
            "posts",
            "not_awards",
        ):
            found[kind] = []
        if document.language != "vi":
            return found  # type: ignore[return-value]
        self._read()
        events: list[Event] = []
        topic: list[Recipient] = []
        for one in self.rows:
            read = self.extractor.clauses.read(self.text, one.chunks, one.number, one.caption, topic)
            events += read
            if read:
                topic = read[-1].recipients
            else:
                people = [c.value for c in one.chunks if isinstance(c.value, Person)]
                topic = [Recipient("individual", 1, "exact", [(people[0], people[0].name_at)], people[0].at)] if people else []
        self._complete(events)
        told = {event.sentence for event in events if event.why is None and not self._is_loose(event)}
        given = [
            event
            for event in events
            if event.why is None and not self._is_total(event) and (not self._is_loose(event) or event.sentence in told)
        ]
        drafts = [draft(event, self.namer) for event in given]
        merged = merge(drafts, self.namer)
        self._listed(merged, {event.sentence for event in events})
        found["awards"] = [as_award(one, self.namer) for one in merged]
        used = self._used(events)
        found["figures"] = self._figures(used, events)
        found["posts"] = self._posts()
        found["not_awards"] = self._not_awards(events)
        return found  # type: ignore[return-value]

    # ── reading ──

    def _read(self) -> None:
        self.rows: list[Sentence] = []
        number_ = 0
        title = self.document.title or ""
        if title:
            title_flat = flat(title)
            for start, end in sentences(title, title_flat, 0, len(title)):
                for chunk in self.extractor.phrases.read(title, title_flat, start, end):
                    self._note(chunk.value, -1)
        for part in self.document.parts:
            if part.kind in ("title", "heading") and not title:
                for chunk in self.extractor.phrases.read(self.text, self.flat, part.start, part.end):
                    self._note(chunk.value, -1)
            if part.kind not in ("body", "caption"):
                continue
            for start, end in sentences(self.text, self.flat, part.start, part.end, part.kind == "caption"):
                chunks = self.extractor.phrases.read(self.text, self.flat, start, end)
                self.rows.append(Sentence(number_, start, end, part.kind == "caption", chunks))
                number_ += 1
                for chunk in chunks:
                    self._note(chunk.value, chunk.start)

    def _note(self, value: object, at: int) -> None:
        if isinstance(value, Place):
            self.namer.saw_place(value, at)
        elif isinstance(value, Body):
            if at >= 0:
                self.namer.saw_body(value)
            elif value.place is not None:
                self.namer.saw_place(value.place, at)
        elif isinstance(value, Office):
            if value.body is not None:
                self._note(value.body, at)
        elif isinstance(value, Person):
            share_places(value.offices)
            for office in value.offices:
                self._note(office, at)
        elif isinstance(value, list):
            for one in value:
                self._note(one, at)
        elif isinstance(value, Delegation):
            for one in value.principals:
                self._note(one, at)
        elif isinstance(value, AwardName):
            self._note(value.of, at)

    def _listed(self, drafts: list[Draft], telling: set[int]) -> None:
        """Names told after the award: "Phần tập thể có A; B; …. Bốn cá nhân là ông C, bà D"."""
        for row in self.rows:
            if row.number in telling:
                continue
            cue = next((i for i, c in enumerate(row.chunks[:7]) if self.flat[c.start : c.end] in ("là", "có", "gồm", "bao gồm", "gồm có", ":")), None)
            if cue is None:
                continue
            kinds = {k for c in row.chunks[:cue] if isinstance(c.value, Group) for k in c.value.kinds}
            kinds |= {c.entries["kind"].value for c in row.chunks[:cue] if "kind" in c.entries}
            if len(kinds) != 1 or any(isinstance(c.value, Body | Person | Office) for c in row.chunks[:cue]):
                continue
            kind = kinds.pop()
            listed = [
                c
                for i, c in enumerate(row.chunks)
                if i > cue and isinstance(c.value, Person | Body | list) and "behalf" not in c.tags and not row.chunks[i - 1].tags & {"of", "lpar"}
            ]
            names: list[tuple[object, tuple[int, int]]] = []
            for chunk in listed:
                if kind == "individual":
                    names += [(p, p.name_at) for p in _persons(chunk.value)]
                elif isinstance(chunk.value, Body):
                    names.append((chunk.value, (chunk.start, chunk.end)))
            for one in reversed(drafts):
                target = next((r for r in one.recipients if r.kind == kind and not r.names and r.count is not None and r.count >= len(names)), None)
                if target is not None and one.event.sentence < row.number and names:
                    target.names = names
                    for _, at in names:
                        one.add("recipients", at)
                    break

    def _complete(self, events: list[Event]) -> None:
        """Classes without a name ("nhận hạng Nhì") take the award named before, with its awarder."""
        for number_, event in enumerate(events):
            if event.award is None or event.award.name is not None:
                continue
            for earlier in reversed(events[:number_]):
                if (
                    earlier.award is not None
                    and earlier.award.name
                    and not earlier.award.prize
                    and earlier.award.name.startswith(("Huân chương", "Huy chương", "Kỷ niệm chương", "giải"))
                ):
                    event.award.name = earlier.award.name
                    event.award.of, event.award.of_at = earlier.award.of, earlier.award.of_at
                    event.inherited["award"] = "the award named before"
                    if event.agent is None:
                        event.agent, event.agent_at, event.principals, event.principals_at = (
                            earlier.agent,
                            earlier.agent_at,
                            earlier.principals,
                            earlier.principals_at,
                        )
                        event.inherited["agent"] = "the clause before"
                    event.part_of = earlier
                    break

    # ── what is no award ──

    def _is_total(self, event: Event) -> bool:
        """Whether an event sums up years: a figure then."""
        row = self.rows[event.sentence]
        first = min((r.at[0] for r in event.recipients), default=event.at[0])
        if not any(r.count is not None for r in event.recipients) and not (event.award and event.award.count):
            return False
        segment = max((i + 1 for i, c in enumerate(row.chunks) if "semi" in c.tags and c.end <= first), default=0)
        dated = False
        if any((c.tags & {"campaign", "quote"} or self.flat[c.start : c.end] == "thi đua") and c.start < first for c in row.chunks[segment:]):
            return False
        for index, chunk in enumerate(row.chunks[segment:]):
            if chunk.start >= first:
                break
            if chunk.tags & {"date", "here", "today"}:
                dated = True
            if "total" in chunk.tags and not dated:
                return True
            if "period" in chunk.tags and index <= 6:
                said = any(self.flat[c.start : c.end] in ("đã", "có") for c in row.chunks[segment:])
                return not dated and (event.passive or event.agent is None or said)
            if (
                "duration" in chunk.tags
                and index <= 2
                and " năm" in self.flat[chunk.start : chunk.end]
                and re.search(r"trong|qua", self.flat[chunk.start : chunk.end])
            ):
                return True
        return False

    def _is_loose(self, event: Event) -> bool:
        """Whether an event only speaks of praise in general: nobody is counted or named, and no occasion is told."""
        if any(r.count is not None or r.joint or r.names for r in event.recipients) or not event.recipients:
            return False
        several = any(isinstance(c.value, Group) for c in event.used)
        if event.agent is not None and "agent" not in event.inherited and not event.passive and several:
            return False
        if event.award is not None and event.award.name is not None:
            return False
        row = self.rows[event.sentence]
        return event.agent is None or not any(
            c.tags & {"date", "today", "here", "gathering", "occasion", "anniversary"} for c in row.chunks
        )

    def _not_awards(self, events: list[Event]) -> list[dict[str, Any]]:
        found = []
        for event in events:
            if event.why is not None:
                name = event.award.name if event.award is not None and event.award.name else event.verb
                rank = event.award.rank if event.award is not None else None
                found.append(
                    {
                        "why": event.why,
                        "award": f"{name} {rank}" if rank else name,
                        "evidence": list(event.at),
                        "spans": {"award": [list(event.award.at if event.award is not None else event.verb_at)]},
                        "inferred": {},
                    }
                )
        used = {id(chunk) for event in events for chunk in event.used}
        for row in self.rows:
            why = None
            for chunk in row.chunks:
                for cue in self.extractor.clauses.cues:
                    if cue["class"] in chunk.tags:
                        why = cue["why"]
                if why and "awarding" in chunk.tags and id(chunk) not in used and isinstance(chunk.value, AwardName) and chunk.value.name:
                    found.append(
                        {
                            "why": why,
                            "award": chunk.value.name,
                            "evidence": [chunk.start, chunk.end],
                            "spans": {"award": [[chunk.start, chunk.end]]},
                            "inferred": {},
                        }
                    )
        return sorted(found, key=lambda one: one["evidence"])

    # ── figures ──

    def _used(self, events: list[Event]) -> set[int]:
        used: set[int] = set()
        for event in events:
            if event.why is None and self._is_total(event):
                continue
            for chunk in event.used:
                if (
                    isinstance(chunk.value, Group)
                    and len(set(chunk.value.kinds)) > 1
                    and chunk.value.count is not None
                    and event.why is None
                    and any(r.joint for r in event.recipients)
                ):
                    continue
                used.add(id(chunk))
        return used

    def _figures(self, used: set[int], events: list[Event]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        given = [event for event in events if event.why is None and not self._is_total(event)]
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
                if figure is not None and isinstance(chunk.value, Group) and any(c.tags & {"propose", "grade"} for c in row.chunks[index + 1 : index + 4]):
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
                        "spans": {"value": [[start, end]], "unit": [[start, end]], "what": [[start, what_end]]},
                        "inferred": {},
                    }
                )
        return found

    def _explains(self, row: Sentence, index: int, used: set[int]) -> bool:
        """Whether a number only explains recipients: in brackets or after a colon behind them, or their total before parts."""
        chunk = row.chunks[index]
        if not isinstance(chunk.value, Group):
            return False
        left = row.chunks[max(0, index - 4) : index]
        marks = [c for c in left if c.tags & {"lpar", "colon"}]
        if marks and any(id(c) in used for c in row.chunks[:index] if isinstance(c.value, Group)):
            return True
        following = row.chunks[index + 1 : index + 4]
        if len(set(chunk.value.kinds)) > 1 and any(c.tags & {"subset", "lpar", "colon"} for c in following):
            return any(id(c) in used for c in row.chunks[index + 1 :] if isinstance(c.value, Group))
        return False

    def _word_end(self, wanted: int, least: int) -> int:
        """The end of the last whole word before `wanted`."""
        end = wanted
        while end > least and end < len(self.text) and self.text[end].isalnum():
            end -= 1
        while end > least and not self.text[end - 1].isalnum() and self.text[end - 1] not in '”"%)':
            end -= 1
        return end

    def _speaks_of_future(self, row: Sentence, index: int) -> bool:
        """Whether numbers after this word are of what is to come: plans, aims, proposals, rules."""
        chunk = row.chunks[index]
        word = self.flat[chunk.start : chunk.end]
        if "agree" in chunk.tags:
            return any("awarding" in c.tags for c in row.chunks)
        if word in (
            "đăng ký",
            "yêu cầu",
            "có thể",
            "quy định",
            "hướng dẫn",
            "nếu",
            "chờ",
            "định",
            "xét",
            "trình",
            "theo quy định",
            "đối tượng",
            "điều kiện",
            "lựa chọn",
            "được giới thiệu",
            "giới thiệu",
            "quyết tâm",
            "bình xét",
            "suy tôn",
            "xin",
            "mức thưởng",
            "tiêu chí",
            "tiêu chuẩn",
            "giao",
            "quy chế",
        ):
            return "xin" == word or word == "trình" or (word == "lựa chọn" and index > 0 and "plan" in row.chunks[index - 1].tags)
        return True

    def _figure(
        self, row: Sentence, index: int, chunk: Chunk, used: set[int], amounts: set[Any]
    ) -> tuple[int | float, str, int, int, str] | None:
        """A chunk's number, unit, place and qualifier, where it is a number of something."""
        following = row.chunks[index + 1] if index + 1 < len(row.chunks) else None
        left = row.chunks[index - 1] if index else None
        left_word = self.flat[left.start : left.end] if left is not None else ""
        start, end = chunk.start, chunk.end
        if isinstance(chunk.value, Group) and chunk.value.count is not None:
            if id(chunk) in used or "numberword" in _first_tags(self, chunk):
                return None
            return chunk.value.count, chunk.value.counted_words, start, end, chunk.value.qualifier
        if "num" in chunk.tags:
            if following is None or left_word in (
                "thứ",
                "số",
                "lần",
                "khóa",
                "lớp",
                "khoản",
                "điều",
                "quốc lộ",
                "phường",
                "quận",
                "tổ",
                "khu",
                "ấp",
                "thôn",
                "tuổi",
                "quân khu",
                "đại đội",
                "vùng",
            ):
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
                "counter", "organisation", "post"
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
            if following is None or not following.tags & {"word", "kind", "body", "orghead", "level", "bodyhead"}:
                return None
            value = number(chunk.value["part"][0])
            return None if value is None else (value, self.text[following.start : following.end], start, following.end, "exact")
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

    # ── posts ──

    def _posts(self) -> list[dict[str, Any]]:
        found: dict[tuple[str, str, str | None], dict[str, Any]] = {}
        for row in self.rows:
            for chunk in row.chunks:
                for person in _persons(chunk.value):
                    for office in person.offices:
                        post, body, why = self._post(office)
                        key = (person.name, post.lower(), (body or "").lower())
                        at = list(office.at)
                        item = found.setdefault(
                            key,
                            {
                                "person": person.name,
                                "post": post,
                                "body": body,
                                "evidence": [min(person.at[0], at[0]), max(person.at[1], at[1])],
                                "spans": {"person": [], "post": []},
                                "inferred": {},
                            },
                        )
                        item["spans"]["person"].append(list(person.name_at))
                        item["spans"]["post"].append(at)
                        if body:
                            item["spans"].setdefault("body", []).append(at)
                        if why:
                            item["inferred"]["body"] = why
        return sorted(found.values(), key=lambda one: (one["evidence"], one["post"]))

    def _post(self, office: Office) -> tuple[str, str | None, str | None]:
        former = "nguyên " if office.former else ""
        if office.pair is not None:
            return former + office.pair[0], office.pair[1], None
        if office.body is None:
            return former + office.post, *self.namer.seat_of(office)
        body, why = self.namer.body(office.body, office.at[0])
        return former + office.post, body, why


def _first_tags(reading: Reading, chunk: Chunk) -> frozenset[str]:
    at = chunk.value.number_at
    return frozenset() if at is None or reading.text[at[0]].isdigit() else frozenset(["numberword"])


def _persons(value: object) -> list[Person]:
    if isinstance(value, Person):
        return [value]
    if isinstance(value, Delegation):
        return [one for one in value.principals if isinstance(one, Person)]
    if isinstance(value, AwardName):
        return _persons(value.of)
    if isinstance(value, list):
        return [one for item in value for one in _persons(item)]
    return []
