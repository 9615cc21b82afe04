"""Builders of bodies: named, abbreviated, or only by their head."""

from __future__ import annotations

from thidua.extraction.chunks import Chunk
from thidua.extraction.lexicon import flat
from thidua.extraction.phrase_text import Groups, Made, Text, name_length, short_form
from thidua.extraction.rules import new_chunk
from thidua.extraction.values import Body, Place


def bare(here: Text, chunks: list[Chunk], groups: Groups) -> Made:
    """A body told only by its head, as "Hội": which one is told elsewhere."""
    chunk = chunks[0]
    written = here.text[chunk.start : chunk.end]
    entry = chunk.entries.get("bodyhead")
    if entry is not None and entry.canonical == "Hội" and written[0].isupper():
        return new_chunk("body", chunks[:1], Body(["Hội"], bare=True, at=(chunk.start, chunk.end))), 1
    if not written[0].isupper() or written.lower() in here.lexicon.phrase_lists.no_body:
        return None
    return new_chunk("body", chunks[:1], Body([written], bare=True, at=(chunk.start, chunk.end))), 1


def association(here: Text, chunks: list[Chunk], groups: Groups) -> Made:
    """A body of capitalised words and those that follow them, with its place."""
    head = groups["head"][0]
    written = here.text[head.start : head.end]
    if not written[0].isupper() or not here.text[groups["rest"][0].start].isupper():
        return None
    where = groups["where"][0]
    name = here.words([head, *groups["rest"]])
    place: Place | None = None
    if isinstance(where.value, Place):
        place = where.value
    elif "level" in where.tags:
        place = Place(where.entries["level"].canonical, None)
    else:
        name += " " + here.text[where.start : where.end]
    return new_chunk("body", chunks, Body([name], place, at=(chunks[0].start, chunks[-1].end))), len(chunks)


def organisation(here: Text, chunks: list[Chunk], groups: Groups) -> Made:
    """A school, company, unit or the like, with the place that belongs to its name."""
    taken = len(chunks)
    for index, chunk in enumerate(chunks[1:], start=1):
        if "comma" in chunk.tags and not isinstance(chunks[index + 1].value, Place):
            taken = index
            break
    place = chunks[taken - 1].value if isinstance(chunks[taken - 1].value, Place) else None
    made = chunks[:taken]
    if "level" in made[-1].tags and not isinstance(made[-1].value, Place):
        place = Place(made[-1].entries["level"].canonical, None)
        made = made[:-1]
    names = [c for c in made[1:] if c.tags & {"cap", "name", "number", "field", "allcap", "num", "quote", "place"}]
    if not names:
        return None
    head = made[0].entries.get("orghead")
    if (
        head is not None
        and not here.text[made[0].start].isupper()
        and head.canonical.lower() in here.lexicon.phrase_lists.loose_heads
        and not isinstance(made[-1].value, Place)
    ):
        return None
    if isinstance(made[-1].value, Place) and made[-1].value.name is None:
        return None
    written = here.words(made)
    short = here.lexicon.bodies["orghead"]["names"].get(here.flat[made[0].start : made[0].end])
    if short is not None:
        written = short + written[made[0].end - made[0].start :]
    name = written[:1].upper() + written[1:]
    at = (made[0].start, made[-1].end)
    if place is not None and place.outer is not None and " (" in name:
        name = name.partition(" (")[0]
    inside = place is not None and place.name is not None
    value = Body([name], None if inside else place, at=at, near=place if inside else None)
    return new_chunk("organisation", chunks[:taken], value), taken


