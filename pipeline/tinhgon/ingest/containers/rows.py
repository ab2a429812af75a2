"""Tables and row files: JSON lines, JSON, CSV, Parquet, SQLite. An article a row; a bad row is a reject of its own."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any

from tinhgon.ingest.containers.fields import Fields, FieldsError, item_of
from tinhgon.ingest.containers.streams import Stream, TooLargeError
from tinhgon.ingest.decoding import decode, unmarked_utf16
from tinhgon.ingest.item import MAX_BYTES, Item
from tinhgon.records import Reject

# One JSON document has to be held in memory, several times its size; JSON lines have no such limit.
_MAX_JSON = 100_000_000
_MAX_TABLE = 256_000_000
_BATCH = 8  # rows of Parquet held at once: a few bytes of it can stand for many megabytes
# Excel's hint on the first line, a byte that is no UTF-8, a cell in quotes.
_SEPARATOR = re.compile(r"sep=.\r?$", re.IGNORECASE)
_ODD_BYTE = re.compile("[\udc80-\udcff]")
_QUOTED_CELL = re.compile(r'(?:^|\t)"(?:[^"]|"")*"(?=\t|\r?$)', re.MULTILINE)
# SQLite may think this long about a row.
_PATIENCE, _STEPS = 60.0, 10_000
_LISTS = ("articles", "data", "items", "documents", "docs", "results", "rows", "entries", "records", "posts", "hits")
_NESTED = 3  # levels at which a list of articles is looked for in an answer of a server
_KEYS_KEPT = 1_000  # sets of columns remembered

Row = Mapping[str, Any]


class _Chooser:
    """The columns of each row, chosen anew where a row has other ones than those before it."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields
        self._chosen: dict[frozenset[str], Fields] = {}

    def among(self, row: Row) -> Fields:
        """The columns of ``row``. Raises ``FieldsError`` where none holds a text."""
        keys = frozenset(row)
        if keys not in self._chosen:
            if len(self._chosen) >= _KEYS_KEPT:
                self._chosen.clear()
            self._chosen[keys] = self._fields.among(row)
        return self._chosen[keys]


def json_lines(stream: Stream, fields: Fields) -> Iterator[Item | Reject]:
    """One JSON object a line; an object that holds a list of articles is all of them."""
    chooser = _Chooser(fields)
    any_line = False
    for number, line in enumerate(stream.lines(), 1):
        path = f"{stream.path}#{number}"
        any_line = any_line or line is None or bool(line.strip())
        if line is None:
            yield Reject(path, "read", f"too-large: the line has more than {MAX_BYTES // 1_000_000} MB.")
        elif line.strip():
            row = _parsed(line)
            inner = _list_in(row, chooser) if isinstance(row, dict) else None
            if inner is not None:
                yield from _entries(inner, chooser, path)
            else:
                yield from _entry(row, chooser, stream.path, number)
    if not any_line:
        yield Reject(stream.path, "read", "There are no rows in the file; fetch it again or leave it out.")


def json_document(stream: Stream, fields: Fields) -> Iterator[Item | Reject]:
    """A list of objects, an object that holds one under a usual name, or an object that is an article."""
    chooser = _Chooser(fields)
    data = _parsed(stream.read_all(_MAX_JSON))
    if isinstance(data, dict):
        inner = _list_in(data, chooser)
        yield from _entries(inner if inner is not None else [data], chooser, stream.path)
    elif isinstance(data, list):
        yield from _entries(data, chooser, stream.path)
    else:
        yield Reject(stream.path, "parse", "The file is no JSON of objects; mend it, or save it as JSON lines.")


def _list_in(data: Row, chooser: _Chooser, depth: int = _NESTED) -> list[Any] | None:
    """The list of articles in an object that is no article itself."""
    try:
        chooser.among(data)
    except FieldsError:
        for name in _LISTS:
            if isinstance(data.get(name), list) and any(isinstance(one, dict) for one in data[name]):
                return list(data[name])
        inner = (value for value in data.values() if isinstance(value, dict)) if depth else ()
        return next((found for one in inner if (found := _list_in(one, chooser, depth - 1)) is not None), None)
    return None


