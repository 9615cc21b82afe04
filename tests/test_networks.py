"""Networks: what is a tie and what it weighs, that files give it back, what is measured, and what the command says."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx
import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from tests.conftest import CASES, ROOT, thidua
from tests.test_cli import assert_fails
from tests.test_readme import BLOCK
from thidua.assets import Assets
from thidua.build import build_in_memory
from thidua.defaults import NETWORKS
from thidua.errors import InputError, NothingChecked
from thidua.networks import measures as measures_module
from thidua.networks import relations
from thidua.networks.files import WRITERS
from thidua.networks.measures import measures, page_rank, sample_size
from thidua.networks.network import network
from thidua.questions import ask, load_questions
from thidua.selection import read_filters, select_part, whole
from thidua.terms import ID, PREFIXES, td
from thidua.views import view

Graph = Any  # a networkx graph; its own type has no version for both directed and not
READERS: dict[str, Callable[[io.BytesIO], Graph]] = {"graphml": networkx.read_graphml, "gexf": networkx.read_gexf}


@pytest.fixture(scope="module")
def small() -> Store:
    return build_in_memory(Assets(CASES / "small"))


@pytest.fixture(scope="module")
def hostile() -> Store:
    """The small graph with a body whose names no file format likes, and an award to it."""
    node = NamedNode(ID + "body/hostile")
    label = "\"Đội 'một'\" & <hai>\r\nchi nhánh\t\u200fمثال\u200f \x01\x0b\ufffe $x_1$ ]]>"
    event, group = NamedNode(ID + "award/hostile"), NamedNode(ID + "group/hostile")
    described: list[tuple[NamedNode, NamedNode, NamedNode | Literal]] = [
        (node, RDF_TYPE, td("Body")),
        (node, NamedNode(PREFIXES["skos"] + "prefLabel"), Literal(label, language="vi")),
        (event, RDF_TYPE, td("AwardEvent")),
        (event, td("awardedBy"), node),
        (event, td("recipientGroup"), group),
        (group, RDF_TYPE, td("RecipientGroup")),
        (group, td("count"), Literal(3)),
        (group, td("recipientKind"), Literal("individual")),
    ]
    return build_in_memory(Assets(CASES / "small"), extra=[Quad(*triple) for triple in described])


RDF_TYPE = NamedNode(PREFIXES["rdf"] + "type")


def short(node: str) -> str:
    return node.removeprefix(ID).removeprefix("https://w3id.org/thidua/network/").removeprefix(PREFIXES["pt"])


def ties(graph: Graph, *names: str) -> dict[tuple[str, str], tuple[object, ...]]:
    return {(short(one), short(other)): tuple(data.get(name) for name in names) for one, other, data in graph.edges(data=True)}


def test_every_network_has_its_query() -> None:
    found = sorted(path.name for path in (ROOT / "src" / "thidua" / "views" / "networks").glob("*.rq"))
    assert found == sorted([*(f"{kind}.edges.rq" for kind in NETWORKS), "nodes.rq"])
    assert all(view(f"networks/{kind}.edges").asks("vi") != view(f"networks/{kind}.edges").asks("en") for kind in NETWORKS)


def test_who_awarded_whom(small: Store) -> None:
    graph = network(whole(small), "awards")
    found = ties(graph, "weight", "bound", "uncounted", "events", "jointEvents", "items", "placeTold")
    province, level, told = "body/uy-ban-nhan-dan-tinh-tan-lam", "awarder-of-level-central", "place-not-told#recipients-"
    assert found == {
        # one event told by two sources, by the account that counts: three collectives, one of them named, and two named people
        (province, "body/cong-ty-tan-lam-xanh"): (1.0, "exact", 0, 1, None, None, None),
        (province, "place/tinh-tan-lam#recipients-collective"): (2.0, "exact", 0, 1, None, None, "awarder"),
        (province, "person/hoang-thi-dao"): (1.0, "exact", 0, 1, None, None, None),
        (province, "person/marie-duval"): (1.0, "exact", 0, 1, None, None, None),
        # two awarders together: at least five for each, and each says so
        ("body/so-noi-vu-tinh-tan-lam", "place/tinh-tan-lam#recipients-collective"): (5.0, "atLeast", 0, 1, 1, None, "awarder"),
        ("body/hoi-khuyen-doc-viet-nam", f"{told}collective"): (5.0, "atLeast", 0, 1, 1, None, None),
        ("body/hoi-khuyen-doc-viet-nam", f"{told}individual"): (12.0, "exact", 0, 1, None, None, None),
        # an order in two classes: one and at most four
        (level, "place/huyen-may-ngan#recipients-individual"): (5.0, "atMost", 0, 1, None, None, "event"),
        (level, "place/huyen-may-ngan#recipients-household"): (1.0, "exact", 0, 1, None, None, "event"),
        ("post/chu-tich-uy-ban-nhan-dan-tinh-tan-lam", "place/tinh-tan-lam#recipients-individual"): (
            1.0,
            "exact",
            0,
            1,
            None,
            None,
            "awarder",
        ),
        # fifteen certificates to recipients whom nobody counted
        ("giam-doc-doanh-nghiep", f"{told}unspecified"): (None, None, 1, 1, None, 15, None),
        ("body/ban-dan-van-tinh-uy-tan-lam", "place/xa-suoi-hoa#recipients-individual"): (1.0, "exact", 0, 1, None, None, "event"),
        ("body/ban-dan-van-tinh-uy-tan-lam", "place/xa-suoi-hoa#recipients-collective"): (10.0, "about", 0, 1, None, None, "event"),
        ("awarder-not-told", f"{told}model"): (None, None, 1, 1, None, None, None),
    }
    assert not any("proposal" in str(data) or "award/a003-2" in str(data) for _, _, data in graph.edges(data=True))


def test_two_accounts_of_one_event_are_one_with_the_sources_of_both(small: Store) -> None:
    tie = network(whole(small), "awards").edges[ID + "body/uy-ban-nhan-dan-tinh-tan-lam", ID + "person/marie-duval"]
    assert tie["eventIris"] == ID + "award/a001-1"
    assert tie["sourceIris"].split() == [PREFIXES["source"] + "a001", PREFIXES["source"] + "a002"]


def test_the_weights_are_the_totals(shipped: Store) -> None:
    graph = network(whole(shipped), "awards")
    sums: dict[str, float] = {}
    for _, other, data in graph.edges(data=True):
        sums[graph.nodes[other]["recipientKind"]] = sums.get(graph.nodes[other]["recipientKind"], 0) + data.get("weight", 0)
    totals = ask(shipped, load_questions(Assets())["award-totals"])
    assert sums == {row[0].value: float(row[1].value) for row in totals.rows} == {"collective": 34, "individual": 104}  # type: ignore[union-attr]
    assert sum(data["uncounted"] for _, _, data in graph.edges(data=True)) == 1
    assert [data for _, _, data in graph.edges(data=True) if "weight" not in data and not data["uncounted"]] == []


def test_names_that_two_share_are_told_apart(shipped: Store) -> None:
    labels = [data["label"] for _, data in network(whole(shipped), "awards").nodes(data=True)]
    assert {"tập thể, Tỉnh Lào Cai (từ 2025-07-01)", "tập thể, Tỉnh Lào Cai (đến 2025-06-30)"} <= set(labels)
    assert len(labels) == len(set(labels)) == 14


def test_who_is_under_whom(small: Store) -> None:
    found = ties(network(whole(small), "hierarchy"), "relation", "eventIris")
    assert len(found) == 6
    assert found["body/so-noi-vu-tinh-tan-lam", "body/uy-ban-nhan-dan-tinh-tan-lam"] == ("under", ID + "affiliation/so-noi-vu-tinh-tan-lam")
    assert found["post/giam-doc-so-noi-vu-tinh-tan-lam", "body/so-noi-vu-tinh-tan-lam"] == ("postIn", None)
    assert networkx.number_of_isolates(network(whole(small), "hierarchy")) == 4


def test_bodies_and_campaigns(small: Store) -> None:
    forest, contest = "campaign/chung-tay-giu-rung-tinh-tan-lam-2024-2025", "campaign/cuoc-thi-viet-ve-rung"
    found = ties(network(whole(small), "campaigns"), "launches", "awards", "weight")
    assert found == {
        ("body/uy-ban-nhan-dan-tinh-tan-lam", forest): (1, 1, 2.0),
        ("body/ban-dan-van-tinh-uy-tan-lam", contest): (0, 1, 1.0),
        (contest, "post/chu-tich-uy-ban-nhan-dan-tinh-tan-lam"): (1, 0, 1.0),
    }
    bodies = network(whole(small), "campaigns", projected="bodies")
    assert ties(bodies, "weight", "campaignIris") == {
        ("body/ban-dan-van-tinh-uy-tan-lam", "post/chu-tich-uy-ban-nhan-dan-tinh-tan-lam"): (1.0, ID + contest)
    }
    assert len(bodies) == 3
    assert (len(network(whole(small), "campaigns", projected="campaigns")), bodies.is_directed()) == (2, False)


def test_people_share_posts_and_gatherings(small: Store) -> None:
    found = ties(network(whole(small), "people"), "posts", "gatherings", "sharedIris")
    assert len(found) == 6
    assert set(found.values()) == {(0, 1, ID + "gathering/a001-1")}


def test_a_projection_too_large_is_refused(small: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relations, "MOST_PAIRS", 5)
    with pytest.raises(InputError, match="6 ties, over 5"):
        network(whole(small), "people")


def test_reforms_claim_no_pair_that_nobody_told(shipped: Store) -> None:
    graph = network(whole(shipped), "reforms")
    event = ID + "reorganisation/ldld-huyen-end"  # several became several: which became which is not told
    assert (graph.in_degree(event), graph.out_degree(event)) == (5, 4)
    assert not any(graph.has_edge(one, other) for one in graph.predecessors(event) for other in graph.successors(event))
    merged = [one for one, _ in graph.in_edges(ID + "place/tinh-lao-cai-2025-07-01")]
    assert sorted(merged) == [ID + "place/tinh-lao-cai", ID + "place/tinh-yen-bai"]
    assert len({one for event in graph.edges(data="eventIris") for one in event[2].split()}) > 300


@pytest.mark.parametrize("kind", NETWORKS)
def test_every_tie_has_events_that_are_there(kind: str, small: Store) -> None:
    graph = network(whole(small), kind)
    seen = 0
    for one, other, data in graph.edges(data=True):
        assert data.get("relation") == "postIn" or data["eventIris"], (one, other)
        for iri in [*data.get("eventIris", "").split(), *data.get("sourceIris", "").split()]:
            seen += 1
            assert next(small.quads_for_pattern(NamedNode(iri), None, None, DefaultGraph()), None) is not None
        assert data["events"] == len(data.get("eventIris", "").split())
    assert seen > 1
    for _, data in graph.nodes(data=True):
        assert "iri" in data or data["kind"] in ("recipients", "unknown", "level")


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize("kind", NETWORKS)
@pytest.mark.parametrize("data", ["small", "shipped", "hostile"])
def test_files_give_the_network_back(form: str, kind: str, data: str, request: pytest.FixtureRequest) -> None:
    graph = network(whole(request.getfixturevalue(data)), kind)
    again = READERS[form](io.BytesIO("".join(WRITERS[form](graph)).encode()))
    assert again.is_directed() == graph.is_directed()
    assert not again.is_multigraph()
    assert dict(again.nodes(data=True)) == dict(graph.nodes(data=True))
    assert again.adj == graph.adj
    for one, other in ((again.nodes, graph.nodes), (again.edges, graph.edges)):
        for key in other:
            assert {name: type(value) for name, value in one[key].items()} == {name: type(value) for name, value in other[key].items()}
    if form == "graphml":
        assert {name: again.graph[name] for name in graph.graph} == graph.graph


@pytest.mark.parametrize("kind", NETWORKS)
def test_node_link_json_gives_the_network_back(kind: str, hostile: Store) -> None:
    graph = network(whole(hostile), kind)
    again = networkx.node_link_graph(json.loads("".join(WRITERS["json"](graph))), edges="edges")
    assert networkx.utils.graphs_equal(again, graph)


def test_a_label_that_no_file_likes(hostile: Store) -> None:
    label = network(whole(hostile), "awards").nodes[ID + "body/hostile"]["label"]
    assert label == "\"Đội 'một'\" & <hai> chi nhánh \u200fمثال\u200f \ufffd\ufffd\ufffd $x_1$ ]]>"


@pytest.mark.parametrize(
    "given",
    [{"source": "a001"}, {"source": "a002"}, {"campaign": "chung tay giữ rừng"}, {"from": "2024-08-01", "until": "2025-12-31"}],
)
def test_a_part_has_the_awards_that_the_question_gives(given: dict[str, str], small: Store) -> None:
    questions = load_questions(Assets())
    from thidua.resolve import resolve

    question = questions["who-awarded-what-to-whom"]
    answer = ask(small, question, {name: resolve(small, name, question.parameters[name], value) for name, value in given.items()})
    status, event = answer.columns.index("status"), answer.columns.index("event")
    wanted = {row[event].value for row in answer.rows if row[status] != Literal("revoked")}  # type: ignore[union-attr]
    graph = network(select_part(small, read_filters(small, given)), "awards")
    assert {iri for _, _, iris in graph.edges(data="eventIris") for iri in iris.split()} == wanted != set()


def test_nothing_left_is_no_network(small: Store) -> None:
    with pytest.raises(NothingChecked, match="the network people has no nodes here"):
        network(select_part(small, read_filters(small, {"source": "a003"})), "people")


# ── measures ──


def row_of(graph: Graph, node: str) -> dict[str, str]:
    answer = measures(graph)
    for row in answer.rows:
        if row[0] == NamedNode(node):
            return {name: term.value for name, term in zip(answer.columns, row, strict=True) if term is not None}  # type: ignore[union-attr]
    raise AssertionError(node)


def test_measures_of_a_node(small: Store) -> None:
    graph = network(whole(small), "awards")
    found = row_of(graph, ID + "body/uy-ban-nhan-dan-tinh-tan-lam")
    assert {name: found[name] for name in ("degree", "inDegree", "outDegree", "weightedDegree", "uncountedTies", "componentSize")} == {
        "degree": "4", "inDegree": "0", "outDegree": "4", "weightedDegree": "5", "uncountedTies": "0", "componentSize": "6",
    }  # fmt: skip
    uncounted = row_of(graph, "https://w3id.org/thidua/network/awarder-not-told")
    assert "weightedDegree" not in uncounted  # no count is no 0
    assert (uncounted["degree"], uncounted["uncountedTies"]) == ("1", "1")


def test_betweenness_is_that_of_the_network_without_direction(small: Store) -> None:
    graph = network(whole(small), "awards")
    wanted = networkx.betweenness_centrality(networkx.Graph(graph))
    found = {row[0].value: float(row[9].value) for row in measures(graph).rows}  # type: ignore[union-attr]
    assert found == pytest.approx(wanted)
    assert max(wanted.values()) > 0


def test_page_rank_is_that_of_networkx() -> None:
    from networkx.algorithms.link_analysis.pagerank_alg import _pagerank_python

    for seed in range(5):
        draw = random.Random(seed)
        graph = networkx.gnp_random_graph(40, 0.06, seed=seed, directed=seed % 2 == 0)
        for _, _, data in graph.edges(data=True):
            data["events"] = draw.randint(1, 9)
        wanted = _pagerank_python(graph, weight="events", tol=1e-12, max_iter=500)
        assert page_rank(graph) == pytest.approx([wanted[node] for node in graph], abs=1e-7)


def test_a_sample_says_so(small: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (sample_size(1000, 2000), sample_size(20_000, 40_000)) == (None, 100)
    monkeypatch.setattr(measures_module, "MOST_STEPS", 100)
    answer = measures(network(whole(small), "awards"))
    assert {row[10].value for row in answer.rows} == {"sample of 16 of 21"}  # type: ignore[union-attr]
    assert measures(network(whole(small), "awards")) == answer


# ── the command ──


def run_twice(*args: str | Path) -> bytes:
    """What the command prints; the same whatever order Python's sets have."""
    outputs = [
        subprocess.run(
            [sys.executable, "-m", "thidua", *map(str, args)], capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    ]
    assert outputs[0] == outputs[1]
    return outputs[0]


@pytest.mark.parametrize("form", ["graphml", "gexf", "json", "svg", "png", "csv"])
def test_the_same_network_is_the_same_bytes(form: str, small_path: Path) -> None:
    content = run_twice("network", "awards", "--format", form, "--store", small_path)
    assert len(content) > 1000
    assert b"lastmodified" not in content


def test_measures_as_a_table(small_path: Path) -> None:
    content = run_twice("network", "awards", "--measures", "--format", "csv", "--store", small_path)
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    assert len(rows) == 21
    assert {row["betweennessFrom"] for row in rows} == {"all"}
    assert {row["label"] for row in rows} >= {"Ủy ban nhân dân tỉnh Tân Lâm", "không nêu bên tặng"}


def test_written_whole_and_never_over_another(small_path: Path, tmp_path: Path) -> None:
    out = tmp_path / "awards.graphml"
    args = ("network", "awards", "--format", "graphml", "--store", small_path, "-o", out)
    assert thidua(*args).returncode == 0
    assert networkx.read_graphml(out).number_of_edges() == 14
    assert_fails(thidua(*args), 2, "exists; add --force")
    assert thidua(*args, "--force").returncode == 0
    assert_fails(thidua(*args[:-1], tmp_path / "none" / "x.graphml"), 2, "no such file")


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (["award"], 2, "unknown network award; did you mean: awards?"),
        (["xyzzyw"], 2, "there are: awards, hierarchy, campaigns, people, reforms"),
        (["awards", "--format", "graphlm"], 2, "did you mean: graphml?"),
        (["awards", "--measures", "--format", "svg"], 2, "there is no form svg"),
        (["people", "--projected"], 2, "--projected goes with campaigns only"),
        (["awards", "--columns", "fromm"], 2, "there is no column fromm"),
        (["awards", "--from", "2025-01-01", "--until", "2024-01-01"], 2, "--until"),
        (["awards", "--body", "nowhere at all"], 2, "nothing of kind body"),
        (["people", "--source", "a003"], 3, "the network people has no nodes here"),
        (["awards", "--campaign", "id:campaign/chung-tay-giu-rung-huyen-may-ngan-2024"], 3, "has no nodes"),
    ],
)
def test_networks_that_cannot_be_made(args: list[str], code: int, says: str, small_path: Path) -> None:
    assert_fails(thidua("network", *args, "--store", small_path), code, says)


