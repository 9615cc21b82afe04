"""The five sources: every fact of the checklists, every span and hash, and nothing that the articles do not say."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from tests.cases import QUESTIONS
from tests.conftest import CASES, SHARED
from thidua.answers import text_of
from thidua.questions import ask
from thidua.terms import ID, PREFIXES, RDF_TYPE, expand, td
from thidua.text import fold, nfc, sha256

SIDS = ("000", "001", "002", "003", "004")
END_OF_ARTICLE_003 = 4573  # what follows is the site's list of other news
OWNED = ("AwardEvent", "Eligibility", "Proposal", "RecipientGroup", "Launch", "Target", "Figure", "Tenure", "Gathering")
BOUNDS = {"exact": "exact", "over": "moreThan", "nearly": "nearly", "about": "about", "at least": "atLeast", "at most": "atMost"}


def rows_of(sid: str) -> list[dict[str, str]]:
    with (CASES / "checklists" / f"{sid}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


CHECKLIST = [(sid, row) for sid in SIDS for row in rows_of(sid)]


def graph_of(sid: str) -> NamedNode:
    return NamedNode(PREFIXES["graph"] + sid)


def quads_of(store: Store, sid: str) -> list[Quad]:
    return list(store.quads_for_pattern(None, None, None, graph_of(sid)))


def node(name: str) -> NamedNode:
    iri = expand(name)
    assert iri is not None, name
    return NamedNode(iri)


def text_of_article(sid: str, folder: Path) -> str:
    (path,) = folder.glob(f"{sid}_*.txt")
    return nfc(path.read_bytes().decode("utf-8"))


def test_number_of_facts_on_the_checklists() -> None:
    assert Counter(sid for sid, _ in CHECKLIST) == {"000": 25, "001": 30, "002": 21, "003": 17, "004": 16}


@pytest.mark.parametrize(("sid", "row"), CHECKLIST, ids=[f"{sid}-{row['node']}-{row['property']}" for sid, row in CHECKLIST])
def test_fact_of_the_checklist(sid: str, row: dict[str, str], shipped: Store) -> None:
    said = [text_of(q.object) for q in shipped.quads_for_pattern(node(row["node"]), node(row["property"]), None, graph_of(sid))]
    assert (expand(row["value"]) or row["value"]) in said, row["fact"]


def test_the_special_campaign_has_no_award(shipped: Store) -> None:
    campaign = node("id:campaign/thi-dua-dac-biet-chao-mung-dai-hoi-tinh-lao-cai-2024-2025")
    for_it = [quad.subject for quad in shipped.quads_for_pattern(None, td("forCampaign"), campaign)]
    kinds = {quad.object for subject in for_it for quad in shipped.quads_for_pattern(subject, RDF_TYPE, None)}
    assert td("Eligibility") in kinds
    assert td("AwardEvent") not in kinds
    assert not [quad for quad in quads_of(shipped, "003") if quad.object == td("AwardEvent")]


@pytest.mark.parametrize("sid", SIDS)
def test_every_node_of_a_source_has_evidence_of_that_source(sid: str, shipped: Store) -> None:
    nodes = {q.subject for q in quads_of(shipped, sid) if q.predicate == RDF_TYPE and q.object in [td(kind) for kind in OWNED]}
    assert len(nodes) >= 5
    for one in nodes:
        spans = [q.object for q in shipped.quads_for_pattern(one, td("evidence"), None, graph_of(sid))]
        assert spans, one
        for span in spans:
            assert isinstance(span, NamedNode)
            sources = [q.object for q in shipped.quads_for_pattern(span, td("source"), None, graph_of(sid))]
            assert sources == [NamedNode(PREFIXES["source"] + sid)], (one, span)


@pytest.mark.parametrize("sid", SIDS)
def test_spans_are_the_slices_they_say(sid: str, shipped: Store, seeds: Path) -> None:
    article = text_of_article(sid, seeds)
    (digest,) = [q.object for q in shipped.quads_for_pattern(NamedNode(PREFIXES["source"] + sid), td("sha256"), None, graph_of(sid))]
    assert text_of(digest) == sha256(article)
    spans = [q.subject for q in quads_of(shipped, sid) if q.object == td("Span")]
    assert len(spans) >= 10
    for span in spans:
        value = {q.predicate.value.rsplit("#")[-1]: text_of(q.object) for q in quads_of(shipped, sid) if q.subject == span}
        start, end = int(value["start"]), int(value["end"])
        assert 0 <= start < end <= len(article)
        assert value["sliceSha256"] == sha256(article[start:end])
        assert span == NamedNode(f"{ID}span/{sid}-{start}-{end}")
        assert sid != "003" or end <= END_OF_ARTICLE_003, "the list of other news is not the article's"


def test_teasers_after_the_article_are_not_read(shipped: Store) -> None:
    stated = " ".join(str(quad) for quad in quads_of(shipped, "003"))
    for name in ("hoang-giang", "nguyen-thanh-sinh", "duong-duc-huy", "bau-cu", "Hoàng Giang"):
        assert name not in stated


@pytest.mark.parametrize("sid", SIDS)
def test_inferences_say_what_the_graph_says(sid: str, shipped: Store) -> None:
    stated = quads_of(shipped, sid)
    inferences = [q.subject for q in stated if q.object == td("Inference")]
    assert bool(inferences) == (sid != "003")
    for inference in inferences:
        value: dict[str, Any] = {q.predicate.value.rsplit("#")[-1]: q.object for q in stated if q.subject == inference}
        assert Quad(value["about"], value["property"], value["value"], graph_of(sid)) in stated, inference
        assert {"rule", "inferredFrom", "certainty"} <= set(value), inference


def printed_numbers(article: str) -> str:
    return article.replace(".", "").replace(",", "")


@pytest.mark.parametrize("sid", SIDS)
def test_no_count_or_value_that_the_spans_do_not_print(sid: str, shipped: Store, seeds: Path) -> None:
    article, checked = text_of_article(sid, seeds), 0
    for quad in quads_of(shipped, sid):
        if quad.predicate not in (td("count"), td("value")) or "/inference/" in str(quad.subject):
            continue
        number = text_of(quad.object)
        words = [
            article[int(start) : int(end)]
            for evidence in shipped.quads_for_pattern(quad.subject, td("evidence"), None, graph_of(sid))
            for start, end in [text_of(evidence.object).rsplit("/")[-1].split("-")[1:]]
        ]
        assert any(number in printed_numbers(one) or (number == "1" and "một" in one) for one in words), quad
        checked += 1
    assert checked >= 2


def gold(sid: str) -> dict[str, Any]:
    path = SHARED / "benchmark" / "seeds" / "gold" / f"{sid}.json"
    if not path.is_file():
        pytest.skip(f"the annotations are not in {path.parent}; set THIDUA_SHARED")
    annotation: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return annotation


def bare(name: str | None) -> str:
    """A name for comparing two hands' spelling of it: folded, without the words for emulation movement."""
    return fold(name or "").removeprefix("phong trao ").removeprefix("thi dua ").strip()


