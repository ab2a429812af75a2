"""Check of what is told to be reached of a target against the number and the target."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tinhgon.compare.checks.finding import Finding, Flaw
from tinhgon.compare.checks.numbers import gives, slack_of
from tinhgon.compare.checks.told import Told
from tinhgon.compare.render import plain_number

SentenceOf = Callable[[str], int]
"""Where the sentence of a fact begins."""


def attainment_that_is_off(facts: Sequence[Told], sentence_of: SentenceOf) -> Iterator[Finding]:
    """Of the facts of one document, those whose "đạt 125% kế hoạch" does not follow from the number and the target.

    A target in the same sentence counts; one elsewhere only where it is the only one in the document and to be reached
    in the year that the number is of. The finding names the target as the other fact.
    """
    for fact in facts:
        if fact.attainment is None or fact.status not in ("achieved", "ongoing"):
            continue
        targets = _targets_of(fact, facts, sentence_of)
        if targets and not any(_is_reached(fact, target) for target in targets):
            yield _flaw(fact, targets[0]).of(fact.id, targets[0].id)


def _targets_of(fact: Told, facts: Sequence[Told], sentence_of: SentenceOf) -> list[Told]:
    alike = [other for other in facts if _is_target(other, fact)]
    beside = [target for target in alike if sentence_of(target.id) == sentence_of(fact.id)]
    return beside or (alike if len(alike) == 1 and _year(alike[0].as_of) == _year(fact.holds_on) is not None else [])


def _is_target(other: Told, fact: Told) -> bool:
    return (
        other.status in ("planned", "required")
        and _thing(other) == _thing(fact)
        and other.per == fact.per
        and _reached(fact, other) is not None
    )


def _year(date: str | None) -> str | None:
    return date and date[:4]


def _thing(fact: Told) -> tuple[str | None, ...]:
    return (fact.measure, fact.object, fact.roles_key, fact.level, fact.body, *fact.place)


def _is_reached(fact: Told, target: Told) -> bool:
    reached = _reached(fact, target)
    return reached is None or gives(reached, fact.attainment or 0, rough=slack_of(fact, target) > 0)


def _reached(fact: Told, target: Told) -> float | None:
    """Percent of the target; counts go with counts, rates with rates."""
    if fact.value is not None and target.value:
        return 100 * fact.value / target.value
    if fact.percent is not None and target.percent:
        return 100 * fact.percent / target.percent
    return None


def _flaw(fact: Told, target: Told) -> Flaw:
    if fact.value is not None and target.value:
        numbers = f"{plain_number(fact.value)} against a target of {plain_number(target.value)}"
    else:
        numbers = f"{plain_number(fact.percent)}% against a target of {plain_number(target.percent)}%"
    said = (
        f"{plain_number(fact.attainment)}% of the target is stated, "
        f"but {numbers} is {plain_number(_reached(fact, target))}%."
    )
    return Flaw("attainment-off", "warning", said)
