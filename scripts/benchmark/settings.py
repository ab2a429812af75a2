"""How much is measured: sizes that follow from one number, so that a quick look and the whole are one command."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmark.archive import Format
from benchmark.articles import Kind

PARTS = ("runs", "growth", "stages", "peers", "starts")
JOBS = (1, 2)


@dataclass(frozen=True, slots=True)
class Case:
    """One archive to be run over, and the share of all articles that it has."""

    kind: Kind
    format: Format
    share: float = 1.0

    @property
    def name(self) -> str:
        return f"{self.kind}-{self.format}"


# What takes longer an article has fewer of them, so that no case outlasts the others.
CASES = (
    Case("plain", "txt"),
    Case("mixed", "txt", 0.2),
    Case("mixed", "html", 0.04),
    Case("mixed", "jsonl", 0.2),
    Case("dense", "txt", 0.04),
)
GROWTH = (0.02, 0.1, 0.4, 1.0)
# The smaller of the two archives of a case, whose time is taken off for the steady rate.
SMALL = 0.2
FEWEST = 10


@dataclass(frozen=True, slots=True)
class Settings:
    """What one benchmark does, and where."""

    articles: int
    repeat: int
    seed: int
    folder: Path
    cases: Sequence[Case] = CASES
    jobs: Sequence[int] = JOBS

    def size(self, share: float) -> int:
        return max(FEWEST, round(self.articles * share))

    @property
    def staged(self) -> dict[Kind, int]:
        """How many articles go through the stages one by one."""
        return {"dense": self.size(0.01), "mixed": self.size(0.06)}

    @property
    def sampled(self) -> dict[str, int]:
        """How many articles each peer is given: the slow one few."""
        few, more = min(30, self.size(0.001)), min(200, self.size(0.01))
        return {"underthesea ner": few, "underthesea word_tokenize": more, "spaCy blank vi + EntityRuler": more}


def tell(line: str) -> None:
    """What is being measured, to whoever waits."""
    print(f"{time.strftime('%H:%M:%S')}  {line}", file=sys.stderr, flush=True)
