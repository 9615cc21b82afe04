"""The command line: parses, calls one function, prints. Commands are imported only when they are run."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from pathlib import Path
from typing import NoReturn

from thidua import __version__
from thidua.errors import InputError, ThiduaError, said
from thidua.messages import text

COMMANDS = {
    "build": "make the store from ontology, graph and derivations",
    "questions": "list the named questions",
    "ask": "answer a named question: thidua ask QUESTION [--param value …]",
    "query": "run any SPARQL 1.1 query on the store",
    "show": "all that is known of a thing, with its sources",
    "find": "find things by name, accents or not",
    "new": "begin something by hand: thidua new source TEXT",
    "stats": "counts by class, source and period; gaps",
    "export": "write the data set in an RDF form",
}
EPILOG = """exit codes: 0 done · 1 found wanting · 2 usage or input error · 3 nothing checked · 4 internal error ·
5 lock, permission, disk, time limit · 130 interrupted"""


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are ours: one line, exit code 2, with the nearest names."""

    def error(self, message: str) -> NoReturn:
        """Raises the error as one of ours."""
        raise InputError("usage", detail=message, program=self.prog)


def common_options() -> Parser:
    """The options every command takes; given before or after the command they mean the same."""
    parser = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    group = parser.add_argument_group("common options")
    group.add_argument("--root", type=Path, metavar="DIR", help="read ontology/ graph/ queries/ shapes/ from DIR (default: those shipped)")
    group.add_argument("--store", type=Path, metavar="DIR", help="the built store (default: .thidua/store)")
    group.add_argument("--lang", choices=["vi", "en"], help="language of names and messages (default: names vi, messages en)")
    group.add_argument("--debug", action="store_true", help="show a traceback on errors")
    return parser


def make_parser(command: str | None) -> Parser:
    """The program's parser, with the arguments of `command` only (the others need not be imported)."""
    common = common_options()
    parser = Parser(
        prog="thidua",
        description="A knowledge graph of Vietnam's emulation-and-commendation system, and the tool around it.",
        epilog=EPILOG,
        parents=[common],
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"thidua {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser, required=True)
    for name, summary in COMMANDS.items():
        sub = commands.add_parser(
            name, help=summary, description=summary[0].upper() + summary[1:] + ".", parents=[common], allow_abbrev=False
        )
        if name == command:
            module = importlib.import_module(f"thidua.commands.{name}")
            module.add_arguments(sub)
            sub.set_defaults(run=module.run)
    return parser


def nearest(word: str, known: list[str]) -> list[str]:
    """The known words most like `word`, for "did you mean"."""
    from difflib import get_close_matches

    return get_close_matches(word, known, n=3, cutoff=0.6)


def unknown(key: str, word: str, known: list[str], **arguments: object) -> InputError:
    """The error for an unknown name, with the nearest known ones where there are any."""
    detail = said(key, name=word, **arguments)
    choices = nearest(word, known)
    if choices:
        return InputError("did-you-mean", detail=detail, choices=", ".join(choices))
    return InputError("usage", detail=detail, program="thidua")


def _command_of(argv: list[str]) -> str | None:
    """The command named in `argv`: its first word that is neither an option nor the value of one."""
    skip = False
    for word in argv:
        if skip:
            skip = False
        elif word in ("--root", "--store", "--lang"):
            skip = True
        elif not word.startswith("-"):
            return word
    return None


def parse(argv: list[str]) -> argparse.Namespace:
    """The parsed arguments; those of a question are left in `rest` for `ask` to read."""
    command = _command_of(argv)
    if command is not None and command not in COMMANDS:
        raise unknown("unknown-command", command, list(COMMANDS))
    parser = make_parser(command)
    if command is None and not argv:
        parser.print_help(sys.stderr)
        raise InputError("usage", detail=said("no-command"), program="thidua")
    args, rest = parser.parse_known_args(argv)
    if rest and command != "ask":
        options = [option for option in _options(parser, command) if option.startswith("--")]
        choices = nearest(rest[0].split("=")[0], options)
        detail = said("unknown-argument", command=command, argument=rest[0])
        if choices:
            raise InputError("did-you-mean", detail=detail, choices=", ".join(choices))
        raise InputError("usage", detail=detail, program=f"thidua {command}")
    args.rest = rest
    args.message_lang = getattr(args, "lang", "en")
    args.lang = getattr(args, "lang", "vi")
    args.root = getattr(args, "root", None)
    args.store = getattr(args, "store", None) or Path(".thidua/store")
    args.debug = getattr(args, "debug", False)
    return args


def _options(parser: Parser, command: str | None) -> list[str]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction) and command in action.choices:
            return [option for one in action.choices[command]._actions for option in one.option_strings]
    return []


def main(argv: list[str] | None = None) -> int:
    """Runs the program; returns its exit code (those of EPILOG)."""
    argv = sys.argv[1:] if argv is None else argv
    lang = "vi" if "--lang=vi" in argv or ("--lang" in argv and argv[argv.index("--lang") :][1:2] == ["vi"]) else "en"
    debug = "--debug" in argv
    try:
        args = parse(argv)
        code = int(args.run(args))
        sys.stdout.flush()
        return code
    except ThiduaError as error:
        if debug:
            raise
        print(f"thidua: {error.message(lang)}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print(f"thidua: {text('interrupted', lang)}", file=sys.stderr)
        return 130
    except OSError as error:
        if debug:
            raise
        print(f"thidua: {error.filename or ''}: {error.strerror or error}".replace(": :", ":"), file=sys.stderr)
        return 5
    except Exception as error:  # the one place where the unexpected becomes an exit code
        if debug:
            raise
        detail = f"{type(error).__name__}: {error}".splitlines()[0]
        print(f"thidua: {text('internal', lang, detail=detail)}", file=sys.stderr)
        return 4
