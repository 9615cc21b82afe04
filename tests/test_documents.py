"""Reading a press text: its bytes, its language, its parts, its outlet; plain texts and web pages, also hostile ones.

Places and people are made up, but for the names of provinces and of outlets.
"""

from __future__ import annotations

import json
import re
import time
import unicodedata
from pathlib import Path

import pytest

from tests.conftest import SHARED
from thidua.errors import InputError
from thidua.extraction.decoding import _table
from thidua.extraction.document import Document
from thidua.extraction.language import NO_ACCENTS
from thidua.extraction.outlets import host_of, outlet_place
from thidua.extraction.pages import read_document
from thidua.messages import CATALOGUE, text
from thidua.reading import MAX_TEXT, read_text
from thidua.text import fold, sha256

FIRST = "Sáng 12/7, Ủy ban nhân dân huyện Tân Lâm tổng kết phong trào thi đua “Chung sức dựng làng” giai đoạn 2031 - 2035."
SECOND = "Nhân dịp này, Chủ tịch UBND huyện tặng Giấy khen cho 7 tập thể và 19 cá nhân có thành tích xuất sắc trong phong trào thi đua."
THIRD = "Phong trào đã góp phần nâng cao đời sống của nhân dân trên địa bàn toàn huyện, nhiều tuyến đường được mở rộng và bê tông hóa."
TITLE = "Tân Lâm khen thưởng 26 điển hình"
ARTICLE = "\n\n".join((TITLE, FIRST, SECOND, THIRD))
PAGE = "".join(f"<p>{one}</p>" for one in (FIRST, SECOND, THIRD))
PROVINCES = [
    "Tỉnh Quảng Nam", "Tỉnh Quảng Ninh", "Tỉnh Quảng Bình", "Tỉnh Thừa Thiên Huế", "Thành phố Huế", "Tỉnh Bà Rịa - Vũng Tàu",
    "Tỉnh Gia Lai", "Tỉnh Lào Cai", "Thành phố Hồ Chí Minh",
    "Thành phố Hà Nội", "Tỉnh Bình Dương", "Tỉnh Đắk Nông", "Tỉnh Hà Nam", "Tỉnh Tiền Giang",
]  # fmt: skip


def read(words: str | bytes, name: str = "bai.txt", **about: str) -> Document:
    return read_document(words.encode() if isinstance(words, str) else words, name, **about)  # type: ignore[arg-type]


def parts(document: Document) -> list[tuple[str, str]]:
    """Kind and words of each part, once it is certain that parts are in order and leave out nothing but blanks."""
    end = 0
    for part in document.parts:
        assert end <= part.start < part.end <= len(document.text)
        assert not document.text[end : part.start].strip()
        end = part.end
    assert not document.text[end:].strip()
    return [(part.kind, document.text[part.start : part.end]) for part in document.parts]


def fails(data: bytes, key: str, name: str = "bai.txt") -> InputError:
    with pytest.raises(InputError) as raised:
        read_document(data, name)
    assert raised.value.key == key
    assert "\n" not in str(raised.value)
    assert name in str(raised.value)
    return raised.value


def keys(document: Document) -> list[str]:
    """The remarks' keys, once it is certain that each can be put into words."""
    for key, values in document.remarks:
        assert document.file in text(key, "vi", **dict(values))
    return [key for key, _ in document.remarks]


# bytes


def test_the_text_is_the_one_that_spans_are_verified_against(tmp_path: Path) -> None:
    forms = {
        "plain": ARTICLE.encode(),
        "windows line ends": ARTICLE.replace("\n", "\r\n").encode(),
        "byte order mark": b"\xef\xbb\xbf" + ARTICLE.encode(),
        "decomposed": unicodedata.normalize("NFD", ARTICLE).encode(),
        "no-break blanks": ARTICLE.replace(" 7 ", "\u00a07\u200b ").encode(),
    }
    for form, data in forms.items():
        path = tmp_path / "bai.txt"
        path.write_bytes(data)
        document = read_document(data, path.name)
        assert document.text == read_text(path), form
        assert document.sha256 == sha256(read_text(path)), form
        assert [kind for kind, _ in parts(document)] == ["title", "body", "body", "body"], form


def test_what_was_done_to_the_bytes_is_told() -> None:
    assert keys(read(ARTICLE)) == []
    assert keys(read(b"\xef\xbb\xbf" + ARTICLE.encode())) == ["remark-byte-order-mark"]
    assert keys(read(unicodedata.normalize("NFD", ARTICLE))) == ["remark-composed"]


