"""thidua ingest: press texts into a data folder."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from thidua.commands.texts import about, add_about_options, add_text_arguments, is_single, jobs, recorded
from thidua.defaults import DATA_FOLDER
from thidua.errors import InputError, NothingChecked
from thidua.messages import text
from thidua.text import printable

COUNTED = ("accepted", "alreadyThere", "withoutFacts", "setAside", "unreadable", "otherLanguage", "failed")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    add_text_arguments(parser)
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
    add_about_options(parser, "a changed text of the same address takes the place of the one before")
    parser.add_argument("--format", choices=["text", "json"], default="text", help="form of the summary (default: text)")


def run(args: argparse.Namespace) -> int:
    """Ingests, tells what was not accepted line by line, and prints the counts."""
    from thidua.assets import Assets
    from thidua.extraction.ingestion import Options
    from thidua.extraction.run import Request, exit_code, ingest, known_beside
    from thidua.extraction.tools import load_tools

    if not args.text and not args.sheet:
        raise InputError("no-texts-given")
    at_once, assets = jobs(args), Assets(args.root).without_added()
    if args.into.resolve() == assets.folder("graph").resolve():
        raise InputError("into-shipped", path=args.into)
    options = Options(recorded(args), args.message_lang, **about(args, is_single(args) and not args.sheet))
    request = Request(tuple(args.text), tuple(args.sheet), args.into, options, at_once)
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
