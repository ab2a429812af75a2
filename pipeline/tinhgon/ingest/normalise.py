"""Text normalisation, done once: what later stages see is what is written here.

Evidence stays as written: quotes, dashes and the placement of tones are not touched. Two steps, because a plain
text's layout (indents, wide gaps between columns) has to be read before its spaces are folded:
``clean_characters`` keeps line structure and runs of spaces, ``fold_spaces`` ends them.
"""

from __future__ import annotations

import re
import unicodedata

# Begins the line of a table's row: the record separator of ASCII, which no text of ours contains.
ROW = "\x1e"
_LINE_ENDS = re.compile(r"\r\n?|[\u0085\u2028\u2029\v]")
# "Ð" and "ð" (eth) look like "Đ" and "đ" and come from old keyboards; no Vietnamese word has an eth.
_LETTERS = {"\u00d0": "Đ", "\u00f0": "đ"}
_SPACES = dict.fromkeys(
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
)
_TAB = {"\t": "    "}
_INVISIBLE = dict.fromkeys(
    "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
_CONTROLS = dict.fromkeys(chr(code) for code in [*range(0x20), *range(0x7F, 0xA0)] if chr(code) not in "\n\t\f\x1e")
_CHARACTERS = str.maketrans({**_CONTROLS, **_INVISIBLE, **_SPACES, **_TAB, **_LETTERS})
# Lone surrogates cannot be stored as UTF-8; they come from file names and broken decoders.
_SURROGATES = re.compile("[\ud800-\udfff]")
# All that is changed but by composition; most texts hold none of it.
_ODD = re.compile(f"[\r\u0085\u2028\u2029\v\ud800-\udfff{''.join(map(chr, _CHARACTERS))}]")
_RUNS_OF_SPACE = re.compile(r"[ \n\f]+")
_RUN = re.compile(r"[\n\f]|  ")


def clean_characters(raw: str) -> str:
    r"""NFC text of plain characters: line ends are ``\n``, every space is a space, nothing is invisible but ``ROW``.

    >>> clean_characters("Ðảng\u00a0bộ xã Tân\u200b Phú\r\nSố: 12")
    'Đảng bộ xã Tân Phú\nSố: 12'
    """
    if not _ODD.search(raw):
        return unicodedata.normalize("NFC", raw)
    text = _SURROGATES.sub("", _LINE_ENDS.sub("\n", raw)).translate(_CHARACTERS)
    # Composition comes last: an invisible character may have stood between a letter and its mark.
    return unicodedata.normalize("NFC", text)


def fold_spaces(text: str) -> str:
    r"""One line without doubled spaces.

    >>> fold_spaces("  Số:   415/BC-UBND \n ngày 26/11/2021")
    'Số: 415/BC-UBND ngày 26/11/2021'
    """
    return (_RUNS_OF_SPACE.sub(" ", text) if _RUN.search(text) else text).strip(" ")


def normalise(raw: str) -> str:
    """One line of running text in its final form.

    >>> normalise("Huyện\\u00a0uỷ  Ða\\u0323i Lộc ")
    'Huyện uỷ Đại Lộc'
    """
    return fold_spaces(clean_characters(raw).replace(ROW, " "))
