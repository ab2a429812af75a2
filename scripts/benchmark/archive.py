"""An archive on disk: a folder of texts or pages, a thousand to a folder, or one file of rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal, TypeAlias

from benchmark.articles import Article, Kind, articles
from benchmark.pages import address, page

Format: TypeAlias = Literal["txt", "html", "jsonl"]
FORMATS: tuple[Format, ...] = ("txt", "html", "jsonl")
_PER_FOLDER = 1000


def write_archive(folder: Path, count: int, *, seed: int, kind: Kind, format: Format) -> int:
    """Write so many articles below ``folder``, always the same for one seed; returns how many bytes they have."""
    folder.mkdir(parents=True, exist_ok=True)
    if format == "jsonl":
        return _write_rows(folder / "articles.jsonl", count, seed, kind)
    written = 0
    for number, article in enumerate(articles(kind, count, seed)):
        place = folder / f"{number // _PER_FOLDER:03}"
        if number % _PER_FOLDER == 0:
            place.mkdir(exist_ok=True)
        text = article.text if format == "txt" else page(article, kind, seed)
        written += (place / f"{article.id}.{format}").write_bytes(text.encode())
    return written


def _write_rows(path: Path, count: int, seed: int, kind: Kind) -> int:
    with path.open("wb") as file:
        return sum(file.write(_row(article)) for article in articles(kind, count, seed))


def _row(article: Article) -> bytes:
    text = "\n\n".join((article.lead, *article.paragraphs, article.author))
    row = {"title": article.title, "date": article.published, "url": address(article), "text": text}
    return json.dumps(row, ensure_ascii=False).encode() + b"\n"
