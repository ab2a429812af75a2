"""Texts in coloured pieces: nothing is lost, the shortest span gives the colour, each fact begins once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tinhgon.web.spans import Labelled, pieces

TEXT = "Đến ngày 31/5/2021, tỉnh Hậu Giang có 38/75 xã bí thư kiêm chủ tịch."

labelled = st.builds(
    Labelled,
    st.integers(0, len(TEXT)),
    st.integers(0, len(TEXT)),
    st.sampled_from(["number", "place", "roles", "date"]),
    st.sampled_from([None, "a", "b"]),
)


@given(spans=st.lists(labelled, max_size=12), start=st.integers(0, 30), end=st.integers(31, len(TEXT)))
def test_joined_again_the_pieces_are_the_text(spans: list[Labelled], start: int, end: int) -> None:
    found = pieces(TEXT, start, end, spans)
    assert "".join(piece.text for piece in found) == TEXT[start:end]
    assert all(piece.text for piece in found)


@given(spans=st.lists(labelled, max_size=12))
def test_every_letter_has_the_colour_of_its_shortest_span(spans: list[Labelled]) -> None:
    at = 0
    for piece in pieces(TEXT, 0, len(TEXT), spans):
        over = [span for span in spans if span.start <= at < span.end]
        lengths = [span.end - span.start for span in over if span.kind == piece.kind]
        assert (min(lengths) == min(span.end - span.start for span in over)) if over else piece.kind == ""
        assert piece.is_proof == any(span.claim for span in over)
        at += len(piece.text)


@given(spans=st.lists(labelled, max_size=12))
def test_each_fact_begins_once(spans: list[Labelled]) -> None:
    begun = [fact for piece in pieces(TEXT, 0, len(TEXT), spans) for fact in piece.begins]
    shown = {span.claim for span in spans if span.start < span.end and span.claim}
    assert sorted(begun) == sorted(shown)


def test_only_the_fact_in_question_stands_out() -> None:
    spans = [Labelled(0, 7, "number", "a"), Labelled(20, 30, "number", "b")]
    proof = [piece.text for piece in pieces(TEXT, 0, len(TEXT), spans, ["b"]) if piece.is_proof]
    assert proof == [TEXT[20:30]]
