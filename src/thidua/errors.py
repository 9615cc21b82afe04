"""What can go wrong, by exit code: every error is one line that says what, where and how to mend it."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from thidua.messages import text
from thidua.text import printable


class Said(NamedTuple):
    """A message within a message: put into words only when the language is known."""

    key: str
    arguments: dict[str, object]

    def message(self, lang: str) -> str:
        """The message in `lang`, messages within it too."""
        return text(self.key, lang, **_in_words(self.arguments, lang))


def _in_words(arguments: dict[str, object], lang: str) -> dict[str, object]:
    return {name: value.message(lang) if isinstance(value, Said) else value for name, value in arguments.items()}


def said(key: str, **arguments: object) -> Said:
    """The message `key` of the catalogue, to be put into words later."""
    return Said(key, arguments)


class ThiduaError(Exception):
    """An error with a message of the catalogue.

    Args:
        key: the message's name in `thidua.messages`.
        arguments: what fills the message's places.
    """

    exit_code: ClassVar[int] = 4

    def __init__(self, key: str, **arguments: object) -> None:
        self.key = key
        self.arguments = arguments
        super().__init__(self.message("en"))

    def __reduce__(self) -> tuple[object, ...]:
        """How it is handed from one process to another: by default an exception is made anew from its words."""
        return _again, (type(self), self.key, self.arguments)

    def message(self, lang: str) -> str:
        """The message in `lang` ("vi" or "en"), always one line."""
        return printable(text(self.key, lang, **_in_words(self.arguments, lang))).strip()


def _again(kind: type[ThiduaError], key: str, arguments: dict[str, object]) -> ThiduaError:
    return kind(key, **arguments)


class InputError(ThiduaError):
    """The user's command or files cannot be used as they are."""

    exit_code = 2


class NothingChecked(ThiduaError):
    """There was nothing to check, which is not the same as success."""

    exit_code = 3


class InternalError(ThiduaError):
    """What nobody foresaw."""

    exit_code = 4


class MachineError(ThiduaError):
    """The machine said no: a lock, a permission, the disk, a limit of time or memory."""

    exit_code = 5


def of_engine(error: BaseException) -> ThiduaError:
    """An unforeseen error as one of ours: bytes of the store that rotted (the engine says Corruption), or what nobody foresaw."""
    if isinstance(error, RuntimeError) and "orruption" in str(error):
        return MachineError("store-rotten", detail=str(error).splitlines()[0])
    return InternalError("internal", detail=f"{type(error).__name__}: {error}")
