"""Full-text search, with and without diacritics."""

from __future__ import annotations

import unicodedata

import pytest
from store_building import document, load

from tinhgon.records import Claims
from tinhgon.store import FactBase

TEXTS = {
    "bi-thu": "Bí thư Đảng ủy đồng thời là Chủ tịch UBND xã.",
    "dong-thap": "Tỉnh Đồng Tháp giảm 37 ấp.",
    "nam": "Xã phía nam của huyện.",
    "five": "Trong năm năm qua, xã giảm 5 thôn.",
    "apart": "Thư của người dân nói về bí ẩn của khu phố.",
}


@pytest.fixture
def archive(base: FactBase) -> FactBase:
    load(base, *(Claims(document(text, id=name, title="Tinh gọn")) for name, text in TEXTS.items()))
    return base


@pytest.mark.parametrize(
    ("query", "expected"),
    [("bi thu", "bi-thu"), ("bí thư", "bi-thu"), ("dong thap", "dong-thap"), ("ĐỒNG THÁP", "dong-thap")],
)
def test_words_are_found_with_and_without_diacritics(query: str, expected: str, archive: FactBase) -> None:
    assert archive.search(query)[0].document_id == expected


def test_exact_spellings_come_first(archive: FactBase) -> None:
    hits = archive.search("nam")
    assert [(hit.document_id, hit.exact) for hit in hits] == [("nam", True), ("five", False)]


def test_a_phrase_comes_before_scattered_words(archive: FactBase) -> None:
    assert [hit.document_id for hit in archive.search("bí thư")] == ["bi-thu", "apart"]


def test_a_hit_says_where_it_stands(archive: FactBase) -> None:
    (hit,) = archive.search("dong thap")
    assert TEXTS["dong-thap"][hit.start : hit.end] == "Đồng Tháp"
    assert hit.snippet == TEXTS["dong-thap"]


def test_a_hit_in_the_title_alone_stands_nowhere_in_the_text(base: FactBase) -> None:
    load(base, Claims(document("Xã giảm 5 thôn.", title="Chuyện Lộc Bình")))
    (hit,) = base.search("loc binh")
    assert (hit.start, hit.end, hit.snippet) == (0, 0, "Xã giảm 5 thôn.")


def test_decomposed_input_finds_composed_text(archive: FactBase) -> None:
    assert archive.search(unicodedata.normalize("NFD", "Đồng Tháp"))[0].exact


def test_long_texts_are_cut_at_words(base: FactBase) -> None:
    load(base, Claims(document("đầu " * 100 + "sáp nhập " + "cuối " * 100)))
    (hit,) = base.search("sap nhap")
    assert hit.snippet.startswith("… đầu")
    assert "sáp nhập" in hit.snippet
    assert hit.snippet.endswith("cuối …")
    assert len(hit.snippet) < 200


def test_the_limit_holds(archive: FactBase) -> None:
    assert len(archive.search("xã", limit=2)) == 2
    assert archive.search("xã", limit=0) == []


def test_symbols_are_found_as_they_are_written(base: FactBase) -> None:
    load(base, Claims(document("Nghị quyết số 18-NQ/TW")), Claims(document("18 xã, NQ khác", id="other")))
    assert [hit.document_id for hit in base.search("18-NQ/TW")] == ["bai-1"]
