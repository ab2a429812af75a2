"""Kill a run at random points, again and again: ``python scripts/crash_test.py [--kills 60] [--jobs 2]``.

Real processes are killed with SIGKILL while they read, extract and write. After each kill the fact base must be whole,
hold every document that was reported done, and no half of one; in the end, resumed as often as it takes, the export
must equal a clean run's byte for byte. Exit status 1 where it does not.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tinhgon import FactBase

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
CHILD = """
import sys
from pathlib import Path
from tinhgon.batch import run

def report(progress):
    print(progress.read, flush=True)

run([sys.argv[1]], Path(sys.argv[2]), jobs=int(sys.argv[3]), report=report)
"""
GUARDED = "if __name__ == '__main__':\n" + "\n".join(f"    {line}" for line in CHILD.strip().splitlines())


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a series of kills came to."""

    kills: int
    finished_before_the_kill: int
    faults: tuple[str, ...]


def write_archive(folder: Path, copies: int) -> int:
    """The corpus several times over, each text told apart by a line of its own; returns how many files it makes."""
    written = 0
    for path in sorted((CORPUS / "texts").glob("*.txt"))[:24]:
        for number in range(copies):
            (folder / f"{path.stem}-{number}.txt").write_bytes(path.read_bytes() + f"\n\nBản số {number}.\n".encode())
            written += 1
    return written


def exported(db: Path) -> bytes:
    out = io.StringIO()
    with FactBase.open(db, readonly=True) as base:
        base.export_jsonl(out)
    return out.getvalue().encode()


def start(child: Path, archive: Path, db: Path, jobs: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(child), str(archive), str(db), str(jobs)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)


def faults_of(db: Path, reported: int) -> list[str]:
    """What is wrong with a fact base whose run was killed after it had reported so many documents done."""
    if not db.exists():
        return [f"{reported} documents were reported done and there is no file"] if reported else []
    with FactBase.open(db, create=True) as base:
        found = [str(row) for row in base.rows("PRAGMA integrity_check") if "ok" not in row.values()]
        found += [f"dangling: {row}" for row in base.rows("PRAGMA foreign_key_check")]
        kept = base.counts()["documents"]
        if kept < reported:
            found.append(f"{reported} documents were reported done, {kept} are there")
        half = base.rows(
            "SELECT id FROM documents WHERE NOT EXISTS (SELECT 1 FROM provenance WHERE document_id = documents.id)"
        )
        found += [f"half a document: {row['id']}" for row in half]
    return found


def kill_again_and_again(folder: Path, kills: int, jobs: int, seed: int, copies: int = 4) -> Outcome:
    """Kill runs until ``kills`` processes were killed at work, each fact base resumed until it is complete."""
    dice = random.Random(seed)
    archive, child = folder / "archive", folder / "child.py"
    archive.mkdir()
    child.write_text(GUARDED)
    write_archive(archive, copies)
    clean = folder / "clean.db"
    began = time.monotonic()
    start(child, archive, clean, jobs).communicate()
    length = time.monotonic() - began
    wanted = exported(clean)
    done = finished = series = 0
    faults: list[str] = []
    while done < kills and not faults:
        db = folder / f"{series}.db"
        series += 1
        while done < kills:
            process = start(child, archive, db, jobs)
            try:
                process.wait(timeout=dice.uniform(0.3, 1.0) * length)
                finished += 1
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                done += 1
            told = process.communicate()[0].split()
            faults += faults_of(db, int(told[-1]) if told else 0)
            if process.returncode == 0 or faults:
                break
        start(child, archive, db, jobs).communicate()
        if not faults and exported(db) != wanted:
            faults.append(f"{db.name}: the export differs from a clean run's")
        if sys.stderr.isatty():
            print(f"\r{done} of {kills} killed", end="", file=sys.stderr)
    return Outcome(done, finished, tuple(faults))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=18)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = kill_again_and_again(Path(folder), options.kills, options.jobs, options.seed)
    print(
        f"{outcome.kills} processes killed at random points ({options.jobs} at work each), "
        f"{outcome.finished_before_the_kill} runs came to their end before; {len(outcome.faults)} faults"
    )
    for fault in outcome.faults:
        print(f"  {fault}")
    sys.exit(bool(outcome.faults))


if __name__ == "__main__":
    main()
