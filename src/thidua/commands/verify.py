"""thidua verify: do the articles still say what the graph says they say?"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from thidua.commands.output import add_format_options, print_answer
from thidua.errors import NothingChecked
from thidua.messages import text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument("--sources", type=Path, metavar="DIR", help="the articles: UTF-8 .txt files")
    add_format_options(parser)


def run(args: argparse.Namespace) -> int:
    """Prints what differs; 1 where anything does, 3 where no source had a text to compare with."""
    if args.sources is None:
        raise NothingChecked("name-sources")
    from thidua.store import open_store
    from thidua.verify import verify

    result = verify(open_store(args.store), args.sources)
    for sid in result.without_text:
        print(f"thidua: {text('source-without-text', args.message_lang, sid=sid, path=args.sources)}", file=sys.stderr)
    if not result.spans:
        raise NothingChecked("nothing-verified", path=args.sources)
    wanting = len(result.findings.rows)
    key = "verified" if not wanting else "not-verified"
    print(f"thidua: {text(key, args.message_lang, spans=result.spans, sources=result.sources, findings=wanting)}", file=sys.stderr)
    if wanting or args.format:
        print_answer(result.findings, args)
    return 1 if wanting else 0
