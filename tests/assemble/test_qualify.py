"""As of when, since when, against which year, by which resolution (codebook, section 8)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tinhgon.records import Fact


@pytest.mark.parametrize(
    ("text", "as_of", "since", "baseline"),
    [
        ("Huyện Lộc Bình giảm 9 xã.", None, None, None),
        ("Đến nay, huyện Lộc Bình giảm 9 xã.", None, None, None),
        ("Hết tháng 10/2019, huyện Lộc Bình giảm 9 xã.", "2019-10", None, None),
        ("Tính đến ngày 15/8/2019, huyện Lộc Bình giảm 9 xã.", "2019-08-15", None, None),
        ("Năm 2018, huyện Lộc Bình giảm 9 xã.", "2018", None, None),
        ("Năm ngoái, huyện Lộc Bình giảm 9 xã.", "2018", None, None),
        ("Từ năm 2018 đến nay, huyện Lộc Bình giảm 9 xã.", None, "2018", None),
        ("Huyện Lộc Bình giảm 41 biên chế so với năm 2015.", None, None, "2015"),
        ("Giai đoạn 2015 - 2018, huyện Lộc Bình giảm 9 xã.", "2018", "2015", None),
        ("Đến năm 2021, huyện Lộc Bình sẽ giảm 9 xã.", "2021", None, None),
        ("Theo báo cáo, tính đến tháng 8/2017, huyện đã gọn; giảm 9 xã.", "2017-08", None, None),
        ("Huyện Lộc Bình có 24 xã năm 2016; giảm 9 xã.", None, None, None),
    ],
)
def test_dates(fact_of: Callable[..., Fact], text: str, as_of: str | None, since: str | None, baseline: str | None) -> None:  # fmt: skip
    fact = fact_of(text, date="2019-12-20")
    assert (fact.as_of, fact.since, fact.baseline) == (as_of, since, baseline)


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("Thực hiện Nghị quyết số 18-NQ/TW, huyện Lộc Bình giảm 9 xã.", ("18-NQ/TW",)),
        ("Huyện Lộc Bình giảm 41 biên chế theo Nghị định 108.", ("108/2014/NĐ-CP",)),
        ("Theo Nghị quyết số 18, 19-NQ/TW, huyện Lộc Bình giảm 9 xã.", ("18-NQ/TW", "19-NQ/TW")),
        ("Huyện Lộc Bình giảm 9 xã.", ()),
    ],
)
def test_the_resolutions_of_a_number(fact_of: Callable[..., Fact], text: str, symbols: tuple[str, ...]) -> None:
    assert fact_of(text).resolutions == symbols
