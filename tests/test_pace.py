"""What keeps the reading of a text fast, and that it reads the same for it."""

from __future__ import annotations

import time

import pytest

from thidua.assets import Assets
from thidua.extraction.chunks import LONGEST_SENTENCE, Chunk, sentences
from thidua.extraction.extract import extractor_of
from thidua.extraction.lexicon import Lexicon, flat
from thidua.extraction.phrases import Phrases

CLAUSE = "Chủ tịch UBND tỉnh Quảng Nam tặng Bằng khen cho 5 tập thể và 7 cá nhân, "


@pytest.fixture(scope="module")
def phrases() -> Phrases:
    return extractor_of(Lexicon.load(Assets())).phrases


def read(phrases: Phrases, text: str) -> list[Chunk]:
    text_flat = flat(text)
    return [chunk for start, end in sentences(text, text_flat, 0, len(text)) for chunk in phrases.read(text, text_flat, start, end)]


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("HÒA BÌNH", "hòa bình"),
        ("Hoà Bình, hoàn thành, quý, quỳnh, luỹ tre", "hòa bình, hoàn thành, quý, quỳnh, lũy tre"),
        ("bác sỹ và sỹ quan, sỹx", "bác sĩ và sĩ quan, sỹx"),
        ("“Dân vận khéo” – 2020—2025", '"dân vận khéo" - 2020-2025'),
        ("K’Bang\t\u00a0Đắk", "k'bang  đắk"),
        ("İ", "İ"),  # grows when lowered
    ],
)
def test_flat_keeps_every_letter_in_its_place(written: str, wanted: str) -> None:
    assert flat(written) == wanted
    assert len(flat(written)) == len(written)


def test_a_form_begins_with_a_word(phrases: Phrases) -> None:
    text = "Huyện triển khai năm 2020"
    assert [(text[c.start : c.end], "year" in c.tags) for c in read(phrases, text)][-1] == ("năm 2020", True)


def test_a_form_may_follow_a_word_without_a_blank(phrases: Phrases) -> None:
    text = "phong trào“Dân vận khéo”năm 2020"
    assert ["quote" in c.tags for c in read(phrases, text)].count(True) == 1


def test_too_long_a_sentence_is_parted_at_its_signs() -> None:
    text = "các hộ dân trồng cây gây rừng; " * 500 + "hết."
    found = sentences(text, flat(text), 0, len(text))
    assert len(found) > 3
    assert all(0 < end - start <= LONGEST_SENTENCE for start, end in found)
    assert all(text[end - 1] in ";." for _, end in found)
    assert "".join(text[start:end] for start, end in found).replace(" ", "") == text.replace(" ", "")


def test_a_run_without_blanks_is_parted_too() -> None:
    text = "a" * (2 * LONGEST_SENTENCE + 5)
    assert [end - start for start, end in sentences(text, text, 0, len(text))] == [LONGEST_SENTENCE, LONGEST_SENTENCE, 5]


def test_phrases_take_time_in_proportion_to_the_text(phrases: Phrases) -> None:
    def seconds(times: int) -> float:
        text = CLAUSE * times
        taken = []
        for _ in range(3):
            start = time.process_time()
            assert sum("awarding" in chunk.tags for chunk in read(phrases, text)) == times
            taken.append(time.process_time() - start)
        return min(taken)

    once = seconds(300)
    assert seconds(1200) < 8 * once  # 4 where time grows with the text, 16 where with its square
