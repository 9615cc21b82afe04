"""A web page taken apart: its blocks of words in order, which elements they stand in, and what its head says.

Pages come from anywhere. One walk without recursion; a page whose size or tags could tie up the parser is taken apart in a child
process that is ended after a while.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from thidua.errors import InputError, MachineError
from thidua.extraction.grammar import grammar
from thidua.limits import run_limited
from thidua.text import nfc

MAX_PAGE = 5 * 2**20  # characters of a page
MAX_TAGS = 40_000  # of a page; the parser's time grows with their square where they are nested
SECONDS = 10.0
_ORDINARY, _ORDINARY_TAGS, _ORDINARY_STRETCH = 2**20, 10_000, 20_000  # characters, tags, characters without a tag

# Tags of inline markup, which the parser would repeat in every block where they are not closed; renamed they are repeated nowhere.
_INLINE = re.compile(r"<(/?)(?=(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s/>])", re.IGNORECASE)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_SKIPPED = frozenset(
    "script style noscript template iframe object embed applet svg math canvas audio video picture map select textarea button input label "
    "datalist dialog -comment head frameset".split()
)
_LEFT_OUT = frozenset(("nav", "footer", "form"))
_UNSEEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)  # no reader of the page sees it
_PARAGRAPH = frozenset(("p", "blockquote", "pre", "dd"))
_SPACE = re.compile(r"[ \t\n\r\f]+")
_BREAK = re.compile(r" *\v *")
_BREAKS = re.compile(r"\n{2,}")


@dataclass(slots=True)
class Block:
    """The words of one block element; single line breaks are kept."""

    words: str
    tag: str
    links: int  # how many of its characters are links
    hidden: bool  # within an element that is left out, whatever the article turns out to be


@dataclass(slots=True)
class Stretch:
    """The blocks [first, last) that an element holds, and what the element is said to be."""

    kind: str  # article-body | article | main | container | left-out | related | caption | lead
    first: int
    last: int
    score: int = 0


@dataclass(slots=True)
class Page:
    """A page's blocks, the elements that matter, and what its head says."""

    blocks: list[Block] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    times: list[tuple[int, str]] = field(default_factory=list)  # after how many blocks, the datetime of a <time>
    data: list[str] = field(default_factory=list)  # of JSON-LD scripts
    title: str = ""
    canonical: str = ""


@dataclass(slots=True)
class _Open:
    """An element that is not closed yet."""

    tag: str
    children: Iterator[LexborNode]
    first: int
    kinds: list[str]
    link: bool
    score: int = 0


def take_apart(html: str, name: str) -> Page:
    """The page in `html`.

    Raises:
        InputError: too large, too many tags, or not taken apart in time.
    """
    if len(html) > MAX_PAGE:
        raise InputError("page-too-large", path=name, limit=MAX_PAGE)
    if html.count("<") > MAX_TAGS:
        raise InputError("page-too-many-tags", path=name, limit=MAX_TAGS)
    if _is_ordinary(html):
        return _Walk().page(html)
    try:
        content = run_limited(lambda: json.dumps(asdict(_Walk().page(html))).encode(), SECONDS)
    except MachineError as error:
        raise InputError("page-too-tangled", path=name, seconds=f"{SECONDS:g}") from error
    values: dict[str, Any] = json.loads(content)
    blocks = [Block(**one) for one in values.pop("blocks")]
    stretches = [Stretch(**one) for one in values.pop("stretches")]
    times = [(place, stamp) for place, stamp in values.pop("times")]
    return Page(blocks=blocks, stretches=stretches, times=times, **values)


def _is_ordinary(html: str) -> bool:
    """Whether the page cannot keep the parser busy: its time grows with the square of tags in tags and of attributes in a tag."""
    if len(html) > _ORDINARY or html.count("<") > _ORDINARY_TAGS:
        return False
    return max(map(len, html.split("<"))) <= _ORDINARY_STRETCH


