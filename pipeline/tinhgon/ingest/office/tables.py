"""A grid of cells -> lines: rows of a table, and plain lines where a grid holds no table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from tinhgon.ingest.normalise import ROW
from tinhgon.ingest.office.extracted import plain, row_line

_MOTTO = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|ĐẢNG CỘNG SẢN VIỆT NAM")
_RECIPIENTS = re.compile(r"nơi nhận\b", re.IGNORECASE)
_LONGEST_HEAD = 6
_NUMBER = re.compile(r"\s*[-+]?[\d.,]+\s*%?\s*$")
_FOOT_LINES = 5


# Merged cells repeat their text; more letters than this come of a table that was made to swell.
MAX_LETTERS = 300_000


def table_lines(grid: Sequence[Sequence[str]]) -> list[str]:
    r"""The lines of a table; merged cells are expected to repeat their text in all that they cover.

    A row with one text throughout is a heading and a plain line; rows and columns without any text fall out; what has
    one column only is plain text, and so are heads and ends of administrative documents, left column first.

    >>> table_lines([["Biểu 1", "Biểu 1", "Biểu 1"], ["Xã", "", "Số thôn"], ["Tân Phú", "", "5"], ["", "", ""]])
    ['Biểu 1', '\x1eXã | Số thôn', '\x1eTân Phú | 5']
    >>> table_lines([["Nơi nhận:\n- Như trên;", "CHỦ TỊCH\nLê Văn Bền"]])
    ['Nơi nhận:', '- Như trên;', 'CHỦ TỊCH', 'Lê Văn Bền']
    """
    rows = _rectangular(grid)
    if not rows:
        return []
    if sum(len(cell) for row in rows for cell in row) > MAX_LETTERS:
        rows = [list(dict.fromkeys(row)) for row in dict.fromkeys(map(tuple, rows))]  # each text once, no table
        return [line for row in rows for cell in row for line in cell_lines(cell[:MAX_LETTERS])]
    if len(rows[0]) == 1 or (len(rows) <= _LONGEST_HEAD and is_head(rows)):
        return _one_below_the_other(rows)
    return [_heading(row) or row_line(row) for row in rows]


def with_rows_mended(pages: Sequence[str]) -> list[str]:
    r"""``pages`` where a row that the end of a page cut in two stands whole on the first of the two.

    >>> with_rows_mended(["\x1e4 | Xã Tân | 24", "\x1e | Phú | \n\x1e5 | Xã Tân Hòa | 7"])
    ['\x1e4 | Xã Tân Phú | 24', '\x1e5 | Xã Tân Hòa | 7']
    """
    mended: list[str] = []
    for page in pages:
        lines = page.split("\n")
        before = mended[-1].split("\n") if mended else []
        # Below the last row there may be the foot of the page.
        last = next(
            (at for at in range(len(before) - 1, max(len(before) - _FOOT_LINES, -1), -1) if _is_row(before[at])), None
        )
        whole = _whole(before[last], lines[0]) if last is not None and _is_row(lines[0]) else None
        if last is not None and whole is not None:
            before[last] = whole
            mended[-1] = "\n".join(before)
            lines = lines[1:]
        mended.append("\n".join(lines))
    return mended


def is_head(grid: Iterable[Sequence[str]]) -> bool:
    """Whether a grid is the head or the end of an administrative document, set in a table that shows no rules.

    >>> is_head([["UBND HUYỆN A", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]]), is_head([["Xã", "Số thôn"]])
    (True, False)
    """
    return any(_MOTTO.search(cell) or _RECIPIENTS.match(cell.strip()) for row in grid for cell in row)


def cell_lines(cell: str) -> list[str]:
    """The lines of a cell's text that hold something."""
    return [line.strip() for line in plain(cell).split("\n") if line.strip()]


def _is_row(line: str) -> bool:
    return line.startswith(ROW)


def _whole(upper: str, lower: str) -> str | None:
    """The row of which these are the two parts; nothing where the second is a row of its own.

    Its first cell has ended by then, and no cell has a number in both parts or begins in the second.
    """
    cells = list(zip(upper.removeprefix(ROW).split(" | "), lower.removeprefix(ROW).split(" | "), strict=False))
    is_torn = upper.count(" | ") == lower.count(" | ") > 0 and not cells[0][1].strip()
    goes_on = all(
        above.strip() and not (_NUMBER.match(above) and _NUMBER.match(below)) for above, below in cells if below.strip()
    )
    return row_line([f"{above} {below}" for above, below in cells]) if is_torn and goes_on else None


def _rectangular(grid: Sequence[Sequence[str]]) -> list[list[str]]:
    """``grid`` with rows of one length and without empty rows and columns."""
    width = max((len(row) for row in grid), default=0)
    rows = [[*row, *[""] * (width - len(row))] for row in grid if any(cell.strip() for cell in row)]
    telling = [row for row in rows if not _heading(row)] or rows  # a heading covers empty columns as well
    kept = [at for at in range(width) if any(row[at].strip() for row in telling)]
    return [[row[at] for at in kept] for row in rows]


def _heading(row: Sequence[str]) -> str:
    """The one text that all cells of ``row`` share, or nothing."""
    texts = {" ".join(plain(cell).split()) for cell in row}
    return texts.pop() if len(texts) == 1 else ""


def _one_below_the_other(rows: list[list[str]]) -> list[str]:
    """The columns one after the other; a row with one text throughout stands between them."""
    lines: list[str] = []
    for is_across, stretch in groupby(rows, lambda row: bool(_heading(row))):
        among = list(stretch)
        for column in [[row[0] for row in among]] if is_across else zip(*among, strict=True):
            # A cell merged downwards repeats its text in the next row.
            lines += [line for cell, _ in groupby(column) for line in cell_lines(cell)]
    return lines
