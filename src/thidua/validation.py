"""SHACL validation: shapes and data in, findings out, with messages and hints read from the shapes (W3C SHACL Recommendation)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions

from thidua.errors import Said, said
from thidua.findings import SEVERITIES, Finding, Report
from thidua.messages import text
from thidua.shacl.data import Data
from thidua.shacl.engine import Validator
from thidua.shacl.judge import Result
from thidua.shacl.paths import SH, Term
from thidua.shacl.shapes import Constraint, Shape, Shapes
from thidua.terms import PREFIXES, RDF_TYPE, shorten, td

_LABEL, _LABEL_EN, _FINDING_ON, _FROM_SOURCE = (td(name) for name in ("labelVi", "labelEn", "findingOn", "fromSource"))
_PREF_LABEL = NamedNode(PREFIXES["skos"] + "prefLabel")
_IMPORTS = NamedNode(PREFIXES["owl"] + "imports")
_SEVERITIES = {f"{SH}{name.capitalize()}": name for name in SEVERITIES}
_LISTED = 20  # values of a list that a message names
_NAMED = 3  # shapes or classes that a remark names; the others are counted


def validate(data: Data, shapes: Shapes, only: Iterable[Term] | None = None) -> Report:
    """The findings of `shapes` over `data`, and what was not looked at.

    Args:
        data: what is checked; classes above others must be in it (rdfs:subClassOf).
        shapes: nothing they import is fetched.
        only: findings at these nodes, or that name one of them as the value, are told; the others are not.

    Raises:
        InputError: shapes that cannot be used.
    """
    validator = Validator(shapes, data)
    words = _Words(validator)
    if only is None:
        more: list[Callable[[], object]] = [validator.number_of_focus_nodes, lambda: remarks(validator)]
        found, (checked, said_too) = validator.told(words.findings, more)
        return Report(_sorted(chain.from_iterable(found)), checked, said_too)
    wanted = set(only)

    def of_these(results: list[Result]) -> list[Finding]:
        return words.findings([one for one in results if one.focus in wanted or one.value in wanted])

    found, _ = validator.told(of_these, [])
    roots = [plan.root for plan in validator.plans]
    checked = sum(any(validator.is_focus(root, node) for root in roots) for node in wanted)
    return Report(_sorted(chain.from_iterable(found)), checked, _of_shapes(validator))


def report_of(validator: Validator, results: Iterable[Result], focus_nodes: int) -> Report:
    """Results as findings."""
    return Report(_sorted(_Words(validator).findings(results)), focus_nodes)


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each once, worst first, then by shape, node, path and value, then by whatever else tells them apart."""
    order = {name: n for n, name in enumerate(SEVERITIES)}

    def place(one: Finding) -> tuple[Any, ...]:
        rest = (one.focus_term, one.source_shape, one.component, one.number, *_texts(one))
        return (order[one.severity], one.shape, one.focus, one.path, one.value, one.value_term, *rest)

    different = {(one, *_texts(one)): one for one in findings}
    return tuple(sorted(different.values(), key=place))


def _texts(finding: Finding) -> tuple[tuple[tuple[str, str], ...], ...]:
    return tuple(sorted(finding.message.items())), tuple(sorted(finding.hint.items()))


def remarks(validator: Validator) -> tuple[Said, ...]:
    """What a validation did not look at: shapes that hit nothing, classes that no shape looks at; and what it took on trust."""
    idle = [validator.shapes.name_of(plan.root.id) for plan in validator.plans if not validator.hits(plan.root)]
    found = [_listed("shapes-hit-nothing", idle, len(validator.plans))] if idle else []
    overlooked = [kind.value for kind in unseen_classes(validator)]
    found += [_listed("classes-unseen", overlooked)] if overlooked else []
    return (*found, *_of_shapes(validator))


