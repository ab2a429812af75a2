"""PDF -> text: pages in reading order with the rows of their tables, or why the file cannot be read."""

from __future__ import annotations

import io
import logging
import re
import struct
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tinhgon.ingest.office.extracted import Extracted, Unreadable, plausible_title
from tinhgon.ingest.office.layout import page_text
from tinhgon.ingest.office.ocr import HOW_TO_INSTALL, read_picture, require_tesseract
from tinhgon.ingest.office.running import without_running_lines
from tinhgon.ingest.office.tables import with_rows_mended

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF

    from tinhgon.ingest.office.glyphs import PageContent

# The longest reports with all their annexes have some hundred pages; thousands are a book or an attack.
MAX_PAGES = 1_000
# Seconds for a file; ten pages a second are usual, and one file shall not hold up an archive.
TIME_LIMIT, TIME_LIMIT_OCR = 180.0, 3_600.0
# Bytes of one stream unpacked: the program of a page, a font, a table of objects; a picture may be larger.
MAX_STREAM, MAX_PICTURE = 64_000_000, 400_000_000
_MOST_PACKED = 1_032  # zlib makes no more than this out of a byte
# The mark of the end, and how far from the end readers of PDF look for it at most.
_END, _END_WITHIN = b"%%EOF", 4_096
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_BEFORE_STREAM, _CHUNK = 1_024, 8_192

# A page with fewer letters than this says nothing; a scan may carry some lines more, stamped on when it was signed.
_FEWEST_LETTERS, _STAMP_LETTERS = 20, 300
_LARGE_PICTURE = 0.6
_MOST_UNMAPPED = 0.3

# What pdfminer and pdfplumber are known to raise on damaged files besides their own exceptions.
_SLIPS = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, MemoryError, NotImplementedError, OSError,
    RecursionError, TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip
_SCANNED = (
    "scanned: the pages are pictures, or do not tell what their letters are; run again with --ocr, which needs "
    f"{HOW_TO_INSTALL}."
)
_DAMAGED = "damaged: {}; open the file in a PDF program and save it anew, or fetch it again."


def read_pdf(raw: bytes, *, ocr: bool = False) -> Extracted:
    r"""The text of a PDF, its pages parted by form feeds; with ``ocr``, scanned pages are read as well.

    >>> read_pdf(b"%PDF-1.4 ...")
    Traceback (most recent call last):
    tinhgon.ingest.office.extracted.Unreadable: truncated: the end of the file is missing; fetch it again.
    """
    _refuse_at_sight(raw)
    deadline = time.monotonic() + (TIME_LIMIT_OCR if ocr else TIME_LIMIT)
    with _quiet(), _opened(raw) as pdf:
        contents = list(_contents(pdf, deadline))
        title = pdf.metadata.get("Title")
    if not contents:
        raise Unreadable("empty: the PDF has no pages; leave it out of the archive.")
    pages = without_running_lines([() if content is None else content.pieces for content in contents])
    texts = [page_text(page) for page in pages]
    pictures = [number for number, content in enumerate(contents) if content is not None and _is_picture(content)]
    warnings = ["pages-too-complex"] if None in contents else []
    if any(content is not None and content.turned >= _FEWEST_LETTERS for content in contents):
        warnings.append("turned-text")
    if pictures and ocr:
        warnings.append("ocr")
        for number, text in _pictures_read(raw, pictures, deadline):
            texts[number] = text or texts[number]
    elif pictures and not any(text for number, text in enumerate(texts) if number not in pictures):
        raise Unreadable(_SCANNED)
    elif pictures:
        warnings.append("pages-without-text")
    text = "\f".join(with_rows_mended(texts))
    if not text.strip() and None in contents:
        raise Unreadable("too-large: the pages have more on them than print can have; save the text of the PDF alone.")
    if not any(letter.isalnum() for letter in text):
        raise Unreadable("empty: there is no text on the pages of the PDF; leave it out of the archive.")
    return Extracted(text, plausible_title(title if isinstance(title, str) else None, text), None, tuple(warnings))


