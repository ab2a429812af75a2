"""What a run reports when it is over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields

from tinhgon.batch.progress import Progress
from tinhgon.records import Claims, Reject

KEPT = 100  # rejects, and articles with a warning, that are named; the fact base has them all
CLAIM_KINDS = tuple(section.name for section in fields(Claims) if section.name != "document")


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of one run; ``read`` counts the sources opened, whatever became of them."""

    found: int  # articles found; of files an interrupted run did not come to, each counts as one
    read: int
    extracted: int
    passed_over: int  # done before
    untouched: int  # of these, done with other patterns that differ in nothing these articles hold
    changed_patterns: tuple[str, ...]  # since the run that did them
    rejects: tuple[Reject, ...]  # the first ones
    rejected_by_stage: Mapping[str, int]
    warnings: tuple[tuple[str, str], ...]  # (path, warning), the first of each kind
    warned: Mapping[str, int]  # by kind
    skipped: Mapping[str, int]  # by reason: articles that are none of ours
    claims: Mapping[str, int]  # by kind, of this run's documents
    seconds: float
    interrupted: bool

    @property
    def rejected(self) -> int:
        return sum(self.rejected_by_stage.values())

    def counts(self) -> dict[str, int]:
        """The plain numbers, for the ledger of runs."""
        return {
            "found": self.found,
            "read": self.read,
            "extracted": self.extracted,
            "passed_over": self.passed_over,
            "untouched": self.untouched,
            "rejected": self.rejected,
            "skipped": sum(self.skipped.values()),
            **self.claims,
        }


@dataclass(slots=True)
class Tally:
    """The running count that a summary is made of."""

    found: int
    read: int = 0
    extracted: int = 0
    passed_over: int = 0
    untouched: int = 0
    changed_patterns: set[str] = field(default_factory=set)
    stopped: bool = False
    skipped: Counter[str] = field(default_factory=Counter)
    rejects: list[Reject] = field(default_factory=list)
    rejected_by_stage: Counter[str] = field(default_factory=Counter)
    warned: Counter[str] = field(default_factory=Counter)
    warnings: list[tuple[str, str]] = field(default_factory=list)
    claims: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(CLAIM_KINDS, 0)))

    def add(self, batch: Iterable[Claims]) -> None:
        for claims in batch:
            self.extracted += 1
            for warning in claims.document.warnings:
                kind = warning.split(":", 1)[0]
                self.warned[kind] += 1
                if self.warned[kind] <= KEPT:
                    self.warnings.append((claims.document.path, kind))
            for kind in CLAIM_KINDS:
                self.claims[kind] += len(getattr(claims, kind))

    def reject(self, rejects: Iterable[Reject]) -> None:
        for reject in rejects:
            self.rejected_by_stage[reject.stage] += 1
            if len(self.rejects) < KEPT:
                self.rejects.append(reject)

    def progress(self, seconds: float, doing: str = "reading") -> Progress:
        """How far the run has come after so many seconds."""
        rejected = sum(self.rejected_by_stage.values())
        return Progress(self.read, self.found, self.claims["facts"], rejected, seconds, doing)

    def summary(self, seconds: float) -> Summary:
        return Summary(
            found=self.found,
            read=self.read,
            extracted=self.extracted,
            passed_over=self.passed_over,
            untouched=self.untouched,
            changed_patterns=tuple(sorted(self.changed_patterns)),
            rejects=tuple(self.rejects),
            rejected_by_stage=dict(self.rejected_by_stage.most_common()),
            warnings=tuple(self.warnings),
            warned=dict(self.warned),
            skipped=dict(self.skipped.most_common()),
            claims=dict(self.claims),
            seconds=seconds,
            interrupted=self.stopped,
        )
