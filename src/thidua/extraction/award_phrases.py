"""Builders of amounts and awards."""

from __future__ import annotations

from thidua.extraction.chunks import Chunk
from thidua.extraction.lexicon import Lexicon
from thidua.extraction.phrase_text import Groups, Made, Text, counted, number
from thidua.extraction.rules import new_chunk
from thidua.extraction.times import period_of
from thidua.extraction.values import AwardName, Body, Place


def money(here: Text, chunks: list[Chunk], groups: Groups) -> Made:
    """An amount of money, as it is printed."""
    return new_chunk("amount", chunks, here.words(chunks)), len(chunks)


def percentage(here: Text, chunks: list[Chunk], groups: Groups) -> Made:
    """A percentage with its qualifier."""
    written, _ = chunks[-1].value["percent"]
    about = chunks[0].entries["about"].value if "about" in chunks[0].entries else "exact"
    return new_chunk("percentage", chunks, (number(written.replace(".", ",")), about)), len(chunks)


def award(here: Text, chunks: list[Chunk], groups: Groups) -> Made:
    """An award: its name with a title or campaign, how many, which class, for which year."""
    first = groups["name"][0]
    prize = "prize" in first.tags
    value = AwardName(first.entries["prize" if prize else "award"].canonical, prize=prize)
    value.count = _count(groups)
    second = groups["name"][1].entries["award"].canonical if len(groups["name"]) == 2 else None
    if second is not None and not second.lower().startswith("danh hiệu") and value.name != "danh hiệu":
        # two awards in a row: the first only
        return _taken(value, chunks, chunks.index(first) + 1)
    if second is not None:
        value.name = second if second.lower().startswith("danh hiệu") else f"danh hiệu {second}"
    value.bare = value.name in here.lexicon.phrase_lists.bare_awards
    length = len(chunks)
    for group, extend in (("lower", _with_campaign), ("title", _with_title)):
        if group in groups and not extend(here, value, groups):
            # what does not belong to the name ends the phrase
            length = chunks.index(groups[group][0])
            groups = {"name": groups["name"]}
            break
    if prize:
        value.rank = here.lexicon.awards["prize"]["rank"].get(value.name)
        value.rank_at = (first.start, first.end) if value.rank else None
    elif "rank" in groups:
        value.rank = rank_of(groups["rank"][0], here.lexicon)
        value.rank_at = (groups["rank"][0].start, groups["rank"][0].end)
    _when(value, groups)
    return _taken(value, chunks, length)


def _taken(value: AwardName, chunks: list[Chunk], length: int) -> Made:
    taken = chunks[:length]
    value.at = (taken[0].start, taken[-1].end)
    return new_chunk("awarding", taken, value), length


def _count(groups: Groups) -> int | None:
    value = counted(groups["count"][0]) if "count" in groups else None
    return value if isinstance(value, int) else None


def _with_campaign(here: Text, value: AwardName, groups: Groups) -> bool:
    """Adds the campaign that belongs to a flag's name ("Cờ thi đua …"); whether it does."""
    if value.name is None or not value.name.startswith("Cờ"):
        return False
    value.name += f" {here.words([c for c in groups['lower'] if 'campaign' in c.tags])}"
    quoted = next((c for c in groups["lower"] if "quote" in c.tags), None)
    if quoted is not None:
        value.campaign, value.campaign_at = _quoted(here, quoted), (quoted.start, quoted.end)
        value.name += f" “{value.campaign}”"
    value.bare = False
    return True


def _with_title(here: Text, value: AwardName, groups: Groups) -> bool:
    """Adds the title that belongs to an award's name; whether it does."""
    lists, name = here.lexicon.phrase_lists, value.name or ""
    if "quote" in groups["title"][0].tags:
        if name.lower().startswith(lists.without_title):
            return False
        value.name = f"{name} “{_quoted(here, groups['title'][0])}”"
    else:
        if not (value.bare and (groups["name"][0].tags & {"titled"} or name in ("Huân chương", "Huy chương"))):
            return False
        value.name = f"{name} {here.words(groups['title'])}"
    value.bare = False
    return True


def _when(value: AwardName, groups: Groups) -> None:
    """For which period an award is, or for how many years in the Party."""
    if "when" not in groups:
        return
    one = groups["when"][0]
    if "grade" not in one.tags:
        value.when, value.when_at = period_of(one), (one.start, one.end)
    elif (value.name or "").startswith("Huy hiệu"):
        grade = one.value.get("grade") or one.value.get("grade2")
        value.name, value.bare = "Huy hiệu Đảng", False
        value.rank, value.rank_at = f"{grade[0]} năm tuổi Đảng", (one.start, one.end)


def rank_of(chunk: Chunk, lexicon: Lexicon) -> str | None:
    """The class that a written form tells: hạng Nhất; None where it tells none."""
    if not isinstance(chunk.value, dict) or "rank" not in chunk.value:
        return None
    name: str | None = lexicon.awards["rank"]["names"].get(chunk.value["rank"][0])
    return name


def _quoted(here: Text, chunk: Chunk) -> str:
    return " ".join(here.text[chunk.start + 1 : chunk.end - 1].split())


def awardof(here: Text, chunks: list[Chunk], groups: Groups) -> Made:
    """An award with whoever gives it: "Bằng khen của …"."""
    value: AwardName = groups["award"][0].value
    who = groups["who"][0]
    of = who.value
    if "deictic" in who.tags:
        of = Body([here.words([who])], bare=True, at=(who.start, who.end))
    if "level" in who.tags and of is None:
        of = Place(who.entries["level"].canonical, None)
    if isinstance(of, list):
        of = of[-1] if len(of) == 1 else of[0]
    value.of, value.of_at = of, (who.start, who.end)
    value.at = (chunks[0].start, chunks[-1].end)
    return new_chunk("awarding", chunks, value), len(chunks)
