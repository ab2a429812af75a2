"""The same ten articles in every format: are the facts the same? ``python scripts/compare_formats.py``.

Prints, for each format, how many of the facts found in the plain texts are found in it, what is found besides, and
documents a second for reading alone. Exit status 1 where a fact is lost in a format that loses nothing by itself.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from make_archive import FORMATS, write_archive
from tinhgon import Extractor, ingest
from tinhgon.ingest import Item
from tinhgon.records import Document, Fact, Reject

# What is lost here was lost when the file was made: TCVN3 has no capitals with tones, a picture has no letters.
LOSSY = frozenset({"txt-tcvn3", "pdf-scanned"})


@dataclass(frozen=True, slots=True)
class Found:
    """What came out of one format."""

    name: str
    documents: int
    rejects: int
    same: int
    wanted: int
    besides: int
    seconds: float  # for reading, without extraction


def documents_in(folder: Path, *, ocr: bool = False) -> tuple[list[Document], list[Reject]]:
    """All that a folder holds, read."""
    documents: list[Document] = []
    rejects: list[Reject] = []
    for path in ingest.sources([str(folder)]):
        for found in ingest.items(path):
            outcome = ingest.read(found, ocr=ocr) if isinstance(found, Item) else found
            (rejects if isinstance(outcome, Reject) else documents).append(outcome)  # type: ignore[arg-type]
    return documents, rejects


def content(fact: Fact) -> tuple[Any, ...]:
    """What a fact says, wherever in the text it stands."""
    return (
        fact.measure, fact.object, fact.value, fact.total, fact.percent, fact.before, fact.after, fact.roles,
        fact.level, fact.area, fact.status, fact.as_of, fact.since, fact.baseline,
    )  # fmt: skip


class Comparison:
    """The facts of the plain texts, against which every format is held."""

    def __init__(self, archive: Path, extractor: Extractor) -> None:
        self.archive, self.extractor = archive, extractor
        self.plain = documents_in(archive / "txt")[0]
        self.facts = {document.id: self._facts(document) for document in self.plain}

    def of(self, name: str) -> Found:
        """What one format yields."""
        started = time.perf_counter()
        documents, rejects = documents_in(self.archive / name, ocr=True)
        seconds = time.perf_counter() - started
        same = besides = 0
        for document in documents:
            wanted, got = self.facts[self._original(document)], self._facts(document)
            same += (wanted & got).total()
            besides += (got - wanted).total()
        total = sum(facts.total() for facts in self.facts.values())
        return Found(name, len(documents), len(rejects), same, total, besides, seconds)

    def _facts(self, document: Document) -> Counter[tuple[Any, ...]]:
        return Counter(content(fact) for fact in self.extractor.claims(document).facts)

    def _original(self, document: Document) -> str:
        """The plain text that a document is: by its id, else by its words, since a crawl knows addresses only."""
        if document.id in self.facts:
            return document.id
        opening = document.text[:200].lower()
        ranked = max(self.plain, key=lambda one: SequenceMatcher(None, one.text[:200].lower(), opening).ratio())
        return ranked.id


def table(results: Sequence[Found]) -> str:
    lines = [f"{'format':<20}{'articles':>9}{'rejected':>9}{'facts':>10}{'besides':>9}{'articles/s':>12}"]
    for found in results:
        rate = found.documents / found.seconds if found.seconds else 0
        facts = f"{found.same}/{found.wanted}"
        lines.append(
            f"{found.name:<20}{found.documents:>9}{found.rejects:>9}{facts:>10}{found.besides:>9}{rate:>12.0f}"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--formats", default=",".join(FORMATS), help="names, joined by commas")
    wanted = parser.parse_args().formats.split(",")
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder)
        written = write_archive(archive, list(dict.fromkeys(["txt", *wanted])), tell=lambda line: None)
        comparison = Comparison(archive, Extractor.load())
        comparison.of("txt")  # what is loaded on first use belongs to no format
        results = [comparison.of(name) for name in written]
    print(table(results))
    sys.exit(any(found.same < found.wanted or found.besides for found in results if found.name not in LOSSY))


if __name__ == "__main__":
    main()
