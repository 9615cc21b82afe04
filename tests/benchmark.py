"""How long a user waits for the program, start-up included, on the shipped graph; prints a page of Markdown.

Not a test: figures depend on the machine and its load. Each command runs as a process of its own. With the word `texts` it is about
press texts instead (tests/text_benchmark.py), which takes half an hour; with `shacl`, about validation beside other engines
(tests/shacl_benchmark.py), which takes as long; numbers of statements may follow; with `export` and `networks`, about these on a
million statements.
"""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests import export_benchmark, network_benchmark, shacl_benchmark, text_benchmark
from tests.cases import QUESTIONS
from tests.reforms import write as write_reforms
from thidua import __version__
from thidua.store import read_manifest

PROGRAM = Path(sys.executable).with_name("thidua")
RUNS = 7
FOLLOWED = (("awards-by-body", "--body"), ("who-awarded-what-to-whom", "--awarder"), ("award-totals", "--awarder"))


def seconds(*args: str, before: Path | None = None) -> list[float]:
    """Wall-clock seconds of RUNS runs, shortest first; `before` is removed before each."""
    times = []
    for _ in range(RUNS):
        if before is not None:
            shutil.rmtree(before, ignore_errors=True)
        start = time.perf_counter()
        subprocess.run([str(PROGRAM), *args], check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return sorted(times)


def line(name: str, limit: float, times: list[float]) -> str:
    return f"| {name} | {limit:.2f} | {statistics.median(times):.3f} | {times[-1]:.3f} |"


def machine() -> str:
    """What the figures were measured on."""
    load = f", load {os.getloadavg()[0]:.1f} at the beginning" if hasattr(os, "getloadavg") else ""
    return f"thidua {__version__}, Python {platform.python_version()}, {os.cpu_count()} cores{load}"


def main() -> int:
    if sys.argv[1:] == ["texts"]:
        text_benchmark.show(machine())
        return 0
    if sys.argv[1:] == ["export"]:
        export_benchmark.show(machine())
        return 0
    if sys.argv[1:] == ["networks"]:
        network_benchmark.show(machine())
        return 0
    if sys.argv[1:2] == ["shacl"] and all(word.isdecimal() for word in sys.argv[2:]):
        shacl_benchmark.show(machine(), list(map(int, sys.argv[2:])) or shacl_benchmark.SIZES)
        return 0
    if sys.argv[1:]:
        raise SystemExit("usage: benchmark [texts | export | networks | shacl [STATEMENTS...]]")
    where = machine()
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        rows = [line("`thidua --help`", 0.25, seconds("--help"))]
        rows.append(line("`thidua build` (anew)", 5, seconds("build", "--store", str(store), before=store)))
        rows.append(line("`thidua build` (nothing changed)", 5, seconds("build", "--store", str(store))))
        rows.append(line("`thidua validate`", 30, seconds("validate", "--store", str(store))))
        questions = {name: seconds("ask", name, "--store", str(store)) for name in QUESTIONS}
        for name, times in sorted(questions.items(), key=lambda item: -statistics.median(item[1])):
            rows.append(line(f"`thidua ask {name}`", 0.3, times))
        manifest = read_manifest(store)
        last = write_reforms(Path(folder) / "reforms")
        many = ("--store", str(Path(folder) / "many"))
        subprocess.run([str(PROGRAM), "build", "--root", str(Path(folder) / "reforms"), *many], check=True, stdout=subprocess.DEVNULL)
        for question in (
            ("bodies-on", "--as-of", "2015-06-01"),
            *((name, option, last, "--with-predecessors") for name, option in FOLLOWED),
        ):
            command = " ".join(word for word in question if word != last)
            rows.append(line(f"`thidua ask {command}` (made-up: 1,000 bodies, 300 reforms)", 1, seconds("ask", *question, *many)))
    assert manifest is not None
    print("# How long a user waits\n")
    print("Made by `{ ./scripts/benchmark; ./scripts/benchmark texts; } > docs/speed.md`: wall-clock seconds of whole commands, start-up")
    print(
        f"included, on the shipped graph ({manifest.counts['statements']} stated and {manifest.counts['derived']} derived statements), "
        f"{RUNS} runs each, {where}.\n"
    )
    print("| command | wanted under | median | slowest |\n|---|---|---|---|")
    print("\n".join(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
