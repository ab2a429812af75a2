"""What is printed on every page, above or below the text: running heads, running feet, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from tinhgon.ingest.office.rows import Piece, rows_of

# So many rows from the edge a running head or foot may stand; on a third of the pages it comes back.
_REACH = 2
_SHARE = 3
_HEIGHT = 6.0  # points within which rows of two pages stand at one height
_DIGITS = re.compile(r"\d+")

Place = tuple[str, bool, int]


def without_running_lines(pages: Sequence[Sequence[Piece]]) -> list[list[Piece]]:
    """The pieces of each page without the lines that come back on others, but for their numbers, at the same height.

    A head stays on the first page that has it, where it may name the paper and the day.

    >>> foot = [Piece(f"Trang {n}", 0, 800, 50, 810) for n in (1, 2)]
    >>> body = [Piece("Xã còn 8 ấp.", 0, 100, 90, 110), Piece("Xã giảm 7 ấp.", 0, 100, 90, 110)]
    >>> [[piece.text for piece in page] for page in without_running_lines([[body[0], foot[0]], [body[1], foot[1]]])]
    [['Xã còn 8 ấp.'], ['Xã giảm 7 ấp.']]
    """
    edges = [_edge_rows(page) for page in pages]
    counts = Counter(place for rows in edges for place in {place for place, _ in rows})
    enough = max(2, len(pages) // _SHARE)
    kept: list[list[Piece]] = []
    seen: set[Place] = set()
    for page, rows in zip(pages, edges, strict=True):
        dropped: set[Piece] = set()
        for place, row in rows:
            if counts[place] >= enough and (place in seen or not place[1]):
                dropped.update(row)
            seen.add(place)
        kept.append([piece for piece in page if piece not in dropped])
    return kept


def _edge_rows(page: Sequence[Piece]) -> list[tuple[Place, list[Piece]]]:
    """The first and last rows of a page: their words without numbers, whether at the top, and how high."""
    rows = rows_of(page)
    return [
        (
            (_DIGITS.sub("#", " ".join(piece.text for piece in row)), at < len(rows) / 2, round(row[0].top / _HEIGHT)),
            row,
        )
        for at, row in enumerate(rows)
        if not row[0].table and (at < _REACH or at >= len(rows) - _REACH)
    ]
