"""The forms in which the data set, or a part of it, goes out; one module a form, each told in docs/exports.md.

A module of this package has a `FORMS`: its forms by name. `thidua.defaults.EXPORT_FORMS` says which module has which, so that
the command line knows the names without loading anything.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from pyoxigraph import Store

from thidua.assets import Assets
from thidua.defaults import EXPORT_FORMS
from thidua.selection import Selection

Loss = Literal["kept", "flattened", "left out"]
# What a form may carry or lose; docs/exports.md has a column for each. tests/losses.py has the facts by which it is measured.
FACETS: dict[str, str] = {
    "iris": "the IRI of each thing",
    "classes": "the classes a thing has, all of them",
    "graphs": "which source states a statement",
    "superseded": "what an earlier version of a source's graph stated",
    "derived": "statements that were derived",
    "vocabulary": "the ontology: terms, their definitions, concept schemes",
    "languages": "texts in each language, with its tag",
    "datatypes": "datatypes: a year is no date, a decimal no integer",
    "lexical": "numbers and dates as they were written",
    "texts": "quotes, line breaks and marks of writing direction within texts",
    "several": "several values of one property",
    "spans": "the place of the words: source, first and last character, hash",
    "inferences": "which value was inferred, from what, by which rule",
    "accounts": "several accounts of one event, and which counts",
    "uncounted": "a group without a count as such, and bounds of counts",
    "blank": "nodes without a name",
}
FACETS_VI: dict[str, str] = {
    "iris": "IRI của mỗi đối tượng",
    "classes": "mọi lớp của một đối tượng",
    "graphs": "nguồn nào nêu một mệnh đề",
    "superseded": "điều mà phiên bản cũ của đồ thị một nguồn đã nêu",
    "derived": "các mệnh đề suy ra",
    "vocabulary": "bộ thuật ngữ: định nghĩa, lược đồ khái niệm",
    "languages": "văn bản theo từng ngôn ngữ, kèm mã ngôn ngữ",
    "datatypes": "kiểu dữ liệu: năm không phải là ngày, số thập phân không phải là số nguyên",
    "lexical": "cách viết số và ngày như ban đầu",
    "texts": "dấu ngoặc kép, xuống dòng, dấu hướng viết trong văn bản",
    "several": "nhiều giá trị của một thuộc tính",
    "spans": "vị trí câu chữ: nguồn, ký tự đầu và cuối, mã băm",
    "inferences": "giá trị nào được suy luận, từ đâu, theo quy tắc nào",
    "accounts": "nhiều lời kể về một sự kiện, và lời kể nào được tính",
    "uncounted": "nhóm không có số lượng, và số lượng ước chừng",
    "blank": "nút không có tên",
}
# What becomes of facets that several forms flatten alike.
STATED_IN = ("graphs", "td:statedIn says it of each thing, not of each statement")
CANONICAL = ("lexical", "the store keeps the value: 1.50 is 1.5")


@dataclass(frozen=True)
class Dataset:
    """What is exported: the data, the part of them that is meant, and the folders that ontology, shapes and questions are in."""

    store: Store
    selection: Selection
    assets: Assets


@dataclass(frozen=True)
class Form:
    """One form: how it is written, and what of FACETS it flattens or leaves out (the others are kept).

    Args:
        name: as given to --format.
        suffix: of its file, as ".ttl"; empty where it is a folder.
        to_file: writes it into an open file, front to back; None where it is a folder.
        to_folder: writes it into an empty folder; None where it is a file.
        flattens: facets that are there, but not as they were, with half a sentence each on what becomes of them.
        leaves_out: facets that are not there.
        binary: not for a terminal.
        media_type: as registered with IANA; a form without one is not listed as a distribution.
    """

    name: str
    suffix: str
    to_file: Callable[[Dataset, BinaryIO], None] | None = None
    to_folder: Callable[[Dataset, Path], None] | None = None
    flattens: tuple[tuple[str, str], ...] = ()
    leaves_out: tuple[str, ...] = ()
    binary: bool = False
    media_type: str = ""

    def loss(self, facet: str) -> Loss:
        """What becomes of a facet."""
        return "flattened" if facet in dict(self.flattens) else "left out" if facet in self.leaves_out else "kept"


def form_of(name: str) -> Form:
    """The form of that name, one of EXPORT_FORMS."""
    forms: dict[str, Form] = importlib.import_module(f"thidua.exports.{EXPORT_FORMS[name]}").FORMS
    return forms[name]
