"""thidua ask: the answer to a named question."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from thidua.commands.output import add_format_options, add_limit_options, shown, within_limits, write_bytes
from thidua.errors import InputError, said
from thidua.messages import text

if TYPE_CHECKING:
    from thidua.questions import Question


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments; those of the question follow as --name value."""
    parser.add_argument("question", metavar="QUESTION", help="a name that thidua questions lists")
    parser.add_argument("--show-query", action="store_true", help="print the SPARQL instead of its answer")
    parser.add_argument("--sources", type=Path, metavar="DIR", help="evidence-of: the texts, to show the words too")
    parser.add_argument("--known-on", metavar="DATE", help="answer from what had been recorded by DATE, as 2026-11-30")
    add_format_options(parser)
    add_limit_options(parser)


def run(args: argparse.Namespace) -> int:
    """Answers the question."""
    from thidua.assets import Assets
    from thidua.questions import bind, load_questions

    questions = load_questions(Assets(args.root))
    question = questions.get(args.question)
    if question is None:
        raise _unknown_question(args.question, list(questions))
    given = read_parameters(question, args.rest)
    if args.sources is not None and question.name != "evidence-of":
        raise InputError("usage", detail=said("unknown-parameter", question=question.name, name="--sources"), program="thidua ask")
    if args.known_on is not None:
        from thidua.resolve import resolve_date

        resolve_date("known-on", args.known_on)
        if args.show_query:
            raise InputError("known-on-shown")
    if args.show_query and not given:
        print(bind(question, {}, args.lang), end="")
        return 0
    hint, _, content = within_limits(args, lambda: _answer(args, question, given)).partition(b"\0")
    if hint:
        print(f"thidua: {hint.decode()}", file=sys.stderr)
    write_bytes(content, args.format)
    return 0


def _answer(args: argparse.Namespace, question: Question, given: dict[str, str]) -> bytes:
    """A hint for stderr or nothing, a zero byte, and what the command prints: the answer, or the query with parameters bound."""
    from thidua.build import build_as_known
    from thidua.questions import ask, bind
    from thidua.resolve import resolve
    from thidua.store import open_store

    store = open_store(args.store)
    values = {name: resolve(store, name, question.parameters[name], value) for name, value in given.items()}
    if args.show_query:
        return b"\0" + bind(question, values, args.lang).encode()
    hint = ""
    if args.known_on is not None:
        from thidua.assets import Assets
        from thidua.versions import first_day

        # Names are looked up in the store as it is now, so that what was withdrawn or came later is no misspelling.
        first = first_day(store)
        store = build_as_known(Assets(args.root), args.store, args.known_on)
        if next(store.named_graphs(), None) is None:
            hint = text("nothing-recorded", args.message_lang, day=args.known_on, first=first or "?")
    answer = ask(store, question, values, args.lang)
    if args.sources is not None:
        from thidua.evidence import with_words

        answer = with_words(store, answer, args.sources)
    return hint.encode() + b"\0" + shown(answer, args)


def _unknown_question(name: str, known: list[str]) -> InputError:
    from thidua.cli import nearest

    detail, choices = said("unknown-question", name=name), nearest(name, known)
    if choices:
        return InputError("did-you-mean", detail=detail, choices=", ".join(choices))
    return InputError("list-questions", detail=detail)


def read_parameters(question: Question, words: list[str]) -> dict[str, str]:
    """The question's parameters among the words the parser left over: --name value or --name=value."""
    given: dict[str, str] = {}
    rest = list(words)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or name not in question.parameters:
            raise _unknown_parameter(question, word.split("=")[0])
        if name in given:
            raise InputError("parameter-twice", name=name)
        if question.parameters[name] == "flag" and not equals:
            value = "true"
        elif not equals:
            if not rest or rest[0].startswith("--"):
                raise InputError("parameter-without-value", name=name, type=question.parameters[name])
            value = rest.pop(0)
        if not value.strip():
            raise InputError("parameter-without-value", name=name, type=question.parameters[name])
        given[name] = value
    return given


def _unknown_parameter(question: Question, word: str) -> InputError:
    from thidua.cli import nearest

    names = [f"--{name}" for name in question.parameters]
    detail, choices = said("unknown-parameter", question=question.name, name=word), nearest(word, names)
    if choices:
        return InputError("did-you-mean", detail=detail, choices=", ".join(choices))
    if names:
        return InputError("parameters-are", detail=detail, parameters=" ".join(names))
    return InputError("no-parameters", detail=detail)
