"""The shapes graph as plain objects: targets, paths, constraints (SHACL Recommendation, 2 to 5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from thidua.errors import InputError
from thidua.shacl.paths import SH, Path, Term, read_list, read_path
from thidua.terms import PREFIXES, RDF_TYPE, shorten, td

_RDFS_CLASS = NamedNode(PREFIXES["rdfs"] + "Class")
_SUB_CLASS = NamedNode(PREFIXES["rdfs"] + "subClassOf")
_HINT = td("hint")
TARGETS = ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")
# Parameter → component, for those whose every value is a constraint of its own.
SINGLE = {
    "class": "Class", "datatype": "Datatype", "nodeKind": "NodeKind", "minCount": "MinCount", "maxCount": "MaxCount",
    "minExclusive": "MinExclusive", "minInclusive": "MinInclusive", "maxExclusive": "MaxExclusive", "maxInclusive": "MaxInclusive",
    "minLength": "MinLength", "maxLength": "MaxLength", "languageIn": "LanguageIn", "uniqueLang": "UniqueLang",
    "equals": "Equals", "disjoint": "Disjoint", "lessThan": "LessThan", "lessThanOrEquals": "LessThanOrEquals",
    "not": "Not", "and": "And", "or": "Or", "xone": "Xone", "node": "Node", "property": "Property", "hasValue": "HasValue", "in": "In",
}  # fmt: skip
_SHAPES_IN = ("not", "node", "property", "qualifiedValueShape")
_LISTS_OF_SHAPES = ("and", "or", "xone")
PARAMETERS = (*SINGLE, "pattern", "qualifiedValueShape", "closed", "sparql")


class Query(NamedTuple):
    """A SELECT or ASK of sh:sparql or a validator: its text, the prefixes declared for it, its own words."""

    id: Term
    text: str
    messages: tuple[Literal, ...] = ()
    hints: tuple[Literal, ...] = ()
    deactivated: bool = False


class Constraint(NamedTuple):
    """One constraint: `component` without sh: and "ConstraintComponent"; what `value` is depends on it.

    Class, Datatype, NodeKind, Equals, Disjoint, LessThan(OrEquals): an IRI. MinCount, MaxCount, MinLength, MaxLength: an int.
    Min/MaxIn/Exclusive: a literal. HasValue: a term. In: terms. LanguageIn: tags. UniqueLang: True. Pattern: (pattern, flags).
    Not, Node, Property: a shape's name. And, Or, Xone: names. Closed: the predicates allowed. SPARQL: a Query.
    QualifiedMin/MaxCount: (shape, number, shapes its values must not conform to). Custom: the component's IRI.
    """

    component: str
    value: Any

    @property
    def iri(self) -> NamedNode:
        """The component's IRI."""
        return self.value if self.component == "Custom" else NamedNode(f"{SH}{self.component}ConstraintComponent")


@dataclass(frozen=True, eq=False)
class Shape:
    """A node shape, or with a path a property shape."""

    id: Term
    path: Path | None
    path_node: Term | None
    severity: NamedNode
    messages: tuple[Literal, ...]
    hints: tuple[Literal, ...]
    deactivated: bool
    constraints: tuple[Constraint, ...]
    targets: tuple[tuple[str, Term], ...]


@dataclass
class Shapes:
    """All shapes of a shapes graph, by name, and that graph's statements for whoever looks further."""

    by_id: dict[Term, Shape]
    graph: dict[Term, dict[NamedNode, list[Term]]]
    owners: dict[Term, Term] = field(default_factory=dict)

    def quads(self) -> Iterator[Quad]:
        """The graph's statements."""
        for subject, said in self.graph.items():
            for predicate, values in said.items():
                yield from (Quad(subject, predicate, value) for value in values)  # type: ignore[arg-type]

    def roots(self) -> list[Shape]:
        """The shapes with targets that are in force, in a fixed order."""
        found = [shape for shape in self.by_id.values() if shape.targets and not shape.deactivated and shape.constraints]
        return sorted(found, key=lambda shape: str(shape.id))

    def recursive(self) -> list[Term]:
        """The shapes that come back to themselves through others, in a fixed order."""
        below: dict[Term, set[Term]] = {name: _named_in(shape) for name, shape in self.by_id.items()}
        found = []
        for name in sorted(below, key=str):
            reached: set[Term] = set()
            frontier = below[name]
            while frontier and name not in reached:
                reached |= frontier
                frontier = {more for one in frontier for more in below[one]} - reached
            found += [name] if name in reached else []
        return found

    def name_of(self, node: Term) -> str:
        """The IRI of a shape or constraint; of an anonymous one, that of the named one it belongs to, else nothing."""
        seen = set()
        while isinstance(node, BlankNode) and node not in seen and node in self.owners:
            seen.add(node)
            node = self.owners[node]
        return node.value if isinstance(node, NamedNode) else ""


