"""Build the gazetteer (patterns/places/units.tsv, links.tsv, aliases.yaml) from registry packages.

    python scripts/build_gazetteer.py --packages DIR [--download]

Five packages, one per state of the country, are read as snapshots; a unit's versions are what differs between
successive snapshots, dated by patterns/places/dates.tsv. See patterns/places/README.md.
"""

from __future__ import annotations

import argparse
import csv
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from gazetteer_aliases import Alias, all_aliases, write_aliases
from gazetteer_sources import LEVELS, Raw, Snapshot, bare, code_tables, fetch, load_json, read_all, squeeze

ROOT = Path(__file__).parents[1]
PLACES = ROOT / "patterns" / "places"
REFORM = "2025-07-01"
UNCHANGED = {"01", "04", "11", "12", "14", "20", "22", "38", "40", "42", "46"}  # provinces the reform left alone
HIGHLANDS = {"51", "52", "54", "62", "64", "66", "67", "68", "70"}  # where names of the Central Highlands occur

# What the snapshots cannot tell: changes before the first and after the last of them.
EARLIER = [  # code, type, name before, first day of the later state
    ("754", "huyện", "Tân Thành", "2018-04-12"),
    ("900", "thị xã", "Hà Tiên", "2018-11-01"),
    ("290", "thị xã", "Chí Linh", "2019-03-01"),
    ("328", "huyện", "Mỹ Hào", "2019-05-01"),
    ("732", "thị xã", "Long Khánh", "2019-06-01"),
]
NEW_CITIES = [
    ("75", "2026-04-30", "30/2026/QH16"),
    ("22", "2026-09-01", "36/2026/QH16"),
    ("24", "2026-09-20", "39/2026/QH16"),
]
NEW_WARDS = {  # by resolutions 237/NQ-UBTVQH16 and 388/NQ-UBTVQH16
    "75": (
        "Dầu Giây", "Đồng Phú", "Long Thành", "Lộc Ninh", "Nhơn Trạch", "Tân Khai", "Tân Phú", "Trảng Bom", "Trị An",
        "Xuân Lộc",
    ),
    "24": (
        "Bố Hạ", "Lạng Giang", "Kép", "Lục Nam", "Hiệp Hòa", "Yên Phong", "Phù Lãng", "Chi Lăng", "Tiên Du", "Gia Bình",
        "Nhân Thắng", "Lương Tài",
    ),
}  # fmt: skip
# Communes whose name the 2025 snapshot spells otherwise, by more than tone marks, though it is the same name.
RESPELT = frozenset(
    "00736 00829 01060 02836 03073 03177 03178 03223 03244 03391 03460 03565 03754 04136 04174 04486 04618 05245 07540 "
    "20458 20494 20701 20710 23395 23404 23413 23458 23464 23644 24031 24274 24409 24727 26119 31729".split()
)
RENAMED_BY_TONE = {"04867"}  # Tu Lý and Hào Lý became Tú Lý

# Communes that ended and whose heirs the packages do not name under a spelling that matches.
HEIRS = {
    "03007": "03004",  # Tả Giàng Phình and Bản Khoang -> Ngũ Chỉ Sơn
    "03397": "03403",  # Sùng Phài and Nậm Loỏng -> Sùng Phài, moved to the city of Lai Châu
    "13960": "13951",  # Nghĩa Phúc and Nghĩa Thắng -> Phúc Thắng
    "20239": "20236",  # Hải Châu II and Hải Châu I -> Hải Châu
    **dict.fromkeys(("21541", "21544", "21547"), "536"),  # the communes of Lý Sơn -> the district itself
}

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Version:
    """One row of units.tsv."""

    code: str
    start: str
    end: str
    level: str
    type: str
    name: str
    parent: str
    parent_start: str = ""
    sources: tuple[str, ...] = ()
    precision: str = "day"

    @property
    def key(self) -> Key:
        return self.code, self.start

    @property
    def span(self) -> tuple[str, str]:
        return self.start, self.end

    def row(self) -> tuple[str, ...]:
        parent = (self.parent, self.parent_start, ",".join(self.sources), self.precision)
        return self.code, *self.span, self.level, self.type, self.name, *parent

    def covers(self, day: str) -> bool:
        return self.start <= day and (not self.end or day < self.end)


