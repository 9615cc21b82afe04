"""A document's fact sheet."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from thidua.extraction.chunks import sentences
from thidua.extraction.circumstances import Circumstances, cited, gatherings
from thidua.extraction.clauses import Clauses
from thidua.extraction.document import Document
from thidua.extraction.drafts import as_award, draft
from thidua.extraction.events import Event, Recipient, Sentence
from thidua.extraction.figures import Figures
from thidua.extraction.finish import finished
from thidua.extraction.held import posts_held
from thidua.extraction.lexicon import Lexicon, flat
from thidua.extraction.listed import add_listed
from thidua.extraction.merging import merge
from thidua.extraction.movement_items import campaign_items, united
from thidua.extraction.movements import Movements
from thidua.extraction.names import Namer, share_places
from thidua.extraction.not_awards import not_awards
from thidua.extraction.outlets import outlet_place
from thidua.extraction.phrases import Phrases
from thidua.extraction.rows import Row
from thidua.extraction.sheet import Sheet
from thidua.extraction.totals import is_loose, is_total
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
        person: Person | None = None
        topic: list[Recipient] = []
        for one in self.rows:
            people = [c.value for c in one.chunks if isinstance(c.value, Person)]
            person = people[0] if people else person
            read = self.extractor.clauses.read(Sentence(self.text, one.chunks, self.lexicon, person), topic)
            for event in read:
                event.sentence, event.caption = one.number, one.caption
            events += read
            if read:
                topic = read[-1].recipients
            else:
                topic = [Recipient("individual", 1, "exact", [(people[0], people[0].name_at)], people[0].at)] if people else []
        self._complete(events)
        # "nhiều người khác cũng được khen thưởng", beside those who are counted
        told = {
            event.sentence
            for event in events
            if event.why is None
            and not is_loose(self.rows, event)
            and any(self.flat[c.start : c.end] == "cũng được" for c in self.rows[event.sentence].chunks)
        }
        given = [
            event
            for event in events
            if event.why is None
            and not is_total(self.rows, self.flat, self.lexicon, event)
            and (not is_loose(self.rows, event) or event.sentence in told)
        ]
        drafts = [draft(event, self.namer) for event in given]
        merged = merge(drafts, self.namer)
        add_listed(self.rows, self.flat, self.lexicon, merged, {event.sentence for event in events})
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
        found["posts"] = posts_held(self.rows, self.namer)
        found["not_awards"], found["eligibility"] = not_awards(self.rows, self.namer, self.lexicon, events)
        found["documents"] = cited(self.text, self.rows, self.namer, document.published)
        found["gatherings"] = gatherings(self.text, self.flat, self.rows, self.namer, document.published)
        return finished(found, self.text)

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
            share_places(value.offices, self.lexicon.body_lists)
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

    def _complete(self, events: list[Event]) -> None:
        """Classes without a name ("nhận hạng Nhì") take the award named before, with its awarder."""
        titled = [
            c.value for row in self.rows for c in row.chunks if isinstance(c.value, AwardName) and c.value.name and "“" in c.value.name
        ]
        for number_, event in enumerate(events):
            bare = event.award
            if bare is not None and bare.bare and bare.name in self.lexicon.award_lists.titled_before and bare.count is None:
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
                    and earlier.award.name.startswith(self.lexicon.award_lists.ranked)
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

    def _used(self, events: list[Event]) -> set[int]:
        used: set[int] = set()
        for event in events:
            if event.why is None and is_total(self.rows, self.flat, self.lexicon, event):
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
