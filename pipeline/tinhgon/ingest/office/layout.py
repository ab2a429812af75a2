"""Pieces of print on a page -> its lines in reading order.

A page is cut as a reader sees it: first into what stands side by side with a clear gutter between (newspaper columns),
else into what stands one below the other, and the parts again. Heads of administrative documents and tables without
rules stand side by side too, but are read across: they stay lines, with a wide gap where the print has one.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from tinhgon.ingest.normalise import ROW
from tinhgon.ingest.office.rows import (
    Piece,
    blocks_across,
    ends_sentence,
    joined,
    right_margin,
    rows_of,
    starts_anew,
)
from tinhgon.ingest.office.tables import is_head

Span = tuple[float, float]

_GUTTER = 0.6  # ems
# A column has some lines, of more letters than a table's cell, most of them about as wide as the column.
_COLUMN_LINES, _COLUMN_LETTERS, _COLUMN_FILL = 4, 16, 0.55
_LONG_COLUMN = 8
_DROP_CAP = 1.8
# A page has a few drop caps, and is not cut deeper than this.
_MOST_DROP_CAPS, _DEEPEST = 20, 12
# A run of columns is looked for this many bands ahead; where nothing stands across, it shows within a few.
_LONGEST_RUN, _FIRST_BANDS = 300, 6
# A sentence that goes on in the next column has at least begun.
_SHORTEST_OPEN = 18


@dataclass(frozen=True, slots=True)
class _Band:
    """Pieces between two clear horizontals, and the stretches that they leave free."""

    pieces: list[Piece]
    free: list[Span]


def page_text(pieces: Sequence[Piece]) -> str:
    r"""The text of a page.

    >>> left = [Piece(f"dòng trái số {n} của bài.", 0, 12 * n, 100, 12 * n + 10) for n in range(5)]
    >>> right = [Piece(f"dòng phải số {n} của bài.", 112, 12 * n, 212, 12 * n + 10) for n in range(5)]
    >>> page_text([Piece("ĐẦU ĐỀ CHUNG", 0, -30, 212, -14), *right, *left]).split("\n")[:4]
    ['ĐẦU ĐỀ CHUNG', '', 'dòng trái số 0 của bài.', 'dòng trái số 1 của bài.']
    """
    return "\n\n".join("\n".join(block) for block in _blocks(_without_drop_caps(pieces), _DEEPEST))


def _blocks(pieces: list[Piece], depth: int) -> list[list[str]]:
    bands = _bands(pieces)
    narrowest = max(_em(pieces) * _GUTTER, 4.0)
    right = right_margin(pieces)
    blocks: list[list[str]] = []
    across: list[Piece] = []
    at = 0
    while at < len(bands):
        end, columns = _columns_from(bands, at, narrowest) if depth else (at, [])
        if not columns:
            across += bands[at].pieces
            at += 1
            continue
        blocks += blocks_across(across, right)
        across = []
        blocks += _one_after_the_other([_blocks(column, depth - 1) for column in columns])
        at = end
    return blocks + blocks_across(across, right)


def _one_after_the_other(columns: list[list[list[str]]]) -> list[list[str]]:
    """The blocks of columns; a sentence that the end of a column cut is whole again."""
    blocks: list[list[str]] = []
    for column in columns:
        if blocks and column and _goes_on(blocks[-1][-1], column[0][0]):
            (first, *rest), *others = column
            blocks[-1][-1] = joined(blocks[-1][-1], first)
            blocks[-1] += rest
            blocks += others
        else:
            blocks += column
    return blocks


def _goes_on(line: str, after: str) -> bool:
    is_open = len(line) >= _SHORTEST_OPEN and not ends_sentence(line) and not line.isupper()
    is_table = line.startswith(ROW) or after.startswith(ROW)
    return is_open and not is_table and not after.isupper() and not starts_anew(after)


def _bands(pieces: Iterable[Piece]) -> list[_Band]:
    """``pieces`` from top to bottom, those that overlap in height together; print may be set a little too tight."""
    groups: list[list[Piece]] = []
    end = -math.inf
    for piece in sorted(pieces, key=lambda piece: piece.top):
        slack = 0.0 if piece.table else piece.size * 0.25
        if piece.top + slack >= end:
            groups.append([])
            end = -math.inf
        groups[-1].append(piece)
        end = max(end, piece.bottom - slack)
    return [_Band(group, _free(group)) for group in groups]


def _free(pieces: Iterable[Piece]) -> list[Span]:
    """The stretches from left to right where no piece stands."""
    free: list[Span] = []
    edge = -math.inf
    for piece in sorted(pieces, key=lambda piece: piece.x0):
        if piece.x0 > edge:
            free.append((edge, piece.x0))
        edge = max(edge, piece.x1)
    return [*free, (edge, math.inf)]


def _columns_from(bands: list[_Band], start: int, narrowest: float) -> tuple[int, list[list[Piece]]]:
    """The longest run of bands from ``start`` that stands in columns: where it ends, and the columns if there are."""
    free = bands[start].free
    end = start
    gutters: list[Span] = []
    for at in range(start, min(len(bands), start + _LONGEST_RUN)):
        free = _common(free, bands[at].free, narrowest)
        inner = [span for span in free if math.isfinite(span[1] - span[0])]
        if inner:
            end, gutters = at + 1, inner
        elif gutters or at >= start + _FIRST_BANDS:
            break  # something stands across
    pieces = [piece for band in bands[start:end] for piece in band.pieces]
    if is_head([[" ".join(piece.text for piece in row)] for row in rows_of(pieces)]):
        return start, []
    by_width = sorted(gutters, key=lambda span: span[0] - span[1])
    for chosen in (gutters, *([gutter] for gutter in by_width)):
        columns = _split(pieces, chosen)
        if len(columns) > 1 and _are_columns(columns):
            return end, columns
    return start, []


def _common(some: list[Span], others: list[Span], narrowest: float) -> list[Span]:
    """The stretches free in both, but for those too narrow for a gutter."""
    common = [(max(a[0], b[0]), min(a[1], b[1])) for a in some for b in others]
    return [span for span in common if span[1] - span[0] >= narrowest]


def _split(pieces: list[Piece], gutters: list[Span]) -> list[list[Piece]]:
    edges = [gutter[1] for gutter in gutters]
    columns: list[list[Piece]] = [[] for _ in range(len(gutters) + 1)]
    for piece in pieces:
        columns[sum(piece.x0 >= edge for edge in edges)].append(piece)
    return columns


def _are_columns(columns: list[list[Piece]]) -> bool:
    """Whether prose stands in columns: all long enough to tell, but for the last lines of a text beside a long one."""
    sure = [column for column in columns if _is_column(column)]
    are_others_short = all(len(rows_of(column)) < _COLUMN_LINES for column in columns if column not in sure)
    is_one_long = any(len(rows_of(column)) >= _LONG_COLUMN for column in sure)
    return len(sure) == len(columns) or (are_others_short and (len(sure) > 1 or is_one_long))


def _is_column(pieces: list[Piece]) -> bool:
    if any(piece.table for piece in pieces):
        return True
    rows = rows_of(pieces)
    if len(rows) < _COLUMN_LINES:
        return False
    letters = [sum(len(piece.text) for piece in row) for row in rows]
    width = max(piece.x1 for piece in pieces) - min(piece.x0 for piece in pieces)
    filled = [row[-1].x1 - row[0].x0 for row in rows]
    return median(letters) >= _COLUMN_LETTERS and median(filled) >= width * _COLUMN_FILL


def _em(pieces: Iterable[Piece]) -> float:
    sizes = [piece.size for piece in pieces if not piece.table]
    return median(sizes) if sizes else 10.0


def _without_drop_caps(pieces: Sequence[Piece]) -> list[Piece]:
    """A large first letter beside several lines belongs to the first of them alone."""
    em = _em(pieces)
    large = [at for at, piece in enumerate(pieces) if _is_large_letter(piece, em)]
    result = list(pieces)
    for at in large if len(large) <= _MOST_DROP_CAPS else ():
        beside = [other for other in pieces if _is_beside(pieces[at], other, em)]
        if len(beside) > 1:
            first = min(beside, key=lambda other: (round(other.top), other.x0))
            # A vowel may be a word of its own ("Ở huyện"), a consonant begins the word beside it.
            edge = pieces[at].x1 if _is_vowel(pieces[at].text[-1]) else first.x0
            result[at] = replace(pieces[at], top=first.top, bottom=first.bottom, x1=edge)
    return result


def _is_vowel(letter: str) -> bool:
    return unicodedata.normalize("NFD", letter)[0] in "AĂÂEÊIOÔƠUƯYaăâeêioôơuưy"


def _is_large_letter(piece: Piece, em: float) -> bool:
    return not piece.table and len(piece.text) <= 2 and piece.text.isalpha() and piece.size > _DROP_CAP * em


def _is_beside(letter: Piece, other: Piece, em: float) -> bool:
    is_smaller = not other.table and other.size < letter.size / 1.5
    is_near = 0 <= other.x0 - letter.x1 < 2 * em
    return is_smaller and is_near and letter.top - em / 2 <= other.top < letter.bottom - em / 2
