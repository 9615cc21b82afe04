"""A made-up country whose bodies are reorganised again and again, for measuring: 1,000 bodies, 300 reforms over 20 years."""

from __future__ import annotations

import random
from pathlib import Path

BODIES, REFORMS, YEARS = 1000, 300, 20
HEAD = """@prefix td: <https://w3id.org/thidua/ontology#> .
@prefix bt: <https://w3id.org/thidua/body-type/> .
@prefix aw: <https://w3id.org/thidua/award-type/> .
@prefix body: <https://w3id.org/thidua/id/body/> .
@prefix place: <https://w3id.org/thidua/id/place/> .
@prefix award: <https://w3id.org/thidua/id/award/> .
@prefix reorganisation: <https://w3id.org/thidua/id/reorganisation/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

place:nuoc a td:Place ; td:level "central" ; skos:prefLabel "Nước Thử"@vi, "Testland"@en .
"""


def write(root: Path) -> str:
    """Writes graph/registry/bodies.ttl under `root`; each body awarded once. Returns a body at the end of a long chain.

    Bodies of a line merge by twos and threes or are divided, some lines many times, so that chains grow long. The same
    numbers come out each time.
    """
    chance = random.Random(1948)
    living, made, lines, start = list(range(400)), 400, [HEAD], {}
    born: dict[int, str] = dict.fromkeys(living, "")
    for reform in range(REFORMS):
        day = f"{2005 + reform * YEARS // REFORMS}-{1 + reform % 12:02}-01"
        eve = f"{2005 + reform * YEARS // REFORMS - (reform % 12 == 0)}-{(reform % 12) or 12:02}-28"
        olds = chance.sample(living[:60], chance.choice((1, 2, 3)))
        news = list(range(made, made + 2))
        made += 2
        lines.append(
            f'reorganisation:r{reform} a td:Reorganisation ; td:reorganisationKind "merge" ; td:date "{day}"^^xsd:date ; '
            f"org:originalOrganization {', '.join(f'body:b{one}' for one in olds)} ; "
            f"org:resultingOrganization {', '.join(f'body:b{one}' for one in news)} .\n"
        )
        for old in olds:
            living.remove(old)
            start[old] = f' ; td:validUntil "{eve}"^^xsd:date'
        for new in news:
            living.insert(0, new)
            born[new] = f' ; td:validFrom "{day}"^^xsd:date'
    for one in range(BODIES):
        valid = born.get(one, "") + start.get(one, "")
        kind, name = "a td:Body ; org:classification bt:so ; td:jurisdiction place:nuoc", f'"Sở {one}"@vi, "Dept {one}"@en'
        lines.append(f"body:b{one} {kind} ; skos:prefLabel {name}{valid} .\n")
        date = f'"{2005 + one % YEARS}"^^xsd:gYear'
        lines.append(f"award:b{one}-1 a td:AwardEvent ; td:awardedBy body:b{one} ; td:awardType aw:giay-khen ; td:date {date} .\n")
    folder = root / "graph" / "registry"
    folder.mkdir(parents=True)
    (folder / "bodies.ttl").write_text("".join(lines), "utf-8")
    return f"body:b{made - 1}"