def test_ids_and_what_the_caller_knows() -> None:
    document = read(ARTICLE, "-", title="Khác", published="2031-07", publisher="Báo X", url="https://e.vn/a")
    assert document.id == document.sha256[:16]
    assert (document.title, document.published, document.publisher, document.url) == ("Khác", "2031-07", "Báo X", "https://e.vn/a")
    assert read(ARTICLE, "012_bai.txt").id == "012_bai"
    assert read(ARTICLE).title == TITLE


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "empty-file"),
        (b" \n\t\n", "empty-file"),
        ("\u200b\ufeff\u00a0".encode(), "empty-file"),
        (b"%PDF-1.7 \xe2\xe3", "text-is-binary"),
        (b"PK\x03\x04" + b"\0" * 40, "text-is-binary"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 40, "text-is-binary"),
        (bytes(range(256)) * 20, "not-utf8"),
        (b"\0" * 100 + b"abc" * 10, "text-is-binary"),
        (ARTICLE.encode("utf-16"), "text-is-utf16"),
        (ARTICLE.encode("utf-16-le"), "text-is-utf16"),
        (ARTICLE.encode("utf-16-be"), "text-is-utf16"),
        (ARTICLE.encode()[:-1] + b"\xff", "not-utf8"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, key: str) -> None:
    fails(data, key)


