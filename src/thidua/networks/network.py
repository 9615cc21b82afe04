"""One network from the store: asks the queries of views/networks, puts the rows together, gives a networkx graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Store

from thidua.errors import NothingChecked
from thidua.messages import text
from thidua.networks import awards, relations
from thidua.networks.ties import Attributes, Ties
from thidua.views import Row, rows, view

if TYPE_CHECKING:
    import networkx

    from thidua.selection import Selection

PROJECTIONS = {"bodies": "campaign", "campaigns": "body"}  # onto what → what joins them


def things(store: Store, lang: str) -> dict[str, Attributes]:
    """What may be a node, by IRI: iri, label and kind, and level or notation where it has one."""
    found: dict[str, Attributes] = {}
    for row in rows(store, view("networks/nodes"), lang):
        iri = row.pop("node")
        known = found.setdefault(iri, {"iri": iri, "label": iri})
        for name, value in row.items():
            known[name] = min(str(known[name]), value) if name in known and name != "label" else value
    return found


def network(selection: Selection, kind: str, lang: str = "vi", projected: str | None = None) -> networkx.Graph[str]:
    """The network of one of NETWORKS as a networkx graph: directed but for campaigns and people.

    Nodes are IRIs; every one has `label` and `kind`, and `iri` where it is a thing of the graph. Edges have `id`, `events`
    (how many), `eventIris` and `sourceIris` (parted by blanks), `earliest` and `latest` where known, and what their kind
    adds (docs/networks.md). Attributes are texts, numbers and truth values only; what is not known is not there.

    Args:
        selection: the data set, or the part of it that filters leave.
        lang: of labels.
        projected: for campaigns: one of PROJECTIONS, the nodes of the one-mode projection.

    Raises:
        NothingChecked: no node is left.
    """
    known = things(selection.store, lang)
    question = view(f"networks/{kind}.edges")
    build = awards.ties if kind == "awards" else relations.BUILDERS[kind]
    ties = build(_told(rows(selection.store, question, lang), selection), known, lang)
    if projected is not None:
        ties = _projected(ties, known, projected)
    if not ties.nodes:
        raise NothingChecked("network-empty", kind=kind)
    asks = text(f"question-projected-{projected}", lang) if projected else question.asks(lang)
    about = {"kind": kind, "question": asks, "lang": lang} | ({"projected": projected} if projected else {})
    return ties.graph(known, about, lang)


def _told(found: Iterable[Row], selection: Selection) -> Iterator[Row]:
    """The rows that the selection holds: those whose event it tells, and of things without an event those it holds."""
    for row in found:
        if selection.whole or (
            selection.tells(NamedNode(row["event"]))
            if "event" in row
            else all(selection.holds(NamedNode(row[end])) for end in ("lower", "upper") if end in row)
        ):
            yield row


def _projected(ties: Ties, known: dict[str, Attributes], onto: str) -> Ties:
    campaigns = {node for node in ties.nodes if known.get(node, {}).get("kind") == "campaign"}
    return relations.projected(ties, campaigns if onto == "bodies" else set(ties.nodes) - campaigns, PROJECTIONS[onto])
