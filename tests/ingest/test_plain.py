"""Plain text: wraps, pages, columns, heads and ends of articles and of administrative documents."""

from __future__ import annotations

import textwrap
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.ingest import Facts, document_from_text
from tinhgon.records import Document, Reject


def read(raw: str, known: Facts | None = None) -> Document:
    document = document_from_text(raw, id="bai", known=known)
    assert isinstance(document, Document), document
    assert document.text == "\n".join(document.text[block.start : block.end] for block in document.blocks)
    return document


def kinds(document: Document) -> list[str]:
    return [block.kind for block in document.blocks]


def lines(document: Document) -> list[str]:
    return document.text.split("\n")


LONG = (
    "Thực hiện Nghị quyết số 18-NQ/TW, huyện Tân Lập đã sáp nhập 48 thôn thành 24 thôn mới, giảm 24 thôn; người hoạt động không "
    "chuyên trách từ 620 người xuống còn 310 người, mỗi năm tiết kiệm khoảng 3,2 tỷ đồng cho ngân sách của huyện và các xã."
)


@pytest.mark.parametrize("width", [60, 70, 80, 100])
def test_wrapped_paragraphs_are_joined(width: int) -> None:
    raw = "Gọn bộ máy\n\n12/10/2021\n\n" + "\n\n".join("\n".join(textwrap.wrap(LONG, width)) for _ in range(3))
    assert lines(read(raw)) == ["Gọn bộ máy", "12/10/2021", LONG, LONG, LONG]


@pytest.mark.parametrize("counted", ["NFD", "bytes"])
def test_wraps_that_counted_marks_or_bytes(counted: str) -> None:
    import unicodedata

    if counted == "NFD":
        rows = textwrap.wrap(unicodedata.normalize("NFD", LONG), 76)
    else:
        rows = [""]
        for word in LONG.split():
            fits = len(f"{rows[-1]} {word}".encode()) <= 80
            rows[-1:] = [f"{rows[-1]} {word}".strip()] if fits else [rows[-1], word]
    assert lines(read("Gọn bộ máy\n\n12/10/2021\n\n" + "\n\n".join(["\n".join(rows)] * 2)))[2:] == [LONG, LONG]


@pytest.mark.parametrize("width", [66, 72, 80])
def test_wrapped_items_without_blank_lines_stay_apart(width: int) -> None:
    items = [
        "I. KẾT QUẢ",
        f"1. {LONG}",
        "2. Về biên chế",
        f"a) {LONG}",
        f"- {LONG}",
        "b) Giảm 5 người.",
        f"1.1. {LONG}",
        "II. HẠN CHẾ",
        LONG,
    ]
    raw = "UBND HUYỆN TÂN LẬP\n\nBÁO CÁO\nKết quả năm 2022\n\n" + "\n".join(
        "\n".join(textwrap.wrap(item, width, break_on_hyphens=False)) for item in items
    )
    document = read(raw)
    assert lines(document)[2:] == items
    assert kinds(document)[2:] == ["heading", "item", "heading", "item", "item", "item", "item", "heading", "paragraph"]


def test_unwrapped_paragraphs_stay_as_they_are() -> None:
    assert lines(read(f"Gọn bộ máy\n{LONG}\n{LONG}\nĐầu đề nhỏ\n{LONG}")) == [
        "Gọn bộ máy",
        LONG,
        LONG,
        "Đầu đề nhỏ",
        LONG,
    ]


def test_short_lines_of_verse_stay_apart() -> None:
    verse = [
        "Quê tôi ba xã nhập về",
        "Sông chung một bến đường quê một đường",
        "Người đi gánh nặng hai vai",
        "Việc làng việc nước chẳng nài gian lao",
    ]
    assert lines(read("Thơ vui\n\n" + "\n".join(verse)))[1:] == verse


