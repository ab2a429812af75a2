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
_UNDATED = "no date"
_RENAMED = {"Thừa Thiên Huế": "Huế"}
_ADDED = ("value", "total", "before", "after")
# What must be the same of all that is added up.
_THING = ("measure", "level", "roles", "body", "object", "status", "per")


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
    names = {place.name: gazetteer.today(place)[0].name for place in old}
    # Huế was Thừa Thiên Huế until it became a city of its own, half a year before the reform.
    return {**names, **{former: now for former, now in _RENAMED.items() if now in names}}


@cache
def changed_names() -> tuple[str, ...]:
    """The provinces of today that bear the name of an old one and are larger than it was.

    >>> "Tuyên Quang" in changed_names(), "Cao Bằng" in changed_names()
    (True, False)
    """
    old = today_of()
    return tuple(name for name in provinces(_AFTER) if name in old and len(_merged_into(name)) > 1)


def is_of_today(row: Row) -> bool:
    """Whether a claim is one of a province as it is since the reform, and not of an old one of that name."""
    return row["province"] in provinces(_AFTER) and _told_on(row) >= REFORM


@dataclass(frozen=True, slots=True)
class Carried:
    """A row under its province of today, and what is to be known of how it came there."""

    row: Row
    province: str
    note: str


def carry(rows: Sequence[Row], *, sums: bool = True) -> list[Carried]:
    """The rows of provinces under those of today; where several were merged, their sum after them, with its doubts.

    A claim that holds from the reform on is one of today's province itself and is not added to anything. ``sums`` is
    for rows of which each province has one alone.
    """
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        province = row["province"]
        now = province if province is None or is_of_today(row) else today_of().get(province, province)
        thing = tuple(row[name] for name in _THING)
        groups.setdefault((now, thing), []).append(row)
    carried: list[Carried] = []
    for (now, _), members in groups.items():
        carried += [Carried(row, now, _origin(row, now)) for row in members]
        # What is told after the reform of a part of the new province is no part of a sum of old provinces.
        old = [row for row in members if not is_of_today(row) and _told_on(row) < REFORM]
        if sums and now is not None and len({_present_name(row) for row in old}) > 1:
            carried += _sum(old, now)
    return carried


def _present_name(row: Row) -> str:
    name = str(row["province"])
    return _RENAMED.get(name, name)


def _told_on(row: Row) -> str:
    """The earlier of when a claim was made and when it holds: a plan of 2019 for 2030 is one of the old province."""
    return min((day for day in (row["holds_on"], row["published"]) if day), default="")


def _origin(row: Row, now: str | None) -> str:
    """Whose claim it was, where that is not the province it stands under."""
    if now is None or is_of_today(row):
        return ""
    if row["province"] != now:
        return f"claimed of {row['province']}"
    return "before the merger" if now in changed_names() else ""


def _merged_into(now: str) -> list[str]:
    return sorted((old for old, new in today_of().items() if new == now and old not in _RENAMED), key=collation_key)


def _sum(rows: Sequence[Row], now: str) -> list[Carried]:
    """The sum of what the merged provinces claim, one claim each; nothing where no number is told by all of them."""
    by_province: dict[str, Row] = {}
    for row in rows:
        by_province.setdefault(_present_name(row), row)
    members = list(by_province.values())
    added = {
        name: sum(row[name] for row in members) if all(row[name] is not None for row in members) else None
        for name in _ADDED
    }
    if (added["value"] is None and added["before"] is None) or any(row["value_max"] is not None for row in members):
        return []
    rough = {row["modifier"] for row in members} - {"exact"}
    modifier = ("about" if len(rough) > 1 else rough.pop()) if rough else "exact"
    value, total = added["value"], added["total"]
    rate = round(100 * value / total, 2) if value is not None and total else None
    blank = dict.fromkeys(members[0])
    same = {name: members[0][name] for name in _THING}
    dates = sorted({str(row["as_of"] or _UNDATED)[:10] for row in members})
    total_row = {
        **blank, **same, **added, "rate": rate, "rate_basis": "computed" if rate is not None else None,
        "province": now, "modifier": modifier,
        "as_of": dates[0] if len(dates) == 1 and dates[0] != _UNDATED else None,
        "holds_on": max((row["holds_on"] or "" for row in members), default=None), "position": 0,
        "document_id": None, "fact_id": None, "published": None, "as_of_basis": None,
    }  # fmt: skip
    return [Carried(total_row, now, _doubts(members, dates, now))]


def _doubts(members: Sequence[Row], dates: Sequence[str], now: str) -> str:
    """What is to be known before a sum is used."""
    names = sorted((row["province"] for row in members), key=collation_key)
    missing = [name for name in _merged_into(now) if name not in map(_present_name, members)]
    said = [f"sum of {', '.join(names)}"]
    if missing:
        said.append(f"no such number of {', '.join(missing)}")
    if len(dates) > 1:
        said.append(f"dates differ: {', '.join(dates)}")
    for name, what in (("since", "periods"), ("baseline", "years compared with")):
        told = sorted({str(row[name] or "not told") for row in members})
        if len(told) > 1:
            said.append(f"{what} differ: {', '.join(told)}")
    if any(row["modifier"] != "exact" for row in members):
        said.append("of rounded numbers")
    return "; ".join(said)
