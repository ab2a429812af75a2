"""How Vietnamese was written in eight bits, and in seven, before Unicode: one reader for each way.

A reader takes text as Windows shows its bytes in the West (``western``), so that it serves for raw bytes and for
text that was already turned into Unicode by someone who took it for Western.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import accumulate, product

from tinhgon.vietnamese import is_syllable

Reader = Callable[[str], str]

_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"


def western(raw: bytes) -> str:
    r"""``raw`` as cp1252; the five bytes it leaves out stay the control characters they are in Latin-1.

    >>> western(bytes([0x93, 0x78, 0xb7, 0x94, 0x81]))
    '“x·”\x81'
    """
    return raw.decode("latin-1").translate(_AS_WINDOWS)


def as_windows(text: str) -> str:
    """``text`` with the control characters of Latin-1 as the signs Windows has in their place."""
    return text.translate(_AS_WINDOWS)


def _through(codec: str, code: int, otherwise: str) -> str:
    return bytes([code]).decode(codec, errors="ignore") or otherwise


_AS_WINDOWS = {code: _through("cp1252", code, chr(code)) for code in range(0x80, 0xA0)} | {0x03BC: "µ"}


def _table(rows: dict[int, str]) -> dict[int, str]:
    """What stands for each Western letter, from runs of letters by the code of the first."""
    return {
        ord(western(bytes([first + place]))): letter for first, run in rows.items() for place, letter in enumerate(run)
    }


_TCVN3 = _table(
    {
        0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
        0xB5: "àảãáạ",
        0xBB: "ằẳẵắ",
        0xC6: "ặầẩẫấậè",
        0xCE: "ẻẽéẹềểễếệìỉ",
        0xDC: "ĩíịò",
        0xE1: "ỏõóọồổỗốộờởỡớợù",
        0xF1: "ủũúụừửữứựỳỷỹýỵ",
    }
)
_VISCII = _table(
    {
        0x02: "Ẳ",
        0x05: "ẴẪ",
        0x14: "Ỷ",
        0x19: "Ỹ",
        0x1E: "Ỵ",
        0x80: "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ",
        0x90: "ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ",
        0xA0: "Õắằặấầẩậẽẹếềểễệố",
        0xB0: "ồổỗỠƠộờởịỰỨỪỬơớƯ",
        0xC0: "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ",
        0xD0: "ĐứÒÓÔạỷừửÙÚỹỵÝỡư",
        0xE0: "àáâãảăữẫèéêẻìíĩỉ",
        0xF0: "đựòóôõỏọụùúũủýợỮ",
    }
)
_WINDOWS_1258 = {
    ord(western(bytes([code]))): _through("cp1258", code, western(bytes([code]))) for code in range(0x80, 0x100)
}
VISCII_CONTROLS = frozenset("\x02\x05\x06\x14\x19\x1e")


def _windows_1258(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(_WINDOWS_1258))


def _viscii(text: str) -> str:
    return text.translate(_VISCII)


_WORD = re.compile(r"[^\W\d_]+")
# After the end of a sentence or above an empty line; a wrapped line may well begin with a small letter.
_OPENING = re.compile(
    r'(?:\A|(?<=[.!?…][ \n])|(?<=\n\n)|(?<=\r\n\r\n)|(?<=[.!?…]["”] ))'
    "[àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]"
)


def _tcvn3(text: str) -> str:
    """The fonts have no capitals with tones: "HéI NGHÞ" was typed with small ones and shown in a font of capitals.

    A sentence that seems to begin with a small letter of those began with a capital that the fonts lack.
    """
    told = "\n".join(_restore_capitals(line) for line in text.translate(_TCVN3).split("\n"))
    return _OPENING.sub(lambda opening: opening[0].upper(), told)


def _restore_capitals(line: str) -> str:
    """What stands among capitals is one; "Bộ" could be either by itself, so the words beside it decide."""
    words = list(_WORD.finditer(line))
    cases = [_case(word[0]) for word in words]
    if "capital" not in cases:
        return line
    told = [
        case if case == "small" or (case == "capital" and is_syllable(word[0])) else ""
        for word, case in zip(words, cases, strict=True)
    ]
    letters = list(line)
    for word, case, *beside in zip(words, cases, _last_told(told), _last_told(told[::-1])[::-1], strict=True):
        if case == "capital" or (case == "" and {*beside} - {""} == {"capital"}):
            letters[word.start() : word.end()] = word[0].upper()
    return "".join(letters)


def _last_told(cases: list[str]) -> list[str]:
    return list(accumulate(cases, _latest))


def _latest(last: str, case: str) -> str:
    return case or last


def _case(word: str) -> str:
    """The case its plain letters tell; a toned small letter of the fonts tells nothing, nor does a first capital."""
    telling = [letter for letter in word if letter.isascii() or letter.isupper()]
    if any(letter.islower() for letter in telling):
        return "small"
    return "capital" if len(telling) > 1 else ""


_VNI_TONES = {"ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_VNI_CIRCUMFLEXES = {"â": "", "á": _ACUTE, "à": _GRAVE, "å": _HOOK, "ã": _TILDE, "ä": _DOT}
_VNI_BREVES = {"ê": "", "é": _ACUTE, "è": _GRAVE, "ú": _HOOK, "ü": _TILDE, "ë": _DOT}
_VNI_LETTERS = dict(zip("íìæóòîôöñ", "íìỉĩịỵơưđ", strict=True))


def _vni_pairs() -> dict[str, str]:
    """Two signs for one letter; the case is that of the first."""
    marks = [
        *product("aeouyôö", _VNI_TONES.items()),
        *(product("aeo", ((sign, _CIRCUMFLEX + tone) for sign, tone in _VNI_CIRCUMFLEXES.items()))),
        *(product("a", ((sign, _BREVE + tone) for sign, tone in _VNI_BREVES.items()))),
    ]
    pairs = {}
    for letter, (sign, mark) in marks:
        composed = unicodedata.normalize("NFC", _VNI_LETTERS.get(letter, letter) + mark)
        for written in (sign, sign.upper()):
            pairs[letter + written] = composed
            pairs[letter.upper() + written] = composed.upper()
    return pairs


_VNI = {
    **_vni_pairs(),
    **_VNI_LETTERS,
    **{sign.upper(): letter.upper() for sign, letter in _VNI_LETTERS.items()},
}
_VNI_SIGNS = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))


def _vni(text: str) -> str:
    return _VNI_SIGNS.sub(lambda sign: _VNI[sign[0]], text)


_VIQR_MARKS = {"^": _CIRCUMFLEX, "(": _BREVE, "+": _HORN}
_VIQR_TONES = {"'": _ACUTE, "`": _GRAVE, "?": _HOOK, "~": _TILDE, ".": _DOT}
_PUNCTUATION = ".?'`~"
_VIQR_WORD = re.compile(
    r"\\(?P<plain>[\\^(+'`?~.])|[A-Za-z]+(?:(?<=[aeiouyAEIOUY])(?!\.\.\.)[\^(+'`?~.]{1,3}[A-Za-z]*)*"
)
_VIQR_LETTER = re.compile(
    r"(?P<d>dd|DD|Dd)|(?P<vowel>[aeiouyAEIOUY])"
    r"(?:(?P<mark>[\^(+])(?P<tone>['`?~.])?|(?P<first>['`?~.])(?P<last>[\^(+])?)"
)
# A full stop, a question mark or an apostrophe at the end of a word may be no more than that.
# What no English word has: these are letters in a foreign word ("o^to^") and in "HDDND" too.
_VIQR_FOREIGN = re.compile(r"[AEOaeo]\^|[OUou]\+|[Aa]\(|(?<![a-z])DD(?![a-z])")
_VIQR_END = re.compile(rf"(?<=[A-Za-z])[{_PUNCTUATION}]+$")
_VIQR_SURE = re.compile(r"[\^(+`~]|['?.][A-Za-z]|dd|Dd|DD")


def _viqr(text: str) -> str:
    return _VIQR_WORD.sub(lambda word: word["plain"] or _viqr_syllable(word[0]), text)


def _viqr_syllable(word: str) -> str:
    """The syllable ``word`` spells, or ``word``: what ends it may be punctuation ("la`."), what is none stays."""
    bare = word.rstrip(_PUNCTUATION)
    for end in range(len(word), len(bare) - 1, -1):
        spelled = _VIQR_LETTER.sub(_viqr_letter, word[:end])
        if is_syllable(spelled):
            return spelled + word[end:]
    return _viqr_foreign(word)


def _viqr_foreign(word: str) -> str:
    if not _VIQR_FOREIGN.search(word):
        return word
    bare = _VIQR_END.sub("", word)
    return _VIQR_LETTER.sub(_viqr_letter, bare) + word[len(bare) :]


def _viqr_letter(sign: re.Match[str]) -> str:
    if sign["d"]:
        return "đ" if sign["d"] == "dd" else "Đ"
    mark = _VIQR_MARKS.get(sign["mark"] or sign["last"], "")
    tone = _VIQR_TONES.get(sign["tone"] or sign["first"], "")
    return unicodedata.normalize("NFC", sign["vowel"] + mark + tone)


def viqr_words(text: str) -> list[bool]:
    """For every word that bears surer signs of VIQR than punctuation can be: whether it spells a syllable.

    Foreign words with Vietnamese letters ("o^to^") tell nothing.
    """
    written = [word[0] for word in _VIQR_WORD.finditer(text) if not word["plain"] and _VIQR_SURE.search(word[0])]
    spelled = [is_syllable(_viqr_syllable(word).rstrip(_PUNCTUATION)) for word in written]
    return [good for word, good in zip(written, spelled, strict=True) if good or not _VIQR_FOREIGN.search(word)]


READERS: dict[str, Reader] = {
    "tcvn3": _tcvn3,
    "vni": _vni,
    "viscii": _viscii,
    "windows-1258": _windows_1258,
    "viqr": _viqr,
}
