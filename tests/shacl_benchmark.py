"""Validation beside other engines: whole processes on the same made-up data, and what each finds of what was put in.

`scripts/benchmark shacl` runs it; sizes may follow. Figures depend on the machine and its load, so that all engines run in one run,
one after the other, each by itself.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

from tests.conftest import ROOT
from tests.shacl_engines import INCREMENTAL, LOAD, PEERS, PYSHACL, SH, THIDUA, Engine, Told
from tests.violations import FULL, SHAPES, Made, Row, make, plain_sum, summed
from thidua.terms import PREFIXES

SIZES = (10_000, 100_000, 1_000_000)
RUNS = {10_000: 5, 100_000: 3}  # else once
TIMEOUT = 600  # seconds
FEW = "affiliation eligibility gathering inference interval occasion period person proposal provision source span"
TOO_SLOW = {1_000_000: (PYSHACL.name,)}


@dataclass(frozen=True)
class Rules:
    """Shapes in one file, the rules in them, and of each constraint in SPARQL, the shape that it belongs to."""

    path: Path
    names: frozenset[str]
    owners: dict[str, str]

    def without(self, rules: Iterable[str]) -> Rules:
        """The same in another file, some rules left out."""
        gone = {NamedNode(rule) for rule in rules}
        quads = [quad for quad in parse(path=self.path) if quad.subject not in gone and quad.object not in gone]
        return write_rules(quads, self.path.with_name(f"without-{len(gone)}.ttl"))


@dataclass(frozen=True)
class Differs:
    """How many findings were missed, are false, or are at the right node by the right rule with another value than the one expected."""

    missed: int
    false: int
    revalued: int


@dataclass(frozen=True)
class Result:
    """Median seconds and the peak of memory of one engine, and its findings beside those expected. `failed` says why there are none."""

    engine: Engine
    seconds: float = 0.0
    mib: float = 0.0
    differs: Differs | None = None
    failed: str = ""


def read_rules(paths: Iterable[Path]) -> list[Quad]:
    """The statements of shapes, and the prefixes that their queries use."""
    return [quad for path in sorted({*paths, SHAPES / "prefixes.ttl"}) for quad in parse(path=path, rename_blank_nodes=True)]


def write_rules(quads: list[Quad], path: Path) -> Rules:
    """The shapes as one file, which every engine can take."""
    with path.open("wb") as out:
        serialize((quad.triple for quad in quads), out, RdfFormat.TURTLE, prefixes=PREFIXES)
    owners = {}
    for quad in quads:
        if quad.predicate.value == SH + "sparql" and isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            assert quad.object.value not in owners, f"a constraint of two shapes: {quad.object}"
            owners[quad.object.value] = quad.subject.value
    return Rules(path, frozenset(quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)), owners)


def measured(command: list[str], out: Path, seconds: int = TIMEOUT) -> dict[str, float | None]:
    """Seconds, peak MiB and exit code of one command, whose standard output goes to `out`; stopped after some seconds."""
    small = [sys.executable, str(ROOT / "tests" / "measured.py"), str(seconds), str(out), *command]
    found: dict[str, float | None] = json.loads(subprocess.run(small, check=True, capture_output=True, text=True, cwd=ROOT).stdout)
    return found


def loading(data: Path, runs: int) -> tuple[float, float]:
    """Median seconds and peak MiB of a process that does nothing but load the data."""
    out = data.with_suffix(".load")
    taken = [measured(LOAD(str(data), "", ""), out) for _ in range(runs)]
    return statistics.median(float(one["seconds"] or 0) for one in taken), max(float(one["mib"] or 0) for one in taken)


def run(engine: Engine, made: Made, rules: Rules, runs: int) -> Result:
    """One engine over one file of data."""
    rules = rules.without(engine.unreadable) if set(engine.unreadable) & rules.names else rules
    out = made.path.with_suffix(f".{engine.name}")
    command = engine.command(str(made.path), str(rules.path), str(out))
    taken = []
    for _ in range(runs):
        out.unlink(missing_ok=True)
        taken.append(measured(command, out))
        if taken[-1]["code"] not in (0, 1):
            late = taken[-1]["code"] is None
            return Result(engine, failed=f"not done in {TIMEOUT} s" if late else _reason(out))
    differs = compared(engine.read(out), made.findings, rules)
    seconds = statistics.median(float(one["seconds"] or 0) for one in taken)
    return Result(engine, seconds, max(float(one["mib"] or 0) for one in taken), differs)


def _reason(out: Path) -> str:
    """The last line that the engine printed."""
    lines = out.with_name(out.name + ".err").read_text("utf-8", errors="replace").strip().splitlines()
    return lines[-1] if lines else "failed without a word"


def compared(told: set[Told], wanted: Iterable[Row], rules: Rules) -> Differs:
    """What an engine tells beside what was put in.

    Where an engine names no constraint of its results from SPARQL, these are compared by the shape that the constraint belongs to.
    """
    named = any(one.constraint for one in told)
    sums = {rule if named else rules.owners.get(rule, rule) for rule in summed()}

    def key(focus: str, rule: str, component: str, value: str) -> tuple[tuple[str, str, str], str]:
        return (focus, rule, component), plain_sum(value) if rule in sums and component == SH + "SPARQLConstraintComponent" else value

    found = {key(one.focus, (named and one.constraint) or one.shape, one.component, one.value) for one in told}
    right = {
        key(row.focus, row.shape if named else rules.owners.get(row.shape, row.shape), row.component, row.value)
        for row in wanted
        if row.shape in rules.names
    }
    missed, false = (Counter(where for where, _ in rows) for rows in (right - found, found - right))
    revalued = (missed & false).total()
    return Differs(missed.total() - revalued, false.total() - revalued, revalued)


def table(results: list[Result], load: tuple[float, float]) -> Iterator[str]:
    """Lines of Markdown."""
    yield "| engine | seconds | times the load | times thidua | peak MiB | missed | false | other value |"
    yield "|---|---|---|---|---|---|---|---|"
    yield f"| (pyoxigraph: load only) | {load[0]:.2f} | 1.0 | | {load[1]:.0f} | | | |"
    ours = next((one.seconds for one in results if one.engine is THIDUA and not one.failed), None)
    for one in results:
        if one.differs is None:
            yield f"| {one.engine.name} | {one.failed} | | | | | | |"
        else:
            told = one.differs
            times = f"{one.seconds / ours:.1f}" if ours else ""
            cost = f"{one.seconds:.2f} | {one.seconds / load[0]:.1f} | {times} | {one.mib:.0f}"
            yield f"| {one.engine.name} | {cost} | {told.missed} | {told.false} | {told.revalued} |"


def wishes(size: int, results: list[Result], load: float) -> Iterator[str]:
    """Rows of what is wanted of us at this size, and what was measured."""
    by_name = {one.engine.name: one for one in results if one.differs is not None}
    ours, others = by_name.get(THIDUA.name), [one for one in by_name.values() if one.engine is not THIDUA]
    if ours is None or ours.differs is None:
        return
    exact = ours.differs == Differs(0, 0, 0)
    yield f"| {size:,} | exactly what was put in | {'yes' if exact else 'no'} |"
    if PYSHACL.name in by_name:
        yield f"| {size:,} | at least 100 times as fast as pySHACL | {by_name[PYSHACL.name].seconds / ours.seconds:.0f} times |"
    if size == max(SIZES):
        slower = sorted(others, key=lambda one: one.seconds)
        told = ", ".join(f"{one.engine.name} {one.seconds / ours.seconds:.1f}" for one in slower)
        yield f"| {size:,} | faster than every other engine | times as long as ours: {told} |"
        yield f"| {size:,} | at most 2.5 times the load | {ours.seconds / load:.1f} |"
        yield f"| {size:,} | at most 1.5 GB | {ours.mib * 2**20 / 1e9:.2f} GB |"


def articles(made: Made, rules: Rules) -> Iterator[str]:
    """The row of what is wanted when one source more comes into a running process that holds the data."""
    out = made.path.with_suffix(".articles")
    if measured(INCREMENTAL(str(made.path), str(rules.path), ""), out)["code"] != 0:
        raise SystemExit(_reason(out))
    told = json.loads(out.read_text("utf-8"))
    first, *others = (1000 * seconds for seconds in told["seconds"])
    exact = "all exact" if not told["wrong"] else f"{told['wrong']} with other findings"
    shown = f"median {statistics.median(others):.0f} ms, slowest {max(others):.0f} ms, {exact}; the first {first:.0f} ms"
    size = f"{min(told['statements'])} to {max(told['statements'])} statements"
    yield f"| {made.triples:,} | one source more ({size}) within 50 ms, {len(others)} times | {shown} |"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError as error:
        raise SystemExit(f"{package} is not installed; run .venv/bin/pip install -e '.[benchmark]'") from error


def show(where: str, sizes: Sequence[int]) -> None:
    """Prints the page."""
    rows = [f"| {one.name} | {one.package} | {_version(one.package)} | {one.licence} | {one.remark} |" for one in (THIDUA, *PEERS)]
    runs_of = " and ".join(f"{runs} at {size:,}" for size, runs in RUNS.items())
    asked = "" if tuple(sizes) == SIZES else "".join(f" {size}" for size in sizes)
    print(HEAD.format(where=where, sizes=asked, runs=runs_of, timeout=TIMEOUT))
    print("| engine | package | version | licence | remarks |\n|---|---|---|---|---|")
    print("\n".join(rows))
    wanted: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        every = write_rules(read_rules(SHAPES.glob("*.ttl")), folder / "all.ttl")
        few = write_rules(read_rules(SHAPES / f"{one}.ttl" for one in FEW.split()), folder / "few.ttl")
        for size in sizes:
            made, runs = make(size, folder / f"{size}.ttl"), RUNS.get(size, 1)
            for title, rules in (("All our shapes", every), ("Few shapes", few)):
                expected = sum(row.shape in rules.names for row in made.findings)
                print(f"\n## {title}, {made.triples:,} statements, {expected:,} findings put in\n")
                load, results = loading(made.path, max(runs, 3)), []
                for engine in (THIDUA, *PEERS):
                    if engine.name not in TOO_SLOW.get(size, ()):
                        print(f"{title}, {size:,}: {engine.name}", file=sys.stderr)
                        results.append(run(engine, made, rules, {THIDUA: max(runs, 3), PYSHACL: 1}.get(engine, runs)))
                print("\n".join(table(results, load)), flush=True)
                if rules is every:
                    wanted += wishes(size, results, load[0])
            if size >= FULL:
                wanted += articles(made, every)
    print("\n## What is wanted of ours, with all shapes\n\n| statements | wanted | measured |\n|---|---|---|")
    print("\n".join(wanted))


HEAD = """# Validation beside other engines

