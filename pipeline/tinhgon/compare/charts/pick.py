"""Which numbers of a comparison stand on one picture: those of one thing counted, for unlike ones are not mixed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from tinhgon.compare.charts import words
from tinhgon.compare.charts.errors import NothingToDrawError
from tinhgon.compare.labels import NATIONAL
from tinhgon.compare.render import plain_rows
from tinhgon.gazetteer.places import last_day
from tinhgon.records import STATUSES
from tinhgon.vietnamese import collation_key

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
Show = Literal["rate", "value"]
Thing = tuple[str | None, ...]

_COLUMN = {"rate": "percent", "value": "value"}
_KINDS = {"rate": "rate", "value": "plain count"}
_NAMED = 12  # places named in a note; more are counted
_LONGEST = 48  # letters of a place's name


@dataclass(frozen=True, slots=True)
class Claim:
    """One number as it is drawn."""

    place: str
    province: str
    number: float  # what its length, height or colour stands for
    text: str  # the number in print: ">80%", "77.17%*", "12-15"
    beside: str  # what stands beside it: "98/127", "→ 157"
    as_of: str
    day: str  # the last day of what ``as_of`` names, for sorting
    status: str
    computed: bool
    modifier: str
    row: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)  # of the comparison

    @property
    def real(self) -> bool:
        return self.status in ("achieved", "ongoing")


@dataclass(frozen=True, slots=True)
class Picked:
    """The numbers of one thing, and what has to be said of those left out."""

    claims: tuple[Claim, ...]
    title: str
    subject: str  # in whose hands, of which tier or body
    axis: str  # the name of the axis, with its unit
    without: tuple[str, ...]  # places the comparison speaks of that have no such number
    notes: tuple[str, ...]
    thing: Thing  # level, roles, body and object of what is counted
    kind: Show

    @property
    def places(self) -> tuple[str, ...]:
        """The places that have a number, as they come."""
        return tuple(dict.fromkeys(claim.place for claim in self.claims))


def pick(frame: pd.DataFrame, *, measure: str, show: Show | None = None, only: Sequence[str] = ()) -> Picked:
    """Choose what to draw: of the things counted the one most places have a number for.

    ``show`` is whether by rate or by value; without it by rate, unless fewer than half as many places have one.
    ``only`` keeps to these places, as ``place`` or ``province`` has them. The national row is no place and is told of
    in a note. Raises ``NothingToDrawError`` where no number is left.

    >>> import pandas as pd
    >>> rows = [{"place": "Bến Tre", "province": "Bến Tre", "value": 98.0, "percent": 77.17, "status": "achieved",
    ...          "level": "hamlet", "roles": "bi_thu_chi_bo+truong_thon", "as_of": "2020-05"}]
    >>> picked = pick(pd.DataFrame(rows), measure="concurrent_posts")
    >>> picked.subject, [(claim.place, claim.number, claim.text) for claim in picked.claims]
    ('bí thư chi bộ + trưởng thôn, hamlet level', [('Bến Tre', 77.17, '77.17%')])
    """
    rows = [row for row in plain_rows(frame) if not only or {row.get("place"), row.get("province")} & {*only}]
    thing, kind = _most_told(rows, measure, show)
    within = [row for row in rows if thing_of(row, measure) == thing]
    shown = [row for row in within if _has(row, kind) and row["place"] != NATIONAL]
    counted = _counted(within, measure)
    divisor, unit = words.scale(counted, max(abs(row[_COLUMN[kind]]) for row in shown))
    title, values, rates = words.titles(measure, counted, unit)
    claims = tuple(_claim(row, kind, divisor) for row in shown)
    there = {claim.place for claim in claims}
    without = dict.fromkeys(words.clean(row["place"], _LONGEST) for row in rows if row["place"] != NATIONAL)
    return Picked(
        claims=claims,
        title=title,
        subject=_subject(thing, counted),
        axis=rates if kind == "rate" else values,
        without=tuple(sorted(without.keys() - there, key=collation_key)),
        notes=tuple(_notes(rows, within, kind, divisor)),
        thing=thing,
        kind=kind,
    )


def best_of_each(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Of each place the claim that stands: the most real, then the latest."""
    best: dict[str, Claim] = {}
    latest_first = sorted(claims, key=lambda claim: claim.day, reverse=True)
    for claim in sorted(latest_first, key=lambda claim: STATUSES.index(claim.status)):
        best.setdefault(claim.place, claim)
    return tuple(best.values())


