"""From fact sheets to source graphs: everything the sheet says, in the model's terms, conforming to the shapes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from tests.conftest import SHARED
from tests.sheets import places, sheet
from thidua import checking
from thidua.assets import Assets
from thidua.errors import InputError
from thidua.extraction.assembly import Assembled, assemble
from thidua.extraction.awards import dong
from thidua.extraction.linking import Registry
from thidua.extraction.sheet import Sheet
from thidua.extraction.succession import Former
from thidua.extraction.writing import Block, turtle
from thidua.findings import Report
from thidua.terms import ID, PREFIXES
from thidua.text import sha256

REGISTRY = Registry.load(Assets())
DAY = "2026-11-30"
# A made-up text that says at least one thing of every kind a sheet can hold.
TEXT = (
    "Hội nghị tổng kết phong trào thi đua tỉnh Lào Cai. Ngày 8/10/2020, Bí thư Tỉnh ủy Lào Cai Lường Văn Mận dự. "
    "Thừa ủy quyền Chủ tịch nước, ông Lường Văn Mận trao Huân chương Lao động hạng Nhì cho bà Vàng Thị Sen. "
    "Ủy ban nhân dân tỉnh Lào Cai tặng Bằng khen cho hơn 12 tập thể và 20 cá nhân, kèm 30 triệu đồng, vì làm tốt phong trào Dân vận khéo. "
    "Trao Huy hiệu Đảng cho 5 đảng viên: 3 huy hiệu 40 năm, 2 huy hiệu 30 năm. Truy tặng Bằng khen cho ông Giàng A Páo. "
    "Đề nghị tặng Bằng khen của Thủ tướng Chính phủ. Tập thể xuất sắc sẽ được xét tặng Giấy khen. "
    "Phát động phong trào Trồng rừng, chủ đề Xanh, theo Kế hoạch số 12/KH-UBND; phấn đấu 100% thôn tham gia. Có 126 mô hình."
)


def clause(start: str, end: str) -> list[int]:
    return [TEXT.index(start), TEXT.index(end) + len(end)]


AWARDS: list[dict[str, Any]] = [
    {
        "evidence": clause("Thừa ủy quyền", "Vàng Thị Sen"),
        "on_behalf_of": "Chủ tịch nước Cộng hòa xã hội chủ nghĩa Việt Nam",
        "presented_by": [{"name": "Lường Văn Mận", "post": "Bí thư Tỉnh ủy Lào Cai"}],
        "award": "Huân chương Lao động",
        "award_rank": "hạng Nhì",
        "recipients": [{"kind": "individual", "count": 1, "names": ["Vàng Thị Sen"]}],
        "date": "2020-10-08",
        "occasion": "Hội nghị tổng kết phong trào thi đua tỉnh Lào Cai",
        "spans": {"date": places(TEXT, "Ngày 8/10/2020"), "presented_by": places(TEXT, "Bí thư Tỉnh ủy Lào Cai Lường Văn Mận")},
        "inferred": {"date": "the day of the gathering"},
    },
    {
        "evidence": clause("Ủy ban nhân dân tỉnh", "Dân vận khéo"),
        "conferred_by": "Ủy ban nhân dân tỉnh Lào Cai",
        "recipients": [{"kind": "collective", "count": 12, "qualifier": "over"}, {"kind": "individual", "count": 20}],
        "campaign": "Dân vận khéo",
        "period": "2016-2020",
        "date": "2020-10-08",
        "date_inferred": True,
        "amount": "30 triệu đồng",
        "reason": "làm tốt phong trào",
        "spans": {"recipients": places(TEXT, "hơn 12 tập thể", "20 cá nhân")},
        "inferred": {"period": "the headline"},
        "requested_by": "Ban Tuyên giáo Tỉnh ủy Lào Cai",
    },
    {
        "evidence": clause("Trao Huy hiệu", "30 năm"),
        "award": "Huy hiệu Đảng",
        "recipients": [{"kind": "individual", "count": 5}],
        "split": {"40": 3, "30": 2},
        "level": "cấp tỉnh",
        "date_raw": "dịp này",
        "caption": True,
    },
    {
        "evidence": clause("Truy tặng", "Giàng A Páo"),
        "posthumous": True,
        "recipients": [{"kind": "household", "count": None, "names": ["Giàng A Páo"]}],
        "items": 2,
        "historical": True,
        "decision": "02",
        "decision_date": "2020-10-01",
    },
]
WHOLE: Sheet = sheet(
    TEXT,
    {
        "title": "Tổng kết",
        "published": "2020-10-09",
        "publisher": "Báo Tân Lâm",
        "url": "https://tanlam.example/1",
        "republished_from": "tanlam.example",
    },
    awards=AWARDS,
    not_awards=[
        {"evidence": clause("Đề nghị", "Chính phủ"), "why": "proposed", "award": "Bằng khen của Thủ tướng Chính phủ"},
        {"evidence": clause("Tập thể xuất sắc", "Giấy khen"), "why": "eligible", "award": "Giấy khen"},
        {"evidence": clause("Có 126", "mô hình."), "why": "statistics", "award": None},
    ],
    eligibility=[
        {"evidence": clause("Tập thể xuất sắc", "Giấy khen"), "award": "Giấy khen", "group": "tập thể xuất sắc", "campaign": "Trồng rừng"}
    ],
    launches=[
        {
            "evidence": clause("Phát động", "12/KH-UBND"),
            "campaign": "Trồng rừng",
            "launched_by": "Ủy ban nhân dân tỉnh Lào Cai",
            "theme": "Xanh",
            "document": "12/KH-UBND",
        }
    ],
    targets=[{"evidence": clause("phấn đấu", "tham gia"), "value": 100, "unit": "% thôn tham gia", "campaign": "Trồng rừng"}],
    gatherings=[
        {
            "evidence": clause("Hội nghị", "8/10/2020"),
            "name": "Hội nghị tổng kết phong trào thi đua tỉnh Lào Cai",
            "date": "2020-10-08",
            "organised_by": "Ủy ban nhân dân tỉnh Lào Cai",
            "place": "tỉnh Lào Cai",
        }
    ],
    documents=[
        {
            "evidence": clause("Kế hoạch số", "UBND"),
            "number": "12/KH-UBND",
            "issuer": "Ủy ban nhân dân tỉnh Lào Cai",
            "cited_for": "Trồng rừng",
        }
    ],
    posts=[{"evidence": clause("Bí thư", "Văn Mận"), "person": "Lường Văn Mận", "post": "Bí thư", "body": "Tỉnh ủy Lào Cai"}],
    figures=[{"evidence": clause("Có 126", "mô hình"), "what": "mô hình", "value": 126, "qualifier": "about", "scope": "tỉnh Lào Cai"}],
    campaigns=[{"evidence": clause("Phát động", "Xanh"), "name": "Trồng rừng", "start": "2020-10-08"}],
)


def quads(made: Assembled) -> list[Quad]:
    found = list(parse(made.graph, format=RdfFormat.TRIG))
    return found + (list(parse(made.registry, format=RdfFormat.TURTLE)) if made.registry else [])


def values(made: Assembled, subject: str, property: str) -> list[str]:
    """What is said of a node of the source (`award-1`) or a thing (`body/x`), shortened."""
    sid = sha256(TEXT)[:16]
    kind, _, number = subject.partition("#")
    iri = f"{ID}{kind}/{sid}-{number}" if number else f"{ID}{subject}" if "/" in subject else f"{PREFIXES[subject]}{sid}"
    prefix, name = property.split(":")
    wanted = PREFIXES[prefix] + name
    found = [quad.object for quad in quads(made) if quad.subject == NamedNode(iri) and quad.predicate.value == wanted]
    return sorted(
        {one.value.split("/id/")[-1].replace(f"{sid}-", "#") if isinstance(one, NamedNode) else cast(Literal, one).value for one in found}
    )


@pytest.fixture(scope="module")
def whole() -> Assembled:
    return assemble(WHOLE, TEXT, REGISTRY, {}, recorded=DAY)


# Node, property, values: what the made-up sheet says, said by the graph.
SAID = [
    ("graph", "td:reviewed", ["false"]),
    ("graph", "td:assertedBy", ["extractor thidua 0.1.0"]),
    ("graph", "prov:generatedAtTime", ["2026-11-30T00:00:00Z"]),
    ("source", "td:published", ["2020-10-09"]),
    ("source", "td:publisherName", ["Báo Tân Lâm"]),
    ("source", "dcterms:source", ["https://tanlam.example/1"]),
    ("source", "td:republishedFrom", ["https://tanlam.example/"]),
    ("award#1", "td:awardedBy", ["post/chu-tich-nuoc-cong-hoa-xa-hoi-chu-nghia-viet-nam"]),
    ("award#1", "td:onBehalfOf", ["post/chu-tich-nuoc-cong-hoa-xa-hoi-chu-nghia-viet-nam"]),
    ("award#1", "td:presentedBy", ["person/luong-van-man--bi-thu-tinh-uy-lao-cai"]),
    ("award#1", "td:awardType", [PREFIXES["aw"] + "huan-chuong-lao-dong-hang-nhi"]),
    ("award#1", "td:atGathering", ["gathering/#1"]),
    ("award#1", "td:date", ["2020-10-08"]),
    ("award#2", "td:awardedBy", ["body/uy-ban-nhan-dan-tinh-lao-cai"]),
    ("award#2", "td:forCampaign", ["campaign/dan-van-kheo-tinh-lao-cai-2016-2020"]),
    ("award#2", "td:inPeriod", ["period/2016-2020"]),
    ("award#2", "td:amount", ["30000000.0"]),
    ("award#2", "td:reason", ["làm tốt phong trào"]),
    ("award#2", "td:requestedBy", ["body/ban-tuyen-giao-tinh-uy-lao-cai"]),
    ("award#2", "td:recipientGroup", ["group/#2", "group/#3"]),
    ("group#2", "td:countBound", ["moreThan"]),
    ("group#2", "td:count", ["12"]),
    ("group#3", "td:countBound", ["exact"]),
    ("group#4", "td:awardType", [PREFIXES["aw"] + "huy-hieu-40-nam-tuoi-dang"]),
    ("group#4", "td:count", ["3"]),
    ("group#5", "td:count", ["2"]),
    ("group#6", "td:countBound", ["unknown"]),
    ("award#3", "td:awarderLevel", ["province"]),
    ("award#3", "td:note", ["Thời gian như in: dịp này", "Time as printed: dịp này"]),
    ("award#4", "td:posthumous", ["true"]),
    ("award#4", "td:items", ["2"]),
    ("award#4", "td:note", ["Of the past; the text recalls it.", "Việc đã qua mà bài nhắc lại."]),
    ("proposal#1", "td:stage", ["proposed"]),
    ("proposal#1", "td:awardType", [PREFIXES["aw"] + "bang-khen"]),
    ("proposal#1", "td:awardedBy", ["post/thu-tuong-chinh-phu"]),
    ("eligibility#1", "td:eligibleGroup", ["tập thể xuất sắc"]),
    ("eligibility#2", "td:eligibleGroup", []),
    ("launch#1", "td:launchedBy", ["body/uy-ban-nhan-dan-tinh-lao-cai"]),
    ("launch#1", "td:theme", ["Xanh"]),
    ("launch#1", "td:underDocument", ["document/12-kh-ubnd-uy-ban-nhan-dan-tinh-lao-cai"]),
    ("launch#1", "td:hasTarget", ["target/#1"]),
    ("target#1", "td:unit", ["%"]),
    ("target#1", "td:measure", ["thôn tham gia"]),
    ("target#1", "td:value", ["100.0"]),
    ("gathering#1", "td:place", ["place/tinh-lao-cai"]),
    ("gathering#1", "td:organiser", ["body/uy-ban-nhan-dan-tinh-lao-cai"]),
    ("tenure#1", "td:post", ["post/bi-thu-tinh-uy-lao-cai"]),
    ("tenure#1", "td:attestedOn", ["2020-10-08"]),
    ("tenure#2", "td:post", []),
    ("figure#1", "td:countBound", ["about"]),
    ("figure#1", "td:scope", ["place/tinh-lao-cai"]),
    ("source", "td:cites", ["document/12-kh-ubnd-uy-ban-nhan-dan-tinh-lao-cai"]),
    ("source", "td:note", ["Có nêu nhưng không phải khen thưởng (statistics)", "Told, but no award (statistics)"]),
    ("post/bi-thu-tinh-uy-lao-cai", "org:postIn", ["body/tinh-uy-lao-cai"]),
    ("campaign/dan-van-kheo-tinh-lao-cai-2016-2020", "td:partOfCampaign", ["campaign/dan-van-kheo"]),
]


@pytest.mark.parametrize(("node", "property", "expected"), SAID, ids=[f"{node} {property}" for node, property, _ in SAID])
def test_everything_the_sheet_says_is_said(whole: Assembled, node: str, property: str, expected: list[str]) -> None:
    assert values(whole, node, property) == expected


def test_the_table_of_statements_is_long_enough() -> None:
    assert len(SAID) == 55


# About, property, value, grounds of inferences that must be there.
INFERRED = [
    ("award/#1", "date", "2020-10-08", f"span/#{TEXT.index('Ngày 8')}-{TEXT.index(', Bí thư')}"),
    ("award/#1", "awardedBy", "post/chu-tich-nuoc-cong-hoa-xa-hoi-chu-nghia-viet-nam", "span/"),
    ("award/#2", "inPeriod", "period/2016-2020", "span/"),
    ("tenure/#1", "attestedOn", "2020-10-08", "award/#1"),
    ("figure/#1", "scope", "place/tinh-lao-cai", "source/"),
    ("gathering/#1", "place", "place/tinh-lao-cai", "source/"),
]


@pytest.mark.parametrize(("about", "property", "value", "ground"), INFERRED, ids=[f"{one[0]} {one[1]}" for one in INFERRED])
def test_what_is_not_printed_is_an_inference(whole: Assembled, about: str, property: str, value: str, ground: str) -> None:
    nodes = [f"inference#{number}" for number in range(1, 40)]
    fitting = [
        node
        for node in nodes
        if values(whole, node, "td:about") == [about]
        and values(whole, node, "td:property") == [PREFIXES["td"] + property]
        and values(whole, node, "td:value") == [value]
    ]
    assert len(fitting) == 1
    assert any(ground in one for one in values(whole, fitting[0], "td:inferredFrom"))
    assert len(values(whole, fitting[0], "td:rule")) == 2


def test_every_span_is_of_the_text(whole: Assembled) -> None:
    spans = [quad for quad in quads(whole) if quad.predicate.value == PREFIXES["td"] + "sliceSha256"]
    assert len(spans) >= 15
    for quad in spans:
        start, end = map(int, cast(NamedNode, quad.subject).value.rsplit("-", 2)[1:])
        assert cast(Literal, quad.object).value == sha256(TEXT[start:end])
    assert values(whole, "group#2", "td:evidence") != values(whole, "group#3", "td:evidence")


def test_the_files_are_the_same_every_time(whole: Assembled) -> None:
    again = assemble(WHOLE, TEXT, Registry.load(Assets()), {}, recorded=DAY)
    assert (again.graph, again.registry, again.links) == (whole.graph, whole.registry, whole.links)
    code = (
        "import json, sys\nfrom thidua.assets import Assets\nfrom thidua.extraction.assembly import assemble\n"
        "from thidua.extraction.linking import Registry\nfrom tests.test_assembly import WHOLE, TEXT, DAY\n"
        "made = assemble(WHOLE, TEXT, Registry.load(Assets()), {}, recorded=DAY)\nsys.stdout.buffer.write(made.graph + made.registry)"
    )
    root = Path(__file__).resolve().parents[1]
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=root, env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}, capture_output=True
        )
        assert done.stdout == whole.graph + whole.registry, done.stderr.decode()


def test_a_later_revision_says_so() -> None:
    """Of its graph, of its source, and of the graph before it; all else is as without a former version."""
    sid, before = sha256(TEXT)[:16], "0123456789abcdef"
    former = Former(before, f"{PREFIXES['graph']}{before}-2", 2)
    first, made = (quads(assemble(WHOLE, TEXT, REGISTRY, {}, recorded=DAY, former=one)) for one in (None, former))
    graph, prov = f"{PREFIXES['graph']}{sid}-3", PREFIXES["prov"]
    said = {(quad.subject, quad.predicate.value, quad.object) for quad in made}
    assert (NamedNode(graph), prov + "wasRevisionOf", NamedNode(former.graph)) in said
    moment = Literal(f"{DAY}T00:00:00Z", datatype=NamedNode(PREFIXES["xsd"] + "dateTime"))
    assert (NamedNode(former.graph), prov + "invalidatedAtTime", moment) in said
    source = NamedNode(PREFIXES["source"] + sid)
    assert (source, prov + "wasRevisionOf", NamedNode(PREFIXES["source"] + before)) in said
    assert len(made) == len(first) + 2 + 2 + 1, "two changes of note, three statements"
    assert {quad.graph_name for quad in made} == {DefaultGraph(), NamedNode(graph)}
    assert not [quad for quad in first if quad.predicate.value in (prov + "wasRevisionOf", prov + "invalidatedAtTime")]


def test_a_decision_changes_the_graph_and_its_undoing_restores_it(whole: Assembled) -> None:
    link = [one for one in whole.links if one.slot == "/awards/1/conferred_by"][-1]
    other = f"{ID}body/uy-ban-nhan-dan-tinh-lai-chau"
    changed = assemble(WHOLE, TEXT, REGISTRY, {link.id: other}, recorded=DAY)
    assert values(changed, "award#2", "td:awardedBy") == [other.split("/id/")[-1]]
    assert assemble(WHOLE, TEXT, REGISTRY, {}, recorded=DAY).graph == whole.graph


def test_a_sheet_without_facts_is_a_source_alone() -> None:
    made = assemble(sheet(TEXT), TEXT, REGISTRY, {}, recorded=DAY)
    assert made.registry == b"" and made.links == () and values(made, "source", "dcterms:title") != []


def test_a_sheet_of_another_text_is_refused() -> None:
    with pytest.raises(InputError, match="another text"):
        assemble(WHOLE, TEXT + " ", REGISTRY, {}, recorded=DAY)


@pytest.mark.parametrize("span", [[0, 10**6], [-1, 5], [5, 5], [7, 3]])
def test_a_span_outside_the_text_is_refused(span: list[int]) -> None:
    broken = sheet(TEXT, figures=[{"evidence": span}])
    with pytest.raises(InputError, match="/figures/0"):
        assemble(broken, TEXT, REGISTRY, {}, recorded=DAY)


MONEY = {
    "30 triệu đồng": "30000000.0", "2,8 triệu đồng": "2800000.0", "500.000 đồng": "500000.0", "1.500.000 đồng": "1500000.0",
    "1 tỷ đồng": "1000000000.0", "10 triệu đồng/đơn vị": "10000000.0", "nhiều tiền": None, "30": None, "1.2.3 triệu đồng": None,
}  # fmt: skip


@pytest.mark.parametrize(("words", "money"), MONEY.items())
def test_money_in_dong(words: str, money: str | None) -> None:
    found = dong(words)
    assert (found.value if found else None) == money


def test_texts_cannot_break_out_of_a_literal() -> None:
    block = Block(f"{ID}body/x")
    nasty = 'a" . <x:y> <x:y> "\\ \n\r\t\u0085\u2028\U0001f600 {{ }} @vi'
    block.add("skos:prefLabel", Literal(nasty, language="vi"))
    block.add("td:value", Literal("1.5e3"), Literal("12", datatype=NamedNode(PREFIXES["xsd"] + "decimal")))
    read = list(parse(turtle("t", [block]), format=RdfFormat.TURTLE))
    assert len(read) == 3 and Literal(nasty, language="vi") in {quad.object for quad in read}


def checked(folder: Path, made: list[Assembled]) -> Report:
    files = []
    for number, one in enumerate(made):
        files += [folder / f"{number}.trig", *([folder / f"{number}.ttl"] if one.registry else [])]
        (folder / f"{number}.trig").write_bytes(one.graph)
        (folder / f"{number}.ttl").write_bytes(one.registry)
    assets = Assets()
    return checking.check_with_shipped(files, checking.read_shapes(assets.files("shapes", ".ttl")), assets).report


def fuller(gold: dict[str, Any], text: str) -> Sheet:
    """A whole sheet from an annotation, which has neither spans nor every key; the source's dates are as annotated."""
    lists: dict[str, Any] = {}
    for name in ("awards", "campaigns", "figures", "targets", "eligibility", "posts", "not_awards"):
        lists[name] = [{key: value for key, value in item.items() if value is not None} for item in gold.get(name, [])]
        for item in lists[name]:
            if not item.get("evidence"):
                item["evidence"] = [0, min(len(text), 80)]
    for award in lists["awards"]:
        if award.get("date"):
            award["spans"] = {"date": [award["evidence"]], "recipients": [award["evidence"]]}
            award["inferred"] = {"date": "the gathering"}
    return sheet(text, {key: gold["source"].get(key) for key in ("title", "published", "republished_from")}, **lists)


