"""Questions over a large fact base: ``python scripts/bench_base.py [--facts 1000000] [--db FILE]``.

Makes a fact base of so many facts, spread over all provinces, districts and communes of the gazetteer (2024) and over
seven years, with the citations, places, pairings, holders, mergers and findings that go with them, and times the
questions that people ask. The base is kept where ``--db`` names a file, and used again.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tinhgon.compare import compare
from tinhgon.gazetteer import Gazetteer
from tinhgon.records import Area
from tinhgon.store import FactBase
from tinhgon.store.ids import place_id

SEED = 18
PER_DOCUMENT = 10
BATCH = 2_000  # documents written at once
MEASURES = ("concurrent_posts", "merger", "reduction", "stock")
ROLES = ("bi_thu_cap_uy+chu_tich_ubnd", "bi_thu_chi_bo+truong_thon", "bi_thu_cap_uy+chu_tich_hdnd")
SYMBOLS = ("18-NQ/TW", "19-NQ/TW", "34-KL/TW", "37-NQ/TW", "39-NQ/TW", *(f"{number:02}-NQ/TU" for number in range(60)))
KINDS = ("citation", "locality", "pairing", "holder", "merger")
FINDINGS = ("sources-disagree", "fewer-later", "percent-off", "total-against-gazetteer")
TABLES = ("documents", "places", "provenance", "evidence", "citations", "localities", "pairings", "holders", "mergers",
    "merger_parties", "facts", "findings")  # fmt: skip
TEXT = "Toàn huyện có 10/21 xã bí thư đảng ủy kiêm chủ tịch UBND."
QUESTIONS: dict[str, dict[str, Any]] = {
    "posts by province": {"measure": "concurrent_posts", "roles": ROLES[0]},
    "all posts by province": {"measure": "concurrent_posts"},
    "by province, as of 2020": {"measure": "concurrent_posts", "roles": ROLES[0], "until": "2020"},
    "under the 34 of today": {"measure": "concurrent_posts", "roles": ROLES[0], "places": "2025"},
    "reduction by district": {"measure": "reduction", "by": "district", "object": "commune"},
    "trend of one province": {
        "measure": "concurrent_posts", "roles": ROLES[0], "place": "Bến Tre", "latest": False, "order": "time",
    },
    "with a resolution": {"measure": "concurrent_posts", "roles": ROLES[0], "resolution": "18-NQ/TW"},
    "coverage": {"measure": "merger", "coverage": True},
}  # fmt: skip


def areas() -> list[Area]:
    """Every province, district and commune there was in 2024."""
    gazetteer = Gazetteer.load()
    found: list[Area] = []
    for place in gazetteer:
        if place.is_valid("2024-06-01"):
            names = {one.level: one.name for one in (place, *gazetteer.parents(place))}
            found.append(Area(names.get("province"), names.get("district"), names.get("commune")))
    return found


def rows(count: int) -> Iterator[dict[str, list[dict[str, Any]]]]:
    """The rows of so many facts, some thousand documents at a time."""
    dice = random.Random(SEED)
    places = areas()
    provinces = [area for area in places if area.district is None and area.commune is None]
    districts = [area for area in places if area.district is not None and area.commune is None]
    for first in range(0, count // PER_DOCUMENT, BATCH):
        tables: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
        for number in range(first, min(first + BATCH, count // PER_DOCUMENT)):
            day = f"{dice.randint(2018, 2024)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
            document = f"bai-{number}"
            tables["documents"].append(
                {"id": document, "number": number + 1, "stem": document, "text": TEXT, "title": f"Bài {number}",
                 "published": day, "source": "baolangson.vn", "path": f"{document}.txt", "sha256": document,
                 "blocks": "[]", "warnings": "[]", "run_id": 1, "patterns_hash": "", "version": "bench"}
            )  # fmt: skip
            for position in range(PER_DOCUMENT):
                area = dice.choice(dice.choice((provinces, districts, places)))
                put_fact(tables, f"{number:08x}{position:08x}", document, position, area, day, dice)
            put_others(tables, number, document, dice.choice(places), day, dice)
        yield tables


def put_others(
    tables: dict[str, list[dict[str, Any]]], number: int, document: str, area: Area, day: str, dice: random.Random
) -> None:  # fmt: skip
    """What an article tells besides numbers; every tenth one disagrees with the article before it."""
    roles = dice.choice(ROLES)
    listed = {"roles": json.dumps(roles.split("+")), "roles_key": roles, "level": "commune"}
    put_place(tables, area)
    where = {"place_id": place_id(area)}
    for position, symbol in enumerate(dice.sample(SYMBOLS, 2)):
        told = {"symbol": symbol, "issuer": "TW" if symbol.endswith("TW") else area.province,
            "province": area.province, "published": day}  # fmt: skip
        put_claim(tables, "citation", number, document, position, told)
    put_claim(tables, "locality", number, document, 0, {"level": "commune", "candidates": "[]", **where})
    put_claim(tables, "pairing", number, document, 0, {**listed, "status": "achieved"})
    if number % 5 == 0:
        name = f"Nguyễn Văn {chr(65 + number % 26)}"
        put_claim(tables, "holder", number, document, 0, {"name": name, **listed, **where, "basis": "explicit"})
        key = put_claim(
            tables, "merger", number, document, 0, {"kind": "commune", "result": "Xã Mới", "status": "planned", **where}
        )
        tables["merger_parties"] += [{"merger_id": key, "position": n, "name": f"Xã {n}"} for n in range(2)]
    if number % 10 == 1:
        tables["findings"].append(
            {"fact_id": f"{number:08x}{0:08x}", "check_id": dice.choice(FINDINGS), "severity": "warning",
             "message": "Two articles differ on Bến Tre as of 2020-05-20: 98/127, and 97/127.",
             "other_id": f"{number - 1:08x}{0:08x}"}
        )  # fmt: skip


def put_claim(
    tables: dict[str, list[dict[str, Any]]], kind: str, number: int, document: str, position: int, told: dict[str, Any]
) -> str:
    """A claim of another kind with its provenance and proof; returns its id."""
    key = f"{KINDS.index(kind) + 1:x}{number:07x}{position:08x}".replace("0", "f", 1)
    tables["provenance"].append(provenance(key, document, kind, position))
    tables["evidence"].append(
        {"claim_id": key, "claim_kind": kind, "piece": 0, "start_offset": 0, "end_offset": 9, "quote": TEXT[:9]}
    )
    tables[{"citation": "citations", "locality": "localities"}.get(kind, f"{kind}s")].append(
        {"id": key, "document_id": document, **told}
    )
    return key


def provenance(key: str, document: str, kind: str, position: int) -> dict[str, Any]:
    return {"id": key, "document_id": document, "kind": kind, "position": position, "sentence_start": 0,
        "sentence_end": len(TEXT), "sentence": TEXT, "patterns": "[]", "cues": "[]"}  # fmt: skip


def put_place(tables: dict[str, list[dict[str, Any]]], area: Area) -> None:
    tables["places"].append(
        {"id": place_id(area), "name": area.commune or area.district or area.province, "level": "province",
         "province": area.province, "district": area.district, "commune": area.commune}
    )  # fmt: skip


def put_fact(
    tables: dict[str, list[dict[str, Any]]], key: str, document: str, position: int, area: Area, day: str,
    dice: random.Random,
) -> None:  # fmt: skip
    measure = dice.choice(MEASURES)
    total = dice.randint(5, 200)
    roles = dice.choice(ROLES) if measure == "concurrent_posts" else ""
    place = place_id(area)
    put_place(tables, area)
    tables["provenance"].append(provenance(key, document, "fact", position))
    tables["evidence"].append(
        {"claim_id": key, "claim_kind": "fact", "piece": 0, "start_offset": 13, "end_offset": 21, "quote": TEXT[13:21]}
    )
    tables["facts"].append(
        {"id": key, "document_id": document, "measure": measure,
         "object": dice.choice(("commune", "hamlet", "payroll")),
         "value": float(dice.randint(0, total)), "total": float(total), "modifier": "exact",
         "roles": json.dumps(roles.split("+") if roles else []), "roles_key": roles, "level": "commune",
         "place_id": place, "province": area.province, "district": area.district, "commune": area.commune,
         "holds_on": day, "status": dice.choice(("achieved", "achieved", "planned")),
         "resolutions": dice.choice(('["18-NQ/TW"]', "[]")), "confidence": round(dice.uniform(0.5, 1), 3)}
    )  # fmt: skip


def make(db: Path, count: int) -> None:
    with FactBase.open(db, create=True) as base:
        base.begin_run("bench", "", [])
        for tables in rows(count):
            with base.transaction():
                base._insert(tables)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--facts", type=int, default=1_000_000)
    parser.add_argument("--db", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        db = options.db or Path(folder) / "bench.db"
        if not db.exists():
            started = time.perf_counter()
            make(db, options.facts)
            print(f"made {options.facts} facts in {time.perf_counter() - started:.0f} s, {db.stat().st_size >> 20} MB")
        with FactBase.open(db, readonly=True) as base:
            for name, question in QUESTIONS.items():
                times = []
                for _ in range(3):
                    started = time.perf_counter()
                    frame = compare(base, **question)
                    times.append(time.perf_counter() - started)
                print(f"{name:<26}{len(frame):>6} rows{min(times):>8.2f} s")


if __name__ == "__main__":
    main()
