"""A fact base open to readers: what a desk is, and how its pages ask the base."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from datasette.app import Datasette
from datasette.utils import sqlite_timelimit

from tinhgon.store import FactBase

DATABASE = "facts"  # its name in addresses, whatever the file is called
SECONDS = 5.0  # that one page may take; a question of a reader's own in SQL may take less, see serve.py
_REMEMBERED = 200  # answers

Page = dict[str, Any]


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

    @staticmethod
    def of(datasette: Datasette) -> Desk | None:
        """The desk this Datasette serves; ``None`` for one that is not ours."""
        return _DESKS.get(datasette)

    def serve_on(self, datasette: Datasette) -> None:
        """Make it the desk that this Datasette serves."""
        _DESKS[datasette] = self

    def forget(self) -> None:
        """Let go of all answers, so that the next ones are asked of the base."""
        with self._lock:
            self._answers.clear()

    async def read(self, datasette: Datasette, page: Callable[[FactBase, Any], Page], visit: Hashable) -> Page:
        """What a page shows of the base as it is now; remembered for as long as the base stays as it is.

        Raises ``SlowError`` where it takes longer than ``seconds``.
        """

        def ask(connection: sqlite3.Connection) -> Page:
            # Counts what other connections write; it is each connection's own, so answers are kept for each.
            (version,) = connection.execute("PRAGMA data_version").fetchone()
            key = (id(connection), version, page, visit)
            with self._lock:
                if (known := self._answers.get(key)) is not None:
                    self._answers.move_to_end(key)
                    return known
            with sqlite_timelimit(connection, int(1000 * self.seconds)):
                base = FactBase.over(connection, str(self.path))
                with base.snapshot():
                    answer = page(base, visit)
            with self._lock:
                self._answers[key] = answer
                while len(self._answers) > _REMEMBERED:
                    self._answers.popitem(last=False)
            return answer

        try:
            answer: Page = await datasette.get_database(DATABASE).execute_fn(ask)
        except Exception as error:
            if _was_interrupted(error):
                raise SlowError from error
            raise
        return answer


_DESKS: WeakKeyDictionary[Datasette, Desk] = WeakKeyDictionary()


def _was_interrupted(error: BaseException) -> bool:
    """Whether SQLite stopped a question because its time was over."""
    cause: BaseException | None = error
    while cause is not None:
        if getattr(cause, "sqlite_errorname", "") == "SQLITE_INTERRUPT":
            return True
        cause = cause.__cause__
    return False
