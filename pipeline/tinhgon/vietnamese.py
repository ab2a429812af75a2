"""Vietnamese letters and syllables: forms to match on and without diacritics, a key to sort by, what is a syllable.

Imports nothing of ours. Every function takes NFC text; ``match_form`` never changes its length, so that
offsets into the matched form are offsets into the text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import product

CollationKey = tuple[tuple[tuple[int, int, str, tuple[int, ...], int], ...], str]

_TONES = {"ngang": "", "huyền": "\u0300", "hỏi": "\u0309", "ngã": "\u0303", "sắc": "\u0301", "nặng": "\u0323"}
_TONE_MARKS = tuple(mark for mark in _TONES.values() if mark)
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"

# One sign for all of a kind; every entry is one character for one character.
_SAME_SIGN = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("“”„‟«»", '"'),
    **dict.fromkeys("‘’‚‛", "'"),
    "\u00a0": " ",
    "ð": "đ",  # the Icelandic letter, typed for the Vietnamese one
}

_ONSETS = "ngh ng nh ch gh gi kh ph th tr b d đ g h k l m n p r s t v x".split()


def _toned(letter: str, mark: str) -> str:
    return unicodedata.normalize("NFC", letter + mark)


def _misplaced_tones() -> dict[str, dict[str, str]]:
    """Vowel pairs whose tone stands on the other letter, by where in the syllable they stand."""
    open_pairs, closed_pairs, after_q = {}, {}, {}
    for (glide, vowel), mark in product((("o", "a"), ("o", "e"), ("u", "y")), _TONE_MARKS):
        on_glide, on_vowel = _toned(glide, mark) + vowel, glide + _toned(vowel, mark)
        open_pairs[on_vowel] = on_glide
        closed_pairs[on_glide] = on_vowel
    for vowel, mark in product("aeiyơê", _TONE_MARKS):
        after_q[_toned("u", mark) + vowel] = "u" + _toned(vowel, mark)
    return {"open": open_pairs, "closed": closed_pairs, "q": after_q}


_PAIRS = _misplaced_tones()
# Only syllables that can be Vietnamese: "hoà" is one, the end of "Luís" or of "boatoà" is none.
_MISPLACED = re.compile(
    rf"(?<![^\W_])(?:(?P<onset>(?:{'|'.join(_ONSETS)})?)"
    rf"(?:(?P<open>{'|'.join(_PAIRS['open'])})|(?P<closed>{'|'.join(_PAIRS['closed'])})(?=ng|nh|ch|[nmtcpioy]))"
    rf"|q(?P<q>{'|'.join(_PAIRS['q'])}))"
    r"(?P<coda>ng|nh|ch|[nmtcpioyu])?(?![^\W\d_])"
)
# What every misplaced tone shows, and little else.
_TRACE = re.compile("(?:o[àảãáạèẻẽéẹ]|u[ỳỷỹýỵ])(?![^\\W\\d_])|(?:[òỏõóọ][ae]|[ùủũúụ]y)(?=[nmtcpioy])|q[ùủũúụ]")


def letters() -> str:
    """Every letter that is not ASCII, with every tone it can have, in both cases.

    >>> len(letters()), letters()[:6]
    (134, 'ÀÁÂÃÈÉ')
    """
    toned = {_toned(letter, mark) for letter in "aăâeêioôơuưy" for mark in _TONES.values()} | {"đ"}
    return "".join(sorted(letter for low in toned if not low.isascii() for letter in (low, low.upper())))


def match_form(text: str) -> str:
    """The form of ``text`` for matching: same length, lower case, one tone placement, plain quotes and dashes.

    >>> match_form("Khoẻ – “Thuỷ” hoà")
    'khỏe - "thủy" hòa'
    >>> match_form("Luís quý Hoàng Thuyền") == "luís quý hoàng thuyền"
    True
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
    for sign, plain in _SAME_SIGN.items():
        if sign in lowered:
            lowered = lowered.replace(sign, plain)
    return _with_tones_placed(lowered)


def _with_tones_placed(lowered: str) -> str:
    """Every misplaced tone put right; only words with a trace of one are looked at."""
    pieces: list[str] = []
    done = 0
    for trace in _TRACE.finditer(lowered):
        start, end = trace.start(), trace.end()
        if start < done:
            continue
        while start > done and lowered[start - 1].isalnum():
            start -= 1
        while end < len(lowered) and lowered[end].isalnum():
            end += 1
        pieces += lowered[done:start], _placed(lowered[start:end])
        done = end
    return "".join(pieces) + lowered[done:] if pieces else lowered


@lru_cache(maxsize=2_000)
def _placed(word: str) -> str:
    return _MISPLACED.sub(_place_tone, word)


def _place_tone(match: re.Match[str]) -> str:
    syllable, coda = match[0], match["coda"] or ""
    if match["q"]:
        return "q" + _PAIRS["q"][match["q"]] + coda
    if match["closed"]:
        return match["onset"] + _PAIRS["closed"][match["closed"]] + coda
    # With a coda the tone belongs on the vowel, where it stands already.
    return syllable if coda else match["onset"] + _PAIRS["open"][match["open"]]


# The marks of Latin letters, and where those of other scripts lie.
_MARKS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
_RARE_MARKS = re.compile("[\u0483-\u1fff\u20d0-\u20ff\u2cef-\U0010ffff]")


def strip_diacritics(text: str) -> str:
    """``text`` without tone and vowel marks, đ as d.

    >>> strip_diacritics("Đảng ủy xã Ngọc Đường")
    'Dang uy xa Ngoc Duong'
    """
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text)).replace("đ", "d").replace("Đ", "D")
    if _RARE_MARKS.search(bare):
        bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", bare)


