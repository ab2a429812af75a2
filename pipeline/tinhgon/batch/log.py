"""One run as the fact base sees it: the single writer, and the judge of what is done already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tinhgon.batch.fingerprint import code_version
from tinhgon.batch.summary import Summary, Tally
from tinhgon.records import Claims, Document, Reject, Skip
from tinhgon.store import FactBase


class RunLog:
    def __init__(self, base: FactBase, patterns_hash: str, arguments: Mapping[str, Any], found: int) -> None:
        self.tally = Tally(found)
        self._base = base
        self._patterns_hash = patterns_hash
        self._version = code_version()
        self._run = base.begin_run(self._version, patterns_hash, arguments)

    def is_done(self, document: Document) -> bool:
        """Whether the fact base has this document's claims from the same bytes, code and patterns."""
        return self._base.known(document.id, document.sha256, self._patterns_hash, self._version)

    def write(self, claims: Sequence[Claims], rejects: Sequence[Reject], skips: Sequence[Skip]) -> None:
        self._base.add(claims, run=self._run, patterns_hash=self._patterns_hash, version=self._version)
        self._base.reject(rejects, run=self._run)
        self._base.skip(skips, run=self._run)
        self.tally.add(claims)
        self.tally.rejects += rejects
        self.tally.skipped.update(skip.reason.split(":", 1)[0] for skip in skips)

    def close(self, seconds: float) -> Summary:
        summary = self.tally.summary(seconds)
        self._base.end_run(self._run, summary.counts())
        return summary
