"""Disks that fill up or turn read-only while a run writes to them. Needs a Linux that lets us mount one of memory."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from faults.bench import REFUSED, Bench, Ended, Outcome, ended, faults_midway, remove, tell
from faults.killing import kill_all

_ROOMY = 64 << 20

# Lets a run meet with the disk as it is then, and says how often it went wrong for it.
Met = Callable[[Bench, Path, Path], Ended]


def fill(bench: Bench, times: int) -> Outcome:
    """Disks of any size from nearly nothing to nearly enough; then there is room."""
    return _on_disks(bench, "full", times, _too_small)


def forbid(bench: Bench, times: int) -> Outcome:
    """A disk that is read-only when a run that was ended comes back; then it may be written again."""
    return _on_disks(bench, "readonly", times, _read_only)


def _too_small(bench: Bench, mount: Path, db: Path) -> Ended:
    clean = (bench.folder / "clean.db").stat().st_size
    _remount(mount, f"size={int(bench.dice.uniform(0.01, 1.2) * clean)}")
    return bench.run(db)


def _read_only(bench: Bench, mount: Path, db: Path) -> Ended:
    begun = bench.start(db)
    kill_all(bench, begun, db)
    before = ended(begun).done
    _remount(mount, "ro")
    return replace(bench.run(db), done=before)


def _on_disks(bench: Bench, kind: str, times: int, met: Met) -> Outcome:
    mount = bench.folder / "disk"
    mount.mkdir(exist_ok=True)
    db = mount / "facts.db"
    faults = 0
    wrong: list[str] = []
    try:
        with _disk(mount):
            while faults < times and not wrong:
                end = met(bench, mount, db)
                _remount(mount, f"rw,size={_ROOMY}")
                faults += not end.complete
                if "Traceback" in end.said or (not end.complete and end.status != REFUSED):
                    wrong.append(f"the run ended with {end.status}: {end.said[-2000:]}")
                wrong += faults_midway(db, end.done)
                again = bench.run(db)
                wrong += [] if again.complete else [f"the last run ended with {again.status}: {again.said[-2000:]}"]
                wrong += bench.faults_at_the_end(db)
                remove(db)
                tell(f"{kind}: {faults} of {times}")
    except subprocess.CalledProcessError as error:
        return Outcome(kind, left_out=f"no disk can be mounted here: {error.stderr.decode().strip()}")
    tell("")
    return Outcome(kind, faults, faults, tuple(wrong))


@contextmanager
def _disk(folder: Path) -> Iterator[None]:
    _call("mount", "-t", "tmpfs", "-o", f"size={_ROOMY}", "tmpfs", str(folder))
    try:
        yield
    finally:
        _call("umount", "--lazy", str(folder))


def _remount(folder: Path, how: str) -> None:
    _call("mount", "-o", f"remount,{how}", str(folder))


def _call(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
