"""The text as the detectors see it: its sentences and its matching form."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tinhgon.detect.analysis import Analysis
from tinhgon.detect.text import View
from tinhgon.records import Block, Document


def cut(view: View) -> list[str]:
    return [view.text[s.start : s.end] for s in view.sentences]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Xã còn 8 ấp. Huyện giảm 20 ấp.", ["Xã còn 8 ấp.", "Huyện giảm 20 ấp."]),
        ("Cả tỉnh có 1.017 thôn. 12 thôn mới.", ["Cả tỉnh có 1.017 thôn.", "12 thôn mới."]),
        ("Đạt 47,6%. Còn lại chưa làm.", ["Đạt 47,6%.", "Còn lại chưa làm."]),
        ("Ông Ba hỏi: sao lâu vậy? Chưa ai trả lời.", ["Ông Ba hỏi: sao lâu vậy?", "Chưa ai trả lời."]),
        ("“Làm rồi.” Bà Tư gật đầu.", ["“Làm rồi.", "Bà Tư gật đầu."]),
        ("Ở TP. Cà Mau có 7 xã.", ["Ở TP. Cà Mau có 7 xã."]),
        ("Ở H. Cái Nước và P. Tân Xuyên.", ["Ở H. Cái Nước và P. Tân Xuyên."]),
        ("Theo TS. Lê Văn An thì chậm.", ["Theo TS. Lê Văn An thì chậm."]),
        ("Đ/c. Hai nói vậy.", ["Đ/c. Hai nói vậy."]),
        ("Họp ngày 4.5.2025 tại xã.", ["Họp ngày 4.5.2025 tại xã."]),
        ("Giảm 3 xã; còn 9 xã.", ["Giảm 3 xã; còn 9 xã."]),
        ("Xã một\nXã hai", ["Xã một", "Xã hai"]),
        ("# I. KẾT QUẢ\nĐã giảm 3 ấp.", ["I. KẾT QUẢ", "Đã giảm 3 ấp."]),
        ("Chưa xong… Năm sau làm tiếp.", ["Chưa xong…", "Năm sau làm tiếp."]),
    ],
)
def test_sentences(view_of: Callable[..., View], text: str, sentences: list[str]) -> None:
    assert cut(view_of(text)) == sentences


def test_sentences_know_their_block(view_of: Callable[..., View]) -> None:
    view = view_of("# Kết quả\nXã còn 8 ấp. Huyện còn 90 ấp.")
    assert [s.block for s in view.sentences] == [0, 1, 1]
    assert [view.block(s).kind for s in view.sentences] == ["heading", "paragraph", "paragraph"]


def test_sentences_cover_all_but_white_space(view_of: Callable[..., View]) -> None:
    view = view_of("Một. Hai! “Ba?” (Bốn.) Năm: sáu; bảy...\n8. Chín – mười. TP. Mười một")
    covered = {i for s in view.sentences for i in range(s.start, s.end)}
    left = "".join(char for i, char in enumerate(view.text) if i not in covered)
    assert not any(char.isalnum() for char in left)


def test_the_matching_form_keeps_offsets(view_of: Callable[..., View]) -> None:
    view = view_of("Xã HOÀ AN – “Thuỷ”")
    assert view.low == 'xã hòa an - "thủy"'
    assert len(view.low) == len(view.text)


def test_mentions_within_and_the_sentence_at_an_offset(view_of: Callable[..., View]) -> None:
    view = view_of("Xã còn 8 ấp. Huyện giảm 20 ấp.")
    eight = view.mention(7, 8, "numbers", "count", "n", value=8)
    twenty = view.mention(24, 26, "numbers", "count", "n", value=20)
    analysis = Analysis(view, {"numbers": (eight, twenty)})
    assert (eight.text, twenty.text) == ("8", "20")
    assert analysis.within("numbers", 0, 12) == (eight,)
    assert analysis.within("numbers", 8, 25) == (), "a mention that reaches over the end is not within"
    assert analysis.of("roles") == ()
    assert analysis.sentence_at(7).index == 0
    assert analysis.sentence_at(24).index == 1
    assert analysis.sentence_at(12).index == 0, "between two sentences it is the one before"


def test_a_text_without_full_stops_is_cut_where_it_may_be() -> None:
    text = "từ 24 xã còn 20 xã, " * 500
    found = View.of(Document("a", text, (Block(0, len(text), "paragraph"),))).sentences
    assert max(s.end - s.start for s in found) <= 3_000
    assert all(text[s.end - 1] == "," for s in found[:-1])
    assert "".join(text[s.start : s.end] for s in found).replace(" ", "") == text.replace(" ", "")
