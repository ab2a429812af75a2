"""The places and bodies of a sentence that can merge."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tinhgon.assemble.units import units_of
from tinhgon.extract import Extractor
from tinhgon.records import Document


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Nhập xã Giao Long vào xã Giao Hòa, tỉnh Bến Tre.", [("Giao Long", "commune"), ("Giao Hòa", "commune"), ("", "parent")]),
        ("Nhập xã Giao Long (huyện Châu Thành) vào xã Giao Hòa.", [("Giao Long", "commune"), ("", "parent"), ("Giao Hòa", "commune")]),
        ("Hợp nhất Sở Tài chính và Sở Xây dựng.", [("Sở Tài chính", "body"), ("Sở Xây dựng", "body")]),
        ("Hợp nhất hai Văn phòng HĐND và UBND.", [("Văn phòng HĐND", "body"), ("Văn phòng UBND", "body")]),
        ("Hợp nhất Văn phòng HĐND và UBND.", [("Văn phòng HĐND và UBND", "body")]),
        ("Hợp nhất ba văn phòng Đoàn đại biểu Quốc hội, Hội đồng nhân dân và Ủy ban nhân dân.", [("văn phòng Đoàn đại biểu Quốc hội", "body"), ("văn phòng Hội đồng nhân dân", "body"), ("văn phòng Ủy ban nhân dân", "body")]),
        ("Trời hôm nay đẹp.", []),
    ],
)  # fmt: skip
def test_units(
    extractor: Extractor, document_of: Callable[..., Document], text: str, units: list[tuple[str, str]]
) -> None:
    analysis = extractor.analysis(document_of(text, date="2025-04-20"))
    resolved = extractor.assembler.resolver.resolve(analysis)
    sentence = next(s for s in analysis.view.sentences if text in analysis.view.text[s.start : s.end])
    found = units_of(analysis, resolved, sentence)
    assert [(u.name, u.kind) for u in found] == units
    assert all(sentence.start <= u.start < u.end <= sentence.end for u in found)