def test_symbols_cut_by_the_wrap_are_whole_again() -> None:
    cut = [
        "Ban Thường vụ Huyện ủy Tân Lập đã ban hành Kế hoạch số 58-",
        "KH/HU về sắp xếp thôn, tổ dân phố của các xã giai đoạn 2018",
        "- 2021 và Nghị quyết số 12-NQ/",
        "HU về luân chuyển cán bộ.",
    ]
    document = read("\n".join(["Gọn bộ máy", "", *textwrap.wrap(LONG, len(cut[1])), "", *cut]))
    assert lines(document)[-1] == (
        "Ban Thường vụ Huyện ủy Tân Lập đã ban hành Kế hoạch số 58-KH/HU về sắp xếp thôn, tổ dân phố của các xã giai đoạn "
        "2018 - 2021 và Nghị quyết số 12-NQ/HU về luân chuyển cán bộ."
    )


REPORT = """TỈNH ỦY AN BÌNH                    ĐẢNG CỘNG SẢN VIỆT NAM
HUYỆN ỦY TÂN LẬP                Tân Lập, ngày 5 tháng 3 năm 2021
        *
   Số 18-BC/HU

                     BÁO CÁO
        kết quả sắp xếp thôn, tổ dân phố
               -----

Ban Thường vụ Huyện ủy báo cáo như sau:

1. Toàn huyện còn 112 thôn, trong đó có

                                    1
Huyện ủy Tân Lập - Báo cáo số 18-BC/HU
_______________________________________

70 thôn có bí thư chi bộ kiêm trưởng thôn.

                                    2
Huyện ủy Tân Lập - Báo cáo số 18-BC/HU
_______________________________________

2. Giảm 12 biên chế.

Nơi nhận:                           T/M BAN THƯỜNG VỤ
- Tỉnh ủy (để báo cáo);                  BÍ THƯ
- Lưu VPHU.
                                     Nguyễn Văn An
"""


def test_report_with_columns_pages_and_recipients() -> None:
    document = read(REPORT)
    assert document.title == "BÁO CÁO kết quả sắp xếp thôn, tổ dân phố"
    assert (document.published, document.source, document.province) == ("2021-03-05", "Huyện ủy Tân Lập", "An Bình")
    assert lines(document) == [
        "TỈNH ỦY AN BÌNH", "HUYỆN ỦY TÂN LẬP", "ĐẢNG CỘNG SẢN VIỆT NAM", "Tân Lập, ngày 5 tháng 3 năm 2021", "Số 18-BC/HU",
        "BÁO CÁO kết quả sắp xếp thôn, tổ dân phố", "Ban Thường vụ Huyện ủy báo cáo như sau:",
        "1. Toàn huyện còn 112 thôn, trong đó có 70 thôn có bí thư chi bộ kiêm trưởng thôn.", "2. Giảm 12 biên chế.",
        "Nơi nhận:", "- Tỉnh ủy (để báo cáo);", "- Lưu VPHU.", "T/M BAN THƯỜNG VỤ", "BÍ THƯ", "Nguyễn Văn An",
    ]  # fmt: skip
    assert kinds(document) == ["dateline"] * 5 + ["title", "paragraph", "item", "item"] + ["signature"] * 6


def test_report_dated_at_its_end() -> None:
    document = read(
        "UBND XÃ TÂN LẬP\n\nBÁO CÁO\nNăm 2020\n\n1. Xã còn 8 thôn.\n\n2. Giảm 7 thôn.\n\nTM. ỦY BAN NHÂN DÂN\nTân Lập, ngày 2 tháng 1 năm 2021\nLê Văn Bền"
    )
    assert (document.published, document.source) == ("2021-01-02", "UBND xã Tân Lập")


def test_figures_of_one_shape_are_no_running_heads() -> None:
    rows = [f"Năm {year}: số thôn giảm {year - 2010}" for year in (2018, 2019, 2020, 2021)]
    document = read(
        "Gọn bộ máy\n\n"
        + "\n\n".join(f"{row}\n\n{at}" for at, row in enumerate(rows, 1))
        + "\n\nHết phần thống kê của huyện Tân Lập."
    )
    assert lines(document)[1:5] == rows


