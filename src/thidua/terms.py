"""Namespaces, prefixes and the few terms that the code itself must know."""

from __future__ import annotations

from pyoxigraph import NamedNode

TD = "https://w3id.org/thidua/ontology#"
ID = "https://w3id.org/thidua/id/"

PREFIXES: dict[str, str] = {
    "td": TD,
    "aw": "https://w3id.org/thidua/award-type/",
    "bt": "https://w3id.org/thidua/body-type/",
    "pt": "https://w3id.org/thidua/post-type/",
    "plt": "https://w3id.org/thidua/place-type/",
    "tds": "https://w3id.org/thidua/shape/",
    "code": "https://w3id.org/thidua/code/",
    "source": "https://w3id.org/thidua/source/",
    "graph": "https://w3id.org/thidua/graph/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sh": "http://www.w3.org/ns/shacl#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "time": "http://www.w3.org/2006/time#",
    "oa": "http://www.w3.org/ns/oa#",
    "vann": "http://purl.org/vocab/vann/",
}

THING_KINDS = (
    "affiliation", "award", "body", "campaign", "competence", "document", "eligibility", "figure", "gathering", "group",
    "inference", "interval", "launch", "launch-competence", "law-change", "occasion", "period", "person", "place",
    "post", "proposal", "provision", "reorganisation", "span", "target", "tenure",
)  # fmt: skip
PREFIXES |= {kind: f"{ID}{kind}/" for kind in THING_KINDS}

RDF_TYPE = NamedNode(PREFIXES["rdf"] + "type")
WAS_DERIVED_FROM = NamedNode(PREFIXES["prov"] + "wasDerivedFrom")


def td(name: str) -> NamedNode:
    """The ontology's term `name`."""
    return NamedNode(TD + name)


def shorten(iri: str) -> str:
    """`iri` with the longest fitting prefix, as id:… for things, or whole where none fits."""
    if iri.startswith(ID):
        return "id:" + iri[len(ID) :]
    fitting = [(len(namespace), prefix) for prefix, namespace in PREFIXES.items() if iri.startswith(namespace)]
    if not fitting:
        return iri
    length, prefix = max(fitting)
    return f"{prefix}:{iri[length:]}"


def expand(name: str) -> str | None:
    """The IRI that `name` (an IRI, or prefix:rest) stands for, or None where it is neither."""
    if name.startswith(("http://", "https://", "urn:")):
        return name
    prefix, colon, rest = name.partition(":")
    if not colon:
        return None
    namespace = ID if prefix == "id" else PREFIXES.get(prefix)
    return None if namespace is None else namespace + rest
