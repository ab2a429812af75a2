"""What a place is, when it is valid, and under which form its name is looked up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from tinhgon.vietnamese import match_form

Key = tuple[str, str]
"""Official code and first day of validity ("" = since before the oldest source)."""

_HYPHEN = re.compile(r"\s*-\s*")
_NUMBERED = re.compile(r"^(phường|quận|xã) 0*(\d+)$")


@dataclass(frozen=True, slots=True)
class Place:
    """One unit during one stretch of time in which neither its name, its type nor its parent changed.

    >>> old = Place("26734", "", "2021-01-01", "commune", "phường", "Phường 5", ("764", ""))
    >>> old.key, old.is_valid("2020-06"), old.is_valid("2021-01-01")
    (('26734', ''), True, False)
    """

    code: str
    valid_from: str
    valid_to: str
    """The first day on which it is no longer valid; "" = still valid."""
    level: str
    type: str
    name: str
    parent: Key | None

    @property
    def key(self) -> Key:
        return self.code, self.valid_from

    @property
    def full_name(self) -> str:
        """Type and name: "huyện Lộc Bình", but "Quận 1", whose name has its type already."""
        return self.name if self.name.lower().startswith(f"{self.type} ") else f"{self.type} {self.name}"

    def is_valid(self, date: str | None) -> bool:
        """Valid on some day of ``date`` (``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``); no date rules nothing out."""
        if date is None:
            return True
        return self.valid_from <= last_day(date) and (not self.valid_to or first_day(date) < self.valid_to)


def first_day(date: str) -> str:
    """The first day of a year, a month or a day, for comparing.

    >>> first_day("2019"), last_day("2019-02")
    ('2019-01-01', '2019-02-31')
    """
    return date + "0000-01-01"[len(date) :]


def last_day(date: str) -> str:
    """A day no earlier than the last one of a year, a month or a day, for comparing."""
    return date + "0000-12-31"[len(date) :]


@lru_cache(maxsize=10_000)
def fold_name(text: str) -> str:
    """Lower case, one placement of tone marks, plain dashes and quotes; the length of NFC text stays.

    >>> fold_name("Khánh Hoà"), fold_name("Luís Quý")
    ('khánh hòa', 'luís quý')
    """
    return match_form(text)


@lru_cache(maxsize=10_000)
def name_key(name: str) -> str:
    """The key under which a name is looked up: folded, with even spacing and no leading zeros.

    >>> name_key("Bà Rịa–Vũng Tàu") == name_key("Bà Rịa - Vũng Tàu")
    True
    >>> name_key("Phường  05")
    'phường 5'
    """
    folded = " ".join(_HYPHEN.sub(" - ", fold_name(name)).split())
    return _NUMBERED.sub(r"\1 \2", folded)


def surface_forms(name: str) -> tuple[str, ...]:
    """The folded forms in which a name stands in a folded text.

    >>> surface_forms("Phan Rang - Tháp Chàm")
    ('phan rang - tháp chàm', 'phan rang-tháp chàm', 'phan rang- tháp chàm', 'phan rang -tháp chàm')
    >>> surface_forms("Quận 1")
    ('quận 1', 'quận 01')
    """
    key = name_key(name)
    if numbered := _NUMBERED.match(key):
        kind, number = numbered.groups()
        return (key, f"{kind} 0{number}") if len(number) == 1 else (key,)
    if " - " not in key:
        return (key,)
    parts = key.split(" - ")
    hyphens = product((" - ", "-", "- ", " -"), repeat=len(parts) - 1)
    return tuple("".join(map("".join, zip(parts, (*chosen, ""), strict=True))) for chosen in hyphens)
