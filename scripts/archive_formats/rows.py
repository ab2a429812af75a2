"""All articles in one file, a row each: JSON, CSV, Parquet, SQLite; with dates as each kind commonly has them."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from datetime import UTC
from pathlib import Path

from archive_formats.articles import Article, Formats, Writer
from archive_formats.pages import fragment

FIELDS = ("id", "title", "date", "text", "url", "source", "author")
# The headings that an archive of one's own has; the id is kept, the author was never noted.
_OTHER_NAMES = {
    "id": "id",
    "title": "tieu_de",
    "text": "noi_dung",
    "date": "ngay_dang",
    "url": "link",
    "source": "bao",
}

Row = dict[str, str]


def _row(article: Article, *, date: str | None = None, text: str | None = None) -> Row:
    return {
        "id": article.id,
        "title": article.title,
        "date": date or article.published,
        "text": text or "\n\n".join(article.body),
        "url": article.url,
        "source": article.source,
        "author": article.author,
    }


def json_lines(articles: Iterable[Article]) -> bytes:
    """A JSON object a line."""
    return _lines(_row(article) for article in articles)


def _lines(rows: Iterable[Row]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def _json_array(articles: Sequence[Article]) -> bytes:
    """Times are in UTC, where every article is a day older than it is in Vietnam."""
    rows = [_row(article, date=f"{article.moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}") for article in articles]
    return json.dumps(rows, ensure_ascii=False, indent=1).encode()


def _json_lines_of_html(articles: Sequence[Article]) -> bytes:
    return _lines(_row(article, date=article.moment.isoformat(), text=fragment(article)) for article in articles)


def _table(rows: Sequence[Row], dialect: type[csv.Dialect], encoding: str = "utf-8") -> bytes:
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, list(rows[0]), dialect=dialect)
    table.writeheader()
    table.writerows(rows)
    return out.getvalue().encode(encoding)


def _with_other_names(articles: Sequence[Article]) -> bytes:
    """As Excel saves it: with a mark at the beginning, and days before months."""
    rows = [_row(article, date=f"{article.moment:%d/%m/%Y %H:%M}") for article in articles]
    return _table([{new: row[old] for old, new in _OTHER_NAMES.items()} for row in rows], csv.excel, "utf-8-sig")


def _write_parquet(articles: Sequence[Article], folder: Path) -> None:
    """The date is a moment with its zone, not a text."""
    import pyarrow
    from pyarrow import parquet

    columns = {field: [_row(article)[field] for article in articles] for field in FIELDS}
    moments = pyarrow.array([article.moment for article in articles], pyarrow.timestamp("ms", tz="Asia/Ho_Chi_Minh"))
    table = pyarrow.table({**columns, "date": moments})
    parquet.write_table(table, folder / "articles.parquet")


def _write_sqlite(articles: Sequence[Article], folder: Path) -> None:
    path = folder / "articles.sqlite"
    path.unlink(missing_ok=True)
    rows = [_row(article, date=f"{article.moment:%Y-%m-%d %H:%M:%S}") for article in articles]
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("CREATE TABLE articles (id TEXT PRIMARY KEY, title, date, text, url, source, author)")
        base.executemany("INSERT INTO articles VALUES (:id, :title, :date, :text, :url, :source, :author)", rows)


def _one_file(name: str, encode: Callable[[Sequence[Article]], bytes]) -> Writer:
    def write(articles: Sequence[Article], folder: Path) -> None:
        (folder / name).write_bytes(encode(articles))

    return write


FORMATS: Formats = {
    "jsonl": _one_file("articles.jsonl", json_lines),
    "json": _one_file("articles.json", _json_array),
    "jsonl-html": _one_file("articles.jsonl", _json_lines_of_html),
    "csv": _one_file("articles.csv", lambda articles: _table([_row(article) for article in articles], csv.excel)),
    "tsv": _one_file("articles.tsv", lambda articles: _table([_row(article) for article in articles], csv.excel_tab)),
    "csv-other-names": _one_file("articles.csv", _with_other_names),
    "parquet": _write_parquet,
    "sqlite": _write_sqlite,
}
