"""Is the ontology sound, within OWL 2 RL, and do the data agree with it? A reasoner says whether, SPARQL says where."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import DefaultGraph, Store, Triple

from thidua.answers import select, text_of
from thidua.assets import Assets
from thidua.build import input_files, load
from thidua.errors import InputError
from thidua.hermit import Verdict, run_hermit, write_for_hermit
from thidua.messages import CATALOGUE, text
from thidua.reading import read_text
from thidua.sparql import readable, refuse_service
from thidua.terms import shorten
from thidua.text import printable

PROFILE = "profile-"  # what the names of the checks of the profile begin with
KEYS = ("node", "property", "first", "second", "axiom", "construct", "kind", "datatype")

Finding = dict[str, list[str]]


@dataclass(frozen=True)
class Prepared:
    """What was found by SPARQL, and what is ready for the reasoner.

    `findings` maps each check to its findings, sorted; a finding maps columns to their values.
    `left_out` counts the statements that the reasoner cannot take, by datatype.
    """

    findings: dict[str, list[Finding]]
    left_out: dict[str, int]


@dataclass(frozen=True)
class Report:
    """All that a run found; see `as_object` and `as_text` for its two forms."""

    ontology: Verdict
    data: Verdict
    prepared: Prepared

    def found(self, profile: bool) -> list[tuple[str, Finding]]:
        """Checks and their findings: those of the profile, or all others."""
        checks = self.prepared.findings.items()
        return [(check, finding) for check, findings in checks if check.startswith(PROFILE) == profile for finding in findings]

    @property
    def sound(self) -> bool:
        """Nothing found wanting."""
        states = {self.ontology.state, self.data.state}
        return states == {"consistent"} and not self.ontology.unsatisfiable and not any(self.prepared.findings.values())


def prepare(assets: Assets, folder: Path) -> Prepared:
    """Asks the questions of shapes/consistency, and writes ontology.nt and data.nt (both together) for the reasoner.

    Raises:
        InputError: a file that cannot be read as it is, or no question at all.
    """
    files = input_files(assets)
    ontology, data = Store(), Store()
    load(ontology, [(name, path) for name, path in files if name.startswith("ontology/")])
    load(data, files)
    write_for_hermit(_triples(ontology), folder / "ontology.nt")
    left_out = write_for_hermit(_triples(data), folder / "data.nt")
    return Prepared({path.stem: ask_check(data, path) for path in check_files(assets)}, left_out)


def _triples(store: Store) -> list[Triple]:
    return [quad.triple for quad in store.quads_for_pattern(None, None, None, DefaultGraph())]


def check_files(assets: Assets) -> list[Path]:
    """The questions of shapes/consistency, sorted by name.

    Raises:
        InputError: there is none, so nothing would be checked.
    """
    folder = assets.folder("shapes") / "consistency"
    files = [path for path in assets.files("shapes", ".rq") if path.parent == folder]
    if not files:
        raise InputError("no-checks", path=folder)
    return files


def ask_check(store: Store, path: Path) -> list[Finding]:
    """What the question in `path` finds, sorted: rows that agree in KEYS are one finding.

    Raises:
        InputError: it is no SELECT query, or calls another service.
    """
    sparql = read_text(path)
    refuse_service(sparql, path)
    try:
        answer = select(store, sparql)
    except SyntaxError as error:
        raise InputError("query-syntax", path=path, detail=readable(error)) from error
    findings: dict[tuple[str, ...], dict[str, set[str]]] = {}
    keys = [place for place, column in enumerate(answer.columns) if column in KEYS]
    for row in answer.rows:
        finding = findings.setdefault(tuple(text_of(row[place]) for place in keys), {})
        for column, term in zip(answer.columns, row, strict=True):
            finding.setdefault(column, set()).add(text_of(term))
    return [{column: sorted(values) for column, values in finding.items()} for _, finding in sorted(findings.items())]


def reason(hermit: list[str], prepared: Prepared, folder: Path, timeout: float | None = None, megabytes: int | None = None) -> Report:
    """Asks the reasoner about the ontology and, unless that is inconsistent already, about ontology and data together.

    Args:
        hermit: what `thidua.hermit.find_hermit` gave.
        folder: where `prepare` wrote to.
        timeout: seconds for each of the two; None for no limit.
        megabytes: of Java's heap.

    Raises:
        MachineError: Java cannot run, or a limit was reached.
    """
    ontology = run_hermit(hermit, folder / "ontology.nt", timeout, megabytes)
    data = Verdict("unchecked")
    if ontology.state == "consistent":
        data = run_hermit(hermit, folder / "data.nt", timeout, megabytes)
    return Report(ontology, data, prepared)


def as_object(report: Report) -> dict[str, object]:
    """The report for machines.

    `sound`: nothing found wanting. `ontology` and `data`: `state` (see Verdict) and `detail`, the ontology's
    `unsatisfiable` classes, the data's `leftOut` statements by datatype. `findings` and `profile`: objects with the
    name of the `check` (its file in shapes/consistency) and a list of values for each column. IRIs are whole.
    """
    ontology, data = report.ontology, report.data
    return {
        "sound": report.sound,
        "ontology": {"state": ontology.state, "detail": ontology.detail, "unsatisfiable": ontology.unsatisfiable},
        "data": {"state": data.state, "detail": data.detail, "leftOut": report.prepared.left_out},
        "findings": [{"check": check, **finding} for check, finding in report.found(profile=False)],
        "profile": [{"check": check, **finding} for check, finding in report.found(profile=True)],
    }


def as_text(report: Report, lang: str) -> str:
    """The report as lines to read, in `lang`."""
    ontology, data, left_out = report.ontology, report.data, report.prepared.left_out
    lines = [text(f"reason-ontology-{ontology.state}", lang, detail=ontology.detail)]
    lines += ["  " + text("reason-unsatisfiable", lang, node=shorten(name)) for name in ontology.unsatisfiable]
    lines.append(text(f"reason-data-{data.state}", lang, detail=data.detail))
    if left_out:
        lines.append("  " + text("reason-left-out", lang, count=sum(left_out.values()), datatypes=", ".join(map(shorten, left_out))))
    found = report.found(profile=False)
    lines.append(text("reason-findings" if found else "reason-no-findings", lang, count=len(found)))
    lines += ["  " + _said(check, finding, lang) for check, finding in found]
    if data.state == "inconsistent" and not found:
        lines.append("  " + text("reason-no-culprit", lang))
    found = report.found(profile=True)
    lines.append(text("reason-outside-profile" if found else "reason-in-profile", lang))
    lines += ["  " + _said(check, finding, lang) for check, finding in found]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _said(check: str, finding: Finding, lang: str) -> str:
    """The finding in words; that of a check nobody foresaw, from another root, by its columns."""
    words = {column: printable(", ".join(map(shorten, values))) for column, values in finding.items()}
    key = f"finding-{check}"
    if key in CATALOGUE:
        return text(key, lang, **words)
    return text("finding", lang, check=check, values=", ".join(f"{column} {value}" for column, value in words.items()))
