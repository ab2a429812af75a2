"""The loop of a run: workers read and extract some batches ahead of the one that is written."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import takewhile
from pathlib import Path
from typing import TypeVar

from tinhgon import ingest
from tinhgon.batch.articles import (
    PLAINLY,
    Found,
    LoadExtractor,
    Outcome,
    Reading,
    load_extractor,
    size_of,
    sources_besides,
)
from tinhgon.batch.log import RunLog
from tinhgon.batch.progress import Report, silent
from tinhgon.batch.stopping import StopRequest, stop_on_interrupt
from tinhgon.batch.summary import Summary
from tinhgon.batch.workers import Pending, Workers, start_workers
from tinhgon.records import Document
from tinhgon.store import FactBase

# Large enough that workers seldom wait for each other, small enough that Ctrl-C is heard soon; the same for any
# number of jobs, since what is written together decides which of two namesakes keeps the plain id.
BATCH = 64
# What containers give is held in memory until it is read.
BATCH_BYTES = 32_000_000

Thing = TypeVar("Thing")
Begun = TypeVar("Begun")


def run(
    sources: Sequence[str],
    db: Path,
    *,
    patterns: Path | None = None,
    jobs: int = 1,
    reading: Reading = PLAINLY,
    load: LoadExtractor = load_extractor,
    report: Report = silent,
) -> Summary:
    """Extract the claims of every source (a file, a folder or a glob) into the fact base at ``db``.

    Documents that are there already, from the same bytes, code and patterns, are passed over, so that an interrupted
    run is resumed by starting it again. The order of the sources decides the order in the fact base, whatever the
    number of ``jobs``.
    """
    started = time.monotonic()
    # Counted first, so that progress has an end to tell; millions of paths are not held in memory for it.
    files = sum(1 for _ in sources_besides(sources, db))
    with (
        FactBase.open(db, create=True) as base,
        stop_on_interrupt() as stop,
        start_workers(jobs, load, patterns) as workers,
    ):
        arguments = {"sources": list(sources), "jobs": jobs, "reading": asdict(reading)}
        log = RunLog(base, workers.in_force, arguments, files)
        found = _unless(stop, batches(_found_in(sources_besides(sources, db), reading, log), size_of))
        for batch in _in_flight(found, reading, workers, log):
            if stop.made:
                break
            # What was done when it was looked for may have been replaced by a batch before this one.
            log.write(_second_round(batch.complete(), reading, workers, log).complete())
            report(log.tally.progress(time.monotonic() - started))
        log.tally.stopped = stop.made and log.tally.read < log.tally.found
        return log.close(time.monotonic() - started)


def _found_in(paths: Iterable[Path], reading: Reading, log: RunLog) -> Iterator[Found]:
    """The items in all files; how many a container holds is known only when it was read."""
    for path in paths:
        log.tally.found -= 1
        log.meet(str(path))
        for found in ingest.items(path, reading.fields):
            log.tally.found += 1
            yield found


@dataclass(frozen=True, slots=True)
class _Batch:
    """A batch that was read, and the claims that are still to come for some of its documents."""

    outcomes: list[Outcome]
    missing: list[int]
    extracted: Pending

    def complete(self) -> list[Outcome]:
        for at, outcome in zip(self.missing, self.extracted(), strict=True):
            self.outcomes[at] = outcome
        return self.outcomes


def _in_flight(found: Iterable[Sequence[Found]], reading: Reading, workers: Workers, log: RunLog) -> Iterator[_Batch]:
    """Batches in their order, with as many more behind them begun as keep all workers busy.

    What the fact base may have comes back unextracted; what of that it has not after all is extracted in a second
    round. Batches that need none are not held up.
    """
    ahead = workers.ahead(BATCH)
    first = _ahead(found, lambda batch: workers.begin(batch, reading, log.kept(batch)), ahead)
    return _ahead(
        first, lambda pending: _second_round(pending(), reading, workers, log), ahead, lambda it: not it.missing
    )


def _second_round(outcomes: list[Outcome], reading: Reading, workers: Workers, log: RunLog) -> _Batch:
    """Begins to extract the documents that are not done."""
    missing = {at: one for at, one in enumerate(outcomes) if isinstance(one, Document) and not log.is_done(one)}
    return _Batch(outcomes, list(missing), workers.begin_extracting(list(missing.values()), reading))


def _ahead(
    things: Iterable[Thing],
    begin: Callable[[Thing], Begun],
    count: int,
    ready: Callable[[Begun], bool] = lambda begun: False,
) -> Iterator[Begun]:
    """Begins with each thing in turn, and is so many things ahead of the one it gives, unless that is ready before.

    >>> [thing for thing in _ahead("abc", lambda thing: print("begin", thing) or thing.upper(), 1)]
    begin a
    begin b
    begin c
    ['A', 'B', 'C']
    """
    begun: deque[Begun] = deque()
    for thing in things:
        begun.append(begin(thing))
        while begun and (len(begun) > count or ready(begun[0])):
            yield begun.popleft()
    yield from begun


def _unless(stop: StopRequest, found: Iterable[Thing]) -> Iterator[Thing]:
    """All of it, or until a stop is asked for."""
    return takewhile(lambda _: not stop.made, found)


def batches(things: Iterable[Thing], size: Callable[[Thing], int]) -> Iterator[list[Thing]]:
    """Things in groups that are written together; ``size`` tells how many bytes one of them keeps in memory."""
    batch: list[Thing] = []
    held = 0
    for one in things:
        batch.append(one)
        held += size(one)
        if len(batch) >= BATCH or held >= BATCH_BYTES:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch
