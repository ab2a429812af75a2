"""All that detection found in one document, by kind: what assembly reads."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field

import regex

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
    _starts: Mapping[str, list[int]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = {kind: [mention.start for mention in found] for kind, found in self.mentions.items() if found}
        object.__setattr__(self, "_starts", starts)

    def of(self, kind: str) -> tuple[Mention, ...]:
        return self.mentions.get(kind, ())

    def within(self, kind: str, start: int, end: int) -> tuple[Mention, ...]:
        """The mentions of a kind that lie between two offsets."""
        starts = self._starts.get(kind)
        if starts is None:
            return ()
        first = bisect_left(starts, start)
        last = bisect_left(starts, end, first)
        # Asked some thousand times a document, mostly in vain.
        return tuple(m for m in self.mentions[kind][first:last] if m.end <= end) if first < last else ()

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence an offset stands in (the one before it, where it stands between two)."""
        sentences = self.view.sentences
        index = bisect_left(sentences, offset + 1, key=lambda s: s.start) - 1
        return sentences[max(0, index)]


_LOOKS_AHEAD = regex.compile(
    r"(?:đến|tới|vào|hết|trước|cuối|từ|giai đoạn|sẽ[^.,;]*)(?: hết| cuối| ngày| tháng| đầu)* $"
)


def told_year(analysis: Analysis) -> str | None:
    """The year an undated article was written in, as far as it tells: the latest one that it does not look ahead to."""
    low, years = analysis.view.low, list[str]()
    for date in analysis.of("dates"):
        value = date.data["value"]
        if (
            value is not None
            and not _LOOKS_AHEAD.search(low[max(0, date.start - 24) : date.start])
            and date.label != "period"
        ):
            years.append(str(value)[:4])
    return max(years, default=None)
