"""Where documents are read and claims extracted: in this process, or in several that keep the order of the input."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from tinhgon import ingest
from tinhgon.batch.stopping import deaf_children
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


In = TypeVar("In")
Out = TypeVar("Out")

# A function of a module (no lambda): with several processes it is sent to each of them.
LoadExtractor = Callable[[Path | None], ClaimsExtractor]


class PoolError(RuntimeError):
    """A process of the pool ended without a word, most often for want of memory."""


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
Outcome = Document | Skip | Reject


class Workers(Protocol):
    def read(self, items: Sequence[Item], reading: Reading) -> list[Outcome]: ...

    def extract(self, documents: Sequence[Document]) -> list[Claims | Reject]: ...


def load_extractor(patterns: Path | None) -> ClaimsExtractor:
    from tinhgon.extract import Extractor

    return Extractor.load(patterns)


def read_one(reading: Reading, item: Item) -> Outcome:
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


class InThisProcess:
    def __init__(self, extractor: ClaimsExtractor) -> None:
        self._extractor = extractor

    def read(self, items: Sequence[Item], reading: Reading) -> list[Outcome]:
        return [read_one(reading, item) for item in items]

    def extract(self, documents: Sequence[Document]) -> list[Claims | Reject]:
        return [extract_one(self._extractor, document) for document in documents]


class InPool:
    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self._pool = pool

    def read(self, items: Sequence[Item], reading: Reading) -> list[Outcome]:
        return self._in_order(partial(read_one, reading), items)

    def extract(self, documents: Sequence[Document]) -> list[Claims | Reject]:
        return self._in_order(_extract_in_worker, documents)

    def _in_order(self, work: Callable[[In], Out], items: Sequence[In]) -> list[Out]:
        try:
            with deaf_children():
                results = self._pool.map(work, items)
            return list(results)
        except BrokenProcessPool as error:
            raise PoolError(
                "a worker process died, perhaps for want of memory; what was written stays: "
                "run the same command with fewer --jobs to go on"
            ) from error


@contextmanager
def start_workers(
    extractor: ClaimsExtractor, jobs: int, load: LoadExtractor, patterns: Path | None
) -> Iterator[Workers]:
    """Workers for the length of the block; the extractor given serves where one process does."""
    if jobs == 1:
        yield InThisProcess(extractor)
        return
    # Spawned, not forked: a forked copy of loaded models and their threads may hang.
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=spawn, initializer=_start, initargs=(load, patterns)) as pool:
        try:
            yield InPool(pool)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


_of_this_worker: list[ClaimsExtractor] = []  # one, loaded when the worker starts


def _start(load: LoadExtractor, patterns: Path | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _of_this_worker.append(load(patterns))


def _extract_in_worker(document: Document) -> Claims | Reject:
    return extract_one(_of_this_worker[0], document)
