"""Made-up data of this field at any size, with violations put in and counted.

`python -m tests.violations TRIPLES FILE [FINDINGS.json]` writes them, and what is to be found in them; `python -m tests.violations
pyshacl FILE` prints what pySHACL finds.

The valid part are copies of the shipped sources, beside the shipped registry, law and ontology. The violations are copies of the cases of
tests/cases/shapes. What is to be found in a copy was established once, by pySHACL with all shapes over one copy of everything, and is
kept in tests/cases/made-up/findings.csv (`python -m tests.violations reference` makes it anew); other copies have the same findings
under other names. The same size and seed give the same bytes.
"""

from __future__ import annotations

import csv
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import RdfFormat, parse, serialize

from tests.conftest import CASES, ROOT
from tests.violation_templates import Template, letters_of, needed, number_of, templates
from thidua.terms import PREFIXES

REFERENCE = CASES / "made-up" / "findings.csv"
SHAPES = ROOT / "shapes"
SHIPPED = "shipped"  # the name of what copies share, where all of it is there
FULL = 95_000  # statements from which on it is
CASE_SHARE = 0.2  # of the copies beyond the first of each: about 3 % of the statements
_SH = "http://www.w3.org/ns/shacl#"
_SHAPE = "https://w3id.org/thidua/shape/"


class Row(NamedTuple):
    """One finding: the node, the rule (property shape, SPARQL constraint, or node shape), how bad, the kind of constraint, the value."""

    focus: str
    shape: str
    severity: str
    component: str
    value: str


@dataclass(frozen=True)
class Made:
    """What was written, and what is to be found in it."""

    path: Path
    triples: int
    copies: int
    findings: frozenset[Row]


def make(triples: int, path: Path, seed: int = 1948) -> Made:
    """Writes at most `triples` statements, and less than 600 fewer, to `path`: N-Triples, or Turtle where it ends in .ttl.

    Every kind of constraint of every rule is broken at least once; from FULL statements on every case is there, and all that is shipped.

    Raises:
        ValueError: fewer statements are wanted than are needed to break every rule.
    """
    lines, findings, copies = 0, [], 0
    plain = path.with_name(path.name + ".part")
    with plain.open("w", encoding="utf-8") as file:
        for text, count, rows in _parts(triples, random.Random(seed), seed):
            file.write(text)
            lines, copies = lines + count, copies + 1
            findings += rows
    if lines > triples:
        plain.unlink()
        raise ValueError(f"{triples} statements cannot break every rule; {lines} can")
    if path.suffix == ".ttl":
        with path.open("wb") as out:
            quads = parse(path=plain, format=RdfFormat.N_TRIPLES)
            serialize((quad.triple for quad in quads), out, RdfFormat.TURTLE, prefixes=PREFIXES)
        plain.unlink()
    else:
        plain.replace(path)
    assert len(set(findings)) == len(findings)
    return Made(path, lines, copies - 1, frozenset(findings))


def _parts(triples: int, chance: random.Random, seed: int) -> Iterator[tuple[str, int, list[Row]]]:
    """Text, number of statements and findings of each part: what copies share, one copy of each template, then copies by chance."""
    whole, known = triples >= FULL, reference()
    sources, cases = (templates().sources, templates().cases) if whole else (templates().sources[-1:], cover())
    shared = templates().shipped if whole else needed([*sources, *cases])
    yield "".join(shared), len(shared), known[SHIPPED] if whole else []
    left, number, most = triples - len(shared), 0, max(template.lines for template in (*sources, *cases))
    first = iter([*cases, *sources])
    while (template := next(first, None)) or left >= most:
        template = template or chance.choice(cases if chance.random() < CASE_SHARE else sources)
        number += 1
        left -= template.lines
        yield _copy(template, known[template.name], number, seed)


def _copy(template: Template, rows: list[Row], number: int, seed: int) -> tuple[str, int, list[Row]]:
    """A copy of the template and of its findings, with words of its own in the place of the marks."""
    words = {template.end: f"0{number}", template.letters: f"Q{letters_of(number)}Z"}
    sid = sha256(f"{seed} {number}".encode()).hexdigest()[:14]
    words.update({mark: sid + mark[-2:] for mark in template.sids})

    def replaced(text: str) -> str:
        for mark, word in words.items():
            text = text.replace(mark, word)
        return text

    return replaced(template.text), template.lines, [Row(*map(replaced, row)) for row in rows]


def article(number: int, seed: int = 1948) -> tuple[str, frozenset[Row]]:
    """One source more, as N-Triples: a copy under a number that no copy in made-up data has, and what is to be found in it."""
    template = templates().sources[number % len(templates().sources)]
    text, _, rows = _copy(template, reference()[template.name], 10**7 + number, seed)
    return text, frozenset(rows)