def named(names: Sequence[str]) -> str:
    """Names in a row; of many the first, and how many more there are.

    >>> named(["Bến Tre", "Long An"]), named([f"Xã {number}" for number in range(14)])[-16:]
    ('Bến Tre, Long An', 'Xã 11 and 2 more')
    """
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _has(row: Row, kind: Show) -> bool:
    number = row.get(_COLUMN[kind])
    return number is not None and math.isfinite(number) and row.get("status") in STATUSES


def _is_told(row: Row) -> bool:
    return _has(row, "rate") or _has(row, "value")


def thing_of(row: Row, measure: str) -> Thing:
    """What a row counts: the tier, the roles, the body and the object it is of."""
    # As in the comparison: of posts held together "10/21 xã" and "10/21 bí thư" tell the same story.
    counted = None if measure == "concurrent_posts" else row.get("object")
    return row.get("level"), row.get("roles") or None, row.get("body"), counted


def _most_told(rows: Sequence[Row], measure: str, show: Show | None) -> tuple[Thing, Show]:
    """The thing most places have a number for, the first of equals; and whether to show its rates or its values."""
    told: dict[Thing, dict[Show, set[str]]] = {}
    for row in rows:
        for kind in ("rate", "value") if show is None else (show,):
            if row["place"] != NATIONAL and _has(row, kind):
                told.setdefault(thing_of(row, measure), {}).setdefault(kind, set()).add(row["place"])
    if not told:
        raise NothingToDrawError(
            f"There is no {show or 'number'} to draw. Ask for less (fewer roles, no level, no object, lower confidence)"
            " or for something else: 'tinhgon compare' with the same options lists what there is."
        )
    thing, kinds = max(told.items(), key=lambda item: len(set().union(*item[1].values())))
    rates, values = len(kinds.get("rate", ())), len(kinds.get("value", ()))
    return thing, "rate" if rates and 2 * rates >= values else "value"


def _counted(within: Sequence[Row], measure: str) -> str | None:
    """The object counted; of posts, the units they are of, whatever word the text has for them."""
    key = "level" if measure == "concurrent_posts" else "object"
    return next((str(row[key]) for row in within if row.get(key)), None)


def _claim(row: Row, kind: Show, divisor: float) -> Claim:
    as_of = words.clean(row.get("as_of") or "")
    return Claim(
        place=words.clean(row["place"], _LONGEST),
        province=words.clean(row.get("province") or ""),
        number=row[_COLUMN[kind]] / (1 if kind == "rate" else divisor),
        text=words.rate_text(row) if kind == "rate" else words.value_text(row, divisor),
        beside=words.beside_text(row, rate=kind == "rate"),
        as_of=as_of or "no date",
        day=last_day(as_of) if as_of else "",
        status=row["status"],
        computed=kind == "rate" and row.get("rate_basis") == "computed",
        modifier=row.get("modifier") or "exact",
        row=row,
    )


def _subject(thing: Thing, counted: str | None) -> str:
    level, roles, body, _ = thing
    tier = "" if counted == level and not roles else words.tier_text(level)
    return words.clean(", ".join(part for part in (words.roles_text(roles or ""), tier, body) if part))


def _notes(rows: Sequence[Row], within: Sequence[Row], kind: Show, divisor: float) -> Iterable[str]:
    """What the picture leaves out, so that no one takes it for all there is."""
    there = {row["place"] for row in within if _has(row, kind)}
    other = [row for row in within if row["place"] not in there | {NATIONAL}]
    told = [f"{words.clean(row['place'], _LONGEST)} ({text})" for row in other if (text := _otherwise(row, kind))]
    if told:
        yield f"Told, but not as a {_KINDS[kind]}: {named([*dict.fromkeys(told)])}."
    national = [_claim(row, kind, divisor).text for row in within if row["place"] == NATIONAL and _has(row, kind)]
    if national:
        yield f"Not drawn, the whole country or place not known: {named([*dict.fromkeys(national)])}."
    elsewhere = sum(map(_is_told, rows)) - sum(map(_is_told, within))
    if elsewhere:
        yield f"Not drawn, as they count something else: {elsewhere} more number{'s' * (elsewhere > 1)}."


def _otherwise(row: Mapping[str, Any], kind: Show) -> str:
    """What a row without the number asked for has instead."""
    if kind == "value" and row.get("percent") is not None:
        return words.rate_text(row)
    return words.beside_text(row, rate=True)