_TONE_RANK = {mark: rank for rank, mark in enumerate(_TONES.values()) if mark}
_LETTER_RANK = {letter: rank for rank, letter in enumerate(_ALPHABET)}
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+")


def collation_key(text: str) -> CollationKey:
    """A key that sorts as a Vietnamese dictionary does: word by word, letters first, then tones; numbers by value.

    >>> sorted(["Đông", "Dũng", "Ấp 10", "Ấp 2", "An", "Ân"], key=collation_key)
    ['An', 'Ân', 'Ấp 2', 'Ấp 10', 'Dũng', 'Đông']
    >>> sorted("mạ má mã mả mà ma".split(), key=collation_key)
    ['ma', 'mà', 'mả', 'mã', 'má', 'mạ']
    """
    words = _TOKEN.findall(unicodedata.normalize("NFC", text).lower())
    return tuple(_word_key(word) for word in words), text


def _word_key(word: str) -> tuple[int, int, str, tuple[int, ...], int]:
    if word.isascii() and word.isdigit():
        digits = word.lstrip("0")
        return 0, len(digits), digits, (), 0
    tone, letters = 0, []
    for letter in word:
        plain = letter
        if letter not in _LETTER_RANK:
            decomposed = unicodedata.normalize("NFD", letter)
            tone = next((_TONE_RANK[mark] for mark in decomposed if mark in _TONE_RANK), tone)
            plain = unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in _TONE_RANK))
        letters.append(_LETTER_RANK.get(plain, len(_ALPHABET) + ord(plain[0]) if plain else 0))
    return 1, 0, "", tuple(letters), tone


# Each letter with the ends it may have; "-" is the syllable that ends in the vowel.
_RHYMES = """
a - c ch i m n ng nh o p t u y | ă c m n ng p t | â c m n ng p t u y | e - c m n ng o p t | ê - c ch m n ng nh p t u
i - a ch m n nh p t u | iê c m n ng p t u | o - c i m n ng p t | oo c n ng | ô - c i m n ng p t | ơ - i m n p t
u - a c i m n ng p t | uô c i m n ng t | ư - a c i m n ng t u | ươ c i m n ng p t u | y - | yê m n ng t u
oa - c ch i m n ng nh o p t y | oă c m n ng t | oe - c m n o t | uâ c n ng t y | uê - ch n nh | uơ - n
uy - a ch n nh p t u | uyê n t
"""
_STOPS = ("c", "ch", "p", "t")
_STOP_TONES = (_TONES["sắc"], _TONES["nặng"])
_FRONT = tuple("eêi")
_IN_NAMES = frozenset("kạn kon đắk đăk lắk lăk".split())  # of provinces; spelled as no other word is


def _tone_places(vowels: str, coda: str) -> tuple[int, ...]:
    """Which letters of the rhyme may carry the tone: "hòa" and "hoà", "hoàng" and the common slip "hòang"."""
    marked = [place for place, letter in enumerate(vowels) if letter in "ăâêôơư"]
    if marked:
        return (marked[-1],)
    return (0, 1) if vowels in ("oa", "oe", "uy", "oo") else (0,)


def _toned_rhymes() -> dict[str, str]:
    """Every rhyme with every tone it can have, by the rhyme without the tone."""
    rhymes = {}
    for vowels, *codas in (row.split() for row in _RHYMES.replace("\n", "|").split("|") if row.strip()):
        for coda in (coda.strip("-") for coda in codas):
            for tone in _STOP_TONES if coda in _STOPS else _TONES.values():
                for place in _tone_places(vowels, coda):
                    letters = [*vowels]
                    letters[place] = _toned(letters[place], tone)
                    rhymes["".join(letters) + coda] = vowels + coda
    return rhymes


def _joins(onset: str, rhyme: str) -> bool:
    """Whether the spelling lets this onset stand before this rhyme (without its tone)."""
    if onset in ("k", "gh", "ngh"):
        return rhyme.startswith(_FRONT) or (onset == "k" and rhyme == "y")
    if onset in ("c", "g", "ng"):
        # "gì" and "giếng" are written with a single i.
        return not rhyme.startswith((*_FRONT, "y")) or (onset == "g" and rhyme.startswith("i"))
    if onset == "gi":
        return not rhyme.startswith(("i", "y"))
    if onset == "q":
        return rhyme.startswith("uy")
    if onset == "":
        return not rhyme.startswith("iê")
    return not rhyme.startswith("yê")


@cache
def _syllables() -> frozenset[str]:
    rhymes = _toned_rhymes()
    onsets = [*_ONSETS, "c", "q", ""]
    plain = {onset + toned for toned, rhyme in rhymes.items() for onset in onsets if _joins(onset, rhyme)}
    # After "qu" the rhyme begins anew: "quả", "quyết", "quốc", "quít"; "qủa" is a common slip.
    after_q = {"qu" + toned for toned, rhyme in rhymes.items() if rhyme[0] in "aăâeêiôơy"}
    return frozenset(plain | after_q | {"q" + slip for slip in _PAIRS["q"]} | _IN_NAMES)


def is_syllable(word: str) -> bool:
    """Whether ``word`` can be one Vietnamese syllable: onset, rhyme and tone go together, whatever it means.

    >>> [word for word in "Đảng uỷ thủy gì quyết trong tộc tòc kông Krông đ".split() if is_syllable(word)]
    ['Đảng', 'uỷ', 'thủy', 'gì', 'quyết', 'trong', 'tộc']
    """
    return word.lower() in _syllables()
