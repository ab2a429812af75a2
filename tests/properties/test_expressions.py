"""No expression of the program goes back and forth over a text: each is found, and the patterns are pumped."""

from __future__ import annotations

import re
import time

import pytest

from hostile.expressions import Expression, expressions, made_when_called
from hostile.pumps import attacks
from pump import SENTENCE, pumped
from tinhgon.detect.patterns import PatternSet
from tinhgon.vietnamese import match_form

PATTERNS = PatternSet.load()
LETTERS = 4_000
MOST = 8.5  # times as long for four times the text: see ``test_growth``
NOISE = 0.05
SHORT = 400


def test_every_expression_is_found() -> None:
    assert len(expressions()) > 600
    assert made_when_called() == []


def seconds(patterns: PatternSet, text: str) -> float:
    low = match_form(text)
    started = time.process_time()
    for _ in patterns.matches(text, low):
        pass
    return time.process_time() - started


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted({pattern.kind for pattern in PATTERNS.patterns}))
def test_a_pattern_takes_time_with_the_length_of_what_is_pumped(kind: str) -> None:
    slow = []
    for pattern in PATTERNS.patterns:
        if pattern.kind != kind:
            continue
        alone = PatternSet([pattern])
        tried = [*attacks(pattern.expression.pattern, variants=1), *(("", f"{e} ") for e in pattern.examples)]
        for lead, pump in tried:
            texts = [lead + pump * (size // len(pump)) + "!" for size in (LETTERS, 4 * LETTERS)]
            if seconds(alone, texts[1]) < NOISE:
                continue
            growth = min(seconds(alone, texts[1]) / max(seconds(alone, texts[0]), 1e-4) for _ in range(2))
            if growth > MOST:
                slow.append((pattern.id, lead, pump, growth))
    assert slow == []


@pytest.mark.slow
def test_no_other_expression_takes_long_for_a_sentence() -> None:
    # A short one, so that all are tried in seconds; "make pump" tries more texts, up to a million letters.
    others = [one for one in expressions() if not one.where.startswith("patterns/")]
    found = [pumped(one, variants=1, clock=1.0, shortest=SHORT, longest=SHORT) for one in others]
    assert sum(one.texts for one in found) > 10_000
    assert [one for one in found if one.sentence > 0.5] == []


def test_an_expression_that_explodes_is_seen() -> None:
    for bomb in (r"(?:a+)+b", r"(?:x|xx)*y"):
        found = pumped(Expression("here", re.compile(bomb)), variants=1, clock=0.2, longest=SENTENCE)
        assert found.sentence == 0.2


def test_an_expression_that_goes_back_once_is_told_from_one_that_does_not() -> None:
    back, straight = (
        pumped(Expression("here", re.compile(source)), variants=1, clock=2.0, longest=48_000)
        for source in (r"a+b", r"[ab]c")
    )
    assert (back.grows_faster, straight.grows_faster) == (True, False)