def test_made_up_and_gold_sheets_conform_to_the_shapes(tmp_path: Path, whole: Assembled) -> None:
    folder = SHARED / "benchmark" / "seeds" / "gold"
    if not folder.is_dir():
        pytest.skip(f"no annotations in {folder}; set THIDUA_SHARED")
    made = [whole]
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        text = next((SHARED / "seeds").glob(f"{gold['id']}_*.txt")).read_bytes().decode()
        made.append(assemble(fuller(gold, text), text, REGISTRY, {}, recorded=DAY))
    assert len(made) == 6
    report = checked(tmp_path, made)
    assert [(one.focus, one.message["en"]) for one in report.findings if one.severity == "violation"] == []
    assert report.focus_nodes > 150


# Seed, node, property, value: what the annotations come to is what was written by hand.
BY_HAND = [
    ("000", "award", "td:awardedBy", "body/ban-tuyen-giao-va-dan-van-tinh-uy-lao-cai-2025-07-01"),
    ("000", "award", "td:presentedBy", "person/duong-duc-huy"),
    ("000", "award", "td:forCampaign", "campaign/thi-dua-yeu-nuoc-nganh-tuyen-giao-va-dan-van-tinh-lao-cai-2020-2025"),
    ("001", "award", "td:onBehalfOf", "body/ban-dan-van-trung-uong"),
    ("001", "award", "td:forCampaign", "campaign/dan-van-kheo-tinh-lai-chau-2016-2020"),
    ("001", "tenure", "td:post", "post/pho-bi-thu-thuong-truc-tinh-uy-lai-chau"),
    ("001", "launch", "td:launches", "campaign/dan-van-kheo-tinh-lai-chau-2021-2025"),
    ("002", "award", "td:awardedBy", "body/uy-ban-nhan-dan-tinh-lao-cai"),
    ("002", "award", "td:forCampaign", "campaign/thi-dua-toan-dien-tinh-lao-cai-2017"),
    ("003", "launch", "td:launchedBy", "post/chu-tich-uy-ban-nhan-dan-tinh-lao-cai"),
    ("003", "launch", "td:launches", "campaign/thi-dua-dac-biet-chao-mung-dai-hoi-tinh-lao-cai-2024-2025"),
    ("003", "eligibility", "td:awardedBy", "post/chu-tich-uy-ban-nhan-dan-tinh-lao-cai"),
    ("004", "award", "td:awardedBy", "body/uy-ban-nhan-dan-huyen-na-hang"),
    ("004", "award", "td:presentedBy", "post/lanh-dao-ban-chi-dao-phong-trao-thi-dua-dan-van-kheo-huyen-na-hang"),
]


@pytest.mark.parametrize(("seed", "kind", "property", "value"), BY_HAND)
def test_annotations_come_to_what_was_written_by_hand(seed: str, kind: str, property: str, value: str) -> None:
    path = SHARED / "benchmark" / "seeds" / "gold" / f"{seed}.json"
    if not path.is_file():
        pytest.skip(f"no annotations in {path.parent}; set THIDUA_SHARED")
    gold = json.loads(path.read_text("utf-8"))
    text = next((SHARED / "seeds").glob(f"{seed}_*.txt")).read_bytes().decode()
    made = assemble(fuller(gold, text), text, REGISTRY, {}, recorded=DAY)
    prefix, name = property.split(":")
    found = {
        cast(NamedNode, quad.object).value.removeprefix(ID)
        for quad in quads(made)
        if f"/id/{kind}/" in str(quad.subject) and quad.predicate.value == PREFIXES[prefix] + name
    }
    assert value in found


def test_graph_and_entries_can_be_read_as_one(whole: Assembled) -> None:
    """`thidua extract --format trig` prints the one after the other."""
    assert len(list(parse(whole.graph + whole.registry, format=RdfFormat.TRIG))) == len(quads(whole)) > 300
