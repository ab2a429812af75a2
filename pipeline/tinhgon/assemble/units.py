"""Units: the places and bodies of a sentence that can merge, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from tinhgon.assemble.places import Resolved, places_between
from tinhgon.detect.analysis import Analysis
from tinhgon.detect.text import Sentence
from tinhgon.records import Mention

# So many parties a merger is told to have, by the word or the figure.
COUNTS = {"hai": 2, "2": 2, "02": 2, "ba": 3, "3": 3, "03": 3, "bốn": 4, "4": 4, "04": 4}
_COUNTED = regex.compile(r"(?<!\w)(\d+|hai|ba|bốn) $")
_HEAD_WORD = regex.compile(r"\p{L}+(?: phòng| tâm)?")
_COUNCIL = regex.compile(r"(?i)hội đồng nhân dân|[uủ][ỷy] ban nhân dân|đoàn đại biểu")
_PIECE = regex.compile(r"(?:(?<=^)|(?<=, )|(?<= và ))[^,]+?(?=, | và |$)")


_OPENS_PARENT = regex.compile(r" ?\((?:huyện |tỉnh |tp |thị xã |thành phố )?")
_NAMES_PARENT = regex.compile(
    r" (?:của|thuộc|ở) (?:huyện |tỉnh |thị xã |thành phố |quận |tp\.? ?)?|, (?:huyện |tỉnh |thị xã |thành phố |quận )"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A party or result: a resolved place or a body, with its offsets."""

    start: int
    end: int
    name: str
    kind: str  # province, district, commune, hamlet, body; parent where it only tells another's
    resolved: Resolved | None
    public: bool = True


def units_of(analysis: Analysis, resolved: Sequence[Resolved], sentence: Sentence) -> list[Unit]:
    """The places and bodies of a sentence in order; a place that only tells another's parent is none."""
    near = places_between(resolved, sentence.start, sentence.end)
    places = [r for r in near if r.mention.end <= sentence.end]
    whole = {(r.mention.start, r.mention.end) for r in places}
    bodies = [b for b in analysis.within("bodies", sentence.start, sentence.end) if (b.start, b.end) not in whole]
    units = _bodies(analysis, bodies)
    for number, place in enumerate(places):
        if any(u.start <= place.mention.start < u.end for u in units):
            continue
        if _is_parent(analysis.view.low, places, number):
            units.append(Unit(place.mention.start, place.mention.end, "", "parent", None))
            continue
        units.append(
            Unit(
                place.mention.start,
                place.mention.end,
                place.mention.data["name"] if place.hamlet else place.name,
                place.level,
                place,
            )
        )
    return sorted(units, key=lambda u: u.start)


def _bodies(analysis: Analysis, bodies: Sequence[Mention]) -> list[Unit]:
    """Bodies as units; "ba Văn phòng UBND, HĐND và Đoàn đại biểu Quốc hội" are three of one head word."""
    units: list[Unit] = []
    for body in bodies:
        if units and body.start < units[-1].end:
            continue  # told with the head word before it
        units += _of_one_head(analysis, body, bodies) or [
            Unit(body.start, body.end, str(body.data["name"]), "body", None, bool(body.data["public"]))
        ]
    return units


def _of_one_head(analysis: Analysis, body: Mention, bodies: Sequence[Mention]) -> list[Unit]:
    """The counted bodies that share the head word of ``body``; none where it stands for itself."""
    counted = _COUNTED.search(analysis.view.low, max(0, body.start - 8), body.start)
    head = _HEAD_WORD.match(str(body.data["name"]))
    if counted is None or head is None:
        return []
    end = body.end
    for other in bodies:
        if other.start > end and analysis.view.low[end : other.start] in (", ", " và ") and _COUNCIL.match(other.text):
            end = other.end
    name = analysis.view.text[body.start : end]
    pieces = list(_PIECE.finditer(name))
    if len(pieces) != COUNTS.get(counted[1], 0):
        return []
    names = [pieces[0][0], *(f"{head[0]} {piece[0]}" for piece in pieces[1:])]
    return [
        Unit(body.start + piece.start(), body.start + piece.end(), told, "body", None, bool(body.data["public"]))
        for piece, told in zip(pieces, names, strict=True)
    ]


def _is_parent(low: str, places: Sequence[Resolved], number: int) -> bool:
    """Whether a place is only told as the parent of the one before it: "(Quế Sơn)", "của huyện Bình Tân"."""
    if number == 0:
        return False
    place, before = places[number], places[number - 1]
    gap = low[before.mention.end : place.mention.data["name_start"]]
    inside = _OPENS_PARENT.fullmatch(gap) is not None
    of = _NAMES_PARENT.fullmatch(gap) is not None
    return (inside or of) and place.level != before.level
