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
# A process that does one thing and says how long it took, without start-up, and the most memory it ever held (Linux:
# getrusage would count what its parent held before).
_CHILD = """
import json, re, sys, time
from pathlib import Path
from thidua.assets import Assets
from thidua.store import open_store
kind, name, where, out = sys.argv[1:5]
store = open_store(Path(where))
if kind == "dump":
    from pyoxigraph import DefaultGraph, RdfFormat
    form = {"nquads": RdfFormat.N_QUADS, "turtle": RdfFormat.TURTLE}[name]
    start = time.process_time(), time.perf_counter()
    with open(out, "wb") as file:
        store.dump(file, form, from_graph=None if name == "nquads" else DefaultGraph())
else:
    from thidua.exports import Dataset, form_of
    from thidua.files import write_file, write_folder
    from thidua.selection import read_filters, select_part
    form = form_of(name)
    start = time.process_time(), time.perf_counter()
    data = Dataset(store, select_part(store, read_filters(store, json.loads(kind))), Assets())
    if form.to_file is not None:
        write_file(Path(out), lambda file: form.to_file(data, file), True)
    else:
        write_folder(Path(out), lambda folder: form.to_folder(data, folder), True)
spent = time.process_time() - start[0], time.perf_counter() - start[1]
held = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(json.dumps([*spent, int(held[1]) / 1024]))
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
    """Processor's seconds, seconds by the clock, and megabytes held at most, of one export."""
    done = subprocess.run([sys.executable, "-c", _CHILD, kind, name, str(store), str(out)], check=True, capture_output=True)
    processor, clock, memory = json.loads(done.stdout)
    return processor, clock, memory


def megabytes(out: Path) -> float:
    """The size of a file or of all files of a folder."""
    files = [out] if out.is_file() else [one for one in out.rglob("*") if one.is_file()]
    return sum(one.stat().st_size for one in files) / 2**20


def show(machine: str) -> None:
    """Measures and prints the section for docs/benchmarks.md."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stores = []
        for wanted in (STATEMENTS, STATEMENTS // 10):
            (folder / str(wanted)).mkdir()
            stores.append(write_large(folder / str(wanted), wanted))
        source = sha256(b"1-1").hexdigest()[:16]
        parts = (("source", source), ("campaign", "Dân vận khéo"), ("body", "Tỉnh ủy Lai Châu"), ("as-of", "2020-12-31"))
        kinds = [(f"pyoxigraph's `dump`, {form}", "dump", form) for form in ("nquads", "turtle")]
        kinds += [(f"`--format {form}`", "{}", form) for form in EXPORT_FORMS]
        kinds += [(f"`--format nquads --{option} …`", json.dumps({option: value}), "nquads") for option, value in parts]
        large, tenth = ([folder / f"{size}-{number}" for number in range(len(kinds))] for size in ("large", "tenth"))
        # In turns, so that what else the machine does falls on all alike.
        turns = [[run(kind, form, stores[0], out) for (_, kind, form), out in zip(kinds, large, strict=True)] for _ in range(RUNS)]
        of_tenth = [run(kind, form, stores[1], out)[2] for (_, kind, form), out in zip(kinds, tenth, strict=True)]
        rows = []
        for number, (what, _, _) in enumerate(kinds):
            processor, clock, memory = zip(*(turn[number] for turn in turns), strict=True)
            times = f"{statistics.median(processor):.2f} | {statistics.median(clock):.2f}"
            rows.append(f"| {what} | {times} | {max(memory):.0f} | {of_tenth[number]:.0f} | {megabytes(large[number]):.1f} |")
        counts = [manifest.counts["statements"] for manifest in map(read_manifest, stores) if manifest is not None]
    print("## Exports\n")
    print(
        f"Made by `./scripts/benchmark export`: {counts[0]} statements (the shipped sources over and over under other names), read from a "
        f"store on disk, each export a process of its own. Seconds of the processor and by the clock, without start-up, medians of {RUNS} "
        f"runs in turns; memory is the most that the process ever held, also with a tenth of it ({counts[1]} statements). {machine}.\n"
    )
    print("| `thidua export …` | processor, s | clock, s | memory, MB | with a tenth, MB | written, MB |\n|---|---|---|---|---|---|")
    print("\n".join(rows))
