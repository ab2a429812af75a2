"""Files packed into others, and files whose names tell the wrong thing."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from itertools import cycle
from pathlib import Path

from archive_formats.articles import RETRIEVED, Article, Formats, plain_text
from archive_formats.documents import docx, pdf
from archive_formats.feeds import mail
from archive_formats.pages import page, saved_page
from archive_formats.rows import json_lines

_FOLDER = "bài báo"


def _texts(articles: Sequence[Article], folder: str = _FOLDER) -> dict[str, bytes]:
    return {f"{folder}/{article.id}.txt": plain_text(article).encode() for article in articles}


def _zip(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in files.items():
            member = zipfile.ZipInfo(name, RETRIEVED.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(member, content)
    return out.getvalue()


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


def _write_zip(articles: Sequence[Article], folder: Path) -> None:
    (folder / "articles.zip").write_bytes(_zip(_texts(articles)))


def _write_zip_of_html(articles: Sequence[Article], folder: Path) -> None:
    pages = {f"{_FOLDER}/{article.id}.html": page(article).encode() for article in articles}
    (folder / "articles.zip").write_bytes(_zip(pages))


def _write_zip_in_zip(articles: Sequence[Article], folder: Path) -> None:
    """Two zip files of half the articles each in a third."""
    middle = len(articles) // 2
    halves = {"phần 1.zip": articles[:middle], "phần 2.zip": articles[middle:]}
    inner = {name: _zip(_texts(half)) for name, half in halves.items()}
    (folder / "articles.zip").write_bytes(_zip(inner))


def _write_tar_gz(articles: Sequence[Article], folder: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as packed:
        for name, content in _texts(articles).items():
            member = tarfile.TarInfo(name)
            member.size, member.mtime = len(content), int(RETRIEVED.timestamp())
            packed.addfile(member, io.BytesIO(content))
    (folder / "articles.tar.gz").write_bytes(_gzip(out.getvalue()))


def _write_gz(articles: Sequence[Article], folder: Path) -> None:
    for article in articles:
        (folder / f"{article.id}.txt.gz").write_bytes(_gzip(plain_text(article).encode()))


def _write_zst(articles: Sequence[Article], folder: Path) -> None:
    import zstandard

    (folder / "articles.jsonl.zst").write_bytes(zstandard.ZstdCompressor().compress(json_lines(articles)))


def _write_json_lines_gz(articles: Sequence[Article], folder: Path) -> None:
    (folder / "articles.jsonl.gz").write_bytes(_gzip(json_lines(articles)))


# What the name says, and what the file is.
_WRONG: dict[str, Callable[[Article], bytes]] = {
    "html.txt": lambda article: page(article).encode(),
    "gz.txt": lambda article: _gzip(plain_text(article).encode()),
    "txt.html": lambda article: plain_text(article).encode(),
    "pdf.txt": pdf,
    "docx.doc": docx,
    "html.pdf": lambda article: page(article).encode(),
    "mhtml.html": saved_page,
    "eml.txt": mail,
    "zip.txt": lambda article: _zip(_texts([article])),
    "txt": lambda article: plain_text(article).encode(),  # no suffix at all
}


def _write_wrong_suffixes(articles: Sequence[Article], folder: Path) -> None:
    """Every article is another kind of file under the name of a second kind."""
    for article, (kinds, encode) in zip(articles, cycle(_WRONG.items()), strict=False):
        _, dot, told = kinds.partition(".")
        (folder / f"{article.id}{dot}{told}").write_bytes(encode(article))


FORMATS: Formats = {
    "txt-wrong-suffix": _write_wrong_suffixes,
    "zip": _write_zip,
    "zip-html": _write_zip_of_html,
    "tar-gz": _write_tar_gz,
    "gz": _write_gz,
    "zst": _write_zst,
    "jsonl-gz": _write_json_lines_gz,
    "zip-in-zip": _write_zip_in_zip,
}
