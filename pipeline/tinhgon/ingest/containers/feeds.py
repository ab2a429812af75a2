"""RSS and Atom dumps: an article an entry."""

from __future__ import annotations

import io
from collections.abc import Iterator

from tinhgon.ingest.containers.fields import Fields, item_of
from tinhgon.ingest.containers.streams import Stream
from tinhgon.ingest.item import Item
from tinhgon.records import Reject

_MAX_FEED = 50_000_000
_COLUMNS = Fields(text="text", title="title", date="date", url="url", source="source", author="author", id="id")


def entries(stream: Stream, fields: Fields) -> Iterator[Item | Reject]:
    """The entries of a feed with the fullest text each has."""
    import feedparser

    # The text is cleaned by our own reader of pages, which sees the markup as it was written.
    feed = feedparser.parse(io.BytesIO(stream.read_all(_MAX_FEED)), sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        yield Reject(
            stream.path, "parse", "The feed has no entries, or is cut off before the first one; fetch it again."
        )
        return
    site = feed.feed.get("link") or feed.feed.get("title") or ""
    for number, entry in enumerate(feed.entries, 1):
        bodies = [part.get("value", "") for part in entry.get("content", [])] + [entry.get("summary", "")]
        row = {
            "text": max(bodies, key=len),
            "title": entry.get("title"),
            "date": entry.get("published") or entry.get("date"),
            "url": entry.get("link"),
            "source": entry.get("link") or site,
            "author": entry.get("author"),
            "id": _id_of(entry.get("id") or entry.get("link") or ""),
        }
        item = item_of(row, _COLUMNS, stream.path, number)
        if item is None:
            yield Reject(f"{stream.path}#{number}", "read", "The entry has no text; fetch the article itself.")
        else:
            yield item


def _id_of(address: str) -> str | None:
    """What tells an entry apart in its address: its last part, or the query where that has the number.

    >>> _id_of("https://bao.vn/chinh-tri/gon-bo-may-123.html"), _id_of("https://bao.vn/?p=12")
    ('gon-bo-may-123', 'p=12')
    """
    path, _, query = address.split("#", 1)[0].partition("?")
    last = path.rstrip("/").rsplit("/", 1)[-1] if "://" not in path or path.rstrip("/").count("/") > 2 else ""
    stem = last.rsplit(".", 1)[0]
    return stem if stem and not query else "-".join(part for part in (stem, query) if part) or None