def test_the_page_shows_what_is_printed(shipped_path: Path) -> None:
    import shlex

    blocks = BLOCK.findall((ROOT / "docs" / "networks.md").read_text("utf-8"))
    assert len(blocks) == 1
    for block in blocks:
        command, _, output = block.partition("\n")
        run = thidua(*shlex.split(command.removeprefix("$ thidua ")), "--store", shipped_path)
        assert (run.returncode, run.stdout) == (0, output)


# ── the whole data set as a property graph ──


@pytest.mark.parametrize("form", READERS)
def test_the_whole_data_set_as_a_graph(form: str, small: Store, small_path: Path, tmp_path: Path) -> None:
    out = tmp_path / f"all.{form}"
    assert thidua("export", "--format", form, "--store", small_path, "-o", out).returncode == 0
    graph = networkx.MultiDiGraph(READERS[form](io.BytesIO(out.read_bytes())))
    event = ID + "award/a001-1"
    quads = [quad for quad in small.quads_for_pattern(NamedNode(event), None, None, DefaultGraph()) if quad.predicate != RDF_TYPE]
    wanted = sorted(
        (q.predicate.value, q.object.value)
        for q in quads
        if isinstance(q.object, NamedNode) and not q.object.value.startswith(PREFIXES["td"])
    )
    assert sorted((data["property"], other) for _, other, data in graph.out_edges(event, data=True)) == wanted
    assert len(wanted) > 10
    assert graph.nodes[event]["td:reason@en"] == "for keeping the forest"
    assert graph.nodes[ID + "group/a001-1"]["td:count"] == 3
    assert not any(node.startswith(PREFIXES["td"]) for node in graph)
    assert all("label" in data for _, data in graph.nodes(data=True))  # no edge leads to a node that is not there
    again = thidua("export", "--format", form, "--store", small_path)
    assert again.stdout.encode() == out.read_bytes()
