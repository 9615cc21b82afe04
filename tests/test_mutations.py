"""The expected rows are strict: a change to any one award, figure, launch, target or tenure makes an answer fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from multiprocessing import get_context
from typing import Any

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from tests.cases import Case, load_cases
from thidua.assets import Assets
from thidua.build import derive, input_files, load
from thidua.terms import PREFIXES, RDF_TYPE, td

KINDS = ("AwardEvent", "RecipientGroup", "Eligibility", "Figure", "Launch", "Target", "Tenure")
CASES: list[Case] = [case for case in load_cases("shipped") if not case.args]
NUMBERS = {PREFIXES["xsd"] + name for name in ("integer", "decimal")}
Change = tuple[str, list[Quad], list[Quad]]


# What no answer here depends on, left out for speed: places that no source names, and marks of what is amiss.
NO_MATTER = ("graph/registry/communes.ttl", "graph/registry/districts.ttl", "graph/law/commune-reorganisations.ttl")
MARKS = tuple(f"ontology/derivations/{number}-" for number in ("00", "02", "04", "05", "06", "07", "08", "09", "80", "95"))


@pytest.fixture(scope="module")
def stated() -> list[Quad]:
    """The shipped statements before any derivation."""
    store = Store()
    load(store, [(name, path) for name, path in input_files(Assets()) if name not in NO_MATTER])
    return list(store)


def other_value(term: NamedNode | BlankNode | Literal | Triple, peers: list[NamedNode]) -> NamedNode | Literal | None:
    """Another value of the same kind: a number one more, another date or text, another thing of the same class."""
    if isinstance(term, Literal):
        if term.language:
            return Literal(term.value + " khác", language=term.language)
        if term.datatype.value in NUMBERS:
            return Literal(str(Decimal(term.value) + 1), datatype=term.datatype)
        if term.datatype.value == PREFIXES["xsd"] + "date":
            return Literal(f"{int(term.value[:4]) - 7:04}{term.value[4:]}", datatype=term.datatype)
        return Literal(term.value + "-other", datatype=term.datatype)
    return next((peer for peer in peers if peer != term), None)


def changes(stated: list[Quad]) -> Iterator[Change]:
    """Every deletion of a node and every change of one of its values, evidence aside (its hash is checked elsewhere)."""
    default = [quad for quad in stated if isinstance(quad.graph_name, DefaultGraph)]
    classes: dict[NamedNode, list[NamedNode]] = {}
    types: dict[object, list[NamedNode]] = {}
    for quad in default:
        if quad.predicate == RDF_TYPE and isinstance(quad.object, NamedNode) and isinstance(quad.subject, NamedNode):
            classes.setdefault(quad.object, []).append(quad.subject)
            types.setdefault(quad.subject, []).append(quad.object)
    nodes = sorted({node for kind in KINDS for node in classes.get(td(kind), [])}, key=str)
    for node in nodes:
        yield f"delete {node}", [q for q in stated if node in (q.subject, q.object)], []
        for quad in default:
            if quad.subject != node or quad.predicate in (RDF_TYPE, td("evidence"), td("note")):
                continue
            if isinstance(quad.object, Literal) and quad.object.language not in (None, "vi"):
                continue
            peers = sorted({p for c in types.get(quad.object, []) for p in classes[c]}, key=str)
            other = other_value(quad.object, peers)
            yield f"delete {quad.triple}", [quad], []
            if other is not None:
                yield f"change {quad.triple} to {other}", [quad], [Quad(node, quad.predicate, other)]


def noticed(store: Store) -> bool:
    return any(case.answered(store) != case.expected() for case in CASES)


WORK: dict[str, Any] = {}  # what the processes that try the changes are forked with


def is_noticed(number: int) -> bool:
    """Whether an answer changes with one change of WORK."""
    _, removed, added = WORK["changes"][number]
    gone, store = set(removed), Store()
    store.bulk_extend([quad for quad in WORK["kept"] if quad not in gone] + added)
    derive(store, WORK["files"])
    return noticed(store)


def test_at_least_95_percent_of_the_mutations_are_noticed(stated: list[Quad], record_property: Callable[[str, object], None]) -> None:
    files = [(name, path) for name, path in input_files(Assets()) if path.suffix == ".rq" and not name.startswith(MARKS)]
    base = Store()
    base.bulk_extend(stated)
    derive(base, files)
    assert not noticed(base), "the expected rows hold before anything is changed"

    # The law and the schemes never change here: only what the sources and the registry say is derived anew.
    kept = [quad for quad in stated if isinstance(quad.graph_name, DefaultGraph)]
    all_changes = list(changes(stated))
    WORK.update(kept=kept, changes=all_changes, files=files)
    with get_context("fork").Pool() as pool:
        answers = pool.map(is_noticed, range(len(all_changes)), chunksize=8)
    total = len(answers)
    missed = [change[0] for change, seen in zip(all_changes, answers, strict=True) if not seen]
    score = (total - len(missed)) / total
    record_property("mutations", f"{total - len(missed)} of {total} noticed ({score:.1%})")
    for name in missed:
        record_property("missed", name)
    assert total > 300
    assert score >= 0.95
