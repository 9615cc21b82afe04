"""Shape → a SPARQL condition that holds at every node with a violation, and at few others.

Two conditions are written for each shape, and both err on one side only: `suspect` may hold where nothing is wrong, never the
other way round; `sound` may hold where something is wrong, never fail where nothing is. Negation swaps them. What cannot be said
in SPARQL becomes `true` in both, and all is left to the judge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations, count
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from thidua.shacl.data import Data, as_stored
from thidua.shacl.literals import AS_WRITTEN, CASTS, XSD, has_lexical_rules, less, value_of
from thidua.shacl.paths import SH, Path, Term
from thidua.shacl.patterns import engine_knows
from thidua.shacl.shapes import Constraint, Shape, Shapes
from thidua.terms import RDF_TYPE

TRUE, FALSE = "true", "false"
_MOST = 4  # values told apart by a join; beyond that the judge counts
_DEEPEST = 12  # of shapes within shapes
_LONGEST, _MOST_PARTS, _MOST_NESTED = 100_000, 2_000, 150  # characters, variables and shapes, EXISTS within EXISTS of one condition
_MANY = 100  # terms compared with one after the other; beyond that the judge looks them up


@dataclass
class _Found:
    """What is asked of a node: `parts` of itself, `each` of every value of a path, of which `needed` have one, `single` no other,
    `once_a_language` no other in the same language.
    """

    parts: list[str] = field(default_factory=list)
    each: dict[Path, list[Callable[[str], str]]] = field(default_factory=dict)
    needed: dict[Path, bool] = field(default_factory=dict)
    single: dict[Path, bool] = field(default_factory=dict)
    once_a_language: dict[Path, bool] = field(default_factory=dict)


class Scan(NamedTuple):
    """What all statements of a property are looked through for: a second value of a subject (`single`), two values of a subject in one
    language (`once_a_language`), values of which `wrong` holds.

    `wrong` is a condition on ?value.
    """

    predicate: NamedNode
    single: bool
    once_a_language: bool
    wrong: str

    def numbers(self) -> str:
        """A query whose two numbers are the same where no subject has two values."""
        return f"SELECT (COUNT(*) AS ?all) (COUNT(DISTINCT ?this) AS ?subjects) WHERE {{ ?this {self.predicate} ?value }}"

    def repeated(self) -> str:
        """A query for the subjects that have two values, of one language where that alone counts."""
        if self.single:
            return f"SELECT ?this WHERE {{ ?this {self.predicate} ?value }} GROUP BY ?this HAVING(COUNT(*) > 1)"
        pattern = f"?this {self.predicate} ?value BIND(LCASE(LANG(?value)) AS ?tag) FILTER(?tag != '')"
        return f"SELECT DISTINCT ?this WHERE {{ {pattern} }} GROUP BY ?this ?tag HAVING(COUNT(*) > 1)"

    def values(self) -> str:
        """A query for the subjects of values that must not be."""
        return f"SELECT DISTINCT ?this WHERE {{ ?this {self.predicate} ?value {_filter(self.wrong)} }}"


class _TooLarge(Exception):
    """A condition grows beyond what is of use."""


class Filters:
    """Writes conditions for shapes over some data (whose class hierarchy counts)."""

    def __init__(self, shapes: Shapes, data: Data) -> None:
        self.shapes, self.data = shapes, data
        self._numbers = count()
        self._parts = self._nested = 0

    def condition(self, root: Shape) -> str:
        """`suspect` of a shape with targets at ?this, its own sh:sparql left out; TRUE where that would be too large to be of use."""
        self._parts = self._nested = 0
        try:
            return self.suspect(root, "?this", batched=True)
        except (_TooLarge, RecursionError):
            return TRUE

    def _count(self) -> None:
        self._parts += 1
        if self._parts > _MOST_PARTS:
            raise _TooLarge

    def _new(self) -> str:
        self._count()
        return f"?v{next(self._numbers)}"

    def suspect(self, shape: Shape, node: str, depth: int = 0, batched: bool = False) -> str:
        """A condition on the variable `node` that holds wherever the shape has a result.

        Args:
            batched: as in thidua.shacl.judge.Judge.results.
        """
        if depth > _DEEPEST:
            return TRUE
        self._count()
        found = _Found()
        self._collect(shape, node, depth, batched, found)
        paths = {**found.each, **found.needed, **found.single, **found.once_a_language}
        return _short(_or([*found.parts, *(self._on_values(node, path, found) for path in paths)]))

    def _on_values(self, node: str, path: Path, found: _Found) -> str:
        """Is there no value where one must be, a second where one may be, or one that must not be?"""

        def wrong(value: str) -> str:
            others = [self._another(node, path, value)] if path in found.single else []
            others += [self._another_in_its_language(node, path, value)] if path in found.once_a_language else []
            return _or([*others, *(one(value) for one in found.each.get(path, []))])

        if path in found.needed and path in found.single:  # then all is well where one value is alone and right
            return _not(self._reaches(node, path, lambda value: _not(wrong(value))))
        return _or([self._missing(node, path, found), self._reaches(node, path, wrong)])

    def _missing(self, node: str, path: Path, found: _Found) -> str:
        return _not(self._reaches(node, path, lambda value: TRUE)) if path in found.needed else FALSE

    def split(self, root: Shape) -> tuple[str, tuple[Scan, ...]]:
        """The same for the focus nodes of a shape with targets, ?this, in two parts: a condition, and scans of whole properties.

        Looking at all statements of a property in a row takes the engine a fifth of the time that looking them up node by node does.
        """
        found, scans = _Found(), list[Scan]()
        self._parts = self._nested = 0
        self._collect(root, "?this", 0, True, found)
        parts = list(found.parts)
        for path in {**found.each, **found.needed, **found.single, **found.once_a_language}:
            if path.predicate is None or path.predicate == RDF_TYPE:  # every node has a type: most are not of this shape's
                parts.append(self._on_values("?this", path, found))
                continue
            parts.append(self._missing("?this", path, found))
            wrong = _or(one("?value") for one in found.each.get(path, []))
            if path in found.single or path in found.once_a_language or wrong != FALSE:
                scans.append(Scan(path.predicate, path in found.single, path in found.once_a_language, wrong))
        return _or(parts), tuple(scans)

    def _collect(self, shape: Shape, node: str, depth: int, batched: bool, found: _Found) -> None:
        """Conditions on the node, and by path those on each of its values: all that look at the same values look at them once."""
        if shape.deactivated:
            return
        for constraint in shape.constraints:
            component, path = constraint.component, shape.path
            if component == "SPARQL":
                found.parts.append(FALSE if batched else TRUE)
            elif component == "Property" and path is None and depth <= _DEEPEST:
                self._collect(self.shapes.by_id[constraint.value], node, depth + 1, batched, found)
            elif path is None:
                found.parts.append(self._one(constraint, node, depth))
            elif component == "MaxCount" and constraint.value == 1:
                found.single[path] = True
            elif component == "MinCount" and constraint.value == 1:
                found.needed[path] = True
            elif component == "UniqueLang":
                found.once_a_language[path] = True
            elif component in _WHOLE:
                found.parts.append(self._whole(constraint, node, path, depth, bad=True))
            else:
                found.each.setdefault(path, []).append(lambda value, one=constraint: self._one(one, value, depth))  # type: ignore[misc]

    def _another(self, node: str, path: Path, value: str) -> str:
        """Has the path a value other than this one?"""
        return self._reaches(node, path, lambda other: f"!sameTerm({other}, {value})")

    def _another_in_its_language(self, node: str, path: Path, value: str) -> str:
        return self._reaches(node, path, lambda other: _in_one_language(value, other))

    def sound(self, shape: Shape, node: str, depth: int) -> str:
        """A condition on the variable `node` that holds wherever the shape has no result."""
        if shape.deactivated:
            return TRUE
        if depth > _DEEPEST:
            return TRUE
        self._count()
        if shape.path is None:
            return _and(self._one_sound(one, node, depth) for one in shape.constraints)
        parts, each = [], []
        for one in shape.constraints:
            if one.component in _WHOLE:
                parts.append(self._whole(one, node, shape.path, depth, bad=False))
            else:
                each.append(one)
        wrong = self._reaches(node, shape.path, lambda value: _not(_and(self._one_sound(one, value, depth) for one in each)))
        return _and([*parts, _not(wrong)])

    def _reaches(self, node: str, path: Path, condition: Callable[[str], str]) -> str:
        """Has the path, walked from the node, a value for which the condition holds?

        A sequence becomes EXISTS within EXISTS: the engine would join its steps in any order, from the far end too.
        """
        if path.kind == "alternative":
            return _or(self._reaches(node, part, condition) for part in path.parts)
        if path.kind == "?":
            return _or([condition(node), self._reaches(node, path.inner, condition)])
        if path.kind == "sequence":
            first, *rest = path.parts
            more = rest[0] if len(rest) == 1 else Path("sequence", parts=tuple(rest))
            return self._reaches(node, first, lambda between: self._reaches(between, more, condition))
        if path.kind == "inverse" and path.inner.predicate is None:
            return self._reaches(node, path.inner.inverted(), condition)
        value = self._new()
        self._nested += 1
        if self._nested > _MOST_NESTED:
            raise _TooLarge
        wanted = _short(condition(value))
        self._nested -= 1
        return FALSE if wanted == FALSE else f"EXISTS {{ {node} {path.sparql()} {value} {_filter(wanted)} }}"

    # Constraints on each value node by itself.

    def _one(self, constraint: Constraint, node: str, depth: int) -> str:
        component, value = constraint.component, constraint.value
        if component == "SPARQL":
            return TRUE
        if component in _WHOLE:  # of a node shape, whose one value node is the focus node
            return self._whole(constraint, node, None, depth, bad=True)
        if component in ("Node", "Property"):
            return self.suspect(self.shapes.by_id[value], node, depth + 1)
        if component == "Not":
            return self.sound(self.shapes.by_id[value], node, depth + 1)
        if component in ("And", "Or"):
            conditions = [self.suspect(self.shapes.by_id[one], node, depth + 1) for one in value]
            return _or(conditions) if component == "And" else _and(conditions)
        if component == "Xone":
            return _not(self._exactly_one(value, node, depth, surely=True))
        wrong = self._wrong(constraint, node)
        return TRUE if wrong is None else f"COALESCE({wrong}, true)"

    def _one_sound(self, constraint: Constraint, node: str, depth: int) -> str:
        component, value = constraint.component, constraint.value
        if component == "SPARQL":
            return TRUE
        if component in _WHOLE:
            return self._whole(constraint, node, None, depth, bad=False)
        if component in ("Node", "Property"):
            return self.sound(self.shapes.by_id[value], node, depth + 1)
        if component == "Not":
            return self.suspect(self.shapes.by_id[value], node, depth + 1)
        if component in ("And", "Or"):
            conditions = [self.sound(self.shapes.by_id[one], node, depth + 1) for one in value]
            return _and(conditions) if component == "And" else _or(conditions)
        if component == "Xone":
            return self._exactly_one(value, node, depth, surely=False)
        if component == "Datatype":  # what the engine cannot cast may yet be well-formed: numbers and years too large for it
            right = f"COALESCE(DATATYPE({node}) = {value}, false)"
            return _or([right, _is_changed(node)]) if self.data.changed else right
        wrong = self._wrong(constraint, node)
        return TRUE if wrong is None else f"!COALESCE({wrong}, false)"

    def _exactly_one(self, shapes: Iterable[Term], node: str, depth: int, surely: bool) -> str:
        """Does exactly one shape hold: surely, or as far as can be told?"""
        sure = [_not(self.suspect(self.shapes.by_id[one], node, depth + 1)) for one in shapes]
        maybe = [self.sound(self.shapes.by_id[one], node, depth + 1) for one in shapes]
        if surely:
            return _or(_and([sure[n], *(_not(other) for m, other in enumerate(maybe) if m != n)]) for n in range(len(sure)))
        return _and([_or(maybe), *(_not(_and(pair)) for pair in combinations(sure, 2))])

    def _wrong(self, constraint: Constraint, node: str) -> str | None:
        """What a value must not be, exactly but for errors; None where SPARQL cannot tell."""
        component, value = constraint.component, constraint.value
        if component == "Class":
            kinds = sorted(self.data.under(value), key=str)
            if len(kinds) > _MANY:
                return None
            if len(kinds) > 8:
                kind = self._new()
                return f"!EXISTS {{ {node} {RDF_TYPE} {kind} FILTER({kind} IN ({', '.join(map(str, kinds))})) }}"
            return "!(" + " || ".join(f"EXISTS {{ {node} {RDF_TYPE} {kind} }}" for kind in kinds) + ")"
        if component == "Datatype":
            wrong = f"!isLiteral({node}) || DATATYPE({node}) != {value}"
            name = value.value.removeprefix(XSD)
            if name in CASTS and value.value.startswith(XSD):
                return f"{wrong} || !COALESCE(isLiteral({value}({node})), false)"
            return None if has_lexical_rules(value) else wrong
        if component == "NodeKind":
            tests = _KINDS.get(value.value.removeprefix(SH), "").split()
            return "!(" + " || ".join(f"{test}({node})" for test in tests) + ")" if tests else None
        if component in _RANGES:
            return f"!({node} {_RANGES[component]} {value})" if _compared_exactly(value) else None
        if component in ("MinLength", "MaxLength"):
            sign = "<" if component == "MinLength" else ">"
            return f"isBlank({node}) || STRLEN(STR({node})) {sign} {value}"
        if component == "Pattern":
            pattern, flags = value
            if not engine_knows(pattern, flags):
                return None
            return f"isBlank({node}) || !REGEX(STR({node}), {Literal(pattern)}, {Literal(flags)})"
        if component == "LanguageIn":
            matches = [f"LANGMATCHES(LANG({node}), {Literal(tag)})" for tag in value]
            return f"!isLiteral({node}) || !({' || '.join(matches) or FALSE})"
        if component == "In":
            return self._not_in(value, node)
        return None

    @staticmethod
    def _not_in(terms: Iterable[Term], node: str) -> str | None:
        terms = list(terms)
        if len(terms) > _MANY or any(isinstance(term, BlankNode) for term in terms):
            return None
        if all(isinstance(term, NamedNode) for term in terms):
            return f"{node} NOT IN ({', '.join(map(str, terms))})"
        return "!(" + " || ".join(f"sameTerm({node}, {as_stored(term)})" for term in terms) + ")"

    # Constraints on all value nodes together.

    def _several(self, node: str, path: Path, number: int, condition: Callable[[str], str], others: tuple[str, ...] = ()) -> str:
        """Has the path `number` different values, each with the condition?"""

        def one_more(value: str) -> str:
            different = _and([*(f"!sameTerm({value}, {other})" for other in others), condition(value)])
            return different if number == 1 else _and([different, self._several(node, path, number - 1, condition, (*others, value))])

        return self._reaches(node, path, one_more)

    def _whole(self, constraint: Constraint, node: str, path: Path | None, depth: int, bad: bool) -> str:
        """The condition for a constraint on all values: suspect where `bad`, else sound."""
        component, value = constraint.component, constraint.value

        def told(exact: str) -> str:
            return exact if bad else _not(exact)

        if component == "Closed":
            if path is not None:
                return TRUE
            predicate = self._new()
            allowed = ", ".join(sorted(map(str, value)))
            return told(f"EXISTS {{ {node} {predicate} {self._new()} FILTER({predicate} NOT IN ({allowed})) }}")
        if component in ("MinCount", "MaxCount"):
            number = value if component == "MinCount" else value + 1
            if number <= 0:
                return told(FALSE if component == "MinCount" else TRUE)
            if path is None or number > _MOST:
                return TRUE
            enough = self._several(node, path, number, lambda value: TRUE)
            return told(_not(enough) if component == "MinCount" else enough)
        if component in ("QualifiedMinCount", "QualifiedMaxCount"):
            return self._qualified(constraint, node, path, depth, bad)
        if component == "HasValue":
            if isinstance(value, BlankNode):
                return TRUE
            term = as_stored(value)
            if path is None:
                return told(f"!sameTerm({node}, {term})")
            return told(_not(self._reaches(node, path, lambda found: f"sameTerm({found}, {term})")))
        if component == "UniqueLang":
            if path is None:
                return told(FALSE)

            return told(self._reaches(node, path, lambda one: self._another_in_its_language(node, path, one)))
        return self._pair(constraint, node, path, bad)

    def _pair(self, constraint: Constraint, node: str, path: Path | None, bad: bool) -> str:
        """Constraints that compare the values with those of another property."""
        if path is None:
            return TRUE
        component, other = constraint.component, Path("predicate", constraint.value)

        def in_both(value: str, there: Path) -> str:
            return self._reaches(node, there, lambda found: f"sameTerm({found}, {value})")

        if component == "Disjoint":
            wrong = self._reaches(node, path, lambda value: in_both(value, other))
        elif component == "Equals":
            wrong = _or(
                [
                    self._reaches(node, path, lambda value: _not(in_both(value, other))),
                    self._reaches(node, other, lambda value: _not(in_both(value, path))),
                ]
            )
        else:
            test = _may_not_precede if bad else _surely_does_not_precede
            sign = "<" if component == "LessThan" else "<="
            wrong = self._reaches(node, path, lambda one: self._reaches(node, other, lambda two: test(one, sign, two)))
        return wrong if bad else _not(wrong)

    def _qualified(self, constraint: Constraint, node: str, path: Path | None, depth: int, bad: bool) -> str:
        shape, number, others = constraint.value
        at_least = constraint.component == "QualifiedMinCount"
        number = number if at_least else number + 1
        if number <= 0:
            return _not(TRUE if bad == at_least else FALSE)
        if path is None or number > _MOST:
            return TRUE

        def surely(name: str) -> str:
            them = (_not(self.sound(self.shapes.by_id[one], name, depth + 1)) for one in others)
            return _and([_not(self.suspect(self.shapes.by_id[shape], name, depth + 1)), *them])

        def maybe(name: str) -> str:
            them = (self.suspect(self.shapes.by_id[one], name, depth + 1) for one in others)
            return _and([self.sound(self.shapes.by_id[shape], name, depth + 1), *them])

        # Too few is suspected where not enough surely count; too many where enough may count; and the reverse for soundness.
        found = self._several(node, path, number, surely if at_least == bad else maybe)
        return _not(found) if at_least == bad else found


_WHOLE = frozenset(
    """Closed MinCount MaxCount QualifiedMinCount QualifiedMaxCount HasValue UniqueLang Equals Disjoint LessThan
    LessThanOrEquals""".split()
)
_RANGES = {"MinExclusive": ">", "MinInclusive": ">=", "MaxExclusive": "<", "MaxInclusive": "<="}
_SAME_AS_THEMSELVES = ", ".join(f"<{XSD}{name}>" for name in ("string", "date", "dateTime", "gYear", "gYearMonth"))
_KINDS = {
    "IRI": "isIRI",
    "BlankNode": "isBlank",
    "Literal": "isLiteral",
    "BlankNodeOrIRI": "isBlank isIRI",
    "BlankNodeOrLiteral": "isBlank isLiteral",
    "IRIOrLiteral": "isIRI isLiteral",
}


def _in_one_language(one: str, other: str) -> str:
    return f"(!sameTerm({one}, {other}) && LANG({one}) != '' && LCASE(LANG({one})) = LCASE(LANG({other})))"


def _is_changed(node: str) -> str:
    return f"COALESCE(STRSTARTS(STR(DATATYPE({node})), {Literal(AS_WRITTEN)}), false)"


def _may_not_precede(one: str, sign: str, two: str) -> str:
    """May one value fail to be less than another?

    The engine holds any term to be <= itself (of dates and texts so does the judge), and is off by a last digit where it turns decimals
    into floating numbers.
    """
    same = f"(sameTerm({one}, {two}) && COALESCE(DATATYPE({one}) NOT IN ({_SAME_AS_THEMSELVES}), true)) || " if sign == "<=" else ""
    return f"{same}COALESCE(!({one} {sign} {two}) || DATATYPE({one}) != DATATYPE({two}), true)"


def _surely_does_not_precede(one: str, sign: str, two: str) -> str:
    return f"COALESCE(!({one} {sign} {two}) && DATATYPE({one}) = DATATYPE({two}), false)"


def _compared_exactly(limit: Literal) -> bool:
    """Does the engine compare any value with this limit as the judge does?"""
    value = value_of(limit)
    return less(limit, limit, or_equal=True) is True and (
        value is None or (value[0] == "exact" and value[1] == Decimal(value[1]).to_integral_value())
    )


def _short(condition: str) -> str:
    if len(condition) > _LONGEST:
        raise _TooLarge
    return condition


def _filter(condition: str) -> str:
    return "" if condition == TRUE else f"FILTER({condition})"


def _or(conditions: Iterable[str]) -> str:
    kept = list(dict.fromkeys(one for one in conditions if one != FALSE))
    if TRUE in kept:
        return TRUE
    return kept[0] if len(kept) == 1 else f"({' || '.join(kept)})" if kept else FALSE


def _and(conditions: Iterable[str]) -> str:
    kept = list(dict.fromkeys(one for one in conditions if one != TRUE))
    if FALSE in kept:
        return FALSE
    return kept[0] if len(kept) == 1 else f"({' && '.join(kept)})" if kept else TRUE


def _not(condition: str) -> str:
    if condition in (TRUE, FALSE):
        return FALSE if condition == TRUE else TRUE
    return f"!({condition})"
