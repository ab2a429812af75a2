"""Many documents: read, extract, write, pass over what is done, and keep a record of what would not go.

In: files and folders; out: a fact base and a ``Summary``.

    run.py          start here: the loop over batches
    articles.py     one article: read, judged, extracted
    limits.py       how long that may take
    workers.py      where that is done: in this process, or in several, each of which runs worker.py
    pool.py         processes that are replaced when they die
    carry.py        results as bytes, as they travel between processes
    log.py          the one writer, and what is done already; outdated.py: what is off its record
    cluster.py      the same on many machines: a plan in partitions (plan.py), each made by a worker into a file
                    (parts.py), and all of them written into a fact base (merging.py)
    summary.py      what a run reports
    fingerprint.py  which code made a claim, so that a resume never passes over changed code
    stopping.py     Ctrl-C between batches
    progress.py     what is told meanwhile: a bar on a terminal, lines of JSON for batch systems
"""

from __future__ import annotations

from tinhgon.batch.articles import Reading
from tinhgon.batch.pool import PoolError
from tinhgon.batch.run import run
from tinhgon.batch.summary import Summary

__all__ = ["PoolError", "Reading", "Summary", "run"]
