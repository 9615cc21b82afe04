"""Texts that nobody wrote for the extractor: never an exception but InputError, bounded in time and memory, nothing made up."""

from __future__ import annotations

import gc
import json
import random
import re
import resource
import time
import traceback
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest

from tests.extract_cases import SHEET_LISTS, articles, dev_texts, everything, faults, lexicon, load_cases, read, sheet_of
from tests.test_documents import in_legacy
from tests.text_damage import DAMAGES, damaged
from thidua.errors import InputError
from thidua.extraction.grammar import grammar
from thidua.extraction.sheet import Sheet
from thidua.limits import run_limited
from thidua.reading import MAX_TEXT
from thidua.text import nfc

SECONDS = 20  # wall clock, for one hostile text on a busy machine; an honest one takes some milliseconds
MEGABYTES = 1024  # that the memory may grow by
LEAST = 0.1  # seconds; what takes less says nothing of its growth
ATTEMPTS = 5
BYTES_A_SIGN = 400  # that the memory may grow by, for each character of a text
MUTANTS = 2000
JUMBLES = 2000

FIRST = "UBND huyện Tân Lâm tặng Giấy khen cho 7 tập thể có thành tích trong phong trào thi đua."
LAST = "Liên đoàn Lao động tỉnh Nam Định tặng Bằng khen cho 21 cá nhân có thành tích trong phong trào thi đua."
OLD = f"{FIRST}\n{LAST}".lower()
SHORT = "UBND xã Tân Lâm khen 7 hộ"
JOINTS = [
    *("ông", "bà", "UBND tỉnh", "tặng Bằng khen cho", "được", "và", ",", "(", ")", "“", "”", ".", ":", ";", "\n", "5", "12/5/2020"),
    *("năm 2021", "Lào Cai", "xã", "huyện", "tỉnh", "Giấy khen", "trao", "cho"),
]
CLAUSE = "Hội Nông dân huyện Tân Lâm tặng Giấy khen cho 7 chi hội và 19 hội viên"


def facts(sheet: Sheet) -> dict[str, int]:
    """How many facts of each kind a sheet has."""
    return {name: len(found) for name in SHEET_LISTS if (found := cast(dict[str, Any], sheet)[name])}


def counts(sheet: Sheet) -> list[tuple[str, str, int | None]]:
    """Award type, kind and count of all recipients."""
    return [(award["award"], group["kind"], group["count"]) for award in sheet["awards"] for group in award["recipients"]]


# what is no text, or none in Vietnamese


