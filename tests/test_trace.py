"""The extraction in words."""

from __future__ import annotations

from collections.abc import Callable

from tinhgon.extract import Extractor
from tinhgon.records import Document

TEXT = """Trời đẹp và gió nhẹ.
Đến nay, huyện Lộc Bình có 10/21 xã bí thư đảng ủy kiêm chủ tịch UBND.
Còn huyện Châu Thành thì chưa rõ.
Việc sáp nhập làm 12 nơi bớt giảm 9."""


def explained(extractor: Extractor, document_of: Callable[..., Document], text: str = TEXT) -> str:
    return extractor.explain(document_of(text))


def test_spans_passage_drafts_and_facts(extractor: Extractor, document_of: Callable[..., Document]) -> None:
    text = explained(extractor, document_of)
    assert "numbers: 10/21 [ratio, number.ratio]" in text
    assert "bí thư đảng ủy [bi_thu_cap_uy, role.bi_thu_cap_uy]" in text
    assert "passage: Lộc Bình < Lạng Sơn (document: Lộc Bình < Lạng Sơn)" in text
    assert "draft: posts: value 10, total 21" in text
    assert (
        "=> concurrent_posts of commune: value 10, total 21 bi_thu_cap_uy+chu_tich_ubnd, Lộc Bình < Lạng Sơn, tier commune, achieved"
        in text
    )


def test_sentences_that_hold_nothing_are_left_out(extractor: Extractor, document_of: Callable[..., Document]) -> None:
    assert "Trời đẹp" not in explained(extractor, document_of)
    assert explained(extractor, document_of, "Trời đẹp và gió nhẹ.") == ""


def test_open_places_are_told_with_their_candidates(extractor: Extractor, document_of: Callable[..., Document]) -> None:
    text = explained(extractor, document_of, "Còn huyện Châu Thành thì chưa rõ.")
    assert "Places left open:" in text
    assert "Châu Thành < Long An" in text


def test_sentences_that_gave_no_fact_are_told(extractor: Extractor, document_of: Callable[..., Document]) -> None:
    document = document_of("Ở huyện Lộc Bình, chuyện kiêm nhiệm còn 12 điều.")
    misses = extractor.claims(document).misses
    text = extractor.explain(document)
    assert ("Sentences with a cue and a number that gave no fact:" in text) == bool(misses)
    assert all(miss.reason in text for miss in misses)


def test_the_whole_country_has_no_name(extractor: Extractor, document_of: Callable[..., Document]) -> None:
    assert "passage: whole country or unknown" in explained(
        extractor, document_of, "Cả nước giảm 600 xã sau khi sáp nhập."
    )
