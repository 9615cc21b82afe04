"""A document's fact sheet."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from thidua.extraction.chunks import sentences
from thidua.extraction.circumstances import Circumstances, cited, gatherings
from thidua.extraction.clauses import Clauses, Event, Recipient
from thidua.extraction.conferrals import Draft, as_award, draft, merge
from thidua.extraction.document import Document
from thidua.extraction.figures import Figures
from thidua.extraction.lexicon import Lexicon, flat
from thidua.extraction.movements import Movements, campaign_items, united
from thidua.extraction.names import Namer, share_places
from thidua.extraction.outlets import outlet_place
from thidua.extraction.phrases import Phrases
from thidua.extraction.rows import Row
from thidua.extraction.sheet import Sheet
from thidua.extraction.values import AwardName, Body, Delegation, Group, Office, Person, Place


_LISTING = ("là", "có", "gồm", "bao gồm", "gồm có", ":")


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
    return extractor_of(lexicon).sheet(document, outlet_place(document, lexicon.provinces.values()))


@lru_cache(maxsize=2)
def extractor_of(lexicon: Lexicon) -> Extractor:
    """The reader of a lexicon, made once: its rules are compiled then."""
    return Extractor(lexicon)


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
        self.extractor.clauses.last_person = None
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
        # "nhiều người khác cũng được khen thưởng", beside those who are counted
        told = {
            event.sentence
            for event in events
            if event.why is None
            and not self._is_loose(event)
            and any(self.flat[c.start : c.end] == "cũng được" for c in self.rows[event.sentence].chunks)
        }
        given = [
            event
            for event in events
            if event.why is None and not self._is_total(event) and (not self._is_loose(event) or event.sentence in told)
        ]
        drafts = [draft(event, self.namer) for event in given]
        merged = merge(drafts, self.namer)
        self._listed(merged, {event.sentence for event in events})
        telling: dict[int, int] = {}
        for event in given:
            telling[event.sentence] = min(event.at[0], telling.get(event.sentence, event.at[0]))
        movements = Movements(self.lexicon, self.text, self.flat, self.namer, document.published)
        campaigns = movements.read(self.rows, telling)
        movements.follow(self.rows, campaigns)
        Circumstances(self.text, self.flat, self.rows, document.published, campaigns, self.namer).tell(merged)
        found["awards"] = [as_award(one, self.namer) for one in merged]
        found["campaigns"], found["launches"] = campaign_items(united(campaigns))
        figures = Figures(self.lexicon, self.text, self.flat, self.rows, self.namer)
        used = self._used(events)
        found["figures"] = figures.read(used, events, given)
        found["targets"] = figures.targets()
        found["posts"] = self._posts()
        found["not_awards"], found["eligibility"] = self._not_awards(events)
        found["documents"] = cited(self.text, self.flat, self.rows, self.namer, document.published)
        found["gatherings"] = gatherings(self.text, self.flat, self.rows, self.namer, document.published)
        return found  # type: ignore[return-value]

    # ── reading ──

    def _read(self) -> None:
        self.rows: list[Row] = []
        number_ = 0
        title = self.document.title or ""
        if title:
            title_flat = flat(title)
            for start, end in sentences(title, title_flat, 0, len(title)):
                for chunk in self.extractor.phrases.read(title, title_flat, start, end):
                    self._note(chunk.value, -1)
        for part_number, part in enumerate(self.document.parts):
            if part.kind in ("title", "heading") and not title:
                for chunk in self.extractor.phrases.read(self.text, self.flat, part.start, part.end):
                    self._note(chunk.value, -1)
            if part.kind not in ("body", "caption"):
                continue
            inline = self.lexicon.passages["inline"]
            for start, end in sentences(self.text, self.flat, part.start, part.end, part.kind == "caption"):
                if self.flat.startswith(tuple(inline["rest"]), start):
                    break
                if self.flat.startswith(tuple(inline["sentence"]), start):
                    continue
                chunks = self.extractor.phrases.read(self.text, self.flat, start, end)
                self.rows.append(Row(number_, start, end, part.kind == "caption", chunks, part_number))
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
            if at >= 0:
                self.namer.offices.append(value)
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
            cues = [i for i, c in enumerate(row.chunks) if self.flat[c.start : c.end] in _LISTING and self._lists(row, i) is not None]
            for number_, cue in enumerate(cues):
                end = cues[number_ + 1] if number_ + 1 < len(cues) else len(row.chunks)
                kind = self._lists(row, cue)
                names: list[tuple[object, tuple[int, int]]] = []
                for index in range(cue + 1, end):
                    chunk = row.chunks[index]
                    if "behalf" in chunk.tags or row.chunks[index - 1].tags & {"of", "lpar"}:
                        continue
                    if kind == "individual":
                        names += [(p, p.name_at) for p in _persons(chunk.value)]
                    elif isinstance(chunk.value, Body):
                        names.append((chunk.value, (chunk.start, chunk.end)))
                self._attach(drafts, row, kind, names)

    def _lists(self, row: Row, cue: int) -> str | None:
        """The kind of recipients that a word before a list announces: "Phần tập thể có …", "; hai cá nhân là …"."""
        start = max((i + 1 for i, c in enumerate(row.chunks[:cue]) if "semi" in c.tags), default=0)
        before = row.chunks[start:cue]
        if not before or cue - start > 7 or any(isinstance(c.value, Body | Person | Office) for c in before):
            return None
        kinds = {k for c in before if isinstance(c.value, Group) for k in c.value.kinds}
        kinds |= {c.entries["kind"].value for c in before if "kind" in c.entries}
        return kinds.pop() if len(kinds) == 1 else None

    @staticmethod
    def _attach(drafts: list[Draft], row: Row, kind: str | None, names: list[tuple[object, tuple[int, int]]]) -> None:
        """Gives the last award before a row the names of those it counts."""
        for one in reversed(drafts):
            if not names or one.event.sentence >= row.number:
                continue
            target = next(
                (r for r in one.recipients if r.kind == kind and not r.names and r.count is not None and r.count >= len(names)), None
            )
            if target is not None:
                target.names = names
                for _, at in names:
                    one.add("recipients", at)
                return

    def _complete(self, events: list[Event]) -> None:
        """Classes without a name ("nhận hạng Nhì") take the award named before, with its awarder."""
        titled = [c.value for row in self.rows for c in row.chunks if isinstance(c.value, AwardName) and c.value.name and "“" in c.value.name]
        for number_, event in enumerate(events):
            bare = event.award
            if bare is not None and bare.bare and bare.name in ("Kỷ niệm chương", "Huy hiệu", "giải thưởng") and bare.count is None:
                earlier_title = next((t for t in reversed(titled) if t.at < bare.at and (t.name or "").startswith(f"{bare.name} “")), None)
                if earlier_title is not None:
                    bare.name, bare.elliptic = earlier_title.name, True
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
        if not any(r.count is not None and not r.names for r in event.recipients) and not (event.award and event.award.count):
            return False
        segment = max((i + 1 for i, c in enumerate(row.chunks) if "semi" in c.tags and c.end <= first), default=0)
        dated = False
        if any(
            (c.tags & {"campaign", "quote"} or self.flat[c.start : c.end] == "thi đua") and c.start < first for c in row.chunks[segment:]
        ):
            return False
        for index, chunk in enumerate(row.chunks[segment:]):
            if chunk.start >= first:
                break
            if chunk.tags & {"date", "here", "today"}:
                dated = True
            if "total" in chunk.tags and not dated:
                fresh = any(self.flat[c.start : c.end] in ("mới", "vừa") for c in row.chunks[segment:] if c.end <= event.at[1])
                return not (fresh and not event.passive)
            if "term" in chunk.tags and index <= 2 and re.search(r"nhiệm kỳ\s*\d", self.flat[chunk.start : chunk.end]):
                return event.passive or event.agent is None
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
        return self._counted_over_a_year(row, event, segment, first)

    def _counted_over_a_year(self, row: Row, event: Event, segment: int, first: int) -> bool:
        """Whether a place or body "có N … được khen trong năm …": a count over the year."""
        before = [c for c in row.chunks[segment:] if c.end <= first]
        if not event.passive or len(before) < 2 or self.flat[before[-1].start : before[-1].end] != "có":
            return False
        where = before[0]
        if not where.tags & {"place", "body", "level"}:
            return False
        return any("year" in c.tags and self.flat.startswith("trong năm", c.start) for c in row.chunks[segment:])

    def _is_loose(self, event: Event) -> bool:
        """Whether an event only speaks of praise in general: nobody is counted or named, and no occasion is told."""
        if any(r.count is not None or r.joint or r.names for r in event.recipients) or not event.recipients:
            return False
        several = any(isinstance(c.value, Group) for c in event.used)
        own = event.agent is not None and "agent" not in event.inherited
        if (own or event.gathered) and not event.passive and several:
            return False
        if event.award is not None and event.award.name is not None:
            return False
        row = self.rows[event.sentence]
        return event.agent is None or not any(
            c.tags & {"date", "today", "here", "gathering", "occasion", "anniversary"} for c in row.chunks
        )

    def _not_awards(self, events: list[Event]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """(what reads like an award and is none, who may later be given what)."""
        found: list[dict[str, Any]] = []
        eligible: list[dict[str, Any]] = []

        def add(
            why: str,
            name: str,
            rank: str | None,
            at: tuple[int, int],
            spans: dict[str, list[list[int]]],
            of: object,
            of_at: tuple[int, int] | None,
        ) -> None:
            found.append(
                {
                    "why": why,
                    "award": f"{name} {rank}" if rank else name,
                    "evidence": list(at),
                    "spans": {"award": spans["award"]},
                    "inferred": {"award": "money told with the verb"} if name == "tiền thưởng" else {},
                }
            )
            if why == "eligible":
                by, completed = self.namer.agent(of, at[0]) if of is not None else (None, None)
                item: dict[str, Any] = {
                    "award": name,
                    "conferred_by": by,
                    "campaign": None,
                    "group": None,
                    "evidence": list(at),
                    "spans": {"award": spans["award"]},
                    "inferred": {},
                }
                if by and of_at is not None:
                    item["spans"]["conferred_by"] = [list(of_at)]
                    if completed:
                        item["inferred"]["conferred_by"] = completed
                eligible.append(item)

        used: set[int] = set()
        for event in events:
            used |= {id(chunk) for chunk in event.used}
            if event.why is not None:
                named = event.award if event.award is not None and event.award.name else None
                spans = {"award": [list(named.at if named is not None else event.verb_at)]}
                if named is not None and named.rank_at is not None:
                    spans["award"].append(list(named.rank_at))
                name = named.name if named is not None and named.name else event.verb
                add(
                    event.why,
                    name,
                    named.rank if named is not None else None,
                    event.at,
                    spans,
                    named.of if named else None,
                    named.of_at if named else None,
                )
        for row in self.rows:
            why = None
            for chunk in row.chunks:
                why = next((str(cue["why"]) for cue in self.extractor.clauses.cues if cue["class"] in chunk.tags), why)
                value = chunk.value
                if why and "awarding" in chunk.tags and id(chunk) not in used and isinstance(value, AwardName) and value.name:
                    at = (chunk.start, chunk.end)
                    add(why, value.name, value.rank, at, {"award": [list(at)]}, value.of, value.of_at)
        return sorted(found, key=lambda one: one["evidence"]), sorted(eligible, key=lambda one: one["evidence"])

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
