"""Tables and row files: JSON lines, JSON, CSV, Parquet, SQLite. An article a row; a bad row is a reject of its own."""

from __future__ import annotations

import codecs
import csv
import io
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from typing import Any
from urllib.parse import quote

from tinhgon.ingest.containers.fields import Fields, FieldsError, item_of
from tinhgon.ingest.containers.streams import Stream, TooLargeError
from tinhgon.ingest.decoding import decode
from tinhgon.ingest.item import MAX_BYTES, Item
from tinhgon.records import Reject

# One JSON document has to be held in memory, several times its size; JSON lines have no such limit.
_MAX_JSON = 100_000_000
_MAX_TABLE = 256_000_000
_BATCH = 100
_LISTS = ("articles", "data", "items", "documents", "docs", "results", "rows", "entries", "records")
_SAMPLE = 1 << 16

Row = Mapping[str, Any]


def json_lines(stream: Stream, fields: Fields) -> Iterator[Item | Reject]:
    """One JSON object a line."""
    chosen: Fields | None = None
    for number, line in enumerate(stream.lines(), 1):
        path = f"{stream.path}#{number}"
        if line is None:
            yield Reject(path, "read", f"too-large: the line has more than {MAX_BYTES // 1_000_000} MB.")
            continue
        if not line.strip():
            continue
        row = _parsed(line)
        if not isinstance(row, dict):
            yield Reject(path, "parse", "The line is no JSON object; mend or delete it.")
            continue
        if chosen is None or not _covers(chosen, row):
            try:
                chosen = fields.among(row)
            except FieldsError as error:
                yield Reject(path, "parse", str(error))
                continue
        yield from _items([row], chosen, stream.path, number)


def _covers(chosen: Fields, row: Row) -> bool:
    """Whether the columns chosen for an earlier row serve this one: it has the text, or whatever there is of it."""
    return (chosen.text or chosen.title or chosen.lead) in row


def json_document(stream: Stream, fields: Fields) -> Iterator[Item | Reject]:
    """A list of objects, an object that holds one under a usual name, or an object that is an article."""
    data = _parsed(stream.read_all(_MAX_JSON))
    rows: Iterable[Any]
    if isinstance(data, dict):
        rows = next((data[name] for name in _LISTS if isinstance(data.get(name), list)), [data])
    elif isinstance(data, list):
        rows = data
    else:
        yield Reject(stream.path, "parse", "The file is no JSON of objects; mend it, or save it as JSON lines.")
        return
    chosen: Fields | None = None
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            yield Reject(f"{stream.path}#{number}", "parse", "The entry is no JSON object; mend or delete it.")
            continue
        if chosen is None or not _covers(chosen, row):
            chosen = fields.among(row)
        yield from _items([row], chosen, stream.path, number)


def _parsed(raw: bytes) -> Any:
    try:
        return json.loads(raw.removeprefix(codecs.BOM_UTF8), strict=False)
    except (ValueError, RecursionError):
        return None


def csv_rows(stream: Stream, fields: Fields) -> Iterator[Item | Reject]:
    """A table whose first line names its columns; parted by commas, semicolons, tabs or bars, whichever it uses."""
    head = stream.head()
    encoding = _encoding_of(head)
    text = io.TextIOWrapper(stream.file, encoding=encoding, errors="replace", newline="")
    first = head.decode(encoding, errors="replace").split("\n", 1)[0]
    delimiter = max(",;\t|", key=first.count)
    csv.field_size_limit(MAX_BYTES)
    reader = csv.reader(_bounded(text), delimiter=delimiter)
    columns = next(reader, [])
    chosen = fields.among(columns)
    for number, cells in enumerate(reader, 1):
        if not any(cells):
            continue
        if len(cells) > len(columns):
            yield Reject(
                f"{stream.path}#{number}",
                "parse",
                f"The row has {len(cells)} cells, the head {len(columns)}; put cells with a comma into quotes.",
            )
            continue
        row = dict(zip(columns, cells, strict=False))
        yield from _items([row if encoding != "latin-1" else _recoded(row)], chosen, stream.path, number)


def _encoding_of(head: bytes) -> str:
    """UTF-8, UTF-16, or bytes one by one, to be recognised row by row."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8-sig"


def _recoded(row: Mapping[str, str]) -> Row:
    """The cells of an old encoding, recognised by all of them together: one alone has too few letters."""
    joined = "\x1f".join(row.values())
    decoded = decode(joined.encode("latin-1").replace(b"\x1f", b"\n\x0c\n"))
    if isinstance(decoded, str):
        return row
    cells = decoded.text.split("\n\x0c\n")
    return dict(zip(row, cells, strict=False)) if len(cells) == len(row) else row


def _bounded(text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(MAX_BYTES):
        if len(line) >= MAX_BYTES:
            raise TooLargeError(f"a line has more than {MAX_BYTES // 1_000_000} MB")
        yield line


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
        table, chosen = _table_with_texts(db, fields)
        wanted = [name for name in _columns_of(chosen) if name is not None]
        columns = ", ".join(_quoted(name) for name in wanted)
        cursor = db.execute(f"SELECT {columns} FROM {_quoted(table)}")  # noqa: S608 - names quoted as identifiers
        for number, cells in enumerate(cursor, 1):
            yield from _items([dict(zip(wanted, cells, strict=True))], chosen, stream.path, number)


def _database(stream: Stream) -> sqlite3.Connection:
    if stream.depth == 0:
        db = sqlite3.connect(f"file:{quote(stream.path)}?mode=ro", uri=True)
    else:
        db = sqlite3.connect(":memory:")
        db.deserialize(stream.read_all(_MAX_TABLE))
    db.text_factory = lambda raw: raw.decode("utf-8", errors="replace")
    return db


def _table_with_texts(db: sqlite3.Connection, fields: Fields) -> tuple[str, Fields]:
    tables = [
        name
        for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name")
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
        item = item_of(row, chosen, path, number)
        if item is None:
            yield Reject(f"{path}#{number}", "read", "The row has no text; leave it out of the archive.")
        elif item.raw is not None and len(item.raw) > MAX_BYTES:
            yield Reject(item.path, "read", f"too-large: the text has more than {MAX_BYTES // 1_000_000} MB.")
        else:
            yield item
