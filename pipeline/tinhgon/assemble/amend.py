"""What only all drafts of a sentence together tell: a verb for two counts, parts that add up, numbers that prove a tie.

Sums are the surest cue there is: "480 / 460 / 20" is a drop, "còn 161 (139 xã, 8 phường, 14 thị trấn)" are its parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from tinhgon.assemble.drafts import Draft
from tinhgon.assemble.frames import Frame

_JOINS = regex.compile(r" (?:sáp nhập|hợp nhất|nhập|gộp|ghép) ")
_OF_ALL = regex.compile(r"(?:^|[\s(])trong(?: tổng)?(?: số)? $")
_INTO_ONE = regex.compile(
    r"^ (?:gồm|bao gồm|là|:)[^.;]{10,170} thành (?:một|1|01)(?! số)|^[^.;,]{0,45}?(?P<join>nhập|gộp|ghép|gom|hợp nhất|sáp nhập|dồn|đưa)?[^.;,]{0,25}?(?:làm|về|thành|về chung)(?: chung)? một(?! số)"
)

_COLUMNS = regex.compile(
    r"trước[^\n/|]{0,14}[/|][^\n/|]{0,8}(?:sau|nay|hiện)[^\n/|]{0,14}[/|][^\n/|]{0,8}(?:giảm|bớt|chênh)"
)
_COLUMN_GAP = regex.compile(r"\s*[/|]\s*")
_EQUALS = regex.compile(r"[^.;]{0,24}?(?:, |\()?(?:tương đương|tức(?: là)?|tương ứng|bằng|ứng với|hay)(?: với)? ")
_OR_SO = regex.compile(
    r",? ?\(?(?:tức(?: là)? |tương đương(?: với| giảm)? |tương ứng(?: với)? |bằng |khoảng |gần |hơn |trên )+"
)
_OPENS_PARTS = regex.compile(
    r"(?: (?!\d)[\p{L}, ]{1,40}?)? ?(?P<bracket>\()|(?:[^;()]{0,70}?[\s,:])?(?:gồm|bao gồm|trong đó)(?!\w)|[^;().\d]{0,40}:"
)
_GATHERS = regex.compile(r"(?:gom|dồn|gộp|ghép|nhập|thu)(?: lại| về)? ?$")
_ROUGHLY = 0.04  # how far round figures ("hơn 1.800, gồm 630, hơn 900 và hơn 300") may miss their sum
_NEAR = 30  # characters
_ROUNDING = 0.06  # a share is told with one decimal, sometimes cut off


_AND_ANOTHER = regex.compile(r" và \d+ ")
_LISTED = regex.compile(r"(?:,| và|, và) (?:gần |hơn |trên |khoảng )?")


def amend(frame: Frame, drafts: list[Draft]) -> None:
    """Put right, in place, what the drafts of one sentence only tell together."""
    _columns(frame, drafts)
    _gather_up(frame, drafts)
    for draft in drafts:
        _become_one(frame, draft)
    _share_verb(frame, drafts)
    _multiply_cases(frame, drafts)
    for draft in drafts:
        if draft.kind == "join" and draft.total is not None and draft.after == 1:
            draft.after = None  # "437 trên 713 huyện nhập thành một trung tâm": one in each of them
        if draft.kind == "change" and draft.value is None and (_is_rest(frame, draft) or _is_of_two(frame, draft)):
            draft.kind = "plain"
        if draft.kind == "change" and draft.after is None and draft.first.is_percent:
            draft.kind, draft.percent, draft.before = (
                "plain",
                draft.before,
                None,
            )  # "từ 34,6% ... lên 71,4%": two shares
    _part_what_does_not_add_up(drafts)
    _tie_share(frame, drafts)
    _parts_in_brackets(frame, drafts)


def _columns(frame: Frame, drafts: list[Draft]) -> None:
    """ "Xã, phường: 480 / 460 / 20" below "trước / sau / giảm": before, after and drop."""
    if len(drafts) < 3 or not _COLUMNS.search(frame.low, 0, frame.sentence.end):
        return
    was, now, drop = drafts[:3]
    apart = [frame.text(a.end, b.first.start) for a, b in pairwise((was, now, drop))]
    numbers = (was.first.value, now.first.value, drop.first.value)
    if all(_COLUMN_GAP.fullmatch(gap) for gap in apart) and numbers[0] - numbers[1] == numbers[2]:
        was.kind, was.before, was.after, was.value = "change", numbers[0], numbers[1], numbers[2]
        was.numbers += [now.first, drop.first]
        del drafts[1:3]


def _gather_up(frame: Frame, drafts: list[Draft]) -> None:
    """ "72 phòng chuyên môn gom lại 36": the number behind the verb is what comes out."""
    for first, second in pairwise(list(drafts)):
        gap = frame.text(first.end, second.first.start)
        bare = second.first.noun is None and second.kind == "join" and second.after is None
        counted = first.first.noun is not None and first.kind in ("plain", "join") and first.value is not None
        if (
            bare
            and counted
            and first.after is None
            and "," not in gap
            and _GATHERS.search(gap)
            and (second.value or 0) < (first.value or 0)
        ):
            first.kind, first.after, first.words = "join", second.value, list(second.words)
            first.numbers.append(second.first)
            drafts.remove(second)


def _part_what_does_not_add_up(drafts: list[Draft]) -> None:
    """ "không còn 6 tổng cục, giảm từ 125 cục còn 60": a drop that is not what lies between counts something else."""
    for draft in list(drafts):
        value, before, after = draft.value, draft.before, draft.after
        if value is None or before is None or after is None or draft.modifier != "exact" or draft.is_part:
            continue
        number = next((n for n in draft.numbers if n.value == value and not n.is_percent), None)
        if number is None or len(draft.numbers) < 3 or abs(before - after - value) <= _ROUGHLY * value:
            continue
        own = Draft("drop", draft.frame, number, [number], value=value, words=draft.words[:1])
        draft.value = None
        draft.numbers.remove(number)
        draft.first = draft.numbers[0]
        drafts.insert(drafts.index(draft), own)


def _tie_share(frame: Frame, drafts: list[Draft]) -> None:
    """ "vươn lên 71,4%, tương đương 75 trên tổng số 105 thôn": a ratio that is the share just told.

    In a line of a list the share may follow: "66 xã; 14,35%".
    """
    for share, ratio in pairwise(list(drafts)):
        if share.percent is None or share.value is not None or ratio.total is None or ratio.percent is not None:
            continue
        told = _EQUALS.fullmatch(frame.text(share.end, ratio.first.start)) is not None
        if told and ratio.value is not None and abs(100 * ratio.value / ratio.total - share.percent) < _ROUNDING:
            share.value, share.total = ratio.value, ratio.total
            share.numbers += ratio.numbers
            drafts.remove(ratio)
    for ratio, share in pairwise(list(drafts)):
        # "19/25 xã, TT | 76%": the arithmetic tells that they are one
        bare = share.percent is not None and share.value is None and share.kind in ("plain", ratio.kind)
        if ratio.total and ratio.percent is None and ratio.value is not None and bare and share in drafts:
            close = share.first.start - ratio.end < _NEAR
            if close and abs(100 * ratio.value / ratio.total - (share.percent or 0)) < _ROUNDING:
                ratio.percent = share.percent
                ratio.numbers += share.numbers
                drafts.remove(share)
    for share, count in pairwise(list(drafts)):
        # "giảm 10,5%, khoảng 240 người"
        staff = count.first.noun is not None and count.first.noun.label in ("person", "payroll")
        alone = share.kind == "drop" and share.percent is not None and share.value is None and share.before is None
        if alone and staff and count.kind == "plain" and _OR_SO.fullmatch(frame.text(share.end, count.first.start)):
            share.value = count.value
            share.numbers += count.numbers
            drafts.remove(count)
    if len(drafts) == 2 and frame.text(drafts[0].end, drafts[1].first.start) == "; ":
        count, share = drafts
        row = ":" in frame.text(frame.sentence.start, count.first.start) and share.end >= frame.sentence.end - 1
        if row and count.percent is None and share.first.is_percent and share.kind == "plain":
            count.percent = share.percent
            count.numbers += share.numbers
            drafts.remove(share)


def _parts_in_brackets(frame: Frame, drafts: Sequence[Draft]) -> None:
    """ "nay 161 (139 xã, 8 phường, 14 thị trấn)": counted nouns in a bracket that add up to the number before it."""
    for index, whole in enumerate(drafts):
        if whole.kind not in ("stock", "change", "drop", "join", "leave", "rotate"):
            continue
        last = max(whole.numbers, key=lambda n: n.start)
        opens = _OPENS_PARTS.match(frame.low, last.noun_end, last.noun_end + 110)
        deeper = bool(opens and opens["bracket"])
        inside = [d for d in drafts[index + 1 :] if d.kind == "plain" and (d.first.depth > last.depth) == deeper]
        parts = [d for d in inside if d.value is not None and d.percent is None and d.total is None]
        rough = any(d.modifier != "exact" for d in (whole, *parts))
        apart = abs(sum(d.value or 0 for d in parts) - last.value)
        if opens and len(parts) > 1 and apart <= (_ROUGHLY * last.value if rough else 0):
            for part in parts:
                told = last.value == whole.value and whole.after != last.value
                part.kind = whole.kind if told and whole.kind in ("leave", "rotate") else "drop" if told else "stock"
                part.head, part.words, part.is_part = whole, list(whole.words), True


def _is_of_two(frame: Frame, draft: Draft) -> bool:
    """ "quận 3 và Phú Nhuận có 24 và 17 phường, giờ còn 15": what is left is both's, what there was is not."""
    rest = frame.text(draft.numbers[0].end, draft.numbers[-1].start)
    return bool(draft.before) and _AND_ANOTHER.match(rest) is not None


