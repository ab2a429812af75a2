"""Where the time goes: the stages of a run one by one, in one process. Prints milliseconds an article as JSON."""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import TypeVar

from tinhgon import Extractor, FactBase, ingest
from tinhgon.batch.fingerprint import code_version
from tinhgon.detect.relevance import can_hold_claim
from tinhgon.ingest import Item
from tinhgon.records import Claims, Document, Skip

T = TypeVar("T")
_TOGETHER = 64  # documents written at once, as in a run
_FIRST = 5


class Stopwatch:
    """Seconds by stage, over several passes."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = {}

    def time(self, stage: str, work: Callable[[], T]) -> T:
        started = time.perf_counter()
        result = work()
        self.seconds.setdefault(stage, []).append(time.perf_counter() - started)
        return result


def stages_of(folder: Path, extractor: Extractor, watch: Stopwatch) -> dict[str, int]:
    """One pass over the archive, a stage after the other."""
    items = watch.time("list", lambda: _items(folder))
    outcomes = watch.time("read and decode", lambda: [ingest.read(item, worth=can_hold_claim) for item in items])
    documents = [outcome for outcome in outcomes if isinstance(outcome, Document)]
    skips = [outcome for outcome in outcomes if isinstance(outcome, Skip)]
    texts = [item.file.read_text("utf-8") for item in items if item.file]
    watch.time("relevance (within reading)", lambda: [can_hold_claim(text) for text in texts])
    analyses = watch.time("detect", lambda: [extractor.analysis(document) for document in documents])
    claims = watch.time("assemble", lambda: [extractor.assembler.claims(analysis) for analysis in analyses])
    watch.time("rows and store", lambda: _store(claims, skips, extractor.patterns_hash))
    return {"articles": len(items), "documents": len(documents)}


def _items(folder: Path) -> list[Item]:
    found = (found for path in ingest.sources([str(folder)]) for found in ingest.items(path))
    return [one for one in found if isinstance(one, Item)]


def _store(claims: list[Claims], skips: list[Skip], patterns_hash: str) -> None:
    with tempfile.TemporaryDirectory() as folder, FactBase.open(Path(folder) / "facts.db", create=True) as base:
        run = base.begin_run(code_version(), patterns_hash, {})
        for at in range(0, len(claims), _TOGETHER):
            some = claims[at : at + _TOGETHER]
            base.add(some, run=run, patterns_hash=patterns_hash, version=code_version())
        for at in range(0, len(skips), _TOGETHER):
            base.skip(skips[at : at + _TOGETHER], run=run)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    loading = Stopwatch()
    extractor = loading.time("load", Extractor.load)
    for item in _items(options.folder)[:_FIRST]:  # what is loaded on first use belongs to loading
        document = ingest.read(item)
        if isinstance(document, Document):
            extractor.claims(document)
    watch = Stopwatch()
    for _ in range(options.repeat):
        counts = stages_of(options.folder, extractor, watch)
    stages = {stage: 1000 * median(seconds) / counts["articles"] for stage, seconds in watch.seconds.items()}
    print(json.dumps({**counts, "load_seconds": loading.seconds["load"][0], "ms_per_article": stages}))


if __name__ == "__main__":
    main()
