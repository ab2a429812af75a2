"""What scanners get wrong is put right where it has one reading; everything else stays byte for byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.ingest import document_from_text
from tinhgon.ingest.scanning import mend_scan
from tinhgon.records import Document

WORDS = (
    "đảng uỷ xã huyện thôn nghị quyết tổ chức bộ máy của thống nhất là 10 2019 1.017 18-NQ/TW 10/21 77,2% 5.000 đ ủng hộ "
    "c) B1 K2O 10l ha km h m ông ở anh ĐBQH TP. (Ấp 2) “Hội” Ill O2 I.1 U.S. 5o được biết Đ"
).split()
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join)
CLEAN = [
    "10l dầu, 5o, phân K2O, khí O2, 2O2, B1, 18-NQ/TW, Hà Nội Ill, I.1, 1l5, 10o30' Bắc, |2|5O|, iPhone I5, H2O",
    "20l9, 201l nước, 2l, l1, O2, lO, mã a1O2, http://a.vn/2Ol9/1O, b@1O.vn, 5-1O-x, ở điểm l.",
    "hỗ trợ 5.000 đ ủng hộ; c) ủy ban; 5 m ảnh; 20 ha; 3 h ông đến; điểm b ưu tiên; khoản c ở; ông T ở nhà; có ng nói",
]


@pytest.mark.parametrize("text", CLEAN)
def test_what_has_two_readings_stays(text: str) -> None:
    assert mend_scan(text) == text


@given(SENTENCES)
def test_clean_vietnamese_stays(text: str) -> None:
    assert mend_scan(text) == text


@given(st.text())
def test_any_text_can_be_mended(text: str) -> None:
    assert mend_scan(mend_scan(text)) == mend_scan(text)


def test_a_document_says_that_it_was_mended() -> None:
    document = document_from_text("Gọn bộ máy\n\nToàn huyện còn 1O xã, giảm 3 xã so với trước.", id="quet")
    assert isinstance(document, Document)
    assert "ocr-mended" in document.warnings
    assert "còn 10 xã" in document.text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1O xã, 2OO thôn", "10 xã, 200 thôn"),
        ("năm 2Ol9", "năm 2019"),
        ("15/8/2Ol9", "15/8/2019"),
        ("l2 thôn", "12 thôn"),
        ("l.O17", "1.017"),
        ("1.OOO đồng", "1.000 đồng"),
        ("O,5 ha", "0,5 ha"),
        ("tháng l2/2O19", "tháng 12/2019"),
        ("Quyết định số 12/2Ol9/NQ-HĐND", "Quyết định số 12/2019/NQ-HĐND"),
    ],
)
def test_letters_within_numbers(written: str, meant: str) -> None:
    assert mend_scan(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("tổ ch ức", "tổ chức"),
        ("đ ảng viên", "đảng viên"),
        ("thố ng nhất,", "thống nhất,"),
        ("ph ươ ng", "phương"),
        ("tr ườ ng h ợp", "trường hợp"),
        ("12 h ộ, 10 x ã", "12 hộ, 10 xã"),
        ("th ực hi ện quy ết định", "thực hiện quyết định"),
        ("Th ống kê", "Thống kê"),
    ],
)
def test_syllables_in_pieces(written: str, meant: str) -> None:
    assert mend_scan(written) == meant
