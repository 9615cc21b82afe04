"""Pictures: nothing overlaps or is cut, with five events as with thousands; they say what they show, and what they leave out."""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from pyoxigraph import Literal, NamedNode, Quad, Store

from tests.conftest import CASES, thidua
from tests.made_up_awards import write
from tests.test_cli import assert_fails
from tests.test_networks import run_twice
from thidua.answers import text_of
from thidua.assets import Assets
from thidua.build import build, build_in_memory
from thidua.defaults import NETWORKS, PICTURE_SIZES
from thidua.errors import InputError
from thidua.networks.network import network
from thidua.pictures import chart, fonts, picture, sheet
from thidua.pictures.sheet import Sheet
from thidua.questions import ask, load_questions
from thidua.selection import Selection, read_filters, select_part, whole
from thidua.store import open_store
from thidua.terms import ID, PREFIXES, td
from thidua.views import rows, view

SVG = "{http://www.w3.org/2000/svg}"
EVENTS = (5, 500, 5000)
KINDS = ("timeline", "chart", *NETWORKS, "campaigns-bodies", "campaigns-campaigns")


@pytest.fixture(scope="module", params=EVENTS)
def made_up(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Selection]:
    """Made-up data with 5, 500 and 5,000 award events."""
    root = write(tmp_path_factory.mktemp(f"made-up-{request.param}") / "root", request.param)
    build(Assets(root), root / "store")
    yield whole(open_store(root / "store"))


def draw(part: Selection, kind: str, form: str, size: str, lang: str = "vi") -> bytes:
    if kind in ("timeline", "chart"):
        return picture.picture(part, kind, form, size, lang)
    name, _, projected = kind.partition("-")
    return picture.network_as_picture(part, network(part, name, lang, projected or None), form, size, lang)


def boxes(drawn: Sheet) -> list[tuple[str, float, float, float, float]]:
    """Every text with its box in millimetres: words, left, upper, right and lower edge."""
    found = []
    with sheet.settings():
        drawn._figure.set_dpi(sheet.PNG_DPI)
        renderer = FigureCanvasAgg(drawn._figure).get_renderer()  # type: ignore[no-untyped-call]
        for one in drawn._axes.texts:
            box = one.get_window_extent(renderer).transformed(drawn._axes.transData.inverted())
            upper, lower = sorted((float(box.y0), float(box.y1)))
            found.append((one.get_text(), float(box.x0), upper, float(box.x1), lower))
    return found


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Sheet]:
    """The sheets that were saved, to look at what is on them."""
    kept: list[Sheet] = []
    save = Sheet.save

    def saved(self: Sheet, form: str) -> bytes:
        kept.append(self)
        return save(self, form)

    monkeypatch.setattr(Sheet, "save", saved)
    return kept


def assert_readable(one: Sheet) -> None:
    """No text lies over another or beyond the margin, and none is too small to read in print."""
    texts = boxes(one)
    assert len(texts) > 3
    slack = 0.25  # letters' own boxes are taller than what is printed
    for words, left, upper, right, lower in texts:
        assert left >= 0 and upper >= 0 and right <= one.width + slack and lower <= one.height, words
    texts.sort(key=lambda text: text[2])
    for number, (words, left, _, right, lower) in enumerate(texts):
        for other, left2, upper2, right2, lower2 in texts[number + 1 :]:
            if upper2 > lower:
                break
            across, down = min(right, right2) - max(left, left2), min(lower, lower2) - upper2  # the other begins below
            assert across <= slack or down <= 0.8, (words, other)
    assert min(float(text.get_fontsize()) for text in one._axes.texts) >= sheet.SMALL


@pytest.mark.parametrize(("x", "y", "readable"), [(10, 60, True), (12, 41, False), (140, 60, False), (10, 119.5, False)])
def test_the_check_of_overlaps_finds_them(x: float, y: float, readable: bool) -> None:
    one = Sheet("small", "Ai?", "dữ liệu", "vi")
    one.text(10, 40, "Ủy ban nhân dân tỉnh")
    one.text(x, y, "Ban Dân vận Tỉnh ủy Lai Châu")
    if readable:
        assert_readable(one)
    else:
        with pytest.raises(AssertionError):
            assert_readable(one)


@pytest.mark.parametrize("size", PICTURE_SIZES)
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("people", "reforms")])  # of these none are made up
def test_no_text_overlaps_or_is_cut(kind: str, size: str, made_up: Selection, drawn: list[Sheet]) -> None:
    draw(made_up, kind, "svg", size, "en" if size == "small" else "vi")
    assert_readable(drawn[0])


