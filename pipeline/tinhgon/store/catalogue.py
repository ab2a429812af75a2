"""The catalogue of central documents, as data in ``patterns/resolutions.yaml``, kept in every fact base."""

from __future__ import annotations

import json
from collections import defaultdict

from tinhgon.resources import patterns_dir, read_yaml
from tinhgon.store.base import FactBase


def keep_catalogue(base: FactBase) -> None:
    """Write the catalogue of the shipped patterns into a fact base, in place of an older one."""
    with base.transaction() as execute:
        execute("DELETE FROM catalogue")
        for row in documents():
            execute("INSERT INTO catalogue (symbol, title, issuer, date, aliases) VALUES (?, ?, ?, ?, ?)", row)


def documents() -> list[tuple[str, str, str, str, str]]:
    """Symbol, title, issuer, date and other names (JSON) of each document of the catalogue.

    >>> next(row[:4] for row in documents() if row[0] == "18-NQ/TW")
    ('18-NQ/TW', 'Đổi mới, sắp xếp tổ chức bộ máy của hệ thống chính trị', 'TW', '2017-10-25')
    """
    raw = read_yaml(patterns_dir() / "resolutions.yaml")
    names: dict[str, list[str]] = defaultdict(list)
    for entry in raw["titles"]:
        names[str(entry["symbol"])] += map(str, entry["phrases"])
    return [
        (
            entry["symbol"],
            entry["title"],
            entry["issuer"],
            str(entry["date"]),
            json.dumps(names[entry["symbol"]], ensure_ascii=False),
        )
        for entry in raw["documents"]
    ]
