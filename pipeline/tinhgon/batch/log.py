"""One run as the fact base sees it: the single writer, and the judge of what is done already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tinhgon.batch.fingerprint import code_version
from tinhgon.batch.summary import Summary, Tally
from tinhgon.batch.touched import ChangedPatterns
from tinhgon.records import Claims, Document, Reject, Skip
from tinhgon.store import FactBase
from tinhgon.store.catalogue import keep_catalogue
from tinhgon.store.versions import PatternVersions, carry_over, keep_patterns, kept_with, patterns_kept


class RunLog:
    """What one run writes, and what it need not do since an earlier one did it.

    ``versions`` is what each pattern of the set ``patterns_hash`` says.
    """

    def __init__(
        self,
        base: FactBase,
        patterns_hash: str,
        versions: PatternVersions,
        arguments: Mapping[str, Any],
        found: int,
    ) -> None:
        self.tally = Tally(found)
        self._base = base
        self._patterns_hash, self._versions = patterns_hash, versions
        self._version = code_version()
        self._changes: dict[str, ChangedPatterns | None] = {}
        self._untouched: list[tuple[str, str]] = []
        self._run = base.begin_run(self._version, patterns_hash, arguments)
        keep_patterns(base, patterns_hash, versions)
        keep_catalogue(base)

    def is_done(self, document: Document) -> bool:
        """Whether the fact base has the claims that would be made of this document: same bytes, same code, and the
        same patterns, or others that differ in nothing that the document holds."""
        kept = kept_with(self._base, document.id, document.sha256, self._version)
        if self._patterns_hash in kept:
            return True
        changes = [self._change_since(earlier) for earlier in kept]
        if not any(change is not None and not change.touch(document) for change in changes):
            return False
        self._untouched.append((document.id, document.sha256))
        self.tally.untouched += 1
        return True

    def _change_since(self, earlier: str) -> ChangedPatterns | None:
        """What changed since an earlier set of patterns; nothing where it was not noted what that said."""
        if earlier not in self._changes:
            before = patterns_kept(self._base, earlier)
            self._changes[earlier] = ChangedPatterns(before, self._versions) if before else None
            if (change := self._changes[earlier]) is not None:
                self.tally.changed_patterns |= set(change.ids)
        return self._changes[earlier]

    def write(self, claims: Sequence[Claims], rejects: Sequence[Reject], skips: Sequence[Skip]) -> None:
        self._base.add(claims, run=self._run, patterns_hash=self._patterns_hash, version=self._version)
        self._base.reject(rejects, run=self._run)
        self._base.skip(skips, run=self._run)
        carry_over(self._base, self._untouched, self._patterns_hash)
        self._untouched.clear()
        self.tally.add(claims)
        self.tally.reject(rejects)
        self.tally.skipped.update(skip.reason.split(":", 1)[0] for skip in skips)

    def close(self, seconds: float) -> Summary:
        summary = self.tally.summary(seconds)
        self._base.end_run(self._run, summary.counts())
        return summary
