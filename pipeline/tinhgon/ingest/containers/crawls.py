"""WARC files, as crawlers and the Internet Archive write them: the pages among the records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from tinhgon.ingest.containers.fields import Fields
from tinhgon.ingest.containers.streams import Stream
from tinhgon.ingest.item import MAX_BYTES, Item, id_of, shown
from tinhgon.ingest.known import known_facts
from tinhgon.records import Reject

_RECORDS = frozenset({"response", "resource", "conversion"})
# The kinds of content that can be an article, and the ending each is known by.
_ARTICLES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}  # fmt: skip
_FOUND = "200"
_CODINGS = frozenset({"gzip", "x-gzip", "deflate", "br", "identity"})
_DIGITS = re.compile(r"\D")


def records(stream: Stream, fields: Fields) -> Iterator[Item | Reject]:
    """The pages that were found; scripts, pictures, redirects and requests are no articles and are passed over."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        for record in ArchiveIterator(stream.file):
            suffix = _suffix(record)
            if suffix is not None:
                yield _item_of(record, suffix, stream.path)
    except (ArchiveLoadFailed, AttributeError, TypeError, IndexError, KeyError) as error:
        # The library trips over records without an address or a length.
        raise ValueError(f"a record cannot be read: {error}") from error


def _suffix(record: Any) -> str | None:
    if record.rec_type not in _RECORDS:
        return None
    headers = record.http_headers
    if headers is not None and headers.get_statuscode() != _FOUND:
        return None
    try:
        address = urlsplit(_address(record))
    except ValueError:
        return None
    if address.scheme not in ("http", "https") or address.path == "/robots.txt":
        return None
    kind = (headers or record.rec_headers).get_header("Content-Type") or ""
    return _ARTICLES.get(kind.split(";", 1)[0].strip().lower())


def _item_of(record: Any, suffix: str, path: str) -> Item | Reject:
    address = _address(record)
    fetched = record.rec_headers.get_header("WARC-Date") or ""
    shown_path = shown(f"{path}#{_DIGITS.sub('', fetched)[:14]}/{address}")  # one page may be there at two times
    coding = record.http_headers.get_header("Content-Encoding") if record.http_headers is not None else None
    if coding and coding.strip().lower() not in _CODINGS:
        return Reject(shown_path, "read", f"The page is packed as {coding!r}, which is not known; fetch it again.")
    raw = record.content_stream().read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        return Reject(shown_path, "read", f"too-large: the page has more than {MAX_BYTES // 1_000_000} MB.")
    if not raw:
        return Reject(shown_path, "read", "The page is empty; fetch it again.")
    if getattr(record.raw_stream, "limit", 0) > 0:
        return Reject(shown_path, "read", "The crawl is cut off within this page; fetch it again.")
    known = known_facts(url=address, retrieved=fetched)
    last = urlsplit(address).path.rstrip("/").rsplit("/", 1)[-1]
    stem = last.rsplit(".", 1)[0] if "." in last else last
    return Item(shown_path, id_of(stem or address), suffix, raw=raw, known=known)


def _address(record: Any) -> str:
    return (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
