"""What character recognition gets wrong in Vietnamese: letters within numbers, and syllables split by a space.

A number changed wrongly is worse than ten that stay misread, so what has two readings stays.
"""

from __future__ import annotations

import re

from tinhgon.vietnamese import is_syllable

_DIGITS = str.maketrans("lI|Oo", "11100")
_NUMBER_TRACE = re.compile(r"[0-9][.,]?[lI|Oo]|[lO|oI][.,]?[0-9]")
# By itself or beside the slash of a date or of a document's number.
_NUMBER = re.compile(
    r"(?<![\w|@=+\-.,:'’])(?=[^\s0-9]{0,4}[0-9])[0-9lIOo|]+(?:[.,][0-9lIOo|]+)*(?![\w|@=+\-'’°]|[.,:][\w|])"
)
_COUNTS_SOMETHING = re.compile(r"\s[a-zà-ỹ]|%|/[0-9]")
_SHAPE = re.compile(r"[0-9]{1,4}|[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]+,[0-9]+")
# "2O2" is two of ozone's kin, "1l5" a litre and a half, "10o30" degrees, "5l" litres, "I.5" a numbered heading.
_TWO_READINGS = re.compile(r"[0-9]+O[23]|[0-9]{1,2}[lI][0-9]|.*[0-9]o.*|[I|o].*|.*[lIo|]|(?:[0-9]|[.,])*\|.*|O[^,].*")
_YEAR = re.compile(r"[12][oO][0-9lIOo]{2}")
_ADDRESS = re.compile(r"\S*(?:://|www\.)\S*$")
_SHORT = 3

_ONSETS = "ngh ng nh ch gh kh ph th tr qu b c d đ g h k l m n p r s t v x".split()
_CONSONANTS = "bcdđghklmnpqrstvx"
_WRITTEN_ONSETS = "|".join([*(onset.title() for onset in _ONSETS if len(onset) > 1), *_ONSETS])
_SPLIT_TRACE = re.compile(rf"(?:^|[\s(\"“])(?:{_WRITTEN_ONSETS})(?![\w)/.])")
_HEAD_AND_REST = re.compile(rf"(?<![^\s(\"“])(?P<head>{_WRITTEN_ONSETS}) (?P<rest>[^\W\d_]+)(?![\w/])")
_REST_AND_CODA = re.compile(
    r"(?<![\w/])(?P<rest>[^\W\d_]+) (?P<coda>ng|nh|ch|[cmnpt])(?![\w)/'’²³-]|\.\w)(?=(?: (?P<next>[^\W\d_]+))?)"
)
_VOWELS_APART = re.compile(
    rf"(?<![\w/])(?P<head>[^\W\d_]{{1,4}}[iouyươ]) (?P<rest>[^\W\d_{_CONSONANTS}A-ZĐ][^\W\d_]*)(?![\w/])"
)
_WORD_BEFORE = re.compile(r"(\S+) $")
# After these a letter by itself is the name of a paragraph, a group or a quantity.
_NAMED_BY_LETTER = frozenset(
    "điểm khoản mục tiết phần nhóm lớp khu tổ loại hạng hình bảng vitamin đội số và hoặc hay ký từ chữ".split()
)
# Words that begin with a vowel: "5.000 đ ủng hộ" and "bà t ở nhà" are whole.
_WORDS_BY_THEMSELVES = frozenset(
    """
    ông ở an ảnh án anh ý yêu uỷ ủy em ứng áp ăn ương y ít yếu ai a ấy ô yên ủng á ấn âm ánh ổn ưu ước ích âu áo un in
    uống uy e ép ẩn ơn ôm ống yến úc ấm i u ám ung ân ồn ổ eo im ái yết ảo ấp ốc ẩm ào ác ôn uý ức ê o ong ứ oan út ập
    uyên ưa ốm ồ ẩu ơi ách ạt ủi ấu ưng ả ớt ầm à ủ yểm ư ươm ao úng oai ia uất ướt uốn ế úp áng ơ êm óc ạ oi ì ùa ốt
    ướp oà òa ĩ ăng oán um ụ ỉ uyển ạch én át ôi ỷ ắp ếch au ừ ém uẩn uổng ổi ắt èo uột ứa úa ẹo ùm ẵm ầu oằn
    """.split()
)
# The commonest of them, before which people write "kh" or "ng" for a whole word.
_COMMON_WORDS = frozenset("ông anh em ai ăn ở ấy ạ ơi yêu ý ít uống áp an ảnh á à ơ ừ ơn ô ôm".split())
# Words that end in a vowel, after which people write "ng" for a whole word: "có ng nói".
_OPEN_WORDS = frozenset(
    """
    và có cho là đã để khi về bị từ bộ nhà ra đó sẽ vụ sự thể số gia chỉ chủ như xe do đề dự qua tra thị xã đi tư khu
    thủ quy tế thì giá tổ bà vì hà thu cả mà tự bố hệ chế hoá họ quả phó vi độ tuy sĩ phủ vũ quá cô thứ hộ trẻ chi giữ
    hoà kế chí cổ tử trả trí thư phí phụ cá khí bỏ rõ nữ vệ khó cố ba cử đô cứ ta khoa toà gì đủ hoa kể đà phú hạ cụ so
    bé hỗ mẹ đa giả mô lệ nghỉ nhỏ ghi bổ nó a trò đá nguy lo đồ ca đổ nổ ma thử ở trú xa nghề khá thuê nghĩ tỏ chú chỗ
    trụ sứ tù dễ cha quê chứ tô sa cũ kẻ đỏ lũ ghế gỗ ngủ tú nha lá vẻ bò mộ mỏ mổ già nề bó hồ phố hố lỗ dù
    """.split()
)


