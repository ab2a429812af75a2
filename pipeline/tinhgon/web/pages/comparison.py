"""Places side by side: the question, its table, a chart of it, and the warnings of the checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tinhgon.compare import ComparisonError, TooManyPlacesError
from tinhgon.compare.charts.errors import NothingToDrawError
from tinhgon.compare.charts.pick import best_of_each, pick
from tinhgon.compare.reform import REFORM, provinces, today_of
from tinhgon.compare.render import plain_rows
from tinhgon.store import FactBase
from tinhgon.vietnamese import collation_key
from tinhgon.web.asked import answer, asked, choices
from tinhgon.web.desk import Page
from tinhgon.web.pages.front import drawn_text, thing_text
from tinhgon.web.shown import Shown, finite, shown
from tinhgon.web.visit import Visit
from tinhgon.web.wording import Words

_ROWS = 200  # of one page
_BARS = 63
_MOST = 1_000  # places; a file has them all
_FALLING = ("rate", "number", "as_of", "claims", "confidence")  # what is sorted from the highest down at first
_KEYS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "place": lambda row: collation_key(row["place"] or ""),
    "number": lambda row: row["value"],
    "rate": lambda row: row["percent"],
    "as_of": lambda row: row["holds_on"],
    "status": lambda row: row["status"],
    "claims": lambda row: row["claims"],
    "confidence": lambda row: row["confidence"],
    "source": lambda row: collation_key(row["source"]) if row["source"] else None,
}
COLUMNS = ("place", "number", "rate", "change", "as_of", "status", "counted", "roles", "claims", "source", "quote",
    "notes")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the chart: how long, of 100, and what stands beside it."""

    place: str
    remark: str
    length: float
    text: str
    as_of: str
    real: bool
    address: str


def show(base: FactBase, visit: Visit) -> Page:
    values = asked(visit)
    page: dict[str, Any] = {
        "asked": values,
        "choices": choices(base),
        "problem": "",
        "rows": [],
        "bars": [],
        "csv": _file("csv", visit),
        "xlsx": _file("xlsx", visit),
    }
    try:
        frame = answer(base, values, most=_MOST)
    except ComparisonError as error:
        too_many = isinstance(error, TooManyPlacesError)
        return {**page, "problem": visit.words.sentence(str(error)), "too_many": too_many, "count": 0}
    rows = plain_rows(frame)
    pages = -(-len(rows) // _ROWS) or 1
    number = min(visit.number("page", 1), pages)
    on_page = _sorted(rows, visit)[(number - 1) * _ROWS :][:_ROWS]
    printed = [shown(row, visit, _checks(row, visit), remark_on(row, visit.words)) for row in on_page]
    return {
        **page,
        "count": len(rows),
        "rows": printed,
        "columns": [_column(name, visit) for name in COLUMNS if _is_told(name, printed)],
        "page": number,
        "pages": pages,
        "computed": any("*" in row.rate for row in printed),
        "gazetteer": any("†" in row.rate for row in printed),
        "of_article": any("‡" in row.as_of for row in printed),
        **_chart(frame, values["measure"], visit),
    }


def _file(form: str, visit: Visit) -> str:
    """The address of the whole answer as a file: the same question, without what orders and cuts the page."""
    return Visit(visit.language, f"/compare.{form}", visit.asked).again(sort=None, order=None, page=None)


def _sorted(rows: list[dict[str, Any]], visit: Visit) -> list[dict[str, Any]]:
    """In the order asked for; what has no such value comes last either way."""
    key = _KEYS.get(visit.first("sort"))
    if key is None:
        return rows
    known = [row for row in rows if key(row) is not None]
    return [*sorted(known, key=key, reverse=visit.first("order") == "down"), *(r for r in rows if key(r) is None)]


def _column(name: str, visit: Visit) -> dict[str, Any]:
    """The head of a column: its name, and the address that sorts by it."""
    now = visit.first("order") if visit.first("sort") == name else ""
    other = "up" if now == "down" else "down" if now == "up" else "down" if name in _FALLING else "up"
    address = visit.again(sort=name, order=other, page=None) if name in _KEYS else ""
    aria = {"up": "ascending", "down": "descending"}.get(now, "")
    return {"name": name, "label": visit.words(f"column.{name}"), "address": address, "sorted": aria}


def _is_told(name: str, rows: Sequence[Shown]) -> bool:
    """Whether a column says anything; the posts asked for are named above, and only others are worth a column."""
    if name == "roles":
        return len({row.roles for row in rows if row.roles}) > 1
    return name in ("place", "number", "rate", "as_of", "source") or any(getattr(row, name) for row in rows)


def _checks(row: dict[str, Any], visit: Visit) -> list[str]:
    return [visit.words.name("check", check) for check in (row["checks"] or "").split(", ") if check]


def remark_on(row: Mapping[str, Any], words: Words) -> str:
    """Whose number it is, where the name of the place alone would mislead."""
    said = [words.sentence(row.get("note"))] if row.get("note") else []
    if row.get("province") in today_of() and row["province"] not in provinces(REFORM) and _is_since_reform(row):
        said.append(words("claim.gone"))
    return "; ".join(said)


def _is_since_reform(row: Mapping[str, Any]) -> bool:
    return (row.get("holds_on") or "") >= REFORM and row.get("status") in ("achieved", "ongoing")


def _chart(frame: Any, measure: str, visit: Visit) -> Page:
    try:
        picked = pick(frame, measure=measure)
    except NothingToDrawError:
        return {"bars": [], "thing": ""}
    ranked = sorted(best_of_each(picked.claims), key=lambda claim: (-claim.number, collation_key(claim.place)))[:_BARS]
    longest = max((finite(claim.number) for claim in ranked), default=0.0) or 1.0
    bars = [
        Bar(
            place=claim.place,
            remark=remark_on(claim.row, visit.words),
            length=round(100 * max(finite(claim.number), 0.0) / longest, 2),
            text=drawn_text(claim, picked.kind, visit.words),
            as_of=visit.words.date(claim.row.get("as_of")),
            real=claim.real,
            address=visit.to(f"/claim/{claim.row['fact_id']}") if claim.row.get("fact_id") else "",
        )
        for claim in ranked
    ]
    # One bar alone compares nothing.
    return {"bars": bars if len(bars) > 1 else [], "thing": thing_text(picked, measure, visit.words)}
