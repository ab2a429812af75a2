"""Where each province has its tile: ``patterns/places/tiles.tsv``, and whether a number is of its borders."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tinhgon.gazetteer import Gazetteer
from tinhgon.gazetteer.places import last_day
from tinhgon.resources import patterns_dir

Places = Literal["2024", "2025"]

REFORM = "2025-07-01"  # from this day 34 provinces, 63 before
_LAYOUTS: Mapping[Places, str] = {"2024": "63", "2025": "34"}
_COLUMNS = ["layout", "province", "label", "column", "row"]


@dataclass(frozen=True, slots=True)
class Tile:
    """The square of one province; columns from the west, rows from the north."""

    province: str
    label: str
    column: int
    row: int


def read_tiles(places: Places, path: Path | None = None) -> tuple[Tile, ...]:
    """The tiles of the 63 provinces before 1 July 2025 (``"2024"``) or of the 34 since (``"2025"``).

    >>> len(read_tiles("2024")), len(read_tiles("2025")), read_tiles("2024")[0]
    (63, 34, Tile(province='Lai Châu', label='Lai Châu', column=1, row=0))
    """
    source = path or patterns_dir() / "places" / "tiles.tsv"
    with source.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if rows.fieldnames != _COLUMNS:
            raise ValueError(f"{source}: columns are {rows.fieldnames}, not {_COLUMNS}")
        return tuple(
            Tile(row["province"], row["label"], int(row["column"]), int(row["row"]))
            for row in rows
            if row["layout"] == _LAYOUTS[places]
        )


def reshaped(gazetteer: Gazetteer) -> frozenset[str]:
    """The provinces that kept their name on 1 July 2025 and took in others.

    >>> found = reshaped(Gazetteer.load())
    >>> "Bắc Ninh" in found, "Lạng Sơn" in found
    (True, False)
    """
    before, begun = set(), set()
    for place in gazetteer:
        if place.level == "province" and place.is_valid("2025-06-30"):
            before.add(place.name)
        if place.level == "province" and place.valid_from == REFORM:
            begun.add(place.name)
    return frozenset(before & begun)


def has_other_borders(province: str, as_of: str, places: Places, changed: frozenset[str]) -> bool:
    """Whether a number is of the province of that name on the other side of the reform than the map.

    >>> changed = frozenset({"Bắc Ninh"})
    >>> has_other_borders("Bắc Ninh", "2020", "2025", changed), has_other_borders("Bắc Ninh", "2020", "2024", changed)
    (True, False)
    """
    return province in changed and (last_day(as_of) >= REFORM) != (places == "2025")