@pytest.mark.parametrize("sid", SIDS)
def test_awards_are_those_another_reader_found(sid: str, shipped: Store) -> None:
    wanted = Counter(
        (award["conferred_by"], award["award"], group["kind"], str(group["count"] or ""), award["date"] or "", award["on_behalf_of"] or "")
        for award in gold(sid)["awards"]
        for group in award["recipients"]
    )
    answer = ask(shipped, QUESTIONS["who-awarded-what-to-whom"], {"source": NamedNode(PREFIXES["source"] + sid)})
    place = [
        answer.columns.index(c) for c in ("awarderLabel", "awardTypeLabel", "recipientKind", "recipientCount", "date", "onBehalfOfLabel")
    ]
    found = Counter(tuple(text_of(row[i]).replace("Khen thưởng", "khen thưởng") for i in place) for row in answer.rows)
    assert found == wanted


@pytest.mark.parametrize("sid", SIDS)
def test_figures_and_targets_are_those_another_reader_found(sid: str, shipped: Store) -> None:
    def numbers(kind: str, sign: str) -> Counter[tuple[str, str]]:
        nodes = [q.subject for q in quads_of(shipped, sid) if q.predicate == RDF_TYPE and q.object == td(kind)]
        values = [{q.predicate: q.object for q in quads_of(shipped, sid) if q.subject == one} for one in nodes]
        return Counter((text_of(value[td("value")]), text_of(value[td(sign)])) for value in values)

    annotation = gold(sid)
    assert numbers("Figure", "countBound") == Counter((str(f["value"]), BOUNDS[f["qualifier"]]) for f in annotation["figures"])
    assert numbers("Target", "comparator") == Counter((str(t["value"]), t["comparator"]) for t in annotation.get("targets", []))


@pytest.mark.parametrize("sid", SIDS)
def test_posts_and_launches_are_those_another_reader_found(sid: str, shipped: Store) -> None:
    source, annotation = NamedNode(PREFIXES["source"] + sid), gold(sid)
    posts = ask(shipped, QUESTIONS["posts-held"])
    held = {(text_of(row[1]), text_of(row[3])) for row in posts.rows if row[5] == source}
    assert held == {(post["person"], post["body"]) for post in annotation["posts"]}
    launches = ask(shipped, QUESTIONS["campaign-launches"])
    by = Counter(fold(text_of(row[2])) for row in launches.rows if row[6] == source)
    assert by == Counter(fold(campaign["launched_by"]) for campaign in annotation["campaigns"] if campaign["launched_by"])
    themes = {text_of(row[3]) for row in launches.rows if row[6] == source} - {""}
    assert themes == {campaign["theme"] for campaign in annotation["campaigns"] if campaign["theme"]}


def test_shares_no_sentences_with_the_articles(shipped: Store, seeds: Path) -> None:
    """Offsets and hashes stand for the words: beyond names, titles, themes and measures nothing of the text is kept."""
    names = {td("theme"), td("measure"), NamedNode(PREFIXES["dcterms"] + "title")}
    names |= {NamedNode(PREFIXES["skos"] + label) for label in ("prefLabel", "altLabel")}
    allowed = "\n".join(q.object.value for q in shipped if q.predicate in names and isinstance(q.object, Literal))
    folder, length = CASES.parents[1] / "graph", 45
    data = "\n".join(path.read_text("utf-8") for kind in ("sources", "registry") for path in sorted((folder / kind).iterdir()))
    kept = 0
    for sid in SIDS:
        article = text_of_article(sid, seeds)
        for start in range(0, len(article) - length, 5):
            window = article[start : start + length]
            if '"' not in window and window in data:
                kept += 1
                assert window in allowed, (sid, start, window)
    assert kept > 20, "the titles and themes at least were found"


def test_literals_are_in_nfc(shipped: Store) -> None:
    for quad in shipped:
        if isinstance(quad.object, Literal):
            assert nfc(quad.object.value) == quad.object.value
