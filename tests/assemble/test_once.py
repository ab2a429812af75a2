"""One number once (codebook, section 8)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tinhgon.records import Claims


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Huyện Lộc Bình giảm 41 biên chế.\nTóm lại, huyện Lộc Bình giảm 41 biên chế.", ["reduction payroll value=41"]),
        ("Huyện Lộc Bình giảm 4 xã.\nHuyện Lộc Bình từ 24 xã còn 20 xã, giảm 4 xã.", ["reduction commune value=4 before=24 after=20"]),
        ("Huyện Lộc Bình từ 24 xã còn 20 xã, giảm 4 xã.\nHuyện Lộc Bình giảm 4 xã.", ["reduction commune value=4 before=24 after=20"]),
        ("Huyện Lộc Bình giảm 4 xã. Huyện Chi Lăng giảm 4 xã.", ["reduction commune value=4", "reduction commune value=4"]),
        ("Huyện Lộc Bình giảm 4 xã. Huyện Lộc Bình giảm 4 thôn.", ["reduction commune value=4", "reduction hamlet value=4"]),
    ],
)  # fmt: skip
def test_the_same_number_of_the_same_place(facts_of: Callable[..., list[str]], text: str, facts: list[str]) -> None:
    assert facts_of(text) == facts


def test_what_is_said_stands_over_what_is_implied(claims_of: Callable[..., Claims]) -> None:
    text = (
        "Đề án dự kiến sắp xếp lại 18 huyện trên cả nước. Nơi thừa, nơi thiếu.\n"
        "Đối chiếu quy định, cả nước có 18 huyện có cả hai tiêu chí chưa đạt 50% tiêu chuẩn."
    )
    assert [(f.value, f.status) for f in claims_of(text).facts] == [(18, "planned")]


def test_the_title_says_it_too(claims_of: Callable[..., Claims]) -> None:
    claims = claims_of(
        "Đến nay, huyện Lộc Bình từ 24 xã còn 20 xã, giảm 4 xã.", title="Lộc Bình tinh gọn: giảm 4 xã nhờ sáp nhập"
    )
    assert [(f.value, f.before, f.after) for f in claims.facts] == [(4, 24, 20)]
