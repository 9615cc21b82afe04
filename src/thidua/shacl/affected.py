"""Which focus nodes a change of the data can touch: the shapes' paths followed backwards from the statements that changed.

A statement added or taken away matters to a shape at a focus node where some path of the shape, walked from that node, may use it.
So from each place in a path where the statement's predicate stands, what comes before that place is walked back to the focus
node, over the data with the statements of before and after together. The answer may name nodes that nothing happens to; it
leaves none out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from thidua.shacl import queries, sparql_text
from thidua.shacl.data import SUB_CLASS, Data, Statement
from thidua.shacl.paths import Path, Term, values
from thidua.shacl.shapes import Constraint, Shape, Shapes
from thidua.shacl.sparql_text import Group, Pattern, Query
from thidua.terms import RDF_TYPE

TYPE = Path("predicate", RDF_TYPE)
_LONGEST = 8  # ways from shape to shape; beyond that they come back to themselves
_MOST_PATTERNS = 100  # of a query
_MOST_WAYS = 8  # to one variable of a query
_DEEPEST_UNION = 3  # UNION within UNION that is looked into for what all branches bind

# A way from the focus node: paths to be walked one after the other.
Steps = tuple[Path, ...]
# Variables of a query, each with the ways one of which leads to it.
Known = dict[str, tuple[Steps, ...]]


class Footprint:
    """What a shape looks at, seen from its focus node: for each predicate the ways that lead to where such statements are looked at.

    Attributes:
        uses: predicate → ways that end in a step over it, the last being the path that holds the predicate.
        from_anything: ways to nodes of which any statement matters (sh:closed, variables as predicates).
        to_anything: ways to values that matter in any statement.
        everywhere: some rule cannot be followed, and any change matters everywhere.
    """

    def __init__(self) -> None:
        self.uses: dict[NamedNode, set[Steps]] = {}
        self.from_anything: set[Steps] = set()
        self.to_anything: set[Steps] = set()
        self.everywhere = False

    def look(self, before: Steps, path: Path) -> None:
        """The shape walks `path` from what `before` leads to."""
        for predicate in path.predicates():
            self.uses.setdefault(predicate, set()).add((*before, path))


def of_core(root: Shape, shapes: Shapes) -> Footprint:
    """What a shape with targets looks at, what it refers to included, but for the SPARQL constraints that are asked by themselves."""
    found = Footprint()
    _walk(root, shapes, (), found, set(), own=True)
    return found


def of_query(shape: Shape, constraint: Constraint) -> Footprint:
    """What a SPARQL constraint looks at from its focus node."""
    found = Footprint()
    _walk_query(shape, constraint, (), found)
    return found


def _walk(shape: Shape, shapes: Shapes, before: Steps, found: Footprint, seen: set[tuple[Term, Steps]], own: bool) -> None:
    """Notes what the shape looks at from the nodes that `before` leads to.

    Args:
        own: those are the root's focus nodes, where SPARQL constraints are asked by themselves.
    """
    if shape.deactivated or (shape.id, before) in seen:
        return
    if len(before) > _LONGEST:
        found.everywhere = True
        return
    seen.add((shape.id, before))
    at_values = before if shape.path is None else (*before, shape.path)
    if shape.path is not None:
        found.look(before, shape.path)
    for constraint in shape.constraints:
        component, value = constraint.component, constraint.value
        if component == "Class":
            found.look(at_values, TYPE)
        elif component in ("Equals", "Disjoint", "LessThan", "LessThanOrEquals"):
            found.look(before, Path("predicate", value))
        elif component == "Closed":
            found.from_anything.add(at_values)
        elif component == "Property":
            _walk(shapes.by_id[value], shapes, at_values, found, seen, own and shape.path is None)
        elif component in ("Node", "Not"):
            _walk(shapes.by_id[value], shapes, at_values, found, seen, own=False)
        elif component in ("And", "Or", "Xone"):
            for one in value:
                _walk(shapes.by_id[one], shapes, at_values, found, seen, own=False)
        elif component.startswith("Qualified"):
            for one in (value[0], *value[2]):
                _walk(shapes.by_id[one], shapes, at_values, found, seen, own=False)
        elif component == "SPARQL" and not own:
            _walk_query(shape, constraint, before, found)
        elif component == "Custom":
            found.everywhere = True


def _walk_query(shape: Shape, constraint: Constraint, before: Steps, found: Footprint) -> None:
    """Follows a query's triple patterns from $this.

    A pattern is reached by patterns that hold whenever it counts: those of its own group and of the groups around it, and of a
    UNION beside it one branch or another. What stands in an OPTIONAL or an EXISTS beside it may be missing, and leads nowhere then.
    """
    if constraint.value.deactivated:
        return
    query = queries.taken_apart(constraint)
    if query is None or not _can_be_followed(query):
        found.everywhere = True
    else:
        _walk_group(query.where, {"?this": (before,)}, shape, found)


def _can_be_followed(query: Query) -> bool:
    groups = query.where.all_groups()
    few = sum(len(group.patterns) for group in groups) <= _MOST_PATTERNS
    return few and not _binds_nodes(query) and all(group.selected is None for group in groups)


def _walk_group(group: Group, above: Known, shape: Shape, found: Footprint) -> None:
    """Notes what the patterns of a group and of those within it look at.

    Args:
        above: what is known in the groups around it.
    """
    known = _known(group, above, shape)
    for pattern in (_with_path(pattern, shape) for pattern in group.patterns):
        ends = [end for end in (pattern.subject, pattern.object) if end in known]
        if not ends:
            found.everywhere = True  # it hangs together with $this by expressions only, or not at all
            return
        nearest = min(ends, key=lambda end: sum(map(len, known[end])))
        backwards = nearest != pattern.subject
        for steps in known[nearest]:
            if pattern.path is None:
                (found.to_anything if backwards else found.from_anything).add(steps)
            else:
                found.look(steps, pattern.path.inverted() if backwards else pattern.path)
    for _, inner in group.inside:
        _walk_group(inner, known, shape, found)


def _known(group: Group, above: Known, shape: Shape, depth: int = 0) -> Known:
    """The variables that every solution of a group is led to from $this, by one or another of the ways given."""
    known = _led_on(group, above, shape)
    if depth == _DEEPEST_UNION:
        return known
    for branches in _unions(group):
        each = [_known(branch, known, shape, depth + 1) for branch in branches]
        for name in [name for name in each[0] if name not in known and all(name in one for one in each)]:
            ways = tuple(dict.fromkeys(steps for one in each for steps in one[name]))
            if len(ways) <= _MOST_WAYS:
                known[name] = ways
    return _led_on(group, known, shape)


def _led_on(group: Group, above: Known, shape: Shape) -> Known:
    """What is known already, and the variables that patterns lead on to, none behind a predicate that may be any."""
    known = dict(above)
    patterns = [_with_path(pattern, shape) for pattern in _certain(group)]
    steps = [(pattern.subject, pattern.path, pattern.object) for pattern in patterns if pattern.path is not None]
    steps += [(pattern.object, pattern.path.inverted(), pattern.subject) for pattern in patterns if pattern.path is not None]
    while True:
        for start, path, other in steps:
            if start in known and other.startswith("?") and other not in known:
                known[other] = tuple((*way, path) for way in known[start])
                break
        else:
            return known


def _certain(group: Group) -> list[Pattern]:
    """The patterns that every solution of a group matches."""
    return [*group.patterns, *(pattern for kind, inner in group.inside if kind in ("group", "graph") for pattern in _certain(inner))]


def _unions(group: Group) -> list[list[Group]]:
    """The branches of each UNION, of one of which every solution of a group is a solution."""
    branches = [inner for kind, inner in group.inside if kind == "union"]
    inside = [one for kind, inner in group.inside if kind in ("group", "graph") for one in _unions(inner)]
    return [*([branches] if branches else []), *inside]


def _with_path(pattern: Pattern, shape: Shape) -> Pattern:
    path = pattern.path
    if path is None or sparql_text.PATH not in path.predicates():
        return pattern
    alone = path.predicate == sparql_text.PATH
    return Pattern(pattern.subject, shape.path if alone else None, pattern.object)


def _binds_nodes(query: Query) -> bool:
    """Does the query make nodes by expressions, from which patterns may go on?"""
    groups = query.where.all_groups()
    bound = {name for group in groups for name in group.bound}
    ends = {end for group in groups for pattern in group.patterns for end in (pattern.subject, pattern.object)}
    return any("?" + name in ends for name in bound)


class Back:
    """Walks ways backwards over some data."""

    def __init__(self, data: Data, more: Iterable[Statement]) -> None:
        """Takes the data as they are now, and statements that were there before the change (terms as the store has them)."""
        self.data = data
        self.gone_by_subject: dict[tuple[Term, NamedNode], list[Term]] = {}
        self.gone_by_object: dict[tuple[Term, NamedNode], list[Term]] = {}
        for subject, predicate, value in more:
            self.gone_by_subject.setdefault((subject, predicate), []).append(value)
            self.gone_by_object.setdefault((value, predicate), []).append(subject)

    def objects(self, subject: Term, predicate: NamedNode) -> list[Term]:
        """Values before or after the change."""
        return [*self.data.objects(subject, predicate), *self.gone_by_subject.get((subject, predicate), ())]

    def subjects(self, value: Term, predicate: NamedNode) -> list[Term]:
        """What had or has such a value."""
        return [*self.data.subjects(value, predicate), *self.gone_by_object.get((value, predicate), ())]

    def back(self, nodes: Iterable[Term], steps: Steps) -> set[Term]:
        """The nodes from which the steps lead to any of `nodes`."""
        found = set(nodes)
        for path in reversed(steps):
            if not found:
                return found
            found = values(path.inverted(), found, self.objects, self.subjects)
        return found

    def touched(self, path: Path, statement: Statement) -> Iterator[tuple[Term, Path | None]]:
        """Where a path may use a statement: a node before it, and the path that leads there from the path's start (None: none)."""
        subject, predicate, value = statement
        if path.predicate is not None:
            if path.predicate == predicate:
                yield subject, None
        elif path.kind == "inverse":
            inner = path.inner
            if inner.predicate is not None:
                if inner.predicate == predicate:
                    yield value, None
            else:
                yield from self.touched(inner.inverted(), statement)
        elif path.kind == "sequence":
            for n, part in enumerate(path.parts):
                before = path.parts[:n]
                for node, way in self.touched(part, statement):
                    steps = (*before, *([way] if way is not None else []))
                    yield node, None if not steps else steps[0] if len(steps) == 1 else Path("sequence", parts=steps)
        elif path.kind == "alternative":
            for part in path.parts:
                yield from self.touched(part, statement)
        else:
            for node, way in self.touched(path.inner, statement):
                if path.kind == "?":
                    yield node, way
                    continue
                again = Path("*", parts=(path.inner,))
                yield node, again if way is None else Path("sequence", parts=(again, way))


