"""Sentences with gaps: ``{sáng|chiều}`` is one of several, ``{5..40}`` a number, any other name a word of the world.

Numbers can be kept within a sentence: ``{n=5..40}`` draws one and shows it, ``{?n=5..40}`` only draws it, ``{n}``
shows it again, ``{m<n}`` draws a smaller one, ``{m%n}`` is their percentage, ``{n-m}`` their difference.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

_RANGE = re.compile(r"(\?)?(?:(\w)=)?(\d+(?:\.\d)?)\.\.(\d+(?:\.\d)?)")
_PAIR = re.compile(r"(\w)([<%-])(\w)")
_LETTER = re.compile(r"\w")
# What is left of the larger number: neither nearly nothing nor nearly all.
_LEAST, _MOST = 0.35, 0.92
# Numbers between these are years, and have no dot behind the thousands.
_EARLIEST_YEAR, _LATEST_YEAR = 1700, 2030


class World(Protocol):
    """Whence words come."""

    @property
    def dice(self) -> random.Random: ...

    def word(self, name: str) -> str: ...


@dataclass(slots=True)
class Scene:
    """One sentence being told: the world it is of, and the numbers it has named."""

    world: World
    numbers: dict[str, int] = field(default_factory=dict)


Part = Callable[[Scene], str]


class Template:
    """A sentence with gaps, parsed once and told many times."""

    def __init__(self, text: str) -> None:
        self._parts = _parse(text)
        self.has_figures = ".." in text

    def tell(self, world: World) -> str:
        """The sentence with its gaps filled, its first letter a capital."""
        told = _told(self._parts, Scene(world))
        return told[:1].upper() + told[1:]


def _told(parts: Sequence[Part | str], scene: Scene) -> str:
    return "".join([part if isinstance(part, str) else part(scene) for part in parts])


def _parse(text: str) -> list[Part | str]:
    parts: list[Part | str] = []
    rest = text
    while "{" in rest:
        before, _, rest = rest.partition("{")
        depth, end = 1, 0
        while depth:
            depth += {"{": 1, "}": -1}.get(rest[end], 0)
            end += 1
        parts += [before] * bool(before) + [_gap(rest[: end - 1])]
        rest = rest[end:]
    return [*parts, rest] if rest else parts


def _gap(text: str) -> Part:
    options = _options(text)
    if len(options) > 1:
        return _one_of([_parse(option) for option in options])
    if match := _RANGE.fullmatch(text):
        silent, name, low, high = match.groups()
        if "." in low:
            return _decimal(float(low), float(high))
        return _number(name, int(low), int(high), silent is not None, len(low) if low.startswith("0") else 0)
    if match := _PAIR.fullmatch(text):
        return _PAIRS[match[2]](match[1], match[3])
    if _LETTER.fullmatch(text):
        return lambda scene: _shown(scene.numbers[text])
    return lambda scene: scene.world.word(text)


def _options(text: str) -> list[str]:
    """``text`` parted at its bars, those within inner braces left alone."""
    options, depth = [""], 0
    for letter in text:
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if letter == "|" and not depth:
            options.append("")
        else:
            options[-1] += letter
    return options


def _one_of(options: Sequence[Sequence[Part | str]]) -> Part:
    count = len(options)
    return lambda scene: _told(options[int(scene.world.dice.random() * count)], scene)


def _number(name: str | None, low: int, high: int, silent: bool, digits: int) -> Part:
    step = next(step for step in (100_000, 1_000, 50, 1) if high >= 500 * step or step == 1)

    def tell(scene: Scene) -> str:
        number = low + int(scene.world.dice.random() * (high - low + 1))
        if name is None:
            # What nobody counts is told in round numbers; what a sentence reckons with is not.
            if digits or (low >= _EARLIEST_YEAR and high <= _LATEST_YEAR):
                return str(number).zfill(digits)
            return _shown(max(low, number // step * step))
        scene.numbers[name] = number
        return "" if silent else _shown(number)

    return tell


def _decimal(low: float, high: float) -> Part:
    return lambda scene: f"{low + scene.world.dice.random() * (high - low):.1f}".replace(".", ",")


def _smaller(name: str, than: str) -> Part:
    def tell(scene: Scene) -> str:
        share = _LEAST + scene.world.dice.random() * (_MOST - _LEAST)
        scene.numbers[name] = max(1, int(scene.numbers[than] * share))
        return _shown(scene.numbers[name])

    return tell


def _percent(part: str, whole: str) -> Part:
    return lambda scene: f"{100 * scene.numbers[part] / scene.numbers[whole]:.1f}".replace(".", ",")


def _difference(larger: str, smaller: str) -> Part:
    return lambda scene: _shown(scene.numbers[larger] - scene.numbers[smaller])


_PAIRS: dict[str, Callable[[str, str], Part]] = {"<": _smaller, "%": _percent, "-": _difference}


def _shown(number: int) -> str:
    return f"{number:,}".replace(",", ".")
