"""Which unit a name means: by parents told, neighbours, the date, the outlet; or left open (codebook, section 3)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tinhgon.records import Area, Claims

Short = Callable[[Area], str]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Ở huyện Châu Thành (Bến Tre), bộ máy đã gọn.", {"Châu Thành < Bến Tre", "Bến Tre"}),
        ("Huyện Châu Thành, tỉnh Tiền Giang đã họp.", {"Châu Thành < Tiền Giang", "Tiền Giang"}),
        ("Hai huyện Châu Thành (Long An) và Châu Thành (Tiền Giang) đã họp.", {"Châu Thành < Long An", "Long An", "Châu Thành < Tiền Giang", "Tiền Giang"}),
        ("Xã Tân Phú, huyện Châu Thành, tỉnh Bến Tre.", {"Tân Phú < Châu Thành < Bến Tre", "Châu Thành < Bến Tre", "Bến Tre"}),
        ("Huyện Mỏ Cày Nam có hai xã Tân Trung, Định Thủy.", {"Mỏ Cày Nam < Bến Tre", "Tân Trung < Mỏ Cày Nam < Bến Tre", "Định Thủy < Mỏ Cày Nam < Bến Tre"}),
        ("Huyện ủy Lộc Bình đã họp.", {"Lộc Bình < Lạng Sơn"}),
        ("Ông ở TP. HCM và HN.", {"Hồ Chí Minh", "Hà Nội"}),
        ("Quận 1, TP. HCM đã họp.", {"Quận 1 < Hồ Chí Minh", "Hồ Chí Minh"}),
        ("Phường 5, quận Bình Thạnh, TP. HCM.", {"Phường 5 < Bình Thạnh < Hồ Chí Minh", "Bình Thạnh < Hồ Chí Minh", "Hồ Chí Minh"}),
        ("TP. Cà Mau của tỉnh Cà Mau.", {"Cà Mau < Cà Mau", "Cà Mau"}),
        ("Báo Đồng Khởi đưa tin từ Paris.", set()),
        ("Ông Nguyễn Bình Minh và bà Trần Thị Hòa Bình đến dự.", set()),
    ],
)  # fmt: skip
def test_places_before_the_reform(
    claims_of: Callable[..., Claims], in_short: Short, text: str, places: set[str]
) -> None:
    assert {in_short(loc.area) for loc in claims_of(text, date="2019-12-20").localities} == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Xã Lộc Bình, tỉnh Lạng Sơn đã chạy.", {"Lộc Bình < Lạng Sơn", "Lạng Sơn"}),
        ("Phường Bến Tre, tỉnh Vĩnh Long đã làm việc.", {"Bến Tre < Vĩnh Long", "Vĩnh Long"}),
        ("Huyện Lộc Bình cũ, tỉnh Lạng Sơn rất rộng.", {"Lộc Bình < Lạng Sơn", "Lạng Sơn"}),
        ("Tỉnh Vĩnh Long gồm Bến Tre, Trà Vinh và Vĩnh Long cũ.", {"Vĩnh Long", "Bến Tre", "Trà Vinh"}),
    ],
)
def test_places_after_the_reform(
    claims_of: Callable[..., Claims], in_short: Short, text: str, places: set[str]
) -> None:
    assert {in_short(loc.area) for loc in claims_of(text, date="2025-09-10").localities} == places


@pytest.mark.parametrize(
    ("text", "level"), [("Xã Lộc Bình, tỉnh Lạng Sơn.", "commune"), ("Huyện Lộc Bình cũ, tỉnh Lạng Sơn.", "district")]
)
def test_new_and_old_units_of_one_name(claims_of: Callable[..., Claims], text: str, level: str) -> None:
    assert claims_of(text, date="2025-09-10").localities[0].level == level


def test_a_new_commune_has_no_district(claims_of: Callable[..., Claims]) -> None:
    area = claims_of("Xã Lộc Bình, tỉnh Lạng Sơn.", date="2025-09-10").localities[0].area
    assert area == Area("Lạng Sơn", None, "Lộc Bình")


def test_an_ambiguous_name_stays_open(claims_of: Callable[..., Claims]) -> None:
    place = claims_of("Ở huyện Châu Thành, bộ máy đã gọn.").localities[0]
    assert place.area == Area(None, "Châu Thành")
    assert place.code is None
    assert "Châu Thành < Long An" in place.candidates


def test_the_outlets_province_decides(claims_of: Callable[..., Claims]) -> None:
    place = claims_of("Ở huyện Châu Thành, bộ máy đã gọn.", province="Long An").localities[0]
    assert (place.area, place.candidates) == (Area("Long An", "Châu Thành"), ())


def test_a_district_told_before_decides(claims_of: Callable[..., Claims], in_short: Short) -> None:
    claims = claims_of("Huyện Mỏ Cày Nam đã họp. Tại xã Bình Khánh Đông, ấp Phước Lý đã gọn.")
    hamlet = next(loc for loc in claims.localities if loc.level == "hamlet")
    assert (hamlet.hamlet, in_short(hamlet.area)) == ("Phước Lý", "Bình Khánh Đông < Mỏ Cày Nam < Bến Tre")


def test_a_place_is_listed_once(claims_of: Callable[..., Claims]) -> None:
    claims = claims_of("Huyện Lộc Bình đã họp. Lộc Bình lại họp. Huyện ủy Lộc Bình quyết.")
    assert len(claims.localities) == 1
    assert claims.localities[0].provenance.quote[0].text == "Huyện Lộc Bình"


def test_names_of_many_provinces_place_no_hamlet(claims_of: Callable[..., Claims]) -> None:
    claims = claims_of("Bà con Tân Lập kể chuyện làng. Ở thôn Đông có 12 hộ trồng dưa, cán bộ xã đã đến xem.")
    assert [(loc.hamlet, loc.area) for loc in claims.localities] == [("Đông", Area())]
