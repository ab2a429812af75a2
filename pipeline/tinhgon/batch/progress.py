"""What is told while a run goes on: a bar for a person at a terminal, or lines of JSON for a batch system.

Both go to the error stream, so that results can be piped.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TextIO

_SECONDS_BETWEEN_LINES = 1.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come.

    >>> Progress(read=128, found=5000, facts=31, rejected=2, seconds=4.0).rate
    32.0
    """

    read: int
    found: int  # grows while containers are opened
    facts: int
    rejected: int
    seconds: float
    doing: str = "reading"  # or "merging", where others have read

    @property
    def rate(self) -> float:
        """Articles a second."""
        return self.read / self.seconds if self.seconds > 0 else 0.0


Report = Callable[[Progress], None]


def silent(progress: Progress) -> None:
    """Report nothing."""


@contextmanager
def progress_bar(*, quiet: bool = False) -> Iterator[Report]:
    """A function to report progress to, which draws a bar where there is somebody to see it."""
    if quiet or not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    told = TextColumn("{task.fields[told]}")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), told)
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None, told="")

        def report(progress: Progress) -> None:
            told = f"{progress.rate:.0f}/s, {progress.facts} facts, {progress.rejected} rejected"
            bar.update(task, description=progress.doing, completed=progress.read, total=progress.found, told=told)

        yield report


class JsonLines:
    """Tells of a run as JSON, one object a line: ``progress`` at most once a second, ``reject`` and ``end``.

    >>> lines = JsonLines(sys.stdout, now=lambda: datetime(2026, 1, 2, tzinfo=UTC))
    >>> lines.tell("reject", path="a.pdf", reason="encrypted")
    {"event": "reject", "time": "2026-01-02T00:00:00+00:00", "path": "a.pdf", "reason": "encrypted"}
    """

    def __init__(self, out: TextIO, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._out, self._now = out, now
        self._told_at = float("-inf")

    def report(self, progress: Progress) -> None:
        """Tell how far the run has come, unless that was told a moment ago."""
        if time.monotonic() - self._told_at < _SECONDS_BETWEEN_LINES:
            return
        self._told_at = time.monotonic()
        self.tell(
            "progress",
            doing=progress.doing,
            read=progress.read,
            found=progress.found,
            facts=progress.facts,
            rejected=progress.rejected,
            seconds=round(progress.seconds, 3),
            per_second=round(progress.rate, 1),
        )

    def tell(self, event: str, **values: Any) -> None:
        """Write one line at once, so that whoever reads it along is never behind."""
        line = {"event": event, "time": self._now().isoformat(timespec="seconds"), **values}
        # ASCII alone: what reads the logs of a cluster may know no other encoding.
        self._out.write(json.dumps(line) + "\n")
        self._out.flush()
