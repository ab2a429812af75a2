"""Numbers over time: a panel for each place, all on the same scales."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from tinhgon.compare.charts import colours
from tinhgon.compare.charts.errors import NothingToDrawError
from tinhgon.compare.charts.notes import count_line, dates_line, sign_notes
from tinhgon.compare.charts.page import (
    FAINT,
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
)
from tinhgon.compare.charts.pick import Claim, Picked, Show, pick
from tinhgon.compare.charts.words import STATUSES as WORDS
from tinhgon.records import STATUSES
from tinhgon.vietnamese import collation_key

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PANELS = 12
Series = dict[str, list[Claim]]

_WIDTH = 8.27  # of a sheet of A4, in inches
_ACROSS = 3
_PANEL = 1.75  # height of a panel, in inches
_SINGLE = 3.2  # height where there is but one
_BETWEEN = 0.62
_YEARS = 7  # named on an axis
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MARKERS = {"achieved": "o", "ongoing": "o", "planned": "s", "required": "D"}
_FILLS = {"achieved": colours.ACHIEVED, "ongoing": colours.ONGOING, "planned": "white", "required": "white"}


def trend_chart(
    frame: pd.DataFrame,
    path: Path,
    *,
    measure: str,
    title: str | None = None,
    show: Show | None = None,
    only: Sequence[str] = (),
    top: int = PANELS,
) -> Picture:
    """Draw what is claimed of places over time into an SVG or PNG file, a panel for each place.

    In goes the frame of ``compare(..., latest=False)`` and the measure it was asked for. A point stands on the last
    day of what ``as_of`` names; a line joins what was achieved, the planned and required is hollow and joined to
    nothing. Without ``only`` the places with several claims are drawn, those with most first, ``top`` at the most.
    """
    picture_format(path)
    picked = pick(frame, measure=measure, show=show, only=only)
    series = _series(picked.claims)
    if not series:
        raise NothingToDrawError("No number has a date. A ranking needs none: --kind bar.")
    several = {place: claims for place, claims in series.items() if len(claims) > 1}
    wanted = series if only or not several else several
    shown = dict(list(wanted.items())[:top])
    claims = [claim for claims in shown.values() for claim in claims]
    notes = (*sign_notes(claims), *picked.notes, *_left_out(len(picked.places) - len(shown)))
    with house_style():
        _draw(shown, picked, title or picked.title, notes, path)
    return Picture(path, len(shown), notes)


def _series(claims: Sequence[Claim]) -> Series:
    """The dated claims of each place in the order of time; most claims first, then by the alphabet."""
    found: Series = {}
    for claim in sorted(claims, key=lambda claim: (claim.day, STATUSES.index(claim.status))):
        if not math.isnan(_year(claim)):
            found.setdefault(claim.place, []).append(claim)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), collation_key(item[0]))))


def _year(claim: Claim) -> float:
    """The day as a number of years; every month is as long as the longest, which no eye can tell.

    >>> _year(Claim("A", "A", 1.0, "1", "", "2020", "2020-12-31", "achieved", False, "exact"))
    2020.997...
    """
    found = _DAY.fullmatch(claim.day)
    if found is None:
        return math.nan
    year, month, day = map(int, found.groups())
    return year + (month - 1) / 12 + (day - 1) / 372


def _left_out(places: int) -> Iterator[str]:
    if places:
        yield f"Not drawn: {places} more place{'s' * (places > 1)} with fewer dated numbers."


def _draw(shown: Series, picked: Picked, title: str, notes: Sequence[str], path: Path) -> None:
    across = min(_ACROSS, len(shown))
    down = -(-len(shown) // across)
    height = _SINGLE if len(shown) == 1 else _PANEL
    head, foot = head_height(picked.subject, _WIDTH) + 0.65, foot_height(notes, _WIDTH) - 0.15
    page = Page(_WIDTH, head + down * (height + _BETWEEN) + foot)
    page.head(title, picked.subject)
    claims = [claim for claims in shown.values() for claim in claims]
    page.write(MARGIN, head - 0.58, picked.axis, NORMAL, color=GREY)
    _legend(page, claims, head - 0.58)
    width = (_WIDTH - 2 * MARGIN - 0.4) / across
    for number, (place, own) in enumerate(shown.items()):
        row, column = divmod(number, across)
        left, top = MARGIN + 0.35 + column * width, head + row * (height + _BETWEEN)
        axes = page.axes(left, top, width - 0.3, height)
        page.write(left, top - 0.12, place, NORMAL, fontweight="bold", va="baseline")
        _panel(axes, own, _span(claims), _height(claims))
        if column:
            axes.tick_params(labelleft=False)
    page.foot(notes, f"{count_line(claims, picked.without)} · {dates_line(claims)}")
    page.save(path, title)


def _span(claims: Sequence[Claim]) -> tuple[float, float]:
    years = [_year(claim) for claim in claims]
    room = max((max(years) - min(years)) * 0.2, 0.6)
    return min(years) - room, max(years) + room


def _height(claims: Sequence[Claim]) -> tuple[float, float]:
    numbers = [claim.number for claim in claims]
    low, high = min(0.0, *numbers, 0.0), max(0.0, *numbers, 0.0)
    room = (high - low) * 0.22 or 1.0
    return low - (room if low < 0 else room * 0.25), high + room


def _panel(axes: Axes, claims: Sequence[Claim], span: tuple[float, float], height: tuple[float, float]) -> None:
    from matplotlib.ticker import MaxNLocator

    achieved = [claim for claim in claims if claim.status == "achieved"]
    axes.plot(
        [_year(claim) for claim in achieved],
        [claim.number for claim in achieved],
        color=colours.ACHIEVED,
        linewidth=1.3,
    )
    for number, claim in enumerate(claims):
        axes.plot(
            [_year(claim)], [claim.number], linestyle="none", marker=_MARKERS[claim.status], markersize=5.5,
            markerfacecolor=_FILLS[claim.status], markeredgecolor=colours.ACHIEVED, zorder=3, clip_on=False,
        )  # fmt: skip
        below = _stands_low(claims, number, span)
        axes.annotate(
            f"{claim.text}\n{claim.as_of}",
            (_year(claim), claim.number), (0, -6 if below else 6), textcoords="offset points", ha="center",
            va="top" if below else "bottom", fontsize=SMALL - 1, color=INK, linespacing=1.1,
        )  # fmt: skip
    axes.set_xlim(*span)
    axes.set_ylim(*height)
    _years(axes, span)
    axes.yaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]))
    axes.grid(axis="y", color=FAINT, linewidth=0.6)
    axes.set_axisbelow(True)


def _years(axes: Axes, span: tuple[float, float]) -> None:
    """Marks where years begin, their numbers in the middle: what holds at the end of 2025 is not taken for 2026."""
    first, last = math.ceil(span[0]), math.floor(span[1])
    every = -(-(last - first + 1) // _YEARS)
    axes.set_xticks(range(first, last + 1), labels=[])
    middles = [year + 0.5 for year in range(first - 1, last + 1, every) if span[0] < year + 0.5 < span[1]]
    axes.set_xticks(middles, labels=[str(math.floor(middle)) for middle in middles], minor=True)
    axes.tick_params(axis="x", which="minor", length=0, labelsize=SMALL - 0.5)


def _stands_low(claims: Sequence[Claim], number: int, span: tuple[float, float]) -> bool:
    """Whether the words of a point go below it: every other one of those that stand close together."""
    near = (span[1] - span[0]) / 5
    years = [_year(claim) for claim in claims]
    run = 0
    for before, after in pairwise(years[: number + 1]):
        run = run + 1 if after - before < near else 0
    return run % 2 == 1


def _legend(page: Page, claims: Sequence[Claim], top: float) -> None:
    """What points look like, right-aligned above the panels."""
    from matplotlib.lines import Line2D

    statuses = [status for status in STATUSES if any(claim.status == status for claim in claims)]
    left = page.width - MARGIN - sum(0.32 + text_width(WORDS[status], SMALL) for status in statuses)
    for status in statuses:
        page.figure.add_artist(
            Line2D(
                [(left + 0.08) / page.width], [1 - (top + 0.06) / page.height], transform=page.figure.transFigure,
                linestyle="none", marker=_MARKERS[status], markersize=5.5, markerfacecolor=_FILLS[status],
                markeredgecolor=colours.ACHIEVED,
            )
        )  # fmt: skip
        page.write(left + 0.17, top + 0.06, WORDS[status], SMALL, va="center_baseline")
        left += 0.32 + text_width(WORDS[status], SMALL)
