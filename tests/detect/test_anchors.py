"""Anchors: an expression tried only where its words stand finds what it finds in the whole text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.assemble import signals
from tinhgon.detect import bodies, dates, numbers, people, places, resolutions
from tinhgon.detect.anchors import Anchored, Anchors, anchored, tried
from tinhgon.detect.text import View
from tinhgon.records import Block, Document

FORMS = (
    *dates.FORMS, *resolutions.FORMS, *people.forms(), *places.FORMS, *bodies.FORMS, *numbers.FORMS, *signals.FORMS,
)  # fmt: skip
ANCHORS = Anchors(FORMS)
WORDS = sorted({literal for form in FORMS for literal in form.literals})


def found_by(view: View, form: Anchored) -> list[tuple[int, int]]:
    return [match.span() for match in view.find(form)]


def assert_same_with_and_without(document: Document) -> None:
    anchored_view, plain_view = View.of(document, ANCHORS), View.of(document)
    assert set(anchored_view.positions) == set(FORMS)
    assert not plain_view.positions
    for form in FORMS:
        assert found_by(anchored_view, form) == found_by(plain_view, form), form.expression.pattern
        for start in range(0, len(document.text), 97):
            first, plain = anchored_view.search(form, start), plain_view.search(form, start)
            assert (first and first.span()) == (plain and plain.span()), form.expression.pattern


@pytest.mark.parametrize("part", ["", "trial", "wide"])
def test_nothing_is_missed_in_the_corpus(part: str, corpus_documents: Callable[..., list[Document]]) -> None:
    for document in corpus_documents(part):
        assert_same_with_and_without(document)
        # What is told in capitals is found by other capitals.
        assert_same_with_and_without(replace(document, text=document.text.upper()))


@given(
    st.lists(
        st.one_of(
            st.sampled_from(WORDS),
            st.sampled_from(WORDS).map(str.title),
            st.sampled_from(("2019", "12/5", "18-NQ/TW", "1.017", "47,6%", "Nguyễn", "Hoà", "thuỷ", "-", ",", ".", "_", "/", "(")),
        ),
        max_size=30,
    ),
    st.sampled_from((" ", "", ", ")),
)  # fmt: skip
def test_nothing_is_missed_in_rows_of_its_words(words: list[str], joint: str) -> None:
    text = joint.join(words)
    assert_same_with_and_without(Document("a", text, (Block(0, len(text), "paragraph"),)))


def test_a_match_is_not_begun_within_another() -> None:
    twice = anchored(r"(?<!\w)xã \w+(?: xã \w+)?", "xã")
    low = "xã an xã bình xã cao"
    positions = Anchors([twice]).positions(low, low)[twice]
    assert list(positions) == [0, 6, 14]
    assert [match[0] for match in tried(twice, low, positions)] == ["xã an xã bình", "xã cao"]


def test_a_capital_may_be_asked_for() -> None:
    name = anchored(r"(?<!\w)An \w+", "an", written=True, capital=True)
    text = "an toàn ở An Giang"
    assert list(Anchors([name]).positions(text.lower(), text)[name]) == [10]
