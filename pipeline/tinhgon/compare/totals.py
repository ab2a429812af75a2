"""How many communes or districts a place had on a day, for rates whose total no text tells."""

from __future__ import annotations

from functools import cache
from typing import Any

from tinhgon.gazetteer import Gazetteer

Row = dict[str, Any]

GAZETTEER = "gazetteer"
_COUNTED = ("commune", "district")


def with_known_total(row: Row) -> Row:
    """``row`` with a rate against the units there were, where it counts units and no total is told; marked as such.

    >>> row = {"object": "commune", "level": "commune", "value": 40.0, "total": None, "rate": None, "body": None,
    ...        "province": "Bắc Ninh", "district": None, "commune": None, "holds_on": "2019-06-30", "modifier": "exact",
    ...        "measure": "concurrent_posts", "status": "achieved", "value_max": None}
    >>> with_known_total(row)["rate_basis"], with_known_total({**row, "total": 126.0}).get("rate_basis")
    ('gazetteer', None)
    """
    told = row["total"] is not None or row["rate"] is not None
    counts_units = (
        row["object"] in _COUNTED
        and row["object"] == row["level"]
        and row["measure"] == "concurrent_posts"
        and row["body"] is None
        and row["status"] in ("achieved", "ongoing")
        and row["value_max"] is None
    )
    if told or not counts_units or row["value"] is None or row["modifier"] != "exact" or not row["holds_on"]:
        return row
    known = units(row["province"], row["district"], row["object"], row["holds_on"])
    if row["commune"] is not None or known is None or row["value"] > known:
        return row
    return {**row, "rate": round(100 * row["value"] / known, 2), "rate_basis": GAZETTEER}


@cache
def units(province: str | None, district: str | None, object: str, date: str) -> int | None:
    """How many units of a kind a place had on a day; nothing where the place is not known for sure.

    >>> units("Hà Nội", None, "district", "2024-06-01"), units("Hà Nội", None, "commune", "2026-06-01")
    (30, 126)
    """
    if province is None:
        return None
    gazetteer = Gazetteer.load()
    name = district or province
    level = "district" if district else "province"
    found = [place for place in gazetteer.named(name) if place.level == level and place.is_valid(_last_real_day(date))]
    if district is not None:
        found = [place for place in found if (top := gazetteer.province(place)) is not None and top.name == province]
    return gazetteer.count(found[0], object, date[:10]) or None if len(found) == 1 else None


def _last_real_day(date: str) -> str:
    """``date`` without a day that its month has not: "2019-06-31" names the end of June."""
    return date[:7] if date[8:10] == "31" else date
