"""Pieces of print that are read from margin to margin -> lines of text, wrapped paragraphs joined where that is sure.

Print is set in letters of many widths, so that only here, where the margins are known, one can tell a line that was
broken at the margin from one that ends there; the reader of plain texts has to guess it from numbers of letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from tinhgon.ingest.office.extracted import plain
from tinhgon.ingest.office.tables import is_head
from tinhgon.ingest.wrapping import BULLETED, NUMBERED, SPEAKER

# In a head the columns may stand close; elsewhere this many ems apart is no space between words.
_WIDE_GAP, _HEAD_GAP = 2.0, 0.8
_SPACE = 0.22
_HEAD_REACH = 6  # lines of a head below the motto
_SHORT_MARK = re.compile(r"\S{1,6}$")
_PARAGRAPH_GAP, _WIDEST_LEADING = 1.35, 2.2
# Headlines of this size, in points, are set with more between their lines.
_DISPLAY, _DISPLAY_LEADING = 15.0, 1.3
_INDENT = 0.6
# Shorter lines are headings and verse; of the lines that reach the margin, this share must run on in small letters.
_SHORTEST_WRAPPED, _RUNNING = 18, 0.25
_STOPS = (".", "!", "?", ":", ";", "…", "”", '"', ")")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of letters on one line of print, or a whole table, and where it stands; ``top`` counts downwards."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    spaced: bool = False  # a space follows
    table: tuple[str, ...] = ()

    @property
    def size(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print, its pieces from left to right."""

    pieces: tuple[Piece, ...]
    text: str
    is_apart: bool  # more than the usual distance lies above, or the letters are of another size
    in_columns: bool  # set side by side, or in a head: never joined

    @property
    def x0(self) -> float:
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        return max(piece.x1 for piece in self.pieces)


