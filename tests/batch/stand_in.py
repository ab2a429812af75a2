"""Extractors that load at once: one cites "18-NQ/TW" wherever a text does, and comes to grief over some words."""

from __future__ import annotations

import faulthandler
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from tinhgon.detect.patterns import PatternError
from tinhgon.records import Citation, Claims, Document, Provenance, Span

CITED = "18-NQ/TW"


def _break() -> None:
    raise ValueError("a number\nwithout a noun")


def _hang() -> None:
    while True:
        time.sleep(0.01)


def _hang_deaf() -> None:
    """As a library does that never comes back from C."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    _hang()


def _swallow() -> None:
    """As a library does that catches whatever is raised in it."""
    while True:
        try:
            time.sleep(60)
        except BaseException:  # noqa: BLE001
            return _hang()


def _interrupt_twice() -> None:
    for _ in range(2):
        os.kill(os.getppid(), signal.SIGINT)
        time.sleep(0.2)
    _hang()


def _run_out_of_memory() -> None:
    raise MemoryError


GRIEF: dict[str, Callable[[], None]] = {
    "hỏng": _break,
    "chết": lambda: os._exit(1),
    "giết": lambda: os.kill(os.getpid(), signal.SIGKILL),  # as the system does for want of memory
    "sập": faulthandler._sigsegv,  # type: ignore[attr-defined]
    "treo": _hang,
    "điếc": _hang_deaf,
    "nuốt": _swallow,
    "ngắt": _interrupt_twice,
    "đầy": _run_out_of_memory,
}


class StandIn:
    def __init__(self, patterns_hash: str) -> None:
        self.patterns_hash = patterns_hash
        self.pattern_versions = {"cited": (patterns_hash, (CITED.lower(),)), "other": ("", ("luân chuyển",))}

    def claims(self, document: Document) -> Claims:
        for word, grief in GRIEF.items():
            if word in document.text:
                grief()
        start = document.text.find(CITED)
        if start < 0:
            return Claims(document)
        proof = Provenance((Span(start, start + len(CITED), CITED),), Span(0, len(document.text), document.text))
        return Claims(document, resolutions=(Citation(CITED, "TW", None, proof),))


class Slow(StandIn):
    """Takes so long that there is a middle of its work."""

    def claims(self, document: Document) -> Claims:
        time.sleep(0.05)
        return super().claims(document)


class Idle(StandIn):
    """Extracts nothing, and says so."""

    def claims(self, document: Document) -> Claims:
        raise AssertionError("this was done before")


def load(patterns: Path | None) -> StandIn:
    return StandIn(patterns.name if patterns else "shipped")


def load_slow(patterns: Path | None) -> StandIn:
    return Slow(patterns.name if patterns else "shipped")


def load_idle(patterns: Path | None) -> StandIn:
    return Idle(patterns.name if patterns else "shipped")


def load_twice(patterns: Path | None) -> StandIn:
    """Two processes may load it, and no more."""
    with open(os.environ["STAND_IN_LOADS"], "a+") as loads:
        loads.write("x")
        loads.seek(0)
        if len(loads.read()) > 2:
            os._exit(3)
    return load(patterns)


def load_with_deadly_reader(patterns: Path | None) -> StandIn:
    """Leaves behind a reader that one file is too much for."""
    from tinhgon import ingest

    read = ingest.read

    def deadly(item, **how):
        if item.id == "bai-13":
            os._exit(1)
        return read(item, **how)

    ingest.read = deadly
    return load(patterns)


def load_deadly(patterns: Path | None) -> StandIn:
    os._exit(3)


def load_broken(patterns: Path | None) -> StandIn:
    raise PatternError("cues.yaml: entry 'kế-hoạch' has no examples")
