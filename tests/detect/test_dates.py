"""Dates and periods with their grain, and the part they play."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tinhgon.detect.dates import dates
from tinhgon.detect.text import View


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ngày 25 tháng 10 năm 2017", "2017-10-25"),
        ("ngày 25/10/2017", "2017-10-25"),
        ("ngày 25-10-2017", "2017-10-25"),
        ("ngày 4.5.2025", "2025-05-04"),
        ("tháng 6/2019", "2019-06"),
        ("tháng 6-2019", "2019-06"),
        ("tháng 6 năm 2019", "2019-06"),
        ("6/2019", "2019-06"),
        ("quý III/2020", "2020-09"),
        ("quý 4 năm 2020", "2020-12"),
        ("năm 2021", "2021"),
        ("từ 2015", "2015"),
        ("ngày 22/12", "2019-12-22"),
        ("sáng 5/9", "2019-09-05"),
        ("hết tháng 10", "2019-10"),
        ("năm nay", "2019"),
        ("năm ngoái", "2018"),
        ("cuối năm ngoái", "2018"),
        ("năm tới", "2020"),
        ("sang năm", "2020"),
    ],
)
def test_a_date_keeps_its_grain(view_of: Callable[..., View], text: str, value: str) -> None:
    assert [m.data["value"] for m in dates(view_of(f"Việc này xong {text}, theo xã.", date="2019-12-20"))] == [value]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("giai đoạn 2019 - 2021", "2019", "2021"),
        ("nhiệm kỳ 2020-2025", "2020", "2025"),
        ("từ năm 2016 đến năm 2020", "2016", "2020"),
        ("hai năm 2018 và 2019", "2018", "2019"),
        ("6 tháng đầu năm 2021", "2021", "2021-06"),
        ("quý I/2021", "2021-01", "2021-03"),
    ],
)
def test_a_period_has_a_start(view_of: Callable[..., View], text: str, start: str, end: str) -> None:
    assert [(m.data["start"], m.data["value"]) for m in dates(view_of(f"Trong {text}, huyện giảm nhiều."))] == [
        (start, end)
    ]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("So với năm 2015 thì giảm", "baseline"),
        ("so với cuối năm 2015", "baseline"),
        ("Từ năm 2018 đã giảm", "since"),
        ("kể từ tháng 7/2018", "since"),
        ("trước ngày 30/6/2020", "before"),
        ("Đến năm 2021 phải xong", "as_of"),
        ("tính đến hết tháng 10/2019", "as_of"),
        ("trong năm 2018", None),
    ],
)
def test_the_words_before_a_date_tell_its_part(view_of: Callable[..., View], text: str, part: str | None) -> None:
    assert [m.data["part"] for m in dates(view_of(text)) if m.label != "now"] == [part]


@pytest.mark.parametrize(
    "text",
    ["10/21 xã đã xong", "47/12 thôn", "1.017 thôn", "13/2019 văn bản", "năm ấp nhập lại", "ngày 45 tháng 13 năm 2019"],
)
def test_what_is_no_date(view_of: Callable[..., View], text: str) -> None:
    assert [m.text for m in dates(view_of(text)) if m.label not in ("year",)] == []


def test_relative_dates_need_the_documents_date(view_of: Callable[..., View]) -> None:
    assert list(dates(view_of("Năm ngoái giảm 3 xã.", date=None))) == []
    assert [m.data["value"] for m in dates(view_of("Năm ngoái giảm 3 xã.", date="2024-03"))] == ["2023"]


def test_now_is_the_articles_date(view_of: Callable[..., View]) -> None:
    assert [(m.label, m.data["value"]) for m in dates(view_of("Tính đến nay có 5 xã."))] == [("now", None)]


def test_party_terms_are_no_numbers(mentions_of: Callable[..., tuple]) -> None:
    text = "Đại hội lần thứ XII của huyện, ngày 22/12 bàn việc 5 xã."
    assert [m.text for m in mentions_of("numbers", text)] == ["5"]
