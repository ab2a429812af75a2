"""All claims of a document: each carries its evidence and the patterns that made it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tinhgon.records import Claims, Document, Provenance

TEXT = """Ngày 22/12, Huyện ủy Lộc Bình sơ kết Nghị quyết số 18-NQ/TW ngày 25/10/2017.
Đến nay, 10/21 xã có bí thư đảng ủy kiêm chủ tịch UBND; toàn huyện giảm từ 203 thôn xuống còn 150 thôn.
Hợp nhất Văn phòng Huyện ủy với Văn phòng HĐND và UBND huyện.
Ông Nguyễn Văn Dần, Bí thư Chi bộ kiêm Trưởng thôn Pò Lọi, xã Lợi Bác, nói: “Giảm 12 việc, thêm nhiều thứ”."""


def evidence(claims: Claims) -> Iterator[Provenance]:
    for kind in ("resolutions", "localities", "pairings", "holders", "mergers", "facts", "misses"):
        yield from (item.provenance for item in getattr(claims, kind))


def test_a_document_of_every_kind(claims_of: Callable[..., Claims]) -> None:
    claims = claims_of(TEXT)
    assert [c.symbol for c in claims.resolutions] == ["18-NQ/TW"]
    assert {loc.level for loc in claims.localities} >= {"district", "commune", "hamlet"}
    assert len(claims.pairings) == 2
    assert [h.name for h in claims.holders] == ["Nguyễn Văn Dần"]
    assert len(claims.mergers) == 1
    assert [(f.measure, f.value, f.total, f.before, f.after) for f in claims.facts] == [
        ("concurrent_posts", 10, 21, None, None),
        ("reduction", None, None, 203, 150),
    ]


def test_every_quote_stands_in_the_text(claims_of: Callable[..., Claims]) -> None:
    claims = claims_of(TEXT)
    found = list(evidence(claims))
    assert found
    for provenance in found:
        for span in (*provenance.quote, provenance.sentence):
            assert claims.document.text[span.start : span.end] == span.text
        assert provenance.quote
        assert all(provenance.sentence.contains(span) for span in provenance.quote)


def test_every_claim_tells_its_patterns(claims_of: Callable[..., Claims]) -> None:
    claims = claims_of(TEXT)
    items = [*claims.resolutions, *claims.localities, *claims.pairings, *claims.holders, *claims.mergers, *claims.facts]
    assert all(item.provenance.patterns for item in items)


def test_the_quote_of_a_fact_holds_its_numbers(claims_of: Callable[..., Claims]) -> None:
    quotes = [" ".join(span.text for span in f.provenance.quote) for f in claims_of(TEXT).facts]
    assert "10/21" in quotes[0]
    assert "203" in quotes[1]
    assert "150" in quotes[1]


def test_what_is_left_open_has_a_reason(claims_of: Callable[..., Claims]) -> None:
    claims = claims_of("Việc sáp nhập được 12 nơi hoan nghênh.")
    assert claims.facts == ()
    assert all(miss.reason and miss.provenance.quote for miss in claims.misses)


def test_a_document_of_nothing(claims_of: Callable[..., Claims], document_of: Callable[..., Document]) -> None:
    claims = claims_of("Trời hôm nay đẹp.", title=None)
    assert claims == Claims(document_of("Trời hôm nay đẹp."))
