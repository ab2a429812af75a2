"""Checks that need one fact alone: whether its numbers go together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from tinhgon.compare.checks.finding import Flaw
from tinhgon.compare.render import plain_number

# "Khoảng 300", "hơn 300", "gần 300": how far off such a number may be.
ROUGH = 0.1
# Measures whose percentage is a share of all there are, so that it cannot be more than 100.
_SHARES = ("concurrent_posts", "nonlocal_appointment", "reduction", "dissolution")


class Numbers(Protocol):
    """The numbers of a fact, be it ``records.Fact`` or a row of the fact base."""

    @property
    def measure(self) -> str: ...
    @property
    def value(self) -> float | None: ...
    @property
    def value_max(self) -> float | None: ...
    @property
    def total(self) -> float | None: ...
    @property
    def percent(self) -> float | None: ...
    @property
    def percent_max(self) -> float | None: ...
    @property
    def before(self) -> float | None: ...
    @property
    def after(self) -> float | None: ...
    @property
    def modifier(self) -> str: ...
    @property
    def per(self) -> str | None: ...


def check_fact(fact: Numbers) -> list[Flaw]:
    """What is wrong with the numbers of a fact by themselves, at most one flaw of each check.

    >>> from tinhgon.records import Fact, Provenance, Span
    >>> why = Provenance((), Span(0, 0, ""))
    >>> check_fact(Fact("concurrent_posts", "commune", why, value=10, total=21, percent=47.6))
    []
    >>> [flaw] = check_fact(Fact("concurrent_posts", "commune", why, value=10, total=21, percent=46.7))
    >>> flaw.check_id, flaw.severity, flaw.message
    ('percent-off', 'warning', '46.7% is stated, but 10 of 21 are 47.62%.')
    """
    flaws = (_numerator_over_total(fact), _percent_off(fact), _before_after_drop(fact))
    return [flaw for flaw in flaws if flaw is not None]


def unit_of(percent: float) -> float:
    """The last decimal place in which a percentage is stated.

    >>> unit_of(47.6), unit_of(42.66), unit_of(80.0)
    (0.1, 0.01, 1.0)
    """
    _, _, decimals = f"{percent:.4f}".rstrip("0").partition(".")
    return float(10 ** -len(decimals))


def gives(exact: float, stated: float, *, rough: bool = False) -> bool:
    """Whether an exact percentage can be written as the stated one: rounded, cut off or rounded up.

    >>> gives(100 * 10 / 21, 47.6), gives(100 * 10 / 21, 47.7), gives(100 * 10 / 21, 48), gives(100 * 10 / 21, 47.5)
    (True, True, True, False)
    """
    slack = ROUGH * stated if rough else 0.0
    return abs(exact - stated) < max(unit_of(stated), slack) - 1e-9


def slack_of(*facts: Numbers) -> float:
    """The share by which numbers may differ, where one of them is told as about, over or under."""
    return 0.0 if all(fact.modifier == "exact" for fact in facts) else ROUGH


def _numerator_over_total(fact: Numbers) -> Flaw | None:
    value, highest, total = fact.value, fact.value_max, fact.total
    if value is None:
        return None
    if highest is not None and highest < value:
        said = f"The range is stated from {plain_number(value)} up to {plain_number(highest)}, which is less."
        return Flaw("numerator-over-total", "error", said)
    most = value if highest is None else highest
    if total is not None and most > total * (1 + slack_of(fact)):
        said = f"{plain_number(most)} are counted out of {plain_number(total)}, more than there are."
        return Flaw("numerator-over-total", "error", said)
    return None


def _percent_off(fact: Numbers) -> Flaw | None:
    stated, highest = fact.percent, fact.percent_max
    if stated is None:
        return None
    if fact.measure in _SHARES and max(stated, highest or 0) > 100:
        more = plain_number(max(stated, highest or 0))
        said = f"A share of {more}% is stated, more than all there are; it may be meant as percent of a target."
        return Flaw("percent-off", "error", said)
    rough = slack_of(fact) > 0
    ratios = list(_ratios(fact))
    for count, of in ratios:
        exact = 100 * count / of
        nearest = min(max(exact, stated), max(stated, highest or stated))
        if gives(exact, nearest if highest else stated, rough=rough):
            return None
    if not ratios:
        return None
    count, of = ratios[0]
    shown = f"{plain_number(stated)}%" if highest is None else f"{plain_number(stated)}% to {plain_number(highest)}%"
    said = f"{shown} is stated, but {plain_number(count)} of {plain_number(of)} are {plain_number(100 * count / of)}%."
    return Flaw("percent-off", "warning", said)


def _ratios(fact: Numbers) -> Iterator[tuple[float, float]]:
    """What the percentage can be the ratio of; a cut is one of what there was before."""
    value, before, after = fact.value, fact.before, fact.after
    if fact.value_max is not None or fact.per is not None:
        return
    if value is not None and fact.total:
        yield value, fact.total
    if fact.measure != "reduction":
        return
    if before and value is not None:
        yield value, before
    if before and after is not None:
        yield before - after, before
    if not before and after is not None and value:
        yield value, value + after


def _before_after_drop(fact: Numbers) -> Flaw | None:
    before, after, value = fact.before, fact.after, fact.value
    if fact.measure != "reduction" or before is None or after is None:
        return None
    if after > before:
        said = f"A cut is stated, but there were {plain_number(before)} before and are {plain_number(after)} after it."
        return Flaw("before-after-drop", "error", said)
    drop = before - after
    if value is None or fact.value_max is not None or fact.per is not None or close(drop, value, slack_of(fact)):
        return None
    said = (
        f"A cut of {plain_number(value)} is stated, but from {plain_number(before)} to {plain_number(after)} "
        f"there are {plain_number(drop)} fewer."
    )
    return Flaw("before-after-drop", "error", said)


def close(one: float, other: float, slack: float) -> bool:
    return abs(one - other) <= slack * max(abs(one), abs(other))
