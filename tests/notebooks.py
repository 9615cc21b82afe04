"""Runs a notebook in a process of its own: `python -m tests.notebooks FROM TO` executes it here and writes it with its outputs."""

from __future__ import annotations

import sys
from pathlib import Path

import nbclient
import nbformat


def execute(source: Path, target: Path) -> None:
    notebook = nbformat.read(source, as_version=4)  # type: ignore[no-untyped-call]
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3", record_timing=False).execute(cwd=".")
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    nbformat.write(notebook, target)  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    execute(Path(sys.argv[1]), Path(sys.argv[2]))
