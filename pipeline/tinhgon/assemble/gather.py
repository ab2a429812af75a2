"""Gathering: the numbers of one sentence become drafts by the tags of the words around them.

Tags that belong together ("từ A còn B, giảm K") go into one draft; what only all drafts of a sentence tell (a verb
for two counts, cases of a merger, what is left over of a whole) is put right at the end.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from tinhgon.assemble.amend import amend
from tinhgon.assemble.drafts import Draft
from tinhgon.assemble.frames import Frame, Number
from tinhgon.assemble.objects import TIERS
from tinhgon.assemble.tags import tag_of
from tinhgon.records import Mention

_LINK = regex.compile(
    r"(?:^|\s|,|\()(?:chiếm(?: tỷ lệ)?|đạt(?: tỷ lệ)?|bằng|tương đương(?: với)?|tương ứng(?: với)?|tức(?: là)?|tỷ lệ(?: giảm)?(?: là)?|tính ra là|hay|giảm|vào khoảng|ứng với|, tỷ lệ|và)?(?: (?:khoảng|gần|hơn|trên))? ?$"
)
_TARGET_AFTER = regex.compile(
    r"^ ?(?:so với )?(?:của )?(?:kế hoạch|chỉ tiêu|lộ trình|mục tiêu|đề án|yêu cầu|nghị quyết|theo lộ trình|số phải giảm|so với (?:kế hoạch|chỉ tiêu|mục tiêu))"
)
_ATTAIN_BEFORE = regex.compile(r"(?:đạt|hoàn thành|vượt|bằng) $")


_SHARE_IN_BRACKETS = regex.compile(r"\s*\((?:tỷ lệ |đạt |chiếm |bằng |giảm )?(?:trên |hơn |gần |khoảng )?\s*")
_CLAUSE_END = regex.compile(r"[,(]| là | thì ")
_AND_GAP = regex.compile(r" (?:[\p{L} ]{0,20})?và ")


def links_to(frame: Frame, number: Number, draft: Draft) -> bool:
    """Whether a percent belongs to the draft before it: in brackets, or behind "chiếm", "đạt", "bằng"."""
    gap = frame.text(draft.end, number.start)
    opens = _SHARE_IN_BRACKETS.fullmatch(gap) is not None
    of_all = number.noun is not None and frame.text(number.end, number.noun.start).strip() in ("số", "tổng số")
    if opens and of_all:
        return True  # "08 đơn vị (33,3% số xã, thị trấn)": of all there are
    if ";" in gap or (number.noun is not None and not of_all and number.noun.label not in ("payroll",)):
        return False
    tail = _CLAUSE_END.split(gap)[-1]
    return opens or (bool(_LINK.fullmatch(tail) or _LINK.fullmatch(gap)) and (gap.strip() not in ("", "và", "giảm")))


def is_attainment(frame: Frame, number: Number) -> bool:
    """Whether a percent is of a target: "đạt 106% kế hoạch", "bằng 102% lộ trình", "đạt 112,5%"."""
    before = frame.text(max(0, number.start - 14), number.start)
    if _TARGET_AFTER.match(frame.low[number.end : number.end + 40]):
        return True
    return bool(_ATTAIN_BEFORE.search(before)) and number.value > 100


def compatible(number: Number, draft: Draft) -> bool:
    """Whether a number may count the same thing as a draft."""
    noun, other = number.noun, draft.noun
    if noun is None or other is None:
        return True
    if noun.label == other.label == "payroll" and noun.text.lower().split()[0] != other.text.lower().split()[0]:
        return False  # "46 biên chế, còn 29 lao động hợp đồng"
    generic = {"unit", "person", "payroll", "post"}
    return (
        noun.label == other.label
        or noun.text.lower() == other.text.lower().split()[0]  # "4 ban quản lý rừng thành 2 ban"
        or (noun.label in generic and other.label in generic | {"nonspecialist", "deputy", "leader"})
        or "unit" in (noun.label, other.label)
    )


def gather(frame: Frame) -> list[Draft]:
    """The drafts of a sentence, in order of their first number."""
    drafts: list[Draft] = []
    for number in frame.numbers:
        if number.foreign or any(number in d.numbers for d in drafts):
            continue
        if not _attach(frame, number, drafts):
            drafts.append(_begin(frame, number))
            drafts[-1].siblings = drafts
    if drafts:
        amend(frame, drafts)
    return drafts


def _attach(frame: Frame, number: Number, drafts: list[Draft]) -> bool:
    """Put a number into the draft it belongs to; False where it begins its own."""
    if not drafts:
        return False
    # what stands behind a bracket goes with what stands before it
    current = next((d for d in reversed(drafts) if d.first.depth <= number.depth), drafts[-1])
    tag, word = tag_of(frame, number)
    if tag in ("left", "now", "into") and _parallel(frame, number, drafts):
        return True
    if number.is_percent and current.kind == "join" and tag == "drop":
        return False  # "sắp xếp 165 xã thành 64, giảm 61,2%": the drop is a fact of its own
    if number.is_percent and links_to(frame, number, current) and tag not in ("from", "left"):
        attained = is_attainment(frame, number) or _like_the_one_before(frame, number, drafts, current)
        slot = "attainment" if attained else "percent"
        if getattr(current, slot) is None:
            current.put(number, slot)
            return True
    if (
        number.is_percent
        and number.noun is None
        and current.percent is None
        and current.attainment is None
        and _like_the_one_before(frame, number, drafts, current)
    ):
        current.put(number, "attainment")
        return True
    if (
        number.is_percent
        and is_attainment(frame, number)
        and current.attainment is None
        and current.first.segment == number.segment
    ):
        current.put(number, "attainment")
        return True
    # "68,1% ... (92/135)", "9,55% (15 xã)"
    if (
        current.percent is not None
        and current.value is None
        and number.mention.label in ("ratio", "count")
        and frame.text(current.end, number.start).rstrip().endswith("(")
    ):
        current.put(number, "value")
        return True
    if tag in ("left", "now", "into", "was", "year", "drop", "from") and number.is_percent == (
        current.first.is_percent or (tag == "drop" and number.is_percent)
    ):
        if tag == "drop" and not number.is_percent and (open_stock := _open_stock(frame, number, drafts)):
            current = open_stock
        if tag in ("left", "now", "into"):
            # "từ 24 phòng của hai huyện gộp còn 12": a number on the way does not cut the change
            again = "con số này" in frame.text(number.gap_start, number.start)
            open_changes = [d for d in drafts if d.kind == "change" and d.after is None]
            waiting = [d for d in open_changes if again or d.first.segment == number.segment]
            current = waiting[-1] if waiting and current.kind == "plain" else current
        if tag == "drop" and current.kind == "plain" and _one_of_two(frame, current, drafts):
            return False
        return _fill(frame, number, current, tag, word)
    return False


def _one_of_two(frame: Frame, current: Draft, drafts: Sequence[Draft]) -> bool:
    """ "14 bộ và 3 cơ quan ngang bộ, giảm 5 đầu mối": what is left is both, not the last of them.

    And in "sáp nhập 2 huyện và 12 xã, giảm 6 xã" the twelve are what went in, not what is left.
    """
    index = drafts.index(current)
    if not index or current.noun is None:
        return False
    before = drafts[index - 1]
    joined = frame.text(before.end, current.first.start).strip() in ("và", ", và")
    alike = before.noun is not None and before.noun.label == current.noun.label
    return joined and (alike or before.kind == "join")


def _open_stock(frame: Frame, number: Number, drafts: Sequence[Draft]) -> Draft | None:
    """ "còn 21 đơn vị, gồm 20 xã và 01 thị trấn, giảm 02 đơn vị": the drop goes with what is left, over its parts."""
    if frame.cues(number.gap_start, number.start, "breakdown") or "mỗi" in frame.text(number.gap_start, number.start):
        return None
    waiting = [d for d in drafts if d.kind == "stock" and d.value is None and d.first.segment == number.segment]
    return waiting[-1] if waiting and compatible(number, waiting[-1]) else None


def _like_the_one_before(frame: Frame, number: Number, drafts: Sequence[Draft], current: Draft) -> bool:
    """ "9 đồng chí bí thư, đạt 112,5%; 4 đồng chí chủ tịch, đạt 80%": what the first percent was, the second is."""
    others = [d for d in drafts if d is not current]
    return (
        bool(others)
        and others[-1].attainment is not None
        and bool(_ATTAIN_BEFORE.search(frame.text(max(0, number.start - 14), number.start)))
    )


def _parallel(frame: Frame, number: Number, drafts: list[Draft]) -> bool:
    """ "giảm 8 huyện và 561 xã, còn lại tương ứng 705 và 10.599": two numbers for the two before them, in order.

    So too "nhập 2 huyện và 12 xã thành 1 huyện và 6 xã".
    """
    open_drafts = [
        d
        for d in drafts
        if d.after is None and d.kind in ("drop", "plain", "change", "join") and d.first.mention.label == "count"
    ]
    following = [n for n in frame.numbers if n.start > number.start and not n.foreign and n.mention.label == "count"]
    if len(open_drafts) != 2 or not following or not _AND_GAP.fullmatch(frame.text(number.end, following[0].start)):
        return False
    pairs = list(zip(open_drafts, (number, following[0]), strict=True))
    dropped = open_drafts[0].kind == "drop"
    if not dropped and any((d.value or 0) <= n.value for d, n in pairs):
        return False
    joined = open_drafts[0].kind == "join"
    if joined and any(not compatible(n, d) or n.noun is None for d, n in pairs):
        return False
    for draft, after in pairs:
        if joined:
            draft.kind, draft.words = "join", open_drafts[0].words
        elif dropped:
            draft.kind, draft.words = "drop", open_drafts[0].words
        elif draft.kind == "plain":
            draft.before, draft.value, draft.kind = draft.value, None, "change"
        draft.put(after, "after")
    return True


def _fill(frame: Frame, number: Number, current: Draft, tag: str, word: Mention | None) -> bool:
    """Fill the slot a tag names in the current draft, where the two make one change."""
    again = "con số này" in frame.text(number.gap_start, number.start)
    near = number.segment == current.numbers[-1].segment or (
        tag in ("now", "was") and current.kind in ("change", "stock")
    )
    same = compatible(number, current) and (near or again)
    if not same or number.mention.label in ("ratio", "money", "zero"):
        return False
    kind = current.kind
    target: str | None = None
    if tag in ("left", "now"):
        if kind in ("change", "drop", "join") and current.after is None and not (kind == "join" and tag == "now"):
            target = "after"
        elif (
            kind == "plain"
            and current.value is not None
            and current.value > number.value
            and _beside(frame, current, number)
        ):
            current.before, current.value, current.kind, target = current.value, None, "change", "after"
    elif tag == "into" and kind in ("join", "plain") and current.after is None and current.value is not None:
        current.kind, target = "join", "after"
    elif tag in ("was", "year") and kind == "stock" and current.before is None:
        current.kind, target = "change", "before"
    elif tag == "was" and kind == "drop" and current.before is None:
        target = "before"
    elif (
        tag == "was"
        and kind == "plain"
        and current.value is not None
        and current.value < number.value
        and current.noun is not None
    ):
        current.after, current.value, current.kind, target = current.value, None, "change", "before"
    elif tag == "from" and kind == "drop" and current.before is None:
        target = "before"
    elif tag == "drop" and not number.is_percent:
        if kind in ("change", "stock") and current.value is None:
            target = "value"
            current.kind = "change" if kind == "change" else "drop"
        elif (
            kind == "plain"
            and current.value is not None
            and (word is None or word.start < number.start)
            and (number.noun is None or _alike(number.noun, current.noun))
            and not _does_the_cutting(frame, current, number)
            and current.total is None
            and not any(current.end <= j.start < number.start for j in frame.joined)
        ):
            current.after, current.value, current.kind, target = current.value, None, "drop", "value"
    elif tag == "drop" and kind in ("change",) and current.percent is None:
        target = "percent"
    if target is None:
        return False
    if (
        kind == "join"
        and target == "after"
        and tag == "left"
        and any("sắp xếp" in w.text.lower() for w in current.words)
    ):
        current.kind, current.before, current.value = "change", current.value, None  # "15 ấp sắp xếp lại chỉ còn 8"
    current.put(number, target)
    if word:
        current.words.append(word)
    return True


def _does_the_cutting(frame: Frame, current: Draft, number: Number) -> bool:
    """ "63 tỉnh, thành sẽ giảm 315 đơn vị tuyến tỉnh": the provinces cut, and are not what is cut."""
    provinces = current.noun is not None and current.noun.label == "province"
    unit = number.noun is not None and number.noun.label == "unit"
    return provinces and unit and "," not in frame.text(current.end, number.start)


def _alike(noun: Mention, other: Mention | None) -> bool:
    """Whether two nouns count the same: of one kind, or both staff: "20 cán bộ, công chức, giảm 03 người"."""
    staff, units = {"person", "payroll"}, {*TIERS, "agency", "service_unit", "party_org"}
    return other is not None and (
        noun.label == other.label
        or (noun.label in staff and other.label in staff)
        or (noun.label == "unit" and other.label in units)  # "19 xã, thị trấn, giảm 5 đơn vị"
    )


def _beside(frame: Frame, current: Draft, number: Number) -> bool:
    """Whether "N ... còn M" speak of one thing: close together, no new posts or places with numbers between."""
    gap = frame.text(current.end, number.start)
    return len(gap) < 70 and not any(current.end <= j.start < number.start for j in frame.joined)


_KIND_OF_TAG = {
    "from": "change", "was": "change", "year": "change", "left": "stock", "now": "plain", "drop": "drop", "join": "join", "into": "plain",
    "dissolve": "dissolve", "rotate": "rotate", "leave": "leave", "save": "save", "nonlocal": "nonlocal", "rise": "plain", None: "plain",
}  # fmt: skip
_SLOT_OF_TAG = {"from": "before", "was": "before", "year": "before", "left": "after"}


def _begin(frame: Frame, number: Number) -> Draft:
    """A new draft from a number's tag."""
    tag, word = tag_of(frame, number)
    kind = _KIND_OF_TAG[tag]
    if kind == "save" and number.mention.label != "money":
        kind = "drop"  # "tiết kiệm được 318 biên chế"
    if number.is_percent and kind in ("change", "stock") and tag != "left":
        kind = "plain"
    draft = Draft(kind, frame, number)
    draft.put(
        number,
        "percent"
        if number.is_percent
        else _SLOT_OF_TAG.get(tag or "", "value")
        if kind in ("change", "stock")
        else "value",
    )
    if word:
        draft.words.append(word)
    return draft
