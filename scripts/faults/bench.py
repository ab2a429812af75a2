"""An archive, a run over it in processes of its own, and what must hold of the fact base afterwards."""

from __future__ import annotations

import gzip
import io
import json
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from faults.child import GREEDY, HANGS
from tinhgon import FactBase
from tinhgon.store import StoreError

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
CHILD = Path(__file__).with_name("child.py")
TEXTS = 24
# The last lines of some articles; only a run that is to come to grief over them does.
GRIM = {(1, 0): HANGS, (6, 1): GREEDY, (11, 0): GREEDY, (16, 1): HANGS}
KILLED = -signal.SIGKILL
REFUSED = 2  # the exit status of a run that says in a line why it cannot go on
_KEPT = {
    "documents": "SELECT id, path, sha256, copy_of FROM documents ORDER BY id",
    "skipped": "SELECT path, document_id, sha256, reason FROM skipped ORDER BY path",
    "rejects": "SELECT path, stage, reason FROM rejects ORDER BY path",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a series of faults came to: how many, how often a run was resumed after one, and what was wrong then."""

    kind: str
    faults: int = 0
    resumed: int = 0
    wrong: tuple[str, ...] = ()
    left_out: str = ""  # why it could not be tried here


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: its exit status, the articles it reported done, the events it told, and what it said besides."""

    status: int
    done: int
    rejects: tuple[str, ...]
    complete: bool
    said: str


@dataclass
class Bench:
    """A place for runs over one archive, and what a run that nothing happens to makes of it."""

    folder: Path
    jobs: int
    dice: random.Random
    copies: int = 4
    archive: Path = field(init=False)
    wanted: dict[str, Any] = field(init=False)
    seconds: float = field(init=False)

    def __post_init__(self) -> None:
        self.archive = self.folder / "archive"
        self.archive.mkdir()
        write_archive(self.archive, self.copies)
        began = time.monotonic()
        clean = self.folder / "clean.db"
        self.run(clean)
        self.seconds = time.monotonic() - began
        self.wanted = content(clean)

    def start(self, db: Path, **how: Any) -> subprocess.Popen[str]:
        """A run in a session of its own, so that all its processes can be met together."""
        given = {"archive": str(self.archive), "db": str(db), "jobs": self.jobs, "seconds": 300, "patience": 10}
        told = json.dumps({**given, "grieved": False, "clock": False, **how})
        command = [sys.executable, str(CHILD), told]
        return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)

    def run(self, db: Path, **how: Any) -> Ended:
        return ended(self.start(db, **how))

    def moment(self) -> float:
        """Seconds from the start of a run to a point at which it is most likely at work."""
        return self.dice.uniform(0.3, 1.0) * self.seconds

    def faults_at_the_end(self, db: Path) -> list[str]:
        """What differs from a run that nothing happened to."""
        there = content(db)
        return [f"{db.name}: {what} are not those of a clean run" for what in there if there[what] != self.wanted[what]]


