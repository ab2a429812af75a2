"""Whole runs, from the files on disk to the committed fact base, each in a process of its own."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from benchmark.archive import write_archive
from benchmark.processes import Ran, measured_here, tinhgon, watched
from benchmark.settings import GROWTH, SMALL, Case, Settings, tell

Row = dict[str, Any]


@dataclass(slots=True)
class Series:
    """The runs of one case with one number of jobs, over the whole archive and over its beginning."""

    large: list[Ran] = field(default_factory=list)
    small: list[Ran] = field(default_factory=list)


def run_over(archive: Path, jobs: int, articles: int) -> tuple[Ran, Row]:
    """One run into a new fact base, and what that holds. Raises ``RuntimeError`` where articles went missing."""
    db = archive.with_name("facts.db")
    db.unlink(missing_ok=True)
    ran = watched(tinhgon("run", str(archive), "--db", str(db), "--jobs", str(jobs), "--quiet"))
    with closing(sqlite3.connect(db)) as base:
        held = {
            name: int(base.execute(f"SELECT count(*) FROM {name}").fetchone()[0])  # noqa: S608 - names of ours
            for name in ("documents", "skipped", "facts")
        }
    if held["documents"] + held["skipped"] != articles:
        raise RuntimeError(f"{archive}: {articles} articles went in, {held} came out")
    return ran, {**held, "db_mb": db.stat().st_size / 1e6}


def measure_runs(settings: Settings) -> tuple[list[Row], Row | None]:
    """A row for each case and number of jobs; and the floor, where the plain texts are among the cases.

    What is compared is measured in turn, round after round, so that a slow minute of the machine hits all alike.
    """
    rows: list[Row] = []
    floor: Row | None = None
    for case in settings.cases:
        size = settings.size(case.share)
        small = max(1, round(size * SMALL))
        archive, written = archive_of(settings, case, size)
        first_ones = beginning(archive, small, archive.with_name(f"first-{small}"))
        series = {jobs: Series() for jobs in settings.jobs}
        floors: list[float] = []
        held: dict[int, Row] = {}
        for number in range(settings.repeat):
            if case.name == "plain-txt":
                tell(f"floor of {case.name}, round {number + 1} of {settings.repeat}")
                floors.append(float(measured_here("floor", str(archive)).output))
            for jobs, runs in series.items():
                tell(f"{case.name}, {size} articles, jobs {jobs}, round {number + 1} of {settings.repeat}")
                runs.small.append(run_over(first_ones, jobs, small)[0])
                ran, held[jobs] = run_over(archive, jobs, size)
                runs.large.append(ran)
        of_case = [
            {"archive": case.name, "jobs": jobs, "articles": size, "mb": written / 1e6}
            | held[jobs]
            | _figures(runs, size, small, written)
            for jobs, runs in series.items()
        ]
        _compare_jobs(of_case, series)
        rows += of_case
        if floors:
            floor = _floor(floors, series[settings.jobs[0]].large, size, of_case[0])
    return rows, floor


def measure_growth(settings: Settings) -> list[Row]:
    """The same mixed archive, longer and longer: what one more article takes, and the memory at the end."""
    sizes = sorted({settings.size(share) for share in GROWTH})
    archive, _ = archive_of(settings, Case("mixed", "txt"), sizes[-1])
    rows: list[Row] = []
    for size in sizes:
        tell(f"growth: {size} mixed articles")
        part = archive if size == sizes[-1] else beginning(archive, size, archive.with_name(f"first-{size}"))
        ran, held = run_over(part, 1, size)
        before = rows[-1] if rows else {"articles": 0, "seconds": 0.0}
        each = (ran.seconds - before["seconds"]) / (size - before["articles"])
        rows.append({"articles": size, **_kept(ran), "ms_per_article": 1000 * each, **held})
    return rows


def beginning(archive: Path, articles: int, dest: Path) -> Path:
    """The first articles of an archive as an archive of its own; files are linked, rows copied."""
    if dest.exists():
        return dest
    dest.mkdir()
    files = sorted(path for path in archive.rglob("*") if path.is_file())
    if [path.suffix for path in files] == [".jsonl"]:
        with files[0].open("rb") as rows:
            (dest / files[0].name).write_bytes(b"".join(islice(rows, articles)))
    else:
        for path in files[:articles]:
            os.link(path, dest / path.name)
    return dest


def archive_of(settings: Settings, case: Case, size: int) -> tuple[Path, int]:
    """The archive of a case, written unless it is there, and its size in bytes."""
    folder = settings.folder / f"{case.name}-{size}-seed-{settings.seed}" / "archive"
    if not folder.exists():
        tell(f"writing {size} articles, {case.name}")
        begun = folder.with_name("begun")
        write_archive(begun, size, seed=settings.seed, kind=case.kind, format=case.format)
        begun.rename(folder)  # one that was broken off is not taken for whole
    return folder, sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _kept(ran: Ran) -> Row:
    return {name: value for name, value in asdict(ran).items() if name != "output"}


def _figures(runs: Series, size: int, small: int, written: int) -> Row:
    seconds, less = (median(ran.seconds for ran in some) for some in (runs.large, runs.small))
    more = seconds - less
    steady = (size - small) / more if more > 0 else None
    return {
        "seconds": seconds,
        "cpu_seconds": median(ran.cpu_seconds for ran in runs.large),
        "all_seconds": [ran.seconds for ran in runs.large],
        "small_articles": small,
        "small_seconds": less,
        "rate": size / seconds,
        "steady_rate": steady,
        "mb_rate": written / 1e6 / seconds,
        "main_mb": max(ran.main_mb for ran in runs.large),
        "worker_mb": max(ran.worker_mb for ran in runs.large),
    }


def _compare_jobs(rows: list[Row], series: dict[int, Series]) -> None:
    """How much faster more jobs are than one, round by round."""
    alone = rows[0]
    for row in rows[1:]:
        pairs = zip(series[alone["jobs"]].large, series[row["jobs"]].large, strict=True)
        row["speedup"] = median(one.seconds / more.seconds for one, more in pairs)
        both = row["steady_rate"] and alone["steady_rate"]
        row["steady_speedup"] = row["steady_rate"] / alone["steady_rate"] if both else None
        if (row["documents"], row["facts"]) != (alone["documents"], alone["facts"]):
            raise RuntimeError(f"{row['archive']}: with {row['jobs']} jobs the fact base came out different")


def _floor(floors: list[float], runs: list[Ran], size: int, plain: Row) -> Row:
    rate = size / median(floors)
    steady = plain["steady_rate"]
    return {
        "articles": size,
        "seconds": median(floors),
        "rate": rate,
        "ratio": median(ran.seconds / floor for ran, floor in zip(runs, floors, strict=True)),
        "steady_ratio": rate / steady if steady else None,
    }
