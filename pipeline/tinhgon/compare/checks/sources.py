"""Checks of what different articles claim of the same place and thing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import pairwise

from tinhgon.compare.checks.finding import Finding, Flaw
from tinhgon.compare.checks.numbers import close, slack_of, unit_of
from tinhgon.compare.checks.told import Told
from tinhgon.compare.render import count_text, plain_number

# Of many different numbers of one thing and day each is set against this many that come next in size.
_NEAREST = 3
_COUNTS = ("value", "total", "before", "after")
# What happens again and again: two numbers are of the same thing only where the text says of which time.
_EVENTS = ("merger", "dissolution", "rotation", "saving")
# Numbers of posts say little where it is not told which posts.
_OF_POSTS = ("concurrent_posts", "nonlocal_appointment")
# What is counted in one way only. Of agencies or staff each article counts others, so that two numbers of these are
# of one thing only where something in them agrees.
_DEFINITE_UNITS = ("province", "district", "commune", "hamlet")

Key = tuple[Hashable, ...]


def sources_that_disagree(facts: Sequence[Told]) -> Iterator[Finding]:
    """Of the facts of one place and measure, the pairs that tell different numbers of one thing and day.

    An article that has several numbers of it is left aside: it tells apart what its facts do not.
    """
    comparable = [fact for fact in facts if _is_definite(fact)]
    for group in _alike(comparable, lambda fact: (*_thing(fact), fact.since, fact.baseline, fact.holds_on)):
        distinct = _distinct(_told_once(group))
        for at, fact in enumerate(distinct):
            for other in distinct[at + 1 : at + 1 + _NEAREST]:
                if _disagree(fact, other):
                    first, second = sorted((fact, other), key=_by_id)
                    yield _disagreement(first, second).of(first.id, second.id)


def fewer_later(facts: Sequence[Told]) -> Iterator[Finding]:
    """Of the facts of one place and measure, those that are lower than what an article told of an earlier day.

    Looked at are posts held together out of the same total, and cuts of units since the same year.
    """
    for group in _alike([fact for fact in facts if _can_only_grow(fact)], _programme):
        in_time = sorted(_told_once(group, by_day=True), key=lambda fact: (fact.holds_on or "", fact.id))
        for earlier, later in pairwise(in_time):
            apart = earlier.family != later.family and (earlier.holds_on or "") < (later.holds_on or "")
            if apart and (later.value or 0) < (earlier.value or 0) * (1 - slack_of(earlier, later)):
                said = (
                    f"{_numbers(earlier)} is stated as of {earlier.holds_on} and "
                    f"only {_numbers(later)} as of {later.holds_on}, where the number can only grow."
                )
                yield Flaw("fewer-later", "note", said).of(later.id, earlier.id)


def _is_definite(fact: Told) -> bool:
    if fact.measure in _OF_POSTS:
        return fact.roles_key != ""
    return fact.measure not in _EVENTS or fact.as_of is not None


def _can_only_grow(fact: Told) -> bool:
    if fact.measure == "concurrent_posts":
        return fact.roles_key != "" and fact.value is not None and fact.total is not None
    is_definite = fact.measure == "reduction" and fact.object in _DEFINITE_UNITS and fact.value is not None
    return is_definite and (fact.since is not None or fact.baseline is not None)


def _programme(fact: Told) -> Key:
    if fact.measure == "concurrent_posts":
        return (*_thing(fact), fact.total)
    return (*_thing(fact), fact.since, fact.baseline)


def _thing(fact: Told) -> Key:
    return fact.roles_key, fact.object, fact.level, fact.body


def _alike(facts: Iterable[Told], key: Callable[[Told], Key]) -> list[list[Told]]:
    groups: defaultdict[Key, list[Told]] = defaultdict(list)
    for fact in facts:
        groups[key(fact)].append(fact)
    return [group for group in groups.values() if len(group) > 1]


def _told_once(group: Sequence[Told], *, by_day: bool = False) -> list[Told]:
    """Those that are the only ones of their article and its copies, or the only ones there of their day."""
    told = Counter((fact.family, fact.holds_on if by_day else None) for fact in group)
    return [fact for fact in group if told[fact.family, fact.holds_on if by_day else None] == 1]


def _distinct(group: Sequence[Told]) -> list[Told]:
    """One fact of each different set of numbers, in the order of their size."""
    first: dict[tuple[float, ...], Told] = {}
    for fact in sorted(group, key=_by_id):
        first.setdefault(_size(fact), fact)
    return [first[size] for size in sorted(first)]


def _size(fact: Told) -> tuple[float, ...]:
    numbers = (fact.value, fact.value_max, fact.total, fact.before, fact.after, fact.percent)
    return tuple(-1.0 if number is None else number for number in numbers)


def _by_id(fact: Told) -> str:
    return fact.id


def _disagree(one: Told, other: Told) -> bool:
    """Whether a number that both tell differs by more than the way it is told allows."""
    differ = _differences(one, other)
    is_one_thing = one.measure in _OF_POSTS or one.object in _DEFINITE_UNITS or not all(differ)
    return any(differ) and is_one_thing


def _differences(one: Told, other: Told) -> list[bool]:
    """Of each number that both tell, whether it differs."""
    slack = slack_of(one, other)
    is_range = one.value_max is not None or other.value_max is not None
    names = [name for name in _COUNTS if not (is_range and name == "value")]
    pairs = [(getattr(one, name), getattr(other, name)) for name in names]
    differ = [not close(a, b, slack) for a, b in pairs if a is not None and b is not None]
    if one.percent is not None and other.percent is not None and not (one.percent_max or other.percent_max):
        unit = max(unit_of(one.percent), unit_of(other.percent))
        differ.append(abs(one.percent - other.percent) > max(unit, slack * one.percent) - 1e-9)
    return differ


def _disagreement(one: Told, other: Told) -> Flaw:
    said = f"Two articles differ on {one.place_name} as of {one.holds_on}: {_numbers(one)}, and {_numbers(other)}."
    return Flaw("sources-disagree", "warning", said)


def _numbers(fact: Told) -> str:
    """All numbers of a fact, short: "10/21 (47.6%)", "43 → 37"."""
    parts = [
        count_text({"value": fact.value, "value_max": fact.value_max, "total": fact.total, "modifier": fact.modifier})
    ]
    if fact.percent is not None:
        parts.append(f"({plain_number(fact.percent)}%)" if parts[0] else f"{plain_number(fact.percent)}%")
    if fact.before is not None or fact.after is not None:
        parts.append(f"{plain_number(fact.before) or '?'} → {plain_number(fact.after) or '?'}")
    return " ".join(part for part in parts if part)
