"""What the columns of a table state: their parts, their units and posts, and which columns make one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from tinhgon.assemble.objects import TIERS
from tinhgon.records import STATUSES, Level, Status

# What a head says of its column's part in a statement; the first that fits decides: "giảm so với trước" is a drop, and
# what stands "sau khi giảm" is what is left.
_PARTS: tuple[tuple[str, regex.Pattern[str]], ...] = tuple(
    (part, regex.compile(words))
    for part, words in (
        (
            "aside",
            r"(?<!\w)(?:tt|stt|số tt|số thứ tự|ghi chú|diện tích|dân số|số hộ|quy mô|kinh phí|thời gian)(?!\w)|km2|km²",
        ),
        ("percent", r"(?<!\w)(?:tỷ lệ|tỉ lệ|tỷ trọng|phần trăm)(?!\w)|%"),
        ("after", r"(?<!\w)sau(?: khi)? (?:giảm|tinh giản|cắt giảm)(?!\w)"),
        ("before", r"(?<!\w)trước(?: khi)? (?:giảm|tinh giản|cắt giảm)(?!\w)"),
        ("drop", r"(?<!\w)(?:giảm|cắt giảm|tinh giản)(?!\w)"),
        ("before", r"(?<!\w)(?:trước(?: khi)?|ban đầu|đầu kỳ|cũ)(?!\w)"),
        ("after", r"(?<!\w)(?:sau(?: khi)?|còn lại|còn|hiện nay|hiện có|đến nay)(?!\w)"),
        ("dissolved", r"(?<!\w)(?:giải thể|chấm dứt hoạt động)(?!\w)"),
        ("joined", r"(?<!\w)(?:sáp nhập|sát nhập|hợp nhất|nhập)(?!\w)"),
        ("total", r"(?<!\w)(?:tổng|tổng số|số lượng|số)(?!\w)"),
    )
)
# All that a head may say besides its unit and its posts; a word more ("chưa", "là nữ", "dưới 50 hộ") makes it another
# thing, which no rule knows, and so no fact.
_UNDERSTOOD = regex.compile(
    r"(?<!\w)(?:tổng|số|lượng|sau|trước|khi|sắp xếp|sáp nhập|sát nhập|hợp nhất|nhập|giải thể|chấm dứt hoạt động|giảm|"
    r"cắt giảm|tinh giản|còn|lại|hiện|nay|có|đến|được|đã|so|với|tỷ lệ|tỉ lệ|tỷ trọng|phần trăm|kiêm|kiêm nhiệm|"
    r"đồng thời|là|nhất thể hóa|chức danh|mô hình|bố trí|thực hiện|các|của|ở|tại|đơn vị|hành chính|cấp|tỉnh|huyện|xã|"
    r"phường|thị trấn|thôn|ấp|bản|tổ dân phố|khu phố|khóm|người|đồng chí|trường hợp|và|hoặc|do|năm|ngày|tháng|đơn vị tính|"
    r"đvt|kết quả|loại|tên|ban đầu|đầu kỳ|cũ|tt|stt|ubnd|hđnd|đảng ủy|chi bộ|ủy ban|nhân dân)(?!\w)|[\d\W_]+"
)
# What is not done yet, in a caption or in a head: the status of all it stands over.
_AHEAD: tuple[tuple[Status, regex.Pattern[str]], ...] = (
    ("required", regex.compile(r"(?<!\w)(?:chỉ tiêu|phải|giao)(?!\w)")),
    (
        "planned",
        regex.compile(r"(?<!\w)(?:dự kiến|kế hoạch|phương án|lộ trình|phấn đấu|đề án|đến(?: hết)? năm 20\d\d)(?!\w)"),
    ),
)
# What is only marked out for something has not happened to it.
_TARGETED = regex.compile(r"(?<!\w)(?:thuộc diện|còn phải|đủ điều kiện)(?!\w)")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: its part in a statement, what is counted, and the posts it is about."""

    at: int
    part: str
    unit: str | None
    roles: tuple[str, ...]
    level: Level | None
    head: str
    status: Status | None = None  # where the head itself tells one


@dataclass(frozen=True, slots=True)
class Told:
    """A statement that a row makes by several of its columns."""

    measure: str
    unit: str
    level: Level | None
    roles: tuple[str, ...]
    parts: dict[str, Column]


def part_of(head: str) -> str:
    """The part that a column plays by its head.

    >>> part_of("số thôn trước khi sắp xếp"), part_of("giảm so với trước"), part_of("sau khi giảm"), part_of("tỷ lệ (%)")
    ('before', 'drop', 'after', 'percent')
    """
    return next((part for part, words in _PARTS if words.search(head)), "")


def says_more(rest: str) -> bool:
    """Whether a head, freed from its unit, its posts and its dates, says anything that is not understood.

    >>> says_more("số  sau sắp xếp"), says_more("số  còn dưới 50 hộ"), says_more("dự kiến giảm"), says_more("còn phải giảm")
    (False, True, False, True)
    """
    if _TARGETED.search(rest):
        return True
    for _, words in _AHEAD:
        rest = words.sub(" ", rest)
    return bool(_UNDERSTOOD.sub("", rest))


def status_told(low: str) -> Status | None:
    """The status that a caption or a head tells of what stands under it."""
    return next((status for status, words in _AHEAD if words.search(low)), None)


def least_real(statuses: Sequence[Status]) -> Status:
    return max(statuses, key=STATUSES.index)


def statements(columns: Sequence[Column]) -> list[Told]:
    """What the columns state together: posts with their total and share, units before and after, units that went."""
    return [*_posts(columns), *changes(columns), *_counts(columns)]


def _posts(columns: Sequence[Column]) -> list[Told]:
    found: list[Told] = []
    for column in columns:
        if not column.roles or column.part in ("percent", "aside", "other"):
            continue
        totals = [c for c in columns[: column.at] if not c.roles and c.part == "total" and c.unit in TIERS]
        shares = [
            c
            for c in columns[column.at + 1 :]
            if c.part == "percent" and (c.roles == column.roles or (not c.roles and c.at == column.at + 1))
        ]
        total = totals[-1] if totals else None
        parts = {"value": column}
        if total is not None:
            parts["total"] = total
        if shares:
            parts["percent"] = shares[0]
        unit = column.unit if column.unit in TIERS else total.unit if total is not None else None
        level = column.level or TIERS.get(unit or "")
        found.append(Told("concurrent_posts", unit or "post", level, column.roles, parts))
    return found


def changes(columns: Sequence[Column]) -> list[Told]:
    """Units before and after, and how many fewer: columns of one unit, in whatever order."""
    found: list[Told] = []
    units = dict.fromkeys(column.unit for column in columns if column.unit is not None and not column.roles)
    for unit in units:
        own = [column for column in columns if column.unit == unit and not column.roles]
        parts = {part: [column for column in own if column.part == part] for part in ("before", "after", "drop")}
        if any(len(told) > 1 for told in parts.values()):
            continue  # two stages, or two kinds of one unit: which belongs to which is not sure
        told = {("value" if part == "drop" else part): cs[0] for part, cs in parts.items() if cs}
        if "value" in told or {"before", "after"} <= set(told):
            found.append(Told("reduction", unit, TIERS.get(unit), (), told))
        elif "after" in told:
            found.append(Told("stock", unit, TIERS.get(unit), (), {"value": told["after"]}))
    return found


def _counts(columns: Sequence[Column]) -> list[Told]:
    measures = {"joined": "merger", "dissolved": "dissolution"}
    return [
        Told(measures[column.part], column.unit, TIERS.get(column.unit), (), {"value": column})
        for column in columns
        if column.part in measures and column.unit is not None and not column.roles
    ]


def is_told(measure: str, numbers: dict[str, float]) -> bool:
    """Whether the figures can be what the heads say; a row of dashes, or one that grows, states nothing."""
    value, total = numbers.get("value"), numbers.get("total")
    if measure == "reduction":
        before, after = numbers.get("before"), numbers.get("after")
        if before is not None and after is not None:
            return after < before and (value is None or value == before - after)
        return value is not None and value > 0 and (before is None or value < before)
    return value is not None and (total is None or value <= total) and numbers.get("percent", 0) <= 100
