"""Campaigns, drives and contests: named, launched, summed up; what a text says of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from thidua.extraction.chunks import Chunk
from thidua.extraction.lexicon import Lexicon, flat
from thidua.extraction.names import Namer
from thidua.extraction.rows import Row
from thidua.extraction.times import dated, period_in
from thidua.extraction.values import Body, Office, Offsets, Person

_WITHIN = ("trong", "ở", "tại", "với", "còn", "thể lệ", "nhân")


@dataclass(slots=True)
class Movement:
    """A campaign as one passage names it."""

    name: str
    name_at: Offsets
    kind: str | None
    row: Row
    index: int  # of its head among the row's chunks
    end: int  # index after its name
    at: Offsets
    quoted: bool
    spoken_of: bool = False  # launched, summed up, carried out: not only an award's reason
    launch: bool = False
    launched_by: str | None = None
    launcher_at: Offsets | None = None
    launcher_why: str | None = None
    theme: str | None = None
    theme_at: Offsets | None = None
    period: str | None = None
    period_at: Offsets | None = None
    start: str | None = None
    until: str | None = None
    bounds_at: list[Offsets] = field(default_factory=list)
    date: str | None = None
    date_at: Offsets | None = None
    date_why: str | None = None
    printed: str = ""  # the name's own words, flat


class Movements:
    """Finds the campaigns that a document names."""

    def __init__(self, lexicon: Lexicon, text: str, text_flat: str, namer: Namer, published: str | None) -> None:
        self.lexicon, self.text, self.flat, self.namer, self.published = lexicon, text, text_flat, namer, published
        self.ends = frozenset(flat(word) for word in lexicon.campaigns["ends"]["words"])
        self.generic = frozenset(flat(word) for word in lexicon.campaigns["generic"]["words"])
        self.contests = frozenset(flat(word) for word in lexicon.campaigns["contest"]["words"])
        self.withhead = frozenset(flat(word) for word in lexicon.campaigns["withhead"]["words"])
        self.stops = frozenset(lexicon.campaigns["stops"]["classes"])
        self.known: dict[str, str] = {flat(key): name for key, name in lexicon.campaigns["known"].items()}

    def _word(self, chunk: Chunk) -> str:
        return self.flat[chunk.start : chunk.end]

    def read(self, rows: list[Row], telling: dict[int, int]) -> list[Movement]:
        """All campaigns, in the order of the text.

        Args:
            telling: row number → where the first conferral in it begins; what follows there is an award's reason.
        """
        found: list[Movement] = []
        for row in rows:
            index = 0
            while index < len(row.chunks):
                chunk = row.chunks[index]
                made: list[Movement] = []
                if "campaign" in chunk.tags and not isinstance(chunk.value, Body):
                    made = self._named(row, index)
                elif (
                    "quote" in chunk.tags and 0 < index <= 3 and "duration" in row.chunks[index - 1].tags and "review" in row.chunks[0].tags
                ):
                    # "Tổng kết ba năm “…”"
                    made = [self._quoted(row, index, index, "phong trào")]
                elif self._word(chunk) in self.known and "campaign" not in chunk.tags:
                    made = [
                        Movement(
                            self.known[self._word(chunk)],
                            (chunk.start, chunk.end),
                            None,
                            row,
                            index,
                            index + 1,
                            (chunk.start, chunk.end),
                            False,
                        )
                    ]
                for one in made:
                    one.printed = " ".join(self.flat[one.name_at[0] : one.name_at[1]].split())
                if made:
                    self._describe(row, made, telling.get(row.number))
                    found += made
                    index = max(one.end for one in made)
                else:
                    index += 1
        return found

    # ── the name ──

    def _named(self, row: Row, index: int) -> list[Movement]:
        chunks = row.chunks
        head = chunks[index]
        kind = self._word(head)
        for ahead in range(index + 1, min(len(chunks), index + 4)):
            if "theme" in chunks[ahead].tags:
                break
            if "quote" in chunks[ahead].tags:
                return [self._quoted(row, index, ahead, kind), *self._more(row, index, ahead, kind)]
            if "colon" in chunks[ahead].tags or self._word(chunks[ahead]) in ("như",):
                quotes = [i for i in range(ahead, len(chunks)) if "quote" in chunks[i].tags]
                if quotes:
                    return [self._quoted(row, index, quotes[0], kind), *self._more(row, index, quotes[0], kind)]
            if chunks[ahead].tags & {"comma", "semi", "stop", "give", "passive", "launch", "by", "rpar"}:
                break
        # "nhiều phong trào thi đua thiết thực, …, như: “A”, “B”"
        if index and self._word(chunks[index - 1]) in ("nhiều", "các", "những"):
            mark = next((i for i in range(index, len(chunks) - 1) if "colon" in chunks[i].tags and "quote" in chunks[i + 1].tags), None)
            if mark is not None:
                return [self._quoted(row, index, mark + 1, kind), *self._more(row, index, mark + 1, kind)]
            return []
        return self._unquoted(row, index, kind)

    def _quoted(self, row: Row, index: int, at: int, kind: str) -> Movement:
        chunk = row.chunks[at]
        name = " ".join(self.text[chunk.start + 1 : chunk.end - 1].split())
        begin = row.chunks[index].start if at - index < 4 else chunk.start
        if kind in self.withhead and at == index + 1:
            head = row.chunks[index]
            name = " ".join(self.text[head.start : chunk.end].split())
            return Movement(name, (head.start, chunk.end), kind, row, index, at + 1, (begin, chunk.end), True)
        return Movement(name, (chunk.start + 1, chunk.end - 1), kind, row, index, at + 1, (begin, chunk.end), True)

    def _more(self, row: Row, index: int, at: int, kind: str) -> list[Movement]:
        """Further quoted names in a row."""
        found = []
        while at + 2 < len(row.chunks) and row.chunks[at + 1].tags & {"comma", "and"} and "quote" in row.chunks[at + 2].tags:
            at += 2
            found.append(self._quoted(row, index, at, kind))
        for one in found:
            chunk = row.chunks[one.end - 1]
            one.at = (chunk.start, chunk.end)
        return found

    def _unquoted(self, row: Row, index: int, kind: str) -> list[Movement]:
        chunks = row.chunks
        end = index + 1
        while end < len(chunks):
            chunk = chunks[end]
            word = self._word(chunk)
            if word in self.known and kind in ("thi đua", "phong trào", "phong trào thi đua"):
                at = (chunk.start, chunk.end)
                return [Movement(self.known[word], at, kind, row, index, end + 1, (chunks[index].start, chunk.end), False)]
            joins = "and" in chunk.tags and end + 1 < len(chunks) and "gathering" in chunks[end + 1].tags
            if (word in self.ends and not joins) or chunk.tags & self.stops:
                break
            placed = chunk.tags & {"place", "body"} and end > index + 1 and "whole" not in chunks[end - 1].tags
            if placed and kind in self.generic and kind != "phong trào thi đua đặc biệt":
                break
            end += 1
        words = end - index - 1
        if (
            kind == "thi đua"
            and words == 0
            and not (end < len(chunks) and chunks[end].tags & {"year", "period"} and index and "launch" in chunks[index - 1].tags)
        ):
            return []
        launched = any("launch" in c.tags for c in chunks[max(0, index - 2) : index])
        if kind == "thi đua" and not launched or words > 30:
            return []
        generic = words == 0 and kind in self.generic
        if generic and end < len(chunks) and chunks[end].tags & {"year", "period"}:
            end += 1
        elif generic and kind not in ("phong trào thi đua yêu nước", "phong trào thi đua đặc biệt"):
            return []
        begin, close = chunks[index].start, chunks[end - 1].end
        name = " ".join(self.text[begin:close].split())
        if kind.startswith("phong trào thi đua quyết thắng"):
            name = "Thi đua Quyết thắng"
        elif kind == "thi đua" and generic:
            name = f"phong trào {name}"
        elif words and kind in ("phong trào", "cuộc vận động") and not name.split()[2:3] == ["thi"]:
            name = name[len(kind) :].strip()
            begin += len(self.text[begin:close]) - len(self.text[begin:close][len(kind) :].lstrip())
        short = self.lexicon.bodies["bodyword"]["names"]
        name = " ".join(short.get(flat(word), word) if word.isupper() else word for word in name.split())
        return [Movement(name, (begin, close), kind, row, index, end, (chunks[index].start, close), False)]

    # ── what is said of it ──

    def _describe(self, row: Row, made: list[Movement], told: int | None) -> None:
        chunks = row.chunks
        first = made[0]
        reason = told is not None and first.at[0] > told
        left = [chunks[i] for i in range(max(0, first.index - 8), first.index)]
        after = chunks[max(one.end for one in made) :]
        launch = next((i for i in range(first.index - 1, max(-1, first.index - 9), -1) if "launch" in chunks[i].tags), None)
        if launch is not None and any(c.tags & {"semi", "quote", "campaign"} for c in chunks[launch + 1 : first.index]):
            launch = None
        later = next((i for i in range(first.end, min(len(chunks), first.end + 14)) if "launch" in chunks[i].tags), None)
        told_of = later is not None and any(c.tags & {"by", "passive"} for c in chunks[first.end : later])
        if later is not None and not told_of and any("comma" in c.tags for c in chunks[first.end : later]):
            later = None
        if launch is None and later is not None and any(c.tags & {"semi", "quote"} for c in chunks[first.end : later]):
            later = None
        near = left[-5:]
        reviewed = any("review" in c.tags or (self._word(c) == "qua" and c is near[-1]) for c in near) and not reason
        inside = any("gathering" in c.tags for c in left[-1:])
        subject = first.index <= 3 and not reason and (first.quoted or not self.flat.startswith("kết thúc", row.start)) and not any(c.tags & {"whole"} or self._word(c) in _WITHIN for c in chunks[: first.index])
        carried = first.kind == "cuộc vận động" and any(self._word(c) in ("thực hiện", "hưởng ứng") for c in near)
        generic = self._word(chunks[first.index]) in self.generic and not first.quoted and first.end - first.index == 1
        for one in made:
            one.launch = (launch is not None or (later is not None and not reason)) and not inside
            summed = first.index > 0 and self._word(chunks[first.index - 1]) in ("tổng kết", "sơ kết")
            if summed and (first.quoted or not generic) and one.kind not in self.contests:
                one.spoken_of = True
            elif one.kind is None or generic:
                one.spoken_of = one.launch
            elif one.kind in self.contests:
                one.spoken_of = one.launch or (first.index == 0 and one.kind.startswith("cuộc thi") and not reason)
            else:
                one.spoken_of = one.launch or ((reviewed or subject or carried) and not inside)
        if first.launch:
            self._launcher(row, made, launch, later)
            for chunk in chunks:
                day = dated(chunk, self.text, self.published)
                if day is not None and day.iso:
                    for one in made:
                        one.date, one.date_at, one.date_why = day.iso, day.at, day.why
                    break
        limit = next((i for i, c in enumerate(after) if c.tags & {"semi"}), len(after))
        offset = len(chunks) - len(after)
        period = period_in(chunks, offset, offset + limit) or period_in(chunks, first.index, first.end)
        if period is None and first.index:
            heading = chunks[: first.index]
            if len(heading) <= 12 and "period" in (heading[0].tags | (heading[1].tags if len(heading) > 1 else frozenset())):
                period = period_in(chunks, 0, 2)
        theme = next((i for i in range(offset, len(chunks)) if "theme" in chunks[i].tags), None)
        for one in made:
            if period is not None:
                one.period, one.period_at = period
            if theme is not None:
                quote = next((c for c in chunks[theme + 1 : theme + 4] if "quote" in c.tags), None)
                if quote is not None:
                    one.theme = " ".join(self.text[quote.start + 1 : quote.end - 1].split())
                    one.theme_at = (quote.start + 1, quote.end - 1)
            self._bounds(one, after[:limit])

    def _launcher(self, row: Row, made: list[Movement], launch: int | None, later: int | None) -> None:
        chunks = row.chunks
        agent: Chunk | None = None
        if launch is not None:
            for index in range(launch - 1, -1, -1):
                chunk = chunks[index]
                if chunk.tags & {"semi"}:
                    break
                if isinstance(chunk.value, Body | Office | Person) and not (
                    index and self._word(chunks[index - 1]) in ("tại", "ở", "cho", "dự", "có")
                ):
                    agent = chunk
                    break
            gathered = any("gathering" in c.tags for c in chunks[max(0, launch - 2) : launch])
            if gathered:
                # "Lễ phát động … do BODY tổ chức": who attends is not the launcher
                agent = None
                by = next(
                    (
                        i
                        for i in range(launch, len(chunks) - 1)
                        if "by" in chunks[i].tags or (self._word(chunks[i]) == "của" and isinstance(chunks[i + 1].value, Body))
                    ),
                    None,
                )
                if by is not None and isinstance(chunks[by + 1].value, Body | Office):
                    agent = chunks[by + 1]
        elif later is not None:
            for index in range(later - 1, made[-1].end - 1, -1):
                if isinstance(chunks[index].value, Body | Office | Person):
                    agent = chunks[index]
                    break
        if agent is None:
            return
        name, why = self.namer.agent(agent.value, agent.start)
        for one in made:
            one.launched_by, one.launcher_at, one.launcher_why = name, (agent.start, agent.end), why

    def _bounds(self, one: Movement, after: list[Chunk]) -> None:
        """ "từ ngày 14/10/2024 đến hết ngày 30/6/2025"."""
        days = [(chunk, dated(chunk, self.text, self.published)) for chunk in after]
        days = [(chunk, day) for chunk, day in days if day is not None and day.iso]
        words = [(self._word(chunk), day) for chunk, day in days]
        for word, day in words:
            if day is None:
                continue
            if word.startswith("từ") and one.start is None:
                one.start = day.iso
                one.bounds_at.append(day.at)
            elif word.startswith(("đến", "tới")) and one.until is None:
                one.until = day.iso
                one.bounds_at.append(day.at)

    def follow(self, rows: list[Row], found: list[Movement]) -> None:
        """What later sentences say of "phong trào này", and when an unnamed campaign lasts ("Thời gian thi đua từ … đến …")."""
        for row in rows:
            chunks = row.chunks
            earlier = [one for one in found if one.row.number < row.number]
            if not earlier or not chunks:
                continue
            opening = self.flat[row.start : row.start + 40]
            last = earlier[-1]
            if opening.startswith(
                ("phong trào này", "cuộc vận động này", "đợt thi đua này", "cuộc thi này", "phong trào do", "phong trào được")
            ):
                later = next((i for i, c in enumerate(chunks) if "launch" in c.tags), None)
                if later is not None:
                    last.launch = last.spoken_of = True
                    agent = next((c for c in reversed(chunks[:later]) if isinstance(c.value, Body | Office | Person)), None)
                    if agent is not None:
                        last.launched_by, last.launcher_why = self.namer.agent(agent.value, agent.start)
                        last.launcher_at = (agent.start, agent.end)
                    day = next((d for d in (dated(c, self.text, self.published) for c in chunks[later:]) if d is not None and d.iso), None)
                    if day is not None:
                        last.start, last.date, last.date_at = day.iso, day.iso, day.at
                        last.bounds_at.append(day.at)
                    period = period_in(chunks, later, len(chunks))
                    if period is not None and last.period is None:
                        last.period, last.period_at = period
            elif opening.startswith(
                ("thời gian thi đua", "thời gian thực hiện", "thời gian từ", "đợt thi đua diễn ra", "phong trào diễn ra")
            ):
                launched = next((one for one in reversed(earlier) if one.launch), None)
                if launched is not None:
                    self._bounds(launched, chunks)


def united(found: list[Movement]) -> list[Movement]:
    """One movement for each name that the text speaks of, with what all its mentions tell."""
    by_name: dict[str, Movement] = {}
    for one in found:
        key = flat(one.name).strip()
        known = by_name.get(key)
        if (
            known is not None
            and one.launch != known.launch
            and one.spoken_of
            and known.spoken_of
            and one.period
            and known.period
            and one.period != known.period
        ):
            # the old edition and the new one
            by_name[f"{key} {one.period}"] = one
            continue
        if known is None:
            for other_key, other in by_name.items():
                if one.launch and other.launch and (key.startswith(other_key) or other_key.startswith(key)):
                    known = other
                    break
        if known is None:
            by_name[key] = one
            continue
        lead, other = (one, known) if one.launch and not known.launch else (known, one)
        lead.spoken_of = lead.spoken_of or other.spoken_of
        for slot in ("launched_by", "launcher_at", "launcher_why", "theme", "theme_at", "start", "until", "date", "date_at", "date_why"):
            if getattr(lead, slot) is None:
                setattr(lead, slot, getattr(other, slot))
        if lead.period is None and lead is known:
            lead.period, lead.period_at = other.period, other.period_at
        lead.bounds_at += [at for at in other.bounds_at if at not in lead.bounds_at]
        by_name[key] = lead
    return list(by_name.values())


def campaign_items(found: list[Movement]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(campaigns, launches) of a sheet."""
    campaigns, launches = [], []
    for one in sorted((m for m in found if m.spoken_of), key=lambda m: m.at):
        spans: dict[str, list[list[int]]] = {"name": [list(one.name_at)]}
        inferred: dict[str, str] = {}
        for slot, at in (("launched_by", one.launcher_at), ("theme", one.theme_at), ("period", one.period_at)):
            if at is not None and getattr(one, slot) is not None:
                spans[slot] = [list(at)]
        if one.launcher_why:
            inferred["launched_by"] = one.launcher_why
        if one.kind:
            chunk = one.row.chunks[one.index]
            spans["kind"] = [[chunk.start, chunk.end]]
            if "quote" in chunk.tags:
                inferred["kind"] = "what is summed up after years"
        for slot, value in (("start", one.start), ("end", one.until)):
            if value:
                spans[slot] = [list(at) for at in one.bounds_at]
        if flat(one.name) != one.printed:
            inferred["name"] = "the movement's usual name"
        ends = [
            one.at[1],
            *(at[1] for at in (one.launcher_at, one.theme_at, one.period_at) if at is not None and one.row.start <= at[0] <= one.row.end),
        ]
        begins = [
            one.at[0],
            *(at[0] for at in (one.launcher_at,) if at is not None and one.launch and one.row.start <= at[0] <= one.row.end),
        ]
        evidence = [min(begins), max(ends)]
        campaigns.append(
            {
                "name": one.name,
                "launched_by": one.launched_by,
                "theme": one.theme,
                "period": one.period,
                "start": one.start,
                "end": one.until,
                "kind": one.kind,
                "evidence": evidence,
                "spans": spans,
                "inferred": inferred,
            }  # fmt: skip
        )
        if one.launch:
            launch_spans: dict[str, list[list[int]]] = {"campaign": [list(one.name_at)]}
            launch_inferred = {key: value for key, value in (("launched_by", one.launcher_why), ("date", one.date_why)) if value}
            if "name" in inferred:
                launch_inferred["campaign"] = inferred["name"]
            for slot, at in (("launched_by", one.launcher_at), ("theme", one.theme_at), ("date", one.date_at)):
                if at is not None and (slot != "date" or one.date):
                    launch_spans[slot] = [list(at)]
            launches.append(
                {
                    "campaign": one.name,
                    "launched_by": one.launched_by,
                    "date": one.date,
                    "theme": one.theme,
                    "document": None,
                    "evidence": evidence,
                    "spans": launch_spans,
                    "inferred": launch_inferred,
                }  # fmt: skip
            )
    return campaigns, launches
