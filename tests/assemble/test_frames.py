"""A sentence as a row of numbers, each with its noun and the pieces around it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tinhgon.assemble.frames import Frame, frame_of
from tinhgon.extract import Extractor
from tinhgon.records import Document


@pytest.fixture
def frame(extractor: Extractor, document_of: Callable[..., Document]) -> Callable[[str], Frame]:
    def one(text: str) -> Frame:
        analysis = extractor.analysis(document_of(text))
        return frame_of(analysis, analysis.view.sentences[0], ())

    return one


@pytest.mark.parametrize(
    ("text", "nouns"),
    [
        ("Huyện có 12 xã, thị trấn.", ["commune"]),
        ("Huyện giảm 9 thôn, còn 90.", ["hamlet", None]),
        ("Có 10/21 đồng chí dự.", ["person"]),
        ("Có 7 xã trong tổng số 10 xã.", ["commune"]),
        ("Giảm 41 biên chế và 12 cấp phó.", ["payroll", "deputy"]),
        ("Giảm 10% số thôn.", ["hamlet"]),
        ("Có 47 phó trưởng ấp.", ["pho_truong_thon"]),
    ],
)
def test_the_counted_noun(frame: Callable[[str], Frame], text: str, nouns: list[str | None]) -> None:
    assert [n.noun.label if n.noun else None for n in frame(text).numbers] == nouns


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("Huyện giảm 9 thôn.", [False]),
        ("Huyện có 40 hộ nghèo.", [True]),
        ("Ông 34 tuổi.", [True]),
        ("Giảm 9 thôn, còn 90.", [False, False]),
    ],
)
def test_numbers_that_count_something_else(frame: Callable[[str], Frame], text: str, foreign: list[bool]) -> None:
    assert [n.foreign for n in frame(text).numbers] == foreign


def test_pieces_segments_and_brackets(frame: Callable[[str], Frame]) -> None:
    text = "Cấp xã giảm 9 xã, thị trấn (còn 20); cấp thôn giảm 30 thôn."
    found = frame(text)
    nine, twenty, thirty = found.numbers
    assert [n.segment for n in found.numbers] == [0, 0, 1]
    assert [n.depth for n in found.numbers] == [0, 1, 0]
    assert found.text(nine.pre, nine.start) == "cấp xã giảm "
    assert found.text(twenty.pre, twenty.start) == "còn "
    assert found.text(thirty.pre, thirty.start).strip() == "cấp thôn giảm"
