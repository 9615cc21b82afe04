"""thidua questions: what one can ask."""

from __future__ import annotations

import argparse

from thidua.commands.output import add_format_options, print_answer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    add_format_options(parser)


def run(args: argparse.Namespace) -> int:
    """Lists every question with its parameters and what it asks, in the language of names."""
    from pyoxigraph import Literal

    from thidua.answers import Answer
    from thidua.assets import Assets
    from thidua.questions import load_questions

    rows = [
        (
            Literal(question.name),
            Literal(question.asks(args.message_lang)),
            Literal(" ".join(f"--{name}" for name in question.parameters)),
        )
        for question in load_questions(Assets(args.root)).values()
    ]
    print_answer(Answer(["question", "asks", "parameters"], list(rows)), args)
    return 0
