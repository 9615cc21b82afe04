"""Who holds which post, in the text's words."""

from __future__ import annotations

from typing import Any

from thidua.extraction.names import Namer
from thidua.extraction.rows import Row
from thidua.extraction.values import AwardName, Delegation, Office, Person


def posts_held(rows: list[Row], namer: Namer) -> list[dict[str, Any]]:
    """The posts that a text says people hold, each once."""
    found: dict[tuple[str, str, str | None], dict[str, Any]] = {}
    for row in rows:
        for chunk in row.chunks:
            for person in persons_in(chunk.value):
                for office in person.offices:
                    post, body, why = _post(namer, office)
                    key = (person.name, post.lower(), (body or "").lower())
                    at = list(office.at)
                    item = found.setdefault(
                        key,
                        {
                            "person": person.name,
                            "post": post,
                            "body": body,
                            "evidence": [min(person.at[0], at[0]), max(person.at[1], at[1])],
                            "spans": {"person": [], "post": []},
                            "inferred": {},
                        },
                    )
                    item["spans"]["person"].append(list(person.name_at))
                    item["spans"]["post"].append(at)
                    if body:
                        item["spans"].setdefault("body", []).append(at)
                    if why:
                        item["inferred"]["body"] = why
    return sorted(found.values(), key=lambda one: (one["evidence"], one["post"]))


def _post(namer: Namer, office: Office) -> tuple[str, str | None, str | None]:
    """A post, its body, and from what the body was completed."""
    former = "nguyên " if office.former else ""
    if office.pair is not None:
        return former + office.pair[0], office.pair[1], None
    if office.body is None:
        return former + office.post, *namer.seat_of(office)
    body, why = namer.body(office.body, office.at[0])
    return former + office.post, body, why


def persons_in(value: object) -> list[Person]:
    """The people that a phrase names."""
    if isinstance(value, Person):
        return [value]
    if isinstance(value, Delegation):
        return [one for one in value.principals if isinstance(one, Person)]
    if isinstance(value, AwardName):
        return persons_in(value.of)
    if isinstance(value, list):
        return [one for item in value for one in persons_in(item)]
    return []