# ---------------------------------------------------------------- dates


@dataclass(frozen=True, slots=True)
class Dated:
    date: str
    precision: str


@dataclass(slots=True)
class Dates:
    """dates.tsv: when a change between two snapshots took effect; the narrowest scope that names the unit wins."""

    table: dict[tuple[str, str, str], Dated] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> Dates:
        dates = cls()
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                dates.table[row["window"], row["scope"], row["change"]] = Dated(row["date"], row["precision"])
        return dates

    def find(self, window: str, change: str, scopes: Iterable[str]) -> Dated:
        for scope in [*scopes, "*"]:
            for kind in (change, ""):
                if found := self.table.get((window, scope, kind)):
                    return found
        raise KeyError(window)


# ---------------------------------------------------------------- versions


def same_name(code: str, earlier: str, later: str, window: str) -> bool:
    if code in RENAMED_BY_TONE and window == "2021":
        return earlier == later
    return bare(earlier) == bare(later) or code in RESPELT


@dataclass(slots=True)
class Builder:
    """Turns the snapshots before the reform into versions, level by level from above."""

    snapshots: list[Snapshot]
    dates: Dates
    versions: dict[str, list[Version]] = field(default_factory=lambda: defaultdict(list))
    spellings: set[tuple[str, str, str]] = field(default_factory=set)  # spelling met, name kept, code

    def build(self) -> None:
        for level in LEVELS:
            for code in sorted({code for snapshot in self.snapshots for code in snapshot.levels[level]}):
                for version in self.history(level, code):
                    self.versions[code] += self.split_by_parent(version)
            if level == "district":
                earlier_states(self.versions)

    def history(self, level: str, code: str) -> Iterator[Version]:
        states: list[tuple[Snapshot, Raw | None]] = [(s, s.levels[level].get(code)) for s in self.snapshots]
        states = self.respell(code, states)
        start, sure, sources = "", True, []
        for (before_in, before), (after_in, after) in pairwise(states):
            if before:
                sources.append(before_in.id)
            if before == after:
                continue
            dated = self.date(level, code, after_in.id, before, after)
            if before:
                certain = sure and dated.precision == "day"
                yield version_of(level, code, before, (start, dated.date), sources, certain)
            start, sure, sources = dated.date, dated.precision == "day", []
        last_in, last = states[-1]
        if last:
            stays = level == "province" and code in UNCHANGED
            end = "" if stays else REFORM
            sources += [last_in.id, *(["2025-07"] if stays else [])]
            yield version_of(level, code, last, (start, end), sources, sure)

    def respell(self, code: str, states: list[tuple[Snapshot, Raw | None]]) -> list[tuple[Snapshot, Raw | None]]:
        """Give every state the spelling of the latest snapshot that has the same name."""
        fixed = states[-1:]
        for snapshot, unit in reversed(states[:-1]):
            later = fixed[0][1]
            if unit and later and unit.name != later.name and same_name(code, unit.name, later.name, fixed[0][0].id):
                self.spellings.add((unit.name, later.name, code))
                unit = replace(unit, name=later.name)
            fixed.insert(0, (snapshot, unit))
        return fixed

    def date(self, level: str, code: str, window: str, before: Raw | None, after: Raw | None) -> Dated:
        own = [unit for unit in (after, before) if unit]
        change = "kept" if before and after else "gone"
        scopes = [code, *(unit.parent for unit in own)]
        if level == "commune":
            scopes += [self.versions[unit.parent][-1].parent for unit in own]
        found = self.dates.find(window, change, scopes)
        if level != "commune" or (before and after and before.parent == after.parent):
            return found
        return self.with_parents(window, found, before, after)

    def with_parents(self, window: str, found: Dated, before: Raw | None, after: Raw | None) -> Dated:
        """A commune leaves a district that ends on its last day, and joins a new one on its first."""
        position = next(i for i, snapshot in enumerate(self.snapshots) if snapshot.id == window)
        earlier, later = (self.snapshots[i].levels["district"] for i in (position - 1, position))
        if before and before.parent not in later:
            return Dated(self.versions[before.parent][-1].end, found.precision)
        if after and after.parent not in earlier:
            return Dated(self.versions[after.parent][0].start, found.precision)
        return found

    def split_by_parent(self, version: Version) -> Iterator[Version]:
        """Cut a version where its parent has another version, so that the parent covers it whole."""
        if not version.parent:
            yield version
            return
        for parent in self.versions[version.parent]:
            start = max(version.start, parent.start)
            end = min(filter(None, (version.end, parent.end)), default="")
            if not end or start < end:
                precision = "snapshot" if "snapshot" in (version.precision, parent.precision) else "day"
                yield replace(version, start=start, end=end, parent_start=parent.start, precision=precision)


