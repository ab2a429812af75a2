"""Settling: what the drafts that no measure word claimed are about: posts, appointments, savings, lists, or nothing."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from tinhgon.assemble.drafts import Draft
from tinhgon.assemble.frames import Frame, Number
from tinhgon.assemble.lists import ListReader
from tinhgon.assemble.objects import TIERS
from tinhgon.assemble.owners import Owners
from tinhgon.assemble.pairings import settle
from tinhgon.assemble.posts import PostReader, single_roles, taken_up_roles
from tinhgon.assemble.state import State
from tinhgon.assemble.tags import bridged

_MONEY_SAVED = regex.compile(r"chi|ngân sách|kinh phí|quỹ lương|phụ cấp|tiền lương|tiết kiệm")
_MONEY_SPENT = regex.compile(
    r"chi trả|hỗ trợ|tổng thu|vốn|đầu tư|thu ngân sách|dư nợ|kinh phí thực hiện|giải ngân|tiết kiệm điện"
)


_OF_POSTS = regex.compile(r"bố trí|đồng chí")
_HAS_BEFORE = regex.compile(r"(?:có|gồm)(?: tổng cộng| cả thảy| tất cả)? $")
_NOW = regex.compile(r"hiện|nay|tổng cộng|cộng lại")
_DROPPED = regex.compile(r"giảm|tinh giản|bớt|cắt|mất|hụt|vơi")
_JOINED = regex.compile(r"sáp nhập|nhập|hợp nhất|chập|dồn|ghép|sắp xếp")


class Settler:
    """Settles the drafts of one sentence after the other."""

    def __init__(self, owners: Owners, posts: PostReader, state: State) -> None:
        self.owners, self.posts, self.state = owners, posts, state
        self.lists = ListReader(owners, state)

    def settle(self, frame: Frame, drafts: list[Draft]) -> None:
        """Give every draft that no measure word claimed its posts, its list's frame or nothing."""
        text = frame.low[frame.sentence.start : frame.sentence.end]
        nonlocal_here = [m for m in frame.measures(frame.sentence.start, frame.sentence.end) if m.label == "nonlocal"]
        if nonlocal_here:
            self.state.topic = "nonlocal"
        elif self.state.topic and frame.joined and not _OF_POSTS.search(text):
            self.state.topic = None
        for index, draft in enumerate(drafts):
            if draft.kind in ("drop", "change", "stock") and not draft.first.is_percent:
                self.lists.place_in_list(draft, drafts[:index])
            if draft.kind == "plain" and self.lists.is_opening_total(frame, draft, drafts):
                continue
            if draft.kind == "nonlocal" or (draft.kind in ("plain", "change") and self._is_nonlocal(frame, draft)):
                draft.kind, draft.roles = "nonlocal", self._nonlocal_roles(frame, draft)
                if draft.value is None and draft.before is not None:
                    draft.value, draft.before = draft.before, None
            elif draft.first.mention.label == "money":
                goes_on = draft.kind == "drop" and any(d.kind == "save" for d in drafts[:index])
                draft.kind = "save" if goes_on or self._is_saving(frame, draft) else "plain"
            elif (
                (
                    draft.kind == "plain"
                    or (draft.kind == "join" and draft.first.noun is None)
                    or (draft.kind == "stock" and draft.first.is_percent)
                )
                or (draft.kind in ("drop", "stock") and draft.first.mention.label in ("ratio", "zero"))
                or (draft.kind in ("rotate", "dissolve") and self._beside_posts(frame, draft))
            ):
                self._settle_plain(frame, draft, drafts)
        for draft in drafts:
            if draft.kind == "rotate" and not draft.roles:
                draft.roles = taken_up_roles(frame, draft.first)
        self.lists.share_totals(frame, drafts)
        self.lists.tie_by_share(drafts)

    def _beside_posts(self, frame: Frame, draft: Draft) -> bool:
        joined = self.posts.beside(frame, draft.first)
        return joined is not None and frame.text(draft.first.noun_end, joined.start).strip() == ""

    def _settle_plain(self, frame: Frame, draft: Draft, drafts: Sequence[Draft]) -> None:
        number = draft.first
        if self.lists.is_opening_total(frame, draft, drafts):
            return
        if number.mention.label == "zero" and (kind := self._zero_kind(frame, number)):
            draft.kind = kind
            return
        if (whole := self.lists.tier_in_list(frame, draft, drafts[: drafts.index(draft)])) is not None:
            self.lists.take_frame(draft, whole, frame)
            return
        joined = self.posts.beside(frame, number)
        head = self.lists.list_head(frame, draft, drafts)
        if head is not None and (joined is None or head.joined is joined or head.kind != "posts"):
            self.lists.take_frame(draft, head, frame)
            return
        if joined is not None and self._counts_posts(draft):
            draft.kind, draft.joined, draft.roles = "posts", joined, joined.roles
            self.posts.note(draft)
            return
        if (
            self._counts_posts(draft)
            and not self._is_target_less(frame, draft)
            and (referred := self.posts.refers(frame, number))
        ):
            draft.kind, draft.joined, draft.roles = "posts", referred.joined, referred.roles
            draft.head, draft.carried, draft.place = referred.draft, True, self.owners.right_before(number)
            self.posts.note(draft)
            return
        if self._is_stock(frame, draft):
            draft.kind = "stock"
            return
        held = [m for m in frame.measures(number.noun_end, number.post) if m.label == "concurrent"]
        if (
            held
            and number.noun is not None
            and (
                (draft.percent is not None and number.noun.label in TIERS)
                or (number.noun.label == "post" and held[0].start - number.noun_end <= 1)  # "102 chức danh kiêm nhiệm"
            )
        ):
            draft.kind, draft.roles = "posts", ()
            return
        if number.mention.label in ("ratio", "zero") or draft.kind == "join":
            draft.kind = "plain" if draft.kind != "join" else draft.kind

    def _is_target_less(self, frame: Frame, draft: Draft) -> bool:
        """ "một đồng chí", a range of other things: what is no count of posts."""
        number = draft.first
        return number.mention.label == "range" and number.noun is not None and number.noun.label not in TIERS

    def _is_stock(self, frame: Frame, draft: Draft) -> bool:
        """ "Sau sắp xếp, tỉnh có 241 xã", "toàn tỉnh hiện có 148 xã": what there is as a result of merging."""
        number = draft.first
        if (
            number.noun is None
            or number.noun.label not in TIERS
            or number.mention.label != "count"
            or draft.total is not None
        ):
            return False
        before = frame.text(frame.sentence.start, number.start)
        if not _HAS_BEFORE.search(before):
            return False
        merged = bool(frame.cues(frame.sentence.start, number.start, "consolidated"))
        return merged or (
            self.state.unit == number.noun.label
            and self.state.unit_block == frame.sentence.block
            and bool(_NOW.search(before))
        )

    def _counts_posts(self, draft: Draft) -> bool:
        noun = draft.first.noun
        frame = draft.frame
        if frame.text(max(0, draft.first.start - 4), draft.first.start) == "đủ ":
            return False
        if [
            m
            for m in frame.analysis.within("measures", draft.first.start - 12, draft.end)
            if m.start < draft.first.start < m.end
        ]:
            return False  # "kiêm cả ba chức danh" counts the posts of one person
        if (
            draft.first.mention.data.get("word")
            and draft.value == 1
            and noun is not None
            and (noun.kind == "roles" or noun.label in ("person", "unit", "post"))
        ):
            return False  # the indefinite article: "một đồng chí phó chủ tịch"
        return (
            noun is None
            or noun.kind == "roles"
            or noun.label
            in (*TIERS, "unit", "person", "post", "model", "nonspecialist", "agency", "leader", "payroll", "party_org")
        )

    def _zero_kind(self, frame: Frame, number: Number) -> str | None:
        """What did not happen at all: "không giảm đơn vị nào", "chưa tinh giản được trường hợp nào"."""
        words = number.mention.text.lower() + frame.low[number.end : number.end + 28]
        if _DROPPED.search(words):
            return "drop"
        if _JOINED.search(words):
            return "join"
        return "dissolve" if "giải thể" in words else None

    def _is_nonlocal(self, frame: Frame, draft: Draft) -> bool:
        number = draft.first
        if (
            draft.value == 1
            and number.mention.data.get("word")
            and number.noun is not None
            and number.noun.kind == "objects"
        ):
            return False  # the indefinite article: "một đồng chí"
        marks = [m for m in frame.measures(frame.sentence.start, frame.sentence.end) if m.label == "nonlocal"]
        roles = self._nonlocal_roles(frame, draft)
        if self.posts.beside(frame, number) is not None:
            return False
        if marks:
            after = any(m.start > number.start and ";" not in frame.low[number.end : m.start] for m in marks)
            return bool(roles) and (
                after or (number.mention.label in ("count", "zero", "ratio") and marks[0].start < number.start)
            )
        return (
            self.state.topic == "nonlocal"
            and not any(m.label == "rotate" for m in frame.measures(frame.sentence.start, frame.sentence.end))
            and bool(roles)
            and not frame.joined
            and number.noun is not None
            and (number.noun.kind == "roles" or number.noun.label == "person")
        )

    def _nonlocal_roles(self, frame: Frame, draft: Draft) -> tuple[str, ...]:
        number = draft.first
        if roles := single_roles(frame, number):
            return roles
        start = frame.low.rfind(";", frame.sentence.start, number.start) + 1 or frame.sentence.start
        before = frame.analysis.within("roles", start, number.start)
        if (
            number.mention.label == "zero"
            or number.is_percent
            or number.noun is None
            or number.noun.label in ("person", "unit")
        ):
            return settle([before[-1].label]) if before else ()
        return ()

    def _is_saving(self, frame: Frame, draft: Draft) -> bool:
        number = draft.first
        if number.mention.data.get("per") not in (None, "năm", "tháng", "quý"):
            return False  # "triệu đồng/người": somebody's income or a norm
        start = frame.low.rfind(";", frame.sentence.start, number.start) + 1 or frame.sentence.start
        clause = frame.low[start : number.start]
        spent = _MONEY_SPENT.search(clause)
        saved = [
            m
            for m in frame.measures(start, number.start)
            if m.label in ("save", "drop") and bridged(frame, m.end, number.start)
        ]
        if not saved or (spent and spent.start() + start > saved[-1].start):
            return False
        return saved[-1].label == "save" or bool(_MONEY_SAVED.search(clause))
