"""Stage ``compare``: a fact base -> tables to set places side by side, and the sentence behind every number.

In goes a ``store.FactBase`` or the path of its file; out come pandas data frames, explanations and their printed forms.
Open first ``table.py``: ``compare()`` picks, for each place, the claim that stands (the most real, then the latest).
``question.py`` asks the database, ``reform.py`` carries provinces to those of today, ``totals.py`` knows how many units
there were; ``checks/`` finds what does not fit, ``charts/`` draws.
``explain.py`` tells of one number where it stands, which words prove it and what else is claimed of the same thing.
``diff.py`` sets two fact bases of one archive side by side, to review a change of code or patterns: which facts it
gains, loses and changes; ``matching.py`` tells which fact of the one base is which of the other.
``render.py`` prints a data frame: for the terminal, as CSV that no spreadsheet runs as formulas, as Markdown.
Nothing is added up on its own: what districts claim is no claim of their province, and is counted beside it only.
A claim without a place stands apart as "cả nước/chưa rõ": the whole country, central bodies, or not known.
pandas is imported when a table is asked for, not before.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from tinhgon.compare.diff import Differences, Tally, diff
from tinhgon.compare.explain import Explanation, OtherClaim, Piece, explain
from tinhgon.compare.labels import NATIONAL
from tinhgon.compare.matching import Change, FieldChange, Finding
from tinhgon.compare.render import render_csv, render_json, render_markdown, render_table, write_xlsx
from tinhgon.compare.resolutions import resolutions
from tinhgon.compare.table import COLUMNS, MEASURES, ComparisonError, TooManyPlacesError, compare

__all__ = [
    "COLUMNS",
    "MEASURES",
    "NATIONAL",
    "Change",
    "ComparisonError",
    "Differences",
    "Explanation",
    "FieldChange",
    "Finding",
    "OtherClaim",
    "Piece",
    "Tally",
    "TooManyPlacesError",
    "compare",
    "diff",
    "explain",
    "render_csv",
    "render_json",
    "render_markdown",
    "render_table",
    "resolutions",
    "write_xlsx",
]


class _Callable(ModuleType):
    """``tinhgon.compare(base, ...)`` asks, ``tinhgon.compare.explain`` and the others stay where they are."""

    def __call__(self, *asked: Any, **narrowed: Any) -> Any:
        return compare(*asked, **narrowed)


sys.modules[__name__].__class__ = _Callable