def mend_scan(text: str) -> str:
    """``text`` with numbers of digits and syllables in one piece, where there is no doubt what was printed.

    >>> mend_scan("tổ ch ức đ ảng của 1O xã, năm 2Ol9, l.O17 đ ảng viên")
    'tổ chức đảng của 10 xã, năm 2019, 1.017 đảng viên'
    >>> mend_scan("10l K2O 18-NQ/TW 5.000 đ ủng hộ c) ở điểm b")
    '10l K2O 18-NQ/TW 5.000 đ ủng hộ c) ở điểm b'
    """
    if _NUMBER_TRACE.search(text):
        text = _NUMBER.sub(_mend_number, text)
    if _SPLIT_TRACE.search(text):
        # The end of a syllable first: "ph ươ ng" is "ph ương" before it is whole.
        joined = _HEAD_AND_REST.sub(_join_head, _REST_AND_CODA.sub(_join_coda, text))
        return joined if joined == text else _VOWELS_APART.sub(_join_vowels, joined)
    return text


def _join_vowels(match: re.Match[str]) -> str:
    """Joins "hi ện" in a text that was seen to be split elsewhere: the second part is no word by itself."""
    head, rest = match["head"], match["rest"]
    is_split = rest not in _WORDS_BY_THEMSELVES and is_syllable(head + rest)
    return head + rest if is_split else match[0]


def _mend_number(match: re.Match[str]) -> str:
    written = match[0]
    number = written.translate(_DIGITS)
    if not _SHAPE.fullmatch(number) or (_TWO_READINGS.fullmatch(written) and not _YEAR.fullmatch(written)):
        return written
    if _ADDRESS.search(match.string[max(0, match.start() - 200) : match.start()]):
        return written
    # A short one that begins with a letter may be a name, unless it counts something.
    is_name = len(written) <= _SHORT and not written[0].isdigit()
    return written if is_name and not _COUNTS_SOMETHING.match(match.string, match.end()) else number


def _join_head(match: re.Match[str]) -> str:
    head, rest = match["head"], match["rest"]
    before = _WORD_BEFORE.search(match.string[max(0, match.start() - 20) : match.start()])
    word_before = before[1].lower() if before else ""
    is_letter = len(head) == 1
    words = _WORDS_BY_THEMSELVES if is_letter or word_before[-1:].isdigit() else _COMMON_WORDS
    is_word = rest in words or (rest[0] in _CONSONANTS and is_syllable(rest))
    if not rest.islower() or is_word or not is_syllable(head + rest):
        return match[0]
    is_name = is_letter and (word_before in _NAMED_BY_LETTER or len(word_before.rstrip(",;")) == 1)
    return match[0] if is_name or _takes_coda(word_before, head) else head + rest


def _join_coda(match: re.Match[str]) -> str:
    rest, coda, following = match["rest"], match["coda"], match["next"] or ""
    if not _takes_coda(rest, coda) or (following and is_syllable(coda + following)):
        return match[0]
    return rest + coda


def _takes_coda(rest: str, coda: str) -> bool:
    """Whether ``rest`` and ``coda`` are a word in two pieces; a single letter needs a rest that can be no word."""
    if rest.isupper() or rest.lower() in _OPEN_WORDS or not is_syllable(rest + coda):
        return False
    return len(coda) > 1 or not is_syllable(rest)
