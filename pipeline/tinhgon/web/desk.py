"""A fact base open to readers: what a desk is, and how its pages ask the base."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, local
from typing import Any
from weakref import WeakKeyDictionary

from datasette.app import Datasette
from datasette.utils import sqlite_timelimit

from tinhgon.store import FactBase
from tinhgon.store.connection import connect_readonly

DATABASE = "facts"  # its name in addresses, whatever the file is called
SECONDS = 5.0  # that one page may take; a question of a reader's own in SQL may take less, see serve.py
FILE_SECONDS = 60.0  # that one file may take
_REMEMBERED = 200  # answers
_THREADS = 3
_CACHE_KB = 64 * 1024  # SQLite's own is 2 MB, less than one index of a large base
_MAPPED_BYTES = 2**31

Page = dict[str, Any]
Show = Callable[[FactBase, Any], Page]


class SlowError(Exception):
    """A page took too long and was stopped."""


@dataclass(eq=False)
class Desk:
    """One fact base, and what may be done with it.

    ``token`` opens the review; without one nothing can be written. ``hosts`` are the names the site answers to; empty
    means any.
    """

    path: Path
    token: str | None = None
    hosts: frozenset[str] = frozenset()
    seconds: float = SECONDS
    _answers: OrderedDict[Hashable, Page] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)
    _local: local = field(default_factory=local)
    # Threads of the desk's own: a reader's SQL, however slow, keeps no page waiting.
    _threads: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(_THREADS, thread_name_prefix="desk")
    )
    # A large file takes a minute, and three at once would stop every page for so long.
    _for_files: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="desk-files")
    )
    _file: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        self._file = _identity(self.path)

    @staticmethod
    def of(datasette: Datasette) -> Desk | None:
        """The desk this Datasette serves; ``None`` for one that is not ours."""
        return _DESKS.get(datasette)

    def serve_on(self, datasette: Datasette) -> None:
        """Make it the desk that this Datasette serves."""
        _DESKS[datasette] = self

    @property
    def was_replaced(self) -> bool:
        """Whether another file stands at the path than the one that was opened: what is shown is no longer there."""
        return _identity(self.path) != self._file

    def close(self) -> None:
        """Let the threads go; a page that is being made is finished, or stopped by its time."""
        for threads in (self._threads, self._for_files):
            threads.shutdown(wait=False, cancel_futures=True)

    def warm(self, page: Show, visit: Hashable) -> list[Future[Page]]:
        """Make a page in every thread beforehand, so that no reader waits for the file to come into memory."""
        return [self._threads.submit(self._ask, page, visit, self.seconds) for _ in range(_THREADS)]

    async def read(self, page: Show, visit: Hashable) -> Page:
        """What a page shows of the base as it is now; remembered for as long as the base stays as it is.

        Raises ``SlowError`` where it takes longer than ``seconds``.
        """

        def remembered() -> Page:
            connection = self._connection()
            # Counts what other connections write; it is each connection's own, so answers are kept for each.
            (version,) = connection.execute("PRAGMA data_version").fetchone()
            key = (id(connection), version, page, visit)
            with self._lock:
                if (known := self._answers.get(key)) is not None:
                    self._answers.move_to_end(key)
                    return known
            answer = self._ask(page, visit, self.seconds)
            with self._lock:
                self._answers[key] = answer
                while len(self._answers) > _REMEMBERED:
                    self._answers.popitem(last=False)
            return answer

        return await self._in_a_thread(self._threads, remembered)

    async def write_out(self, file: Show, visit: Hashable) -> Page:
        """What a file holds, which may be large and take longer than a page: it is not remembered.

        Raises ``SlowError`` where it takes longer than ``FILE_SECONDS``.
        """
        return await self._in_a_thread(self._for_files, lambda: self._ask(file, visit, FILE_SECONDS))

    async def _in_a_thread(self, threads: ThreadPoolExecutor, ask: Callable[[], Page]) -> Page:
        try:
            return await asyncio.get_running_loop().run_in_executor(threads, ask)
        except Exception as error:
            if _was_interrupted(error):
                raise SlowError from error
            raise

    def _ask(self, page: Show, visit: Hashable, seconds: float) -> Page:
        connection = self._connection()
        with sqlite_timelimit(connection, int(1000 * seconds)):
            base = FactBase.over(connection, str(self.path))
            with base.snapshot():
                return page(base, visit)

    def _connection(self) -> sqlite3.Connection:
        """This thread's own connection."""
        known: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if known is None:
            known = connect_readonly(str(self.path))
            known.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
            known.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
            known.execute("PRAGMA query_only = ON")
            self._local.connection = known
        return known


_DESKS: WeakKeyDictionary[Datasette, Desk] = WeakKeyDictionary()


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _was_interrupted(error: BaseException) -> bool:
    """Whether SQLite stopped a question because its time was over."""
    cause: BaseException | None = error
    while cause is not None:
        if getattr(cause, "sqlite_errorname", "") == "SQLITE_INTERRUPT":
            return True
        cause = cause.__cause__
    return False
