"""sh:sparql: the query of a constraint asked of all focus nodes in one run, or of one node at a time (SHACL-SPARQL, 5).

`$this` is pre-bound: the query is meant as if the focus node stood in its place everywhere. Over all focus nodes at once that is a join
with what the target says, faithful where every group that speaks of `$this` in an expression binds it by a pattern too, nothing
is counted across focus nodes and nothing cut off. Elsewhere the node's own name is put into the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions

from thidua.errors import InputError
from thidua.shacl import sparql_text
from thidua.shacl.data import Data, as_stored, as_written
from thidua.shacl.judge import Result
from thidua.shacl.literals import AS_WRITTEN
from thidua.shacl.paths import SH, Path, Term
from thidua.shacl.shapes import Constraint, Shape
from thidua.shacl.sparql_text import Group, Query, Token, Unclear
from thidua.sparql import readable, refuse_service
from thidua.terms import shorten

SHAPES_GRAPH = NamedNode("urn:x-thidua:shapes-graph")
_HERE = NamedNode("urn:x-thidua:this")
_NOWHERE = NamedNode("urn:x-thidua:nowhere")  # of which nothing is said, as nothing is of a literal
COMPONENT = NamedNode(SH + "SPARQLConstraintComponent")
_PREBOUND = ("this", "PATH", "value", "shapesGraph", "currentShape")
# Functions that are right on a literal which stands for another in the store, or do not look at literals.
_RIGHT_AS_IT_IS = frozenset({"STR", "ISIRI", "ISURI", "ISBLANK", "ISLITERAL", "BOUND", "LANG", "COUNT", "SAMPLE", "SAMETERM"})


class NeedsReference(Exception):
    """Neither way of asking fits; pySHACL has to."""


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Query | None:
    try:
        return sparql_text.parse_query(text)
    except Unclear:
        return None


def taken_apart(constraint: Constraint) -> Query | None:
    """The query of a SPARQL constraint, or None where it is not understood."""
    return _parsed(constraint.value.text)


def check(text: str, name: str, answers: str = "SELECT") -> None:
    """Raises where a query has what SHACL forbids (5.2.1), or asks another service.

    Args:
        name: of the constraint, for the message.
    """
    refuse_service(text, name)
    query = _parsed(text)
    if query is None:
        return
    groups = query.where.all_groups()
    banned = sorted({word for group in groups for word in group.banned})
    rebound = sorted({one for group in groups for one in group.bound if one in _PREBOUND and not (one == "value" and answers == "SELECT")})
    rebound += sorted(query.aliases & {"this", "shapesGraph", "currentShape"})
    for group in groups:
        if group.selected is not None and not _gives_this(group.selected, group):
            raise InputError("shapes-unusable", detail=f"{name}: a sub-SELECT that does not give $this")
    if banned:
        raise InputError("shapes-unusable", detail=f"{name}: {', '.join(banned)} is not allowed in a shape's query")
    if rebound:
        raise InputError("shapes-unusable", detail=f"{name}: ${rebound[0]} is given another value")
    if query.form == "SELECT" and answers == "SELECT" and not _gives_this(query.select, query.where):
        raise InputError("shapes-unusable", detail=f"{name}: the query does not give $this")


def _gives_this(selected: set[str], where: Group) -> bool:
    """Does a SELECT clause give $this? "*" does where a pattern outside any EXISTS binds it."""
    return "this" in selected or ("*" in selected and _shows(where))


def _shows(group: Group) -> bool:
    own = any("?this" in (pattern.subject, pattern.object) for pattern in group.patterns)
    return own or any(_shows(inner) for kind, inner in group.inside if kind not in ("exists", "minus", "select"))


def batchable(query: Query | None) -> str:
    """Why a query cannot be asked of all focus nodes at once; empty where it can."""
    if query is None:
        return "not understood"
    if query.cut:
        return "LIMIT or OFFSET"
    if query.aggregates and "this" not in query.grouped:
        return "counts without GROUP BY $this"
    for group in query.where.all_groups():
        if group.selected is not None and not group.plain:
            return "a sub-SELECT that counts or cuts"
    return _unbound(query.where, outer=True)


def _unbound(group: Group, outer: bool) -> str:
    """Why some group uses $this where no pattern of its own binds it.

    Args:
        outer: solutions that reach the group's expressions have $this (it is joined in, or substituted into EXISTS).
    """
    knows = outer or group.binds("this")
    if "this" in group.named and not knows:
        return "a group that uses $this without a pattern of it"
    for kind, inner in group.inside:
        if kind == "exists":
            reason = "" if knows or not _mentions(inner) else "EXISTS on $this where no pattern beside it binds it"
            reason = reason or _unbound(inner, outer=knows)
        elif kind == "optional" and not knows and _mentions(inner):  # it would take any node for $this, before the join with the right one
            reason = "an OPTIONAL on $this where no pattern beside it binds it"
        elif kind == "optional" and "this" in inner.taken and not inner.binds("this"):
            reason = "BIND of $this in an OPTIONAL without a pattern of it"
        elif kind == "optional":
            # A filter directly in an OPTIONAL sees the solution it is optional to (18.6, LeftJoin); groups deeper in it do not.
            reason = _unbound(inner, outer=knows) if not inner.inside else _unbound(inner, outer=inner.binds("this"))
        else:
            reason = _unbound(inner, outer=inner.binds("this"))
        if reason:
            return reason
    return ""


def needed(query: Query) -> tuple[frozenset[NamedNode], frozenset[NamedNode]]:
    """The properties that a node must have, and those that others must have with it as the value, for the query to say anything of it.

    Those of the outer group's own patterns on $this; of queries that are asked of all nodes at once.
    """
    has: set[NamedNode] = set()
    is_value: set[NamedNode] = set()
    for pattern in query.where.patterns:
        predicate = None if pattern.path is None else pattern.path.predicate
        if predicate is not None and predicate != sparql_text.PATH:
            has |= {predicate} if pattern.subject == "?this" else set()
            is_value |= {predicate} if pattern.object == "?this" else set()
    return frozenset(has), frozenset(is_value)


def _mentions(group: Group) -> bool:
    return any("this" in one.named or any("?this" in (p.subject, p.object) for p in one.patterns) for one in group.all_groups())


def touched(query: Query | None, shape: Shape) -> frozenset[NamedNode] | None:
    """The predicates of the statements that a query looks at; None for any."""
    if query is None:
        return None
    found: set[NamedNode] = set()
    for group in query.where.all_groups():
        for pattern in group.patterns:
            if pattern.path is None:
                return None
            found |= pattern.path.predicates()
    if sparql_text.PATH in found:
        found.discard(sparql_text.PATH)
        found |= shape.path.predicates() if shape.path is not None else set()
    return frozenset(found)


def _by_value(variable: str, function: str) -> str:
    """The variable in an expression, as the literal that it stands for (see thidua.shacl.literals)."""
    kind, mark = f"STR(DATATYPE({variable}))", Literal(AS_WRITTEN)
    if function == "DATATYPE":  # of IF(…) it is the engine's own again
        return f'STRDT(STR({variable}), IRI(REPLACE({kind}, {Literal("^" + AS_WRITTEN)}, "")))'
    return f"IF(COALESCE(STRSTARTS({kind}, {mark}), false), STRDT(STR({variable}), IRI(STRAFTER({kind}, {mark}))), {variable})"


class StandIns(NamedTuple):
    """Where a query may meet literals that stand for others in the store: among the values it looks at, and as $this."""

    values: bool = False
    this: bool = False


def _put_in(query: Query, shape: Shape, this: Term | None, target: str, stand_ins: StandIns, subject: Term | None = None) -> str:
    """The query's text with what is pre-bound put in, and `target` as the first pattern of the outer group.

    Args:
        subject: what to put in the place of $this where it is a subject, if not `this`.
    """
    parts = []
    grouping = False
    after = 0
    for place, token in enumerate(query.tokens):
        if place < after:
            continue
        if place == query.body:
            parts.append(f" {target} ")
        if token.word in ("GROUP", "ORDER"):
            grouping = True
        elif token.word in ("HAVING", "LIMIT", "OFFSET") or token.text == "{":
            grouping = False
        is_this = token.variable == "this"
        if place in query.literals:
            after, literal = query.literals[place]
            parts.append(
                "".join(one.text for one in query.tokens[place:after]) if as_stored(literal) == literal else f"{as_stored(literal)}"
            )
        elif is_this and subject is not None and place in query.subjects:
            parts.append(f"{subject}")
        elif (stand_ins.this if is_this else stand_ins.values) and place in query.uses and query.uses[place] not in _RIGHT_AS_IT_IS:
            parts.append(_by_value(token.text if this is None or not is_this else str(this), query.uses[place]))
        else:
            parts.append(_token(token, query, place, shape, this, grouping))
    return "".join(parts)


def _asks_if_bound(query: Query, place: int, this: Term | None) -> bool:
    """Does BOUND at this place ask of what is pre-bound, so that it is true?"""
    after = [token for token in query.tokens[place + 1 :] if token.kind != "space"][:2]
    known = {"shapesGraph", "currentShape"} | ({"this"} if this is not None else set())
    return len(after) == 2 and after[0].text == "(" and after[1].variable in known


def _token(token: Token, query: Query, place: int, shape: Shape, this: Term | None, grouping: bool) -> str:
    name = token.variable
    if token.word == "BOUND" and _asks_if_bound(query, place, this):
        return ""
    if name == "PATH":
        if shape.path is None:
            raise NeedsReference
        return f" {shape.path.sparql()} " if shape.path.predicate is not None else f" ({shape.path.sparql()}) "
    if name in ("shapesGraph", "currentShape"):
        known = SHAPES_GRAPH if name == "shapesGraph" else shape.id
        if not isinstance(known, NamedNode):
            raise NeedsReference
        return _known(query, place, known, name, grouping)
    if name == "this" and this is not None:
        return _known(query, place, this, name, grouping)
    return token.text


def _known(query: Query, place: int, term: Term, name: str, grouping: bool) -> str:
    """A pre-bound variable's value as it can stand in its place."""
    before = [token for token in query.tokens[:place] if token.kind != "space"][-2:]
    words = [token.word or token.text for token in before]
    in_head = query.head[0] <= place < query.head[1]
    if words == ["BOUND", "("]:
        return "true"
    if (in_head and not _within_brackets(query, place)) or _in_sub_select(query, place):
        return f"({term} AS ?_{name}{place})"  # a name of its own in each SELECT: none may give a variable twice
    return f"({term})" if grouping else f"{term}"


def _within_brackets(query: Query, place: int) -> bool:
    head = query.tokens[query.head[0] : place]
    return sum((token.text == "(") - (token.text == ")") for token in head) > 0


def _in_sub_select(query: Query, place: int) -> bool:
    """Does the token stand in the SELECT clause of a sub-SELECT, outside brackets?"""
    depth = 0
    for token in reversed(query.tokens[:place]):
        depth += (token.text == ")") - (token.text == "(")
        if depth < 0 or (token.text in "{}." and token.text) or token.word in ("WHERE", "GROUP", "ORDER", "HAVING", "BY"):
            return False
        if token.word == "SELECT":
            return place >= query.head[1]
    return False


@lru_cache(maxsize=4096)
def for_all(shape: Shape, query: Query, target: str, stand_ins: StandIns) -> str:
    """The query over all nodes that the patterns `target` bind to ?this."""
    return _put_in(query, shape, None, target, stand_ins)


def for_one(shape: Shape, query: Query, focus: Term, by_value: bool) -> str:
    """The query with the focus node in the place of $this.

    Raises:
        NeedsReference: the node has no name that SPARQL could say, or cannot stand where $this stands.
    """
    if isinstance(focus, BlankNode):
        raise NeedsReference
    if not isinstance(focus, Literal):
        return _template(shape, query, StandIns(by_value), None).replace(str(_HERE), str(focus))
    if any(
        pattern.subject == "?this" and not _goes_forward(pattern.path, shape)
        for group in query.where.all_groups()
        for pattern in group.patterns
    ):
        raise NeedsReference
    changed = as_written(focus) != focus
    return _template(shape, query, StandIns(by_value, changed), _NOWHERE).replace(str(_HERE), str(focus))


