"""Colours that a colour-blind reader tells apart and a grey printer prints apart: one hue, from light to dark."""

from __future__ import annotations

LADDER = ("#dcebf6", "#a8cde6", "#68a5cf", "#2c6fa6", "#0b3360")
ACHIEVED, ONGOING, INTENDED = "#2c6fa6", "#a8cde6", "#ffffff"
WHITE, BLACK = "#ffffff", "#111111"


def luminance(colour: str) -> float:
    """How light a colour is, from 0 (black) to 1 (white), as WCAG 2 reckons it.

    >>> luminance("#ffffff"), luminance("#000000")
    (1.0, 0.0)
    """
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How well two colours stand apart, from 1 to 21; letters need 4.5.

    >>> round(contrast("#ffffff", "#000000"), 1)
    21.0
    """
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def ink_on(ground: str) -> str:
    """The colour to write in on this ground: black or white, whichever stands out more.

    >>> ink_on(LADDER[0]), ink_on(LADDER[-1])
    ('#111111', '#ffffff')
    """
    return max((BLACK, WHITE), key=lambda ink: contrast(ink, ground))
