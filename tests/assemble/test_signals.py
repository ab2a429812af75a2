"""Signals: plain numbers by name, and the names that the judge has weights for."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite
from typing import Any

import pytest

from tinhgon.assemble.judge import LinearJudge
from tinhgon.extract import Extractor
from tinhgon.records import Claims, Document

SETS = ("", "trial", "wide")
# Lengths and counts; every other signal is a flag.
MEASURED = {
    "document.business", "document.centre", "document.foreign", "document.on_topic", "link.far", "number.slots",
    "sentence.foreign_numbers", "sentence.length", "sentence.measures", "sentence.numbers", "sentence.on_topic",
}  # fmt: skip
ONE_OF = ("kind", "object", "number", "status", "block")


@pytest.fixture
def candidates(
    extractor: Extractor, corpus_documents: Callable[..., list[Document]], judged_by: Callable[..., Any]
) -> list[dict[str, float]]:
    """The signals of every candidate of the corpus."""
    judge = judged_by()
    for part in SETS:
        for document in corpus_documents(part):
            extractor.claims(document)
    assert len(judge.asked) > 100
    return judge.asked


def test_signals_are_finite_and_flags_are_flags(candidates: list[dict[str, float]]) -> None:
    for signals in candidates:
        assert all(isinstance(value, float) and isfinite(value) and value >= 0 for value in signals.values())
        assert {name: value for name, value in signals.items() if value not in (0, 1)}.keys() <= MEASURED


def test_a_candidate_is_of_one_kind_object_number_status_and_block(candidates: list[dict[str, float]]) -> None:
    for signals in candidates:
        assert [sum(name.startswith(f"{prefix}=") for name in signals) for prefix in ONE_OF] == [1] * len(ONE_OF)


def test_the_judge_weighs_only_what_there_is(candidates: list[dict[str, float]]) -> None:
    given = {name for signals in candidates for name in signals}
    assert sorted(LinearJudge.load().weights.keys() - given) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Huyện Lộc Bình giảm 9 xã.", {"kind=drop", "object=commune", "number=count", "status=achieved", "place.here"}),
        ("Huyện Lộc Bình sẽ giảm 9 xã.", {"kind=drop", "status=planned"}),
        ("Huyện Lộc Bình giảm ba xã.", {"number.in_words", "number.small"}),
        ("Huyện Lộc Bình giảm 10% biên chế.", {"number=percent", "number.percent_alone", "object=payroll"}),
        ("Huyện Lộc Bình có 9 xã được sáp nhập.", {"kind=join", "link.behind"}),
        ("Huyện Lộc Bình có 10/21 xã bí thư kiêm chủ tịch UBND.", {"kind=posts", "number=ratio"}),
        ("Giảm 9 xã.", {"place.none"}),
        ("Huyện Lộc Bình giảm 9 xã theo Nghị quyết số 18-NQ/TW.", {"sentence.cited", "document.cites"}),
        ("Ông nói: “Huyện Lộc Bình giảm 9 xã”.", {"sentence.quoted"}),
        ("# Huyện Lộc Bình giảm 9 xã", {"block=heading"}),
        ("- Huyện Lộc Bình giảm 9 xã.", {"block=item"}),
    ],
)
def test_what_is_told_of_a_candidate(
    claims_of: Callable[..., Claims], judged_by: Callable[..., Any], text: str, told: set[str]
) -> None:
    judge = judged_by()
    claims_of(text)
    (signals,) = judge.asked
    assert {name for name in told if signals.get(name) != 1} == set()


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("Huyện Lộc Bình giảm 9 xã.", {"place.none", "number.small", "number.in_words", "sentence.cited", "noun.none"}),
        ("Huyện Lộc Bình giảm 9 xã.", {"link.behind", "link.comma", "document.undated", "list.row", "sentence.quoted"}),
    ],
)
def test_what_is_not_told_of_it(
    claims_of: Callable[..., Claims], judged_by: Callable[..., Any], text: str, absent: set[str]
) -> None:
    judge = judged_by()
    claims_of(text)
    (signals,) = judge.asked
    assert {name for name in absent if signals.get(name)} == set()


def test_an_undated_article_is_told(claims_of: Callable[..., Claims], judged_by: Callable[..., Any]) -> None:
    judge = judged_by()
    claims_of("Huyện Lộc Bình giảm 9 xã.", date=None)
    assert [signals["document.undated"] for signals in judge.asked] == [1]


def test_what_is_refused_anyway_is_not_judged(claims_of: Callable[..., Claims], judged_by: Callable[..., Any]) -> None:
    judge = judged_by()
    claims_of("Huyện Lộc Bình giảm 12. Nếu giảm 3 xã thì tốt.")
    assert judge.asked == []
