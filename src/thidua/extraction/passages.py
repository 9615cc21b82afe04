"""Which stretch of a press text is what: title, dateline, byline, caption, heading, body, related news, footer.

The cues are data (grammar/passages.toml); here is only the order in which they are looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from thidua.extraction.cues import Cues, read_cues
from thidua.extraction.dates import DAY, iso_day
from thidua.extraction.document import Part, PartKind
from thidua.extraction.letters import LOWER, UPPER
from thidua.extraction.paragraphs import Paragraph
from thidua.text import fold

_TITLE, _HEADING, _LINE, _CAPTION = 300, 120, 160, 320  # characters, at most
_STORY = 200  # characters of other paragraphs beside which a short one may be a caption
_CLOSED = re.compile(r"[.;:,]['\"”’)]*$")
_ITEM = re.compile(rf"[-–—+*•●▪■]\s?|(?:\d{{1,2}}|{LOWER})[.)]\s")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_NEXT_SENTENCE = re.compile(rf"(?<!TP)(?<!Tp)(?<!TX)(?<!GS)(?<!TS)(?<!BS)(?<!Th)[.!?…]['\"”»)]?\s+['\"“«(]?{UPPER}")
_DEED = re.compile(r"\d|\b(?:trao|tặng|khen|nhận|phát động|công nhận)\b", re.IGNORECASE)
_BLANK = re.compile(r"\s*")
_HOST = re.compile(r"(?:https?://)?(?:www\.)?((?:[a-z0-9-]+\.)+(?:vn|com|net|org))(?![\w.])", re.IGNORECASE)
_ANY_DAY = re.sub(r"\?P<\w+>", "?:", DAY.pattern)
_LEADING_DAY = re.compile(rf"(?:\d{{1,2}}:\d{{2}}\s*[,|-]?\s*)?(?:{_ANY_DAY})(?:\s*[,|-]?\s*\d{{1,2}}:\d{{2}})?\s*[-–—|:]\s+")


@dataclass(frozen=True, slots=True)
class Division:
    """A text's parts, and what they tell of its publication: the title, the day, the outlet's sign, the host of the original."""

    parts: tuple[Part, ...]
    title: str | None
    published: str | None
    sign: str | None
    republished_from: str | None


def divide(text: str, paragraphs: list[Paragraph], kinds: list[PartKind | None] | None = None, title: str | None = None) -> Division:
    """The parts of `text` and what is printed of its publication.

    Args:
        paragraphs: of the text, in order.
        kinds: of each paragraph, where a page's markup already tells it; None where the words have to.
        title: the article's, where it is known from elsewhere: its line is the title whatever its form.
    """
    division = _Divider(text, paragraphs, kinds or [None] * len(paragraphs), title)
    return division.run()


@dataclass
class _Divider:
    """The state of one division: what each paragraph was found to be, and which ones continue the one before."""

    text: str
    paragraphs: list[Paragraph]
    kinds: list[PartKind | None]
    known_title: str | None
    joined: set[int] = field(default_factory=set)
    title: str | None = None
    published: str | None = None
    sign: str | None = None
    republished_from: str | None = None
    cues: Cues = field(default_factory=read_cues)

    def run(self) -> Division:
        self._mark_tail()
        for i in self._open():
            self.kinds[i] = self._furniture(i)
        self._mark_signatures()
        self._mark_title()
        self._mark_captions()
        self._mark_headings()
        parts = tuple(self._parts())
        return Division(parts, self.title, self.published, self.sign, self.republished_from)

    def _open(self) -> Iterable[int]:
        """The paragraphs of which nothing is known yet."""
        return (i for i, kind in enumerate(self.kinds) if kind is None)

    def _length(self, i: int) -> int:
        return self.paragraphs[i].end - self.paragraphs[i].start

    def _words(self, i: int) -> str:
        return self.text[self.paragraphs[i].start : self.paragraphs[i].end]

    def _is(self, pattern: re.Pattern[str], i: int, most: int = _LINE) -> bool:
        """Whether paragraph `i`, if not longer than `most`, begins as `pattern` says."""
        return self._length(i) <= most and pattern.match(self.text, self.paragraphs[i].start, self.paragraphs[i].end) is not None

    def _is_all(self, pattern: re.Pattern[str], i: int, most: int = _LINE) -> bool:
        return self._length(i) <= most and pattern.fullmatch(self.text, self.paragraphs[i].start, self.paragraphs[i].end) is not None

    def _has(self, pattern: re.Pattern[str], i: int) -> bool:
        return pattern.search(self.text, self.paragraphs[i].start, self.paragraphs[i].end) is not None

    def _mark_tail(self) -> None:
        """Everything after a heading of other news, or after the first line of the page's foot, is not the article."""
        kind: PartKind | None = None
        article = False
        for i in range(len(self.paragraphs)):
            if self._is_all(self.cues.related, i, 60):
                self.kinds[i] = "related"
                kind = kind or ("related" if article else None)
            elif self._is(self.cues.ending, i, 2 * _LINE):
                self.kinds[i] = "footer"
                kind = "footer" if article else kind
            article = article or self.paragraphs[i].final or self._length(i) >= 80
            if kind is not None:
                self.kinds[i] = kind

    def _furniture(self, i: int) -> PartKind | None:
        """What a line is that is plainly not the article's own: a time stamp, a byline, a line of the page."""
        start, end = self.paragraphs[i].start, self.paragraphs[i].end
        if not _LETTERS.search(self.text, start, end) and not DAY.search(self.text, start, min(end, start + _LINE)):
            return "footer"
        if self._length(i) > _LINE:
            return None
        if self._is(self.cues.footer_line, i):
            return "footer"
        if self._is(self.cues.related_line, i):
            return "related"
        if self._is_all(self.cues.stamp, i):
            return self._stamp(i)
        if self._is(self.cues.byline, i):
            self._note_original(start, end)
            return "byline"
        return None

    def _stamp(self, i: int) -> PartKind:
        """A line of nothing but times; its day is the article's unless it may be the day on which the page was looked at."""
        day = DAY.search(self.text, self.paragraphs[i].start, self.paragraphs[i].end)
        if day is not None and self.published is None and i > 0 and self._has(self.cues.own_day, i):
            self.published = iso_day(day)
        return "dateline"

    def _note_original(self, start: int, end: int) -> None:
        host = _HOST.search(self.text, start, end)
        if host is not None and self.republished_from is None and self.cues.republished.match(self.text, start, end):
            self.republished_from = host[1].lower()

    def _mark_signatures(self) -> None:
        """Names that stand alone after the article's last sentence."""
        found: list[int] = []
        for i in range(len(self.paragraphs) - 1, 0, -1):
            if self.kinds[i] is not None:
                continue
            if not self._is_all(self.cues.signature, i, 80):
                if self.paragraphs[i].final:
                    for name in found:
                        self.kinds[name] = "byline"
                return
            found.append(i)

    def _mark_title(self) -> None:
        """The first line, where it stands alone and is not a sentence; or the line that is the title as it is known."""
        open_ = list(self._open())
        if "title" in self.kinds:
            self.title = self._words(self.kinds.index("title"))
            return
        if self.known_title is not None:
            wanted = fold(self.known_title)
            for i in open_[:3]:
                if self._length(i) <= 2 * _TITLE and fold(self._words(i)) == wanted:
                    self._set_title(i)
                    return
        if len(open_) > 2 and self._is_section(open_[0], open_[1]):
            self.kinds[open_.pop(0)] = "footer"
        article = any(self.paragraphs[i].final or self._length(i) >= 80 for i in open_[1:])
        if article and self._reads_like_title(open_[0]):
            self._set_title(open_[0])

    def _is_section(self, first: int, second: int) -> bool:
        """Whether the first line is the page's section ("Chính trị") and the title stands under it."""
        short = len(self._words(first).split()) <= 3 < len(self._words(second).split())
        return short and not self.paragraphs[second].final and self._reads_like_title(first) and self._reads_like_title(second)

    def _set_title(self, i: int) -> None:
        self.kinds[i], self.title = "title", " ".join(self._words(i).split())

    def _reads_like_title(self, i: int) -> bool:
        if self._length(i) > _TITLE or self._is(_ITEM, i) or self._is(self.cues.sign, i, _TITLE) or self._is(self.cues.caption, i):
            return False
        words = self._words(i)
        return words.isupper() or not _CLOSED.search(words)

    def _mark_captions(self) -> None:
        """The words of pictures, where they are paragraphs of their own; some are broken over two lines."""
        open_ = list(self._open())
        whole = sum(map(self._length, open_))
        for i in open_:
            if self.kinds[i] is not None:
                continue
            beside = whole - self._length(i) >= _STORY
            after = i + 1 if i + 1 < len(self.kinds) and self.kinds[i + 1] is None else None
            if self._is_all(self.cues.file, i):
                self.kinds[i] = "caption"
                if after is not None and (self._same_block(i) or self._length(after) <= _STORY) and self._length(after) <= _CAPTION:
                    self._join(after)
            elif self._is(self.cues.caption, i, 10**6):
                continue  # its pieces are told apart with those inside paragraphs
            elif beside and self._shows(i):
                self.kinds[i] = "caption"
            elif beside and after is not None and self._begins_handing(i) and self._is(self.cues.deed, after, _CAPTION):
                self.kinds[i] = "caption"
                self._join(after)

    def _same_block(self, i: int) -> bool:
        return self.text.count("\n", self.paragraphs[i].end, self.paragraphs[i + 1].start) <= 1

    def _join(self, i: int) -> None:
        self.kinds[i] = self.kinds[i - 1]
        self.joined.add(i)

    def _one_sentence(self, i: int) -> bool:
        return not self._has(_NEXT_SENTENCE, i)

    def _shows(self, i: int) -> bool:
        """Whether a paragraph only says what a picture shows, or ends with its credit."""
        if self._is_all(self.cues.credited, i, _CAPTION) or self._shows_handing(i):
            return True
        return self._is(self.cues.scene, i) and self._one_sentence(i)

    def _shows_handing(self, i: int) -> bool:
        """Whether a short paragraph only shows who hands what to whom, as a picture does, and tells nothing of when or why."""
        if self._is(self.cues.deed, i, _CAPTION) or (self._is(self.cues.people, i, _CAPTION) and self._has(self.cues.handing, i)):
            return not self._has(self.cues.telling, i) and self._one_sentence(i)
        return False

    def _begins_handing(self, i: int) -> bool:
        """Whether a line only names who is going to hand something over."""
        return not self.paragraphs[i].final and self._is(self.cues.people, i, _CAPTION) and not self._has(self.cues.telling, i)

    def _mark_headings(self) -> None:
        """Short lines without an end between paragraphs; one that tells a deed or a number stays in the body."""
        open_ = list(self._open())
        for before, i, after in zip([None, *open_], open_, open_[1:], strict=False):
            if self.paragraphs[i].final or self._length(i) > _HEADING or self._is(_ITEM, i):
                continue
            if self._is(self.cues.sign, i) or self._is(self.cues.caption, i):
                continue
            follows = before is None or self.paragraphs[before].final
            if follows and self.paragraphs[after].final and self._length(after) >= 100 and not self._has(_DEED, i):
                self.kinds[i] = "heading"

    def _parts(self) -> Iterable[Part]:
        begun = False
        for i, paragraph in enumerate(self.paragraphs):
            kind = self.kinds[i]
            if i in self.joined:
                continue
            end = self.paragraphs[i + 1].end if i + 1 in self.joined else paragraph.end
            if kind is not None:
                yield Part(kind, paragraph.start, end)
                continue
            start = paragraph.start
            if not begun:
                leading = self._leading(start, end)
                if leading > start:
                    yield self._part("dateline", start, leading)
                start = leading
            for piece in self._pieces(start, end):
                begun = begun or piece.kind == "body"
                yield piece

    def _leading(self, start: int, end: int) -> int:
        """Where the first paragraph's own words begin, after the outlet's sign and the day."""
        for _ in range(3):
            sign = self.cues.sign.match(self.text, start, end)
            if sign is not None and sign.end() < end:
                self.sign = self.sign or sign["sign"] or sign["any"] or sign["bare"]
                start = sign.end()
            stamp = _LEADING_DAY.match(self.text, start, end)
            if stamp is not None and stamp.end() < end:
                day = DAY.search(stamp[0])
                self.published = self.published or (iso_day(day) if day else None)
                start = stamp.end()
            if sign is None and stamp is None:
                break
        return start

    def _pieces(self, start: int, end: int) -> Iterable[Part]:
        """A paragraph's own words, and the captions, credits and sources that stand inside it."""
        while start < end:
            first = self.cues.caption.match(self.text, start, end)
            if first is None:
                inner = self.cues.inner_caption.search(self.text, start, end)
                stop = inner.end() if inner else end
                yield from self._closing(start, stop)
            else:
                stop = self._end_of_caption(start, first.end(), end)
                picture = self._part("caption", start, stop)
                credit = self.cues.credit.fullmatch(self.text, first.end(), picture.end)
                yield Part("byline", start, picture.end) if credit else picture
            blank = _BLANK.match(self.text, stop, end)
            start = blank.end() if blank else stop

    def _end_of_caption(self, start: int, words: int, end: int) -> int:
        if self.text[start] == "(":
            closing = self.text.find(")", words, end)
            return closing + 1 if closing >= 0 else end
        inner = self.cues.inner_caption.search(self.text, words, end)
        return inner.end() if inner else end

    def _closing(self, start: int, end: int) -> Iterable[Part]:
        """Words of the body, and after them in the same paragraph where they come from, in brackets, or who wrote them."""
        tail = self.cues.closing.search(self.text, max(start, end - _LINE), end)
        if tail is None or tail.start() <= start:
            yield self._part("body", start, end)
            return
        yield self._part("body", start, tail.start("byline"))
        self._note_original(tail.start("byline"), end)
        yield self._part("byline", tail.start("byline"), end)

    def _part(self, kind: PartKind, start: int, end: int) -> Part:
        """A part without the blanks at its end."""
        return Part(kind, start, start + len(self.text[start:end].rstrip()))
