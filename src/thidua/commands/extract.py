"""thidua extract: what press texts state, as fact sheets."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from thidua.commands.output import write_bytes, write_output
from thidua.commands.texts import about, add_about_options, add_text_arguments, is_single, jobs, recorded
from thidua.errors import InputError, MachineError, NothingChecked, Said
from thidua.messages import text
from thidua.text import printable

if TYPE_CHECKING:
    from thidua.extraction.guard import Trouble
    from thidua.extraction.printing import Printed

BATCH = 16  # texts that a process is handed at once, where several work
ENDINGS = {"json": ".json", "trig": ".trig", "table": ".table"}  # none that a folder of texts is searched for


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    add_text_arguments(parser)
    add_about_options(parser, "its outlet may tell which province “tỉnh” is")
    parser.add_argument(
        "--format",
        choices=list(ENDINGS),
        default="json",
        help="json: the fact sheet, of several texts one a line; trig: the source's graph; table: to look at (default: json)",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        help="write a file for each text to DIR, named as the text; of a single text to DIR or to a file (default: stdout)",
    )
    parser.add_argument("--force", action="store_true", help="write over files that exist")
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of a fact sheet, and nothing else")


def run(args: argparse.Namespace) -> int:
    """Prints what each text states; 1 where some texts could not be read, where none could the code of what was wrong."""
    if args.schema:
        return _print_schema(args)
    if not args.text:
        raise InputError("no-text-given")
    single, at_once = is_single(args), jobs(args)
    output = Output(args.output, single, args.format, args.force)
    codes: list[int] = []
    for path, result in _results(args, single, at_once, output):
        remarks, code = output.put(path, result)
        codes.append(code)
        for words in (one.message(args.message_lang) for one in remarks):
            print(f"thidua: {printable(f'{path}: ' + words.removeprefix(f'{path}: '))}", file=sys.stderr)
    if not codes:
        raise NothingChecked("no-texts", path=", ".join(map(str, args.text)))
    if output.folder is not None:
        counts = {"written": codes.count(0), "wanting": len(codes) - codes.count(0)}
        print(f"thidua: {text('extracted', args.message_lang, path=output.folder, **counts)}", file=sys.stderr)
    if 0 in codes:
        return 1 if any(codes) else 0
    return codes[0] if len(set(codes)) == 1 else InputError.exit_code


def _print_schema(args: argparse.Namespace) -> int:
    from thidua.extraction.checks import schema_text

    if args.text:
        raise InputError("schema-alone")
    write_output(None if args.output is None else Path(args.output), schema_text().encode(), args.force)
    return 0


def _results(args: argparse.Namespace, single: bool, at_once: int, output: Output) -> Iterator[tuple[Path, Printed | Trouble]]:
    """Each text with what is to be printed of it, in order."""
    from thidua.assets import Assets
    from thidua.extraction.printing import Form, printer
    from thidua.extraction.workers import in_order

    form = Form(
        args.format,
        on_one_line=not single and output.folder is None,
        recorded=recorded(args),
        lang=args.message_lang,
        terminal=output.target is None and sys.stdout.isatty(),
        about=about(args, single),
    )
    assets = Assets(args.root).without_added()

    def load() -> Callable[[list[Path]], list[Printed | Trouble]]:
        print_one = printer(assets, form)
        return lambda batch: [print_one(path) for path in batch]

    batches = _batches(_texts(args.text, output.folder), 1 if at_once == 1 else BATCH)
    for batch, results in in_order(load, batches, at_once):
        yield from zip(batch, results, strict=True)


def _batches(paths: Iterable[Path], most: int) -> Iterator[list[Path]]:
    """The paths in lists of so many: a process that works is handed several at once."""
    left = iter(paths)
    while batch := list(islice(left, most)):
        yield batch


def _texts(named: list[Path], left_out: Path | None) -> Iterator[Path]:
    """The texts named and those in folders, which are walked as it goes; what we write is left out."""
    from thidua.extraction.inputs import texts_below

    for path in named:
        if path.is_dir():
            yield from texts_below(path, None if left_out is None else left_out.resolve())
        else:
            yield path


class Output:
    """Where it goes: to stdout, to a file, or to a folder with a file for each text.

    Attributes:
        target: the file or folder; None for stdout.
        folder: the folder, made where there is none.
    """

    def __init__(self, named: str | None, single: bool, form: str, force: bool) -> None:
        self.target = None if named in (None, "-") else Path(str(named))
        is_folder = self.target is not None and (not single or str(named).endswith("/") or self.target.is_dir())
        self.folder = self.target if is_folder else None
        self._form, self._force = form, force
        self._taken: set[str] = set()
        if self.folder is not None:
            self._make(self.folder)

    def _make(self, folder: Path) -> None:
        if folder.exists() and not folder.is_dir():
            raise InputError("not-directory", path=folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise MachineError("cannot-write", path=folder, detail=error.strerror or error) from error

    def put(self, path: Path, result: Printed | Trouble) -> tuple[tuple[Said, ...], int]:
        """Writes what is printed of a text; tells what the user should know of it, and the exit code of what went wrong or 0."""
        from thidua.extraction.guard import Trouble, told

        if isinstance(result, Trouble):
            return (result.why,), result.code
        try:
            self._write(path, result)
        except InputError as error:
            return (*result.remarks, told(error.key, error.arguments, str(path))), error.exit_code
        return result.remarks, 0

    def _write(self, path: Path, result: Printed) -> None:
        file = self.target
        if self.folder is not None:
            name = result.name + ENDINGS[self._form]
            if name in self._taken:
                raise InputError("sheet-name-twice", name=name)
            self._taken.add(name)
            file = self.folder / name
        if file is None:
            if self._form == "table" and self._taken:
                write_bytes(b"\n")
            self._taken.add(result.name)
            write_bytes(result.content)
            return
        if file.exists() and path.exists() and file.samefile(path):
            raise InputError("output-is-text", path=file)
        write_output(file, result.content, self._force)
