"""Planned or done: by cues, by what stands between the numbers, by dates, by the plan before (codebook, section 8)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tinhgon.assemble.qualify import When
from tinhgon.assemble.status import heading_status, lies_ahead
from tinhgon.detect.analysis import told_year
from tinhgon.extract import Extractor
from tinhgon.records import Claims, Document, Fact


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
        ("Vượt chỉ tiêu, huyện Lộc Bình giảm 112 biên chế.", "achieved"),
        ("Sang năm, huyện Lộc Bình giảm 9 xã.", "planned"),
        ("Huyện Lộc Bình giảm 41 biên chế sự nghiệp năm tới.", "planned"),
        ("Huyện Lộc Bình đã giảm 41 biên chế sự nghiệp, năm tới giảm tiếp.", "achieved"),
        ("Huyện Lộc Bình giảm 41 biên chế, thời gian tới rà soát tiếp.", "achieved"),
        ("Huyện Lộc Bình đề xuất giảm 9 xã.", "planned"),
        ("Thành phố đã trình HĐND giảm 9 xã.", "planned"),
        ("Huyện Lộc Bình giảm 9 xã theo yêu cầu của tỉnh.", "required"),
        ("Huyện Lộc Bình đã tinh giản 41 biên chế theo phương án cổ phần hóa.", "achieved"),
        ("Mỗi xã ở huyện Lộc Bình được giao tinh giản 3 người.", "required"),
    ],
)
def test_cues(fact_of: Callable[..., Fact], text: str, status: str) -> None:
    assert fact_of(text).status == status


def test_plan_and_result_in_one_sentence(claims_of: Callable[..., Claims]) -> None:
    text = "Huyện Lộc Bình đã giảm 9 xã, năm 2021 sẽ giảm 3 xã."
    assert [(f.value, f.status) for f in claims_of(text).facts] == [(9, "achieved"), (3, "planned")]


def test_a_verb_behind_two_counts_tells_of_both(claims_of: Callable[..., Claims]) -> None:
    text = "Theo quy định, 11 huyện và 226 xã của cả nước sẽ bị sắp xếp lại."
    assert [(f.value, f.status) for f in claims_of(text).facts] == [(11, "planned"), (226, "planned")]


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
    ("text", "status"),
    [
        ("hiện có 172 người, sau hợp nhất sẽ giảm còn 151", "planned"),
        ("hiện có 24 xã, dự kiến còn 20 xã", "planned"),
        ("hiện có 24 xã, sau sắp xếp còn 20 xã", "achieved"),
        ("đã giảm từ 24 xã xuống còn 20 xã và sẽ làm tiếp", "achieved"),
        ("có 24 xã, nay còn 20 xã, tới đây sẽ giảm tiếp", "achieved"),
    ],
)
def test_a_cue_between_the_numbers(fact_of: Callable[..., Fact], text: str, status: str) -> None:
    fact = fact_of(f"Huyện Lộc Bình {text}.")
    assert (fact.before is not None, fact.after is not None, fact.status) == (True, True, status)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("giảm tối thiểu 10% biên chế", "planned"),
        ("giảm ít nhất 10% biên chế", "planned"),
        ("đã giảm ít nhất 10% biên chế", "achieved"),
        ("đã giảm tối thiểu 10% biên chế", "achieved"),
        ("giảm 10% biên chế", "achieved"),
        ("phải giảm ít nhất 10% biên chế", "required"),
        ("giảm ít nhất 9 xã", "achieved"),
        (
            "giảm được ít nhất 10% biên chế",
            "achieved",
        ),
    ],
)
def test_a_minimum_share_is_a_target_unless_it_is_done(fact_of: Callable[..., Fact], text: str, status: str) -> None:
    assert fact_of(f"Huyện Lộc Bình {text}.").status == status


@pytest.mark.parametrize(
    ("before", "after", "status"),
    [
        ("Huyện Lộc Bình sẽ sắp xếp các xã.", "Cụ thể, giảm 4 xã.", "planned"),
        ("Huyện Lộc Bình sẽ sắp xếp các xã.", "Trong đó, giảm 4 xã.", "planned"),
        ("Huyện Lộc Bình sẽ sắp xếp các xã.", "Như vậy, giảm 4 xã.", "planned"),
        ("Huyện Lộc Bình sẽ sắp xếp các xã.", "Sau sắp xếp, huyện còn 20 xã.", "planned"),
        ("Huyện Lộc Bình phải sắp xếp các xã.", "Cụ thể, giảm 4 xã.", "required"),
        ("Huyện Lộc Bình sẽ sắp xếp các xã.", "Sau sắp xếp, huyện đã còn 20 xã.", "achieved"),
        ("Huyện Lộc Bình sẽ sắp xếp các xã.", "Đến nay, giảm 4 xã.", "achieved"),
        ("Huyện Lộc Bình sẽ sắp xếp các xã.", "Xã Lợi Bác giảm 4 thôn.", "achieved"),
        ("Huyện Lộc Bình đã sắp xếp các xã.", "Cụ thể, giảm 4 xã.", "achieved"),
        ("Huyện Lộc Bình đã sắp xếp các xã.", "Sau sắp xếp, huyện còn 20 xã.", "achieved"),
        ("Huyện Lộc Bình đã sắp xếp các xã và sẽ làm tiếp.", "Sau sắp xếp, huyện còn 20 xã.", "achieved"),
        ("# Huyện Lộc Bình sẽ sắp xếp các xã\n", "Cụ thể, giảm 4 xã.", "achieved"),
    ],
)
def test_what_goes_on_from_a_plan_is_planned(
    fact_of: Callable[..., Fact], before: str, after: str, status: str
) -> None:
    assert fact_of(f"{before} {after}").status == status


@pytest.mark.parametrize(
    ("title", "text", "status"),
    [
        ("KẾ HOẠCH Sắp xếp tổ chức bộ máy", "giảm 4 xã", "planned"),
        ("ĐỀ ÁN Sắp xếp tổ chức bộ máy", "giảm 4 xã", "planned"),
        ("DỰ THẢO ĐỀ ÁN Sắp xếp tổ chức bộ máy", "giảm 4 xã", "planned"),
        ("PHƯƠNG ÁN Sắp xếp tổ chức bộ máy", "giảm 4 xã", "planned"),
        ("CHƯƠNG TRÌNH HÀNH ĐỘNG Sắp xếp tổ chức bộ máy", "giảm 4 xã", "planned"),
        ("KẾ HOẠCH Sắp xếp tổ chức bộ máy", "đã giảm 4 xã", "achieved"),
        ("BÁO CÁO Kết quả sắp xếp tổ chức bộ máy", "giảm 4 xã", "achieved"),
        ("Kế hoạch sắp xếp tổ chức bộ máy đã xong", "giảm 4 xã", "achieved"),
    ],
)
def test_a_plan_by_its_head_is_planned(fact_of: Callable[..., Fact], title: str, text: str, status: str) -> None:
    assert fact_of(f"Huyện Lộc Bình {text}.", title=title).status == status


def test_a_plan_tells_results_below_their_heading(claims_of: Callable[..., Claims]) -> None:
    text = "Huyện Lộc Bình giảm 3 xã.\n# I. KẾT QUẢ ĐẠT ĐƯỢC\nHuyện giảm 4 xã.\n# II. MỤC TIÊU\nHuyện giảm 2 xã nữa."
    facts = claims_of(text, title="KẾ HOẠCH Sắp xếp tổ chức bộ máy").facts
    assert [(f.value, f.status) for f in facts] == [(3, "planned"), (4, "achieved"), (2, "planned")]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Ngày 5/3/2018, huyện họp.", "2018"),
        ("Năm 2018, huyện họp. Năm 2019, huyện lại họp.", "2019"),
        ("Năm 2018, huyện họp. Đến năm 2021, huyện họp lại.", "2018"),
        ("Năm 2018, huyện họp. Sẽ họp lại vào năm 2021.", "2018"),
        ("Năm 2018, huyện họp. Giai đoạn 2021 - 2025 rất dài.", "2018"),
        ("Đến năm 2021, huyện họp.", None),
        ("Huyện đã họp.", None),
    ],
)
def test_the_year_an_undated_article_tells(
    extractor: Extractor, document_of: Callable[..., Document], text: str, year: str | None
) -> None:
    assert told_year(extractor.analysis(document_of(text, date=None))) == year


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Năm 2018, huyện Lộc Bình họp. Đến năm 2021, huyện giảm 9 xã.", "planned"),
        ("Năm 2022, huyện Lộc Bình họp. Đến năm 2021, huyện giảm 9 xã.", "achieved"),
        ("Ngày 5/3/2018, huyện Lộc Bình họp. Từ ngày 1/1/2020, huyện còn 12 xã sau sắp xếp.", "planned"),
        ("Ngày 5/3/2020, huyện Lộc Bình họp. Từ ngày 1/1/2020, huyện còn 12 xã sau sắp xếp.", "achieved"),
        ("Từ ngày 1/1/2020, huyện Lộc Bình còn 12 xã sau sắp xếp.", "achieved"),
    ],
)
def test_an_undated_article_plans_by_its_own_year(fact_of: Callable[..., Fact], text: str, status: str) -> None:
    assert fact_of(text, date=None).status == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("có 12 xã phải sáp nhập", "required"),
        ("có 12 xã chưa đạt tiêu chuẩn phải sắp xếp", "required"),
        ("có 12 xã thuộc diện sắp xếp", "required"),
        ("có 12 xã cần sắp xếp lại", "required"),
        ("có 12 xã có cả hai tiêu chí chưa đạt 50%", "required"),
        ("có 12 xã sẽ được sáp nhập", "planned"),
        ("sẽ sắp xếp 12 xã", "planned"),
        ("có 12 xã được sáp nhập", "achieved"),
        ("có 12 xã đã sáp nhập", "achieved"),
    ],
)
def test_units_to_be_merged(fact_of: Callable[..., Fact], text: str, status: str) -> None:
    fact = fact_of(f"Huyện Lộc Bình {text}.")
    assert (fact.measure, fact.value, fact.status) == ("merger", 12, status)
