"""A web page as a text: its article found, divided by its markup and its words, and what it says of its publication."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from thidua.errors import InputError
from thidua.extraction.dates import DAY, day_of_stamp
from thidua.extraction.document import PartKind
from thidua.extraction.dom import Block, Page, Stretch, take_apart
from thidua.extraction.paragraphs import paragraphs_of
from thidua.extraction.passages import Division, divide
from thidua.text import fold

_LEAST = 20  # letters of an article
_LONGEST_TITLE = 2000  # characters of a title or description
_PUBLISHED = ("article:published_time", "datepublished", "pubdate", "publishdate", "date", "dc.date.issued", "dc.date", "article:published")
_ARTICLES = frozenset(("NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting", "WebPage"))


@dataclass(frozen=True, slots=True)
class PageText:
    """An article's text with its parts, and its publication as the page's head has it."""

    text: str
    division: Division
    title: str | None
    published: str | None
    publisher: str | None
    url: str | None
    unread_data: bool  # JSON-LD that is none


def read_page(html: str, name: str) -> PageText:
    """The article of a page; its text is made of the page's words alone.

    Raises:
        InputError: a page without an article, too large, or not taken apart in time.
    """
    page = take_apart(html, name)
    data, unread = _linked_data(page)
    title = _title(page)
    found = _article(page)
    if found is None:
        raise InputError("page-without-article", path=name)
    pieces = list(_pieces(page, found, title))
    if sum(map(str.isalpha, "".join(words for _, words in pieces))) < _LEAST:
        raise InputError("page-without-article", path=name)
    text = "\n\n".join(words for _, words in pieces)
    url = next((one for one in (page.canonical, page.meta.get("og:url", "")) if one.startswith(("https://", "http://"))), None)
    division = _divided(text, pieces, title)
    return PageText(
        text=text,
        division=division,
        title=title or division.title or page.title or None,
        published=_published(page, data, found),
        publisher=page.meta.get("og:site_name") or data.get("publisher"),
        url=url,
        unread_data=unread,
    )


def _divided(text: str, pieces: list[tuple[PartKind | None, str]], title: str | None) -> Division:
    starts, place = [], 0
    for _, words in pieces:
        starts.append(place)
        place += len(words) + 2
    apart = frozenset(start for i, start in enumerate(starts) if pieces[i][0] is not None or (i and pieces[i - 1][0] is not None))
    paragraphs = paragraphs_of(text, apart)
    kinds = [pieces[bisect_right(starts, paragraph.start) - 1][0] for paragraph in paragraphs]
    return divide(text, paragraphs, kinds, title)


def _article(page: Page) -> Stretch | None:
    """The element that holds the article: what is marked as one, where it holds much of the page's prose; else the densest."""
    densest = max((one for one in page.stretches if one.kind == "container"), key=lambda one: one.score, default=None)
    if densest is None:
        return None
    before = [0]
    for block in page.blocks:
        before.append(before[-1] + (0 if block.hidden else len(block.words) - block.links))

    def prose(stretch: Stretch) -> int:
        return before[stretch.last] - before[stretch.first]

    for kind in ("article-body", "article", "main"):
        marked = max((one for one in page.stretches if one.kind == kind), key=prose, default=None)
        if marked is not None and 2 * prose(marked) >= densest.score:
            return marked
    return densest


def _pieces(page: Page, article: Stretch, title: str | None) -> Iterator[tuple[PartKind | None, str]]:
    """The article's blocks with the kinds that the markup tells, its title and what stands between the two before them."""
    said = _said(page, article)
    headlines = [i for i, block in enumerate(page.blocks[: article.last]) if block.tag == "h1" and _same(block.words, title)]
    inside = next((i for i in headlines if i >= article.first), None)
    if inside is None and title:
        yield "title", title
        start = headlines[-1] + 1 if headlines else article.first
        leads = {i for one in page.stretches if one.kind == "lead" for i in range(max(one.first, start), min(one.last, article.first))}
        description = page.meta.get("og:description") or page.meta.get("description")
        for i in range(start, article.first):
            block = page.blocks[i]
            stamp = len(block.words) <= 120 and DAY.search(block.words)
            if i in leads or (not block.hidden and (stamp or _same(block.words, description))):
                yield None, block.words
    for i in range(article.first, article.last):
        block, kind = page.blocks[i], said[i - article.first]
        if kind == "left-out":
            continue
        yield _kind(block, kind, i == inside), block.words


