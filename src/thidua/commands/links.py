"""thidua links: how the names of ingested texts were resolved, and what a reader decides about it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from thidua.commands.output import add_format_options, print_answer, write_bytes
from thidua.defaults import DATA_FOLDER
from thidua.errors import InputError
from thidua.messages import CATALOGUE, text
from thidua.text import printable

if TYPE_CHECKING:
    from thidua.answers import Row
    from thidua.extraction.decisions import KeptLink

COLUMNS = ["id", "source", "slot", "words", "target", "score", "reasons", "alternatives", "decided"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument("--into", type=Path, default=DATA_FOLDER, metavar="DIR", help=f"the data folder (default: {DATA_FOLDER})")
    parser.add_argument("--doubtful", action="store_true", help="only links that a reader should look at")
    parser.add_argument("--reject", metavar="ID", help="the link is wrong: the name gets an entry of its own")
    parser.add_argument("--choose", nargs=2, metavar=("ID", "IRI"), help="the link's right target")
    parser.add_argument("--undo", metavar="ID", help="take back what was decided about a link")
    add_format_options(parser)


def run(args: argparse.Namespace) -> int:
    """Lists the links; or decides about one, and makes its source anew: 1 where the source does not conform with it."""
    from thidua.datafolder import DataFolder, is_data_folder

    if sum(one is not None for one in (args.reject, args.choose, args.undo)) > 1:
        raise InputError("one-decision")
    if not is_data_folder(args.into):
        raise InputError("no-data-folder", path=args.into)
    folder = DataFolder(args.into)
    if args.reject is not None or args.choose is not None or args.undo is not None:
        return _decide(args)
    from thidua.answers import Answer
    from thidua.extraction.decisions import kept_links

    rows = [_row(one, args.message_lang) for one in kept_links(folder) if one.doubtful or not args.doubtful]
    print_answer(Answer(COLUMNS, rows), args)
    return 0


def _row(one: KeptLink, lang: str) -> Row:
    from pyoxigraph import Literal, NamedNode

    from thidua.answers import JOIN
    from thidua.terms import PREFIXES, expand

    link = one.link
    target = link.get("target")
    cells = [_words(part, lang) for part in (link.get("reasons") or [])]
    others = [" ".join(map(str, part)) if isinstance(part, list) else str(part) for part in (link.get("alternatives") or [])]
    return (
        Literal(str(link["id"])),
        NamedNode(PREFIXES["source"] + one.sid),
        Literal(str(link.get("slot", ""))),
        Literal(str(link.get("words", ""))),
        NamedNode(expand(target) or target) if isinstance(target, str) else None,
        Literal(str(link.get("score", ""))),
        Literal(JOIN.join(cells)),
        Literal(JOIN.join(others)),
        Literal(one.decided),
    )


def _words(reason: object, lang: str) -> str:
    """A reason, kept as its key and a value, in words."""
    if isinstance(reason, list) and len(reason) == 2 and f"link-{reason[0]}" in CATALOGUE:
        return printable(text(f"link-{reason[0]}", lang, value=reason[1]))
    return " ".join(map(str, reason)) if isinstance(reason, list) else str(reason)


def _decide(args: argparse.Namespace) -> int:
    from thidua.assets import Assets
    from thidua.datafolder import DataFolder
    from thidua.extraction.decisions import decide, undo
    from thidua.extraction.tools import load_tools
    from thidua.reports.plain import to_text
    from thidua.terms import expand

    folder = DataFolder(args.into)
    with folder.locked():
        pass  # finishes what a process that was killed had decided
    tools = load_tools(Assets(args.root).without_added(), args.into)
    if args.undo is not None:
        decided = undo(folder, tools, args.undo, args.message_lang)
    elif args.choose is not None:
        decided = decide(folder, tools, args.choose[0], expand(args.choose[1]) or args.choose[1], args.message_lang)
    else:
        decided = decide(folder, tools, args.reject, None, args.message_lang)
    key = "decision-refused" if decided.refused else "decided-aside" if decided.aside else "decided"
    if decided.refused:
        write_bytes(to_text(decided.report, args.message_lang))
    print(f"thidua: {text(key, args.message_lang, sid=decided.sid)}", file=sys.stderr)
    return 1 if decided.aside else 0
