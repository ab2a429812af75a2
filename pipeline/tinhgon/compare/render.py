"""A comparison in print: for the terminal, as CSV, as Markdown.

Quotes come from web pages and are not to be trusted: control characters would steer the terminal, a cell that begins
with "=" is a formula to a spreadsheet, pipes and tags are markup to Markdown.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

# Control characters, and the marks that turn the direction of writing.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")
_MARKDOWN = re.compile(r"([\\|<>\[\]*`&#])")
# The signs that begin a formula, full-width ones too, and the blanks behind which one can hide.
_FORMULA = tuple("=+-@＝＋－＠\t\r\n")
_LINE_END = re.compile(r"\r\n?")
_SIGNS = {"about": "≈", "over": ">", "under": "<"}
_NARROW = 100  # below this width the table keeps to what cannot be missed
_DASH = "–"
_WIDE_COLUMNS = (
    "place", "number", "rate", "change", "as of", "status", "counted", "claims", "source", "quote", "note", "fact"
)  # fmt: skip
_NARROW_COLUMNS = ("place", "number", "rate", "change", "as of", "status", "fact")
_BASIS = {"computed": "*", "gazetteer": "†"}
_FOOTNOTES = {
    "*": "computed from value and total, not stated in the text",
    "†": "computed against the number of units the gazetteer knows there on that day; the text tells no total",
}
_DATED_BY = {"article": "‡"}
_OF_ARTICLE = ("‡", "date of the article; the text tells none for the number")


def printable(text: str) -> str:
    """The text on one line, without anything that could steer a terminal.

    >>> printable("xã\\x1b[31m Lộc\\nBình")
    'xã [31m Lộc Bình'
    """
    return _UNPRINTABLE.sub(" ", text).strip()


def plain_number(value: float | None) -> str:
    """A number as people write it: no needless decimals, thousands of large numbers apart.

    >>> plain_number(10.0), plain_number(47.6), plain_number(21_700_000_000), plain_number(None)
    ('10', '47.6', '21 700 000 000', '')
    """
    if value is None or not math.isfinite(value):
        return ""
    if value != int(value):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return f"{int(value):,}".replace(",", " ") if abs(value) >= 10_000 else str(int(value))


def count_text(row: dict[str, Any]) -> str:
    """Value, range and total in one: ``>98/127``.

    >>> count_text({"value": 98.0, "total": 127.0, "modifier": "over"}), count_text({"value": 15, "value_max": 20})
    ('>98/127', '15-20')
    """
    number = plain_number(row.get("value"))
    if row.get("value_max") is not None:
        number += f"-{plain_number(row['value_max'])}"
    if row.get("total") is not None:
        number += f"/{plain_number(row['total'])}"
    return _SIGNS.get(row.get("modifier") or "", "") + number if number else ""


def rate_text(row: dict[str, Any]) -> str:
    """A rate with its limits: ``<10%``, ``15-20%``; the sign stands with the count where there is one.

    >>> rate_text({"percent": 10.0, "modifier": "under"}), rate_text({"percent": 15.0, "percent_max": 20.0})
    ('<10%', '15-20%')
    """
    rate = plain_number(row.get("percent"))
    if not rate:
        return ""
    sign = _SIGNS.get(row.get("modifier") or "", "") if row.get("value") is None else ""
    upper = f"-{plain_number(row['percent_max'])}" if row.get("percent_max") is not None else ""
    return f"{sign}{rate}{upper}%"


def render_table(frame: pd.DataFrame, *, width: int = 120, colour: bool = False) -> str:
    """The comparison as a table of at most ``width`` columns; long quotes wrap.

    >>> import pandas as pd
    >>> print(render_table(pd.DataFrame([{"place": "Bến Tre", "value": 98.0, "total": 127.0, "quote": "98/127 ấp"}])))
    place     number   quote
    Bến Tre   98/127   98/127 ấp
    """
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    rows, notes = _with_footnotes([_printed(row) for row in plain_rows(frame)])
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=colour, no_color=not colour, legacy_windows=False)
    if width >= _NARROW:
        console.print(_grid(rows, _WIDE_COLUMNS))
    else:
        # Too narrow for a column of quotes: each stands below its row.
        lines = console.render_lines(_grid(rows, _NARROW_COLUMNS), pad=False) if rows else []
        for number, line in enumerate(lines):
            console.print(*(Text(segment.text, segment.style or "") for segment in line), sep="", end="\n")
            if number and rows[number - 1]["quote"]:
                console.print(Padding(Text(rows[number - 1]["quote"]), (0, 0, 0, 4)))
    for number, note in enumerate(notes, start=1):
        console.print(Text(f"[{number}] {note}"))
    for sign, meaning in _FOOTNOTES.items():
        if any(row["rate"].endswith(sign) for row in rows):
            console.print(Text(f"{sign} {meaning}"))
    sign, meaning = _OF_ARTICLE
    if any(row["as of"].endswith(sign) for row in rows):
        console.print(Text(f"{sign} {meaning}"))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _with_footnotes(rows: Sequence[dict[str, str]]) -> tuple[list[dict[str, str]], list[str]]:
    """The rows with a number beside the place that has a note, and the notes, each once."""
    notes = list(dict.fromkeys(row["note"] for row in rows if row["note"]))
    numbered = [
        {**row, "place": f"{row['place']} [{notes.index(row['note']) + 1}]", "note": ""} if row["note"] else row
        for row in rows
    ]
    return numbered, notes


def _grid(rows: Sequence[dict[str, str]], columns: Sequence[str]) -> Table:
    from rich.table import Table
    from rich.text import Text

    wraps = {"quote", "place", "source", "note"} if "quote" in columns else set()
    grid = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0) if wraps else (0, 2, 0, 0), header_style="bold")
    names = [name for name in columns if any(row[name] for row in rows)]
    for name in names:
        wrap = name in wraps
        grid.add_column(name, justify=_justify(name), no_wrap=not wrap, overflow="fold" if wrap else "ellipsis")
    for row in rows:
        grid.add_row(*(Text(row[name] or _DASH) for name in names))
    return grid


def _justify(name: str) -> Literal["left", "right"]:
    return "right" if name in {"number", "rate", "claims"} else "left"


def render_csv(frame: pd.DataFrame) -> str:
    """All columns as CSV; text that a spreadsheet would run as a formula begins with an apostrophe.

    >>> import pandas as pd
    >>> print(render_csv(pd.DataFrame([{"place": "=1+1", "value": -5.0, "percent": float("nan")}])), end="")
    place,value,percent
    '=1+1,-5,
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(frame.columns)
    for row in plain_rows(frame):
        writer.writerow([_csv_cell(value) for value in row.values()])
    return out.getvalue()