def version_of(level: str, code: str, unit: Raw, span: tuple[str, str], sources: list[str], sure: bool) -> Version:
    precision = "day" if sure else "snapshot"
    return Version(code, *span, level, unit.type, unit.name, unit.parent, "", tuple(sources), precision)


def earlier_states(versions: dict[str, list[Version]]) -> None:
    for code, kind, name, day in EARLIER:
        first = versions[code][0]
        old = replace(first, end=day, type=kind, name=name, sources=("act",))
        versions[code][:1] = [old, replace(first, start=day)]


def reform(versions: dict[str, list[Version]], snapshot: Snapshot) -> None:
    """Add the units of the reform of 1 July 2025 and the changes after it."""
    for code, unit in snapshot.levels["province"].items():
        if code not in UNCHANGED:
            versions[code].append(
                Version(code, REFORM, "", "province", unit.type, unit.name, "", sources=(snapshot.id,))
            )
    for code, day, act in NEW_CITIES:
        province = versions[code][-1]
        versions[code][-1:] = [
            replace(province, end=day),
            replace(province, start=day, type="thành phố", sources=(act,)),
        ]
    for code, unit in snapshot.levels["commune"].items():
        for parent in versions[unit.parent]:
            if parent.end and parent.end <= REFORM:
                continue
            promoted = parent.start > REFORM and unit.type == "xã" and unit.name in NEW_WARDS.get(unit.parent, ())
            kind = "phường" if promoted else unit.type
            source = parent.sources[-1] if parent.start > REFORM else snapshot.id
            start = max(parent.start, REFORM)
            versions[code].append(
                Version(code, start, parent.end, "commune", kind, unit.name, unit.parent, parent.start, (source,))
            )


# ---------------------------------------------------------------- links


@dataclass(frozen=True, slots=True, order=True)
class Link:
    old: Key
    new: Key
    kind: str
    date: str


def at(versions: dict[str, list[Version]], code: str, day: str) -> Version | None:
    return next((v for v in versions[code] if v.covers(day)), None)


def continued(versions: dict[str, list[Version]]) -> Iterator[Link]:
    """Versions of one code that follow on one another."""
    for history in versions.values():
        for old, new in pairwise(history):
            if old.end == new.start and new.start != REFORM:
                kind = "renamed" if old.name != new.name else "retyped" if old.type != new.type else "same"
                yield Link(old.key, new.key, kind, new.start)


def absorbed(versions: dict[str, list[Version]], database: Path) -> Iterator[Link]:
    """Communes that ended between snapshots, by the former names that the 2025 table keeps for every commune."""
    former: dict[str, list[str]] = defaultdict(list)
    with sqlite3.connect(database) as connection:
        for code, alias in connection.execute(
            "SELECT wardCode, wardAlias FROM admin_units_legacy WHERE wardCode NOT NULL"
        ):
            heir = at(versions, code, "2025-06-30")
            assert heir
            keys = set(json.loads(alias)) if alias and alias.startswith("[") else {alias or ""}
            for key in keys | {bare(heir.name), bare(long_name(heir))}:
                former[key.replace("y", "i")].append(code)
    gone = [h for h in map(last_before_reform, versions.values()) if h and h.level == "commune" and h.end < REFORM]
    heirs = {unit.code: heirs_of(versions, unit, former) for unit in gone}
    later: dict[str, list[Version]] = defaultdict(list)
    for unit in gone:
        for code in heirs[unit.code] if unit.end > "2022" else ():
            later[code].append(unit)
    for unit in gone:
        for code in heirs[unit.code]:
            yield absorption(versions, unit, code, later[code], len(heirs[unit.code]))


