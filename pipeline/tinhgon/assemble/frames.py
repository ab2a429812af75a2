"""A sentence as a row of numbers, each with the text before and behind it, its noun and its measure words.

The piece before a number reaches back to the last comma, semicolon, bracket or number; the piece behind it reaches to
the next. What a number counts and what happened to it is read from these two pieces first.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, pairwise

import regex

from tinhgon.assemble.pairings import Joined
from tinhgon.detect.analysis import Analysis
from tinhgon.detect.spans import Spans, between
from tinhgon.detect.text import Sentence
from tinhgon.records import Mention, Status

_NOUN_GAP = regex.compile(r"(?: (?:số|tổng số|lượt|trong số|chức|suất|trên tổng số|trong tổng số))? ?$")
# Words that may follow a bare number; any other word is a noun that is not ours ("40 hộ", "34 tuổi").
_FUNCTION = regex.compile(
    r"^\s*(?:$|[.,;:()\"”'\-–…/]|\d|(?:và|với|so|xuống|còn|lên|tại|ở|là|năm(?= (?:\d{4}|nay|học|ngoái|trước|sau|tới))|do|trong|để|bằng|tương|tức|chiếm|đạt|nay|thì|từ|đến|cùng|được|đã|sẽ|theo|mới|riêng|vào|mỗi|một|thuộc|trở|kế|"
    r"chỉ|như|khi|sau|trước|nhưng|mà|nên|kế hoạch|lộ trình|chỉ tiêu|hoặc|có|cả|khác|tất|giảm|thành|rút|gộp|vượt|trên|tổng|toàn|hằng|về|bí thư|phó|chủ tịch|trưởng|trung ương|thêm|nữa|không|chưa|làm|"
    r"tỉnh giao|hiện|qua|số này|số đó|yêu cầu|mức|ngay|tăng|đã|đang|đều|cùng|nghị quyết|đề án|bố trí|cấp)(?!\w))"
)
_BOUNDARY = regex.compile(r"[,;:()]| và (?=(?:(?:khoảng|gần|hơn|trên|tối thiểu|ít nhất) )?\d)| trong đó | riêng ")


_PLACE_GAP = regex.compile(r",? (?:và )?(?:xã |huyện |tỉnh )?")
_COUNTABLE_BEFORE = regex.compile(
    r"(?:ngành|khối|nghiệp|nước|đoàn thể|giáo dục|y tế|khác|nhau|huyện|xã|tỉnh|công|hành chính|chính quyền|đảng) $"
)
_AMONG = regex.compile(r"trong(?: số)? $")
_THIS = regex.compile(r" (?:này|đó|ấy|nói trên)\b")
_STOPS = regex.compile(r"^\s*(?:[.,;)]|$)")


@dataclass(frozen=True, slots=True, eq=False)
class Number:
    """A number in its sentence. ``pre`` and ``post`` are the offsets where its pieces begin and end."""

    mention: Mention
    index: int
    noun: Mention | None  # the counted noun or role right behind it
    noun_end: int
    pre: int
    post: int
    gap_start: int  # where the number before it (with its noun) ends, or the sentence begins
    next_start: int  # where the next number begins, or the sentence ends
    segment: int  # how many semicolons stand before it
    depth: int  # how many brackets are open there
    foreign: bool  # counts something that is not ours

    @property
    def start(self) -> int:
        return self.mention.start

    @property
    def end(self) -> int:
        return self.mention.end

    @property
    def value(self) -> float:
        return float(self.mention.data["value"])

    @property
    def is_percent(self) -> bool:
        return self.mention.label in ("percent", "half")


@dataclass(frozen=True, slots=True)
class Frame:
    """One sentence with all that assembly needs of it."""

    analysis: Analysis
    sentence: Sentence
    numbers: tuple[Number, ...]
    joined: tuple[Joined, ...]

    @property
    def low(self) -> str:
        return self.analysis.view.low

    def measures(self, start: int, end: int) -> list[Mention]:
        """The measure words between two offsets that are not part of a pairing."""
        found = self.analysis.within("measures", start, end)
        return [m for m in found if not any(j.start <= m.start < j.end for j in self.joined)]

    def cues(self, start: int, end: int, *labels: str) -> list[Mention]:
        return [m for m in self.analysis.within("cues", start, end) if not labels or m.label in labels]

    def text(self, start: int, end: int) -> str:
        return self.low[start:end]

    def to_be_merged(self, number: Number) -> Status | None:
        """The status of the merging that the words behind counted units tell; None where they tell of none."""
        return _to_be_merged(self.low, number.noun_end, self.sentence.end)


def frame_of(analysis: Analysis, sentence: Sentence, joined: Sequence[Joined]) -> Frame:
    """The sentence's numbers in order, each with its pieces.

    Commas inside nouns ("xã, phường, thị trấn"), roles and names are no boundaries.
    """
    low = analysis.view.low
    mentions = analysis.within("numbers", sentence.start, sentence.end)
    own = tuple(between(joined, sentence.index, sentence.index + 1, begins=lambda j: j.sentence.index))
    if not mentions:
        return Frame(analysis, sentence, (), own)
    cuts = _cuts(analysis, sentence)
    semicolons = list(accumulate((low[start] == ";" for start, _ in cuts), initial=0))
    nouns = [_noun(analysis, m) for m in mentions]
    ends = [noun.end if noun and noun.start >= m.start else m.end for m, noun in zip(mentions, nouns, strict=True)]
    where = [_tells_where(low, m, noun) for m, noun in zip(mentions, nouns, strict=True)]
    numbers: list[Number] = []
    for index, mention in enumerate(mentions):
        before = ends[index - 1] if index else sentence.start
        # "23 phòng thuộc 9 ban sẽ chấm dứt hoạt động": what only tells where does not end a piece
        behind = (m.start for m, aside in islice(zip(mentions, where, strict=True), index + 1, None) if not aside)
        after = next(behind, sentence.end)
        cut = bisect_right(cuts, mention.start, key=lambda span: span[1])
        pre = cuts[cut - 1][1] if cut and cuts[cut - 1][0] >= before else before
        cut = bisect_left(cuts, ends[index], key=lambda span: span[0])
        post = min(after, cuts[cut][0]) if cut < len(cuts) else after
        segment = semicolons[bisect_left(cuts, mention.start, key=lambda span: span[0])]
        depth = low.count("(", sentence.start, mention.start) - low.count(")", sentence.start, mention.start)
        foreign = _foreign(low, mention, nouns[index], sentence.end) or not _introduced(
            analysis, mention, nouns[index], sentence
        )
        numbers.append(
            Number(mention, index, nouns[index], ends[index], pre, post, before, after, segment, depth, foreign)
        )
    return Frame(analysis, sentence, tuple(numbers), own)


def _cuts(analysis: Analysis, sentence: Sentence) -> list[tuple[int, int]]:
    """Where a sentence parts its statements, in order: not inside a noun, a role or a name."""
    kinds = ("objects", "roles", "bodies", "numbers", "dates", "resolutions", "measures")
    found = [(m.start, m.end) for kind in kinds for m in analysis.within(kind, sentence.start, sentence.end)]
    inside = Spans(found + _place_lists(analysis, sentence))
    marks = (m.span() for m in _BOUNDARY.finditer(analysis.view.low, sentence.start, sentence.end))
    return [(start, end) for start, end in marks if not inside.hold(start - 1, start + 1)]


def _place_lists(analysis: Analysis, sentence: Sentence) -> list[tuple[int, int]]:
    """The spans from one place name to the next in a list: the comma between them parts no statements."""
    places = analysis.within("places", sentence.start, sentence.end)
    return [
        (a.start, b.end)
        for a, b in pairwise(places)
        if _PLACE_GAP.fullmatch(analysis.view.low[a.end : b.data["name_start"]])
    ]


def _noun(analysis: Analysis, number: Mention) -> Mention | None:
    """The counted noun of a number: an object or role right behind it, or inside it ("chưa có xã nào", "7 xã trong số 10")."""
    low = analysis.view.low
    if "noun_start" in number.data:
        inner = analysis.within("objects", int(number.data["noun_start"]), number.end)
        if inner:
            return inner[0]
    beside = [
        m
        for kind in ("objects", "roles")
        for m in analysis.within(kind, number.end, min(len(low), number.end + 90))[:1]
        if _NOUN_GAP.fullmatch(low[number.end : m.start])
    ]
    # "47 phó trưởng ấp kiêm": the longer reading is the noun
    return max(beside, key=lambda m: m.end, default=None)


def _introduced(analysis: Analysis, number: Mention, noun: Mention | None, sentence: Sentence) -> bool:
    """Whether a bare count stands where a count can stand, and not as part of a name: "khóa 9", "văn bằng 2", "SAR 274"."""
    if noun is not None or number.label != "count":
        return True
    low = analysis.view.low
    if (
        _OPEN_BEFORE.search(low[max(sentence.start, number.start - 16) : number.start])
        or number.start - sentence.start < 2
    ):
        return True
    for kind in ("places", "objects", "measures", "dates", "cues", "roles", "bodies"):
        if any(
            m.end >= number.start - 2
            for m in analysis.within(kind, max(sentence.start, number.start - 60), number.start)
        ):
            return True
    return bool(_COUNTABLE_BEFORE.search(low[max(0, number.start - 12) : number.start]))


_OF = regex.compile(
    r"(?<!hoạt động |giải thể |sáp nhập |hợp nhất )(?<!\w)của(?: cả)? $|(?<=\d [^.;:]{0,60})(?<!trực )thuộc(?: cả)? $"
)
_ONE_HAND = regex.compile(r"(?:về tay|(?<!\w)do|trong tay|thuộc về) (?:chỉ )?$")
_SURPLUS = regex.compile(
    r"^(?: [\p{L},]+){0,3}? (?:dôi dư|dôi ra|chưa (?:được )?(?:sắp xếp|bố trí|giải quyết|thực hiện|có dịch|đạt))"
)
_TO_MERGE = regex.compile(
    r"(?:sắp xếp|sáp nhập|nhập)(?: lại)?(?: hơn| trên| gần| khoảng)?"
    r"(?: ?[\d.]+(?:,? (?:quận|huyện|thị xã|thành phố|xã|phường|thị trấn))+ và(?: hơn| trên| gần| khoảng)?)? $"
)
_TO_BE_MERGED = regex.compile(
    r"(?:(?: \p{L}+){0,2}(?: \(| )?[^().;:]{0,60}\))?(?: (?!và \d|có |là |giảm|còn|không )[\p{L}\d%]+,?){0,24}? (?:được|bị|(?P<required>(?:buộc )?phải|cần(?: được)?|thuộc diện)|(?P<planned>sẽ(?: bị| được)?))(?: thực hiện)? (?:sắp xếp|sáp nhập|nhập (?:vào|với|thành|lại))(?!\w| lại (?:các|đơn vị|bộ máy|tổ chức)| (?:các|đơn vị|bộ máy|tổ chức))"
)


_JOINS_OTHERS = regex.compile(r"(?: (?!và )[\p{L}\d%]+){0,8}? (?:ghép|nhập|sáp nhập|dồn) (?:vào|với)(?!\w)")
# What the law of 2019 says must be merged is told by its measure alone: "637 xã có cả hai tiêu chí chưa đạt 50%".
_TOO_SMALL = regex.compile(
    r" [^.;:]{0,70}?(?:cả )?(?:hai|2|02) (?:yếu tố|tiêu chí|tiêu chuẩn)[^.;:]{0,50}? (?:chưa đạt|không đạt|đều dưới|dưới|nhỏ hơn) 50 ?%"
)


def _to_be_merged(low: str, start: int, limit: int) -> Status | None:
    """Whether what follows counted units says that they go in: ``required`` for "chưa đạt tiêu chuẩn phải sắp xếp",
    ``achieved`` for "được sắp xếp", which may be done; None where it says nothing of the kind.
    """
    limit = min(limit, start + 240)
    told = _TO_BE_MERGED.match(low, start, limit)
    if told is None:
        if _JOINS_OTHERS.match(low, start, limit):
            return "achieved"
        return "required" if _TOO_SMALL.match(low, start, limit) else None
    return "required" if told["required"] else "planned" if told["planned"] else "achieved"


_VERB_BEFORE = regex.compile(r"(?<!\w)(?:giảm|còn|thành|xuống|bớt) $")
_OPEN_BEFORE = regex.compile(
    r"(?:[:(),;\-/]|(?<!\w)(?:có|là|mới|được|đạt|ở|tại|lên|với|thì|chỉ|đã|từ|xuống|còn|và|khoảng|hơn|gần|trên|dưới|thành|về|nay|đến|chiếm|cả|bằng|giảm|ít nhất|tối thiểu|chừng|tới|đủ|giữ|trí|nhất|nữ|trong|tương ứng|vào|để|gồm|thêm|mức|giờ|hiện|kỳ))\s*$"
)


def _tells_where(low: str, number: Mention, noun: Mention | None) -> bool:
    """Whether a number only says where something happened: "24 phòng của hai huyện", "23 phòng thuộc 9 ban"."""
    units = noun is not None and noun.label in ("province", "district", "commune", "unit", "agency")
    return units and number.label == "count" and _OF.search(low[max(0, number.start - 80) : number.start]) is not None


def _foreign(low: str, number: Mention, noun: Mention | None, limit: int) -> bool:
    """Whether a number counts something that is not ours; its sentence ends at ``limit``."""

    def behind(start: int, length: int) -> str:
        return low[start : min(limit, start + length)]

    if _tells_where(low, number, noun):
        return True
    if low[max(0, number.start - 12) : number.start].endswith("giữ nguyên "):
        return True  # what stays as it is, is no part of the change
    if (
        noun is not None
        and _SURPLUS.match(behind(noun.end, 50))
        and _to_be_merged(low, noun.end, limit) is None
        and not _TO_MERGE.search(low[max(0, number.start - 60) : number.start])
        and not _AMONG.search(low[max(0, number.start - 12) : number.start])
    ):
        return True
    if noun is not None:
        if (
            number.data.get("word")
            and number.data["value"] == 1
            and _ONE_HAND.search(low[max(0, number.start - 14) : number.start])
        ):
            return True  # "ghế bí thư và ghế chủ tịch về tay một người"
        again = _THIS.match(behind(noun.end, 10))
        return noun.label in ("model", "post") and again is not None and number.label == "count"
    if number.label in ("money", "zero"):
        return False
    if number.data.get("word") and number.label == "count":
        # a number in words stands for itself where its sentence stops, or right behind a verb: "giảm chín", "nhập thành hai"
        if _VERB_BEFORE.search(low[max(0, number.start - 8) : number.start]) and _FUNCTION.match(
            behind(number.end, 16)
        ):
            return False
        return not _STOPS.match(behind(number.end, 2))
    return not _FUNCTION.match(behind(number.end, 16))