def rows_of(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces that share most of their height, from left to right; a table is a row of its own."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        if rows and not piece.table and not rows[-1][0].table and _share_a_line(rows[-1][0], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.x0) for row in rows]


def blocks_across(pieces: Iterable[Piece], right: float) -> list[list[str]]:
    """The lines of ``pieces``, those without more than the usual distance between them together.

    ``right`` is the right margin of the column that they stand in.

    >>> words = [Piece("Huyện", 0, 0, 30, 10, True), Piece("Lập", 70, 0, 90, 10), Piece("Tân", 40, 0, 60, 10)]
    >>> blocks_across([*words, Piece("Số 5", 0, 40, 30, 50)], 100)
    [['Huyện Tân Lập'], ['Số 5']]
    """
    rows = rows_of(pieces)
    blocks: list[list[str]] = []
    stretch: list[list[Piece]] = []
    for row in [*rows, []]:
        if row and not row[0].table:
            stretch.append(row)
            continue
        blocks += _paragraphs(_lines(stretch), right)
        blocks += [list(piece.table) for piece in row]
        stretch = []
    return [block for block in blocks if block]


def right_margin(pieces: Iterable[Piece]) -> float:
    """The right edge that more than one line reaches."""
    rows = [row for row in rows_of(pieces) if not row[0].table]
    ends = sorted((max(piece.x1 for piece in row) for row in rows), reverse=True)
    em = median(row[0].size for row in rows) if rows else 0.0
    return next((end for end, after in pairwise(ends) if end - after < em / 2), ends[0] if ends else 0.0)


def ends_sentence(text: str) -> bool:
    return text.rstrip().endswith(_STOPS)


def starts_anew(text: str) -> bool:
    return any(pattern.match(text) for pattern in (NUMBERED, BULLETED, SPEAKER))


def joined(text: str, after: str) -> str:
    """A line and what it runs on with; symbols that were cut at their hyphen are made whole.

    >>> joined("Kế hoạch số 58-", "KH/HU ghi rõ"), joined("huyện Tân", "Lập")
    ('Kế hoạch số 58-KH/HU ghi rõ', 'huyện Tân Lập')
    """
    text, after = text.rstrip(), after.lstrip()
    if text.endswith("\u00ad"):
        return text[:-1] + after
    is_cut = re.search(r"[^\W_][-/]$", text) is not None and re.match(r"[A-ZĐ\d]", after) is not None
    return text + after if is_cut else f"{text} {after}"


def _share_a_line(first: Piece, other: Piece) -> bool:
    overlap = min(first.bottom, other.bottom) - max(first.top, other.top)
    return overlap > 0.5 * min(first.size, other.size)


def _lines(rows: list[list[Piece]]) -> list[Line]:
    if not rows:
        return []
    left = min(row[0].x0 for row in rows)
    pieces = [piece for row in rows for piece in row]
    unit = max(sum(piece.x1 - piece.x0 for piece in pieces) / sum(len(piece.text) for piece in pieces), 1.0)
    distances = [after[0].middle - before[0].middle for before, after in pairwise(rows)]
    leading = median(distances) if distances else 0.0
    lines: list[Line] = []
    in_head = 0
    for at, row in enumerate(rows):
        in_head = _HEAD_REACH if is_head([[" ".join(piece.text for piece in row)]]) else in_head - 1
        wide = _HEAD_GAP if in_head > 0 else _WIDE_GAP
        text = _text(row, left, unit, wide)
        is_apart = at == 0 or _is_apart(rows[at - 1], row, leading)
        lines.append(Line(tuple(row), text, is_apart, in_head > 0 or "   " in text.strip()))
    return lines


def _text(row: list[Piece], left: float, unit: float, wide: float) -> str:
    """``row`` as a line: spaces in front tell its indent, three and more where its parts stand wide apart."""
    text = " " * round((row[0].x0 - left) / unit) + row[0].text
    for before, piece in pairwise(row):
        gap = piece.x0 - before.x1
        if gap > wide * min(before.size, piece.size) and not _SHORT_MARK.fullmatch(text.strip()):
            text += " " * max(3, round((piece.x0 - left) / unit) - len(text))
        elif before.spaced or gap > _SPACE * max(before.size, piece.size):
            text += " "
        text += piece.text
    return plain(text)


def _is_apart(before: list[Piece], row: list[Piece], leading: float) -> bool:
    sizes = max(piece.size for piece in before), max(piece.size for piece in row)
    distance = row[0].middle - before[0].middle
    usual = min(max(leading, min(sizes)), _WIDEST_LEADING * min(sizes))
    if min(sizes) >= _DISPLAY and max(sizes) < 1.02 * min(sizes):
        usual = max(usual, _DISPLAY_LEADING * min(sizes))
    return distance > _PARAGRAPH_GAP * usual or max(sizes) > 1.2 * min(sizes)


def _paragraphs(lines: list[Line], right: float) -> list[list[str]]:
    """Blocks of lines; what the margin broke is one line again."""
    full = [pair for pair in pairwise(lines) if _is_broken(*pair, right)]
    running = sum(not ends_sentence(line.text) and after.text.lstrip()[:1].islower() for line, after in full)
    left = min((line.x0 for line in lines), default=0.0)
    is_running = running > 0 and running >= _RUNNING * len(full)
    blocks: list[list[str]] = []
    paragraph: list[Line] = []
    for line in lines:
        if line.is_apart:
            blocks.append([])
        if paragraph and (
            (is_running and _runs_on(paragraph, line, right)) or _runs_on_centred(paragraph[-1], line, left, right)
        ):
            blocks[-1][-1] = joined(blocks[-1][-1], line.text)
            paragraph.append(line)
        else:
            blocks[-1].append(line.text)
            paragraph = [line]
    return blocks


def _is_broken(line: Line, after: Line, right: float) -> bool:
    """Whether the first word of ``after`` would not have fitted on ``line``."""
    if after.is_apart or line.in_columns or after.in_columns or len(line.text.strip()) < _SHORTEST_WRAPPED:
        return False
    first = after.pieces[0]
    return line.x1 + first.size * _SPACE + first.x1 - first.x0 > right


def _runs_on_centred(line: Line, after: Line, left: float, right: float) -> bool:
    """Whether ``after`` stands centred below a centred line on which its first word had no room."""
    if after.is_apart or line.in_columns or after.in_columns or line.text.isupper() != after.text.isupper():
        return False
    first = after.pieces[0]
    is_full = line.x1 - line.x0 + first.size * _SPACE + first.x1 - first.x0 > right - left
    middle = (left + right) / 2
    are_centred = all(abs((one.x0 + one.x1) / 2 - middle) < first.size * _INDENT for one in (line, after))
    return is_full and are_centred and after.x0 - line.x0 > first.size and not starts_anew(after.text)


def _runs_on(paragraph: list[Line], after: Line, right: float) -> bool:
    """Whether ``after`` belongs to the paragraph that the lines so far make."""
    first, last = paragraph[0], paragraph[-1]
    if not _is_broken(last, after, right):
        return False
    if first.text.isupper() != after.text.isupper() and (first.text.isupper() or after.text.isupper()):
        return len(paragraph) > 1  # a heading and the text below; a line of capitals may be part of a long sentence
    indent = after.x0 - last.x0
    slack = _INDENT * after.pieces[0].size
    if starts_anew(after.text):
        is_torn = last.text.rstrip()[-1:].isdigit() and re.match(r"\s*[-–]\s*\d", after.text) is not None
        return is_torn and indent <= slack
    if len(paragraph) > 1:
        return abs(indent) <= slack
    return indent <= slack or starts_anew(first.text)
