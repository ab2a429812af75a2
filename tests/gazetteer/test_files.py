"""The files hold together: keys, parents, dates, spelling, links, aliases."""

from __future__ import annotations

import csv
import time
import unicodedata
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from tinhgon.gazetteer import Gazetteer, Place, fold_name
from tinhgon.resources import patterns_dir

TYPES = {
    "province": {"tỉnh", "thành phố"},
    "district": {"quận", "huyện", "thị xã", "thành phố"},
    "commune": {"xã", "phường", "thị trấn", "đặc khu"},
}


@pytest.fixture(scope="module")
def folder() -> Path:
    return patterns_dir() / "places"


@pytest.fixture(scope="module")
def gazetteer(folder: Path) -> Gazetteer:
    return Gazetteer.load(folder)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_keys_are_unique_and_sorted(folder: Path) -> None:
    keys = [(row["code"], row["valid_from"]) for row in read(folder / "units.tsv")]
    assert keys == sorted(set(keys))


def test_codes_types_and_dates(folder: Path) -> None:
    digits = {"province": 2, "district": 3, "commune": 5}
    for row in read(folder / "units.tsv"):
        assert len(row["code"]) == digits[row["level"]]
        assert row["type"] in TYPES[row["level"]]
        assert row["precision"] in {"day", "snapshot"}
        assert row["sources"]
        assert not row["valid_to"] or row["valid_from"] < row["valid_to"]


def test_names_are_nfc_capitalised_and_without_type(gazetteer: Gazetteer) -> None:
    for place in gazetteer:
        assert place.name == unicodedata.normalize("NFC", place.name).strip()
        assert place.name[0].isupper()
        assert place.name.lower() == fold_name(place.name), "one placement of tones, plain dashes and quotes"


def test_a_parent_covers_the_time_of_its_children(gazetteer: Gazetteer) -> None:
    for place in gazetteer:
        if place.parent is None:
            assert place.level == "province"
            continue
        parent = gazetteer[place.parent]
        assert parent.valid_from <= place.valid_from
        assert not parent.valid_to or (place.valid_to and place.valid_to <= parent.valid_to)


def test_versions_of_a_code_follow_one_another(gazetteer: Gazetteer) -> None:
    histories: dict[str, list[Place]] = defaultdict(list)
    for place in gazetteer:
        histories[place.code].append(place)
    for history in histories.values():
        for earlier, later in pairwise(sorted(history, key=lambda place: place.valid_from)):
            assert earlier.valid_to == later.valid_from


def test_links_point_at_units_that_meet(folder: Path, gazetteer: Gazetteer) -> None:
    rows = read(folder / "links.tsv")
    pairs = Counter((row["from_code"], row["from_valid_from"], row["to_code"], row["to_valid_from"]) for row in rows)
    assert max(pairs.values()) == 1
    for row in rows:
        old = gazetteer[row["from_code"], row["from_valid_from"]]
        new = gazetteer[row["to_code"], row["to_valid_from"]]
        assert row["kind"] in {"merged", "split", "renamed", "retyped", "same"}
        assert gazetteer.valid(new, row["date"])
        assert not old.valid_to or old.valid_to <= row["date"] or old.level == "district"


def test_nearly_every_unit_that_ended_has_an_heir(gazetteer: Gazetteer) -> None:
    heirless = [place for place in gazetteer if place.valid_to and not gazetteer.today(place)]
    assert {place.name for place in heirless} == {"Nà Sác", "Tân Bình", "Phúc Thành A", "Chư Jôr", "Phú An Hòa"}
    assert len(heirless) == 5


def test_aliases_are_yaml_and_stand_for_known_names(folder: Path, gazetteer: Gazetteer) -> None:
    entries = yaml.safe_load((folder / "aliases.yaml").read_text(encoding="utf-8"))
    known = {(place.name, place.level) for place in gazetteer}
    provinces = {place.name for place in gazetteer if place.level == "province"}
    for entry in entries:
        assert set(entry) <= {"alias", "name", "level", "within"}
        assert (entry["name"], entry["level"]) in known
        assert entry.get("within") is None or entry["within"] in provinces


def test_an_edited_alias_file_is_read_as_yaml(folder: Path, tmp_path: Path) -> None:
    for name in ("units.tsv", "links.tsv"):
        (tmp_path / name).symlink_to(folder / name)
    (tmp_path / "aliases.yaml").write_text("- alias: Thủ đô\n  name: Hà Nội\n  level: province\n", encoding="utf-8")
    assert [place.code for place in Gazetteer.load(tmp_path).named("thủ đô")] == ["01"]


def test_loading_is_fast(folder: Path) -> None:
    start = time.process_time()
    Gazetteer.load(folder)
    assert time.process_time() - start < 1.0, "about 0.05 s on an idle machine"
