"""The words that tell the passages of a press text apart, from grammar/passages.toml, as compiled patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from thidua.extraction.grammar import any_of, grammar
from thidua.extraction.letters import UPPER


@dataclass(frozen=True)
class Cues:
    """The compiled patterns of grammar/passages.toml."""

    stamp: re.Pattern[str]
    own_day: re.Pattern[str]
    sign: re.Pattern[str]
    byline: re.Pattern[str]
    republished: re.Pattern[str]
    signature: re.Pattern[str]
    caption: re.Pattern[str]
    inner_caption: re.Pattern[str]
    credited: re.Pattern[str]
    credit: re.Pattern[str]
    file: re.Pattern[str]
    scene: re.Pattern[str]
    people: re.Pattern[str]
    deed: re.Pattern[str]
    handing: re.Pattern[str]
    telling: re.Pattern[str]
    related: re.Pattern[str]
    related_line: re.Pattern[str]
    ending: re.Pattern[str]
    footer_line: re.Pattern[str]
    closing: re.Pattern[str]


@cache
def read_cues() -> Cues:
    """The cues, compiled once."""
    words = grammar("passages")
    dateline, byline, caption = words["dateline"], words["byline"], words["caption"]
    picture, credit = rf"(?i:{'|'.join(caption['cues'])})", caption["credits"]
    in_brackets = rf"\((?:(?P<sign>{'|'.join(dateline['sign_in_brackets'])})|(?P<any>[^()]{{2,40}}?))\)"
    before_dash = rf"(?P<bare>{'|'.join(dateline['sign_before_dash'])})"
    place = rf"(?:{UPPER}[\w.]*\s+){{1,4}}\((?:{'|'.join(dateline['agencies'])})[^()]{{0,20}}\)"
    signed = any_of(byline["signatures"], capitals_count=True).pattern
    return Cues(
        stamp=any_of([*dateline["stamp_words"], r"[\W\d_]"], after="+"),
        own_day=any_of(dateline["own_day"]),
        sign=re.compile(rf"(?:{in_brackets}(?:\s*[-–—:]\s*|(?(any)(?!)|\s+))|{before_dash}\s*[-–—]\s+|{place}\s*[-–—:]\s+)"),
        byline=any_of(byline["cues"]),
        republished=any_of(byline["republished"], before=r"\W*"),
        signature=any_of(byline["signatures"], capitals_count=True),
        caption=re.compile(rf"\(?{picture}\s*:\s*"),
        inner_caption=re.compile(rf"(?<=[.!?…”\"/)])\s+(?=\(?{picture}\s*:)|\s(?=\({picture}\s*:)"),
        credited=any_of(credit, before=rf"(?s:.*)[.(\s]{picture}\s*[:.]\s*", after=r"\)?\s*\.?"),
        credit=any_of(credit, after=r"\)?\s*\.?"),
        file=any_of([caption["file"]]),
        scene=any_of(caption["scenes"]),
        people=any_of(caption["people"]),
        deed=any_of(caption["deeds"]),
        handing=any_of(caption["handing"]),
        telling=any_of(caption["telling"]),
        related=any_of(words["related"]["headings"], after=r"\s*[:…]?"),
        related_line=any_of(words["related"]["lines"]),
        ending=any_of(words["footer"]["endings"]),
        footer_line=any_of(words["footer"]["lines"]),
        closing=re.compile(rf"(?:\s(?=\()|(?<=\./\.)\s*)(?P<byline>\((?i:theo|nguồn)\b[^()]{{2,100}}\)\s*\.?|{signed})$"),
    )
