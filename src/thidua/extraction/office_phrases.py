"""Builders of posts."""

from __future__ import annotations

from thidua.extraction.chunks import Chunk
from thidua.extraction.lexicon import flat
from thidua.extraction.phrase_text import Groups, Made, Text, name_length, short_form
from thidua.extraction.rules import new_chunk
from thidua.extraction.values import Body, Office, Place


def post_name(written: str) -> str:
    """A post as it is written with capitals: Phó Bí thư Thường trực."""
    words = written.replace("thường trực", "Thường trực")
    if words.startswith("phó "):
        return "Phó " + words[4:5].upper() + words[5:]
    return words[:1].upper() + words[1:]


def office(here: Text, chunks: list[Chunk], groups: Groups) -> Made:
    """A post with its body, as far as it is printed."""
    post = groups["post"][0]
    word = flat(here.text[post.start : post.end])
    opening = groups.get("former", [])
    former = bool(opening) and "former" in opening[0].tags
    name = post_name(word)
    if opening and "acting" in opening[0].tags and here.flat.startswith("quyền", opening[0].start):
        name = f"Quyền {name}"
    if "more" in groups:
        row = [*opening, post]
        value = Office(post_name(word), former=former, head=post.entries["post"].value, at=(row[0].start, post.end))
        return new_chunk("office", row, value), len(row)
    head = post.entries["post"].value
    within = here.lexicon.words["post"]["within"].get(word)
    at = (chunks[0].start, chunks[-1].end)
    if within is not None:
        inner: Body | None = groups["body"][0].value if "body" in groups else None
        if inner is None and len(chunks) > 1 + len(opening):
            return None
        parts = [within[1], *(inner.parts if inner is not None else [])]
        own = Body(parts, inner.place if inner is not None else None, at=(post.start, chunks[-1].end))
        return new_chunk("office", chunks, Office(within[0], own, former=former, at=at)), len(chunks)
    if "field" in groups:
        first = head or "Ban"
        own, length = _field_body(here, chunks, groups, first)
        taken = chunks[:length]
        value = Office(name, own, former=former, head=first, at=(taken[0].start, taken[-1].end))
        return new_chunk("office", taken, value), length
    body: Body | None = None
    if "body" in groups:
        body = groups["body"][0].value
    elif "bare" in groups:
        bare = groups["bare"][0]
        written = here.text[bare.start : bare.end]
        body = Body([written[:1].upper() + written[1:]], bare=True, at=(bare.start, bare.end))
    elif "seat" in groups:
        body = _seated(here, groups["seat"][0], word, head)
        if body is None:
            return None
    return new_chunk("office", chunks, Office(name, body, former=former, head=head, at=at)), len(chunks)


def _field_body(here: Text, chunks: list[Chunk], groups: Groups, first: str) -> tuple[Body, int]:
    """The body that a post's field tells ("Trưởng ban Dân vận Tỉnh ủy"), and how many of the chunks that takes."""
    fields = " ".join(here.text[c.start : c.end] for c in groups["field"])
    fields = here.lexicon.bodies["field"]["names"].get(flat(fields)) or fields[:1].upper() + fields[1:]
    inner: Body | None = groups["inner"][0].value if "inner" in groups else None
    place: Place | None = None
    length = len(chunks)
    if "at" in groups:
        where = groups["at"]
        if isinstance(where[0].value, Place):
            place = where[0].value
        elif "level" in where[0].tags:
            place = Place(where[0].entries["level"].canonical, None)
        else:
            words = name_length(where, 4)
            place = Place(None, here.words(where[:words]))
            length = len(chunks) - len(where) + words
    parts = [f"{first} {fields}"]
    if inner is not None:
        parts += inner.parts
        place = place or inner.place
    return Body(parts, place, at=(groups["field"][0].start, chunks[length - 1].end)), length


def _seated(here: Text, seat: Chunk, word: str, head: str | None) -> Body | None:
    """The body of a post beside a place: a chairman's committee, a secretary's Party committee."""
    place = seat.value if isinstance(seat.value, Place) else Place(seat.entries["level"].canonical, None)
    chair = word in here.lexicon.phrase_lists.chairs
    secretary = "bí thư" in word
    if not (chair or secretary) and head is None:
        return None
    if chair:
        named = "Ủy ban nhân dân"
    elif head is not None and not secretary:
        named = head
    else:
        named = here.lexicon.words["post"]["secretary"].get(place.level or "", "Đảng ủy")
    return Body([named], place, at=(seat.start, seat.end), why=f"{named}: the body that such a post of a place heads")


def wholeoffice(here: Text, chunks: list[Chunk], groups: Groups) -> Made:
    """A post whose name needs no body: Thủ tướng Chính phủ."""
    chunk = chunks[-1]
    entry = chunk.entries["office0"]
    former = "former" in chunks[0].tags
    pair = tuple(entry.value) if entry.value else None
    why = short_form(here.text[chunk.start : chunk.end], entry.canonical)
    value = Office(entry.canonical, None, entry.canonical, pair, former, at=(chunks[0].start, chunks[-1].end), why=why)
    return new_chunk("office", chunks, value), len(chunks)


def posts(here: Text, chunks: list[Chunk], groups: Groups) -> Made:
    """Posts of one person, in a row."""
    offices = [chunk.value for chunk in chunks if "office" in chunk.tags]
    return new_chunk("posts", chunks, offices), len(chunks)
