"""Check of how many communes or districts a place is told to have against how many the gazetteer knows there."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from tinhgon.compare.checks.finding import Finding, Flaw
from tinhgon.compare.checks.numbers import slack_of
from tinhgon.compare.checks.told import Told
from tinhgon.compare.render import plain_number
from tinhgon.gazetteer import Gazetteer, Place

Name = tuple[str, str | None]
"""A province, or a province and one of its districts."""

# Reforms are told ahead and remembered after: a count of so many years before or after is as good.
_YEARS_ABOUT = 2
_YEARS_BEFORE = 10  # what there was before a cut may be longer ago
_KNOWN_SINCE = "2015"  # of what changed earlier the gazetteer has little
_DAWN, _DUSK = "0000", "9999"
_NOUNS = {"commune": "communes", "district": "districts"}
_KINDS = ("xã", "phường", "thị trấn", "đặc khu", "huyện", "quận", "thị xã", "thành phố")
_ALL_KINDS, _OF_FORMER = "all", "former"  # "former": all of what later went into the place


@dataclass(frozen=True, slots=True)
class _Steps:
    """A count that changes on certain days."""

    days: tuple[str, ...]
    counts: tuple[int, ...]  # from each of these days on

    @classmethod
    def of(cls, changes: Iterable[tuple[str, int]]) -> _Steps:
        by_day: defaultdict[str, int] = defaultdict(int)
        for day, change in changes:
            by_day[day] += change
        days = tuple(sorted(by_day))
        return cls(days, tuple(accumulate(by_day[day] for day in days)))

    def at(self, day: str) -> int:
        position = bisect_right(self.days, day)
        return self.counts[position - 1] if position else 0

    def between(self, first: str, last: str) -> set[int]:
        """Every count of the time, but for none."""
        start, end = bisect_right(self.days, first), bisect_right(self.days, last)
        return {count for count in self.counts[max(start - 1, 0) : end] if count}


@dataclass(frozen=True, slots=True)
class _Number:
    """A number of units that a fact tells of its place."""

    count: float
    years_back: int = _YEARS_ABOUT  # how long ago it may have been so
    is_left: bool = False  # there are so many after a reform
    is_all: bool = True  # all there are; a total can be of some only ("một trong bốn xã của huyện")


class UnitCounts:
    """How many units a place had at which time, by names as facts bear them.

    Two districts of one name (a town and the rural district about it) are kept apart by their codes. Known too are
    the counts of each kind alone ("12/20 xã" leaves the towns aside), and of all that later went into the place.

    >>> counts = UnitCounts(Gazetteer.load())
    >>> counts.at(("Hà Nội", None), "commune", "2024-06-01"), counts.at(("Hà Nội", None), "commune", "2026-01-01")
    (579, 126)
    >>> sorted(counts.between(("Hải Dương", "Ninh Giang"), "commune", "2019", "2021"))
    [1, 19, 20, 27, 28]
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        changes: defaultdict[tuple[Name, str, str, str], list[tuple[str, int]]] = defaultdict(list)
        self._formed: defaultdict[Name, set[str]] = defaultdict(set)
        for unit in gazetteer:
            life = [(unit.valid_from or _DAWN, 1), (unit.valid_to or _DUSK, -1)]
            for place in gazetteer.parents(unit):
                name, code = _name(place, gazetteer), place.code if place.level == "district" else ""
                changes[name, unit.level, _ALL_KINDS, code] += life
                changes[name, unit.level, unit.type, code] += life
                for heir in _heirs(place, gazetteer):
                    changes[_name(heir, gazetteer), unit.level, _OF_FORMER, heir.code] += life
                    self._formed[_name(heir, gazetteer)].add(heir.valid_from)
        self._steps: defaultdict[tuple[Name, str, str], list[_Steps]] = defaultdict(list)
        for (name, level, kind, _), steps in changes.items():
            self._steps[name, level, kind].append(_Steps.of(steps))

    def at(self, name: Name, level: str, day: str, near: float = 0) -> int:
        """The count of the day; of two places of one name that nearest ``near``, and 0 where there is none then."""
        counts = [steps.at(day) for steps in self._steps.get((name, level, _ALL_KINDS), ())]
        return min((count for count in counts if count), key=lambda count: abs(count - near), default=0)

    def between(self, name: Name, level: str, first: str, last: str) -> set[int]:
        """Every count from one day to another, of all units and of one kind; none where the place is not known.

        Where the place was formed of several in that time, also what these had together.
        """
        kinds = (_ALL_KINDS, *_KINDS, *[_OF_FORMER] * self.formed_between(name, first, last))
        series = (steps for kind in kinds for steps in self._steps.get((name, level, kind), ()))
        return {count for steps in series for count in steps.between(first, last)}

    def formed_between(self, name: Name, first: str, last: str) -> bool:
        """Whether in that time the place was formed of several, so that its name was that of less before."""
        return any(first <= day <= last for day in self._formed.get(name, ()))


