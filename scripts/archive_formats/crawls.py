"""What crawlers store: WARC files with requests, responses and metadata, and a WACZ package of them.

An article's address is all that tells which record is which; WACZ also lists its pages by id.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import uuid
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import urlsplit

from archive_formats.articles import RETRIEVED, Article, Formats
from archive_formats.pages import PNG, page

_DATE = f"{RETRIEVED:%Y-%m-%dT%H:%M:%SZ}"
_HTML = "text/html; charset=utf-8"
_NOT_FOUND = "<html><head><title>404</title></head><body><h1>Không tìm thấy trang</h1></body></html>"


@dataclass(frozen=True, slots=True)
class _Record:
    """One WARC record; its id follows from its kind and address."""

    kind: str
    url: str
    content_type: str
    block: bytes
    more: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{self.kind} {self.url}')}>"

    def encode(self) -> bytes:
        target = {"WARC-Filename": self.url} if self.kind == "warcinfo" else {"WARC-Target-URI": self.url}
        headers = {
            "WARC-Type": self.kind,
            "WARC-Record-ID": self.id,
            "WARC-Date": _DATE,
            **target,
            **self.more,
            "WARC-Block-Digest": _sha1(self.block),
            "Content-Type": self.content_type,
            "Content-Length": str(len(self.block)),
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return b"WARC/1.1\r\n" + head.encode() + b"\r\n" + self.block + b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a server answered."""

    url: str
    status: str
    content_type: str
    body: bytes

    @property
    def digest(self) -> str:
        return _sha1(self.body)


def _sha1(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode("ascii")


def _answers(articles: Sequence[Article]) -> Iterator[_Answer]:
    """The articles' pages, and on the first one's site a picture and a page that is gone."""
    for article in articles:
        yield _Answer(article.url, "200 OK", _HTML, page(article).encode())
    home = f"https://{articles[0].source}"
    yield _Answer(f"{home}/anh/1.png", "200 OK", "image/png", PNG)
    yield _Answer(f"{home}/chinh-tri/da-go.html", "404 Not Found", _HTML, _NOT_FOUND.encode())


def _records(answer: _Answer) -> list[_Record]:
    """Request, response and metadata of one address."""
    parts = urlsplit(answer.url)
    request = f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nUser-Agent: crawler/1.0\r\nAccept: */*\r\n\r\n"
    head = (
        f"HTTP/1.1 {answer.status}\r\nDate: {format_datetime(RETRIEVED, usegmt=True)}\r\nServer: nginx\r\n"
        f"Content-Type: {answer.content_type}\r\nContent-Length: {len(answer.body)}\r\nConnection: close\r\n\r\n"
    )
    http = "application/http; msgtype="
    payload = {"WARC-Payload-Digest": answer.digest, "WARC-IP-Address": "192.0.2.1"}
    response = _Record("response", answer.url, f"{http}response", head.encode() + answer.body, payload)
    concurrent = {"WARC-Concurrent-To": response.id}
    return [
        _Record("request", answer.url, f"{http}request", request.encode(), concurrent),
        response,
        _Record("metadata", answer.url, "application/warc-fields", b"fetchTimeMs: 120\r\n", concurrent),
    ]


def _info(name: str) -> _Record:
    fields = "software: crawler/1.0\r\nformat: WARC File Format 1.1\r\n"
    return _Record("warcinfo", name, "application/warc-fields", fields.encode())


def _write_warc(articles: Sequence[Article], folder: Path) -> None:
    records = [_info("articles.warc"), *(record for answer in _answers(articles) for record in _records(answer))]
    (folder / "articles.warc").write_bytes(b"".join(record.encode() for record in records))


def _packed(articles: Sequence[Article], name: str) -> tuple[bytes, list[str]]:
    """A WARC file each of whose records is compressed by itself, and the lines of its index."""
    packed, index = _member(_info(name)), []
    for answer in _answers(articles):
        for record in _records(answer):
            member = _member(record)
            if record.kind == "response":
                index.append(_index_line(answer, name, len(packed), len(member)))
            packed += member
    return packed, sorted(index)


def _member(record: _Record) -> bytes:
    return gzip.compress(record.encode(), mtime=0)


def _index_line(answer: _Answer, name: str, offset: int, length: int) -> str:
    parts = urlsplit(answer.url)
    entry = {
        "url": answer.url,
        "mime": answer.content_type.split(";")[0],
        "status": answer.status.split()[0],
        "digest": answer.digest,
        "length": str(length),
        "offset": str(offset),
        "filename": name,
    }
    return f"{','.join(reversed(parts.netloc.split('.')))}){parts.path} {RETRIEVED:%Y%m%d%H%M%S} {json.dumps(entry)}\n"


def _write_warc_gz(articles: Sequence[Article], folder: Path) -> None:
    (folder / "articles.warc.gz").write_bytes(_packed(articles, "articles.warc.gz")[0])


def _write_wacz(articles: Sequence[Article], folder: Path) -> None:
    packed, index = _packed(articles, "data.warc.gz")
    pages = [{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}]
    pages += [{"id": item.id, "url": item.url, "ts": _DATE, "title": item.title} for item in articles]
    files = {
        "archive/data.warc.gz": packed,
        "indexes/index.cdx": "".join(index).encode(),
        "pages/pages.jsonl": "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in pages).encode(),
    }
    files["datapackage.json"] = package = _data_package(files)
    digest = {"path": "datapackage.json", "hash": _sha256(package)}
    files["datapackage-digest.json"] = json.dumps(digest, indent=1).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as wacz:  # nothing is compressed, so that records can be read in place
        for name, content in files.items():
            wacz.writestr(zipfile.ZipInfo(name, RETRIEVED.timetuple()[:6]), content)
    (folder / "articles.wacz").write_bytes(out.getvalue())


def _data_package(files: dict[str, bytes]) -> bytes:
    resources = [
        {"name": Path(path).name, "path": path, "hash": _sha256(content), "bytes": len(content)}
        for path, content in files.items()
    ]
    described = {"profile": "data-package", "wacz_version": "1.1.1", "created": _DATE, "resources": resources}
    return json.dumps(described, indent=1).encode()


def _sha256(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


FORMATS: Formats = {"warc": _write_warc, "warc-gz": _write_warc_gz, "wacz": _write_wacz}
