"""Names of fact sheets and what they are taken for: namesakes, times, decisions."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest

from tests.sheets import sheet
from thidua.assets import Assets
from thidua.errors import InputError
from thidua.extraction.linking import Link, Registry, link, linked, reason_text
from thidua.extraction.naming import Casing, normal, short_names, slug, title_case
from thidua.extraction.registry import UNREVIEWED
from thidua.extraction.resolving import days
from thidua.terms import ID, PREFIXES

TEXT = "Văn bản thử."
REGISTRY = Registry.load(Assets())


Items = list[dict[str, Any]]


def links(source: dict[str, Any] | None = None, decisions: dict[str, str | None] | None = None, **lists: Items) -> list[Link]:
    return list(link(sheet(TEXT, source, **lists), REGISTRY, decisions or {}))


def of(found: list[Link], slot: str) -> Link:
    """The link of a slot's whole value: the last, after those of its parts."""
    return [one for one in found if one.slot == slot][-1]


def local(iri: str | None) -> str | None:
    return iri.removeprefix(ID) if iri else None


# Awarder as named, day of the award (or None), what it is taken for: known as it stands, "+" before a new entry.
BODIES = [
    ("Ban Dân vận Trung ương", "2020-10-08", "body/ban-dan-van-trung-uong"),
    ("Ban Dân vận Trung ương", "2026-01-10", "+body/ban-dan-van-trung-uong--{sid}"),
    ("Ủy ban nhân dân tỉnh Lào Cai", "2018-12-01", "body/uy-ban-nhan-dan-tinh-lao-cai"),
    ("UBND tỉnh Lào Cai", "2018-12-01", "body/uy-ban-nhan-dan-tinh-lao-cai"),
    ("ỦY BAN NHÂN DÂN TỈNH LÀO CAI", "2018-12-01", "body/uy-ban-nhan-dan-tinh-lao-cai"),
    ("Uỷ ban nhân dân tỉnh Lào Cai", "2018-12-01", "body/uy-ban-nhan-dan-tinh-lao-cai"),
    ("Ủy ban nhân dân tỉnh Lào Cai", "2025-10-08", "+body/uy-ban-nhan-dan-tinh-lao-cai-2025-07-01"),
    ("Ủy ban nhân dân tỉnh Lào Cai", None, "+body/uy-ban-nhan-dan-tinh-lao-cai--khong-ro-ngay"),
    ("Chủ tịch Ủy ban nhân dân tỉnh Lào Cai", "2018", "post/chu-tich-uy-ban-nhan-dan-tinh-lao-cai"),
    ("Chủ tịch Ủy ban nhân dân tỉnh Lào Cai", "2025-10-08", "+post/chu-tich-uy-ban-nhan-dan-tinh-lao-cai-2025-07-01"),
    ("Tỉnh ủy Lào Cai", "2025-06-30", "body/tinh-uy-lao-cai"),
    ("Tỉnh ủy Lào Cai", "2025-07-01", "body/tinh-uy-lao-cai-2025-07-01"),
    ("Ban Tuyên giáo và Dân vận Tỉnh ủy Lào Cai", "2025-09-04", "body/ban-tuyen-giao-va-dan-van-tinh-uy-lao-cai-2025-07-01"),
    ("Ban Tuyên giáo và Dân vận Tỉnh ủy Lào Cai", "2025-04-01", "body/ban-tuyen-giao-va-dan-van-tinh-uy-lao-cai"),
    ("Ban Dân vận Tỉnh ủy Lào Cai", "2020-10-08", "body/ban-dan-van-tinh-uy-lao-cai"),
    ("Ban Dân vận Tỉnh ủy Lai Châu", "2020-10-08", "body/ban-dan-van-tinh-uy-lai-chau"),
    ("Ban Dân vận Tỉnh ủy tỉnh Lai Châu", "2020-10-08", "body/ban-dan-van-tinh-uy-lai-chau"),
    ("Ban Dân vận Tỉnh ủy Lai Chau", "2020-10-08", "+body/ban-dan-van-tinh-uy-lai-chau--{sid}"),
    ("Ủy ban nhân dân huyện Na Hang", "2022-10-14", "body/uy-ban-nhan-dan-huyen-na-hang"),
    ("Ủy ban nhân dân tỉnh Quảng Ninh", "2022-10-14", "+body/uy-ban-nhan-dan-tinh-quang-ninh"),
    ("Ủy ban nhân dân huyện Quảng Ninh", "2022-10-14", "+body/uy-ban-nhan-dan-huyen-quang-ninh--{sid}"),
    ("Ủy ban nhân dân huyện Quảng Ninh, tỉnh Quảng Bình", "2022-10-14", "+body/uy-ban-nhan-dan-huyen-quang-ninh-quang-binh"),
    ("Ủy ban nhân dân xã Quảng Ninh", "2022-10-14", "+body/uy-ban-nhan-dan-xa-quang-ninh--{sid}"),
    ("Hội Nông dân tỉnh Bắc Giang", "2023-01-12", "+body/hoi-nong-dan-tinh-bac-giang"),
    ("Bộ Công an", "2021", "+body/bo-cong-an"),
    ("Chủ tịch nước", "2021", "+post/chu-tich-nuoc-cong-hoa-xa-hoi-chu-nghia-viet-nam"),
    ("Chủ tịch nước Cộng hòa xã hội chủ nghĩa Việt Nam", "2021", "+post/chu-tich-nuoc-cong-hoa-xa-hoi-chu-nghia-viet-nam"),
    ("Thủ tướng Chính phủ", "2021", "+post/thu-tuong-chinh-phu"),
    ("Tỉnh đoàn Yên Bái", "2017-05-19", "+body/doan-thanh-nien-cong-san-ho-chi-minh-tinh-yen-bai"),
    ("Bệnh viện Tân Lâm", "2021", "+body/benh-vien-tan-lam--{sid}"),
    ("Đảng ủy xã Kim Long, Thành phố Hồ Chí Minh", "2025-10-17", "+body/dang-uy-xa-kim-long-ho-chi-minh-2025-07-01"),
    ("phường Đức Xuân", "2020-10-08", "+place/phuong-duc-xuan--{sid}"),
]


