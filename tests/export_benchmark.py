"""How fast the data set goes out, beside the engine's own dump, and how much memory that takes; prints a page of Markdown.

Not a test: figures depend on the machine and its load. The data are the shipped sources over and over under other names, derived
statements too, up to a million statements. Each export is a process of its own that reads the store from disk.
"""

from __future__ import annotations

import json
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from thidua import __version__
from thidua.assets import Assets
from thidua.build import build
from thidua.defaults import EXPORT_FORMS
from thidua.store import FORMAT, read_manifest

STATEMENTS = 1_000_000
RUNS = 3
_SID = re.compile(rb"(/source/|/graph/|/id/[a-z-]+/)(00[0-4])(?=[->])")
# A process that does one thing and says how long it took, without start-up, and the most memory it ever held.
_CHILD = """
import json, resource, sys, time
from pathlib import Path
from thidua.assets import Assets
from thidua.store import open_store
kind, name, where, out = sys.argv[1:5]
store = open_store(Path(where))
if kind == "dump":
    from pyoxigraph import DefaultGraph, RdfFormat
    form = {"nquads": RdfFormat.N_QUADS, "turtle": RdfFormat.TURTLE}[name]
    start = time.perf_counter()
    with open(out, "wb") as file:
        store.dump(file, form, from_graph=None if name == "nquads" else DefaultGraph())
else:
    from thidua.exports import Dataset, form_of
    from thidua.files import write_file, write_folder
    from thidua.selection import read_filters, select_part
    form = form_of(name)
    start = time.perf_counter()
    data = Dataset(store, select_part(store, read_filters(store, json.loads(kind))), Assets())
    if form.to_file is not None:
        write_file(Path(out), lambda file: form.to_file(data, file), True)
    else:
        write_folder(Path(out), lambda folder: form.to_folder(data, folder), True)
print(json.dumps([time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def copies(lines: list[bytes], wanted: int) -> Iterator[bytes]:
    """The statements (lines of N-Quads), and those that name a source once more for each of as many made-up sources as it takes."""
    yield from lines
    of_sources = [line for line in lines if _SID.search(line)]
    for number in range(1, (wanted - len(lines)) // len(of_sources) + 1):
        names = {f"00{n}".encode(): sha256(f"{number}-{n}".encode()).hexdigest()[:16].encode() for n in range(5)}

        def renamed(match: re.Match[bytes], names: dict[bytes, bytes] = names) -> bytes:
            return match[1] + names[match[2]]

        yield from (_SID.sub(renamed, line) for line in of_sources)


def write_large(folder: Path, wanted: int = STATEMENTS) -> Path:
    """A store of `wanted` statements in `folder`; returns where."""
    build(Assets(), folder / "shipped")
    manifest = read_manifest(folder / "shipped")
    assert manifest is not None
    shipped = Store.read_only(str(folder / "shipped" / manifest.data))
    lines = (shipped.dump(format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    with (folder / "large.nq").open("wb") as file:
        file.writelines(copies(lines, wanted))
    large = folder / "large"
    (large / "data-0-1").parent.mkdir()
    store = Store(str(large / "data-0-1"))
    store.bulk_load(path=str(folder / "large.nq"), format=RdfFormat.N_QUADS)
    store.optimize()
    count = len(store)
    del store
    said = {"format": FORMAT, "thidua": __version__, "inputs": "", "data": "data-0-1", "previous": "", "counts": {"statements": count}}
    (large / "manifest.json").write_text(json.dumps(said), "utf-8")
    return large


def run(kind: str, name: str, store: Path, out: Path) -> tuple[float, float, float]:
    """Seconds (the median of RUNS), megabytes held at most, and megabytes written."""
    runs = []
    for _ in range(RUNS):
        done = subprocess.run([sys.executable, "-c", _CHILD, kind, name, str(store), str(out)], check=True, capture_output=True)
        runs.append(json.loads(done.stdout))
    files = [out] if out.is_file() else [one for one in out.rglob("*") if one.is_file()]
    return statistics.median(one[0] for one in runs), max(one[1] for one in runs), sum(one.stat().st_size for one in files) / 2**20


def show(machine: str) -> None:
    """Measures and prints the section for docs/benchmarks.md."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = write_large(folder)
        manifest = read_manifest(store)
        assert manifest is not None
        source = sha256(b"1-1").hexdigest()[:16]
        rows = [(f"pyoxigraph's `dump`, {form}", run("dump", form, store, folder / "peer")) for form in ("nquads", "turtle")]
        for form in EXPORT_FORMS:
            rows.append((f"`thidua export --format {form}`", run("{}", form, store, folder / f"out-{form}")))
        for option, value in (("source", source), ("campaign", "Dân vận khéo"), ("body", "Tỉnh ủy Lai Châu"), ("as-of", "2020-12-31")):
            rows.append((f"`… nquads --{option}`", run(json.dumps({option: value}), "nquads", store, folder / f"part-{option}")))
    print("## Exports\n")
    print(
        f"Made by `./scripts/benchmark export`: {manifest.counts['statements']} statements (the shipped sources over and over under other "
        f"names), read from a store on disk, each export a process of its own; seconds without start-up, median of {RUNS} runs; "
        f"memory: the most the process ever held. {machine}.\n"
    )
    print("| export | seconds | memory, MB | written, MB |\n|---|---|---|---|")
    for what, (seconds, memory, size) in rows:
        print(f"| {what} | {seconds:.2f} | {memory:.0f} | {size:.1f} |")
