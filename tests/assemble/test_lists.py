"""Lists under one head, totals told on their own, breakdowns (codebook, section 8)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tinhgon.records import Area, Claims

COUNT = "concurrent_posts"


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "Trong 12 xã của huyện Lộc Bình, 3 nơi bí thư kiêm chủ tịch UBND, 8 nơi bí thư kiêm chủ tịch HĐND, chưa nơi nào chủ tịch MTTQ kiêm trưởng ban dân vận.",
            [
                f"{COUNT} commune value=3 total=12",
                f"{COUNT} commune value=8 total=12",
                f"{COUNT} commune value=0 total=12",
            ],
        ),
        (
            "Toàn huyện Lộc Bình có 106 thôn, tại 71 thôn bí thư chi bộ kiêm trưởng thôn.",
            [f"{COUNT} hamlet value=71 total=106"],
        ),
        (
            "Huyện Lộc Bình có 7/10 xã bí thư kiêm chủ tịch UBND; 9 xã, thị trấn phó bí thư kiêm chủ tịch HĐND.",
            [f"{COUNT} commune value=7 total=10", f"{COUNT} commune value=9"],
        ),
        (
            "Toàn huyện Lộc Bình có 106 thôn. Tại 71 thôn, bí thư chi bộ kiêm trưởng thôn.",
            [f"{COUNT} hamlet value=71"],
        ),
    ],
)
def test_totals_serve_their_sentence(facts_of: Callable[..., list[str]], text: str, facts: list[str]) -> None:
    assert facts_of(text) == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "Tỉnh Lạng Sơn có 28 xã bí thư kiêm chủ tịch UBND: Lộc Bình 12, Chi Lăng 9, Hữu Lũng 7.",
            [("Lạng Sơn", 28), ("Lộc Bình < Lạng Sơn", 12), ("Chi Lăng < Lạng Sơn", 9), ("Hữu Lũng < Lạng Sơn", 7)],
        ),
        (
            "Tỉnh Lạng Sơn giảm 28 thôn: Lộc Bình 12, Chi Lăng 9, Hữu Lũng 7.",
            [("Lạng Sơn", 28), ("Lộc Bình < Lạng Sơn", 12), ("Chi Lăng < Lạng Sơn", 9), ("Hữu Lũng < Lạng Sơn", 7)],
        ),
        (
            "Huyện Lộc Bình có 71 thôn bí thư chi bộ kiêm trưởng thôn, riêng xã Lợi Bác có 7 thôn.",
            [("Lộc Bình < Lạng Sơn", 71), ("Lợi Bác < Lộc Bình < Lạng Sơn", 7)],
        ),
        pytest.param(
            "Các huyện đã giảm nhiều thôn: Lộc Bình 12, Chi Lăng 9, Hữu Lũng 7.",
            [("Lộc Bình < Lạng Sơn", 12), ("Chi Lăng < Lạng Sơn", 9), ("Hữu Lũng < Lạng Sơn", 7)],
            marks=pytest.mark.xfail(
                strict=True, reason="a list of places and numbers is lost where its head has no number"
            ),
        ),
    ],
)
def test_lists_of_places(
    claims_of: Callable[..., Claims], in_short: Callable[[Area], str], text: str, facts: list[tuple[str, int]]
) -> None:
    found = claims_of(text).facts
    assert [(in_short(f.area), f.value) for f in found] == facts
    assert len({(f.measure, f.object, f.roles) for f in found}) == 1


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "Sau sắp xếp, tỉnh Bến Tre còn 148 đơn vị hành chính cấp xã: 133 xã, 15 phường.",
            ["stock commune value=148", "stock commune value=133", "stock commune value=15"],
        ),
        (
            "Huyện Lộc Bình luân chuyển 9 cán bộ về xã, trong đó 4 đồng chí làm phó bí thư đảng ủy.",
            ["rotation person value=9", "rotation person value=4"],
        ),
        (
            "Tỉnh Lạng Sơn giảm 1.238 biên chế (5,2%), gồm 412 công chức và 826 viên chức.",
            [
                "reduction payroll value=1238 percent=5.2",
                "reduction payroll value=412",
                "reduction payroll value=826",
            ],
        ),
        (
            "Tỉnh Lạng Sơn giảm 28 thôn, trong đó Lộc Bình 12 thôn, Chi Lăng 16 thôn.",
            ["reduction hamlet value=28", "reduction hamlet value=12", "reduction hamlet value=16"],
        ),
        pytest.param(
            "Tỉnh Lạng Sơn giảm 28 thôn, trong đó huyện Lộc Bình giảm 12 thôn, huyện Chi Lăng giảm 16 thôn.",
            ["reduction hamlet value=28", "reduction hamlet value=12", "reduction hamlet value=16"],

        ),
        pytest.param(
            "Huyện Lộc Bình luân chuyển 9 cán bộ về xã, trong đó 4 đồng chí giữ chức bí thư kiêm chủ tịch UBND xã.",
            ["rotation person value=9", "concurrent_posts person value=4"],
            marks=pytest.mark.xfail(strict=True, reason="people who came to hold two posts, part of a rotation, stay a rotation"),
        ),
        pytest.param(
            "Tỉnh Bến Tre có 102 chức danh kiêm nhiệm: cấp tỉnh 2; cấp huyện 26; cấp xã 74.",
            [f"{COUNT} post value=102", f"{COUNT} post value=2", f"{COUNT} post value=26", f"{COUNT} post value=74"],

        ),
    ],
)  # fmt: skip
def test_parts_belong_to_the_whole(claims_of: Callable[..., Claims], facts_of: Callable[..., list[str]], text: str, facts: list[str]) -> None:  # fmt: skip
    assert facts_of(text) == facts
    whole, *parts = claims_of(text).facts
    assert whole.part_of is None
    assert {part.part_of for part in parts} <= {"".join(piece.text for piece in whole.provenance.quote)}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "Tỉnh Lạng Sơn giảm 120 thôn. Các huyện giảm nhiều: Lộc Bình 38; Chi Lăng 31.",
            ["reduction hamlet value=120", "reduction hamlet value=38", "reduction hamlet value=31"],
        ),
        (
            "Cả nước tinh giản 40.500 người. Trong đó, các cơ quan hành chính là 4.900 người, đơn vị sự nghiệp 28.300 người.",
            ["reduction payroll value=40500", "reduction payroll value=4900", "reduction payroll value=28300"],
        ),
        (
            "Huyện Lộc Bình luân chuyển từ huyện về xã 19 đồng chí, từ xã lên huyện 8 đồng chí, giữa các xã 9 đồng chí.",
            ["rotation person value=19", "rotation person value=8", "rotation person value=9"],
        ),
    ],
)
def test_a_list_goes_on(facts_of: Callable[..., list[str]], text: str, facts: list[str]) -> None:
    assert facts_of(text) == facts


def test_each_part_has_its_tier(claims_of: Callable[..., Claims]) -> None:
    text = "Tỉnh Bến Tre có 102 trường hợp bí thư kiêm chủ tịch: cấp tỉnh 2; cấp huyện 26; cấp xã 74."
    assert [(f.object, f.value, f.level) for f in claims_of(text).facts[1:]] == [
        ("post", 2, "province"), ("post", 26, "district"), ("post", 74, "commune"),
    ]  # fmt: skip
