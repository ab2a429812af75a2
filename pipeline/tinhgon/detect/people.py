"""Named people: a word of address or a role beside a name, or a full name that opens with a surname."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from tinhgon.detect.anchors import Anchored, anchored
from tinhgon.detect.spans import Taken
from tinhgon.detect.text import View
from tinhgon.records import Mention
from tinhgon.resources import patterns_dir, read_yaml
from tinhgon.vietnamese import match_form

# A syllable of a name: "Nguyễn", "K’Brểu", "H'Ngăm", "Y".
_SYLLABLE = r"(?:\p{Lu}['’]\p{Lu}?\p{Ll}+|\p{Lu}\p{Ll}*)"
# "xã Tân Hưng Nguyễn Phước Lành": behind a type word the person begins at the commonest surnames.
_TYPE_BEFORE = regex.compile(
    r"(?:xã|phường|thị trấn|huyện|tỉnh|thành phố|thị xã|quận|TP\.?|thôn|ấp|bản|khu phố|khóm|làng) $"
)
_COMMON = regex.compile(
    r"(?<= )(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trương|Mai|Đoàn|Trịnh)(?: \p{L}+){1,3}$"
)


@cache
def _forms() -> tuple[Anchored, Anchored, frozenset[str]]:
    """The expressions for a name behind a word of address and for one by its surname; and what is no name alone."""
    data = read_yaml(patterns_dir() / "people.yaml")
    surnames = "|".join(sorted({regex.escape(s) for s in data["surnames"].split()}, key=len, reverse=True))
    address = "|".join(regex.escape(a) for a in data["address"])
    after = anchored(
        rf"(?<!\w)(?i:{address}):? (?P<name>{_SYLLABLE}(?: {_SYLLABLE}){{0,4}})(?!\w)",
        *map(match_form, data["address"]),
        written=True,
    )
    full = anchored(
        rf"(?<![\w-])(?P<name>(?:{surnames})(?: {_SYLLABLE}){{1,4}})(?!\w| \p{{Lu}}\p{{Ll}}| niên)",
        *map(match_form, data["surnames"].split()),
        written=True,
        capital=True,
    )
    return after, full, frozenset(data["provinces"])


def forms() -> tuple[Anchored, ...]:
    """The expressions that ``people`` seeks."""
    return _forms()[:2]


def people(view: View) -> Iterator[Mention]:
    """Names of people in text order. ``label``: addressed (a word of address stands before it) · full (by surname).

    A "full" name of two syllables may as well be a place; places that carry a type word win over it.
    """
    after, full, provinces = _forms()
    found, taken = dict[int, Mention](), Taken(len(view.text))
    for label, form in (("addressed", after), ("full", full)):
        for m in view.find(form):
            start, end = m.span("name")
            if _TYPE_BEFORE.search(view.text, max(0, start - 12), start) and (later := _COMMON.search(m["name"])):
                start += later.start()
            if label == "full" and view.text[start:end] in provinces:
                continue
            if not taken.touches(start, end):
                taken.add(start, end)
                found[start] = view.mention(start, end, "people", label, f"person.{label}", name=view.text[start:end])
    yield from sorted(found.values(), key=lambda p: p.start)
