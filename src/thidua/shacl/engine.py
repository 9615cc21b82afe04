"""Validation of a data graph against shapes: each shape the fastest way that is exact."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions

from thidua.errors import InputError
from thidua.shacl import parallel, queries
from thidua.shacl.data import SUB_CLASS, Data, as_stored, as_written
from thidua.shacl.filters import FALSE, TRUE, Filters, Scan
from thidua.shacl.judge import BY_THEMSELVES, Judge, Result
from thidua.shacl.paths import SH, Term
from thidua.shacl.queries import NeedsReference
from thidua.shacl.shapes import Constraint, Shape, Shapes, referred
from thidua.shacl.sparql_text import Query
from thidua.terms import RDF_TYPE

if TYPE_CHECKING:
    from thidua.shacl.affected import Footprint

T = TypeVar("T")
LARGE = 5_000  # statements from which on several processes are quicker than one
SCANNED = 50_000  # statements from which on properties are looked through as a whole
MOST_SCANNED = 20_000  # subjects that a scan may find before it is given up
FEW = 30  # focus nodes that are judged sooner than a condition on them is read by the engine
_FOCUS = NamedNode("urn:x-thidua:focus")  # the graph, and the class in it, of nodes that a query is asked of
_FRAMES = 6_000  # of Python's stack: each shape within a shape takes some seven
COMPILED, BY_NODE, REFERENCE = "compiled", "node by node", "pySHACL"


class Way(NamedTuple):
    """How a shape, or a SPARQL constraint of it, is evaluated, and why not faster."""

    shape: Term
    constraint: Term | None
    way: str
    why: str = ""


@dataclass
class Sparql:
    """A SPARQL constraint that is asked at a root shape's own focus nodes."""

    shape: Shape
    constraint: Constraint
    query: Query | None
    why: str


@dataclass(eq=False)
class Plan:
    """What is to be done for a shape with targets; its conditions are written when they are first needed."""

    root: Shape
    filters: Filters
    sparql: list[Sparql] = field(default_factory=list)
    reference: str = ""

    @cached_property
    def condition(self) -> str:
        """Holds at every focus node with a result of the core constraints."""
        return self.filters.condition(self.root)

    @cached_property
    def split(self) -> tuple[str, tuple[Scan, ...]]:
        """The same in two parts (thidua.shacl.filters.Filters.split)."""
        return self.filters.split(self.root)


Piece = tuple[Plan, Sparql | None]


@dataclass
class Changed:
    """What a change of the data led to, piece by piece.

    Attributes:
        nodes: those that it can matter to, focus nodes or such as were; None for all.
        results: of now, at those of them that are focus nodes.
    """

    pieces: list[Piece]
    nodes: list[set[Term] | None]
    results: list[list[Result]]


