"""The loop of a run: a batch of items is read, what is known is passed over, the rest extracted and written."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from tinhgon import ingest
from tinhgon.batch.log import RunLog
from tinhgon.batch.progress import Report, silent
from tinhgon.batch.stopping import stop_on_interrupt
from tinhgon.batch.summary import Summary
from tinhgon.batch.workers import PLAINLY, LoadExtractor, Reading, Workers, load_extractor, start_workers
from tinhgon.ingest import Item
from tinhgon.records import Claims, Document, Reject, Skip
from tinhgon.store import FactBase

# Large enough that workers seldom wait for each other, small enough that Ctrl-C is heard soon; the same for any
# number of jobs, since what is written together decides which of two namesakes keeps the plain id.
BATCH = 64
# What containers give is held in memory until it is read.
BATCH_BYTES = 32_000_000

Found = Item | Reject


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
    paths = list(ingest.sources(sources))
    extractor = load(patterns)
    with FactBase.open(db, create=True) as base:
        arguments = {"sources": list(sources), "jobs": jobs, "reading": asdict(reading)}
        log = RunLog(base, extractor.patterns_hash, extractor.pattern_versions, arguments, len(paths))
        with stop_on_interrupt() as stop, start_workers(extractor, jobs, load, patterns) as workers:
            for batch in _batches(_found_in(paths, reading, log)):
                if stop.made:
                    log.tally.stopped = True
                    break
                _do(batch, reading, workers, log)
                report(log.tally.progress(time.monotonic() - started))
        return log.close(time.monotonic() - started)


def _found_in(paths: Sequence[Path], reading: Reading, log: RunLog) -> Iterator[Found]:
    """The items in all files; how many a container holds is known only when it was read."""
    for path in paths:
        log.tally.found -= 1
        for found in ingest.items(path, reading.fields):
            log.tally.found += 1
            yield found


def _do(batch: Sequence[Found], reading: Reading, workers: Workers, log: RunLog) -> None:
    fresh: list[Document] = []
    rejects = [found for found in batch if isinstance(found, Reject)]
    skips: list[Skip] = []
    log.tally.read += len(batch)
    for outcome in workers.read([found for found in batch if isinstance(found, Item)], reading):
        if isinstance(outcome, Reject):
            rejects.append(outcome)
        elif isinstance(outcome, Skip):
            skips.append(outcome)
        elif log.is_done(outcome):
            log.tally.passed_over += 1
        else:
            fresh.append(outcome)
    claims: list[Claims] = []
    for extracted in workers.extract(fresh):
        if isinstance(extracted, Reject):
            rejects.append(extracted)
        else:
            claims.append(extracted)
    log.write(claims, rejects, skips)


def _batches(found: Iterable[Found]) -> Iterator[Sequence[Found]]:
    batch: list[Found] = []
    held = 0
    for one in found:
        batch.append(one)
        held += len(one.raw or b"") if isinstance(one, Item) else 0
        if len(batch) >= BATCH or held >= BATCH_BYTES:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch
