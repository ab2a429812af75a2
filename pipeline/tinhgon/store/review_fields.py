"""The fields of a fact as the codebook writes them: which values they take, and a fact made of them again."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from tinhgon.records import LEVELS, STATUSES, Area, Fact, Provenance
from tinhgon.store.errors import StoreError
from tinhgon.store.ids import storable

Item = Mapping[str, Any]

MEASURES = (
    *("concurrent_posts", "merger", "reduction", "dissolution", "rotation", "nonlocal_appointment", "saving"),
    "stock",
)
OBJECTS = (
    *("post", "person", "model", "province", "district", "commune", "hamlet", "agency", "division", "party_org"),
    *("service_unit", "payroll", "nonspecialist", "deputy", "leader", "money"),
)
MODIFIERS = ("exact", "about", "over", "under")
PACES = ("year", "month")
NUMBERS = ("value", "value_max", "total", "percent", "percent_max", "attainment", "before", "after")
NAMES = ("province", "district", "commune")
DATES = ("as_of", "since", "baseline")
LISTS = ("roles", "resolutions")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "measure": MEASURES,
    "object": OBJECTS,
    "modifier": MODIFIERS,
    "level": LEVELS,
    "per": PACES,
    "status": STATUSES,
}
# What a fact always says; the others may be unknown.
REQUIRED = ("measure", "object", "modifier", "status")

_ROLE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+")
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_LONGEST_NAME = 300
_NOTHING = ("", "-", "null")


class ReviewError(StoreError):
    """A review that cannot be noted as it is; the message says what to mend."""


def checked(field: str, value: Any) -> Any:
    """The value as the codebook writes it; raises ``ReviewError`` where the field cannot have it.

    >>> checked("value", 12.0), checked("roles", ["chu_tich_ubnd"]), checked("as_of", "2019-10")
    (12, ['chu_tich_ubnd'], '2019-10')
    >>> checked("status", "done")
    Traceback (most recent call last):
    tinhgon.store.review_fields.ReviewError: status cannot be 'done'; it is one of achieved, ongoing, planned, required
    """
    check = _CHECKS.get(field)
    if check is None:
        if field == "quote":
            raise ReviewError("the quote is the proof of the fact and cannot be corrected; call the fact wrong instead")
        raise ReviewError(f"a fact has no field {field!r:.80}; it has {', '.join(FIELDS)}")
    if value is None:
        if field in REQUIRED:
            raise ReviewError(f"{field} cannot be left open")
        return [] if field in LISTS else None
    return check(field, value)


def parsed(field: str, text: str) -> Any:
    """A field's value as a person types it: ``-`` for unknown, codes of roles and symbols with ``,`` or ``+`` between.

    >>> parsed("roles", "bi_thu_chi_bo + truong_thon"), parsed("total", "-"), parsed("percent", "47.6")
    (['bi_thu_chi_bo', 'truong_thon'], None, 47.6)
    >>> parsed("value", "1.017")
    Traceback (most recent call last):
    tinhgon.store.review_fields.ReviewError: value '1.017' can be read in two ways: write 1017, or 1.0170
    """
    text = text.strip()
    if text.lower() in _NOTHING:
        return checked(field, None)
    if field in NUMBERS:
        return checked(field, _typed_number(field, text))
    if field in LISTS:
        return checked(field, [piece.strip() for piece in re.split(r"[,+;]", text) if piece.strip()])
    return checked(field, text)


def written(value: Any) -> str:
    """A field's value as ``parsed`` reads it.

    >>> written(["18-NQ/TW", "39-NQ/TW"]), written(None), written(47.125)
    ('18-NQ/TW, 39-NQ/TW', '-', '47.1250')
    """
    if value is None or value == []:
        return "-"
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, float):
        plain = f"{value:.17f}".rstrip("0") if "e" in repr(value) else repr(value)
        return plain + "0" if _GROUPED.fullmatch(plain) else plain
    return str(value)


def complete(item: Item) -> dict[str, Any]:
    """All fields of a fact but its quote; those left out of the item are unknown."""
    return {field: item.get(field, [] if field in LISTS else None) for field in FIELDS}


def differences(stated: Item, meant: Item) -> dict[str, Any]:
    """The fields in which the second says otherwise than the first; of a list any order says the same.

    >>> differences({"value": 10, "status": "planned"}, {"value": 10.0, "status": "achieved"})
    {'status': 'achieved'}
    """
    one, other = complete(stated), complete(meant)
    return {field: other[field] for field in FIELDS if _plain(one[field]) != _plain(other[field])}


def fact_of(item: Item, provenance: Provenance, confidence: float | None) -> Fact:
    """The fact that an item of the codebook states."""
    words: dict[str, Any] = {field: item.get(field) for field in FIELDS if field not in (*NAMES, *LISTS)}
    return Fact(
        **words,
        roles=tuple(item.get("roles") or ()),
        resolutions=tuple(item.get("resolutions") or ()),
        area=Area(*(item.get(name) for name in NAMES)),
        provenance=provenance,
        confidence=confidence,
    )


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value


def _typed_number(field: str, text: str) -> Any:
    if _GROUPED.fullmatch(text):
        raise ReviewError(f"{field} {text!r} can be read in two ways: write {text.replace('.', '')}, or {text}0")
    try:
        return json.loads(text)
    except ValueError:
        return text


def _number(field: str, value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ReviewError(f"{field} cannot be {value!r:.80}; write a number with a decimal point: 47.6")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number) or number < 0:
        raise ReviewError(f"{field} cannot be {number}; it is a finite number, 0 or more")
    return int(number) if number == int(number) else number


def _choice(field: str, value: Any) -> str:
    if not isinstance(value, str) or value not in CHOICES[field]:
        raise ReviewError(f"{field} cannot be {value!r:.80}; it is one of {', '.join(CHOICES[field])}")
    return value


def _day(field: str, value: Any) -> str:
    if isinstance(value, str) and _DATE.fullmatch(value) and value.isascii():
        try:
            date.fromisoformat(value + "YYYY-01-01"[len(value) :])
        except ValueError:
            pass
        else:
            return value
    raise ReviewError(f"{field} cannot be {value!r:.80}; write a date as YYYY, YYYY-MM or YYYY-MM-DD")


def _name(field: str, value: Any) -> str:
    name = unicodedata.normalize("NFC", storable(value)).strip() if isinstance(value, str) else ""
    if not name or len(name) > _LONGEST_NAME or _STEERING.search(name):
        raise ReviewError(f"{field} cannot be {value!r:.80}; write a name of one line")
    return name


def _quote(field: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ReviewError(f"{field} cannot be {value!r:.80}; write the quote of the fact it is a part of")
    return storable(value)


def _list(field: str, value: Any) -> list[str]:
    if not isinstance(value, list | tuple):
        raise ReviewError(f"{field} cannot be {value!r:.80}; it is a list")
    items = [_name(field, one) for one in value]
    for code in items if field == "roles" else ():
        if not _ROLE.fullmatch(code):
            raise ReviewError(f"{code!r:.80} is no code of a role; write small letters joined by _: bi_thu_cap_uy")
    return list(dict.fromkeys(items))


_CHECKS: Mapping[str, Callable[[str, Any], Any]] = {
    "measure": _choice,
    "object": _choice,
    **dict.fromkeys(NUMBERS, _number),
    "modifier": _choice,
    "roles": _list,
    "level": _choice,
    **dict.fromkeys(NAMES, _name),
    "body": _name,
    **dict.fromkeys(DATES, _day),
    "per": _choice,
    "status": _choice,
    "resolutions": _list,
    "part_of": _quote,
}
FIELDS = tuple(_CHECKS)
