"""How long networks and pictures take on a million statements, and how much memory; prints a table of Markdown.

Not a test: figures depend on the machine and its load. The data are made-up awards, over and over under other names. Each command is
a process of its own.
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from tests.made_up_awards import write
from thidua.assets import Assets
from thidua.build import build
from thidua.store import StoreWriter, open_store

STATEMENTS, EVENTS = 1_000_000, 5000
COMMANDS = (
    "network awards --measures --format csv",
    "network awards --format graphml",
    "network awards --format gexf",
    "network hierarchy --measures --format csv",
    "network campaigns --measures --format csv",
    "picture network --size large",
    "picture timeline --size large",
    "picture chart --size large",
    "export --format graphml",
    "export --format gexf",
)
_MADE_UP = re.compile(rb"(/source/|/graph/|/id/[a-z]+/)([mbpacd]\d)")


def copies(lines: list[bytes]) -> Iterator[bytes]:
    """The statements (lines of N-Quads), and those of made-up things again under other names until there are enough."""
    yield from lines
    again = [line for line in lines if _MADE_UP.search(line)]
    for number in range(1, 2 + (STATEMENTS - len(lines)) // len(again)):
        yield from (_MADE_UP.sub(rb"\g<1>x%d\g<2>" % number, line) for line in again)


def large_store(folder: Path) -> tuple[Path, int]:
    """A store of over a million statements, and how many it has."""
    build(Assets(write(folder / "root", EVENTS)), folder / "small")
    lines = (open_store(folder / "small").dump(format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    with (folder / "large.nq").open("wb") as file:
        file.writelines(copies(lines))

    def fill(store: Store) -> dict[str, int]:
        store.bulk_load(path=str(folder / "large.nq"), format=RdfFormat.N_QUADS)
        return {"statements": len(store)}

    with StoreWriter(folder / "large") as writer:
        return folder / "large", writer.replace("0" * 64, fill).counts["statements"]


def measured(store: Path, command: str) -> tuple[float, float, str]:
    """Seconds, peak megabytes of the process and those it started, and what it said on stderr."""
    code = (
        "import resource, subprocess, sys\n"
        "run = subprocess.run([sys.executable, '-m', 'thidua', *sys.argv[1:]], stdout=subprocess.DEVNULL)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, run.returncode)"
    )
    start = time.perf_counter()
    run = subprocess.run([sys.executable, "-c", code, *command.split(), "--store", str(store)], capture_output=True, text=True, check=True)
    seconds = time.perf_counter() - start
    peak, status = map(int, run.stdout.split())
    assert status == 0, run.stderr
    return seconds, peak / 1024, run.stderr.strip()


def show(machine: str) -> None:
    """Prints the table."""
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # in kilobytes, as Linux has it
    with tempfile.TemporaryDirectory() as folder:
        store, statements = large_store(Path(folder))
        print(f"{statements:,} statements; {machine}.\n\n| command | seconds | peak MB |  |\n|---|---|---|---|")
        for command in COMMANDS:
            seconds, peak, said = measured(store, command)
            said = said.removeprefix("thidua: ") if command.startswith("network") else ""  # of exports it is what they lose
            print(f"| `thidua {command}` | {seconds:.1f} | {peak:.0f} | {said} |", flush=True)
