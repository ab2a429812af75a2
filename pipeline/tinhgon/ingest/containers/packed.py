"""Zip and tar archives, and single files packed with gzip, bzip2, xz or zstandard."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Self

from tinhgon.ingest.containers.fields import Fields
from tinhgon.ingest.containers.streams import Stream, TooLargeError, Unpacked
from tinhgon.ingest.item import MAX_BYTES, Item, shown
from tinhgon.ingest.sniff import Kind, kind_of
from tinhgon.records import Reject

# A zip within an archive has to be held in memory, since it is read from its end.
_MAX_NESTED = 256_000_000
# What a tar member may say of its own size; behind a larger one the library would look for the next for hours.
_MAX_MEMBER = 1 << 33
_PACKED = (".gz", ".bz2", ".xz", ".zst", ".zstd")
_SHORT = {".tgz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}
# A WACZ holds the crawl itself in one folder, and lists and indexes of it in others.
_CRAWL_MARK, _CRAWLS = "datapackage.json", "archive/"
# By a part that only they have: what the zip is instead of an archive.
_DOCX = "word/document.xml"
_OFFICE = {
    "xl/workbook.xml": "an Excel workbook; save the sheet as CSV.",
    "ppt/presentation.xml": "a presentation; save it as PDF.",
    "META-INF/container.xml": "an e-book; save it as HTML or plain text.",
    "META-INF/manifest.xml": "an OpenDocument file; save it as DOCX.",
}


def zip_members(stream: Stream, fields: Fields) -> Iterator[Item | Reject | Stream]:
    """What lies in a zip archive; a Word document, which is one too, comes out whole."""
    file = stream.seekable_file(_MAX_NESTED)
    with zipfile.ZipFile(file) as archive:
        names = set(archive.namelist())
        if _DOCX in names:
            file.seek(0)
            yield stream.as_item(_whole(file), ".docx")
            return
        if office := next((what for part, what in _OFFICE.items() if part in names), None):
            yield Reject(stream.path, "parse", f"This is {office}")
            return
        is_crawl = _CRAWL_MARK in names and any(name.startswith(_CRAWLS) for name in names)
        for entry in archive.infolist():
            is_beside = is_crawl and not entry.filename.startswith(_CRAWLS)
            if not entry.filename.strip("/") or entry.is_dir() or is_beside or _is_left_out(entry.filename):
                continue
            if entry.flag_bits & 1:
                path = f"{stream.path}/{shown(entry.filename)}"
                yield Reject(path, "unpack", "The file is encrypted; unpack the archive with its password.")
                continue
            try:
                member = archive.open(entry)
            except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
                path = f"{stream.path}/{shown(entry.filename)}"
                yield Reject(
                    path, "unpack", f"The file in the archive cannot be unpacked ({error}); unpack it yourself."
                )
                continue
            with member:
                yield stream.within(Unpacked(member, partial(int, entry.compress_size)), entry.filename)


def tar_members(stream: Stream, fields: Fields) -> Iterator[Item | Reject | Stream]:
    """What lies in a tar archive, read from front to back; links are left out."""
    with tarfile.open(fileobj=stream.file, mode="r|", errors="surrogateescape", tarinfo=_Header) as archive:
        for entry in archive:
            if entry.size > _MAX_MEMBER:
                raise tarfile.ReadError(f"{shown(entry.name)} says it has {entry.size} bytes")
            if not entry.isreg() or _is_left_out(entry.name):
                continue
            member = archive.extractfile(entry)
            if member is not None:
                yield stream.within(member, entry.name)


class _Header(tarfile.TarInfo):
    """A header that says so when it is damaged; the library takes damage for the end of the archive."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        try:
            return super().frombuf(buf, encoding, errors)
        except tarfile.EOFHeaderError:  # type: ignore[attr-defined]
            raise
        except tarfile.HeaderError as error:
            raise tarfile.ReadError(f"a header is damaged or cut off: {error}") from error


def unpacked(stream: Stream, fields: Fields) -> Iterator[Stream]:
    """The one file in a packed file, under its name without the ending."""
    kind = kind_of(stream.head())
    opened: Any = _OPENERS.get(kind, _Zstandard)(stream.file)
    yield Stream.of(Unpacked(opened, stream.file.tell), stream.path, _without_ending(stream.name), stream.depth + 1)


class _Zstandard:
    """A zstandard stream whose errors are those of any damaged file."""

    def __init__(self, file: BinaryIO) -> None:
        import zstandard

        # Windows larger than this are no archive of texts; the library's own limit would refuse "--long" files.
        decompressor = zstandard.ZstdDecompressor(max_window_size=1 << 27)
        self._reader = decompressor.stream_reader(file, read_across_frames=True)
        self._error = zstandard.ZstdError

    def read(self, size: int) -> bytes:
        try:
            return bytes(self._reader.read(size))
        except self._error as error:
            raise OSError(str(error)) from error


_OPENERS: dict[Kind, Callable[[BinaryIO], Any]] = {
    "gz": partial(gzip.GzipFile, None, "rb", 9), "bz2": bz2.BZ2File, "xz": lzma.LZMAFile,
}  # fmt: skip


def _whole(file: BinaryIO) -> bytes:
    raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise TooLargeError(f"the document has more than {MAX_BYTES // 1_000_000} MB")
    return raw


def _without_ending(name: PurePosixPath) -> str:
    """The name of what is packed.

    >>> _without_ending(PurePosixPath("kho.jsonl.gz")), _without_ending(PurePosixPath("kho.tgz"))
    ('kho.jsonl', 'kho.tar')
    """
    suffix = name.suffix.lower()
    if suffix in _SHORT:
        return str(name.with_suffix(_SHORT[suffix]))
    return str(name.with_suffix("")) if suffix in _PACKED else str(name)


def _is_left_out(name: str) -> bool:
    """Hidden files, and what archivers of the Macintosh put beside each file."""
    parts = PurePosixPath(name).parts
    return any((part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in parts)
