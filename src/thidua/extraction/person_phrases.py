"""Builders of people, and of whom somebody acts for."""

from __future__ import annotations

import re

from thidua.extraction.chunks import Chunk
from thidua.extraction.phrase_text import Groups, Made, Text
from thidua.extraction.rules import new_chunk
from thidua.extraction.values import Delegation, Office, Person, Place


def plain_name(here: Text, chunks: list[Chunk]) -> Made:
    """A name without a form of address."""
    at = (chunks[0].start, chunks[-1].end)
    return new_chunk("name", chunks, Person(here.words(chunks), at, at=at)), len(chunks)


def name(here: Text, chunks: list[Chunk], groups: Groups) -> Made:
    """A person's name, known by its surname."""
    if "apostrophe" in chunks[0].tags:
        return plain_name(here, chunks)
    cut = next((i for i, c in enumerate(chunks) if i and " " in here.text[c.start : c.end]), len(chunks))
    chunks = chunks[:cut]
    if len(chunks) < 2:
        return None
    if "vanthi" in chunks[1].tags and "surname" not in chunks[0].tags and chunks[0].tags & {"orghead", "bodyhead", "form"}:
        return None
    if len(chunks) == 2 and "commonsurname" not in chunks[0].tags:
        return None
    if len(chunks) == 5 and "commonsurname" in chunks[0].tags and "middlename" not in chunks[1].tags:
        chunks = chunks[:4]
    if any(len(here.text[c.start : c.end]) > 8 for c in chunks):
        return None
    return plain_name(here, chunks)


def formname(here: Text, chunks: list[Chunk], groups: Groups) -> Made:
    """A person's name after a form of address or rank."""
    first = next((i for i, c in enumerate(chunks) if not c.tags & {"form", "militaryrank", "former", "comma", "dash"}), 0)
    if not first:  # "ông Anh": both are forms of address
        return None
    if "surname" in chunks[first - 1].tags and chunks[first - 1].tags & {"form"} and len(chunks) - first == 1:
        return None
    names = chunks[first:]
    cut = next(
        (i for i, c in enumerate(names) if " " in here.text[c.start : c.end] or (i == 0 and c.tags & {"orghead", "bodyhead"})),
        len(names),
    )
    names = names[:cut]
    if not names:
        return None
    chunks = chunks[: first + len(names)]
    if len(names) == 1 and "'" not in here.text[names[0].start : names[0].end]:
        return None
    if (
        chunks[0].tags & {"form", "kind"} == {"form", "kind"}
        and "surname" not in names[0].tags
        and "former" not in chunks[0].tags
        and not chunks[0].entries.get("form")
    ):
        # "học sinh Trường …": a kind of people before another capitalised word
        return None
    at = (names[0].start, names[-1].end)
    whole = (chunks[0].start, chunks[-1].end)
    household = here.words(chunks) if here.flat.startswith("gia đình", chunks[0].start) else None
    made = new_chunk("name", chunks, Person(here.words(names), at, household=household, at=whole))
    return made, len(chunks)


def person(here: Text, chunks: list[Chunk], groups: Groups) -> Made:
    """A person with the posts that stand before or after the name."""
    person: Person = groups["name"][0].value
    before = groups.get("before")
    after = groups.get("after")
    offices: list[Office] = list(person.offices)
    for row in (before, after):
        if row:
            value = row[0].value
            offices += value if isinstance(value, list) else [value]
    taken = len(chunks)
    if after is None:
        # what follows the name without a post is not the person's
        taken = chunks.index(groups["name"][0]) + 1
    made = chunks[:taken]
    words = " ".join(here.flat[c.start : c.end] for c in made)
    if re.search(r"(?:^|\s)nguyên\s", words) and offices and not any(o.former for o in offices):
        offices[0].former = True
    value = Person(
        person.name, person.name_at, offices, person.household, before is not None or person.before, (made[0].start, made[-1].end)
    )
    return new_chunk("person", made, value), taken


def appositive(here: Text, chunks: list[Chunk], groups: Groups) -> Made:
    """A person after a post and a comma, with a form of address that opens the name."""
    name = groups["name"][0]
    person: Person = name.value
    opening = here.flat[name.start : person.name_at[0]].strip()
    if not opening or opening.split()[0] in ("gia",):
        return None
    value = groups["before"][0].value
    offices = value if isinstance(value, list) else [value]
    at = (chunks[0].start, chunks[-1].end)
    return new_chunk("person", chunks, Person(person.name, person.name_at, list(offices), before=True, at=at)), len(chunks)


def inverted(here: Text, chunks: list[Chunk], groups: Groups) -> Made:
    """A person after a post and "là"."""
    person: Person = groups["name"][0].value
    value = groups["before"][0].value
    offices = value if isinstance(value, list) else [value]
    at = (chunks[0].start, chunks[-1].end)
    return new_chunk("person", chunks, Person(person.name, person.name_at, list(offices), at=at)), len(chunks)


def plural(here: Text, chunks: list[Chunk], groups: Groups) -> Made:
    """People who hold the same post: "các Phó Chủ tịch A, B"."""
    value = groups["office"][0].value
    offices = value if isinstance(value, list) else [value]
    people = []
    for chunk in groups["names"]:
        if isinstance(chunk.value, Person):
            one: Person = chunk.value
            people.append(Person(one.name, one.name_at, list(offices), before=True, at=one.at))
    return new_chunk("persons", chunks, people), len(chunks)


def delegation(here: Text, chunks: list[Chunk], groups: Groups) -> Made:
    """For whom somebody acts: "thừa ủy quyền …"."""
    principals = [groups["first"][0].value]
    if "name" in groups:
        name = groups["name"][0]
        person: Person = name.value
        if name.start == person.name_at[0] and isinstance(principals[0], Office):
            principals = [Person(person.name, person.name_at, [principals[0]], before=True, at=(principals[0].at[0], name.end))]
        else:
            chunks = chunks[: chunks.index(name)]
            groups = {"first": groups["first"]}
    if "second" in groups:
        principals.append(groups["second"][0].value)
    return new_chunk(
        "deleg", chunks, Delegation([p[0] if isinstance(p, list) else p for p in principals], (chunks[0].start, chunks[-1].end))
    ), len(chunks)


def request(here: Text, chunks: list[Chunk], groups: Groups) -> Made:
    """At whose request something is given."""
    value = groups["who"][0].value
    if value is None and "level" in groups["who"][0].tags:
        value = Place(groups["who"][0].entries["level"].canonical, None)
    return new_chunk("req", chunks, value[0] if isinstance(value, list) else value), len(chunks)


def onbehalf(here: Text, chunks: list[Chunk], groups: Groups) -> Made:
    """For whom somebody speaks: "thay mặt …"."""
    return new_chunk("behalf", chunks, [c.value for c in chunks if c.value is not None]), len(chunks)