@pytest.mark.parametrize(("words", "day", "meant"), BODIES, ids=[f"{words}, {day}" for words, day, _ in BODIES])
def test_who_awards(words: str, day: str | None, meant: str) -> None:
    found = of(links(awards=[{"conferred_by": words, "date": day}]), "/awards/0/conferred_by")
    sid = sheet(TEXT)["source"]["sha256"][:16]
    assert local(found.entry if meant.startswith("+") else found.target) == meant.removeprefix("+").format(sid=sid)
    assert (found.target is None) == meant.startswith("+")
    assert 0 < found.score <= 1
    assert found.reasons[0][0] == "name" and all(reason_text(reason, lang) for reason in found.reasons for lang in ("en", "vi"))


def test_the_table_of_bodies_is_long_enough() -> None:
    assert len(BODIES) == 32 and len({case[:2] for case in BODIES}) == 32


# Scope of a figure, other scopes in the same text, day of publication, what it is taken for.
PLACES = [
    ("tỉnh Quảng Ninh", (), "2020-01-01", "place/tinh-quang-ninh"),
    ("tỉnh Lào Cai", (), "2020-01-01", "place/tinh-lao-cai"),
    ("tỉnh Lào Cai", (), "2025-08", "place/tinh-lao-cai-2025-07-01"),
    ("tỉnh Lào Cai", (), None, "+place/tinh-lao-cai--khong-ro-ngay"),
    ("tỉnh Lào Cai", ("huyện Bắc Hà",), None, "place/tinh-lao-cai"),
    ("cả nước", (), None, "place/viet-nam"),
    ("huyện Na Hang", (), "2022-01-01", "place/huyen-na-hang"),
    ("huyện Na Hang", ("tỉnh Nghệ An",), "2022-01-01", "+place/huyen-na-hang-nghe-an"),
    ("huyện Quảng Ninh", (), "2022-01-01", "+place/huyen-quang-ninh--{sid}"),
    ("xã Tân Tiến", (), "2022-01-01", "+place/xa-tan-tien--{sid}"),
    ("xã Hồng Thái", (), "2022-01-01", "+place/xa-hong-thai--{sid}"),
    ("xã Hồng Thái, huyện Na Hang", (), "2022-01-01", "place/xa-hong-thai-na-hang-tuyen-quang"),
    ("xã Hồng Thái, huyện Na Hang, tỉnh Tuyên Quang", (), "2022-01-01", "place/xa-hong-thai-na-hang-tuyen-quang"),
    ("xã Hồng Thái, huyện Việt Yên", (), "2022-01-01", "+place/xa-hong-thai-viet-yen"),
    ("xã Hồng Thái", ("huyện Na Hang",), "2022-01-01", "place/xa-hong-thai-na-hang-tuyen-quang"),
    ("xã Hồng Thái, tỉnh Tuyên Quang", (), "2025-12-01", "place/xa-hong-thai-tuyen-quang-2025-07-01"),
    ("Quảng Ninh", (), "2022-01-01", None),
    ("Đảng bộ tỉnh Lào Cai", (), "2020-01-01", "body/dang-bo-tinh-lao-cai"),
]


