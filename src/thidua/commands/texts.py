"""What commands that read press texts share: naming the texts, and what is told of a single one."""

from __future__ import annotations

import argparse
from pathlib import Path

from thidua.errors import InputError

MOST_JOBS = 256
ABOUT = ("title", "published", "publisher", "url")


def add_text_arguments(parser: argparse.ArgumentParser) -> None:
    """The texts, and --jobs."""
    parser.add_argument(
        "text", nargs="*", type=Path, metavar="TEXT", help="text or HTML files, or folders of .txt and .html files; - for standard input"
    )
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes that work at the same time (default: 1)")


def add_about_options(parser: argparse.ArgumentParser, url: str) -> None:
    """What is told of a single text, and the day of its graph.

    Args:
        url: what else --url does.
    """
    parser.add_argument("--title", help="of a single text; default: as the text says")
    parser.add_argument("--published", metavar="DATE", help="of a single text, as 2020-10-08")
    parser.add_argument("--publisher", metavar="NAME", help="of a single text")
    parser.add_argument("--url", metavar="URL", help=f"of a single text: {url}")
    parser.add_argument("--recorded", metavar="DATE", help="the day on which the graphs are made (default: today)")


def jobs(args: argparse.Namespace) -> int:
    """How many processes are to work; one where standard input is read, which cannot be shared."""
    if not 1 <= args.jobs <= MOST_JOBS:
        raise InputError("bad-jobs", value=args.jobs, most=MOST_JOBS)
    return 1 if Path("-") in args.text else int(args.jobs)


def is_single(args: argparse.Namespace) -> bool:
    """Whether one text is named, and no folder."""
    return len(args.text) == 1 and not args.text[0].is_dir()


def about(args: argparse.Namespace, single: bool) -> dict[str, str]:
    """What is told of the text by the options of `add_about_options`, in NFC.

    Raises:
        InputError: there are several texts, a value is empty, a day that is none, or an address that is no IRI.
    """
    from pyoxigraph import NamedNode

    from thidua.resolve import resolve_date
    from thidua.text import nfc

    given = {name: getattr(args, name) for name in ABOUT if getattr(args, name) is not None}
    for name, value in given.items():
        if not single:
            raise InputError("single-text-only", name=name)
        if not value.strip():
            raise InputError("empty-argument", name=name)
    if args.published is not None:
        resolve_date("published", args.published)
    if args.url is not None:
        try:
            NamedNode(args.url)
        except ValueError as error:
            raise InputError("bad-iri", name="url", value=args.url) from error
    return {name: nfc(value) for name, value in given.items()}


def recorded(args: argparse.Namespace) -> str:
    """The day of the graphs: as given, else today."""
    import datetime

    from thidua.resolve import resolve_date

    if args.recorded is not None:
        resolve_date("recorded", args.recorded)
    return args.recorded or datetime.datetime.now(datetime.UTC).date().isoformat()
