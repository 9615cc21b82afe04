"""When, by which decision, for which campaign and at which meeting: what stands around the clauses that tell of awards."""

from __future__ import annotations

import re
from typing import Any

from thidua.extraction.drafts import Draft
from thidua.extraction.lexicon import flat
from thidua.extraction.movements import Movement
from thidua.extraction.names import Namer
from thidua.extraction.rows import Row
from thidua.extraction.times import dated, day_before, period_of
from thidua.extraction.values import Body, Office, Person


def decision_number(raw: str) -> str:
    """A decision's number without blanks, in capitals: 4843-QĐ/HNDT."""
    return re.sub(r"\s+", "", raw).upper().rstrip(".").replace("TTG", "TTg")


class Circumstances:
    """Tells the awards of a document when and for what they were given."""

    def __init__(self, text: str, text_flat: str, rows: list[Row], published: str | None, movements: list[Movement], namer: Namer) -> None:
        self.text, self.flat, self.rows, self.published, self.movements, self.namer = text, text_flat, rows, published, movements, namer

    def tell(self, drafts: list[Draft]) -> None:
        """Fills in period, day, decision and campaign of each award, where the text tells them."""
        for one in drafts:
            row = self.rows[one.event.sentence]
            one.historical = any("formerly" in c.tags and c.end <= one.evidence[1] for c in row.chunks)
            self._period(one, row)
            self._day(one, row)
            self._decision(one, row, drafts)
            self._campaign(one, row)

    def _segment(self, row: Row, at: int) -> tuple[int, int]:
        """The chunks of the clause around a place: from one semicolon to the next."""
        chunks = row.chunks
        start = max((i + 1 for i, c in enumerate(chunks) if "semi" in c.tags and c.end <= at), default=0)
        end = next((i for i, c in enumerate(chunks) if "semi" in c.tags and c.start >= at), len(chunks))
        return start, end

    def _period(self, one: Draft, row: Row) -> None:
        name = one.event.award
        if name is not None and name.when:
            one.slot("period", name.when, name.when_at)
            return
        start, end = self._segment(row, one.evidence[0])
        chunks = row.chunks
        told = [(period_of(c), c) for c in chunks[start:end] if c.tags & {"period", "year"}]
        after = [(p, c) for p, c in told if p and c.start >= one.evidence[0]]
        before = [(p, c) for p, c in told if p and c.end <= one.evidence[0]]
        chosen = after[0] if after else before[-1] if before else None
        if chosen is None:
            first = [(period_of(c), c) for c in chunks[:3] if c.tags & {"period", "year"}]
            chosen = next(((p, c) for p, c in first if p), None)
        if chosen is not None and chosen[0] is not None:
            one.slot("period", chosen[0], (chosen[1].start, chosen[1].end))

    def _day(self, one: Draft, row: Row) -> None:
        day = day_before(self.rows, row, one.evidence[1], self.text, self.published)
        if day is None:
            return
        carried = not row.start <= day.at[0] < row.end
        years = {period_of(c) for c in row.chunks if "year" in c.tags}
        if carried and (one.historical or (day.iso is not None and years and day.iso[:4] not in years)):
            # of another time than what the text speaks of before
            return
        one.date, one.date_raw = day.iso, day.raw
        one.add("date_raw", day.at)
        if day.iso is not None:
            one.add("date", day.at)
            if day.why:
                one.inferred["date"] = day.why

    def _decision(self, one: Draft, row: Row, drafts: list[Draft]) -> None:
        found = self._decision_in(row, one.evidence[0])
        if found is None and row.number + 1 < len(self.rows) and one is drafts[-1]:
            following = self.rows[row.number + 1]
            if self.flat[following.start : following.start + 14] == "quyết định khe" or self.flat.startswith(
                "quyết định này", following.start
            ):
                found = self._decision_in(following, following.end)
        if found is not None:
            number, at, day = found
            one.decision = number
            one.add("decision", at)
            if day is not None and day[0]:
                one.decision_date = day[0]
                one.add("decision_date", day[1])
                if day[2]:
                    one.inferred["decision_date"] = day[2]

    def _decision_in(self, row: Row, at: int) -> tuple[str, tuple[int, int], tuple[str, tuple[int, int], str | None] | None] | None:
        start, end = self._segment(row, min(at, row.end - 1))
        for index in range(start, end):
            chunk = row.chunks[index]
            if "decision" not in chunk.tags or not isinstance(chunk.value, dict):
                continue
            value = next((chunk.value[k] for k in ("decision", "decision2", "decision3") if k in chunk.value), None)
            if value is None:
                continue
            day = next((dated(c, self.text, self.published) for c in row.chunks[index + 1 : index + 3] if "date" in c.tags), None)
            told = (day.iso, day.at, day.why) if day is not None and day.iso else None
            a, b = value[1]
            while b > a and self.text[b - 1] in " .":
                b -= 1
            return decision_number(self.text[a:b]), (a, b), told
        return None

    def _campaign(self, one: Draft, row: Row) -> None:
        start, end = self._segment(row, one.evidence[0])
        chunks = row.chunks
        low, high = (chunks[start].start, chunks[end - 1].end) if end > start else (row.start, row.end)
        named = one.event.award
        if named is not None and named.campaign and named.campaign_at is not None:
            one.slot("campaign", named.campaign, named.campaign_at)
            return
        here = [m for m in self.movements if m.row.number == row.number and low <= m.at[0] <= high and not m.launch]
        nearest = here[0] if here else None
        if nearest is None:
            same = [m for m in self.movements if m.row.number == row.number and not m.launch]
            nearest = same[-1] if same and one.event.sentence == row.number and len({flat(m.name) for m in same}) == 1 else None
        if nearest is not None:
            one.slot("campaign", nearest.name, nearest.name_at)
            if flat(nearest.name) != nearest.printed:
                one.inferred["campaign"] = "the movement's usual name"
            return
        summed = {flat(m.name): m for m in self.movements if m.spoken_of and not m.launch and m.row.number < row.number}
        if len(summed) == 1:
            only = next(iter(summed.values()))
            one.slot("campaign", only.name, only.name_at)
            one.inferred["campaign"] = "the movement that the text speaks of before"
            if one.period is None and only.period:
                one.slot("period", only.period, only.period_at)
                one.inferred["period"] = "the movement's own"