def _entries(rows: Sequence[Any], chooser: _Chooser, path: str) -> Iterator[Item | Reject]:
    for number, row in enumerate(rows, 1):
        yield from _entry(row, chooser, path, number)


def _entry(row: Any, chooser: _Chooser, path: str, number: int) -> Iterator[Item | Reject]:
    """One object as an item, or the reason why it is none."""
    if not isinstance(row, dict):
        yield Reject(f"{path}#{number}", "parse", "This is no JSON object; mend or delete it.")
        return
    try:
        chosen = chooser.among(row)
    except FieldsError as error:
        yield Reject(f"{path}#{number}", "parse", str(error))
        return
    yield from _items([row], chosen, path, number)


def _parsed(raw: bytes) -> Any:
    try:
        return json.loads(raw.removeprefix(codecs.BOM_UTF8), strict=False)
    except (ValueError, RecursionError):
        return None


def csv_rows(stream: Stream, fields: Fields) -> Iterator[Item | Reject]:
    """A table whose first line names its columns; parted by commas, semicolons, tabs or bars, whichever it uses."""
    head = stream.head()
    encoding = _encoding_of(head)
    text = io.TextIOWrapper(stream.file, encoding=encoding, errors="surrogateescape", newline="")
    opening = head.decode(encoding, errors="replace").removeprefix("\ufeff")
    first = next((line for line in opening.split("\n") if not _SEPARATOR.match(line)), "")
    delimiter = max(",;\t|", key=first.count)
    csv.field_size_limit(MAX_BYTES)
    # Tables parted by tabs are seldom quoted, and a stray quote would swallow the rows behind it.
    is_plain = delimiter == "\t" and not _QUOTED_CELL.search(opening)
    reader = csv.reader(_bounded(text), delimiter=delimiter, quoting=csv.QUOTE_NONE if is_plain else csv.QUOTE_MINIMAL)
    columns = next((cells for cells in reader if not _SEPARATOR.match(delimiter.join(cells))), [])
    chosen = fields.among(columns)
    number = 0
    for number, cells in enumerate(reader, 1):
        if any(cells):
            yield from _csv_row(cells, columns, chosen, delimiter, f"{stream.path}", number)
    if not number:
        yield Reject(stream.path, "read", "There are no rows below the head; fetch the file again or leave it out.")


def _csv_row(
    cells: list[str], columns: list[str], chosen: Fields, delimiter: str, path: str, number: int
) -> Iterator[Item | Reject]:
    if len(cells) > len(columns):
        why = f"The row has {len(cells)} cells, the head {len(columns)}; put cells with a {delimiter!r} into quotes."
        yield Reject(f"{path}#{number}", "parse", why)
        return
    widest = max(line.count(delimiter) for cell in cells for line in cell.split("\n"))
    if len(columns) > 2 and delimiter in "\t|" and widest >= len(columns) - 1:
        why = "A cell holds what looks like further rows: a quote was opened and not closed; mend the line before."
        yield Reject(f"{path}#{number}", "parse", why)
        return
    row: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        row[column] = row.get(column) or cell  # of two columns of one name the one that holds something
    yield from _items([_recoded(row)], chosen, path, number)


