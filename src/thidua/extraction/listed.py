"""Names of recipients that are listed after the award: "Phần tập thể có A; B; …. Bốn cá nhân là ông C, bà D"."""

from __future__ import annotations

from thidua.extraction.drafts import Draft
from thidua.extraction.held import persons_in
from thidua.extraction.lexicon import Lexicon
from thidua.extraction.rows import Row
from thidua.extraction.values import Body, Group, Office, Person


def add_listed(rows: list[Row], text_flat: str, lexicon: Lexicon, drafts: list[Draft], telling: set[int]) -> None:
    """Names told after the award: "Phần tập thể có A; B; …. Bốn cá nhân là ông C, bà D"."""
    for row in rows:
        if row.number in telling:
            continue
        cues = [
            i
            for i, c in enumerate(row.chunks)
            if text_flat[c.start : c.end] in lexicon.clause_lists.listing and _announced(row, i) is not None
        ]
        for number_, cue in enumerate(cues):
            end = cues[number_ + 1] if number_ + 1 < len(cues) else len(row.chunks)
            kind = _announced(row, cue)
            names: list[tuple[object, tuple[int, int]]] = []
            for index in range(cue + 1, end):
                chunk = row.chunks[index]
                if "behalf" in chunk.tags or row.chunks[index - 1].tags & {"of", "lpar"}:
                    continue
                if kind == "individual":
                    names += [(p, p.name_at) for p in persons_in(chunk.value)]
                elif isinstance(chunk.value, Body):
                    names.append((chunk.value, (chunk.start, chunk.end)))
            _attach(drafts, row, kind, names)


def _announced(row: Row, cue: int) -> str | None:
    """The kind of recipients that a word before a list announces: "Phần tập thể có …", "; hai cá nhân là …"."""
    start = max((i + 1 for i, c in enumerate(row.chunks[:cue]) if "semi" in c.tags), default=0)
    before = row.chunks[start:cue]
    if not before or cue - start > 7 or any(isinstance(c.value, Body | Person | Office) for c in before):
        return None
    kinds = {k for c in before if isinstance(c.value, Group) for k in c.value.kinds}
    kinds |= {c.entries["kind"].value for c in before if "kind" in c.entries}
    return kinds.pop() if len(kinds) == 1 else None


def _attach(drafts: list[Draft], row: Row, kind: str | None, names: list[tuple[object, tuple[int, int]]]) -> None:
    """Gives the last award before a row the names of those it counts."""
    for one in reversed(drafts):
        if not names or one.event.sentence >= row.number:
            continue
        target = next((r for r in one.recipients if r.kind == kind and not r.names and r.count is not None and r.count >= len(names)), None)
        if target is not None:
            target.names = names
            for _, at in names:
                one.add("recipients", at)
            return
