"""The tables of a document: which rows belong together, which of them are heads, and what each cell holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from tinhgon.detect.text import View
from tinhgon.records import Span

_N = r"\d{1,3}(?:\.\d{3})+|\d+"
# What is counted may stand behind the number: "19/25 xã, TT".
_NOUN = (
    r"(?:\s+(?P<noun>(?:xã|phường|thị trấn|tt|huyện|quận|thành phố|thôn|ấp|bản|làng|xóm|buôn|khóm|khu phố|kp|tdp|tổ dân phố|tỉnh|"
    r"người|đồng chí|đ/c|biên chế|đơn vị|trường hợp|cơ quan|phòng|ban|trường|,| )+))?"
)
_NUMBER = regex.compile(rf"(?P<n>{_N})(?:,(?P<d>\d+))?\s*(?:%|{_NOUN})")
_RATIO = regex.compile(rf"(?P<n>{_N})\s*/\s*(?P<d>{_N}){_NOUN}")
_YEAR = regex.compile(r"(?:19|20)\d\d")
_COUNTER = regex.compile(r"\(?(?:\d{1,2}|[a-z])\)?(?:\s*=.*)?")
_LONGEST_CAPTION = 300


_DIGITS = regex.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: where it stands, its words in their matching form, and its figure where it is one."""

    span: Span
    low: str

    @property
    def figure(self) -> float | None:
        """The number in the cell, if it holds nothing but it and what it counts: "1.017", "77,2%", "11 ấp".

        >>> Cell(Span(0, 5, "1.017"), "1.017").figure, Cell(Span(0, 5, "77,2%"), "77,2%").figure
        (1017.0, 77.2)
        >>> Cell(Span(0, 5, "11 bò"), "11 bò").figure, Cell(Span(0, 5, "11 ấp"), "11 ấp").figure
        (None, 11.0)
        >>> Cell(Span(0, 6, "Lộc An"), "lộc an").figure, Cell(Span(0, 4, "12.5"), "12.5").figure
        (None, None)
        """
        found = _NUMBER.fullmatch(self.low)
        return float(found["n"].replace(".", "") + "." + (found["d"] or "0")) if found else None

    @property
    def ratio(self) -> tuple[float, float] | None:
        """Both numbers of "12/21" and of "12/21 xã"."""
        found = _RATIO.fullmatch(self.low)
        return (float(found["n"].replace(".", "")), float(found["d"].replace(".", ""))) if found else None

    @property
    def holds_numbers(self) -> bool:
        return self.figure is not None or self.ratio is not None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the line above it, the heads of each column from the top down, and its rows."""

    caption: Span | None
    heads: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]

    def row_span(self, row: Sequence[Cell]) -> tuple[int, int]:
        return row[0].span.start, row[-1].span.end


def grids(view: View) -> list[Grid]:
    """The tables of a document that have heads and figures, in order."""
    return [grid for rows, caption in _runs(view) if (grid := _grid(rows, caption)) is not None]


def _runs(view: View) -> Iterator[tuple[list[tuple[Cell, ...]], Span | None]]:
    """Rows of as many cells each that stand together, with the line above; a line between goes with the rows below."""
    run: list[tuple[Cell, ...]] = []
    caption: Span | None = None
    above: Span | None = None
    for block in view.document.blocks:
        span = Span(block.start, block.end, view.text[block.start : block.end])
        if block.kind != "row":
            above = span
            continue
        cells = _cells(view, span)
        if run and (len(cells) != len(run[0]) or (above is not None and _is_new_head(cells))):
            yield run, caption
            run = []
        if not run:
            caption = above if above is not None and len(above.text) <= _LONGEST_CAPTION else None
        run.append(cells)
        above = None
    if run:
        yield run, caption


def _is_new_head(cells: Sequence[Cell]) -> bool:
    return not any(cell.holds_numbers for cell in cells)


def _cells(view: View, row: Span) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    at = row.start
    for text in row.text.split("|"):
        start = at + len(text) - len(text.lstrip())
        end = max(start, at + len(text.rstrip()))
        cells.append(Cell(Span(start, end, view.text[start:end]), view.low[start:end]))
        at += len(text) + 1
    return tuple(cells)


def _grid(rows: Sequence[tuple[Cell, ...]], caption: Span | None) -> Grid | None:
    first = next((at for at, row in enumerate(rows) if _is_data(row)), None)
    if not first:  # no figures, or no heads above them
        return None
    columns = zip(*(row for row in rows[:first] if not _counts_columns(row)), strict=True)
    body = tuple(row for row in rows[first:] if not _counts_columns(row))
    heads = tuple(tuple({cell.low: cell for cell in column if cell.low}.values()) for column in columns)
    return Grid(caption, heads, body) if body else None


def _is_data(row: Sequence[Cell]) -> bool:
    """Whether a row has figures that are neither years nor the numbers of the columns."""
    figures = [cell for cell in row if cell.holds_numbers]
    return bool(figures) and not all(_YEAR.fullmatch(cell.low) for cell in figures) and not _counts_columns(row)


def _counts_columns(row: Sequence[Cell]) -> bool:
    """ "(1) | (2) | (3) | (4=3/2)" or "A | B | 1 | 2" """
    told = [cell.low for cell in row if cell.low]
    if len(told) < 3 or not all(_COUNTER.fullmatch(text) for text in told):
        return False
    numbers = [int(found[0]) for text in told if (found := _DIGITS.search(text))]
    return len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 1
