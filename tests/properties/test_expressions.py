"""No expression of the program goes back and forth over a text: each is found, and the patterns are pumped."""

from __future__ import annotations

import time

import pytest

from hostile.expressions import expressions, made_when_called
from hostile.pumps import attacks
from tinhgon.detect.patterns import PatternSet
from tinhgon.vietnamese import match_form

PATTERNS = PatternSet.load()
LETTERS = 4_000
MOST = 8.5  # times as long for four times the text: see ``test_growth``
NOISE = 0.05


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