def test_a_text_of_50_megabytes_is_refused_at_once() -> None:
    data = FIRST.encode() * (50 * 2**20 // len(FIRST.encode()))
    begin = time.process_time()
    assert str(MAX_TEXT) in str(fails(data, "file-too-large"))
    assert time.process_time() - begin < 0.5


def in_legacy(words: str, encoding: str) -> bytes:
    """`words`, small letters all, in an encoding from before Unicode."""
    if encoding == "windows-1258":
        return b"".join(_in_1258(letter) for letter in words)
    written = {letter: code for code, letter in _table(encoding)[1].items()}
    return "".join(written.get(letter, letter) for letter in words).encode("latin-1")


def _in_1258(letter: str) -> bytes:
    base, *marks = list(unicodedata.normalize("NFD", letter))
    kept = "".join(mark for mark in marks if mark in "\u0302\u0306\u031b")
    rest = "".join(mark for mark in marks if mark not in kept)
    return (unicodedata.normalize("NFC", base + kept) + rest).encode("cp1258")


LEGACY = ("TCVN3 (ABC)", "VNI-Windows", "VPS", "VISCII", "windows-1258")
OLD = (FIRST + "\n" + SECOND).lower().replace("“", '"').replace("”", '"')


@pytest.mark.parametrize("encoding", LEGACY)
def test_old_encodings_are_named(encoding: str) -> None:
    data = in_legacy(OLD, encoding)
    error = fails(data, "text-is-legacy")
    assert error.arguments["encoding"] == encoding
    assert "UTF-8" in str(error)
    assert fails(b"<html><body><p>" + data, "text-is-legacy", "bai.html").arguments["encoding"] == encoding


@pytest.mark.parametrize("encoding", LEGACY)
def test_old_encodings_that_were_read_as_latin_letters_are_named(encoding: str) -> None:
    """The bytes were taken for windows-1252, or latin-1, and saved as UTF-8: valid, and not a word of it Vietnamese."""
    for codec in ("cp1252", "latin-1"):
        misread = in_legacy(OLD, encoding).decode(codec, "ignore")
        assert fails(misread.encode(), "text-is-legacy").arguments["encoding"] == encoding


def test_tables_of_old_encodings_are_whole() -> None:
    for encoding in LEGACY[:4]:
        letters = _table(encoding)[1]
        assert len({letter for letter in letters.values() if letter.islower()}) == 67, encoding
    assert fails("Uû ban nh©n d©n tØnh tÆng B»ng khen".encode(), "text-is-legacy").arguments["encoding"] == "TCVN3 (ABC)"
    assert fails("Uyû ban nhaân daân tænh taëng Baèng khen".encode(), "text-is-legacy").arguments["encoding"] == "VNI-Windows"
    twice = OLD.encode().decode("cp1252", "ignore")
    assert "windows-1252" in str(fails(twice.encode(), "text-is-legacy"))


# language


@pytest.mark.parametrize(
    "words",
    [
        "UBND xã khen 2 cá nhân",
        "UBND huyện Tân Lâm tặng Giấy khen cho 7 tập thể.",
        "CHỦ TỊCH NƯỚC TẶNG THƯỞNG HUÂN CHƯƠNG LAO ĐỘNG HẠNG BA",
        "Bằng khen",
        "Năm 2031, COVID-19 và Workshop Smart City: UBND thành phố khen 12 tập thể, 30 cá nhân của Microsoft, Intel và Samsung.",
        ARTICLE,
    ],
)
def test_vietnamese(words: str) -> None:
    assert (read(words).language, keys(read(words))) == ("vi", [])


@pytest.mark.parametrize(
    ("words", "language"),
    [
        (
            "The Chairman of Tân Lâm District People's Committee presented certificates of merit to Lê Văn An and Trần Thị Bình in 2031.",
            "en",
        ),
        ("Le président a remis les médailles aux élèves de l'école après une cérémonie dans la cour de la mairie.", "fr"),
        ("区人民委员会向七个集体颁发了奖状。", "zh"),
        ("ປະທານປະເທດ ມອບຫຼຽນໄຊໃຫ້ແກ່ບຸກຄົນ", "lo"),
        ("12 34 56,7 2031 - 2035", "und"),
        ("Zpráva o činnosti: předseda předal ocenění třem žákům školy.", "und"),
    ],
)
def test_other_languages_are_told_and_yield_no_facts(words: str, language: str) -> None:
    document = read(words)
    assert (document.language, keys(document)) == (language, ["remark-language"])
    assert parts(document)


def test_vietnamese_without_accents_is_told() -> None:
    document = read("Chu tich UBND huyen Tan Lam tang Giay khen cho 7 tap the, 19 ca nhan co thanh tich xuat sac trong phong trao thi dua.")
    assert (document.language, keys(document)) == (NO_ACCENTS, ["remark-no-accents"])
    assert read("The man ran to the hot pan and then sat on a mat in the sun, as they can do in the hut.").language == "en"


# parts


def kinds(*lines: str) -> list[tuple[str, str]]:
    """The parts of an article between whose paragraphs `lines` stand."""
    whole = parts(read("\n\n".join((TITLE, FIRST, *lines, SECOND, THIRD))))
    assert whole[:2] == [("title", TITLE), ("body", FIRST)]
    assert whole[-2:] == [("body", SECOND), ("body", THIRD)]
    return whole[2:-2]


@pytest.mark.parametrize(
    "line",
    [
        "Quang cảnh Hội nghị.",
        "Các đại biểu dự hội nghị.",
        "Đồng chí Lê Văn An, Phó Bí thư Huyện ủy trao Giấy khen cho các tập thể.",
        "Chủ tịch UBND huyện Lê Văn An trao Cờ thi đua của UBND tỉnh\ncho các đơn vị dẫn đầu",
        "Thừa ủy quyền Chủ tịch UBND tỉnh, ông Lê Văn An trao Bằng khen cho bà Trần Thị Bình",
        "Lãnh đạo huyện chụp ảnh lưu niệm với các gương điển hình.",
        "Trao quà cho các hộ nghèo",
        "anh-12-7.jpeg\nLãnh đạo huyện tại buổi lễ. (Ảnh: Minh Hưng)",
        "Lãnh đạo huyện Tân Lâm và các gương điển hình tiên tiến. Ảnh: MINH HƯNG",
        "Một góc làng Thượng hôm nay. Ảnh: CTV",
        "Trong ảnh: Các hộ dân thôn Thượng hiến đất mở đường.",
        "(Ảnh: Đoàn viên thanh niên làm đường)",
    ],
)
def test_captions(line: str) -> None:
    assert kinds(line) == [("caption", line)]


@pytest.mark.parametrize(
    "lines",
    [
        ("Thừa ủy quyền Ban Dân vận Trung ương, đồng chí Lê Văn An – Phó Bí thư Huyện ủy", "Trao kỷ niệm chương cho các cá nhân."),
        ("Ông Trần Văn Bình trao Giấy khen cho các cá nhân có thành tích trong cuộc thi", "viết về gương người tốt năm 2031."),
    ],
)
def test_captions_broken_over_paragraphs(lines: tuple[str, str]) -> None:
    assert kinds(*lines) == [("caption", "\n\n".join(lines))]


@pytest.mark.parametrize(
    "line",
    [
        "Tại hội nghị, đồng chí Lê Văn An đã trao Giấy khen cho 5 tập thể.",
        "Chủ tịch UBND huyện đã trao Giấy khen cho 5 tập thể.",
        "UBND huyện tặng Giấy khen cho 5 tập thể, 7 cá nhân.",
        "Phát biểu tại hội nghị, đồng chí Lê Văn An ghi nhận kết quả.",
        "Ông Lê Văn An được trao Bằng khen của Thủ tướng Chính phủ.",
        "- Tập thể: Công an huyện, Hội Nông dân huyện",
        "5 tập thể nhận Bằng khen",
        "Trao đổi với phóng viên, ông Lê Văn An cho biết sẽ nhân rộng mô hình.",
    ],
)
def test_short_paragraphs_that_tell_the_story_stay_in_the_body(line: str) -> None:
    assert kinds(line) == [("body", line)]


def test_headings() -> None:
    assert kinds("Nhiều cách làm hay") == [("heading", "Nhiều cách làm hay")]
    assert kinds("Khen 5 tập thể") == [("body", "Khen 5 tập thể")], "what tells a deed is no heading"


def test_pictures_inside_a_paragraph() -> None:
    """The words of pictures after the last sentence: to the end of the paragraph, each picture by itself."""
    words = f"{SECOND} Ảnh: Đại tá Lê Văn An trao cờ cho xã Thượng; các xã nhận thưởng. Ảnh: phường Hạ vinh danh 5 hộ."
    assert parts(read(words)) == [
        ("body", SECOND),
        ("caption", "Ảnh: Đại tá Lê Văn An trao cờ cho xã Thượng; các xã nhận thưởng."),
        ("caption", "Ảnh: phường Hạ vinh danh 5 hộ."),
    ]
    assert parts(read(f"{SECOND} Ảnh: Minh Hưng")) == [("body", SECOND), ("byline", "Ảnh: Minh Hưng")], "a mere credit"
    assert parts(read(f"{SECOND} (Ảnh: bà con thôn Thượng) {THIRD}")) == [
        ("body", SECOND),
        ("caption", "(Ảnh: bà con thôn Thượng)"),
        ("body", THIRD),
    ]
    assert parts(read("Cuộc thi ảnh: Sắc màu quê hương trao 5 giải cho các tác giả.")) == [
        ("body", "Cuộc thi ảnh: Sắc màu quê hương trao 5 giải cho các tác giả.")
    ]


@pytest.mark.parametrize(
    ("line", "published", "publisher"),
    [
        ("(QNO) - ", None, "Báo Quảng Nam"),
        ("(BDO) ", None, "Báo Bình Dương"),
        ("BTO - ", None, "Báo Bình Thuận"),
        ("CTTĐT - ", None, None),
        ("(baohatan.vn) – ", None, None),
        ("Hà Nội (TTXVN 12/7) - ", None, None),
        ("06/10/2031 - ", "2031-10-06", None),
        ("(QNO) - 12.7.2031 - ", "2031-07-12", "Báo Quảng Nam"),
    ],
)
def test_datelines_before_the_first_sentence(line: str, published: str | None, publisher: str | None) -> None:
    document = read(f"{TITLE}\n\n{line}{FIRST}\n\n{SECOND}")
    found = parts(document)
    assert next(kind for kind, _ in found) == "title"
    assert found[-2:] == [("body", FIRST), ("body", SECOND)]
    assert {kind for kind, _ in found[1:-2]} == {"dateline"}
    assert (document.published, document.publisher) == (published, publisher)


@pytest.mark.parametrize(
    "opening",
    [
        "Ông Lê Văn An (sinh năm 1980) - Bí thư chi bộ thôn Thượng, ",
        "HĐND - UBND huyện ",
        "MTTQ - các đoàn thể ",
        "31/2/2031 là ngày sai, ",
    ],
)
def test_openings_that_are_no_dateline(opening: str) -> None:
    document = read(f"{opening}{FIRST}")
    assert parts(document) == [("body", f"{opening}{FIRST}")]
    assert document.published is None


@pytest.mark.parametrize(
    ("stamp", "published"),
    [
        ("11:12 22/12/2031 | Lượt xem : 3803", "2031-12-22"),
        ("Thứ Hai, 22/12/2031, 11:12 (GMT+7)", "2031-12-22"),
        ("Ngày đăng: 22-12-2031", "2031-12-22"),
        ("Cập nhật lúc 08 giờ 30, ngày 5 tháng 3 năm 2031", "2031-03-05"),
        ("Thứ Hai, 22/12/2031", None),
    ],
)
def test_time_stamps(stamp: str, published: str | None) -> None:
    """A day is the article's own where the line also says when or how often it was read; it may be the visitor's day otherwise."""
    document = read("\n\n".join((TITLE, stamp, FIRST, SECOND)))
    assert parts(document)[:3] == [("title", TITLE), ("dateline", stamp), ("body", FIRST)]
    assert document.published == published


def test_the_page_s_clock_is_not_the_day_of_publication() -> None:
    document = read("\n\n".join(("Thứ Sáu, 13/03/2032 08:15", TITLE, FIRST, SECOND)))
    assert [kind for kind, _ in parts(document)] == ["dateline", "title", "body", "body"]
    assert document.published is None


@pytest.mark.parametrize(
    "line",
    [
        "Tin, ảnh:  Minh Hưng",
        "Bài và ảnh: Lê Thu",
        "Minh Hưng",
        "MINH HƯNG - THU HÀ",
        "Lê Thu (CTV)",
        "(Theo Báo Hà Tân)",
        "Nguồn: Báo Hà Tân",
        "PV",
    ],
)
def test_bylines(line: str) -> None:
    assert parts(read(f"{ARTICLE}\n\n{line}"))[-2:] == [("body", THIRD), ("byline", line)]


def test_bylines_in_the_last_paragraph() -> None:
    assert parts(read(f"{ARTICLE} (Theo hatan.gov.vn)"))[-2:] == [("body", THIRD), ("byline", "(Theo hatan.gov.vn)")]
    assert read(f"{ARTICLE} (Theo hatan.gov.vn)").republished_from == "hatan.gov.vn"
    assert parts(read(f"{ARTICLE}/.Minh Hưng"))[-2:] == [("body", f"{THIRD}/."), ("byline", "Minh Hưng")]


@pytest.mark.parametrize(
    ("line", "host"),
    [
        ("Nguồn:\u00a0http://hatan.edu.vn", "hatan.edu.vn"),
        ("Theo: https://www.baohatan.vn/", "baohatan.vn"),
        ("Nguồn: baohatan.com.vn", "baohatan.com.vn"),
        ("Nguồn: Báo Hà Tân", None),
        ("Tin: minhhung@hatan.vn", None),
    ],
)
def test_republished_from(line: str, host: str | None) -> None:
    assert read(f"{ARTICLE}\n\n{line}").republished_from == host


def test_other_news_and_the_foot_of_the_page() -> None:
    other = "UBND huyện Hà Vân tặng Giấy khen cho 9 tập thể có thành tích xuất sắc trong năm."
    foot = ("Trả lời", "Email của bạn sẽ không được hiển thị công khai.", other)
    found = parts(read("\n\n".join((ARTICLE, "TIN LIÊN QUAN:", "Hà Vân khen 9 tập thể", other, *foot))))
    assert [kind for kind, _ in found] == ["title", "body", "body", "body", "related", "related", "related", "footer", "footer", "footer"]


@pytest.mark.parametrize(
    "heading",
    [
        "Có thể bạn quan tâm",
        "Tin cùng chuyên mục",
        "Đọc thêm",
        "Các tin khác",
        "Bài viết liên quan:",
        "CÙNG CHUYÊN MỤC",
        "Những tin cũ hơn",
    ],
)
def test_headings_of_other_news(heading: str) -> None:
    assert [kind for kind, _ in parts(read(f"{ARTICLE}\n{heading}\n{SECOND}"))][-2:] == ["related", "related"]


def test_lines_of_the_page_within_the_article() -> None:
    assert kinds("Xem thêm: Hà Vân khen 9 tập thể") == [("related", "Xem thêm: Hà Vân khen 9 tập thể")]
    assert kinds("Từ khóa: thi đua, khen thưởng") == [("footer", "Từ khóa: thi đua, khen thưởng")]
    related_first = read(f"Tin liên quan\n\n{ARTICLE}")
    assert [kind for kind, _ in parts(related_first)] == ["related", "title", "body", "body", "body"], "the article is still to come"


def test_titles() -> None:
    assert read(f"{TITLE}\n{FIRST}\n{SECOND}").title == TITLE
    assert parts(read(f"{TITLE.upper()}.\n\n{FIRST}"))[0] == ("title", f"{TITLE.upper()}."), "all capitals"
    assert parts(read(f"HUYỆN TÂN LÂM TỔ CHỨC HỘI NGHỊ BIỂU DƯƠNG\nCÁC GƯƠNG ĐIỂN HÌNH TIÊN TIẾN\n{FIRST}"))[0][0] == "title"
    assert parts(read(f"Chính trị\n\n{TITLE}\n\n{FIRST}"))[:2] == [("footer", "Chính trị"), ("title", TITLE)]
    assert parts(read("UBND huyện tặng Giấy khen cho 7 tập thể")) == [("body", "UBND huyện tặng Giấy khen cho 7 tập thể")]
    sentence = "UBND huyện khen 7 tập thể."
    assert parts(read(f"{sentence}\n\n{SECOND}"))[0] == ("body", sentence)
    assert parts(read(f"{sentence}\n\n{SECOND}", title=sentence))[0] == ("title", sentence), "known from elsewhere"


def test_lines_of_a_fixed_width_are_one_paragraph() -> None:
    words = f"{FIRST} {SECOND} {THIRD}"
    wrapped = re.sub(r"(.{60,75})\s", r"\1\n", words)
    assert wrapped.count("\n") > 3
    assert [kind for kind, _ in parts(read(wrapped))] == ["body"]


def test_reading_is_fast_and_grows_with_the_text_only() -> None:
    words = "\n\n".join([TITLE, *[FIRST, SECOND, THIRD] * 10]).encode()
    assert 4000 < len(words) < 6000
    read(words)
    times = []
    for _ in range(30):
        begin = time.process_time()
        read(words)
        times.append(time.process_time() - begin)
    assert min(times) < 0.005, "wanted: 1 ms; left some room for a busy machine"
    for hostile in (
        "Ảnh: x. " * 100_000,
        "Ảnh: " + "(" * 300_000,
        " \n" * 300_000 + "x",
        "A" * 10**6,
        "Lê Văn " * 100_000,
        "- \n" * 200_000,
    ):
        begin = time.process_time()
        parts(read(hostile + FIRST))
        assert time.process_time() - begin < 10, hostile[:20]


# outlets


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://baoquangnam.vn/a/b.html", "Tỉnh Quảng Nam"),
        ("http://m.baobinhduong.vn/a", "Tỉnh Bình Dương"),
        ("http://baodaknong.org.vn/a", "Tỉnh Đắk Nông"),
        ("https://baobariavungtau.com.vn/a", "Tỉnh Bà Rịa - Vũng Tàu"),
        ("https://gialaitv.vn/?p=1", "Tỉnh Gia Lai"),
        ("https://thidua.laocai.gov.vn/a", "Tỉnh Lào Cai"),
        ("https://btctu.laocai.dcs.vn/a", "Tỉnh Lào Cai"),
        ("laocai.edu.vn", "Tỉnh Lào Cai"),
        ("https://cms.quangnam.vn/web/x", "Tỉnh Quảng Nam"),
        ("https://baothuathienhue.vn/a", "Tỉnh Thừa Thiên Huế"),
        ("https://hue.gov.vn/a", "Thành phố Huế"),
        ("https://tphcm.gov.vn/a", "Thành phố Hồ Chí Minh"),
        ("https://hanoimoi.vn/a", "Thành phố Hà Nội"),
        ("https://quangninh.quangbinh.gov.vn/a", "Tỉnh Quảng Bình"),
        ("https://quangninh.thuevu.gov.vn/a", "Tỉnh Quảng Ninh"),
        ("http://nongthonmoiquangninhqb.vn/a", None),
        ("https://dantri.com.vn/quang-nam/a", None),
        ("https://tienphong.vn/a", None),
        ("https://hanoi.tienphong.vn/a", None),
        ("https://thuehanoi.example/a", None),
        ("https://xahanam.vn/a", None),
        ("https://1thegioi.vn/a", None),
        ("https://[bad", None),
        ("https://192.168.0.1/a", None),
        ("", None),
    ],
)
def test_place_of_an_address(url: str, place: str | None) -> None:
    assert outlet_place(read(ARTICLE, url=url), PROVINCES) == place


