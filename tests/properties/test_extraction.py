"""What holds of any text: no exception, offsets that hold, the same answer twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tinhgon.detect.analysis import KINDS
from tinhgon.extract import Extractor
from tinhgon.records import Claims, Document, Span

WORDS = (
    "huyện|xã|tỉnh|thôn|ấp|phường|thị trấn|Lộc Bình|Châu Thành|Bến Tre|Lợi Bác|Quận 1|TP. HCM|Nguyễn Văn Dần|ông|bà|bí thư|Bí thư Đảng ủy|chủ tịch UBND|trưởng thôn|"
    "Chủ tịch HĐND tỉnh|Trưởng ban Dân vận|kiêm|đồng thời là|nhất thể hóa|vừa là|vừa làm|giảm|tinh giản|còn|từ|xuống còn|trước đây|sáp nhập|nhập|thành|hợp nhất|với|và|vào|"
    "giải thể|luân chuyển|tiết kiệm|biên chế|cơ quan|phòng|chức danh|trường hợp|đơn vị|nơi|toàn huyện|cả nước|trong đó|gồm|riêng|mỗi|cả|đều|chưa|nào|không|đã|sẽ|phải|đang|"
    "dự kiến|năm|tháng|ngày|đến|đến nay|so với|giai đoạn|Nghị quyết số|18-NQ/TW|Nghị quyết 18|của Trung ương|Kế hoạch số 114 của Huyện ủy|(khóa XII)|Sở Nội vụ|Văn phòng Huyện ủy|"
    "hai|ba|mười|mươi|trăm|nghìn|linh|một nửa|trên|tổng số|khoảng|gần|hơn|trở lên|chiếm|đạt|kế hoạch|tỷ đồng|triệu đồng"
).split("|")
NUMBERS = st.one_of(
    st.integers(0, 3000).map(str),
    st.sampled_from("10/21 0/0 21/10 22/12 1.017 47,6% 10-15% 2018 2020-2025 6/2019 30/6/2020 1,5 99999999999999999999 3-4 0 08 ٣ ² ½".split()),
)  # fmt: skip
MARKS = st.sampled_from([*list(".,;:()“”\"'-–…!?/%\n"), ". ", ", ", "; ", ": ", " (", ") ", "\n# ", "\n- "])
MIXED = st.lists(
    st.one_of(st.sampled_from(WORDS), st.sampled_from(WORDS), NUMBERS, MARKS, st.text(max_size=3)), max_size=60
).map(" ".join)
DATES = st.sampled_from([None, "2018", "2019-12", "2019-12-20", "2025-09-10", "2026-05-01"])
QUICK = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def spans(claims: Claims) -> Iterator[Span]:
    for kind in ("resolutions", "localities", "pairings", "holders", "mergers", "facts", "misses"):
        for item in getattr(claims, kind):
            yield from (*item.provenance.quote, item.provenance.sentence)


def check(extractor: Extractor, document: Document) -> None:
    text = document.text
    analysis = extractor.analysis(document)
    for kind in KINDS:
        for mention in analysis.of(kind):
            assert 0 <= mention.start < mention.end <= len(text)
            assert text[mention.start : mention.end] == mention.text
    claims = extractor.claims(document)
    for span in spans(claims):
        assert text[span.start : span.end] == span.text
    assert extractor.claims(document) == claims
    assert isinstance(extractor.explain(document), str)


@QUICK
@given(text=MIXED, date=DATES)
def test_mixtures_of_words_numbers_and_marks(
    extractor: Extractor, document_of: Callable[..., Document], text: str, date: str | None
) -> None:
    check(extractor, document_of(text, date=date, title="Tinh gọn bộ máy, sáp nhập đầu mối"))


@QUICK
@given(text=st.text(max_size=300), date=DATES)
def test_any_text(extractor: Extractor, document_of: Callable[..., Document], text: str, date: str | None) -> None:
    check(extractor, document_of(text, date=date))


@pytest.mark.parametrize(
    "piece",
    [
        "Huyện Lộc Bình có 10/21 xã bí thư đảng ủy kiêm chủ tịch UBND. ",
        "xã A 12, xã B 9; ",
        "từ 24 xã còn 20 xã, ",
        "bí thư kiêm ",
        "sáp nhập xã Giao Long và xã Giao Hòa, ",
        "1.017.",
        "((((",
        "năm mươi ",
    ],
)
def test_long_paragraphs(extractor: Extractor, document_of: Callable[..., Document], piece: str) -> None:
    document = document_of(piece * (30_000 // len(piece.encode())))
    claims = extractor.claims(document)
    assert all(document.text[s.start : s.end] == s.text for s in spans(claims))