@pytest.mark.parametrize(("words", "others", "day", "meant"), PLACES, ids=[f"{one[0]}, {one[1]}, {one[2]}" for one in PLACES])
def test_which_place(words: str, others: tuple[str, ...], day: str | None, meant: str | None) -> None:
    figures = [{"scope": words}, *({"scope": other} for other in others)]
    found = of(links({"published": day}, figures=figures), "/figures/0/scope")
    sid = sheet(TEXT)["source"]["sha256"][:16]
    if meant is None:
        assert found.node is None and found.score == 0 and len(found.alternatives) >= 1
    else:
        assert local(found.entry if meant.startswith("+") else found.target) == meant.removeprefix("+").format(sid=sid)


def test_the_table_of_places_is_long_enough() -> None:
    assert len(PLACES) == 18


HOAN = {"presented_by": [{"name": "Vũ Văn Hoàn", "post": "Phó Bí thư Thường trực Tỉnh ủy, Chủ tịch Hội đồng nhân dân tỉnh Lai Châu"}]}


def test_name_and_post_make_a_person() -> None:
    found = of(links(awards=[{**HOAN, "date": "2020-10-08"}]), "/awards/0/presented_by/0/name")
    assert local(found.target) == "person/vu-van-hoan" and found.score > 0.9 and ("post" in dict(found.reasons))


def test_a_namesake_with_another_post_is_another_person_who_may_be_the_same() -> None:
    awards = [{"presented_by": [{"name": "Vũ Văn Hoàn", "post": "Giám đốc Công an tỉnh Bình Dương"}], "date": "2020"}]
    result = linked(sheet(TEXT, awards=awards), REGISTRY, {})
    found = [one for one in result.links if one.slot.endswith("/name")][-1]
    assert found.target is None and local(found.entry) == "person/vu-van-hoan--giam-doc-cong-an-tinh-binh-duong"
    assert found.alternatives == ((f"{ID}person/vu-van-hoan", 0.4),)
    said = {(property.value.rsplit("#", 1)[-1], value.value) for property, value in result.entries[found.entry or ""].statements}
    assert ("mayBeSameAs", f"{ID}person/vu-van-hoan") in said


def test_a_name_alone_is_nobody_known() -> None:
    found = of(
        links(awards=[{"recipients": [{"kind": "individual", "count": 1, "names": ["Vũ Văn Hoàn"]}]}]), "/awards/0/recipients/0/names/0"
    )
    assert found.target is None and (found.entry or "").startswith(f"{ID}person/vu-van-hoan--") and found.score <= 0.5


def test_one_name_is_one_person_within_a_text() -> None:
    recipients = [{"kind": "individual", "count": 2, "names": ["Vũ Văn Hoàn", "Lường Thị Mận"]}]
    found = links(awards=[{**HOAN, "date": "2020-10-08", "recipients": recipients}])
    assert local(of(found, "/awards/0/recipients/0/names/0").target) == "person/vu-van-hoan"