def last_before_reform(history: list[Version]) -> Version | None:
    old = [version for version in history if version.start < REFORM]
    return old[-1] if old and old[-1].end else None


def heirs_of(versions: dict[str, list[Version]], unit: Version, former: dict[str, list[str]]) -> list[str]:
    if unit.code in HEIRS:
        return [HEIRS[unit.code]]
    near = lineage(versions, unit.code)
    for name in (long_name(unit), unit.name):
        if found := [code for code in former[bare(name)] if code != unit.code and near & lineage(versions, code)]:
            return found
    return []


def long_name(unit: Version) -> str:
    return unit.name if unit.name.lower().startswith(unit.type + " ") else f"{unit.type} {unit.name}"


def lineage(versions: dict[str, list[Version]], code: str) -> set[str]:
    """The districts that a commune has lain in."""
    return {version.parent for version in versions[code] if version.start < REFORM}


def absorption(versions: dict[str, list[Version]], unit: Version, code: str, later: list[Version], heirs: int) -> Link:
    """Into which version: if the heir itself took in others later, the first heir may have been one of those."""
    kind = "split" if heirs > 1 else "merged"
    target = at(versions, code, unit.end)
    if unit.end < "2022" and later:
        codes = [code, *(other.code for other in later)]
        changed = [version for other in codes for version in versions[other] if version.start == unit.end]
        target = changed[0] if len(changed) == 1 else at(versions, code, "2025-06-30")
    assert target
    return Link(unit.key, target.key, kind, max(unit.end, target.start))


def districts_shared_out(versions: dict[str, list[Version]]) -> Iterator[Link]:
    """A district that ended or began before the reform went where its communes went, came whence they came."""
    moves = {
        ((old.parent, old.parent_start), (new.parent, new.parent_start), new.start)
        for history in versions.values()
        for old, new in pairwise(history)
        if old.level == "commune" and old.parent != new.parent and old.end == new.start < REFORM
    }
    for old, new, day in sorted(moves):
        ended = versions[old[0]][-1].key == old and versions[old[0]][-1].end == day
        began = versions[new[0]][0].key == new and new[1] == day
        if ended or began:
            alone = ended and sum(other[0] == old and other[2] == day for other in moves) == 1
            yield Link(old, new, "merged" if alone else "split", day)


def at_reform(versions: dict[str, list[Version]], database: Path, mapping: Path) -> Iterator[Link]:
    """Old communes and provinces to new ones, from the tables of the reform."""
    data = load_json(mapping)
    old_codes, new_codes = code_tables(database)
    pairs: set[tuple[str, str]] = set()
    for row in own_rows(data["ward_mapping"]):
        ward = row["old_ward"] or row["old_ward_key"]
        old = old_codes.get((row["old_province"], row["old_district"], squeeze(ward)))
        assert old, row
        pairs.add((old, new_codes[row["new_province"], squeeze(row["new_ward"] or row["new_ward_key"])]))
    names = {**data["old_province_names"]}
    for old_key, new_key in data["province_mapping"].items():
        old, new = names[old_key]["code"], data["province_names"][new_key]["code"]
        if old not in UNCHANGED:
            pairs.add((old, new))
    heirs, parts = defaultdict(set), defaultdict(set)
    for old, new in pairs:
        heirs[old].add(new)
        parts[new].add(old)
    for old, new in sorted(pairs):
        before, after = at(versions, old, "2025-06-30"), at(versions, new, REFORM)
        assert before
        assert after
        kind = "same"
        if len(heirs[old]) > 1:
            kind = "split"
        elif len(parts[new]) > 1:
            kind = "merged"
        elif before.name != after.name:
            kind = "renamed"
        elif before.type != after.type:
            kind = "retyped"
        yield Link(before.key, after.key, kind, REFORM)


