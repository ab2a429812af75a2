"""Two columns side by side, as in the head and at the end of administrative documents, put one below the other."""

from __future__ import annotations

import re

from tinhgon.ingest.pages import Line, set_alone

_WIDE = "   "
_GAP = re.compile(rf"(?<=\S){_WIDE} *(?=\S)")
_END_MARKS = re.compile(r"\s*(?:nơi nhận\b|(?:t/m|tm|kt|tuq|tl|q)[.\s]\s*[^\W\d_])", re.IGNORECASE)
_HEAD_LINES = 14
_TAIL_LINES = 30
_LINES_BETWEEN = 3


def unfold_columns(lines: list[Line]) -> list[Line]:
    r"""``lines`` with the columns of head and tail one after the other, left before right.

    >>> rows = ["HUYỆN ỦY A          ĐẢNG CỘNG SẢN VIỆT NAM", "   Số 7-BC/HU       A, ngày 14 tháng 9 năm 2022"]
    >>> [line.text for line in unfold_columns([Line(row) for row in rows])]
    ['HUYỆN ỦY A', 'Số 7-BC/HU', 'ĐẢNG CỘNG SẢN VIỆT NAM', 'A, ngày 14 tháng 9 năm 2022']
    """
    tail_from = next(
        (index for index in range(max(len(lines) - _TAIL_LINES, 0), len(lines)) if _END_MARKS.match(lines[index].text)),
        None,
    )
    head = _zone(lines, range(min(_HEAD_LINES, len(lines) if tail_from is None else tail_from)))
    if head is not None and any(line.bare[:1].islower() for line in lines[head.start : head.stop]):
        head = None  # running text with stretched spaces, no head
    tail = None if tail_from is None else _zone(lines, range(tail_from, len(lines)))
    if tail is not None:
        tail = range(tail.start, len(lines))
    result: list[Line] = []
    at = 0
    for zone in (head, tail):
        if zone is not None:
            result += [*lines[at : zone.start], *_one_below_the_other([lines[index] for index in zone])]
            at = zone.stop
    return [*result, *lines[at:]]


def has_gap(line: Line) -> bool:
    """Whether ``line`` is set in columns."""
    return _WIDE in line.text and _GAP.search(line.text) is not None


def _zone(lines: list[Line], among: range) -> range | None:
    """The lines from the first to the last one in columns; a few lines between may stand in one column only."""
    zone: range | None = None
    for index in among:
        if has_gap(lines[index]):
            zone = range(index if zone is None else zone.start, index + 1)
        elif zone is not None and index - zone.stop >= _LINES_BETWEEN:
            break
    return zone


def _one_below_the_other(zone: list[Line]) -> list[Line]:
    gaps = [(line, gap) for line in zone if (gap := _GAP.search(line.text)) is not None]
    edge = min(gap.end() for _, gap in gaps)
    left, right = [], []
    for line in zone:
        gap = _GAP.search(line.text)
        if gap is not None:
            left.append(set_alone(line, line.text[: gap.start()].strip()))
            right.append(set_alone(line, line.text[gap.end() :].strip()))
        else:
            (right if line.indent >= edge - 2 else left).append(set_alone(line, line.bare))
    return [line for line in (*left, *right) if any(letter.isalnum() for letter in line.text)]