def test_texts_of_endless_lines_are_rejected() -> None:
    rejected = document_from_text("a\n" * 300_000, id="dai")
    assert isinstance(rejected, Reject)
    assert rejected.reason.startswith("too-large")


def test_form_feeds_end_pages() -> None:
    document = read("Gọn bộ máy\n\nHuyện Tân Lập sắp xếp bộ máy, nay còn lại\n\f12 phòng, giảm một phòng so với trước.")
    assert lines(document)[1] == "Huyện Tân Lập sắp xếp bộ máy, nay còn lại 12 phòng, giảm một phòng so với trước."


def test_counts_alone_on_a_line_are_no_page_numbers() -> None:
    assert (
        lines(
            read("Gọn bộ máy\n\nSố thôn còn lại:\n\n112\n\nSố thôn giảm:\n\n24\n\nHết phần thống kê của huyện.")
        ).count("112")
        == 1
    )


@pytest.mark.parametrize(
    "rubric", ["Xây dựng Đảng", "Chính trị - Xã hội", "Trang chủ › Thời sự", "Báo Hà Tĩnh điện tử"]
)
def test_rubrics_are_no_titles(rubric: str) -> None:
    document = read(f"{rubric}\n\nTân Lập: Bớt thôn, thêm việc\n\nThứ ba, 24/05/2022\n\n{LONG}")
    assert document.title == "Tân Lập: Bớt thôn, thêm việc"
    assert kinds(document) == ["dateline", "title", "dateline", "lead"]


def test_rubric_not_known_before_title_and_date() -> None:
    assert (
        read(f"Chuyện từ cơ sở\n\nTân Lập: Bớt thôn, thêm việc cho cán bộ\n\n24/05/2022\n\n{LONG}").title
        == "Tân Lập: Bớt thôn, thêm việc cho cán bộ"
    )


def test_dates_of_the_body_are_not_the_date_of_the_paper() -> None:
    document = read(f"Bớt thôn\n\n{LONG}\n\nTừ ngày 12/3/2018, huyện làm điểm ở 2 xã.\n\nHà Vy")
    assert document.published is None
    assert "no-date" in document.warnings


def test_lead_that_opens_with_a_whole_date_dates_the_item_with_a_warning() -> None:
    document = read(f"Bớt thôn\n\nSáng 22/10/2020, Huyện ủy họp sơ kết.\n\n{LONG}\n\nHà Vy")
    assert (document.published, document.warnings) == ("2020-10-22", ("date-from-lead",))


def test_date_line_below_the_text() -> None:
    document = read(f"Bớt thôn\n\n{LONG}\n\nHà Vy\n\nNgày đăng: 03/02/2020")
    assert (document.published, document.author) == ("2020-02-03", "Hà Vy")
    assert kinds(document)[-2:] == ["signature", "dateline"]


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Bài, ảnh: Hà Vy", "Hà Vy"), ("HÀ VY (thực hiện)", "HÀ VY"), ("LÊ NA - HÀ VY", "LÊ NA - HÀ VY"), ("Tin và ảnh: THU HÀ", "THU HÀ"),
        ("P.L", "P.L"), ("Nhóm PV Chính trị", "Nhóm PV Chính trị"), ("Đinh Na thực hiện", "Đinh Na"), ("Theo TTXVN", None),
    ],
)  # fmt: skip
def test_signatures(line: str, author: str | None) -> None:
    document = read(f"Bớt thôn\n\n24/05/2022\n\n{LONG}\n\n{line}")
    assert (kinds(document)[-1], document.author) == ("signature", author)


def test_interview_headings_and_captions() -> None:
    document = read(
        f"Bớt thôn\n\n24/05/2022\n\n{LONG}\n\nẢnh: Người dân thôn Đông họp bàn.\n\nĐỡ một khâu trung gian\n\n"
        f"PV: Thưa ông, còn khó khăn gì?\n\n- Có chứ. {LONG}\n\n* Xin cảm ơn ông!\n\nHà Vy (thực hiện)"
    )
    assert kinds(document)[3:] == ["caption", "heading", "paragraph", "paragraph", "paragraph", "signature"]


