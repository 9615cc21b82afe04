"""An evaluation in the forms a user may ask for."""

from __future__ import annotations

import json
from typing import Any

from pyoxigraph import Literal, NamedNode

from thidua.answers import Answer, Row
from thidua.extraction.agreement import Fact, counted
from thidua.extraction.evaluation import EVENT, Difference, DocumentResult, Evaluation, Tally
from thidua.messages import text
from thidua.reports.words import printable_line
from thidua.terms import PREFIXES

COLUMNS = ["measure", "precision", "recall", "f1", "right", "predicted", "gold", "count"]
_NOTHING = "∅"
_MARGIN = 28
_TELLING = {"campaigns": ("name",), "figures": ("value", "unit", "what"), "posts": ("person", "post", "body")}


def to_text(evaluation: Evaluation, lang: str, verbose: bool) -> bytes:
    """One line a measure and one for the whole; before them, where wanted, what each document has missed or wrong."""
    lines = in_words(evaluation, lang) if verbose else []
    for name, tally in evaluation.tallies.items():
        lines.append(text("evaluated-measure", lang, measure=f"{name:<{_MARGIN}}", **_shares(tally), **_counts(tally)))
    lines.append(
        text("evaluated", lang, documents=len(evaluation.documents), false=evaluation.false_conferrals, missing=evaluation.missing)
    )
    return "".join(printable_line(line) + "\n" for line in lines).encode()


def in_words(evaluation: Evaluation, lang: str) -> list[str]:
    """For each document a line, and one for each of its differences."""
    lines = []
    for document in evaluation.documents:
        key = "evaluated-without-sheet" if document.missing else "evaluated-document"
        counts = {"found": document.found, "gold": document.gold_awards, "predicted": document.predicted_awards}
        lines.append(text(key, lang, name=document.name, false=document.false_conferrals, **counts))
        lines += [f"  {difference_in_words(one, lang)}" for one in document.differences]
    return [printable_line(line) for line in lines]


def difference_in_words(difference: Difference, lang: str) -> str:
    """The difference as one line: the gold fact and the predicted one."""
    gold, predicted = (_fact_in_words(difference.what, fact) for fact in (difference.gold, difference.predicted))
    return text(f"difference-{difference.kind}", lang, what=difference.what, gold=gold, predicted=predicted)


def _fact_in_words(what: str, fact: Fact | None) -> str:
    """Who | what | to whom of an award, the one slot that is meant, or what tells another fact from its like."""
    if fact is None:
        return _NOTHING
    if what.startswith("slot "):
        return _value(fact.get(what.removeprefix("slot ")))
    if what == EVENT:
        return " | ".join((_value(fact.get("conferred_by")), _value(fact.get("award")), _recipients(fact)))
    return " | ".join(_value(fact.get(slot)) for slot in _TELLING[what])


def _value(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(str(one.get("name") or one.get("post") or _NOTHING) for one in value) or _NOTHING
    return _NOTHING if value in (None, "") else str(value)


def _recipients(award: Fact) -> str:
    groups = [
        f"{'?' if count is None else count} {kind}" + (f" ({', '.join(sorted(names))})" if names else "")
        for kind, (count, names) in counted(award).items()
    ]
    return ", ".join(groups) or _NOTHING


def to_answer(evaluation: Evaluation) -> Answer:
    """One row a measure, and one for each of the counts that are no measure."""
    rows: list[Row] = []
    for name, tally in evaluation.tallies.items():
        shares = [Literal(share, datatype=NamedNode(PREFIXES["xsd"] + "decimal")) for share in _shares(tally).values()]
        rows.append((Literal(name), *shares, *map(Literal, _counts(tally).values()), None))
    for name, count in _totals(evaluation).items():
        rows.append((Literal(name), *[None] * 6, Literal(count)))
    return Answer(COLUMNS, rows)


def to_json(evaluation: Evaluation) -> bytes:
    """Everything: measures, counts, and each document with its differences."""
    content = {
        "measures": [
            {"measure": name, **{key: float(share) for key, share in _shares(tally).items()}, **_counts(tally)}
            for name, tally in evaluation.tallies.items()
        ],
        **{"".join(word.capitalize() if i else word for i, word in enumerate(name.split())): n for name, n in _totals(evaluation).items()},
        "perDocument": [_document(document) for document in evaluation.documents],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _document(document: DocumentResult) -> dict[str, Any]:
    return {
        "name": document.name,
        "missing": document.missing,
        "goldAwards": document.gold_awards,
        "predictedAwards": document.predicted_awards,
        "found": document.found,
        "falseConferrals": document.false_conferrals,
        "differences": [
            {"kind": one.kind, "measure": one.what, "gold": one.gold and dict(one.gold), "predicted": one.predicted and dict(one.predicted)}
            for one in document.differences
        ],
    }


def _totals(evaluation: Evaluation) -> dict[str, int]:
    return {
        "documents": len(evaluation.documents),
        "false conferrals": evaluation.false_conferrals,
        "documents without a sheet": evaluation.missing,
    }


def _shares(tally: Tally) -> dict[str, str]:
    return {"precision": f"{tally.precision:.3f}", "recall": f"{tally.recall:.3f}", "f1": f"{tally.f1:.3f}"}


def _counts(tally: Tally) -> dict[str, int]:
    return {"right": tally.right, "predicted": tally.predicted, "gold": tally.gold}