class _Walk:
    """One walk over a page's elements, in order."""

    def __init__(self) -> None:
        names = grammar("passages")["page"]
        self.said = {"left-out": frozenset(names["dropped"])} | {kind: frozenset(names[kind]) for kind in ("related", "caption", "lead")}
        self.result = Page()
        self.pieces: list[str] = []
        self.links = 0
        self.hidden = 0
        self.open: list[_Open] = []
        self.holders: list[_Open] = []  # those of the open elements that are blocks

    def page(self, html: str) -> Page:
        parser = LexborHTMLParser(_INLINE.sub(r"<\1x-", html))
        self._read_head(parser)
        if parser.body is not None:
            self._walk(parser.body)
        return self.result

    def _read_head(self, parser: LexborHTMLParser) -> None:
        for node in parser.css("meta"):
            values = node.attributes
            key = values.get("property") or values.get("name") or values.get("itemprop")
            if key and values.get("content"):
                self.result.meta.setdefault(key.lower(), _line(values["content"] or ""))
        for node in parser.css("script"):
            if (node.attributes.get("type") or "").strip().lower() == "application/ld+json":
                self.result.data.append(node.text())
        title, canonical = parser.css_first("head title"), parser.css_first("link[rel=canonical]")
        self.result.title = _line(title.text()) if title is not None else ""
        self.result.canonical = ((canonical.attributes.get("href") if canonical is not None else "") or "").strip()

    def _walk(self, body: LexborNode) -> None:
        self._enter(body)
        while self.open:
            node = next(self.open[-1].children, None)
            if node is None:
                self._leave()
            elif node.is_text_node:
                words = (node.text_content or "").replace("\v", " ")
                self.pieces.append(words)
                if self.open[-1].link:
                    self.links += len(words.strip())
            elif node.tag == "br":
                self.pieces.append("\v")
            elif node.tag and node.tag not in _SKIPPED:
                self._enter(node)

    def _enter(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag in _BLOCKS:
            self._flush()
        values = node.attributes
        if tag == "time" and values.get("datetime"):
            self.result.times.append((len(self.result.blocks), values["datetime"] or ""))
        kinds = self._kinds(tag, values) if self.open else []
        self.hidden += "left-out" in kinds and tag != "form"
        link = tag == "a" or bool(self.open and self.open[-1].link)
        self.open.append(_Open(tag, node.iter(include_text=True), len(self.result.blocks), kinds, link))
        if tag in _BLOCKS:
            self.holders.append(self.open[-1])

    def _kinds(self, tag: str, values: dict[str, str | None]) -> list[str]:
        """What an element's name and attributes say that it holds."""
        kinds = []
        if "articlebody" in (values.get("itemprop") or "").lower():
            kinds.append("article-body")
        if tag in ("article", "main") or (values.get("role") or "") == "main":
            return [*kinds, "article" if tag == "article" else "main"]
        if tag in _LEFT_OUT or "hidden" in values or _UNSEEN.search(values.get("style") or ""):
            kinds.append("left-out")
        if tag == "aside":
            kinds.append("related")
        if tag == "figcaption":
            kinds.append("caption")
        names = {*(values.get("class") or "").lower().split(), (values.get("id") or "").lower()}
        return kinds + [kind for kind, said in self.said.items() if kind not in kinds and not names.isdisjoint(said)]

    def _leave(self) -> None:
        closing = self.open[-1]
        if closing.tag in _BLOCKS:
            self._flush()
            self.holders.pop()
        self.open.pop()
        self.hidden -= "left-out" in closing.kinds and closing.tag != "form"
        last = len(self.result.blocks)
        if last == closing.first:
            return
        self.result.stretches += [Stretch(kind, closing.first, last) for kind in closing.kinds]
        if closing.score:
            self.result.stretches.append(Stretch("container", closing.first, last, closing.score))

    def _flush(self) -> None:
        """Ends the block that is being read; its words count for the element whose paragraphs they are."""
        if not self.pieces:
            return
        words = _BREAK.sub("\n", _SPACE.sub(" ", nfc("".join(self.pieces))))
        links, self.links, self.pieces = self.links, 0, []
        for piece in _BREAKS.split(words):
            piece = piece.strip()
            if piece:
                self.result.blocks.append(Block(piece, self.holders[-1].tag, min(links, len(piece)), self.hidden > 0))
                links -= min(links, len(piece))
                self._count(self.result.blocks[-1])

    def _count(self, block: Block) -> None:
        if block.hidden or block.links * 2 > len(block.words):
            return
        outer = self.holders[-2:-1] if block.tag in _PARAGRAPH else self.holders[-2:] if block.tag == "div" else self.holders[-1:]
        for one in outer:
            one.score += len(block.words)


def _line(words: str) -> str:
    return nfc(" ".join(words.split()))
