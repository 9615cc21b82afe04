"""The command line: parses, calls one function, prints. Commands are imported only when they are run."""

from __future__ import annotations

import argparse
import gc
import importlib
import io
import os
import sys
from pathlib import Path
from typing import NoReturn

from thidua import __version__, defaults
from thidua.errors import InputError, MachineError, ThiduaError, of_engine, said
from thidua.messages import text

COMMANDS = {
    "build": "make the store from ontology, graph and derivations",
    "questions": "list the named questions",
    "ask": "answer a named question: thidua ask QUESTION [--param value …]",
    "query": "run any SPARQL 1.1 query on the store",
    "show": "all that is known of a thing, with its sources",
    "find": "find things by name, accents or not",
    "extract": "what press texts state, as fact sheets: who awarded what to whom, each value with its words",
    "ingest": "press texts into a data folder: read, extract, resolve, validate; accepted or set aside with the report",
    "links": "how the names of ingested texts were resolved; reject or choose a link, take a choice back",
    "new": "begin something by hand: thidua new source TEXT",
    "reason": "check that ontology and data are consistent, and the ontology in OWL 2 RL",
    "stats": "counts by class, source and period; gaps",
    "validate": "check data against the shapes: what is wrong, where, how to mend it",
    "verify": "compare every span of the sources with the articles",
    "evaluate": "compare fact sheets, or what is extracted, with gold sheets: precision and recall",
    "export": "write the data set, or a part of it, in another form",
    "network": "who awarded whom, who is under whom, who shares what: as a table, a file for Gephi, measures, a picture",
    "picture": "a network, a timeline or a chart, as SVG or PNG",
}
ROOT_HELP = """read ontology/ graph/ queries/ shapes/ from DIR (default: those shipped); a DIR that is itself laid out as graph/,
as thidua ingest makes it, is read beside the shipped graph"""
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
    group.add_argument("--root", type=Path, metavar="DIR", help=ROOT_HELP)
    group.add_argument("--store", type=Path, metavar="DIR", help=f"the built store (default: {defaults.STORE})")
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
    args.store = getattr(args, "store", None) or defaults.STORE
    args.debug = getattr(args, "debug", False)
    return args


def _options(parser: Parser, command: str | None) -> list[str]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction) and command in action.choices:
            return [option for one in action.choices[command]._actions for option in one.option_strings]
    return []


def main(argv: list[str] | None = None) -> int:
    """Runs the program; returns its exit code (those of EPILOG)."""
    gc.set_threshold(100_000, 50, 50)  # a command makes many objects and few rings: looking for these takes a tenth of its time
    argv = sys.argv[1:] if argv is None else argv
    lang = "vi" if "--lang=vi" in argv or ("--lang" in argv and argv[argv.index("--lang") :][1:2] == ["vi"]) else "en"
    try:
        return _run(argv)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return _complain(text("interrupted", lang), 130)
    except ThiduaError as error:
        return _complain(error.message(lang), error.exit_code, "--debug" in argv)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _complain(f"{where}{error.strerror or error}", 5, "--debug" in argv)
    except Exception as error:  # the one place where the unexpected becomes an exit code
        unexpected = of_engine(error)
        return _complain(unexpected.message(lang), unexpected.exit_code, "--debug" in argv)


def _run(argv: list[str]) -> int:
    """Parses and runs; stdout and stderr are UTF-8 whatever the environment says."""
    for stream in (sys.stdout, sys.stderr):
        if stream is None:
            raise MachineError("machine", detail="stdout or stderr is closed")
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    for word in argv:
        if not word.isascii() and word.encode("utf-8", "replace").decode("utf-8") != word:
            raise InputError("not-utf8-argument", value=ascii(word))
    args = parse(argv)
    code = int(args.run(args))
    sys.stdout.flush()
    return code


def _complain(message: str, code: int, debug: bool = False) -> int:
    """One line on stderr, after a traceback where one was asked for."""
    if debug:
        import traceback

        traceback.print_exc()
    if sys.stderr is not None:
        print(f"thidua: {message}", file=sys.stderr)
    return code
