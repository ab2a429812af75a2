"""Expressions that are tried only where one of their first words stands, found for all of them by one scan.

An expression with many alternatives goes through a text at a few megabytes a second; an automaton over the literals
that its matches can begin with is a hundred times faster, and finds next to nothing in most sentences.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import ahocorasick_rs
import regex

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, eq=False)
class Anchored:
    """An expression, and what each of its matches begins with: one of the literals (in the matching form), or a digit.

    The expression must refuse to begin inside a word or a number.
    """

    expression: regex.Pattern[str]
    literals: tuple[str, ...]
    digits: bool


def anchored(source: str, *literals: str, digits: bool = False) -> Anchored:
    """The expression ``source`` with the literals that its matches begin with."""
    return Anchored(regex.compile(source, regex.VERSION1), literals, digits)


class Anchors:
    """One automaton over the literals of several expressions.

    >>> year = anchored(r"(?<!\\w)(?:năm )?\\d{4}", "năm", digits=True)
    >>> tier = anchored(r"(?<!\\w)cấp (?:xã|huyện)", "cấp")
    >>> find = Anchors(year, tier).scan("cấp xã năm 2019, cấp tỉnh")
    >>> [match[0] for one in (year, tier) for match in find(one)]
    ['năm 2019', 'cấp xã']
    """

    def __init__(self, *forms: Anchored) -> None:
        self.forms = forms
        wanted: dict[str, list[int]] = defaultdict(list)
        for number, form in enumerate(forms):
            for literal in _shortest(form.literals):
                wanted[literal].append(number)
        self._wanted = [tuple(numbers) for numbers in wanted.values()]
        self._automaton = ahocorasick_rs.AhoCorasick(list(wanted))

    def scan(self, low: str, text: str | None = None) -> Callable[[Anchored], Iterator[regex.Match[str]]]:
        """A function that finds one of the expressions as its ``finditer`` would: in ``low``, the matching form, or
        in ``text`` where that is given, which has the same offsets."""
        found: list[list[int]] = [[] for _ in self.forms]
        for literal, start, _ in self._automaton.find_matches_as_indexes(low, overlapping=True):
            if not start or not (low[start - 1].isalnum() or low[start - 1] == "_"):
                for number in self._wanted[literal]:
                    found[number].append(start)
        numbers = [match.start() for match in _NUMBER.finditer(low)]
        positions = {
            form: sorted([*starts, *numbers] if form.digits else starts)
            for form, starts in zip(self.forms, found, strict=True)
        }
        searched = low if text is None else text
        return lambda form: _tried(form.expression, searched, positions[form])


def _tried(expression: regex.Pattern[str], text: str, positions: Sequence[int]) -> Iterator[regex.Match[str]]:
    reached = 0
    for position in positions:
        if position >= reached and (found := expression.match(text, position)):
            yield found
            reached = found.end()


def _shortest(literals: Sequence[str]) -> set[str]:
    """The literals without those that begin with another one."""
    return {one for one in literals if not any(one != other and one.startswith(other) for other in literals)}
