"""A long run, interrupted and killed now and then: ``make soak``, or ``python scripts/soak.py --articles 2000``.

Articles of invented news go through ``tinhgon run``, which is stopped at a tenth, killed at two, and goes on from three
tenths to the end in one piece. Every second the memory and the open files of all its processes are looked at. In that
last piece they must not grow with what was read: those of the last quarter are held against those of the second one.
Every article must be on record once. Exit status 1 where that is not so.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from benchmark.archive import write_archive
from benchmark.articles import KINDS
from benchmark.processes import at_work_below, tinhgon
from tinhgon import FactBase

_EVERY = 1.0
_PAGE = os.sysconf("SC_PAGE_SIZE")
# Of the articles: where the run is broken off, and how.
_BREAKS = ((0.1, signal.SIGINT), (0.2, signal.SIGKILL), (0.3, signal.SIGINT))
# What memory may be more in the last quarter than in the second: allocators keep some slack.
_SLACK = 1.10


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the processes of a run: articles read by then, megabytes and open files of each kind."""

    read: int
    main_mb: float
    worker_mb: float  # of the largest
    main_files: int
    worker_files: int


def soaked(archive: Path, db: Path, articles: int, jobs: int) -> list[list[Look]]:
    """The looks at each piece of the run."""
    ends = [*((int(share * articles), how) for share, how in _BREAKS), (articles, None)]
    return [_piece(archive, db, jobs, end, how) for end, how in ends]


def _piece(archive: Path, db: Path, jobs: int, end: int, how: signal.Signals | None) -> list[Look]:
    looks: list[Look] = []
    with tempfile.TemporaryFile() as told:
        command = tinhgon("run", str(archive), "--db", str(db), "--jobs", str(jobs), "--log-json")
        run = subprocess.Popen(command, stderr=told, start_new_session=True)
        while run.poll() is None:
            time.sleep(_EVERY)
            read = _read_by(told.fileno())
            if (look := _look(run.pid, read)) is not None:
                looks.append(look)
            if how is not None and read >= end:
                # The run alone is told to stop, a kill comes over all.
                os.kill(run.pid, how) if how is signal.SIGINT else os.killpg(run.pid, how)
                run.wait()
        if how is None and run.returncode:
            told.seek(0)
            raise RuntimeError(f"the run ended with {run.returncode}: {told.read()[-2000:].decode()}")
    print(f"{looks[-1].read if looks else 0} articles read, then {how.name if how else 'the end'}", file=sys.stderr)
    return looks


def _read_by(file: int) -> int:
    """Articles read, by the last whole line that told of it."""
    tail = os.pread(file, 4096, max(os.fstat(file).st_size - 4096, 0)).decode(errors="replace")
    lines = [line for line in tail.split("\n")[:-1] if line.startswith('{"event": "progress"')]
    return int(json.loads(lines[-1])["read"]) if lines else 0


def _look(run: int, read: int) -> Look | None:
    """At the processes that are there; nothing of a run that is over."""
    seen = []
    for pid in at_work_below(run):
        try:
            memory = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / 1e6
            seen.append((pid, memory, len(os.listdir(f"/proc/{pid}/fd"))))
        except (OSError, IndexError):
            continue
    main = [(memory, files) for pid, memory, files in seen if pid == run]
    workers = [(memory, files) for pid, memory, files in seen if pid != run] or [(0.0, 0)]
    if not main:
        return None
    return Look(read, main[0][0], max(mb for mb, _ in workers), main[0][1], max(files for _, files in workers))


def growth(looks: Sequence[Look]) -> tuple[list[str], list[str]]:
    """A table of the quarters of a piece, and what has grown in it."""
    first, last = looks[0].read, looks[-1].read
    quarters = [
        [look for look in looks if (look.read - first) * 4 // max(last - first + 1, 1) == at] for at in range(4)
    ]
    if not all(quarters):
        return [], ["the run was too short to be judged"]
    rows = ["| quarter | articles read | main process | largest worker | open files |", "|---|---:|---:|---:|---:|"]
    for number, quarter in enumerate(quarters, 1):
        files = max(look.main_files + look.worker_files for look in quarter)
        rows.append(
            f"| {number} | {quarter[-1].read:,} | {_typical(quarter, 'main_mb'):.0f} MB | "
            f"{_typical(quarter, 'worker_mb'):.0f} MB | {files} |"
        )
    second, fourth = quarters[1], quarters[3]
    grown = [
        f"{kind} took {_typical(fourth, kind):.0f} in the last quarter, {_typical(second, kind):.0f} in the second"
        for kind in ("main_mb", "worker_mb", "main_files", "worker_files")
        if _typical(fourth, kind) > _SLACK * _typical(second, kind)
    ]
    return rows, grown


def _typical(looks: Sequence[Look], kind: str) -> float:
    return statistics.median(getattr(look, kind) for look in looks)


def lost(db: Path, articles: int) -> list[str]:
    """What the ledger has too few or too many of."""
    with FactBase.open(db, readonly=True) as base:
        counts = base.counts()
        paths = "SELECT path FROM documents UNION SELECT path FROM skipped UNION SELECT path FROM rejects"
        (row,) = base.rows(f"SELECT count(*) AS n FROM ({paths})")  # noqa: S608 - of our own
    on_record = counts["documents"] + counts["skipped"] + counts["rejects"]
    return (
        [] if row["n"] == on_record == articles else [f"{articles} articles, {on_record} on record, {row['n']} paths"]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--kind", choices=KINDS, default="dense")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=18)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        archive, db = Path(folder, "archive"), Path(folder, "facts.db")
        write_archive(archive, options.articles, seed=options.seed, kind=options.kind, format="txt")
        began = time.monotonic()
        pieces = soaked(archive, db, options.articles, options.jobs)
        minutes = (time.monotonic() - began) / 60
        table, wrong = growth(pieces[-1])
        wrong += lost(db, options.articles)
    print("\n".join(table))
    print(f"\n{options.articles:,} articles in {minutes:.0f} minutes, broken off {len(_BREAKS)} times")
    print("\n".join(wrong), file=sys.stderr)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