# Name, period, awarder, day, what the campaign is taken for.
CAMPAIGNS = [
    ("Dân vận khéo", "2016-2020", "Ủy ban nhân dân tỉnh Lai Châu", "campaign/dan-van-kheo-tinh-lai-chau-2016-2020"),
    ("phong trào thi đua “Dân vận khéo”", "2021-2025", "Ủy ban nhân dân tỉnh Lai Châu", "campaign/dan-van-kheo-tinh-lai-chau-2021-2025"),
    ("Dân vận khéo", "2016-2020", "Ủy ban nhân dân tỉnh Gia Lai", "+campaign/dan-van-kheo-tinh-gia-lai-2016-2020"),
    ("Dân vận khéo", "2011-2015", "Ủy ban nhân dân tỉnh Lai Châu", "+campaign/dan-van-kheo-tinh-lai-chau-2011-2015"),
    ("Dân vận khéo", "2021", "Thủ tướng Chính phủ", "campaign/dan-van-kheo"),
    ("Dân vận khéo", "2020", None, "campaign/dan-van-kheo"),
    ("Dân vận khéo", "2016-2020", None, "campaign/dan-van-kheo"),
    ("Làm theo lời Bác", "2020", None, "+campaign/lam-theo-loi-bac-2020--{sid}"),
    ("cuộc thi “Tân Lâm hát”", "2020", "Ủy ban nhân dân tỉnh Lai Châu", "+campaign/cuoc-thi-tan-lam-hat-tinh-lai-chau-2020"),
]


@pytest.mark.parametrize(("name", "period", "awarder", "meant"), CAMPAIGNS, ids=[" ".join(map(str, one[:3])) for one in CAMPAIGNS])
def test_which_campaign(name: str, period: str, awarder: str | None, meant: str) -> None:
    award = {"campaign": name, "period": period, "conferred_by": awarder, "date": "2021-01-05"}
    found = of(links(awards=[award]), "/awards/0/campaign")
    sid = sheet(TEXT)["source"]["sha256"][:16]
    assert local(found.entry if meant.startswith("+") else found.target) == meant.removeprefix("+").format(sid=sid)


@pytest.mark.parametrize(
    ("place", "meant"), [("Nghệ An", "campaign/dan-van-kheo"), ("Lai Châu", "campaign/dan-van-kheo-tinh-lai-chau-2016-2020")]
)
def test_an_award_without_awarder_is_for_no_campaign_of_another_province(place: str, meant: str) -> None:
    """Name and period alone would make Lai Châu's edition of what a text tells of Nghệ An; Nghệ An's own is told by its awarder."""
    for_it = {"campaign": "Dân vận khéo", "period": "2016-2020", "date": "2021-01-05"}
    awards = [for_it, {**for_it, "conferred_by": f"Ủy ban nhân dân tỉnh {place}"}]
    campaigns = [{"name": "Dân vận khéo", "period": "2016-2020"}]
    made = linked(sheet(TEXT, awards=awards, campaigns=campaigns), REGISTRY, {})
    own = f"campaign/dan-van-kheo-tinh-{slug(place)}-2016-2020"
    assert [local(made.node(f"/awards/{n}/campaign")) for n in (0, 1)] == [meant, own]
    assert local(made.node("/campaigns/0/name")) == own, "the one with a scope of its own"


# Bodies that no registry has, or their heads, and short forms by which they are found.
ABBREVIATED = [
    ("Ủy ban nhân dân huyện Tân Lâm", {"UBND huyện Tân Lâm"}),
    ("Chủ tịch UBND xã Tân Lâm", {"UBND xã Tân Lâm", "Chủ tịch UBND xã Tân Lâm"}),
    ("Hội đồng nhân dân thành phố Tân Lâm", {"HĐND thành phố Tân Lâm", "HĐND TP Tân Lâm", "Hội đồng nhân dân TP Tân Lâm"}),
    ("BAN DÂN VẬN HUYỆN ỦY TÂN LÂM", {"BDV Huyện ủy Tân Lâm"}),
    ("Phòng giáo dục và đào tạo huyện Tân Lâm", {"Phòng GD&ĐT huyện Tân Lâm"}),
    ("Hội Liên hiệp Phụ nữ huyện Tân Lâm", {"Hội LHPN huyện Tân Lâm"}),
    ("Đảng ủy xã Tân Lâm", set()),
]


