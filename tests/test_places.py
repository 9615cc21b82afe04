"""The districts and communes of the provinces that the sources name, before and since 1 July 2025, and what became of them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from functools import cache

import pytest
from pyoxigraph import Literal, NamedNode, Store

from thidua.answers import text_of
from thidua.terms import ID, PREFIXES, RDF_TYPE, td

DAY, LAST = "2025-07-01", "2025-06-30"
OLD = ("tinh-ha-giang", "tinh-lai-chau", "tinh-lao-cai", "tinh-tuyen-quang", "tinh-yen-bai")
NEW = ("tinh-lai-chau", "tinh-lao-cai-2025-07-01", "tinh-tuyen-quang-2025-07-01")
PREF_LABEL = NamedNode(PREFIXES["skos"] + "prefLabel")

# Counted in the package's database, not in the graph.
DISTRICTS = {"tinh-ha-giang": 11, "tinh-lai-chau": 8, "tinh-lao-cai": 9, "tinh-tuyen-quang": 7, "tinh-yen-bai": 9}
COMMUNES_BEFORE = {
    "tinh-ha-giang": {"xa": 175, "phuong": 5, "thi-tran": 13},
    "tinh-lai-chau": {"xa": 94, "phuong": 5, "thi-tran": 7},
    "tinh-lao-cai": {"xa": 126, "phuong": 16, "thi-tran": 9},
    "tinh-tuyen-quang": {"xa": 121, "phuong": 10, "thi-tran": 6},
    "tinh-yen-bai": {"xa": 146, "phuong": 12, "thi-tran": 10},
}
COMMUNES_SINCE = {
    "tinh-lai-chau": {"xa": 36, "phuong": 2},
    "tinh-lao-cai-2025-07-01": {"xa": 89, "phuong": 10},
    "tinh-tuyen-quang-2025-07-01": {"xa": 117, "phuong": 7},
}
DIVIDED = {
    "phuong-quang-trung-ha-giang-ha-giang": {"phuong-ha-giang-1", "phuong-ha-giang-2"},
    "xa-kim-phu-tuyen-quang-tuyen-quang": {"phuong-minh-xuan", "phuong-my-lam"},
    "xa-thai-binh-yen-son-tuyen-quang": {"phuong-nong-tien", "xa-thai-binh"},
    "xa-viet-lam-vi-xuyen-ha-giang": {"xa-viet-lam", "xa-vi-xuyen"},
    "xa-yen-dinh-bac-me-ha-giang": {"xa-minh-ngoc", "xa-ngoc-duong"},
}
WENT_ON = {"tinh-lai-chau": 2, "tinh-lao-cai-2025-07-01": 8, "tinh-tuyen-quang-2025-07-01": 13}

# Some whose names and codes go different ways: the same code for another place, two names alike but for their accents.
SINGLE = [
    ("xa-hop-thanh-lao-cai-lao-cai", "thanh-pho-lao-cai"),
    ("huyen-tam-duong-lai-chau", "tinh-lai-chau"),
    ("huyen-na-hang", "tinh-tuyen-quang"),
    ("phuong-sa-pa-sa-pa-lao-cai-03001", "thi-xa-sa-pa"),
    ("xa-minh-quan-tran-yen-yen-bai-04567", "huyen-tran-yen"),
]
FORMER = [
    ("phuong-au-lau-lao-cai", "phuong-hop-minh-yen-bai-yen-bai xa-au-lau-yen-bai-yen-bai xa-gioi-phien-yen-bai-yen-bai "
     "xa-minh-quan-tran-yen-yen-bai-04567"),
    ("xa-hong-thu-lai-chau", "xa-hong-thu-sin-ho-lai-chau xa-ma-quai-sin-ho-lai-chau xa-phin-ho-sin-ho-lai-chau"),
    ("xa-ta-xi-lang-lao-cai", "xa-ta-si-lang-tram-tau-yen-bai"),
]  # fmt: skip


def objects(store: Store, name: str, property: NamedNode) -> list[NamedNode | Literal]:
    quads = store.quads_for_pattern(NamedNode(ID + name), property, None)
    return [quad.object for quad in quads if isinstance(quad.object, NamedNode | Literal)]


def said(store: Store, name: str, *properties: str) -> list[str]:
    """What is stated of a thing, by any of the properties; things by their short name."""
    return [text_of(term).rsplit("/", 1)[-1] for property in properties for term in objects(store, name, td(property))]


def one(store: Store, name: str, property: str) -> str:
    (value,) = said(store, name, property) or [""]
    return value


def things(store: Store, kind: str) -> list[str]:
    quads = store.quads_for_pattern(None, RDF_TYPE, td(kind))
    return sorted(quad.subject.value.removeprefix(ID) for quad in quads if isinstance(quad.subject, NamedNode))


@cache
def communes(store: Store) -> dict[str, list[str]]:
    """Communes by the province they lie in; those of before are asked through their district."""
    found = defaultdict(list)
    for place in things(store, "Place"):
        if one(store, place, "level") == "commune":
            above = one(store, place, "within")
            district = one(store, f"place/{above}", "level") == "district"
            assert district == (one(store, place, "validUntil") == LAST) == (one(store, place, "validFrom") == ""), place
            assert district or (one(store, place, "validFrom"), one(store, place, "validUntil")) == (DAY, ""), place
            province = one(store, f"place/{above}", "within") if district else above
            found[("before " if district else "since ") + province].append(place)
    return dict(found)


@cache
def reorganisations(store: Store) -> dict[str, tuple[str, frozenset[str]]]:
    """By new commune: the reorganisation that brought it about and its former places."""
    found = {}
    for event in things(store, "Reorganisation"):
        if event.startswith("reorganisation/commune-"):
            (new,) = said(store, event, "newPlace")
            assert new not in found, new
            found[new] = (event, frozenset(said(store, event, "formerPlace")))
    return found


def short(places: list[str]) -> set[str]:
    return {place.removeprefix("place/") for place in places}


def every(store: Store, when: str) -> set[str]:
    return {name for key, places in communes(store).items() if key.startswith(when) for name in short(places)}


def test_districts_of_each_province(shipped: Store) -> None:
    places = [place for place in things(shipped, "Place") if one(shipped, place, "level") == "district"]
    found = Counter(one(shipped, place, "within") for place in places)
    assert {province: found[province] for province in OLD} == DISTRICTS
    assert all(one(shipped, place, "validUntil") == LAST for place in places)


def test_communes_of_each_province(shipped: Store) -> None:
    counted = {key: dict(Counter(one(shipped, place, "placeType") for place in places)) for key, places in communes(shipped).items()}
    assert counted == {
        **{f"before {province}": counts for province, counts in COMMUNES_BEFORE.items()},
        **{f"since {province}": counts for province, counts in COMMUNES_SINCE.items()},
    }


def test_every_new_commune_has_one_reorganisation(shipped: Store) -> None:
    assert set(reorganisations(shipped)) == every(shipped, "since")
    assert len(reorganisations(shipped)) == 261


def test_every_old_commune_went_somewhere(shipped: Store) -> None:
    became = defaultdict(set)
    for new, (_, former) in reorganisations(shipped).items():
        for old in former:
            became[old].add(new)
    assert set(became) == every(shipped, "before")
    assert len(became) == 755
    assert {old: news for old, news in became.items() if len(news) > 1} == {
        old: {f"{new}-tuyen-quang-{DAY}" for new in news} for old, news in DIVIDED.items()
    }


def test_communes_came_from_within_their_province(shipped: Store) -> None:
    before = {"tinh-lai-chau": {"tinh-lai-chau"}, NEW[1]: {"tinh-lao-cai", "tinh-yen-bai"}, NEW[2]: {"tinh-ha-giang", "tinh-tuyen-quang"}}
    for new, (event, former) in reorganisations(shipped).items():
        province = one(shipped, f"place/{new}", "within")
        found = {one(shipped, f"place/{one(shipped, f'place/{old}', 'within')}", "within") for old in former}
        assert found <= before[province], new
        assert [one(shipped, event, p) for p in ("place", "level", "date")] == [province, "commune", DAY]


def test_one_whole_former_commune_went_on_and_the_others_merged(shipped: Store) -> None:
    went_on: Counter[str] = Counter()
    for new, (event, former) in reorganisations(shipped).items():
        alone = len(former) == 1
        assert (one(shipped, event, "reorganisationKind"), one(shipped, event, "continues")) == (
            ("attach", "true") if alone else ("merge", "false")
        )
        if alone:
            (old,) = former
            assert old not in DIVIDED
            assert all(one(shipped, f"place/{old}", p) == one(shipped, f"place/{new}", p) for p in ("code", "placeType")), new
            went_on[one(shipped, f"place/{new}", "within")] += 1
        notes = " ".join(said(shipped, event, "note"))
        assert notes.count(" was divided; ") == len(former & DIVIDED.keys()), event
    assert went_on == WENT_ON


@pytest.mark.parametrize(("new", "former"), FORMER, ids=[new for new, _ in FORMER])
def test_former_communes_we_know(new: str, former: str, shipped: Store) -> None:
    assert reorganisations(shipped)[f"{new}-{DAY}"][1] == set(former.split())


@pytest.mark.parametrize(("place", "above"), SINGLE, ids=[place for place, _ in SINGLE])
def test_places_we_know(place: str, above: str, shipped: Store) -> None:
    assert one(shipped, f"place/{place}", "within") == above


def test_codes_are_unique_at_one_level_and_time(shipped: Store) -> None:
    length = {"commune": 5, "district": 3}
    for last in (LAST, ""):
        seen = Counter(
            (one(shipped, place, "level"), code)
            for place in things(shipped, "Place")
            for code in said(shipped, place, "code")
            if one(shipped, place, "level") in length and one(shipped, place, "validUntil") == last
        )
        assert seen
        assert [key for key, count in seen.items() if count > 1] == []
        assert all(len(code) == length[level] for level, code in seen)
    coded = {place for place in things(shipped, "Place") if said(shipped, place, "code")}
    assert {f"place/{name}" for when in ("before", "since") for name in every(shipped, when)} <= coded


def test_iris_are_plain_and_labels_composed(shipped: Store) -> None:
    kinds = {"xa": "Xã|Commune", "phuong": "Phường|Ward", "thi-tran": "Thị trấn|Township", "huyen": "Huyện|District",
             "thi-xa": "Thị xã|Town", "thanh-pho-thuoc-tinh": "Thành phố|City"}  # fmt: skip
    for place in things(shipped, "Place"):
        assert re.fullmatch(r"place/[a-z0-9]+(-[a-z0-9]+)*", place)
        if one(shipped, place, "level") in ("district", "commune"):
            vi, en = kinds[one(shipped, place, "placeType")].split("|")
            terms = [term for term in objects(shipped, place, PREF_LABEL) if isinstance(term, Literal)]
            labels = {term.language: term.value for term in terms}
            assert labels["vi"] == unicodedata.normalize("NFC", labels["vi"])
            assert labels["vi"].removeprefix(f"{vi} ") == labels["en"].removesuffix(f" {en}") != labels["vi"], place


def test_the_name_of_a_province_is_the_provinces_alone(shipped: Store) -> None:
    """“Lai Châu” is the province; its city and wards of that name are asked for with their type."""
    alternative = NamedNode(PREFIXES["skos"] + "altLabel")
    places = [(one(shipped, place, "level"), text_of(term)) for place in things(shipped, "Place")
              for term in objects(shipped, place, alternative)]  # fmt: skip
    provinces = {name for level, name in places if level == "province"}
    assert provinces
    assert not provinces & {name for level, name in places if level in ("district", "commune")}
