"""One picture from the data set: its question, the data and day it rests on, the drawing, as SVG or PNG."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from thidua.errors import NothingChecked
from thidua.messages import text
from thidua.pictures import chart, timeline
from thidua.pictures import network as network_picture
from thidua.pictures.sheet import Sheet, needs_pictures, settings
from thidua.resolve import main_label
from thidua.views import Row, rows, view

if TYPE_CHECKING:
    import networkx

    from thidua.selection import Selection

_DRAW = {"timeline": timeline.draw, "chart": chart.draw}


def picture(selection: Selection, kind: str, form: str, size: str = "large", lang: str = "vi") -> bytes:
    """A timeline or a chart.

    Args:
        kind: "timeline" or "chart".
        form: "svg" or "png".
        size: one of thidua.pictures.sheet.SIZES.
        lang: of all words.

    Raises:
        InputError: the extra `pictures` is not installed.
        NothingChecked: there is nothing to draw.
    """
    needs_pictures()
    question = view(f"pictures/{kind}")
    with settings():
        sheet = Sheet(size, question.asks(lang), subject(selection, lang), lang)
        if not _DRAW[kind](sheet, _held(rows(selection.store, question, lang), selection)):
            raise NothingChecked("picture-empty", kind=kind)
        return sheet.save(form)


def network_as_picture(selection: Selection, graph: networkx.Graph[str], form: str, size: str = "large", lang: str = "vi") -> bytes:
    """A network of thidua.networks as a picture; arguments and errors as of `picture`."""
    needs_pictures()
    with settings():
        sheet = Sheet(size, str(graph.graph["question"]), subject(selection, lang), lang)
        network_picture.draw(sheet, graph)
        return sheet.save(form)


def subject(selection: Selection, lang: str) -> str:
    """Of which data: the day up to which they were recorded, how many sources, and what narrows them."""
    graphs = [row for row in rows(selection.store, view("pictures/data"), lang) if selection.tells(NamedNode(row["event"]))]
    days = [row["time"][:10] for row in graphs if "time" in row]
    sources = f"{len({row['event'] for row in graphs}):,}"
    if lang == "vi":
        sources = sources.replace(",", ".")
    said = text("picture-data", lang, day=max(days), sources=sources) if days else text("picture-data-undated", lang, sources=sources)
    given = selection.filters.given()
    told = [
        f"--{name} {main_label(selection.store, value, lang) if isinstance(value, NamedNode) else value.value}"
        for name, value in given.items()
    ]
    return "; ".join([said, *([text("picture-narrowed", lang, filters=", ".join(told))] if told else [])])


def _held(found: Iterable[Row], selection: Selection) -> Iterator[Row]:
    """The rows of events that the selection tells, and of campaigns that it holds."""
    for row in found:
        if selection.whole or (selection.holds if row.get("role") == "campaign" else selection.tells)(NamedNode(row["event"])):
            yield row
