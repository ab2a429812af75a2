"""All that detection found in one document, by kind: what assembly reads."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from tinhgon.detect.text import Sentence, View
from tinhgon.records import Mention

KINDS = (
    "numbers",
    "dates",
    "resolutions",
    "roles",
    "markers",
    "objects",
    "measures",
    "cues",
    "places",
    "people",
    "bodies",
)


@dataclass(frozen=True, slots=True)
class Analysis:
    """The view of a document with its mentions by kind, each kind in text order."""

    view: View
    mentions: Mapping[str, tuple[Mention, ...]]

    def of(self, kind: str) -> tuple[Mention, ...]:
        return self.mentions.get(kind, ())

    def within(self, kind: str, start: int, end: int) -> tuple[Mention, ...]:
        """The mentions of a kind that lie between two offsets."""
        found = self.of(kind)
        first = bisect_left(found, start, key=lambda m: m.start)
        return tuple(m for m in found[first : bisect_left(found, end, key=lambda m: m.start)] if m.end <= end)

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence an offset stands in (the one before it, where it stands between two)."""
        sentences = self.view.sentences
        index = bisect_left(sentences, offset + 1, key=lambda s: s.start) - 1
        return sentences[max(0, index)]