@cache
def cover() -> tuple[Template, ...]:
    """Few cases, and small ones, in which every kind of constraint of every rule is broken."""
    known = {case: {(row.shape, row.component) for row in reference()[case.name]} for case in templates().cases}
    missing, chosen = set().union(*known.values()), []
    while missing:
        best = max(known, key=lambda case: (len(known[case] & missing) / case.lines, case.name))
        missing -= known[best]
        chosen.append(best)
    for case in sorted(chosen, key=lambda case: (-case.lines, case.name)):
        others = [other for other in chosen if other is not case]
        if known[case] <= set().union(*(known[other] for other in others)):
            chosen = others
    return tuple(chosen)


@cache
def reference() -> dict[str, list[Row]]:
    """The findings of each template, by its name, with marks in the IRIs; of what is shipped, by the name SHIPPED."""
    found: dict[str, list[Row]] = defaultdict(list)
    with REFERENCE.open(encoding="utf-8", newline="") as file:
        for name, focus, shape, severity, component, value in csv.reader(file):
            found[name].append(Row(focus, _SHAPE + shape, severity, _SH + component + "ConstraintComponent", value))
    return found


def pyshacl_findings(data: Path, shapes: Iterable[Path]) -> set[Row]:
    """What pySHACL, on rdflib, finds in a file of N-Triples or Turtle; lexical forms are left as they are."""
    import pyshacl
    import rdflib
    from rdflib import RDF, SH, Graph

    rdflib.NORMALIZE_LITERALS = False
    rules = Graph()
    for path in sorted(shapes):
        rules.parse(path)
    _, report, _ = pyshacl.validate(Graph().parse(data), shacl_graph=rules, inference="none")
    assert isinstance(report, Graph)
    rows = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        rule = report.value(result, SH.sourceConstraint) or report.value(result, SH.sourceShape)
        severity = str(report.value(result, SH.resultSeverity)).removeprefix(_SH).lower()
        focus, value = report.value(result, SH.focusNode), report.value(result, SH.value)
        component = str(report.value(result, SH.sourceConstraintComponent))
        rows.add(Row(str(focus), str(rule), severity, component, "" if value is None else str(value)))
    return rows


@cache
def summed() -> frozenset[str]:
    """Rules that tell of a sum: 110.0 in one engine, 110 in another, and SPARQL does not say which."""
    sums = re.compile(r"tds:(\S+) a sh:SPARQLConstraint ;(?:(?!\n\n).)*?\(SUM\(", re.DOTALL)
    return frozenset(_SHAPE + name for path in SHAPES.glob("*.ttl") for name in sums.findall(path.read_text("utf-8")))


def comparable(rows: Iterable[Row]) -> Counter[Row]:
    """The findings, counted; sums as plain numbers, all other values as they are written."""
    return Counter(row._replace(value=plain_sum(row.value)) if row.shape in summed() else row for row in rows)


def plain_sum(value: str) -> str:
    """A decimal without zeros at its end; anything else as it is."""
    return f"{Decimal(value).normalize():f}" if re.fullmatch(r"[+-]?\d+(\.\d*)?", value) else value


def write_reference(folder: Path) -> None:
    """Has pySHACL look at one copy of everything, and at what is shipped; takes a minute and a half."""
    all_of = templates()
    every = (*all_of.sources, *all_of.cases)
    names = {number: template.name for number, template in enumerate(every)}
    (folder / "all.nt").write_text("".join([*needed(every), *(one.text for one in every)]), "utf-8")
    (folder / "shipped.nt").write_text("".join(all_of.shipped), "utf-8")
    rows = [(SHIPPED, row) for row in pyshacl_findings(folder / "shipped.nt", SHAPES.glob("*.ttl"))]
    for row in pyshacl_findings(folder / "all.nt", SHAPES.glob("*.ttl")):
        number = number_of(row.focus)
        assert number is not None, f"a finding at what copies share: {row}"
        rows.append((names[number], row))
    REFERENCE.parent.mkdir(exist_ok=True)
    with REFERENCE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for name, row in sorted(rows):
            component = row.component.removeprefix(_SH).removesuffix("ConstraintComponent")
            writer.writerow((name, row.focus, row.shape.removeprefix(_SHAPE), row.severity, component, row.value))


def _json(rows: Iterable[Row]) -> str:
    return json.dumps([row._asdict() for row in sorted(rows)], ensure_ascii=False, indent=0)


def main() -> int:
    """Makes the reference anew, or data; or prints what pySHACL, as it is, finds."""
    import tempfile

    if sys.argv[1:] == ["reference"]:
        with tempfile.TemporaryDirectory() as folder:
            write_reference(Path(folder))
        return 0
    if sys.argv[1] == "pyshacl":
        print(_json(pyshacl_findings(Path(sys.argv[2]), SHAPES.glob("*.ttl"))))
        return 0
    made = make(int(sys.argv[1]), Path(sys.argv[2]))
    for path in sys.argv[3:]:
        Path(path).write_text(_json(made.findings) + "\n", "utf-8")
    print(f"{made.path}: {made.triples} statements, {made.copies} copies, {len(made.findings)} findings")
    return 0


if __name__ == "__main__":
    sys.exit(main())
