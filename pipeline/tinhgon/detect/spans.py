"""What lies where, without looking at every span: a text of a million letters may hold a hundred thousand of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import Any, TypeVar

Item = TypeVar("Item")
_START: Callable[[Any], int] = attrgetter("start")


def between(items: Sequence[Item], start: int, end: int, begins: Callable[[Item], int] = _START) -> Sequence[Item]:
    """Those of ``items``, which are in text order, that begin at ``start`` or behind it and before ``end``.

    >>> between([2, 5, 9], 3, 9, begins=int)
    [5]
    """
    first = bisect_left(items, start, key=begins)
    return items[first : bisect_left(items, end, first, key=begins)]


class Spans:
    """Spans that are all known beforehand, in any order; they may lie over one another.

    >>> roles = Spans([(0, 6), (3, 20), (30, 31)])
    >>> roles.hold(4, 19), roles.hold(4, 21), roles.touch(19, 25), roles.touch(20, 25)
    (True, False, True, False)
    """

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reached = list(accumulate((end for _, end in ordered), max))  # by a span or one that begins before it

    def hold(self, start: int, end: int) -> bool:
        """Whether one of them holds all from ``start`` to ``end``."""
        before = bisect_right(self._starts, start)
        return before > 0 and self._reached[before - 1] >= end

    def touch(self, start: int, end: int) -> bool:
        """Whether one of them shares a letter with what lies from ``start`` to ``end``."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._reached[before - 1] > start


class Taken:
    """The letters of a text that are already part of something, filled as things are found.

    >>> taken = Taken(10)
    >>> taken.add(2, 5)
    >>> taken.touches(4, 7), taken.touches(5, 7)
    (True, False)
    """

    def __init__(self, length: int, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._marks = bytearray(length)
        for start, end in spans:
            self.add(start, end)

    def add(self, start: int, end: int) -> None:
        self._marks[start:end] = b"\1" * (end - start)

    def touches(self, start: int, end: int) -> bool:
        return self._marks.find(1, start, end) >= 0
