"""Finding the files of an archive, and the articles in each: one, or many where the file is a container."""

from __future__ import annotations

import glob
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tinhgon.ingest.containers import Fields, expand, is_container
from tinhgon.ingest.containers.streams import Stream
from tinhgon.ingest.item import Item, UnopenedError, open_regular, shown
from tinhgon.ingest.sniff import kind_of
from tinhgon.records import Reject

STDIN = Path("-")  # what is piped in
MAX_REJECTS = 1_000  # of one file
_GLOB = re.compile(r"[*?\[]")


def sources(paths: Sequence[str]) -> Iterator[Path]:
    """The files meant by ``paths``, each once: folders with all below them, globs, and single files.

    The order is that of ``paths`` and, within a folder, of names. Hidden files and symbolic links that lead out
    of the folder are left out. A name that does not exist is passed on, so that reading it gives a reject.

    >>> [path.name for path in sources(["khong-co.txt", "khong-co.txt"])]
    ['khong-co.txt']
    """
    if len(paths) == 1 and os.path.isdir(paths[0]):
        yield from _expanded(paths[0])  # meets no file twice, and need not remember millions of them
        return
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
    """The files below ``folder`` in the order of their names; what cannot be listed is passed on itself."""
    waiting: list[Iterator[tuple[Path, bool]]] = [iter([(folder, True)])]
    while waiting:
        path, is_folder = next(waiting[-1], (None, False))
        if path is None:
            waiting.pop()
        elif not is_folder or (listed := _listed(path, root)) is None:
            yield path
        else:
            waiting.append(listed)


def _listed(folder: Path, root: Path) -> Iterator[tuple[Path, bool]] | None:
    """What is taken of a folder, by name, and whether it is a folder; nothing where it cannot be listed.

    The listing itself tells which is which: asking for each of a million files would take minutes.
    """
    try:
        with os.scandir(folder) as listing:
            taken = sorted(
                (entry.name, entry.is_dir(follow_symlinks=False)) for entry in listing if _is_of_archive(entry, root)
            )
    except OSError:
        return None
    return ((folder / name, is_folder) for name, is_folder in taken)


def _is_of_archive(entry: os.DirEntry[str], root: Path) -> bool:
    """Whether a file is taken: no hidden one, and no link out of the archive or to a folder, which is met there."""
    if entry.name.startswith("."):
        return False
    try:
        return not entry.is_symlink() or not (_leaves(Path(entry.path), root) or entry.is_dir())
    except OSError:
        return True  # a link in a circle; reading it tells why it cannot be read


def _leaves(path: Path, root: Path) -> bool:
    return not _resolved(path).is_relative_to(root)


def _resolved(path: Path) -> Path:
    return Path(os.path.realpath(path))


def items(path: Path, fields: Fields | None = None) -> Iterator[Item | Reject]:
    """The articles in the file at ``path``: the file itself, or what it holds where it is a container.

    ``STDIN`` stands for what is piped in. A file that cannot be opened gives a reject, as does each damaged piece of
    a container; of a flood of rejects the first ones are told and the rest counted.

    >>> list(items(Path("khong-co.txt")))
    [Reject(path='khong-co.txt', stage='read', reason='The file is gone; ...')]
    """
    rejected = 0
    for found in _items_in(path, fields or Fields()):
        rejected += isinstance(found, Reject)
        if not isinstance(found, Reject) or rejected <= MAX_REJECTS:
            yield found
    if rejected > MAX_REJECTS:
        more = rejected - MAX_REJECTS
        yield Reject(
            shown(str(path)), "parse", f"{more} more pieces of this file cannot be read; look at the first ones."
        )


def _items_in(path: Path, fields: Fields) -> Iterator[Item | Reject]:
    if path == STDIN:
        yield from expand(Stream.of_pipe(sys.stdin.buffer, "stdin"), fields)
        return
    try:
        with open_regular(path) as file:
            stream = Stream.of(file, str(path), real=path)
            if is_container(kind_of(stream.head(), stream.suffix)):
                yield from expand(stream, fields)
            else:
                yield Item.of_file(path)
    except UnopenedError as error:
        yield Reject(shown(str(path)), "read", str(error))
    except OSError as error:
        yield Reject(shown(str(path)), "read", f"The file cannot be read ({type(error).__name__}).")
