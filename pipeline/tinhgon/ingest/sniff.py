"""What kind of file it is: by its first bytes, and by its name only where those do not tell."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal[
    "text", "pdf", "ole", "rtf", "image", "zip", "tar", "gz", "bz2", "xz", "zst", "warc", "parquet", "sqlite", "jsonl",
    "json", "csv", "feed", "mail",
]  # fmt: skip

HEAD = 4096  # bytes that are looked at

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gz"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zst"),
    (b"PAR1", "parquet"),
    (b"SQLite format 3\x00", "sqlite"),
    (b"WARC/", "warc"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
)
_ANY_MAGIC = tuple(magic for magic, _ in _MAGIC)
_TAR_MARK, _TAR_AT = b"ustar", 257
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)\b")
_HEADERS = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{1,40}:[ \t][^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){3}")
_MAIL_HEADER = re.compile(
    rb"^(?:MIME-Version|Received|Return-Path|Delivered-To|Message-ID|From|Content-Type):", re.IGNORECASE | re.MULTILINE
)
_JSON_OBJECT = re.compile(rb'\s*\{\s*"(?:[^"\\]|\\.)*"\s*:')
_JSON_ARRAY = re.compile(rb"\s*\[\s*[{\]]")
_UTF8_MARK = b"\xef\xbb\xbf"
_BY_NAME: dict[str, Kind] = {
    ".csv": "csv", ".tsv": "csv", ".tab": "csv", ".eml": "mail", ".mht": "mail", ".mhtml": "mail",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json",
}  # fmt: skip


def kind_of(head: bytes, suffix: str = "") -> Kind:
    """The kind of the file that begins with ``head``; "text" is whatever decodes as such, HTML included.

    >>> kind_of(b"PK\\x03\\x04..."), kind_of(b"%PDF-1.7"), kind_of(b'{"title": "Tin"}', ".txt")
    ('zip', 'pdf', 'jsonl')
    >>> kind_of("Gọn bộ máy".encode(), ".csv"), kind_of("Gọn bộ máy".encode(), ".pdf")
    ('csv', 'text')
    """
    if head.startswith(_ANY_MAGIC):
        return next(kind for magic, kind in _MAGIC if head.startswith(magic))
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head[_TAR_AT : _TAR_AT + len(_TAR_MARK)] == _TAR_MARK:
        return "tar"
    start = head.removeprefix(_UTF8_MARK)
    if start.lstrip().startswith(b"<") and _FEED.match(after_prolog(start.decode("latin-1"))):
        return "feed"
    if _JSON_OBJECT.match(start):
        # One object over several lines is one JSON document; one a line is a row.
        return "json" if suffix == ".json" or re.match(rb"\s*\{\s*\n", start) else "jsonl"
    if _JSON_ARRAY.match(start):
        return "json"
    if _HEADERS.match(start) and len(_MAIL_HEADER.findall(start)) >= 2:
        return "mail"
    return _BY_NAME.get(suffix, "text")


def after_prolog(text: str) -> str:
    """``text`` from its first element on: without declarations, comments and what else stands before it.

    >>> after_prolog('<?xml version="1.0"?> <!DOCTYPE rss> <!-- tin --> <rss>')
    '<rss>'
    """
    at = 0
    while True:
        at += len(text[at:]) - len(text[at:].lstrip())
        end = next((mark for opening, mark in _PROLOG if text.startswith(opening, at)), None)
        if end is None:
            return text[at:]
        closed = text.find(end, at)
        if closed < 0:
            return ""
        at = closed + len(end)


# What may stand before the first element, by how it begins and ends; a comment is looked for first.
_PROLOG = (("<!--", "-->"), ("<?", ">"), ("<!", ">"))