def cited(text: str, rows: list[Row], namer: Namer, published: str | None) -> list[dict[str, Any]]:
    """Decisions, directives and plans that the text cites, each once."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        for index, chunk in enumerate(row.chunks):
            if not chunk.tags & {"decision", "paper", "planpaper"}:
                continue
            match = re.search(
                r"\d{1,5}(?:\s*[-/]\s*(?:\d{4}\s*[-/]\s*)?[\wđ]+(?:\s*[-/]\s*[\wđ]+)*(?:\.[\wđ]+)*)?", text[chunk.start : chunk.end]
            )
            if match is None:
                continue
            a, b = chunk.start + match.start(), chunk.start + match.end()
            number = re.sub(r"\s+", "", text[a:b])
            item: dict[str, Any] = {
                "number": number,
                "name": None,
                "issuer": None,
                "date": None,
                "cited_for": None,
                "evidence": [chunk.start, chunk.end],
                "spans": {"number": [[a, b]]},
                "inferred": {},
            }
            following = row.chunks[index + 1 : index + 3]
            if len(following) == 2 and "of" in following[0].tags and isinstance(following[1].value, Body | Office):
                issuer, why = namer.agent(following[1].value, following[1].start)
                item["issuer"] = issuer
                item["spans"]["issuer"] = [[following[1].start, following[1].end]]
                if why:
                    item["inferred"]["issuer"] = why
            day = next((dated(c, text, published) for c in following if "date" in c.tags), None)
            if day is not None and day.iso:
                item["date"] = day.iso
                item["spans"]["date"] = [list(day.at)]
                if day.why:
                    item["inferred"]["date"] = day.why
            found.setdefault(number, item)
    return list(found.values())


def gatherings(text: str, text_flat: str, rows: list[Row], namer: Namer, published: str | None) -> list[dict[str, Any]]:
    """Meetings and ceremonies that a body holds: "Ban … tổ chức Hội nghị …"."""
    found: list[dict[str, Any]] = []
    for row in rows:
        if row.caption:
            continue
        for index, chunk in enumerate(row.chunks):
            if (
                "gathering" not in chunk.tags
                or index == 0
                or text_flat[row.chunks[index - 1].start : row.chunks[index - 1].end] != "tổ chức"
            ):
                continue
            end = index + 1
            while end < len(row.chunks) and not row.chunks[end].tags & {"semi", "stop", "comma", "colon", "and"}:
                end += 1
            organiser = next((c for c in reversed(row.chunks[: index - 1]) if isinstance(c.value, Body | Office | Person)), None)
            last = row.chunks[end - 1]
            name = " ".join(text[chunk.start : last.end].split())
            item: dict[str, Any] = {
                "name": name[:1].upper() + name[1:],
                "organised_by": None,
                "date": None,
                "place": None,
                "evidence": [chunk.start, last.end],
                "spans": {"name": [[chunk.start, last.end]]},
                "inferred": {},
            }
            if organiser is not None:
                by, why = namer.agent(organiser.value, organiser.start)
                if by:
                    item["organised_by"] = by
                    item["spans"]["organised_by"] = [[organiser.start, organiser.end]]
                    item["evidence"] = [organiser.start, last.end]
                    if why:
                        item["inferred"]["organised_by"] = why
            day = next((d for d in (dated(c, text, published) for c in row.chunks) if d is not None and d.iso), None)
            if day is not None and day.iso:
                item["date"] = day.iso
                item["spans"]["date"] = [list(day.at)]
                if day.why:
                    item["inferred"]["date"] = day.why
            found.append(item)
    return found
