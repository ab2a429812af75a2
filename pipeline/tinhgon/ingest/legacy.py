"""Text from before Unicode: which of the old Vietnamese encodings it is in, and what it says.

Any bytes can be read in all of them; the right one is where the words become Vietnamese syllables.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tinhgon.ingest.code_tables import READERS, VISCII_CONTROLS, as_windows, viqr_words, western
from tinhgon.vietnamese import is_syllable

# Letters that no single-byte Western text has and that every Vietnamese sentence has.
_OURS = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")
_OURS_SHARE = 0.02
_GLANCE, _SAMPLE = 600, 2000  # letters of each of three slices
_MARKUP = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_MARKUP_REACH = 100_000
_CONTROLS = frozenset(map(chr, range(0x20))) - frozenset("\t\n\v\f\r\x1a\x1b")

_PIECE = re.compile(r"[^\s\x00-@\[-`{-\xa0\u2000-\u206f]+")
_SIGNS = "®™©°²³¹§¶·ªº«»¿¡€£¥¢"
_WESTERN_WORD = re.compile("[A-ZÀ-ÖØ-Þa-zß-öø-ÿŒŠŽŸœšž][a-zß-öø-ÿœšž]*|[A-ZÀ-ÖØ-ÞŒŠŽŸ]+")

_SHARE = 0.6  # of the marked words must be syllables
_VIQR_SHARE = 0.2  # of all words must be marked: in VIQR every second one is
_RARE = 0.1  # of the different words: "m²" alone in an English text is "mỗ" in VISCII
_SURE = 0.5
_HARDLY_SURE = 0.15  # too little to touch what someone took for finished text
_WESTERN_SHARE = 0.7
_ACCENTS = 0.3  # of the letters; Western languages have far fewer, Cyrillic read as Western has more
_FEW = 2


@dataclass(frozen=True, slots=True)
class Recoded:
    """Text read anew.

    ``sure``: of the different words that bear marks, the part that became syllables, less the part that did not,
    less the same for the next best reading; for Western text the part of all words that look it.
    """

    text: str
    encoding: str
    sure: float


@dataclass(frozen=True, slots=True)
class _Reading:
    encoding: str
    sample: str
    good: int  # different words with marks that are syllables
    marked: int  # different words with marks

    @property
    def gain(self) -> int:
        """The syllables less what is none."""
        return 2 * self.good - self.marked

    @property
    def is_vietnamese(self) -> bool:
        return self.good > 0 and self.good >= _SHARE * self.marked


def decode_legacy(raw: bytes) -> Recoded | None:
    """The text of bytes that are neither UTF-8 nor UTF-16, in the encoding that makes most of them words.

    >>> decode_legacy(bytes.fromhex("a7b66e672075fb2078b7"))
    Recoded(text='Đảng uỷ xã', encoding='tcvn3', sure=0.75)
    >>> decode_legacy(b"caf\\xe9 cr\\xe8me").text, decode_legacy(bytes(range(32)))
    ('café crème', None)
    """
    text = western(raw)
    sample = _sample(_MARKUP.sub(" ", text[:_MARKUP_REACH]) if "<" in text else text, _SAMPLE)
    if not sample or any(letter in _CONTROLS - VISCII_CONTROLS for letter in sample):
        return None
    plain = _read_plain(sample, "cp1252")
    best, sure = _best(plain)
    if best is not plain and _is_believable(best, sure, plain):
        return Recoded(READERS[best.encoding](text), best.encoding, sure)
    share = _western_share(sample, best)
    return Recoded(text, "cp1252", share) if share and _looks_western(sample) else None


def respell(text: str) -> Recoded | None:
    """``text`` whose letters are those of old Vietnamese fonts, or VIQR, in Unicode; None where it is fine as it is.

    >>> respell("®¶ng uû x· T©n Phó"), respell("Đảng uỷ xã Tân Phú")
    (Recoded(text='đảng uỷ xã Tân Phú', encoding='tcvn3', sure=0.667), None)
    """
    glance = _sample(text, _GLANCE)
    enough = _OURS_SHARE * len(glance)
    # Most texts show at their beginning that nothing is wrong.
    if len(_OURS.findall(glance, 0, _GLANCE // 4)) > enough or len(_OURS.findall(glance)) > enough:
        return None
    text = as_windows(text)
    plain = _read_plain(_sample(text, _SAMPLE), "")
    best, sure = _best(plain)
    if best is plain or sure < _HARDLY_SURE or not _is_believable(best, sure, plain):
        return None
    return Recoded(READERS[best.encoding](text), best.encoding, sure)


def _is_believable(best: _Reading, sure: float, plain: _Reading) -> bool:
    """Whether it is rather Vietnamese than Western."""
    is_rare = best.good < _RARE * len(set(_PIECE.findall(best.sample)))
    if not best.is_vietnamese or not sure or is_rare:
        return False
    return sure >= _SURE or not _looks_western(plain.sample) or sure >= _western_share(plain.sample, best)


def _sample(text: str, size: int) -> str:
    """The beginning, the middle and the end."""
    if len(text) <= 3 * size:
        return text
    middle = len(text) // 2
    return f"{text[:size]} {text[middle : middle + size]} {text[-size:]}"


def _best(plain: _Reading) -> tuple[_Reading, float]:
    """The reading that makes most of its words syllables, and its lead over the next one that reads differently."""
    encodings = ["viqr"] if plain.sample.isascii() else [*READERS]
    readings = [plain, *(_read(plain.sample, encoding) for encoding in encodings)]
    best = max(readings, key=lambda reading: reading.gain)
    if best.sample == plain.sample:
        return plain, 0.0
    rival = max(reading.gain for reading in readings if reading.sample != best.sample)
    return best, max(0.0, round((best.gain - max(0, rival)) / (best.marked + 1), 3))


def _read(sample: str, encoding: str) -> _Reading:
    text = READERS[encoding](sample)
    if encoding != "viqr":
        return _read_plain(text, encoding)
    words = viqr_words(sample)
    rare = sum(words) < _VIQR_SHARE * len(_PIECE.findall(text))
    return _Reading(encoding, text, 0 if rare else sum(words), len(words))


def _read_plain(sample: str, encoding: str) -> _Reading:
    # One letter tells nothing: a dash of Windows is "Ờ" in VISCII.
    marked = {piece for piece in _PIECE.findall(sample) if not piece.isascii() and len(piece.strip(_SIGNS)) > 1}
    good = sum(is_syllable(piece) and (piece.islower() or piece.istitle() or piece.isupper()) for piece in marked)
    return _Reading(encoding, sample, good, len(marked))


def _looks_western(sample: str) -> bool:
    """French, German or English: words of letters, few accents among them, no capitals or signs within words."""
    pieces = _western_pieces(sample)
    marked = [piece for piece in pieces if not piece.isascii()]
    letters = "".join(pieces)
    accents = sum(not letter.isascii() for letter in letters)
    return (
        len(letters) > len(sample) // 3
        and VISCII_CONTROLS.isdisjoint(sample)
        and accents <= _ACCENTS * len(letters) + _FEW
        and sum(map(_is_western, marked)) >= _WESTERN_SHARE * len(marked)
    )


def _western_share(sample: str, rival: _Reading) -> float:
    pieces = _western_pieces(sample)
    good = sum(map(_is_western, pieces)) - (0 if rival.sample == sample else rival.good)
    return max(0.0, round(good / (len(pieces) + 1), 3))


def _western_pieces(sample: str) -> list[str]:
    return [bare for piece in _PIECE.findall(sample) if (bare := piece.strip(_SIGNS))]


def _is_western(piece: str) -> bool:
    return piece.isascii() or _WESTERN_WORD.fullmatch(piece) is not None
