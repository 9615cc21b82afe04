"""What phrases mean, before the text as a whole has told which tỉnh and which huyện it speaks of."""

from __future__ import annotations

from dataclasses import dataclass, field

Offsets = tuple[int, int]


@dataclass(slots=True)
class Place:
    """A place: `name` is None where only its level is printed ("tỉnh"), `level` where only its name is."""

    level: str | None
    name: str | None
    outer: Place | None = None  # "xã Hồng Thái, huyện Việt Yên"
    printed: bool = True  # whether the level is printed


@dataclass(slots=True)
class Body:
    """A body: its name's parts from the inmost, and where it is."""

    parts: list[str]
    place: Place | None = None
    tail: str | None = None  # words after the parts that are no place
    bare: bool = False  # only a head ("Hội"): which one is told elsewhere
    at: Offsets = (0, 0)
    ident: str | None = None  # "(PV05)"
    near: Place | None = None  # a place within its name
    why: str | None = None  # from what its place was taken, where it stands elsewhere


@dataclass(slots=True)
class Office:
    """A post of a body; `whole` where the name needs no body (Thủ tướng Chính phủ)."""

    post: str
    body: Body | None = None
    whole: str | None = None
    pair: tuple[str, str] | None = None  # post and body, of a whole name
    former: bool = False
    head: str | None = None  # the body's first word where the post carries it: "Trưởng ban Dân vận"
    at: Offsets = (0, 0)
    why: str | None = None  # from what its whole name was told


@dataclass(slots=True)
class Person:
    """A named person with the posts that stand beside the name."""

    name: str
    name_at: Offsets
    offices: list[Office] = field(default_factory=list)
    household: str | None = None  # "gia đình bà N": the household's name
    before: bool = False  # the posts stand before the name: acting in that office
    at: Offsets = (0, 0)


@dataclass(slots=True)
class Group:
    """Recipients: how many of which kinds; `joint` where one number counts several kinds."""

    kinds: list[str]
    count: int | None
    qualifier: str = "exact"
    words: str = ""
    at: Offsets = (0, 0)
    counted_words: str = ""  # the noun that is counted
    number_at: Offsets | None = None


@dataclass(slots=True)
class AwardName:
    """An award as it is named; `name` is None for a class alone ("hạng Nhì")."""

    name: str | None
    rank: str | None = None
    count: int | None = None
    of: object | None = None  # Body | Office | Person | Place
    of_at: Offsets | None = None
    at: Offsets = (0, 0)
    prize: bool = False
    bare: bool = False  # only the kind of award: "huân chương", "cờ", "danh hiệu"
    when: str | None = None
    when_at: Offsets | None = None
    campaign: str | None = None
    campaign_at: Offsets | None = None
    rank_at: Offsets | None = None
    elliptic: bool = False  # its name, or a part of it, stands before


@dataclass(slots=True)
class Delegation:
    """For whom somebody acts."""

    principals: list[object]
    at: Offsets = (0, 0)
