"""Word -> text: .docx by its parts, the old .doc by the first of the programs that can read it."""

from __future__ import annotations

import io
import shutil
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tinhgon.ingest.office.extracted import Extracted, Unreadable, plausible_title
from tinhgon.ingest.office.numbering import Numbering, W
from tinhgon.ingest.office.old_word import PASSWORD, by_antiword, by_catdoc, to_docx
from tinhgon.ingest.office.wordml import body_lines

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

# Reports with many pictures unpack to some ten megabytes, their text to one or two; parsed, text takes tenfold memory.
MAX_UNPACKED, MAX_XML, MAX_PARTS = 300_000_000, 60_000_000, 5_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of streams in the container of old office files, and what a file is that has them.
_OTHER_KINDS = {
    "Workbook": "a spreadsheet (Excel); save the sheets with text as .docx or PDF",
    "PowerPoint Document": "a presentation (PowerPoint); save it as PDF",
    "__substg1.0_": "an e-mail (Outlook); save its text or the files it carries",
}
_OTHER_PACKAGES = {
    "xl/": "a spreadsheet (Excel); save the sheets with text as .docx or PDF",
    "ppt/": "a presentation (PowerPoint); save it as PDF",
    "content.xml": "an OpenDocument file; save it as .docx",
}
_DAMAGED = "damaged: the Word file cannot be read; open it in Word and save it anew, or fetch it again."
_FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"

# What zipfile, lxml and python-docx are known to raise on damaged files besides exceptions of their own.
_SLIPS = (
    ArithmeticError, AttributeError, EOFError, LookupError, MemoryError, NotImplementedError, OSError, RuntimeError,
    SyntaxError, TypeError, ValueError, struct.error, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


def read_docx(raw: bytes) -> Extracted:
    """The text of a .docx, or of what the name only says is one.

    >>> read_docx(b"PK")
    Traceback (most recent call last):
    tinhgon.ingest.office.extracted.Unreadable: damaged: the Word file cannot be read; ...
    """
    if raw.startswith(_OLE):
        return read_doc(raw)  # locked with a password, or an old file with a new name
    _refuse_at_sight(raw)
    import docx
    from docx.opc.exceptions import OpcError

    try:
        document = docx.Document(io.BytesIO(raw))
        lines = list(_lines_of(document))
        title = document.core_properties.title
    except (OpcError, *_SLIPS) as error:
        raise Unreadable(_DAMAGED) from error
    return _extracted(lines, title)


def _refuse_at_sight(raw: bytes) -> None:
    """Refuse packages that hold no Word document, or unpack to more than one holds."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            parts = package.infolist()
    except _SLIPS as error:
        raise Unreadable(_DAMAGED) from error
    xml = sum(part.file_size for part in parts if part.filename.lower().endswith((".xml", ".rels")))
    if len(parts) > MAX_PARTS or xml > MAX_XML or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Unreadable("too-large: the file unpacks to more than a document holds; leave it out of the archive.")
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(PASSWORD)
    names = [part.filename for part in parts]
    for start, what in _OTHER_PACKAGES.items():
        if any(name.startswith(start) for name in names) and not any(name.startswith("word/") for name in names):
            raise Unreadable(f"This is {what}.")


def _lines_of(document: Document) -> Iterator[str]:
    related = {relation.reltype: relation for relation in document.part.rels.values() if not relation.is_external}
    base = _FOOTNOTES.rpartition("/")[0]
    numbering, styles, footnotes = (
        _parsed(related[kind].target_part.blob) if (kind := f"{base}/{name}") in related else None
        for name in ("numbering", "styles", "footnotes")
    )
    lists = Numbering.of(numbering, styles)
    yield from body_lines(document.element.body, lists)
    for note in () if footnotes is None else footnotes.iter(W + "footnote"):
        if note.get(W + "type") in (None, "normal"):  # others are the rule above the notes
            yield from body_lines(note, lists)


def _parsed(xml: bytes) -> _Element:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root: _Element = etree.fromstring(xml, parser)
    return root


def _extracted(lines: list[str], title: str | None) -> Extracted:
    text = "\n".join(lines).strip("\n")
    if not any(letter.isalnum() for letter in text):
        raise Unreadable("empty: there is no text in the Word file; leave it out, or recognise its pictures (OCR).")
    return Extracted(text, plausible_title(title, text))


def read_doc(raw: bytes) -> Extracted:
    """The text of an old Word file, by antiword, catdoc or LibreOffice, whichever is there first.

    >>> read_doc(b"abc")
    Traceback (most recent call last):
    tinhgon.ingest.office.extracted.Unreadable: This is no Word file, ...
    """
    if raw.startswith(b"PK\x03\x04"):
        return read_docx(raw)
    if not raw.startswith(_OLE):
        raise Unreadable(
            "This is no Word file, whatever its name says; open it to see what it is and save it as .docx."
        )
    if _has_stream(raw, "EncryptedPackage"):
        raise Unreadable(PASSWORD)
    if not _has_stream(raw, "WordDocument"):
        kind = next((what for name, what in _OTHER_KINDS.items() if _has_stream(raw, name)), None)
        raise Unreadable(f"This is {kind}." if kind else _DAMAGED)
    present = [reader for program, reader in _READERS.items() if shutil.which(program) is not None]
    if not present:
        raise Unreadable("Old Word files need a program to read them: apt install antiword.")
    with tempfile.TemporaryDirectory(prefix="tinhgon-") as folder:
        path = Path(folder, "document.doc")
        path.write_bytes(raw)
        return _first_success(present, path)


def _first_success(readers: list[Callable[[Path], Extracted]], path: Path) -> Extracted:
    """What the first program makes of the file; where it fails, another may know this kind of file."""
    *others, last = readers
    for reader in others:
        try:
            return reader(path)
        except Unreadable as error:
            if str(error) == PASSWORD:
                raise
    return last(path)


_READERS: dict[str, Callable[[Path], Extracted]] = {
    "antiword": lambda path: _extracted(by_antiword(path), None),
    "catdoc": lambda path: _extracted(by_catdoc(path), None),
    "soffice": lambda path: read_docx(to_docx(path)),
}


def _has_stream(raw: bytes, name: str) -> bool:
    return name.encode("utf-16-le") in raw
