"""Running a command to its end, with its time, and the peak memory of it and of every process it starts."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SCRIPTS = Path(__file__).parents[1]
_PROC = Path("/proc")
_EVERY = 0.05  # seconds; the peak never falls, so only what happens after the last look is lost
_PEAK = re.compile(rb"VmHWM:\s+(\d+) kB")
# Starts and ends with the pool, loads nothing, and would pass for an idle worker.
_HELPER = b"resource_tracker"


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command took. Megabytes are of 10^6 bytes; ``worker_mb`` is that of the largest child, 0 without one."""

    seconds: float
    cpu_seconds: float
    main_mb: float
    worker_mb: float
    output: str


def watched(command: Sequence[str], *, env: Mapping[str, str] | None = None) -> Ran:
    """Run ``command``, its error stream kept for the message. Raises ``RuntimeError`` where it fails."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=errors, env={**os.environ, **(env or {})})
        watch = _Watch(process.pid)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.end()
        out.seek(0)
        errors.seek(0)
        if process.returncode:
            raise RuntimeError(f"{' '.join(command[:4])} failed: {errors.read().decode(errors='replace')[-2000:]}")
        main = watch.peaks.pop(process.pid, 0) or usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        return Ran(
            seconds,
            usage.ru_utime + usage.ru_stime,
            main / 1e6,
            max(watch.peaks.values(), default=0) / 1e6,
            out.read().decode(errors="replace"),
        )


def measured_here(module: str, *arguments: str) -> Ran:
    """Run a module of this package in a process of its own."""
    return watched([sys.executable, "-m", f"benchmark.{module}", *arguments], env={"PYTHONPATH": str(SCRIPTS)})


def tinhgon(*arguments: str) -> list[str]:
    """The command as users type it: the one installed beside this Python."""
    installed = Path(sys.executable).with_name("tinhgon")
    return [str(installed), *arguments] if installed.exists() else [sys.executable, "-m", "tinhgon", *arguments]


class _Watch(threading.Thread):
    """Looks at the peak memory of a process and of all below it until it is told to end (nothing without /proc)."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid, self._over = pid, threading.Event()
        self.peaks: dict[int, int] = {}

    def run(self) -> None:
        while not self._over.wait(_EVERY):
            for pid in at_work_below(self._pid):
                if (peak := _peak_of(pid)) is not None:
                    self.peaks[pid] = max(peak, self.peaks.get(pid, 0))

    def end(self) -> None:
        self._over.set()
        self.join()


def at_work_below(pid: int) -> Iterator[int]:
    """The process, and those it has started, but for helpers."""
    yield pid
    for task in (_PROC / str(pid) / "task").glob("*/children"):
        try:
            children = task.read_bytes().split()
        except OSError:
            continue  # the thread is gone
        for child in children:
            if not _is_helper(int(child)):
                yield from at_work_below(int(child))


def _is_helper(pid: int) -> bool:
    try:
        return _HELPER in (_PROC / str(pid) / "cmdline").read_bytes()
    except OSError:
        return True


def _peak_of(pid: int) -> int | None:
    """Bytes; nothing of a process that is gone."""
    try:
        match = _PEAK.search((_PROC / str(pid) / "status").read_bytes())
    except OSError:
        return None
    return int(match[1]) * 1024 if match else None
