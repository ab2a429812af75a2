"""Texts made to send one expression back and forth: what leads to each of its repeats, that repeat pumped, and a letter
that fits nothing."""

from __future__ import annotations

import random
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import regex

# What ``re`` has no words for, said in its own; only for reading the form of an expression, never for matching.
_FOR_RE = (
    (r"\\p\{Lu\}", "[A-ZĐ]"), (r"\\p\{Ll\}", "[a-zđ]"), (r"\\p\{L\}", "[a-zđA-Z]"), (r"\\p\{N\}", r"\\d"),
    (r"\\p\{M\}", "[\u0301\u0303]"), (r"\\p\{\w+\}", r"\\w"), (r"\(\?P<\w+>", "("), (r"\(\?P=\w+\)", "."),
)  # fmt: skip
_LONG = 40  # letters of what leads to a repeat; more leads nowhere else
# What every expression is given besides: rows of what texts are made of.
COMMON = (
    " ", "\n", ",", "1", "1.", "1,", "a", "A", "A ", "a ", "\u0301", "a\u0301", "đ", "-", " - ", "(", ")", "“", "\"",
    "'", "xã ", "Xã Tân ", "1 xã, ", ".", "…", "/", "<", "<a ", "\\", "\t", "\r\n", "0", "https://a.b/", "&", "=", ";",
)  # fmt: skip
FAILING = ("!", "", "\n", "\0")


def parsed(source: str | bytes, flags: int = 0) -> Any:
    """The form of an expression; of one for ``regex`` alone what ``re`` can say of it."""
    text = source.decode("latin-1") if isinstance(source, bytes) else source
    for told, meant in _FOR_RE:
        text = re.sub(told, meant.replace("\\", r"\\") if "\\" not in meant else meant, text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # "[[" means more to ``regex``, and here nothing depends on it
        return parser.parse(text, flags & (re.VERBOSE | re.IGNORECASE | re.MULTILINE | re.DOTALL))


def attacks(source: str | bytes, flags: int = 0, seed: int = 1, variants: int = 3) -> list[tuple[str, str]]:
    """What leads to a repeat and what it repeats, for every repeat of an expression, in a few readings each."""
    chance = random.Random(seed)
    try:
        tree = parsed(source, flags)
    except (re.error, regex.error):
        words = re.findall(r"\w+", str(source))
        return [("", f"{word} ") for word in words] + [("", common) for common in COMMON]
    found: dict[tuple[str, str], None] = {}
    for _ in range(variants):
        for lead, pump in _pumps(tree, "", chance):
            if pump:
                found[lead[-_LONG:], pump] = None
        whole = _sample(tree, chance)
        if whole:
            found["", whole] = None
            found["", whole[: chance.randrange(1, len(whole) + 1)]] = None
    return [*found, *(("", common) for common in COMMON)]


def _pumps(items: Any, lead: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    for op, value in items:
        if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
            _, most, body = value
            if most > 1:
                yield lead, _sample(body, chance)
                yield lead, _sample(body, chance) + _sample(body, chance)
            yield from _pumps(body, lead, chance)
        elif op is ops.SUBPATTERN:
            yield from _pumps(value[-1], lead, chance)
        elif op is ops.BRANCH:
            for branch in value[1]:
                yield from _pumps(branch, lead, chance)
        elif op is ops.ATOMIC_GROUP:
            yield from _pumps(value, lead, chance)
        elif op in (ops.ASSERT, ops.ASSERT_NOT):
            yield from _pumps(value[1], lead, chance)
        lead += _one(op, value, chance)


def _sample(items: Any, chance: random.Random) -> str:
    return "".join(_one(op, value, chance) for op, value in items)


def _one(op: Any, value: Any, chance: random.Random) -> str:
    """Something that a piece of an expression fits."""
    match op:
        case ops.LITERAL:
            return chr(value)
        case ops.NOT_LITERAL:
            return "x" if value != ord("x") else "y"
        case ops.ANY:
            return chance.choice("xa 1,")
        case ops.IN:
            return _of_set(value, chance)
        case ops.SUBPATTERN:
            return _sample(value[-1], chance)
        case ops.ATOMIC_GROUP:
            return _sample(value, chance)
        case ops.BRANCH:
            return _sample(chance.choice(value[1]), chance)
        case ops.MAX_REPEAT | ops.MIN_REPEAT | ops.POSSESSIVE_REPEAT:
            least, most, body = value
            times = min(int(most), max(int(least), chance.choice((0, 1, 1, 2))))
            return "".join(_sample(body, chance) for _ in range(times))
        case ops.ASSERT:
            return _sample(value[1], chance) if value[0] < 0 else ""
    return ""


_OF_CATEGORY: dict[Any, str] = {
    ops.CATEGORY_DIGIT: "190", ops.CATEGORY_SPACE: " \n", ops.CATEGORY_WORD: "aA1đ_",
    ops.CATEGORY_NOT_DIGIT: "a ,", ops.CATEGORY_NOT_SPACE: "a1,", ops.CATEGORY_NOT_WORD: " ,.",
}  # fmt: skip


def _of_set(items: Sequence[Any], chance: random.Random) -> str:
    if items[0][0] is ops.NEGATE:
        shut = parser.SubPattern(parser.State(), [(ops.IN, list(items[1:]))])
        return next((c for c in chance.sample("xa1 ,.;(Xđ-\n", 12) if not _fits(shut, c)), "~")
    op, value = chance.choice(items)
    match op:
        case ops.LITERAL:
            return chr(value)
        case ops.RANGE:
            return chr(chance.choice((value[0], value[1], (value[0] + value[1]) // 2)))
        case ops.CATEGORY:
            return chance.choice(_OF_CATEGORY.get(value, "x"))
    return "x"


def _fits(shut: Any, letter: str) -> bool:
    code = ord(letter)
    for op, value in shut[0][1]:
        if (op is ops.LITERAL and value == code) or (op is ops.RANGE and value[0] <= code <= value[1]):
            return True
        if op is ops.CATEGORY and letter in _OF_CATEGORY.get(value, ""):
            return True
    return False


def shapes(lead: str, pump: str) -> Iterator[Callable[[int], str]]:
    """The texts of one attack, each by its length: one long run behind its lead, many short runs, and the run alone."""
    for failing in FAILING:
        yield lambda n, failing=failing: lead + pump * max(1, (n - len(lead)) // len(pump)) + failing
    piece = lead + pump * 3 + "!"
    yield lambda n: piece * max(1, n // len(piece))
    if lead:
        led = lead + pump
        yield lambda n: led * max(1, n // len(led))
