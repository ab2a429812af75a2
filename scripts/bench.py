"""Documents a second, stage by stage, in one process: ``python scripts/bench.py corpus/texts``.

Loading the models is timed apart, since a run pays it once. Each stage is run ``--repeat`` times over all documents
and the fastest pass is told, which is the one that other work on the machine disturbed least.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tinhgon import Extractor, FactBase, ingest
from tinhgon.batch.fingerprint import code_version
from tinhgon.records import Document

T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[float, T]:
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def fastest(work: Callable[[], T], repeat: int) -> tuple[float, T]:
    return min((timed(work) for _ in range(repeat)), key=lambda pair: pair[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+")
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()

    paths = list(ingest.sources(options.sources))
    loading, extractor = timed(Extractor.load)
    print(f"loading the extractor: {loading:.2f} s, once a run")

    reading, outcomes = fastest(lambda: [ingest.read(path) for path in paths], options.repeat)
    documents = [outcome for outcome in outcomes if isinstance(outcome, Document)]
    if not documents:
        raise SystemExit("no document could be read")
    timed(lambda: extractor.claims(documents[0]))  # what is loaded on first use belongs to loading
    extracting, claims = fastest(lambda: [extractor.claims(document) for document in documents], options.repeat)

    def store() -> None:
        with tempfile.TemporaryDirectory() as folder, FactBase.open(Path(folder) / "bench.db", create=True) as base:
            run = base.begin_run(code_version(), extractor.patterns_hash, {})
            base.add(claims, run=run, patterns_hash=extractor.patterns_hash, version=code_version())

    storing, _ = fastest(store, options.repeat)

    characters = sum(len(document.text) for document in documents)
    print(f"{len(documents)} documents, {characters} characters, fastest of {options.repeat} passes, one process")
    stages = {"read": reading, "extract": extracting, "store": storing}
    for stage, seconds in {**stages, "together": sum(stages.values())}.items():
        print(f"{stage:<10}{seconds:>8.3f} s{len(documents) / seconds:>10.1f} documents/s")


if __name__ == "__main__":
    main()
