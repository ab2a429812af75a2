"""Lines of a plain text without what belongs to the printed page: numbers, running heads, rules, form feeds."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from tinhgon.ingest.normalise import ROW

_RULE = re.compile(r"[\s_=~*.…·•–—-]*$")
_PAGE_NUMBER = re.compile(
    r"\s*(?:(?:trang|page)\s*:?\s*\d{1,4}(?:\s*(?:/|trên|of)\s*\d{1,4})?|[-–—]\s*\d{1,4}\s*[-–—]|\d{1,3}\s*/\s*\d{1,3})\s*$",
    re.IGNORECASE,
)
_NUMBER_ALONE = re.compile(r"(?P<indent>\s*)(?P<number>\d{1,3})\s*$")
# The number of the page at either end of a running head; other digits are part of what it says.
_PAGE_AT_END = re.compile(
    r"^\d{1,4}\s+|(?:\s*+[|–—-])?\s*+(?:\btrang)?\s*+\d{1,4}(?:\s*+/\s*+\d{1,4})?$", re.IGNORECASE
)
_DOCUMENT_NUMBER = re.compile(r"\b[Ss]ố\s*:?\s*\d+\s*[-/]\s*[A-ZĐ]{2}|\btrang\b")
# A number pushed this far to the right is no list item.
_FAR_RIGHT = 20
_LONGEST_HEAD = 120
# A running head stands this close to the page number, rule or form feed it goes with.
_NEAR = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, and what lay between it and the line before."""

    text: str
    after_blank: bool = False
    after_page: bool = False
    alone: bool = False  # a cell of a two-column head, or a row: never joined to its neighbours
    is_row: bool = False  # of a table

    @property
    def bare(self) -> str:
        return self.text.strip()

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip())


def page_lines(text: str) -> list[Line]:
    r"""The lines of ``text`` that are text, each knowing whether a blank or a page break stood before it.

    >>> foot = "\n     {}\nHuyện ủy A - Báo cáo số 2\n"
    >>> page = "Còn 261 xóm, trong đó\n" + foot.format(1) + "\nxã B giảm 11.\n" + foot.format(2)
    >>> [(line.text, line.after_page) for line in page_lines(page)]
    [('Còn 261 xóm, trong đó', False), ('xã B giảm 11.', True)]
    """
    rows: list[str | None] = []  # None is a page break
    for page in text.split("\f"):
        rows.extend([*page.split("\n"), None])
    furniture = _furniture(rows)
    lines: list[Line] = []
    blank = page_break = False
    for index, row in enumerate(rows):
        if row is None or index in furniture:
            page_break = page_break or row is None or furniture[index]
            blank = True
        elif not row.strip():
            blank = True
        else:
            is_row = row.startswith(ROW)
            text = row.removeprefix(ROW).rstrip()
            lines.append(Line(text, blank and bool(lines), page_break and bool(lines), alone=is_row, is_row=is_row))
            blank = page_break = False
    return lines


def _furniture(rows: list[str | None]) -> dict[int, bool]:
    """Indexes of the rows to drop, and whether each marks the end of a page."""
    rows = ["" if row and row.startswith(ROW) else row for row in rows]
    dropped = {index: False for index, row in enumerate(rows) if row and row.strip() and _RULE.match(row)}
    numbers = [index for index, row in enumerate(rows) if row and _PAGE_NUMBER.match(row)]
    numbers += _bare_numbers(rows)
    dropped.update(dict.fromkeys(numbers, True))
    breaks = {index for index, row in enumerate(rows) if row is None and index < len(rows) - 1} | set(numbers)
    dropped.update(dict.fromkeys(_running_heads(rows, breaks), True))
    return dropped


def _bare_numbers(rows: list[str | None]) -> list[int]:
    """Numbers alone on their line that count pages: far to the right, or 1, 2, 3 ... through the whole text."""
    found = [(index, match) for index, row in enumerate(rows) if row and (match := _NUMBER_ALONE.match(row))]
    values = [int(match["number"]) for _, match in found]
    if len(values) > 1 and values[0] in (1, 2) and values == list(range(values[0], values[0] + len(values))):
        return [index for index, _ in found]
    return [index for index, match in found if len(match["indent"].expandtabs()) >= _FAR_RIGHT]


def _running_heads(rows: list[str | None], breaks: set[int]) -> list[int]:
    """Lines that come back, but for the page's number, at page breaks; elsewhere only those that name the document."""
    shapes = {
        index: _PAGE_AT_END.sub("", row.strip())
        for index, row in enumerate(rows)
        if row and 3 < len(row.strip()) <= _LONGEST_HEAD
    }
    counts = Counter(shapes.values())
    near_break = _near(rows, breaks)
    near_counts = Counter(shape for index, shape in shapes.items() if index in near_break)
    heads = []
    for index, shape in shapes.items():
        at_breaks = index in near_break and near_counts[shape] >= 2 and near_counts[shape] * 2 > counts[shape]
        by_name = counts[shape] >= 3 and _DOCUMENT_NUMBER.search(shape) is not None and _stands_alone(rows, index)
        # With one page break only, the number of the document in the line stands in for repetition.
        once = (
            index in near_break
            and counts[shape] == 1
            and re.search(r" [-–—] (?:Báo cáo|Kế hoạch|Đề án|Tờ trình) số ", rows[index] or "")
        )
        if at_breaks or by_name or once:
            heads.append(index)
    return heads


def _stands_alone(rows: list[str | None], index: int) -> bool:
    around = [rows[at] for at in (index - 1, index + 1) if 0 <= at < len(rows)]
    return all(row is None or not row.strip() or _RULE.match(row) for row in around)


def _near(rows: list[str | None], breaks: set[int]) -> set[int]:
    """Indexes of the lines within reach of a page break, blank lines and rules not counted."""
    near: set[int] = set()
    for index in breaks:
        for step in (-1, 1):
            at, seen = index + step, 0
            while 0 <= at < len(rows) and seen < _NEAR and abs(at - index) <= 8:
                row = rows[at]
                if row is not None and row.strip() and not _RULE.match(row):
                    near.add(at)
                    seen += 1
                at += step
    return near


def set_alone(line: Line, text: str) -> Line:
    """``line`` with other text, never to be joined to its neighbours."""
    return replace(line, text=text, alone=True)
