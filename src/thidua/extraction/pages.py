"""From a file's bytes to a document: decoded, told what language it is in, and divided into its parts."""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import Path

from thidua.errors import InputError
from thidua.extraction.decoding import decode, refuse_misread
from thidua.extraction.document import Document
from thidua.extraction.language import NO_ACCENTS, language_of
from thidua.extraction.outlets import host_of, outlet_name
from thidua.extraction.paragraphs import paragraphs_of
from thidua.extraction.passages import divide
from thidua.extraction.webpage import read_page
from thidua.text import sha256

_PAGE_NAMES = (".html", ".htm", ".xhtml")
_PAGE = re.compile(
    rb"\s*(?:<\?xml\b[^>]*>\s*)?<(?:!--|(?:!doctype\s+html|html|head|body|article|main|section|div|p|h1|title|meta)\b)", re.IGNORECASE
)
_ID = re.compile(r"(?!\s)[^\x00-\x1f\x7f-\x9f\u2028\u2029/\\]{1,200}(?<!\s)")  # what a sheet may be called
_UNSEEN = re.compile("[\\s\u200b-\u200f\u2060\ufeff\u00ad\0]*")

Remark = tuple[str, tuple[tuple[str, str], ...]]


def read_document(
    data: bytes,
    name: str,
    *,
    title: str | None = None,
    published: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    html: bool | None = None,
) -> Document:
    """The document in the bytes of a plain text or a web page.

    What is given of the publication counts first, then what a page says in its head, then what is printed.

    Args:
        name: the file's, without its folder; "-" for standard input.
        published: as 2024-10-06, 2024-10 or 2024.
        html: whether it is a web page; None to tell by name and content.

    Raises:
        InputError: nothing can be read: empty, too large, binary, another encoding, a page without an article.
    """
    text = decode(data, name)
    remarks: list[Remark] = []
    if data.startswith(codecs.BOM_UTF8):
        remarks.append(_remark("byte-order-mark", name))
    if not unicodedata.is_normalized("NFC", data.decode("utf-8")):
        remarks.append(_remark("composed", name))
    if html if html is not None else _is_page(data, name):
        page = read_page(text, name)
        text, division = page.text, page.division
        title, published, url = title or page.title, published or page.published, url or page.url
        publisher = publisher or page.publisher
        if page.unread_data:
            remarks.append(_remark("page-data", name))
    else:
        division = divide(text, paragraphs_of(text), title=title)
    if _UNSEEN.fullmatch(text):
        raise InputError("empty-file", path=name)
    language = language_of(text)
    if language != "vi":
        refuse_misread(text, name)
        remarks.append(_remark("no-accents", name) if language == NO_ACCENTS else _remark("language", name, language=language))
    digest = sha256(text)
    return Document(
        id=Path(name).stem if name != "-" and _ID.fullmatch(Path(name).stem) else digest[:16],
        file=name,
        text=text,
        sha256=digest,
        parts=division.parts,
        title=title or division.title,
        published=published or division.published,
        publisher=publisher or outlet_name(division.sign, url),
        url=url,
        republished_from=division.republished_from if division.republished_from != host_of(url) else None,
        language=language,
        remarks=tuple(remarks),
    )


def _is_page(data: bytes, name: str) -> bool:
    return name.lower().endswith(_PAGE_NAMES) or _PAGE.match(data.removeprefix(codecs.BOM_UTF8)[:2000]) is not None


def _remark(key: str, name: str, **values: str) -> Remark:
    return f"remark-{key}", (("path", name), *values.items())
