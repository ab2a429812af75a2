"""One article from its item to what becomes of it: read, passed over, rejected, or its claims."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tinhgon import ingest
from tinhgon.detect.relevance import can_hold_claim
from tinhgon.ingest import Fields, Item
from tinhgon.ingest.language import other_language
from tinhgon.records import Claims, Document, Reject, Skip


class ClaimsExtractor(Protocol):
    """What a run needs of ``tinhgon.extract.Extractor``."""

    @property
    def patterns_hash(self) -> str: ...

    @property
    def pattern_versions(self) -> Mapping[str, tuple[str, Sequence[str]]]: ...

    def claims(self, document: Document) -> Claims: ...


@dataclass(frozen=True, slots=True)
class InForce:
    """The patterns in force: their fingerprint, and what each of them says."""

    patterns_hash: str
    versions: Mapping[str, tuple[str, Sequence[str]]]

    @classmethod
    def of(cls, extractor: ClaimsExtractor) -> InForce:
        return cls(extractor.patterns_hash, extractor.pattern_versions)


# A function of a module (no lambda): with several processes it is sent to each of them.
LoadExtractor = Callable[[Path | None], ClaimsExtractor]


@dataclass(frozen=True, slots=True)
class Reading:
    """How sources are read.

    ``fields`` names the columns of row files; ``ocr`` reads scanned pages; ``everything`` extracts also from articles
    that hold no word a claim could be made of.
    """

    fields: Fields = field(default_factory=Fields)
    ocr: bool = False
    everything: bool = False


PLAINLY = Reading()
Found = Item | Reject  # what is listed: an article, or a damaged piece of a container
Final = Claims | Skip | Reject  # what becomes of an article in the end
Outcome = Final | Document  # a document is yet to be extracted
Kept = Collection[tuple[str, str]]  # documents by id and sha256 of which there may be claims already
NONE_KEPT: Kept = frozenset()


def load_extractor(patterns: Path | None) -> ClaimsExtractor:
    from tinhgon.extract import Extractor

    extractor = Extractor.load(patterns)
    # Patterns and gazetteer live as long as the process: to look through them for garbage takes a tenth of its time.
    gc.collect()
    gc.freeze()
    return extractor


def sources_besides(sources: Sequence[str], *written: Path) -> Iterator[Path]:
    """The files meant by ``sources``, without fact bases and folders that the program itself writes among them.

    >>> [path.name for path in sources_besides(["kho/bai-1.txt", "kho/facts.db-wal"], Path("kho/facts.db"))]
    ['bai-1.txt']
    """
    own = {os.path.abspath(path) + ending for path in written for ending in ("", "-wal", "-shm", "-journal")}
    inside = tuple(os.path.abspath(path) + os.sep for path in written)
    for path in ingest.sources(sources):
        absolute = os.path.abspath(path)
        if absolute not in own and not absolute.startswith(inside):
            yield path


def size_of(found: Found) -> int:
    """The bytes that a container gave of an article; a file is opened by its reader.

    >>> size_of(Item("kho.zip/bai-1.txt", "bai-1", raw=b"Tinh gon"))
    8
    """
    return len(found.raw or b"") if isinstance(found, Item) else 0


def outcome_of(extractor: ClaimsExtractor, reading: Reading, kept: Kept, found: Found) -> Outcome:
    """What becomes of an article; the document alone where its claims may be there already."""
    outcome = found if isinstance(found, Reject) else read_one(reading, found)
    if not isinstance(outcome, Document) or (outcome.id, outcome.sha256) in kept:
        return outcome
    return extract_one(extractor, outcome)


def read_one(reading: Reading, item: Item) -> Document | Skip | Reject:
    try:
        worth = None if reading.everything else can_hold_claim
        document = ingest.read(item, ocr=reading.ocr, worth=worth)
        return _unless_none_of_ours(document, reading) if isinstance(document, Document) else document
    except Exception as error:  # noqa: BLE001 - one odd file must not end a run over a hundred thousand
        return Reject(item.path, "read", _reason(error))


def _unless_none_of_ours(document: Document, reading: Reading) -> Document | Skip:
    """The document, unless it is in another language or can hold no claim."""
    if language := other_language(document.text):
        return Skip(document.id, document.path, document.sha256, f"language: {language}")
    if not reading.everything and not can_hold_claim(document.text):
        return Skip(document.id, document.path, document.sha256, ingest.NOTHING)
    return document


def extract_one(extractor: ClaimsExtractor, document: Document) -> Claims | Reject:
    try:
        return extractor.claims(document)
    except Exception as error:  # noqa: BLE001 - as above; the reason is kept and the run's exit status tells
        return Reject(document.path, "extract", _reason(error))


def _reason(error: Exception) -> str:
    """The error and the line of code it came from, in one line."""
    where = error.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    place = f" ({Path(where.tb_frame.f_code.co_filename).name}:{where.tb_lineno})" if where else ""
    return " ".join(f"{type(error).__name__}: {error}{place}; please report it with the file".split())
