"""Bytes -> text: UTF-8 first, then what Vietnamese files were saved in before it.

Old encodings accept almost any bytes, so what they yield must look like Vietnamese before it is believed.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LEGACY = ("windows-1258", "cp1252")
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_BINARY = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a zip container such as DOCX or EPUB",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"\x1f\x8b": "a gzip archive",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"{\\rtf": "an RTF file",
    b"SQLite format 3": "an SQLite database",
}
_CONTROLS = frozenset(range(0x20)) - frozenset(b"\t\n\r\f\v\x1a\x1b")
_SAMPLE = 200_000
# One stray byte in a thousand characters is a damaged UTF-8 file, more is another encoding.
_DAMAGE = 0.001
_PLAIN_SIGNS = frozenset("–—“”‘’…•«»©®°²³€§·№½×±đĐ")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and how it was come by where that was not plain UTF-8."""

    text: str
    warnings: tuple[str, ...] = ()


def decode(raw: bytes) -> Decoded | str:
    """The text of ``raw``, or one sentence saying why there is none.

    >>> decode("Huyện ủy".encode("utf-8-sig")).text, decode("xã Tân Phú".encode("utf-16")).text
    ('Huyện ủy', 'xã Tân Phú')
    >>> decode(bytes([0x58, 0xe3, 0xde, 0x20, 0xf0, 0xf5, 0x6e])).warnings
    ('decoded-as-windows-1258',)
    """
    for magic, what in _BINARY.items():
        if raw.startswith(magic):
            return f"This is {what}, not text; convert it to plain text or HTML first."
    if raw.startswith(_UTF16_MARKS):
        return _decode_utf16(raw)
    if any(byte in _CONTROLS for byte in raw[:_SAMPLE]):
        return _decode_controls(raw)
    try:
        return Decoded(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _decode_damaged(raw) or _decode_legacy(raw)


def _decode_utf16(raw: bytes) -> Decoded | str:
    try:
        text = raw.decode("utf-16")
    except UnicodeDecodeError:
        return "The file is marked as UTF-16 but cannot be decoded; save it again as UTF-8."
    if not _looks_written(text):
        return "The file is marked as UTF-16 but holds no readable text; it is binary data or damaged."
    return Decoded(text)


def _decode_controls(raw: bytes) -> Decoded | str:
    """A few control characters are dirt from a word processor; zero bytes or many of them are binary data."""
    sample = raw[:_SAMPLE]
    controls = sum(byte in _CONTROLS for byte in sample)
    if 0 not in sample and controls <= len(sample) * _DAMAGE + 1:
        return decode(bytes(byte for byte in raw if byte not in _CONTROLS))
    return "The file holds binary data, not text; convert it to plain text or HTML first."


def _decode_damaged(raw: bytes) -> Decoded | None:
    text = raw.decode("utf-8", errors="replace")
    lost = text.count("\ufffd")
    whole = sum(letter > "\u0100" for letter in text[:_SAMPLE]) - lost
    if lost <= max(2, len(text) * _DAMAGE) and whole > 5 * lost:
        return Decoded(text.replace("\ufffd", "").lstrip("\ufeff"), ("broken-utf-8",))
    return None


def _decode_legacy(raw: bytes) -> Decoded | str:
    declared = _DECLARED.search(raw[:4096])
    named = declared[1].decode("ascii").lower() if declared else ""
    candidates = [name for name in _LEGACY if name.replace("windows-", "cp") == named.replace("windows-", "cp")]
    for encoding in [*candidates, *_LEGACY]:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _looks_written(text):
            return Decoded(text, (f"decoded-as-{encoding}",))
    return "The encoding is not UTF-8, UTF-16, windows-1258 or cp1252; save the file again as UTF-8."


def _looks_written(text: str) -> bool:
    """Letters, digits and common signs make up nearly all of it, and its words have the length of words."""
    sample = unicodedata.normalize("NFC", text[:_SAMPLE])
    if not sample:
        return False
    letters = sum(letter.isalpha() for letter in sample)
    odd = sum(
        not (letter.isalnum() or letter.isspace() or letter.isascii() or letter in _PLAIN_SIGNS) for letter in sample
    )
    foreign = sum(letter.isalpha() and "LATIN" not in unicodedata.name(letter, "") for letter in set(sample))
    inner_capitals = len(re.findall(r"[a-zà-ỹ][A-ZÀ-Ý]", sample))
    return (
        letters > len(sample) // 3 and odd <= len(sample) // 50 and foreign <= 3 and inner_capitals <= 1 + letters // 25
    )
