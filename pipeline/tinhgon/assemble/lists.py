"""Lists and totals: numbers that go on what one before them began.

"Lục Nam 6, Yên Thế 5" take the measure and posts of their head; "Trong 12 xã, 3 nơi ..., 8 nơi ..." share a total.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from tinhgon.assemble.drafts import Draft
from tinhgon.assemble.frames import Frame, Number
from tinhgon.assemble.objects import PEOPLE, TIERS
from tinhgon.assemble.owners import Owners, level_of
from tinhgon.assemble.pairings import settle
from tinhgon.assemble.state import State

_LIST_BEFORE = regex.compile(r"^[\p{L}\s\-/:,.()0-9'’]{0,60}$")
_LIST_AFTER = regex.compile(r"^\s*(?:[,;.)]|$| và | \()")
_BREAKDOWN_OPENS = regex.compile(
    r"^\s*[\"“(]*(?:cụ thể|trong đó|trong số đó|riêng|trong \d|giảm (?:mạnh|nhiều) nhất|nhiều nhất|gồm|trong số|kế đó|một số nơi)"
)
_WITHIN = regex.compile(r"(?:trong đó|trong số (?:này|đó)|gồm|bao gồm|riêng|cụ thể|\(|:)")
_OPENS_PARTS = regex.compile(r"(?<!\w)(?:trong (?:đó|số (?:này|đó))|gồm|bao gồm)(?!\w)")
_PEOPLE_WITHIN = regex.compile(r"[^;]*(?:trong (?:đó|số (?:đó|này|ấy))(?:,? có|,)?|\), (?:bao )?gồm) ")
_MOVED_TOO = regex.compile(
    r", (?:từ \p{L}+(?: \p{L}+)? (?:lên|về|xuống|sang) \p{L}+|(?:điều động |luân chuyển )?giữa các \p{L}+) "
)
_TOTAL_OPENS = regex.compile(
    r"(?:^|[\s(])(?:trong(?: tổng)?(?: số)?|có|còn|gồm|với|cả|trên) (?:tất cả |cả thảy |tổng số )?$"
)
_EARLIER = regex.compile(
    r"(?:năm (?:\d{4}|ngoái|trước)|trước đó|trước đây|đầu nhiệm kỳ)[^,;]{0,12}(?:là|chỉ|có|mới)(?: là)? $"
)
_TARGET = regex.compile(
    r"(?:chỉ tiêu|kế hoạch|(?<!ở )mức)(?: tối thiểu| ít nhất)?(?: là)? (?:\d|một|hai|ba)|(?:kế hoạch|chỉ tiêu)[^,;]{0,12}giao(?: là| cho)? \d|giao (?:huyện|xã|tỉnh)? ?\d"
)


_NEXT_ITEM = regex.compile(r"\s*; (?:và )?(?:gần |hơn |trên |khoảng )?")
_OF_WHICH = regex.compile(r" thì(?: có| đã có)? ")
_ROSE_FROM = regex.compile(r"so với(?: mức| con số| tỷ lệ)? $")
_PERCENT_LIST = regex.compile(r"(?:,| và) (?!có )(?:[\p{L} ]{0,14})$")
_NOUN_LIST = regex.compile(r"^(?: [\p{L}\s,\-]{0,58})?(?:,| và|, và)(?: (?:gần|hơn|trên|khoảng|ít nhất))? ?$")


_AMONG_BEFORE = regex.compile(r"(?:^|[\s(])trong(?: tổng)?(?: số)? $")
_IS_BEFORE = regex.compile(r"(?:^|\s)là $")
_AND_GAP = regex.compile(r"[,\s]*(?:và )?")
_AMONG_THESE = regex.compile(r" trong số (?:đó|này|ấy)")
_HAS_BEFORE = regex.compile(r"(?:có|thì|đã|mà)(?: \w+)? $")


def _root(draft: Draft) -> Draft:
    """The draft a list began with."""
    while draft.head is not None and not draft.carried:
        draft = draft.head
    return draft


class ListReader:
    """Finds the head a bare number goes on from, and the total a count is of."""

    def __init__(self, owners: Owners, state: State) -> None:
        self.owners, self.state = owners, state

    def place_in_list(self, draft: Draft, before: Sequence[Draft]) -> None:
        """ "giảm 26: Thái Thụy giảm 12, Đông Hưng 6": a change told of one place in a list of them."""
        place = self.owners.right_before(draft.first)
        head = next((d for d in reversed(before) if d.kind in ("drop", "change", "stock", "join")), None)
        if place is not None and head is not None and level_of(place) is not None and self._is_part(draft, head):
            draft.head, draft.place = _root(head), place

    def _is_part(self, draft: Draft, head: Draft) -> bool:
        """Whether a number is part of a head: it has no noun of its own, or repeats the head's behind "trong đó"."""
        if draft.first.noun is None:
            return True
        same = head.noun is not None and head.noun.label == draft.first.noun.label and head.kind == draft.kind
        opened = draft.frame.cues(_root(head).end, draft.first.start, "breakdown")
        return same and bool(opened) and draft.first.segment == head.first.segment

    def tier_in_list(self, frame: Frame, draft: Draft, before: Sequence[Draft]) -> Draft | None:
        """The whole of "102 trường hợp ...: cấp tỉnh 2; cấp huyện 26", where a tier stands right before the number."""
        tiers = [c for c in frame.cues(draft.first.pre, draft.first.start, "tier") if draft.first.start - c.end <= 3]
        wholes = [d for d in before if d.kind == "posts" and d.first.noun is not None and d.first.noun.label == "post"]
        if not tiers or not wholes or draft.first.noun is not None or draft.first.mention.label != "count":
            return None
        draft.tier = tiers[-1].data["level"]
        return wholes[-1]

    def is_opening_total(self, frame: Frame, draft: Draft, drafts: Sequence[Draft]) -> bool:
        """ "Trong 8 huyện, cả 8 nơi ..., 7 nơi ...": the number that only says of how many the next ones are."""
        number = draft.first
        if number.noun is None or number.mention.label != "count" or draft.percent is not None:
            return False
        before = frame.text(max(frame.sentence.start, number.start - 22), number.start)
        index = drafts.index(draft)
        following = drafts[index + 1].first if index + 1 < len(drafts) else None
        of_these = (
            following is not None and following.noun is not None and following.noun.label in (number.noun.label, "unit")
        )
        if following is not None and of_these and _OF_WHICH.fullmatch(frame.text(number.noun_end, following.start)):
            return True  # "Huyện Tiên Yên có 12 xã, thị trấn thì 8 đơn vị ..."
        return bool(_AMONG_BEFORE.search(before)) and len(drafts) > 1

    def list_head(self, frame: Frame, draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
        """The draft whose list a number goes on: "Lục Nam 6, Yên Thế 5", "công chức 256", "năm 2018: 12"."""
        number = draft.first
        settled = [d for d in drafts[: drafts.index(draft)] if d.kind != "plain"]
        if settled and (head := self._again(frame, number, settled[-1])):
            return head
        if (
            settled
            and number.mention.label in ("count", "percent")
            and settled[-1].kind != "save"
            and self._is_target(frame, number)
        ):
            return settled[-1] if self._same_things(number, settled[-1]) else None
        head = settled[-1] if settled else self._head_before(frame, number)
        if head is None or (head.kind == "posts" and head.first.mention.label == "zero"):
            return None
        start = self._end_of_last(frame, drafts, draft)
        head = _root(head)
        if self._shares_out(frame, number, head):
            return head
        moved = head.kind == "rotate" and head.frame is frame and number.noun is not None
        if moved and _MOVED_TOO.fullmatch(frame.text(start, number.start)):
            return head
        if not self._may_go_on(frame, number):
            return None
        if self.owners.right_before(number) is not None and self._item_of_place(number, head):
            return head
        if number.is_percent and head.kind == "posts" and _ROSE_FROM.search(frame.text(number.pre - 12, number.start)):
            dated = frame.analysis.within("dates", number.end, number.end + 26)
            return head if dated and head.percent is not None else None
        if number.is_percent:
            return head if self._percent_goes_on(frame, number, head, start) else None
        if number.mention.label == "ratio":
            named = head.kind == "nonlocal" and self.owners.right_before(number) is not None
            return head if named else None
        if number.noun is None:
            return head if self._labelled(frame, number, head, settled) else None
        if number.noun.kind == "roles":
            within = head.frame is frame and _WITHIN.search(frame.text(head.first.noun_end, number.start))
            return head if within and head.kind == "rotate" else None  # "luân chuyển 15 cán bộ, trong đó 5 bí thư"
        return head if self._coordinated(frame, number, head, start) else None

    def _again(self, frame: Frame, number: Number, last: Draft) -> Draft | None:
        """The same posts at an earlier date: "giữa năm 2020 mới là 67"."""
        bare = number.noun is None and number.mention.label == "count"
        return last if bare and last.kind == "posts" and _EARLIER.search(frame.text(number.pre, number.start)) else None

    def _is_target(self, frame: Frame, number: Number) -> bool:
        return bool(_TARGET.search(frame.text(number.pre, number.post)))

    def _same_things(self, number: Number, head: Draft) -> bool:
        return number.noun is None or (
            head.noun is not None and head.noun.label in (number.noun.label, "payroll", "person")
        )

    def _head_before(self, frame: Frame, number: Number) -> Draft | None:
        """The head in the sentence before: where this one opens a breakdown, or goes on with a place and a number."""
        last = self.state.previous[-1] if self.state.previous else None
        if last is None:
            return None
        if _BREAKDOWN_OPENS.match(frame.low[frame.sentence.start : frame.sentence.end]):
            return last
        listed = number.noun is None and self.owners.right_before(number) is not None
        return last if listed and last.kind != "posts" and last.frame.sentence.block == frame.sentence.block else None

    def _end_of_last(self, frame: Frame, drafts: Sequence[Draft], draft: Draft) -> int:
        earlier = [d.end for d in drafts[: drafts.index(draft)]]
        return max(earlier, default=frame.sentence.start)

    def _shares_out(self, frame: Frame, number: Number, head: Draft) -> bool:
        """ "Trong đó, các cơ quan hành chính là 4.900 người, ...": staff of one kind of body out of all staff cut."""
        if head.frame is frame or head.kind not in ("drop", "leave") or number.noun is None or head.noun is None:
            return False
        opens = _OPENS_PARTS.match(frame.low, frame.sentence.start)
        staff = number.noun.label in PEOPLE and head.noun.label in PEOPLE and number.mention.label == "count"
        whose = frame.analysis.within("objects", number.pre, number.start)
        alone = not frame.measures(frame.sentence.start, frame.sentence.end)
        return bool(opens) and staff and bool(whose) and alone and number.value < (head.value or 0)

    def _may_go_on(self, frame: Frame, number: Number) -> bool:
        """Whether nothing before a number begins a statement of its own."""
        pre = frame.text(number.pre, number.start)
        words = [m for m in frame.measures(number.pre, number.start) if m.label != "rise"]
        return not words and bool(_LIST_BEFORE.match(pre)) and not _IS_BEFORE.search(pre)

    def _item_of_place(self, number: Number, head: Draft) -> bool:
        """ "Tân Trụ 9": a number behind a place, of the head's kind of number and of its units."""
        noun = number.noun
        people = noun is not None and head.noun is not None and {noun.label, head.noun.label} <= PEOPLE
        same_noun = noun is None or people or (head.noun is not None and noun.label in (head.noun.label, "unit"))
        percents = head.percent is not None and head.value is None
        return (
            same_noun
            and head.kind != "save"
            and (head.kind == "posts" or number.is_percent == percents or not number.is_percent)
        )

    def _percent_goes_on(self, frame: Frame, number: Number, head: Draft, start: int) -> bool:
        """ "giảm 5% biên chế công chức và 10% biên chế viên chức"."""
        gap = frame.text(start, number.start)
        if head.percent is None or head.value is not None or head.kind != "drop" or len(gap) > 70:
            return False
        if number.noun is not None:
            return bool(_PERCENT_LIST.search(gap))
        # "biên chế công chức giảm 10%, biên chế sự nghiệp 10,2%"
        before = frame.analysis.within("objects", number.pre, number.start)
        labelled = bool(before) and before[-1].label in PEOPLE and number.start - before[-1].end <= 2
        return labelled and head.frame is frame

    def _labelled(self, frame: Frame, number: Number, head: Draft, settled: Sequence[Draft]) -> bool:
        """A bare number behind a label in a breakdown: "công chức 256, viên chức 2.508", "năm 2018: 12"."""
        if head.kind not in ("drop", "leave", "rotate", "change", "dissolve"):
            return False
        if not _LIST_AFTER.match(frame.low[number.end : number.end + 4]):
            return False
        opens = bool(_BREAKDOWN_OPENS.match(frame.low[frame.sentence.start : frame.sentence.end]))
        going_on = bool(settled) and settled[-1].label_noun is not None
        within = (
            opens or going_on or (head.frame is frame and _WITHIN.search(frame.text(head.first.noun_end, number.start)))
        )
        dated = bool(frame.analysis.within("dates", number.gap_start, number.start))
        return bool(within) and (dated or len(frame.text(number.pre, number.start).strip()) > 2)

    def _coordinated(self, frame: Frame, number: Number, head: Draft, start: int) -> bool:
        """Further counted nouns under one verb: "giảm 2 cơ quan, 54 phòng", "gồm 7 xã và 4 thị trấn"."""
        noun = number.noun
        assert noun is not None
        gap = frame.text(start, number.start)
        own = head.noun.label if head.noun is not None else None
        if head.frame is not frame and not (noun.label == own or (noun.label in PEOPLE and own in PEOPLE)):
            return False
        if head.percent is not None and head.value is None:
            return False
        left = head.after if head.after is not None else head.value if head.kind == "stock" else None
        if head.kind in ("stock", "change", "drop") and left is not None and noun.label == own:
            # "còn 7 cơ quan, một cơ quan ...": what repeats its noun outside of brackets begins anew
            level = head.noun is not None and number.depth == head.first.depth
            again = level and head.noun is not None and head.noun.text.lower() == noun.text.lower()
            return bool(_WITHIN.search(gap)) or (not again and _AND_GAP.fullmatch(gap) is not None)
        if noun.label in PEOPLE and head.kind in ("rotate", "leave", "drop") and _PEOPLE_WITHIN.fullmatch(gap):
            return True
        people = noun.label in PEOPLE and own in PEOPLE
        told = frame.text(head.end, number.start) if head.frame is frame else ""
        if people and head.kind in ("rotate", "leave") and ":" in told and ";" not in told:
            return not [m for m in frame.measures(number.pre, number.start) if m.label != "rise"]
        lists = _NOUN_LIST.match(gap) is not None or (people and gap.endswith(", và "))
        lists = (
            lists or _NEXT_ITEM.fullmatch(gap) is not None
        )  # "giảm 4 đơn vị sự nghiệp; 107 phòng, ban; 686 biên chế"
        cut = ";" in gap and not _NEXT_ITEM.fullmatch(gap)
        if len(gap) > (75 if people else 60) or cut or not lists or frame.measures(start, number.start):
            return False
        if head.kind in ("drop", "leave", "change"):
            fitting = noun.label in PEOPLE or noun.label in ("phong", "division", "agency", "service_unit", *TIERS)
            return fitting and (head.before is None or head.value is not None)
        if head.kind == "join":
            # "sắp xếp lại 16 huyện và 637 xã": units of two tiers, and nothing told to come of them
            tiers = noun.label in TIERS and own in TIERS and noun.label != own
            into = any(m.label in ("into", "left") for m in frame.measures(head.end, number.next_start))
            return tiers and head.after is None and gap.endswith("và ") and not into
        return head.kind in ("rotate", "nonlocal", "dissolve")

    def take_frame(self, draft: Draft, head: Draft, frame: Frame) -> None:
        """Make a draft one more item under its head: same measure, same posts, its own place or label."""
        number = draft.first
        draft.kind, draft.head = head.kind, head
        draft.joined, draft.roles = head.joined, head.roles
        draft.words = list(head.words)
        draft.place = self.owners.right_before(number)
        opened = head.frame is frame and _OPENS_PARTS.search(frame.text(_root(head).end, number.start))
        draft.is_part = bool(opened) and number.noun is not None and number.noun.label in PEOPLE
        labels = [m for m in frame.analysis.within("objects", number.pre, number.start) if number.start - m.end <= 12]
        if number.noun is None and labels and draft.place is None:
            draft.label_noun = labels[-1]
        if draft.kind == "change" and draft.before is None and draft.after is None:
            draft.kind = "drop"
        left = head.after is not None or head.kind == "stock"
        if left and head.kind in ("stock", "change", "drop") and number.noun is not None and draft.place is None:
            draft.kind = "drop" if self._follows_drop(draft, head) else "stock"

    def _follows_drop(self, draft: Draft, head: Draft) -> bool:
        """ "còn 578 xã ..., giảm 6 xã (2 phường và 4 xã)": the parts of the drop, not of what is left."""
        before = [n for n in head.numbers if n.start < draft.first.start]
        in_brackets = draft.first.depth > 0 and head.value is not None
        return in_brackets and len(head.numbers) > 1 and bool(before) and before[-1].value == head.value

    def share_totals(self, frame: Frame, drafts: Sequence[Draft]) -> None:
        """A total told on its own serves the counts behind it: "Trong 12 xã, 3 nơi ..., 8 nơi ..."."""
        for index, draft in enumerate(drafts):
            if not self._wants_total(frame, draft):
                continue
            for other in reversed(drafts[:index]):
                whole = self._whole(other)
                if whole is None or (draft.value or 0) > whole or not self._reaches(frame, other, draft, drafts):
                    continue
                if self._shares(draft, other, frame):
                    draft.total = whole
                    noun = other.first.noun
                    if noun is not None and noun.kind == "roles" and not draft.roles:
                        draft.roles = settle([noun.label])
                    break

    def tie_by_share(self, drafts: list[Draft]) -> None:
        """ "có 756 thôn; ... 389 người, lên 51,5%": a count, a whole and a share of one sentence that fit by arithmetic."""
        for count in [d for d in drafts if d.kind == "posts" and d.value and d.total is None and d.percent is None]:
            shares = [d for d in drafts if d.kind == "posts" and d.percent is not None and d.value is None]
            wholes = [
                d for d in drafts if d.kind in ("plain", "stock") and d.first.noun is not None and d.percent is None
            ]
            for share in shares:
                fits = [
                    w
                    for w in wholes
                    if w.value and abs(100 * (count.value or 0) / w.value - (share.percent or 0)) < 0.06
                ]
                if fits and share.first.start > count.first.start:
                    count.total, count.percent = fits[0].value, share.percent
                    count.numbers += share.numbers
                    share.kind = "plain"
                    break

    def _wants_total(self, frame: Frame, draft: Draft) -> bool:
        if draft.kind not in ("posts", "nonlocal", "rotate", "leave") or draft.total is not None or draft.value is None:
            return False
        if draft.carried and draft.place is not None:
            return False
        part = _AMONG_THESE.match(frame.low[draft.first.noun_end :])
        earlier = draft.first.noun is None and _EARLIER.search(frame.text(draft.first.pre, draft.first.start))
        return part is None and not earlier

    def _whole(self, other: Draft) -> float | None:
        """The number another draft tells as a whole: one counted noun, no share."""
        if other.first.noun is None or other.first.mention.label != "count" or other.percent is not None:
            return None
        if other.kind in ("plain", "stock"):
            return other.value if other.value is not None else other.after
        return (
            other.after
            if other.kind == "drop" and len(other.numbers) > 1 and other.numbers[-1].noun is not None
            else None
        )

    def _reaches(self, frame: Frame, other: Draft, draft: Draft, drafts: Sequence[Draft]) -> bool:
        """Whether a total reaches over a semicolon: where it opens the sentence, or tells what there is now."""
        same = draft.first.segment == other.first.segment
        head = other.first.start - frame.sentence.start < 40 and ":" in frame.text(other.end, draft.first.start)
        return same or head or other.kind == "stock" or self.is_opening_total(frame, other, drafts)

    def _shares(self, draft: Draft, other: Draft, frame: Frame) -> bool:
        own, noun = draft.first.noun, other.first.noun
        assert noun is not None
        before = frame.text(max(frame.sentence.start, other.first.start - 24), other.first.start)
        has = frame.text(other.first.noun_end, draft.first.start)
        leads = "," not in has and _HAS_BEFORE.search(has)
        opening = (
            _TOTAL_OPENS.search(before)
            or other.first.start - frame.sentence.start < 3
            or other.kind in ("stock", "drop")
            or leads
        )
        if not opening:
            return False
        if noun.kind == "roles":
            return "trong" in before
        if noun.label in TIERS or noun.label == "unit":
            return (
                own is None
                or own.label in (noun.label, "unit")
                or (own.kind == "roles" and ("trong" in before or bool(leads) or "):" in has))
            )
        return "trong" in before and noun.label in PEOPLE and (own is None or own.label in ("person", "payroll"))
