"""Which roles a number is about: the pairing beside it, the one its list or passage speaks of, or a single role."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import regex

from tinhgon.assemble.drafts import Draft
from tinhgon.assemble.frames import Frame, Number
from tinhgon.assemble.objects import TIERS
from tinhgon.assemble.pairings import Joined, settle

_RIGHT_GAP = regex.compile(
    r"[,;:](?!\d| (?:phường|thị trấn|khu phố|tổ dân phố|thành phố|thị xã|bản|làng|khối|khóm|ấp|thôn|buôn|xóm|khu|tổ)(?!\w))"
)
_REFERS = regex.compile(
    r"mô hình (?:này|trên|đó|nói trên)|(?<!trong )(?:con số|tỷ lệ|số) (?:này|tương ứng|ấy|đó)|nhất thể hóa|kiêm nhiệm|tỷ lệ tương ứng|mới được|làm được|mới làm|thực hiện được|bố trí được|thực hiện (?:ở|tại)|đều (?:thực hiện|làm|xong|đạt|bố trí)"
)
_TAKES_UP = regex.compile(r"(?:giữ chức(?: vụ| danh)?|giữ|làm|đảm nhiệm)(?: các)?(?: chức danh| chức vụ)? $")
_SHARE = regex.compile(r",? ?\(?(?:tức|chiếm|bằng|đạt|tương đương|tỷ lệ)? ?$")
_ROW = regex.compile(r"^(?:[-+*•] )?[^:.]{2,40}: ?(?:từ |giảm |không giảm|còn )?[\d]|^[^:.]{2,40}: không giảm")
_MODEL = regex.compile(r"mô hình (?:này|trên|đó|nói trên)")
_OTHER_MEASURES = ("rotate", "leave", "dissolve", "save")
_WHY = regex.compile(r" (?:do|vì|nhờ) ")
_ELLIPTIC_WORDS = frozenset(
    "có đạt mới được thì cũng cùng chỉ riêng còn là ở tại và với trong đó nơi hiện đã đang huyện xã tỉnh thị trấn thành phố phường lại chiếm bằng duy nhất trọn cả mới hiện nay đến nay toàn của tp tx "
    "thấp cao trên dưới gần hơn khoảng các một số lần lượt nhất khi nâng lên tăng tổng kế tiếp theo như so ra tỷ lệ chưa nào không triển khai thực hiện làm bố trí áp dụng duy trì mô hình này năm cuối đầu giữa phấn đấu sẽ "
    "sang tới huyện bạn lân cận địa phương yêu cầu phải ít nhất vào thuộc con đều số tương ứng đến hết tháng trường hợp vượt mốc giữa".split()
)


_HAVING = regex.compile(r"(?:có|bố trí|thực hiện|là|thì|đã|nơi|hiện nay)(?!\w)")
_AT_BEFORE = regex.compile(r"(?:ở|tại) $")
_LETTERS = regex.compile(r"[\p{L}]+")
_NUMBER_TO_POST = regex.compile(
    r"[\s:,]*(?:(?:xã|huyện|thôn|ấp|có|là|được|mới|đã|thì|với|ở|tại|hiện|đến nay|cấp|bố trí|cho|trên|tổng số|khoảng|gần|hơn|toàn|tỉnh)[\s:,]*)*"
)
_LISTED_POSTS = regex.compile(r"(?:,| và|, và)(?: (?:có|bố trí|thực hiện))? ?(?:các )?")


@dataclass(frozen=True, slots=True)
class Reference:
    """The posts a passage spoke of last, for what takes them up again."""

    joined: Joined | None
    roles: tuple[str, ...]
    sentence: int
    block: int
    position: int
    draft: Draft | None  # the number that was about them, where there was one


class PostReader:
    """Answers for the numbers of one document which pairing they are about."""

    def __init__(self, joined: Sequence[Joined], held: Collection[Joined]) -> None:
        self._held = {(j.start, j.end) for j in held}
        self._all = joined
        self.last: Reference | None = None

    def note(self, draft: Draft) -> None:
        """Remember a draft that got its posts."""
        frame = draft.frame
        if draft.first.mention.label == "zero":
            return  # what nobody holds is not what "mô hình này" takes up
        self.last = Reference(
            draft.joined, draft.roles or (), frame.sentence.index, frame.sentence.block, draft.first.start, draft
        )

    def beside(self, frame: Frame, number: Number) -> Joined | None:
        """The pairing the number's own statement names, to its right or its left."""
        usable = [j for j in frame.joined if (j.start, j.end) not in self._held]
        right = self._right(frame, number, usable)
        left = self._left(frame, number, usable)
        if right and left:
            first = usable[0].start
            return (
                right
                if frame.numbers and min(n.start for n in self._counts(frame)) < first
                else self._closer(frame, number, left, right)
            )
        return right or left

    def _closer(self, frame: Frame, number: Number, left: Joined, right: Joined) -> Joined:
        return (
            left
            if frame.text(left.end, number.start).count(",") <= frame.text(number.noun_end, right.start).count(",")
            else right
        )

    def _counts(self, frame: Frame) -> list[Number]:
        return [n for n in frame.numbers if not n.foreign] or list(frame.numbers)

    def _right(self, frame: Frame, number: Number, usable: Sequence[Joined]) -> Joined | None:
        for joined in usable:
            if joined.end <= number.start or (joined.start < number.start):
                continue
            between = [
                n
                for n in frame.numbers
                if number.start < n.start < joined.start and not (n.is_percent and n.noun is None)
            ]
            gap = self._plain(frame, number.noun_end, joined.start)
            if between or ";" in gap or len(gap) > 110:
                return None
            opened = (
                (number.noun is not None and gap == ", ")
                or _HAVING.search(gap)
                or _AT_BEFORE.search(frame.text(number.pre, number.start))
            )
            return joined if len(_RIGHT_GAP.findall(gap)) <= (1 if opened else 0) else None
        return None

    def _left(self, frame: Frame, number: Number, usable: Sequence[Joined]) -> Joined | None:
        before = [j for j in usable if j.end <= number.start]
        if not before:
            return None
        joined = before[-1]
        gap = frame.text(joined.end, number.start)
        if ";" in gap or len(gap) > 130:
            return None
        if number.noun is not None and number.noun.label in ("leader", "person", "payroll") and not counts_holders(gap):
            return None
        earlier = [
            n
            for n in frame.numbers
            if joined.end <= n.start < number.start and not n.foreign and not n.is_percent and n.mention.label != "zero"
        ]
        return None if earlier and not number.is_percent else joined

    def _plain(self, frame: Frame, start: int, end: int) -> str:
        """The text between two offsets without names of places and linked shares: neither begins a new statement."""
        skipped = [(p.start, p.end) for p in frame.analysis.within("places", start, end)]
        shares = [n for n in frame.numbers if n.is_percent and n.noun is None and start <= n.start and n.end <= end]
        for share in shares:
            link = _SHARE.search(frame.low, start, share.start)
            skipped.append((link.start() if link else share.start, share.end))
        pieces, position = [], start
        for first, last in sorted(skipped):
            pieces.append(frame.low[position:first].rstrip(" ,"))
            position = max(position, last)
        return "".join([*pieces, frame.low[position:end]])

    def refers(self, frame: Frame, number: Number) -> Reference | None:
        """The posts told earlier that a statement takes up: "mô hình này", or a place and a number alone."""
        told = bool(_REFERS.search(self._segment(frame, number)))
        passed = [j for j in frame.joined if j.end <= number.start and (j.start, j.end) not in self._held]
        last = self.last
        if passed and (last is None or last.position < passed[-1].start):
            last = Reference(
                passed[-1], passed[-1].roles, frame.sentence.index, frame.sentence.block, passed[-1].start, None
            )
        if last is not None and told and not self._fits(last.joined, number):
            last = self._earlier(frame, number)
        if last is None:
            return self._anywhere(frame, number) if told else None
        distance = frame.sentence.index - last.sentence
        words = set(_LETTERS.findall(self._unnamed(frame, number)))
        listed = number.noun is None or (number.mention.label in ("ratio", "zero") and number.noun.label in TIERS)
        if is_row(frame) and distance <= 40 and listed and self._fits(last.joined, number):
            return last if words <= _ELLIPTIC_WORDS else None  # "Dân số: 12.345" is a row of its own
        moved = [m for m in frame.measures(frame.sentence.start, frame.sentence.end) if m.label in _OTHER_MEASURES]
        if moved and not told:
            return None  # the sentence tells what else happened
        same_block = frame.sentence.block == last.block
        if told:
            again = last.draft is None and last.sentence != frame.sentence.index
            return last if distance <= 3 or again or _MODEL.search(self._segment(frame, number)) else None
        return last if same_block and distance <= 2 and words <= _ELLIPTIC_WORDS else None

    def _fits(self, joined: Joined | None, number: Number) -> bool:
        """Whether posts can sit in the units a number counts: hamlets have none of a commune's."""
        level = number.noun.data.get("level") if number.noun is not None else None
        return (
            level is None
            or joined is None
            or joined.level == level
            or (level == "district" and joined.level == "commune")
        )

    def _earlier(self, frame: Frame, number: Number) -> Reference | None:
        """The last pairing before that fits the counted units."""
        for joined in reversed(self._all):
            if joined.end <= number.start and self._fits(joined, number):
                return Reference(joined, joined.roles, joined.sentence.index, joined.sentence.block, joined.start, None)
        return None

    def _anywhere(self, frame: Frame, number: Number) -> Reference | None:
        """ "mô hình này" where the model was told without its name: the one pairing of the number's tier in the text."""
        level = number.noun.data.get("level") if number.noun is not None else None
        counts = Counter(j.roles for j in self._all if j.level == level)
        most = counts.most_common(2)
        if (
            level is None
            or not most
            or (len(most) > 1 and most[0][1] == most[1][1])
            or not _MODEL.search(self._segment(frame, number))
        ):
            return None
        joined = next(j for j in self._all if j.roles == most[0][0])
        return Reference(joined, joined.roles, frame.sentence.index, frame.sentence.block, joined.start, None)

    def _segment(self, frame: Frame, number: Number) -> str:
        start = frame.low.rfind(";", frame.sentence.start, number.start) + 1 or frame.sentence.start
        end = frame.low.find(";", number.end, frame.sentence.end)
        return frame.low[start : end if end > 0 else frame.sentence.end]

    def _unnamed(self, frame: Frame, number: Number) -> str:
        """The words of a number's clause that are neither names nor nouns nor dates."""
        start = max(frame.sentence.start, frame.low.rfind(";", frame.sentence.start, number.start) + 1)
        why = _WHY.search(frame.low, number.noun_end, number.post)
        end = why.start() if why else number.post
        taken = [
            (m.start, m.end)
            for kind in ("places", "objects", "dates", "numbers")
            for m in frame.analysis.within(kind, start, end)
        ] + [(c.start, c.end) for c in frame.cues(start, end, "anaphor", "tier", "breakdown")]
        return "".join(" " if any(a <= i < b for a, b in taken) else frame.low[i] for i in range(start, end))


