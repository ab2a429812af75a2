"""Documents cited: short forms settled, issuers, dates; a report's own number is none (codebook, section 2)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tinhgon.records import Claims


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Theo Nghị quyết số 18-NQ/TW.", [("18-NQ/TW", "TW")]),
        ("Theo Nghị quyết số 18, 19-NQ/TW.", [("18-NQ/TW", "TW"), ("19-NQ/TW", "TW")]),
        ("Theo Nghị quyết 18 của Trung ương.", [("18-NQ/TW", "TW")]),
        ("Theo Nghị quyết 18 khóa XII.", [("18-NQ/TW", "TW")]),
        ("KL 34 của Bộ Chính trị nêu rõ.", [("34-KL/TW", "TW")]),
        ("Xã có Nghị quyết 18 riêng về đường sá.", []),
        ("Nghị quyết số 39-NQ/TU của Tỉnh ủy Lạng Sơn rất rõ. Nghị quyết số 39 giao chỉ tiêu.", [("39-NQ/TU", "Lạng Sơn")]),
        ("NQ số 02 của Tỉnh ủy Bến Tre nêu rõ.", [("02-NQ/TU", "Bến Tre")]),
        ("Nghị quyết Trung ương 6 (khóa XII) yêu cầu gọn bộ máy.", [("TW6-XII", "TW")]),
        ("Nghị định 108 về tinh giản biên chế.", [("108/2014/NĐ-CP", "CP")]),
        ("Nghị quyết 1211 của UBTVQH nêu tiêu chuẩn.", [("1211/2016/UBTVQH13", "UBTVQH")]),
        ("Nghị quyết số 653/2019/UBTVQH14 nêu rõ.", [("653/2019/UBTVQH14", "UBTVQH")]),
        ("Kế hoạch số 114 của Huyện ủy Lộc Bình nêu rõ.", [("114-KH/HU", "Lộc Bình")]),
        ("Quy định số 127 của Ban Bí thư nêu rõ.", [("127-QĐ/TW", "TW")]),
        ("Đề án số 1187-ĐA/HU của Huyện ủy Lộc Bình.", [("1187-ĐA/HU", "Lộc Bình")]),
        ("Quyết định số 439/QĐ-TTg giao biên chế.", [("439/QĐ-TTg", "TTg")]),
        ("Nghị quyết số 22/2019/NQ-HĐND của HĐND tỉnh Lạng Sơn.", [("22/2019/NQ-HĐND", "Lạng Sơn")]),
    ],
)  # fmt: skip
def test_symbols_and_issuers(claims_of: Callable[..., Claims], text: str, cited: list[tuple[str, str]]) -> None:
    assert [(c.symbol, c.issuer) for c in claims_of(text).resolutions] == cited


def test_a_document_is_listed_once_with_its_date(claims_of: Callable[..., Claims]) -> None:
    text = "Nghị quyết 18 rất rõ về bộ máy. Nghị quyết số 18-NQ/TW ngày 25/10/2017 yêu cầu. Lại Nghị quyết 18."
    assert [(c.symbol, c.date) for c in claims_of(text).resolutions] == [("18-NQ/TW", "2017-10-25")]


def test_the_date_is_the_texts_not_the_catalogues(claims_of: Callable[..., Claims]) -> None:
    assert [c.date for c in claims_of("Theo Nghị quyết số 18-NQ/TW.").resolutions] == [None]


@pytest.mark.parametrize("head", ["Số 372-BC/HU", "Số: 372-BC/HU"])
def test_a_reports_own_number_is_no_citation(claims_of: Callable[..., Claims], head: str) -> None:
    text = f"{head}\nBáo cáo số 372-BC/HU của Huyện ủy Lộc Bình về Nghị quyết số 18-NQ/TW."
    assert [c.symbol for c in claims_of(text).resolutions] == ["18-NQ/TW"]


def test_the_quote_is_the_citation(claims_of: Callable[..., Claims]) -> None:
    claims = claims_of("Thực hiện Nghị quyết số 18-NQ/TW, huyện đã họp.")
    assert [piece.text for c in claims.resolutions for piece in c.provenance.quote] == ["Nghị quyết số 18-NQ/TW"]
