"""Made-up steps for ingestion, as small as they can be: what is tried here is what becomes of texts, not what is read in them.

A text's first line is its title; `URL …` gives its address; each `khen N cá nhân` is an award to so many individuals. Some words make
trouble: SAI (a fault in the sheet), LỖI (a step breaks), CHẬM (a step never ends), EN at the beginning (not in Vietnamese).

As a program it ingests with these: python -m tests.ingestion INTO TEXT… [--jobs N] [--batch N] [--die-at N]; or it is thidua itself
with these steps: python -m tests.ingestion thidua ingest …
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from thidua.errors import InputError
from thidua.extraction.candidate import Candidate
from thidua.extraction.document import Document
from thidua.extraction.ingestion import Options
from thidua.extraction.run import Request, ingest
from thidua.extraction.sheet import Sheet
from thidua.extraction.succession import Former, graph_name
from thidua.extraction.tools import Tools
from thidua.findings import Finding, Report
from thidua.text import nfc, sha256

BODY = "https://w3id.org/thidua/id/body/"
DISTRICT = BODY + "uy-ban-nhan-dan-huyen-na-hang"
PROVINCE = BODY + "uy-ban-nhan-dan-tinh-lao-cai"
NO_BODY = "https://w3id.org/thidua/id/award/000-1"
RECORDED = "2026-12-01"
PREFIXES = """\
@prefix aw: <https://w3id.org/thidua/award-type/> .
@prefix body: <https://w3id.org/thidua/id/body/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix graph: <https://w3id.org/thidua/graph/> .
@prefix id: <https://w3id.org/thidua/id/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix source: <https://w3id.org/thidua/source/> .
@prefix span: <https://w3id.org/thidua/id/span/> .
@prefix td: <https://w3id.org/thidua/ontology#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@dataclass(frozen=True)
class Link:
    """As thidua.extraction.linking has it."""

    id: str
    slot: str
    words: str
    target: str | None
    score: float
    reasons: tuple[tuple[str, str], ...]
    alternatives: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Assembled:
    """As thidua.extraction.assembly has it."""

    graph: bytes
    registry: bytes
    links: tuple[Link, ...]


def read(data: bytes, name: str, *, title: str | None, published: str | None, publisher: str | None, url: str | None) -> Document:
    try:
        text = nfc(data.decode())
    except UnicodeDecodeError as error:
        raise InputError("not-utf8", path=name, line=1, byte="0x00") from error
    address = re.search("^URL (.*)$", text, re.MULTILINE)
    return Document(
        Path(name).stem,
        name,
        text,
        sha256(text),
        (),
        title or text.splitlines()[0],
        published,
        publisher,
        url or (address[1] if address else None),
        language="en" if text.startswith("EN") else "vi",
    )


def extract(document: Document) -> Sheet:
    if "LỖI" in document.text:
        raise ValueError("a step breaks")
    while "CHẬM" in document.text:
        pass
    awards = [{"count": int(found[1]), "evidence": list(found.span())} for found in re.finditer(r"khen (\d+) cá nhân", document.text)]
    source = {"file": document.file, "sha256": document.sha256, "title": document.title, "published": None, "url": document.url}
    lists = ("campaigns", "figures", "targets", "eligibility", "launches", "gatherings", "documents", "posts", "not_awards")
    sheet: Any = {"id": document.id, "source": source, "awards": awards, **{name: [] for name in lists}}
    return sheet  # type: ignore[no-any-return]


def read_json(path: Path) -> object:
    try:
        content: object = json.loads(path.read_bytes())
    except ValueError as error:
        raise InputError("syntax", path=path, line=1, detail="not JSON") from error
    return content


def problems(sheet: object, text: str | None, lang: str) -> list[str]:
    if not isinstance(sheet, dict) or "awards" not in sheet:
        return ["/awards: is missing"]
    return ["/awards/0: is not supported"] if text is not None and "SAI" in text else []


