"""Runs one command as a small process does: `python tests/measured.py SECONDS OUT COMMAND…` prints what it took, as JSON.

By itself, and importing little, because the peak memory that Linux tells of a process is never below that of the one which started it.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

EVERY = 0.2  # seconds between looks at the memory of all processes together


def together(session: int) -> float:
    """MiB of all processes of a session, pages that several share counted once; 0 where the system does not tell."""
    kib = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if int((folder / "stat").read_text().rpartition(")")[2].split()[3]) == session:
                lines = (folder / "smaps_rollup").read_text().splitlines()
                kib += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        except (OSError, IndexError):
            continue  # it has just ended
    return kib / 1024


def main() -> None:
    """Prints seconds, peak MiB and the exit code, which is null where time ran out.

    The peak is that of all processes together, as often as it was looked at, or that of the largest, if this is more.
    """
    seconds, out, *command = sys.argv[1:]
    peak, ended = 0.0, threading.Event()

    def watch(session: int) -> None:
        nonlocal peak
        while not ended.wait(EVERY):
            peak = max(peak, together(session))

    with Path(out).open("wb") as stdout, Path(out + ".err").open("wb") as stderr:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=stdout, stderr=stderr, start_new_session=True)
        watcher = threading.Thread(target=watch, args=(process.pid,))
        watcher.start()
        signal.signal(signal.SIGALRM, lambda *_: os.killpg(process.pid, signal.SIGKILL))
        signal.setitimer(signal.ITIMER_REAL, float(seconds))
        _, status, usage = os.wait4(process.pid, 0)
        took = time.perf_counter() - start
        signal.setitimer(signal.ITIMER_REAL, 0)
        ended.set()
        watcher.join()
    code = None if took >= float(seconds) else os.waitstatus_to_exitcode(status)
    print(json.dumps({"seconds": took, "mib": max(peak, usage.ru_maxrss / 1024), "code": code}))


if __name__ == "__main__":
    main()