def graph_of(quads: Iterable[Quad]) -> dict[Term, dict[NamedNode, list[Term]]]:
    """Statements by subject and property, each once, in a fixed order; what RDF 1.2 says of triples is none of them."""
    graph: dict[Term, dict[NamedNode, list[Term]]] = {}
    for quad in quads:
        subject, value = quad.subject, quad.object
        if not isinstance(subject, Triple) and not isinstance(value, Triple):
            graph.setdefault(subject, {}).setdefault(quad.predicate, []).append(value)
    for said in graph.values():
        for predicate, values in said.items():
            if len(values) > 1:
                said[predicate] = sorted(set(values), key=str)
    return {subject: graph[subject] for subject in sorted(graph, key=str)}


def read_shapes(quads: Iterable[Quad]) -> Shapes:
    """The shapes in some statements, whatever their graph.

    Raises:
        InputError: a shape that SHACL calls ill-formed, where that stands in the way of reading it.
    """
    shapes = Shapes({}, graph_of(quads))
    for subject, said in shapes.graph.items():
        for values in said.values():
            for value in values:
                if isinstance(value, BlankNode):
                    shapes.owners.setdefault(value, subject)
    reader = _Reader(shapes)
    for node in shapes.graph:
        if reader.is_shape(node):
            reader.read(node)
    return shapes


@cache
def _sh(name: str) -> NamedNode:
    return NamedNode(SH + name)


_SINGLE = {_sh(name): (name, component) for name, component in SINGLE.items()}
_ORDER = {predicate: place for place, predicate in enumerate(_SINGLE)}
_MARKS = frozenset(_sh(name) for name in (*TARGETS, *PARAMETERS) if name != "sparql")


