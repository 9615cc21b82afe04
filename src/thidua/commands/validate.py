"""thidua validate: what is wrong, where it stands, how to mend it."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from thidua.commands.output import add_limit_options, add_output_options, render, within_limits, write_output
from thidua.defaults import ANSWER_FORMATS, VALIDATE_TIMEOUT
from thidua.errors import InputError, NothingChecked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad

FORMATS = ("text", "table", "json", "ttl", "csv", "md", "html", "sarif", "junit", "github")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument("data", nargs="*", type=Path, metavar="DATA", help="RDF files (default: the built store)")
    parser.add_argument(
        "--shapes", action="append", type=Path, default=[], metavar="SHAPES", help="other shapes than ours; may be repeated"
    )
    parser.add_argument("--alone", action="store_true", help="check DATA without the shipped ontology, registry and law")
    parser.add_argument(
        "--format", choices=tuple(dict.fromkeys((*FORMATS, *ANSWER_FORMATS))), default=None, help="form of the report (default: text)"
    )
    parser.add_argument("--sources", type=Path, metavar="DIR", help="the articles (UTF-8 .txt files): findings show their words")
    parser.add_argument(
        "--changed",
        action="append",
        type=Path,
        default=[],
        metavar="FILE",
        help="check only what FILE can matter to: since the build, or as an addition to DATA; may be repeated",
    )
    parser.add_argument("--explain", action="store_true", help="check nothing: list how each shape is evaluated, and why not faster")
    parser.add_argument("--coverage", action="store_true", help="check nothing: list the classes and properties that no shape constrains")
    add_output_options(parser)
    parser.add_argument("--fail-on", choices=["violation", "warning", "info"], default="violation", help="exit 1 from this severity on")
    add_limit_options(parser, timeout=VALIDATE_TIMEOUT)


def run(args: argparse.Namespace) -> int:
    """Prints or writes the report; 1 for findings at or above --fail-on, 3 where nothing was checked."""
    listing = "--coverage" if args.coverage else "--explain" if args.explain else ""
    forms = ANSWER_FORMATS if listing else FORMATS
    if args.format is not None and args.format not in forms:
        what = listing or "a report"
        raise InputError("not-in-form", what=what, form=args.format, fitting=", ".join(forms))
    work = _covered if args.coverage else _explained if args.explain else _checked
    head, _, content = within_limits(args, lambda: work(args)).partition(b"\n")
    code, remarks = json.loads(head)
    for remark in remarks:
        print(f"thidua: {remark}", file=sys.stderr)
    write_output(args.output, content, args.force)
    return int(code)


def _answer(code: int, remarks: list[str], content: bytes) -> bytes:
    """What the working process hands back: exit code and remarks on a line, then the report."""
    return json.dumps([code, remarks]).encode() + b"\n" + content


def _checked(args: argparse.Namespace) -> bytes:
    """Exit code, remarks and report; in a process of its own, since a shape's pattern may run for ever."""
    from thidua.shacl.loading import begin

    alone = args.alone or bool(args.shapes)
    read = begin(args.data) if alone and not args.changed else None  # goes on while all else is made ready

    from thidua import checking, reports
    from thidua.assets import Assets
    from thidua.locate import locate
    from thidua.reports.words import remarks as reported

    assets = Assets(args.root)
    shapes = checking.read_shapes(args.shapes or assets.files("shapes", ".ttl"), trusted=not args.shapes)
    if args.changed and args.data:
        checked = checking.check_changed_alone(args.changed, args.data, shapes)
    elif args.changed:
        checked = checking.check_changed_since_build(args.changed, args.store, shapes, assets)
    elif args.data and alone:
        checked = checking.check_alone(args.data, shapes, read)
    elif args.data:
        checked = checking.check_with_shipped(args.data, shapes, assets)
    else:
        checked = checking.check_store(args.store, shapes, assets)
    report = locate(checked.report, checked.files, checked.store, args.sources)
    lang, form = args.message_lang, args.format or "text"
    if form in reports.FORMS:
        content = reports.written(report, form, lang, args.fail_on)
    else:
        from thidua.reports.rows import to_answer

        content = render(to_answer(report, lang), form, lang)
    remarks = [] if form in reports.CARRY_REMARKS else reported(report, lang)
    return _answer(1 if report.at_least(args.fail_on) else 0, remarks, content)


def _explained(args: argparse.Namespace) -> bytes:
    """Exit code and, for each shape with targets and each of its queries, how it is evaluated; nothing is checked."""
    from pyoxigraph import Literal

    from thidua import checking
    from thidua.answers import Answer, Row
    from thidua.assets import Assets

    assets = Assets(args.root)
    shapes = checking.read_shapes(args.shapes or assets.files("shapes", ".ttl"), trusted=not args.shapes)
    rows: list[Row] = [(way.shape, way.constraint, Literal(way.way), Literal(way.why)) for way in checking.ways(shapes, _data(args))]
    return _answer(0, [], render(Answer(["shape", "query", "way", "why"], rows), args.format or "table", args.message_lang))


def _covered(args: argparse.Namespace) -> bytes:
    """Exit code and the classes and properties without a shape; nothing is checked."""
    from thidua import checking
    from thidua.assets import Assets
    from thidua.coverage import coverage

    shapes = checking.read_shapes(args.shapes or Assets(args.root).files("shapes", ".ttl"), trusted=not args.shapes)
    data = list(_data(args))
    if not data:
        raise NothingChecked("no-data-to-check")
    return _answer(0, [], render(coverage(data, list(shapes.quads())), args.format or "table", args.message_lang))


def _data(args: argparse.Namespace) -> Iterable[Quad]:
    """The statements that would be checked, each once, as one graph."""
    from pyoxigraph import DefaultGraph, Quad

    from thidua import checking
    from thidua.assets import Assets
    from thidua.store import open_store

    if not args.data:
        return open_store(args.store).quads_for_pattern(None, None, None, DefaultGraph())
    found = checking.statements(args.data, None if args.alone or args.shapes else Assets(args.root))
    return {Quad(quad.subject, quad.predicate, quad.object): None for quad in found}
