"""What a worker process does: load the extractor once, then one task after the other."""

from __future__ import annotations

import faulthandler
import os
import signal
import threading
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TextIO, TypeVar

from tinhgon.batch.articles import (
    ClaimsExtractor,
    Found,
    InForce,
    Kept,
    LoadExtractor,
    Outcome,
    Reading,
    document_of,
    extract_one,
    outcome_of,
)
from tinhgon.batch.carry import packed
from tinhgon.batch.limits import ended_after
from tinhgon.records import Document

Thing = TypeVar("Thing")

# Of this process: the extractor, and where it says what it was doing when it had to be ended.
_extractor: list[ClaimsExtractor] = []
_last_words: list[TextIO] = []


def main(pipe: Connection, last_words: Path, load: LoadExtractor, patterns: Path | None) -> None:
    """Answer each task that comes with (whether it went well, result or error); first, that it can begin."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with last_words.open("w", encoding="utf-8") as words:
        faulthandler.enable(words)
        _last_words.append(words)
        tasks: SimpleQueue[tuple[Callable[[Any], Any], Any]] = SimpleQueue()
        threading.Thread(target=_receive, args=(pipe, tasks), daemon=True).start()
        _answer(pipe, _prepare, (load, patterns))
        while True:
            _answer(pipe, *tasks.get())


def _receive(pipe: Connection, tasks: SimpleQueue[tuple[Callable[[Any], Any], Any]]) -> None:
    """Tasks are taken in as they come, so that neither end of the pipe ever waits for the other to read."""
    try:
        while True:
            tasks.put(pipe.recv())
    except (EOFError, OSError):
        os._exit(1)  # the run is over, or was killed and could not say so


def _answer(pipe: Connection, work: Callable[[Any], Any], argument: Any) -> None:
    try:
        answer = True, work(argument)
    except Exception as error:  # noqa: BLE001 - it is raised where the result is waited for
        answer = False, error
    try:
        pipe.send(answer)
    except OSError:
        os._exit(1)  # as in ``_receive``, which may not have come to it


def _prepare(how: tuple[LoadExtractor, Path | None]) -> InForce:
    load, patterns = how
    _extractor.append(load(patterns))
    return InForce.of(_extractor[0])


def outcomes_of(reading: Reading, kept: Kept, batch: Sequence[Found]) -> list[bytes]:
    """What becomes of articles: read, and their claims extracted unless those are kept."""
    return [_carried(reading, lambda found: outcome_of(_extractor[0], reading, kept, found), one) for one in batch]


def documents_of(reading: Reading, batch: Sequence[Found]) -> list[bytes]:
    """What becomes of articles that are only read."""
    return [_carried(reading, lambda found: document_of(reading, found), one) for one in batch]


def extracted(reading: Reading, documents: Sequence[Document]) -> list[bytes]:
    """What becomes of documents."""
    return [_carried(reading, lambda one: extract_one(_extractor[0], reading, one), document) for document in documents]


def _carried(reading: Reading, work: Callable[[Thing], Outcome], thing: Thing) -> bytes:
    with ended_after(reading.seconds_unheard, _last_words[0]):
        return packed(work(thing))
