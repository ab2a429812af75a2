"""A map of squares: one for each province, of one size, so that small ones are seen as well as large ones."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tinhgon.compare.charts import colours
from tinhgon.compare.charts.errors import NothingToDrawError
from tinhgon.compare.charts.notes import dates_line, sign_notes
from tinhgon.compare.charts.page import (
    GREY,
    INK,
    MARGIN,
    NORMAL,
    SMALL,
    Page,
    Picture,
    foot_height,
    head_height,
    house_style,
    picture_format,
    text_width,
    wrapped,
)
from tinhgon.compare.charts.pick import Claim, Picked, Show, best_of_each, named, pick
from tinhgon.compare.charts.tiles import Places, Tile, has_other_borders, read_tiles, reshaped
from tinhgon.compare.render import plain_number
from tinhgon.gazetteer import Gazetteer
from tinhgon.vietnamese import collation_key

if TYPE_CHECKING:
    import pandas as pd

OTHER_BORDERS = "†"
_SHEET = (8.27, 11.69)  # A4 upright, in inches
_LEGEND = 2.0  # room for the legend beside the map
_LARGEST = 0.72  # a tile, in inches
_SIDE = 0.94  # of a tile, the rest is the gap
_FILLED = 0.82  # most that a line of words takes of a tile
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_NONE = "–"
_SCHEME = (
    "Each square is a province, in about its place, not in its size. "
    "Hoàng Sa is part of Đà Nẵng, Trường Sa of Khánh Hòa."
)


@dataclass(frozen=True, slots=True)
class Classes:
    """Ranges of numbers, each with a colour: ``low`` and then ``count`` steps."""

    low: float
    step: float
    count: int

    def colour(self, number: float) -> str:
        return colours.LADDER[self.shade(self.place(number))]

    def of(self, claim: Claim) -> int:
        """Which range a claim is in; what is under the lower end of a range is in the one below."""
        place = self.place(claim.number)
        at_its_end = claim.number <= self.low + place * self.step
        return place - 1 if claim.modifier == "under" and at_its_end and place > 0 else place

    def shade(self, place: int) -> int:
        """The step of the ladder of colours for a range; the whole ladder is used for fewer ranges too."""
        last = len(colours.LADDER) - 1
        return 1 if self.count == 1 else round(place * last / (self.count - 1))

    def place(self, number: float) -> int:
        """Which range the number is in; a range holds its lower end, the last one both."""
        return max(0, min(math.floor(round((number - self.low) / self.step, 9)), self.count - 1))

    def label(self, place: int) -> str:
        lower, upper = (plain_number(round(self.low + (place + more) * self.step, 9)) for more in (0, 1))
        return f"{lower} to {upper}" if place == self.count - 1 else f"{lower} to under {upper}"


def classes(numbers: Sequence[float]) -> Classes:
    """At most five ranges of round numbers that hold them all.

    >>> classes([3, 21.3, 99.3])
    Classes(low=0.0, step=20.0, count=5)
    >>> classes([7]).label(0)
    '7 to 8'
    """
    low, high = min(numbers), max(numbers)
    power = 10.0 ** math.floor(math.log10((high - low) / len(colours.LADDER))) if high > low else 1.0
    for step in (factor * power for factor in _STEPS):
        start = math.floor(low / step) * step
        count = max(1, math.ceil(round((high - start) / step, 9)))
        if count <= len(colours.LADDER):
            break
    return Classes(round(start, 9), step, count)


def tile_map(
    frame: pd.DataFrame,
    path: Path,
    *,
    measure: str,
    places: Places = "2024",
    title: str | None = None,
    show: Show | None = None,
    only: Sequence[str] = (),
) -> Picture:
    """Draw the provinces as tiles, coloured by rate or by value, into an SVG or PNG file.

    In goes the frame of ``compare(..., by="province")`` and the measure it was asked for. ``places``: "2024" for the 63
    provinces before 1 July 2025, "2025" for the 34 since. A number goes to the tile of its name; where that name stood
    for other borders on its date, it is marked. A province without a number has an empty tile.
    """
    picture_format(path)
    tiles = read_tiles(places)
    picked = pick(frame, measure=measure, show=show, only=only)
    shown, elsewhere = on_tiles(picked, tiles)
    if not shown:
        raise NothingToDrawError(
            f"None of the {len(tiles)} provinces on this map has a number. Try the other one, --places "
            f"{'2025' if places == '2024' else '2024'}, or --kind bar."
        )
    shown = _marked(shown, places)
    notes = (*_notes(list(shown.values()), elsewhere, picked), _SCHEME)
    with house_style():
        _draw(tiles, shown, picked, title or picked.title, notes, path)
    return Picture(path, len(shown), notes)


def on_tiles(picked: Picked, tiles: Sequence[Tile]) -> tuple[dict[str, Claim], list[str]]:
    """The claim that stands on each tile, and the provinces with a claim that have no tile on this map."""
    names = {tile.province for tile in tiles}
    own = {claim.province: claim for claim in best_of_each(picked.claims) if claim.place == claim.province}
    shown = {province: claim for province, claim in own.items() if province in names}
    return shown, sorted(own.keys() - names, key=collation_key)


def _marked(shown: Mapping[str, Claim], places: Places) -> dict[str, Claim]:
    """The claims, with a sign behind those that are of other borders than the map's."""
    changed = reshaped(Gazetteer.load())
    return {
        province: replace(claim, text=claim.text + OTHER_BORDERS)
        if claim.day and has_other_borders(province, claim.as_of, places, changed)
        else claim
        for province, claim in shown.items()
    }