def _refuse_at_sight(raw: bytes) -> None:
    """Refuse what is no whole PDF, or would unpack to more than any document holds."""
    if b"%PDF-" not in raw[:_END_WITHIN]:
        raise Unreadable("damaged: the file does not begin like a PDF; fetch it again.")
    if _END not in raw[-_END_WITHIN:]:
        raise Unreadable("truncated: the end of the file is missing; fetch it again.")
    end = 0
    for start in _STREAM.finditer(raw):
        if start.end() > end:
            end = raw.find(b"endstream", start.end())
            end = end if end >= 0 else len(raw)
        if _is_bomb(raw[max(start.start() - _BEFORE_STREAM, 0) : start.start()], memoryview(raw)[start.end() : end]):
            raise Unreadable("too-large: a part of the PDF unpacks to more than a document holds; leave it out.")


def _is_bomb(before: bytes, packed: memoryview) -> bool:
    """Whether a stream unpacks to more than its kind has; most are too short for that."""
    head = before.rpartition(b" obj")[2]
    limit = MAX_PICTURE if b"/Image" in head else MAX_STREAM
    if head.count(b"/FlateDecode") > 1 and len(packed) * _MOST_PACKED**2 > limit:
        return True  # packed twice, which no program has a reason to do
    if len(packed) * _MOST_PACKED <= limit:
        return False
    unpacker, size, at = zlib.decompressobj(), 0, 0
    try:
        while at < len(packed) and size <= limit and not unpacker.eof:
            size += len(unpacker.decompress(packed[at : at + _CHUNK]))
            at += _CHUNK
    except zlib.error:
        pass  # packed otherwise, or damaged from here on; what came before counts
    return size > limit


@contextmanager
def _quiet() -> Iterator[None]:
    """pdfminer tells of every oddity of every file; none of it is news to the reader of our log."""
    loggers = [logging.getLogger(name) for name in ("pdfminer", "pdfplumber")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


@contextmanager
def _opened(raw: bytes) -> Iterator[PDF]:
    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        pdf = pdfplumber.open(io.BytesIO(raw), raise_unicode_errors=False)
    except PdfminerException as error:
        cause = error.args[0] if error.args else None
        if isinstance(cause, PDFPasswordIncorrect):
            raise Unreadable("password-protected: open the PDF with its password and save it without one.") from error
        if isinstance(cause, PDFEncryptionError):
            raise Unreadable("encrypted: the PDF is locked in a way we cannot open; save it unlocked.") from error
        raise Unreadable(_DAMAGED.format("its table of contents cannot be read")) from error
    except (PSException, *_SLIPS) as error:
        raise Unreadable(_DAMAGED.format("its table of contents cannot be read")) from error
    yield pdf


def _contents(pdf: PDF, deadline: float) -> Iterator[PageContent | None]:
    """What stands on each page; nothing for a page that has too much on it."""
    from pdfminer.pdfpage import PDFPage
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    from tinhgon.ingest.office.glyphs import BoundedPage, OutOfTimeError, TooMuchError, content_of

    number = 0
    try:
        for number, found in enumerate(PDFPage.create_pages(pdf.doc), start=1):
            if number > MAX_PAGES:
                raise Unreadable(f"too-large: the PDF has more than {MAX_PAGES} pages; split it.")
            if time.monotonic() > deadline:
                raise OutOfTimeError
            page = BoundedPage(pdf, found, number)
            page.deadline = deadline
            try:
                yield content_of(page)
            except TooMuchError:
                yield None
    except OutOfTimeError as error:
        raise Unreadable(f"too-slow: reading stopped at page {number} for taking too long; split the file.") from error
    except (PSException, PdfminerException, MalformedPDFException, *_SLIPS) as error:
        raise Unreadable(_DAMAGED.format(f"page {max(number, 1)} cannot be read")) from error


def _is_picture(content: PageContent) -> bool:
    """Whether the page is a picture of text for us: few letters of its own, or letters nobody can tell."""
    if content.unmapped > max(_MOST_UNMAPPED * content.letters, _FEWEST_LETTERS):
        return True
    fewest = _STAMP_LETTERS if content.picture >= _LARGE_PICTURE else _FEWEST_LETTERS
    return content.picture > 0 and content.letters < fewest


def _pictures_read(raw: bytes, numbers: list[int], deadline: float) -> Iterator[tuple[int, str]]:
    """The texts of the pages at these indexes, read from their pictures."""
    import pypdfium2

    require_tesseract()
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        raise Unreadable(_DAMAGED.format("its pages cannot be rendered")) from error
    try:
        for number in numbers:
            if time.monotonic() > deadline:
                raise Unreadable(f"too-slow: reading stopped at page {number + 1} for taking too long; split the file.")
            yield number, read_picture(document, number, deadline - time.monotonic())
    finally:
        document.close()
