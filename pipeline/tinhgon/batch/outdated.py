"""What earlier runs could not read, and this one has come by again: where it is read now, it is off the record."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

# A piece of a container is named after the container and one of these.
_PIECE_OF = "#/"


class Outdated:
    """Rejected paths, and which of them belong to files that were met since.

    >>> rejected = Outdated(["kho/a.txt", "kho/a.txt.gz", "kho/b.zip/bài 1.html", "kho/c.jsonl#12"])
    >>> for file in ("kho/a.txt", "kho/b.zip", "kho/c.jsonl"):
    ...     rejected.meet(file)
    >>> sorted(rejected.met)
    ['kho/a.txt', 'kho/b.zip/bài 1.html', 'kho/c.jsonl#12']
    """

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = sorted(paths)
        self.met: set[str] = set()

    def meet(self, file: str) -> None:
        """Note that this file is there to be read."""
        if not self._paths:
            return
        # Sorted, all pieces of a container stand together.
        for beginning, end in ((file, f"{file}\0"), *((file + mark, file + chr(ord(mark) + 1)) for mark in _PIECE_OF)):
            self.met.update(self._paths[bisect_left(self._paths, beginning) : bisect_left(self._paths, end)])
