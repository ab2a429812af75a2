"""Dates, years and periods in running text, with the part they play: as-of, since, baseline.

Half dates keep their grain ("tháng 6/2019" is ``2019-06``); relative ones resolve against the document's own date and
never against a clock.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from tinhgon.detect.anchors import Anchored, anchored
from tinhgon.detect.spans import Taken
from tinhgon.detect.text import View
from tinhgon.records import Mention

_YEAR = r"(?:19|20)\d\d"
_SEPARATOR = r" ?[/.\-] ?"


def _form(label: str, expression: str, *literals: str, digits: bool = False) -> tuple[str, Anchored]:
    return label, anchored(rf"(?<!\w)(?:{expression})", *literals, digits=digits)


_LABELLED: tuple[tuple[str, Anchored], ...] = (
    _form(
        "period",
        rf"(?:giai đoạn|nhiệm kỳ|năm học|đợt|khóa|thời kỳ|các năm|từ năm|trong các năm)(?: từ)?(?: năm)? (?P<y1>{_YEAR})(?: ?- ?| đến(?: năm)? | tới )(?P<y2>{_YEAR})",
        "giai đoạn",
        "nhiệm kỳ",
        "năm học",
        "đợt",
        "khóa",
        "thời kỳ",
        "các năm",
        "từ năm",
        "trong các năm",
    ),
    _form("period", rf"(?P<y1>{_YEAR}) ?- ?(?P<y2>{_YEAR})", digits=True),
    _form("two_years", rf"(?:hai |2 |02 )?năm (?P<y1>{_YEAR})(?:, | và )(?P<y2>{_YEAR})", "hai", "năm", digits=True),
    _form("day", rf"ngày (?P<d>\d{{1,2}}) tháng (?P<m>\d{{1,2}}) năm (?P<y>{_YEAR})", "ngày"),
    _form("day", rf"(?<![\d/.])(?P<d>\d{{1,2}})(?P<s>[/.\-])(?P<m>\d{{1,2}})(?P=s)(?P<y>{_YEAR})(?!\d)", digits=True),
    _form("month", rf"(?P<first>\d{{1,2}}) tháng(?: đầu)? năm (?P<y>{_YEAR})", digits=True),
    _form("month", rf"tháng (?P<m>\d{{1,2}})(?:{_SEPARATOR}| năm )(?P<y>{_YEAR})", "tháng"),
    _form("month", rf"(?<![\d/.])(?P<m>0?[1-9]|1[0-2])/(?P<y>{_YEAR})(?!\d)", digits=True),
    _form("quarter", rf"quý (?P<q>iv|iii|ii|i|[1-4])(?:(?: ?[/-] ?| năm )(?P<y>{_YEAR}))?(?: năm nay)?", "quý"),
    _form(
        "bare_day", r"ngày (?P<d>\d{1,2})(?:/| ?- ?| tháng )(?P<m>\d{1,2})(?![\d%/])(?: (?:năm nay|vừa qua))?", "ngày"
    ),
    _form(
        "bare_day",
        r"(?<=(?:sáng|chiều|tối|trưa|hôm|từ|đến|trước|qua|và|ngày|mùng)(?: ngày)? )(?P<d>[012]?\d|3[01])(?:/|-)(?P<m>0?[1-9]|1[0-2])(?![\d%/]|,\d| ?(?:xã|huyện|thôn|ấp|đơn vị|phường|cơ quan|của))",
        digits=True,
    ),
    _form(
        "bare_month",
        r"(?:hết |cuối |đầu |giữa )?tháng (?P<m>\d{1,2})(?! ?[/.\-]?\d)(?: năm nay| vừa qua| tới)?",
        "hết",
        "cuối",
        "đầu",
        "giữa",
        "tháng",
    ),
    _form("year", rf"năm (?P<y>{_YEAR})", "năm"),
    _form(
        "year",
        rf"(?<=(?:hồi|đến|từ|sau|trước|cuối|đầu|giữa|hết|trong|đợt sắp xếp|đợt) )(?P<y>{_YEAR})(?![\d.,%]\d| ?(?:xã|thôn|ấp|người|biên chế|đơn vị))",
        digits=True,
    ),
    _form(
        "relative",
        r"(?P<word>(?:cuối |đầu |giữa )?năm (?:nay|ngoái|tới|sau)|sang năm|đầu năm tới|trong năm)",
        "cuối",
        "đầu",
        "giữa",
        "năm",
        "sang năm",
        "trong năm",
    ),
    _form(
        "now",
        r"(?:tính )?(?:đến|cho đến|tới) (?:nay|thời điểm này|thời điểm hiện tại)|hiện nay|đến thời điểm này",
        "tính",
        "đến",
        "cho đến",
        "tới",
        "hiện nay",
    ),
    _form("not_date", r"(?:lần thứ|khóa|nhiệm kỳ) [ivxl]+\b", "lần thứ", "khóa", "nhiệm kỳ"),
)
FORMS = tuple(form for _, form in _LABELLED)
_QUARTERS = {"i": "03", "ii": "06", "iii": "09", "iv": "12", "1": "03", "2": "06", "3": "09", "4": "12"}
_QUARTER_STARTS = {"03": "01", "06": "04", "09": "07", "12": "10"}
# What stands before a date tells its part; the first that fits wins.
_PARTS: tuple[tuple[str, regex.Pattern[str]], ...] = (
    ("baseline", regex.compile(r"(?:so với|so cùng kỳ|bằng)(?: (?:thời điểm|cuối|đầu|giữa|hết|tháng|cùng kỳ|kế hoạch|biên chế|tổng số|ngày|trước))*\s*$")),
    ("since", regex.compile(r"(?:tính từ|kể từ|từ|qua)(?: (?:cuối|đầu|giữa|sau|tháng|ngày))*\s*$")),
    ("before", regex.compile(r"trước(?: (?:ngày|tháng|cuối|mùng))*\s*$")),
    ("as_of", regex.compile(r"(?:tính đến|đến|tới|cho đến)(?: (?:hết|cuối|đầu|giữa|tháng|ngày|thời điểm|nay))*\s*$")),
)  # fmt: skip


def iso(label: str, groups: dict[str, str | None], published: str | None) -> tuple[str | None, str | None]:
    """The (value, start) of one matched form; start only for periods. (None, None) where nothing can be told."""
    year = groups.get("y") or (published or "")[:4] or None
    match label:
        case "period" | "two_years":
            return groups["y2"], groups["y1"]
        case "day":
            return _checked(groups["y"], groups["m"], groups["d"]), None
        case "month":
            if groups.get("first"):
                return _checked(groups["y"], groups["first"]), groups["y"]
            return _checked(groups["y"], groups["m"]), None
        case "quarter":
            month = _QUARTERS[str(groups["q"])]
            return (f"{year}-{month}", f"{year}-{_QUARTER_STARTS[month]}") if year else (None, None)
        case "bare_day":
            return (_checked(year, groups["m"], groups["d"]) if year else None), None
        case "bare_month":
            return (_checked(year, groups["m"]) if year else None), None
        case "year":
            return groups["y"], None
        case "relative" if published:
            word = str(groups["word"])
            shift = -1 if "ngoái" in word else 1 if "tới" in word or "sau" in word or "sang" in word else 0
            return (str(int(published[:4]) + shift), None) if word != "trong năm" else (published[:4], None)
    return None, None


def _checked(year: str | None, month: str | None, day: str | None = None) -> str | None:
    """ISO date where month and day are possible ones."""
    if not year or not month or not 1 <= int(month) <= 12 or (day and not 1 <= int(day) <= 31):
        return None
    return f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else "")


def part_before(low: str, start: int) -> str | None:
    """ "since", "baseline", "before" or "as_of" by the words before a date; None where they say nothing."""
    left = low[max(0, start - 40) : start]
    return next((part for part, expression in _PARTS if expression.search(left)), None)


def dates(view: View) -> Iterator[Mention]:
    """Every date of the text, longest reading first, in text order.

    ``data``: ``value`` and, for periods, ``start`` (ISO, may be None), ``part`` (since, baseline, before, as_of, None).
    """
    taken = Taken(len(view.low))
    found: list[Mention] = []
    for number, (label, form) in enumerate(_LABELLED):
        for match in view.find(form):
            if taken.touches(*match.span()):
                continue
            value, start = iso(label, match.groupdict(), view.document.published)
            if value is None and label not in ("now", "not_date"):
                continue
            taken.add(*match.span())
            part = part_before(view.low, match.start())
            found.append(
                view.mention(
                    match.start(),
                    match.end(),
                    "dates",
                    label,
                    f"date.{label}.{number}",
                    value=value,
                    start=start,
                    part=part,
                )
            )
    yield from sorted(found, key=lambda m: m.start)