def render_markdown(frame: pd.DataFrame) -> str:
    """The columns of the printed table as a Markdown table.

    >>> import pandas as pd
    >>> print(render_markdown(pd.DataFrame([{"place": "Bến Tre", "value": 98.0, "quote": "98 ấp | khu phố"}])), end="")
    | place | number | quote |
    | --- | ---: | --- |
    | Bến Tre | 98 | 98 ấp \\| khu phố |
    """
    rows = [_printed(row) for row in plain_rows(frame)]
    names = [name for name in _WIDE_COLUMNS if any(row[name] for row in rows)]
    rule = ("---:" if _justify(name) == "right" else "---" for name in names)
    lines = [names, rule, *([_markdown_cell(row[name]) for name in names] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines) if names else ""


def render_json(frame: pd.DataFrame) -> str:
    """All columns as a JSON list of objects, unknown as ``null``.

    >>> import pandas as pd
    >>> render_json(pd.DataFrame([{"place": "Bến Tre", "value": 98.0, "percent": float("nan")}]))
    '[\\n {"place": "Bến Tre", "value": 98, "percent": null}\\n]\\n'
    """
    lines = [
        json.dumps({name: _json_value(value) for name, value in row.items()}, ensure_ascii=False)
        for row in plain_rows(frame)
    ]
    return "[\n " + ",\n ".join(lines) + "\n]\n" if lines else "[]\n"


def _json_value(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value == int(value) else value


def write_xlsx(frame: pd.DataFrame, path: Path) -> None:
    """All columns as a worksheet; texts are texts, whatever sign they begin with."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})  # the same comparison, the same file
        sheet = book.add_worksheet("comparison")
        bold = book.add_format({"bold": True})
        for column, name in enumerate(frame.columns):
            sheet.write_string(0, column, str(name), bold)
        for number, row in enumerate(plain_rows(frame), start=1):
            for column, value in enumerate(row.values()):
                if isinstance(value, str):
                    sheet.write_string(number, column, value)
                elif value is not None:
                    sheet.write_number(number, column, value)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(len(frame), 1), max(len(frame.columns) - 1, 0))


def plain_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as plain values, ``None`` where there is nothing."""
    import pandas as pd

    return [
        {str(name): None if pd.isna(value) else value for name, value in row.items()}
        for row in frame.to_dict("records")
    ]


def _printed(row: dict[str, Any]) -> dict[str, str]:
    """What the table shows of a row, as text."""
    before, after = plain_number(row.get("before")), plain_number(row.get("after"))
    counted = " @ ".join(dict.fromkeys(str(part) for part in (row.get("object"), row.get("level")) if part))
    return {
        "place": _text(row, "place"),
        "number": count_text(row),
        "rate": rate_text(row) + _BASIS.get(row.get("rate_basis") or "", ""),
        "change": f"{before or '?'} → {after or '?'}" if before or after else "",
        "as of": _text(row, "as_of") + _DATED_BY.get(row.get("as_of_basis") or "", ""),
        "status": _text(row, "status"),
        "counted": counted
        + (f", {_text(row, 'body')}" if row.get("body") else "")
        + (f", per {row['per']}" if row.get("per") else ""),
        "claims": plain_number(row.get("claims")),
        "source": _text(row, "source"),
        "quote": _text(row, "quote"),
        "note": "; ".join(
            part for part in (_text(row, "note"), f"check: {row['checks']}" if row.get("checks") else "") if part
        ),
        "fact": _text(row, "fact_id")[:8],
    }


def _text(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    return "" if value is None else printable(str(value))


def inert(text: str) -> str:
    """A text as a cell of a table that no spreadsheet runs as a formula.

    A bare carriage return would end the row without being quoted, and a formula could begin the next one.

    >>> inert("=1+1"), inert("xã A\\r= xã B")
    ("'=1+1", 'xã A\\n= xã B')
    """
    return ("'" if text.startswith(_FORMULA) else "") + _LINE_END.sub("\n", text)


def _csv_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return inert(value)
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value)


def _markdown_cell(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)
