"""Reading ``units.tsv``, ``links.tsv`` and ``aliases.yaml``, and asking them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from tinhgon.gazetteer.places import Key, Place, first_day, last_day, name_key, surface_forms
from tinhgon.resources import patterns_dir, read_yaml

_UNIT_COLUMNS = ["code", "valid_from", "valid_to", "level", "type", "name", "parent_code", "parent_valid_from"]
_LINK_COLUMNS = ["from_code", "from_valid_from", "to_code", "to_valid_from", "kind", "date"]
_DEPTH = {"province": 0, "district": 1, "commune": 2}


class Gazetteer:
    """All places, by key, by name and by kinship. Read once, never changed.

    >>> gazetteer = Gazetteer.load()
    >>> [place.full_name for place in gazetteer.at(gazetteer.named("Lộc Bình"), "2022-05-24")]
    ['huyện Lộc Bình', 'thị trấn Lộc Bình', 'xã Lộc Bình']
    >>> [hue] = gazetteer.at(gazetteer.named("TT-Huế"), "2019")
    >>> hue.full_name, [now.full_name for now in gazetteer.today(hue)]
    ('tỉnh Thừa Thiên Huế', ['thành phố Huế'])
    """

    def __init__(self, places: Iterable[Place], folder: Path) -> None:
        self._places: dict[Key, Place] = {place.key: place for place in places}
        self._folder = folder

    @classmethod
    def load(cls, folder: Path | None = None) -> Gazetteer:
        """The gazetteer of ``folder``; without one, the one that ships with the package."""
        if folder is None:
            folder = patterns_dir() / "places"
        return cls(_read_places(folder / "units.tsv"), folder)

    def __getitem__(self, key: Key) -> Place:
        return self._places[key]

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __iter__(self) -> Iterator[Place]:
        return iter(self._places.values())

    def __len__(self) -> int:
        return len(self._places)

    # names

    def named(self, name: str) -> tuple[Place, ...]:
        """Every version of every unit that bears the name or has it as an alias.

        >>> {place.full_name for place in Gazetteer.load().named("Bà Rịa-Vũng Tàu")}
        {'tỉnh Bà Rịa - Vũng Tàu'}
        """
        return self._by_name.get(name_key(name), ())

    def surfaces(self) -> Mapping[str, tuple[Place, ...]]:
        """Folded surface form -> places: what a scan over the folded text looks for, type words left aside."""
        return self._surfaces

    # kinship

    def parents(self, place: Place) -> tuple[Place, ...]:
        """The unit it lies in, and the one that lies in, nearest first."""
        found = []
        while place.parent is not None:
            place = self._places[place.parent]
            found.append(place)
        return tuple(found)

    def province(self, place: Place) -> Place | None:
        """The province it lies in; a province is its own."""
        top = (place, *self.parents(place))[-1]
        return top if top.level == "province" else None

    def children(self, place: Place, date: str) -> tuple[Place, ...]:
        """The units right below it, under whatever name it had, at the end of ``date``.

        >>> gazetteer = Gazetteer.load()
        >>> [hanoi] = gazetteer.at(gazetteer.named("HN"), "2024")
        >>> len(gazetteer.children(hanoi, "2024")), len(gazetteer.children(hanoi, "2026"))
        (30, 126)
        """
        day = last_day(date)
        return tuple(child for child in self._children.get((place.level, place.code), ()) if child.is_valid(day))

    def count(self, place: Place, level: str, date: str) -> int:
        """How many units of ``level`` it had at the end of ``date``."""
        below = self.children(place, date)
        direct = sum(child.level == level for child in below)
        return direct + sum(self.count(child, level, date) for child in below if _DEPTH[child.level] < _DEPTH[level])

    # time

    def valid(self, place: Place, date: str | None) -> bool:
        """Valid on some day of ``date`` (``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``); no date rules nothing out."""
        return place.is_valid(date)

    def at(self, places: Iterable[Place], date: str | None) -> tuple[Place, ...]:
        """Those valid at ``date``; if none is, those that went last before it, since names live on in texts.

        >>> gazetteer = Gazetteer.load()
        >>> [place.full_name for place in gazetteer.at(gazetteer.named("Hoành Bồ"), "2019-05")]
        ['huyện Hoành Bồ']
        """
        candidates = tuple(places)
        valid = tuple(place for place in candidates if place.is_valid(date))
        if valid or date is None:
            return valid
        gone = [place for place in candidates if place.valid_to and place.valid_to <= first_day(date)]
        latest = max((place.valid_to for place in gone), default="")
        return tuple(place for place in gone if place.valid_to == latest)

    def successors(self, place: Place) -> tuple[Place, ...]:
        """What it became at its end, over the next change only."""
        return self._followed(self._links[0], place)

    def predecessors(self, place: Place) -> tuple[Place, ...]:
        """What it was made of, over the last change only."""
        return self._followed(self._links[1], place)

    def today(self, place: Place) -> tuple[Place, ...]:
        """The units of now (those without an end) that its territory went to.

        A district is followed through its communes: it may have been shared out, and the level ended in 2025.

        >>> gazetteer = Gazetteer.load()
        >>> [district] = gazetteer.at(gazetteer.named("Mỏ Cày Nam"), "2024")
        >>> sorted(place.name for place in gazetteer.today(district))
        ['An Định', 'Hương Mỹ', 'Mỏ Cày', 'Thành Thới', 'Đồng Khởi']
        """
        found: dict[Key, Place] = {}
        seen, waiting = {place.key}, [place]
        while waiting:
            current = waiting.pop()
            if not current.valid_to:
                found[current.key] = current
                continue
            for heir in self._last_children(current) or self.successors(current):
                if heir.key not in seen:
                    seen.add(heir.key)
                    waiting.append(heir)
        return tuple(sorted(found.values(), key=lambda unit: unit.key))

    # indexes, each made when first asked for

    def _last_children(self, place: Place) -> tuple[Place, ...]:
        if place.level != "district":
            return ()
        below = self._children.get((place.level, place.code), ())
        return tuple(child for child in below if child.parent == place.key and child.valid_to == place.valid_to)

    def _followed(self, links: dict[Key, tuple[Key, ...]], place: Place) -> tuple[Place, ...]:
        return tuple(self._places[key] for key in links.get(place.key, ()))

    @cached_property
    def _by_name(self) -> dict[str, tuple[Place, ...]]:
        return self._index(lambda name: (name_key(name),))

    @cached_property
    def _surfaces(self) -> Mapping[str, tuple[Place, ...]]:
        return MappingProxyType(self._index(surface_forms))

    def _index(self, forms: Callable[[str], tuple[str, ...]]) -> dict[str, tuple[Place, ...]]:
        by_name: dict[str, list[Place]] = {}
        for place in self:
            by_name.setdefault(place.name, []).append(place)
        found: dict[str, dict[Key, Place]] = {}
        for name, places in by_name.items():
            for form in forms(name):
                found.setdefault(form, {}).update((place.key, place) for place in places)
        for alias in _read_aliases(self._folder / "aliases.yaml"):
            meant = [place for place in by_name.get(alias["name"], ()) if self._is_meant(place, alias)]
            for form in forms(alias["alias"]) if meant else ():
                found.setdefault(form, {}).update((place.key, place) for place in meant)
        return {form: tuple(sorted(places.values(), key=_by_rank)) for form, places in found.items()}

    def _is_meant(self, place: Place, alias: Mapping[str, str]) -> bool:
        if place.level != alias["level"]:
            return False
        province = self.province(place) if "within" in alias else None
        return province is None or province.name == alias["within"]

    @cached_property
    def _children(self) -> dict[tuple[str, str], tuple[Place, ...]]:
        found: dict[tuple[str, str], list[Place]] = {}
        for place in self:
            if place.parent is not None:
                found.setdefault((self._places[place.parent].level, place.parent[0]), []).append(place)
        return {parent: tuple(children) for parent, children in found.items()}

    @cached_property
    def _links(self) -> tuple[dict[Key, tuple[Key, ...]], dict[Key, tuple[Key, ...]]]:
        after: dict[Key, list[Key]] = {}
        before: dict[Key, list[Key]] = {}
        for row in _read_rows(self._folder / "links.tsv", _LINK_COLUMNS):
            old, new = (row[0], row[1]), (row[2], row[3])
            after.setdefault(old, []).append(new)
            before.setdefault(new, []).append(old)
        return {key: tuple(keys) for key, keys in after.items()}, {key: tuple(keys) for key, keys in before.items()}


def _by_rank(place: Place) -> tuple[int, str, str]:
    return _DEPTH[place.level], place.code, place.valid_from


def _read_rows(path: Path, columns: list[str]) -> Iterator[list[str]]:
    with path.open(encoding="utf-8") as file:
        header = next(file).rstrip("\n").split("\t")
        if header[: len(columns)] != columns:
            raise ValueError(f"{path}: columns are {header}, not {columns}")
        for line in file:
            yield line.rstrip("\n").split("\t")


def _read_places(path: Path) -> Iterator[Place]:
    for code, start, end, level, kind, name, parent, parent_start, *_ in _read_rows(path, _UNIT_COLUMNS):
        yield Place(code, start, end, level, kind, name, (parent, parent_start) if parent else None)


def _read_aliases(path: Path) -> list[dict[str, str]]:
    """Entries of one line each are JSON, which reads fast; a file that is edited freely is read as YAML."""
    text = path.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    if all(line.startswith("- {") for line in lines):
        try:
            return [json.loads(line[2:]) for line in lines]
        except json.JSONDecodeError:
            pass
    entries: list[dict[str, str]] = read_yaml(path)
    return entries
