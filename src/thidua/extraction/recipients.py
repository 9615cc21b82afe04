"""Whom a chunk names as recipients, and which recipients stand before a verb."""

from __future__ import annotations

from thidua.extraction.chunks import Chunk
from thidua.extraction.events import Recipient, Sentence
from thidua.extraction.values import Body, Group, Person, Place

_NAMED = frozenset(["person", "persons", "body", "organisation", "place"])
_BODIES = frozenset(["body", "organisation", "person"])


def preposed(here: Sentence, index: int, start: int) -> bool:
    """Whether a preposition or the like stands right before the chunk: it is no recipient then."""
    chunks = here.chunks
    at = index - 1
    if index > start and chunks[index - 1].tags & {"each", "lpar"}:
        return True
    while at >= start and chunks[at].tags & {"several", "about"} and here.word(chunks[at]) not in here.lists.not_recipients:
        at -= 1
    if at < start:
        return False
    if here.word(chunks[at]) in here.lists.not_recipients:
        return True
    return "behalf" in chunks[at].tags


def recipients_of(chunk: Chunk) -> list[Recipient]:
    """Whom a chunk names or counts as recipients; empty where it is none that can receive."""
    at = (chunk.start, chunk.end)
    value = chunk.value
    if value is None and "kind" in chunk.entries:
        return [Recipient(chunk.entries["kind"].value, None, "exact", [], at)]
    if isinstance(value, Group):
        kinds = list(dict.fromkeys(value.kinds))
        if len(kinds) > 1 and "model" in kinds and set(kinds) <= {"model", "individual", "collective"} and value.kinds[0] == "model":
            kinds = ["model"]
        joint = len(kinds) > 1 and value.count is not None
        count = None if joint else value.count
        return [Recipient(kind, count, value.qualifier, [], at, joint) for kind in kinds]
    if isinstance(value, Person) and value.household:
        return [Recipient("household", 1, "exact", [(value.household, at)], at)]
    if isinstance(value, Person):
        return [Recipient("individual", 1, "exact", [(value, value.name_at)], at)]
    if isinstance(value, list) and value and isinstance(value[0], Person):
        return [Recipient("individual", len(value), "exact", [(p, p.name_at) for p in value], at)]
    if isinstance(value, Body | Place):
        if isinstance(value, Place) and value.name is None:
            return []
        return [Recipient("collective", 1, "exact", [(value, at)], at)]
    return []


def level_recipient(chunk: Chunk) -> Recipient:
    """The place that a level alone stands for, as recipient: "tỉnh được tặng Cờ"."""
    at = (chunk.start, chunk.end)
    return Recipient("collective", 1, "exact", [(Place(chunk.entries["level"].canonical, None), at)], at)


def recipients_before(here: Sentence, start: int, end: int) -> tuple[list[Recipient], list[Chunk]]:
    """The recipients that stand before a passive or a verb of receiving: counted groups, else the nearest named ones.

    Args:
        start, end: the chunks before the verb.

    Returns:
        The recipients, and the chunks that tell them.
    """
    chunks = here.chunks
    groups = [i for i in range(start, end) if "group" in chunks[i].tags and not preposed(here, i, start) and not names_follow(here, i, end)]
    is_object = (
        groups
        and "and" in chunks[end - 1].tags
        and any(chunks[i].tags & {"body", "organisation", "place", "person"} for i in range(start, groups[-1]))
    )
    if groups and not is_object:
        return _counted_before(here, groups, start, end)
    # "xã Ea Tu lập được 23 mô hình và được …": what is counted is an object
    if end > start:
        last = chunks[end - 1]
        alone = end - 1 == start or chunks[end - 2].tags & {"comma", "and", "here", "year", "date"}
        if "level" in last.tags and last.value is None and alone:
            return [level_recipient(last)], [last]
    chosen = _named_before(here, start, end)
    return merged([r for i in chosen for r in recipients_of(chunks[i])]), [chunks[i] for i in chosen]


