"""Numbers: digits, words, ratios, percents, ranges, money, how sure they are meant, and what is none."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from tinhgon.detect.numbers import parse_digits, parse_percent, parse_words
from tinhgon.detect.text import View
from tinhgon.records import Mention

Finder = Callable[..., tuple[Mention, ...]]


def found(mentions_of: Finder, text: str, *slots: str) -> list[tuple[Any, ...]]:
    return [(m.label, *(m.data.get(slot) for slot in slots)) for m in mentions_of("numbers", text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [("21", 21), ("08", 8), ("1.017", 1017), ("1.234.567", 1234567), ("47,6", 47.6), ("2.100,5", 2100.5)],
)
def test_digits(text: str, value: float) -> None:
    assert parse_digits(text) == value


def test_a_point_before_a_percent_sign_is_a_decimal_mark() -> None:
    assert parse_percent("40.9") == 40.9
    assert parse_percent("40,9") == 40.9
    assert parse_percent("1.017") == 1017


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("một", 1), ("năm", 5), ("mười", 10), ("mười lăm", 15), ("hai mươi", 20), ("hai mươi mốt", 21), ("hai lăm", None), ("ba mươi tư", 34),
        ("một trăm", 100), ("một trăm linh năm", 105), ("hai trăm lẻ ba", 203), ("ba trăm hai mươi", 320), ("hai nghìn", 2000),
        ("một nghìn hai trăm", 1200), ("ba chục", 30), ("năm ba", None), ("mươi", None),
    ],
)  # fmt: skip
def test_words(words: str, value: int | None) -> None:
    assert parse_words(words) == value


@pytest.mark.parametrize(
    ("text", "value", "total"),
    [
        ("Đã có 10/21 xã làm xong.", 10, 21),
        ("Đã có 10 / 21 xã làm xong.", 10, 21),
        ("Có 7 trong tổng số 10 xã làm xong.", 7, 10),
        ("Có 7 trong số 10 xã làm xong.", 7, 10),
        ("Có 7 xã trong tổng số 10 xã.", 7, 10),
        ("Mô hình có tại 14 trên 16 xã.", 14, 16),
        ("Có bảy trong số 10 xã làm xong.", 7, 10),
        ("Có 1.017/2.034 thôn làm xong.", 1017, 2034),
        ("Có 22/22 xã làm xong.", 22, 22),
    ],
)
def test_ratios(mentions_of: Finder, text: str, value: int, total: int) -> None:
    assert found(mentions_of, text, "value", "total") == [("ratio", value, total)]


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 22/12, huyện họp bàn.", "Sáng 5/9, xã họp.", "Họp đến 30/6 thì xong.", "Từ tháng 6/2019, xã họp.", "Nghị định 108/2014/NĐ-CP quy định.",
        "Theo Nghị quyết 18-NQ/TW thì gọn.", "Ông ở Quận 1.", "Bà ở Phường 5.", "Nhiệm kỳ 2020-2025 có nhiều việc.",
    ],
)  # fmt: skip
def test_dates_symbols_and_numbered_names_are_no_numbers(mentions_of: Finder, text: str) -> None:
    assert found(mentions_of, text) == []


def test_a_day_beside_a_ratio(mentions_of: Finder) -> None:
    assert found(mentions_of, "Ngày 22/12, đã có 10/12 xã báo cáo.", "value", "total") == [("ratio", 10, 12)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Sáu xã đã nhập.", [6]),
        ("Huyện có mười hai xã.", [12]),
        ("Cả huyện nhập năm xã.", [5]),
        ("Năm 2019, huyện nhập năm xã.", [5]),
        ("Năm nay huyện nhập ba xã.", [3]),
        ("Năm ngoái chưa nhập.", []),
        ("Mỗi tháng bớt được ba xã.", [3]),
        pytest.param(
            "Mỗi năm bớt được ba xã.",
            [3],
        ),
        ("Hàng trăm người dự.", []),
        ("Một số xã chưa làm.", []),
        ("Một phần việc đã xong.", []),
        ("Vài chục thôn.", []),
        ("Nhập hai thôn thành một thôn.", [2, 1]),
    ],
)
def test_numbers_in_words(mentions_of: Finder, text: str, values: list[int]) -> None:
    assert [m.data["value"] for m in mentions_of("numbers", text)] == values


@pytest.mark.parametrize(
    ("text", "value", "top"),
    [
        ("Giảm 300 đến 400 người.", 300, 400),
        ("Giảm 300-400 người.", 300, 400),
        ("Giảm từ 26 tới 28 xã.", 26, 28),
        ("Giảm 26 – 28 xã.", 26, 28),
    ],
)
def test_ranges(mentions_of: Finder, text: str, value: int, top: int) -> None:
    assert found(mentions_of, text, "value", "value_max") == [("range", value, top)]


@pytest.mark.parametrize(
    ("text", "value", "top"),
    [
        ("Giảm 10,5% biên chế.", 10.5, None),
        ("Giảm 10.5% biên chế.", 10.5, None),
        ("Giảm 10 % biên chế.", 10, None),
        ("Giảm 15 phần trăm biên chế.", 15, None),
        ("Giảm 15-20% biên chế.", 15, 20),
        ("Giảm 15% đến 20% biên chế.", 15, 20),
        ("Giảm 15 - 20% biên chế.", 15, 20),
    ],
)
def test_percents(mentions_of: Finder, text: str, value: float, top: float | None) -> None:
    assert found(mentions_of, text, "value", "value_max") == [("percent", value, top)]


def test_a_half_is_fifty_percent(mentions_of: Finder) -> None:
    assert found(mentions_of, "Đã có một nửa số xã làm xong.", "value") == [("half", 50)]


@pytest.mark.parametrize(
    ("text", "value", "top", "per"),
    [
        ("Bớt chi 20 tỷ đồng.", 20_000_000_000, None, None),
        ("Bớt chi 1,9 tỷ đồng mỗi tháng.", 1_900_000_000, None, "tháng"),
        ("Mỗi tháng bớt chi 45 triệu đồng.", 45_000_000, None, "tháng"),
        ("Bớt chi 45 triệu đồng/tháng.", 45_000_000, None, "tháng"),
        ("Bớt chi 1 tỷ 200 triệu đồng.", 1_200_000_000, None, None),
        ("Bớt chi 3-4 tỉ đồng.", 3_000_000_000, 4_000_000_000, None),
        ("Bớt chi 850 nghìn đồng.", 850_000, None, None),
        ("Bớt chi 2.300 tỷ đồng một năm.", 2_300_000_000_000, None, "năm"),
    ],
)
def test_money(mentions_of: Finder, text: str, value: int, top: int | None, per: str | None) -> None:
    assert found(mentions_of, text, "value", "value_max", "per") == [("money", value, top, per)]


@pytest.mark.parametrize(
    ("text", "modifier"),
    [
        ("Giảm 30 thôn.", "exact"), ("Giảm khoảng 30 thôn.", "about"), ("Giảm chừng 30 thôn.", "about"), ("Giảm xấp xỉ 30 thôn.", "about"),
        ("Giảm trên 30 thôn.", "over"), ("Giảm hơn 30 thôn.", "over"), ("Giảm ít nhất 30 thôn.", "over"), ("Giảm tối thiểu 30 thôn.", "over"),
        ("Giảm 30 thôn trở lên.", "over"), ("Giảm không dưới 30 thôn.", "over"), ("Giảm gần 30 thôn.", "under"), ("Giảm dưới 30 thôn.", "under"),
        ("Giảm gần 10% số thôn.", "under"),
    ],
)  # fmt: skip
def test_modifiers(mentions_of: Finder, text: str, modifier: str) -> None:
    assert [m.data["modifier"] for m in mentions_of("numbers", text)] == [modifier]


@pytest.mark.parametrize(
    "text",
    [
        "Chưa có xã nào thực hiện.", "Chưa xã nào thực hiện.", "Huyện chưa bố trí được trường hợp nào.", "Không thôn nào phải nhập.",
        "Toàn huyện chưa có trường hợp nào.",
    ],
)  # fmt: skip
def test_what_nobody_did_is_zero(mentions_of: Finder, text: str) -> None:
    assert found(mentions_of, text, "value") == [("zero", 0)]


@pytest.mark.parametrize("text", ["Cả 6 xã đều xong.", "Tất cả 14 xã đều xong.", "Toàn bộ 9 xã đều xong."])
def test_all_of_them(mentions_of: Finder, text: str) -> None:
    assert [m.data["all"] for m in mentions_of("numbers", text)] == [True]


def test_numbers_come_in_text_order_and_do_not_overlap(view_of: Callable[..., View], mentions_of: Finder) -> None:
    text = "Từ 12 xã còn 9 xã, 10/21 (47,6%), bớt 1,2 tỷ đồng, sáu thôn, 3-4 ấp, chưa có xã nào làm."
    numbers = mentions_of("numbers", text)
    assert [m.label for m in numbers] == "count count ratio percent money count range zero".split()
    assert all(a.end <= b.start for a, b in itertools.pairwise(numbers))
    assert all(view_of(text).text[m.start : m.end] == m.text for m in numbers)


@pytest.mark.parametrize(
    "form", ["giảm {} xã", "giảm {}% biên chế", "có {}/21 xã", "tiết kiệm {} tỷ đồng", "Quận {}", "1.{}", "0,{}"]
)
@pytest.mark.parametrize("digits", [20, 5_000])
def test_endless_digits_are_no_number(mentions_of: Callable[..., tuple[Mention, ...]], form: str, digits: int) -> None:
    found = mentions_of("numbers", form.format("9" * digits) + " nói")
    assert not [mention for mention in found if len(mention.text) > digits]