@pytest.mark.parametrize(("name", "short"), ABBREVIATED, ids=[name for name, _ in ABBREVIATED])
def test_new_bodies_and_posts_have_their_usual_short_names(name: str, short: set[str]) -> None:
    made = linked(sheet(TEXT, awards=[{"conferred_by": name, "date": "2020-10-08"}]), REGISTRY, {})
    kept = [one for iri, one in made.entries.items() if not iri.startswith(f"{ID}place/")]
    assert kept, "an entry is made"
    names = [value.value for one in kept for property, value in one.statements if property.value.endswith("altLabel")]
    assert short <= set(names) and len(names) == len(set(names))
    assert all("Giáo Dục" not in value.value for one in kept for _, value in one.statements)


def test_posts_are_written_as_roles_are() -> None:
    made = linked(sheet(TEXT, awards=[{"conferred_by": "THỦ TƯỚNG CHÍNH PHỦ", "date": "2020-10-08"}]), REGISTRY, {})
    labels = {str(value) for one in made.entries.values() for _, value in one.statements}
    assert not any("Thủ Tướng" in label for label in labels)


# Award, rank, the concepts meant, whether they say all that is printed.
AWARDS = [
    ("Bằng khen", None, ["bang-khen"], True),
    ("Bằng khen của Thủ tướng Chính phủ", None, ["bang-khen"], False),
    ("Kỷ niệm chương “Vì sự nghiệp Dân vận”", None, ["knc-vi-su-nghiep-dan-van"], True),
    ("Kỷ niệm chương “Vì sự nghiệp Trồng rừng”", None, ["ky-niem-chuong"], False),
    ("Huân chương Lao động", "hạng Nhì", ["huan-chuong-lao-dong-hang-nhi"], True),
    ("Huân chương Lao động", "Nhì", ["huan-chuong-lao-dong-hang-nhi"], True),
    ("Huân chương Lao động", None, ["huan-chuong-lao-dong"], True),
    ("danh hiệu “Nghệ nhân ưu tú”", None, ["nghe-nhan-uu-tu"], True),
    ("khen thưởng", None, ["khen-thuong"], True),
    ("tuyên dương, khen thưởng", None, ["tuyen-duong", "khen-thuong"], True),
    ("giải A", "A", ["giai-a"], True),
    ("giải tập thể xuất sắc", None, ["giai-tap-the"], False),
    ("Cờ dẫn đầu cụm thi đua", None, ["co-thi-dua"], False),
    ("danh hiệu “Nông dân giỏi”", None, ["ghi-nhan-khong-ro-hinh-thuc"], False),
    ("Huy hiệu Đảng", "75 năm tuổi Đảng", ["huy-hieu-75-nam-tuoi-dang"], True),
]


@pytest.mark.parametrize(("award", "rank", "concepts", "whole"), AWARDS, ids=[f"{one[0]} {one[1]}" for one in AWARDS])
def test_which_award(award: str, rank: str | None, concepts: list[str], whole: bool) -> None:
    found = linked(sheet(TEXT, awards=[{"award": award, "award_rank": rank}]), REGISTRY, {})
    assert [iri.removeprefix(PREFIXES["aw"]) for iri in found.nodes["/awards/0/award"]] == concepts
    assert ("/awards/0/award" not in found.printed) == (whole and " của " not in award)


# Number, name, issuer, date, what the document is taken for.
DOCUMENTS = [
    ("34-CT/TW", None, None, None, "document/34-ct-tw"),
    ("Chỉ thị số 34-CT/TW", None, None, "2014-04-07", "document/34-ct-tw"),
    ("34-CT/TW", None, None, "2015-01-01", "+document/34-ct-tw--{sid}-2015-01-01"),
    ("163/QĐ-UBND", None, None, None, "+document/163-qd-ubnd--{sid}"),
    ("163/QĐ-UBND", None, "Ủy ban nhân dân tỉnh Lai Châu", "2020-02-03", "+document/163-qd-ubnd-uy-ban-nhan-dan-tinh-lai-chau-2020-02-03"),
    (None, "Nghị quyết Trung ương 4 (khóa XII)", None, None, "document/nghi-quyet-trung-uong-4-khoa-xii"),
]


