"""A place: everything claimed of it in the order of time, what it was before and became, and what lies in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from tinhgon.compare import MEASURES
from tinhgon.compare.reform import provinces, today_of
from tinhgon.gazetteer import Gazetteer, Place, name_key
from tinhgon.store import FactBase
from tinhgon.vietnamese import collation_key
from tinhgon.web.desk import Page
from tinhgon.web.people import people
from tinhgon.web.shown import numbers_of, shown
from tinhgon.web.visit import NotFoundError, Visit

_SHOWN = 50
_WITHIN = 400
_BESIDE = 50  # mergers, and holders
_NAMED = 1_000  # articles that name it are counted up to here

_HERE = "province IS :province AND district IS :district AND commune IS :commune"
_CLAIMS = f"""
    SELECT id FROM facts WHERE {_HERE} AND verdict IS NOT 'wrong' AND repeat_of IS NULL
        AND (:measure = '' OR measure = :measure)
    ORDER BY holds_on DESC, id LIMIT :limit OFFSET :offset
"""  # noqa: S608 - put together of constants
_COUNT = f"SELECT count(*) AS n FROM facts WHERE {_HERE}"  # noqa: S608 - as above
_DISTRICTS_AND_COMMUNES = """
    SELECT district, CASE WHEN district IS NULL THEN commune END AS commune, count(*) AS n FROM facts
    WHERE province = :province AND (district IS NOT NULL OR commune IS NOT NULL) GROUP BY 1, 2 LIMIT :limit
"""
_COMMUNES = """
    SELECT district, commune, count(*) AS n FROM facts
    WHERE province IS :province AND district = :district AND commune IS NOT NULL GROUP BY 1, 2 LIMIT :limit
"""
_PLACES = f"SELECT id FROM places WHERE {_HERE} AND hamlet IS NULL"  # noqa: S608 - as above
_NAMED_IN = f"""
    SELECT count(*) AS n FROM (
        SELECT DISTINCT document_id FROM localities WHERE place_id IN ({_PLACES}) LIMIT :limit
    )
"""  # noqa: S608 - as above
_MERGERS = f"""
    SELECT mergers.kind, result, status, mergers.document_id, sentence, published,
        (SELECT group_concat(name, ' + ') FROM (
            SELECT name FROM merger_parties WHERE merger_id = mergers.id ORDER BY position)) AS parties
    FROM mergers JOIN provenance USING (id) JOIN documents ON documents.id = mergers.document_id
    WHERE place_id IN ({_PLACES}) ORDER BY published DESC, mergers.id LIMIT :limit
"""  # noqa: S608 - as above
_HOLDERS = f"""
    SELECT holders.name, roles_key, basis, holders.document_id, sentence, published, :province AS province,
        :district AS district, :commune AS commune
    FROM holders JOIN provenance USING (id) JOIN documents ON documents.id = holders.document_id
    WHERE place_id IN ({_PLACES}) ORDER BY published DESC, holders.id LIMIT :limit
"""  # noqa: S608 - as above
_PER_PROVINCE = "SELECT province, count(*) AS n FROM facts WHERE province IS NOT NULL GROUP BY province"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the gazetteer: its name, its time, and the units before and after it with their addresses."""

    name: str
    start: str
    end: str
    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]


