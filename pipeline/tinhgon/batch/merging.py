"""Parts -> fact base: what workers made, written as a run on this machine would have written it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import chain, takewhile
from pathlib import Path

from tinhgon.batch.articles import Outcome
from tinhgon.batch.fingerprint import code_version
from tinhgon.batch.log import RunLog
from tinhgon.batch.parts import outcomes_in
from tinhgon.batch.plan import Made, Plan, PlanError, parts_made
from tinhgon.batch.progress import Report, silent
from tinhgon.batch.run import batches
from tinhgon.batch.stopping import stop_on_interrupt
from tinhgon.batch.summary import Summary
from tinhgon.store import FactBase


def merge(folder: Path, db: Path, *, report: Report = silent) -> Summary:
    """Write the parts in ``folder`` into the fact base at ``db``.

    They are taken in the order of the plan and in the batches of a local run, so that the fact base comes out as that
    run's. What is there already is passed over, as in any run.
    """
    started = time.monotonic()
    plan = Plan.read(folder)
    if plan.version != (own := code_version()):
        raise PlanError(
            f"the parts in {folder} were made by tinhgon {plan.version}, this is {own}: merge them with the same "
            "version, or make them anew with tinhgon run --dask"
        )
    parts = parts_made(folder, plan)
    with FactBase.open(db, create=True) as base, stop_on_interrupt() as stop:
        arguments = {"sources": plan.sources, "partitions": len(parts), "reading": asdict(plan.reading)}
        log = RunLog(base, plan.in_force, arguments, sum(part.articles for part in parts))
        for path in chain.from_iterable(plan.partitions):
            log.meet(path)
        carried = batches(_carried(folder, plan, parts), lambda one: one[0])
        for batch in takewhile(lambda _: not stop.made, carried):
            log.write([outcome for _, outcome in batch])
            report(log.tally.progress(time.monotonic() - started, "merging"))
        log.tally.stopped = stop.made and log.tally.read < log.tally.found
        return log.close(time.monotonic() - started)


def _carried(folder: Path, plan: Plan, parts: Sequence[Made]) -> Iterator[tuple[int, Outcome]]:
    for part in parts:
        yield from outcomes_in(folder / part.name, plan)
