"""The tiles of the map of squares: every province once, none upon another, and about where it lies."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from tinhgon.compare.charts.tiles import Places, Tile, has_other_borders, read_tiles, reshaped
from tinhgon.gazetteer import Gazetteer

LAYOUTS: dict[Places, str] = {"2024": "2024-06-01", "2025": "2026-06-01"}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def provinces(gazetteer: Gazetteer, day: str) -> list[str]:
    return sorted(place.name for place in gazetteer if place.level == "province" and place.is_valid(day))


def tile(places: Places, province: str) -> Tile:
    return next(tile for tile in read_tiles(places) if tile.province == province)


@pytest.mark.parametrize(("places", "day"), LAYOUTS.items())
def test_every_province_has_one_tile(places: Places, day: str, gazetteer: Gazetteer) -> None:
    assert sorted(tile.province for tile in read_tiles(places)) == provinces(gazetteer, day)


@pytest.mark.parametrize("places", LAYOUTS)
def test_no_tile_lies_upon_another(places: Places) -> None:
    tiles = read_tiles(places)
    assert len({(tile.column, tile.row) for tile in tiles}) == len(tiles)
    assert {min(tile.column for tile in tiles), min(tile.row for tile in tiles)} == {0}


@pytest.mark.parametrize("places", LAYOUTS)
def test_labels_are_short_and_tell_provinces_apart(places: Places) -> None:
    labels = [tile.label for tile in read_tiles(places)]
    assert len(set(labels)) == len(labels)
    assert max(map(len, labels)) <= 11


@pytest.mark.parametrize("places", LAYOUTS)
def test_the_map_hangs_together(places: Places) -> None:
    """From any tile one comes to any other over sides and corners."""
    tiles = read_tiles(places)
    reached, waiting = {tiles[0]}, [tiles[0]]
    while waiting:
        here = waiting.pop()
        near = {t for t in tiles if abs(t.column - here.column) <= 1 and abs(t.row - here.row) <= 1} - reached
        reached |= near
        waiting += near
    assert reached == set(tiles)


NORTH_TO_SOUTH = {
    "2024": "Hà Giang, Hà Nội, Ninh Bình, Hà Tĩnh, Quảng Bình, Quảng Nam, Quảng Ngãi, Bình Định, Phú Yên, Khánh Hòa, Ninh Thuận, Hồ Chí Minh, Tiền Giang, Bến Tre, Cà Mau",
    "2025": "Cao Bằng, Thái Nguyên, Hà Nội, Ninh Bình, Nghệ An, Hà Tĩnh, Quảng Trị, Đà Nẵng, Quảng Ngãi, Gia Lai, Đắk Lắk, Khánh Hòa, Hồ Chí Minh, Vĩnh Long, Cà Mau",
}
WEST_TO_EAST = {
    "2024": "Điện Biên, Yên Bái, Tuyên Quang, Bắc Kạn, Lạng Sơn; An Giang, Đồng Tháp, Long An, Hồ Chí Minh, Bà Rịa - Vũng Tàu; Kon Tum, Quảng Ngãi; Thanh Hóa, Ninh Bình, Nam Định, Thái Bình, Hải Phòng",
    "2025": "Lai Châu, Lào Cai, Tuyên Quang, Cao Bằng; Phú Thọ, Hà Nội, Bắc Ninh, Quảng Ninh; An Giang, Cần Thơ, Vĩnh Long, Hồ Chí Minh, Lâm Đồng, Khánh Hòa; Nghệ An, Hà Tĩnh, Quảng Trị, Huế, Đà Nẵng",
}


@pytest.mark.parametrize("places", LAYOUTS)
def test_north_is_up_and_east_is_right(places: Places) -> None:
    rows = [tile(places, name).row for name in NORTH_TO_SOUTH[places].split(", ")]
    assert rows == sorted(set(rows))
    for line in WEST_TO_EAST[places].split("; "):
        columns = [tile(places, name).column for name in line.split(", ")]
        assert columns == sorted(set(columns))


def test_provinces_that_took_in_others_are_known(gazetteer: Gazetteer) -> None:
    both = {*provinces(gazetteer, "2024-06-01")} & {*provinces(gazetteer, "2026-06-01")}
    same = "Cao Bằng, Hà Nội, Hà Tĩnh, Lai Châu, Lạng Sơn, Nghệ An, Quảng Ninh, Sơn La, Thanh Hóa, Điện Biên"
    assert both - reshaped(gazetteer) == {*same.split(", ")}


@pytest.mark.parametrize(
    ("as_of", "places", "other"),
    [("2020", "2024", False), ("2020", "2025", True), ("2025-06-30", "2025", True), ("2025-07-01", "2025", False),
     ("2025-12-03", "2024", True), ("2025-12-03", "2025", False)],
)  # fmt: skip
def test_a_number_belongs_to_one_side_of_the_reform(as_of: str, places: Places, other: bool) -> None:
    changed = frozenset({"Phú Thọ"})
    assert has_other_borders("Phú Thọ", as_of, places, changed) is other
    assert not has_other_borders("Hà Nội", as_of, places, changed)


def test_a_file_of_other_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tiles.tsv"
    path.write_text("province\tx\ty\nHà Nội\t1\t1\n", encoding="utf-8")
    with pytest.raises(ValueError, match="columns"):
        read_tiles("2024", path)


def test_the_file_is_sorted_as_one_reads_a_map() -> None:
    for places in LAYOUTS:
        tiles = read_tiles(places)
        assert all((one.row, one.column) < (other.row, other.column) for one, other in combinations(tiles, 2))
