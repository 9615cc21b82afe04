"""The options that narrow the data set: what commands that take a part of it share."""

from __future__ import annotations

import argparse

# As thidua.selection.FILTERS, which is not loaded to parse a command.
_FILTERS = {
    "source": "only what this source states (000, an IRI, its title), as last corrected",
    "campaign": "only this campaign with its editions",
    "body": "only this body, with its subordinate bodies and posts",
    "from": "only what may lie in the window that begins on this day",
    "until": "… and ends on this day",
    "as-of": "only what may have been there, or have happened by, this day",
}


def add_filters(parser: argparse.ArgumentParser) -> None:
    """The options that narrow the data set, as thidua.selection has them."""
    group = parser.add_argument_group("narrowed")
    for name, says in _FILTERS.items():
        group.add_argument(f"--{name}", metavar="DATE" if name in ("from", "until", "as-of") else name.upper(), help=says)


def given_filters(args: argparse.Namespace) -> dict[str, str]:
    """The filters that were given, for thidua.selection.read_filters."""
    values = {name: getattr(args, name.replace("-", "_")) for name in _FILTERS}
    return {name: value for name, value in values.items() if value is not None}
