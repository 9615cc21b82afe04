"""Builders of phrases: what the rules of grammar/phrases.toml make of the chunks they find."""

from __future__ import annotations

import re
from typing import Any

from thidua.extraction.chunks import Chunk, Codes, Tagger
from thidua.extraction.lexicon import Lexicon, flat
from thidua.extraction.rules import Builder, Rule, apply, compile_rule, new_chunk
from thidua.extraction.values import AwardName, Body, Delegation, Group, Office, Offsets, Person, Place

MADE = [
    "num", "place", "name", "body", "organisation", "office", "posts", "person", "persons", "deleg", "req", "behalf", "amount",
    "percentage", "awarding", "group", "seat",
]  # fmt: skip


def number(written: str) -> int | float | None:
    """The value of a written number: dots between thousands, comma before decimals."""
    plain = written.replace(" ", "")
    if re.fullmatch(r"\d{1,3}(\.\d{3})+", plain):
        return int(plain.replace(".", ""))
    plain = re.sub(r"\.(?=\d{3})", "", plain).replace(",", ".")
    try:
        value = float(plain)
    except ValueError:
        return None
    return int(value) if value == int(value) else value


def post_name(written: str) -> str:
    """A post as it is written with capitals: Phó Bí thư Thường trực."""
    words = written.replace("thường trực", "Thường trực")
    if words.startswith("phó "):
        return "Phó " + words[4:5].upper() + words[5:]
    return words[:1].upper() + words[1:]