@pytest.mark.parametrize(
    ("data", "name", "key"),
    [
        (b"", "bai.txt", "empty-file"),
        (b" \n\t \r\n", "bai.txt", "empty-file"),
        ("\u200b\u00a0\ufeff".encode(), "bai.txt", "empty-file"),
        (b"%PDF-1.7 \xe2\xe3\xcf\xd3", "bai.txt", "text-is-binary"),
        (bytes(range(256)) * 20, "bai.txt", "not-utf8"),
        (b"\0" * 5000 + FIRST.encode(), "bai.txt", "text-is-binary"),
        (FIRST.encode("utf-16"), "bai.txt", "text-is-utf16"),
        (FIRST.encode() + b"\xff\xfe", "bai.txt", "not-utf8"),
        (FIRST.encode() * (50 * 2**20 // len(FIRST.encode())), "bai.txt", "file-too-large"),
        (b"<html><head><title>Khen</title></head></html>", "bai.html", "page-without-article"),
        (b"<html></html>", "bai.html", "page-without-article"),
        (f"<html><body><script>{FIRST}</script><style>{LAST}</style></body></html>".encode(), "bai.html", "page-without-article"),
        (in_legacy(OLD, "TCVN3 (ABC)"), "bai.txt", "text-is-legacy"),
        (in_legacy(OLD, "VNI-Windows"), "bai.txt", "text-is-legacy"),
        (in_legacy(OLD, "TCVN3 (ABC)").decode("cp1252", "ignore").encode(), "bai.txt", "text-is-legacy"),
        (in_legacy(OLD, "VNI-Windows").decode("cp1252", "ignore").encode(), "bai.txt", "text-is-legacy"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_one_line(data: bytes, name: str, key: str) -> None:
    assert len(data) > MAX_TEXT or key != "file-too-large"
    with pytest.raises(InputError) as raised:
        sheet_of(read(data, name))
    assert raised.value.key == key
    for lang in ("en", "vi"):
        assert name in raised.value.message(lang)
        assert "\n" not in raised.value.message(lang)


@pytest.mark.parametrize(
    ("words", "language"),
    [
        (
            "On Monday the People's Committee of Tân Lâm District presented certificates of merit to 7 collectives and 19 individuals "
            "for their outstanding results in the emulation movement, and the chairman of the province thanked them for their work.",
            "en",
        ),
        (
            "Lundi, le Comité populaire du district de Tân Lâm a remis des certificats de mérite à 7 collectifs et à 19 personnes pour "
            "leurs résultats dans le mouvement d'émulation, et le président de la province les a remerciés de leur travail.",
            "fr",
        ),
        ("UBND huyen Tan Lam tang Giay khen cho 7 tap the, 19 ca nhan co thanh tich xuat sac trong phong trao thi dua.", "vi-x-noaccent"),
        ("2031 12/7 7 19 100% 1.234,5 (3) 45/50 09-HD 12:30 2016 - 2020\n" * 50, "und"),
    ],
)
def test_what_is_not_vietnamese_is_told_and_states_nothing(words: str, language: str) -> None:
    document = read(words)
    assert document.language == language
    assert document.remarks
    assert facts(sheet_of(document)) == {}


def test_decomposed_letters_state_the_same() -> None:
    compared, stated = 0, 0
    for name, document in everything():
        decomposed = read(unicodedata.normalize("NFD", document.text), document.file)
        sheet = sheet_of(read(document.text, document.file))
        assert sheet_of(decomposed) == sheet, name
        compared += document.text != unicodedata.normalize("NFD", document.text)
        stated += sum(facts(sheet).values())
    assert compared >= len(load_cases("open"))
    assert stated > compared


# bounded in time and memory


def extraction(text: str, name: str = "bai.txt") -> tuple[float, float, Sheet, list[str]]:
    """CPU seconds and megabytes that reading and extraction took, the sheet and its faults: in a process that is stopped when it takes
    too long."""
    lexicon()
    sheet_of(read(FIRST))  # compiled before the clock starts

    def work() -> bytes:
        gc.freeze()  # what the tests before left in memory is none of this one's, and is not to be gone through again and again
        before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
        document = read(text, name)
        sheet = sheet_of(document)
        seconds = time.process_time() - begun
        megabytes = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        return json.dumps([seconds, megabytes, sheet, faults(sheet, document)]).encode()

    seconds, megabytes, sheet, found = json.loads(run_limited(work, SECONDS * max(1, len(text) / 1_000_000)))
    return seconds, megabytes, sheet, found


# What is repeated, how often (and twice as often), whether it states an award.
REPEATED: dict[str, tuple[str, int, bool]] = {
    "in many lines": (f"{SHORT}.\n", 10_000, True),
    "in one line": (f"{SHORT}. ", 10_000, True),
    "in one sentence": (f"{SHORT}; ", 2_000, True),
    "in many paragraphs": (f"{CLAUSE}.\n\n", 2_000, True),
    "with commas": (f"{CLAUSE}, ", 1_000, True),
    "without any sign": (f"{CLAUSE} ", 1_000, True),
    "receiving": ("3 tập thể được tặng Giấy khen ", 1_000, True),
    "several awards": ("trao Bằng khen, Giấy khen cho ông Lê Văn An, ", 1_000, True),
    "captions": ("Ảnh: Ông Lê Văn An, Chủ tịch UBND xã Tân Lâm, trao Giấy khen cho các tập thể.\n\n", 2_000, True),
    "movements": ("Hưởng ứng phong trào thi đua “Dân vận khéo”, ", 2_000, False),
    "plain prose": ("cán bộ và nhân dân trong xã đã cùng nhau làm đường. ", 5_000, False),
}


@pytest.mark.parametrize("repeated", REPEATED)
def test_twice_the_text_takes_twice_the_time(repeated: str) -> None:
    words, times, awards = REPEATED[repeated]
    least = [float("inf"), float("inf")]
    for _ in range(ATTEMPTS):  # a busy machine may disturb a measurement; what grows faster than its text does so every time
        once, twice = extraction(words * times), extraction(words * (2 * times))
        least = [min(least[0], once[0]), min(least[1], twice[0])]
        if least[1] / least[0] < 3:
            break
    assert once[3] == twice[3] == []
    assert twice[0] > LEAST
    assert least[1] / least[0] < 3, f"{least[0]:.2f} s, then {least[1]:.2f} s"
    # Not a ratio: what the process held before and no longer needs is used first, by both.
    assert twice[1] < 20 + len(words) * 2 * times * BYTES_A_SIGN / 1e6, f"{twice[1]:.0f} MB"
    assert bool(twice[2]["awards"]) is awards


def vocabulary() -> list[str]:
    """The words of the lexicon's files and of the open cases, in order."""

    def words(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        for one in value if isinstance(value, list) else value.values() if isinstance(value, dict) else ():
            yield from words(one)
        if isinstance(value, dict):
            yield from value

    found = [word for name in ("words", "bodies", "awards", "campaigns") for word in words(grammar(name))]
    found += [word for case in load_cases("open") for word in case.text.split()]
    return [word for word in found if len(word) < 40 and not re.search(r"[<>\\|(\[]", word)]


def test_words_in_any_order() -> None:
    """Words that the rules know, where no rule expects them."""
    chance, known, stated = random.Random(20), vocabulary(), 0
    assert len(known) > 5000
    spelt: list[Callable[[str], str]] = [str, str, str, str.capitalize, str.title, str.upper]
    for _ in range(JUMBLES):
        text = " ".join(
            chance.choice(spelt)(chance.choice(known)) if chance.random() > 0.12 else chance.choice(JOINTS)
            for _ in range(chance.randint(3, 120))
        )
        document = read(text)
        sheet = sheet_of(document)
        assert faults(sheet, document) == [], text
        stated += len(sheet["awards"]) + len(sheet["posts"])
    assert stated > 100


def test_clauses_that_are_told_again_and_again_are_not_other_awards() -> None:
    """However many sentences tell it."""
    for end in (". ", ".\n", ".\n\n"):
        assert len(sheet_of(read(f"{CLAUSE}{end}" * 200))["awards"]) == 1


@pytest.mark.parametrize("end", [". ", ".\n"], ids=["in one line", "in many lines"])
def test_a_hundred_thousand_clauses(end: str) -> None:
    seconds, megabytes, sheet, found = extraction((SHORT + end) * 100_000)
    assert found == []
    assert counts(sheet) == counts(sheet_of(read(SHORT))) != []
    assert seconds < 60
    assert megabytes < MEGABYTES


# What makes patterns go back and forth, in sizes at which that takes for ever: in a sentence, between two honest paragraphs.
RUNS: dict[str, str] = {
    "a sentence of 50,000 words": "cán bộ và nhân dân trong xã đã cùng nhau làm " * 5_000,
    "a sentence of 50,000 words about awards": "được tặng Bằng khen Giấy khen của cho và " * 5_555,
    "opening quotation marks": "“" * 1_000_000,
    "closing quotation marks": "”" * 200_000,
    "straight quotation marks": '"' * 200_000,
    "quotations that do not end": "phong trào “Dân vận khéo " * 20_000,
    "opening brackets": "(" * 1_000_000,
    "closing brackets": ")" * 200_000,
    "brackets in brackets": "(" * 100_000 + ")" * 100_000,
    "dots": "." * 1_000_000,
    "dots with blanks": ". " * 100_000,
    "commas": "," * 200_000,
    "digits": "1" * 200_000,
    "numbers": "1 " * 100_000,
    "thousands": "1.234." * 100_000,
    "numbers of many digits": f"{'9' * 400} tập thể " * 1_000,
    "fractions": "1/2/" * 50_000,
    "hyphens": "-" * 200_000,
    "dashes": " – " * 50_000,
    "blanks": " " * 200_000,
    "no-break blanks": "\u00a0" * 200_000,
    "tabs": "\t" * 200_000,
    "empty lines": "\n" * 200_000,
    "năm": "năm " * 50_000,
    "hơn": "hơn " * 50_000,
    "tặng": "tặng " * 50_000,
    "được": "được " * 50_000,
    "trong đó": "trong đó có 3 tập thể, " * 20_000,
    "capitals": "ĐỒNG " * 50_000,
    "one word in capitals": "ĐỒNG" * 50_000,
    "Nguyễn": "Nguyễn " * 50_000,
    "names": "Nguyễn Văn An, " * 30_000,
    "posts": "Ông Lê Văn An, Chủ tịch UBND tỉnh, " * 10_000,
    "places": "huyện Tân Lâm, tỉnh Nam Định " * 10_000,
    "huyện": "huyện " * 50_000,
    "Hội": "Hội " * 50_000,
    "delegations": "thừa ủy quyền Chủ tịch nước, " * 10_000,
    "decisions": "theo Quyết định số 12/QĐ-UBND ngày 1/2/2031 " * 10_000,
    "periods": "giai đoạn 2016 - 2020 " * 20_000,
    "bidirectional marks": "\u202e\u200b" * 200_000,
    "emoji": "😀" * 200_000,
}


@pytest.mark.parametrize("run", RUNS)
def test_runs(run: str) -> None:
    text = f"Khen thưởng\n\n{FIRST}\n\nỦy ban nhân dân huyện Tân Lâm họp {RUNS[run]} tại hội trường của huyện.\n\n{LAST}\n"
    seconds, megabytes, sheet, found = extraction(text)
    assert found == []
    assert {("Giấy khen", "collective", 7), ("Bằng khen", "individual", 21)} <= set(counts(sheet)), "the honest paragraphs are read"
    assert seconds < SECONDS
    assert megabytes < MEGABYTES


def test_marks_upon_marks() -> None:
    """A letter with 400,000 marks is refused in time, or read: to put such marks in order takes a time that grows as its square."""
    marks = "\u0301\u0323" * 200_000
    text = f"{FIRST}\n\na{marks}\n\n{LAST}\n"
    try:
        seconds, _, sheet, found = extraction(text)
    except InputError as error:
        assert "bai.txt" in str(error)
        return
    assert found == []
    assert len(counts(sheet)) == 2
    assert seconds < SECONDS


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 100_000,
        "<p>" * 100_000,
        "<b><i>" * 50_000,
        "</div>" * 100_000,
        "<table><tr><td>" * 20_000,
        "<p " + "a=b " * 100_000 + ">",
        f"<p title='{'x' * 500_000}'>",
        "<p title='" + "&amp;&lt;&#x110;&#55296;&#1114112;" * 20_000 + "'>",
        "<script>" + "UBND huyện Tân Lâm tặng Giấy khen cho 99 tập thể. " * 1_000 + "</script>",
        "<script type='application/ld+json'>" + "[" * 100_000 + "</script>",
        "<img src='http://127.0.0.1:9/x' onerror='x'><iframe src='file:///etc/passwd'></iframe><link rel=stylesheet href=//x>",
        "<![CDATA[" * 20_000,
    ],
    ids=lambda markup: str(markup)[:12],
)
def test_hostile_pages(markup: str) -> None:
    """The article's facts are read and no others, or the page is refused for its number of tags."""
    page = f"<html><body><article><h1>Khen thưởng</h1><p>{FIRST}</p><p>{LAST}</p></article>{markup}</body></html>"
    try:
        _, megabytes, sheet, found = extraction(page, "bai.html")
    except InputError as error:
        assert error.key == "page-too-many-tags"
        return
    assert found == []
    assert sorted(counts(sheet)) == [("Bằng khen", "individual", 21), ("Giấy khen", "collective", 7)]
    assert megabytes < MEGABYTES


# damaged texts


def kinds_of(found: list[str]) -> Iterator[str]:
    """Faults without their numbers and values: what is wrong, not where."""
    for one in found:
        pointer, _, said = one.partition(": ")
        said = re.sub(r"[“\"].*|print: .*|\[.*?\]", "…", said)
        yield f"{re.sub('[0-9]+', 'N', pointer)}: {said}"


def told(error: Exception) -> str:
    """An exception and where it was raised."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {where.name}: {error}"[:120]


def test_damaged_texts() -> None:
    """Whatever is done to a text, it is refused, or read and borne out."""
    there = [nfc(path.read_text("utf-8")) for path in (*articles(), *dev_texts())]
    made_up = [case.text for half in ("open", "held") for case in load_cases(half)]
    assert len(made_up) >= 427
    wrong: dict[str, list[str]] = {}
    used: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    slowest, begun = 0.0, time.process_time()
    for number in range(MUTANTS):
        text, damages = damaged(number, there if there and number % 2 else made_up)
        used.update(damages)
        started = time.process_time()
        try:
            document = read(text)
            sheet = sheet_of(document)
            seen.update(facts(sheet), sheets=1)
            kinds = set(kinds_of(faults(sheet, document)))
        except InputError:
            seen["refused"] += 1
            continue
        except Exception as error:  # all of them are wanted, each with its text's number, before the test fails
            kinds = {told(error)}
        slowest = max(slowest, time.process_time() - started)
        for kind in kinds:
            wrong.setdefault(kind, []).append(f"{number} ({', '.join(damages)})")
    assert set(used) == {damage.__name__ for damage in DAMAGES}
    assert min(used.values()) > MUTANTS / 20
    assert seen["sheets"] > 0.8 * MUTANTS
    assert seen["refused"] > 0
    assert seen["awards"] > MUTANTS / 2
    worst = sorted(wrong.items(), key=lambda item: (-len(item[1]), item[0]))
    assert not wrong, f"{len(wrong)} kinds\n" + "\n".join(f"{len(where)} × {kind}, first in text {where[0]}" for kind, where in worst)
    assert slowest < 1
    assert time.process_time() - begun < 40