def by_predicate(statements: Iterable[Statement]) -> dict[NamedNode, list[Statement]]:
    """Statements by their predicates."""
    found: dict[NamedNode, list[Statement]] = {}
    for statement in statements:
        found.setdefault(statement[1], []).append(statement)
    return found


def affected(root: Shape, looked_at: Footprint, back: Back, changed: dict[NamedNode, list[Statement]]) -> set[Term] | None:
    """The nodes, focus nodes of the shape before or after, that changed statements can matter to; None for all focus nodes.

    Args:
        looked_at: the footprint of what is asked of them.
        changed: statements added or taken away, by predicate, terms as the store has them.
    """
    if looked_at.everywhere or SUB_CLASS in changed:
        return None
    found = _made_focus(root, changed)
    for predicate in changed.keys() & looked_at.uses.keys():
        for steps in looked_at.uses[predicate]:
            ends: dict[Path | None, set[Term]] = {}
            for statement in changed[predicate]:
                for node, way in back.touched(steps[-1], statement):
                    ends.setdefault(way, set()).add(node)
            for way, nodes in ends.items():
                found |= back.back(nodes, (*steps[:-1], *([way] if way is not None else [])))
    for ways, end in ((looked_at.from_anything, 0), (looked_at.to_anything, 2)):
        touched = {statement[end] for statements in changed.values() for statement in statements} if ways else set()
        for steps in ways:
            found |= back.back(touched, steps)
    return found


def _made_focus(root: Shape, changed: dict[NamedNode, list[Statement]]) -> set[Term]:
    """The nodes that statements may make focus nodes of the shape, or no longer such."""
    found: set[Term] = set()
    for kind, target in root.targets:
        if kind == "targetClass":
            found |= {subject for subject, _, _ in changed.get(RDF_TYPE, ())}
        elif isinstance(target, NamedNode) and kind == "targetSubjectsOf":
            found |= {subject for subject, _, _ in changed.get(target, ())}
        elif isinstance(target, NamedNode) and kind == "targetObjectsOf":
            found |= {value for _, _, value in changed.get(target, ())}
    return found
