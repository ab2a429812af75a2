"""Finding places by the names that texts give them."""

from __future__ import annotations

import pytest

from tinhgon.gazetteer import Gazetteer, fold_name, name_key


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("TP.HCM", "thành phố Hồ Chí Minh"),
        ("TPHCM", "thành phố Hồ Chí Minh"),
        ("TP HCM", "thành phố Hồ Chí Minh"),
        ("HN", "thành phố Hà Nội"),
        ("TT-Huế", "tỉnh Thừa Thiên Huế"),
        ("Thừa Thiên - Huế", "tỉnh Thừa Thiên Huế"),
        ("BR-VT", "tỉnh Bà Rịa - Vũng Tàu"),
        ("Bà Rịa-Vũng Tàu", "tỉnh Bà Rịa - Vũng Tàu"),
        ("bà rịa – vũng tàu", "tỉnh Bà Rịa - Vũng Tàu"),
        ("Đăk Lăk", "tỉnh Đắk Lắk"),
        ("Đắc Lắc", "tỉnh Đắk Lắk"),
        ("Daklak", "tỉnh Đắk Lắk"),
        ("Đắc Nông", "tỉnh Đắk Nông"),
        ("Bắc Cạn", "tỉnh Bắc Kạn"),
        ("Kontum", "tỉnh Kon Tum"),
        ("Hoà Bình", "tỉnh Hòa Bình"),
        ("Phan Rang-Tháp Chàm", "thành phố Phan Rang - Tháp Chàm"),
        ("Đăk Đoa", "huyện Đak Đoa"),
        ("Krong Pắc", "huyện Krông Pắc"),
        ("Chư M'gar", "huyện Cư M'gar"),
        ("Ea H’leo", "huyện Ea H'leo"),
        ("Qui Nhơn", "thành phố Quy Nhơn"),
        ("Buôn Mê Thuột", "thành phố Buôn Ma Thuột"),
        ("Q.1", "Quận 1"),
        ("quận 01", "Quận 1"),
    ],
)
def test_variants_of_a_name(gazetteer: Gazetteer, written: str, meant: str) -> None:
    assert meant in {place.full_name for place in gazetteer.at(gazetteer.named(written), "2019")}


def test_an_alias_holds_only_in_its_province(gazetteer: Gazetteer) -> None:
    provinces = {
        province.name
        for place in gazetteer.named("Thanh An")
        if place.name == "Thạnh An" and (province := gazetteer.province(place))
    }
    assert provinces <= {"Cần Thơ"}


def test_an_ambiguous_nickname_is_left_out(gazetteer: Gazetteer) -> None:
    assert all(place.level == "commune" for place in gazetteer.named("Sài Gòn"))


def test_unknown_names_yield_nothing(gazetteer: Gazetteer) -> None:
    assert gazetteer.named("Paris") == ()


@pytest.mark.parametrize("text", ["Hoà Bình", "Thuỷ Nguyên", "Luís Quý – quí", "ĐẮK LẮK", "Bình Hoà Đông", "İzmir"])
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold_name(text)) == len(text)


def test_folding_moves_tones_of_vietnamese_syllables_only() -> None:
    assert fold_name("Hoà Thuỷ Luís quý quí") == "hòa thủy luís quý quí"
    assert name_key("Phường 05") == name_key("phường 5")


def test_surfaces_are_what_a_scan_looks_for(gazetteer: Gazetteer) -> None:
    surfaces = gazetteer.surfaces()
    assert all(surface == fold_name(surface) for surface in surfaces)
    assert "bà rịa-vũng tàu" in surfaces
    assert "bà rịa - vũng tàu" in surfaces
    assert "tphcm" in surfaces
    assert "quận 1" in surfaces
    assert "1" not in surfaces, "a bare number is no name"
    assert {place.name for place in surfaces["lộc bình"]} == {"Lộc Bình"}
    with pytest.raises(TypeError):
        surfaces["đâu đó"] = ()  # type: ignore[index]
