"""Damage that text took on its way: UTF-8 read as Western, letters of other alphabets.

Each kind has a quick test for its traces; text without them goes through as it is, and so does all that is unsure.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import ftfy

# What follows the first byte of a letter in UTF-8, as Windows shows it.
_TRAILERS = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
# The bytes of "ả", "đ", "ư", "ô", "“". Quotes and dashes do not count, for "“ĐẢNG ỦY XÃ”" is whole.
_MOJIBAKE = re.compile(
    "[ÃÅÆ][\u0080-\u009f¡-ª¬-º¼-¿€‚ƒ„†‡ˆ‰ŠŒŽ˜™šœžŸ]|Â[¡-ª¬-º¼-¿]|Ä[‘ƒ‚\u0082\u0083\u0090\u0091]"
    rf"|á[º»][{_TRAILERS}]|â€|â\u0080"
)
# In a text where the damage is plain to see elsewhere: "HÃ\u00a0 Giang".
_PERHAPS = re.compile(rf"[ÂÃÄÅÆáâ][{_TRAILERS}]")
_LONE = re.compile(rf"Ä(?![{_TRAILERS}])")
_THREE_BYTES = re.compile(rf"á[º»][{_TRAILERS}]")
_CHUNK = re.compile(r"[^ \t]+")

_OTHER_ALPHABETS = re.compile("[\u0370-\u03ff\u0400-\u052f]")
_LETTERS_OF_A_WORD = re.compile("(?:[^\\W\\d_]|[\u0300-\u036f])+")
_CYRILLIC = dict(zip("АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁ", "ABESIJKMHOPCTYXaesijopcyxhd", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True))
_LOOK_ALIKES = str.maketrans(_CYRILLIC | _GREEK)
_MOSTLY = 2 / 3


@dataclass(frozen=True, slots=True)
class Mended:
    """Text, and which kinds of damage were put right."""

    text: str
    warnings: tuple[str, ...] = ()


def mend(text: str) -> Mended:
    """``text`` with sure damage put right, everything else as it was.

    >>> mend("Äáº£ng á»§y xÃ£")
    Mended(text='Đảng ủy xã', warnings=('mojibake-mended',))
    >>> mend("Đảng ủy xã")
    Mended(text='Đảng ủy xã', warnings=())
    """
    warnings = []
    for warning, step in _STEPS.items():
        mended = step(text)
        if mended != text:
            text = mended
            warnings.append(warning)
    return Mended(text, tuple(warnings))


def _mend_mojibake(text: str) -> str:
    if not _MOJIBAKE.search(text):
        return text
    lines = text.split("\n")
    return "\n".join(_decode_again(line) if _PERHAPS.search(line) else line for line in lines)


def _decode_again(line: str) -> str:
    """The line at once, or else word by word, where some words of it were whole before."""
    # "Đ" is "Ä" and an invisible sign, which most programs drop; no other letter of ours is.
    decoded = _fix(_LONE.sub("Ä\u0090", line))
    if not _MOJIBAKE.search(decoded):
        return decoded
    return _CHUNK.sub(lambda chunk: _fix_word(chunk[0]), decoded)


def _fix_word(written: str) -> str:
    if not _MOJIBAKE.search(written):
        return written
    fixed = _fix(written)
    if fixed != written or not _THREE_BYTES.search(written):
        return fixed
    try:
        return written.encode("sloppy-windows-1252").decode("utf-8")  # a codec that ftfy brings
    except UnicodeError:
        return written


def _fix(written: str) -> str:
    return ftfy.fix_encoding(written, fix_c1_controls=False)


def _mend_look_alikes(text: str) -> str:
    """A word of look-alikes alone is one only in Latin text without a real word of the other alphabet."""
    if not _OTHER_ALPHABETS.search(text):
        return text
    words = [word for word in _LETTERS_OF_A_WORD.findall(text) if _OTHER_ALPHABETS.search(word)]
    letters = sum(map(str.isalpha, text))
    others = len(_OTHER_ALPHABETS.findall(text))
    is_latin = others < (1 - _MOSTLY) * letters and not any(_is_foreign(word) for word in words)

    def mend_word(word: re.Match[str]) -> str:
        latin = word[0].translate(_LOOK_ALIKES)
        is_mixed = len(_OTHER_ALPHABETS.findall(word[0])) < sum(map(str.isalpha, word[0]))
        return latin if (is_mixed or is_latin) and not _is_foreign(word[0]) else word[0]

    return _LETTERS_OF_A_WORD.sub(mend_word, text)


def _is_foreign(word: str) -> bool:
    return _OTHER_ALPHABETS.search(word.translate(_LOOK_ALIKES)) is not None


_STEPS: dict[str, Callable[[str], str]] = {
    "mojibake-mended": _mend_mojibake,
    "look-alike-letters": _mend_look_alikes,
}
