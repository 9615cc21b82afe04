"""The one font of the pictures: DejaVu Sans, which comes with matplotlib and has every letter of Vietnamese."""

from __future__ import annotations

import base64
import io
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from thidua.text import printable

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

FILES = {False: "DejaVuSans.ttf", True: "DejaVuSans-Bold.ttf"}  # by whether bold
FAMILY = "DejaVu Sans"
_POINTS_TO_MM = 25.4 / 72


def _path(bold: bool) -> Path:
    import matplotlib

    return Path(matplotlib.get_data_path(), "fonts", "ttf", FILES[bold])


@lru_cache(maxsize=64)
def font(size: float, bold: bool = False) -> FontProperties:
    """The font at `size` points, by its file: another version that the machine may have would set text otherwise."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=str(_path(bold)), size=size, weight="bold" if bold else "normal")


@lru_cache(maxsize=1)
def _letters() -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(str(_path(False))).get_charmap())


def drawable(words: str) -> str:
    """`words` on one line, what the font has no sign for (and what would only turn the text about) as U+FFFD."""
    known = _letters()
    return "".join(sign if ord(sign) in known else "\N{REPLACEMENT CHARACTER}" for sign in printable(words))


@lru_cache(maxsize=100_000)
def width(words: str, size: float, bold: bool = False) -> float:
    """Millimetres that `words` take in a line."""
    from matplotlib.textpath import text_to_path

    whole, _, _ = text_to_path.get_text_width_height_descent(words, font(size, bold), False)
    return float(whole) * _POINTS_TO_MM


def wrapped(words: str, size: float, most: float, lines: int, bold: bool = False) -> list[str]:
    """`words` in at most `lines` lines of at most `most` millimetres; what does not fit ends in an ellipsis."""
    rest = drawable(words).split()
    found: list[str] = []
    while rest and len(found) < lines:
        line = _shortened(rest.pop(0), size, most, bold)
        while rest and width(f"{line} {rest[0]}", size, bold) <= most:
            line += " " + rest.pop(0)
        found.append(line)
    if rest:
        found[-1] = _shortened(f"{found[-1]} …", size, most, bold) if found else "…"
    return found or [""]


def _shortened(words: str, size: float, most: float, bold: bool) -> str:
    """`words`, cut before the end where they are too long for one line."""
    if width(words, size, bold) <= most:
        return words
    kept = words.removesuffix(" …")
    while kept and width(f"{kept}…", size, bold) > most:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def embedded(letters: dict[bool, set[str]]) -> str:
    """CSS that carries just the given letters, by whether bold, of the font: SVG text then looks alike everywhere and stays text."""
    from fontTools import subset

    faces = []
    for bold, used in sorted(letters.items()):
        if not used:
            continue
        options = subset.Options(hinting=False, desubroutinize=True, layout_features=["kern", "mark", "mkmk", "ccmp"], name_IDs=[0, 1, 2])
        options.flavor, options.drop_tables = "woff", [*options.drop_tables, "FFTM"]
        out = io.BytesIO()
        with closing(subset.load_font(str(_path(bold)), options)) as loaded:
            loaded.recalcTimestamp = False  # the same letters are the same bytes
            cutter = subset.Subsetter(options)
            cutter.populate(text="".join(sorted(used | {" "})))
            cutter.subset(loaded)
            subset.save_font(loaded, out, options)
        data = base64.b64encode(out.getvalue()).decode("ascii")
        weight = "bold" if bold else "normal"
        faces.append(f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};src:url(data:font/woff;base64,{data}) format('woff')}}")
    return "\n".join(faces)
