"""Charts of a comparison, to be printed or put on a page: SVG or PNG by the name of the file.

In goes the data frame of ``tinhgon.compare.compare`` with the measure it was asked for; out comes a file, and a
``Picture`` that says how many places it shows and what it leaves out. Open first ``pick.py``: it chooses the numbers of
one thing counted, since unlike numbers stand on no chart together. ``bars.py`` ranks places, ``trend.py`` shows them
over time (it wants ``latest=False``), ``tilemap.py`` lays them out as a map of squares (``tiles.py`` reads where each
stands). ``page.py`` is the sheet they are drawn on and how it is saved; ``words.py``, ``notes.py`` and ``colours.py``
are what they share. The same frame gives the same bytes. matplotlib is imported when a chart is drawn, not before.
"""

from __future__ import annotations

from tinhgon.compare.charts.bars import bar_chart
from tinhgon.compare.charts.errors import ChartError, NothingToDrawError
from tinhgon.compare.charts.page import SUFFIXES, Picture, picture_format
from tinhgon.compare.charts.pick import Show
from tinhgon.compare.charts.tilemap import tile_map
from tinhgon.compare.charts.tiles import Places
from tinhgon.compare.charts.trend import trend_chart

__all__ = [
    "SUFFIXES",
    "ChartError",
    "NothingToDrawError",
    "Picture",
    "Places",
    "Show",
    "bar_chart",
    "picture_format",
    "tile_map",
    "trend_chart",
]
