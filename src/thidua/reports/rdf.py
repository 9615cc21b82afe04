"""A report as RDF: the validation report of SHACL (W3C Recommendation, 3.6), with both languages of every message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize

from thidua.findings import Finding, Report
from thidua.reports.words import fingerprint
from thidua.shacl.paths import Path, parse_path
from thidua.terms import PREFIXES, RDF_TYPE, td

_BOOLEAN = NamedNode(PREFIXES["xsd"] + "boolean")
_FIRST, _REST, _NIL = (NamedNode(PREFIXES["rdf"] + name) for name in ("first", "rest", "nil"))
_PATHS = {"inverse": "inversePath", "*": "zeroOrMorePath", "+": "oneOrMorePath", "?": "zeroOrOnePath", "alternative": "alternativePath"}
Term = NamedNode | BlankNode | Literal


def to_turtle(report: Report) -> bytes:
    """A W3C validation report; results have names made of their fingerprints instead of blank nodes."""
    triples = list(_triples(report))
    return serialize(triples, format=RdfFormat.TURTLE, prefixes=_used_prefixes(triples)) or b""


def _triples(report: Report) -> Iterator[Triple]:
    whole = NamedNode("urn:thidua:report")
    names = _names(report)
    yield Triple(whole, RDF_TYPE, _sh("ValidationReport"))
    yield Triple(whole, _sh("conforms"), Literal(str(not report.findings).lower(), datatype=_BOOLEAN))
    for name in sorted(names):
        yield Triple(whole, _sh("result"), NamedNode(name))
    for name in sorted(names):
        yield from _result(NamedNode(name), names[name])


def _names(report: Report) -> dict[str, Finding]:
    """The IRI of each result; where two have one fingerprint, the later ones are numbered."""
    seen: Counter[str] = Counter()
    names = {}
    for finding in report.findings:
        name = f"urn:thidua:finding:{fingerprint(finding)}"
        seen[name] += 1
        names[name if seen[name] == 1 else f"{name}-{seen[name]}"] = finding
    return names


def _result(result: NamedNode, finding: Finding) -> Iterator[Triple]:
    yield Triple(result, RDF_TYPE, _sh("ValidationResult"))
    yield Triple(result, _sh("resultSeverity"), _sh(finding.severity.capitalize()))
    yield Triple(result, _sh("focusNode"), _term(finding.focus_term) if finding.focus_term else _named(finding.focus))
    if finding.path:
        yield from _path(result, finding.path)
    if finding.value_term:
        yield Triple(result, _sh("value"), _term(finding.value_term))
    yield Triple(result, _sh("sourceConstraintComponent"), _named(finding.component))
    if finding.source_shape:  # an anonymous shape outside a named one has nothing to be found by
        yield Triple(result, _sh("sourceShape"), _named(finding.source_shape))
    if finding.shape != finding.source_shape and finding.shape:
        yield Triple(result, _sh("sourceConstraint"), _named(finding.shape))
    for words, property in ((finding.message, _sh("resultMessage")), (finding.hint, td("hint"))):
        for language, said in sorted(words.items()):
            yield Triple(result, property, Literal(said, language=language) if language else Literal(said))


def _sh(name: str) -> NamedNode:
    return NamedNode(PREFIXES["sh"] + name)


def _named(iri: str) -> NamedNode | Literal:
    try:
        return NamedNode(iri)
    except ValueError:
        return Literal(iri)


@lru_cache(maxsize=10_000)
def _term(written: str) -> Term:
    """The term that N-Triples writes so, with its lexical form."""
    if written.startswith("_:"):
        return BlankNode(written[2:])
    (quad,) = parse(input=f"<urn:s> <urn:p> {written} .", format=RdfFormat.TURTLE)
    if not isinstance(quad.object, NamedNode | BlankNode | Literal):
        raise TypeError(f"{written} is no RDF 1.1 term")
    return quad.object


def _path(result: NamedNode, written: str) -> Iterator[Triple]:
    """sh:resultPath as a well-formed property path (SHACL 2.3.1); blank nodes are named by the result."""
    made: list[Triple] = []
    name = result.value.rpartition(":")[2].replace("-", "x")
    numbers = iter(range(len(written)))

    def node() -> BlankNode:
        return BlankNode(f"p{name}n{next(numbers)}")

    def members(paths: tuple[Path, ...]) -> BlankNode:
        cells = [node() for _ in paths]
        for number, (cell, path) in enumerate(zip(cells, paths, strict=True), start=1):
            made.append(Triple(cell, _FIRST, of(path)))
            made.append(Triple(cell, _REST, cells[number] if number < len(cells) else _NIL))
        return cells[0]

    def of(path: Path) -> NamedNode | BlankNode:
        if path.predicate is not None:
            return path.predicate
        if path.kind == "sequence":
            return members(path.parts)
        whole = node()
        made.append(Triple(whole, _sh(_PATHS[path.kind]), members(path.parts) if path.kind == "alternative" else of(path.inner)))
        return whole

    yield Triple(result, _sh("resultPath"), of(parse_path(written)))
    yield from made


def _used_prefixes(triples: list[Triple]) -> dict[str, str]:
    """Those of PREFIXES whose namespaces the triples use."""
    iris = {term.value for triple in triples for term in (triple.subject, triple.predicate, triple.object) if isinstance(term, NamedNode)}
    iris |= {triple.object.datatype.value for triple in triples if isinstance(triple.object, Literal)}
    namespaces = {iri[: max(iri.rfind("/"), iri.rfind("#")) + 1] for iri in iris}
    return {prefix: namespace for prefix, namespace in PREFIXES.items() if namespace in namespaces}