def _kind(block: Block, said: str | None, is_title: bool) -> PartKind | None:
    if is_title:
        return "title"
    if said == "related" or (block.links >= 20 and block.links >= 0.8 * len(block.words)):
        return "related"
    if said == "caption":
        return "caption"
    return "heading" if block.tag in ("h1", "h2", "h3", "h4", "h5", "h6") and said != "lead" else None


def _said(page: Page, article: Stretch) -> list[str | None]:
    """What the elements within the article say of each of its blocks; one that would take most of it away is not believed."""
    size = article.last - article.first
    letters = [0]
    for block in page.blocks[article.first : article.last]:
        letters.append(letters[-1] + len(block.words))
    found: list[str | None] = [None] * size
    for kind in ("lead", "caption", "related", "left-out"):
        changes = [0] * (size + 1)
        for one in page.stretches:
            first, last = one.first - article.first, one.last - article.first
            if one.kind == kind and first >= 0 and last <= size and 2 * (letters[last] - letters[first]) < letters[size]:
                changes[first] += 1
                changes[last] -= 1
        depth = 0
        for i in range(size):
            depth += changes[i]
            found[i] = kind if depth else found[i]
    return found


def _title(page: Page) -> str | None:
    """The article's title, not the site's: a page's <title> is often the same on all pages."""
    headline = next((" ".join(block.words.split()) for block in page.blocks if block.tag == "h1" and not block.hidden), None)
    return page.meta.get("og:title") or headline


def _same(words: str, other: str | None) -> bool:
    """Whether two lines say the same, or one begins as the other (a title with the site's name after it)."""
    if not other or len(words) > _LONGEST_TITLE or len(other) > _LONGEST_TITLE:
        return False
    first, second = fold(words), fold(other)
    return first == second or (min(len(first), len(second)) > 30 and (first.startswith(second[:-3]) or second.startswith(first)))


def _published(page: Page, data: dict[str, str], article: Stretch) -> str | None:
    head = [page.meta[key] for key in _PUBLISHED[:1] if key in page.meta]
    marked = [data["published"]] if "published" in data else []
    rest = [page.meta[key] for key in _PUBLISHED[1:] if key in page.meta]
    times = [stamp for place, stamp in page.times if place <= article.last]
    return next((day for stamp in (*head, *marked, *rest, *times[:1]) if (day := day_of_stamp(stamp))), None)


def _linked_data(page: Page) -> tuple[dict[str, str], bool]:
    """The day and the publisher in the page's JSON-LD, and whether some of it is no JSON. Nothing is fetched."""
    found: dict[str, str] = {}
    unread = False
    for content in page.data:
        try:
            waiting = [json.loads(content, strict=False)]
        except (ValueError, RecursionError):
            unread = True  # told to the user; the page's words are read all the same
            continue
        while waiting:
            value = waiting.pop()
            if isinstance(value, list):
                waiting += reversed(value)
            elif isinstance(value, dict):
                _note(value, found)
                waiting += [value[key] for key in ("mainEntity", "@graph") if key in value]
    return found, unread


def _note(value: dict[str, object], found: dict[str, str]) -> None:
    kinds = value.get("@type")
    if _ARTICLES.isdisjoint(kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)):
        return
    published, publisher = value.get("datePublished"), value.get("publisher")
    if isinstance(published, str):
        found.setdefault("published", published)
    if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
        found.setdefault("publisher", " ".join(publisher["name"].split()))
