"""Where spans lie, against asking each of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tinhgon.detect.spans import Spans, Taken, between

SPAN = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda s: (s[0], s[0] + s[1]))


@given(spans=st.lists(SPAN, max_size=12), asked=SPAN)
def test_spans_answer_as_if_each_were_asked(spans: list[tuple[int, int]], asked: tuple[int, int]) -> None:
    start, end = asked
    known, taken = Spans(spans), Taken(50, spans)
    touched = any(start < b and a < end for a, b in spans)
    assert known.hold(start, end) == any(a <= start and end <= b for a, b in spans)
    assert known.touch(start, end) == taken.touches(start, end) == touched


@given(items=st.lists(st.integers(0, 30), max_size=12).map(sorted), asked=SPAN)
def test_between_is_what_begins_there(items: list[int], asked: tuple[int, int]) -> None:
    start, end = asked
    assert list(between(items, start, end, begins=int)) == [item for item in items if start <= item < end]