@pytest.mark.parametrize(("number", "name", "issuer", "date", "meant"), DOCUMENTS, ids=[str(one[:4]) for one in DOCUMENTS])
def test_which_document(number: str | None, name: str | None, issuer: str | None, date: str | None, meant: str) -> None:
    found = of(links(documents=[{"number": number, "name": name, "issuer": issuer, "date": date}]), "/documents/0/number")
    sid = sheet(TEXT)["source"]["sha256"][:16]
    assert local(found.entry if meant.startswith("+") else found.target) == meant.removeprefix("+").format(sid=sid)


def test_a_decision_overrides_and_can_be_taken_back() -> None:
    award = {"conferred_by": "Ban Dân vận Tỉnh ủy Lào Cai", "date": "2020-10-08"}
    before = links(awards=[award])
    id = of(before, "/awards/0/conferred_by").id
    chosen = f"{ID}body/ban-dan-van-tinh-uy-ha-giang"
    decided = of(links(decisions={id: chosen}, awards=[award]), "/awards/0/conferred_by")
    assert (decided.id, decided.target, decided.score, decided.reasons[0][0]) == (id, chosen, 1.0, "decided")
    assert decided.alternatives[0][0] == f"{ID}body/ban-dan-van-tinh-uy-lao-cai"
    apart = of(links(decisions={id: None}, awards=[award]), "/awards/0/conferred_by")
    assert apart.id == id and apart.target is None and (apart.entry or "").startswith(f"{ID}body/ban-dan-van-tinh-uy-lao-cai--")
    assert links(awards=[award]) == before


@pytest.mark.parametrize("iri", [f"{ID}body/nobody", f"{ID}place/tinh-lao-cai", f"{ID}person/vu-van-hoan", "javascript:1"])
def test_a_decision_for_what_cannot_be_is_refused(iri: str) -> None:
    award = {"conferred_by": "Ban Dân vận Tỉnh ủy Lào Cai", "date": "2020-10-08"}
    id = of(links(awards=[award]), "/awards/0/conferred_by").id
    with pytest.raises(InputError, match=id):
        links(decisions={id: iri}, awards=[award])


def test_link_ids_are_of_text_slot_and_words() -> None:
    awards = [{"conferred_by": "Bộ Công an"}, {"conferred_by": "Bộ Công an"}]
    found = [one for one in links(awards=awards) if one.slot.endswith("conferred_by")]
    other = link(sheet("Văn bản khác.", awards=awards), REGISTRY, {})
    assert len(found) == 2 and len({one.id for one in found} | {one.id for one in other if one.slot.endswith("conferred_by")}) == 4


def test_entries_are_the_same_whatever_the_capitals_and_the_order() -> None:
    names = [
        "Hội Doanh nghiệp trẻ tỉnh Tân Lâm",
        "HỘI DOANH NGHIỆP TRẺ TỈNH LÀO CAI",
        "Hội doanh nghiệp trẻ tỉnh Lào Cai",
        "Hội Nông dân huyện Quảng Ninh, tỉnh Quảng Bình",
    ]
    labels: dict[str, set[str]] = {}
    for text, order in itertools.product(("Một.", "Hai."), (names, names[::-1])):
        made = linked(sheet(text, awards=[{"conferred_by": name, "date": "2020"} for name in order]), REGISTRY, {})
        for iri, entry in made.entries.items():
            for property, value in entry.statements:
                if property.value == f"{PREFIXES['skos']}prefLabel":
                    labels.setdefault(f"{iri} {value}"[-3:] + iri, set()).add(value.value)
    known = {iri: values for iri, values in labels.items() if "doanh-nghiep-tre-tinh-lao-cai" in iri or "quang-ninh" in iri}
    assert len(known) >= 4 and all(len(values) == 1 for values in known.values()), known


