"""thidua validate: what is wrong, where it stands, how to mend it."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from thidua.commands.output import add_limit_options, render, within_limits, write_output
from thidua.defaults import ANSWER_FORMATS, VALIDATE_TIMEOUT
from thidua.errors import InputError, NothingChecked, said

if TYPE_CHECKING:
    from pyoxigraph import Quad, Store

    from thidua.assets import Assets
    from thidua.findings import Report

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
    parser.add_argument("--coverage", action="store_true", help="check nothing: list the classes and properties that no shape constrains")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write to FILE instead of stdout")
    parser.add_argument("--force", action="store_true", help="write over an existing FILE")
    parser.add_argument("--fail-on", choices=["violation", "warning", "info"], default="violation", help="exit 1 from this severity on")
    add_limit_options(parser, timeout=VALIDATE_TIMEOUT)


def run(args: argparse.Namespace) -> int:
    """Prints or writes the report; 1 for findings at or above --fail-on, 3 where nothing was checked."""
    forms = ANSWER_FORMATS if args.coverage else FORMATS
    if args.format is not None and args.format not in forms:
        what = "--coverage" if args.coverage else "a report"
        raise InputError("not-in-form", what=what, form=args.format, fitting=", ".join(forms))
    head, _, content = within_limits(args, lambda: _covered(args) if args.coverage else _checked(args)).partition(b"\n")
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
    from thidua import checking, reports
    from thidua.assets import Assets
    from thidua.locate import locate
    from thidua.store import open_store
    from thidua.wellformed import check_shapes

    assets = Assets(args.root)
    shapes = checking.read_shapes(args.shapes or assets.files("shapes", ".ttl"))
    if args.shapes:
        check_shapes(args.shapes)
    if args.data:
        alone = args.alone or bool(args.shapes)
        data = checking.read_data(args.data)
        report = checking.check_files(data, shapes, None if alone else assets)
        report = locate(report, args.data, lambda: _merged(data, None if alone else assets), args.sources)
    else:
        store = open_store(args.store)
        report = checking.check_store(store, shapes)
        report = _located_in_store(report, assets, args, store)
    lang, form = args.message_lang, args.format or "text"
    if form in reports.WRITERS:
        content = reports.WRITERS[form](report, lang, args.fail_on)
    else:
        content = render(reports.to_answer(report, lang), form, lang)
    remarks = [] if form in reports.CARRY_REMARKS else reports.remarks(report, lang)
    return _answer(1 if report.at_least(args.fail_on) else 0, remarks, content)


def _located_in_store(report: Report, assets: Assets, args: argparse.Namespace, store: Store) -> Report:
    """The report with its places in the files that the store was made from, where these are still the same."""
    from thidua.build import fingerprint, input_files
    from thidua.locate import locate
    from thidua.reading import RDF_FORMATS
    from thidua.store import read_manifest

    files = input_files(assets)
    manifest = read_manifest(args.store)
    if manifest is None or manifest.inputs != fingerprint(files):
        report = replace(report, remarks=(*report.remarks, said("lines-of-other-files")))
        files = []
    return locate(report, {name: path for name, path in files if path.suffix in RDF_FORMATS}, store, args.sources)


def _merged(data: list[Quad], assets: Assets | None) -> Store:
    """The data as one graph, together with the shipped ones where they were checked so."""
    from pyoxigraph import Store

    from thidua.build import build_in_memory, merged

    if assets is not None:
        return build_in_memory(assets, data)
    store = Store()
    store.bulk_extend(merged(data))
    return store


def _covered(args: argparse.Namespace) -> bytes:
    """Exit code and the classes and properties without a shape; nothing is checked."""
    from pyoxigraph import DefaultGraph

    from thidua import checking
    from thidua.assets import Assets
    from thidua.coverage import coverage
    from thidua.reading import read_quads
    from thidua.store import open_store
    from thidua.wellformed import check_shapes

    assets = Assets(args.root)
    if args.shapes:
        check_shapes(args.shapes)
    files = args.shapes or assets.files("shapes", ".ttl")
    checking.read_shapes(files)
    shapes = [quad for path in files if path.stat().st_size for quad in read_quads(path, str(path))]
    if args.data:
        alone = args.alone or bool(args.shapes)
        store = _merged(checking.read_data(args.data), None if alone else assets)
    else:
        store = open_store(args.store)
    data = list(store.quads_for_pattern(None, None, None, DefaultGraph()))
    if not data:
        raise NothingChecked("no-data-to-check")
    return _answer(0, [], render(coverage(data, shapes), args.format or "table", args.message_lang))
