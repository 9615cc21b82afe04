"""What the tables keep: the statements that other libraries rebuild from them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from tests.losses import quads_of
from tests.table_reading import READERS, Statement
from thidua.exports import FACETS, Loss
from thidua.terms import TD


def _probe(form: str, path: Path) -> dict[str, Loss]:
    found = READERS[form](path)
    return {facet: _state(found, facet) for facet in FACETS}


def _state(found: set[Statement], facet: str) -> Loss:
    """Kept where each fact is there as it was; flattened where each is there in a weaker form; else left out."""
    states = {_state_of(found, fact) for fact in quads_of(facet)}
    return "kept" if states == {"kept"} else "left out" if "left out" in states else "flattened"


def _state_of(found: set[Statement], fact: tuple[str, str, str, str]) -> Loss:
    subject, predicate, value, graph = fact
    there = [statement for statement in found if statement[1] == predicate and _same(statement[0], subject)]
    if any(_same(statement[2], value) for statement in there):
        stated_in = (subject, f"<{TD}statedIn>", graph) in found
        return "kept" if not graph else "flattened" if stated_in else "left out"
    number = _number(value)
    equal = number is not None and number in {_number(statement[2]) for statement in there}
    return "flattened" if equal and not graph else "left out"


def _same(term: str, wanted: str) -> bool:
    """Whether it is that term; one without a name has any name."""
    return term.startswith("_:") if wanted.startswith("_:") else term == wanted


def _number(term: str) -> float | None:
    lexical = term.split('"')[1] if term.endswith("XMLSchema#decimal>") else None
    return None if lexical is None else float(lexical)


PROBES = {form: partial(_probe, form) for form in READERS}
