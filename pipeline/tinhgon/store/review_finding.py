"""Which fact of a new run is the one that was judged in an earlier run, although its id is another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tinhgon.records import Fact, Span
from tinhgon.store.export import fact_item
from tinhgon.store.review_fields import differences


@dataclass(frozen=True, slots=True)
class Judged:
    """What is known of a judged fact that is gone: its proving words, what it said, and its measure (as corrected)."""

    quote: tuple[Span, ...]
    stated: Mapping[str, Any]
    measures: frozenset[str]


def proof(fact: Fact) -> tuple[Span, ...]:
    """The proving words; a fact without any is proved by its sentence."""
    return fact.provenance.quote or (fact.provenance.sentence,)


def successors(lost: Mapping[str, Judged], fresh: Mapping[str, Fact]) -> dict[str, str]:
    """The ids of judged facts that are gone, each with the id of the new fact it has become, where that is sure.

    One that says the same in the same words is the same fact, wherever it now stands; else it must have the measure
    and the quote of the judged one, or at least words of it. Where two would fit, or one would fit two, it is not sure.

    >>> from tinhgon.records import Provenance
    >>> def fact(start, piece, value):
    ...     quote = Span(start, start + len(piece), piece)
    ...     return Fact("reduction", "commune", Provenance((quote,), quote), value=value)
    >>> old = Judged((Span(8, 13, "10 xã"),), fact_item(fact(8, "10 xã", 100)), frozenset({"reduction"}))
    >>> successors({"old": old}, {"new": fact(3, "giảm 10 xã", 10), "other": fact(15, "20 ấp", 20)})
    {'old': 'new'}
    """
    found: dict[str, str] = {}
    for fits in (_says_the_same, _has_its_quote, _stands_on_its_words):
        rest = {key: judged for key, judged in lost.items() if key not in found}
        free = {key: fact for key, fact in fresh.items() if key not in found.values()}
        found |= _matched(rest, free, fits)
    return found


def _matched(
    lost: Mapping[str, Judged], fresh: Mapping[str, Fact], fits: Callable[[Judged, Fact], bool]
) -> dict[str, str]:
    candidates = {key: [new for new, fact in fresh.items() if fits(judged, fact)] for key, judged in lost.items()}
    wanted = Counter(new for fitting in candidates.values() for new in fitting)
    return {key: fitting[0] for key, fitting in candidates.items() if len(fitting) == 1 and wanted[fitting[0]] == 1}


def _says_the_same(judged: Judged, fact: Fact) -> bool:
    item = fact_item(fact)
    return item["quote"] == judged.stated.get("quote") and not differences(judged.stated, item)


def _has_its_quote(judged: Judged, fact: Fact) -> bool:
    return fact.measure in judged.measures and proof(fact) == judged.quote


def _stands_on_its_words(judged: Judged, fact: Fact) -> bool:
    return fact.measure in judged.measures and share_words(judged.quote, proof(fact))


def share_words(some: Sequence[Span], others: Sequence[Span]) -> bool:
    """Whether two quotes have words of the text in common, and among them a figure where either has figures.

    Two numbers of one sentence share its verb ("giảm 10 xã, 20 ấp"), and yet are two.

    >>> verb, ten, twenty = Span(0, 4, "giảm"), Span(5, 10, "10 xã"), Span(12, 17, "20 ấp")
    >>> share_words([verb, ten], [verb, twenty]), share_words([verb, ten], [Span(0, 10, "giảm 10 xã")])
    (False, True)
    """
    common = [words for one in some for other in others if (words := _common(one, other)).strip()]
    figures = any(_has_figure(span.text) for span in (*some, *others))
    return any(_has_figure(words) for words in common) if figures else bool(common)


def _common(one: Span, other: Span) -> str:
    """The words that two spans have in common; none where the text is not the same there."""
    start, end = max(one.start, other.start), min(one.end, other.end)
    mine, theirs = one.text[start - one.start : end - one.start], other.text[start - other.start : end - other.start]
    return mine if start < end and mine == theirs else ""


def _has_figure(text: str) -> bool:
    return any(letter.isdigit() for letter in text)
