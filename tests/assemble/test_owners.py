"""Whose number it is: the place named, "toàn huyện", the passage's place (codebook, section 8)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tinhgon.assemble.owners import can_own, level_of, parent_of
from tinhgon.records import Area, Claims

LOC_BINH, CHI_LANG, LANG_SON = "Lộc Bình < Lạng Sơn", "Chi Lăng < Lạng Sơn", "Lạng Sơn"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Huyện Lộc Bình giảm 9 thôn.", [LOC_BINH]),
        ("Đã giảm 9 thôn ở huyện Lộc Bình.", [LOC_BINH]),
        ("Huyện Lộc Bình giảm 9 thôn. Huyện Chi Lăng giảm 7 thôn. Toàn tỉnh giảm 90 thôn.", [LOC_BINH, CHI_LANG, LANG_SON]),
        ("Huyện Lộc Bình giảm 9 thôn. Toàn huyện còn 90 thôn.", [LOC_BINH, LOC_BINH]),
        ("Huyện ủy Lộc Bình đã họp bàn nhiều lần. Đến nay, huyện giảm 9 thôn.", [LOC_BINH]),
        ("Tỉnh Lạng Sơn giảm 90 thôn; riêng huyện Lộc Bình giảm 12 thôn.", [LANG_SON, LOC_BINH]),
        ("Huyện Lộc Bình giảm 9 thôn. Cả nước giảm 600 xã.", [LOC_BINH, ""]),
        ("Xã Lợi Bác (huyện Lộc Bình) giảm 3 thôn.", ["Lợi Bác < Lộc Bình < Lạng Sơn"]),
        ("Huyện Lộc Bình có 71 thôn bí thư kiêm trưởng thôn, tại xã Lợi Bác là 7/9.", [LOC_BINH, "Lợi Bác < Lộc Bình < Lạng Sơn"]),
        ("Bộ Nội vụ giảm 5 vụ.", [""]),
        ("Chính phủ giảm 5 bộ.", [""]),
        ("Huyện Lộc Bình giảm 41 biên chế. Từ tháng 3, Bộ Tài chính cắt giảm 3.600 đầu mối.", [LOC_BINH, ""]),
        ("Huyện Lộc Bình giảm 9 thôn. Bộ Nội vụ giao huyện giảm 41 biên chế.", [LOC_BINH, LOC_BINH]),
        pytest.param(
            "Huyện Lộc Bình và huyện Chi Lăng đều giảm 20% biên chế.",
            [LOC_BINH, CHI_LANG],

        ),
    ],
)  # fmt: skip
def test_owners(
    claims_of: Callable[..., Claims], in_short: Callable[[Area], str], text: str, places: list[str]
) -> None:
    assert sorted(in_short(f.area) for f in claims_of(text).facts) == sorted(places)


def test_the_title_tells_the_place(claims_of: Callable[..., Claims], in_short: Callable[[Area], str]) -> None:
    claims = claims_of("Sau nhiều tháng bàn bạc, đã giảm 9 thôn.", title="Lộc Bình tinh gọn bộ máy, sáp nhập thôn")
    assert [in_short(f.area) for f in claims.facts] == [LOC_BINH]


def test_the_outlets_province_is_the_last_resort(claims_of: Callable[..., Claims]) -> None:
    claims = claims_of("Toàn tỉnh giảm 90 thôn.", province="Lạng Sơn")
    assert [f.area for f in claims.facts] == [Area("Lạng Sơn")]


def test_a_new_paragraph_goes_back_to_the_documents_place(
    claims_of: Callable[..., Claims], in_short: Callable[[Area], str]
) -> None:
    text = "Huyện Chi Lăng giảm 7 thôn.\nĐã giảm 9 thôn sau sắp xếp."
    claims = claims_of(text, title="Huyện Lộc Bình tinh gọn bộ máy, sáp nhập thôn")
    assert [in_short(f.area) for f in claims.facts] == [CHI_LANG, LOC_BINH]


def test_tiers_of_areas() -> None:
    assert [level_of(a) for a in (Area(), Area("A"), Area("A", "B"), Area("A", "B", "C"), Area("A", None, "C"))] == [
        None, "province", "district", "commune", "commune",
    ]  # fmt: skip
    assert parent_of(Area("A", "B")) == Area("A")
    assert parent_of(Area("A")) == Area()


@pytest.mark.parametrize(
    ("area", "units", "can"),
    [
        (Area("A"), "commune", True),
        (Area("A", "B"), "hamlet", True),
        (Area("A", "B"), "district", False),
        (Area("A", "B", "C"), "commune", False),
        (Area(), "province", True),
        (Area("A", "B", "C"), None, True),
    ],
)
def test_who_can_have_units_of_a_tier(area: Area, units: str | None, can: bool) -> None:
    assert can_own(area, units) is can  # type: ignore[arg-type]


def test_each_item_of_a_digest_speaks_of_its_own_place(claims_of: Callable[..., Claims], in_short: Callable[[Area], str]) -> None:  # fmt: skip
    items = (
        "# Lạng Sơn bớt thôn\nSau sắp xếp, tỉnh giảm 28 thôn.",
        "# Bến Tre nhập xã\nSau sắp xếp, tỉnh giảm 22 xã.",
    )
    claims = claims_of("\n\n".join(items), title="Tin vắn địa phương: sắp xếp thôn, xã")
    assert [(in_short(f.area), f.value) for f in claims.facts] == [("Lạng Sơn", 28), ("Bến Tre", 22)]
