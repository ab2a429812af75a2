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


@pytest.mark.parametrize(
    ("title", "text", "again"),
    [
        ("Lộc Bình tinh gọn: giảm 4 xã nhờ sáp nhập", "Đến nay, huyện Lộc Bình từ 24 xã còn 20 xã, giảm 4 xã.", ["giảm 4 xã"]),
        ("Lộc Bình tinh gọn", "Huyện Lộc Bình giảm 41 biên chế.\nTóm lại, huyện Lộc Bình giảm 41 biên chế.", ["giảm 41 biên chế"]),
        ("Lộc Bình tinh gọn: giảm gần 1.500 biên chế", "Đến nay, huyện Lộc Bình giảm 1.486 biên chế.", ["giảm gần 1.500 biên chế"]),
        ("Lộc Bình tinh gọn", "Huyện Lộc Bình giảm 41 biên chế.", []),
    ],
)  # fmt: skip
def test_where_else_it_is_told_is_kept(
    claims_of: Callable[..., Claims], title: str, text: str, again: list[str]
) -> None:
    claims = claims_of(text, title=title)
    (fact,) = claims.facts
    assert [span.text for span in fact.provenance.retold] == again
    assert all(claims.document.text[s.start : s.end] == s.text for s in fact.provenance.retold)
    assert not set(fact.provenance.retold) & set(fact.provenance.quote)


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
