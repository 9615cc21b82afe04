"""thidua reason: is the ontology sound, and do the data agree with it?"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from tempfile import TemporaryDirectory

from thidua.commands.output import add_limit_options, limits, write_bytes

FORMAT = """form of the report (default: text); json is an object: sound (true or false), ontology (state: consistent, inconsistent,
refused or unchecked; detail; unsatisfiable: classes), data (state; detail; leftOut: statements by datatype), findings and profile
(lists of objects: check, and a list of values for each column of its query)"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument("--format", choices=["text", "json"], default="text", help=FORMAT)
    add_limit_options(parser)


def run(args: argparse.Namespace) -> int:
    """Prints what is found; 1 where anything is wanting."""
    from thidua.hermit import find_hermit
    from thidua.limits import run_limited
    from thidua.reason import Prepared, as_object, as_text, reason

    timeout, megabytes = limits(args)
    hermit = find_hermit()
    with TemporaryDirectory(prefix="thidua-") as name:
        folder = Path(name).resolve()
        prepared = Prepared(**json.loads(run_limited(lambda: _prepare(args, folder), timeout, megabytes)))
        report = reason(hermit, prepared, folder, timeout, megabytes)
    if args.format == "json":
        content = json.dumps(as_object(report), ensure_ascii=False, indent=2) + "\n"
    else:
        content = as_text(report, args.message_lang)
    write_bytes(content.encode())
    return 0 if report.sound else 1


def _prepare(args: argparse.Namespace, folder: Path) -> bytes:
    """Reads and asks; in a process of its own, for the engine heeds no time limit."""
    from dataclasses import asdict

    from thidua.assets import Assets
    from thidua.reason import prepare

    return json.dumps(asdict(prepare(Assets(args.root), folder))).encode()
