"""The loop of a run: a batch of sources is read, what is known is passed over, the rest extracted and written."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tinhgon import ingest
from tinhgon.batch.log import RunLog
from tinhgon.batch.progress import Report, silent
from tinhgon.batch.stopping import stop_on_interrupt
from tinhgon.batch.summary import Summary
from tinhgon.batch.workers import LoadExtractor, Workers, load_extractor, start_workers
from tinhgon.records import Claims, Document, Reject
from tinhgon.store import FactBase

# Large enough that workers seldom wait for each other, small enough that Ctrl-C is heard soon; the same for any
# number of jobs, since what is written together decides which of two namesakes keeps the plain id.
BATCH = 64


def run(
    sources: Sequence[str],
    db: Path,
    *,
    patterns: Path | None = None,
    jobs: int = 1,
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
        log = RunLog(base, extractor.patterns_hash, {"sources": list(sources), "jobs": jobs}, len(paths))
        with stop_on_interrupt() as stop, start_workers(extractor, jobs, load, patterns) as workers:
            for batch in _batches(paths, BATCH):
                if stop.made:
                    break
                _do(batch, workers, log)
                report(log.tally.read, len(paths))
        return log.close(time.monotonic() - started)


def _do(paths: Sequence[Path], workers: Workers, log: RunLog) -> None:
    fresh: list[Document] = []
    rejects: list[Reject] = []
    for outcome in workers.read(paths):
        log.tally.read += 1
        if isinstance(outcome, Reject):
            rejects.append(outcome)
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
    log.write(claims, rejects)


def _batches(paths: Sequence[Path], size: int) -> Iterator[Sequence[Path]]:
    for start in range(0, len(paths), size):
        yield paths[start : start + size]