class Validator:
    """Shapes made ready for some data; the data may change (`changed`).

    Args:
        shapes: from `thidua.shacl.shapes.read_shapes`.
        data: what is validated.

    Raises:
        InputError: shapes that cannot be used.
    """

    def __init__(self, shapes: Shapes, data: Data) -> None:
        self.shapes, self.data = shapes, data
        self._check_queries()
        self.judge = Judge(data, shapes, self._ask_one)
        self._footprints: dict[tuple[Term, tuple[Term, Term] | None], Footprint] = {}
        self._scans: dict[Scan, set[Term] | None] = {}
        self._make_plans()
        asked = (one.value.text for shape in shapes.by_id.values() for one in shape.constraints if one.component == "SPARQL")
        if any("shapesGraph" in text for text in asked):
            data.store.extend([Quad(q.subject, q.predicate, q.object, queries.SHAPES_GRAPH) for q in shapes.quads()])

    def _make_plans(self) -> None:
        filters = Filters(self.shapes, self.data)
        self.plans = [self._plan(root, filters) for root in self.shapes.roots()]

    def _check_queries(self) -> None:
        for shape in self.shapes.by_id.values():
            for constraint in shape.constraints:
                if constraint.component == "SPARQL" and not (shape.deactivated or constraint.value.deactivated):
                    queries.check(constraint.value.text, queries.name_of(constraint))
        graph = self.shapes.graph
        links = [NamedNode(SH + name) for name in ("validator", "nodeValidator", "propertyValidator")]
        validators = {node for said in graph.values() for link in links for node in said.get(link, [])}
        for node in sorted(validators & graph.keys(), key=str):
            for kind in ("ASK", "SELECT"):
                for text in graph[node].get(NamedNode(SH + kind.lower()), []):
                    queries.check(str(text.value), str(node), kind)

    def _plan(self, root: Shape, filters: Filters) -> Plan:
        why = self._for_reference(root)
        if why:
            return Plan(root, filters, [], why)
        sparql = [
            Sparql(shape, constraint, query := queries.taken_apart(constraint), queries.batchable(query))
            for shape, constraint in self._own_sparql(root)
        ]
        return Plan(root, filters, sparql)

    def _own_sparql(self, root: Shape) -> Iterator[tuple[Shape, Constraint]]:
        """SPARQL constraints whose focus nodes are those of the root: its own, and those of its property shapes."""
        seen: set[Term] = set()
        waiting = [root]
        while waiting:
            shape = waiting.pop()
            if shape.id in seen or shape.deactivated:
                continue
            seen.add(shape.id)
            for constraint in shape.constraints:
                if constraint.component == "SPARQL" and not constraint.value.deactivated:
                    yield shape, constraint
                elif constraint.component == "Property" and shape.path is None:
                    waiting.append(self.shapes.by_id[constraint.value])

    def _for_reference(self, root: Shape) -> str:
        """Why a shape cannot be evaluated here at all; empty where it can."""
        seen: set[Term] = set()
        waiting = [root]
        while waiting:
            shape = waiting.pop()
            seen.add(shape.id)
            for constraint in shape.constraints:
                if constraint.component == "Custom" and not shape.deactivated:
                    return f"a constraint component of its own: {constraint.value}"
                if constraint.component == "SPARQL" and shape.path is None and "$PATH" in constraint.value.text:
                    return "a query with $PATH at a node shape"
            waiting += [self.shapes.by_id[one] for one in referred(shape) - seen]
        return ""

    def ways(self) -> list[Way]:
        """How each shape with targets is evaluated."""
        found = []
        for plan in self.plans:
            if plan.reference:
                found.append(Way(plan.root.id, None, REFERENCE, plan.reference))
                continue
            by_node = plan.condition == TRUE
            found.append(Way(plan.root.id, None, BY_NODE if by_node else COMPILED, "no condition in SPARQL" if by_node else ""))
            for one in plan.sparql:
                found.append(Way(plan.root.id, one.constraint.value.id, BY_NODE if one.why else COMPILED, one.why))
        return found

    # Targets (SHACL 2.1.3).

    def _patterns(self, root: Shape) -> Iterator[str]:
        """Patterns that bind ?this, one for each target but for single nodes."""
        for kind, target in root.targets:
            if kind == "targetClass" and isinstance(target, NamedNode):
                kinds = sorted(self.data.under(target), key=str)
                if len(kinds) == 1:
                    yield f"?this {RDF_TYPE} {target} ."
                else:
                    yield f"VALUES ?_kind {{ {' '.join(map(str, kinds))} }} ?this {RDF_TYPE} ?_kind ."
            elif kind == "targetSubjectsOf":
                yield f"?this {target} ?_object ."
            elif kind == "targetObjectsOf":
                yield f"?_subject {target} ?this ."

    @staticmethod
    def _single(root: Shape) -> set[Term]:
        return {as_stored(target) for kind, target in root.targets if kind == "targetNode"}

    def focus_nodes(self, root: Shape) -> set[Term]:
        """The focus nodes of a shape, as the store has them."""
        found = self._single(root)
        for pattern in self._patterns(root):
            found |= self._select(f"SELECT DISTINCT ?this WHERE {{ {pattern} }}")
        return found

    def is_focus(self, root: Shape, node: Term) -> bool:
        """Is the node a focus node of the shape?"""
        data = self.data
        for kind, target in root.targets:
            if kind == "targetNode":
                hit = node == as_stored(target)
            elif not isinstance(target, NamedNode):
                hit = False
            elif kind == "targetClass":
                hit = data.is_a(node, target)
            else:
                hit = bool(data.objects(node, target) if kind == "targetSubjectsOf" else data.subjects(node, target))
            if hit:
                return True
        return False

    def _each_once(self, root: Shape) -> bool:
        """Do the patterns bind no node twice?"""
        kinds = [self.data.under(target) for kind, target in root.targets if kind == "targetClass" and isinstance(target, NamedNode)]
        return len(root.targets) == len(kinds) == 1 and len(kinds[0]) == 1

    def hits(self, root: Shape) -> bool:
        """Do the data speak of any focus node of the shape?"""
        if any(self.data.speaks_of(node) for node in self._single(root)):
            return True
        return any(bool(self.data.store.query(f"ASK {{ {pattern} }}")) for pattern in self._patterns(root))

    def number_of_focus_nodes(self) -> int:
        """How many nodes of the data all targets hit."""
        single = {node for plan in self.plans for node in self._single(plan.root) if self.data.speaks_of(node)}
        patterns = sorted({pattern for plan in self.plans for pattern in self._patterns(plan.root)})
        if not patterns:
            return len(single)
        if not single:
            union = " UNION ".join(f"{{ {pattern} }}" for pattern in patterns)
            answer = self.data.store.query(f"SELECT (COUNT(DISTINCT ?this) AS ?n) WHERE {{ {union} }}")
            assert isinstance(answer, QuerySolutions)
            return int(next(answer)["n"].value)
        for pattern in patterns:
            single |= self._select(f"SELECT DISTINCT ?this WHERE {{ {pattern} }}")
        return len(single)

    def _select(self, text: str) -> set[Term]:
        answer = self.data.store.query(text)
        assert isinstance(answer, QuerySolutions)
        return {solution[0] for solution in answer}

    # Evaluation, in pieces: the core constraints of a shape with targets, and each SPARQL constraint asked at its focus nodes.

    def pieces(self) -> list[Piece]:
        """What is evaluated, in order."""
        return [(plan, one) for plan in self.plans for one in (None, *plan.sparql)]

    def results(self) -> list[Result]:
        """All results."""
        return [result for results in self.evaluate() for result in results]

    def evaluate(self, pieces: Sequence[Piece] | None = None, nodes: Sequence[set[Term] | None] | None = None) -> list[list[Result]]:
        """The results of some pieces (all, if not said otherwise), each at all focus nodes (None) or at some.

        Raises:
            InputError: shapes that cannot be used.
        """
        return self.told(list, [], pieces, nodes)[0]

    def told(
        self,
        words: Callable[[list[Result]], T],
        more: Sequence[Callable[[], object]],
        pieces: Sequence[Piece] | None = None,
        nodes: Sequence[set[Term] | None] | None = None,
    ) -> tuple[list[T], list[Any]]:
        """As `evaluate`, but what `words` makes of each piece's results; and what some other work gives, done in between.

        Raises:
            InputError: shapes that cannot be used.
        """
        pieces = self.pieces() if pieces is None else pieces
        usual = sys.getrecursionlimit()
        sys.setrecursionlimit(max(usual, _FRAMES))
        try:
            return self._told(words, more, pieces, nodes or [None] * len(pieces))
        except RecursionError as error:
            raise InputError("shapes-unusable", detail="shapes within shapes, deeper than can be followed") from error
        finally:
            sys.setrecursionlimit(usual)

    def _told(
        self,
        words: Callable[[list[Result]], T],
        more: Sequence[Callable[[], object]],
        pieces: Sequence[Piece],
        nodes: Sequence[set[Term] | None],
    ) -> tuple[list[T], list[Any]]:
        self._scans.clear()

        def part(n: int) -> Any:
            if n >= len(pieces):
                return more[n - len(pieces)]()
            results = self._piece(*pieces[n], nodes[n])
            return None if results is None else words(results)

        large = self.data.size >= LARGE and sum(one is None for one in nodes) > 8
        done = parallel.each(len(pieces) + len(more), part, parallel.cores() if large else 1)
        told, others = done[: len(pieces)], done[len(pieces) :]
        for plan in {id(plan): plan for (plan, _), results in zip(pieces, told, strict=True) if results is None}.values():
            mine = [n for n, (other, _) in enumerate(pieces) if other is plan]
            wanted = set(map(as_written, self._wanted(plan, [nodes[n] for n in mine])))
            from thidua.shacl import reference

            found = self._told_apart(reference.run(self.data.quads(), self.shapes, {plan.root.id: wanted}))
            for n in mine:
                asked = nodes[n]
                told[n] = words([one for one in found if self._is_of(one, pieces[n]) and (asked is None or as_stored(one.focus) in asked)])
        return told, others

    def _told_apart(self, results: Iterable[Result]) -> list[Result]:
        """Results of pySHACL, which names no more than the component: of several of one component in a shape, those that fail."""
        told, met = [], Counter[tuple[Term, Term, NamedNode, Term | None]]()
        for one in results:
            same = tuple(constraint for constraint in one.shape.constraints if constraint.iri == one.component)
            if len(same) > 1 and same[0].component in BY_THEMSELVES:
                shape = replace(one.shape, constraints=same, deactivated=False)
                failing = [other for other in self.judge.results(shape, as_stored(one.focus)) if other.value == one.value]
                key = (one.shape.id, one.focus, one.component, one.value)
                if failing:
                    one = one._replace(constraint=failing[met[key] % len(failing)].constraint)
                met[key] += 1
            told.append(one)
        return told

    def _wanted(self, plan: Plan, nodes: list[set[Term] | None]) -> set[Term]:
        given = [some for some in nodes if some is not None]
        return self.focus_nodes(plan.root) if len(given) < len(nodes) else set().union(*given)

    @staticmethod
    def _is_of(result: Result, piece: Piece) -> bool:
        """Is the result, found by pySHACL for the whole shape, one of this piece?"""
        plan, one = piece
        if one is None:
            return not any(result.constraint == other.constraint and result.shape.id == other.shape.id for other in plan.sparql)
        return result.constraint == one.constraint and result.shape.id == one.shape.id

    def changed(self, added: Iterable[Quad], removed: Iterable[Quad]) -> Changed:
        """Changes the data, and evaluates every piece at the nodes that the change can matter to."""
        from thidua.shacl.affected import Back, affected, by_predicate

        added, removed = list(added), list(removed)
        new, gone = self.data.statements(added), self.data.statements(removed)
        stand_ins = bool(self.data.changed)
        self.data.remove(removed)
        self.data.add(added)
        changed = by_predicate((*new, *gone))
        if SUB_CLASS in changed or bool(self.data.changed) != stand_ins:
            self._make_plans()  # conditions name the classes below a class, and heed stand-ins only where there are some
        back = Back(self.data, gone)
        pieces = self.pieces()
        nodes: list[set[Term] | None] = []
        kinds: dict[Term, frozenset[Term]] = {}
        for plan, one in pieces:
            nodes.append(affected(plan.root, self._footprint(plan, one), back, changed))
        asked = [None if some is None else self._focus_among(plan.root, some, kinds) for (plan, _), some in zip(pieces, nodes, strict=True)]
        return Changed(pieces, nodes, self.evaluate(pieces, asked))

    def _focus_among(self, root: Shape, nodes: set[Term], kinds: dict[Term, frozenset[Term]]) -> set[Term]:
        """Those that are focus nodes of the shape.

        Args:
            kinds: the classes of nodes looked up before.
        """
        if any(kind != "targetClass" for kind, _ in root.targets):
            return {node for node in nodes if self.is_focus(root, node)}
        wanted = frozenset().union(*(self.data.under(target) for _, target in root.targets if isinstance(target, NamedNode)))
        for node in nodes - kinds.keys():
            kinds[node] = frozenset(self.data.objects(node, RDF_TYPE))
        return {node for node in nodes if not wanted.isdisjoint(kinds[node])}

    def _footprint(self, plan: Plan, one: Sparql | None) -> Footprint:
        from thidua.shacl.affected import of_core, of_query

        key = (plan.root.id, None if one is None else (one.shape.id, one.constraint.value.id))
        if key not in self._footprints:
            self._footprints[key] = of_core(plan.root, self.shapes) if one is None else of_query(one.shape, one.constraint)
        return self._footprints[key]

    def _piece(self, plan: Plan, one: Sparql | None, nodes: set[Term] | None) -> list[Result] | None:
        """The results of one piece; None where pySHACL has to be asked."""
        if nodes is not None and not nodes:
            return []
        if plan.reference:
            return None
        try:
            return list(self._judged(plan, nodes)) if one is None else self._asked(plan, one, nodes)
        except NeedsReference:
            return None

    def _judged(self, plan: Plan, nodes: set[Term] | None) -> Iterator[Result]:
        suspects = self._suspects(plan) if nodes is None else nodes
        self.judge.expect(plan.root, suspects)
        for node in suspects:
            yield from self.judge.results(plan.root, node, batched=True)

    def _suspects(self, plan: Plan) -> set[Term]:
        """Every focus node that may have a result, and few others."""
        single = self._single(plan.root)
        patterns = list(self._patterns(plan.root))
        if not patterns:
            return single
        target = patterns[0] if len(patterns) == 1 else " UNION ".join(f"{{ {one} }}" for one in patterns)
        focus = self._select(f"SELECT DISTINCT ?this WHERE {{ {target} }} LIMIT {FEW + 1}")
        if len(focus) <= FEW:
            return single | focus
        if plan.condition == FALSE:
            return set()
        if plan.condition == TRUE:
            return single | self._select(f"SELECT DISTINCT ?this WHERE {{ {target} }}")
        within = target if len(patterns) == 1 else f"{{ SELECT DISTINCT ?this WHERE {{ {target} }} }}"
        condition, scanned = plan.condition, set()
        if self.data.size >= SCANNED:
            condition, scans = plan.split
            found = [self._scanned(scan) for scan in scans]
            if None in found:  # too many of other kinds
                condition = plan.condition
            else:
                scanned = self._focus_among(plan.root, set().union(*(one for one in found if one is not None)), {})
        if condition != FALSE:
            scanned |= self._select(f"SELECT ?this WHERE {{ {within} {'' if condition == TRUE else f'FILTER({condition})'} }}")
        return single | scanned

    def _scanned(self, scan: Scan) -> set[Term] | None:
        """The subjects that a scan finds; None where they are too many to be told apart one by one."""
        if scan not in self._scans:
            found: set[Term] = set()
            if scan.single or scan.once_a_language:
                answer = self.data.store.query(scan.numbers())
                assert isinstance(answer, QuerySolutions)
                every, subjects = next(answer)
                if every != subjects:
                    found |= self._select(f"{scan.repeated()} LIMIT {MOST_SCANNED}")
            if scan.wrong != FALSE and len(found) < MOST_SCANNED:
                found |= self._select(f"{scan.values()} LIMIT {MOST_SCANNED}")
            self._scans[scan] = found if len(found) < MOST_SCANNED else None
        return self._scans[scan]

    def _looks_at_changed(self, query: Query, shape: Shape) -> bool:
        """Does a query look at literals that stand for others in the store?"""
        predicates = queries.touched(query, shape)
        return bool(self.data.changed) and (predicates is None or not predicates.isdisjoint(self.data.changed))

    def _asked(self, plan: Plan, one: Sparql, nodes: set[Term] | None) -> list[Result]:
        """The results of a SPARQL constraint at all focus nodes, or at some."""
        name = queries.name_of(one.constraint)
        if one.query is None:
            raise NeedsReference
        if one.why:
            focus = self.focus_nodes(plan.root) if nodes is None else nodes
            return [result for node in sorted(focus, key=str) for result in self._ask(one.shape, one.constraint, one.query, node)]
        single = self._single(plan.root) if nodes is None else self._with_what_is_needed(nodes, one.query)
        self._refuse_beyond(one.query, one.shape)
        objects = {value for kind, value in plan.root.targets if kind == "targetObjectsOf"} if nodes is None else set()
        of_this = not objects.isdisjoint(self.data.changed) or any(as_written(node) != node for node in single)
        stand_ins = queries.StandIns(self._looks_at_changed(one.query, one.shape), of_this)
        targets = [] if nodes is not None else list(self._patterns(plan.root))
        marks = [Quad(node, RDF_TYPE, _FOCUS, _FOCUS) for node in single if not isinstance(node, Literal)]
        if marks:
            targets.append(f"GRAPH {_FOCUS} {{ ?this {RDF_TYPE} {_FOCUS} }}")
        literals = sorted(str(node) for node in single if isinstance(node, Literal))
        if literals:
            targets.append(f"VALUES ?this {{ {' '.join(literals)} }}")
        found: list[Result] = []
        if targets:
            union = " UNION ".join(f"{{ {target} }}" for target in targets)
            distinct = "" if len(targets) == 1 and self._each_once(plan.root) else "DISTINCT "
            target = targets[0] if single and len(targets) == 1 else f"{{ SELECT {distinct}?this WHERE {{ {union} }} }}"
            text = queries.for_all(one.shape, one.query, target, stand_ins)
            marks += self._unknown(one.query, one.shape, single)
            self.data.store.extend(marks)
            try:
                found += queries.results(one.shape, one.constraint, queries.rows(self.data, text, name), None)
            finally:
                self._unmark(marks)
        return found

    def _with_what_is_needed(self, nodes: set[Term], query: Query) -> set[Term]:
        """The nodes of which the query can say anything: it takes the engine longer to read than these take to be told."""
        has, is_value = queries.needed(query)
        data = self.data
        return {
            node
            for node in nodes
            if all(data.objects(node, predicate) for predicate in has) and all(data.subjects(node, predicate) for predicate in is_value)
        }

    def _unmark(self, marks: list[Quad]) -> None:
        for mark in marks:
            self.data.store.remove(mark)

    def _unknown(self, query: Query, shape: Shape, nodes: Iterable[Term]) -> list[Quad]:
        """Statements that make known to the engine such focus nodes as the data do not speak of, where the query may lead to them."""
        if not queries.may_stay(query, shape):
            return []
        return [Quad(node, _FOCUS, _FOCUS) for node in nodes if not isinstance(node, Literal) and not self.data.speaks_of(node)]

    def _refuse_beyond(self, query: Query, shape: Shape) -> None:
        """Raises NeedsReference where a query reckons with numbers too large for the engine."""
        predicates = queries.touched(query, shape)
        if self.data.beyond and queries.reckons(query) and (predicates is None or not predicates.isdisjoint(self.data.beyond)):
            raise NeedsReference

    def _ask(self, shape: Shape, constraint: Constraint, query: Query, node: Term) -> Iterator[Result]:
        self._refuse_beyond(query, shape)
        text = queries.for_one(shape, query, node, self._looks_at_changed(query, shape))
        marks = self._unknown(query, shape, [node])
        self.data.store.extend(marks)
        try:
            return iter(list(queries.results(shape, constraint, queries.rows(self.data, text, queries.name_of(constraint)), node)))
        finally:
            self._unmark(marks)

    def _ask_one(self, shape: Shape, constraint: Constraint, node: Term) -> Iterator[Result]:
        """For the judge: a SPARQL constraint within shapes within shapes."""
        if constraint.value.deactivated:
            return iter(())
        query = queries.taken_apart(constraint)
        if query is None:
            raise NeedsReference
        return self._ask(shape, constraint, query, node)
