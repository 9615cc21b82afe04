"""SHACL validation: shapes and data in, findings out, with messages and hints read from the shapes (W3C SHACL Recommendation)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions

from thidua.errors import Said, said
from thidua.findings import SEVERITIES, Finding, Report
from thidua.messages import text
from thidua.shacl.data import Data
from thidua.shacl.engine import Validator
from thidua.shacl.judge import Result
from thidua.shacl.paths import SH, Term
from thidua.shacl.shapes import Shapes
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
    results = validator.results()
    if only is None:
        return report_of(validator, results, validator.number_of_focus_nodes(), remarks(validator))
    wanted = set(only)
    kept = [one for one in results if one.focus in wanted or one.value in wanted]
    roots = [plan.root for plan in validator.plans]
    checked = sum(any(validator.is_focus(root, node) for root in roots) for node in wanted)
    return report_of(validator, kept, checked, _of_shapes(validator))


def report_of(validator: Validator, results: Iterable[Result], focus_nodes: int, said_too: tuple[Said, ...] = ()) -> Report:
    """Results as findings, each once, worst first, then by shape, node, path and value."""
    words = _Words(validator)
    found = {words.finding(result) for result in results}
    order = {name: n for n, name in enumerate(SEVERITIES)}
    return Report(
        tuple(sorted(found, key=lambda f: (order[f.severity], f.shape, f.focus, f.path, f.value, f.value_term))), focus_nodes, said_too
    )


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
    shown = ", ".join(shorten(name) or "?" for name in sorted(names)[:_NAMED]) + (", …" if len(names) > _NAMED else "")
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


class _Words:
    """Puts results into words: labels of nodes from the data, messages and hints from the shapes."""

    def __init__(self, validator: Validator) -> None:
        self.data, self.shapes = validator.data, validator.shapes
        self.name: Callable[[Term, str], str] = lru_cache(maxsize=50_000)(self._name)

    def finding(self, result: Result) -> Finding:
        shape, constraint = result.shape, result.constraint
        query = constraint.value if constraint.component == "SPARQL" else None
        path = result.path
        written = path.value if isinstance(path, NamedNode) else shape.path.sparql() if path is not None and shape.path is not None else ""
        messages = result.said or (query.messages if query else ()) or shape.messages
        hints = (query.hints if query else ()) or shape.hints
        by_language = {message.language or "": message.value for message in messages}
        if not by_language:
            limit = constraint.value[0] if constraint.component.startswith("Qualified") else constraint.value
            by_language = {lang: text(f"finding-{constraint.component}", lang, limit=_limit(limit)) for lang in ("en", "vi")}

        def filled(texts: dict[str, str]) -> dict[str, str]:
            return {lang: self._filled(words, result, written, lang) for lang, words in texts.items()}

        value = result.value
        return Finding(
            severity=_SEVERITIES.get(shape.severity.value, "violation"),
            shape=self.shapes.name_of(query.id if query else shape.id),
            focus=result.focus.value,
            path=written,
            value="" if value is None else value.value,
            label=self.name(result.focus, "vi"),
            source_shape=self.shapes.name_of(shape.id),
            component=result.component.value,
            value_term="" if value is None else str(value),
            message=filled(by_language),
            hint=filled({hint.language or "": hint.value for hint in hints}),
            sources=tuple(sorted(one.value for one in self.data.objects(result.focus, _FROM_SOURCE))),
            focus_term=str(result.focus),
        )

    def _filled(self, words: str, result: Result, path: str, lang: str) -> str:
        """The message with {$this}, {?value}, {?path} and whatever else a query gave filled in (SHACL 5.3.2)."""
        terms = {"this": result.focus, "value": result.value, **dict(result.bindings)}
        fillings = {name: "" if term is None else self.name(term, lang) for name, term in terms.items()}
        fillings["path"] = self.name(result.path, lang) if isinstance(result.path, NamedNode) else path
        return re.sub(r"\{[$?](\w+)\}", lambda match: fillings.get(match[1], match[0]), words)

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
