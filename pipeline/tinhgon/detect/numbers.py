"""Numbers: digits with Vietnamese separators, words, ratios, percents, ranges, money, and how sure they are meant.

``label``: count · ratio · percent · range · percent_range · money · zero · half. ``data`` holds ``value`` and, where
told, ``total``, ``value_max``, ``modifier``, ``per``, ``all`` ("cả 6 xã"), ``word`` (written in letters).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from tinhgon.detect.anchors import anchored
from tinhgon.detect.spans import Taken
from tinhgon.detect.text import View
from tinhgon.records import Mention

# What has more digits is a serial number, or an attack, and no count of anything.
DIGITS = r"\d{1,3}(?:\.\d{3}){1,5}(?:,\d{1,9})?|\d{1,15}(?:,\d{1,9})?"
_UNITS = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9,
}  # fmt: skip
_NUMERALS = (
    "một", "mốt", "hai", "ba", "bốn", "tư", "năm", "lăm", "nhăm", "sáu", "bảy", "bẩy", "tám", "chín", "mười", "mươi", "chục",
    "trăm", "nghìn", "ngàn", "linh", "lẻ",
)  # fmt: skip
_WORD = rf"(?:{'|'.join(_NUMERALS)})"
_SCALE = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_N = rf"(?:{DIGITS})"
_NOUN_GAP = r"(?: (?!(?:trong|trên|so|còn|xuống|năm|đã|là)\b)[\p{L},]+){0,7}?"

_MONEY = anchored(
    rf"(?<![\w.,/])(?P<n>{_N})(?: ?(?:-|đến) ?(?P<max>{_N}))? ?(?P<u>nghìn|ngàn|triệu|tỷ|tỉ)(?: (?P<n2>{_N}) ?(?P<u2>triệu|nghìn))? ?(?P<d>đồng|vnđ|vnd|đ\b)",
    digits=True,
)
_PERCENT = anchored(
    rf"(?<![\w.,/])(?P<n>\d+[.,]\d{{1,2}}|{_N})(?: ?%)?(?: ?(?:-|–) ?| đến | tới )(?P<max>\d+[.,]\d{{1,2}}|{_N}) ?(?:%|phần trăm)"
    rf"|(?<![\w.,/])(?P<n>\d+[.,]\d{{1,2}}|{_N}) ?(?:%|phần trăm)",
    digits=True,
)
_RATIO = anchored(
    rf"(?<![\w.,/])(?<!/ )(?P<n>{_N}) ?/ ?(?P<t>{_N})(?![\w/]|[.,]\d| / ?\d)"
    rf"|(?<![\w.,/])(?P<n>{_N}|{_WORD}){_NOUN_GAP} \(?(?:trong|trên)(?: tổng)?(?: số)? (?P<t>{_N}|{_WORD}(?= (?:huyện|xã|thôn|ấp|phường|tỉnh|sở|phòng|đơn vị|người|đồng chí)))(?![\w/%]|[.,]\d| ?%| (?:tuổi|năm|km|ha|m2))",
    *_NUMERALS,
    digits=True,
)
_RANGE = anchored(
    rf"(?<![\w.,/])(?P<n>{_N})(?: ?- ?| đến | tới )(?P<max>{_N})(?![\w/%]|[.,]\d| ?%)",
    digits=True,
)
_COUNT = anchored(
    rf"(?<![\w.,/]|(?:tháng|ngày|quý|khóa|thứ|nghị quyết|nghị định|kết luận) )(?P<n>{_N})(?![\w/]|[.,]\d)",
    digits=True,
)
_WORDS = anchored(
    rf"(?<![\w/]|(?:hàng|vài|mấy|đôi|dăm) )(?P<w>{_WORD}(?: {_WORD})*)(?!\w| (?:số|vài|phần|trong|cách|lần|chút|loạt|mặt|khi|mình|nửa))",
    *_NUMERALS,
)
_HALF = anchored(
    r"(?<!\w)(?:một nửa|phân nửa|nửa số)(?!\w)",
    "một nửa",
    "phân nửa",
    "nửa số",
)
_FRACTION = anchored(
    r"(?<!\w)(?P<n>một|hai|ba|bốn|chín|bảy) phần (?P<d>tư|năm|mười)(?!\w)",
    "một phần",
    "hai phần",
    "ba phần",
    "bốn phần",
    "chín phần",
    "bảy phần",
)
_ZERO = anchored(
    r"(?<!\w)(?P<neg>chưa|không|chẳng)(?P<verb>(?: (?!không|chưa)\p{L}+){0,4}?) (?P<noun>(?:đơn vị (?:hành chính )?cấp (?:xã|quận,? huyện|huyện)|đơn vị|trường hợp|tổ dân phố|khu phố|khu dân cư|thị trấn|thôn|ấp|bản|làng|buôn|xóm|khóm|tiểu khu|khu|xã|phường|huyện|nơi|địa phương|tỉnh|đồng chí|biên chế|người|cơ quan|phòng)(?:, (?:phường|thị trấn|khu phố|bản|tổ dân phố|thành phố|xã|buôn|ấp|làng|khối|khóm))*)(?P<nao> nào)?(?!\w)",
    "chưa",
    "không",
    "chẳng",
)

# a line of a list: "Buôn Đôn: không giảm"
_NO_DROP = anchored(
    r"(?<=: )không giảm(?=[.,;]|\n|$)",
    "không giảm",
)

FORMS = (_MONEY, _PERCENT, _RATIO, _RANGE, _COUNT, _WORDS, _HALF, _FRACTION, _ZERO, _NO_DROP)

_LEFT_MODIFIERS: tuple[tuple[str, regex.Pattern[str]], ...] = tuple(
    (name, regex.compile(rf"(?<!\w)(?:{words})(?: (?:có|được|là|tới|đến|khoảng|số|lên|từ))?\s*$", regex.VERSION1))
    for name, words in (
        ("over", r"ít nhất|tối thiểu|không dưới|không ít hơn|hơn|trên|quá|vượt mốc|vượt|lên trên|không thấp hơn"),
        ("under", r"gần|dưới|chưa đến|chưa tới|chưa đầy|ngót|không quá|tối đa|suýt|nhiều nhất"),
        ("about", r"khoảng|chừng|độ|ước tính|ước đạt|ước|xấp xỉ|tầm|trung bình khoảng|trên dưới|cỡ"),
    )
)
_RIGHT_OVER = regex.compile(r"^(?: (?!còn|đến|giảm)[\p{L},%]+){0,8}? trở lên", regex.VERSION1)
_PER = regex.compile(
    r"^ ?(?:/|mỗi |một |hằng |hàng )(?P<p>năm|tháng|quý|người|hộ|ngày|sào|con|m2|lượt|tấn|đồng chí)", regex.VERSION1
)
_PER_LEFT = regex.compile(r"(?:mỗi|một|hằng|hàng|bình quân(?: mỗi)?) (?P<p>năm|tháng)[^.;]{0,45}$", regex.VERSION1)
_PER_EVERY = regex.compile(r"(?:mỗi|hằng|hàng|bình quân mỗi) (?P<p>năm|tháng)[^.;]{0,45}$", regex.VERSION1)
_ALL_LEFT = regex.compile(r"(?<!\w)(?:cả|tất cả|toàn bộ|đủ)(?: cả)?\s*$", regex.VERSION1)


_POINT_DECIMAL = regex.compile(r"\d+\.\d{1,2}")
_ONE_OF = regex.compile(r"một trong(?: số)? \d")


def parse_digits(text: str) -> float:
    """The value of a number in Vietnamese digits: "." groups thousands, "," is the decimal mark.

    >>> parse_digits("1.017"), parse_digits("47,6"), parse_digits("08")
    (1017, 47.6, 8)
    """
    plain = text.replace(".", "").replace(",", ".")
    return float(plain) if "." in plain else int(plain)


def parse_percent(text: str) -> float:
    """Like parse_digits, but "40.9" before a percent sign is a decimal."""
    if _POINT_DECIMAL.fullmatch(text):
        return float(text)
    return parse_digits(text)


def parse_words(words: str) -> int | None:
    """The value of a number in words, None where the words make no number.

    >>> parse_words("hai mươi sáu"), parse_words("mười bốn"), parse_words("ba chục"), parse_words("một trăm linh năm")
    (26, 14, 30, 105)
    >>> parse_words("năm ba") is None
    True
    """
    total, current = 0, None
    for word in words.split():
        if word in ("linh", "lẻ"):
            current = None
        elif word in ("nghìn", "ngàn", "trăm"):
            total = (total + (current or 0)) * 1000 if word != "trăm" else total + (current or 1) * 100
            current = None
        elif word == "mười":
            if current is not None:
                return None
            total, current = total + 10, None
        elif word in ("mươi", "chục"):
            if current is None:
                return None
            total, current = total + current * 10, None
        else:
            if current is not None:
                return None
            current = _UNITS[word]
    return total + (current or 0) or None


def modifier_at(low: str, start: int, end: int) -> str:
    """How the text qualifies the number between the offsets: exact, about, over or under."""
    left = low[max(0, start - 30) : start]
    for name, expression in _LEFT_MODIFIERS:
        if expression.search(left):
            return name
    return "over" if _RIGHT_OVER.match(low[end : end + 60]) else "exact"


def _is_name_or_year(view: View, start: int, end: int) -> bool:
    """Whether a number word is part of a name ("Ba Tri", "ông Tám") or the year of "mỗi năm"."""
    if view.low[start:end] == "năm" and _EVERY.search(view.low, max(0, start - 8), start):
        return True
    if not view.text[start].isupper():
        return False
    opens = start == 0 or _OPENS.search(view.text, max(0, start - 4), start) is not None
    return not opens or bool(_NAME_GOES_ON.match(view.text, end))


_EVERY = regex.compile(r"(?:mỗi|hằng|hàng|từng) $")
_OPENS = regex.compile(r"(?:[.:;!?…\n–\-\"“(•+*]\s?)$")
_NAME_GOES_ON = regex.compile(r" \p{Lu}\p{Ll}+")


def numbers(view: View, taken: Iterable[tuple[int, int]]) -> Iterator[Mention]:
    """Every number outside the ``taken`` spans (dates, symbols, numbered names), in text order."""
    low, found = view.low, []
    busy = Taken(len(low), taken)

    def add(match: regex.Match[str], label: str, **data: object) -> None:
        start, end = match.span()
        if busy.touches(start, end):
            return
        busy.add(start, end)
        data.setdefault("modifier", modifier_at(low, start, end))
        found.append(view.mention(start, end, "numbers", label, f"number.{label}", **data))

    for m in view.find(_MONEY):
        amount = parse_digits(m["n"]) * _SCALE[m["u"]] + (parse_digits(m["n2"]) * _SCALE[m["u2"]] if m["n2"] else 0)
        per = _PER.match(low[m.end() : m.end() + 20]) or _PER_LEFT.search(low[max(0, m.start() - 60) : m.start()])
        top = parse_digits(m["max"]) * _SCALE[m["u"]] if m["max"] else None
        add(m, "money", value=round(amount), value_max=top and round(top), per=per["p"] if per else None)
    for m in view.find(_PERCENT):
        top = parse_percent(m["max"]) if m["max"] else None
        add(m, "percent", value=parse_percent(m["n"]), value_max=top)
    for m in view.find(_RATIO):
        first = parse_digits(m["n"]) if m["n"][0].isdigit() else parse_words(m["n"])
        total = parse_digits(m["t"]) if m["t"][0].isdigit() else parse_words(m["t"])
        if _ONE_OF.match(m[0]):
            continue  # "một trong 31 cán bộ được luân chuyển": thirty-one of them
        if first is not None and isinstance(total, int) and first <= total:
            add(m, "ratio", value=first, total=total, noun_start=m.end("n"))
    for m in view.find(_RANGE):
        first, top = parse_digits(m["n"]), parse_digits(m["max"])
        if first < top and not low.endswith("tăng từ ", 0, m.start()):
            add(m, "range", value=first, value_max=top)
    for m in view.find(_COUNT):
        per = _PER.match(low[m.end() : m.end() + 20]) or _PER_EVERY.search(low[max(0, m.start() - 60) : m.start()])
        add(
            m,
            "count",
            value=parse_digits(m["n"]),
            per=per["p"] if per else None,
            all=bool(_ALL_LEFT.search(low[max(0, m.start() - 12) : m.start()])),
        )
    for m in view.find(_HALF):
        add(m, "half", value=50)
    for m in view.find(_FRACTION):
        add(m, "half", value=100 * _UNITS[m["n"]] / {"tư": 4, "năm": 5, "mười": 10}[m["d"]])
    for m in view.find(_ZERO):
        if m["nao"] or (m["neg"] == "chưa" and " có" in m["verb"] + " " and m["noun"] == "trường hợp"):
            add(m, "zero", value=0, modifier="exact", noun_start=m.start("noun"), noun=m["noun"])
    for m in view.find(_NO_DROP):
        add(m, "zero", value=0, modifier="exact", noun=None)
    for m in view.find(_WORDS):
        value = parse_words(m["w"])
        if value is not None and not _is_name_or_year(view, m.start(), m.end()):
            everything = bool(_ALL_LEFT.search(low[max(0, m.start() - 12) : m.start()]))
            add(m, "count", value=value, word=True, all=everything)
    yield from sorted(found, key=lambda n: n.start)
