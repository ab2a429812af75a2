"""The issuing body of an administrative document, from the lines above its number."""

from __future__ import annotations

import re

from tinhgon.vietnamese import match_form

_MOTTO = re.compile(r"cộng\s?[hòa]{2,3} xã hội|đảng cộng sản việt nam|độc lập\s*-\s*tự do|^\W*$", re.IGNORECASE)
# What is written small within a body's name; everything else is a proper name.
_PHRASES = {
    "ủy ban nhân dân": "UBND", "ubnd": "UBND", "hội đồng nhân dân": "HĐND", "hđnd": "HĐND",
    "ban chấp hành": "Ban Chấp hành", "ban thường vụ": "Ban Thường vụ", "đảng bộ": "Đảng bộ", "đảng ủy": "Đảng ủy",
    "tỉnh ủy": "Tỉnh ủy", "thành ủy": "Thành ủy", "huyện ủy": "Huyện ủy", "quận ủy": "Quận ủy", "thị ủy": "Thị ủy",
    "chi bộ": "Chi bộ", "ban tổ chức": "Ban Tổ chức", "ban tuyên giáo": "Ban Tuyên giáo", "ban dân vận": "Ban Dân vận",
    "ban nội chính": "Ban Nội chính", "ban xây dựng đảng": "Ban Xây dựng Đảng", "ủy ban kiểm tra": "Ủy ban Kiểm tra",
    "văn phòng": "Văn phòng", "sở nội vụ": "Sở Nội vụ", "phòng nội vụ": "Phòng Nội vụ", "bộ nội vụ": "Bộ Nội vụ",
    "ủy ban mặt trận tổ quốc": "Ủy ban MTTQ", "ủy ban mttq": "Ủy ban MTTQ", "việt nam": "Việt Nam",
    "chính phủ": "Chính phủ",
    "tỉnh": "tỉnh", "thành phố": "thành phố", "tp": "TP.", "huyện": "huyện", "quận": "quận", "thị xã": "thị xã",
    "thị trấn": "thị trấn", "xã": "xã", "phường": "phường", "đặc khu": "đặc khu", "và": "và",
}  # fmt: skip
_BODY = re.compile(
    r"^(?:ubnd|hđnd|ủy ban|hội đồng|tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy|đảng ủy|đảng bộ|ban|sở|phòng|bộ|"
    r"văn phòng|chi bộ)\b"
)
_PLACE = re.compile(r"^(?:tỉnh|thành phố|tp|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu)\b\.?\s+\S")
_COMMITTEE = re.compile(r"^((?:tỉnh|thành|huyện|quận|thị|đảng) ủy)\s+(\S.*)$")
_PROVINCE = re.compile(r"(?:^|\s)(?:tỉnh(?: ủy)?)\s+(\S.*)$")
_LONGEST = 100


def issuing_body(head: list[str]) -> str | None:
    """The body that issued the document, written as in running text; nothing where the head does not tell.

    >>> issuing_body(["ỦY BAN NHÂN DÂN", "HUYỆN KRÔNG NÔ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"])
    'UBND huyện Krông Nô'
    >>> issuing_body(["ĐẢNG BỘ TỈNH NAM ĐỊNH", "HUYỆN ỦY NGHĨA HƯNG", "*"])
    'Huyện ủy Nghĩa Hưng'
    >>> issuing_body(["HUYỆN ỦY TÂN PHÚ", "BAN TỔ CHỨC"])
    'Ban Tổ chức Huyện ủy Tân Phú'
    """
    lines = _body_lines(head)
    bodies = [line for line in lines if _BODY.match(line)]
    if not bodies:
        return None
    body = bodies[-1]
    if len(bodies) > 1 and _names_no_place(body):
        above = bodies[-2]
        body = f"{body} {above.removeprefix('ubnd ').removeprefix('ủy ban nhân dân ')}"
    elif _names_no_place(body):
        return None
    return _as_written(body)


def home_province(head: list[str]) -> str | None:
    """The province that the head names.

    >>> home_province(["TỈNH YÊN BÁI", "UBND HUYỆN LỤC YÊN"])
    'Yên Bái'
    """
    found = {match[1] for line in _body_lines(head) if (match := _PROVINCE.search(line))}
    return _as_written(found.pop()) if len(found) == 1 else None


def _body_lines(head: list[str]) -> list[str]:
    """The lines in capitals that are no motto, a body and its place on the next line put together."""
    lines: list[str] = []
    for line in head:
        if not line.isupper() or len(line) > _LONGEST or _MOTTO.search(match_form(line)):
            continue
        small = " ".join(match_form(line).strip(" *-_.").split())
        if lines and _PLACE.match(small) and _BODY.match(lines[-1]) and _names_no_place(lines[-1]):
            lines[-1] = f"{lines[-1]} {small}"
        elif small and any(letter.isalpha() for letter in small):
            lines.append(small)
    return lines


def _names_no_place(body: str) -> bool:
    """Whether nothing but words of office are in the name."""
    return not any(word[:1].isupper() and word not in _OFFICE_WORDS for word in _as_written(body).split()) and not (
        _COMMITTEE.match(body)
    )


def _as_written(small: str) -> str:
    words, written, at = small.split(), [], 0
    while at < len(words):
        for size in range(min(5, len(words) - at), 0, -1):
            phrase = _PHRASES.get(" ".join(words[at : at + size]).rstrip("."))
            if phrase is not None:
                written.append(phrase)
                at += size
                break
        else:
            written.append("-".join(part[:1].upper() + part[1:] for part in words[at].split("-")))
            at += 1
    return " ".join(written)


_OFFICE_WORDS = {word for phrase in _PHRASES.values() for word in phrase.split() if word[:1].isupper()}
