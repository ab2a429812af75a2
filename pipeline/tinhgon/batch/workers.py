"""Where articles are read and claims extracted: in this process, or in several that keep the order of the input."""

from __future__ import annotations

import math
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from tinhgon.batch.articles import (
    ClaimsExtractor,
    Found,
    InForce,
    Kept,
    LoadExtractor,
    Outcome,
    Reading,
    extract_one,
    outcome_of,
)
from tinhgon.batch.carry import packed, unpacked
from tinhgon.batch.stopping import deaf_children
from tinhgon.records import Document

# Articles that travel in one message: some tenths of a second's work where they have claims, beside which a message
# costs nothing, and few enough that the work of a batch can be shared out.
TASK = 16

Result = TypeVar("Result")
Pending = Callable[[], list[Outcome]]  # waits for what was begun


class PoolError(RuntimeError):
    """A process of the pool ended without a word, most often for want of memory."""


class Workers(Protocol):
    in_force: InForce

    def ahead(self, batch: int) -> int:
        """How many batches of this size it is worth to begin before the one that is to be written next."""

    def begin(self, batch: Sequence[Found], reading: Reading, kept: Kept) -> Pending:
        """Read articles and extract their claims; those that are ``kept`` come back as documents."""

    def begin_extracting(self, documents: Sequence[Document]) -> Pending:
        """Extract the claims of documents."""


class InThisProcess:
    def __init__(self, extractor: ClaimsExtractor) -> None:
        self.in_force = InForce.of(extractor)
        self._extractor = extractor

    def ahead(self, batch: int) -> int:
        return 0

    def begin(self, batch: Sequence[Found], reading: Reading, kept: Kept) -> Pending:
        outcomes = [outcome_of(self._extractor, reading, kept, found) for found in batch]
        return lambda: outcomes

    def begin_extracting(self, documents: Sequence[Document]) -> Pending:
        outcomes: list[Outcome] = [extract_one(self._extractor, document) for document in documents]
        return lambda: outcomes


class InPool:
    def __init__(self, pool: ProcessPoolExecutor, jobs: int) -> None:
        self._pool, self._jobs = pool, jobs
        # One question for each process, so that all of them start at once and load while the first answers.
        answers = [self._submit(_in_force) for _ in range(jobs)]
        self.in_force = answers[0]()

    def ahead(self, batch: int) -> int:
        """As many as give every process one task in hand and one in wait, and one more to make up for uneven ones."""
        return math.ceil(2 * self._jobs * TASK / batch) + 1

    def begin(self, batch: Sequence[Found], reading: Reading, kept: Kept) -> Pending:
        return self._in_tasks(partial(_outcomes_of, reading, kept), batch)

    def begin_extracting(self, documents: Sequence[Document]) -> Pending:
        return self._in_tasks(_extracted, documents)

    def _in_tasks(self, work: Callable[[Sequence[Any]], list[bytes]], things: Sequence[Any]) -> Pending:
        tasks = [self._submit(work, things[at : at + TASK]) for at in range(0, len(things), TASK)]
        return lambda: [unpacked(raw) for task in tasks for raw in task()]

    def _submit(self, work: Callable[..., Result], *arguments: Any) -> Callable[[], Result]:
        with _told_plainly(), deaf_children():
            return partial(_result_of, self._pool.submit(work, *arguments))


def _result_of(future: Future[Result]) -> Result:
    with _told_plainly():
        return future.result()


@contextmanager
def _told_plainly() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool as error:
        raise PoolError(
            "a worker process died, perhaps for want of memory; what was written stays: "
            "run the same command with fewer --jobs to go on"
        ) from error


@contextmanager
def start_workers(jobs: int, load: LoadExtractor, patterns: Path | None) -> Iterator[Workers]:
    """Workers for the length of the block. With several processes this one need not load anything itself."""
    if jobs == 1:
        yield InThisProcess(load(patterns))
        return
    # Spawned, not forked: a forked copy of loaded models and their threads may hang.
    spawn = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=spawn, initializer=_start, initargs=(load, patterns))
    try:
        yield InPool(pool, jobs)
    finally:
        # After Ctrl-C, or an error, nobody asks any longer for what is still in wait.
        pool.shutdown(wait=True, cancel_futures=True)


class _Loading:
    """The extractor of a worker process, loaded once: by its first task, whose errors are told."""

    def __init__(self, load: LoadExtractor, patterns: Path | None) -> None:
        self._load, self._patterns = load, patterns
        self._extractor: ClaimsExtractor | None = None

    def __call__(self) -> ClaimsExtractor:
        if self._extractor is None:
            self._extractor = self._load(self._patterns)
        return self._extractor


_of_this_worker: list[_Loading] = []  # one


def _start(load: LoadExtractor, patterns: Path | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_run, daemon=True).start()
    _of_this_worker.append(_Loading(load, patterns))


def _end_with_the_run() -> None:
    """A run that is killed cannot dismiss its workers, which would wait for work for ever."""
    run = multiprocessing.parent_process()
    assert run is not None
    run.join()
    os._exit(1)


def _in_force() -> InForce:
    return InForce.of(_of_this_worker[0]())


def _outcomes_of(reading: Reading, kept: Kept, batch: Sequence[Found]) -> list[bytes]:
    extractor = _of_this_worker[0]()
    return [packed(outcome_of(extractor, reading, kept, found)) for found in batch]


def _extracted(documents: Sequence[Document]) -> list[bytes]:
    extractor = _of_this_worker[0]()
    return [packed(extract_one(extractor, document)) for document in documents]
