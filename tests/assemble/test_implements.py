"""A local document is linked to the central one it carries out where the text says so, and only there."""

from __future__ import annotations

import pytest

from tinhgon import Extractor
from tinhgon.ingest import document_from_text
from tinhgon.records import Document


@pytest.fixture(scope="module")
def links():  # type: ignore[no-untyped-def]
    extractor = Extractor.load()

    def links(sentence: str) -> dict[str, tuple[str, ...]]:
        document = document_from_text(f"Tinh gọn bộ máy ở Bến Tre\n\nNgày 12/10/2021\n\n{sentence}", id="a")
        assert isinstance(document, Document)
        return {c.symbol: c.implements for c in extractor.claims(document).resolutions if c.implements}

    return links


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Tỉnh ủy đã có Kế hoạch số 57-KH/TU về thực hiện Nghị quyết số 18-NQ/TW.", {"57-KH/TU": ("18-NQ/TW",)}),
        (
            "Thực hiện Nghị quyết số 18-NQ/TW, Tỉnh ủy Bến Tre đã ban hành Đề án số 05-ĐA/TU.",
            {"05-ĐA/TU": ("18-NQ/TW",)},
        ),
        (
            "Cụ thể hóa Nghị quyết số 39-NQ/TW của Bộ Chính trị, Tỉnh ủy xây dựng Kế hoạch số 12-KH/TU.",
            {"12-KH/TU": ("39-NQ/TW",)},
        ),
    ],
)
def test_what_is_said_to_carry_out_what(sentence: str, expected: dict[str, tuple[str, ...]], links) -> None:  # type: ignore[no-untyped-def]
    assert links(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Hội nghị quán triệt Nghị quyết số 18-NQ/TW và Kế hoạch số 57-KH/TU của Tỉnh ủy.",
        "Theo Kế hoạch số 57-KH/TU, các xã sắp xếp thôn; Nghị quyết số 18-NQ/TW được phổ biến rộng rãi.",
        "Nghị quyết số 18-NQ/TW ra đời năm 2017. Tỉnh ủy ban hành Kế hoạch số 57-KH/TU.",
    ],
)
def test_documents_that_only_stand_together_are_not_linked(sentence: str, links) -> None:  # type: ignore[no-untyped-def]
    assert links(sentence) == {}
