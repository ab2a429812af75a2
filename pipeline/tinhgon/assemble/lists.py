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

_LIST_BEFORE = regex.compile(r"^[\p{L}\s\-/:,()0-9]{0,60}$")
_LIST_AFTER = regex.compile(r"^\s*(?:[,;.)]|$| và | \()")
_BREAKDOWN_OPENS = regex.compile(
    r"^\s*[\"“(]*(?:cụ thể|trong đó|trong số đó|riêng|trong \d|giảm (?:mạnh|nhiều) nhất|nhiều nhất|gồm|trong số|kế đó|một số nơi)"
)
_WITHIN = regex.compile(r"(?:trong đó|gồm|bao gồm|riêng|cụ thể|\(|:)")
_TOTAL_OPENS = regex.compile(
    r"(?:^|[\s(])(?:trong(?: tổng)?(?: số)?|có|còn|gồm|với|cả|trên) (?:tất cả |cả thảy |tổng số )?$"
)
_EARLIER = regex.compile(
    r"(?:năm (?:\d{4}|ngoái|trước)|trước đó|trước đây|đầu nhiệm kỳ)[^,;]{0,12}(?:là|chỉ|có|mới)(?: là)? $"
)
_TARGET = regex.compile(
    r"(?:chỉ tiêu|kế hoạch|mức)(?: tối thiểu| ít nhất)?(?: là)? (?:\d|một|hai|ba)|(?:kế hoạch|chỉ tiêu)[^,;]{0,12}giao(?: là| cho)? \d|giao (?:huyện|xã|tỉnh)? ?\d"
)


