"""One number once: the same number in title, lead and body is one fact."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from tinhgon.records import Fact

_ROUNDED = 0.05  # how far a round figure may lie from the exact one
_HEAD = 400  # characters: how far a title and lead, or a heading's first paragraph, reach


def distinct(facts: Sequence[Fact], headings: Collection[int] = ()) -> list[Fact]:
    """One number once: of facts that say the same of the same place the fuller one stands, with where else it is told.

    ``headings``: where the sentences of headings begin; what one says in short, its section says in full.
    """

    def is_short(k: Fact, fact: Fact) -> bool:
        start = k.provenance.sentence.start
        return start < _HEAD or (start in headings and fact.provenance.sentence.start - start < _HEAD)

    kept: list[Fact] = []
    for fact in facts:
        # what a title or lead says in short, the body says in full
        echoes = [
            k
            for k in kept
            if k.measure == fact.measure
            and k.object == fact.object
            and _numbers(k) <= _numbers(fact)
            and is_short(k, fact)
        ]
        if (
            echoes
            and fact.provenance.sentence.start - echoes[0].provenance.sentence.start > 40
            and echoes[0].part_of is None
            and echoes[0].roles == fact.roles
        ):
            said = fact.provenance.cues or not echoes[0].provenance.cues
            kept[kept.index(echoes[0])] = _told_twice(fact, echoes[0]) if said else _told_twice(echoes[0], fact)
            continue  # what is only implied ("637 xã chưa đạt chuẩn") does not take the place of what is said
        if (half := next((k for k in kept if _halves(k, fact)), None)) is not None:
            kept[kept.index(half)] = _tied(half, fact)
            continue
        if (told := next((k for k in kept if _retells(k, fact)), None)) is not None:
            kept[kept.index(told)] = _told_twice(told, fact)
            continue
        twin = next((k for k in kept if _same(k, fact)), None)
        if twin is None:
            kept.append(fact)
        else:
            fuller = _fullness(fact) > _fullness(twin)
            kept[kept.index(twin)] = _told_twice(fact, twin) if fuller else _told_twice(twin, fact)
    for rough in kept[:]:
        if (exact := next((k for k in kept if _rounds(rough, k)), None)) is not None:
            kept[kept.index(exact)] = _told_twice(exact, rough)
            kept.remove(rough)
    return kept


def _told_twice(fact: Fact, other: Fact) -> Fact:
    """The fact that stands, with where else the text tells it."""
    why, told = fact.provenance, (*other.provenance.quote, *other.provenance.retold)
    again = {span for span in (*why.retold, *told) if span not in why.quote}
    return replace(fact, provenance=replace(why, retold=tuple(sorted(again))))


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
    """The two halves as one fact, with the evidence of both."""
    drop, change = (a, b) if a.value is not None else (b, a)
    quote = (*a.provenance.quote, *b.provenance.quote)
    patterns = (*a.provenance.patterns, *b.provenance.patterns)
    retold = tuple(sorted({*a.provenance.retold, *b.provenance.retold}))
    told = replace(change.provenance, quote=quote, patterns=patterns, retold=retold)
    return replace(change, value=drop.value, provenance=told)


def _numbers(fact: Fact) -> frozenset[tuple[str, float]]:
    slots = ("value", "total", "percent", "before", "after")
    return frozenset((s, x) for s in slots if (x := getattr(fact, s)) is not None)


def _same(a: Fact, b: Fact) -> bool:
    if (a.measure, a.object, frozenset(a.roles), a.area) != (b.measure, b.object, frozenset(b.roles), b.area):
        return False
    if a.status != b.status and not {a.status, b.status} <= {"planned", "required"}:
        return False  # what is to be done is one thing, whoever plans or demands it
    pairs = [
        (getattr(a, slot), getattr(b, slot)) for slot in ("value", "total", "percent", "before", "after", "attainment")
    ]
    return all(x is None or y is None or x == y for x, y in pairs) and any(x is not None and x == y for x, y in pairs)


def _fullness(fact: Fact) -> int:
    return sum(x is not None for x in (fact.value, fact.total, fact.percent, fact.before, fact.after, fact.attainment))
