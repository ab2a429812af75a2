"""Changes that are known from the resolutions, and how the gazetteer tells them."""

from __future__ import annotations

import pytest

from tinhgon.gazetteer import Gazetteer, Place


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


TYPES = ("thành phố", "thị xã", "tỉnh", "huyện", "quận")


def one(gazetteer: Gazetteer, full_name: str, date: str) -> Place:
    name = next((full_name.removeprefix(f"{kind} ") for kind in TYPES if full_name.startswith(kind)), full_name)
    found = [place for place in gazetteer.at(gazetteer.named(name), date) if place.full_name == full_name]
    assert len(found) == 1, found
    return found[0]


def names(places: tuple[Place, ...]) -> list[str]:
    return sorted(place.full_name for place in places)


@pytest.mark.parametrize(
    ("date", "provinces", "districts", "communes"),
    [
        ("2008-07-31", 64, 713, 11160),
        ("2019-10-06", 63, 713, 11160),
        ("2021-07-10", 63, 705, 10599),
        ("2022-10-01", 63, 705, 10599),
        ("2025-03-01", 63, 696, 10035),
        ("2025-06-30", 63, 696, 10035),
        ("2025-07-01", 34, 0, 3321),
        ("2026-10-01", 34, 0, 3321),
    ],
)
def test_how_many_units_there_were(
    gazetteer: Gazetteer, date: str, provinces: int, districts: int, communes: int
) -> None:
    valid = [place.level for place in gazetteer if gazetteer.valid(place, date)]
    assert (valid.count("province"), valid.count("district"), valid.count("commune")) == (
        provinces,
        districts,
        communes,
    )


@pytest.mark.parametrize(
    ("before", "date", "after", "day"),
    [
        ("huyện Hoành Bồ", "2019", ["thành phố Hạ Long"], "2020-01-01"),
        ("huyện Tĩnh Gia", "2019", ["thị xã Nghi Sơn"], "2020-06-01"),
        ("huyện Quảng Uyên", "2019", ["huyện Quảng Hòa"], "2020-03-01"),
        ("Quận 2", "2020", ["thành phố Thủ Đức"], "2021-01-01"),
        ("Quận 9", "2020", ["thành phố Thủ Đức"], "2021-01-01"),
        ("quận Thủ Đức", "2020", ["thành phố Thủ Đức"], "2021-01-01"),
        ("huyện Tân Thành", "2017", ["thị xã Phú Mỹ"], "2018-04-12"),
        ("thị xã Đông Triều", "2023", ["thành phố Đông Triều"], "2024-11-01"),
        ("huyện Cát Tiên", "2023", ["huyện Đạ Huoai"], "2024-12-01"),
        ("huyện Lộc Hà", "2023", ["huyện Thạch Hà", "thành phố Hà Tĩnh"], "2025-01-01"),
        ("tỉnh Thừa Thiên Huế", "2023", ["thành phố Huế"], "2025-01-01"),
        ("tỉnh Hà Tây", "2007", ["thành phố Hà Nội"], "2008-08-01"),
        ("tỉnh Bến Tre", "2024", ["tỉnh Vĩnh Long"], "2025-07-01"),
        ("tỉnh Bình Định", "2024", ["tỉnh Gia Lai"], "2025-07-01"),
    ],
)
def test_what_became_of_it(gazetteer: Gazetteer, before: str, date: str, after: list[str], day: str) -> None:
    place = one(gazetteer, before, date)
    assert names(gazetteer.successors(place)) == after
    assert place.valid_to == day
    for successor in gazetteer.successors(place):
        assert place in gazetteer.predecessors(successor)


def test_two_communes_of_mo_cay_nam_became_one(gazetteer: Gazetteer) -> None:
    [new] = [
        place
        for place in gazetteer.at(gazetteer.named("Bình Khánh"), "2021")
        if gazetteer.parents(place)[0].name == "Mỏ Cày Nam"
    ]
    assert new.valid_from == "2020-02-01"
    assert names(gazetteer.predecessors(new)) == ["xã Bình Khánh Tây", "xã Bình Khánh Đông"]
    for old in gazetteer.predecessors(new):
        assert gazetteer.successors(old) == (new,)
        assert [place.level for place in gazetteer.today(old)] == ["commune"]
        assert names(gazetteer.parents(gazetteer.today(old)[0])) == ["tỉnh Vĩnh Long"]


