"""Processes that are killed, and power that is cut."""

from __future__ import annotations

import os
import random
import signal
import struct
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from faults.bench import Bench, copied, outlives, remove

_SECONDS_TO_END = 20
# Of what a whole run takes: by then a worker has long begun.
_STARTED = 0.5
# Where SQLite's shared memory file tells how much of the log was written into the database, and was begun to be:
# https://www.sqlite.org/walformat.html, "WAL-Index Header" and "Checkpoint".
_BACKFILLED, _BEGUN = 96, 128


def kill_all(bench: Bench, run: subprocess.Popen[str], db: Path) -> int:
    """All processes of the run at once."""
    if not outlives(run, bench.moment()):
        return 0
    os.killpg(run.pid, signal.SIGKILL)
    return 1


def kill_writer(bench: Bench, run: subprocess.Popen[str], db: Path) -> int:
    """The process that writes alone; its workers have to see for themselves that it is gone."""
    if not outlives(run, bench.moment()):
        return 0
    run.kill()
    run.wait()
    end = time.monotonic() + _SECONDS_TO_END
    while _group_lives(run.pid):
        if time.monotonic() > end:
            os.killpg(run.pid, signal.SIGKILL)
            raise AssertionError("workers went on without their run")
        time.sleep(0.02)
    return 1


def kill_workers(bench: Bench, run: subprocess.Popen[str], db: Path) -> int:
    """A worker now and then, until the run is over.

    One that is at work: where one is killed again and again before it has begun, the run ends with a word.
    """
    killed, seen = 0, dict[int, float]()
    while outlives(run, bench.dice.uniform(0.05, 0.3) * bench.seconds):
        now = time.monotonic()
        seen |= {worker: now for worker in _workers_of(run.pid) if worker not in seen}
        at_work = [worker for worker, since in seen.items() if now - since > _STARTED * bench.seconds]
        for worker in at_work[:1]:
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
                killed += 1
            del seen[worker]
    return killed


def cut_power(bench: Bench, run: subprocess.Popen[str], db: Path) -> int:
    """What the disk has at one moment is what is left, without some of what had not been forced to it."""
    if not outlives(run, bench.moment()):
        return 0
    os.killpg(run.pid, signal.SIGSTOP)
    left = db.with_name("left.db")
    copied(db, left)
    torn = _may_be_torn(db)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    remove(db)
    if torn and (log := left.with_name("left.db-wal")).exists():
        _tear(log, bench.dice)
    for ending in ("", "-wal"):
        if (there := left.with_name(left.name + ending)).exists():
            there.rename(db.with_name(db.name + ending))
    return 1


def _group_lives(leader: int) -> bool:
    try:
        os.killpg(leader, 0)
    except ProcessLookupError:
        return False
    return True


def _workers_of(run: int) -> list[int]:
    """The processes that work for the run, without the one that keeps count of shared resources for it."""
    # Each thread has the children that it started.
    children = [child for thread in Path(f"/proc/{run}/task").glob("*/children") for child in _read(thread).split()]
    return [int(child) for child in children if "spawn_main" in _read(Path(f"/proc/{child}/cmdline"))]


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it ended meanwhile
        return ""


def _may_be_torn(db: Path) -> bool:
    """Whether nothing of the log has gone into the database yet: before that, all of the log is forced to the disk."""
    shared = db.with_name(f"{db.name}-shm")
    head = shared.read_bytes()[: _BEGUN + 4] if shared.exists() else b""
    if len(head) < _BEGUN + 4:
        return False
    (backfilled,), (begun,) = struct.unpack_from("=I", head, _BACKFILLED), struct.unpack_from("=I", head, _BEGUN)
    return backfilled == begun == 0


def _tear(log: Path, dice: random.Random) -> None:
    """Some of the end of the log is missing, or is what lay there before."""
    written = bytearray(log.read_bytes())
    at = dice.randrange(len(written) + 1)
    if dice.random() < 0.5:
        del written[at:]
    else:
        rubbish = dice.randbytes(min(4096, len(written) - at))
        written[at : at + len(rubbish)] = rubbish
    log.write_bytes(written)