def test_place_of_an_outlet() -> None:
    assert outlet_place(read(f"(QNO) - {FIRST}"), PROVINCES) == "Tỉnh Quảng Nam"
    assert outlet_place(read(f"(QNO) - {FIRST}"), ["Quảng Nam"]) == "Quảng Nam", "as the caller writes it"
    assert outlet_place(read(f"(QNO) - {FIRST}"), []) is None
    assert outlet_place(read(f"(TTXVN) - {FIRST}"), PROVINCES) is None
    assert outlet_place(read(ARTICLE, publisher="Báo Quảng Ninh điện tử"), PROVINCES) == "Tỉnh Quảng Ninh"
    assert outlet_place(read(ARTICLE, publisher="Cổng thông tin điện tử tỉnh Lào Cai"), PROVINCES) == "Tỉnh Lào Cai"
    assert outlet_place(read(ARTICLE, publisher="Hội bạn đọc Lào Cai"), PROVINCES) is None
    assert outlet_place(read(f"{ARTICLE}\n\nNguồn: http://laocai.edu.vn", url="https://baoquangnam.vn"), PROVINCES) == "Tỉnh Lào Cai"
    assert outlet_place(read(f"{ARTICLE}\n\nTheo: https://dantri.com.vn", url="https://baoquangnam.vn"), PROVINCES) is None


