"""Hard-wrapped lines -> paragraphs.

A line was broken by the wrap when the next line's first word would not have fitted on it. That test, not the
length of the line, tells a broken paragraph from one that happens to end near the margin.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from tinhgon.ingest.columns import has_gap
from tinhgon.ingest.dates import is_date_line
from tinhgon.ingest.pages import Line

NUMBERED = re.compile(
    r"\s*(?:[IVXL]{1,5}\s?[.)/]|\d{1,2}(?:\.\d{1,2}){0,3}\s?[.)/]|\d{1,2}(?:\.\d{1,2}){1,3}|[a-zđ]\s?[.)])\s+\S"
)
BULLETED = re.compile(r"\s*[-–—*+•●▪■□✓]\s?(?=[^\W\d]|[“\"(]|\d)")
SPEAKER = re.compile(
    r"\s*+[-*]?\s*+(?:P\.?\s?V\.?|Phóng viên|Hỏi|Đáp|Trả lời|Nhà báo|(?:Ông|Bà|Anh|Chị|Đồng chí|Đ/c|TS\.?|"
    r"PGS[.,] ?TS\.?)(?: [A-ZÀ-ỸĐ][^\W\d_]*){2,5})\s*:"
)
_ENDS = (".", "!", "?", ":", ";", "…", "”", '"', ")")
_HALTS = (".", "!", "?", ":", "…")
_UNFINISHED = re.compile(
    r"(?:,|\b(?:trong đó|gồm|và|với|của|là|có|tại|ở|xã|huyện|thôn|tỉnh|phường|do|theo|cho|từ|đến|còn|giữa|các|"
    r"những|ông|bà|số))$"
)
_NARROWEST, _WIDEST = 45, 140
_OPENING = 200
_EXPLAINED = 0.95
_RARE = 6
_HEAD_LINES = 6
_BAND = 12  # lines of one width end this close to one another


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph put together again."""

    text: str
    after_blank: bool = False
    alone: bool = False
    is_row: bool = False


def paragraphs(lines: list[Line]) -> list[Paragraph]:
    r"""The paragraphs that ``lines`` were wrapped from.

    >>> wrapped = ["Huyện đã sáp nhập 36 thôn, tổ dân phố để thành lập 17 thôn mới; tổng số từ", "105 xuống còn 86.",
    ...            "Kế hoạch số 58-", "KH/HU ghi rõ."]
    >>> [paragraph.text for paragraph in paragraphs([Line(text) for text in wrapped])]
    ['Huyện đã sáp nhập 36 thôn, tổ dân phố để thành lập 17 thôn mới; tổng số từ 105 xuống còn 86.',
     'Kế hoạch số 58-KH/HU ghi rõ.']
    """
    wrap = find_wrap(lines)
    groups: list[list[Line]] = []
    opening = ""  # of the paragraph so far; its whole text would make long paragraphs slow
    for at, line in enumerate(lines):
        is_head = at < _HEAD_LINES and is_date_line(line.bare) and not opening.endswith((",", "ngày"))
        if groups and not is_head and _continues(opening, groups[-1][-1], line, wrap):
            groups[-1].append(line)
            opening = opening if len(opening) > _OPENING else f"{opening} {line.bare}"
        else:
            groups.append([line])
            opening = line.bare
    return [Paragraph(_joined(group), group[0].after_blank, group[0].alone, group[0].is_row) for group in groups]


@dataclass(frozen=True, slots=True)
class Wrap:
    """The width that lines were wrapped to, and in what the program that did it counted."""

    width: int
    measure: Callable[[str], int]

    def breaks(self, line: Line, after: Line) -> bool:
        """Whether the first word of ``after`` would not have fitted on ``line``."""
        return self.measure(line.text) + 1 + self.measure(after.bare.split(" ", 1)[0]) > self.width


def find_wrap(lines: list[Line]) -> Wrap | None:
    """How the text was wrapped, or nothing where it was not.

    Old tools count bytes, or letters and their marks one by one; of several measures the one is right that
    explains why the lines that run on in the middle of a sentence were broken.
    """
    body = [line for line in lines if not line.alone]
    overlong = sum(len(line.text) for line in body if len(line.text) > _WIDEST)
    if overlong * 2 > sum(len(line.text) for line in body):
        return None
    pairs = [(line, after) for line, after in pairwise(body) if not after.after_blank]
    running = [pair for pair in pairs if not pair[0].text.endswith(_HALTS) and not pair[1].bare[0].isupper()]
    if len(running) * _RARE < len(pairs):
        return None  # one paragraph a line; a few lines that run on are slips
    best, most = None, 0.0
    for measure in (len, _marks, _bytes, _bytes_of_marks):
        wrap = _wrap_by(measure, body, pairs, running)
        explained = sum(wrap.breaks(*pair) for pair in running) / len(running) if wrap else 0.0
        if explained > most:
            best, most = wrap, explained
        if most > _EXPLAINED:
            break
    return best


def _marks(text: str) -> int:
    return len(unicodedata.normalize("NFD", text))


