"""Planned or done, as of when, since when, against which year, by which resolution (codebook, section 8)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tinhgon.assemble.qualify import When
from tinhgon.assemble.status import heading_status, lies_ahead
from tinhgon.records import Claims, Fact


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Huyện Lộc Bình giảm 9 xã.", "achieved"),
        ("Đến nay, huyện Lộc Bình đã giảm 9 xã.", "achieved"),
        ("Huyện Lộc Bình sẽ giảm 9 xã.", "planned"),
        ("Huyện Lộc Bình dự kiến giảm 9 xã.", "planned"),
        ("Phấn đấu đến năm 2021, huyện Lộc Bình giảm 9 xã.", "planned"),
        ("Theo lộ trình, huyện Lộc Bình giảm 9 xã.", "planned"),
        ("Huyện Lộc Bình đặt mục tiêu giảm 9 xã.", "planned"),
        ("Huyện Lộc Bình phải giảm ít nhất 9 xã.", "required"),
        ("Tỉnh ủy Lạng Sơn yêu cầu mỗi huyện giảm 10% biên chế.", "required"),
        ("Chỉ tiêu giao cho huyện Lộc Bình là giảm 41 biên chế.", "required"),
        ("Huyện Lộc Bình đang thí điểm bí thư kiêm chủ tịch UBND ở 3 xã.", "ongoing"),
        ("Huyện Lộc Bình chưa có xã nào bí thư kiêm chủ tịch UBND, năm tới sẽ làm.", "achieved"),
        ("Vượt chỉ tiêu, huyện Lộc Bình đã giảm 112 biên chế.", "achieved"),
        pytest.param(
            "Vượt chỉ tiêu, huyện Lộc Bình giảm 112 biên chế.",
            "achieved",
        ),
    ],
)
def test_cues(fact_of: Callable[..., Fact], text: str, status: str) -> None:
    assert fact_of(text).status == status


def test_plan_and_result_in_one_sentence(claims_of: Callable[..., Claims]) -> None:
    text = "Huyện Lộc Bình đã giảm 9 xã, năm 2021 sẽ giảm 3 xã."
    assert [(f.value, f.status) for f in claims_of(text).facts] == [(9, "achieved"), (3, "planned")]


def test_headings_hold_for_what_follows(claims_of: Callable[..., Claims]) -> None:
    text = "# I. KẾT QUẢ THỰC HIỆN\nHuyện Lộc Bình giảm 9 xã.\n# II. PHƯƠNG HƯỚNG, NHIỆM VỤ\nGiảm 4 xã nữa."
    assert [(f.value, f.status) for f in claims_of(text).facts] == [(9, "achieved"), (4, "planned")]


@pytest.mark.parametrize(
    ("heading", "before", "after"),
    [
        ("iii. phương hướng đến năm 2025", "achieved", "planned"),
        ("mục tiêu", "achieved", "planned"),
        ("kết quả thực hiện", "planned", "achieved"),
        ("tình hình chung", "planned", "achieved"),
        ("1. cấp xã", "planned", "planned"),
    ],
)
def test_heading_status(heading: str, before: str, after: str) -> None:
    assert heading_status(heading, before) == after  # type: ignore[arg-type]


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
    ],
)
def test_dates(fact_of: Callable[..., Fact], text: str, as_of: str | None, since: str | None, baseline: str | None) -> None:  # fmt: skip
    fact = fact_of(text, date="2019-12-20")
    assert (fact.as_of, fact.since, fact.baseline) == (as_of, since, baseline)


@pytest.mark.parametrize(
    ("published", "status"),
    [("2019-12-20", "planned"), ("2020-01-01", "achieved"), ("2021-05-05", "achieved"), (None, "achieved")],
)
def test_a_date_ahead_of_publication_is_a_plan(
    fact_of: Callable[..., Fact], published: str | None, status: str
) -> None:
    assert fact_of("Từ ngày 1/1/2020, huyện Lộc Bình còn 12 xã sau sắp xếp.", date=published).status == status


@pytest.mark.parametrize(
    ("when", "published", "cues", "ahead"),
    [
        (When(as_of="2021"), "2019-12-20", (), True),
        (When(as_of="2019"), "2019-12-20", (), False),
        (When(since="2020-01"), "2019-12-20", (), True),
        (When(as_of="2021"), "2019-12-20", ("đã",), False),
        (When(as_of="2021"), None, (), False),
        (When(), "2019-12-20", (), False),
    ],
)
def test_lies_ahead(when: When, published: str | None, cues: tuple[str, ...], ahead: bool) -> None:
    assert lies_ahead(when, published, cues) is ahead


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
