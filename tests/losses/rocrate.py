"""What a crate keeps, as rocrate opens it and rdflib reads the data in it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from rocrate.rocrate import ROCrate

from tests.losses.rdf import probe
from thidua.exports import Loss


def _probe(path: Path) -> dict[str, Loss]:
    with tempfile.TemporaryDirectory() as folder:
        ROCrate(path).write(folder)
        return probe("trig", Path(folder) / "data" / "thidua.trig")


PROBES = {"rocrate": _probe}
