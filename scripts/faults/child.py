"""One ``tinhgon run`` over an archive, told by a line of JSON how; says after each batch how many articles are done."""

from __future__ import annotations

import json
import random
import resource
import sys
from datetime import UTC, datetime, timedelta, tzinfo
from functools import partial
from pathlib import Path
from typing import Any

from tinhgon import batch
from tinhgon.batch.articles import ClaimsExtractor, load_extractor
from tinhgon.cli import tinhgon
from tinhgon.records import Claims, Document

# Small batches, so that there is something between the beginning and the end.
BATCH, TASK = 8, 4
HANGS, GREEDY = "Bài treo.", "Bài tham."
_SPARE = 150_000_000  # bytes that a greedy worker may take before it gets no more


class Grieved:
    """The extractor, but for articles that are too much for it."""

    def __init__(self, extractor: ClaimsExtractor) -> None:
        self._extractor = extractor
        self.patterns_hash, self.pattern_versions = extractor.patterns_hash, extractor.pattern_versions

    def claims(self, document: Document) -> Claims:
        while HANGS in document.text:
            pass
        taken = []
        while GREEDY in document.text:
            taken.append(bytearray(100_000_000))
        return self._extractor.claims(document)


def load_grieved(patterns: Path | None) -> Grieved:
    extractor = load_extractor(patterns)
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + _SPARE
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    return Grieved(extractor)


class JumpingClock(datetime):
    """Each time it is asked it is up to a century off."""

    asked = 0

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> JumpingClock:
        cls.asked += 1
        offset = timedelta(days=random.Random(cls.asked).uniform(-36_500, 36_500))
        return cls.fromtimestamp((datetime.now(UTC) + offset).timestamp(), tz)


def main(how: dict[str, Any]) -> None:
    """``tinhgon run`` as it is, in a world as it is asked for."""
    running = sys.modules["tinhgon.batch.run"]
    running.BATCH, sys.modules["tinhgon.batch.workers"].TASK = BATCH, TASK  # type: ignore[attr-defined]
    sys.modules["tinhgon.batch.progress"]._SECONDS_BETWEEN_LINES = 0.0  # type: ignore[attr-defined]
    sys.modules["tinhgon.store.connection"].PATIENCE_SECONDS = how["patience"]  # type: ignore[attr-defined]
    if how["clock"]:
        sys.modules["tinhgon.store.base"].datetime = JumpingClock  # type: ignore[attr-defined]
    if how["grieved"]:
        batch.run = partial(batch.run, load=load_grieved)
    options = ["--db", how["db"], "--jobs", str(how["jobs"]), "--time-limit", str(how["seconds"]), "--log-json"]
    tinhgon(["run", how["archive"], *options])


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