def write_archive(folder: Path, copies: int) -> None:
    """The corpus several times over, each text told apart by a line of its own; and what is skipped and rejected."""
    rows = []
    for path in sorted((CORPUS / "texts").glob("*.txt"))[:TEXTS]:
        text = path.read_bytes()
        for number in range(copies):
            mark = GRIM.get((len(rows), number), f"Bản số {number}.")
            (folder / f"{path.stem}-{number}.txt").write_bytes(text + f"\n\n{mark}\n".encode())
        rows.append(json.dumps({"id": f"{path.stem}-row", "text": f"{text.decode()}\n\nDòng.\n"}))
    rows.insert(TEXTS // 2, "không phải JSON")
    (folder / "giua.jsonl.gz").write_bytes(gzip.compress("\n".join(rows).encode()))
    (folder / "bong-da.txt").write_text("Đội nhà thắng 2-0 trên sân khách.\n", "utf-8")
    (folder / "rong.txt").write_bytes(b"")


def content(db: Path) -> dict[str, Any]:
    """All that a run writes but when it was written."""
    out = io.StringIO()
    with FactBase.open(db, readonly=True) as base:
        base.export_jsonl(out)
        return {"facts": out.getvalue(), **{what: base.rows(sql) for what, sql in _KEPT.items()}}


def ended(process: subprocess.Popen[str]) -> Ended:
    """The end of a run, waited for."""
    lines = process.communicate()[1].split("\n")
    events = [json.loads(line) for line in lines if line.startswith("{") and line.endswith("}")]
    return Ended(
        process.returncode,
        max((event["read"] for event in events if event["event"] == "progress"), default=0),
        tuple(event["reason"] for event in events if event["event"] == "reject"),
        any(event["event"] == "end" for event in events),
        "\n".join(line for line in lines if not line.startswith("{")).strip(),
    )


def faults_midway(db: Path, reported: int) -> list[str]:
    """What is wrong with a fact base whose run ended early, after it had reported so many articles done."""
    if not db.exists():
        return [f"{reported} articles were reported done and there is no file"] if reported else []
    try:
        with FactBase.open(db, create=True) as base:
            found = [str(row) for row in base.rows("PRAGMA integrity_check") if "ok" not in row.values()]
            found += [f"dangling: {row}" for row in base.rows("PRAGMA foreign_key_check")]
            (kept,) = base.rows(
                "SELECT (SELECT count(*) FROM documents) + (SELECT count(*) FROM skipped) "
                "+ (SELECT count(*) FROM rejects) AS n"
            )
            if kept["n"] < reported:
                found.append(f"{reported} articles were reported done, {kept['n']} are on record")
            half = base.rows(
                "SELECT id FROM documents WHERE NOT EXISTS (SELECT 1 FROM provenance WHERE document_id = documents.id)"
            )
            return found + [f"half a document: {row['id']}" for row in half]
    except StoreError as error:
        return [f"the fact base cannot be opened: {error}"]


def outlives(process: subprocess.Popen[str], seconds: float) -> bool:
    """Whether the process still lives after so many seconds."""
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return True
    return False


# Does something to a run that has begun, and says how often it did; the run may have ended before.
Disturbance = Callable[[Bench, "subprocess.Popen[str]", Path], int]


def again_and_again(
    bench: Bench, kind: str, times: int, disturb: Disturbance, allowed: tuple[int, ...] = (), **how: Any
) -> Outcome:
    """Disturb runs until it was done so many times, each fact base resumed until it is complete.

    ``allowed`` are the exit statuses that a disturbed run may have, ``how`` the world is otherwise.
    """
    faults, resumed, series = 0, 0, 0
    wrong: list[str] = []
    while faults < times and not wrong:
        series += 1
        if series > 3 * times + 3:
            wrong.append("run after run ended before anything could be done to it")
        db = bench.folder / f"{kind}-{series}.db"
        while faults < times and not wrong:
            process = bench.start(db, **how)
            injected = disturb(bench, process, db)
            end = ended(process)
            faults += injected
            if "Traceback" in end.said or not (end.complete or end.status in allowed):
                wrong.append(f"the run ended with {end.status}: {end.said[-2000:]}")
            # What was not yet forced to the disk may be lost with the power; the next run has it again.
            wrong += faults_midway(db, 0 if kind == "power" else end.done)
            if end.complete:
                break
            resumed += 1
        last = bench.run(db)
        if not last.complete:
            wrong.append(f"the last run ended with {last.status}: {last.said[-2000:]}")
        elif not wrong:
            wrong += bench.faults_at_the_end(db)
        tell(f"{kind}: {faults} of {times}")
        remove(db)
    tell("")
    return Outcome(kind, faults, resumed, tuple(wrong))


def remove(db: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        db.with_name(db.name + ending).unlink(missing_ok=True)


def copied(db: Path, to: Path) -> None:
    """The fact base as the disk has it: with its log, without what only living processes share."""
    for ending in ("", "-wal"):
        if (there := db.with_name(db.name + ending)).exists():
            shutil.copy(there, to.with_name(to.name + ending))


def tell(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