def show(base: FactBase, visit: Visit) -> Page:
    names = {name: visit.first(name) or None for name in ("province", "district", "commune")}
    if not any(names.values()):
        return {"place": None, "provinces": _provinces(base, visit)}
    page = visit.number("page", 1)
    measure = visit.choice("measure", MEASURES)
    asked = {**names, "measure": measure, "limit": _SHOWN + 1, "offset": (page - 1) * _SHOWN}
    ids = [row["id"] for row in base.rows(_CLAIMS, asked)]
    units = [_unit(place, visit) for place in units_named(**names)]
    beside = {**names, "limit": _BESIDE}
    named = base.rows(_NAMED_IN, {**names, "limit": _NAMED})[0]["n"]
    if not ids and not units and not named:
        raise NotFoundError(str(names))
    return {
        "place": names["commune"] or names["district"] or names["province"],
        "parents": _parents(names, visit),
        "names": {name: value for name, value in names.items() if value},
        "measure": measure,
        "measures": MEASURES,
        "units": units,
        "count": base.rows(_COUNT, names)[0]["n"],
        "named": f"{visit.words.number(named)}{'+' if named == _NAMED else ''}",
        "claims": [shown(row, visit) for row in numbers_of(base, ids[:_SHOWN])],
        "within": _within(base, names, visit),
        "mergers": base.rows(_MERGERS, beside),
        "holders": people(base.rows(_HOLDERS, beside), visit),
        "page": page,
        "previous": visit.again(page=page - 1) if page > 1 else "",
        "next": visit.again(page=page + 1) if len(ids) > _SHOWN else "",
    }


def units_named(province: str | None, district: str | None, commune: str | None) -> list[Place]:
    """The units of these names in the gazetteer, the latest last."""
    units = gazetteer()
    level = "commune" if commune else "district" if district else "province"
    name = commune or district or province or ""
    above = {name_key(one) for one in (district if commune else None, province if level != "province" else None) if one}
    found = [
        place
        for place in units.named(name)
        if place.level == level and above <= {name_key(parent.name) for parent in units.parents(place)}
    ]
    return sorted(found, key=lambda place: (place.valid_from, place.code))


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, read once."""
    return Gazetteer.load()


def _unit(place: Place, visit: Visit) -> Unit:
    units, words = gazetteer(), visit.words
    return Unit(
        name=place.full_name,
        start=words.date(place.valid_from) or words("place.from_start"),
        end=words.date(place.valid_to) or words("place.to_now"),
        before=_addressed(units.predecessors(place), visit),
        after=_addressed(units.successors(place), visit),
    )


def _addressed(places: Iterable[Place], visit: Visit) -> tuple[tuple[str, str], ...]:
    found = []
    for place in places:
        names = {one.level: one.name for one in (place, *gazetteer().parents(place))}
        found.append((place.full_name, visit.to("/place", **names)))
    return tuple(sorted(dict.fromkeys(found), key=lambda one: collation_key(one[0])))


def _parents(names: dict[str, str | None], visit: Visit) -> list[tuple[str, str]]:
    above = []
    if names["commune"] and names["district"]:
        above.append((names["district"], visit.to("/place", province=names["province"], district=names["district"])))
    if names["province"] and (names["commune"] or names["district"]):
        above.append((names["province"], visit.to("/place", province=names["province"])))
    return above


def _within(base: FactBase, names: dict[str, str | None], visit: Visit) -> list[tuple[str, str, int]]:
    if names["commune"]:
        return []
    sql = _COMMUNES if names["district"] else _DISTRICTS_AND_COMMUNES
    rows = base.rows(sql, {"province": names["province"], "district": names["district"], "limit": _WITHIN})
    places = []
    for row in rows:
        inner = {"province": names["province"], "district": row["district"], "commune": row["commune"]}
        places.append((row["commune"] or row["district"], visit.to("/place", **inner), row["n"]))
    return sorted(places, key=lambda place: collation_key(place[0]))


def _provinces(base: FactBase, visit: Visit) -> list[dict[str, Any]]:
    """The provinces of today, each with those it was made of, and how many claims there are of each."""
    counts = {row["province"]: row["n"] for row in base.rows(_PER_PROVINCE)}
    made_of: dict[str, list[str]] = {}
    for old, now in today_of().items():
        if old != now:
            made_of.setdefault(now, []).append(old)

    def one(name: str) -> dict[str, Any]:
        return {"name": name, "address": visit.to("/place", province=name), "count": counts.get(name, 0)}

    return [
        {**one(now), "merged": [one(old) for old in sorted(made_of.get(now, ()), key=collation_key)]}
        for now in sorted(provinces("2026-06-01"), key=collation_key)
    ]
