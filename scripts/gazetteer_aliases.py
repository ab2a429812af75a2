"""Other ways to write the names of the gazetteer: abbreviations of the press, families of spellings."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "pipeline"))

from tinhgon.vietnamese import match_form

LEVELS = ("province", "district", "commune")
PROVINCE_ALIASES = {
    "Hồ Chí Minh": "TP.HCM, TPHCM, TP HCM, TP. HCM, HCM, HCMC",
    "Hà Nội": "HN",
    "Thừa Thiên Huế": "TT-Huế, TT Huế, TT. Huế, TT.Huế, Thừa Thiên - Huế, Thừa Thiên",
    "Bà Rịa - Vũng Tàu": "BR-VT, BRVT, BR–VT, Bà Rịa Vũng Tàu",
    "Đắk Lắk": "Đăk Lăk, Đắc Lắc, Đắk Lăk, Đăk Lắk, Đăc Lăc, Đắc Lắk, Đak Lak, Daklak, Dak Lak, DakLak, Đắclắc",
    "Đắk Nông": "Đăk Nông, Đắc Nông, Đăc Nông, Đak Nông, Dak Nông, Daknong, Dak Nong",
    "Bắc Kạn": "Bắc Cạn",
    "Kon Tum": "Kontum, KonTum, Công Tum",
}
DISTRICT_ALIASES = {
    "Phan Rang - Tháp Chàm": "Phan Rang Tháp Chàm, PR-TC, Phan Rang",
    "Buôn Ma Thuột": "Buôn Mê Thuột, Ban Mê Thuột, Buôn Ma Thuật, BMT",
    "Pleiku": "Plei Ku, Plây Ku, Pleicu, Plâyku",
    "Quy Nhơn": "Qui Nhơn",
    "Krông Ana": "Krông A Na",
    "Ea Kar": "Eakar",
    "Đắk R'Lấp": "Đắk Rlấp, Đăk R'lấp, Đăk Rlấp",
    "KBang": "K'Bang, Kbang",
    "Đakrông": "Đa Krông, Đăkrông, Đắkrông",
}
# Words of the Central Highlands that are written in several ways: any of a family may stand for any other.
FAMILIES = [
    "Đắk Đăk Đak Đắc Đăc Dak Đắck", "Krông Krong K'rông Krôông", "Ea Êa Ya", "Chư Cư", "Ngọk Ngok Ngọc", "Kông Kong",
    "Păh Pah", "Pưh Puh", "Pắc Pắk Păk Pak", "Búk Buk", "Plông Plong", "Lắk Lăk", "Súp Sup", "Jút Jut", "Tơ Tờ",
    "M'Drắk M'Đrắk M'Đrăk M'Drăk Mđrắk", "Buôn Buon", "Prông Prong", "Chro Chrô", "H'Drai Hdrai H'drai", "Mang Măng",
]  # fmt: skip

Alias = tuple[str, str, str, str]
"""The alias, the name it stands for, its level, and the province it holds in ("" = everywhere)."""


def all_aliases(names: set[tuple[str, str]], highland: set[tuple[str, str]], spellings: set[Alias]) -> list[Alias]:
    """Abbreviations, families, numbers, and the other ``spellings`` met in the sources, for all (name, level)."""
    found = set(spellings)
    for level, table in (("province", PROVINCE_ALIASES), ("district", DISTRICT_ALIASES)):
        for name, text in table.items():
            found |= {(alias, name, level, "") for alias in text.split(", ") if (name, level) in names}
    for name, level in names:
        families = FAMILIES if (name, level) in highland else []
        found |= {(alias, name, level, "") for alias in variants(name, families) if (alias, level) not in names}
    keep: dict[tuple[str, str, str, str], Alias] = {}
    for alias in sorted(found):
        folded = match_form(alias[0])
        if folded != match_form(alias[1]):
            keep.setdefault((folded, *alias[1:]), alias)
    return sorted(keep.values(), key=lambda a: (LEVELS.index(a[2]), a[1], a[0], a[3]))


def variants(name: str, families: list[str]) -> Iterator[str]:
    """Other ways to write a name, one word changed at a time.

    >>> sorted(variants("Quận 1", []))
    ['Q. 1', 'Q.1', 'Q1']
    >>> sorted(variants("Cư M'gar", ["Chư Cư"]))
    ["Chư M'gar", "Cư M' gar", "Cư M'gar", 'Cư Mgar']
    """
    if number := re.fullmatch(r"(Quận|Phường) (\d+)", name):
        letter = number[1][0]
        yield from (f"{letter}.{number[2]}", f"{letter}. {number[2]}", *([f"Q{number[2]}"] if letter == "Q" else []))
        return
    words = name.split(" ")
    for position, word in enumerate(words):
        for family in families:
            if word in family.split():
                for other in family.split():
                    yield " ".join([*words[:position], other, *words[position + 1 :]])
    if "'" in name:
        yield name.replace("'", "")
        yield name.replace("'", "' ")


def write_aliases(path: Path, aliases: list[Alias]) -> None:
    entries = [{"alias": a, "name": n, "level": level, **({"within": p} if p else {})} for a, n, level, p in aliases]
    lines = ["# Written by scripts/build_gazetteer.py: one entry a line, in JSON, which is YAML too and reads fast."]
    lines += [f"- {json.dumps(entry, ensure_ascii=False)}" for entry in entries]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
