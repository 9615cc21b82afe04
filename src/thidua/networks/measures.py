"""What can be measured of a network's nodes, as a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from thidua.answers import Answer, Term
from thidua.messages import text
from thidua.networks.ties import Value
from thidua.terms import PREFIXES

if TYPE_CHECKING:
    import networkx

SEED = 1
MOST_STEPS = 6_000_000  # edges walked for betweenness: some ten seconds
_DAMPING, _CLOSE, _MOST_ROUNDS = 0.85, 1e-10, 200
COLUMNS = [
    "node", "label", "kind", "degree", "inDegree", "outDegree", "events", "weightedDegree", "uncountedTies", "betweenness",
    "betweennessFrom", "pageRank", "component", "componentSize", "community",
]  # fmt: skip


def sample_size(nodes: int, edges: int) -> int | None:
    """From how many nodes betweenness is worked out; None for all, which is exact."""
    cost = max(nodes + edges, 1)
    return None if nodes * cost <= MOST_STEPS else max(MOST_STEPS // cost, 16)


def sampled_hint(graph: networkx.Graph[str], lang: str) -> str:
    """What to say beside the table where betweenness is of a sample; nothing where it is exact."""
    drawn = sample_size(len(graph), graph.number_of_edges())
    return "" if drawn is None else text("betweenness-sampled", lang, drawn=drawn, nodes=len(graph), seed=SEED)


def measures(graph: networkx.Graph[str]) -> Answer:
    """One row a node, in the order of the graph's nodes, the columns COLUMNS.

    Betweenness (Freeman 1977, normalised) and communities (Louvain, resolution 1, seed SEED) look at ties without their
    direction; betweenness takes each as one step. Communities and PageRank (damping 0.85) weigh a tie by its events (one where
    it has none), never by counts of recipients, which are not known everywhere. `weightedDegree` is the sum of the weights of
    the ties that have one, in and out; `uncountedTies` says how many have at least one group that nobody counted. Beyond
    MOST_STEPS betweenness is worked out from a sample of the nodes, drawn with SEED: `betweennessFrom` says of how many.
    """
    import networkx

    names = list(graph)
    numbered: networkx.Graph[int] = networkx.convert_node_labels_to_integers(graph)  # numbers hash alike in every process, texts do not
    plain = _without_direction(numbered)
    drawn = sample_size(len(plain), plain.number_of_edges())
    between = networkx.betweenness_centrality(plain, k=drawn, seed=SEED)
    basis = "all" if drawn is None else f"sample of {drawn} of {len(plain)}"
    rank = page_rank(numbered)
    component = _numbered(networkx.connected_components(plain))
    sizes = [0] * len(names)
    for number in component.values():
        sizes[number - 1] += 1
    community = _communities(plain)
    rows = []
    for number, name in enumerate(names):
        data = numbered.nodes[number]
        ties = [tie for _, _, tie in _ties_of(numbered, number)]
        weights = [tie["weight"] for tie in ties if "weight" in tie]
        directed = numbered.is_directed()
        values: list[Value | None] = [
            data["label"], data["kind"], len(ties), numbered.in_degree(number) if directed else None,
            numbered.out_degree(number) if directed else None, sum(tie["events"] for tie in ties),
            float(sum(weights)) if weights else None, sum(1 for tie in ties if tie.get("uncounted")), between[number], basis,
            rank[number], component[number], sizes[component[number] - 1], community[number],
        ]  # fmt: skip
        rows.append((NamedNode(name), *map(term, values)))
    return Answer(list(COLUMNS), rows)


def communities(graph: networkx.Graph[str]) -> dict[str, int]:
    """node → number of its Louvain community, as in `measures`."""
    import networkx

    numbers = _communities(_without_direction(networkx.convert_node_labels_to_integers(graph)))
    return {node: numbers[number] for number, node in enumerate(graph)}


def _communities(plain: networkx.Graph[int]) -> dict[int, int]:
    import networkx

    return _numbered(networkx.community.louvain_communities(plain, weight="events", seed=SEED))


def _ties_of(graph: networkx.Graph[int], node: int) -> list[tuple[int, int, dict[str, Any]]]:
    """All ties of a node, in and out."""
    if not graph.is_directed():
        return list(graph.edges(node, data=True))
    return [*graph.in_edges(node, data=True), *graph.out_edges(node, data=True)]


def _without_direction(graph: networkx.Graph[int]) -> networkx.Graph[int]:
    """The same ties without direction; where two run both ways they are one, with the events of both."""
    import networkx

    plain: networkx.Graph[int] = networkx.Graph()
    plain.add_nodes_from(graph)
    for one, other, events in graph.edges(data="events"):
        before = plain.get_edge_data(one, other, {"events": 0})["events"]
        plain.add_edge(one, other, events=before + max(events, 1))
    return plain


def _numbered(parts: Iterable[set[int]]) -> dict[int, int]:
    """node → number of its part, from 1 on: the largest first, of equals the one with the first node."""
    ordered = sorted(parts, key=lambda part: (-len(part), min(part)))
    return {node: number for number, part in enumerate(ordered, start=1) for node in part}


def page_rank(graph: networkx.Graph[int]) -> list[float]:
    """PageRank (Page and Brin 1998) by power iteration, ties weighed by their events; a node without a way out goes anywhere.

    networkx has it too, but only with SciPy, which nothing else here needs.

    Args:
        graph: nodes are 0, 1, 2 …
    """
    count = len(graph)
    ways = [[(other, max(tie["events"], 1)) for other, tie in graph.adj[node].items()] for node in range(count)]
    out = [sum(events for _, events in way) for way in ways]
    rank = [1 / count] * count
    for _ in range(_MOST_ROUNDS):
        idle = sum(value for value, total in zip(rank, out, strict=True) if not total)
        following = [(1 - _DAMPING + _DAMPING * idle) / count] * count
        for node, way in enumerate(ways):
            for other, events in way:
                following[other] += _DAMPING * rank[node] * events / out[node]
        change = sum(abs(new - old) for new, old in zip(following, rank, strict=True))
        rank = following
        if change < _CLOSE:
            break
    return rank


def term(value: Value | None) -> Term | None:
    """The value as a literal: numbers to ten digits, so that the last bits of a sum do not show."""
    if isinstance(value, float):
        return Literal(
            format(value, ".10g"), datatype=NamedNode(PREFIXES["xsd"] + ("decimal" if "e" not in format(value, ".10g") else "double"))
        )
    return None if value is None else Literal(value)
