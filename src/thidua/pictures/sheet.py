"""A sheet of paper in millimetres to draw on: frame, question, notes; saved as SVG or PNG, the same drawing as the same bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from thidua.errors import InputError
from thidua.messages import text
from thidua.pictures import fonts

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIZES = {"small": (160.0, 120.0), "large": (297.0, 210.0)}  # mm: the width of a page's text, and a page of A4 across
INK, GREY, LINE = "#1a1a1a", "#595959", "#bdbdbd"
# Okabe and Ito's colours, which people see apart whatever their colour vision; black is the ink's.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7", "#F0E442")
OTHER = "#9a9a9a"
TITLE, BODY, SMALL = 11.0, 7.5, 6.5  # points
PNG_DPI = 200
MARGIN = 7.0
_SOLID: tuple[float, tuple[float, ...]] = (0, ())
_DASHES: tuple[float, tuple[float, ...]] = (0, (2.5, 1.8))
_LEADING = 1.28 * 25.4 / 72  # mm of a line per point of size


def line_height(size: float) -> float:
    """Millimetres from one line of `size` points to the next."""
    return size * _LEADING


def needs_pictures() -> None:
    """Raises where the extra `pictures` is not installed."""
    try:
        import fontTools  # noqa: F401
        import matplotlib  # noqa: F401
    except ImportError as error:
        raise InputError("needs-extra", what="a picture", extra="pictures") from error


@contextmanager
def settings() -> Iterator[None]:
    """How all is drawn, whatever a user has set for matplotlib: text stays text in SVG and as wide as it was measured; nothing random."""
    import matplotlib

    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams["svg.fonttype"] = "none"
        matplotlib.rcParams["svg.hashsalt"] = "thidua"
        matplotlib.rcParams["text.hinting"] = "no_hinting"
        matplotlib.rcParams["hatch.linewidth"] = 0.5
        matplotlib.rcParams["path.simplify"] = False
        yield


class Sheet:
    """What is drawn: x to the right, y down, both in millimetres from the upper left corner.

    Args:
        size: one of SIZES.
        question: what the picture answers, its heading.
        subject: a line below: of which data, and from which day.
        lang: of the words that the picture adds.
    """

    def __init__(self, size: str, question: str, subject: str, lang: str) -> None:
        from matplotlib.figure import Figure

        self.width, self.height = SIZES[size]
        self.large = size == "large"
        self.lang, self.question, self.subject = lang, question, subject
        self.notes: list[str] = []
        self._painted = 0
        self._letters: dict[bool, set[str]] = {False: set(), True: set()}
        self._figure = Figure(figsize=(self.width / 25.4, self.height / 25.4))
        self._axes: Axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_xlim(0, self.width)
        self._axes.set_ylim(self.height, 0)
        self._axes.axis("off")
        y = MARGIN + line_height(TITLE) / 2
        for line in fonts.wrapped(question, TITLE, self.width - 2 * MARGIN, 2, bold=True):
            self.text(MARGIN, y, line, TITLE, bold=True)
            y += line_height(TITLE)
        for line in fonts.wrapped(subject, BODY, self.width - 2 * MARGIN, 2):
            self.text(MARGIN, y, line, BODY, colour=GREY)
            y += line_height(BODY)
        self.top = y + 1.5

    def _next(self) -> int:
        """What is drawn later lies above."""
        self._painted += 1
        return self._painted

    def number(self, value: float) -> str:
        """A whole number as the language groups its digits."""
        said = f"{value:,.0f}"
        return said.replace(",", ".") if self.lang == "vi" else said

    def say(self, key: str, **arguments: object) -> None:
        """A note at the foot, for what is grouped, left out or not known."""
        self.notes.append(text(key, self.lang, **arguments))

    def text(self, x: float, y: float, words: str, size: float = BODY, colour: str = INK, align: str = "left", bold: bool = False) -> None:
        """One line of words, its middle at height `y` (see thidua.pictures.fonts.wrapped); aligned left, right, centre, or upward."""
        shown = fonts.drawable(words)
        self._letters[bold].update(shown)
        across = {"left": "left", "right": "right"}.get(align, "center")
        turned = align == "upward"
        self._axes.text(
            x, y, shown, fontproperties=fonts.font(size, bold), color=colour, ha=across, va="bottom" if turned else "center_baseline",
            rotation=90 if turned else 0, clip_on=False, zorder=self._next(), parse_math=False,
        )  # fmt: skip

    def lines(self, x: float, y: float, lines: Sequence[str], size: float = BODY, colour: str = INK, align: str = "left") -> None:
        """Several lines, the block's middle at height `y`."""
        first = y - (len(lines) - 1) * line_height(size) / 2
        for number, line in enumerate(lines):
            self.text(x, first + number * line_height(size), line, size, colour, align)

    def box(self, x: float, y: float, width: float, height: float, colour: str, hatch: bool = False, edge: str | None = None) -> None:
        """A filled rectangle, or a hatched one on white: what is not known is never filled."""
        from matplotlib.patches import Rectangle

        fill = "white" if hatch else colour
        self._axes.add_patch(
            Rectangle(
                (x, y), width, height, facecolor=fill, edgecolor=edge or (colour if hatch else "none"), linewidth=0.6,
                hatch="//////" if hatch else None, clip_on=False, zorder=self._next(),
            )
        )  # fmt: skip

    def line(self, points: Sequence[tuple[float, float]], colour: str = LINE, width: float = 0.2, dashed: bool = False) -> None:
        """A line through the points, `width` in millimetres."""
        from matplotlib.lines import Line2D

        x, y = zip(*points, strict=True)
        style = _DASHES if dashed else _SOLID
        self._axes.add_line(
            Line2D(
                x,
                y,
                color=colour,
                linewidth=width * 72 / 25.4,
                linestyle=style,
                solid_capstyle="butt",
                dash_capstyle="butt",
                clip_on=False,
                zorder=self._next(),
            )
        )

    def ribbon(self, start: tuple[float, float], end: tuple[float, float], colour: str, width: float, dashed: bool = False) -> None:
        """A line that leaves and arrives level, `width` in millimetres."""
        middle = (start[0] + end[0]) / 2
        self.curve([start, (middle, start[1]), (middle, end[1]), end], colour, width, dashed)

    def curve(self, points: Sequence[tuple[float, float]], colour: str, width: float, dashed: bool = False) -> None:
        """A Bézier curve of the third order by its four points."""
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path

        path = Path(list(points), [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4])
        style = _DASHES if dashed else _SOLID
        self._axes.add_patch(
            PathPatch(
                path,
                facecolor="none",
                edgecolor=colour,
                linewidth=width * 72 / 25.4,
                linestyle=style,
                alpha=0.75,
                capstyle="butt",
                clip_on=False,
                zorder=self._next(),
            )
        )

    def dot(self, x: float, y: float, radius: float, colour: str, shape: str = "circle", hollow: bool = False) -> None:
        """A mark of the shape circle, square, diamond or triangle, about as large as a circle of `radius` millimetres."""
        from matplotlib.patches import Circle, Polygon

        fill, edge = ("white", colour) if hollow else (colour, "white")
        if shape == "circle":
            self._axes.add_patch(Circle((x, y), radius, facecolor=fill, edgecolor=edge, linewidth=0.6, clip_on=False, zorder=self._next()))
            return
        corners = {
            "square": [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
            "diamond": [(0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)],
            "triangle": [(0, -1.2), (1.1, 0.8), (-1.1, 0.8)],
        }[shape]
        shifted = [(x + radius * dx, y + radius * dy) for dx, dy in corners]
        self._axes.add_patch(
            Polygon(shifted, closed=True, facecolor=fill, edgecolor=edge, linewidth=0.6, clip_on=False, zorder=self._next())
        )

    def note_lines(self) -> list[str]:
        """The notes as they will be set at the foot."""
        return [line for note in self.notes for line in fonts.wrapped(note, SMALL, self.width - 2 * MARGIN, 3)]

    def foot(self) -> float:
        """The height at which the notes begin; what is drawn has to end above."""
        return self.height - MARGIN - len(self.note_lines()) * line_height(SMALL) - 1.0

    def save(self, form: str) -> bytes:
        """The whole sheet with its notes as svg or png."""
        y = self.foot() + 1.0 + line_height(SMALL) / 2
        for line in self.note_lines():
            self.text(MARGIN, y, line, SMALL, colour=GREY)
            y += line_height(SMALL)
        out = io.BytesIO()
        if form == "png":
            self._figure.savefig(
                out, format="png", dpi=PNG_DPI, metadata={"Software": None, "Title": self.question, "Description": self.subject}
            )
            return out.getvalue()
        self._figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
        return self._finished(out.getvalue().decode()).encode()

    def _finished(self, svg: str) -> str:
        """The SVG with its font, and a title and description for those who do not see it; text that is not turned need not say so."""
        about = "\n".join([self.subject, *self.notes])
        style = f'<style type="text/css">{fonts.embedded(self._letters)}</style>'
        head = f"<title>{escape(self.question)}</title>\n<desc>{escape(about)}</desc>\n{style}\n"
        svg = re.sub(r' transform="rotate\(-0 [-0-9. ]+\)"', "", svg)
        return re.sub(r"(<svg [^>]*)>\n", lambda match: f'{match[1]} role="img">\n{head}', svg, count=1)