def body(here: Text, chunks: list[Chunk], groups: Groups) -> Made:
    """A body: its parts from the inmost, words that belong to its name, where it is."""
    row = groups["parts"]
    if len(row) == 2 and "central" in row[0].tags and "bodyhead" in row[1].tags and "body0" not in row[1].tags:
        head = row[1].entries["bodyhead"].canonical
        return new_chunk("body", row, Body([f"Trung ương {head}"], bare=True, at=(row[0].start, row[1].end))), 2
    if "body0" not in row[0].tags and "bodyhead" in row[0].tags and len(row) == 1 and not here.text[row[0].start].isupper():
        return None
    made = Body(_parts(here, row), bare=len(row) == 1 and "body0" not in row[0].tags)
    written = [(c, c.entries["body0"].canonical) for c in row if "body0" in c.entries]
    made.why = next((why for c, full in written if (why := short_form(here.text[c.start : c.end], full)) is not None), None)
    taken = len(row)
    words = groups.get("words", [])
    where = groups.get("where")
    if words and _extends(here, made.parts[-1], words):
        made.tail = " ".join(_canonical(here, one) for one in words)
        taken += len(words)
    elif words:
        where = None
    if where and not (taken < len(chunks) and chunks[taken] is not where[0]):
        taken += _situate(here, made, where)
    if taken < len(chunks) and "ident" in chunks[taken].tags and taken == len(chunks) - 1:
        made.ident = here.text[chunks[taken].start : chunks[taken].end]
        taken += 1
    made.at = (chunks[0].start, chunks[taken - 1].end)
    return new_chunk("body", chunks[:taken], made), taken


def _parts(here: Text, row: list[Chunk]) -> list[str]:
    """The parts of a body's name, abbreviations written out."""
    parts: list[str] = []
    skip = False
    for index, chunk in enumerate(row):
        if skip:
            skip = False
        elif isinstance(chunk.value, Body):
            parts += chunk.value.parts
        elif "body0" in chunk.tags:
            parts.append(chunk.entries["body0"].canonical)
        elif "bodyhead" in chunk.tags and index + 1 < len(row) and "field" in row[index + 1].tags:
            field = row[index + 1]
            written = here.text[field.start : field.end]
            known = flat(written) in here.lexicon.bodies["field"]["names"] or written[0].islower()
            parts.append(f"{chunk.entries['bodyhead'].canonical} {field.entries['field'].canonical if known else written}")
            skip = True
        elif "bodyhead" in chunk.tags:
            parts.append(chunk.entries["bodyhead"].canonical)
    return parts


def _extends(here: Text, last: str, words: list[Chunk]) -> bool:
    """Whether words after a body's last part belong to its name."""
    lists = here.lexicon.phrase_lists
    first = last.split()[0]
    plain = all(c.tags & {"bodyword", "field"} for c in words)
    return (plain or first == "Ban") and first in lists.extended and last != "Ban Thường vụ"


def _canonical(here: Text, chunk: Chunk) -> str:
    written = here.text[chunk.start : chunk.end]
    if chunk.entries.get("bodyword") or chunk.entries.get("field"):
        return str(here.lexicon.bodies["bodyword"]["names"].get(flat(written), written))
    return written


def _situate(here: Text, made: Body, where: list[Chunk]) -> int:
    """Adds to a body what tells where or which it is; how many chunks that takes."""
    first, lists = where[0], here.lexicon.phrase_lists
    last = made.parts[-1]
    if isinstance(first.value, Place):
        made.place = first.value
        return 1
    if "central" in first.tags:
        if not made.tail:
            return 0
        made.tail += " Trung ương"
        return 1
    if "nation" in first.tags:
        if here.flat[first.start : first.end] != "việt nam":
            return 0
        made.parts[-1] = last if last.endswith("Việt Nam") else last + " Việt Nam"
        if made.tail:
            made.parts[-1], made.tail = f"{made.parts[-1].removesuffix(' Việt Nam')} {made.tail} Việt Nam", None
        return 1
    if "level" in first.tags:
        made.place = Place(first.entries["level"].canonical, None)
        return 1
    if first.tags & {"num", "allcap"}:
        if last not in (lists.numbered if "num" in first.tags else lists.lettered):
            return 0
        made.parts[-1] += " " + here.text[first.start : first.end]
        return 1
    if "Bộ" not in made.parts[0].split()[:1] or made.parts[0] in ("Bộ đội Biên phòng", "Bộ Chỉ huy"):
        if length := name_length(where, 4):
            made.place = Place(None, here.words(where[:length]))
        return length
    return 0