def _of_shapes(validator: Validator) -> tuple[Said, ...]:
    """Remarks on the shapes alone."""
    recursive = [validator.shapes.name_of(name) for name in validator.shapes.recursive()]
    found = [_listed("shapes-recursive", recursive)] if recursive else []
    imported = {str(value.value) for terms in validator.shapes.graph.values() for value in terms.get(_IMPORTS, [])}
    missing = sorted(imported - {node.value for node in validator.shapes.graph if isinstance(node, NamedNode)})
    return (*found, *([_listed("imports-not-read", missing)] if missing else []))


def _listed(key: str, names: list[str], of: int = 0) -> Said:
    different = sorted(set(names))  # those without a name of their own are called by the name of the one they belong to
    shown = ", ".join(shorten(name) or "?" for name in different[:_NAMED]) + (", …" if len(different) > _NAMED else "")
    return said(key, number=len(names), all=of, names=shown)


def unseen_classes(validator: Validator) -> list[NamedNode]:
    """The classes of the data none of whose instances any target of a shape hits, sorted."""
    data, store = validator.data, validator.data.store
    targeted: set[NamedNode] = set()
    others: set[str] = set()
    for plan in validator.plans:
        for kind, target in plan.root.targets:
            if kind == "targetClass" and isinstance(target, NamedNode):
                targeted |= data.under(target)
            elif kind == "targetSubjectsOf":
                others.add(f"?this {target} ?_o")
            elif kind == "targetObjectsOf":
                others.add(f"?_s {target} ?this")
            elif isinstance(target, NamedNode):
                targeted |= {one for one in data.objects(target, RDF_TYPE) if isinstance(one, NamedNode)}
    kinds = store.query(f"SELECT DISTINCT ?kind WHERE {{ ?_i {RDF_TYPE} ?kind }}")
    assert isinstance(kinds, QuerySolutions)
    left = {row[0] for row in kinds} - targeted
    seen = {kind for kind in left if any(bool(store.query(f"ASK {{ ?this {RDF_TYPE} {kind} . {other} }}")) for other in sorted(others))}
    return sorted((kind for kind in left - seen if isinstance(kind, NamedNode)), key=str)


class _Rule(NamedTuple):
    """What all results of a constraint have in common, its texts by language in pieces (`_pieces`)."""

    of: tuple[Shape, Constraint]
    severity: str
    name: str
    source_shape: str
    component: str
    path: str
    messages: dict[str, tuple[str, ...]]
    hints: dict[str, tuple[str, ...]]
    number: int