def _counted_before(here: Sentence, groups: list[int], start: int, end: int) -> tuple[list[Recipient], list[Chunk]]:
    """Counted recipients, with the people named among or beside them."""
    chunks = here.chunks
    last = groups[-1]
    if last + 2 < end and "is" in chunks[last + 1].tags and chunks[last + 2].tags & _BODIES:
        told = [c for c in chunks[last + 2 : end] if c.tags & _BODIES]
        return merged([r for c in told for r in recipients_of(c)]), told
    counted = [i for i in groups if chunks[i].value.count is not None]
    if counted and len(counted) != len(groups):
        # "20 đảng viên của các chi bộ": what is not counted beside what is belongs to it, unless listed with it
        groups = [i for i in groups if chunks[i].value.count is not None or joined(here, i, start)]
    found = [r for i in groups for r in recipients_of(chunks[i])]
    used = [chunks[i] for i in groups]
    people = [chunks[i] for i in range(start, groups[0]) if chunks[i].tags & {"person", "persons"}]
    if people and any("amongthem" in chunks[i].tags for i in range(start, end)):
        found = found[:1]
        person = people[0].value
        if isinstance(person, Person):
            found[0].names = [(person, person.name_at)]
    elif people and groups[-1] + 1 < len(chunks) and here.word(chunks[groups[-1] + 1]) == "khác":
        # "bà A, bà B và 3 cá nhân khác"
        found += [r for c in people for r in recipients_of(c)]
        used = people + used
    return merged(found), used


def _named_before(here: Sentence, start: int, end: int) -> list[int]:
    """The named recipients before a verb: people, else the nearest body or place with those listed beside it."""
    chunks = here.chunks
    named = [i for i in range(start, end) if chunks[i].tags & _NAMED and not preposed(here, i, start)]
    people = [i for i in named if chunks[i].tags & {"person", "persons"}]
    if people or not named:
        return people
    chosen = [named[-1]]
    for index in reversed(named[:-1]):
        if not all(chunks[i].tags & {"comma", "and"} for i in range(index + 1, chosen[0])):
            break
        chosen.insert(0, index)
    if "place" in chunks[chosen[-1]].tags and len(named) > 1 and "place" not in chunks[named[0]].tags:
        return [named[0]]
    return chosen


def put_forward(here: Sentence, index: int, end: int) -> bool:
    """Whether a group is only proposed: "còn 1 mô hình mới dừng ở mức đề nghị …"."""
    chunks = here.chunks
    for chunk in chunks[index + 1 : min(end, index + 9)]:
        if chunk.tags & {"comma", "semi", "group", "awarding"}:
            return False
        if "propose" in chunk.tags:
            return True
    return False


def names_follow(here: Sentence, index: int, end: int) -> bool:
    """Whether the people counted are named right after: "hai cô giáo A và B"."""
    chunks = here.chunks
    return index + 1 < end and bool(chunks[index + 1].tags & {"person", "persons"})


def joined(here: Sentence, index: int, start: int) -> bool:
    """Whether a comma or "và" stands right before a chunk."""
    return index > start and bool(here.chunks[index - 1].tags & {"comma", "and"})


def anded(here: Sentence, index: int) -> bool:
    """Whether a comma and "và" stand right before a chunk."""
    chunks = here.chunks
    return index > 1 and "comma" in chunks[index - 2].tags and here.word(chunks[index - 1]) in ("và", "cùng", "cùng với")


def topic_of(recipients: list[Recipient]) -> list[Recipient]:
    """Whom a passive without a subject speaks of: the named person among many, else all."""
    named = [r for r in recipients if r.names and isinstance(r.names[0][0], Person)]
    if named and len(recipients) == 1 and recipients[0].count is not None and len(named[0].names) < recipients[0].count:
        return [Recipient("individual", 1, "exact", named[0].names[:1], named[0].names[0][1])]
    return recipients


def merged(recipients: list[Recipient]) -> list[Recipient]:
    """Groups of one kind that are named one by one, as one group; counted ones stay as they are told."""
    named = [r for r in recipients if r.names]
    counted = [r for r in recipients if not r.names]
    out: list[Recipient] = []
    for kind in dict.fromkeys(r.kind for r in named):
        same = [r for r in named if r.kind == kind]
        names = [n for r in same for n in r.names]
        count = sum(r.count or 0 for r in same)
        out.append(Recipient(kind, count, "exact", names, same[0].at))
    for one in counted:
        twin = next((r for r in out if r.kind == one.kind and r.names), None)
        if twin is not None and one.count is not None and twin.count is not None:
            twin.count += one.count
            twin.summed = True
        else:
            out.append(one)
    return out