def counts_holders(gap: str) -> bool:
    """Whether people behind a pairing are those who hold it: "... kiêm ... có 15 đồng chí", not "thay cho hai lãnh đạo"."""
    return bool(_NUMBER_TO_POST.fullmatch(gap))


def is_row(frame: Frame) -> bool:
    """Whether a sentence is a line of a list: "Huyện Ea Kar: 4/16", "Toàn tỉnh: từ 2.481 còn 2.254"."""
    start, end = frame.sentence.start, frame.sentence.end
    own_line = (
        start == 0
        or frame.low[start - 1] == "\n"
        or start == frame.analysis.view.document.blocks[frame.sentence.block].start
    )
    return own_line and end - start <= 70 and bool(_ROW.match(frame.low[start:end]))


def also_right(frame: Frame, joined: Joined) -> list[Joined]:
    """Further pairings the same number is about: "10/10 huyện bố trí A kiêm B, C kiêm D"."""
    found: list[Joined] = []
    current = joined
    for other in frame.joined:
        if other.start < current.end:
            continue
        if not _LISTED_POSTS.fullmatch(frame.low[current.end : other.start]):
            break
        found.append(other)
        current = other
    return found


def single_roles(frame: Frame, number: Number) -> tuple[str, ...]:
    """The roles a number of appointments is about: its noun ("9 bí thư"), or the role beside it ("đồng chí bí thư")."""
    roles = frame.analysis.within("roles", number.end, number.post)
    if number.noun is not None and number.noun.kind == "roles":
        return settle([number.noun.label])
    near = [r for r in roles if r.start - number.noun_end < 45]
    return settle([near[0].label]) if near else ()


def taken_up_roles(frame: Frame, number: Number) -> tuple[str, ...]:
    """The roles that people were moved to: "luân chuyển 5 cán bộ về giữ chức bí thư đảng ủy xã"."""
    roles = frame.analysis.within("roles", number.end, number.post)
    told = [r for r in roles if _TAKES_UP.search(frame.low[max(number.end, r.start - 24) : r.start])]
    if number.noun is not None and number.noun.kind == "roles":
        return settle([number.noun.label])
    return settle([r.label for r in roles if r.start >= told[0].start]) if told else ()
