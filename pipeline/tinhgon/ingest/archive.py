"""Finding the files of an archive and reading each into a ``Document`` or a ``Reject``."""

from __future__ import annotations

import glob
import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tinhgon.ingest.compose import Origin
from tinhgon.ingest.decoding import decode
from tinhgon.ingest.plain import read_plain
from tinhgon.ingest.web import looks_like_html, read_web
from tinhgon.records import Document, Reject

# An article has some kilobytes, a saved page with all its scripts some megabytes; beyond this it is no text of ours.
MAX_BYTES = 20_000_000

Reader = Callable[[str, Origin], Document | Reject]

_GLOB = re.compile(r"[*?\[]")
_WEB_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml", ".aspx", ".php"})
# Formats that decode as text but hold no article as such; a reader of their own belongs here.
_UNREADABLE = {
    **dict.fromkeys((".json", ".jsonl", ".ndjson"), "JSON"),
    **dict.fromkeys((".csv", ".tsv"), "a table"),
    **dict.fromkeys((".docx", ".doc", ".odt", ".rtf", ".pdf", ".epub", ".xlsx", ".xls"), "an office document"),
}


def sources(paths: Sequence[str]) -> Iterator[Path]:
    """The files meant by ``paths``, each once: folders with all below them, globs, and single files.

    The order is that of ``paths`` and, within a folder, of names. Hidden files and symbolic links that lead out
    of the folder are left out. A name that does not exist is passed on, so that reading it gives a reject.

    >>> [path.name for path in sources(["khong-co.txt", "khong-co.txt"])]
    ['khong-co.txt']
    """
    seen: set[str] = set()
    for given in paths:
        for path in _expanded(given):
            key = os.path.abspath(path)
            if key not in seen:
                seen.add(key)
                yield path


def _expanded(given: str) -> Iterator[Path]:
    path = Path(given)
    if os.path.isdir(given):
        yield from _below(path, _resolved(path))
    elif _GLOB.search(given) and not os.path.lexists(given):
        fixed = Path(re.split(r"[^/]*[*?\[]", given, maxsplit=1)[0] or ".")
        root = _resolved(fixed)
        for match in sorted(glob.glob(given, recursive=True)):
            found = Path(match)
            if _leaves(found, root):
                continue
            if found.is_dir():
                if found.is_symlink():
                    continue  # what it leads to is inside and has a name of its own
                yield from _below(found, root)
            else:
                yield found
    else:
        yield path


def _below(folder: Path, root: Path) -> Iterator[Path]:
    """The files below ``folder`` in the order of their names; a folder that cannot be listed is passed on itself."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield folder
        return
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith(".") or (entry.is_symlink() and _leaves(path, root)):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(path, root)
        elif not entry.is_dir():  # a link to a folder inside is met there
            yield path


def _leaves(path: Path, root: Path) -> bool:
    return not _resolved(path).is_relative_to(root)


def _resolved(path: Path) -> Path:
    return Path(os.path.realpath(path))


def read(path: Path) -> Document | Reject:
    """The document in the file at ``path``, or a reject that says at which stage it failed and why.

    >>> read(Path("khong-co.txt"))
    Reject(path='khong-co.txt', stage='read', reason='The file is gone; ...')
    """
    raw = _bytes_of(path)
    shown = _shown(str(path))
    if isinstance(raw, str):
        return Reject(shown, "read", raw)
    suffix = path.suffix.lower()
    decoded = decode(raw)
    if isinstance(decoded, str):
        return Reject(shown, "decode", decoded)
    if not decoded.text.strip():
        return Reject(shown, "read", "The file holds nothing but white space; leave it out of the archive.")
    if suffix in _UNREADABLE and not looks_like_html(decoded.text):
        return Reject(
            shown,
            "parse",
            f"There is no reader for {_UNREADABLE[suffix]} ({suffix}); convert it to plain text or HTML.",
        )
    origin = Origin(_id_of(path), shown, hashlib.sha256(raw).hexdigest(), decoded.warnings)
    return _reader_for(decoded.text, suffix)(decoded.text, origin)


def _bytes_of(path: Path) -> bytes | str:
    """The bytes of a regular file within the limit, or why there are none."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            return "This is a folder that could not be listed; check its permissions."
        if not stat.S_ISREG(status.st_mode):
            return "This is no regular file (a device, pipe or socket); leave it out of the archive."
        if status.st_size > MAX_BYTES:
            return _too_large(status.st_size)
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return "The file is gone; check the path, or whether the archive is being moved."
    except PermissionError:
        return "The file may not be read; change its permissions."
    except (OSError, ValueError) as error:
        return f"The file cannot be read ({type(error).__name__}: {_shown(str(error))})."
    if len(raw) > MAX_BYTES:
        return _too_large(len(raw))
    return raw or "The file is empty; fetch it again or leave it out."


def _too_large(size: int) -> str:
    return f"too-large: {size} bytes, more than {MAX_BYTES // 1_000_000} MB; split it into one file per article."


def _reader_for(text: str, suffix: str) -> Reader:
    """Content decides; the name only where content is in doubt."""
    return read_web if looks_like_html(text, named_html=suffix in _WEB_SUFFIXES) else read_plain


def _id_of(path: Path) -> str:
    return unicodedata.normalize("NFC", _shown(path.stem))


def _shown(name: str) -> str:
    """``name`` fit to be stored: bytes of file names that are no text become replacement characters."""
    return os.fsencode(name).decode("utf-8", errors="replace")