def test_a_name_lives_on_after_its_unit(gazetteer: Gazetteer) -> None:
    named = gazetteer.named("Hoành Bồ")
    assert [place.full_name for place in gazetteer.at(named, "2019")] == ["huyện Hoành Bồ"]
    assert [place.full_name for place in gazetteer.at(named, "2022")] == ["phường Hoành Bồ"]
    ha_tay = one(gazetteer, "tỉnh Hà Tây", "2008-01")
    assert gazetteer.at([ha_tay], "2019") == (ha_tay,)
    assert gazetteer.at([ha_tay], None) == (ha_tay,), "no date rules nothing out"


def test_of_several_gone_the_last_is_given(gazetteer: Gazetteer) -> None:
    huyen, thi_xa = one(gazetteer, "huyện Việt Yên", "2022"), one(gazetteer, "thị xã Việt Yên", "2024-06")
    assert gazetteer.at((huyen, thi_xa), "2026") == (thi_xa,)
    assert gazetteer.at((huyen, thi_xa), "2024") == (huyen, thi_xa), "both were valid in that year"
    assert gazetteer.at((thi_xa,), "2020") == (), "it did not exist yet"


def test_many_districts_are_called_chau_thanh(gazetteer: Gazetteer) -> None:
    districts = [place for place in gazetteer.at(gazetteer.named("Châu Thành"), "2020") if place.level == "district"]
    provinces = [gazetteer.province(place) for place in districts]
    assert sorted(province.name for province in provinces if province) == [
        "An Giang", "Bến Tre", "Hậu Giang", "Kiên Giang", "Long An", "Sóc Trăng", "Tiền Giang", "Trà Vinh", "Tây Ninh",
        "Đồng Tháp",
    ]  # fmt: skip


def test_the_reform_of_2025(gazetteer: Gazetteer) -> None:
    ha_noi, quang_tri = one(gazetteer, "thành phố Hà Nội", "2026"), one(gazetteer, "tỉnh Quảng Trị", "2026")
    assert ha_noi.key == ("01", ""), "its territory did not change"
    assert quang_tri.valid_from == "2025-07-01"
    assert names(gazetteer.predecessors(quang_tri)) == ["tỉnh Quảng Bình", "tỉnh Quảng Trị"]
    assert gazetteer.count(ha_noi, "commune", "2025-07-01") == 126
    assert gazetteer.count(ha_noi, "district", "2025-07-01") == 0
    assert gazetteer.count(ha_noi, "district", "2019") == 30
    assert gazetteer.count(ha_noi, "commune", "2019-11") == 584
    assert gazetteer.count(ha_noi, "commune", "2020-04") == 579


def test_islands_without_communes_became_special_zones(gazetteer: Gazetteer) -> None:
    assert names(gazetteer.successors(one(gazetteer, "huyện Côn Đảo", "2024"))) == ["đặc khu Côn Đảo"]
    special = [place for place in gazetteer if place.type == "đặc khu" and gazetteer.valid(place, "2026-10")]
    assert len(special) == 13


def test_the_cities_of_2026(gazetteer: Gazetteer) -> None:
    dong_nai, bac_ninh = (
        one(gazetteer, "thành phố Đồng Nai", "2026-05"),
        one(gazetteer, "thành phố Bắc Ninh", "2026-10"),
    )
    assert (dong_nai.valid_from, bac_ninh.valid_from) == ("2026-04-30", "2026-09-20")
    assert one(gazetteer, "thành phố Quảng Ninh", "2026-10").valid_from == "2026-09-01"

    def wards(city: Place, date: str) -> int:
        return sum(place.type == "phường" for place in gazetteer.children(city, date))

    assert (wards(dong_nai, "2026-04-29"), wards(dong_nai, "2026-05")) == (23, 33)
    assert wards(bac_ninh, "2026-10") - wards(bac_ninh, "2026-08") == 12
    valid = [place for place in gazetteer if place.level == "province" and gazetteer.valid(place, "2026-10")]
    assert sum(place.type == "thành phố" for place in valid) == 9


def test_names_as_of_the_date(gazetteer: Gazetteer) -> None:
    def provinces(date: str) -> set[str]:
        communes = [place for place in gazetteer.at(gazetteer.named("Quảng Phú"), date) if place.level == "commune"]
        return {top.name for place in communes if (top := gazetteer.province(place))}

    assert "Thừa Thiên Huế" in provinces("2018")
    assert "Huế" in provinces("2025-02")
    assert "Thừa Thiên Huế" not in provinces("2025-02")
