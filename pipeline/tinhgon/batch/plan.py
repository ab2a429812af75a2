"""What a cluster is to do, cut into partitions, and which of them are done: two files in the folder of parts.

Paths are kept as they were given, so that a document is known by the same one as in a run on this machine.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import msgspec

from tinhgon.batch.articles import InForce, Reading

PLAN, PARTS = "plan.json", "parts.jsonl"
# Some seconds' work where articles have claims: enough that handing it out costs nothing, and little is lost when a
# worker dies. It is an average: see ``partitions_of``.
FILES = 512
# Files of this size are mostly containers, whose articles take minutes; packed ones hold ten times as much.
LARGE = 4_000_000
# What a partition of smaller files may come to.
BYTES = 32_000_000


class PlanError(ValueError):
    """A folder of parts that cannot be merged, and what to do."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole of a run on a cluster; its partitions are merged in their order."""

    version: str  # of the code
    in_force: InForce
    reading: Reading
    sources: tuple[str, ...]  # as given
    partitions: tuple[tuple[str, ...], ...]  # files

    def write(self, folder: Path) -> None:
        """Keep the plan; none of its partitions counts as made until that is noted."""
        (folder / PARTS).unlink(missing_ok=True)
        unfinished = folder / f"{PLAN}.tmp"
        # Names of files that are no UTF-8 are written as escapes, which msgspec refuses.
        unfinished.write_text(json.dumps(asdict(self)), "utf-8")
        os.replace(unfinished, folder / PLAN)

    @classmethod
    def read(cls, folder: Path) -> Plan:
        """The plan in a folder. Raises ``PlanError``."""
        try:
            return msgspec.convert(json.loads((folder / PLAN).read_text("utf-8")), cls)
        except FileNotFoundError as error:
            raise PlanError(
                f"{folder} holds no {PLAN}: give the folder of parts that tinhgon run --dask made"
            ) from error
        except (ValueError, msgspec.ValidationError) as error:
            raise PlanError(f"{folder / PLAN} is damaged; run tinhgon run --dask again") from error


@dataclass(frozen=True, slots=True)
class Made:
    """A part that is made: the name of its file, and what is in it."""

    name: str
    articles: int
    facts: int
    rejected: int


def note_made(folder: Path, number: int, made: Made) -> None:
    """Note which file holds the partition of this number."""
    with (folder / PARTS).open("a", encoding="utf-8") as out:
        out.write(json.dumps({"partition": number, **asdict(made)}) + "\n")


def parts_made(folder: Path, plan: Plan) -> list[Made]:
    """The parts of all partitions in their order. Raises ``PlanError`` where some are missing."""
    noted = dict(_noted(folder))
    parts = [noted[number] for number in range(len(plan.partitions)) if number in noted]
    there = [part for part in parts if (folder / part.name).exists()]
    if missing := len(plan.partitions) - len(there):
        raise PlanError(
            f"{missing} of {len(plan.partitions)} parts are missing in {folder}: "
            "run the same tinhgon run --dask command again, which makes only these"
        )
    return parts


def _noted(folder: Path) -> Iterator[tuple[int, Made]]:
    path = folder / PARTS
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        try:
            row = json.loads(line)
            yield row.pop("partition"), Made(**row)
        except (ValueError, KeyError, TypeError):
            continue  # half a line, of a run that was ended while it wrote; its part counts as missing


def partitions_of(paths: Iterable[Path]) -> Iterator[tuple[str, ...]]:
    """The files in groups, in their order; a large one is a group of its own.

    Where a group ends is told by the name of its last file alone, so that files which come or go change the group
    they are in and no other: what was made of the others still counts.
    """
    group: list[str] = []
    size = 0
    for path in paths:
        more = _size(path)
        if group and (more >= LARGE or size + more > BYTES):
            yield tuple(group)
            group, size = [], 0
        group.append(str(path))
        size += more
        if more >= LARGE or _ends_group(str(path)):
            yield tuple(group)
            group, size = [], 0
    if group:
        yield tuple(group)


def _ends_group(path: str) -> bool:
    # No mere checksum: those of names that count up do not spread.
    digest = hashlib.blake2b(path.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") % FILES == 0


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0  # reading it tells why


def of_all(partitions: Sequence[Sequence[str]]) -> int:
    """How many files there are in all partitions."""
    return sum(len(partition) for partition in partitions)
