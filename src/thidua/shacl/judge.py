"""One node against one shape, exactly: every result that SHACL's core asks for (Recommendation, 3.4 and 4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from decimal import Decimal
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from thidua.shacl.data import Data, as_stored, as_written
from thidua.shacl.literals import less, sort_key, well_formed
from thidua.shacl.paths import SH, Term, values
from thidua.shacl.patterns import matcher
from thidua.shacl.shapes import Constraint, Shape, Shapes

_MOST_PAIRS = 100_000


class Result(NamedTuple):
    """One result. Terms are as they were written.

    Attributes:
        path: the node of the shapes graph that is the path, or the predicate that a query gave; None where there is none.
        constraint: the SPARQL constraint, where the result is one's.
        bindings: what a query's solution gave, for the places of its message.
        said: messages that a solution gave itself.
    """

    focus: Term
    path: Term | None
    value: Term | None
    component: NamedNode
    shape: Shape
    constraint: Constraint
    bindings: tuple[tuple[str, Term], ...] = ()
    said: tuple[Literal, ...] = ()


# Asked of sh:sparql within shapes within shapes; gives the results at one node.
AskSparql = Callable[[Shape, Constraint, Term], Iterator[Result]]


class Judge:
    """Judges nodes of some data by some shapes.

    A shape that comes back to itself at the same node (recursion, whose meaning SHACL leaves open in 3.4.3) is taken to hold there.
    """

    def __init__(self, data: Data, shapes: Shapes, sparql: AskSparql) -> None:
        self.data, self.shapes, self.sparql = data, shapes, sparql
        self._under_way: set[tuple[Term, Term]] = set()
        self._members: dict[int, frozenset[Term]] = {}

    def results(self, shape: Shape, focus: Term, batched: bool = False) -> Iterator[Result]:
        """What is wrong at `focus` by `shape` (focus as the store has it).

        Args:
            batched: the shape's own sh:sparql and those of its property shapes are left out, being asked elsewhere.
        """
        if shape.deactivated:
            return
        key = (shape.id, focus)
        if key in self._under_way:
            return
        self._under_way.add(key)
        try:
            found: set[Term] | None = None
            for constraint in shape.constraints:
                if constraint.component == "SPARQL":
                    if not batched:
                        yield from self.sparql(shape, constraint, focus)
                    continue
                if found is None:
                    found = {focus} if shape.path is None else values(shape.path, [focus], self.data.objects, self.data.subjects)
                if constraint.component == "Property":
                    nested = self.shapes.by_id[constraint.value]
                    for value in found:
                        yield from self.results(nested, value, batched and shape.path is None)
                elif constraint.component == "Closed":
                    for value in found:
                        for predicate, other in self.data.said_of(value):
                            if predicate not in constraint.value:
                                yield Result(as_written(focus), predicate, as_written(other), constraint.iri, shape, constraint)
                elif constraint.component in _WHOLE:
                    yield from self._made(shape, focus, constraint, _WHOLE[constraint.component](self, focus, found, constraint))
                else:
                    test = _EACH[constraint.component]
                    yield from self._made(shape, focus, constraint, (value for value in found if not test(self, value, constraint)))
        finally:
            self._under_way.discard(key)

    def expect(self, shape: Shape, nodes: Collection[Term], above: frozenset[Term] = frozenset()) -> None:
        """Makes ready what is quicker done for many nodes at once: whether their texts match.

        Args:
            above: the shapes that led to this one.
        """
        if len(nodes) < 2 or shape.deactivated or shape.id in above:
            return
        for constraint in shape.constraints:
            if constraint.component == "Property" and shape.path is None:
                self.expect(self.shapes.by_id[constraint.value], nodes, above | {shape.id})
            elif constraint.component == "Pattern":
                found = nodes if shape.path is None else values(shape.path, nodes, self.data.objects, self.data.subjects)
                matcher(*constraint.value).expect(value.value for value in found if not isinstance(value, BlankNode))

    def conforms(self, shape: Term, node: Term) -> bool:
        """Has the node no result by the shape of this name?"""
        return next(self.results(self.shapes.by_id[shape], node), None) is None

    def members(self, constraint: Constraint) -> frozenset[Term]:
        """The terms of a sh:in."""
        if id(constraint) not in self._members:
            self._members[id(constraint)] = frozenset(constraint.value)
        return self._members[id(constraint)]

    def _made(self, shape: Shape, focus: Term, constraint: Constraint, wrong: Iterator[Term | None]) -> Iterator[Result]:
        for value in wrong:
            yield Result(
                as_written(focus), shape.path_node, None if value is None else as_written(value), constraint.iri, shape, constraint
            )


def _class(judge: Judge, value: Term, constraint: Constraint) -> bool:
    return judge.data.is_a(value, constraint.value)


def _datatype(judge: Judge, value: Term, constraint: Constraint) -> bool:
    literal = as_written(value)
    return isinstance(literal, Literal) and literal.datatype == constraint.value and well_formed(literal)


_KINDS: dict[str, tuple[type, ...]] = {
    "IRI": (NamedNode,),
    "BlankNode": (BlankNode,),
    "Literal": (Literal,),
    "BlankNodeOrIRI": (BlankNode, NamedNode),
    "BlankNodeOrLiteral": (BlankNode, Literal),
    "IRIOrLiteral": (NamedNode, Literal),
}


def _node_kind(judge: Judge, value: Term, constraint: Constraint) -> bool:
    return isinstance(value, _KINDS.get(constraint.value.value.removeprefix(SH), ()))


def _min_exclusive(judge: Judge, value: Term, constraint: Constraint) -> bool:
    return less(constraint.value, as_written(value)) is True


def _min_inclusive(judge: Judge, value: Term, constraint: Constraint) -> bool:
    return less(constraint.value, as_written(value), or_equal=True) is True


def _max_exclusive(judge: Judge, value: Term, constraint: Constraint) -> bool:
    return less(as_written(value), constraint.value) is True


def _max_inclusive(judge: Judge, value: Term, constraint: Constraint) -> bool:
    return less(as_written(value), constraint.value, or_equal=True) is True


def _min_length(judge: Judge, value: Term, constraint: Constraint) -> bool:
    return not isinstance(value, BlankNode) and len(value.value) >= constraint.value


def _max_length(judge: Judge, value: Term, constraint: Constraint) -> bool:
    return not isinstance(value, BlankNode) and len(value.value) <= constraint.value


def _pattern(judge: Judge, value: Term, constraint: Constraint) -> bool:
    return not isinstance(value, BlankNode) and matcher(*constraint.value)(value.value)


def _language_in(judge: Judge, value: Term, constraint: Constraint) -> bool:
    if not isinstance(value, Literal) or not value.language:
        return False
    said = value.language.lower()
    return any(tag == "*" or said == tag.lower() or said.startswith(tag.lower() + "-") for tag in constraint.value)


def _in(judge: Judge, value: Term, constraint: Constraint) -> bool:
    return as_written(value) in judge.members(constraint)


def _not(judge: Judge, value: Term, constraint: Constraint) -> bool:
    return not judge.conforms(constraint.value, value)


def _node(judge: Judge, value: Term, constraint: Constraint) -> bool:
    return judge.conforms(constraint.value, value)


def _and(judge: Judge, value: Term, constraint: Constraint) -> bool:
    return all(judge.conforms(shape, value) for shape in constraint.value)


def _or(judge: Judge, value: Term, constraint: Constraint) -> bool:
    return any(judge.conforms(shape, value) for shape in constraint.value)


def _xone(judge: Judge, value: Term, constraint: Constraint) -> bool:
    return sum(judge.conforms(shape, value) for shape in constraint.value) == 1


_EACH: dict[str, Callable[[Judge, Term, Constraint], bool]] = {
    "Class": _class,
    "Datatype": _datatype,
    "NodeKind": _node_kind,
    "MinExclusive": _min_exclusive,
    "MinInclusive": _min_inclusive,
    "MaxExclusive": _max_exclusive,
    "MaxInclusive": _max_inclusive,
    "MinLength": _min_length,
    "MaxLength": _max_length,
    "Pattern": _pattern,
    "LanguageIn": _language_in,
    "In": _in,
    "Not": _not,
    "Node": _node,
    "And": _and,
    "Or": _or,
    "Xone": _xone,
}


def _min_count(judge: Judge, focus: Term, found: set[Term], constraint: Constraint) -> Iterator[Term | None]:
    if len(found) < constraint.value:
        yield None


def _max_count(judge: Judge, focus: Term, found: set[Term], constraint: Constraint) -> Iterator[Term | None]:
    if len(found) > constraint.value:
        yield None


def _has_value(judge: Judge, focus: Term, found: set[Term], constraint: Constraint) -> Iterator[Term | None]:
    if as_stored(constraint.value) not in found:
        yield None


def _unique_lang(judge: Judge, focus: Term, found: set[Term], constraint: Constraint) -> Iterator[Term | None]:
    tags = Counter(value.language.lower() for value in found if isinstance(value, Literal) and value.language)
    for number in tags.values():
        if number > 1:
            yield None


def _equals(judge: Judge, focus: Term, found: set[Term], constraint: Constraint) -> Iterator[Term | None]:
    yield from found ^ set(judge.data.objects(focus, constraint.value))


def _disjoint(judge: Judge, focus: Term, found: set[Term], constraint: Constraint) -> Iterator[Term | None]:
    yield from found & set(judge.data.objects(focus, constraint.value))


def _less_than(judge: Judge, focus: Term, found: set[Term], constraint: Constraint) -> Iterator[Term | None]:
    others = [as_written(other) for other in judge.data.objects(focus, constraint.value)]
    or_equal = constraint.component == "LessThanOrEquals"
    once = len(found) * len(others) > _MOST_PAIRS
    others = _first_of_each_kind(others) if once else others
    for value in found:
        for other in others:
            if less(as_written(value), other, or_equal) is not True:
                yield value  # a result for each pair (4.5.3); of very many for each value, which is as much as a report shows
                if once:
                    break


def _first_of_each_kind(terms: list[Term]) -> list[Term]:
    """Of the literals of a kind the least alone: what comes before that comes before all of them."""
    least: dict[str, tuple[Decimal | str, Term]] = {}
    left = []
    for term in terms:
        key = sort_key(term) if isinstance(term, Literal) else None
        if key is None:
            left.append(term)
        elif key[0] not in least or key[1] < least[key[0]][0]:  # type: ignore[operator]
            least[key[0]] = (key[1], term)
    return [*(term for _, term in least.values()), *left]


def _qualified(judge: Judge, focus: Term, found: set[Term], constraint: Constraint) -> Iterator[Term | None]:
    shape, number, others = constraint.value
    count = sum(judge.conforms(shape, value) and not any(judge.conforms(other, value) for other in others) for value in found)
    if count < number if constraint.component == "QualifiedMinCount" else count > number:
        yield None


_WHOLE: dict[str, Callable[[Judge, Term, set[Term], Constraint], Iterator[Term | None]]] = {
    "MinCount": _min_count,
    "MaxCount": _max_count,
    "HasValue": _has_value,
    "UniqueLang": _unique_lang,
    "Equals": _equals,
    "Disjoint": _disjoint,
    "LessThan": _less_than,
    "LessThanOrEquals": _less_than,
    "QualifiedMinCount": _qualified,
    "QualifiedMaxCount": _qualified,
}

# Components that are judged without a look at other shapes.
BY_THEMSELVES = frozenset({*_EACH, *_WHOLE}) - {"Not", "Node", "And", "Or", "Xone", "QualifiedMinCount", "QualifiedMaxCount"}
