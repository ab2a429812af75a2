"""Extractors that load at once: one cites "18-NQ/TW" wherever a text does, and breaks on the word "hỏng"."""

from __future__ import annotations

import os
import time
from pathlib import Path

from tinhgon.detect.patterns import PatternError
from tinhgon.records import Citation, Claims, Document, Provenance, Span

CITED = "18-NQ/TW"


class StandIn:
    def __init__(self, patterns_hash: str) -> None:
        self.patterns_hash = patterns_hash
        self.pattern_versions = {"cited": (patterns_hash, (CITED.lower(),)), "other": ("", ("luân chuyển",))}

    def claims(self, document: Document) -> Claims:
        if "hỏng" in document.text:
            raise ValueError("a number\nwithout a noun")
        if "chết" in document.text:
            os._exit(1)  # as a worker that the system ends for want of memory
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


def load_broken(patterns: Path | None) -> StandIn:
    raise PatternError("cues.yaml: entry 'kế-hoạch' has no examples")
