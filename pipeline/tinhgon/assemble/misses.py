"""Misses: sentences that hold a cue and a number and gave no fact, with the reason and the shape of their words.

The shape is what stands from the cue to the number with names, nouns and numbers written as their kinds, so that a
thousand sentences fall into a few dozen groups: the commonest is where the next pattern pays most.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from tinhgon.assemble.drafts import Draft
from tinhgon.assemble.frames import Frame, Number
from tinhgon.records import Miss, Provenance, Span

_WORDS = 3  # at most so many words in a row are written out; more of them are "…"
_UNNAMED = "no measure word or pairing reaches the number"
_FOREIGN = "the numbers count something else"


_PIECE = regex.compile(r"[\p{L}\d]+|[;:(),]")


def miss_of(frame: Frame, drafts: Sequence[Draft]) -> Miss | None:
    """The miss of a sentence that gave no fact; ``None`` where it holds no cue or no number that could be ours."""
    numbers = [number for number in frame.numbers if not number.foreign]
    measures = frame.measures(frame.sentence.start, frame.sentence.end)
    if not numbers or not (frame.joined or measures):
        return None
    cues = tuple(dict.fromkeys(word.label for word in measures))
    told = [draft.refused for draft in drafts if draft.refused]
    reason = next((reason for reason in told if reason != _UNNAMED), told[0] if told else _FOREIGN)
    spans = tuple(_span(frame, number.start, number.end) for number in numbers)
    whole = _span(frame, frame.sentence.start, frame.sentence.end)
    return Miss(reason, _shape(frame, numbers), Provenance(spans, whole, (), cues))


def _span(frame: Frame, start: int, end: int) -> Span:
    return Span(start, end, frame.analysis.view.text[start:end])


def _shape(frame: Frame, numbers: Sequence[Number]) -> str:
    """The words between the closest pair of cue and number, kinds in angle brackets.

    "Toàn huyện dự kiến giảm chừng 3 đơn vị" has the shape "giảm chừng ⟨count⟩ ⟨unit⟩".
    """
    cues = [(word.start, word.end) for word in frame.measures(frame.sentence.start, frame.sentence.end)]
    cues += [(joined.start, joined.end) for joined in frame.joined]
    pairs = [(max(start - n.noun_end, n.start - end), start, end, n) for start, end in cues for n in numbers]
    _, start, end, number = min(pairs, key=lambda pair: (pair[0], pair[1], pair[3].start))
    return _written(frame, min(start, number.start), max(end, number.noun_end))


def _written(frame: Frame, start: int, end: int) -> str:
    named: list[tuple[int, int, str]] = []
    joined = [(j.start, j.end, "⟨posts⟩") for j in frame.joined]
    found = [
        (m.start, m.end, f"⟨{'place' if kind == 'places' else 'date' if kind == 'dates' else m.label}⟩")
        for kind in ("numbers", "objects", "places", "dates", "resolutions", "roles", "bodies")
        for m in frame.analysis.within(kind, start, end)
    ]
    for piece in sorted([*joined, *found], key=lambda p: (p[0], -p[1])):
        if start <= piece[0] and piece[1] <= end and (not named or piece[0] >= named[-1][1]):
            named.append(piece)
    parts, position = list[str](), start
    for piece_start, piece_end, name in [*named, (end, end, "")]:
        words = _PIECE.findall(frame.text(position, piece_start))
        parts += words if len(words) <= _WORDS else [words[0], "…", words[-1]]
        parts.append(name)
        position = piece_end
    return " ".join(part for part in parts if part)
