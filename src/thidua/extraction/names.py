"""Names in full: abbreviations expanded, "tỉnh" and "huyện" completed from the text, then from the outlet."""

from __future__ import annotations

from collections import Counter

from thidua.extraction.lexicon import Lexicon
from thidua.extraction.values import Body, Office, Person, Place
from thidua.extraction.wordlists import BodyLists


class Namer:
    """Knows which places and bodies a text names, and completes the names that leave them out."""

    def __init__(self, lexicon: Lexicon, outlet: str | None) -> None:
        self.lexicon = lexicon
        self.outlet = outlet
        self.levels: dict[str, str] = lexicon.bodies["body"]["level"]
        self.lists = lexicon.body_lists
        self.places: list[tuple[str, str, int]] = []  # level, name, position
        self.bodies: list[Body] = []
        self.offices: list[Office] = []

    def saw_place(self, place: Place, at: int) -> None:
        """Takes note of a place that the text names."""
        one: Place | None = place
        while one is not None:
            if one.level and one.name:
                # a level that is printed weighs more than a bare name
                self.places += [(one.level, one.name, at)] * (2 if one.printed else 1)
            one = one.outer

    def saw_body(self, body: Body) -> None:
        """Takes note of a body that the text names."""
        self.bodies.append(body)
        if body.near is not None:
            self.saw_place(body.near, body.at[0])
        if body.place is not None:
            self.saw_place(body.place, body.at[0])
            level = self._implied(body)
            if level and body.place.name and not body.place.level:
                self.places.append((level, body.place.name, body.at[0]))
            elif body.place.name and not body.place.level:
                known = self.lexicon.provinces.get(body.place.name.lower())
                if known:
                    self.places.append((known.partition(" ")[0] if known.startswith("tỉnh") else "thành phố", body.place.name, body.at[0]))

    def _implied(self, body: Body) -> str | None:
        for part in reversed(body.parts):
            if part in self.levels:
                return self.levels[part]
            for name, level in self.levels.items():
                if part.endswith(" " + name):
                    return level
        return None

    def which(self, level: str, at: int) -> tuple[str | None, str | None]:
        """The place that a level alone stands for, and from what it is known."""
        wanted = {"thành phố": ("thành phố",), "tỉnh": ("tỉnh",)}.get(level, (level,))
        found = [(name, position) for one, name, position in self.places if one in wanted]
        inside = [(name, position) for name, position in found if position >= 0]
        if inside:
            if level in ("tỉnh", "thành phố"):
                counts = Counter(name for name, _ in inside)
                most = max(counts.values())
                first = next(name for name, _ in inside if counts[name] == most)
                return first, f"{level} {first}: named in the text"
            before = [name for name, position in inside if position <= at]
            name = before[-1] if before else inside[0][0]
            return name, f"{level} {name}: named in the text"
        if found:
            return found[0][0], f"{level} {found[0][0]}: named in the title"
        if level in ("tỉnh", "thành phố") and self.outlet:
            kind, _, name = (
                self.outlet.partition(" ") if self.outlet.startswith("tỉnh ") else ("thành phố", "", self.outlet.removeprefix("thành phố "))
            )
            if kind == level:
                return name, f"{self.outlet}: the outlet's"
        return None, None

    def place(self, place: Place, at: int) -> tuple[str, str | None]:
        """A place's name with its level, and from what it was completed."""
        if place.name is None:
            name, why = self.which(place.level or "", at)
            return (f"{place.level} {name}" if name else str(place.level)), why
        level = place.level or self._level_of(place.name)
        full = f"{level} {place.name}" if level else place.name
        if (place.level is None or not place.printed) and level:
            return full, f"{full}: the level of the place"
        return full, None

    def _level_of(self, name: str) -> str | None:
        known = self.lexicon.provinces.get(name.lower())
        if known:
            return "tỉnh" if known.startswith("tỉnh ") else "thành phố"
        for level, one, _ in self.places:
            if one == name:
                return level
        return None

    def body(self, body: Body, at: int | None = None) -> tuple[str, str | None]:
        """A body's name in full, and from what it was completed."""
        name, why = self._body(body, at)
        why = why or body.why
        if body.ident:
            name += f" {body.ident}"
        if body.place is not None and body.place.outer is not None and body.place.outer.name and body.place.outer.level == "thành phố":
            name += f", {body.place.outer.level[:1].upper()}{body.place.outer.level[1:]} {body.place.outer.name}"
            if not body.place.outer.printed:
                why = why or f"{body.place.outer.name}: the level of the place"
        return name, why

    def _body(self, body: Body, at: int | None) -> tuple[str, str | None]:
        at = body.at[0] if at is None else at
        if body.bare:
            central = body.parts[0].startswith("Trung ương ")
            head = body.parts[0].removeprefix("Trung ương ")
            deictic = head.endswith(" này")
            for earlier in reversed(self.bodies):
                if earlier.bare or earlier.at[0] >= at or earlier.parts == body.parts:
                    continue
                if deictic or any(part.startswith(head + " ") for part in earlier.parts):
                    if central and not earlier.parts[0].startswith("Trung ương"):
                        continue
                    name, _ = self.body(earlier)
                    return name, f"{' '.join(body.parts)}: {name}, named before"
        if body.place is None and self._implied(body) is None and not body.tail:
            for earlier in reversed(self.bodies):
                same = earlier.parts == body.parts and (earlier.place is not None or earlier.tail)
                longer = earlier.parts[0].startswith(body.parts[0] + " ") and body.parts[0] == "Đảng ủy Khối"
                if earlier.at[0] < at and (same or longer):
                    name, _ = self.body(earlier)
                    return name, f"{' '.join(body.parts)}: {name}, named before"
        base = " ".join(body.parts)
        if body.tail:
            base += " " + body.tail
        level = self._implied(body)
        if body.place is not None:
            return self._placed(base, body.place, level, at)
        if level is not None:
            found, why = self.which(level, at)
            return (f"{base} {found}", why) if found else (base, None)
        if base.startswith(self.lists.of_district):
            for kind in ("huyện", "thị xã", "quận", "thành phố"):
                found, why = self.which(kind, at)
                if found and found not in self.lists.central_cities:
                    return f"{base} {kind} {found}", why
        if any(word in base for word in self.lists.central_names):
            return base, None
        if base.startswith(self.lists.of_province) or base == "Hội đồng Thi đua - Khen thưởng":
            for kind in ("tỉnh", "thành phố"):
                found, why = self.which(kind, at)
                if found and (kind == "tỉnh" or found in self.lists.central_cities):
                    return f"{base} {kind} {found}", why
        return base, None

    def _placed(self, base: str, place: Place, level: str | None, at: int) -> tuple[str, str | None]:
        """A body's name with its place, whose level it may imply."""
        if level is None:
            full, why = self.place(place, at)
            return f"{base} {full}", why
        if place.name is not None:
            return f"{base} {place.name}", None
        found, why = self.which(level, at)
        return (f"{base} {found}" if found else base), why

    def office(self, office: Office) -> tuple[str, str | None]:
        """A post's name with its body's, and from what it was completed."""
        if office.whole is not None:
            return office.whole, office.why
        if office.body is None:
            for earlier in reversed(self.offices):
                if earlier.at[0] < office.at[0] and earlier.post == office.post and earlier.body is not None:
                    name, _ = self.office(earlier)
                    return name, f"{office.post}: {name}, named before"
            body, why = self.seat_of(office)
            return (f"{office.post} {body}", why) if body else (office.post, None)
        body, why = self.body(office.body, office.at[0])
        if office.head and office.post.lower().endswith(office.head.lower()) and body.lower().startswith(office.head.lower()):
            return office.post[: -len(office.head)] + body, why
        return f"{office.post} {body}", why

    def seat_of(self, office: Office) -> tuple[str | None, str | None]:
        """The body of a post that names none, where its kind is plain and one such body was named before."""
        head = self.lexicon.words["post"]["of"].get(office.post.lower())
        if head is None:
            return None, None
        for earlier in reversed(self.bodies):
            if earlier.at[0] < office.at[0] and earlier.parts[0].startswith(head + " "):
                name, _ = self.body(earlier)
                return name, f"{name}: named before"
        return None, None

    def agent(self, value: object, at: int) -> tuple[str | None, str | None]:
        """The name of whoever it is: body, post, person's post, place."""
        if isinstance(value, Body):
            return self.body(value, at)
        if isinstance(value, Office):
            return self.office(value)
        if isinstance(value, list) and value and all(isinstance(one, Office) for one in value):
            # "Bộ trưởng, Chủ nhiệm Ủy ban Dân tộc": one person's posts
            named = [self.office(one) for one in value]
            return ", ".join(name for name, _ in named), next((why for _, why in named if why), None)
        if isinstance(value, Person):
            return self.office(value.offices[0]) if value.offices else (None, None)
        if isinstance(value, Place):
            if value.name is None:
                for earlier in reversed(self.bodies):
                    if (
                        earlier.at[0] <= at
                        and earlier.parts == ["Ủy ban nhân dân"]
                        and earlier.place is not None
                        and earlier.place.level == value.level
                    ):
                        name, _ = self.body(earlier)
                        return name, f"{value.level}: {name}, named before"
                name, why = self.place(value, at)
                if why is not None and value.level in ("xã", "phường", "thị trấn", "đặc khu"):
                    return name, why
                return f"Ủy ban nhân dân {name}", f"{value.level} for its Ủy ban nhân dân" + (f"; {why}" if why else "")
            return self.place(value, at)
        return None, None


def share_places(offices: list[Office], lists: BodyLists) -> None:
    """Posts in a row share the place that the last of them names: "Bí thư Đảng ủy, Chủ tịch HĐND xã Tân Khánh"."""
    for index, office in enumerate(offices[:-1]):
        body = office.body
        if body is not None and body.place is None and body.parts in (["Ban Thường vụ"], ["Ban Chấp hành"]):
            for later in offices[index + 1 :]:
                part = next((p for p in (later.body.parts if later.body else []) if p in lists.committees), None)
                if part is not None and later.body is not None:
                    body.parts, body.place = [*body.parts, part], later.body.place
                    body.why = "the committee of the post beside it"
                    break
        if body is None or body.place is not None or body.parts[-1] not in lists.shared_seat:
            continue
        for later in offices[index + 1 :]:
            if later.body is not None and later.body.place is not None and later.body.parts[-1] in lists.shared_seat:
                body.place = later.body.place
                body.why = "the place of the post beside it"
                break