@pytest.mark.parametrize(
    ("lead", "source", "province"),
    [
        ("(GLO)- Huyện Tân Lập giảm 24 thôn.", "baogialai.com.vn", "Gia Lai"),
        ("ĐTO - Huyện Tân Lập giảm 24 thôn.", "baodongthap.vn", "Đồng Tháp"),
        ("(ĐN) - Ở Đồng Nai, huyện Tân Lập giảm 24 thôn.", "baodongnai.com.vn", "Đồng Nai"),
        ("(ĐN) - Huyện Tân Lập giảm 24 thôn.", None, None),
        ("Tân Lập - Huyện giảm 24 thôn.", None, None),
    ],
)
def test_outlet_tags(lead: str, source: str | None, province: str | None) -> None:
    document = read(f"Bớt thôn\n\n24/05/2022\n\n{lead}\n\nNay còn 112 thôn ở các xã.")
    assert (document.source, document.province) == (source, province)


def test_the_home_of_an_outlet_follows_the_mergers_of_provinces() -> None:
    assert read("Bớt thôn\n\n24/05/2022\n\n(QNO) - Xã giảm 2 thôn.\n\nNay còn 3 thôn.").province == "Quảng Nam"
    assert read("Bớt thôn\n\n24/08/2025\n\n(QNO) - Xã giảm 2 thôn.\n\nNay còn 3 thôn.").province == "Đà Nẵng"


def test_what_a_container_knows_goes_first() -> None:
    document = read(LONG, Facts(title="Bớt thôn", published="2021-02-03", source="tuoitre.vn"))
    assert (document.title, document.published, document.source, document.warnings) == (
        "Bớt thôn",
        "2021-02-03",
        "tuoitre.vn",
        (),
    )


def test_letters_and_spaces_are_normalised_but_the_writing_stays() -> None:
    document = read("Ðề án “gọn” –  bộ\u00a0máy\n\nĐảng uỷ xã Hoà\u200b Bi\u0300nh còn 8 thôn...")
    assert lines(document) == ["Đề án “gọn” – bộ máy", "Đảng uỷ xã Hoà Bình còn 8 thôn..."]


@given(
    st.lists(
        st.sampled_from(
            [
                "BÁO CÁO",
                "Số 12-BC/HU",
                "12/10/2021",
                "1. Việc đầu",
                "- Xã A     xã B",
                "",
                "\f",
                "2",
                "Nơi nhận:",
                "a",
                LONG,
                LONG[:70],
                "T/M UBND",
                "___",
            ]
        ),
        max_size=14,
    )
)
def test_any_order_of_lines_gives_a_document_or_a_reject(rows: list[str]) -> None:
    found = document_from_text("\n".join(rows), id="x")
    if isinstance(found, Reject):
        return
    assert found.text == "\n".join(found.text[block.start : block.end] for block in found.blocks)
    assert "  " not in found.text


@given(st.lists(st.text("abc đĐ.,19ẤÀ -\n", min_size=1, max_size=60), min_size=1, max_size=8))
def test_no_letter_is_lost(rows: list[str]) -> None:
    raw = "\n\n".join(rows)
    found = document_from_text(raw, id="x")
    letters = sorted(letter for letter in raw if letter.isalpha())
    assert sorted(letter for letter in ("" if isinstance(found, Reject) else found.text) if letter.isalpha()) == letters


@pytest.mark.parametrize("row", [LONG[:75], "a", "12/10/2021", "- Xã A     xã B", "1.", "    Thôn Đông", "thôn"])
def test_many_lines_take_linear_time(row: str) -> None:
    start = time.process_time()
    document_from_text(f"{row}\n" * min(100_000, 1_000_000 // len(row)), id="dai")
    assert time.process_time() - start < 20
