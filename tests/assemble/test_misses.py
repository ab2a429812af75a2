"""What is left open: the reason, and the shape of the words between cue and number."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tinhgon.records import Claims

UNTOLD = "what the number counts is not told"


@pytest.mark.parametrize(
    ("text", "reason", "shape"),
    [
        ("Toàn huyện dự kiến giảm chừng 3 đơn vị.", UNTOLD, "giảm chừng ⟨count⟩ ⟨unit⟩"),
        ("Huyện Lộc Bình giảm 12.", UNTOLD, "giảm ⟨count⟩"),
        ("Việc sáp nhập được 12 nơi hoan nghênh.", UNTOLD, "sáp nhập được ⟨count⟩ ⟨unit⟩"),
        ("Nếu giảm 3 xã thì tốt.", "supposed or denied", "giảm ⟨count⟩ ⟨commune⟩"),
        ("Huyện Lộc Bình có 12 xã, nếu giảm 3 xã thì tốt.", "supposed or denied", "giảm ⟨count⟩ ⟨commune⟩"),
        ("Huyện Lộc Bình còn 12 xã.", "not told as what merging left", "còn ⟨count⟩ ⟨commune⟩"),
    ],
)
def test_reason_and_shape(claims_of: Callable[..., Claims], text: str, reason: str, shape: str) -> None:
    claims = claims_of(text)
    assert claims.facts == ()
    assert [(miss.reason, miss.shape) for miss in claims.misses] == [(reason, shape)]


def test_an_article_on_something_else_has_its_reason(claims_of: Callable[..., Claims]) -> None:
    claims = claims_of("Giảm 3 xã.", title=None)
    assert [miss.reason for miss in claims.misses] == ["the article does not speak of consolidation"]


@pytest.mark.parametrize(
    "text",
    [
        "Huyện Lộc Bình giảm 9 xã.",
        "Huyện Lộc Bình có 12 xã.",
        "Huyện Lộc Bình đã giảm nhiều xã.",
        "Huyện Lộc Bình giảm 12 hộ nghèo.",
        "Trời hôm nay đẹp.",
    ],
)
def test_no_miss_without_a_cue_and_a_number_left_open(claims_of: Callable[..., Claims], text: str) -> None:
    assert claims_of(text).misses == ()


def test_sentences_of_one_shape_differ_in_their_words_only(claims_of: Callable[..., Claims]) -> None:
    text = "Huyện Lộc Bình còn 12 xã. Tỉnh Bến Tre còn 151 phường."
    assert {miss.shape for miss in claims_of(text).misses} == {"còn ⟨count⟩ ⟨commune⟩"}


def test_the_quote_is_the_number_in_its_sentence(claims_of: Callable[..., Claims]) -> None:
    claims = claims_of("Trời đẹp. Toàn huyện dự kiến giảm chừng 3 đơn vị.")
    (miss,) = claims.misses
    assert [span.text for span in miss.provenance.quote] == ["3"]
    assert miss.provenance.sentence.text == "Toàn huyện dự kiến giảm chừng 3 đơn vị."
    assert miss.provenance.cues == ("drop",)
    for span in (*miss.provenance.quote, miss.provenance.sentence):
        assert claims.document.text[span.start : span.end] == span.text


def test_a_sentence_with_a_fact_is_no_miss(claims_of: Callable[..., Claims]) -> None:
    claims = claims_of("Huyện Lộc Bình giảm 9 xã, có 12 nơi khen.")
    assert [(fact.object, fact.value) for fact in claims.facts] == [("commune", 9)]
    assert claims.misses == ()


@pytest.mark.xfail(strict=True, reason="who welcomed the pairing passes for where it is")
def test_a_number_beside_a_pairing_counts_something_else(claims_of: Callable[..., Claims]) -> None:
    assert claims_of("Việc bí thư kiêm chủ tịch UBND xã được 12 nơi hoan nghênh.").facts == ()
