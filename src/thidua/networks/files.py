"""Networks as files: GraphML and GEXF line by line, node-link JSON; the same network is always the same bytes.

networkx writes these too, but holds the whole document, stamps the day into GEXF, and writes other bytes where lxml or NumPy
is installed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from thidua.networks.ties import Attributes, Value
from thidua.xmltext import NOT_IN_XML

if TYPE_CHECKING:
    import networkx

Columns = Mapping[str, type[Value]]
_TYPES: dict[type[Value], str] = {str: "string", int: "long", float: "double", bool: "boolean"}  # alike in GraphML and GEXF
_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_GEXF = "http://www.gexf.net/1.2draft"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"


@dataclass(frozen=True)
class Parts:
    """What a file is written from: the attributes there are with their types, and nodes and edges, each read once, in this order.

    Nodes have a `label`; edges an `id`, and a `weight` (a float) where they have one.
    """

    directed: bool
    about: Mapping[str, str]
    node_columns: Columns
    edge_columns: Columns
    nodes: Iterable[tuple[str, Attributes]]
    edges: Iterable[tuple[str, str, Attributes]]


def parts_of(graph: networkx.Graph[str]) -> Parts:
    """A networkx graph as it is to be written."""
    node_columns = {name: type(value) for _, data in graph.nodes(data=True) for name, value in data.items()}
    edge_columns = {name: type(value) for _, _, data in graph.edges(data=True) for name, value in data.items()}
    return Parts(
        graph.is_directed(),
        graph.graph,
        dict(sorted(node_columns.items())),
        dict(sorted(edge_columns.items())),
        graph.nodes(data=True),
        graph.edges(data=True),
    )


def graphml(parts: Parts) -> Iterator[str]:
    """GraphML 1.0 (http://graphml.graphdrawing.org/specification.html); an edge's `id` is its XML id."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="{_GRAPHML}" xmlns:xsi="{_XSI}" '
    yield f'xsi:schemaLocation="{_GRAPHML} http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
    scopes = {"graph": dict.fromkeys(parts.about, str), "node": parts.node_columns, "edge": _without(parts.edge_columns, "id")}
    keys = {scope: {name: f"{scope[0]}{number}" for number, name in enumerate(columns)} for scope, columns in scopes.items()}
    for scope, columns in scopes.items():
        for name, type_ in columns.items():
            yield f'<key id="{keys[scope][name]}" for="{scope}" attr.name={_quoted(name)} attr.type="{_TYPES[type_]}"/>\n'

    def data(scope: str, attributes: Mapping[str, Value]) -> str:
        known = keys[scope]
        return "".join(f'<data key="{known[name]}">{_escaped(_said(attributes[name]))}</data>' for name in known if name in attributes)

    yield f'<graph edgedefault="{"" if parts.directed else "un"}directed">{data("graph", parts.about)}\n'
    for node, attributes in parts.nodes:
        yield f"<node id={_quoted(node)}>{data('node', attributes)}</node>\n"
    for one, other, attributes in parts.edges:
        where = f"id={_quoted(str(attributes['id']))} source={_quoted(one)} target={_quoted(other)}"
        yield f"<edge {where}>{data('edge', attributes)}</edge>\n"
    yield "</graph>\n</graphml>\n"


def gexf(parts: Parts) -> Iterator[str]:
    """GEXF 1.2 (https://gexf.net/); what is said of the whole network goes into its description."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="{_GEXF}" xmlns:xsi="{_XSI}" '
    yield f'xsi:schemaLocation="{_GEXF} http://www.gexf.net/1.2draft/gexf.xsd" version="1.2">\n'
    about = "; ".join(f"{name}: {value}" for name, value in parts.about.items())
    yield f"<meta><creator>thidua</creator><description>{_escaped(about)}</description></meta>\n"
    yield f'<graph defaultedgetype="{"" if parts.directed else "un"}directed" mode="static">\n'
    scopes = {"node": _without(parts.node_columns, "label"), "edge": _without(parts.edge_columns, "id", "label", "weight")}
    keys = {scope: {name: f"{scope[0]}{number}" for number, name in enumerate(columns)} for scope, columns in scopes.items()}
    for scope, columns in scopes.items():
        yield f'<attributes class="{scope}" mode="static">\n'
        for name, type_ in columns.items():
            yield f'<attribute id="{keys[scope][name]}" title={_quoted(name)} type="{_TYPES[type_]}"/>\n'
        yield "</attributes>\n"

    def values(scope: str, attributes: Attributes) -> str:
        known = keys[scope]
        told = "".join(f'<attvalue for="{known[name]}" value={_quoted(_said(attributes[name]))}/>' for name in known if name in attributes)
        return f"<attvalues>{told}</attvalues>"

    yield "<nodes>\n"
    for node, attributes in parts.nodes:
        yield f"<node id={_quoted(node)} label={_quoted(str(attributes['label']))}>{values('node', attributes)}</node>\n"
    yield "</nodes>\n<edges>\n"
    for one, other, attributes in parts.edges:
        weight = f' weight="{_said(attributes["weight"])}"' if "weight" in attributes else ""
        label = f" label={_quoted(str(attributes['label']))}" if "label" in attributes else ""
        where = f"id={_quoted(str(attributes['id']))} source={_quoted(one)} target={_quoted(other)}{label}{weight}"
        yield f"<edge {where}>{values('edge', attributes)}</edge>\n"
    yield "</edges>\n</graph>\n</gexf>\n"


def node_link(graph: networkx.Graph[str]) -> Iterator[str]:
    """Node-link JSON as networkx.node_link_graph reads it."""
    import networkx

    yield json.dumps(networkx.node_link_data(graph, edges="edges"), ensure_ascii=False, indent=1) + "\n"


def _without(columns: Columns, *names: str) -> dict[str, type[Value]]:
    return {name: type_ for name, type_ in columns.items() if name not in names}


def _said(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _escaped(words: str) -> str:
    """As the content of an element: a carriage return too would come back as another character."""
    return escape(NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", words), {"\r": "&#13;"})


def _quoted(words: str) -> str:
    return quoteattr(NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", words))


WRITERS: dict[str, Callable[[networkx.Graph[str]], Iterator[str]]] = {
    "graphml": lambda graph: graphml(parts_of(graph)),
    "gexf": lambda graph: gexf(parts_of(graph)),
    "json": node_link,
}
