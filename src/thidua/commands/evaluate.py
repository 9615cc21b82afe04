"""thidua evaluate: how well sheets say what gold sheets say."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from thidua.commands.output import render, write_bytes
from thidua.errors import InputError

FORMATS = ("text", "table", "json", "csv", "md")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument("gold", type=Path, metavar="GOLD_DIR", help="folder of gold sheets, one .json a text")
    parser.add_argument("--sheets", type=Path, metavar="DIR", help="compare the sheets of the same names in DIR (default: extract)")
    parser.add_argument("--without-outlet", action="store_true", help="extract without title and address: what the text alone gives")
    parser.add_argument("--format", choices=FORMATS, default="text", help="form of the result (default: text)")
    parser.add_argument(
        "--verbose", action="store_true", help="tell of each document what was missed or wrong (on stderr for table, csv and md)"
    )


def run(args: argparse.Namespace) -> int:
    """Prints the measures; 3 where the gold folder is empty."""
    from thidua.extraction import scores
    from thidua.extraction.evaluation import evaluate
    from thidua.extraction.gold import with_extraction, with_sheets

    if args.sheets is not None and args.without_outlet:
        raise InputError("sheets-or-outlet")
    if args.sheets is not None:
        pairs = with_sheets(args.gold, args.sheets)
    else:
        pairs = with_extraction(args.gold, args.root, outlet=not args.without_outlet)
    evaluation, lang = evaluate(pairs), args.message_lang
    if args.format == "text":
        write_bytes(scores.to_text(evaluation, lang, args.verbose))
    elif args.format == "json":
        write_bytes(scores.to_json(evaluation))
    else:
        if args.verbose:
            print("\n".join(scores.in_words(evaluation, lang)), file=sys.stderr)
        write_bytes(render(scores.to_answer(evaluation), args.format, lang))
    return 0
