"""Tables within plain text: lines whose cells are parted by bars or tabs, marked as rows."""

from __future__ import annotations

import re

from tinhgon.ingest.normalise import ROW

# The rules of Markdown and of tables drawn with hyphens.
_RULE = re.compile(r"[\s|+:=-]+$")
_CELL_WITH_FIGURE = re.compile(r"(?:^|\|)\s*[\d.,]+\s*%?\s*(?=\||$)")
_FEWEST_ROWS = 3


def mark_rows(text: str) -> str:
    r"""``text`` with ``ROW`` before each row of a table, its cells parted by bars; all else as it was.

    A table has three rows of as many cells each, and figures in one of them at least.

    >>> text = "Kết quả:\n| Xã | Số thôn |\n|----|----|\n| Tân Phú | 9 |\n| Tân Lập | 7 |\nHết."
    >>> mark_rows(text).split("\n")
    ['Kết quả:', '\x1eXã | Số thôn', '\x1eTân Phú | 9', '\x1eTân Lập | 7', 'Hết.']
    """
    if "|" not in text and "\t" not in text:
        return text
    marked: list[str] = []
    run: list[str] = []
    for line in [*text.split("\n"), ""]:
        if _cells(line) and (not run or len(_cells(line)) == len(_cells(run[0]))):
            run.append(line)
        elif run and line.strip() and _RULE.match(line):
            continue
        else:
            marked += _as_rows(run)
            run = [line] if _cells(line) else []
            marked += [] if run else [line]
    return "\n".join(marked[:-1])


def _cells(line: str) -> list[str]:
    """The cells of a line; none where it has no two."""
    if _RULE.match(line):
        return []
    bare = line.strip(" \r")
    if bare.startswith("|") and bare.endswith("|"):
        bare = bare[1:-1]
    parted = [cell.strip() for cell in (bare.split("|") if "|" in bare else line.rstrip("\r").split("\t"))]
    return parted if sum(map(bool, parted)) > 1 else []  # a tab in front of a line is an indent


def _as_rows(run: list[str]) -> list[str]:
    rows = [" | ".join(_cells(line)) for line in run]
    if len(run) < _FEWEST_ROWS or not any(_CELL_WITH_FIGURE.search(row) for row in rows):
        return run
    return [ROW + row for row in rows]
