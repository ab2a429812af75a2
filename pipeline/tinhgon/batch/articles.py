"""One article from its item to what becomes of it: read, passed over, rejected, or its claims."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tinhgon import ingest
from tinhgon.batch.limits import TookTooLong, interrupted_after
from tinhgon.detect.relevance import can_hold_claim
from tinhgon.ingest import Fields, Item
from tinhgon.ingest.language import other_language
from tinhgon.ingest.office.pdf import TIME_LIMIT_OCR
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


# More than a PDF of hundreds of pages may take by its own limit, and far more than an article does.
SECONDS = 300.0
_DEAF = 1.25


@dataclass(frozen=True, slots=True)
class Reading:
    """How sources are read.

    ``fields`` names the columns of row files; ``ocr`` reads scanned pages; ``everything`` extracts also from articles
    that hold no word a claim could be made of. ``seconds`` is how long an article may take to be read, and then for
    its claims to be extracted, 0 for as long as it likes.
    """

    fields: Fields = field(default_factory=Fields)
    ocr: bool = False
    everything: bool = False
    seconds: float = SECONDS

    @property
    def seconds_to_read(self) -> float:
        """Pictures of pages take theirs besides."""
        return self.seconds + TIME_LIMIT_OCR if self.ocr and self.seconds else self.seconds

    @property
    def seconds_unheard(self) -> float:
        """When these are over, the work has not heard that its time was up, and will not."""
        return _DEAF * (self.seconds_to_read + self.seconds)


PLAINLY = Reading()
TOO_SLOW = "too-slow: it took more than {seconds:g} seconds; split it, or allow it more with --time-limit"
TOO_LARGE = "too-large: no memory was left for it; give it to a run of its own, with --jobs 1"
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
    outcome = document_of(reading, found)
    if not isinstance(outcome, Document) or (outcome.id, outcome.sha256) in kept:
        return outcome
    return extract_one(extractor, reading, outcome)


def document_of(reading: Reading, found: Found) -> Document | Skip | Reject:
    """What becomes of an article that is only read."""
    if isinstance(found, Reject):
        return found
    worth = None if reading.everything else can_hold_claim
    try:
        with interrupted_after(reading.seconds_to_read):
            document = ingest.read(found, ocr=reading.ocr, worth=worth)
            return _unless_none_of_ours(document, reading) if isinstance(document, Document) else document
    except (Exception, TookTooLong) as error:  # noqa: BLE001 - one odd file must not end a run over a hundred thousand
        return Reject(found.path, "read", _reason(error, reading.seconds_to_read))


def _unless_none_of_ours(document: Document, reading: Reading) -> Document | Skip:
    """The document, unless it is in another language or can hold no claim."""
    if language := other_language(document.text):
        return Skip(document.id, document.path, document.sha256, f"language: {language}")
    if not reading.everything and not can_hold_claim(document.text):
        return Skip(document.id, document.path, document.sha256, ingest.NOTHING)
    return document


def extract_one(extractor: ClaimsExtractor, reading: Reading, document: Document) -> Claims | Reject:
    try:
        with interrupted_after(reading.seconds):
            return extractor.claims(document)
    except (Exception, TookTooLong) as error:  # noqa: BLE001 - as above; the reason is kept and the run's exit status tells
        return Reject(document.path, "extract", _reason(error, reading.seconds))


def _reason(error: BaseException, seconds: float) -> str:
    """Why an article came to nothing, in one line: what to do, or the error and the line of code it came from."""
    if isinstance(error, TookTooLong):
        return TOO_SLOW.format(seconds=seconds)
    if isinstance(error, MemoryError):
        return TOO_LARGE
    where = error.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    place = f" ({Path(where.tb_frame.f_code.co_filename).name}:{where.tb_lineno})" if where else ""
    return " ".join(f"{type(error).__name__}: {error}{place}; please report it with the file".split())
