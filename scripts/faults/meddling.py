"""Files that change, a fact base that is locked, articles that hang or take all memory, and clocks that jump."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from faults.bench import GRIM, Bench, Outcome, ended, outlives, remove
from faults.child import GREEDY, HANGS

# What a run waits for a lock, and the longest that one is held: some are waited for in vain.
PATIENCE, LONGEST = 0.5, 1.0


def lock(bench: Bench, run: subprocess.Popen[str], db: Path) -> int:
    """Another program keeps the fact base to itself now and then, sometimes for longer than a run waits."""
    locked = 0
    while outlives(run, bench.dice.uniform(0.05, 0.2) * bench.seconds):
        if not db.exists():
            continue
        other = sqlite3.connect(db, timeout=1)
        try:
            other.execute("BEGIN IMMEDIATE")
            locked += 1
            outlives(run, bench.dice.uniform(0.0, LONGEST))
            other.rollback()
        except sqlite3.OperationalError:
            pass  # the run has it
        finally:
            other.close()
    return locked


def meddle(bench: Bench, times: int) -> Outcome:
    """Articles are cut, filled, taken away or replaced by folders and pipes while a run reads; and put back."""
    faults = resumed = 0
    wrong: list[str] = []
    whole = bench.folder / "whole"
    shutil.copytree(bench.archive, whole)
    db = bench.folder / "meddled.db"
    while faults < times and not wrong:
        run = bench.start(db)
        outlives(run, 0.2 * bench.seconds)
        while outlives(run, 0.005 * bench.seconds):
            faults += _meddle_with(bench, bench.dice.choice(sorted(bench.archive.iterdir())))
        end = ended(run)
        if not end.complete or "Traceback" in end.said:
            wrong.append(f"the run ended with {end.status}: {end.said[-2000:]}")
        shutil.rmtree(bench.archive)
        shutil.copytree(whole, bench.archive)
        resumed += 1
        again = bench.run(db)
        wrong += [] if again.complete else [f"the last run ended with {again.status}: {again.said[-2000:]}"]
        wrong += bench.faults_at_the_end(db)
        remove(db)
    return Outcome("files", faults, resumed, tuple(wrong))


def _meddle_with(bench: Bench, path: Path) -> int:
    deeds: list[Callable[[], object]] = [
        path.unlink,
        lambda: os.truncate(path, bench.dice.randrange(path.stat().st_size + 1)),
        lambda: path.write_bytes(bench.dice.randbytes(3000)),
        lambda: path.open("ab").write(b"\xff\x00<" * 1000),
        lambda: (path.unlink(), path.mkdir()),
        lambda: (path.unlink(), os.mkfifo(path)),
        lambda: (path.unlink(), path.symlink_to(path)),
    ]
    if not path.is_file():
        return 0
    bench.dice.choice(deeds)()
    return 1


def grieve(bench: Bench, times: int) -> Outcome:
    """Articles that never end, and articles that take all the memory there is; later they are mended."""
    faults = resumed = 0
    wrong: list[str] = []
    expected = Counter({"too-slow": list(GRIM.values()).count(HANGS), "too-large": list(GRIM.values()).count(GREEDY)})
    db = bench.folder / "grieved.db"
    while faults < times and not wrong:
        end = bench.run(db, grieved=True, seconds=4)
        told = Counter(reason.split(":")[0] for reason in end.rejects)
        faults += told["too-slow"] + told["too-large"]
        if not end.complete or not told >= expected:
            wrong.append(f"{told} instead of {expected}: {end.said[-2000:]}")
        resumed += 1
        bench.run(db)
        wrong += bench.faults_at_the_end(db)
        remove(db)
    return Outcome("articles", faults, resumed, tuple(wrong))


def jump(bench: Bench, run: subprocess.Popen[str], db: Path) -> int:
    """The clock jumps at every look at it; each run looks at least at its beginning and its end."""
    outlives(run, 20 * bench.seconds)
    return 2
