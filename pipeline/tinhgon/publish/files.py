"""Files that are whole or not there at all, and what of a path may be shown to others."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SEPARATOR = re.compile(r"[/\\]")
_WITHIN = re.compile(r"#(?:\d+|https?://.*)$", re.DOTALL)  # a row of a table, a page of a crawl


class PublicationError(ValueError):
    """The fact base cannot be published like this; the message says what helps."""


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A path to write to, whose file takes the place of ``path`` once it is whole; what was there stands till then.

    A device or a pipe is written to as it is.
    """
    if path.exists() and not path.is_file():
        yield path
        return
    target = path.resolve()
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.touch()  # before the work begins, not after it, one learns that the folder is not there
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    try:
        yield part
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def is_folder(path: Path) -> bool:
    """Whether the path stands for a folder: there is one, or it has no ending.

    >>> is_folder(Path("tables")), is_folder(Path("facts.csv"))
    (True, False)
    """
    return path.is_dir() or (not path.exists() and not path.suffix)


def file_name(path: str) -> str:
    """The path without its folders: those tell of the computer, not of the article.

    >>> file_name("/home/lan/kho/bai-1.html"), file_name("C:\\\\kho\\\\"), file_name("web.warc#https://baochi.vn/a/b")
    ('bai-1.html', 'kho', 'web.warc#https://baochi.vn/a/b')
    """
    within = _WITHIN.search(path)
    file = path[: within.start()] if within else path
    return _SEPARATOR.split(file.rstrip("/\\"))[-1] + (within[0] if within else "")
