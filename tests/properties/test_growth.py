"""Work grows with the length of a text and not with its square, whatever a text is full of."""

from __future__ import annotations

import time

import pytest

from hostile.texts import PIECES, document_of, text_of
from tinhgon.extract import Extractor

LETTERS = 15_000
# Four times the text takes four times the work, with its square sixteen times: between the two, and above what a
# machine with other work can mismeasure.
MOST = 8.5
NOISE = 0.15  # seconds: what is this quick at four times the length hides no square worth the name


def seconds(extractor: Extractor, kind: str, letters: int) -> float:
    document = document_of(text_of(kind, letters))
    started = time.process_time()
    extractor.claims(document)
    return time.process_time() - started


@pytest.mark.slow
@pytest.mark.parametrize("kind", PIECES)
def test_four_times_the_text_takes_about_four_times_as_long(extractor: Extractor, kind: str) -> None:
    for _ in range(3):  # one measurement may fall into a bad moment, three do not
        once, four_times = seconds(extractor, kind, LETTERS), seconds(extractor, kind, 4 * LETTERS)
        if four_times < max(MOST * once, NOISE):
            return
    pytest.fail(f"{LETTERS} letters took {once:.2f} s, four times as many {four_times:.2f} s")
