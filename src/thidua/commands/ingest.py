"""thidua ingest: press texts into a data folder."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from thidua.defaults import DATA_FOLDER
from thidua.errors import InputError, NothingChecked
from thidua.messages import text
from thidua.text import printable

if TYPE_CHECKING:
    from thidua.extraction.ingestion import Options

MOST_JOBS = 256
COUNTED = ("accepted", "alreadyThere", "withoutFacts", "setAside", "unreadable", "otherLanguage", "failed")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument(
        "text", nargs="*", type=Path, metavar="TEXT", help="text or HTML files, or folders of .txt and .html files; - for standard input"
    )
    parser.add_argument(
        "--into",
        type=Path,
        default=DATA_FOLDER,
        metavar="DIR",
        help=f"the data folder (default: {DATA_FOLDER}); thidua build --root DIR reads it beside the shipped graph",
    )
    parser.add_argument(
        "--sheet",
        action="append",
        type=Path,
        default=[],
        metavar="FILE",
        help="a fact sheet (JSON) to take instead of extracting; its text is the TEXT of the name that it gives, or lies beside it; "
        "may be repeated",
    )
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes that work at the same time (default: 1)")
    parser.add_argument("--title", help="of a single text; default: as the text says")
    parser.add_argument("--published", metavar="DATE", help="of a single text, as 2020-10-08")
    parser.add_argument("--publisher", metavar="NAME", help="of a single text")
    parser.add_argument(
        "--url", metavar="URL", help="of a single text: a changed text of the same address takes the place of the one before"
    )
    parser.add_argument("--recorded", metavar="DATE", help="the day on which the graphs are made (default: today)")
    parser.add_argument("--format", choices=["text", "json"], default="text", help="form of the summary (default: text)")


def run(args: argparse.Namespace) -> int:
    """Ingests, tells what was not accepted line by line, and prints the counts."""
    from thidua.assets import Assets
    from thidua.extraction.run import Request, exit_code, ingest, known_beside
    from thidua.extraction.tools import load_tools

    if not args.text and not args.sheet:
        raise InputError("no-texts-given")
    if not 1 <= args.jobs <= MOST_JOBS:
        raise InputError("bad-jobs", value=args.jobs, most=MOST_JOBS)
    assets = Assets(args.root)
    if assets.added is not None:
        assets = Assets()
    if args.into.resolve() == assets.folder("graph").resolve():
        raise InputError("into-shipped", path=args.into)
    jobs = 1 if Path("-") in args.text else args.jobs
    request = Request(tuple(args.text), tuple(args.sheet), args.into, _options(args), jobs)
    counts: Counter[str] = Counter()
    told: list[dict[str, object]] = []
    progress = Progress(sys.stderr.isatty(), args.message_lang)
    try:
        for outcome in ingest(request, lambda: load_tools(assets, known_beside(args.into))):
            counts[outcome.kind] += 1
            if outcome.why:
                words = [one.message(args.message_lang) for one in outcome.why]
                name = outcome.item.name
                progress.line("; ".join(words).removeprefix(f"{name}: "), name)
                if args.format == "json":
                    told.append({"text": outcome.item.name, "outcome": outcome.kind, "source": outcome.sid, "why": words})
            progress.show(counts)
    finally:
        progress.end()
    if not counts:
        raise NothingChecked("no-texts", path=", ".join(map(str, args.text)))
    _print_summary(args, counts, told)
    return exit_code(counts)


def _options(args: argparse.Namespace) -> Options:
    """What is told of all texts, or of the single one."""
    import datetime

    from pyoxigraph import NamedNode

    from thidua.extraction.ingestion import Options
    from thidua.resolve import resolve_date
    from thidua.text import nfc

    single = {name: getattr(args, name) for name in ("title", "published", "publisher", "url") if getattr(args, name) is not None}
    for name, value in single.items():
        if len(args.text) != 1 or args.sheet or args.text[0].is_dir():
            raise InputError("single-text-only", name=name)
        if not value.strip():
            raise InputError("empty-argument", name=name)
    for name in ("published", "recorded"):
        if getattr(args, name) is not None:
            resolve_date(name, getattr(args, name))
    if args.url is not None:
        try:
            NamedNode(args.url)
        except ValueError as error:
            raise InputError("bad-iri", name="url", value=args.url) from error
    recorded = args.recorded or datetime.datetime.now(datetime.UTC).date().isoformat()
    return Options(recorded, args.message_lang, **{name: nfc(value) for name, value in single.items()})


def _print_summary(args: argparse.Namespace, counts: Counter[str], told: list[dict[str, object]]) -> None:
    numbers = {"texts": counts.total(), **{kind: counts[kind] for kind in COUNTED}}
    if args.format == "json":
        import json

        print(json.dumps({"into": str(args.into), **numbers, "told": told}, ensure_ascii=False, indent=1))
    else:
        print(text("ingested", args.message_lang, path=args.into, **numbers))


class Progress:
    """Counts on one line of a terminal, written over as they grow; nothing elsewhere."""

    def __init__(self, on_terminal: bool, lang: str) -> None:
        self._on, self._lang, self._shown = on_terminal, lang, False

    def show(self, counts: Counter[str]) -> None:
        """Writes the counts so far."""
        if self._on:
            wanting = sum(counts[kind] for kind in ("setAside", "unreadable", "otherLanguage", "failed"))
            print(f"\r{text('ingesting', self._lang, texts=counts.total(), wanting=wanting)}", end="", file=sys.stderr, flush=True)
            self._shown = True

    def line(self, words: str, name: str) -> None:
        """Writes a line of its own on what has this name."""
        self.end()
        print(f"thidua: {printable(name)}: {printable(words)}", file=sys.stderr)

    def end(self) -> None:
        """Clears the counts away."""
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            self._shown = False
