"""Runs one command as a small process does: `python tests/measured.py SECONDS OUT COMMAND…` prints what it took, as JSON.

By itself, and importing next to nothing, because the peak memory that Linux tells of a process is never below that of the one which
started it. The peak counts the largest of the command's processes, such as a Java that it starts.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path


def main() -> None:
    """Prints seconds, peak MiB and the exit code, which is null where time ran out."""
    seconds, out, *command = sys.argv[1:]
    with Path(out).open("wb") as stdout, Path(out + ".err").open("wb") as stderr:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=stdout, stderr=stderr, start_new_session=True)
        signal.signal(signal.SIGALRM, lambda *_: os.killpg(process.pid, signal.SIGKILL))
        signal.setitimer(signal.ITIMER_REAL, float(seconds))
        _, status, usage = os.wait4(process.pid, 0)
        took = time.perf_counter() - start
        signal.setitimer(signal.ITIMER_REAL, 0)
    code = None if took >= float(seconds) else os.waitstatus_to_exitcode(status)
    print(json.dumps({"seconds": took, "mib": usage.ru_maxrss / 1024, "code": code}))


if __name__ == "__main__":
    main()
