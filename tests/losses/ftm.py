"""What FollowTheMoney entities keep, as the library followthemoney reads them.

An entity has no statements of ours. A fact is kept where a link of the model says it, in its role; it is flattened where its words stand in
an entity that stands for its subject or names it, or where a schema stands for its class; else it is left out.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from followthemoney import model
from followthemoney.proxy import EntityProxy

from tests.losses import quads_of
from thidua.exports import FACETS, Loss
from thidua.exports.ftm import entity_id
from thidua.terms import ID, PREFIXES, TD, shorten

SCHEMATA = {"AwardEvent": "Event", "Conferral": "Event", "Body": "Organization", "StateBody": "PublicBody"}
ROLES = {"awardedBy": "awarded by"}
# A group of recipients is words in the summary of its award.
GROUPS = {
    "group/930-1": ("award/930-1", "individual: 13"),
    "group/930-2": ("award/930-1", "not counted"),
    "group/931-1": ("award/931-1", "14"),
}


def _probe(path: Path) -> dict[str, Loss]:
    lines = path.read_text("utf-8").splitlines()
    entities = [model.get_proxy(json.loads(line), cleaned=False) for line in lines]
    assert len(entities) > 20
    return {facet: _state(entities, facet) for facet in FACETS}


def _state(entities: list[EntityProxy], facet: str) -> Loss:
    states = {_state_of(entities, fact) for fact in quads_of(facet)}
    return "kept" if states == {"kept"} else "left out" if "left out" in states else "flattened"


def _state_of(entities: list[EntityProxy], fact: tuple[str, str, str, str]) -> Loss:
    subject, predicate, value, graph = (term.strip("<>") for term in fact)
    tied = _tied_to(entities, subject)
    if graph:  # the article stands for its graph
        source = entity_id(PREFIXES["source"] + graph.removeprefix(PREFIXES["graph"]).split("-")[0])
        tied = [one for one in tied if source in one.get("proof", quiet=True)]
    if predicate == PREFIXES["rdf"] + "type":
        schema = SCHEMATA.get(value.removeprefix(TD))
        return "flattened" if schema and any(one.schema.is_a(schema) for one in tied) else "left out"
    role = ROLES.get(predicate.removeprefix(TD))
    ends = {"subject": entity_id(subject), "object": entity_id(value)}
    if any(
        one.first("role", quiet=True) == role and all(one.get(end, quiet=True) == [id_] for end, id_ in ends.items()) for one in entities
    ):
        return "kept"
    words = _words(fact[2])
    return "flattened" if words and any(_says(one, words) for one in tied) else "left out"


def _tied_to(entities: list[EntityProxy], subject: str) -> list[EntityProxy]:
    """The entities that stand for the subject or name it; for a group, its award's."""
    local = subject.removeprefix(ID)
    wanted = entity_id(ID + GROUPS[local][0]) if local in GROUPS else entity_id(subject)
    return [one for one in entities if one.id == wanted or _says(one, [shorten(subject)])]


def _words(value: str) -> list[str]:
    """Words of which one must be there for a value: an IRI may be an id or shortened, a text stands on one line."""
    if value.startswith("_:"):
        return []
    if value.startswith("<"):
        iri = value.strip("<>")
        local = iri.removeprefix(ID)
        return [GROUPS[local][1]] if local in GROUPS else [entity_id(iri), shorten(iri)]
    text = json.loads(re.match(r'"(?:[^"\\]|\\.)*"', value)[0])  # type: ignore[index]
    return [" ".join(re.sub(r"[\u200e\u200f]", " ", text).split())]


def _says(entity: EntityProxy, words: list[str]) -> bool:
    texts = [text for _, text in entity.itervalues()]
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) for word in words for text in texts)


PROBES = {"ftm": _probe}
