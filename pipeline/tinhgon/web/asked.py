"""The question that the address of a comparison asks, and the choices its form offers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from tinhgon.compare import MEASURES, ComparisonError, compare
from tinhgon.compare.question import By
from tinhgon.records import LEVELS, STATUSES
from tinhgon.store import FactBase
from tinhgon.store.review_fields import OBJECTS
from tinhgon.web.visit import Visit

if TYPE_CHECKING:
    import pandas as pd

BY = get_args(By)
# The pairing of the reform's name: one secretary who is chairman too.
USUAL_ROLES = "bi_thu_cap_uy+chu_tich_ubnd"
_PAIRINGS_OFFERED = 40
_TYPED_DATE = re.compile(r"(?:(?P<d>\d{1,2})[/.-])?(?P<m>\d{1,2})[/.-](?P<y>\d{4})")
_TEXTS = ("object", "level", "status", "since", "until", "resolution")

_PAIRINGS = """
    WITH RECURSIVE told (key) AS (
        SELECT min(roles_key) FROM facts INDEXED BY facts_measure
            WHERE measure = 'concurrent_posts' AND roles_key <> ''
        UNION ALL
        SELECT (SELECT min(roles_key) FROM facts INDEXED BY facts_measure
            WHERE measure = 'concurrent_posts' AND roles_key > key) FROM told WHERE key IS NOT NULL
    )
    SELECT key AS roles FROM told WHERE key IS NOT NULL LIMIT :limit
"""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form offers."""

    roles: tuple[str, ...]
    measures: tuple[str, ...] = MEASURES
    by: tuple[str, ...] = BY
    levels: tuple[str, ...] = LEVELS
    objects: tuple[str, ...] = OBJECTS
    statuses: tuple[str, ...] = STATUSES


def choices(base: FactBase) -> Choices:
    """The choices over this base: only pairings of posts that it has numbers of."""
    return Choices(tuple(row["roles"] for row in base.rows(_PAIRINGS, {"limit": _PAIRINGS_OFFERED})))


def asked(visit: Visit) -> dict[str, Any]:
    """The values of the form as the address has them, with the usual ones where it has none.

    >>> asked(Visit.of("vi", "/compare", "measure=merger"))["roles"]
    ''
    >>> asked(Visit("vi", "/"))["roles"]
    'bi_thu_cap_uy+chu_tich_ubnd'
    """
    measure = visit.choice("measure", MEASURES, "concurrent_posts")
    usual = USUAL_ROLES if not visit.first("measure") else ""
    values: dict[str, Any] = {name: visit.first(name) for name in _TEXTS}
    values |= {name: _iso(values[name]) for name in ("since", "until")}
    return {
        **values,
        "measure": measure,
        "roles": visit.first("roles", usual) if measure == "concurrent_posts" else "",
        "by": visit.choice("by", BY, "province"),
        "place": visit.every("place"),
        "min_confidence": visit.first("min_confidence"),
        "places": visit.choice("places", ("own", "2025"), "own"),
        "totals": visit.choice("totals", ("stated", "gazetteer"), "stated"),
        "coverage": bool(visit.first("coverage")),
        "every": bool(visit.first("every")),
        "parts": bool(visit.first("parts")),
    }


def answer(base: FactBase, values: Mapping[str, Any], *, most: int | None = None) -> pd.DataFrame:
    """The comparison that the values ask for; raises ``ComparisonError`` where it cannot be made."""
    given = {name: value for name, value in values.items() if name != "every"}
    for name in _TEXTS:
        given[name] = values[name] or None
    given["min_confidence"] = _share(values["min_confidence"])
    return compare(base, latest=not values["every"], most=most, **given)


def _iso(typed: str) -> str:
    """A date as people type it, in the form of the codebook; what is none stays as it is.

    >>> _iso("30/6/2020"), _iso("06/2020"), _iso("2020"), _iso("hôm qua")
    ('2020-06-30', '2020-06', '2020', 'hôm qua')
    """
    found = _TYPED_DATE.fullmatch(typed)
    if found is None:
        return typed
    parts = [found["y"], found["m"].zfill(2), *([found["d"].zfill(2)] if found["d"] else [])]
    return "-".join(parts)


def _share(text: str) -> float:
    if not text:
        return 0.0
    try:
        share = float(text.replace(",", "."))
    except ValueError:
        share = -1.0
    if 0 <= share <= 1:
        return share
    raise ComparisonError(f"{text!r} is no confidence; write a number from 0 to 1")
