"""Shapes: each has cases that hold and cases that do not, whose findings are compared whole, in both languages."""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse
from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef

from tests.conftest import CASES, ROOT
from thidua.assets import Assets
from thidua.build import derive, merged
from thidua.reading import read_quads
from thidua.shacl.data import Data
from thidua.shacl.shapes import read_shapes
from thidua.terms import TD
from thidua.validation import validate

FOLDERS = sorted(path.parent for path in (CASES / "shapes").glob("*/*/findings.csv"))
Row = tuple[str, ...]
OWN_RULES = (SH.pattern, SH.nodeKind, SH["class"], SH.xone, SH["or"], SH["not"], SH["and"], SH["in"], SH.disjoint, SH.closed)


@cache
def shapes() -> Graph:
    graph = Graph()
    for path in sorted((ROOT / "shapes").glob("*.ttl")):
        graph.parse(path)
    return graph


@cache
def hierarchy() -> list[Quad]:
    """What derivations and shapes need of the ontology: which class is under which, and kinds of bodies."""
    assets = Assets()
    found = [quad for path in assets.files("ontology", ".ttl") for quad in read_quads(path, path.name)]
    names = ("subClassOf", "kindClass", "bodyKind", "notation", "inScheme", "derived", "domainIncludes")
    return [quad for quad in found if re.split("[#/]", quad.predicate.value)[-1] in names and "blank" not in str(quad.subject)]


def data_of(folder: Path) -> list[Quad]:
    """The case's data: data.ttl, or data.trig where it matters in which graph a statement is."""
    (path,) = folder.glob("data.*")
    return read_quads(path, path.name)


def graph_of(data: list[Quad]) -> Data:
    """The case's data with what is derived from them."""
    store = Store()
    store.extend(merged([*hierarchy(), *data]))
    derive(store, [(rule.name, rule) for rule in Assets().files("ontology", ".rq")])
    return Data(quad for quad in store if isinstance(quad.graph_name, DefaultGraph))


def expected(folder: Path) -> Counter[Row]:
    with (folder / "findings.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = [tuple(row) for row in csv.reader(file)]
    assert head == ("focus", "shape", "severity", "message_vi", "message_en")
    return Counter(rows)


def found(data: list[Quad], graph: Data, rules: Graph) -> Counter[Row]:
    """What the rules find of the nodes that the case's data name."""
    names = {term for quad in data for term in (quad.subject, quad.object) if isinstance(term, NamedNode)}
    report = validate(graph, read_shapes(parse(rules.serialize(format="nt"), format=RdfFormat.N_TRIPLES)), names)
    return Counter((f.focus, f.shape, f.severity, f.message.get("vi", ""), f.message.get("en", "")) for f in report.findings)


@cache
def files() -> dict[str, Graph]:
    """Each file of shapes, with the prefixes that its queries use, by the IRIs of what it defines."""
    prefixes, found = Graph().parse(ROOT / "shapes" / "prefixes.ttl"), {}
    for path in sorted((ROOT / "shapes").glob("*.ttl")):
        graph = Graph().parse(path)
        names = {str(subject) for subject in graph.subjects() if isinstance(subject, URIRef)}
        graph += prefixes
        found.update(dict.fromkeys(names, graph))
    return found


def shapes_of(folder: Path) -> Graph:
    """The shapes of a case: the file of the shape it is named after, and those that its findings come from.

    Not all shapes: what a case only mentions (a body, an award type) need not be whole.
    """
    names = [f"https://w3id.org/thidua/shape/{folder.parent.name}", *(row[1] for row in expected(folder))]
    union = Graph()
    for graph in {id(graph): graph for graph in (files()[name] for name in names)}.values():
        union += graph
    return union


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}-{folder.name}")
def test_case(folder: Path) -> None:
    data = data_of(folder)
    assert found(data, graph_of(data), shapes_of(folder)) == expected(folder)


def rules() -> list[URIRef]:
    """Property shapes, SPARQL constraints, and node shapes with a rule of their own."""
    graph = shapes()
    kinds = (SH.PropertyShape, SH.SPARQLConstraint)
    found = {rule for kind in kinds for rule in graph.subjects(RDF.type, kind)}
    found |= {shape for shape in graph.subjects(RDF.type, SH.NodeShape) for own in OWN_RULES if (shape, own, None) in graph}
    return sorted(rule for rule in found if isinstance(rule, URIRef))


def test_every_shape_and_rule_has_cases() -> None:
    graph = shapes()
    hit = {row[1] for folder in FOLDERS for row in expected(folder)}
    assert [rule for rule in rules() if str(rule) not in hit] == []
    main = {str(shape).rsplit("/")[-1].split("-")[0] for shape in graph.subjects(RDF.type, SH.NodeShape)}
    assert main == {folder.parent.name for folder in FOLDERS if folder.name == "valid"}


def test_every_rule_says_what_is_wrong_and_how_to_mend_it() -> None:
    graph = shapes()
    assert len(rules()) >= 3
    for rule in rules():
        name = RDFS.label if (rule, RDF.type, SH.NodeShape) in graph else SH.name
        for property in (name, SH.message, URIRef(TD + "hint")):
            languages = sorted(str(text.language) for text in graph.objects(rule, property) if isinstance(text, Literal))
            assert languages == ["en", "vi"], (rule, property)
        assert graph.value(rule, SH.severity) in (SH.Violation, SH.Warning, SH.Info), rule


def test_number_of_cases() -> None:
    assert len(FOLDERS) == 320
