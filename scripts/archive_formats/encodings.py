"""Encodings that Vietnamese was written in before Unicode, and what goes wrong with it in Unicode.

``to_...`` give bytes, the other functions text. What an encoding lacks is first written with its nearest plain
sign; what is then still left becomes a question mark.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import product

_NEAREST = {
    **dict.fromkeys("“”„‟«»", '"'),
    **dict.fromkeys("‘’‚‛", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "…": "...",
    "•": "-",
    "·": "-",
    "×": "x",
    "²": "2",
    "³": "3",
    "›": ">",
    "©": "(c)",
    "\u00a0": " ",
}
_TONES = {"\u0300": "`", "\u0309": "?", "\u0303": "~", "\u0301": "'", "\u0323": "."}
_VOWELS = "aăâeêioôơuưy"


def _spread(letters: str, codes: str) -> dict[str, bytes]:
    return {letter: bytes([code]) for letter, code in zip(letters, bytes.fromhex(codes), strict=True)}


# TCVN 5712 in the variant of the ABC fonts (.VnTime): capitals with a tone have no code of their own.
_TCVN3 = _spread(
    "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
    "A1A2A3A4A5A6A7A8A9AAABACADAE"
    "B5B6B7B8B9 BBBCBDBEC6 C7C8C9CACB CCCECFD0D1 D2D3D4D5D6 D7D8DCDDDE"
    "DFE1E2E3E4 E5E6E7E8E9 EAEBECEDEE EFF1F2F3F4 F5F6F7F8F9 FAFBFCFDFE",
)

# RFC 1456; six capitals sit among the control codes.
_VISCII = _spread(
    "ẲẴẪỶỸỴ"
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ",
    "02050614191E" + bytes(range(0x80, 0x100)).hex(),
)


def _vni() -> dict[str, bytes]:
    """VNI Windows: most letters are a base letter and a byte for its marks; capitals take the marks' capitals."""
    marks = {"": "", "`": "ø", "?": "û", "~": "õ", "'": "ù", ".": "ï"}
    roofs = {"": "â", "`": "à", "?": "å", "~": "ã", "'": "á", ".": "ä"}
    bowls = {"": "ê", "`": "è", "?": "ú", "~": "ü", "'": "é", ".": "ë"}
    shapes = {"ă": ("a", bowls), "â": ("a", roofs), "ê": ("e", roofs), "ô": ("o", roofs)}
    shapes |= {"ơ": ("ô", marks), "ư": ("ö", marks)} | {vowel: (vowel, marks) for vowel in "aeouy"}
    codes = {"đ": "ñ", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "í": "í", "ị": "ò"}
    for (vowel, (base, signs)), (tone, sign) in product(shapes.items(), [("", ""), *_TONES.items()]):
        codes[unicodedata.normalize("NFC", vowel + tone)] = base + signs[sign]
    codes["ỵ"] = "î"
    both = codes | {letter.upper(): code.upper() for letter, code in codes.items()}
    return {letter: code.encode("latin-1") for letter, code in both.items()}


_VNI = _vni()


def _byte_by_byte(text: str, code: Callable[[str], bytes | None]) -> bytes:
    """``text`` letter by letter; ``code`` is asked for what is no ASCII, and for its nearest sign if it has none."""
    return b"".join(_code_of(letter, code) for letter in unicodedata.normalize("NFC", text))


def _code_of(letter: str, code: Callable[[str], bytes | None]) -> bytes:
    if letter.isascii():
        return letter.encode("ascii")
    found = code(letter)
    return found if found is not None else _NEAREST.get(letter, "?").encode("ascii")


def to_tcvn3(text: str) -> bytes:
    """TCVN3 (ABC); capitals with a tone become small letters, which the *H fonts drew as capitals."""
    return _byte_by_byte(text, lambda letter: _TCVN3.get(letter) or _TCVN3.get(letter.lower()))


def to_vni(text: str) -> bytes:
    """VNI Windows."""
    return _byte_by_byte(text, _VNI.get)


def to_viscii(text: str) -> bytes:
    """VISCII 1.1."""
    return _byte_by_byte(text, _VISCII.get)


def to_windows_1258(text: str) -> bytes:
    """windows-1258: where a letter has no code, its base letter and a combining tone have."""
    return _byte_by_byte(text, _windows_1258)


