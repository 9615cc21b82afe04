"""What stands after a verb of giving: awards and those who may receive them, in order."""

from __future__ import annotations

from typing import NamedTuple

from thidua.extraction.chunks import Chunk
from thidua.extraction.events import Sentence
from thidua.extraction.recipients import anded, joined, names_follow, preposed, put_forward
from thidua.extraction.values import Group, Place


class Item(NamedTuple):
    """A chunk and what it is: award, title, pronoun, level, group, named, name (of those counted before) or bare."""

    kind: str
    at: int  # index of the chunk


class Items:
    """Goes through the chunks after a verb and keeps what belongs to it.

    Attributes:
        linked: whether what comes may still be a recipient; seen_to: whether a "cho" says that it is one.
        skip: the next group is a part of what was counted; after_subset: what follows are parts or names of it.
        parts: the parts of a joint count are told in its place.
    """

    def __init__(self, here: Sentence, start: int, end: int, reached: bool, praise: bool) -> None:
        self.here, self.start, self.end, self.praise = here, start, end, praise
        self.chunks = here.chunks
        self.found: list[Item] = []
        self.linked = True
        self.seen_to = reached or (start > 0 and here.word(self.chunks[start - 1]).endswith((" cho", " tới", " đến")))
        self.skip = self.after_subset = self.parts = False

    def read(self) -> list[Item]:
        """The items, in order."""
        index: int | None = self.start
        while index is not None and index < self.end:
            index = self._step(index)
        return self.found

    def _step(self, index: int) -> int | None:
        """Reads one chunk, or a bracket; where to go on, None where what follows is told of another act."""
        chunk = self.chunks[index]
        if "lpar" in chunk.tags:
            # what is in brackets explains what stands before
            close = next((i for i in range(index, self.end) if "rpar" in self.chunks[i].tags), None)
            if close is not None and any("group" in c.tags for c in self.chunks[index:close]):
                return close + 1
        goes_on = True
        if "awarding" in chunk.tags or ("rank" in chunk.tags and chunk.value):
            goes_on = self._award(index)
        elif "quote" in chunk.tags and self._is_to(index + 1) and any(one.kind == "award" for one in self.found):
            self._keep("title", index)
        elif index > self.start and self.chunks[index - 1].tags & {"awarding", "rank"} and self._word(index) == "tặng":
            # "trao Giấy khen tặng các tập thể"
            self.linked = self.seen_to = True
        elif self._is_pronoun(index):
            self.found.append(Item("pronoun", index))
        elif chunk.tags & {"propose", "agree", "plan", "deny"} and self.found:
            goes_on = False
        elif self._is_level(index):
            self.found.append(Item("level", index))
        elif "to" in chunk.tags and (self._word(index) not in ("đến", "tới") or self._is_whom(index + 1)):
            self.linked = self.seen_to = True
        elif "group" in chunk.tags:
            goes_on = self._group(index)
        elif chunk.tags & {"person", "persons", "body", "organisation", "place"}:
            self._named(index)
        elif self._is_bare(index):
            self.found.append(Item("bare", index))
        elif chunk.tags & {"subset", "representing"} or ("colon" in chunk.tags and self.found and self.found[-1].kind == "group"):
            goes_on = self._subset(index)
        elif "word" in chunk.tags and not chunk.tags & {"comma", "and"} and self.found and self.found[-1].kind in ("group", "named"):
            self.linked = self.seen_to = False
        return index + 1 if goes_on else None

    def _word(self, index: int) -> str:
        return self.here.word(self.chunks[index])

    def _keep(self, kind: str, index: int) -> None:
        self.found.append(Item(kind, index))
        self.linked, self.seen_to = True, False

    def _is_to(self, index: int) -> bool:
        return index < self.end and "to" in self.chunks[index].tags

    def _is_whom(self, index: int) -> bool:
        return index < self.end and bool(self.chunks[index].tags & {"person", "organisation", "body", "group"})

    def _is_pronoun(self, index: int) -> bool:
        """Whether a form of address after "cho" stands for the person named before."""
        chunks = self.chunks
        return (
            "form" in chunks[index].tags
            and index > 0
            and "to" in chunks[index - 1].tags
            and self._word(index) in self.here.lists.pronouns
            and (index + 1 >= len(chunks) or bool(chunks[index + 1].tags & {"stop", "comma", "semi", "because", "and"}))
        )

    def _is_level(self, index: int) -> bool:
        """Whether a level right after the verb receives: "tặng tỉnh Cờ thi đua"."""
        chunk = self.chunks[index]
        return (
            "level" in chunk.tags
            and chunk.value is None
            and index == self.start
            and index + 1 < self.end
            and "awarding" in self.chunks[index + 1].tags
        )

    def _is_bare(self, index: int) -> bool:
        """Whether a kind of recipients stands alone right after the verb or "cho": "biểu dương tập thể …"."""
        chunk = self.chunks[index]
        return (
            "kind" in chunk.tags
            and not any(one.kind in ("group", "named") for one in self.found)
            and (self.praise or self.seen_to)
            and chunk.entries["kind"].value in ("model", "individual", "collective")
            and (index == self.start or "to" in self.chunks[index - 1].tags or self._word(index - 1) == "tặng")
            and "level" not in chunk.tags
        )

    def _award(self, index: int) -> bool:
        """Keeps an award, unless recipients before it are of another act."""
        if "awarding" in self.chunks[index].tags and self.found and all(one.kind != "award" for one in self.found):
            between = self.chunks[self.found[-1].at : index]
            if any(c.tags & {"comma", "propose", "deny"} for c in between):
                return False
        self._keep("award", index)
        return True

    def _group(self, index: int) -> bool:
        """Keeps a group that receives."""
        here, start = self.here, self.start
        chunk = self.chunks[index]
        if preposed(here, index, start) and not self.parts:
            self.linked = self.skip = False
        elif self.found and put_forward(here, index, self.end):
            return False
        elif names_follow(here, index, self.end):
            self.linked = self.seen_to = True
        elif chunk.value.count is not None or not any(one.kind == "group" for one in self.found) or joined(here, index, start):
            last = [one.at for one in self.found if one.kind in ("group", "named")]
            if self.skip:
                self.skip = self.linked = False
            elif (not last or self.linked or joined(here, index, last[-1])) and not (self.after_subset and last and not anded(here, index)):
                self.found.append(Item("group", index))
                self.seen_to = self.after_subset = False
        return True

    def _named(self, index: int) -> None:
        """Keeps a person, body or place that receives."""
        chunk, chunks = self.chunks[index], self.chunks
        if self.after_subset and "person" in chunk.tags and any(one.kind == "group" for one in self.found):
            self.found.append(Item("name", index))
            return
        last = self.found[-1] if self.found else None
        adjacent = self.linked and (self.seen_to or last == ("award", index - 1))
        follows = (
            last is not None
            and last.kind == "named"
            and joined(self.here, index, self.start)
            and ("place" not in chunk.tags or "place" in chunks[last.at].tags)
        )
        if last is not None and last.kind == "named" and "person" in chunks[last.at].tags and "comma" in chunks[index - 1].tags:
            # "anh A, xã B": where somebody is from, not another recipient
            follows = follows and bool(chunk.tags & {"person", "persons"})
            adjacent = False
        if (adjacent or follows) and not preposed(self.here, index, self.start) and not _is_level_alone(chunk):
            self._keep("named", index)

    def _subset(self, index: int) -> bool:
        """What follows are parts of what was counted: told in its place where one number counts several kinds."""
        if "representing" in self.chunks[index].tags:
            return False
        last = next((one for one in reversed(self.found) if one.kind == "group"), None)
        value = self.chunks[last.at].value if last is not None else None
        if (
            isinstance(value, Group)
            and value.count is not None
            and len(set(value.kinds)) > 1
            and any("group" in c.tags for c in self.chunks[index : self.end])
        ):
            self.found = [one for one in self.found if one != last]
            self.linked = self.parts = True
        else:
            self.skip = self.after_subset = True
        return True


def _is_level_alone(chunk: Chunk) -> bool:
    return "place" in chunk.tags and isinstance(chunk.value, Place) and chunk.value.name is None