def _encoding_of(head: bytes) -> str:
    """UTF-8 or UTF-16; bytes that are neither are recognised row by row."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return unmarked_utf16(head[: len(head) // 2 * 2]) or "utf-8-sig"


def _recoded(row: Mapping[str, str]) -> Row:
    """The cells of an old encoding, recognised by all of them together: one alone has too few letters."""
    joined = "\n\x0c\n".join(row.values())
    if not _ODD_BYTE.search(joined):
        return row
    decoded = decode(joined.encode("utf-8", "surrogateescape"))
    cells = [] if isinstance(decoded, str) else decoded.text.split("\n\x0c\n")
    return dict(zip(row, cells, strict=True)) if len(cells) == len(row) else row


def _bounded(text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(MAX_BYTES):
        if len(line) >= MAX_BYTES:
            raise TooLargeError(f"a line has more than {MAX_BYTES // 1_000_000} MB")
        yield line.replace("\0", "")


def parquet_rows(stream: Stream, fields: Fields) -> Iterator[Item | Reject]:
    """The rows of a Parquet file, a few at a time; only the columns that are wanted are read."""
    import pyarrow
    import pyarrow.parquet

    try:
        table = pyarrow.parquet.ParquetFile(stream.seekable_file(_MAX_TABLE))
        chosen = fields.among(table.schema_arrow.names)
        wanted = [name for name in _columns_of(chosen) if name is not None]
        number = 0
        for batch in table.iter_batches(batch_size=_BATCH, columns=wanted):
            yield from _items(batch.to_pylist(), chosen, stream.path, number + 1)
            number += batch.num_rows
    except pyarrow.ArrowException as error:
        raise ValueError(str(error)) from error


def sqlite_rows(stream: Stream, fields: Fields) -> Iterator[Item | Reject]:
    """The rows of the one table that holds texts, or of the table named."""
    with closing(_database(stream)) as db:
        db.execute("PRAGMA trusted_schema = OFF")
        db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 2 * MAX_BYTES)
        clock = _Clock()
        db.set_progress_handler(clock.is_over, _STEPS)
        table, chosen = _table_with_texts(db, fields)
        wanted = [name for name in _columns_of(chosen) if name is not None]
        columns = ", ".join(_quoted(name) for name in wanted)
        cursor = db.execute(f"SELECT {columns} FROM {_quoted(table)}")  # noqa: S608 - names quoted as identifiers
        for number, cells in enumerate(cursor, 1):
            yield from _items([dict(zip(wanted, cells, strict=True))], chosen, stream.path, number)
            clock.start()


class _Clock:
    """Ends a query that takes too long over one row, as a hostile view would."""

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        self._began = time.monotonic()

    def is_over(self) -> bool:
        return time.monotonic() - self._began > _PATIENCE


def _database(stream: Stream) -> sqlite3.Connection:
    if stream.real is not None:
        db = sqlite3.connect(f"{stream.real.absolute().as_uri()}?mode=ro", uri=True)
    else:
        db = sqlite3.connect(":memory:")
        db.deserialize(stream.read_all(_MAX_TABLE))
    db.text_factory = lambda raw: raw.decode("utf-8", errors="replace")
    return db


def _table_with_texts(db: sqlite3.Connection, fields: Fields) -> tuple[str, Fields]:
    tables = [
        name
        # A view may hold anything and is read only where it is asked for.
        for (name,) in db.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' OR type = 'view' AND name = ? ORDER BY name",
            (fields.table,),
        )
        if not name.startswith("sqlite_")
    ]
    if fields.table is not None:
        if fields.table not in tables:
            raise FieldsError(f"There is no table {fields.table!r}; the tables are {', '.join(map(repr, tables))}.")
        return fields.table, fields.among(_columns_in(db, fields.table))
    found: list[tuple[str, Fields]] = []
    for table in tables:
        try:
            chosen = fields.among(_columns_in(db, table))
        except FieldsError:
            continue
        if chosen.text is not None:
            found.append((table, chosen))
    if len(found) != 1:
        what = "Several tables hold texts" if found else "No table is known to hold texts"
        raise FieldsError(f"{what}; name one with --table. The tables are {', '.join(map(repr, tables)) or 'none'}.")
    return found[0]


def _columns_in(db: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in db.execute(f"PRAGMA table_info({_quoted(table)})")]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _columns_of(chosen: Fields) -> list[str | None]:
    return list(
        dict.fromkeys(
            (
                chosen.id,
                chosen.title,
                chosen.lead,
                chosen.text,
                chosen.date,
                chosen.url,
                chosen.source,
                chosen.author,
                chosen.retrieved,
            )
        )
    )


def _items(rows: Iterable[Row], chosen: Fields, path: str, first: int) -> Iterator[Item | Reject]:
    for number, row in enumerate(rows, first):
        try:
            item = item_of(row, chosen, path, number)
        except Exception as error:  # noqa: BLE001 - a cell may hold anything; one bad row must not lose the others
            yield Reject(f"{path}#{number}", "parse", f"The row cannot be read ({type(error).__name__}); mend it.")
            continue
        if item is None:
            yield Reject(f"{path}#{number}", "read", "The row has no text; leave it out of the archive.")
        elif item.raw is not None and len(item.raw) > MAX_BYTES:
            yield Reject(item.path, "read", f"too-large: the text has more than {MAX_BYTES // 1_000_000} MB.")
        else:
            yield item
