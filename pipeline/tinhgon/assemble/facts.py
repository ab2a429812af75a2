"""Facts: drafts get their posts, their list frame, their total, place, tier, status and dates (codebook, section 8)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import regex

from tinhgon.assemble.citations import Cited
from tinhgon.assemble.drafts import Draft, gather
from tinhgon.assemble.frames import Frame, Number, frame_of
from tinhgon.assemble.objects import PEOPLE, TIERS, UNITS, is_ours, object_of, people_level, settle_phong, told_level
from tinhgon.assemble.owners import Owners, level_of, parent_of
from tinhgon.assemble.pairings import Joined, settle
from tinhgon.assemble.places import Resolved
from tinhgon.assemble.posts import PostReader, also_right, single_roles
from tinhgon.assemble.qualify import heading_status, is_national, resolutions_of, status_of, when_of
from tinhgon.detect.analysis import Analysis
from tinhgon.detect.text import Sentence
from tinhgon.records import Area, Fact, Level, Miss, Provenance, Span, Status

MEASURES = {
    "change": "reduction", "drop": "reduction", "leave": "reduction", "stock": "stock", "join": "merger", "dissolve": "dissolution",
    "rotate": "rotation", "nonlocal": "nonlocal_appointment", "save": "saving", "posts": "concurrent_posts",
}  # fmt: skip
_LIST_BEFORE = regex.compile(r"^[\p{L}\s\-/:,()0-9]{0,60}$")
_LIST_AFTER = regex.compile(r"^\s*(?:[,;.)]|$| và | \()")
_BREAKDOWN_OPENS = regex.compile(r"^\s*[\"“(]*(?:cụ thể|trong đó|trong số đó|riêng|trong \d|giảm (?:mạnh|nhiều) nhất|nhiều nhất|gồm|trong số|kế đó|một số nơi)")
_WITHIN = regex.compile(r"(?:trong đó|gồm|bao gồm|riêng|cụ thể|\(|:)")
_TOTAL_OPENS = regex.compile(r"(?:^|[\s(])(?:trong(?: tổng)?(?: số)?|có|còn|gồm|với|cả|trên) (?:tất cả |cả thảy |tổng số )?$")
_GOALS: dict[str, Level] = {"tỉnh": "province", "sở": "province", "huyện": "district", "cấp huyện": "district"}
_EARLIER = regex.compile(r"(?:năm (?:\d{4}|ngoái|trước)|trước đó|trước đây|đầu nhiệm kỳ)[^,;]{0,12}(?:là|chỉ|có|mới)(?: là)? $")
_TARGET = regex.compile(r"(?:chỉ tiêu|kế hoạch|mức)(?: tối thiểu| ít nhất)?(?: là)? (?:\d|một|hai|ba)|(?:kế hoạch|chỉ tiêu)[^,;]{0,12}giao(?: là| cho)? \d|giao (?:huyện|xã|tỉnh)? ?\d")
_MONEY_SAVED = regex.compile(r"chi|ngân sách|kinh phí|quỹ lương|phụ cấp|tiền lương|tiết kiệm")
_MONEY_SPENT = regex.compile(r"chi trả|hỗ trợ|tổng thu|vốn|đầu tư|thu ngân sách|dư nợ|kinh phí thực hiện|giải ngân|tiết kiệm điện")


@dataclass(frozen=True, slots=True)
class Read:
    """What the fact reader found: facts and the sentences that gave none though they held a cue and a number."""

    facts: tuple[Fact, ...]
    misses: tuple[Miss, ...]


class FactReader:
    """Reads the facts of one document, sentence by sentence, carrying the passage's state."""

    def __init__(
        self, analysis: Analysis, owners: Owners, joined: Sequence[Joined], held: Collection[Joined], cited: list[Cited]
    ) -> None:
        self.analysis = analysis
        self.owners = owners
        self.joined, self.cited = joined, cited
        self.posts = PostReader(joined, held)
        self.heading_object: str | None = None  # what the report's heading speaks of: "3. Đơn vị sự nghiệp"
        self.unit: str | None = None  # the units last counted in this block, for "đơn vị" and bare numbers
        self.unit_block = -1
        self.section: Status = "achieved"
        self.topic: str | None = None  # "nonlocal" while the passage speaks of appointments from elsewhere
        self.previous: list[Draft] = []  # the settled drafts of the sentence before
        self.facts: list[Fact] = []
        self.misses: list[Miss] = []

    def read(self) -> Read:
        for sentence in self.analysis.view.sentences:
            self._sentence(sentence)
        return Read(tuple(distinct(self.facts)), tuple(self.misses))

    # ------------------------------------------------------------ one sentence

    def _sentence(self, sentence: Sentence) -> None:
        block = self.analysis.view.document.blocks[sentence.block]
        text = self.analysis.view.low[sentence.start : sentence.end]
        self.owners.enter(sentence)
        if block.kind == "heading" or (block.kind == "item" and len(text) < 60 and not any(c.isdigit() for c in text[4:])):
            self.section = heading_status(text, self.section)
            nouns = [m.label for m in self.analysis.within("objects", sentence.start, sentence.end) if m.label in UNITS - {"unit"} or m.label in PEOPLE]
            self.heading_object = nouns[0] if nouns else None
        if block.kind in ("dateline", "signature", "caption"):
            return
        self._open_with_citation(sentence)
        frame = frame_of(self.analysis, sentence, self.joined)
        drafts = gather(frame)
        self._settle(frame, drafts)
        found = [fact for draft in drafts for fact in self._facts(frame, draft)]
        self.facts.extend(found)
        self._note_miss(frame, found)
        stated = [f.area for d in drafts for f in found if d.place is None and f.provenance.quote == self._quote(frame, d) and f.area != Area()]
        self.owners.leave(sentence, stated[-1] if stated else self.owners.passage.focus if found else None)
        tiers = [f.object for f in found if f.object in TIERS and f.measure != "concurrent_posts"]
        if tiers:
            self.unit, self.unit_block = tiers[-1], sentence.block
        elif sentence.block != self.unit_block and block.kind != "item":
            self.unit = None
        settled = [d for d in drafts if d.kind != "plain"]
        if settled or frame.numbers:
            self.previous = settled or self.previous

    def _open_with_citation(self, sentence: Sentence) -> None:
        """ "Nghị quyết 15 cũng nêu rõ ...": a sentence that opens with a local document speaks of its issuer's place."""
        for cited in self.cited:
            if 0 <= cited.mention.start - sentence.start <= 2 and cited.local in ("province", "district"):
                main = self.owners.passage.main
                self.owners.take(Area(main.province, main.district if cited.local == "district" else None))

    def _note_miss(self, frame: Frame, found: Sequence[Fact]) -> None:
        if found or not frame.numbers or not (frame.joined or frame.measures(frame.sentence.start, frame.sentence.end)):
            return
        span = self._span(frame.sentence.start, frame.sentence.end)
        numbers = tuple(self._span(n.start, n.end) for n in frame.numbers if not n.foreign)
        if numbers:
            cues = tuple(m.label for m in frame.measures(frame.sentence.start, frame.sentence.end))
            self.misses.append(Miss("a measure and a number, but nothing sure joins them", Provenance(numbers, span, (), cues)))

    # ------------------------------------------------------------ settling plain drafts

    def _settle(self, frame: Frame, drafts: list[Draft]) -> None:
        """Give every draft that no measure word claimed its posts, its list's frame or nothing."""
        text = frame.low[frame.sentence.start : frame.sentence.end]
        nonlocal_here = [m for m in frame.measures(frame.sentence.start, frame.sentence.end) if m.label == "nonlocal"]
        if nonlocal_here:
            self.topic = "nonlocal"
        elif self.topic and frame.joined and not regex.search(r"bố trí|đồng chí", text):
            self.topic = None
        for index, draft in enumerate(drafts):
            if draft.kind in ("drop", "change", "stock") and draft.first.noun is None and not draft.first.is_percent:
                self._place_in_list(draft, drafts[:index])
            if draft.kind == "nonlocal" or (draft.kind in ("plain", "change") and self._is_nonlocal(frame, draft)):
                draft.kind, draft.roles = "nonlocal", self._nonlocal_roles(frame, draft)
                if draft.value is None and draft.before is not None:
                    draft.value, draft.before = draft.before, None
            elif draft.first.mention.label == "money":
                draft.kind = "save" if self._is_saving(frame, draft) else "plain"
            elif draft.kind == "plain" or (draft.kind == "join" and draft.first.noun is None) or (draft.kind == "stock" and draft.first.is_percent):
                self._settle_plain(frame, draft, drafts)
            elif draft.kind in ("drop", "stock") and draft.first.mention.label in ("ratio", "zero"):
                self._settle_plain(frame, draft, drafts)
            elif draft.kind in ("rotate", "dissolve") and self._beside_posts(frame, draft):
                self._settle_plain(frame, draft, drafts)
        self._share_totals(frame, drafts)

    def _place_in_list(self, draft: Draft, before: Sequence[Draft]) -> None:
        """ "giảm 26: Thái Thụy giảm 12, Đông Hưng 6": a change told of one place in a list of them."""
        place = self.owners.right_before(draft.first)
        head = next((d for d in reversed(before) if d.kind in ("drop", "change", "stock", "join")), None)
        if place is not None and head is not None and level_of(place) is not None:
            while head.head is not None:
                head = head.head
            draft.head, draft.place = head, place

    def _beside_posts(self, frame: Frame, draft: Draft) -> bool:
        joined = self.posts.beside(frame, draft.first)
        return joined is not None and frame.text(draft.first.noun_end, joined.start).strip() == ""

    def _settle_plain(self, frame: Frame, draft: Draft, drafts: Sequence[Draft]) -> None:
        number = draft.first
        if self._is_opening_total(frame, draft, drafts):
            return
        if number.mention.label == "zero" and (kind := self._zero_kind(frame, number)):
            draft.kind = kind
            return
        joined = self.posts.beside(frame, number)
        head = self._list_head(frame, draft, drafts)
        if head is not None and (joined is None or head.joined is joined or head.kind != "posts"):
            self._take_frame(draft, head, frame)
            return
        if joined is not None and self._counts_posts(draft):
            draft.kind, draft.joined, draft.roles = "posts", joined, joined.roles
            self.posts.note(draft)
            return
        if self._counts_posts(draft) and not self._is_target_less(frame, draft) and (referred := self.posts.refers(frame, number)):
            draft.kind, draft.joined, draft.roles = "posts", referred.joined, referred.roles
            draft.head, draft.carried, draft.place = referred.draft, True, self.owners.right_before(number)
            self.posts.note(draft)
            return
        if self._is_stock(frame, draft):
            draft.kind = "stock"
            return
        if draft.percent is not None and number.noun is not None and number.noun.label in TIERS and [m for m in frame.measures(number.noun_end, number.post) if m.label == "concurrent"]:
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
        if number.noun is None or number.noun.label not in TIERS or number.mention.label != "count" or draft.total is not None:
            return False
        before = frame.text(frame.sentence.start, number.start)
        if not regex.search(r"(?:có|gồm)(?: tổng cộng| cả thảy| tất cả)? $", before):
            return False
        merged = bool(frame.cues(frame.sentence.start, number.start, "consolidated"))
        return merged or (self.unit == number.noun.label and self.unit_block == frame.sentence.block and bool(regex.search(r"hiện|nay|tổng cộng|cộng lại", before)))

    def _counts_posts(self, draft: Draft) -> bool:
        noun = draft.first.noun
        if draft.first.mention.data.get("word") and draft.value == 1 and noun is not None and (noun.kind == "roles" or noun.label in ("person", "unit", "post")):
            return False  # the indefinite article: "một đồng chí phó chủ tịch"
        return noun is None or noun.kind == "roles" or noun.label in (*TIERS, "unit", "person", "post", "model", "nonspecialist", "agency", "leader", "payroll", "party_org")

    def _zero_kind(self, frame: Frame, number: Number) -> str | None:
        """What did not happen at all: "không giảm đơn vị nào", "chưa tinh giản được trường hợp nào"."""
        words = number.mention.text.lower() + frame.low[number.end : number.end + 28]
        if regex.search(r"giảm|tinh giản|bớt|cắt", words):
            return "drop"
        if regex.search(r"sáp nhập|nhập|hợp nhất", words):
            return "join"
        return "dissolve" if "giải thể" in words else None

    def _is_nonlocal(self, frame: Frame, draft: Draft) -> bool:
        number = draft.first
        marks = [m for m in frame.measures(frame.sentence.start, frame.sentence.end) if m.label == "nonlocal"]
        roles = self._nonlocal_roles(frame, draft)
        if self.posts.beside(frame, number) is not None:
            return False
        if marks:
            after = any(m.start > number.start and ";" not in frame.low[number.end : m.start] for m in marks)
            return bool(roles) and (after or (number.mention.label in ("count", "zero", "ratio") and marks[0].start < number.start))
        return self.topic == "nonlocal" and bool(roles) and not frame.joined and number.noun is not None and (number.noun.kind == "roles" or number.noun.label == "person")

    def _nonlocal_roles(self, frame: Frame, draft: Draft) -> tuple[str, ...]:
        number = draft.first
        if roles := single_roles(frame, number):
            return roles
        start = frame.low.rfind(";", frame.sentence.start, number.start) + 1 or frame.sentence.start
        before = frame.analysis.within("roles", start, number.start)
        if number.mention.label == "zero" or number.is_percent or number.noun is None or number.noun.label in ("person", "unit"):
            return settle([before[-1].label]) if before else ()
        return ()

    def _is_saving(self, frame: Frame, draft: Draft) -> bool:
        number = draft.first
        if number.mention.data.get("per") in ("người", "hộ", "ngày", "sào", "con", "m2", "lượt", "tấn", "đồng chí", "tháng"):
            return False
        start = frame.low.rfind(";", frame.sentence.start, number.start) + 1 or frame.sentence.start
        clause = frame.low[start : number.start]
        spent = _MONEY_SPENT.search(clause)
        saved = [m for m in frame.measures(start, number.start) if m.label in ("save", "drop") or m.label == "gone"]
        if not saved or (spent and spent.start() + start > saved[-1].start):
            return False
        return saved[-1].label == "save" or bool(_MONEY_SAVED.search(clause))

    # ------------------------------------------------------------ lists and totals

    def _is_opening_total(self, frame: Frame, draft: Draft, drafts: Sequence[Draft]) -> bool:
        """ "Trong 8 huyện, cả 8 nơi ..., 7 nơi ...": the number that only says of how many the next ones are."""
        number = draft.first
        if number.noun is None or number.mention.label != "count" or draft.percent is not None:
            return False
        before = frame.text(max(frame.sentence.start, number.start - 22), number.start)
        return bool(regex.search(r"(?:^|[\s(])trong(?: tổng)?(?: số)? $", before)) and len(drafts) > 1

    def _list_head(self, frame: Frame, draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
        """The draft whose list a bare number goes on: "Lục Nam 6, Yên Thế 5", "công chức 256", "năm 2018: 12"."""
        number = draft.first
        index = drafts.index(draft)
        settled = [d for d in drafts[:index] if d.kind != "plain"]
        pre = frame.text(number.pre, number.start)
        if settled and settled[-1].kind == "posts" and number.noun is None and number.mention.label == "count" and _EARLIER.search(pre):
            return settled[-1]
        if settled and _TARGET.search(frame.text(number.pre, number.post)) and settled[-1].kind not in ("save",) and number.mention.label in ("count", "percent"):
            return settled[-1] if number.noun is None or (settled[-1].noun is not None and settled[-1].noun.label in (number.noun.label, "payroll", "person")) else None
        opens = bool(_BREAKDOWN_OPENS.match(frame.low[frame.sentence.start : frame.sentence.end]))
        head = settled[-1] if settled else (self.previous[-1] if self.previous and opens else None)
        if head is None and self.previous and self.previous[-1].kind != "posts":
            same_block = self.previous[-1].frame.sentence.block == frame.sentence.block
            head = self.previous[-1] if same_block and self.owners.right_before(number) and number.noun is None else None
        if head is None or (head.kind in ("posts",) and head.first.mention.label == "zero"):
            return None
        while head.head is not None and not head.carried and head.head.kind == head.kind:
            head = head.head
        place = self.owners.right_before(number)
        if frame.measures(number.pre, number.start) or not _LIST_BEFORE.match(pre):
            return None
        if number.mention.label not in ("count", "range", "ratio", "percent"):
            return None
        noun = number.noun
        same_noun = noun is None or (head.noun is not None and noun.label == head.noun.label)
        if place is not None and same_noun and head.kind != "save" and (number.is_percent == (head.percent is not None and head.value is None) or head.kind == "posts" or number.mention.label in ("count", "ratio")):
            return head
        if number.is_percent and noun is not None and head.percent is not None and head.value is None and head.kind == "drop":
            return head if regex.search(r"(?:,| và) (?:[\p{L} ]{0,14})$", frame.text(head.end, number.start)) and len(frame.text(head.end, number.start)) < 70 else None
        if number.is_percent or number.mention.label == "ratio":
            return None
        if noun is not None and noun.label in PEOPLE and head.kind in ("rotate", "leave", "drop") and regex.fullmatch(r"[^;]*trong đó(?: có)? ", frame.text(head.end, number.start)):
            return head
        if noun is None and _LIST_AFTER.match(frame.low[number.end : number.end + 4]) and head.kind in ("drop", "leave", "rotate", "change", "dissolve"):
            within = _WITHIN.search(frame.text(head.first.noun_end, number.start)) or opens or (settled and settled[-1].label_noun is not None)
            return head if within and len(pre.strip()) > 2 else None
        if noun is not None and head.kind in ("drop", "stock", "change", "dissolve", "leave", "join", "rotate", "nonlocal") and noun.kind == "objects":
            return self._coordinated(frame, number, head)
        return None

    def _coordinated(self, frame: Frame, number: Number, head: Draft) -> Draft | None:
        """Further counted nouns under one verb: "giảm 2 cơ quan, 54 phòng", "gồm 7 xã và 4 thị trấn"."""
        gap = frame.text(head.end if head.frame is frame else frame.sentence.start, number.start)
        plain = regex.sub(r"[\p{L}]+ (?=\d)", "", gap)
        noun = number.noun
        assert noun is not None
        if head.kind in ("stock", "change", "drop") and head.after is not None and noun.label == (head.noun.label if head.noun else None):
            return head if _WITHIN.search(gap) or regex.fullmatch(r"[,\s]*(?:và )?", gap) or head.head is not None else None
        people = noun.label in PEOPLE and head.noun is not None and head.noun.label in PEOPLE
        short = len(gap) < (75 if people else 60) and ";" not in gap
        lists = regex.match(r"^(?: [\p{L}\s,\-]{0,58})?(?:,| và|, và) ?$", gap) is not None or (people and gap.endswith(", và "))
        if not (short and lists) or frame.measures(head.end, number.start) and head.frame is frame:
            return None
        if head.kind in ("drop", "leave", "change") and (noun.label in PEOPLE or noun.label in ("phong", "division", "agency", "service_unit", *TIERS)):
            return head if head.before is None or head.value is not None else None
        return head if head.kind in ("rotate", "nonlocal", "dissolve") and plain else None

    def _take_frame(self, draft: Draft, head: Draft, frame: Frame) -> None:
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
        if head.after is not None and head.kind in ("stock", "change", "drop") and number.noun is not None and draft.place is None:
            draft.kind = "stock"
        if draft.kind == "join" and number.noun is not None and draft.place is None:
            draft.kind = "join"

    def _share_totals(self, frame: Frame, drafts: Sequence[Draft]) -> None:
        """A total told on its own serves the counts behind it: "Trong 12 xã, 3 nơi ..., 8 nơi ..."."""
        for index, draft in enumerate(drafts):
            if draft.kind not in ("posts", "nonlocal", "rotate", "leave") or draft.total is not None or draft.value is None or draft.carried and draft.place:
                continue
            for other in reversed(drafts[:index]):
                number = other.first
                if number.noun is None or other.kind not in ("plain", "stock") or number.mention.label != "count" or other.percent is not None:
                    continue
                if regex.match(r" trong số (?:đó|này|ấy)", frame.low[draft.first.noun_end :]):
                    break
                whole = other.value if other.value is not None else other.after
                if whole is None or draft.value > whole or (draft.first.segment != number.segment and other.kind != "stock" and not self._is_opening_total(frame, other, drafts)):
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
        opening = _TOTAL_OPENS.search(before) or other.first.start - frame.sentence.start < 3 or other.kind == "stock" or leads
        if not opening:
            return False
        if noun.kind == "roles":
            return "trong" in before
        if noun.label in TIERS:
            return own is None or own.label in (noun.label, "unit") or (own.kind == "roles" and ("trong" in before or bool(leads)))
        return "trong" in before and noun.label in PEOPLE and (own is None or own.label in ("person", "payroll"))

    # ------------------------------------------------------------ facts

    def _facts(self, frame: Frame, draft: Draft) -> list[Fact]:
        if draft.kind == "plain":
            return []
        fact = self._fact(frame, draft)
        if fact is None:
            return []
        found = [fact, *(replace(fact, area=area) for area in self._each(frame, draft))]
        if draft.kind == "posts" and draft.joined is not None and draft.head is None and draft.joined.start > draft.first.start:
            found += [replace(fact, roles=j.roles, level=self._post_level(draft, j)) for j in also_right(frame, draft.joined)]
        return found

    def _each(self, frame: Frame, draft: Draft) -> list[Area]:
        """The other places a number holds of: "Quy Mông và Y Can cùng đạt 100%", "A và B mỗi huyện giảm một xã"."""
        if draft.place is None and "mỗi" not in frame.text(draft.first.pre, draft.first.start):
            return []
        before = [r for r in self.owners.places if r.hamlet is None and frame.sentence.start <= r.mention.start and r.mention.end <= draft.first.start]
        if len(before) < 2 or not regex.search(r"(?:cùng|đều|mỗi (?:huyện|xã|tỉnh|nơi|đơn vị))(?!\w)", frame.text(before[-1].mention.end, draft.first.start)):
            return []
        joined = regex.fullmatch(r"(?:,| và) (?:xã |huyện )?", frame.low[before[-2].mention.end : before[-1].mention.data["name_start"]])
        if not joined:
            return []
        if draft.place is None:
            draft.place = before[-1].area
        return [before[-2].area]

    def _fact(self, frame: Frame, draft: Draft) -> Fact | None:
        measure = MEASURES[draft.kind]
        number = draft.first
        label, noun = object_of(draft, frame)
        if draft.kind == "save":
            label = "money"
        if label in (None, "unit") and draft.total is not None:
            label = self._object_of_total(frame, draft) or label
        if label in (None, "unit") and draft.head is not None:
            label = self._object_of_head(draft.head) or label
        if label in (None, "unit") and draft.kind not in ("posts", "nonlocal", "rotate", "save"):
            label = self._object_around(frame, draft) or label
        if label is None and draft.kind == "posts" and draft.joined is not None:
            label = "person" if draft.joined.level is None else draft.joined.level
        if label is None or (label == "unit" and measure != "concurrent_posts") or not self._ours(frame, draft, measure, label, noun):
            return None
        if draft.kind == "drop" and label in ("post", "model") or not _sound(draft, label):
            return None
        unit_level: Level | None = TIERS.get(label)
        if label == "person" and measure == "concurrent_posts" and draft.joined is not None:
            unit_level = draft.joined.level
        area = draft.place if draft.place is not None else self.owners.owner(frame, number, unit_level, number.post)
        if draft.place is not None and unit_level is not None and level_of(area) == unit_level:
            area = parent_of(area)
        if label == "phong":
            label = settle_phong(area, frame, number)
        if label == "unit":
            label = (draft.joined.level if draft.joined else None) or "post"
        status, cues = status_of(frame, number, self.section, self._statement_start(frame, number))
        if draft.carried and status == "achieved" and draft.head is not None and self.section != "achieved":
            status = self.section
        if status in ("required", "planned") and is_national(frame, number):
            area, status = Area(), "required"
        when = when_of(frame, number, frame.sentence.start, status != "achieved")
        published = self.analysis.view.document.published
        if status == "achieved" and when.as_of and published and when.as_of > published[: len(when.as_of)]:
            status = "planned"
        if status == "ongoing" and measure not in ("concurrent_posts", "merger"):
            status = "achieved"
        quote = self._quote(frame, draft)
        level = self._level(frame, draft, label, noun, area)
        value, after = (draft.value, draft.after) if draft.kind != "stock" or draft.value is not None else (draft.after, None)
        patterns = (*(w.pattern for w in draft.words), *(draft.joined.markers if draft.joined else ()), number.mention.pattern)
        told = tuple(dict.fromkeys([*(w.text for w in draft.words), *cues]))
        return Fact(
            measure=measure,
            object=label,
            provenance=Provenance(quote, self._span(frame.sentence.start, frame.sentence.end), tuple(dict.fromkeys(patterns)), told),
            value=value,
            value_max=draft.value_max,
            total=draft.total,
            percent=draft.percent,
            percent_max=draft.percent_max,
            attainment=draft.attainment,
            before=draft.before,
            after=after,
            modifier=draft.modifier,  # type: ignore[arg-type]
            roles=(draft.roles or ()) if measure in ("concurrent_posts", "nonlocal_appointment", "rotation") else (),
            level=level,
            area=area,
            as_of=when.as_of,
            since=when.since,
            baseline=when.baseline,
            per={"năm": "year", "tháng": "month"}.get(str(number.mention.data.get("per"))),
            status=status,
            resolutions=resolutions_of(frame, self.cited),
            part_of=self._whole(draft),
        )

    def _ours(self, frame: Frame, draft: Draft, measure: str, label: str, noun: object) -> bool:
        told = getattr(noun, "label", None) in ("payroll", "nonspecialist", "deputy", "leader", "division", "phong") or self.heading_object in PEOPLE or draft.head is not None
        return is_ours(frame, measure, label, told)

    def _object_of_head(self, head: Draft) -> str | None:
        label, _ = object_of(head, head.frame)
        if label in (None, "unit") and head.head is not None:
            label, _ = object_of(head.head, head.head.frame)
        if label in (None, "unit"):
            label = self._object_around(head.frame, head)
        return label

    def _object_around(self, frame: Frame, draft: Draft) -> str | None:
        """What a bare number or "đơn vị" counts by the tier told, the units of the sentence's other changes, the heading."""
        if block_kind(frame) == "title":
            return None
        if draft.head is None and (place := self.owners.right_before(draft.first)) is not None and self.previous:
            same_block = self.previous[-1].frame.sentence.block == frame.sentence.block
            if same_block and self.previous[-1].kind in ("drop", "change", "stock", "join"):
                found, _ = object_of(self.previous[-1], self.previous[-1].frame)
                if found not in (None, "unit") and place is not None:
                    return found
        if draft.first.noun is None and self.previous and frame.sentence.index - self.previous[-1].frame.sentence.index == 1 and self.previous[-1].frame.sentence.block == frame.sentence.block:
            found, _ = object_of(self.previous[-1], self.previous[-1].frame)
            if found in PEOPLE and found != "person":
                return found
        told = told_level(frame, draft.first)
        if told in ("commune", "hamlet") and draft.percent is None:
            return told
        if self.unit is not None and (draft.first.noun is not None or self.unit_block == frame.sentence.block):
            return self.unit
        return self.heading_object if draft.first.noun is not None and self.heading_object in UNITS else None

    def _object_of_total(self, frame: Frame, draft: Draft) -> str | None:
        nouns = [n.noun.label for n in frame.numbers if n.noun is not None and n.value == draft.total and n.noun.label in TIERS]
        return nouns[0] if nouns else None

    def _level(self, frame: Frame, draft: Draft, label: str, noun: object, area: Area) -> Level | None:
        """The tier where the counted posts or units sit."""
        if label in TIERS:
            level = TIERS[label]
            if draft.kind == "posts" and draft.joined is not None and draft.joined.level == "hamlet":
                return "hamlet"
            return level
        if draft.kind == "posts":
            return self._post_level(draft, draft.joined)
        if draft.kind == "nonlocal":
            return "commune"
        if draft.kind == "rotate":
            return self._rotation_level(frame, draft)
        if label == "nonspecialist":
            target = draft.label_noun or draft.noun
            mention = target if target is not None and target.label == "nonspecialist" else noun
            return people_level(frame, mention) or told_level(frame, draft.first)  # type: ignore[arg-type]
        if label in ("agency", "division", "deputy", "leader"):
            return told_level(frame, draft.first) or level_of(area)
        return told_level(frame, draft.first) if label == "service_unit" else None

    def _post_level(self, draft: Draft, joined: Joined | None) -> Level | None:
        if joined is None:
            noun = draft.noun
            return TIERS.get(noun.label) if noun is not None else None
        noun = draft.noun
        if not joined.told and noun is not None and noun.label in ("commune", "district", "province"):
            return TIERS[noun.label]
        return joined.level

    def _rotation_level(self, frame: Frame, draft: Draft) -> Level | None:
        """The tier that people were moved to: "về xã", "lên huyện"."""
        if draft.head is not None and draft.place is None and not regex.search(r"về|lên|sang|giữa", frame.text(draft.first.pre, draft.first.post)):
            return self._rotation_level(draft.head.frame, draft.head)
        words = frame.text(draft.first.pre, min(draft.first.next_start, frame.low.find(";", draft.first.end) if frame.low.find(";", draft.first.end) > 0 else frame.sentence.end))
        goals = list(regex.finditer(r"(?:về|lên|sang|xuống|đến|giữa)(?: công tác)?(?: (?:tại|ở))?(?: các| những)?(?: cơ quan)?(?: cấp)? (?P<u>xã|phường|cơ sở|huyện|tỉnh|cấp xã|cấp huyện|sở)", words))
        tiers = {_GOALS.get(goal["u"], "commune") for goal in goals}
        if not tiers:
            return "commune" if draft.roles or regex.search(r"xã (?:nhận|đón|được)", words + frame.text(frame.sentence.start, draft.first.start)) else None
        return tiers.pop() if len(tiers) == 1 else None

    def _statement_start(self, frame: Frame, number: Number) -> int:
        return frame.low.rfind(";", frame.sentence.start, number.start) + 1 or frame.sentence.start

    def _quote(self, frame: Frame, draft: Draft) -> tuple[Span, ...]:
        """The shortest piece that proves a draft: from its verb or noun to its last number or roles."""
        starts, ends = [n.start for n in draft.numbers], [n.noun_end for n in draft.numbers]
        inside = [w for w in draft.words if frame.sentence.start <= w.start < frame.sentence.end]
        starts += [w.start for w in inside]
        ends += [w.end for w in inside]
        if draft.joined is not None and draft.joined.sentence.index == frame.sentence.index and draft.head is None:
            starts.append(draft.joined.start)
            ends.append(draft.joined.end)
        return (self._span(min(starts), max(ends)),)

    def _whole(self, draft: Draft) -> str | None:
        if draft.head is None or draft.carried or draft.place is None and draft.label_noun is None and draft.kind != "stock":
            return None
        return self._quote(draft.head.frame, draft.head)[0].text

    def _span(self, start: int, end: int) -> Span:
        return Span(start, end, self.analysis.view.text[start:end])


def block_kind(frame: Frame) -> str:
    """The kind of the block a sentence stands in."""
    return frame.analysis.view.document.blocks[frame.sentence.block].kind


def _sound(draft: Draft, label: str) -> bool:
    """Whether the numbers of a draft can be what they are taken for."""
    if draft.kind == "change" and (draft.before is None or draft.after is None):
        return False
    if draft.before is not None and draft.after is not None and draft.before <= draft.after:
        return False
    if draft.kind == "join" and (label in PEOPLE or (draft.after is not None and draft.value is not None and draft.after >= draft.value) or draft.percent is not None):
        return False
    if draft.kind == "join" and draft.value is not None and draft.value == 1:
        return False
    if draft.total is not None and draft.value is not None and draft.value > draft.total:
        return False
    whole = [draft.value, draft.value_max, draft.total, draft.before, draft.after]
    if label != "money" and any(x is not None and x != int(x) for x in whole):
        return False
    if draft.kind == "stock" and draft.after is None and draft.value is None:
        return False
    if draft.kind == "stock" and (label not in TIERS and label not in ("agency", "service_unit")):
        return False
    return not (label in ("money",) and draft.value is None)


def distinct(facts: Sequence[Fact]) -> list[Fact]:
    """One number once: of facts that say the same of the same place the fuller one stands."""
    kept: list[Fact] = []
    for fact in facts:
        # what a title or lead says in short, the body says in full
        echoes = [k for k in kept if k.measure == fact.measure and k.object == fact.object and _numbers(k) <= _numbers(fact) and k.provenance.sentence.start < 400]
        if echoes and fact.provenance.sentence.start - echoes[0].provenance.sentence.start > 40 and echoes[0].part_of is None and echoes[0].roles == fact.roles:
            kept[kept.index(echoes[0])] = fact
            continue
        twin = next((k for k in kept if _same(k, fact)), None)
        if twin is None:
            kept.append(fact)
        elif _fullness(fact) > _fullness(twin):
            kept[kept.index(twin)] = fact
    return kept


def _numbers(fact: Fact) -> frozenset[tuple[str, float]]:
    slots = ("value", "total", "percent", "before", "after")
    return frozenset((s, x) for s in slots if (x := getattr(fact, s)) is not None)


def _same(a: Fact, b: Fact) -> bool:
    if (a.measure, a.object, frozenset(a.roles), a.area, a.status) != (b.measure, b.object, frozenset(b.roles), b.area, b.status):
        return False
    pairs = [(getattr(a, slot), getattr(b, slot)) for slot in ("value", "total", "percent", "before", "after", "attainment")]
    return all(x is None or y is None or x == y for x, y in pairs) and any(x is not None and x == y for x, y in pairs)


def _fullness(fact: Fact) -> int:
    return sum(x is not None for x in (fact.value, fact.total, fact.percent, fact.before, fact.after, fact.attainment))