def _bytes(text: str) -> int:
    return len(text.encode())


def _bytes_of_marks(text: str) -> int:
    return len(unicodedata.normalize("NFD", text).encode())


def _wrap_by(
    measure: Callable[[str], int], body: list[Line], pairs: list[tuple[Line, Line]], running: list[tuple[Line, Line]]
) -> Wrap | None:
    """The widest width that more than one line comes close to, if lines full to it often run on."""
    lengths = [length for line in body if _NARROWEST <= (length := measure(line.text)) <= _WIDEST]
    for width in sorted(set(lengths), reverse=True):
        in_band = sum(width - _BAND < other <= width for other in lengths)
        if in_band < 2 and len(lengths) > 1:
            continue
        wrap = Wrap(width, measure)
        full = sum(measure(line.text) <= width and wrap.breaks(line, after) for line, after in pairs)
        lower = sum(measure(line.text) <= width and wrap.breaks(line, after) for line, after in running)
        wider = sum(measure(line.text) > width for line in body)
        if lower >= 1 and lower * 4 >= full and wider * 10 <= len(body):
            return wrap
    return None


def _continues(opening: str, line: Line, after: Line, wrap: Wrap | None) -> bool:
    """Whether ``after`` belongs to the paragraph that begins with ``opening`` and ends with ``line`` so far."""
    if line.alone or after.alone or (len(opening) < 60 and is_date_line(opening)) or has_gap(after) or has_gap(line):
        return False
    if after.after_page:
        return _continues_over_page(opening, line, after, wrap)
    if after.after_blank:
        return False
    if _is_caps(opening) and after.bare[0].islower():
        return False  # "BÁO CÁO" above its subject
    runs_on = not line.text.endswith(_HALTS) and after.bare[0].islower()
    broken_symbol = (
        re.search(r"(?:\d|[A-ZĐ]{2})[-/]$", line.text) is not None and re.match(r"[A-ZĐ\d]", after.bare) is not None
    )
    if broken_symbol:
        return True
    full = wrap is not None and wrap.breaks(line, after)
    if _starts_anew(after.text):
        # The wrap may put the dash of "2018 - 2021" or a number with a full stop first on its line.
        return (
            full
            and not line.text.endswith((*_ENDS, ","))
            and not _is_caps(opening)
            and _is_torn(opening, line.text, after.text)
        )
    if wrap is None:
        return runs_on and len(line.text) >= _NARROWEST
    if runs_on:
        return full or wrap.measure(line.text) > wrap.width * 0.6
    if _is_caps(opening) != _is_caps(after.bare) and (_is_caps(opening) or len(after.bare) > 20):
        return False
    hanging = NUMBERED.match(opening) or BULLETED.match(opening)
    if after.indent >= line.indent + 2 and not hanging:
        return False
    return full


def _continues_over_page(opening: str, line: Line, after: Line, wrap: Wrap | None) -> bool:
    """Whether a sentence that the page cut goes on: in small letters, or after a line that cannot be an end."""
    if _starts_anew(after.text) or line.bare.endswith(_HALTS):
        return False
    if after.bare[0].islower() or _UNFINISHED.search(line.bare):
        return True
    is_heading = len(opening) < 80 and (NUMBERED.match(opening) is not None or _is_caps(opening))
    if is_heading or line.bare.endswith(_ENDS) or _is_caps(after.bare):
        return False
    return after.bare[0].isdigit() or len(line.text) > _WIDEST or (wrap is not None and wrap.breaks(line, after))


def _starts_anew(text: str) -> bool:
    return any(pattern.match(text) for pattern in (NUMBERED, BULLETED, SPEAKER))


def _is_torn(opening: str, line: str, after: str) -> bool:
    """Whether what looks like the sign of an item is the rest of the line before."""
    if re.match(r"\s*[-–—]\s*\d", after):
        return line[-1].isdigit() or line.endswith("%")
    last = line.rsplit(None, 1)[-1]
    if re.match(r"\s*[-–—]\s?[A-ZÀ-ỸĐ]", after):  # "Bà Rịa - Vũng Tàu"; items follow a colon or another item
        return not BULLETED.match(opening) or last[0].isupper() or " - " in line[-40:]
    return re.match(r"\s*\d{1,2}\.\s", after) is not None and last[0].islower()


def _is_caps(text: str) -> bool:
    return text.isupper() and len(text) > 3


def _joined(group: list[Line]) -> str:
    """Joined by spaces, but for symbols that the wrap cut at their hyphen or slash."""
    parts = [group[0].bare]
    for line, after in pairwise(group):
        at_hyphen = re.search(r"[^\W_][-/]$", line.bare) is not None and re.match(r"[A-ZĐ\d]", after.bare) is not None
        at_symbol = line.bare[-1].isdigit() and re.match(r"[-/][A-ZĐ]{2,}", after.bare) is not None
        parts += [after.bare] if at_hyphen or at_symbol else [" ", after.bare]
    return "".join(parts)