def may_stay(query: Query, shape: Shape) -> bool:
    """May a path of the query lead from $this to itself whatever the data say, and no other path from any node to itself?

    The engine finds that only of nodes in the data.
    """
    patterns = [pattern for group in query.where.all_groups() for pattern in group.patterns]
    empty = [pattern for pattern in patterns if _may_be_empty(pattern.path, shape)]
    known = bool(empty) and all("?this" in (pattern.subject, pattern.object) for pattern in empty)
    return known and touched(query, shape) is not None


def _may_be_empty(path: Path | None, shape: Shape) -> bool:
    if path is None:
        return False
    if path.predicate is not None:
        return path.predicate == sparql_text.PATH and shape.path is not None and _may_be_empty(shape.path, shape)
    if path.kind == "sequence":
        return all(_may_be_empty(part, shape) for part in path.parts)
    return path.kind in ("*", "?") or any(_may_be_empty(part, shape) for part in path.parts)


def reckons(query: Query) -> bool:
    """Does the query look at what literals mean, not only at how they are written?"""
    return any(function not in _RIGHT_AS_IT_IS for function in query.uses.values())


def _goes_forward(path: Path | None, shape: Shape) -> bool:
    """Does the path begin with a statement about its first node, so that a literal has no value by it?"""
    if path is not None and path.predicate == sparql_text.PATH:
        return shape.path is not None and _goes_forward(shape.path, shape)
    return path is None or path.predicate is not None or (path.kind == "sequence" and _goes_forward(path.parts[0], shape))


