"""Many readers at once for a while: ``python scripts/siege.py DB [--readers 200] [--seconds 180]``.

Starts ``tinhgon serve`` on a fact base as a process of its own and lets readers ask every kind of page, file and JSON,
each of them the next thing as soon as the last has come, some of them new questions that nothing is remembered of. Exit
status 1 where an answer is an error or does not come, the process has died, or it has kept memory, open files or
threads once the readers are gone. Needs Linux, which tells what a process holds.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import signal
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import httpx

from tinhgon.store import FactBase

PATIENCE_SECONDS = 120
ROUNDS = 20  # in which memory is looked at
GROWN_MB = 64  # that may be kept besides, by chance: what is remembered of a page is as large as the page
MORE_FILES = 8


@dataclass(frozen=True, slots=True)
class Held:
    """What the process holds at a moment."""

    megabytes: int
    files: int
    threads: int


@dataclass(slots=True)
class Siege:
    """What came of it."""

    statuses: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)  # at first, in the course of it, and when all are gone


def questions(db: Path) -> list[str]:
    """Addresses of every kind over this base."""
    with FactBase.open(db, readonly=True) as base:

        def some(sql: str) -> list[str]:
            return [str(row["value"]) for row in base.rows(f"SELECT {sql} LIMIT 12")]

        facts, documents = some("id AS value FROM facts"), some("id AS value FROM documents")
        provinces = some("DISTINCT province AS value FROM numbers WHERE province IS NOT NULL")
        symbols = some("DISTINCT symbol AS value FROM citations WHERE symbol IS NOT NULL")
    fixed = [
        "/",
        "/en/",
        "/?layout=2025",
        "/search?q=nghi+quyet",
        "/compare",
        "/compare.csv",
        "/compare.xlsx",
        "/about",
    ]
    fixed += ["/compare?measure=reduction&by=district", "/contradictions", "/pairing", "/place", "/resolution"]
    fixed += ["/desk/desk.css", "/facts", "/facts/numbers", "/facts/facts.json", "/facts/facts.csv", "/facts/holders"]
    fixed += ["/facts.json?sql=SELECT+province,+count(*)+FROM+numbers+GROUP+BY+1"]
    asked = [*(f"/claim/{fact}" for fact in facts), *("/article?" + urlencode({"id": one}) for one in documents)]
    asked += [f"/{page}?{urlencode({'province': one})}" for one in provinces for page in ("place", "contradictions")]
    asked += ["/facts/numbers_of_province.json?" + urlencode({"province": one}) for one in provinces]
    return [*fixed, *asked, *("/resolution?" + urlencode({"symbol": one}) for one in symbols)]


@contextmanager
def served(db: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process of ``tinhgon serve`` and the address of its site."""
    command = [sys.executable, "-m", "tinhgon", "serve", str(db), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    try:
        yield process, process.stdout.readline().split()[-1].rstrip("/")
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def held_by(process: subprocess.Popen[str]) -> Held:
    about = Path(f"/proc/{process.pid}")
    told = dict(line.split(":", 1) for line in (about / "status").read_text().splitlines() if ":" in line)
    return Held(int(told["VmRSS"].split()[0]) // 1024, len(list((about / "fd").iterdir())), int(told["Threads"]))


async def reader(site: str, asked: list[str], until: float, siege: Siege, number: int) -> None:
    """One who asks the next thing as soon as the last has come."""
    dice = random.Random(number)
    async with httpx.AsyncClient(base_url=site, timeout=PATIENCE_SECONDS) as client:
        while time.monotonic() < until:
            address = dice.choice(asked)
            if dice.random() < 0.2:  # a question that nothing is remembered of
                address += ("&" if "?" in address else "?") + f"n={dice.randrange(10**6)}"
            began = time.monotonic()
            try:
                answer = await client.get(address)
                siege.statuses[str(answer.status_code)] += 1
                siege.seconds.append(time.monotonic() - began)
                if answer.status_code != 200 or not answer.content:
                    siege.wrong.append(f"{answer.status_code} {address}")
            except httpx.HTTPError as error:
                siege.statuses[type(error).__name__] += 1
                siege.wrong.append(f"{error!r} {address}")


async def besiege(process: subprocess.Popen[str], site: str, asked: list[str], readers: int, seconds: float) -> Siege:
    siege = Siege()
    async with httpx.AsyncClient(base_url=site, timeout=PATIENCE_SECONDS) as client:
        for address in asked:  # once each, so that what is loaded at first is not taken for a leak
            await client.get(address)
    siege.held.append(held_by(process))
    until = time.monotonic() + seconds

    async def look() -> None:
        while time.monotonic() < until:
            await asyncio.sleep(seconds / ROUNDS)
            siege.held.append(held_by(process))

    await asyncio.gather(look(), *(reader(site, asked, until, siege, number) for number in range(readers)))
    await asyncio.sleep(2)
    siege.held.append(held_by(process))
    return siege


def faults(siege: Siege) -> list[str]:
    """What is wrong with how a siege went; memory that grew at first and then stood still is not."""
    found = siege.wrong[:20]
    first, last = siege.held[0], siege.held[-1]
    middle = max(held.megabytes for held in siege.held[: len(siege.held) // 2 + 1])
    if last.megabytes > middle + GROWN_MB:
        found.append(f"memory grew from {first.megabytes} MB over {middle} half way to {last.megabytes}")
    if last.files > first.files + MORE_FILES:
        found.append(f"{first.files} files were open at first, {last.files} when all readers were gone")
    if last.threads > first.threads + MORE_FILES:
        found.append(f"{first.threads} threads at first, {last.threads} when all readers were gone")
    return found


def run(db: Path, readers: int, seconds: float) -> tuple[Siege, list[str]]:
    """A siege of a fact base, and what is wrong with how it went."""
    asked = questions(db)
    with served(db) as (process, site):
        siege = asyncio.run(besiege(process, site, asked, readers, seconds))
        found = faults(siege)
        if process.poll() is not None:
            found.append(f"the process ended with status {process.returncode}")
    assert process.stdout is not None
    said = [line for line in process.stdout.read().splitlines() if line.strip() and "Stopped" not in line]
    return siege, [*found, *(f"said: {line}" for line in said[:20])]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("db", type=Path)
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=180)
    options = parser.parse_args()
    siege, found = run(options.db, options.readers, options.seconds)
    waited = statistics.quantiles(siege.seconds, n=100)
    print(f"{options.readers} readers, {options.seconds:.0f} s: {dict(siege.statuses)}")
    print(f"waited: median {waited[49]:.2f} s, 95 % {waited[94]:.2f} s, longest {max(siege.seconds):.2f} s")
    print("memory, MB: " + " ".join(str(held.megabytes) for held in siege.held))
    print("open files: " + " ".join(str(held.files) for held in siege.held))
    print(f"{len(found)} faults")
    for fault in found:
        print(f"  {fault}")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
