"""Bytes -> text: UTF-8 first, then what Vietnamese files were saved in before it; damage that is sure is mended.

Old encodings accept almost any bytes, so what they yield must look like Vietnamese before it is believed
(``legacy.py``); how sure that is stands in the warning.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass, field

from tinhgon.ingest.legacy import Recoded, decode_legacy, respell
from tinhgon.ingest.mending import mend
from tinhgon.vietnamese import letters

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19\x1c\x1d\x1f]")
_SAMPLE = 200_000
# One stray byte in a thousand characters is a damaged UTF-8 file, more is another encoding.
_DAMAGE = 0.001
# Of the high bytes of UTF-16 a third or more are zero in Vietnamese, of the low ones none.
_HIGH, _LOW = 0.3, 0.01
# None of these is a trace of text read in a wrong encoding, of another alphabet, or can stand within a word unseen.
_USUAL = "\n\r\t -~\u00a0–—“”‘’…•" + letters()
_UNUSUAL = re.compile(f"[^{_USUAL}]")
_PLAIN_SIGNS = frozenset("–—“”‘’…•«»©®°²³€§·№½×±đĐ")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and how it was come by where that was not plain UTF-8.

    A text that ``is_plain`` holds composed letters, visible signs and spaces alone.
    """

    text: str
    warnings: tuple[str, ...] = ()
    is_plain: bool = field(default=False, repr=False, compare=False)


def decode(raw: bytes) -> Decoded | str:
    """The text of ``raw``, or one sentence saying why there is none.

    >>> decode("Huyện ủy".encode("utf-8-sig")).text, decode("xã Tân Phú".encode("utf-16")).text
    ('Huyện ủy', 'xã Tân Phú')
    >>> decode("§¶ng uû x· ®· s¸p nhËp c¸c th«n".encode("latin-1")).text
    'Đảng uỷ xã đã sáp nhập các thôn'
    """
    if (plain := _decode_plain(raw)) is not None:
        return plain
    if raw.startswith(_UTF16_MARKS):
        return _decode_utf16(raw, "utf-16")
    if (order := unmarked_utf16(raw)) is not None:
        return _decode_utf16(raw, order)
    if _CONTROL.search(raw, 0, _SAMPLE):
        return _decode_controls(raw)
    try:
        return restored(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _decode_damaged(raw) or _decode_old(raw)


def _decode_plain(raw: bytes) -> Decoded | None:
    """The text of UTF-8 with letters and signs that damage never leaves; nearly every text, and read fast."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if _UNUSUAL.search(text) or respell(text) is not None else Decoded(text, is_plain=True)


def restored(text: str, warnings: tuple[str, ...] = ()) -> Decoded:
    """``text`` with letters of old fonts as Unicode, and sure damage mended; nearly always as it was.

    >>> restored("®¶ng uû x·").text, restored("Đảng ủy xã")
    ('đảng uỷ xã', Decoded(text='Đảng ủy xã', warnings=()))
    """
    text = unicodedata.normalize("NFC", text)  # letters and marks apart are not windows-1258 when they are Unicode
    if (recoded := respell(text)) is not None:
        text, warnings = recoded.text, (*warnings, _told(recoded))
    mended = mend(text)
    return Decoded(mended.text, (*warnings, *mended.warnings))


def _told(recoded: Recoded) -> str:
    return f"decoded-as-{recoded.encoding}:{recoded.sure:.2f}"


def unmarked_utf16(raw: bytes) -> str | None:
    """The byte order of UTF-16 without its mark: of each pair the one byte is often zero, the other never."""
    sample = raw[: _SAMPLE // 10 * 2]
    if len(sample) < 4 or len(sample) % 2:
        return None
    even, odd = sample[::2].count(0) / (len(sample) / 2), sample[1::2].count(0) / (len(sample) / 2)
    if odd > _HIGH and even < _LOW:
        return "utf-16-le"
    return "utf-16-be" if even > _HIGH and odd < _LOW else None


def _decode_utf16(raw: bytes, codec: str) -> Decoded | str:
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError:
        return "The file looks like UTF-16 but cannot be decoded; save it again as UTF-8."
    if not _looks_written(text):
        return "The file looks like UTF-16 but holds no readable text; it is binary data or damaged."
    return restored(text)


def _decode_controls(raw: bytes) -> Decoded | str:
    """A few control characters are dirt from a word processor; zero bytes or many of them are binary data."""
    sample = raw[:_SAMPLE]
    controls = len(_CONTROL.findall(sample))
    if 0 not in sample and controls <= len(sample) * _DAMAGE + 1:
        return decode(_CONTROL.sub(b"", raw))
    return "The file holds binary data, not text; convert it to plain text or HTML first."


def _decode_damaged(raw: bytes) -> Decoded | None:
    text = raw.decode("utf-8", errors="replace")
    lost = text.count("\ufffd")
    whole = sum(letter > "\u0100" for letter in text[:_SAMPLE]) - lost
    if lost <= max(2, len(text) * _DAMAGE) and whole > 5 * lost:
        return restored(text.replace("\ufffd", "").lstrip("\ufeff"), ("broken-utf-8",))
    return None


def _decode_old(raw: bytes) -> Decoded | str:
    recoded = decode_legacy(raw)
    if recoded is None:
        return "The encoding is not UTF-8, UTF-16, TCVN3, VNI, VISCII, VIQR, windows-1258 or cp1252; save it as UTF-8."
    mended = mend(recoded.text)
    return Decoded(mended.text, (_told(recoded), *mended.warnings))


def _looks_written(text: str) -> bool:
    """Letters, digits and common signs make up nearly all of it."""
    sample = unicodedata.normalize("NFC", text[:_SAMPLE])
    if not sample:
        return False
    letters = sum(letter.isalpha() for letter in sample)
    odd = sum(
        not (letter.isalnum() or letter.isspace() or letter.isascii() or letter in _PLAIN_SIGNS) for letter in sample
    )
    foreign = sum(letter.isalpha() and "LATIN" not in unicodedata.name(letter, "") for letter in set(sample))
    return letters > len(sample) // 3 and odd <= len(sample) // 50 and foreign <= 3
