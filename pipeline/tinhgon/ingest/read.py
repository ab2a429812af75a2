"""Item -> Document, Skip or Reject: the bytes fetched, recognised and handed to the reader of their format."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import overload

from tinhgon.ingest.compose import Origin
from tinhgon.ingest.decoding import Decoded, decode, restored
from tinhgon.ingest.item import MAX_BYTES, Item, UnopenedError, open_regular
from tinhgon.ingest.normalise import clean_characters
from tinhgon.ingest.office import Extracted, Unreadable, read_doc, read_docx, read_pdf
from tinhgon.ingest.plain import read_plain
from tinhgon.ingest.sniff import HEAD, Kind, kind_of
from tinhgon.ingest.web import looks_like_html, read_web
from tinhgon.records import Document, Reject, Skip

# A look at a raw text that tells whether it is worth reading.
Worth = Callable[[str], bool]
NOTHING = "no cue: no word in it can make a claim"
_TAG = re.compile(r"<[^<>]*>")
# What can stand within a word unseen, or for another letter: see ``normalise``.
_HIDDEN = re.compile(
    "[\u00ad\u00d0\u00f0\u0300-\u036f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1d\x1f\x7f-\x9f]"
)
_OTHER_WHITE = ("  ", "\r", "\t", "\u00a0")
_WEB_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml", ".aspx", ".php"})
_UNREADABLE: dict[Kind, str] = {
    "image": "This is an image; recognise its text (OCR) and save that.",
    "rtf": "This is an RTF file; save it as DOCX or plain text.",
}


@overload
def read(source: Item | Path | str, *, ocr: bool = False) -> Document | Reject: ...


@overload
def read(source: Item | Path | str, *, ocr: bool = False, worth: Worth | None) -> Document | Skip | Reject: ...


def read(source: Item | Path | str, *, ocr: bool = False, worth: Worth | None = None) -> Document | Skip | Reject:
    """The document in one item, or in a file that is one, or a reject that says at which stage it failed and why.

    ``ocr``: read scanned pages with tesseract, where it is installed. ``worth`` looks at the raw text of texts and web
    pages, and where it finds nothing in it they are passed over before they are parsed, which takes most of the time.

    >>> read(Path("khong-co.txt"))
    Reject(path='khong-co.txt', stage='read', reason='The file is gone; ...')
    """
    item = source if isinstance(source, Item) else Item.of_file(Path(source))
    try:
        raw = _bytes_of(item)
    except UnopenedError as error:
        return Reject(item.path, "read", str(error))
    origin = Origin(item.id, item.path, item.fingerprint(raw))
    kind = kind_of(raw[:HEAD], item.suffix)
    try:
        if kind == "pdf":
            return _read_extracted(read_pdf(raw, ocr=ocr), origin, item)
        if kind == "zip":
            return _read_extracted(read_docx(raw), origin, item)
        if kind == "ole":
            return _read_extracted(read_doc(raw), origin, item)
    except Unreadable as error:
        return Reject(item.path, error.stage, str(error))
    if kind in _UNREADABLE:
        return Reject(item.path, "parse", _UNREADABLE[kind])
    if item.raw is None and kind != "text":
        return Reject(item.path, "parse", "This may hold several articles; give it to tinhgon run.")
    return _read_text(raw, item, origin, worth)


def _bytes_of(item: Item) -> bytes:
    """The bytes of the item. Raises ``UnopenedError`` where there are none, or too many."""
    if item.raw is not None or item.file is None:
        return item.raw or b""
    with open_regular(item.file) as file:
        try:
            raw = file.read(MAX_BYTES + 1)
        except OSError as error:
            raise UnopenedError(f"The file cannot be read ({type(error).__name__}).") from error
    if len(raw) > MAX_BYTES:
        raise UnopenedError(f"too-large: more than {MAX_BYTES // 1_000_000} MB; split it into one file per article.")
    if not raw:
        raise UnopenedError("The file is empty; fetch it again or leave it out.")
    return raw


def _read_extracted(extracted: Extracted, origin: Origin, item: Item) -> Document | Reject:
    title, author = (restored(given or "").text or None for given in (extracted.title, extracted.author))
    known = replace(item.known, title=item.known.title or title, author=item.known.author or author)
    told = restored(extracted.text, extracted.warnings)
    return read_plain(told.text, replace(origin, warnings=told.warnings), known)


def _read_text(raw: bytes, item: Item, origin: Origin, worth: Worth | None) -> Document | Skip | Reject:
    decoded = decode(raw)
    if isinstance(decoded, str):
        return Reject(item.path, "decode", decoded)
    if not decoded.text.strip():
        return Reject(item.path, "read", "The file holds nothing but white space; leave it out of the archive.")
    origin = replace(origin, warnings=decoded.warnings)
    # Content decides; the name only where content is in doubt.
    is_page = looks_like_html(decoded.text, named_html=item.suffix in _WEB_SUFFIXES)
    if worth is not None and not _holds_anything(decoded, is_page, worth):
        return Skip(item.id, item.path, origin.sha256, NOTHING)
    return (read_web if is_page else read_plain)(decoded.text, origin, item.known)


def _holds_anything(decoded: Decoded, is_page: bool, worth: Worth) -> bool:
    """Whether ``worth`` finds anything in the words of a text, however they are broken into lines, tags and signs."""
    text = decoded.text
    if is_page:
        text = html.unescape(text) if "&" in text else text
        words = _words(clean_characters(text) if _HIDDEN.search(text) else text)
        return worth(words) or worth(_TAG.sub("", words))
    if decoded.is_plain:
        # Line ends as most texts have them; what is left of white space is the exception.
        lines = text.replace("\n\n", " ").replace("\n", " ")
        return worth(_words(lines) if any(white in lines for white in _OTHER_WHITE) else lines)
    return worth(_words(clean_characters(text) if _HIDDEN.search(text) else text))


def _words(text: str) -> str:
    return " ".join(text.split())
