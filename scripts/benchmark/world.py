"""The world that articles tell of: lists of words, invented persons, and the places of the gazetteer."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeVar

from tinhgon.detect.relevance import can_hold_claim
from tinhgon.gazetteer import Gazetteer, Place

One = TypeVar("One")

SENTENCES = Path(__file__).parent / "sentences"
# Between these years most provinces reported on the reform, and no unit drawn from the gazetteer changed.
FIRST_YEAR, LAST_YEAR = 2018, 2022
_FEWEST_COMMUNES = 6
# An article of the press at hand that has facts names 4.2 places.
_NAMED_COMMUNES = 3


@dataclass(frozen=True, slots=True)
class District:
    """A district with the province and the communes that articles of it name."""

    place: Place
    province: Place
    communes: tuple[Place, ...]
    neighbours: tuple[Place, ...]


@cache
def words() -> dict[str, tuple[str, ...]]:
    """The lists of ``words.txt``."""
    lines = (SENTENCES / "words.txt").read_text("utf-8").splitlines()
    parted = (line.partition(":") for line in lines)
    return {name: tuple(word.strip() for word in listed.split("|")) for name, _, listed in parted}


@cache
def districts() -> tuple[District, ...]:
    """The districts that stood unchanged through all the years, by their code; none whose name holds a cue."""
    places = [place for place in Gazetteer.load() if _stood(place)]
    by_key = {place.key: place for place in places}
    of: dict[object, list[Place]] = {}
    for place in sorted(places, key=lambda place: place.code):
        of.setdefault(place.parent, []).append(place)
    found = []
    for place in sorted(places, key=lambda place: place.code):
        province = by_key.get(place.parent) if place.level == "district" and place.parent else None
        communes = of.get(place.key, [])
        if province is not None and len(communes) >= _FEWEST_COMMUNES:
            neighbours = tuple(other for other in of[province.key] if other != place)
            found.append(District(place, province, tuple(communes), neighbours or (place,)))
    return tuple(found)


def _stood(place: Place) -> bool:
    """Whether it has a name of its own (no number) and was there, the same, from the first year to the last."""
    from_first = place.valid_from <= f"{FIRST_YEAR}-01-01"
    to_last = not place.valid_to or place.valid_to > f"{LAST_YEAR}-12-31"
    named = not any(letter.isdigit() for letter in place.name)
    return from_first and to_last and named and not can_hold_claim(place.full_name)


@dataclass(slots=True)
class Setting:
    """Where and when one article plays; draws the words of its sentences."""

    dice: random.Random
    district: District = field(init=False)
    communes: list[Place] = field(init=False)
    neighbours: list[Place] = field(init=False)
    year: int = field(init=False)
    month: int = field(init=False)
    day: int = field(init=False)

    def __post_init__(self) -> None:
        self.district = self.dice.choice(districts())
        self.communes = self.dice.sample(self.district.communes, _NAMED_COMMUNES)
        self.neighbours = self.dice.sample(self.district.neighbours, min(2, len(self.district.neighbours)))
        self.year = self.dice.randint(FIRST_YEAR, LAST_YEAR)
        self.month, self.day = self.dice.randint(1, 12), self.dice.randint(1, 28)

    def word(self, name: str) -> str:
        """A word for the gap ``name``; with "_hoa" behind the name it begins with a capital."""
        if name.endswith("_hoa"):
            told = self.word(name.removesuffix("_hoa"))
            return told[:1].upper() + told[1:]
        if name in words():
            return self._any(words()[name])
        return self._told(name)

    def _told(self, name: str) -> str:
        district = self.district
        match name:
            case "tinh":
                return district.province.name
            case "tinh_du":
                return district.province.full_name
            case "huyen":
                return district.place.full_name
            case "huyen_ten":
                return district.place.name
            case "huyen_khac":
                return self._any(self.neighbours).full_name
            case "xa":
                return self._any(self.communes).full_name
            case "xa1" | "xa2" | "xa3":
                return self.communes[int(name[2]) - 1].full_name
            case "xa_ten":
                return self._any(self.communes).name
            case "nam_ten":
                return f"{self.word('ho')} {self.word('dem_nam')} {self.word('ten_nam')}"
            case "nu_ten":
                return f"{self.word('ho')} {self.word('dem_nu')} {self.word('ten_nu')}"
            case "nguoi_ten":
                return self._told("nam_ten" if self.dice.random() < 0.6 else "nu_ten")
            case "ngay":
                return f"{max(1, self.day - int(self.dice.random() * 4))}/{self.month}"
            case "dem_hom" | "buoi_thuong":
                return self.word("buoi").lower()
            case "y0" | "y1" | "y2" | "y3":
                return str(self.year + {"y0": -3, "y1": -1, "y2": 0, "y3": 3}[name])
        raise KeyError(f"no word for the gap {{{name}}}")

    def _any(self, options: Sequence[One]) -> One:
        return options[int(self.dice.random() * len(options))]
