"""Claims of the 63 provinces before 1 July 2025, seen under the 34 of today.

Provinces were merged whole, so each claim has one province of today; what several of them claim is set side by side
and may be added up, with everything said that makes the sum doubtful: other dates, missing provinces, other totals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from tinhgon.gazetteer import Gazetteer
from tinhgon.vietnamese import collation_key

Row = dict[str, Any]

REFORM = "2025-07-01"
_BEFORE, _AFTER = "2025-06-30", "2025-07-01"
_ADDED = ("value", "total", "before", "after")


@cache
def provinces(date: str) -> tuple[str, ...]:
    """The names of the provinces there were on a day.

    >>> len(provinces("2024-06-01")), len(provinces("2026-06-01"))
    (63, 34)
    """
    gazetteer = Gazetteer.load()
    return tuple(place.name for place in gazetteer if place.level == "province" and place.is_valid(date))


@cache
def today_of() -> dict[str, str]:
    """Of each province before the reform the one of today that it lies in.

    >>> today_of()["Hà Giang"], today_of()["Bến Tre"], today_of()["Cao Bằng"]
    ('Tuyên Quang', 'Vĩnh Long', 'Cao Bằng')
    """
    gazetteer = Gazetteer.load()
    old = (place for place in gazetteer if place.level == "province" and place.is_valid(_BEFORE))
    return {place.name: gazetteer.today(place)[0].name for place in old}


@dataclass(frozen=True, slots=True)
class Carried:
    """A row under its province of today, and what is to be known of how it came there."""

    row: Row
    province: str
    note: str


def carry(rows: Sequence[Row]) -> list[Carried]:
    """The rows of provinces under those of today; where several were merged, their sum after them, with its doubts.

    A claim that holds from the reform on is one of today's province itself and is not added to anything.
    """
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        province = row["province"]
        is_todays = (row["holds_on"] or "") >= REFORM
        now = province if is_todays or province is None else today_of().get(province, province)
        thing = (row["measure"], row["level"], row["roles"], row["body"], row["object"], row["status"])
        groups.setdefault((now, is_todays, thing), []).append(row)
    carried: list[Carried] = []
    for (now, is_todays, _), members in groups.items():
        old = [row for row in members if not is_todays]
        carried += [Carried(row, now, _origin(row, now, is_todays)) for row in members]
        if len({row["province"] for row in old}) > 1 and now is not None:
            carried += _sum(old, now)
    return carried


def _origin(row: Row, now: str | None, is_todays: bool) -> str:
    if now is None or is_todays:
        return ""
    return (
        "before the merger"
        if row["province"] == now and len(_merged_into(now)) > 1
        else (f"claimed of {row['province']}" if row["province"] != now else "")
    )


def _merged_into(now: str) -> list[str]:
    return sorted((old for old, new in today_of().items() if new == now), key=collation_key)


def _sum(rows: Sequence[Row], now: str) -> list[Carried]:
    """The sum of what the merged provinces claim, one claim each; nothing where no number is told by all of them."""
    by_province: dict[str, Row] = {}
    for row in rows:
        by_province.setdefault(row["province"], row)
    members = list(by_province.values())
    added = {
        name: sum(row[name] for row in members) if all(row[name] is not None for row in members) else None
        for name in _ADDED
    }
    if added["value"] is None and added["before"] is None:
        return []
    value, total = added["value"], added["total"]
    rate = round(100 * value / total, 2) if value is not None and total else None
    blank = dict.fromkeys(members[0])
    same = {name: members[0][name] for name in ("measure", "object", "level", "roles", "body", "status")}
    dates = sorted({str(row["as_of"])[:10] for row in members if row["as_of"]})
    total_row = {
        **blank, **same, **added, "rate": rate, "rate_basis": "computed" if rate is not None else None,
        "province": now, "modifier": "exact", "as_of": dates[0] if len(dates) == 1 else None,
        "holds_on": max((row["holds_on"] or "" for row in members), default=None), "position": 0,
        "document_id": None, "fact_id": None, "published": None,
    }  # fmt: skip
    return [Carried(total_row, now, _doubts(members, dates, now))]


def _doubts(members: Sequence[Row], dates: Sequence[str], now: str) -> str:
    """What is to be known before a sum is used."""
    names = sorted((row["province"] for row in members), key=collation_key)
    missing = [name for name in _merged_into(now) if name not in names]
    said = [f"sum of {', '.join(names)}"]
    if missing:
        said.append(f"no claim of {', '.join(missing)}")
    if len(dates) > 1:
        said.append(f"dates differ: {', '.join(dates)}")
    if any(row["modifier"] != "exact" for row in members):
        said.append("of rounded numbers")
    return "; ".join(said)