def _windows_1258(letter: str) -> bytes | None:
    decomposed = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in decomposed if mark in _TONES), "")
    base = unicodedata.normalize("NFC", decomposed.replace(tone, "")) if tone else letter
    for form in (letter, base + tone):
        try:
            return form.encode("cp1258")
        except UnicodeEncodeError:
            continue
    return None


def to_viqr(text: str) -> bytes:
    """VIQR: marks are ASCII signs behind the letter; a sign that could be taken for a mark is escaped."""
    return "".join(_viqr_signs(unicodedata.normalize("NFC", text))).encode("ascii")


def _viqr_signs(text: str) -> Iterator[str]:
    before = ""
    for letter in "".join(_NEAREST.get(letter, letter) for letter in text):
        yield f"\\{letter}" if _reads_as_mark(before, letter) else _viqr_letter(letter)
        before = letter


def _viqr_letter(letter: str) -> str:
    if letter.isascii():
        return letter
    if letter in "đĐ":
        return letter.replace("đ", "dd").replace("Đ", "DD")
    decomposed = unicodedata.normalize("NFD", letter)
    base, marks = decomposed[0], decomposed[1:]
    shapes = {"\u0306": "(", "\u0302": "^", "\u031b": "+"}
    signs = [shapes[mark] for mark in marks if mark in shapes] + [_TONES[mark] for mark in marks if mark in _TONES]
    return base + "".join(signs) if base.isascii() and len(signs) == len(marks) else "?"


def _reads_as_mark(before: str, sign: str) -> bool:
    shaped = {"(": "a", "^": "aeo", "+": "ou"}
    return (
        sign == "\\"
        or (sign in _TONES.values() and before.lower() in set(_VOWELS))
        or before.lower() in set(shaped.get(sign, ""))
        or (sign in "dD" and before in {"d", "D"})
    )


def as_mojibake(text: str) -> str:
    """UTF-8 that was taken for cp1252, as browsers read it: bytes without a letter there are control characters."""
    return "".join(_as_cp1252(byte) for byte in text.encode("utf-8"))


def _as_cp1252(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_LOOK_ALIKES = dict(zip("aceopxyiABCEHKMOPTX", "асеорхуіАВСЕНКМОРТХ", strict=True))
_EVERY_LOOK_ALIKE, _EVERY_HYPHEN, _EVERY_SPACE = 5, 37, 53


def with_look_alikes(text: str) -> str:
    """``text`` with every fifth letter that has one as its Cyrillic look-alike, and invisible signs within words."""
    out: list[str] = []
    alike = letters = 0
    for letter, following in zip(text, [*text[1:], ""], strict=True):
        alike += letter in _LOOK_ALIKES
        swapped = letter in _LOOK_ALIKES and alike % _EVERY_LOOK_ALIKE == 0
        out.append(_LOOK_ALIKES[letter] if swapped else letter)
        if letter.isalpha() and following.isalpha():
            letters += 1
            out.append("\u00ad" * (letters % _EVERY_HYPHEN == 0) + "\u200b" * (letters % _EVERY_SPACE == 0))
    return "".join(out)


def _other_placement() -> dict[str, str]:
    """Open syllables' ends with the tone on the first vowel -> with the tone on the second."""
    moved: dict[str, str] = {}
    for pair, tone in product(("oa", "oe", "uy"), _TONES):
        old = unicodedata.normalize("NFC", pair[0] + tone + pair[1])
        new = unicodedata.normalize("NFC", pair + tone)
        moved |= {old: new, old.capitalize(): new.capitalize(), old.upper(): new.upper()}
    return moved


_MOVED = _other_placement()
_MOVABLE = re.compile(rf"(?<![qQ])(?:{'|'.join(_MOVED)})(?![^\W\d_])")


def with_other_tones(text: str) -> str:
    """``text`` with the tone on the second vowel where papers now write it on the first.

    >>> with_other_tones("Huyện ủy Hòa Bình, THỦY, hoàn, quý, khỏe")
    'Huyện uỷ Hoà Bình, THUỶ, hoàn, quý, khoẻ'
    """
    return _MOVABLE.sub(lambda match: _MOVED[match[0]], unicodedata.normalize("NFC", text))
