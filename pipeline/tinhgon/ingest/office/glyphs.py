"""One page of a PDF -> pieces of print and ruled tables, read by pdfminer and pdfplumber within limits.

Imports both when it is imported: only ``pdf.py`` does so, when there is a PDF to read.
"""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTComponent, LTContainer, LTImage, LTPage
from pdfminer.pdfinterp import PDFPageInterpreter, PDFStackT
from pdfminer.pdftypes import stream_value
from pdfplumber.page import Page
from pdfplumber.table import Table

from tinhgon.ingest.office.layout import page_text
from tinhgon.ingest.office.rows import Piece
from tinhgon.ingest.office.tables import is_head, table_lines

# A newspaper's page has some ten thousand letters, a map some ten thousand strokes; a page has no more than this.
MAX_MARKS = 100_000
# Finding tables tries all crossings of rules; drawings have more of them than tables.
MAX_RULES, MAX_CROSSINGS = 3_000, 6_000
# Operands of the program that a page is, and its bytes; forms that call forms would multiply both without end.
MAX_STEPS, MAX_PROGRAM = 5_000_000, 8_000_000
_STEPS_OF_A_FORM = 100
_STEPS_BETWEEN_CHECKS = 4096
# Letters of one piece are this close to each other, in ems; columns of a table may stand closer than a space.
_CLOSE, _OVERLAPPING, _ONE_SIZE = 0.2, -0.6, 1.5
# Bold print is at times one letter printed twice, this many ems apart at most.
_TWICE = 0.08
_SLIVER = 3.0  # points; columns and rows narrower than this are double rules
# Letters of a table's longest cell; beyond this the rules frame running text.
_LONGEST_CELL, _LONGEST_ONLY_CELL = 2_000, 400
# This many strokes on a page without letters draw the letters.
_OUTLINES = 300
_UNKNOWN = "\ufffd"


class TooMuchError(Exception):
    """The page has more on it than a page of print can have."""


class OutOfTimeError(Exception):
    """The deadline of the document has passed."""


@dataclass(frozen=True, slots=True)
class PageContent:
    """What stands on a page."""

    pieces: tuple[Piece, ...]
    letters: int
    unmapped: int  # glyphs besides, of which the file does not tell what letter they are
    picture: float  # the share of the page that its largest picture takes; drawn outlines count as a picture
    turned: int  # letters that stand upright on no line of the page


