"""Cited documents as they stand: full symbols, lists of numbers, short forms, plenums."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tinhgon.detect.resolutions import build_symbol, canonical, resolutions
from tinhgon.detect.text import View
from tinhgon.records import Claims


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("Theo Nghị quyết số 18-NQ/TW thì gọn.", ["18-NQ/TW"]),
        ("Theo Nghị quyết 18 - NQ/TW thì gọn.", ["18-NQ/TW"]),
        ("Theo Nghị quyết số 18- NQ/TW thì gọn.", ["18-NQ/TW"]),
        ("Theo Kết luận số 34-KL/TW thì làm.", ["34-KL/TW"]),
        ("Theo Đề án số 1187-ĐA/HU thì làm.", ["1187-ĐA/HU"]),
        ("Theo Ðề án số 02-ÐA/TU thì làm.", ["02-ĐA/TU"]),
        ("Theo Nghị quyết số 653/2019/UBTVQH14 thì nhập.", ["653/2019/UBTVQH14"]),
        ("Theo Nghị quyết số 22/2019/NQ-HĐND thì nhập.", ["22/2019/NQ-HĐND"]),
        ("Theo Nghị định số 108/2014/NĐ-CP thì nghỉ.", ["108/2014/NĐ-CP"]),
        ("Theo Quyết định số 439/QĐ-TTg thì giao.", ["439/QĐ-TTg"]),
        ("Theo Chương trình hành động số 49-CTr/TU thì làm.", ["49-CTr/TU"]),
        ("Theo Nghị quyết số 18-NQ/TW và Nghị quyết số 19-NQ/TW.", ["18-NQ/TW", "19-NQ/TW"]),
        ("Theo Nghị quyết số 18, 19-NQ/TW thì gọn.", ["18-NQ/TW", "19-NQ/TW"]),
        ("Theo Nghị quyết số 18 và 19-NQ/TW thì gọn.", ["18-NQ/TW", "19-NQ/TW"]),
        ("Xã có 18 thôn, giảm 19%.", []),
        ("Tỷ lệ 10/21 xã.", []),
    ],
)
def test_full_symbols(view_of: Callable[..., View], text: str, symbols: list[str]) -> None:
    assert [m.data["symbol"] for m in resolutions(view_of(text))] == symbols


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Nghị quyết số 39 nêu rõ.", [("39", "NQ", None)]),
        ("NQ số 02 của Tỉnh ủy nêu rõ.", [("02", "NQ", "TU")]),
        ("Kế hoạch số 114 của Huyện ủy nêu rõ.", [("114", "KH", "HU")]),
        ("Quy định số 127 của Ban Bí thư nêu rõ.", [("127", "QĐ", "TW")]),
        ("Nghị quyết 1211 của UBTVQH nêu rõ.", [("1211", "NQ", "UBTVQH")]),
        ("Kết luận 127 và 137 của Bộ Chính trị.", [("127", "KL", "TW"), ("137", "KL", "TW")]),
        ("Nghị định 108 về tinh giản biên chế.", [("108", "NĐ", None)]),
        ("KL 34 của Bộ Chính trị.", [("34", "KL", "TW")]),
        ("Nghị định số 24 ngày 15/3/2010 của Chính phủ.", [("24", "NĐ", "CP")]),
        ("Kế hoạch 5 năm nay đã xong.", []),
        ("Kế hoạch 20 xã chưa xong.", []),
        ("Kết luận 45% số vụ.", []),
    ],
)
def test_short_forms(view_of: Callable[..., View], text: str, short: list[tuple[str, str, str | None]]) -> None:
    found = [m for m in resolutions(view_of(text)) if m.label == "short"]
    assert [(m.data["number"], m.data["type"], m.data["body"]) for m in found] == short


@pytest.mark.parametrize(
    ("text", "plenums"),
    [
        ("Nghị quyết Trung ương 6 (khóa XII) nêu rõ.", [("6", "XII")]),
        ("Nghị quyết Trung ương 6 khóa XII nêu rõ.", [("6", "XII")]),
        ("Nghị quyết Hội nghị Trung ương sáu, khóa XII nêu rõ.", [("6", "XII")]),
        ("Nghị quyết số 18-NQ/TW, Hội nghị Trung ương 6 khóa XII.", []),
        ("Các Nghị quyết Trung ương 5, 6 khóa XII nêu rõ.", [("5", "XII"), ("6", "XII")]),
        ("Các Nghị quyết Trung ương 6 và 7 (khóa XII) nêu rõ.", [("6", "XII"), ("7", "XII")]),
        ("Nghị quyết Trung ương 4 khóa XI, XII nêu rõ.", [("4", "XI"), ("4", "XII")]),
        ("Nghị quyết Trung ương 6 khóa 12 nêu rõ.", [("6", "XII")]),
        ("Trung ương giao 5, 6 việc cho khóa XII.", []),
    ],
)
def test_plenums(view_of: Callable[..., View], text: str, plenums: list[tuple[str, str]]) -> None:
    found = [m for m in resolutions(view_of(text)) if m.label == "plenum"]
    assert [(m.data["number"], m.data["term"]) for m in found] == plenums


@pytest.mark.parametrize(
    ("number", "kind", "body", "symbol"),
    [
        ("114", "KH", "HU", "114-KH/HU"),
        ("127", "QĐ", "TW", "127-QĐ/TW"),
        ("02", "NQ", "TU", "02-NQ/TU"),
        ("439", "QĐ", "TTg", "439/QĐ-TTg"),
        ("108", "NĐ", "CP", None),
        ("1211", "NQ", "UBTVQH", None),
    ],
)
def test_type_and_body_make_a_symbol(number: str, kind: str, body: str, symbol: str | None) -> None:
    assert build_symbol(number, kind, body) == symbol


def test_canonical_symbols_have_no_spaces() -> None:
    assert canonical("22 / 2019 / nq-hđnd") == "22/2019/NQ-HĐND"


def test_a_citation_begins_at_its_type_word(view_of: Callable[..., View]) -> None:
    assert [m.text for m in resolutions(view_of("Theo Nghị quyết số 18-NQ/TW thì gọn."))] == ["Nghị quyết số 18-NQ/TW"]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Theo Luật Tổ chức chính quyền địa phương thì làm.", ["luật tổ chức chính quyền địa phương"]),
        ("Theo Luật Viên chức và Luật Cán bộ, công chức.", ["luật viên chức", "luật cán bộ, công chức"]),
        ("Quốc hội bàn dự thảo Luật Tổ chức chính quyền địa phương.", []),
        ("Quốc hội bàn dự án Luật Viên chức.", []),
        ("Luật sửa đổi, bổ sung một số điều của Luật Viên chức.", []),
        ("Chính quyền địa phương tổ chức họp luật sư.", []),
    ],
)
def test_documents_cited_by_title(view_of: Callable[..., View], text: str, titles: list[str]) -> None:
    assert [m.data["title"] for m in resolutions(view_of(text)) if m.label == "titled"] == titles


@pytest.mark.parametrize(
    ("text", "date", "symbols"),
    [
        ("Theo Luật Tổ chức chính quyền địa phương năm 2015 thì làm.", "2019-12-20", ["77/2015/QH13"]),
        ("Theo Luật Tổ chức chính quyền địa phương năm 2015 thì làm.", "2025-09-20", ["77/2015/QH13"]),
        ("Theo Luật Tổ chức chính quyền địa phương thì làm.", "2019-12-20", ["77/2015/QH13"]),
        ("Theo Luật Tổ chức chính quyền địa phương thì làm.", "2025-09-20", ["72/2025/QH15"]),
        ("Theo Luật Tổ chức chính quyền địa phương thì làm.", "2014-09-20", []),
        ("Theo Luật Tổ chức chính quyền địa phương thì làm.", None, []),
        ("Theo Luật Tổ chức chính quyền địa phương năm 2003 thì làm.", "2019-12-20", []),
        ("Năm 2019, theo Luật Tổ chức chính quyền địa phương thì làm.", None, ["77/2015/QH13"]),
        ("Quốc hội bàn dự thảo Luật Tổ chức chính quyền địa phương.", "2025-02-10", []),
        pytest.param(
            *("Quốc hội bàn Luật Tổ chức chính quyền địa phương (sửa đổi).", "2025-02-10", []),
            marks=pytest.mark.xfail(strict=True, reason="the bill '(sửa đổi)' passes for the law it is to replace"),
        ),
    ],
)
def test_the_edition_a_title_means(
    claims_of: Callable[..., Claims], text: str, date: str | None, symbols: list[str]
) -> None:
    claims = claims_of(text, date=date)
    assert [(c.symbol, c.issuer) for c in claims.resolutions] == [(symbol, "QH") for symbol in symbols]


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Theo các Nghị quyết Trung ương 5, 6 khóa XII thì gọn.", [("TW5-XII", None), ("TW6-XII", None)]),
        ("Theo Nghị định số 46 ngày 15/3/2010 của Chính phủ thì làm.", [("46/2010/NĐ-CP", "2010-03-15")]),
        ("Theo Nghị định số 46 của Chính phủ thì làm.", []),
        ("Theo Nghị định 178/2024 thì nghỉ.", [("178/2024/NĐ-CP", None)]),
        (
            "Theo Nghị định số 24 ngày 15/3/2010 của Chính phủ thì làm.",
            [("24/2010/NĐ-CP", "2010-03-15")],
        ),
    ],
)
def test_lists_and_dates_settle_symbols(
    claims_of: Callable[..., Claims], text: str, cited: list[tuple[str, str | None]]
) -> None:
    assert [(c.symbol, c.date) for c in claims_of(text).resolutions] == cited
