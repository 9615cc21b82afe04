"""thidua build: ontology, graph and derivations → the store."""

from __future__ import annotations

import argparse
import json
import sys

from thidua.messages import text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument("--force", action="store_true", help="build anew though nothing has changed")


def run(args: argparse.Namespace) -> int:
    """Builds and prints the counts."""
    from thidua.limits import run_limited

    built = json.loads(run_limited(lambda: _build(args)))
    if built["normalised"]:
        print(f"thidua: {text('normalised', args.message_lang, count=built['normalised'])}", file=sys.stderr)
    print(text("built" if built["changed"] else "unchanged", args.message_lang, path=args.store))
    for name, count in sorted(built["counts"].items()):
        print(f"  {name:<11}{count:>8}")
    return 0


def _build(args: argparse.Namespace) -> bytes:
    """Builds; in a process of its own, for the engine heeds no Ctrl-C."""
    from thidua.assets import Assets
    from thidua.build import build

    built = build(Assets(args.root), args.store, force=args.force)
    return json.dumps({"normalised": built.normalised, "changed": built.changed, "counts": built.manifest.counts}).encode()
