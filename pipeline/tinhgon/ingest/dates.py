"""Dates as Vietnamese papers and offices print them above or below a text.

``parse_date`` reads a date line; ``is_date_line`` tells whether a line is nothing but one. Dates within running
text are not their business. There is no clock: a date without its year is no date.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

# Older texts than the national script's press, or dates centuries ahead, are slips of the pen.
_YEARS = range(1945, 2100)
_LOCAL = timezone(timedelta(hours=7))

_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_DIGITS = re.compile(r"(?<![\d/.-])(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{4})(?![\d/-])")
_WORDS = re.compile(
    r"(?:ngày|mùng|mồng)?\s*(?<!\d)(\d{1,2})\s+tháng\s+(\d{1,2})\s*(?:,\s*)?năm\s+(\d{4})(?!\d)", re.IGNORECASE
)
_DAY_WORDS = re.compile(r"(?<!\d)(\d{1,2})\s+tháng\s+(\d{1,2}),\s+(\d{4})(?!\d)", re.IGNORECASE)
_TIMESTAMP = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?\s*(Z|[+-]\d{2}:?\d{2})?$"
)
_IN_URL = (
    re.compile(r"/(20\d{2})[/-](\d{1,2})[/-](\d{1,2})(?=[/-])"),
    re.compile(r"(?<!\d)(20\d{2})(\d{2})(\d{2})(?:\d{4,11})?(?!\d)"),
)
_MONTH_IN_URL = re.compile(r"/(20\d{2})/?(\d{2})/")

# What may stand on a date line besides the date; whatever else is left makes it a sentence.
_COMPANY = re.compile(
    r"\b(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|thứ[2-7]|chủ\s?nhật|"
    r"cập\s+nhật(?:\s+(?:lúc|ngày|lần\s+cuối))?|ngày\s+(?:đăng|cập\s+nhật|xuất\s+bản|tạo|gửi|viết|giờ)|"
    r"đăng\s+(?:lúc|ngày)|xuất\s+bản(?:\s+lúc)?|đăng|lúc|ngày|hồi|vào|giờ|phút|sáng|chiều|tối|trưa|sa|ch|am|pm|"
    r"(?:lượt\s+xem|đã\s+xem|xem|số\s+lượt(?:\s+xem)?)\s*:?\s*[\d.,]*|[\d.,]+\s+(?:lượt\s+xem|lượt\s+đọc)|"
    r"gmt\s*\+?\s*\d{0,2}(?::\d\d)?|utc\s*\+?\s*\d{0,2}|\+07(?::?00)?)(?!\w)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<![\d:])\d{1,2}\s?(?::|h|g|giờ)\s?(?:\d{1,2}(?::\d{2})?)?\s?(?:'|’|phút\b)?(?!\d)", re.IGNORECASE
)
_MARKS = re.compile(r"[\s,.;:|()\[\]/•·–—*'\"-]+")
_PLACE = re.compile(r"^(?P<place>[^\W\d_][\w. '’-]{1,40}?)\s*,\s*(?:ngày|mùng|mồng)\b", re.IGNORECASE)
_LONGEST_LINE = 120
_LONGEST_BYLINE = 4


def parse_date(text: str) -> str | None:
    """The first whole date in ``text`` as ISO, or nothing; impossible days and months are no dates.

    >>> parse_date("Thứ ba, 24/05/2022"), parse_date("9:2' 24/9/2021"), parse_date("11/02/2019 - 06:49")
    ('2022-05-24', '2021-09-24', '2019-02-11')
    >>> parse_date("ngày 23-9-2021"), parse_date("Thứ Ba, 11.7.2023, 08:11"), parse_date("16:45, 18/12/2024")
    ('2021-09-23', '2023-07-11', '2024-12-18')
    >>> parse_date("Cập nhật, 06:20, Thứ Ba, 16/08/2022 (GMT+7)"), parse_date("Ngày đăng: 22/12/2020 16:48")
    ('2022-08-16', '2020-12-22')
    >>> parse_date("Tân Phú, ngày 5 tháng 3 năm 2020"), parse_date("2021-10-12T06:15:00")
    ('2020-03-05', '2021-10-12')
    >>> parse_date("31/02/2021"), parse_date("10/21 xã"), parse_date("ngày 22/12")
    (None, None, None)
    """
    found: list[tuple[int, str]] = []
    for pattern, order in ((_ISO, (1, 2, 3)), (_DIGITS, (4, 3, 1)), (_WORDS, (3, 2, 1)), (_DAY_WORDS, (3, 2, 1))):
        for match in pattern.finditer(text[: 10 * _LONGEST_LINE]):
            if (iso := _iso(*(match[group] for group in order))) is not None:
                found.append((match.start(), iso))
                break
    return min(found)[1] if found else None


def parse_timestamp(text: str) -> str | None:
    """The day of a machine-written time, in Vietnam's time where the zone is told.

    >>> parse_timestamp("2025-01-05T20:30:00Z"), parse_timestamp("2025-01-06T10:12:00+07:00")
    ('2025-01-06', '2025-01-06')
    """
    match = _TIMESTAMP.match(text.strip())
    if match is None or match[7] is None:
        return parse_date(text)
    try:
        moment = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError:
        return parse_date(text)
    return local_day(moment)


def local_day(moment: datetime) -> str | None:
    """The day of a moment in Vietnam; a moment without a zone is taken to be told in Vietnam's time.

    >>> local_day(datetime.fromisoformat("2025-01-05T20:30:00+00:00")), local_day(datetime(2025, 1, 5, 20, 30))
    ('2025-01-06', '2025-01-05')
    """
    try:
        day = (moment.astimezone(_LOCAL) if moment.tzinfo else moment).date()
    except OverflowError:
        return None
    return day.isoformat() if day.year in _YEARS else None


def date_in_url(url: str) -> str | None:
    """The day, or at least the month, that an address carries.

    >>> date_in_url("https://bao.example/chinh-tri/2021/10/12/sap-nhap-xa.html")
    '2021-10-12'
    >>> date_in_url("https://bao.example/xa-hoi/202501/ngay-dau-1030911/"), date_in_url("/a81220.html")
    ('2025-01', None)
    """
    for pattern in _IN_URL:
        for match in pattern.finditer(url):
            if (iso := _iso(match[1], match[2], match[3])) is not None:
                return iso
    month = _MONTH_IN_URL.search(url)
    return f"{month[1]}-{month[2]}" if month is not None and 1 <= int(month[2]) <= 12 else None


def is_date_line(line: str) -> bool:
    """Whether ``line`` says when (and at most where, or by whom) a text was issued, and nothing else.

    >>> is_date_line("Cập nhật: 11-03-2021 | 08:02:15"), is_date_line("Krông Nô, ngày 26 tháng 11 năm 2021")
    (True, True)
    >>> is_date_line("Ngày 22/10/2020, Huyện ủy tổ chức hội nghị sơ kết.")
    False
    """
    if len(line) > _LONGEST_LINE or parse_date(line) is None:
        return False
    rest = line
    if (placed := _PLACE.match(rest)) is not None and _WORDS.search(rest):
        rest = rest[placed.end("place") :]
    for pattern in (_ISO, _WORDS, _DAY_WORDS, _DIGITS):
        rest = pattern.sub(" ", rest)
    rest = re.sub(r"T(?=\d\d:\d\d)", " ", rest)
    rest = _COMPANY.sub(" ", _TIME.sub(" ", _COMPANY.sub(" ", rest)))
    words = _MARKS.sub(" ", rest).split()
    return (
        len(words) <= _LONGEST_BYLINE and all(word[0].isupper() for word in words) and not line.rstrip().endswith(":")
    )


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found.isoformat() if found.year in _YEARS else None
