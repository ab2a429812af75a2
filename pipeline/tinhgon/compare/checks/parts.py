"""Check of a whole against the parts it is said to consist of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tinhgon.compare.checks.finding import Finding, Flaw
from tinhgon.compare.checks.numbers import slack_of
from tinhgon.compare.checks.told import Told
from tinhgon.compare.render import plain_number

Words = Callable[[Sequence[str]], str]
"""The stretch of text in which all of these facts are told, to the end of its last sentence."""

# Words that single some out of a whole: what follows need not be everything, and may be counted twice.
_SOME = re.compile(
    r"\btrong (?:đó|số)|\briêng\b|\bnhất\b|\bnhiều\b|\bđiển hình|\btiêu biểu|\bchủ yếu|\bnhư\b|\bcòn lại|\.\.\.|…"
)
# What announces all of a whole: "gồm", or a list behind a colon or in brackets, but not the brackets about a rate.
_ALL = re.compile(r"\bgồm\b|\bchia ra\b|:|\((?![\d,.]+ ?%)")
# What is told in further sentences or lines is picked out.
_BREAK = re.compile(r"[.!?]\s|\n")
# An item of a list that bears no number: "86 xã, 9 phường và đặc khu Lý Sơn".
_NUMBERLESS = re.compile(r"\d[^\d,;.]*\bvà\s+[^\d,;.]+(?:[,;.]|$)")


@dataclass(frozen=True, slots=True)
class _Breakdown:
    whole: Told
    number: float  # what the parts are parts of
    parts: tuple[Told, ...]

    @property
    def sum(self) -> float:
        return sum(part.value or 0 for part in self.parts)


def parts_that_do_not_add_up(facts: Sequence[Told], words: Words) -> Iterator[Finding]:
    """Of the facts of one document, the wholes that their parts do not make up.

    One part larger than its whole is wrong however it is told. More in sum than the whole is wrong where the parts are
    disjoint: different places, or a list of one sentence announced as all of it. Less is a note, and only where all is
    announced.
    """
    flaws: dict[str, Flaw] = {}
    for breakdown in _breakdowns(facts):
        flaw = _flaw(breakdown, words)
        if flaw is not None:
            flaws.setdefault(breakdown.whole.id, flaw)
    for whole_id, flaw in flaws.items():
        yield flaw.of(whole_id)


def _breakdowns(facts: Sequence[Told]) -> Iterator[_Breakdown]:
    there = {fact.id: fact for fact in facts}
    parts: defaultdict[tuple[str, float], list[Told]] = defaultdict(list)
    for part in facts:
        whole = there.get(part.part_of_id or "")
        if whole is not None and part.value is not None and part.value_max is None and part.status == whole.status:
            number = _divided(whole, part)
            if number is not None and _is_within(part, whole):
                parts[whole.id, number].append(part)
    for (whole_id, number), group in parts.items():
        yield _Breakdown(there[whole_id], number, tuple(group))


def _divided(whole: Told, part: Told) -> float | None:
    """The number of the whole that the part is a part of; of what is left after a cut, the number after it."""
    if part.object != whole.object or whole.value_max is not None or whole.per != part.per:
        return None
    if part.measure == whole.measure:
        return whole.value
    return whole.after if part.measure == "stock" and whole.measure in ("reduction", "merger") else None


def _is_within(part: Told, whole: Told) -> bool:
    """Whether the part's place is the whole's or lies in it; "kế đó huyện Tân Trụ 9" is no part of another district."""
    return all(name is None or name == own for name, own in zip(whole.place, part.place, strict=True))


def _flaw(breakdown: _Breakdown, words: Words) -> Flaw | None:
    whole, number, parts = breakdown.whole, breakdown.number, breakdown.parts
    slack = slack_of(whole, *parts) * number
    greatest = max(part.value or 0 for part in parts)
    if greatest > number + slack:
        said = f"A part of {plain_number(greatest)} is stated of a whole of {plain_number(number)}."
        return Flaw("parts-do-not-add-up", "warning", said)
    if len(parts) < 2 or abs(breakdown.sum - number) <= slack:
        return None
    text = words([whole.id, *(part.id for part in parts)])
    told_as_all = bool(_ALL.search(text)) and not _SOME.search(text) and not _BREAK.search(text)
    if breakdown.sum > number and (told_as_all or _are_apart(parts)):
        return Flaw("parts-do-not-add-up", "warning", _said(breakdown, "more"))
    if breakdown.sum < number and told_as_all and not _NUMBERLESS.search(text):
        return Flaw("parts-do-not-add-up", "note", _said(breakdown, "less"))
    return None


def _are_apart(parts: Sequence[Told]) -> bool:
    """Whether each part is of a place of its own."""
    places = {part.place for part in parts}
    return len(places) == len(parts) and len({sum(name is not None for name in place) for place in places}) == 1


def _said(breakdown: _Breakdown, how: str) -> str:
    addition = " + ".join(plain_number(part.value) for part in sorted(breakdown.parts, key=_by_size))
    return (
        f"The parts {addition} make {plain_number(breakdown.sum)}, "
        f"{how} than the whole of {plain_number(breakdown.number)}."
    )


def _by_size(part: Told) -> float:
    return -(part.value or 0)
