"""What is to be read next: a file of its own, or a piece of a container with what the container knows of it."""

from __future__ import annotations

import hashlib
import re
import stat
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from tinhgon.ingest.compose import Facts

# An article has some kilobytes, a saved page with all its scripts some megabytes; beyond this it is no text of ours.
MAX_BYTES = 20_000_000

_LONGEST_ID = 200
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Item:
    """One article on its way to a reader.

    ``path`` is where it is, containers included: "kho.zip/2021/bai-1.html", "kho.jsonl#12". ``file`` is opened by the
    reader; ``raw`` was read already. What ``known`` says goes before what is read in the text.
    """

    path: str
    id: str
    suffix: str = ""
    file: Path | None = None
    raw: bytes | None = None
    known: Facts = field(default_factory=Facts)

    @classmethod
    def of_file(cls, file: Path) -> Item:
        """The item that a file is.

        >>> Item.of_file(Path("kho/bai-1.TXT"))
        Item(path='kho/bai-1.TXT', id='bai-1', suffix='.txt', file=..., raw=None, known=...)
        """
        return cls(shown(str(file)), id_of(file.stem), file.suffix.lower(), file=file)

    def fingerprint(self, raw: bytes) -> str:
        """Of the bytes, and of what the container tells besides, since that ends up in the document too."""
        digest = hashlib.sha256(raw)
        if self.known != Facts():
            digest.update(repr(self.known).encode("utf-8", errors="replace"))
        return digest.hexdigest()


def id_of(name: str) -> str:
    """``name`` as the id of a record: NFC, one line, of bounded length.

    >>> id_of("bài\\tsố 1")
    'bài số 1'
    """
    return " ".join(unicodedata.normalize("NFC", shown(name)).split())[:_LONGEST_ID]


def shown(name: str) -> str:
    """``name`` fit to be stored: bytes of file names that are no text become replacement characters."""
    return _SURROGATES.sub("\ufffd", name)


class UnopenedError(Exception):
    """A file that cannot be opened, in one sentence for the reader."""


def open_regular(path: Path) -> BinaryIO:
    """The regular file at ``path``, opened. Raises ``UnopenedError``; the file may be gone or be none."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnopenedError("This is a folder that could not be listed; check its permissions.")
        if not stat.S_ISREG(status.st_mode):
            raise UnopenedError("This is no regular file (a device, pipe or socket); leave it out of the archive.")
        return path.open("rb")
    except FileNotFoundError as error:
        raise UnopenedError("The file is gone; check the path, or whether the archive is being moved.") from error
    except PermissionError as error:
        raise UnopenedError("The file may not be read; change its permissions.") from error
    except (OSError, ValueError) as error:
        raise UnopenedError(f"The file cannot be read ({type(error).__name__}: {shown(str(error))}).") from error