def _is_rest(frame: Frame, draft: Draft) -> bool:
    """ "46 biên chế thì 44 là quản lý, còn 2 nhân viên": what is left over of a whole, not what is left of the 44."""
    if frame.text(draft.first.start - 3, draft.first.start) == "từ ":
        return False
    whole = (draft.before or 0) + (draft.after or 0)
    return any(n.value == whole and n.start < draft.first.start for n in frame.numbers)


def _multiply_cases(frame: Frame, drafts: list[Draft]) -> None:
    """ "8 trường hợp nhập hai phường thành một": sixteen went in and eight came out."""
    for cases, each in list(pairwise(drafts)):
        noun, gap = cases.first.noun, frame.text(cases.first.noun_end, each.first.start)
        counted = noun is not None and noun.label == "post" and cases.first.mention.label == "count"
        if not counted or each.kind != "join" or each.after is None or each.value is None or not _JOINS.fullmatch(gap):
            continue
        each.value, each.after = each.value * cases.first.value, each.after * cases.first.value
        each.numbers.append(cases.first)
        drafts.remove(cases)


def _share_verb(frame: Frame, drafts: Sequence[Draft]) -> None:
    """ "519 cục và 219 vụ cũng được cắt giảm": a verb behind the second noun speaks of both."""
    for first, second in pairwise(drafts):
        alone = bool(second.words) and len(second.numbers) == 1
        behind = alone and second.words[0].start > second.first.noun_end
        joined = _LISTED.fullmatch(frame.text(first.end, second.first.start))
        of_all = _OF_ALL.search(frame.text(frame.sentence.start, first.first.start))  # "Trong 111 trưởng, 97 người ..."
        if (
            behind
            and joined
            and not of_all
            and first.kind == "plain"
            and first.first.noun is not None
            and second.first.noun is not None
        ):
            first.kind, first.words = second.kind, list(second.words)


def _become_one(frame: Frame, draft: Draft) -> None:
    """ "bốn trung tâm nhập làm một": the result that is told without a number of its own."""
    if (
        draft.kind not in ("join", "plain")
        or draft.after is not None
        or draft.value is None
        or draft.first.noun is None
    ):
        return
    told = _INTO_ONE.search(frame.text(draft.end, min(frame.sentence.end, draft.end + 190)))
    if told and (draft.kind == "join" or told["join"]):
        draft.kind, draft.after = "join", 1
