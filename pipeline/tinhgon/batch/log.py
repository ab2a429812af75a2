"""One run as the fact base sees it: the single writer, and the judge of what is done already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tinhgon.batch.articles import Found, InForce, Kept, Outcome
from tinhgon.batch.fingerprint import code_version
from tinhgon.batch.outdated import Outdated
from tinhgon.batch.summary import Summary, Tally
from tinhgon.batch.touched import ChangedPatterns
from tinhgon.ingest import Item
from tinhgon.ingest.item import shown
from tinhgon.records import Claims, Document, Reject, Skip
from tinhgon.store import FactBase
from tinhgon.store.catalogue import keep_catalogue
from tinhgon.store.ids import storable
from tinhgon.store.versions import carry_over, keep_patterns, kept_of, kept_with, patterns_kept


class RunLog:
    """What one run writes, and what it need not do since an earlier one did it."""

    def __init__(self, base: FactBase, in_force: InForce, arguments: Mapping[str, Any], found: int) -> None:
        self.tally = Tally(found)
        self._base = base
        self._patterns_hash, self._versions = in_force.patterns_hash, in_force.versions
        self._version = code_version()
        self._changes: dict[str, ChangedPatterns | None] = {}
        self._untouched: list[tuple[str, str]] = []
        self._outdated = Outdated(row["path"] for row in base.rows("SELECT path FROM rejects"))
        self._run = base.begin_run(self._version, self._patterns_hash, arguments)
        keep_patterns(base, self._patterns_hash, self._versions)
        keep_catalogue(base)

    def meet(self, file: str) -> None:
        """Note that the run has come to this file: what earlier ones rejected of it is settled anew."""
        self._outdated.meet(storable(shown(file)))

    def kept(self, batch: Sequence[Found]) -> Kept:
        """The documents that these articles may be and that the fact base has claims of, made by this code."""
        ids = [found.id for found in batch if isinstance(found, Item)]
        return kept_of(self._base, ids, self._version)

    def is_done(self, document: Document) -> bool:
        """Whether the fact base has the claims that would be made of this document: same bytes, same code, and the
        same patterns, or others that differ in nothing that the document holds."""
        kept = kept_with(self._base, document.id, document.sha256, self._version)
        if self._patterns_hash in kept:
            return True
        changes = [self._change_since(earlier) for earlier in kept]
        return any(change is not None and not change.touch(document) for change in changes)

    def _change_since(self, earlier: str) -> ChangedPatterns | None:
        """What changed since an earlier set of patterns; nothing where it was not noted what that said."""
        if earlier not in self._changes:
            before = patterns_kept(self._base, earlier)
            self._changes[earlier] = ChangedPatterns(before, self._versions) if before else None
            if (change := self._changes[earlier]) is not None:
                self.tally.changed_patterns |= set(change.ids)
        return self._changes[earlier]

    def write(self, outcomes: Sequence[Outcome]) -> None:
        """Write what became of the articles of one batch; what is done already is passed over, documents are."""
        claims: list[Claims] = []
        rejects: list[Reject] = []
        skips: list[Skip] = []
        for outcome in outcomes:
            if isinstance(outcome, Reject):
                rejects.append(outcome)
            elif isinstance(outcome, Skip):
                skips.append(outcome)
            elif isinstance(outcome, Document):
                self._pass_over(outcome)
            elif self.is_done(outcome.document):
                self._pass_over(outcome.document)
            else:
                claims.append(outcome)
        rejects.sort(key=lambda reject: reject.stage == "extract")  # as they came to be: all were read before
        self._base.add(claims, run=self._run, patterns_hash=self._patterns_hash, version=self._version)
        self._base.reject(rejects, run=self._run)
        self._base.skip(skips, run=self._run)
        carry_over(self._base, self._untouched, self._patterns_hash)
        self.tally.read += len(outcomes)
        self.tally.untouched += len(self._untouched)
        self._untouched.clear()
        self.tally.add(claims)
        self.tally.reject(rejects)
        self.tally.skipped.update(skip.reason.split(":", 1)[0] for skip in skips)

    def _pass_over(self, document: Document) -> None:
        self.tally.passed_over += 1
        if self._patterns_hash not in kept_with(self._base, document.id, document.sha256, self._version):
            self._untouched.append((document.id, document.sha256))

    def close(self, seconds: float) -> Summary:
        summary = self.tally.summary(seconds)
        if not summary.interrupted:
            self._base.forget_rejects(self._outdated.met, besides=self._run)
        self._base.end_run(self._run, summary.counts())
        return summary
