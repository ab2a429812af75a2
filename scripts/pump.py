"""Every regular expression of the program against texts made to send it back and forth: ``make pump``.

Measured is how its time grows from 3,000 letters, the most that is read at once of a sentence, to a million, and what
the worst text of a sentence's length takes. Each is searched for from every letter of a text, which is more than the
program does with most. Exit status 1 where one takes longer than ``--seconds`` for a sentence: such a one would go back
again and again over what it has read.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from hostile.expressions import Expression, expressions
from hostile.pumps import attacks, shapes
from tinhgon.batch.limits import TookTooLong, interrupted_after

SENTENCE, LONGEST = 3_000, 1_000_000
# Enough to tell how time grows, and the end of the ladder for what grows fast.
_ENOUGH, _NOISE = 2.0, 0.002
# Times ten for ten times the text, with room for caches and collections.
_LINEAR = 1.35


@dataclass(frozen=True, slots=True)
class Pumped:
    """An expression under its worst text: seconds for a sentence, the power of the length that time grows with, and the
    longest text that was tried."""

    where: str
    texts: int
    sentence: float
    power: float
    letters: int

    @property
    def grows_faster(self) -> bool:
        return self.power > _LINEAR


def pumped(
    expression: Expression, *, variants: int, clock: float, shortest: int = SENTENCE, longest: int = LONGEST
) -> Pumped:
    """Try every attack at the shortest length and at four times that, and the worst of them at all lengths."""
    worst, slowest, sentence, texts = None, -1.0, 0.0, 0
    for shape in _shapes(expression, variants):
        texts += 1
        taken = seconds(expression, shape(shortest), clock)
        sentence = max(sentence, taken)
        if longest > shortest and taken < clock:
            taken = seconds(expression, shape(4 * shortest), _ENOUGH)
        if taken > slowest:
            worst, slowest = shape, taken
    steps = [(shortest, sentence)]
    while worst is not None and steps[-1][0] * 4 <= longest * 1.4 and steps[-1][1] < min(_ENOUGH, clock):
        letters = min(steps[-1][0] * 4, longest)
        steps.append((letters, seconds(expression, worst(letters), 20 * _ENOUGH)))
    return Pumped(expression.where, texts, sentence, _power(steps), steps[-1][0])


def seconds(expression: Expression, text: str, clock: float) -> float:
    """What it takes to find all there is in a text, of the processor; the clock's time where that is over before."""
    target: Any = text.encode("utf-8") if isinstance(expression.source, bytes) else text
    began = time.process_time()
    try:
        with interrupted_after(clock):
            for _ in expression.pattern.finditer(target):
                pass
    except TookTooLong:
        return clock
    return time.process_time() - began


def _shapes(expression: Expression, variants: int) -> Iterator[Any]:
    for lead, pump in attacks(expression.source, expression.pattern.flags, variants=variants):
        behind_its_lead, *_, again_and_again = shapes(lead, pump)
        yield behind_its_lead
        if lead:
            yield again_and_again


def _power(steps: list[tuple[int, float]]) -> float:
    """Of the length, by the last two steps that took long enough to be told from nothing."""
    told = [(letters, taken) for letters, taken in steps if taken > _NOISE][-2:]
    if len(told) < 2:
        return 1.0
    (few, quick), (many, slow) = told
    return math.log(slow / quick) / math.log(many / few)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--variants", type=int, default=3, help="readings of each expression")
    parser.add_argument("--letters", type=int, default=LONGEST, help="of the longest text")
    parser.add_argument("--seconds", type=float, default=1.0, help="that a sentence may take")
    parser.add_argument("--only", default="", help="expressions whose place holds this")
    options = parser.parse_args()
    found = []
    for number, expression in enumerate(one for one in expressions() if options.only in one.where):
        found.append(pumped(expression, variants=options.variants, clock=2 * options.seconds, longest=options.letters))
        if sys.stderr.isatty():
            print(f"\r\033[K{number + 1} {expression.where}", end="", file=sys.stderr)
    faster = sorted((one for one in found if one.grows_faster), key=lambda one: -one.sentence)
    told = Counter("faster than its length" if one.grows_faster else "with its length" for one in found)
    print(f"{len(found)} expressions, {sum(one.texts for one in found):,} texts")
    print("\n".join(f"time grows {how}: {count}" for how, count in told.most_common()))
    print("\n| expression | power of the length | worst sentence |\n|---|---:|---:|")
    print("\n".join(f"| `{one.where}` | {one.power:.1f} | {1000 * one.sentence:.0f} ms |" for one in faster))
    slow = [one for one in found if one.sentence > options.seconds]
    print("\n".join(f"{one.where} takes {one.sentence:.1f} s for a sentence" for one in slow), file=sys.stderr)
    sys.exit(bool(slow))


if __name__ == "__main__":
    main()
