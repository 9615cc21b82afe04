"""Made-up awards, any number of them, with names like those of the domain; the same number gives the same graph."""

from __future__ import annotations

import random
from pathlib import Path

ID = "https://w3id.org/thidua/id/"
PREFIXES = "".join(
    f"@prefix {name}: <{iri}> .\n"
    for name, iri in {
        "td": "https://w3id.org/thidua/ontology#",
        "aw": "https://w3id.org/thidua/award-type/",
        "id": "https://w3id.org/thidua/id/",
        "source": "https://w3id.org/thidua/source/",
        "graph": "https://w3id.org/thidua/graph/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "dcterms": "http://purl.org/dc/terms/",
        "org": "http://www.w3.org/ns/org#",
        "prov": "http://www.w3.org/ns/prov#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }.items()
)
FIRST = "Tân Mường Nậm Bản Khe Suối Đồng Phú Long Bình Yên Vĩnh Thuận Hòa Quảng Thạch Cẩm Đắk Ngọc Lũng".split()
SECOND = "Lâm Hưng Thắng Sơn Thủy Phong Lộc An Hạnh Nghĩa Lĩnh Châu Giang Trạch Đức Khánh Mận Sài Quế Hồ".split()
OFFICES = (
    "Ủy ban nhân dân",
    "Ban Tuyên giáo và Dân vận",
    "Mặt trận Tổ quốc Việt Nam",
    "Hội Liên hiệp Phụ nữ",
    "Liên đoàn Lao động",
    "Bộ Chỉ huy Quân sự",
)
THEMES = (
    "Chung sức xây dựng nông thôn mới",
    "Dân vận khéo",
    "Cả nước chung tay vì người nghèo – Không để ai bị bỏ lại phía sau",
    "Đổi mới, sáng tạo",
    "Thi đua quyết thắng",
    "Toàn dân đoàn kết xây dựng đời sống văn hóa",
    "Giỏi việc nước, đảm việc nhà",
    "Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh",
)
TYPES = (
    "bang-khen giay-khen co-thi-dua khen-thuong ky-niem-chuong huan-chuong-lao-dong-hang-ba bieu-duong chien-si-thi-dua-co-so giai-nhat"
).split()
KINDS = "individual individual individual collective collective household community model unspecified".split()
BOUNDS = "exact exact exact exact exact atLeast about nearly moreThan".split()


def write(folder: Path, events: int) -> Path:
    """Writes graph/registry and graph/sources with `events` award events under `folder`, which it returns, as a --root."""
    draw = random.Random(events)
    places = max(3, min(400, events // 6))
    campaigns = max(2, min(300, events // 15))
    (folder / "graph" / "registry").mkdir(parents=True)
    (folder / "graph" / "sources").mkdir()
    registry = [PREFIXES]
    for place in range(places):
        registry.append(
            f'<{ID}place/p{place}> a td:Place ; td:level "province" ; '
            f'skos:prefLabel "Tỉnh {_place(place)}"@vi ; dcterms:provenance "made up"@en .'
        )
        for number, office in enumerate(OFFICES[: 1 + place % len(OFFICES)]):
            registry.append(
                f'<{_body(place, number)}> a td:Body ; skos:prefLabel "{office} tỉnh {_place(place)}"@vi ; '
                f'td:jurisdiction <{ID}place/p{place}> ; dcterms:provenance "made up"@en .'
            )
            if number:
                registry.append(
                    f"<{ID}affiliation/a{place}-{number}> a td:Affiliation ; "
                    f"td:body <{_body(place, number)}> ; td:parent <{_body(place, 0)}> ."
                )
    for campaign in range(campaigns):
        start = 2012 + campaign * 7 % 12
        registry.append(
            f"<{ID}period/d{campaign}> a td:Period ; "
            f'td:from "{start}-01-01"^^xsd:date ; td:until "{start + campaign % 5}-12-31"^^xsd:date .'
        )
        registry.append(
            f"<{ID}campaign/c{campaign}> a td:Campaign ; td:inPeriod <{ID}period/d{campaign}> ; "
            f'skos:prefLabel "Phong trào thi đua “{THEMES[campaign % len(THEMES)]}” tỉnh {_place(campaign % places)} '
            f'giai đoạn {start} – {start + campaign % 5}"@vi .'
        )
    (folder / "graph" / "registry" / "made-up.ttl").write_text("\n".join(registry) + "\n", "utf-8")
    for number, first in enumerate(range(0, events, 250)):
        several = "\n".join(
            _source(draw, sid, places, campaigns, min(5, events - sid)) for sid in range(first, min(first + 250, events), 5)
        )
        (folder / "graph" / "sources" / f"{number:04}.trig").write_text(PREFIXES + several + "\n", "utf-8")
    return folder


def _place(place: int) -> str:
    return f"{FIRST[place % len(FIRST)]} {SECOND[(place // len(FIRST) + place) % len(SECOND)]}"


def _body(place: int, office: int) -> str:
    return f"{ID}body/b{place}-{office}"


def _source(draw: random.Random, sid: int, places: int, campaigns: int, events: int) -> str:
    """One source with its events, and now and then a launch."""
    lines = [
        f"graph:m{sid} a td:SourceGraph ; prov:wasDerivedFrom source:m{sid} ; "
        f'prov:generatedAtTime "2026-11-0{1 + sid % 9}T00:00:00Z"^^xsd:dateTime .',
        f"graph:m{sid} {{",
        f'source:m{sid} a td:Source ; dcterms:title "Tin khen thưởng số {sid}"@vi .',
        f"<{ID}span/m{sid}> a td:Span ; td:source source:m{sid} .",
    ]
    evidence = f"td:evidence <{ID}span/m{sid}>"
    for number in range(events):
        name = f"m{sid}-{number}"
        place = min(int(draw.expovariate(5 / places)), places - 1)
        day = draw.choice((_day(draw), _day(draw), _day(draw), f'"{draw.randint(2012, 2025)}"^^xsd:gYear', ""))
        campaign = min(int(draw.expovariate(6 / campaigns)), campaigns - 1)
        told = [
            f"td:awardedBy <{_body(place, draw.randrange(1 + place % len(OFFICES)))}>",
            f"td:awardType aw:{TYPES[min(int(draw.expovariate(0.6)), len(TYPES) - 1)]}",
            *([f"td:date {day}"] if day else []),
            *([f"td:forCampaign <{ID}campaign/c{campaign}>"] if draw.random() < 0.7 else []),
        ]
        groups = [f"<{ID}group/{name}-{one}>" for one in range(draw.randint(1, 2))]
        told.append(f"td:recipientGroup {', '.join(groups)}")
        lines.append(f'<{ID}award/{name}> a td:AwardEvent ; td:status "conferred" ; {" ; ".join(told)} ; {evidence} .')
        for group in groups:
            count = f'td:count {max(1, int(draw.lognormvariate(2.5, 1.1)))} ; td:countBound "{draw.choice(BOUNDS)}"'
            if draw.random() < 0.12:
                count = 'td:countBound "unknown"'
            lines.append(f'{group} a td:RecipientGroup ; td:recipientKind "{draw.choice(KINDS)}" ; {count} ; {evidence} .')
        if draw.random() < 0.15:
            lines.append(
                f"<{ID}launch/{name}> a td:Launch ; td:launches <{ID}campaign/c{campaign}> ; "
                f"td:launchedBy <{_body(place, 0)}> ; td:date {_day(draw)} ; {evidence} ."
            )
    return "\n".join([*lines, "}"])


def _day(draw: random.Random) -> str:
    return f'"{draw.randint(2012, 2025)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"^^xsd:date'
