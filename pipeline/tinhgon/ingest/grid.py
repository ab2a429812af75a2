"""A table of a web page as a grid: merged cells repeat their text in every row and column they cover."""

from __future__ import annotations

from typing import Any

from tinhgon.ingest.normalise import normalise

# What a cell of figures may hold besides words; a cell with pictures, links or tables lays out a page.
_INLINE = frozenset("p div br span b strong i em u font sup sub small nobr abbr".split())
_LONGEST_CELL = 300
# A table of figures has some dozen columns and some hundred rows; a larger one was made to swell.
_MAX_COLUMNS = 60
_MAX_CELLS = 20_000


def grid_of(table: Any) -> list[list[str]] | None:
    """The cells of a table that holds data, or nothing where it lays out a page.

    >>> from lxml import html
    >>> rows = "<tr><th rowspan=2>Xã<th colspan=2>Số thôn</tr><tr><th>Trước<th>Sau</tr><tr><td>Tân Phú<td>9<td></tr>"
    >>> grid_of(html.fromstring(f"<table>{rows}</table>"))
    [['Xã', 'Số thôn', 'Số thôn'], ['Xã', 'Trước', 'Sau'], ['Tân Phú', '9', '']]
    """
    rows = list(table.iter("tr"))
    if len(rows) < 2 or any(inner is not table for inner in table.iter("table")):
        return None
    filled: dict[tuple[int, int], str] = {}
    for at, row in enumerate(rows):
        column = 0
        for cell in row.iterchildren("td", "th"):
            text = _text_of(cell)
            if text is None:
                return None
            while (at, column) in filled:
                column += 1
            for down in range(min(_span(cell, "rowspan"), len(rows) - at)):
                for right in range(_span(cell, "colspan")):
                    filled.setdefault((at + down, column + right), text)
            if len(filled) > _MAX_CELLS or column > _MAX_COLUMNS:
                return None
    width = 1 + max((column for _, column in filled), default=0)
    if not 2 <= width <= _MAX_COLUMNS:
        return None
    return [[filled.get((at, column), "") for column in range(width)] for at in range(len(rows))]


def _text_of(cell: Any) -> str | None:
    """A cell's words in one line; nothing where it holds more than words."""
    if any(inner.tag not in _INLINE for inner in cell.iterdescendants()):
        return None
    text = normalise(" ".join(cell.itertext()))
    return text if len(text) <= _LONGEST_CELL else None


def _span(cell: Any, name: str) -> int:
    told = (cell.get(name) or "1").strip()
    return min(max(int(told), 1), _MAX_COLUMNS) if told.isascii() and told.isdigit() and len(told) < 9 else 1