def test_entries_of_the_extractor_are_not_looked_up_but_may_be_chosen(tmp_path: Path) -> None:
    folder = tmp_path / "registry"
    folder.mkdir()
    (folder / "a.ttl").write_text(
        "@prefix td: <https://w3id.org/thidua/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix dcterms: <http://purl.org/dc/terms/> . @prefix body: <https://w3id.org/thidua/id/body/> .\n"
        f'body:tan-lam a td:Body ; skos:prefLabel "Bệnh viện Tân Lâm"@vi ; dcterms:provenance "{UNREVIEWED}"@en .\n'
        'body:tan-lam-2 a td:Body ; skos:prefLabel "Công ty Tân Lâm"@vi ; dcterms:provenance "By hand."@en .\n'
    )
    registry = Registry.load(Assets(), tmp_path)
    awards = [{"conferred_by": "Bệnh viện Tân Lâm"}, {"conferred_by": "Công ty Tân Lâm"}]
    found = link(sheet(TEXT, awards=awards), registry, {})
    first, second = (of(list(found), f"/awards/{number}/conferred_by") for number in (0, 1))
    assert first.target is None and second.target == f"{ID}body/tan-lam-2"
    made = linked(sheet(TEXT, awards=awards), registry, {first.id: f"{ID}body/tan-lam"})
    assert made.node("/awards/0/conferred_by") == f"{ID}body/tan-lam" and f"{ID}body/tan-lam" in made.entries


@pytest.mark.parametrize(
    "words", ["", " ", "“”", "、、、", "x" * 5000, "Chủ tịch", "xã", "xã (", "tỉnh , huyện ,", "của", "Trưởng", "<b>", "\U0001f600", "중앙"]
)
def test_odd_names_neither_fail_nor_make_odd_iris(words: str) -> None:
    agents = ("conferred_by", "on_behalf_of", "presenting_body", "requested_by")
    values = ("campaign", "period", "occasion", "decision", "award", "award_rank")
    recipients = [{"kind": kind, "count": 1, "names": [words]} for kind in ("individual", "collective", "model")]
    award = dict.fromkeys((*agents, *values), words) | {"presented_by": [{"name": words, "post": words}], "recipients": recipients}
    lists: dict[str, Any] = {
        "awards": [award],
        "figures": [{"scope": words, "period": words}],
        "posts": [{"person": words, "post": words, "body": words}],
        "gatherings": [{"name": words, "organised_by": words, "place": words}],
        "documents": [{"number": words, "name": words, "issuer": words}],
        "launches": [{"campaign": words, "launched_by": words, "document": words}],
        "campaigns": [{"name": words, "launched_by": words}],
    }
    made = linked(sheet(TEXT, **lists), REGISTRY, {})
    assert all(len(iri) < 600 and iri.isascii() and " " not in iri for iri in made.entries)


@pytest.mark.parametrize(
    ("date", "bounds"),
    [("2020", ("2020-01-01", "2020-12-31")), ("2024-02", ("2024-02-01", "2024-02-29")), ("2020-10-08", ("2020-10-08",) * 2)]
    + [(bad, None) for bad in ("2020-13", "2020-02-30", "20", "0000", "hôm qua", None)],
)
def test_days(date: str | None, bounds: tuple[str, str] | None) -> None:
    assert days(date) == bounds


def test_names_compare_by_their_marks() -> None:
    assert normal("Uỷ ban  “Hoà Bình” – Quý") == normal("ủy ban hòa bình - quý")
    assert normal("Lai Châu") != normal("Lai Chau")
    assert slug("Ủy ban nhân dân tỉnh Bà Rịa - Vũng Tàu") == "uy-ban-nhan-dan-tinh-ba-ria-vung-tau"
    assert title_case("NGUYỄN văn a") == "Nguyễn Văn A"
    assert short_names("Ban A thành phố B", {"thành phố": ["TP", "T.P"], "Ban": ["B"]}) == sorted(
        ["B A T.P B", "B A TP B", "B A thành phố B", "Ban A T.P B", "Ban A TP B"]
    )
    assert short_names("Bản Banh", {"Ban": ["B"]}) == []
    fields = Casing([], [], ["Đào tạo"])
    assert (fields.name("PHÒNG ĐÀO TẠO"), fields.sentence("Phòng ĐÀO TẠO")) == ("Phòng Đào tạo", "Phòng đào tạo")
    assert Casing(["Tỉnh ủy"], ["và"]).name("TỈNH ỦY VÀ hội A1") == "Tỉnh ủy và Hội A1"
