"""From the names on a fact sheet to the things meant: each name with what it was taken for, how surely and why."""

from __future__ import annotations

import re
from collections.abc import Mapping

from thidua.extraction.naming import normal
from thidua.extraction.places import sheet_context
from thidua.extraction.registry import Registry
from thidua.extraction.resolving import Entry, Link, Moment, Work, days, link_id, reason_text, strings
from thidua.extraction.sheet import Sheet
from thidua.extraction.slots import WALKS, Linked, of_periods

__all__ = ["Entry", "Link", "Linked", "Registry", "link", "link_id", "linked", "reason_text"]


def link(sheet: Sheet, registry: Registry, decisions: Mapping[str, str | None]) -> tuple[Link, ...]:
    """What each name of a sheet is taken for.

    Args:
        decisions: link ids to the IRI chosen by a person, or None to keep the thing apart as an entry of its own.

    Raises:
        InputError: a decision for what does not exist or is of another kind.
    """
    return linked(sheet, registry, decisions).links


def linked(sheet: Sheet, registry: Registry, decisions: Mapping[str, str | None]) -> Linked:
    """The same with the new entries, for the graph to be made from."""
    names = list(strings(sheet))
    work = Work(sheet, registry, decisions, sheet["source"]["sha256"][:16], context=sheet_context(names))
    found = Linked()
    base = _sheet_moment(work, names)
    for walk in WALKS:
        walk(work, found, base)
    found.links, found.entries = tuple(work.links), work.entries
    return found


def _sheet_moment(work: Work, names: list[str]) -> Moment:
    """When the text is of: published, else the days it tells, else its periods; districts tell that it is of their time."""
    sheet = work.sheet
    if (known := days(sheet["source"].get("published"))) is not None:
        return Moment(*known, "published")
    told = [known for one in sheet["awards"] if not one["historical"] and (known := days(one["date"])) is not None]
    told += [known for one in [*sheet["gatherings"], *sheet["launches"]] if (known := days(one["date"])) is not None]
    if told:
        return Moment(min(first for first, _ in told), max(last for _, last in told), "date")
    started = [known for one in sheet["campaigns"] if (known := days(one["start"])) is not None]
    if started:
        return Moment(min(first for first, _ in started), max(last for _, last in started), "date")
    return _before_reform(work, of_periods([one["period"] for one in sheet["awards"] if not one["historical"]]), names)


def _before_reform(work: Work, moment: Moment, names: list[str]) -> Moment:
    """Narrowed to the time of the districts where the text names one."""
    ended = [
        (kind, last)
        for kind, types in work.registry.kinds().items()
        for one in types
        if kind != "thành phố" and one.one("level") == "district" and (last := one.one("validUntil"))
    ]
    words = " ".join(map(normal, names))
    for kind, last in sorted(ended):
        if re.search(rf"(?<!\w){kind}(?= (?!ủy)\w)|(?<!\w){kind.split()[0]} ủy(?!\w)", words):
            return moment.narrowed(last)
    return moment