class Phrases:
    """The phrase rules, compiled, and what they build."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.codes = Codes()
        self.tagger = Tagger(lexicon, self.codes)
        for tag in MADE:
            self.codes.of(frozenset([tag]))
        self.codes.of(frozenset(["place", "province"]))
        # classes with exceptions are made classes of their own: every set that qualifies gets the class's name
        self.classes = self._classes(lexicon.phrases.get("classes", {}))
        self.text = ""
        self.flat = ""
        self.rules: list[tuple[Rule, Builder]] = []
        for table in lexicon.phrases["phrase"]:
            pattern = self._compile(table["tags"])
            self.rules.append((Rule(table["make"], pattern), getattr(self, "_" + table["make"])))

    def _classes(self, written: dict[str, list[str]]) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
        return {
            name: (frozenset(t for t in tags if t[0] != "!"), frozenset(t[1:] for t in tags if t[0] == "!"))
            for name, tags in written.items()
        }

    def _compile(self, written: str) -> re.Pattern[str]:
        known = self.codes

        class Qualified(Codes):
            """Knows the classes with exceptions too."""

            def having(inner, names: frozenset[str]) -> str:
                found = ""
                for tags, code in known._codes.items():
                    for name in names:
                        with_, without = self.classes.get(name, (frozenset([name]), frozenset()))
                        if tags & with_ and not tags & without:
                            found += code
                            break
                return found

        return compile_rule(written, {}, Qualified(), "phrases.toml")

    def read(self, text: str, text_flat: str, start: int, end: int) -> list[Chunk]:
        """The chunks and phrases of a sentence."""
        self.text, self.flat = text, text_flat
        chunks = self.tagger.chunks(text, text_flat, start, end)
        row = self.codes.row(chunks)
        for rule, build in self.rules:
            chunks, row = apply(rule, chunks, row, self.codes, build)
        return chunks

    def words(self, chunks: list[Chunk]) -> str:
        """The text of a row of chunks, on one line."""
        return " ".join(self.text[chunks[0].start : chunks[-1].end].split())

    # ── numbers, places ──

    def _num(self, chunks: list[Chunk], groups: dict[str, list[Chunk]]) -> tuple[Chunk, int] | None:
        value = number(self.text[chunks[0].start : chunks[0].end])
        if value is None:
            return None
        for one in chunks[1:]:
            value *= one.entries["scale"].value
        value = round(value, 6)
        return new_chunk("num", chunks, int(value) if value == int(value) else value), len(chunks)

    def _place(self, chunks: list[Chunk], groups: dict[str, list[Chunk]]) -> tuple[Chunk, int] | None:
        first = 1 if "whole" in chunks[0].tags and "level" not in chunks[0].tags else 0
        level = chunks[first]
        run = chunks[first + 1 :]
        dash = next((i for i, c in enumerate(run) if "dash" in c.tags), len(run))
        names = self._name_length(run[:dash], 4, level.entries["level"].canonical)
        if dash < len(run) and names == dash:
            names = len(run)
        if not names:
            return None
        name = self.words(chunks[first + 1 : first + 1 + names])
        only = chunks[first + 1]
        if level.entries["level"].canonical == "tỉnh" and "province" not in only.tags:
            return None
        if names == 1 and "province" in only.tags and level.entries["level"].canonical in ("tỉnh", "thành phố"):
            canonical = only.entries["province"].canonical
            if canonical.startswith(level.entries["level"].canonical):
                name = canonical[len(level.entries["level"].canonical) + 1 :]
        made = chunks[first : first + 1 + names]
        return new_chunk("place", made, Place(level.entries["level"].canonical, name)), first + 1 + names

    def _name_length(self, chunks: list[Chunk], longest: int, level: str = "") -> int:
        """How many of the capitalised words belong to a place's name: a surname after two of them begins a person's."""
        if len(chunks) >= 3 and "surname" in chunks[0].tags and "province" not in chunks[0].tags:
            middle = "middlename" in chunks[1].tags
            common = "commonsurname" in chunks[0].tags
            # wards and communes may bear people's names; other places seldom do
            if (
                "vanthi" in chunks[1].tags
                or (common and middle)
                or (len(chunks) == 3 and (middle or common) and level not in ("xã", "phường", "thị trấn"))
            ):
                return 0
        for index, chunk in enumerate(chunks):
            if index and "province" in chunks[0].tags and index >= 1:
                return index
            if index == longest:
                return index
            left = len(chunks) - index
            if (
                index >= 1
                and left >= 2
                and "surname" in chunk.tags
                and (index >= 2 or "middlename" in chunks[index + 1].tags)
                and ("commonsurname" in chunk.tags or left >= 3)
            ):
                return index
        # no place has so long a name: two syllables are the most usual
        return 2 if len(chunks) > 4 else len(chunks)

    def _province(self, chunks: list[Chunk], groups: dict[str, list[Chunk]]) -> tuple[Chunk, int] | None:
        chunk = chunks[0]
        canonical = chunk.entries["province"].canonical
        level = "tỉnh" if canonical.startswith("tỉnh ") else "thành phố"
        return new_chunk("place", chunks, Place(level, canonical[len(level) + 1 :], printed=False), frozenset(["province"])), 1

    def _seat(self, chunks: list[Chunk], groups: dict[str, list[Chunk]]) -> tuple[Chunk, int] | None:
        length = self._name_length(chunks, 4)
        if not length or (length == len(chunks) and length > 3):
            return None
        made = chunks[:length]
        return new_chunk("seat", made, Place(None, self.words(made))), length

    def _bare(self, chunks: list[Chunk], groups: dict[str, list[Chunk]]) -> tuple[Chunk, int] | None:
        chunk = chunks[0]
        written = self.text[chunk.start : chunk.end]
        entry = chunk.entries.get("bodyhead")
        if entry is not None and entry.canonical == "Hội" and written[0].isupper():
            return new_chunk("body", chunks[:1], Body(["Hội"], bare=True, at=(chunk.start, chunk.end))), 1
        if not written[0].isupper() or written.lower() in ("ngành", "khối", "vụ", "viện"):
            return None
        return new_chunk("body", chunks[:1], Body([written], bare=True, at=(chunk.start, chunk.end))), 1

    def _association(self, chunks: list[Chunk], groups: dict[str, list[Chunk]]) -> tuple[Chunk, int] | None:
        head = groups["head"][0]
        written = self.text[head.start : head.end]
        if not written[0].isupper() or not self.text[groups["rest"][0].start].isupper():
            return None
        where = groups["where"][0]
        name = self.words([head, *groups["rest"]])
        place: Place | None = None
        if isinstance(where.value, Place):
            place = where.value
        elif "level" in where.tags:
            place = Place(where.entries["level"].canonical, None)
        else:
            name += " " + self.text[where.start : where.end]
        return new_chunk("body", chunks, Body([name], place, at=(chunks[0].start, chunks[-1].end))), len(chunks)

    def _wholeplace(self, chunks: list[Chunk], groups: dict[str, list[Chunk]]) -> tuple[Chunk, int] | None:
        return new_chunk("place", chunks, Place(chunks[1].entries["level"].canonical, None)), 2

    def _places(self, chunks: list[Chunk], groups: dict[str, list[Chunk]]) -> tuple[Chunk, int] | None:
        rank = {"xã": 0, "phường": 0, "thị trấn": 0, "đặc khu": 0, "huyện": 1, "thị xã": 1, "quận": 1, "thành phố": 2, "tỉnh": 3}
        row = [chunk.value for chunk in chunks if "place" in chunk.tags]
        for inner, outer in zip(row, row[1:], strict=False):
            if inner.name is None or outer.name is None or rank.get(inner.level or "", 9) >= rank.get(outer.level or "", 9):
                return None
            inner.outer = outer
        return new_chunk("place", chunks, row[0]), len(chunks)

    # ── bodies and posts ──

    def _organisation(self, chunks: list[Chunk], groups: dict[str, list[Chunk]]) -> tuple[Chunk, int] | None:
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
            and not self.text[made[0].start].isupper()
            and head.canonical.lower() in ("tổ", "làng", "nhóm")
            and not isinstance(made[-1].value, Place)
        ):
            return None
        if isinstance(made[-1].value, Place) and made[-1].value.name is None:
            return None
        written = self.words(made)
        short = self.lexicon.bodies["orghead"]["names"].get(self.flat[made[0].start : made[0].end])
        if short is not None:
            written = short + written[made[0].end - made[0].start :]
        name = written[:1].upper() + written[1:]
        at = (made[0].start, made[-1].end)
        if place is not None and place.outer is not None and " (" in name:
            name = name.partition(" (")[0]
        inside = place is not None and place.name is not None
        value = Body([name], None if inside else place, at=at, near=place if inside else None)
        return new_chunk("organisation", chunks[:taken], value), taken

    def _body(self, chunks: list[Chunk], groups: dict[str, list[Chunk]]) -> tuple[Chunk, int] | None:
        parts: list[str] = []
        row = groups["parts"]
        index = 0
        if len(row) == 2 and "central" in row[0].tags and "bodyhead" in row[1].tags and "body0" not in row[1].tags:
            made = row
            head = row[1].entries["bodyhead"].canonical
            return new_chunk("body", made, Body([f"Trung ương {head}"], bare=True, at=(made[0].start, made[-1].end))), 2
        if "body0" not in row[0].tags and "bodyhead" in row[0].tags and len(row) == 1 and not self.text[row[0].start].isupper():
            return None
        while index < len(row):
            chunk = row[index]
            if isinstance(chunk.value, Body):
                parts += chunk.value.parts
            elif "body0" in chunk.tags:
                parts.append(chunk.entries["body0"].canonical)
            elif "bodyhead" in chunk.tags:
                if index + 1 < len(row) and "field" in row[index + 1].tags:
                    field = row[index + 1]
                    written = self.text[field.start : field.end]
                    canonical = field.entries["field"].canonical
                    known = flat(written) in self.lexicon.bodies["field"]["names"]
                    parts.append(f"{chunk.entries['bodyhead'].canonical} {canonical if known or written[0].islower() else written}")
                    index += 1
                else:
                    parts.append(chunk.entries["bodyhead"].canonical)
            index += 1
        taken = len(row)
        tail: str | None = None
        ident: str | None = None
        words = groups.get("words")
        if words:
            plain = all(c.tags & {"bodyword", "field"} for c in words)
            if (
                (plain or parts[-1].split()[0] == "Ban")
                and parts[-1].split()[0] in ("Ban", "Hội", "Ủy", "Tổ", "Hội đồng", "Quỹ", "Chi", "Phòng", "Trung")
                and parts[-1] not in ("Ban Thường vụ",)
            ):
                canon = []
                for one in words:
                    entry = one.entries.get("bodyword") or one.entries.get("field")
                    written = self.text[one.start : one.end]
                    names = self.lexicon.bodies["bodyword"]["names"]
                    canon.append(names.get(flat(written), written) if entry else written)
                tail = " ".join(canon)
                taken += len(words)
            else:
                words, groups = None, {k: v for k, v in groups.items() if k != "where"}
        place: Place | None = None
        where = groups.get("where")
        if where and not (taken < len(chunks) and chunks[taken] is not where[0]):
            if isinstance(where[0].value, Place):
                place = where[0].value
                taken += 1
            elif "central" in where[0].tags:
                if tail:
                    tail += " Trung ương"
                    taken += 1
            elif "nation" in where[0].tags:
                if self.flat[where[0].start : where[0].end] == "việt nam":
                    parts[-1] = parts[-1] if parts[-1].endswith("Việt Nam") else parts[-1] + " Việt Nam"
                    if tail:
                        parts[-1], tail = f"{parts[-1].removesuffix(' Việt Nam')} {tail} Việt Nam", None
                    taken += 1
            elif "level" in where[0].tags:
                place = Place(where[0].entries["level"].canonical, None)
                taken += 1
            elif "num" in where[0].tags:
                if parts[-1] in ("Quân khu", "Quân đoàn", "Vùng", "Binh đoàn", "Quân chủng"):
                    parts[-1] += " " + self.text[where[0].start : where[0].end]
                    taken += 1
            elif "allcap" in where[0].tags:
                if parts[-1] in ("Hội đồng quản trị", "Hội đồng thành viên", "Công đoàn", "Đảng ủy", "Đoàn Thanh niên"):
                    parts[-1] += " " + self.text[where[0].start : where[0].end]
                    taken += 1
            elif "Bộ" not in parts[0].split()[:1] or parts[0] in ("Bộ đội Biên phòng", "Bộ Chỉ huy"):
                length = self._name_length(where, 4)
                place = Place(None, self.words(where[:length]))
                taken += length
        if taken < len(chunks) and "ident" in chunks[taken].tags and taken == len(chunks) - 1:
            ident = self.text[chunks[taken].start : chunks[taken].end]
            taken += 1
        made = chunks[:taken]
        bare = len(row) == 1 and "body0" not in row[0].tags
        return new_chunk("body", made, Body(parts, place, tail, bare, (made[0].start, made[-1].end), ident)), taken

    def _office(self, chunks: list[Chunk], groups: dict[str, list[Chunk]]) -> tuple[Chunk, int] | None:
        post = groups["post"][0]
        word = flat(self.text[post.start : post.end])
        former = bool(groups.get("former")) and "former" in groups["former"][0].tags
        name = post_name(word)
        if groups.get("former") and "acting" in groups["former"][0].tags and self.flat.startswith("quyền", groups["former"][0].start):
            name = f"Quyền {name}"
        if "more" in groups:
            return None if "post" not in groups["more"][0].tags else self._office_only(groups, former)
        head = post.entries["post"].value
        body: Body | None = None
        within = self.lexicon.words["post"]["within"].get(word)
        if within is not None:
            name = within[0]
            inner = groups["body"][0].value if "body" in groups else None
            parts = [within[1], *(inner.parts if inner is not None else [])]
            body = Body(parts, inner.place if inner is not None else None, at=(post.start, chunks[-1].end))
            if inner is None and len(chunks) > 1 + bool(groups.get("former")):
                return None
            return new_chunk("office", chunks, Office(name, body, former=former, at=(chunks[0].start, chunks[-1].end))), len(chunks)
        if "field" in groups:
            fields = " ".join(self.text[c.start : c.end] for c in groups["field"])
            known = self.lexicon.bodies["field"]["names"].get(flat(fields))
            fields = known or fields[:1].upper() + fields[1:]
            first = head or "Ban"
            inner = groups["inner"][0].value if "inner" in groups else None
            place: Place | None = None
            taken = chunks
            if "at" in groups:
                where = groups["at"]
                if isinstance(where[0].value, Place):
                    place = where[0].value
                elif "level" in where[0].tags:
                    place = Place(where[0].entries["level"].canonical, None)
                else:
                    length = self._name_length(where, 4)
                    place = Place(None, self.words(where[:length]))
                    cut = len(chunks) - len(where) + length
                    taken = chunks[:cut]
            parts = [f"{first} {fields}"]
            if inner is not None:
                parts += inner.parts
                place = place or inner.place
            body = Body(parts, place, at=(groups["field"][0].start, taken[-1].end))
            return new_chunk("office", taken, Office(name, body, former=former, head=first, at=(taken[0].start, taken[-1].end))), len(taken)
        if "body" in groups:
            body = groups["body"][0].value
        elif "bare" in groups:
            written = self.text[groups["bare"][0].start : groups["bare"][0].end]
            body = Body([written[:1].upper() + written[1:]], bare=True, at=(groups["bare"][0].start, groups["bare"][0].end))
        elif "seat" in groups:
            seat = groups["seat"][0]
            place = seat.value if isinstance(seat.value, Place) else Place(seat.entries["level"].canonical, None)
            chair = word in ("chủ tịch", "phó chủ tịch", "quyền chủ tịch", "phó chủ tịch thường trực", "chủ tịch hội đồng")
            secretary = "bí thư" in word
            if not (chair or secretary) and head is None:
                return None
            named = (
                "Ủy ban nhân dân"
                if chair
                else {"tỉnh": "Tỉnh ủy", "huyện": "Huyện ủy", "thành phố": "Thành ủy"}.get(place.level or "", "Đảng ủy")
            )
            body = Body([head if head and not chair and not secretary else named], place, at=(seat.start, seat.end))
        at = (chunks[0].start, chunks[-1].end)
        return new_chunk("office", chunks, Office(name, body, former=former, head=head, at=at)), len(chunks)

    def _office_only(self, groups: dict[str, list[Chunk]], former: bool) -> tuple[Chunk, int] | None:
        post = groups["post"][0]
        row = [*groups.get("former", []), post]
        word = flat(self.text[post.start : post.end])
        return new_chunk(
            "office", row, Office(post_name(word), former=former, head=post.entries["post"].value, at=(row[0].start, post.end))
        ), len(row)

    def _wholeoffice(self, chunks: list[Chunk], groups: dict[str, list[Chunk]]) -> tuple[Chunk, int] | None:
        chunk = chunks[-1]
        entry = chunk.entries["office0"]
        former = "former" in chunks[0].tags
        pair = tuple(entry.value) if entry.value else None
        value = Office(entry.canonical, None, entry.canonical, pair, former, at=(chunks[0].start, chunks[-1].end))
        return new_chunk("office", chunks, value), len(chunks)

    def _posts(self, chunks: list[Chunk], groups: dict[str, list[Chunk]]) -> tuple[Chunk, int] | None:
        offices = [chunk.value for chunk in chunks if "office" in chunk.tags]
        return new_chunk("posts", chunks, offices), len(chunks)

    # ── people ──

    def _name_at(self, chunks: list[Chunk]) -> tuple[Chunk, int] | None:
        at = (chunks[0].start, chunks[-1].end)
        return new_chunk("name", chunks, Person(self.words(chunks), at, at=at)), len(chunks)

    def _name(self, chunks: list[Chunk], groups: dict[str, list[Chunk]]) -> tuple[Chunk, int] | None:
        if "apostrophe" in chunks[0].tags:
            return self._name_at(chunks)
        cut = next((i for i, c in enumerate(chunks) if i and " " in self.text[c.start : c.end]), len(chunks))
        chunks = chunks[:cut]
        if len(chunks) < 2:
            return None
        if "vanthi" in chunks[1].tags and "surname" not in chunks[0].tags and chunks[0].tags & {"orghead", "bodyhead", "form"}:
            return None
        if len(chunks) == 2 and "commonsurname" not in chunks[0].tags:
            return None
        if len(chunks) == 5 and "commonsurname" in chunks[0].tags and "middlename" not in chunks[1].tags:
            chunks = chunks[:4]
        if any(len(self.text[c.start : c.end]) > 8 for c in chunks):
            return None
        return self._name_at(chunks)

    def _formname(self, chunks: list[Chunk], groups: dict[str, list[Chunk]]) -> tuple[Chunk, int] | None:
        first = next(i for i, c in enumerate(chunks) if not c.tags & {"form", "militaryrank", "former", "comma", "dash"})
        if "surname" in chunks[first - 1].tags and chunks[first - 1].tags & {"form"} and len(chunks) - first == 1:
            return None
        names = chunks[first:]
        cut = next(
            (i for i, c in enumerate(names) if " " in self.text[c.start : c.end] or (i == 0 and c.tags & {"orghead", "bodyhead"})),
            len(names),
        )
        names = names[:cut]
        if not names:
            return None
        chunks = chunks[: first + len(names)]
        if len(names) == 1 and "'" not in self.text[names[0].start : names[0].end]:
            return None
        if "form" in chunks[0].tags and "kind" in chunks[0].tags and "surname" not in names[0].tags and "former" not in chunks[0].tags:
            # "học sinh Trường …": a kind of people before another capitalised word
            if not chunks[0].entries.get("form"):
                return None
        at = (names[0].start, names[-1].end)
        whole = (chunks[0].start, chunks[-1].end)
        household = self.words(chunks) if self.flat.startswith("gia đình", chunks[0].start) else None
        made = new_chunk("name", chunks, Person(self.words(names), at, household=household, at=whole))
        return made, len(chunks)

    def _person(self, chunks: list[Chunk], groups: dict[str, list[Chunk]]) -> tuple[Chunk, int] | None:
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
        words = " ".join(self.flat[c.start : c.end] for c in made)
        if re.search(r"(?:^|\s)nguyên\s", words) and offices and not any(o.former for o in offices):
            offices[0].former = True
        value = Person(
            person.name, person.name_at, offices, person.household, before is not None or person.before, (made[0].start, made[-1].end)
        )
        return new_chunk("person", made, value), taken

    def _appositive(self, chunks: list[Chunk], groups: dict[str, list[Chunk]]) -> tuple[Chunk, int] | None:
        name = groups["name"][0]
        person: Person = name.value
        opening = self.flat[name.start : person.name_at[0]].strip()
        if not opening or opening.split()[0] in ("gia",):
            return None
        value = groups["before"][0].value
        offices = value if isinstance(value, list) else [value]
        at = (chunks[0].start, chunks[-1].end)
        return new_chunk("person", chunks, Person(person.name, person.name_at, list(offices), before=True, at=at)), len(chunks)

    def _inverted(self, chunks: list[Chunk], groups: dict[str, list[Chunk]]) -> tuple[Chunk, int] | None:
        person: Person = groups["name"][0].value
        value = groups["before"][0].value
        offices = value if isinstance(value, list) else [value]
        at = (chunks[0].start, chunks[-1].end)
        return new_chunk("person", chunks, Person(person.name, person.name_at, list(offices), at=at)), len(chunks)

    def _plural(self, chunks: list[Chunk], groups: dict[str, list[Chunk]]) -> tuple[Chunk, int] | None:
        value = groups["office"][0].value
        offices = value if isinstance(value, list) else [value]
        people = []
        for chunk in groups["names"]:
            if isinstance(chunk.value, Person):
                one: Person = chunk.value
                people.append(Person(one.name, one.name_at, list(offices), before=True, at=one.at))
        return new_chunk("persons", chunks, people), len(chunks)

    # ── acting for others ──

    def _delegation(self, chunks: list[Chunk], groups: dict[str, list[Chunk]]) -> tuple[Chunk, int] | None:
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

    def _request(self, chunks: list[Chunk], groups: dict[str, list[Chunk]]) -> tuple[Chunk, int] | None:
        value = groups["who"][0].value
        if value is None and "level" in groups["who"][0].tags:
            value = Place(groups["who"][0].entries["level"].canonical, None)
        return new_chunk("req", chunks, value[0] if isinstance(value, list) else value), len(chunks)

    def _onbehalf(self, chunks: list[Chunk], groups: dict[str, list[Chunk]]) -> tuple[Chunk, int] | None:
        return new_chunk("behalf", chunks, [c.value for c in chunks if c.value is not None]), len(chunks)

    # ── amounts, awards, groups ──

    def _money(self, chunks: list[Chunk], groups: dict[str, list[Chunk]]) -> tuple[Chunk, int] | None:
        return new_chunk("amount", chunks, self.words(chunks)), len(chunks)

    def _percentage(self, chunks: list[Chunk], groups: dict[str, list[Chunk]]) -> tuple[Chunk, int] | None:
        written, _ = chunks[-1].value["percent"]
        about = chunks[0].entries["about"].value if "about" in chunks[0].entries else "exact"
        return new_chunk("percentage", chunks, (number(written.replace(".", ",")), about)), len(chunks)

    def _gradeaward(self, chunks: list[Chunk], groups: dict[str, list[Chunk]]) -> tuple[Chunk, int] | None:
        return None

    def _award(self, chunks: list[Chunk], groups: dict[str, list[Chunk]]) -> tuple[Chunk, int] | None:
        names = groups["name"]
        first = names[0]
        prize = "prize" in first.tags
        entry = first.entries["prize" if prize else "award"]
        name = entry.canonical
        written = self.flat[first.start : first.end]
        if "numberword" in chunks[0].tags and "count" in groups and not prize and written in ("cờ", "giải"):
            pass
        taken = chunks
        if len(names) == 2 and "award" in names[1].tags:
            second = names[1].entries["award"].canonical
            name = second if second.lower().startswith("danh hiệu") or name != "danh hiệu" else f"danh hiệu {second}"
            if not second.lower().startswith("danh hiệu") and name == second and entry.canonical != "danh hiệu":
                return None if first is chunks[0] and False else self._award_cut(chunks, groups, first, name=entry.canonical, prize=prize)
        title: str | None = None
        campaign: str | None = None
        campaign_at: Offsets | None = None
        bare = name in ("danh hiệu", "giải", "giải thưởng", "Cờ", "Huy hiệu", "Huân chương", "Huy chương", "Kỷ niệm chương")
        if "lower" in groups:
            if name.startswith("Cờ"):
                name = f"{name} {self.words([c for c in groups['lower'] if 'campaign' in c.tags])}"
                quoted = [c for c in groups["lower"] if "quote" in c.tags]
                if quoted:
                    campaign = self._quoted(quoted[0])
                    campaign_at = (quoted[0].start, quoted[0].end)
                    name += f" “{campaign}”"
                bare = False
            else:
                cut = chunks.index(groups["lower"][0])
                taken = chunks[:cut]
                groups = {k: v for k, v in groups.items() if k in ("about", "count", "name")}
        if "title" in groups:
            quoted = "quote" in groups["title"][0].tags
            title = self._quoted(groups["title"][0]) if quoted else self.words(groups["title"])
            if not quoted and not (bare and (first.tags & {"titled"} or name in ("Huân chương", "Huy chương"))):
                cut = chunks.index(groups["title"][0])
                taken = chunks[:cut]
                groups = {k: v for k, v in groups.items() if k in ("about", "count", "name")}
                title = None
            elif not quoted:
                name = f"{name} {title}"
                bare = False
                title = None
            elif name.lower().startswith(("bằng khen", "giấy khen", "huân chương")):
                cut = chunks.index(groups["title"][0])
                taken = chunks[:cut]
                groups = {k: v for k, v in groups.items() if k in ("about", "count", "name")}
                title = None
            elif quoted:
                name = f"{name} “{title}”"
                bare = False
        rank = None
        rank_at: Offsets | None = None
        if "rank" in groups:
            rank = _rank(groups["rank"][0])
            rank_at = (groups["rank"][0].start, groups["rank"][0].end)
        if prize:
            rank = self.lexicon.awards["prize"]["rank"].get(name)
            rank_at = (first.start, first.end) if rank else None
        count = None
        if "count" in groups:
            count = self._count(groups["count"][0])
            if not isinstance(count, int):
                count = None
        when = when_at = None
        if "when" in groups and "grade" in groups["when"][0].tags:
            one = groups["when"][0]
            if name.startswith("Huy hiệu"):
                name, bare = "Huy hiệu Đảng", False
                grade = one.value.get("grade") or one.value.get("grade2")
                rank, rank_at = f"{grade[0]} năm tuổi Đảng", (one.start, one.end)
        elif "when" in groups:
            one = groups["when"][0]
            when, when_at = _period(one), (one.start, one.end)
        at = (taken[0].start, taken[-1].end)
        value = AwardName(
            name,
            rank,
            count,
            at=at,
            prize=prize,
            bare=bare,
            when=when,
            when_at=when_at,
            campaign=campaign,
            campaign_at=campaign_at,
            rank_at=rank_at,
        )
        return new_chunk("awarding", taken, value), len(taken)

    def _award_cut(self, chunks: list[Chunk], groups: dict[str, list[Chunk]], first: Chunk, name: str, prize: bool) -> tuple[Chunk, int]:
        taken = chunks[: chunks.index(first) + 1]
        count = self._count(groups["count"][0]) if "count" in groups else None
        value = AwardName(name, None, count if isinstance(count, int) else None, at=(taken[0].start, taken[-1].end), prize=prize)
        return new_chunk("awarding", taken, value), len(taken)

    def _quoted(self, chunk: Chunk) -> str:
        return " ".join(self.text[chunk.start + 1 : chunk.end - 1].split())

    def _count(self, chunk: Chunk) -> int | float | None:
        if "num" in chunk.tags:
            value = chunk.value
            return value if isinstance(value, int | float) else None
        entry = chunk.entries.get("numberword")
        return entry.value if entry else None

    def _awardof(self, chunks: list[Chunk], groups: dict[str, list[Chunk]]) -> tuple[Chunk, int] | None:
        value: AwardName = groups["award"][0].value
        who = groups["who"][0]
        of = who.value
        if "deictic" in who.tags:
            of = Body([self.words([who])], bare=True, at=(who.start, who.end))
        if "level" in who.tags and of is None:
            of = Place(who.entries["level"].canonical, None)
        if isinstance(of, list):
            of = of[-1] if len(of) == 1 else of[0]
        value.of, value.of_at = of, (who.start, who.end)
        value.at = (chunks[0].start, chunks[-1].end)
        return new_chunk("awarding", chunks, value), len(chunks)

    def _endGroup(self, chunks: list[Chunk], groups: dict[str, list[Chunk]]) -> tuple[Chunk, int] | None:
        value = self._count(groups["count"][0])
        if not isinstance(value, int):
            return None
        about = groups.get("about")
        qualifier = (about[0].entries["about"].value or "exact") if about else "exact"
        number_chunk = groups["count"][0]
        at = (chunks[0].start, chunks[-1].end)
        made = Group(
            ["individual"], value, qualifier, self.words(chunks), at, self.words(groups["kinds"]), (number_chunk.start, number_chunk.end)
        )
        return new_chunk("group", chunks, made), len(chunks)

    def _kinds(self, chunks: list[Chunk]) -> list[str]:
        return [c.entries["kind"].value for c in chunks if "kind" in c.entries]

    def _group(self, chunks: list[Chunk], groups: dict[str, list[Chunk]]) -> tuple[Chunk, int] | None:
        value = self._count(groups["count"][0])
        about = groups.get("about")
        qualifier = "exact"
        if about:
            qualifier = about[0].entries["about"].value or "exact"
        kinds = self._kinds(groups["kinds"])
        count = value if isinstance(value, int) else None
        if value is None:
            return None
        taken = chunks
        # "5 tập thể, cá nhân": one count for both; "3 xã, huyện …" keeps the first
        number_chunk = groups["count"][0]
        made = Group(
            kinds,
            count,
            qualifier,
            self.words(chunks),
            (chunks[0].start, chunks[-1].end),
            self.words(groups["kinds"]),
            (number_chunk.start, number_chunk.end),
        )
        return new_chunk("group", taken, made), len(taken)

    def _plainGroup(self, chunks: list[Chunk], groups: dict[str, list[Chunk]]) -> tuple[Chunk, int] | None:
        kinds = self._kinds(groups["kinds"])
        made = Group(kinds, None, "exact", self.words(chunks), (chunks[0].start, chunks[-1].end), self.words(groups["kinds"]))
        return new_chunk("group", chunks, made), len(chunks)


_RANKS = {
    "nhất": "hạng Nhất",
    "nhì": "hạng Nhì",
    "ba": "hạng Ba",
    "1": "hạng Nhất",
    "2": "hạng Nhì",
    "3": "hạng Ba",
    "i": "hạng Nhất",
    "ii": "hạng Nhì",
    "iii": "hạng Ba",
}


def _rank(chunk: Chunk) -> str | None:
    written, _ = chunk.value["rank"]
    return _RANKS.get(written)


def _period(chunk: Chunk) -> str | None:
    """The period or year that a written form tells, as 2016-2020 or 2021."""
    value: dict[str, Any] = chunk.value or {}
    if "from" in value:
        return f"{value['from'][0]}-{value['until'][0]}"
    for key in ("year4", "year5"):
        if key in value:
            return str(value[key][0])
    return None
