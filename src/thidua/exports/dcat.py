"""What the data set is and in which forms there is it: DCAT 3 and VoID, counted from the data, in Turtle."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from thidua import __version__
from thidua.defaults import EXPORT_FORMS
from thidua.exports import FACETS, Dataset, Form, form_of
from thidua.exports.description import HOME, IRI, KEYWORDS, LICENSE, SAYS, TITLE, Counts, count, iri_of, label_of, narrowed_by
from thidua.terms import PREFIXES, RDF_TYPE

DCAT, VOID = "http://www.w3.org/ns/dcat#", "http://rdfs.org/ns/void#"
_MEDIA = "https://www.iana.org/assignments/media-types/"
_LANGUAGES = "http://id.loc.gov/vocabulary/iso639-1/"
_TYPED = {name: NamedNode(PREFIXES["xsd"] + name) for name in ("date", "integer")}
_PREFIXES = {"dcat": DCAT, "void": VOID, **{name: PREFIXES[name] for name in ("dcterms", "foaf", "skos", "prov", "xsd", "td")}}


def _iri(prefix: str, name: str) -> NamedNode:
    return NamedNode(_PREFIXES[prefix] + name)


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=_TYPED["integer"])


def _day(value: str) -> Literal:
    return Literal(value, datatype=_TYPED["date"])


def describe(data: Dataset, counts: Counts) -> Iterator[Triple]:
    """The statements of the description."""
    node = NamedNode(iri_of(data.selection))
    yield from _what_it_is(data, node, counts)
    yield from _what_it_covers(data, node, counts)
    yield from _what_is_in_it(node, counts)
    for name in EXPORT_FORMS:
        form = form_of(name)
        if form.media_type:
            yield from _distribution(node, form)


def _what_it_is(data: Dataset, node: NamedNode, counts: Counts) -> Iterator[Triple]:
    publisher = NamedNode(HOME + "contributors")
    yield Triple(node, RDF_TYPE, _iri("dcat", "Dataset"))
    yield Triple(node, RDF_TYPE, _iri("void", "Dataset"))
    filters = narrowed_by(data.selection)
    for language in ("vi", "en"):
        narrowed = f" ({filters})" if filters else ""
        yield Triple(node, _iri("dcterms", "title"), Literal(TITLE[language] + narrowed, language=language))
        yield Triple(node, _iri("dcterms", "description"), Literal(SAYS[language], language=language))
        for word in KEYWORDS[language]:
            yield Triple(node, _iri("dcat", "keyword"), Literal(word, language=language))
    if filters:
        yield Triple(node, _iri("dcterms", "isPartOf"), NamedNode(IRI))
    yield Triple(node, _iri("dcterms", "identifier"), Literal(node.value))
    yield Triple(node, _iri("dcterms", "license"), NamedNode(LICENSE))
    yield Triple(node, _iri("dcat", "version"), Literal(__version__))
    yield Triple(node, _iri("dcat", "landingPage"), NamedNode(HOME))
    yield Triple(node, _iri("dcterms", "conformsTo"), NamedNode(HOME + "ontology"))
    yield Triple(node, _iri("dcterms", "publisher"), publisher)
    yield Triple(publisher, RDF_TYPE, _iri("foaf", "Agent"))
    yield Triple(publisher, _iri("foaf", "name"), Literal("thidua contributors"))
    if counts.recorded:
        yield Triple(node, _iri("dcterms", "modified"), _day(counts.recorded))


def _what_it_covers(data: Dataset, node: NamedNode, counts: Counts) -> Iterator[Triple]:
    for language in sorted({tag.partition("-")[0] for tag in counts.languages}):
        yield Triple(node, _iri("dcterms", "language"), NamedNode(_LANGUAGES + language))
    if counts.first and counts.last:
        period = NamedNode(node.value + "#time")
        yield Triple(node, _iri("dcterms", "temporal"), period)
        yield Triple(period, RDF_TYPE, _iri("dcterms", "PeriodOfTime"))
        yield Triple(period, _iri("dcat", "startDate"), _day(counts.first))
        yield Triple(period, _iri("dcat", "endDate"), _day(counts.last))
    for place in counts.places:
        yield Triple(node, _iri("dcterms", "spatial"), place)
        yield Triple(place, RDF_TYPE, _iri("dcterms", "Location"))
        yield Triple(place, _iri("skos", "prefLabel"), Literal(label_of(data.store, place), language="vi"))


def _what_is_in_it(node: NamedNode, counts: Counts) -> Iterator[Triple]:
    """VoID, 4.4 (statistics of the merged default graph) and 4.6 (partitions by class and by property)."""
    for name, number in (
        ("triples", counts.triples),
        ("distinctSubjects", counts.subjects),
        ("classes", len(counts.classes)),
        ("properties", len(counts.properties)),
        ("documents", counts.graphs),
    ):
        yield Triple(node, _iri("void", name), _number(number))
    yield Triple(node, _iri("void", "uriSpace"), Literal(HOME))
    for kind, of, numbers in (
        ("class", "entities", counts.classes),
        ("property", "triples", counts.properties),
    ):
        for number, (iri, found) in enumerate(sorted(numbers.items()), start=1):
            part = NamedNode(f"{node.value}#{kind}-{number}")
            yield Triple(node, _iri("void", f"{kind}Partition"), part)
            yield Triple(part, RDF_TYPE, _iri("void", "Dataset"))
            yield Triple(part, _iri("void", kind), NamedNode(iri))
            yield Triple(part, _iri("void", of), _number(found))


def _distribution(node: NamedNode, form: Form) -> Iterator[Triple]:
    """A form as a distribution, with what it loses."""
    one = NamedNode(f"{node.value}#{form.name}")
    yield Triple(node, _iri("dcat", "distribution"), one)
    yield Triple(one, RDF_TYPE, _iri("dcat", "Distribution"))
    yield Triple(one, _iri("dcterms", "title"), Literal(form.name))
    yield Triple(one, _iri("dcterms", "license"), NamedNode(LICENSE))
    yield Triple(one, _iri("dcat", "accessURL"), NamedNode(HOME))
    yield Triple(one, _iri("dcat", "mediaType"), NamedNode(_MEDIA + form.media_type))
    for how, facets in (("flattens", [name for name, _ in form.flattens]), ("leaves out", list(form.leaves_out))):
        if facets:
            said = f"{how}: {'; '.join(FACETS[name] for name in facets)}"
            yield Triple(one, _iri("dcterms", "description"), Literal(said, language="en"))


def write(data: Dataset, out: BinaryIO) -> None:
    """The description in Turtle."""
    write_counted(data, count(data), out)


def write_counted(data: Dataset, counts: Counts, out: BinaryIO) -> None:
    """The same where the data are counted already."""
    said = sorted(describe(data, counts), key=lambda triple: str(triple.subject)[1:-1])  # the data set before its partitions
    serialize(said, out, RdfFormat.TURTLE, prefixes=_PREFIXES)


FORMS = {"dcat": Form("dcat", ".ttl", to_file=write, leaves_out=tuple(FACETS))}
