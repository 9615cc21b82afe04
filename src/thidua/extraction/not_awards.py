"""What reads like an award and is none yet, and who may later be given what."""

from __future__ import annotations

from typing import Any

from thidua.extraction.events import Event
from thidua.extraction.lexicon import Lexicon
from thidua.extraction.names import Namer
from thidua.extraction.rows import Row
from thidua.extraction.values import AwardName


def not_awards(rows: list[Row], namer: Namer, lexicon: Lexicon, events: list[Event]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(what reads like an award and is none, who may later be given what)."""
    found: list[dict[str, Any]] = []
    eligible: list[dict[str, Any]] = []

    def add(
        why: str,
        name: str,
        rank: str | None,
        at: tuple[int, int],
        spans: dict[str, list[list[int]]],
        of: object,
        of_at: tuple[int, int] | None,
        elliptic: bool = False,
    ) -> None:
        found.append(
            {
                "why": why,
                "award": f"{name} {rank}" if rank and rank.lower() not in name.lower() else name,
                "evidence": list(at),
                "spans": {"award": spans["award"]},
                "inferred": {"award": "money told with the verb"}
                if name == "tiền thưởng"
                else {"award": "the award named before"}
                if elliptic
                else {},
            }
        )
        if why == "eligible":
            by, completed = namer.agent(of, at[0]) if of is not None else (None, None)
            item: dict[str, Any] = {
                "award": name,
                "conferred_by": by,
                "campaign": None,
                "group": None,
                "evidence": list(at),
                "spans": {"award": spans["award"]},
                "inferred": {},
            }
            if by and of_at is not None:
                item["spans"]["conferred_by"] = [list(of_at)]
                if completed:
                    item["inferred"]["conferred_by"] = completed
            eligible.append(item)

    used: set[int] = set()
    for event in events:
        used |= {id(chunk) for chunk in event.used}
        if event.why is not None:
            named = event.award if event.award is not None and event.award.name else None
            spans = {"award": [list(named.at if named is not None else event.verb_at)]}
            if named is not None and named.rank_at is not None:
                spans["award"].append(list(named.rank_at))
            name = named.name if named is not None and named.name else event.verb
            add(
                event.why,
                name,
                named.rank if named is not None else None,
                event.at,
                spans,
                named.of if named else None,
                named.of_at if named else None,
                named.elliptic if named else False,
            )
    for row in rows:
        why = None
        for chunk in row.chunks:
            if why != "negated":
                why = next((str(cue["why"]) for cue in lexicon.clauses["cue"] if cue["class"] in chunk.tags), why)
            value = chunk.value
            if why and "awarding" in chunk.tags and id(chunk) not in used and isinstance(value, AwardName) and value.name:
                at = (chunk.start, chunk.end)
                add(why, value.name, value.rank, at, {"award": [list(at)]}, value.of, value.of_at)
    return sorted(found, key=lambda one: one["evidence"]), sorted(eligible, key=lambda one: one["evidence"])