class ListReader:
    """Finds the head a bare number goes on from, and the total a count is of."""

    def __init__(self, owners: Owners, state: State) -> None:
        self.owners, self.state = owners, state

    def place_in_list(self, draft: Draft, before: Sequence[Draft]) -> None:
        """ "giảm 26: Thái Thụy giảm 12, Đông Hưng 6": a change told of one place in a list of them."""
        place = self.owners.right_before(draft.first)
        head = next((d for d in reversed(before) if d.kind in ("drop", "change", "stock", "join")), None)
        if place is not None and head is not None and level_of(place) is not None:
            while head.head is not None:
                head = head.head
            draft.head, draft.place = head, place

    def is_opening_total(self, frame: Frame, draft: Draft, drafts: Sequence[Draft]) -> bool:
        """ "Trong 8 huyện, cả 8 nơi ..., 7 nơi ...": the number that only says of how many the next ones are."""
        number = draft.first
        if number.noun is None or number.mention.label != "count" or draft.percent is not None:
            return False
        before = frame.text(max(frame.sentence.start, number.start - 22), number.start)
        return bool(regex.search(r"(?:^|[\s(])trong(?: tổng)?(?: số)? $", before)) and len(drafts) > 1

    def list_head(self, frame: Frame, draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
        """The draft whose list a bare number goes on: "Lục Nam 6, Yên Thế 5", "công chức 256", "năm 2018: 12"."""
        number = draft.first
        index = drafts.index(draft)
        settled = [d for d in drafts[:index] if d.kind != "plain"]
        pre = frame.text(number.pre, number.start)
        if (
            settled
            and settled[-1].kind == "posts"
            and number.noun is None
            and number.mention.label == "count"
            and _EARLIER.search(pre)
        ):
            return settled[-1]
        if (
            settled
            and _TARGET.search(frame.text(number.pre, number.post))
            and settled[-1].kind not in ("save",)
            and number.mention.label in ("count", "percent")
        ):
            return (
                settled[-1]
                if number.noun is None
                or (settled[-1].noun is not None and settled[-1].noun.label in (number.noun.label, "payroll", "person"))
                else None
            )
        opens = bool(_BREAKDOWN_OPENS.match(frame.low[frame.sentence.start : frame.sentence.end]))
        head = settled[-1] if settled else (self.state.previous[-1] if self.state.previous and opens else None)
        if head is None and self.state.previous and self.state.previous[-1].kind != "posts":
            same_block = self.state.previous[-1].frame.sentence.block == frame.sentence.block
            head = (
                self.state.previous[-1]
                if same_block and self.owners.right_before(number) and number.noun is None
                else None
            )
        if head is None or (head.kind in ("posts",) and head.first.mention.label == "zero"):
            return None
        while head.head is not None and not head.carried and head.head.kind == head.kind:
            head = head.head
        place = self.owners.right_before(number)
        if (
            frame.measures(number.pre, number.start)
            or not _LIST_BEFORE.match(pre)
            or regex.search(r"(?:^|\s)là $", pre)
        ):
            return None
        if number.mention.label not in ("count", "range", "ratio", "percent"):
            return None
        noun = number.noun
        same_noun = noun is None or (head.noun is not None and noun.label == head.noun.label)
        if (
            place is not None
            and same_noun
            and head.kind != "save"
            and (
                number.is_percent == (head.percent is not None and head.value is None)
                or head.kind == "posts"
                or number.mention.label in ("count", "ratio")
            )
        ):
            return head
        if (
            number.is_percent
            and noun is not None
            and head.percent is not None
            and head.value is None
            and head.kind == "drop"
        ):
            return (
                head
                if regex.search(r"(?:,| và) (?:[\p{L} ]{0,14})$", frame.text(head.end, number.start))
                and len(frame.text(head.end, number.start)) < 70
                else None
            )
        if number.is_percent or number.mention.label == "ratio":
            return None
        if (
            noun is not None
            and noun.label in PEOPLE
            and head.kind in ("rotate", "leave", "drop")
            and regex.fullmatch(r"[^;]*trong đó(?: có)? ", frame.text(head.end, number.start))
        ):
            return head
        if (
            noun is None
            and _LIST_AFTER.match(frame.low[number.end : number.end + 4])
            and head.kind in ("drop", "leave", "rotate", "change", "dissolve")
        ):
            within = (
                _WITHIN.search(frame.text(head.first.noun_end, number.start))
                or opens
                or (settled and settled[-1].label_noun is not None)
            )
            return head if within and len(pre.strip()) > 2 else None
        if (
            noun is not None
            and head.kind in ("drop", "stock", "change", "dissolve", "leave", "join", "rotate", "nonlocal")
            and noun.kind == "objects"
        ):
            return self._coordinated(frame, number, head)
        return None

    def _coordinated(self, frame: Frame, number: Number, head: Draft) -> Draft | None:
        """Further counted nouns under one verb: "giảm 2 cơ quan, 54 phòng", "gồm 7 xã và 4 thị trấn"."""
        gap = frame.text(head.end if head.frame is frame else frame.sentence.start, number.start)
        plain = regex.sub(r"[\p{L}]+ (?=\d)", "", gap)
        noun = number.noun
        assert noun is not None
        if (
            head.kind in ("stock", "change", "drop")
            and head.after is not None
            and noun.label == (head.noun.label if head.noun else None)
        ):
            return (
                head
                if _WITHIN.search(gap) or regex.fullmatch(r"[,\s]*(?:và )?", gap) or head.head is not None
                else None
            )
        people = noun.label in PEOPLE and head.noun is not None and head.noun.label in PEOPLE
        short = len(gap) < (75 if people else 60) and ";" not in gap
        lists = regex.match(r"^(?: [\p{L}\s,\-]{0,58})?(?:,| và|, và) ?$", gap) is not None or (
            people and gap.endswith(", và ")
        )
        if not (short and lists) or (frame.measures(head.end, number.start) and head.frame is frame):
            return None
        if head.kind in ("drop", "leave", "change") and (
            noun.label in PEOPLE or noun.label in ("phong", "division", "agency", "service_unit", *TIERS)
        ):
            return head if head.before is None or head.value is not None else None
        return head if head.kind in ("rotate", "nonlocal", "dissolve") and plain else None

    def take_frame(self, draft: Draft, head: Draft, frame: Frame) -> None:
        """Make a draft one more item under its head: same measure, same posts, its own place or label."""
        number = draft.first
        draft.kind, draft.head = head.kind, head
        draft.joined, draft.roles = head.joined, head.roles
        draft.words = list(head.words)
        draft.place = self.owners.right_before(number)
        labels = [m for m in frame.analysis.within("objects", number.pre, number.start) if number.start - m.end <= 12]
        if number.noun is None and labels and draft.place is None:
            draft.label_noun = labels[-1]
        if draft.kind == "change" and draft.before is None and draft.after is None:
            draft.kind = "drop"
        if (
            head.after is not None
            and head.kind in ("stock", "change", "drop")
            and number.noun is not None
            and draft.place is None
        ):
            draft.kind = "stock"
        if draft.kind == "join" and number.noun is not None and draft.place is None:
            draft.kind = "join"

    def share_totals(self, frame: Frame, drafts: Sequence[Draft]) -> None:
        """A total told on its own serves the counts behind it: "Trong 12 xã, 3 nơi ..., 8 nơi ..."."""
        for index, draft in enumerate(drafts):
            if (
                draft.kind not in ("posts", "nonlocal", "rotate", "leave")
                or draft.total is not None
                or draft.value is None
                or (draft.carried and draft.place)
            ):
                continue
            for other in reversed(drafts[:index]):
                number = other.first
                if (
                    number.noun is None
                    or other.kind not in ("plain", "stock")
                    or number.mention.label != "count"
                    or other.percent is not None
                ):
                    continue
                if regex.match(r" trong số (?:đó|này|ấy)", frame.low[draft.first.noun_end :]):
                    break
                whole = other.value if other.value is not None else other.after
                if (
                    whole is None
                    or draft.value > whole
                    or (
                        draft.first.segment != number.segment
                        and other.kind != "stock"
                        and not self.is_opening_total(frame, other, drafts)
                    )
                ):
                    continue
                if self._shares(draft, other, frame):
                    draft.total = whole
                    if number.noun.kind == "roles" and not draft.roles:
                        draft.roles = settle([number.noun.label])
                    break

    def _shares(self, draft: Draft, other: Draft, frame: Frame) -> bool:
        own, noun = draft.first.noun, other.first.noun
        assert noun is not None
        before = frame.text(max(frame.sentence.start, other.first.start - 24), other.first.start)
        has = frame.text(other.first.noun_end, draft.first.start)
        leads = "," not in has and regex.search(r"(?:có|thì|đã)(?: \w+)? $", has)
        opening = (
            _TOTAL_OPENS.search(before)
            or other.first.start - frame.sentence.start < 3
            or other.kind == "stock"
            or leads
        )
        if not opening:
            return False
        if noun.kind == "roles":
            return "trong" in before
        if noun.label in TIERS:
            return (
                own is None
                or own.label in (noun.label, "unit")
                or (own.kind == "roles" and ("trong" in before or bool(leads)))
            )
        return "trong" in before and noun.label in PEOPLE and (own is None or own.label in ("person", "payroll"))
