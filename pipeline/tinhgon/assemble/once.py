"""One number once: the same number in title, lead and body is one fact."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from tinhgon.records import Fact, Span

_ROUNDED = 0.05  # how far a round figure may lie from the exact one
_SLOTS = ("value", "total", "percent", "before", "after", "attainment")
_HEAD = 400  # characters: how far a title and lead, or a heading's first paragraph, reach


def distinct(facts: Sequence[Fact], headings: Collection[int] = ()) -> list[Fact]:
    """One number once: of facts that say the same of the same place the fuller one stands, with where else it is told.

    ``headings``: where the sentences of headings begin; what one says in short, its section says in full.
    """
    kept = _Kept(headings)
    for fact in facts:
        # what a title or lead says in short, the body says in full
        echo = kept.first(kept.short(fact), _echoes, fact)
        if echo is not None and _says_in_short(kept.facts[echo], fact):
            said = fact.provenance.cues or not kept.facts[echo].provenance.cues
            kept.tell_again(echo, fact, stands=bool(said))
            continue  # what is only implied ("637 xã chưa đạt chuẩn") does not take the place of what is said
        near = kept.near(fact)
        if (half := kept.first(near, _halves, fact)) is not None:
            kept.tie(half, fact)
        elif (told := kept.first(near, _retells, fact)) is not None:
            kept.tell_again(told, fact, stands=False)
        elif (twin := kept.first(near, _same, fact)) is not None:
            kept.tell_again(twin, fact, stands=_fullness(fact) > _fullness(kept.facts[twin]))
        else:
            kept.add(fact)
    return kept.without_rounded()


class _Kept:
    """The facts that stand so far, found by their numbers, and where else each is told."""

    def __init__(self, headings: Collection[int]) -> None:
        self.facts: list[Fact] = []
        self._headings = sorted(headings)
        self._told: list[set[Span]] = []
        self._early: list[int] = []
        self._in_heading: dict[int, list[int]] = {start: [] for start in self._headings}
        self._slots: dict[tuple[object, ...], set[tuple[str, ...]]] = defaultdict(set)  # which numbers are told of what
        self._by_number: dict[tuple[object, ...], list[int]] = defaultdict(list)

    def add(self, fact: Fact) -> None:
        self.facts.append(fact)
        self._told.append(set(fact.provenance.retold))
        self._note(len(self.facts) - 1)

    def _note(self, number: int) -> None:
        fact = self.facts[number]
        start = _start(fact)
        if start < _HEAD:
            self._early.append(number)
        if start in self._in_heading:
            self._in_heading[start].append(number)
        told = _told(fact)
        slots = tuple(slot for slot, _ in told)
        self._slots[_about(fact)].add(slots)
        for size in range(1, len(told) + 1):
            for common in combinations(told, size):
                self._by_number[*_about(fact), slots, common].append(number)
        for key in _halves_or_retells(fact):
            self._by_number["halves", *key].append(number)

    def short(self, fact: Fact) -> set[int]:
        """Those that a title, a lead or a heading tells, which a fact may tell in full."""
        close = self._headings[bisect_right(self._headings, _start(fact) - _HEAD) :]
        noted = {*self._early, *(number for heading in close for number in self._in_heading[heading])}
        headings = set(close)
        return {n for n in noted if (start := _start(self.facts[n])) < _HEAD or start in headings}

    def near(self, fact: Fact) -> set[int]:
        """Those of the same object and place whose numbers do not speak against a fact, and share one with it."""
        told = _told(fact)
        keys = {("halves", *key) for key in _halves_or_retells(fact)}
        for slots in self._slots.get(_about(fact), ()):
            if common := tuple(one for one in told if one[0] in slots):
                keys.add((*_about(fact), slots, common))
        return {number for key in keys for number in self._by_number.get(key, ())}

    def first(self, numbers: Iterable[int], fits: Callable[[Fact, Fact], bool], fact: Fact) -> int | None:
        return min((number for number in numbers if fits(self.facts[number], fact)), default=None)

    def tell_again(self, number: int, other: Fact, stands: bool) -> None:
        """Note that one fact is told twice; ``stands``: the other one takes its place."""
        fact, told = self.facts[number], self._told[number]
        told.update(fact.provenance.quote if stands else other.provenance.quote, other.provenance.retold)
        told.difference_update(other.provenance.quote if stands else fact.provenance.quote)
        if stands:
            self.facts[number] = other
            self._note(number)

    def tie(self, number: int, other: Fact) -> None:
        """The two halves as one fact, with the evidence of both."""
        self.facts[number] = _tied(self.facts[number], other)
        self._told[number].update(other.provenance.retold)
        self._note(number)

    def without_rounded(self) -> list[Fact]:
        """The facts in order, each with where else it is told; round figures are told by the exact ones."""
        gone: set[int] = set()
        for number in sorted(set(self._early)):
            fits = (n for n, fact in enumerate(self.facts) if n not in gone and _rounds(self.facts[number], fact))
            if (exact := next(fits, None)) is not None:
                rough = replace(
                    self.facts[number],
                    provenance=replace(self.facts[number].provenance, retold=tuple(self._told[number])),
                )
                self.tell_again(exact, rough, stands=False)
                gone.add(number)
        return [
            replace(fact, provenance=replace(fact.provenance, retold=tuple(sorted(told)))) if told else fact
            for number, (fact, told) in enumerate(zip(self.facts, self._told, strict=True))
            if number not in gone
        ]


def _start(fact: Fact) -> int:
    return fact.provenance.sentence.start


def _about(fact: Fact) -> tuple[object, ...]:
    return fact.measure, fact.object, fact.area


def _told(fact: Fact) -> tuple[tuple[str, float], ...]:
    return tuple((slot, told) for slot in _SLOTS if (told := getattr(fact, slot)) is not None)


def _halves_or_retells(fact: Fact) -> Iterator[tuple[object, ...]]:
    """What a fact has in common with one that it may be a half of, or tell in other words."""
    about = fact.object, fact.area
    match fact.measure:
        case "merger" if fact.after is not None:
            yield *about, fact.value, fact.after
        case "reduction":
            if fact.value is not None:
                yield *about, fact.value
            elif fact.before is not None and fact.after is not None:
                yield *about, fact.before - fact.after
            if fact.value is None:
                yield *about, fact.before, fact.after


def _echoes(short: Fact, fact: Fact) -> bool:
    about = short.measure == fact.measure and short.object == fact.object
    return about and _numbers(short) <= _numbers(fact)


def _says_in_short(short: Fact, fact: Fact) -> bool:
    apart = _start(fact) - _start(short) > 40
    return apart and short.part_of is None and short.roles == fact.roles


def _rounds(fact: Fact, other: Fact) -> bool:
    """Whether a round figure of a title or lead stands in full further on: "giảm gần 1.500 biên chế", "giảm 1.486"."""
    same = (fact.measure, fact.object, fact.area, fact.status) == (
        other.measure, other.object, other.area, other.status,
    )  # fmt: skip
    early = fact.provenance.sentence.start < _HEAD and other.provenance.sentence.start > fact.provenance.sentence.start
    if not same or not early or fact.modifier == "exact" or other.modifier != "exact":
        return False
    if fact.value is None or other.value is None or fact.value == other.value:
        return False
    return abs(fact.value - other.value) <= _ROUNDED * other.value


def _retells(a: Fact, b: Fact) -> bool:
    """Whether one tells as merger what the other tells as reduction: "hợp nhất 15 cơ quan thành 7", "từ 15 còn 7"."""
    merger, reduction = (a, b) if a.measure == "merger" else (b, a)
    return (
        (merger.measure, reduction.measure) == ("merger", "reduction")
        and (merger.object, merger.area) == (reduction.object, reduction.area)
        and merger.after is not None
        and (merger.value, merger.after, None) == (reduction.before, reduction.after, reduction.value)
    )


def _halves(a: Fact, b: Fact) -> bool:
    """Whether one tells the drop and the other the before and after of the same thing, near or in title and body."""
    if (a.measure, a.object, a.area, a.status) != ("reduction", b.object, b.area, b.status) or b.measure != "reduction":
        return False
    drop, change = (a, b) if a.value is not None and a.before is None else (b, a)
    if drop.value is None or drop.before is not None or drop.after is not None or change.value is not None:
        return False
    return change.before is not None and change.after is not None and change.before - change.after == drop.value


def _tied(a: Fact, b: Fact) -> Fact:
    """The two halves as one fact, with the quotes of both."""
    drop, change = (a, b) if a.value is not None else (b, a)
    quote = (*a.provenance.quote, *b.provenance.quote)
    patterns = (*a.provenance.patterns, *b.provenance.patterns)
    return replace(change, value=drop.value, provenance=replace(change.provenance, quote=quote, patterns=patterns))


def _numbers(fact: Fact) -> frozenset[tuple[str, float]]:
    slots = ("value", "total", "percent", "before", "after")
    return frozenset((s, x) for s in slots if (x := getattr(fact, s)) is not None)


def _same(a: Fact, b: Fact) -> bool:
    if (a.measure, a.object, frozenset(a.roles), a.area) != (b.measure, b.object, frozenset(b.roles), b.area):
        return False
    if a.status != b.status and not {a.status, b.status} <= {"planned", "required"}:
        return False  # what is to be done is one thing, whoever plans or demands it
    pairs = [(getattr(a, slot), getattr(b, slot)) for slot in _SLOTS]
    return all(x is None or y is None or x == y for x, y in pairs) and any(x is not None and x == y for x, y in pairs)


def _fullness(fact: Fact) -> int:
    return len(_told(fact))
