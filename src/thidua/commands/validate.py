"""thidua validate: what is wrong, where it stands, how to mend it."""

from __future__ import annotations

import argparse
from pathlib import Path

from thidua.commands.output import add_limit_options, render, within_limits, write_bytes
from thidua.defaults import VALIDATE_TIMEOUT

FORMATS = ("text", "table", "json", "ttl", "csv", "md")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument("data", nargs="*", type=Path, metavar="DATA", help="RDF files (default: the built store)")
    parser.add_argument(
        "--shapes", action="append", type=Path, default=[], metavar="SHAPES", help="other shapes than ours; may be repeated"
    )
    parser.add_argument("--alone", action="store_true", help="check DATA without the shipped ontology, registry and law")
    parser.add_argument("--format", choices=FORMATS, default="text", help="form of the report (default: text)")
    parser.add_argument("--fail-on", choices=["violation", "warning", "info"], default="violation", help="exit 1 from this severity on")
    add_limit_options(parser, timeout=VALIDATE_TIMEOUT)


def run(args: argparse.Namespace) -> int:
    """Prints the report; 1 for findings at or above --fail-on, 3 where nothing was checked."""
    content = within_limits(args, lambda: _checked(args))
    write_bytes(content[1:])
    return content[0]


def _checked(args: argparse.Namespace) -> bytes:
    """The exit code as one byte, and the report; in a process of its own, since a shape's pattern may run for ever."""
    from thidua import checking, reports
    from thidua.assets import Assets
    from thidua.store import open_store

    assets = Assets(args.root)
    shapes = checking.read_shapes(args.shapes or assets.files("shapes", ".ttl"), trusted=not args.shapes)
    if args.data and (args.alone or args.shapes):
        report = checking.check_alone(args.data, shapes)
    elif args.data:
        report = checking.check_with_shipped(args.data, shapes, assets)
    else:
        report = checking.check_store(open_store(args.store), shapes)
    lang = args.message_lang
    if args.format == "text":
        content = reports.to_text(report, lang)
    elif args.format in ("json", "ttl"):
        content = reports.to_json(report) if args.format == "json" else reports.to_turtle(report)
    else:
        content = render(reports.to_answer(report, lang), args.format, lang)
    return bytes([1 if report.at_least(args.fail_on) else 0]) + content