@pytest.mark.parametrize(
    ("published", "place"), [("2025-09-07", "Thành phố Huế"), ("2025", "Thành phố Huế"), ("2024-05", "Tỉnh Thừa Thiên Huế"), (None, None)]
)
def test_an_outlet_whose_province_changed(published: str | None, place: str | None) -> None:
    document = read_document(ARTICLE.encode(), "a.txt", url="https://huengaynay.vn/a", published=published)
    assert outlet_place(document, PROVINCES) == place


def test_hosts() -> None:
    assert host_of("https://WWW.Bao.vn:8080/a?b") == "bao.vn"
    assert host_of("bao.vn/a") == "bao.vn"
    assert host_of(None) is None


# web pages

HEAD = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Tân Lâm khen thưởng 26 điển hình - Báo Hà Tân</title>
<meta property="og:title" content="Tân Lâm khen thưởng 26 điển hình"><meta property="og:site_name" content="Báo Hà Tân">
<link rel="canonical" href="https://baohatan.vn/tan-lam.html">"""
LINKED = '<script type="application/ld+json">{"@graph": [{"@type": ["NewsArticle"], "datePublished": "2031-07-12T18:30:00Z"}]}</script>'


def page(body: str, head: str = HEAD) -> Document:
    return read(f"{head}</head><body>{body}</body></html>", "bai.html")


@pytest.mark.parametrize(
    "unseen", ["hidden", 'style="display:none"', 'style="color: red; Display : None !important"', 'style="visibility:hidden"']
)
def test_what_a_page_does_not_show_is_not_read(unseen: str) -> None:
    shown = f"<article><h1>{TITLE}</h1><p>{FIRST}</p><p %s>Hội Nông dân tặng Giấy khen cho 77 cá nhân.</p><p>{FIRST}</p></article>"
    assert "77 cá nhân" not in page(shown % unseen).text
    assert all("77 cá nhân" in page(shown % seen).text for seen in ("", 'style="display:block"', 'class="x" style="nodisplay:none"'))


def test_a_page_is_read_as_its_article() -> None:
    document = page(
        '<header><nav><a href="/">Trang chủ</a></nav></header><div class="x"><article><h1>Tân Lâm khen thưởng 26 điển hình</h1>'
        '<div>11:12 22/12/2031</div><figure><img src="a.jpg"><figcaption>Lãnh đạo huyện tại hội nghị</figcaption></figure>'
        f"{PAGE.replace('Giấy khen', '<b>Giấy</b> <i>kh</i>en&nbsp;&amp;amp;')}<h2>Cách làm hay</h2><p>{THIRD}</p><p>Minh Hưng</p>"
        '<div class="related-news"><h3>Bài khác</h3><ul><li><a href="1">Hà Vân khen thưởng 9 tập thể</a></li></ul></div></article>'
        f'</div><div id="comments"><p>{SECOND}</p></div><script>var p = "<p>không</p>";</script><footer><p>Tòa soạn: {FIRST}</p></footer>',
        HEAD + LINKED,
    )
    assert parts(document) == [
        ("title", TITLE),
        ("dateline", "11:12 22/12/2031"),
        ("caption", "Lãnh đạo huyện tại hội nghị"),
        ("body", FIRST),
        ("body", SECOND.replace("Giấy khen", "Giấy khen\u00a0&amp;")),
        ("body", THIRD),
        ("heading", "Cách làm hay"),
        ("body", THIRD),
        ("byline", "Minh Hưng"),
        ("related", "Bài khác"),
        ("related", "Hà Vân khen thưởng 9 tập thể"),
    ]
    assert (document.title, document.publisher, document.url) == (TITLE, "Báo Hà Tân", "https://baohatan.vn/tan-lam.html")
    assert document.published == "2031-07-13", "the day in Viet Nam"
    assert document.sha256 == sha256(document.text)
    assert (document.language, keys(document)) == ("vi", [])


@pytest.mark.parametrize(
    "body",
    [
        f'<div itemprop="articleBody">{PAGE}</div><div class="aside"><p>{THIRD} {THIRD} {THIRD}</p></div>',
        f"<article>{PAGE}</article><article><p>Hà Vân khen thưởng.</p></article>",
        f"<div role='main'>{PAGE}</div>",
        f"<div><div class='menu'>{'<p>Mục</p>' * 9}</div><div>{PAGE}</div></div>",
        f"<form><table><tr><td>Giới thiệu</td><td>{FIRST}<br><br>{SECOND}<br/><br/>{THIRD}</td></tr></table></form>",
        f"<div><div>{FIRST}</div><div>{SECOND}</div><div>{THIRD}</div></div>",
        f"<div class='related'>{PAGE}</div>",
        f"<p>{FIRST}<p>{SECOND}<p>{THIRD}",
    ],
)
def test_where_the_article_is(body: str) -> None:
    document = read(f"<html><body>{body}", "bai.html")
    assert parts(document) == [("body", FIRST), ("body", SECOND), ("body", THIRD)]
    assert document.title is None


def test_a_title_that_the_page_prints_outside_its_article() -> None:
    above = f"<h1>{TITLE}</h1><span>Thứ Hai, 22/12/2031 - 11:12</span><p>Chia sẻ bài viết này</p><h2 class='sapo'>{THIRD}</h2>"
    document = page(f"{above}<div class='b'>{PAGE}</div>")
    assert parts(document)[:3] == [("title", TITLE), ("dateline", "Thứ Hai, 22/12/2031 - 11:12"), ("body", THIRD)]
    assert document.published == "2031-12-22"
    assert [kind for kind, _ in parts(document)][3:] == ["body"] * 3


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta property="article:published_time" content="2031-07-12T08:00:00+07:00">', "2031-07-12"),
        ('<meta property="article:published_time" content="2031-07-11T23:00:00+00:00">', "2031-07-12"),
        ('<meta name="pubdate" content="12/7/2031">', "2031-07-12"),
        ('<meta name="pubdate" content="0001-01-01">', None),
        ('<meta name="pubdate" content="hôm qua">', None),
        (LINKED, "2031-07-13"),
        ('<script type="application/ld+json">[{"@type": "Organization", "datePublished": "2031-07-12"}]</script>', None),
    ],
)
def test_the_day_in_a_page_s_head(head: str, published: str | None) -> None:
    assert page(PAGE, HEAD + head).published == published
    assert read_document(f"{HEAD}{head}<body>{PAGE}".encode(), "a.html", published="2030").published == "2030", "the caller first"


def test_times_in_the_page() -> None:
    assert page(f'<article><time datetime="2031-07-12">hôm qua</time>{PAGE}</article>').published == "2031-07-12"


def test_what_is_a_page() -> None:
    assert read(f"<p>{FIRST}</p>", "bai").text == FIRST
    assert read(f"<!-- x --><div>{FIRST}</div>", "-").text == FIRST
    assert read(f"<khen> {FIRST}", "bai.txt").text == f"<khen> {FIRST}"
    assert read_document(f"<p>{FIRST}</p>".encode(), "bai.txt", html=False).text == f"<p>{FIRST}</p>"
    assert read_document(f"{FIRST}".encode(), "bai.txt", html=True).text == FIRST


def test_pages_without_an_article() -> None:
    for body in ("", "<nav><a href=1>Trang chủ</a></nav>", "<script>x</script>", "<p>12 34</p>", f"<footer>{PAGE}</footer>"):
        fails(f"<html><body>{body}".encode(), "page-without-article", "bai.html")


def test_data_that_is_no_json_is_told() -> None:
    for content in ("{", "[" * 100_000, "1" * 100_000, "<!--"):
        document = page(PAGE, f'{HEAD}<script type="application/ld+json">{content}</script>')
        assert keys(document) == ["remark-page-data"], content[:3]
        assert [kind for kind, _ in parts(document)] == ["title", "body", "body", "body"]


HOSTILE = {
    "deep": "<div>" * 100_000 + PAGE,
    "deep but bearable": "<div>" * 9_000 + PAGE,
    "many open inline tags": "".join(f"<b id={i}>" for i in range(3_000)) + "<p>x" * 3_000 + PAGE,
    "a long attribute": f'<div title="{"x" * 4_000_000}">{PAGE}',
    "attributes": f"<div {' '.join(f'a{i}' for i in range(15_000))}>{PAGE}",
    "a huge page": "<p>" + "x" * 6_000_000,
    "plaintext": f"<plaintext>{PAGE}",
    "cdata": f"<![CDATA[{PAGE}]]>",
    "null bytes": PAGE.replace("huyện", "huy\0ện"),
    "open comment": f"{PAGE}<!--{'-' * 100_000}",
    "open script": f"{PAGE}<script>{'x<' * 10_000}",
    "entities": PAGE + "&lol;&#0;&#x110000;&#xD800;" * 5_000,
    "nested articles": "<article>" * 9_000 + PAGE,
    "nested related": '<div class="related">' * 5_000 + PAGE,
    "nested tables": "<table><td>" * 9_000 + PAGE,
    "headlines": "<h1>x</h1>" * 9_000 + PAGE,
    "breaks": "<br>" * 30_000 + PAGE,
    "doctype": f'<!DOCTYPE x [<!ENTITY a "{"x" * 1000}"><!ENTITY b "&a;&a;">]>{PAGE}&b;',
    "odd stamps": '<time datetime="99999-99-99">x</time>' + PAGE,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages(name: str) -> None:
    """Read, or refused in one line; soon, and without a trace."""
    begin = time.process_time()
    try:
        document = read(HOSTILE[name], "bai.html")
    except InputError as error:
        assert error.key.startswith("page-"), name
        assert name in ("deep", "a huge page"), error
    else:
        assert SECOND[:30] in document.text or name in ("null bytes",)
        assert parts(document)
    assert time.process_time() - begin < 12


def test_every_remark_and_refusal_is_in_the_catalogue() -> None:
    used = set()
    sources = list((Path(__file__).parents[1] / "src" / "thidua" / "extraction").glob("*.py"))
    assert len(sources) >= 8
    for path in sources:
        words = path.read_text("utf-8")
        used |= set(re.findall(r'InputError\(\s*"([a-z0-9-]+)"', words)) | {
            f"remark-{key}" for key in re.findall(r'_remark\("([a-z-]+)"', words)
        }
    assert {"page-too-tangled", "remark-composed", "text-is-utf16"} <= used
    assert used <= CATALOGUE.keys()


# the five articles


def test_the_five_articles(seeds: Path) -> None:
    paths = sorted(seeds.glob("*.txt"))
    assert len(paths) == 5
    gold = SHARED / "benchmark" / "seeds" / "gold"
    if not gold.is_dir():
        pytest.skip(f"what the articles state is not in {gold}; set THIDUA_SHARED")
    captions = 0
    for path in paths:
        expected = json.loads((gold / f"{path.name[:3]}.json").read_text("utf-8"))
        document = read_document(path.read_bytes(), path.name)
        found = parts(document)
        assert document.text == read_text(path)
        assert (document.sha256, document.language, document.remarks) == (expected["source"]["sha256"], "vi", ())
        assert document.published == expected["source"]["published"]
        assert document.republished_from == expected["source"]["republished_from"]
        assert document.title is not None
        assert fold(document.title).startswith(fold(expected["source"]["title"].removesuffix(" …")))
        assert [kind for kind, _ in found].count("title") == 1
        if "boilerplate" in expected:
            start, end = expected["boilerplate"]
            inside = [part.kind for part in document.parts if part.start >= start]
            assert set(inside) <= {"related", "footer"}
            assert document.parts[-len(inside)].start == start
            assert document.parts[-1].end == end
        captions += [kind for kind, _ in found].count("caption")
        facts = [
            item["evidence"]
            for kind in ("awards", "figures", "targets", "eligibility")
            for item in expected.get(kind, [])
            if "evidence" in item
        ]
        assert facts
        for start, end in facts:
            assert any(part.start <= start and end <= part.end for part in document.parts if part.kind in ("body", "caption", "title")), (
                path.name,
                document.text[start:end],
            )
    assert captions == 7
