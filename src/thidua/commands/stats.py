"""thidua stats: what the store holds, in numbers."""

from __future__ import annotations

import argparse

from thidua.commands.output import add_format_options, print_answer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    add_format_options(parser)


def run(args: argparse.Namespace) -> int:
    """Prints the counts."""
    from thidua.assets import Assets
    from thidua.questions import load_questions
    from thidua.reading import read_quads
    from thidua.stats import stats
    from thidua.store import open_store

    assets = Assets(args.root)
    shapes = [quad for path in assets.files("shapes", ".ttl") for quad in read_quads(path, path.name)]
    print_answer(stats(open_store(args.store), load_questions(Assets()), shapes, args.lang), args)
    return 0