class _Reader:
    """Reads shapes out of a graph, those that others refer to first."""

    def __init__(self, shapes: Shapes) -> None:
        self.shapes, self.graph = shapes, shapes.graph
        self.custom = dict(_components(shapes.graph))

    def objects(self, node: Term, predicate: NamedNode) -> list[Term]:
        return self.graph.get(node, {}).get(predicate, [])

    def is_shape(self, node: Term) -> bool:
        said = self.graph[node]
        kinds = said.get(RDF_TYPE, [])
        if _sh("NodeShape") in kinds or _sh("PropertyShape") in kinds:
            return True
        return not _MARKS.isdisjoint(said) or (_sh("sparql") in said and _sh("select") not in said)

    def read(self, node: Term) -> Term:
        """Makes the shape `node` known, with those it refers to, and returns its name."""
        waiting = [node]
        while waiting:
            one = waiting.pop()
            if one not in self.shapes.by_id:
                self.shapes.by_id[one] = self._shape(one)
                waiting.extend(sorted(_named_in(self.shapes.by_id[one]) - self.shapes.by_id.keys(), key=str))
        return node

    def _shape(self, node: Term) -> Shape:
        paths = self.objects(node, _sh("path"))
        if len(paths) > 1:
            raise InputError("shapes-unusable", detail=f"{_words(node)} has {len(paths)} paths")
        severities = [one for one in self.objects(node, _sh("severity")) if isinstance(one, NamedNode)]
        return Shape(
            id=node,
            path=self._path(node, paths[0]) if paths else None,
            path_node=paths[0] if paths else None,
            severity=severities[0] if severities else _sh("Violation"),
            messages=_literals(self.objects(node, _sh("message"))),
            hints=_literals(self.objects(node, _HINT)),
            deactivated=self._deactivated(node),
            constraints=tuple(self._constraints(node)),
            targets=tuple(self._targets(node)),
        )

    def _path(self, node: Term, path: Term) -> Path:
        try:
            return read_path(path, self.objects)
        except InputError as error:
            name = self.shapes.name_of(node)
            detail = f"the sh:path of {shorten(name) if name else 'an anonymous shape'}: {error.arguments['detail']}"
            raise InputError("shapes-unusable", detail=detail) from error

    def _deactivated(self, node: Term) -> bool:
        return any(isinstance(one, Literal) and one.value in ("true", "1") for one in self.objects(node, _sh("deactivated")))

    def _targets(self, node: Term) -> Iterator[tuple[str, Term]]:
        for name in TARGETS:
            for target in self.objects(node, _sh(name)):
                yield name, target
        kinds = self.objects(node, RDF_TYPE)
        if (_sh("NodeShape") in kinds or _sh("PropertyShape") in kinds) and self._is_class(kinds):
            yield "targetClass", node  # implicit class target (2.1.3.3)

    def _is_class(self, kinds: list[Term]) -> bool:
        seen: set[Term] = set()
        frontier = set(kinds)
        while frontier:
            if _RDFS_CLASS in frontier:
                return True
            seen |= frontier
            frontier = {up for kind in frontier for up in self.objects(kind, _SUB_CLASS)} - seen
        return False

    def _constraints(self, node: Term) -> Iterator[Constraint]:
        said = self.graph.get(node, {})
        for predicate in sorted(_SINGLE.keys() & said.keys(), key=_ORDER.__getitem__):
            name, component = _SINGLE[predicate]
            for value in said[predicate]:
                if component != "UniqueLang":
                    yield Constraint(component, self._value(node, name, value))
                elif isinstance(value, Literal) and value.value == "true":
                    yield Constraint(component, True)
        flags = next((one.value for one in self.objects(node, _sh("flags")) if isinstance(one, Literal)), "")
        for value in self.objects(node, _sh("pattern")):
            yield Constraint("Pattern", (value.value if isinstance(value, Literal) else "", flags))
        yield from self._closed(node)
        yield from self._qualified(node)
        for value in self.objects(node, _sh("sparql")):
            yield Constraint("SPARQL", self._query(value, _sh("select"), f"{_words(node)}: sh:sparql"))
        for custom, needed in self.custom.items():
            if needed and all(self.objects(node, one) for one in needed):
                yield Constraint("Custom", custom)

    def _value(self, node: Term, name: str, value: Term) -> Any:
        if name in ("minCount", "maxCount", "minLength", "maxLength"):
            return self._number(node, name, value)
        if name in _LISTS_OF_SHAPES:
            return tuple(read_list(value, self.objects))
        if name == "in":
            return tuple(read_list(value, self.objects))
        if name == "languageIn":
            return tuple(one.value for one in read_list(value, self.objects) if isinstance(one, Literal))
        wanted: type | tuple[type, ...] = NamedNode
        if name in _SHAPES_IN or name == "hasValue":
            return value
        if name in ("minExclusive", "minInclusive", "maxExclusive", "maxInclusive"):
            wanted = Literal
        if not isinstance(value, wanted):
            raise InputError("shapes-unusable", detail=f"{_words(node)}: sh:{name} {value}")
        return value

    def _number(self, node: Term, name: str, value: Term) -> int:
        try:
            return int(value.value)
        except ValueError as error:
            raise InputError("shapes-unusable", detail=f"{_words(node)}: sh:{name} {value} is no whole number") from error

    def _closed(self, node: Term) -> Iterator[Constraint]:
        if not any(isinstance(one, Literal) and one.value in ("true", "1") for one in self.objects(node, _sh("closed"))):
            return
        allowed = {path for one in self.objects(node, _sh("property")) for path in self.objects(one, _sh("path"))}
        for ignored in self.objects(node, _sh("ignoredProperties")):
            allowed |= set(read_list(ignored, self.objects))
        yield Constraint("Closed", frozenset(one for one in allowed if isinstance(one, NamedNode)))

    def _qualified(self, node: Term) -> Iterator[Constraint]:
        for value in self.objects(node, _sh("qualifiedValueShape")):
            others: set[Term] = set()
            if any(
                isinstance(one, Literal) and one.value in ("true", "1") for one in self.objects(node, _sh("qualifiedValueShapesDisjoint"))
            ):
                parents = [one for one, said in self.graph.items() if node in said.get(_sh("property"), [])]
                for parent in parents:
                    for sibling in self.objects(parent, _sh("property")):
                        others |= set(self.objects(sibling, _sh("qualifiedValueShape")))
            siblings = tuple(sorted(others - {value}, key=str))
            for name, component in (("qualifiedMinCount", "QualifiedMinCount"), ("qualifiedMaxCount", "QualifiedMaxCount")):
                for number in self.objects(node, _sh(name)):
                    yield Constraint(component, (value, self._number(node, name, number), siblings))

    def _query(self, node: Term, kind: NamedNode, place: str) -> Query:
        texts = [one.value for one in self.objects(node, kind) if isinstance(one, Literal)]
        if len(texts) != 1:
            raise InputError("shapes-unusable", detail=f"{place}: {len(texts)} queries instead of one")
        return Query(
            id=node,
            text=declared_prefixes(self.graph, node) + texts[0],
            messages=_literals(self.objects(node, _sh("message"))),
            hints=_literals(self.objects(node, _HINT)),
            deactivated=self._deactivated(node),
        )