@pytest.mark.parametrize("size", PICTURE_SIZES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_data_as_a_picture(kind: str, size: str, shipped: Store, drawn: list[Sheet]) -> None:
    content = draw(whole(shipped), kind, "svg", size)
    assert_readable(drawn[0])
    assert len(content) < 150_000
    root = ElementTree.fromstring(content)
    words = ["".join(text.itertext()) for text in root.iter(SVG + "text")]
    title = root.findtext(SVG + "title")
    assert title and title in " ".join(words)  # the question, as text that can be searched
    assert "dữ liệu ghi nhận đến 2026-11-21, 5 nguồn" in words
    assert root.findtext(SVG + "desc")
    assert b"<dc:date" not in content and b"Matplotlib" not in content
    assert not list(root.iter(SVG + "image"))
    assert {element.get("href") for element in root.iter()} == {None}  # nothing is fetched
    png = draw(whole(shipped), kind, "png", size)
    assert png.startswith(b"\x89PNG")


def test_pictures_are_of_two_sizes(shipped: Store) -> None:
    for size, points in (("small", (453.5, 340.2)), ("large", (841.9, 595.3))):
        root = ElementTree.fromstring(draw(whole(shipped), "chart", "svg", size))
        assert [float((root.get(name) or "").removesuffix("pt")) for name in ("width", "height")] == pytest.approx(points, abs=0.1)


@pytest.mark.parametrize("kind", ["timeline", "chart", "awards", "campaigns", "hierarchy", "campaigns-bodies"])
def test_what_is_left_out_is_said(kind: str, made_up: Selection, drawn: list[Sheet]) -> None:
    draw(made_up, kind, "svg", "small", "en")
    notes = " ".join(drawn[0].notes)
    events = sum(1 for _ in made_up.store.quads_for_pattern(None, NamedNode(PREFIXES["rdf"] + "type"), td("AwardEvent")))
    few = events // 2 == 5  # each stands in the merged graph and in that of its source
    assert bool(re.search(r"All (is drawn|[\d,]+ )", notes)) == few, notes
    if not few:
        assert re.search(r"\d of [\d,]+", notes), notes


def test_the_chart_counts_as_the_totals_do(shipped: Store) -> None:
    counts = chart.gather(rows(shipped, view("pictures/chart"), "vi"), "vi")
    assert sum(bar.total for bar in counts.awarders.values()) == sum(bar.total for bar in [*counts.years.values(), counts.undated]) == 138
    totals = ask(shipped, load_questions(Assets())["award-totals"])
    assert sum(int(text_of(row[1])) for row in totals.rows) == 138
    assert sum(bar.uncounted for bar in counts.awarders.values()) == 1
    uncounted = next(bar for bar in counts.awarders.values() if bar.uncounted)
    assert (uncounted.label, uncounted.total, uncounted.bound) == ("Ủy ban nhân dân tỉnh Lào Cai", 0, "")
    assert uncounted.told(Sheet("small", "?", "", "vi")) == "1?"  # never 0


def test_bounds_are_shown(drawn: list[Sheet]) -> None:
    small = whole(build_in_memory(Assets(CASES / "small")))
    draw(small, "chart", "svg", "large")
    words = {text for text, *_ in boxes(drawn[0])}
    assert {"≥5", "≤6", "≈11"} <= words


def test_a_part_says_what_it_is_a_part_of(shipped: Store) -> None:
    part = select_part(shipped, read_filters(shipped, {"source": "001"}))
    root = ElementTree.fromstring(draw(part, "awards", "svg", "large"))
    words = " ".join("".join(text.itertext()) for text in root.iter(SVG + "text"))
    assert "1 nguồn; chỉ --source BAN DÂN VẬN TỈNH ỦY TỈNH LAI CHÂU" in words


@pytest.mark.parametrize("kind", ["network", "timeline", "chart"])
@pytest.mark.parametrize("form", ["svg", "png"])
def test_the_same_picture_is_the_same_bytes(kind: str, form: str, small_path: Path) -> None:
    assert len(run_twice("picture", kind, "--format", form, "--store", small_path)) > 10_000


def test_what_a_user_has_set_for_matplotlib_does_not_matter(small_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    args = ("picture", "chart", "--store", small_path, "-o")
    assert thidua(*args, tmp_path / "plain.svg").returncode == 0
    (tmp_path / "matplotlibrc").write_text("text.usetex: True\nsavefig.bbox: tight\nfont.size: 30\nsvg.fonttype: path\n")
    monkeypatch.setenv("MATPLOTLIBRC", str(tmp_path))
    assert thidua(*args, tmp_path / "set.svg").returncode == 0
    assert (tmp_path / "set.svg").read_bytes() == (tmp_path / "plain.svg").read_bytes()


def test_a_name_that_nobody_can_draw(drawn: list[Sheet]) -> None:
    node, event = NamedNode(ID + "body/hostile"), NamedNode(ID + "award/hostile")
    label = "$\\frac{1}{2}$ <b>&amp; \"x\" 'y'\n\u202egnol\u200f 漢字 \x01 " + "Rấtdài" * 60
    kind = NamedNode(PREFIXES["rdf"] + "type")
    described: list[tuple[NamedNode, NamedNode, NamedNode | Literal]] = [
        (node, kind, td("Body")),
        (node, NamedNode(PREFIXES["skos"] + "prefLabel"), Literal(label, language="vi")),
        (event, kind, td("AwardEvent")),
        (event, td("awardedBy"), node),
        (event, td("date"), Literal("đầu năm", datatype=NamedNode(PREFIXES["xsd"] + "date"))),
    ]
    store = build_in_memory(Assets(CASES / "small"), extra=[Quad(*triple) for triple in described])
    for network_or_not in ("awards", "chart", "timeline", "hierarchy"):
        for form in ("svg", "png"):
            content = draw(whole(store), network_or_not, form, "large")
            assert form == "png" or ElementTree.fromstring(content) is not None
    for one in drawn:
        assert_readable(one)
    words = " ".join(text for text, *_ in boxes(drawn[0]))
    assert "$\\frac{1}{2}$ <b>&amp; \"x\" 'y' \ufffdgnol" in words
    assert "…" in words


def test_every_letter_of_vietnamese_is_in_the_font() -> None:
    letters = "aăâeêioôơuưy"
    marks = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    import unicodedata

    every = [unicodedata.normalize("NFC", letter + mark) for letter in letters + letters.upper() for mark in marks] + ["đ", "Đ"]
    assert len(every) == 146
    assert fonts.drawable("".join(every)) == "".join(every)
    css = fonts.embedded({False: set(every), True: set()})
    assert css.count("@font-face") == 1
    assert css == fonts.embedded({False: set(every), True: set()})


def test_lines_are_broken_by_their_width() -> None:
    words = "Ủy ban nhân dân tỉnh Lai Châu"
    assert fonts.wrapped(words, 8, 200, 2) == [words]
    assert fonts.wrapped(words, 8, 25, 2) == ["Ủy ban nhân dân", "tỉnh Lai Châu"]
    two = fonts.wrapped(f"{words} {words}", 8, 25, 2)
    assert len(two) == 2 and two[-1].endswith("…")
    assert all(fonts.width(line, 8) <= 25 for line in two)
    assert fonts.wrapped("", 8, 25, 2) == [""]


@pytest.mark.parametrize("missing", ["matplotlib", "fontTools"])
def test_without_the_extra_it_says_how_to_install_it(missing: str, shipped: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(InputError, match=r"pip install 'thidua\[pictures\]'"):
        draw(whole(shipped), "chart", "svg", "small")


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (["timelin"], 2, "unknown picture timelin; did you mean: timeline?"),
        (["pie"], 2, "there are: network, timeline, chart"),
        (["network", "--of", "award"], 2, "did you mean: awards?"),
        (["chart", "--of", "awards"], 2, "--of goes with the picture network only"),
        (["chart", "--format", "pgn"], 2, "did you mean: png?"),
        (["chart", "--size", "huge"], 2, "invalid choice: 'huge'"),
        (["chart", "--campaign", "id:campaign/chung-tay-giu-rung-huyen-may-ngan-2024"], 3, "there is nothing to draw in a chart"),
        (["chart", "--source", "none"], 2, "--source"),
    ],
)
def test_pictures_that_cannot_be_drawn(args: list[str], code: int, says: str, small_path: Path) -> None:
    assert_fails(thidua("picture", *args, "--store", small_path), code, says)


def test_the_form_is_told_by_the_file(small_path: Path, tmp_path: Path) -> None:
    for name, begins in (("a.png", b"\x89PNG"), ("a.svg", b"<?xml"), ("a", b"<?xml")):
        assert thidua("picture", "chart", "--store", small_path, "-o", tmp_path / name).returncode == 0
        assert (tmp_path / name).read_bytes().startswith(begins)
    assert_fails(thidua("picture", "chart", "--store", small_path, "-o", tmp_path / "a.png"), 2, "exists; add --force")
