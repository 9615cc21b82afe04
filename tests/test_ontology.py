"""The ontology: every term said in both languages, used terms declared, and no term in two kinds at once."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef

from tests.conftest import CASES, ROOT

TD = Namespace("https://w3id.org/thidua/ontology#")
CODE = Namespace("https://w3id.org/thidua/code/")
PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
# What outside checks rely on.
MODEL = """
Body PartyBody StateBody MassOrganisation ArmedForcesUnit Enterprise PressBody SteeringBody Council PublicUnit Community Sector Post
Person Tenure Affiliation Reorganisation Place Campaign Contest Period Launch Target Gathering Occasion Document Conferral AwardEvent
Proposal Eligibility RecipientGroup Figure Source Span Inference Competence Provision postType headOf singleSeat holder post attestedOn
validFrom validUntil body parent formerPlace newPlace level code within jurisdiction endsBetween earliest latest usualParent
partOfCampaign inPeriod from until launches launchedBy theme hasTarget underDocument atGathering measure comparator value unit per place
number issuer cites stage eligibleGroup awardedBy awarderType awarderLevel presentedBy onBehalfOf speakingFor requestedBy awardType
awardClass recipientGroup recipientKind count countBound member recipientPlace items forCampaign forOccasion reason decision amount
posthumous date status scope partOf subsetOf published retrieved sha256 republishedFrom evidence source start end sliceSha256 about
property inferredFrom rule inferred assertedBy reviewed sameEventAs preferredAccount office includesNarrower legalBasis regime certainty
""".split()
CLOSED_LISTS = {
    "level": "central province district commune village base",
    "recipient-kind": "individual collective household community model unspecified",
    "count-bound": "exact atLeast moreThan nearly about atMost unknown",
    "comparator": "eq ge le gt lt",
    "stage": "proposed agreed planned denied",
    "status": "conferred revoked",
    "regime": "state party mass-organisation armed-force enterprise",
    "certainty": "high medium low",
}


def load(*patterns: str) -> Graph:
    graph = Graph()
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            if path.suffix == ".trig":
                from rdflib import Dataset

                for s, p, o, _ in Dataset().parse(path, format="trig").quads():
                    graph.add((s, p, o))
            else:
                graph.parse(path)
    return graph


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return load("ontology/*.ttl")


def terms(ontology: Graph) -> list[URIRef]:
    found = {s for kind in (OWL.Class, *PROPERTY_KINDS) for s in ontology.subjects(RDF.type, kind) if str(s).startswith(TD)}
    return sorted(s for s in found if isinstance(s, URIRef))


def test_all_of_the_model_is_there(ontology: Graph) -> None:
    local = {str(term).removeprefix(TD) for term in terms(ontology)}
    assert len(MODEL) > 120
    assert set(MODEL) <= local


def test_terms_are_used_or_reserved_and_not_both(ontology: Graph) -> None:
    """That unused terms are reserved is a shape's; that the reserved ones are not in use holds of what is shipped."""
    assert len(terms(ontology)) > 190
    data = load("graph/*/*.ttl", "graph/sources/*.trig")
    reserved = sorted(str(term) for term in ontology.subjects(TD.reserved, Literal(True)))
    assert len(reserved) == 32
    for term in map(URIRef, reserved):
        assert (None, term, None) not in data, term
        assert (None, RDF.type, term) not in data, term


def test_no_property_is_of_two_kinds(ontology: Graph) -> None:
    for term in terms(ontology):
        assert sum((term, RDF.type, kind) in ontology for kind in PROPERTY_KINDS) <= 1, term


def test_ranges_are_datatypes_of_owl_2(ontology: Graph) -> None:
    """xsd:date, gYear and gYearMonth are no OWL 2 datatypes; a union as domain or range leaves OWL 2 RL."""
    for term in terms(ontology):
        for property in (RDFS.domain, RDFS.range):
            for value in ontology.objects(term, property):
                assert isinstance(value, URIRef), term
                assert value not in (XSD.date, XSD.gYear, XSD.gYearMonth), term


def test_used_terms_are_declared(ontology: Graph) -> None:
    declared = set(terms(ontology))
    everything = load("ontology/*.ttl", "graph/*/*.ttl", "graph/sources/*.trig", "tests/cases/small/graph/*/*")
    used = {term for triple in everything for term in triple if isinstance(term, URIRef) and str(term).startswith(TD)}
    assert used - declared == set()
    in_rules = set()
    for path in [*sorted(ROOT.glob("queries/*.rq")), *sorted(ROOT.glob("ontology/derivations/*.rq"))]:
        in_rules |= {TD[name] for name in re.findall(r"\btd:([A-Za-z0-9]+)", path.read_text("utf-8"))}
    assert len(in_rules) > 60
    assert in_rules - declared == set()


def test_closed_lists(ontology: Graph) -> None:
    for name, values in CLOSED_LISTS.items():
        notations = {str(o) for concept in ontology.subjects(SKOS.inScheme, CODE[name]) for o in ontology.objects(concept, SKOS.notation)}
        assert set(values.split()) <= notations, name
    for property, scheme in ontology.subject_objects(TD.valuesFrom):
        assert list(ontology.subjects(SKOS.inScheme, scheme)), (property, scheme)


def test_values_are_of_their_closed_lists(ontology: Graph) -> None:
    data = load("graph/*/*.ttl", "graph/sources/*.trig", "ontology/*-types.ttl", "tests/cases/small/graph/*/*")
    checked = 0
    for property, scheme in ontology.subject_objects(TD.valuesFrom):
        allowed = {str(o) for concept in ontology.subjects(SKOS.inScheme, scheme) for o in ontology.objects(concept, SKOS.notation)}
        for value in data.objects(None, property):
            assert str(value) in allowed, (property, value)
            checked += 1
    assert checked > 1000


def test_concepts_have_one_label_a_language(ontology: Graph) -> None:
    concepts = sorted({s for s in ontology.subjects(SKOS.inScheme, None) if isinstance(s, URIRef)})
    assert len(concepts) > 450
    for concept in concepts:
        labels = [o.language for o in ontology.objects(concept, SKOS.prefLabel) if isinstance(o, Literal)]
        assert sorted(map(str, labels)) == ["en", "vi"], concept


def test_things_of_the_registry_and_the_law_have_labels_and_a_source(ontology: Graph) -> None:
    data = load("graph/registry/*.ttl", "graph/law/*.ttl")
    labelled: Iterable[str] = ("Body", "Post", "Person", "Place", "Campaign", "Contest", "Period", "Occasion", "Document", "Reorganisation")
    seen = 0
    for kind in labelled:
        for thing in data.subjects(RDF.type, TD[kind]):
            seen += 1
            labels = [str(o.language) for o in data.objects(thing, SKOS.prefLabel) if isinstance(o, Literal)]
            assert sorted(labels) == ["en", "vi"], thing
            sources = [
                *data.objects(thing, URIRef("http://purl.org/dc/terms/source")),
                *data.objects(thing, URIRef("http://purl.org/dc/terms/provenance")),
            ]
            assert sources, thing
    assert seen > 300


def test_version_and_no_imports(ontology: Graph) -> None:
    from thidua import __version__

    iri = URIRef(str(TD).rstrip("#"))
    assert list(ontology.objects(iri, OWL.versionIRI)) == [URIRef(f"{iri}/{__version__}")]
    assert not list(ontology.objects(None, OWL.imports))


def test_small_graph_is_not_shipped() -> None:
    assert (CASES / "small" / "graph").is_dir()
    assert not [path for path in ROOT.glob("graph/**/*") if "a00" in path.name]