@lru_cache(maxsize=4096)
def _template(shape: Shape, query: Query, stand_ins: StandIns, subject: Term | None) -> str:
    return _put_in(query, shape, _HERE, "", stand_ins, subject)


def rows(data: Data, text: str, name: str) -> Iterator[dict[str, Term]]:
    """The solutions of a query; of an ASK that is true, one without bindings.

    Raises:
        InputError: not SPARQL.
    """
    try:
        answer = data.store.query(text)
    except SyntaxError as error:
        raise InputError("shapes-unusable", detail=f"{name}: {readable(error)}") from error
    except (ValueError, RuntimeError) as error:
        raise InputError("shapes-unusable", detail=f"{name}: {str(error).splitlines()[0]}") from error
    if isinstance(answer, QueryBoolean):
        if answer:
            yield {}
        return
    if not isinstance(answer, QuerySolutions):
        raise InputError("shapes-unusable", detail=f"{name}: neither SELECT nor ASK")
    variables = [variable.value for variable in answer.variables]
    for solution in answer:
        yield {one: term for one, term in zip(variables, solution, strict=True) if term is not None}


def results(shape: Shape, constraint: Constraint, solutions: Iterable[dict[str, Term]], focus: Term | None) -> Iterator[Result]:
    """The results that solutions stand for (5.3.2).

    Args:
        focus: the node asked of, as the store has it; None where the solutions tell.
    """
    for solution in solutions:
        this = focus if focus is not None else solution.get("this")
        if this is None:
            continue
        if isinstance(solution.get("failure"), Literal) and solution["failure"].value == "true":
            raise InputError("shapes-unusable", detail=f"{name_of(constraint)}: the query says that it failed (?failure)")
        value = solution.get("value")
        if value is None and shape.path is None:
            value = this
        path = solution.get("path")
        yield Result(
            focus=as_written(this),
            path=path if isinstance(path, NamedNode) else shape.path_node,
            value=None if value is None else as_written(value),
            component=COMPONENT,
            shape=shape,
            constraint=constraint,
            bindings=tuple(sorted((name, as_written(term)) for name, term in solution.items() if name not in ("this", "value", "path"))),
            said=tuple(one for one in (solution.get("message"),) if isinstance(one, Literal)),
        )


def name_of(constraint: Constraint) -> str:
    """A SPARQL constraint's name, for messages."""
    node = constraint.value.id
    return shorten(node.value) if isinstance(node, NamedNode) else "sh:sparql"
