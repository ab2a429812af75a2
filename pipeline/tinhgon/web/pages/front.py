"""The front page: what the base holds, and the provinces as a map of squares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tinhgon.compare.charts.errors import NothingToDrawError
from tinhgon.compare.charts.pick import Claim, Picked, Show, pick, thing_of
from tinhgon.compare.charts.tilemap import Classes, classes, on_tiles
from tinhgon.compare.charts.tiles import Places, Tile, has_other_borders, read_tiles
from tinhgon.compare.reform import changed_names, provinces
from tinhgon.compare.render import plain_rows
from tinhgon.store import FactBase
from tinhgon.web.asked import answer, asked, choices
from tinhgon.web.desk import Page
from tinhgon.web.shown import change_text, number_text, rate_text
from tinhgon.web.visit import Visit
from tinhgon.web.wording import Words

_HELD = """
    SELECT (SELECT count(*) FROM documents) AS documents, (SELECT count(*) FROM facts) AS claims,
        (SELECT count(*) FROM documents WHERE published IS NOT NULL) AS dated,
        (SELECT min(published) FROM documents WHERE published > '') AS first,
        (SELECT max(published) FROM documents) AS last
"""
_IS_COVERED = "SELECT EXISTS (SELECT 1 FROM facts WHERE province = ?) AS there"


@dataclass(frozen=True, slots=True)
class Square:
    """One tile of the map, in words; ``shade`` is the step of the ladder of colours, ``None`` without a number."""

    province: str
    label: str
    column: int
    row: int
    number: str = ""
    as_of: str = ""
    status: str = ""
    shade: int | None = None
    real: bool = True  # and not only planned or required
    address: str = ""


def show(base: FactBase, visit: Visit) -> Page:
    values = asked(visit)
    values |= {"by": "province", "places": "own", "coverage": False}
    layout: Places = "2025" if visit.first("layout") == "2025" else "2024"
    return {
        "asked": values,
        "choices": choices(base),
        "layout": layout,
        "held": _held(base),
        **_map(base, visit, values, layout),
        "table": visit.to(
            "/compare",
            measure=values["measure"],
            roles=values["roles"],
            places="2025" if layout == "2025" else None,
        ),
    }


def _held(base: FactBase) -> dict[str, Any]:
    known = {*provinces("2024-06-01"), *provinces("2026-06-01")}
    covered = sum(base.rows(_IS_COVERED, (name,))[0]["there"] for name in known)
    return {**base.rows(_HELD)[0], "provinces": covered}


def _map(base: FactBase, visit: Visit, values: dict[str, Any], layout: Places) -> Page:
    tiles = read_tiles(layout)
    try:
        frame = answer(base, values)
        picked = pick(frame, measure=values["measure"])
    except NothingToDrawError:
        squares = [_empty(tile, visit) for tile in tiles]
        return {"squares": squares, "legend": [], "count": 0, "notes": [], "thing": "", "unit": ""}
    shown, elsewhere = on_tiles(picked, tiles)
    others = _of_the_other_kind(frame, picked, values["measure"])
    ranges = classes([claim.number for claim in shown.values()]) if shown else None
    squares = [
        _square(tile, shown[tile.province], picked.kind, ranges, layout, visit)
        if ranges is not None and tile.province in shown
        else _unshaded(tile, others.get(tile.province), visit)
        for tile in tiles
    ]
    return {
        "squares": squares,
        "legend": _legend(ranges, picked, visit.words),
        "count": sum(bool(square.number) for square in squares),
        "thing": thing_text(picked, values["measure"], visit.words),
        "unit": visit.words(f"front.unit_{picked.kind}"),
        "notes": _notes(squares, elsewhere, visit.words),
    }


def thing_text(picked: Picked, measure: str, words: Words) -> str:
    """What the numbers drawn are of."""
    level, roles, body, counted = picked.thing
    tier = level if level != counted else None
    parts = (words.name("measure", measure), words.name("object", counted), words.roles(roles),
        words.name("level", tier), body)  # fmt: skip
    return ", ".join(part for part in parts if part)


def drawn_text(claim: Claim, kind: Show, words: Words) -> str:
    """A number as a chart shows it: its rate or its count."""
    row = {**claim.row, "total": None}
    return rate_text(row, claim.row.get("percent"), words) if kind == "rate" else number_text(row, words)


def _empty(tile: Tile, visit: Visit) -> Square:
    return Square(tile.province, tile.label, tile.column, tile.row, address=visit.to("/place", province=tile.province))


def _of_the_other_kind(frame: Any, picked: Picked, measure: str) -> dict[str, Mapping[str, Any]]:
    """Of each province the claim of the same thing that stands, where it is a count among rates or the reverse."""
    found: dict[str, Mapping[str, Any]] = {}
    for row in plain_rows(frame):
        if row["fact_id"] and row["place"] == row["province"] and thing_of(row, measure) == picked.thing:
            found.setdefault(row["province"], row)
    return found


def _unshaded(tile: Tile, row: Mapping[str, Any] | None, visit: Visit) -> Square:
    """A tile whose number the scale of colours does not fit, or that has none."""
    words = visit.words
    number = row and (number_text(row, words) or rate_text(row, row.get("percent"), words) or change_text(row, words))
    if not row or not number:
        return _empty(tile, visit)
    return replace(
        _empty(tile, visit),
        number=number,
        as_of=words.date(row["as_of"]),
        status=words.name("status", row["status"]),
        real=row["status"] in ("achieved", "ongoing"),
        address=visit.to(f"/claim/{row['fact_id']}"),
    )


def _square(tile: Tile, claim: Claim, kind: Show, ranges: Classes, layout: Places, visit: Visit) -> Square:
    words = visit.words
    other = bool(claim.day) and has_other_borders(tile.province, claim.as_of, layout, frozenset(changed_names()))
    return Square(
        province=tile.province,
        label=tile.label,
        column=tile.column,
        row=tile.row,
        number=drawn_text(claim, kind, words) + ("†" if other else ""),
        as_of=words.date(claim.row.get("as_of")),
        status=words.name("status", claim.status),
        shade=ranges.shade(ranges.of(claim)),
        real=claim.real,
        address=visit.to(f"/claim/{claim.row['fact_id']}"),
    )


def _legend(ranges: Classes | None, picked: Picked, words: Words) -> list[tuple[int, str]]:
    if ranges is None:
        return []
    unit = "%" if picked.kind == "rate" else ""
    ends = [words.number(round(ranges.low + step * ranges.step, 9)) for step in range(ranges.count + 1)]
    return [(ranges.shade(place), f"{ends[place]}–{ends[place + 1]}{unit}") for place in range(ranges.count)]


def _notes(squares: list[Square], elsewhere: list[str], words: Words) -> list[str]:
    notes = [words("front.scheme")]
    if any("*" in square.number for square in squares):
        notes.append(words("compare.computed"))
    if any("†" in square.number for square in squares):
        notes.append(words("front.other_borders"))
    if any(square.number and square.shade is None for square in squares):
        notes.append(words("front.other_unit"))
    if any(not square.real for square in squares):
        notes.append(words("front.intended"))
    if elsewhere:
        notes.append(words("front.elsewhere", places=", ".join(elsewhere)))
    return notes