Made by `./scripts/benchmark shacl{sizes} > docs/benchmarks.md`, after `.venv/bin/pip install -e '.[benchmark]'`, which brings the other
engines. Measured on: {where}.

Every engine is a process of its own, started anew, over the same file of data and the same file of shapes (both Turtle), one after the
other in one run. Seconds are wall-clock from start to end, start-up, parsing and the whole report included; medians of {runs},
else of one run, of ours and the load at least three (of pySHACL always one). Peak memory is that of all its processes together, looked at
five times a second. A run is stopped after {timeout} seconds. "Load only" is a Python process that puts the data into an in-memory Oxigraph
store and does nothing else. All packages have their bytecode, as after an installation.

The data are made up (tests/violations.py): copies of the shipped sources, each with posts and people of its own, and copies of the 320
cases by which our shapes are tested, with the violations in them, all under names of their own, beside the shipped registry, law and
ontology. At the smallest size there is room only for as many cases as break every rule once, and for the part of the registry that they
need, so that nearly a quarter of the statements are at fault; at the largest it is one in eighty. What is to be found was established by
pySHACL, without rdflib's rewriting of literals, over one copy of everything.

**missed** are findings that were put in and not told, **false** are told though nothing is wrong there, **other value** are at the right
node by the right rule, but name a value as the data do not have it (`2026-12-01T00:00:00+00:00` for `2026-12-01T00:00:00Z`). Findings are
compared by focus node, rule, constraint component and value; sums are compared as numbers. shacl-rust and shifty do not name the
constraint of a result from SPARQL: theirs are compared by the shape that it belongs to. Messages, hints and places in files are not
compared: no other engine has the last two.

All our shapes are 45 files with 364 rules, among them 67 constraints in SPARQL. shacl-rust cannot load a sequence path within an
alternative; the one rule that has it is left out for it. The few shapes (12 node shapes, 50 property shapes, 5 constraints in SPARQL)
every engine can load as they are. "One source more" is timed within a process that holds the data already, from the source's text in
N-Triples to its findings, in words; what the first one takes longer is spent on making ready what the others use.
"""