class _Device(PDFPageAggregator):
    """Collects what is drawn and stops where there is too much of it."""

    deadline = 0.0
    steps = 0
    checked = 0
    marks = 0
    program = 0

    def step(self, steps: int = 1) -> None:
        self.steps += steps
        if self.steps - self.checked >= _STEPS_BETWEEN_CHECKS:
            self.checked = self.steps
            if time.monotonic() > self.deadline:
                raise OutOfTimeError
            if self.steps > MAX_STEPS:
                raise TooMuchError

    def run(self, size: int) -> None:
        self.program += size
        if self.program > MAX_PROGRAM:
            raise TooMuchError

    def mark(self) -> None:
        self.marks += 1
        self.step()
        if self.marks > MAX_MARKS:
            raise TooMuchError

    def render_char(self, *args, **kwargs) -> float:  # type: ignore[no-untyped-def]
        self.mark()
        return super().render_char(*args, **kwargs)

    def paint_path(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        self.mark()
        super().paint_path(*args, **kwargs)


class _Interpreter(PDFPageInterpreter):
    """Counts the steps of the program that a page is."""

    device: _Device

    def push(self, obj: PDFStackT) -> None:
        self.device.step()
        super().push(obj)

    def do_Do(self, xobjid_arg: PDFStackT) -> None:  # noqa: N802 - the operator's name
        self.device.step(_STEPS_OF_A_FORM)
        super().do_Do(xobjid_arg)

    def execute(self, streams: Sequence[object]) -> None:
        for stream in streams:
            self.device.run(len(stream_value(stream).get_data()))
        super().execute(streams)


class BoundedPage(Page):
    """A page of pdfplumber's that is read within limits, and by its tables' finder without its letters."""

    deadline = 0.0

    @property
    def layout(self) -> LTPage:
        if not hasattr(self, "_layout"):
            device = _Device(self.pdf.rsrcmgr, pageno=self.page_number, laparams=None)
            device.deadline = self.deadline
            _Interpreter(self.pdf.rsrcmgr, device).process_page(self.page_obj)
            self._layout: LTPage = device.get_result()
        return self._layout

    def iter_layout_objects(self, layout_objects):  # type: ignore[no-untyped-def]
        return super().iter_layout_objects([item for item in layout_objects if not isinstance(item, LTChar)])


def content_of(page: BoundedPage) -> PageContent:
    """The text of ``page`` with its ruled tables in their places, and what tells whether that is all."""
    marks = list(_marks(page.layout))
    letters = [mark for mark in marks if isinstance(mark, LTChar)]
    upright = [letter for letter in _printed_once(letters) if letter.upright and _is_on(page, letter)]
    drawn = [mark for mark in marks if not isinstance(mark, LTChar | LTImage)]
    pictures = [_share(mark, page) for mark in marks if isinstance(mark, LTImage)]
    may_be_table = 4 <= len(drawn) <= MAX_RULES and _crossings(page) <= MAX_CROSSINGS
    grids = [Grid.of(table) for table in page.find_tables()] if may_be_table else []
    return PageContent(
        pieces=tuple(_prose_and_tables(page, upright, grids)),
        letters=sum(letter.get_text().isalpha() for letter in upright),
        unmapped=sum(letter.get_text().startswith("(cid:") for letter in upright),
        # Text drawn as outlines is a picture as well.
        picture=max(pictures, default=1.0 if len(drawn) > _OUTLINES and not letters else 0.0),
        turned=sum(not letter.upright and letter.get_text().isalpha() for letter in letters),
    )


def _prose_and_tables(page: BoundedPage, letters: list[LTChar], grids: list[Grid]) -> list[Piece]:
    owners = [_owner(grids, *_centre(letter, page)) for letter in letters]
    for letter, owner in zip(letters, owners, strict=True):
        if owner is not None:
            grid, cell = owner
            grid.letters[cell].append(letter)
    tables = {id(grid): lines for grid in grids if (lines := grid.lines(page))}
    prose = [
        letter
        for letter, owner in zip(letters, owners, strict=True)
        if owner is None or id(owner[0]) not in tables
    ]  # fmt: skip
    ruled = [grid.as_piece(tables[id(grid)]) for grid in grids if id(grid) in tables]
    return [*_pieces(prose, page), *ruled]


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: where its columns and rows begin, and which cell covers each place of the grid."""

    columns: list[float]
    rows: list[float]
    cell_at: dict[tuple[int, int], int]  # row and column -> number of the cell
    letters: list[list[LTChar]]

    @classmethod
    def of(cls, table: Table) -> Grid:
        columns = _edges(edge for cell in table.cells for edge in (cell[0], cell[2]))
        rows = _edges(edge for cell in table.cells for edge in (cell[1], cell[3]))
        cell_at = {
            (row, column): number
            for number, (x0, top, x1, bottom) in enumerate(table.cells)
            for row in range(_index(rows, top + _SLIVER), _index(rows, bottom - _SLIVER) + 1)
            for column in range(_index(columns, x0 + _SLIVER), _index(columns, x1 - _SLIVER) + 1)
        }
        return cls(columns, rows, cell_at, [[] for _ in table.cells])

    def cell_of(self, x: float, y: float) -> int | None:
        return self.cell_at.get((_index(self.rows, y), _index(self.columns, x)))

    def lines(self, page: BoundedPage) -> list[str]:
        """The table's lines, or none where the rules are a frame round prose or a head set in columns."""
        texts = [page_text(_pieces(letters, page)) for letters in self.letters]
        places = [
            [
                texts[self.cell_at[row, column]] if (row, column) in self.cell_at else ""
                for column in range(len(self.columns) - 1)
            ]
            for row in range(len(self.rows) - 1)
        ]
        full = [row for row in places if any(row)]
        is_wide = any(len({text for text in row if text}) > 1 for row in full)
        longest = max(map(len, texts), default=0)
        if not is_wide or is_head(places) or longest > (_LONGEST_CELL if len(full) > 1 else _LONGEST_ONLY_CELL):
            return []
        return table_lines(places)

    def as_piece(self, lines: list[str]) -> Piece:
        return Piece("", self.columns[0], self.rows[0], self.columns[-1], self.rows[-1], table=tuple(lines))


def _crossings(page: BoundedPage) -> int:
    """About as many as different horizontal and vertical rules can have."""
    across = {round(edge["top"] / _SLIVER) for edge in page.edges if edge["orientation"] == "h"}
    down = {round(edge["x0"] / _SLIVER) for edge in page.edges if edge["orientation"] == "v"}
    return len(across) * len(down)


def _owner(grids: list[Grid], x: float, y: float) -> tuple[Grid, int] | None:
    for grid in grids:
        if (cell := grid.cell_of(x, y)) is not None:
            return grid, cell
    return None


def _edges(found: Iterable[float]) -> list[float]:
    """Different edges in order; two that are next to nothing apart are one double rule."""
    edges: list[float] = []
    for edge in sorted(found):
        if not edges or edge - edges[-1] >= _SLIVER:
            edges.append(edge)
    return edges


def _index(edges: list[float], at: float) -> int:
    return bisect_right(edges, at) - 1


def _marks(container: LTContainer[LTComponent]) -> Iterator[LTComponent]:
    """All marks in the order they are drawn; figures hold marks of their own."""
    stack = [iter(container)]
    while stack:
        for mark in stack[-1]:
            if isinstance(mark, LTContainer):
                stack.append(iter(mark))
                break
            yield mark
        else:
            stack.pop()


def _box(mark: LTComponent, page: BoundedPage) -> tuple[float, float, float, float]:
    """Where ``mark`` is on the page as pdfplumber counts, from the top."""
    left, top = page.mediabox[0], page.mediabox[1] + page.height
    return left + mark.x0, top - mark.y1, left + mark.x1, top - mark.y0


def _centre(mark: LTComponent, page: BoundedPage) -> tuple[float, float]:
    x0, top, x1, bottom = _box(mark, page)
    return (x0 + x1) / 2, (top + bottom) / 2


def _is_on(page: BoundedPage, mark: LTComponent) -> bool:
    x, y = _centre(mark, page)
    x0, top, x1, bottom = page.cropbox
    return bool(x0 <= x <= x1 and top <= y <= bottom)


def _share(mark: LTComponent, page: BoundedPage) -> float:
    x0, top, x1, bottom = _box(mark, page)
    left, upper, right, lower = page.cropbox
    width, height = min(x1, right) - max(x0, left), min(bottom, lower) - max(top, upper)
    area = (right - left) * (lower - upper)
    return max(width, 0.0) * max(height, 0.0) / area if area > 0 else 0.0


def _pieces(letters: Iterable[LTChar], page: BoundedPage) -> list[Piece]:
    """Letters drawn one after the other and side by side, as one piece each run."""
    pieces: list[Piece] = []
    for letter in letters:
        text = letter.get_text()
        x0, top, x1, bottom = _box(letter, page)
        last = pieces[-1] if pieces else None
        if not text.strip():
            if last is not None and not last.spaced and _joins(last, x0, top, bottom):
                pieces[-1] = replace(last, spaced=True)
            continue
        if text.startswith("(cid:"):
            text = _UNKNOWN
        if last is None or last.spaced or not _joins(last, x0, top, bottom):
            pieces.append(Piece(text, x0, top, x1, bottom))
        else:
            pieces[-1] = Piece(
                last.text + text, last.x0, min(last.top, top), max(last.x1, x1), max(last.bottom, bottom)
            )
    return pieces


def _joins(last: Piece, x0: float, top: float, bottom: float) -> bool:
    size = min(last.size, bottom - top)
    if max(last.size, bottom - top) > _ONE_SIZE * size:
        return False
    overlap = min(last.bottom, bottom) - max(last.top, top)
    return overlap > size / 2 and _OVERLAPPING * size <= x0 - last.x1 <= _CLOSE * size


def _printed_once(letters: Iterable[LTChar]) -> Iterator[LTChar]:
    seen: set[tuple[str, int, int]] = set()
    for letter in letters:
        step = max(letter.size * _TWICE, 0.01)
        text, x, y = letter.get_text(), int(letter.x0 / step), int(letter.y0 / step)
        if not any((text, x + dx, y + dy) in seen for dx in (-1, 0, 1) for dy in (-1, 0, 1)):
            seen.add((text, x, y))
            yield letter
