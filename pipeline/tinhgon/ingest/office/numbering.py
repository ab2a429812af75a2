"""The numbers that Word sets before the paragraphs of its lists, which stand in no text of the file."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_LONGEST_CHAIN = 12
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_LARGEST = 10_000  # numbers of a list; what is beyond it is damaged


@dataclass(frozen=True, slots=True)
class Level:
    """How the paragraphs of one level of a list are numbered."""

    kind: str
    pattern: str  # "%1.%2." and the like
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has counted."""

    levels: dict[str, dict[int, Level]]
    of_style: dict[str, tuple[str, int]]
    counts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0] * _LEVELS))

    @classmethod
    def of(cls, numbering: _Element | None, styles: _Element | None) -> Numbering:
        """The lists told by the two parts of the file, either of which may be missing."""
        abstract: dict[str, dict[int, Level]] = {}
        levels: dict[str, dict[int, Level]] = {}
        if numbering is not None:
            for element in numbering.iter(W + "abstractNum"):
                abstract[_get(element, "abstractNumId")] = {
                    _int(_get(level, "ilvl")): _level(level) for level in element.iter(W + "lvl")
                }
            for element in numbering.iter(W + "num"):
                levels[_get(element, "numId")] = abstract.get(_value(element, "abstractNumId"), {})
        return cls(levels, _styles(styles))

    def label(self, paragraph: _Element) -> str:
        """The number or bullet before ``paragraph``, with a space behind it, or nothing; counts it."""
        properties = paragraph.find(W + "pPr")
        if properties is None:
            return ""
        own = properties.find(W + "numPr")
        listed, at = self.of_style.get(_value(properties, "pStyle"), ("", 0))
        if own is not None:
            listed, at = (
                _value(own, "numId") or listed,
                _int(_value(own, "ilvl")) if own.find(W + "ilvl") is not None else at,
            )
        level = self.levels.get(listed, {}).get(at)
        if level is None or not 0 <= at < _LEVELS:
            return ""
        counts = self.counts[listed]
        counts[at] = min(counts[at] + 1 if counts[at] else level.start, _LARGEST)
        counts[at + 1 :] = [0] * (_LEVELS - at - 1)
        if level.kind == "bullet":
            return "- "
        if level.kind == "none" or not level.pattern:
            return ""
        label = level.pattern
        for above in range(at + 1):
            kind = self.levels[listed].get(above, level).kind
            label = label.replace(f"%{above + 1}", numeral(counts[above] or 1, kind))
        return f"{label} "


def numeral(number: int, kind: str) -> str:
    """``number`` as Word writes it in lists of ``kind``.

    >>> [numeral(4, kind) for kind in ("decimal", "upperRoman", "lowerLetter", "decimalZero")]
    ['4', 'IV', 'd', '04']
    """
    if kind in ("upperRoman", "lowerRoman"):
        roman = ""
        for value, letters in _ROMAN:
            roman += letters * (number // value)
            number %= value
        return roman if kind == "upperRoman" else roman.lower()
    if kind in ("upperLetter", "lowerLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if kind == "upperLetter" else letter
    return f"{number:02}" if kind == "decimalZero" else str(number)


def _level(element: _Element) -> Level:
    return Level(_value(element, "numFmt"), _value(element, "lvlText"), _int(_value(element, "start") or "1"))


def _styles(styles: _Element | None) -> dict[str, tuple[str, int]]:
    """The list and level of each style of paragraphs that has one, of its own or from the style it is based on."""
    if styles is None:
        return {}
    own: dict[str, tuple[str, int]] = {}
    based_on: dict[str, str] = {}
    for style in styles.iter(W + "style"):
        name = _get(style, "styleId")
        based_on[name] = _value(style, "basedOn")
        numbered = style.find(f"{W}pPr/{W}numPr")
        if numbered is not None and _value(numbered, "numId"):
            own[name] = (_value(numbered, "numId"), _int(_value(numbered, "ilvl")))
    found: dict[str, tuple[str, int]] = {}
    for name in based_on:
        at = name
        for _ in range(_LONGEST_CHAIN):
            if at in own:
                found[name] = own[at]
                break
            at = based_on.get(at, "")
    return found


def _get(element: _Element, name: str) -> str:
    return str(element.get(W + name) or "")


def _value(element: _Element, name: str) -> str:
    child = element.find(W + name)
    return "" if child is None else _get(child, "val")


def _int(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0
