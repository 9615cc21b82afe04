"""The fact sheet: what one text states, each value with the words it rests on. Names are fixed by its JSON Schema."""

from __future__ import annotations

from typing import NotRequired, TypedDict

Span = list[int]  # [start, end), characters of the NFC text
Spans = dict[str, list[Span]]  # slot → where it is printed
Inferred = dict[str, str]  # slot → from what, where the text does not print it, or not all of it


class Item(TypedDict):
    """What every item of a sheet carries. A slot completed by inference has both a span and an entry in `inferred`."""

    evidence: Span
    spans: Spans
    inferred: Inferred


class Presenter(TypedDict):
    """Who handed an award over: `name` is None where only the post is printed."""

    name: str | None
    post: str | None


class Recipients(TypedDict):
    """A group of recipients of one kind; `count` is None where the text does not count it."""

    kind: str  # individual | collective | household | community | model
    count: int | None
    qualifier: str  # exact | over | nearly | about | at least | at most
    names: list[str]


class Award(Item):
    """Something that was given."""

    conferred_by: str | None
    on_behalf_of: str | None
    presented_by: list[Presenter]
    presenting_body: str | None
    requested_by: str | None
    award: str
    award_rank: str | None
    recipients: list[Recipients]
    campaign: str | None
    period: str | None
    date: str | None
    date_raw: str | None
    date_inferred: bool
    occasion: str | None
    decision: str | None
    decision_date: str | None
    amount: str | None
    posthumous: bool
    level: str | None
    items: int | None
    split: dict[str, int] | None
    reason: str | None
    caption: bool
    historical: bool


class Campaign(Item):
    """A movement, drive or contest that the text names."""

    name: str
    launched_by: str | None
    theme: str | None
    period: str | None
    start: str | None
    end: str | None
    kind: str | None


class Figure(Item):
    """A number that is neither an award's nor a target's."""

    what: str
    value: int | float
    qualifier: str
    unit: str
    scope: str | None
    period: str | None


class Target(Item):
    """What is to be reached."""

    value: int | float
    comparator: str  # eq | ge | le
    unit: str
    per: str | None
    campaign: str | None


class Eligible(Item):
    """Who may later be given what."""

    award: str
    conferred_by: str | None
    campaign: str | None
    group: str | None


class Launch(Item):
    """That a campaign was launched."""

    campaign: str
    launched_by: str | None
    date: str | None
    theme: str | None
    document: str | None


class Gathering(Item):
    """A conference, ceremony or meeting."""

    name: str
    organised_by: str | None
    date: str | None
    place: str | None


class CitedDocument(Item):
    """A decision, directive or plan that the text cites."""

    number: str | None
    name: str | None
    issuer: str | None
    date: str | None
    cited_for: str | None


class PostHeld(Item):
    """That a person holds a post, in the text's words."""

    person: str
    post: str
    body: str | None


class NotAward(Item):
    """What reads like an award and is none (yet)."""

    why: str  # proposed | planned | agreed_by_council | eligible | negated | criteria | target | representatives | statistics
    award: str | None


class SourceOfSheet(TypedDict):
    """What is known of the text itself."""

    file: str
    sha256: str
    title: str | None
    published: str | None
    publisher: NotRequired[str | None]
    republished_from: str | None
    url: str | None


class Sheet(TypedDict):
    """One text's facts, each list in the order of the text."""

    id: str
    source: SourceOfSheet
    awards: list[Award]
    campaigns: list[Campaign]
    figures: list[Figure]
    targets: list[Target]
    eligibility: list[Eligible]
    launches: list[Launch]
    gatherings: list[Gathering]
    documents: list[CitedDocument]
    posts: list[PostHeld]
    not_awards: list[NotAward]
