"""Counts of posts held together, of appointments from elsewhere and of staff moved (codebook, section 8)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tinhgon.records import Fact


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Huyện Lộc Bình có 10/21 xã bí thư kiêm chủ tịch UBND.", "concurrent_posts commune value=10 total=21"),
        ("Huyện Lộc Bình có 10/21 (47,6%) xã bí thư kiêm chủ tịch UBND.", "concurrent_posts commune value=10 total=21 percent=47.6"),
        ("Huyện Lộc Bình có 16/22 xã bí thư đồng thời là chủ tịch HĐND, chiếm 72,7%.", "concurrent_posts commune value=16 total=22 percent=72.7"),
        ("Huyện Lộc Bình có 7 trong tổng số 10 xã bố trí bí thư đảng ủy đồng thời là chủ tịch HĐND.", "concurrent_posts commune value=7 total=10"),
        ("Ngày 22/12, huyện Lộc Bình đã có 10/12 xã bí thư kiêm chủ tịch UBND.", "concurrent_posts commune value=10 total=12"),
        ("Ở huyện Lộc Bình, 10/21 đồng chí bí thư đảng ủy kiêm chủ tịch UBND xã.", "concurrent_posts person value=10 total=21"),
        ("Ở huyện Lộc Bình, 83 người là trưởng thôn được bầu làm bí thư chi bộ.", "concurrent_posts person value=83"),
        ("Ở huyện Lộc Bình, sáu xã có bí thư đảng ủy kiêm chủ tịch UBND.", "concurrent_posts commune value=6"),
        ("Năm 2019, huyện Lộc Bình có năm xã bí thư đảng ủy kiêm chủ tịch UBND.", "concurrent_posts commune value=5"),
        ("Ở huyện Lộc Bình, mô hình bí thư chi bộ đồng thời là trưởng thôn có tại 12 thôn.", "concurrent_posts hamlet value=12"),
        ("Huyện Lộc Bình có 5 xã nhất thể hóa chức danh bí thư đảng ủy và chủ tịch UBND.", "concurrent_posts commune value=5"),
        ("100% thôn của huyện Lộc Bình có bí thư chi bộ kiêm trưởng thôn.", "concurrent_posts hamlet percent=100"),
        ("Một nửa số thôn của huyện Lộc Bình có bí thư chi bộ kiêm trưởng thôn.", "concurrent_posts hamlet percent=50"),
        ("Tất cả 14 xã của huyện Lộc Bình có bí thư đảng ủy kiêm chủ tịch HĐND.", "concurrent_posts commune value=14 total=14"),
        ("Huyện Lộc Bình chưa có xã nào bí thư đảng ủy kiêm chủ tịch UBND.", "concurrent_posts commune value=0"),
        ("Huyện Lộc Bình có 12 thôn bí thư chi bộ kiêm trưởng thôn, đạt 106% kế hoạch.", "concurrent_posts hamlet value=12 attainment=106"),
        ("Huyện Lộc Bình nâng tỷ lệ bí thư chi bộ kiêm trưởng thôn lên 73,8%.", "concurrent_posts hamlet percent=73.8"),
        ("Ở huyện Lộc Bình, 3 xã gồm Lợi Bác, Sàn Viên, Tú Đoạn bí thư kiêm chủ tịch UBND.", "concurrent_posts commune value=3"),
        ("Huyện Lộc Bình có 12/24 xã bí thư đảng ủy không là người địa phương.", "nonlocal_appointment commune value=12 total=24"),
    ],
)  # fmt: skip
def test_the_counted_noun_decides_the_object(facts_of: Callable[..., list[str]], text: str, fact: str) -> None:
    assert facts_of(text) == [fact]


def test_a_model_is_taken_up_again(fact_of: Callable[..., Fact]) -> None:
    text = (
        "Mô hình bí thư kiêm chủ tịch UBND xã được nhân rộng. Đến nay, 9 xã của huyện Lộc Bình thực hiện mô hình này."
    )
    fact = fact_of(text)
    assert (fact.value, fact.roles, fact.level) == (9, ("bi_thu_cap_uy", "chu_tich_ubnd"), "commune")


@pytest.mark.parametrize(
    ("text", "roles", "level"),
    [
        ("có 12/24 xã bí thư đảng ủy không là người địa phương", ("bi_thu_cap_uy",), "commune"),
        ("có 71 thôn bí thư chi bộ kiêm trưởng thôn", ("bi_thu_chi_bo", "truong_thon"), "hamlet"),
        ("luân chuyển 12 cán bộ từ huyện về xã", (), "commune"),
    ],
)
def test_roles_and_tier_of_a_count(fact_of: Callable[..., Fact], text: str, roles: tuple[str, ...], level: str) -> None:
    fact = fact_of(f"Huyện Lộc Bình {text}.")
    assert (fact.roles, fact.level) == (roles, level)


def test_a_name_that_is_a_number_word_counts_nothing(facts_of: Callable[..., list[str]]) -> None:
    text = "Tất cả 14 xã của huyện Ba Tri có bí thư đảng ủy kiêm chủ tịch HĐND."
    assert facts_of(text, title=None) == ["concurrent_posts commune value=14 total=14"]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("luân chuyển 12 cán bộ về xã", "commune"),
        ("luân chuyển 12 cán bộ từ huyện về cơ sở", "commune"),
        ("điều động 12 cán bộ xã lên huyện", "district"),
        ("luân chuyển 12 cán bộ", None),
    ],
)
def test_a_rotation_sits_at_the_tier_gone_to(fact_of: Callable[..., Fact], text: str, level: str | None) -> None:
    assert fact_of(f"Huyện Lộc Bình {text}.").level == level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Cấp huyện có 3 nơi bí thư kiêm chủ tịch UBND.", "district"),
        ("Huyện Lộc Bình có 3 xã bí thư kiêm chủ tịch UBND.", "commune"),
        ("Huyện Lộc Bình có 3 trường hợp bí thư chi bộ kiêm trưởng thôn.", "hamlet"),
        ("Tỉnh Lạng Sơn có 3 huyện trưởng ban tổ chức kiêm trưởng phòng nội vụ.", "district"),
    ],
)
def test_the_tier_of_posts(fact_of: Callable[..., Fact], text: str, level: str) -> None:
    assert fact_of(text).level == level


def test_rows_take_the_posts_of_their_list_and_nothing_else_does(facts_of: Callable[..., list[str]]) -> None:
    rows = (
        "Xã, thị trấn có bí thư kiêm chủ tịch UBND: 7/21",
        "Diện tích: 45", "Dân số: 12.345", "Huyện Lộc Bình: 3/9", "Các xã còn lại: 5",
    )  # fmt: skip
    assert facts_of("\n".join(rows)) == [
        "concurrent_posts commune value=7 total=21",
        "concurrent_posts commune value=3 total=9",
        "concurrent_posts commune value=5",
    ]
