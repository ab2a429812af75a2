"""A ranking: one bar for each place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tinhgon.compare.charts import colours
from tinhgon.compare.charts.notes import count_line, dates_line, sign_notes
from tinhgon.compare.charts.page import (
    FAINT,
    GREY,
    INK,
    MARGIN,
    NORMAL,
    POINTS,
    SMALL,
    Page,
    Picture,
    foot_height,
    head_height,
    house_style,
    picture_format,
    text_width,
)
from tinhgon.compare.charts.pick import Claim, Picked, Show, best_of_each, pick
from tinhgon.compare.charts.words import STATUSES
from tinhgon.vietnamese import collation_key

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

TOP = 63
LOOKS: dict[str, dict[str, Any]] = {
    "achieved": {"facecolor": colours.ACHIEVED},
    "ongoing": {"facecolor": colours.ONGOING},
    "planned": {"facecolor": colours.INTENDED, "hatch": "////"},
    "required": {"facecolor": colours.INTENDED, "hatch": "xxxx"},
}
_WIDTH = 8.27  # of a sheet of A4, in inches
_ROW = 0.23
_NO_LENGTH = 1e-9  # an axis needs some, also where every number is 0
_GAP = 0.08
_GROUND = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}  # no line of the grid runs through a number


def bar_chart(
    frame: pd.DataFrame,
    path: Path,
    *,
    measure: str,
    title: str | None = None,
    show: Show | None = None,
    only: Sequence[str] = (),
    top: int = TOP,
) -> Picture:
    """Draw the ranking of places by rate or by value into an SVG or PNG file, the highest first.

    In goes the frame of ``compare(...)`` and the measure it was asked for. ``show``: "rate" or "value", without it what
    more places have; ``only`` these places; ``top`` so many at the most. Raises ``NothingToDrawError``, and
    ``ChartError`` where the name of the file says neither SVG nor PNG.
    """
    picture_format(path)
    picked = pick(frame, measure=measure, show=show, only=only)
    ranked = sorted(best_of_each(picked.claims), key=lambda claim: (-claim.number, collation_key(claim.place)))
    shown = ranked[:top]
    notes = (*sign_notes(shown), *picked.notes, *_rest(len(ranked) - len(shown)))
    with house_style():
        _draw(shown, picked, title or picked.title, notes, path)
    return Picture(path, len(shown), notes)


def _rest(left: int) -> tuple[str, ...]:
    return (f"Not drawn: {left} place{'s' * (left > 1)} further down.",) if left else ()


def _draw(shown: Sequence[Claim], picked: Picked, title: str, notes: Sequence[str], path: Path) -> None:
    # Renderers set letters a little wider or narrower than the font says.
    names = 1.03 * max(text_width(claim.place, NORMAL) for claim in shown) + _GAP
    dates = max(text_width(claim.as_of, SMALL) for claim in shown) + _GAP
    head, foot = head_height(picked.subject, _WIDTH) + 0.4, foot_height(notes, _WIDTH) + 0.55
    height = _ROW * len(shown)
    page = Page(_WIDTH, head + height + foot)
    page.head(title, picked.subject)
    width = _WIDTH - 2 * MARGIN - names - dates - _GAP
    axes = page.axes(MARGIN + names, head, width, height)
    _bars(axes, shown)
    axes.set_xlim(min(0.0, *(claim.number for claim in shown), 0.0), _right_end(shown, width))
    axes.set_xlabel(picked.axis, fontsize=NORMAL)
    page.write(_WIDTH - MARGIN, head - 0.18, "as of", SMALL, color=GREY, ha="right")
    for place, claim in enumerate(shown):
        middle = head + (place + 0.5) * _ROW
        page.write(MARGIN + names - _GAP, middle, claim.place, NORMAL, ha="right", va="center_baseline")
        page.write(_WIDTH - MARGIN, middle, claim.as_of, SMALL, color=GREY, ha="right", va="center_baseline")
    _legend(page, shown, head - 0.26)
    page.foot(notes, f"{count_line(shown, picked.without)} · {dates_line(shown)}")
    page.save(path, title)


def _bars(axes: Axes, shown: Sequence[Claim]) -> None:
    for place, claim in enumerate(shown):
        axes.barh(place, claim.number, height=0.68, edgecolor=colours.ACHIEVED, linewidth=0.8, **LOOKS[claim.status])
        axes.annotate(
            claim.text, (max(claim.number, 0), place), (4, 0), textcoords="offset points", va="center_baseline",
            fontsize=NORMAL, fontweight="bold", color=INK, bbox=_GROUND,
        )  # fmt: skip
        if claim.beside:
            right = 4 + (text_width(claim.text, NORMAL, bold=True) + _GAP) * POINTS
            axes.annotate(
                claim.beside, (max(claim.number, 0), place), (right, 0), textcoords="offset points",
                va="center_baseline", fontsize=SMALL, color=GREY, bbox=_GROUND,
            )  # fmt: skip
    axes.set_ylim(len(shown) - 0.5, -0.5)
    axes.set_yticks([])
    axes.grid(axis="x", color=FAINT, linewidth=0.6)
    axes.set_axisbelow(True)


def _right_end(shown: Sequence[Claim], width: float) -> float:
    """The end of an axis of so many inches: far enough that what stands behind each bar has room."""
    words = [
        text_width(claim.text, NORMAL, bold=True) + text_width(claim.beside, SMALL) + 0.06 + 2 * _GAP for claim in shown
    ]
    # Where a bar takes the share "number / end" of the width, its words must fit into the rest.
    ends = [claim.number / max(1 - room / width, 0.2) for claim, room in zip(shown, words, strict=True)]
    return max(*ends, _NO_LENGTH)


def _legend(page: Page, shown: Sequence[Claim], top: float) -> None:
    """What bars look like, where there is more than one look."""
    from matplotlib.patches import Rectangle

    statuses = [status for status in STATUSES if any(claim.status == status for claim in shown)]
    left = MARGIN
    for status in statuses if statuses != ["achieved"] else ():
        box = Rectangle(
            (left / page.width, 1 - (top + 0.12) / page.height), 0.24 / page.width, 0.12 / page.height,
            transform=page.figure.transFigure, edgecolor=colours.ACHIEVED, linewidth=0.8, **LOOKS[status],
        )  # fmt: skip
        page.figure.add_artist(box)
        page.write(left + 0.3, top + 0.06, STATUSES[status], SMALL, va="center_baseline")
        left += 0.3 + text_width(STATUSES[status], SMALL) + 0.2
