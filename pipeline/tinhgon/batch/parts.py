"""What a worker of a cluster does: the outcomes of one partition into one file, and that file read back.

A part is named by all that it depends on, the bytes of the articles among it: where a file of that name is there, it
is the right one. So a second run, or a second try, makes nothing twice.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from tinhgon import ingest
from tinhgon.batch.articles import (
    NONE_KEPT,
    ClaimsExtractor,
    Found,
    LoadExtractor,
    Outcome,
    Reading,
    outcome_of,
    size_of,
)
from tinhgon.batch.carry import CarriedError, packed, unpacked
from tinhgon.batch.fingerprint import code_version
from tinhgon.batch.limits import ended_after
from tinhgon.batch.plan import Made, Plan
from tinhgon.ingest.item import UnopenedError, open_regular, shown
from tinhgon.records import Claims, Reject
from tinhgon.store.ids import storable

# Rows are held until they are written together: few enough for any memory, enough to be packed well.
ROWS, ROW_BYTES = 1024, 16_000_000
SCHEMA = pa.schema(
    {
        "kind": pa.string(),
        "path": pa.string(),
        "id": pa.string(),
        "sha256": pa.string(),
        "held": pa.int64(),  # bytes of the container's piece: what is written together depends on them
        "outcome": pa.binary(),
    }
)
_PIECE = 1 << 20  # bytes read at once
_TOLD = b"tinhgon"  # what the file says of itself stands below this key


class PartError(ValueError):
    """A part that cannot be made or read, and what to do."""


@dataclass(frozen=True, slots=True)
class Order:
    """What all workers are told: relative paths begin in ``folder``, parts are written to ``parts``."""

    folder: Path
    parts: Path
    patterns: Path | None
    reading: Reading
    version: str
    patterns_hash: str
    load: LoadExtractor


def make_part(order: Order, paths: Sequence[str]) -> Made:
    """The part of the partition with these files, made unless it is there. Runs in a worker."""
    if order.version != (own := code_version()):
        raise PartError(
            f"a worker runs tinhgon {own}, the run was begun with {order.version}: "
            "install the same version with the same libraries on all machines"
        )
    part = order.parts / _name(order, paths)
    if part.exists():
        return _made(part)
    # A worker with several threads would load the extractor several times, and be no faster for it.
    with _one_at_a_time:
        unfinished = part.with_name(f"{part.name}.{uuid4().hex}.tmp")
        try:
            _write(unfinished, order, paths)
            os.replace(unfinished, part)
        finally:
            unfinished.unlink(missing_ok=True)
    return _made(part)


def outcomes_in(part: Path, plan: Plan) -> Iterator[tuple[int, Outcome]]:
    """The outcomes in a part, each with the bytes that were held for it. Raises ``PartError``."""
    try:
        with pq.ParquetFile(part, page_checksum_verification=True) as file:
            told = _told(file)
            if (told["version"], told["patterns_hash"]) != (plan.version, plan.in_force.patterns_hash):
                raise PartError(
                    f"{part} was made by other code or patterns than the plan beside it tells: "
                    "delete it and run the same tinhgon run --dask command again"
                )
            for rows in file.iter_batches(ROWS, columns=["held", "outcome"]):
                for held, raw in zip(rows["held"].to_pylist(), rows["outcome"].to_pylist(), strict=True):
                    yield held, unpacked(raw)
    except (pa.ArrowException, OSError, CarriedError, KeyError) as error:
        raise PartError(_damaged(part)) from error


def _name(order: Order, paths: Sequence[str]) -> str:
    digest = hashlib.sha256(f"{order.version}\0{order.patterns_hash}\0{order.reading!r}\0".encode())
    for path in paths:
        digest.update(f"{path}\0{_digest(order.folder / path)}\0".encode("utf-8", "surrogatepass"))
    return f"{digest.hexdigest()}.parquet"


def _digest(file: Path) -> str:
    """Of the bytes of a file, or why there are none."""
    try:
        with open_regular(file) as opened:
            digest = hashlib.sha256()
            while piece := opened.read(_PIECE):
                digest.update(piece)
            return digest.hexdigest()
    except (UnopenedError, OSError) as error:
        return f"{type(error).__name__}: {error}"


def _write(path: Path, order: Order, paths: Sequence[str]) -> None:
    extractor = _extractor(order)
    rows: list[tuple[Any, ...]] = []
    size = articles = facts = rejected = 0
    with pq.ParquetWriter(path, SCHEMA, compression="zstd", use_dictionary=["kind"], write_page_checksum=True) as out:
        for found in (found for given in paths for found in _found_in(order, given)):
            # No interruption is heard in a thread; a worker that ends is known to the scheduler.
            with ended_after(order.reading.seconds_unheard, sys.stderr):
                outcome = outcome_of(extractor, order.reading, NONE_KEPT, found)
            rows.append(_row(found, outcome))
            size += len(rows[-1][-1])
            articles += 1
            facts += len(outcome.facts) if isinstance(outcome, Claims) else 0
            rejected += isinstance(outcome, Reject)
            if len(rows) >= ROWS or size >= ROW_BYTES:
                out.write_table(_table(rows))
                rows, size = [], 0
        out.write_table(_table(rows))
        told = {"articles": articles, "facts": facts, "rejected": rejected}
        made_with = {"version": order.version, "patterns_hash": order.patterns_hash}
        out.add_key_value_metadata({_TOLD: json.dumps({**made_with, "made": told}).encode()})


def _row(found: Found, outcome: Outcome) -> tuple[Any, ...]:
    source = outcome.document if isinstance(outcome, Claims) else outcome
    id, sha256 = (None, None) if isinstance(source, Reject) else (source.id, source.sha256)
    return type(outcome).__name__.lower(), storable(source.path), id, sha256, size_of(found), packed(outcome)


def _table(rows: Sequence[tuple[Any, ...]]) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else ([] for _ in SCHEMA)
    return pa.Table.from_arrays(
        [pa.array(c, field.type) for c, field in zip(columns, SCHEMA, strict=True)], schema=SCHEMA
    )


def _found_in(order: Order, given: str) -> Iterator[Found]:
    """The articles in a file, which is opened where it is and known by the path that was given."""
    file = order.folder / given
    for found in ingest.items(file, order.reading.fields):
        yield replace(found, path=shown(given) + found.path.removeprefix(shown(str(file))))


def _told(file: pq.ParquetFile) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(file.metadata.metadata[_TOLD])
    return told


def _made(part: Path) -> Made:
    try:
        with pq.ParquetFile(part) as file:
            return Made(part.name, **_told(file)["made"])
    except (pa.ArrowException, OSError, ValueError, KeyError, TypeError) as error:
        raise PartError(_damaged(part)) from error


def _damaged(part: Path) -> str:
    return f"{part} is damaged: delete it and run the same tinhgon run --dask command again"


_one_at_a_time = threading.Lock()
_of_this_worker: dict[tuple[LoadExtractor, Path | None], ClaimsExtractor] = {}


def _extractor(order: Order) -> ClaimsExtractor:
    """The extractor of this process, loaded once."""
    key = (order.load, order.patterns)
    if key not in _of_this_worker:
        _of_this_worker[key] = order.load(order.patterns)
    if _of_this_worker[key].patterns_hash != order.patterns_hash:
        raise PartError(
            "a worker has other patterns than the run was begun with: install the same version everywhere, "
            "keep --patterns in a folder that all machines share, and start the workers anew"
        )
    return _of_this_worker[key]
