"""Where articles are read and claims extracted: in this process, or in several that keep the order of the input."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from tinhgon.batch import worker
from tinhgon.batch.articles import (
    TOO_LARGE,
    TOO_SLOW,
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
from tinhgon.batch.carry import unpacked
from tinhgon.batch.pool import DiedError, Pool
from tinhgon.records import Document, Reject

# Articles that travel in one message: some tenths of a second's work where they have claims, beside which a message
# costs nothing, and few enough that the work of a batch can be shared out.
TASK = 16
# A process may be ended while it happens to be at an article that is not to blame.
TRIES = 2

Thing = TypeVar("Thing", Found, Document)
Pending = Callable[[], list[Outcome]]  # waits for what was begun


class Workers(Protocol):
    in_force: InForce

    def ahead(self, batch: int) -> int:
        """How many batches of this size it is worth to begin before the one that is to be written next."""

    def begin(self, batch: Sequence[Found], reading: Reading, kept: Kept) -> Pending:
        """Read articles and extract their claims; those that are ``kept`` come back as documents, and others may."""

    def begin_extracting(self, documents: Sequence[Document], reading: Reading) -> Pending:
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

    def begin_extracting(self, documents: Sequence[Document], reading: Reading) -> Pending:
        outcomes: list[Outcome] = [extract_one(self._extractor, reading, document) for document in documents]
        return lambda: outcomes


class InPool:
    """Processes of their own. Of one that dies, the articles are tried again one by one, to find which it died of."""

    def __init__(self, pool: Pool, jobs: int) -> None:
        self._pool, self._jobs = pool, jobs
        self.in_force = pool.prepared()

    def ahead(self, batch: int) -> int:
        """As many as give every process one task in hand and one in wait, and one more to make up for uneven ones."""
        return math.ceil(2 * self._jobs * TASK / batch) + 1

    def begin(self, batch: Sequence[Found], reading: Reading, kept: Kept) -> Pending:
        def one_by_one(part: Sequence[Found]) -> list[Outcome]:
            return self._one_by_one(partial(worker.documents_of, reading), part, "read", reading.seconds_to_read)

        return self._in_tasks(partial(worker.outcomes_of, reading, kept), batch, one_by_one)

    def begin_extracting(self, documents: Sequence[Document], reading: Reading) -> Pending:
        work = partial(worker.extracted, reading)
        return self._in_tasks(work, documents, lambda part: self._one_by_one(work, part, "extract", reading.seconds))

    def _in_tasks(
        self,
        work: Callable[[Sequence[Thing]], list[bytes]],
        things: Sequence[Thing],
        one_by_one: Callable[[Sequence[Thing]], list[Outcome]],
    ) -> Pending:
        parts = [things[at : at + TASK] for at in range(0, len(things), TASK)]
        begun = [(part, self._pool.submit(work, part)) for part in parts]

        def outcomes(part: Sequence[Thing], done: Future[list[bytes]]) -> list[Outcome]:
            try:
                return [unpacked(raw) for raw in done.result()]
            except (DiedError, MemoryError):
                return one_by_one(part)

        return lambda: [outcome for part, done in begun for outcome in outcomes(part, done)]

    def _one_by_one(
        self, work: Callable[[Sequence[Thing]], list[bytes]], part: Sequence[Thing], stage: str, seconds: float
    ) -> list[Outcome]:
        def outcome(one: Thing, done: Future[list[bytes]], tries: int = TRIES) -> Outcome:
            try:
                (raw,) = done.result()
                return unpacked(raw)
            except MemoryError:
                return Reject(one.path, stage, TOO_LARGE)
            except DiedError as death:
                if tries > 1 and not death.out_of_time:
                    return outcome(one, self._pool.submit(work, [one]), tries - 1)
                return Reject(one.path, stage, _cause(death, seconds))

        begun = [self._pool.submit(work, [one]) for one in part]
        return [outcome(one, done) for one, done in zip(part, begun, strict=True)]


def _cause(death: DiedError, seconds: float) -> str:
    if death.out_of_time:
        return TOO_SLOW.format(seconds=seconds)
    if death.was_killed:
        return (
            "too-large: the process that worked on it was ended by the system, most often for want of memory; "
            "run the same command with fewer --jobs, or split it"
        )
    return f"the process that worked on it broke down ({death}); please report it with the file"


@contextmanager
def start_workers(jobs: int, load: LoadExtractor, patterns: Path | None) -> Iterator[Workers]:
    """Workers for the length of the block. With several processes this one need not load anything itself."""
    if jobs == 1:
        yield InThisProcess(load(patterns))
        return
    with Pool(jobs, worker.main, (load, patterns)) as pool:
        yield InPool(pool, jobs)
