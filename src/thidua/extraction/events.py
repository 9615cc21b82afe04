"""What clauses tell: acts of giving and praising, with who, what and to whom; and the sentence in which they stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from thidua.extraction.award_phrases import rank_of
from thidua.extraction.chunks import Chunk
from thidua.extraction.lexicon import Lexicon, flat
from thidua.extraction.values import AwardName, Body, Office, Offsets, Person, Place
from thidua.extraction.wordlists import ClauseLists

Agent = Body | Office | Person | Place | list[Office]

# classes of what can be the subject of a verb of giving
SUBJECTS = frozenset(["body", "organisation", "office", "posts", "person", "persons", "place", "level"])


@dataclass(slots=True)
class Recipient:
    """One kind of recipients, counted or named; `joint` where one number counts several kinds."""

    kind: str
    count: int | None
    qualifier: str
    names: list[tuple[object, Offsets]]  # Body | Person | Place or words
    at: Offsets
    joint: bool = False
    summed: bool = False  # the named and others counted beside them, together


@dataclass(slots=True)
class Event:
    """What one verb tells.

    Attributes:
        praise: whether the verb only praises (tuyên dương), and needs no award.
        agent: who acts; whether conferring or handing over is told later, from the award.
        principals: for whom the agent acts by delegation; `behalf`: for whom the agent speaks without one.
        why: what it is where it is not given.
        sentence: number of its row.
        inherited: what was taken from another clause, and from which.
        nominal: the verb is a noun ("lễ trao …"); gathered: a meeting is the subject ("Hội nghị khen thưởng …").
        used: the chunks that tell award and recipients.
        segment_end: index after the last chunk that can belong to it.
        part_of: the event that told the total of which this is a part.
    """

    verb: str
    verb_at: Offsets
    praise: bool
    posthumous: bool
    agent: Agent | None = None
    agent_at: Offsets | None = None
    principals: list[object] = field(default_factory=list)
    principals_at: Offsets | None = None
    requested_by: object | None = None
    requested_at: Offsets | None = None
    award: AwardName | None = None
    recipients: list[Recipient] = field(default_factory=list)
    why: str | None = None
    level: str | None = None
    level_at: Offsets | None = None
    amount: str | None = None
    amount_at: Offsets | None = None
    at: Offsets = (0, 0)
    sentence: int = 0
    caption: bool = False
    inherited: dict[str, str] = field(default_factory=dict)
    nominal: bool = False
    passive: bool = False
    used: list[Chunk] = field(default_factory=list)
    segment_end: int = 0
    behalf: object | None = None
    behalf_at: Offsets | None = None
    gathered: bool = False
    part_of: Event | None = None

    def again(self) -> Event:
        """The same act of the same agent, of which neither award nor recipients are told yet."""
        return Event(
            self.verb, self.verb_at, self.praise, self.posthumous, self.agent, self.agent_at, list(self.principals), self.principals_at,
            self.requested_by, self.requested_at, inherited=dict(self.inherited), nominal=self.nominal, passive=self.passive,
            segment_end=self.segment_end, behalf=self.behalf, behalf_at=self.behalf_at, gathered=self.gathered,
        )  # fmt: skip

    def act_as(self, other: Event) -> None:
        """Takes over who acts, and for whom."""
        self.agent, self.agent_at = other.agent, other.agent_at
        self.principals, self.principals_at = other.principals, other.principals_at

    @property
    def own_agent(self) -> bool:
        """Whether its own clause names who acts."""
        return self.agent is not None and "agent" not in self.inherited


class Given(NamedTuple):
    """An award with its recipients, and the chunks that tell them."""

    award: AwardName | None
    recipients: list[Recipient]
    used: list[Chunk]


@dataclass(slots=True)
class Sentence:
    """A sentence that is read for events.

    Attributes:
        person: whom the text named last, for pronouns.
    """

    text: str
    chunks: list[Chunk]
    lexicon: Lexicon
    person: Person | None = None

    @property
    def lists(self) -> ClauseLists:
        """The word lists of the clause rules."""
        return self.lexicon.clause_lists

    def word(self, chunk: Chunk) -> str:
        """A chunk's words, flat."""
        return flat(self.text[chunk.start : chunk.end])

    def award_of(self, chunk: Chunk) -> AwardName:
        """The award that a chunk names; a class alone ("hạng Nhì") has no name."""
        if isinstance(chunk.value, AwardName):
            return chunk.value
        at = (chunk.start, chunk.end)
        return AwardName(None, rank_of(chunk, self.lexicon), at=at, rank_at=at)
