"""Streams of bytes that can be looked into, and that cannot be made to grow without end."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from tinhgon.ingest.compose import Facts
from tinhgon.ingest.item import MAX_BYTES, Item, id_of, shown
from tinhgon.ingest.sniff import HEAD

# Text shrinks to a tenth, rows that are much alike to a fiftieth; what shrinks further was made to swell.
_FREE_GROWTH = 100_000_000
_GROWTH = 200
_CHUNK = 1 << 16


class SwellError(Exception):
    """A few packed bytes turned out to hold a flood of them."""


class TooLargeError(Exception):
    """A piece that has to be held in memory is larger than may be."""


class Unpacked(io.RawIOBase):
    """What comes out of a stream, counted against what went in; ``begun`` was read from it before."""

    def __init__(self, stream: Any, packed: Callable[[], int], begun: bytes = b"") -> None:
        # A damaged stream gives all that comes before the damage only where it is not asked for more at once.
        self._read = getattr(stream, "read1", stream.read)
        self._packed = packed
        self._begun = begun
        self._grown = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._begun[: len(buffer)] or self._read(len(buffer))
        self._begun = self._begun[len(buffer) :]
        buffer[: len(data)] = data
        self._grown += len(data)
        if self._grown > _FREE_GROWTH and self._grown > _GROWTH * max(self._packed(), 1):
            raise SwellError
        return len(data)

    def tell(self) -> int:
        return self._grown


@dataclass(frozen=True, slots=True)
class Stream:
    """An open stream: the path it is shown under, its name once unpacked, and how deep in containers it lies."""

    path: str
    name: PurePosixPath
    file: io.BufferedReader
    depth: int = 0
    real: Path | None = None  # the file itself, where the stream is all of one

    @classmethod
    def of(cls, file: Any, path: str, name: str = "", depth: int = 0, real: Path | None = None) -> Stream:
        """``file`` is anything with ``read``; ``name`` goes before the path where that tells a packed file's name."""
        buffered = file if isinstance(file, io.BufferedReader) else io.BufferedReader(_as_raw(file), _CHUNK)
        return cls(shown(path), PurePosixPath(shown(name or path)), buffered, depth, real)

    @classmethod
    def of_pipe(cls, file: BinaryIO, path: str) -> Stream:
        """What is piped in; its first bytes are waited for, since a slow writer tells a few at a time."""
        begun = file.read(HEAD)
        return cls.of(Unpacked(file, lambda: sys.maxsize, begun), path)

    def within(self, file: Any, name: str) -> Stream:
        """A member of this container."""
        return Stream.of(file, f"{self.path}/{name}", name, self.depth + 1)

    @property
    def suffix(self) -> str:
        return self.name.suffix.lower()

    def as_item(self, raw: bytes, suffix: str | None = None, known: Facts | None = None) -> Item:
        """The one article in this stream, read by now."""
        kind = self.suffix if suffix is None else suffix
        return Item(self.path, id_of(self.name.stem), kind, raw=raw, known=known or Facts())

    def head(self) -> bytes:
        """The first bytes, which stay there to be read."""
        return self.file.peek(HEAD)[:HEAD]

    def read_all(self, limit: int = MAX_BYTES) -> bytes:
        """All of it. Raises ``TooLargeError`` beyond ``limit`` bytes."""
        raw = self.file.read(limit + 1)
        if len(raw) > limit:
            raise TooLargeError(f"more than {limit // 1_000_000} MB")
        return raw

    def seekable_file(self, limit: int) -> BinaryIO:
        """A stream to jump about in: the file itself, or what is in a container held in memory."""
        if self.real is not None and self.file.seekable():
            return self.file
        return io.BytesIO(self.read_all(limit))

    def lines(self, limit: int = MAX_BYTES) -> Iterator[bytes | None]:
        """Line after line; ``None`` for one that is longer than ``limit``, which is passed over unread."""
        while line := self.file.readline(limit + 1):
            if len(line) <= limit:
                yield line
                continue
            while line and not line.endswith(b"\n"):
                line = self.file.readline(_CHUNK)
            yield None


def _as_raw(file: Any) -> io.RawIOBase:
    """``file`` itself, or wrapped so that it can be buffered; what is not packed cannot swell."""
    return file if isinstance(file, io.RawIOBase) else Unpacked(file, lambda: sys.maxsize)
