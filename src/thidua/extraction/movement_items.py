"""Campaigns and launches of a sheet: one for each name that the text speaks of."""

from __future__ import annotations

from typing import Any

from thidua.extraction.lexicon import flat
from thidua.extraction.movements import Movement


def united(found: list[Movement]) -> list[Movement]:
    """One movement for each name that the text speaks of, with what all its mentions tell."""
    by_name: dict[str, Movement] = {}
    for one in found:
        key = flat(one.name).strip()
        known = by_name.get(key)
        if (
            known is not None
            and one.launch != known.launch
            and one.spoken_of
            and known.spoken_of
            and one.period
            and known.period
            and one.period != known.period
        ):
            # the old edition and the new one
            by_name[f"{key} {one.period}"] = one
            continue
        if known is None:
            for other_key, other in by_name.items():
                if one.launch and other.launch and (key.startswith(other_key) or other_key.startswith(key)):
                    known = other
                    break
        if known is None:
            by_name[key] = one
            continue
        lead, other = (one, known) if one.launch and not known.launch else (known, one)
        lead.spoken_of = lead.spoken_of or other.spoken_of
        for slot in ("launched_by", "launcher_at", "launcher_why", "theme", "theme_at", "start", "until", "date", "date_at", "date_why"):
            if getattr(lead, slot) is None:
                setattr(lead, slot, getattr(other, slot))
        if lead.period is None and lead is known:
            lead.period, lead.period_at = other.period, other.period_at
        lead.bounds_at += [at for at in other.bounds_at if at not in lead.bounds_at]
        by_name[key] = lead
    return list(by_name.values())


def campaign_items(found: list[Movement]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(campaigns, launches) of a sheet."""
    campaigns, launches = [], []
    for one in sorted((m for m in found if m.spoken_of), key=lambda m: m.at):
        spans: dict[str, list[list[int]]] = {"name": [list(one.name_at)]}
        inferred: dict[str, str] = {}
        for slot, at in (("launched_by", one.launcher_at), ("theme", one.theme_at), ("period", one.period_at)):
            if at is not None and getattr(one, slot) is not None:
                spans[slot] = [list(at)]
        if one.launcher_why:
            inferred["launched_by"] = one.launcher_why
        if one.kind:
            chunk = one.row.chunks[one.index]
            spans["kind"] = [[chunk.start, chunk.end]]
            if "quote" in chunk.tags:
                inferred["kind"] = "what is summed up after years"
        for slot, value in (("start", one.start), ("end", one.until)):
            if value:
                spans[slot] = [list(at) for at in one.bounds_at]
        if flat(one.name) != one.printed:
            inferred["name"] = "the movement's usual name"
        ends = [
            one.at[1],
            *(at[1] for at in (one.launcher_at, one.theme_at, one.period_at) if at is not None and one.row.start <= at[0] <= one.row.end),
        ]
        begins = [
            one.at[0],
            *(at[0] for at in (one.launcher_at,) if at is not None and one.launch and one.row.start <= at[0] <= one.row.end),
        ]
        evidence = [min(begins), max(ends)]
        campaigns.append(
            {
                "name": one.name,
                "launched_by": one.launched_by,
                "theme": one.theme,
                "period": one.period,
                "start": one.start,
                "end": one.until,
                "kind": one.kind,
                "evidence": evidence,
                "spans": spans,
                "inferred": inferred,
            }
        )
        if one.launch:
            launch_spans: dict[str, list[list[int]]] = {"campaign": [list(one.name_at)]}
            launch_inferred = {key: value for key, value in (("launched_by", one.launcher_why), ("date", one.date_why)) if value}
            if "name" in inferred:
                launch_inferred["campaign"] = inferred["name"]
            for slot, at in (("launched_by", one.launcher_at), ("theme", one.theme_at), ("date", one.date_at)):
                if at is not None and (slot != "date" or one.date):
                    launch_spans[slot] = [list(at)]
            launches.append(
                {
                    "campaign": one.name,
                    "launched_by": one.launched_by,
                    "date": one.date,
                    "theme": one.theme,
                    "document": None,
                    "evidence": evidence,
                    "spans": launch_spans,
                    "inferred": launch_inferred,
                }
            )
    return campaigns, launches