def own_rows(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows of the table without those that it gives a split commune for its namesake in another district.

    An heir is the namesake's if it took in other communes of the namesake's district and none of this one.
    """
    whole = [row for row in rows if row["mapping_type"] != "divided"]
    homes = {(row["new_province"], row["new_ward"], row["old_district"]) for row in whole}
    twins: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        if row["mapping_type"] == "divided":
            twins[row["new_province"], row["old_ward"]].add(row["old_district"])
    for row in rows:
        place, district = (row["new_province"], row["new_ward"]), row["old_district"]
        others = twins[row["new_province"], row["old_ward"]] - {district}
        theirs = any((*place, other) in homes for other in others) and (*place, district) not in homes
        if row["mapping_type"] != "divided" or row["is_default"] or not theirs:
            yield row


def all_links(versions: dict[str, list[Version]], earlier: list[Link], database: Path, mapping: Path) -> list[Link]:
    links = [*earlier, *at_reform(versions, database, mapping), Link(("28", ""), ("01", ""), "merged", "2008-08-01")]
    taken = {(link.new, link.date) for link in links if link.kind == "merged"}
    for link in continued(versions):
        links.append(replace(link, kind="merged") if (link.new, link.date) in taken else link)
    return sorted(set(links))


# ---------------------------------------------------------------- writing


def spelling_alias(versions: dict[str, list[Version]], spelling: str, name: str, code: str) -> Alias:
    unit = versions[code][0]
    province = top(versions, unit)
    return spelling, name, unit.level, "" if unit is province else province.name


def top(versions: dict[str, list[Version]], unit: Version) -> Version:
    """The province that it lay in."""
    while unit.parent:
        unit = next(parent for parent in versions[unit.parent] if parent.start == unit.parent_start)
    return unit


def write_table(path: Path, header: str, rows: Iterable[Iterable[str]]) -> int:
    lines = ["\t".join(row) for row in rows]
    path.write_text("\n".join([header.replace(" ", "\t"), *lines]) + "\n", encoding="utf-8")
    return len(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packages", type=Path, required=True, help="folder of the package archives")
    parser.add_argument("--download", action="store_true", help="download them there first")
    options = parser.parse_args()
    options.packages.mkdir(parents=True, exist_ok=True)
    if options.download:
        fetch(options.packages)
    snapshots, database, mapping = read_all(options.packages)
    builder = Builder(snapshots[:-1], Dates.load(PLACES / "dates.tsv"))
    builder.build()
    versions = builder.versions
    versions["28"] = [Version("28", "", "2008-08-01", "province", "tỉnh", "Hà Tây", "", sources=("15/2008/QH12",))]
    links_before = [*absorbed(versions, database), *districts_shared_out(versions)]
    reform(versions, snapshots[-1])
    links = all_links(versions, links_before, database, mapping)
    rows = sorted((version for history in versions.values() for version in history), key=lambda v: v.key)
    units = write_table(
        PLACES / "units.tsv",
        "code valid_from valid_to level type name parent_code parent_valid_from sources precision",
        (
            (
                v.code,
                v.start,
                v.end,
                v.level,
                v.type,
                v.name,
                v.parent,
                v.parent_start,
                ",".join(v.sources),
                v.precision,
            )
            for v in rows
        ),
    )
    linked = write_table(
        PLACES / "links.tsv",
        "from_code from_valid_from to_code to_valid_from kind date",
        ((*link.old, *link.new, link.kind, link.date) for link in links),
    )
    names = {(row.name, row.level) for row in rows}
    highland = {(row.name, row.level) for row in rows if top(versions, row).code in HIGHLANDS}
    aliases = all_aliases(names, highland, {spelling_alias(versions, *spelling) for spelling in builder.spellings})
    write_aliases(PLACES / "aliases.yaml", aliases)
    print(f"{units} units, {linked} links, {len(aliases)} aliases")


if __name__ == "__main__":
    main()