def declared_prefixes(graph: dict[Term, dict[NamedNode, list[Term]]], node: Term) -> str:
    """What sh:prefixes declares for a query, what its ontologies import included (5.2.1), as SPARQL's prologue."""
    imports = NamedNode(PREFIXES["owl"] + "imports")
    seen: set[Term] = set()
    frontier = set(graph.get(node, {}).get(_sh("prefixes"), []))
    while frontier:
        seen |= frontier
        frontier = {one for ontology in frontier for one in graph.get(ontology, {}).get(imports, [])} - seen
    found = {
        (str(prefix.value), str(namespace.value))
        for ontology in seen
        for declaration in graph.get(ontology, {}).get(_sh("declare"), [])
        for prefix in graph.get(declaration, {}).get(_sh("prefix"), [])
        for namespace in graph.get(declaration, {}).get(_sh("namespace"), [])
    }
    return "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in sorted(found))


def _components(graph: dict[Term, dict[NamedNode, list[Term]]]) -> Iterator[tuple[Term, list[NamedNode]]]:
    """Constraint components of others (6): their IRIs, and the parameters that a shape must have to use them."""
    for node in graph:
        parameters = graph[node].get(_sh("parameter"), [])
        if not parameters or not any(_sh(link) in graph[node] for link in ("validator", "nodeValidator", "propertyValidator")):
            continue
        needed = []
        for one in parameters:
            said = graph.get(one, {})
            optional = any(isinstance(value, Literal) and value.value in ("true", "1") for value in said.get(_sh("optional"), []))
            needed += [] if optional else [path for path in said.get(_sh("path"), []) if isinstance(path, NamedNode)]
        yield node, needed


def _named_in(shape: Shape) -> set[Term]:
    """The shapes that a shape refers to."""
    found: set[Term] = set()
    for constraint in shape.constraints:
        if constraint.component in ("Not", "Node", "Property"):
            found.add(constraint.value)
        elif constraint.component in ("And", "Or", "Xone"):
            found |= set(constraint.value)
        elif constraint.component.startswith("Qualified"):
            found |= {constraint.value[0], *constraint.value[2]}
    return found


def referred(shape: Shape) -> set[Term]:
    """The names of the shapes that a shape refers to itself, without what these refer to."""
    return _named_in(shape)


def _literals(terms: list[Term]) -> tuple[Literal, ...]:
    return tuple(sorted((one for one in terms if isinstance(one, Literal)), key=str))


def _words(node: Term) -> str:
    return shorten(node.value) if isinstance(node, NamedNode) else str(node)
