"""Campaigns, drives and contests: named, launched, summed up; what a text says of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from thidua.extraction.chunks import Chunk
from thidua.extraction.lexicon import Lexicon, flat
from thidua.extraction.names import Namer
from thidua.extraction.rows import Row
from thidua.extraction.times import dated, period_in
from thidua.extraction.values import Body, Office, Offsets, Person


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
        self.lists = lexicon.campaign_lists
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
        if index and self._word(chunks[index - 1]) in self.lists.several:
            mark = next((i for i in range(index, len(chunks) - 1) if "colon" in chunks[i].tags and "quote" in chunks[i + 1].tags), None)
            if mark is not None:
                return [self._quoted(row, index, mark + 1, kind), *self._more(row, index, mark + 1, kind)]
            return []
        return self._unquoted(row, index, kind)

    def _quoted(self, row: Row, index: int, at: int, kind: str) -> Movement:
        chunk = row.chunks[at]
        name = " ".join(self.text[chunk.start + 1 : chunk.end - 1].split())
        first, last = chunk.start + 1, chunk.end - 1
        while first < last and self.text[first].isspace():
            first += 1
        while last > first and self.text[last - 1].isspace():
            last -= 1
        begin = row.chunks[index].start if at - index < 4 else chunk.start
        if kind in self.withhead and at == index + 1:
            head = row.chunks[index]
            name = " ".join(self.text[head.start : chunk.end].split())
            return Movement(name, (head.start, chunk.end), kind, row, index, at + 1, (begin, chunk.end), True)
        return Movement(name, (first, last), kind, row, index, at + 1, (begin, chunk.end), True)

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
            if word in self.known and kind in self.lists.with_known:
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
        if (kind == "thi đua" and not launched) or words > 30:
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
        elif words and kind in ("phong trào", "cuộc vận động") and name.split()[2:3] != ["thi"]:
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
        subject = (
            first.index <= 3
            and not reason
            and (first.quoted or not self.flat.startswith("kết thúc", row.start))
            and not any(c.tags & {"whole"} or self._word(c) in self.lists.within for c in chunks[: first.index])
        )
        carried = first.kind == "cuộc vận động" and any(self._word(c) in self.lists.carrying for c in near)
        generic = self._word(chunks[first.index]) in self.generic and not first.quoted and first.end - first.index == 1
        for one in made:
            one.launch = (launch is not None or (later is not None and not reason)) and not inside
            summed = first.index > 0 and self._word(chunks[first.index - 1]) in self.lists.summing
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
                    index and self._word(chunks[index - 1]) in self.lists.not_launcher
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
        read = [(chunk, dated(chunk, self.text, self.published)) for chunk in after]
        days = [(chunk, day) for chunk, day in read if day is not None and day.iso]
        for chunk, day in days:
            word = self._word(chunk)
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
            if opening.startswith(self.lists.this_campaign):
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
            elif opening.startswith(self.lists.lasting):
                launched = next((one for one in reversed(earlier) if one.launch), None)
                if launched is not None:
                    self._bounds(launched, chunks)
