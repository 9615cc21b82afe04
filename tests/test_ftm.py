"""FollowTheMoney: entities that the library itself finds valid, that point to nothing outside, and show nothing planned as given."""

from __future__ import annotations

import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from followthemoney import model
from followthemoney.types import registry
from pyoxigraph import Literal, NamedNode, Quad, Store

from tests.conftest import CASES, thidua
from thidua.assets import Assets
from thidua.build import build_in_memory
from thidua.exports import Dataset, form_of
from thidua.exports.ftm import entity_id
from thidua.selection import Selection, read_filters, select_part, whole
from thidua.terms import ID, td

Entities = dict[str, dict[str, Any]]


def entities(selection: Selection) -> Entities:
    """The entities of the form, by id; no id twice."""
    out = io.BytesIO()
    to_file = form_of("ftm").to_file
    assert to_file is not None
    to_file(Dataset(selection.store, selection, Assets()), out)
    lines = [json.loads(line) for line in out.getvalue().decode("utf-8").splitlines()]
    found = {line["id"]: line for line in lines}
    assert len(found) == len(lines) > 10
    return found


@pytest.fixture(scope="module")
def small() -> Entities:
    return entities(whole(build_in_memory(Assets(CASES / "small"))))


def assert_valid(found: Entities) -> None:
    """As the library reads them: each property there, each value as it is, each link to an entity of the right schema."""
    links = 0
    for entity in found.values():
        schema: Any = model[entity["schema"]]
        schema.validate(entity)
        read = model.get_proxy(entity, cleaned=False).to_dict()
        assert read["id"] == entity["id"]
        for name, values in entity["properties"].items():
            property = schema.get(name)
            assert property is not None
            kept = [registry.url.clean(value) for value in values] if property.type == registry.url else values
            assert sorted(read["properties"][name]) == sorted(kept), (entity["id"], name)
            for value in values if property.type == registry.entity else []:
                links += 1
                assert model[found[value]["schema"]].is_a(property.range), (entity["id"], name, value)
    assert links > 10


@pytest.mark.parametrize("name", ["small", "accounts", "losses", "shipped"])
def test_the_library_finds_them_valid(name: str, shipped: Store) -> None:
    assert_valid(entities(whole(shipped if name == "shipped" else build_in_memory(Assets(CASES / name)))))


def test_so_are_those_of_a_part(shipped: Store) -> None:
    found = entities(select_part(shipped, read_filters(shipped, {"source": "001"})))
    assert_valid(found)
    assert {one["id"] for one in found.values() if one["schema"] == "Article"} == {"thidua.source.001"}
    assert {id_ for id_ in found if id_.startswith("thidua.id.award.")} == {f"thidua.id.award.001-{number}" for number in (1, 2, 3)}


def test_odd_values_stay_valid() -> None:
    award = NamedNode(ID + "award/a001-1")
    extra = [
        Quad(award, td("reason"), Literal(" \u200f=1\r\n\x00 " + "dài " * 30_000, language="vi")),
        Quad(award, td("awardedBy"), NamedNode("https://example.org/lạ")),
        Quad(NamedNode(ID + "body/Lạ.(tên)"), NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), td("Body")),
        Quad(award, td("presentedBy"), NamedNode(ID + "body/Lạ.(tên)")),
        Quad(award, td("sameEventAs"), award),
        Quad(award, td("date"), Literal("2024-02-30", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#date"))),
    ]
    found = entities(whole(build_in_memory(Assets(CASES / "small"), extra=extra)))
    assert_valid(found)
    assert "awarded by: https://example.org/lạ" in found[entity_id(award.value)]["properties"]["notes"]
    assert found[entity_id(ID + "body/Lạ.(tên)")]["schema"] == "Organization"


def test_roles_stay_apart(small: Entities) -> None:
    award = entity_id(ID + "award/a001-3")
    links = [one["properties"] for one in small.values() if one["properties"].get("subject") == [award]]
    assert {(one["role"][0], one["object"][0]) for one in links} >= {
        ("awarded by", entity_id(ID + "body/hoi-khuyen-doc-viet-nam")),
        ("presented by", entity_id(ID + "post/giam-doc-so-noi-vu-tinh-tan-lam")),
        ("on behalf of", entity_id(ID + "body/hoi-khuyen-doc-viet-nam")),
        ("requested by", entity_id(ID + "body/so-noi-vu-tinh-tan-lam")),
    }
    assert all(one["proof"] == ["thidua.source.a001"] and one["publisher"] == ["Báo Tân Lâm"] for one in links)
    assert Counter(one["schema"] for one in small.values())["Occupancy"] == 3


def test_only_what_was_given_is_an_event_and_counts_are_words(small: Entities) -> None:
    awards = {id_: one["properties"] for id_, one in small.items() if id_.startswith("thidua.id.award.")}
    assert len(awards) == 10
    assert not [id_ for id_ in small if "proposal" in id_ or "eligibility" in id_ or ".group." in id_]
    revoked = awards["thidua.id.award.a003-2"]
    assert revoked["name"][0].endswith("(revoked)") and "revoked" in revoked["keywords"]
    assert awards["thidua.id.award.a003-4"]["summary"][0].startswith("model: not counted (unknown)")
    assert awards["thidua.id.award.a002-2"]["date"] == ["2024"] and awards["thidua.id.award.a002-3"]["date"] == ["2024-07"]
    assert "the account that counts is thidua.id.award.a001-1" in " ".join(awards["thidua.id.award.a002-1"]["notes"])
    (note,) = [note for note in awards["thidua.id.award.a001-1"]["notes"] if note.startswith("inferred: ")]
    assert "property td:date" in note and "certainty high" in note
    recipients = [one["properties"] for one in small.values() if one["properties"].get("role") == ["recipient"]]
    assert len(recipients) == 3 and all(one["summary"] for one in recipients)


@pytest.mark.parametrize(
    ("iri", "id_"),
    [
        ("https://w3id.org/thidua/id/award/001-1", "thidua.id.award.001-1"),
        ("https://w3id.org/thidua/source/000", "thidua.source.000"),
        ("https://w3id.org/thidua/id/body/a.b", "thidua.x."),
        ("https://w3id.org/thidua/id/body/-a", "thidua.x."),
        ("https://w3id.org/thidua/id/body/ấ", "thidua.x."),
        ("https://example.org/id/award/001-1", "thidua.x."),
        ("https://w3id.org/thidua/" + "a" * 201, "thidua.x."),
    ],
)
def test_ids_tell_things_apart(iri: str, id_: str) -> None:
    assert registry.entity.validate(entity_id(iri)) and len(entity_id(iri)) <= 255
    assert entity_id(iri).startswith(id_[:9]) and (id_.startswith("thidua.x.") or entity_id(iri) == id_)


def test_the_command_writes_the_same_twice(small_path: Path, tmp_path: Path, small: Entities) -> None:
    first, second = (thidua("export", "--format", "ftm", "--store", small_path) for _ in range(2))
    assert first.returncode == 0 and first.stdout == second.stdout
    assert len(first.stdout.splitlines()) == len(small)