class _Words:
    """Puts results into words: labels of nodes from the data, messages and hints from the shapes."""

    def __init__(self, validator: Validator) -> None:
        self.data, self.shapes = validator.data, validator.shapes
        self.name: Callable[[Term, str], str] = lru_cache(maxsize=50_000)(self._name)
        self._about: Callable[[Term], tuple[str, str, str, tuple[str, ...]]] = lru_cache(maxsize=50_000)(self._said_of)
        self._rules: dict[tuple[int, int], _Rule] = {}
        every = (id(one) for shape in self.shapes.by_id.values() for one in shape.constraints)
        self._numbers = {one: number for number, one in enumerate(every, start=1)}

    def findings(self, results: Iterable[Result]) -> list[Finding]:
        """The results as findings."""
        return [self._finding(result) for result in results]

    def _finding(self, result: Result) -> Finding:
        rule = self._rule(result.shape, result.constraint)
        focus, label, focus_term, sources = self._about(result.focus)
        path, value = result.path, result.value
        written = path.value if isinstance(path, NamedNode) else rule.path if path is not None else ""
        messages = {one.language or "": _pieces(one.value) for one in result.said} if result.said else rule.messages
        return Finding(
            rule.severity,
            rule.name,
            focus,
            written,
            "" if value is None else value.value,
            label,
            rule.source_shape,
            rule.component,
            "" if value is None else str(value),
            {lang: self._filled(pieces, result, written, lang) for lang, pieces in messages.items()},
            {lang: self._filled(pieces, result, written, lang) for lang, pieces in rule.hints.items()},
            sources,
            focus_term,
            number=rule.number,
        )

    def _rule(self, shape: Shape, constraint: Constraint) -> _Rule:
        key = id(shape), id(constraint)
        if key not in self._rules:
            query = constraint.value if constraint.component == "SPARQL" else None
            messages = {one.language or "": one.value for one in (query.messages if query else ()) or shape.messages}
            if not messages:
                limit = constraint.value[0] if constraint.component.startswith("Qualified") else constraint.value
                messages = {lang: text(f"finding-{constraint.component}", lang, limit=_limit(limit)) for lang in ("en", "vi")}
            hints = {one.language or "": one.value for one in (query.hints if query else ()) or shape.hints}
            self._rules[key] = _Rule(
                (shape, constraint),
                _SEVERITIES.get(shape.severity.value, "violation"),
                self.shapes.name_of(query.id if query else shape.id),
                self.shapes.name_of(shape.id),
                constraint.iri.value,
                shape.path.sparql() if shape.path is not None else "",
                {lang: _pieces(words) for lang, words in messages.items()},
                {lang: _pieces(words) for lang, words in hints.items()},
                self._numbers.get(id(constraint), 0),
            )
        return self._rules[key]

    def _said_of(self, focus: Term) -> tuple[str, str, str, tuple[str, ...]]:
        """A focus node's value, label, term and sources."""
        sources = sorted(one.value for one in self.data.objects(focus, _FROM_SOURCE))
        return focus.value, self.name(focus, "vi"), str(focus), tuple(sources)

    def _filled(self, pieces: tuple[str, ...], result: Result, path: str, lang: str) -> str:
        """The text with {$this}, {?value}, {?path} and whatever else a query gave filled in (SHACL 5.3.2)."""
        if len(pieces) == 1:
            return pieces[0]
        filled = list(pieces)
        for place in range(1, len(pieces), 2):
            name = pieces[place][2:-1]
            if name == "path" and not isinstance(result.path, NamedNode):
                filled[place] = path
                continue
            term = result.path if name == "path" else _binding(result, name)
            if term is not None or name in ("this", "value"):
                filled[place] = "" if term is None else self.name(term, lang)
        return "".join(filled)

    def _name(self, node: Term, language: str) -> str:
        """A node's label in Vietnamese, the language of names, or any, else the end of its IRI; a literal's text.

        A competence finding is no thing with a name: its label is a sentence, and comes in `language`.
        """
        if not isinstance(node, NamedNode):
            return node.value
        sentence = language == "en" and self.data.objects(node, _FINDING_ON)
        labels = self.data.objects(node, _LABEL_EN if sentence else _LABEL) or sorted(
            self.data.objects(node, _PREF_LABEL), key=lambda one: (getattr(one, "language", "") != "vi", str(one))
        )
        return labels[0].value if labels else re.split(r"[#]|/id/|/ontology#", node.value)[-1]


@lru_cache(maxsize=10_000)
def _pieces(words: str) -> tuple[str, ...]:
    """A text in pieces: every other one is a place to fill in."""
    return tuple(re.split(r"(\{[$?]\w+\})", words))


def _binding(result: Result, name: str) -> Term | None:
    found = [term for known, term in result.bindings if known == name]
    return found[-1] if found else result.focus if name == "this" else result.value if name == "value" else None


def _limit(value: object) -> str:
    """What a constraint sets as its limit, in words."""
    if isinstance(value, NamedNode):
        return shorten(value.value)
    if isinstance(value, Literal):
        return value.value
    if isinstance(value, BlankNode):
        return "?"
    if isinstance(value, tuple):
        shown = ", ".join(_limit(one) for one in value[:_LISTED] if not (isinstance(one, str) and not one))
        return shown + (", …" if len(value) > _LISTED else "")
    if isinstance(value, frozenset):
        return ", ".join(sorted(_limit(one) for one in value))
    return str(value)
