"""thidua new: begin something by hand."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from thidua.commands.output import write_output
from thidua.errors import InputError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument("what", choices=["source"], help="what to begin")
    parser.add_argument("text", type=Path, metavar="TEXT", help="the article's text, UTF-8")
    parser.add_argument("--span", action="append", default=[], metavar="WORDS", help="words whose span is wanted; may be repeated")
    parser.add_argument("--spans-only", action="store_true", help="print the spans alone, to add to a graph begun before")
    parser.add_argument("--sid", metavar="ID", help="short name (default: 16 hex digits of the text's hash)")
    parser.add_argument("--title", help="default: the first line")
    parser.add_argument("--published", metavar="DATE", help="as 2020-10-08")
    parser.add_argument("--publisher", metavar="NAME", help="as printed")
    parser.add_argument("--url", metavar="URL", help="where the text was published")
    parser.add_argument("--recorded", metavar="DATE", help="the day on which the graph is made (default: today)")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="write to FILE, for instance graph/sources/ID.trig (default: stdout)"
    )
    parser.add_argument("--force", action="store_true", help="write over FILE")


def run(args: argparse.Namespace) -> int:
    """Writes the skeleton of a source's graph."""
    import datetime

    from pyoxigraph import NamedNode

    from thidua.reading import read_text
    from thidua.resolve import resolve_date
    from thidua.skeleton import About, skeleton, span_lines
    from thidua.text import nfc, sha256

    if args.sid is not None and not re.fullmatch(r"[0-9]{3}|[0-9a-f]{16}", args.sid):
        raise InputError("bad-sid", value=args.sid)
    for name in ("title", "publisher", "url"):
        if getattr(args, name) is not None and not getattr(args, name).strip():
            raise InputError("empty-argument", name=name)
    if not all(words.strip() for words in args.span):
        raise InputError("empty-argument", name="span")
    for name in ("published", "recorded"):
        if getattr(args, name) is not None:
            resolve_date(name, getattr(args, name))
    if args.url is not None:
        try:
            NamedNode(args.url)
        except ValueError as error:
            raise InputError("bad-iri", name="url", value=args.url) from error
    if args.spans_only:
        text = read_text(args.text)
        content = "\n".join(span_lines(args.sid or sha256(text)[:16], text, args.span, args.text)) + "\n"
    else:
        about = About(*(None if v is None else nfc(v) for v in (args.title, args.published, args.publisher, args.url)))
        recorded = args.recorded or datetime.datetime.now(datetime.UTC).date().isoformat()
        content = skeleton(args.text, args.sid, about, args.span, recorded)
    write_output(args.output, content.encode(), args.force)
    return 0