def _notes(claims: Sequence[Claim], elsewhere: Sequence[str], picked: Picked) -> Iterator[str]:
    yield from sign_notes(claims)
    if any(claim.text.endswith(OTHER_BORDERS) for claim in claims):
        yield f"{OTHER_BORDERS} of the province of this name on the other side of 1 July 2025, with other borders."
    if elsewhere:
        yield f"Not drawn, no province of this map: {named(elsewhere)}."
    yield from picked.notes


def _draw(
    tiles: Sequence[Tile], shown: Mapping[str, Claim], picked: Picked, title: str, notes: Sequence[str], path: Path
) -> None:
    width, height = _SHEET
    columns, rows = max(tile.column for tile in tiles) + 1, max(tile.row for tile in tiles) + 1
    head, foot = head_height(picked.subject, width) + 0.15, foot_height(notes, width) + 0.15
    pitch = min((width - 2 * MARGIN - _LEGEND) / columns, (height - head - foot) / rows, _LARGEST)
    page = Page(width, head + rows * pitch + foot)
    page.head(title, picked.subject)
    west = max(MARGIN, (width - columns * pitch - _LEGEND) / 2)
    ranges = classes([claim.number for claim in shown.values()])
    for tile in tiles:
        _tile(page, tile, shown.get(tile.province), ranges, (west, head, pitch))
    _legend(page, list(shown.values()), picked.axis, ranges, (west + columns * pitch, head))
    count = f"{len(shown)} claim{'s' * (len(shown) != 1)} drawn · {len(tiles) - len(shown)} of {len(tiles)} provinces"
    page.foot(notes, f"{count} have none · {dates_line(list(shown.values()))}")
    page.save(path, title)


def _tile(page: Page, tile: Tile, claim: Claim | None, ranges: Classes, at: tuple[float, float, float]) -> None:
    west, head, pitch = at
    left, top = west + tile.column * pitch, head + tile.row * pitch
    ground = colours.LADDER[ranges.shade(ranges.of(claim))] if claim else colours.WHITE
    ink = colours.ink_on(ground) if claim else GREY
    _square(page, (left, top), pitch * _SIDE, ground, claim)
    middle = left + pitch * _SIDE / 2

    def line(share: float, text: str, size: float, **look: str) -> None:
        fitting = min(size, size * pitch * _SIDE * _FILLED / text_width(text, size, bold="fontweight" in look))
        page.write(middle, top + share * pitch * _SIDE, text, fitting, ha="center", va="center", color=ink, **look)

    letters = pitch * 12.0  # points for an inch of tile
    line(0.22, tile.label, letters)
    if claim is None:
        line(0.56, _NONE, letters * 1.3)
        return
    line(0.52, claim.text, letters * 1.35, fontweight="bold")
    line(0.81, claim.as_of, letters * 0.85)


def _square(page: Page, at: tuple[float, float], side: float, ground: str, claim: Claim | None) -> None:
    """A square; a frame of dashes around it says that its number is planned or required."""
    from matplotlib.patches import Rectangle

    def rectangle(inset: float, **look: object) -> None:
        left, top, length = at[0] + inset, at[1] + inset, side - 2 * inset
        page.figure.add_artist(
            Rectangle(
                (left / page.width, 1 - (top + length) / page.height), length / page.width, length / page.height,
                transform=page.figure.transFigure, **look,  # type: ignore[arg-type]
            )
        )  # fmt: skip

    if claim and not claim.real:
        rectangle(0.005, fill=False, edgecolor=INK, linewidth=1.2, linestyle=(0, (2.5, 1.5)))
        rectangle(0.03, facecolor=ground, linewidth=0)
    else:
        rectangle(0, facecolor=ground, edgecolor=GREY if claim else "#b0b0b0", linewidth=0.5)


def _legend(page: Page, claims: Sequence[Claim], axis: str, ranges: Classes, at: tuple[float, float]) -> None:
    left, top = at
    for line in wrapped(axis, NORMAL, page.width - left - MARGIN):
        page.write(left, top, line, NORMAL, fontweight="bold")
        top += 0.17
    example = claims[0]
    samples = [(colours.LADDER[ranges.shade(place)], replace(example, status="achieved"), ranges.label(place))
        for place in range(ranges.count)]  # fmt: skip
    if any(not claim.real for claim in claims):
        samples.append((colours.LADDER[0], replace(example, status="planned"), "planned or required"))
    for ground, claim, label in samples:
        top += 0.05
        _square(page, (left, top), 0.22, ground, claim)
        page.write(left + 0.32, top + 0.11, label, SMALL, va="center_baseline", color=INK)
        top += 0.22
    top += 0.05
    _square(page, (left, top), 0.22, colours.WHITE, None)
    page.write(left + 0.11, top + 0.11, _NONE, SMALL, ha="center", va="center", color=GREY)
    page.write(left + 0.32, top + 0.11, "no such number", SMALL, va="center_baseline", color=INK)
