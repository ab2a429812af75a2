"""Judged facts as examples for the patterns that made them, for a person to look through and paste."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import yaml

from tinhgon.records import Fact, Provenance
from tinhgon.store.base import FactBase

# Where the pattern with this id matches in a sentence that stands alone.
Where = Callable[[str, str], Sequence[tuple[int, int]]]
_QUOTES = str.maketrans("«»", "“”")


@dataclass(frozen=True, slots=True)
class _Example:
    sentence: str  # without the marks
    start: int
    end: int
    fact_id: str

    @property
    def marked(self) -> str:
        return f"{self.sentence[: self.start]}«{self.sentence[self.start : self.end]}»{self.sentence[self.end :]}"

    @property
    def words(self) -> str:
        return self.sentence[self.start : self.end]


def pattern_examples(base: FactBase, where: Where) -> str:
    """For each pattern, the sentences of facts judged right as examples, of those judged wrong as counterexamples.

    The words that matched stand between « and »; in counterexamples, which are tried as they are written, in the
    comment behind. A sentence that is right for one fact is no counterexample for another, and corrected facts are
    neither: which of the patterns went astray, only a person can tell.
    """
    right: defaultdict[str, dict[str, _Example]] = defaultdict(dict)
    wrong: defaultdict[str, dict[str, _Example]] = defaultdict(dict)
    for review in base.reviews():
        if review.stands and not review.orphaned and not review.corrected and review.verdict != "corrected":
            fact = base.facts(review.document_id)[review.fact_id]
            found = right if review.verdict == "right" else wrong
            for pattern, example in _matched(review.fact_id, fact, where).items():
                found[pattern].setdefault(example.sentence, example)
    entries = []
    for pattern in sorted({*right, *wrong}):
        against = [example for sentence, example in wrong[pattern].items() if sentence not in right[pattern]]
        entries += _entry(pattern, list(right[pattern].values()), against)
    return "".join(f"{line}\n" for line in entries)


def _matched(fact_id: str, fact: Fact, where: Where) -> dict[str, _Example]:
    """The fact's sentence as an example of each pattern that made it and matches in it."""
    sentence = fact.provenance.sentence.text.translate(_QUOTES)
    examples = {}
    for pattern in fact.provenance.patterns:
        spans = where(pattern, sentence)
        if spans:
            start, end = next((span for span in spans if _proves(span, fact.provenance)), spans[0])
            examples[pattern] = _Example(sentence, start, end, fact_id)
    return examples


def _proves(span: tuple[int, int], provenance: Provenance) -> bool:
    start, end = (offset + provenance.sentence.start for offset in span)
    return any(piece.start < end and start < piece.end for piece in provenance.quote)


def _entry(pattern: str, right: Sequence[_Example], wrong: Sequence[_Example]) -> list[str]:
    lines = [f"- id: {_text(pattern)}"]
    if right:
        lines += ["  examples:", *(f"    - {_text(one.marked)}  # fact {one.fact_id}" for one in right)]
    if wrong:
        lines.append("  counterexamples:")
        lines += [f"    - {_text(one.sentence)}  # fact {one.fact_id}: «{_text(one.words)}»" for one in wrong]
    return lines if len(lines) > 1 else []


def _text(words: str) -> str:
    """A text as YAML writes it, on one line whatever is in it."""
    return str(yaml.safe_dump(words, default_style='"', allow_unicode=True, width=float("inf"))).rstrip("\n")
