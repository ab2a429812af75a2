"""The judge: its file, its confidences, and that they inform and decide nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.assemble.judge import JudgeError, LinearJudge
from tinhgon.extract import Extractor
from tinhgon.records import Claims, Document
from tinhgon.resources import patterns_dir

CONTENT: dict[str, Any] = {"about": "", "intercept": 1.0, "weights": {"place.here": 2}, "reliability": []}
TEXT = "Huyện Lộc Bình giảm 9 xã, còn 20 xã. Đến nay, 10/21 xã có bí thư kiêm chủ tịch UBND."


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in CONTENT.items() if key != name}


def test_the_shipped_judge_loads() -> None:
    judge = LinearJudge.load()
    assert judge.weights
    assert 0 < judge({}) < 1


def test_the_shipped_table_of_reliability_is_one() -> None:
    bands = yaml.safe_load((patterns_dir() / "judge.yaml").read_text("utf-8"))["reliability"]
    assert [set(band) for band in bands] == [{"from", "to", "facts", "right", "whole"}] * len(bands)
    edges = [(band["from"], band["to"]) for band in bands]
    assert edges == sorted(edges)
    assert all(low < high for low, high in edges)
    assert all(band["facts"] > 0 and 0 <= band["whole"] <= band["right"] <= 1 for band in bands)


def test_a_file_of_the_same_form_will_do(tmp_path: Path) -> None:
    path = tmp_path / "judge.yaml"
    path.write_text(yaml.safe_dump(CONTENT), "utf-8")
    assert LinearJudge.load(path) == LinearJudge({"place.here": 2.0}, intercept=1.0)


@pytest.mark.parametrize(
    "content",
    [
        *(yaml.safe_dump(without(name)) for name in CONTENT),
        yaml.safe_dump({**CONTENT, "more": 1}),
        "weights: [",
        "",
        "một dòng chữ",
        "- 1\n- 2",
        yaml.safe_dump({**CONTENT, "weights": [1, 2]}),
        yaml.safe_dump({**CONTENT, "weights": {"place.here": None}}),
        yaml.safe_dump({**CONTENT, "weights": {"place.here": [1]}}),
        yaml.safe_dump({**CONTENT, "intercept": None}),
        yaml.safe_dump({**CONTENT, "weights": {"place.here": "nhiều"}}),
        yaml.safe_dump({**CONTENT, "weights": {"place.here": float("nan")}}),
        yaml.safe_dump({**CONTENT, "intercept": "nhiều"}),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "judge.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises(JudgeError, match=r"judge\.yaml"):
        LinearJudge.load(path)


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xff"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "judge.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(JudgeError, match=r"judge\.yaml"):
        LinearJudge.load(path)


def test_weights_speak_for_and_against() -> None:
    judge = LinearJudge({"for": 1.5, "against": -1.5})
    assert judge({"against": 1}) < judge({}) == 0.5 < judge({"for": 1})
    assert judge({"unheard of": 9}) == judge({"for": 1, "against": 1}) == 0.5


NAMES = st.sampled_from(["place.here", "noun.none", "link.far"])


@given(st.dictionaries(NAMES, st.floats(-30, 30)), st.dictionaries(NAMES, st.floats(0, 6)))
def test_a_confidence_is_a_share_and_the_order_of_signals_is_nothing(
    weights: dict[str, float], signals: dict[str, float]
) -> None:
    judge = LinearJudge(weights)
    assert 0 <= judge(signals) <= 1
    assert judge(dict(reversed(signals.items()))) == judge(signals)


def test_the_surest_doubt_is_a_share_too() -> None:
    assert LinearJudge({"place.here": -1000.0})({"place.here": 1.0}) == 0


def test_what_the_judge_doubts_stays_with_its_doubt(
    claims_of: Callable[..., Claims], judged_by: Callable[..., object]
) -> None:
    sure = claims_of(TEXT)
    assert len(sure.facts) == 2
    judged_by("number=count")
    doubted = claims_of(TEXT)
    assert [fact.confidence for fact in doubted.facts] == [0, 1]
    assert [replace(fact, confidence=None) for fact in doubted.facts] == [
        replace(fact, confidence=None) for fact in sure.facts
    ]


def test_a_doubt_changes_nothing_else(claims_of: Callable[..., Claims], judged_by: Callable[..., object]) -> None:
    text = f"{TEXT} Theo Nghị quyết số 18-NQ/TW, sáp nhập xã Giao Long và xã Giao Hòa. Nếu giảm 3 xã thì tốt."
    sure = claims_of(text)
    judged_by("number=count", "number=ratio")
    doubted = claims_of(text)
    for kind in ("resolutions", "localities", "pairings", "mergers", "misses"):
        assert getattr(doubted, kind) == getattr(sure, kind) != ()


def test_every_fact_of_the_corpus_has_its_confidence(
    extractor: Extractor, corpus_documents: Callable[..., list[Document]]
) -> None:
    facts = [fact for document in corpus_documents() for fact in extractor.claims(document).facts]
    assert facts
    assert all(fact.confidence is not None and 0 < fact.confidence <= 1 for fact in facts)


def test_the_same_article_gets_the_same_confidences(
    extractor: Extractor, corpus_documents: Callable[..., list[Document]]
) -> None:
    document = corpus_documents()[0]
    assert extractor.claims(document) == extractor.claims(document)
