"""The fact base as flat tables: CSV, a workbook for Excel, Parquet.

The same base gives the same bytes. What articles say is data: in no program does a cell become a formula.
"""

from __future__ import annotations

import csv
import json
import re
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from tinhgon.compare.render import inert
from tinhgon.publish.columns import FACTS, TABLES, Column, Table
from tinhgon.publish.files import PublicationError, is_folder, replacing
from tinhgon.publish.reading import Cell, Row, table_rows
from tinhgon.store import FactBase
from tinhgon.store.export import number

if TYPE_CHECKING:
    import pyarrow

# Steers a terminal, ends a text for some programs, and has no place in XML; tab and new line are none of these.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")

_SHEET_ROWS = 1_048_575  # that Excel takes, below the header
_CELL_UNITS = 32_767  # that it takes in a cell, in UTF-16
_WIDTHS = {"quote": 50, "sentence": 60, "title": 40, "message": 60, "description": 80, "url": 30}
_WIDTH = 14
_NO_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - the workbook wants a day and must have the same one always
_ROW_GROUP = 20_000


def write_csv(base: FactBase, path: Path, min_confidence: float = 0.0) -> int:
    """The facts as one CSV file, or every table as a file of its own where ``path`` is a folder. Counts the facts.

    Text that a spreadsheet would run as a formula begins with an apostrophe; a control character becomes "�".
    """
    written = {}
    for table, file in _files(path, "csv"):
        with replacing(file) as part, part.open("w", encoding="utf-8", newline="") as out:
            written[table.name] = csv_into(out, table, table_rows(base, table, min_confidence))
    return written[FACTS.name]


def csv_into(out: TextIO, table: Table, rows: Iterable[Row]) -> int:
    """Write a table as CSV, header first; returns how many rows.

    >>> import sys
    >>> from tinhgon.publish.columns import FINDINGS
    >>> row = {"fact_id": "1a", "check_id": "c", "severity": "note", "message": "=1+1", "other_id": None}
    >>> csv_into(sys.stdout, FINDINGS, [row])
    fact_id,check_id,severity,message,other_id
    1a,c,note,'=1+1,
    1
    """
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(column.name for column in table.columns)
    written = 0
    for row in rows:
        writer.writerow([_csv_cell(cell) for cell in row.values()])
        written += 1
    return written


def write_xlsx(base: FactBase, path: Path, min_confidence: float = 0.0) -> int:
    """Every table as a sheet of one workbook, and one sheet that tells what the columns mean. Counts the facts.

    A table longer than a sheet goes on in the next one ("facts 2"); a text longer than a cell is cut, with "…".
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileSizeError

    written = {}
    with replacing(path) as part, tempfile.TemporaryDirectory(dir=part.parent, prefix=".sheets-") as folder:
        options = {"constant_memory": True, "tmpdir": folder}
        workbook = xlsxwriter.Workbook(str(part), options)
        workbook.set_properties({"title": "tinhgon", "created": _NO_DAY})
        for table in TABLES:
            written[table.name] = _write_sheets(workbook, table, table_rows(base, table, min_confidence))
        _write_sheet(workbook, "columns", _COLUMNS_OF_COLUMNS, _meanings())
        try:
            workbook.close()
        except FileSizeError as error:
            raise PublicationError(f"{path} would be too large for a workbook; write csv or parquet instead") from error
    return written[FACTS.name]


def write_parquet(base: FactBase, path: Path, min_confidence: float = 0.0) -> int:
    """The facts as one Parquet file, or every table as a file of its own where ``path`` is a folder.

    Columns are typed and carry their meaning; texts are as they stand, control characters included. Counts the facts.
    """
    from pyarrow.parquet import ParquetWriter

    written = {}
    for table, file in _files(path, "parquet"):
        schema = _arrow_schema(table)
        written[table.name] = 0
        with replacing(file) as part, ParquetWriter(part, schema, compression="zstd") as writer:
            rows = table_rows(base, table, min_confidence)
            while group := list(islice(rows, _ROW_GROUP)):
                writer.write_table(_arrow_table(group, schema))
                written[table.name] += len(group)
    return written[FACTS.name]


def _files(path: Path, ending: str) -> Iterator[tuple[Table, Path]]:
    if not is_folder(path):
        yield FACTS, path
        return
    path.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        yield table, path / f"{table.name}.{ending}"


def _csv_cell(cell: Cell) -> str | int | float | None:
    if isinstance(cell, list):
        return json.dumps([_plain(item) for item in cell], ensure_ascii=False)
    if isinstance(cell, str):
        return _plain(inert(cell))
    return number(cell)


def _plain(text: str) -> str:
    """The text without what a table cannot hold; a bare carriage return would end a row without being quoted."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))


# ---------------------------------------------------------------------- workbooks

_COLUMNS_OF_COLUMNS = (
    Column("table", "text", ""),
    Column("column", "text", ""),
    Column("description", "text", ""),
)


def _meanings() -> Iterator[Row]:
    for table in TABLES:
        yield {"table": table.name, "column": None, "description": table.description}
        for column in table.columns:
            yield {"table": table.name, "column": column.name, "description": column.description}


def _write_sheets(workbook: Any, table: Table, rows: Iterator[Row]) -> int:
    written = 0
    for sheet in count(1):
        name = table.name if sheet == 1 else f"{table.name} {sheet}"
        lines = _write_sheet(workbook, name, table.columns, islice(rows, _SHEET_ROWS))
        written += lines
        if lines < _SHEET_ROWS:
            break
    return written


def _write_sheet(workbook: Any, name: str, columns: tuple[Column, ...], rows: Iterable[Row]) -> int:
    sheet = workbook.add_worksheet(name)
    bold = workbook.add_format({"bold": True})
    for at, column in enumerate(columns):
        sheet.set_column(at, at, _WIDTHS.get(column.name, _WIDTH))
        sheet.write_string(0, at, column.name, bold)
    line = 0
    for line, row in enumerate(rows, 1):
        for at, cell in enumerate(row.values()):
            if isinstance(cell, int | float):
                sheet.write_number(line, at, cell)
            elif cell:
                sheet.write_string(line, at, _sheet_text(cell))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, line, len(columns) - 1)
    return line


def _sheet_text(cell: str | list[str]) -> str:
    """A text as a cell takes it; lists are for the eye here.

    >>> _sheet_text(["18-NQ/TW", "39-NQ/TW"])
    '18-NQ/TW; 39-NQ/TW'
    """
    text = _plain("; ".join(cell) if isinstance(cell, list) else cell)
    if len(text) * 2 <= _CELL_UNITS:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * _CELL_UNITS:
        return text
    return units[: 2 * (_CELL_UNITS - 1)].decode("utf-16-le", errors="ignore") + "…"


# ---------------------------------------------------------------------- Parquet


def _arrow_schema(table: Table) -> pyarrow.Schema:
    import pyarrow

    kinds = {"number": pyarrow.float64(), "integer": pyarrow.int64(), "list": pyarrow.list_(pyarrow.string())}
    return pyarrow.schema(
        [
            pyarrow.field(column.name, kinds.get(column.kind, pyarrow.string()), metadata={"is": column.description})
            for column in table.columns
        ]
    )


def _arrow_table(rows: list[Row], schema: pyarrow.Schema) -> pyarrow.Table:
    import pyarrow

    return pyarrow.Table.from_pylist(rows, schema=schema)