def assemble(sheet: Sheet, text: str, decisions: Mapping[str, str | None], *, recorded: str, former: Former | None) -> Assembled:
    source: Any = sheet["source"]
    sid = source["sha256"][:16]
    revision = 1 if former is None else former.revision + 1
    name = graph_name(sid, revision)
    link_id = sha256(f"{sid} /awards")[:12]
    target = decisions.get(link_id, DISTRICT)
    if target not in (None, DISTRICT, PROVINCE, NO_BODY):
        raise InputError("unknown-node", value=target)
    link = Link(link_id, "/awards/0/conferred_by", "UBND huyện", target, 0.7, (("label", "exact"),), ((BODY + "x", 0.2),))
    lines = [
        PREFIXES,
        f"<{name}> a td:SourceGraph ;",
        f'  prov:wasDerivedFrom source:{sid} ; td:assertedBy "extractor thidua 0.1.0" ;',
        f"  dcterms:license <https://creativecommons.org/licenses/by/4.0/> ; td:reviewed false ; td:revision {revision} ;",
        f'  prov:generatedAtTime "{recorded}T00:00:00Z"^^xsd:dateTime .',
        *([] if former is None else succeeding(name, sid, former, recorded)),
        f"<{name}> {{",
        f"  source:{sid} a td:Source ; dcterms:title {json.dumps(source['title'], ensure_ascii=False)}@vi ;",
        f'    td:sha256 "{source["sha256"]}" .',
    ]
    awards: Any = sheet["awards"]
    for n, award in enumerate(awards, start=1):
        start, end = award["evidence"]
        span = f"span:{sid}-{start}-{end}"
        awarder = f"<{target}>" if target else f"body:moi-{sid}"
        lines += [
            f'  id:award\\/{sid}-{n} a td:AwardEvent ; td:awardedBy {awarder} ; td:awardType aw:khen-thuong ; td:status "conferred" ;',
            f"    td:recipientGroup id:group\\/{sid}-{n} ; td:evidence {span} .",
            f'  id:group\\/{sid}-{n} a td:RecipientGroup ; td:recipientKind "individual" ; td:count {award["count"]} ;',
            f'    td:countBound "exact" ; td:evidence {span} .',
            f"  {span} a td:Span ; td:source source:{sid} ; td:start {start} ; td:end {end} ; ",
            f'    td:sliceSha256 "{sha256(text[start:end])}" .',
        ]
    lines.append("}\n")
    entry = "" if target else (
        f'{PREFIXES}body:moi-{sid} a td:Body ; org:classification <https://w3id.org/thidua/body-type/ubnd-huyen> ;\n'
        f'  skos:prefLabel "Ủy ban nhân dân huyện mới {sid}"@vi, "New People\'s Committee {sid}"@en ;\n'
        f'  dcterms:provenance "nêu trong nguồn {sid}"@vi, "named in source {sid}"@en .\n'
    )  # fmt: skip
    return Assembled("\n".join(lines).encode(), entry.encode(), (link,) if awards else ())


def succeeding(name: str, sid: str, former: Former, recorded: str) -> list[str]:
    """What makes the graph take the place of the former."""
    return [
        f'<{name}> prov:wasRevisionOf <{former.graph}> ; skos:changeNote "văn bản đã đổi"@vi, "the text was changed"@en .',
        f'<{former.graph}> prov:invalidatedAtTime "{recorded}T00:00:00Z"^^xsd:dateTime .',
        f"<{name}> {{ source:{sid} prov:wasRevisionOf source:{former.sid} }}",
    ]


def check(candidates: Sequence[Candidate]) -> dict[str, Report]:
    """A gate that stops awards to nobody."""

    def found(one: Candidate) -> tuple[Finding, ...]:
        wrong = b"td:count 0 " in one.graph
        said = {"en": "an award to nobody", "vi": "khen thưởng mà không có ai"}
        return (Finding("violation", "tds:x", "x", "", "", "x", "", "", "", said, {}),) if wrong else ()

    return {one.sid: Report(found(one), 1) for one in candidates}


def fakes(check: Callable[[Sequence[Candidate]], Mapping[str, Report]] = check, **known: str) -> Tools:
    return Tools(read, extract, read_json, problems, assemble, check, known)


def die_at(step: int) -> None:
    """Kills this process at the so-manieth change of the file system."""
    done = 0

    def count(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal done
        writing = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax")
        if writing or event in ("os.rename", "os.remove", "os.mkdir", "os.rmdir"):
            done += 1
            if done == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def main() -> None:
    if sys.argv[1] == "thidua":
        from thidua import cli
        from thidua.extraction import tools

        tools.load_tools = lambda assets, extra=None: fakes()
        sys.exit(cli.main(sys.argv[2:]))
    parser = argparse.ArgumentParser()
    parser.add_argument("into", type=Path)
    parser.add_argument("text", type=Path, nargs="+")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--batch", type=int, default=5)
    parser.add_argument("--die-at", type=int)
    args = parser.parse_args()
    if args.die_at:
        die_at(args.die_at)
    print("begun", flush=True)
    request = Request(tuple(args.text), (), args.into, Options(RECORDED), args.jobs, args.batch)
    counts = Counter(outcome.kind for outcome in ingest(request, fakes))
    print(json.dumps(counts))


if __name__ == "__main__":
    main()