def totals_against_gazetteer(facts: Iterable[Told], counts: UnitCounts) -> Iterator[Finding]:
    """Of the facts of one document, those that tell of more communes or districts than there were, or of fewer.

    Fewer is only a note, since the text may speak of some of them, as it surely does where a total is less than half.
    Nothing is said of a number that was right two years before or after, since the text may look back or ahead, or
    where the gazetteer does not know the place.
    """
    for fact in facts:
        flaws = [flaw for number in _units_told(fact) if (flaw := _flaw(fact, number, counts))]
        if flaws:
            yield min(flaws, key=lambda flaw: flaw.severity == "note").of(fact.id)


def _name(place: Place, gazetteer: Gazetteer) -> Name:
    province = (place, *gazetteer.parents(place))[-1]
    return province.name, None if place is province else place.name


def _heirs(place: Place, gazetteer: Gazetteer) -> list[Place]:
    """What it became together with others."""
    heirs = [heir for heir in gazetteer.successors(place) if heir.level == place.level]
    return [heir for heir in heirs if len(gazetteer.predecessors(heir)) > 1]


def _units_told(fact: Told) -> Iterator[_Number]:
    tier_is_right = fact.object in _NOUNS and fact.level in (None, fact.object)
    above = fact.province is not None and fact.commune is None and (fact.object == "commune" or fact.district is None)
    if not tier_is_right or not above or fact.body is not None:
        return
    is_done = fact.status in ("achieved", "ongoing")
    if fact.measure in ("concurrent_posts", "nonlocal_appointment") and fact.total is not None:
        yield _Number(fact.total, is_all=False)
    if fact.measure == "stock" and not fact.is_part and fact.value is not None and fact.value_max is None and is_done:
        yield _Number(fact.value, is_left=True)
    if fact.measure in ("reduction", "stock"):
        if fact.before is not None:
            yield _Number(fact.before, years_back=_YEARS_BEFORE)
        if fact.after is not None and is_done:
            yield _Number(fact.after, is_left=True)


def _flaw(fact: Told, number: _Number, counts: UnitCounts) -> Flaw | None:
    name: Name = (fact.province or "", fact.district)
    told = [date for date in (fact.as_of or fact.published, fact.published) if date]
    if told and max(told) < _KNOWN_SINCE:
        return None
    first = _years_off(min(told), -number.years_back) if told else _DAWN
    last = _years_off(max(told), _YEARS_ABOUT) if told else _DUSK
    known = counts.between(name, fact.object, first, last)
    slack = slack_of(fact) * number.count
    if not known or any(abs(number.count - count) <= slack for count in known):
        return None
    now = counts.at(name, fact.object, told[0] + "0000-12-31"[len(told[0]) :], number.count) if told else 0
    if number.is_left and not now:
        return None
    if number.count > max(known):
        return _said(fact, number, "more", now or max(known))
    is_some = not number.is_all and number.count < now / 2
    if now > number.count and not is_some and not counts.formed_between(name, first, last):
        return _said(fact, number, "fewer", now)
    return None


def _said(fact: Told, number: _Number, how: str, known: int) -> Flaw:
    when = fact.as_of or fact.published
    said = (
        f"{plain_number(number.count)} {_NOUNS[fact.object]} are stated for {fact.place_name}"
        f"{f' as of {when}' if when else ''}, {how} than the {known} of the gazetteer."
    )
    return Flaw("total-against-gazetteer", "warning" if how == "more" else "note", said)


def _years_off(date: str, years: int) -> str:
    """The end of the year so many years away.

    >>> _years_off("2019-05-20", -2)
    '2017-12-31'
    """
    return f"{int(date[:4]) + years:04d}-12-31"
