"""What a number counts and at which tier: from its own noun, its subject, its total, its roles, its measure."""

from __future__ import annotations

from functools import lru_cache

import regex

from tinhgon.assemble.drafts import Draft
from tinhgon.assemble.frames import Frame, Number
from tinhgon.assemble.owners import level_of
from tinhgon.assemble.tags import bridged
from tinhgon.detect.analysis import Analysis
from tinhgon.detect.anchors import anchored
from tinhgon.detect.spans import between
from tinhgon.detect.text import View
from tinhgon.records import Area, Level, Mention

PEOPLE = frozenset({"payroll", "nonspecialist", "deputy", "leader", "person"})
UNITS = frozenset(
    {"province", "district", "commune", "hamlet", "agency", "phong", "division", "service_unit", "party_org", "unit"}
)
_MUCH = 3  # so many words of consolidation make it what a document is about
_JOINABLE = UNITS - {"unit", "party_org"}
TIERS: dict[str, Level] = {"province": "province", "district": "district", "commune": "commune", "hamlet": "hamlet"}
_APPARATUS = regex.compile(
    r"biên chế|tinh giản|bộ máy|sắp xếp|sáp nhập|hợp nhất|công chức|viên chức|chuyên trách|cán bộ|đầu mối|nghị định (?:số )?(?:108|113|143|29|178|67|154)|tinh gọn|kiêm nhiệm|dôi dư|nghỉ"
)
_CASUALTIES = regex.compile(
    r"người (?:chết|bị thương|thiệt mạng|mắc)|tai nạn|vụ cháy|ca (?:nhiễm|mắc|bệnh)|xuất khẩu|nhập khẩu|khuyến mãi|cổ đông|tàu cá|hiện trường|cứu nạn|(?<!phòng cháy )(?<!phòng cháy và )(?<!phòng cháy, )chữa cháy(?! được| và cứu nạn)"
)
_PRIVATE = regex.compile(
    r"ngân hàng|tập đoàn|công ty|microsoft|google|amazon|meta |tesla|intel|hãng |startup|bank|cổ phiếu|sa thải|clb|đội bóng|(?<!\w)(?:mỹ|nga|trung quốc|nhật bản|hàn quốc|anh quốc|lầu năm góc|nato)(?!\w)"
)
_PUBLIC_MONEY = regex.compile(
    r"bộ máy|biên chế|sắp xếp|sáp nhập|hợp nhất|kiêm nhiệm|tinh giản|chuyên trách|phụ cấp|quỹ lương|tinh gọn|nhất thể hóa|đầu mối|giải thể"
)
# Units that earn their own keep spare the budget without anything being merged.
_SELF_FINANCED = regex.compile(
    r"tự chủ|giá dịch vụ|tự (?:bảo đảm|đảm bảo)|xã hội hóa|chi ngân sách nhà nước|cổ phần hóa"
)
_STAFF = regex.compile(
    r"sĩ quan|giáo viên|công an xã|nghị định|chuyên trách|cán bộ|công chức|viên chức|bí thư|chủ tịch|lãnh đạo|đồng chí|chức danh|biên chế|luân chuyển"
)
_BUSINESS_MONEY = regex.compile(
    r"lợi nhuận|nhà máy|doanh thu|doanh nghiệp|công ty|tổng thu|thu ngân sách|vốn|đầu tư|giải ngân|sản xuất|điện năng|xăng dầu|hộ dân|người dân đóng"
)
_COMPANY = regex.compile(
    r"hội thánh|giáo hội|tòa thánh|phật giáo|doanh nghiệp|công ty|ngân hàng|tập đoàn|hợp tác xã|câu lạc bộ|clb"
)
_WHY_LEAVE = regex.compile(
    r"tinh giản|nghị định|nđ (?:số )?\d|sắp xếp|sáp nhập|hợp nhất|trước tuổi|bộ máy|dôi dư|chế độ|tinh gọn|thôi việc|nghỉ công tác|thôi nhiệm vụ|thôi giữ chức|chuyên trách|hiệu trưởng|giải quyết (?:chế độ )?cho"
)
TOPIC = anchored(
    r"biên chế|tinh giản|tinh gọn|bộ máy|sáp nhập|sát nhập|hợp nhất|kiêm nhiệm|nhất thể hóa|chuyên trách|đơn vị hành chính|đơn vị sự nghiệp|đầu mối|luân chuyển|điều động|giải thể|cấp phó|"
    r"sắp xếp (?:lại )?(?:thôn|xã|ấp|bản|tổ|đơn vị|các|tổ chức|cơ quan)|(?:nhập|dồn|gộp|ghép) (?:\p{L}+ |\d+ ){0,3}(?:thôn|xã|ấp|bản|khu|trường|huyện|trạm)|dôi dư|nghị định (?:số )?(?:108|113|143|29|178|67|154)|quy mô nhỏ|cắt giảm|kiêm (?:chủ tịch|trưởng|giám đốc|nhiệm)|người địa phương|trước tuổi|thôi việc",
    "biên chế", "tinh giản", "tinh gọn", "bộ máy", "sáp nhập", "sát nhập", "hợp nhất", "kiêm", "nhất thể hóa",
    "chuyên trách", "đơn vị hành chính", "đơn vị sự nghiệp", "đầu mối", "luân chuyển", "điều động", "giải thể",
    "cấp phó", "sắp xếp", "nhập", "dồn", "gộp", "ghép", "dôi dư", "nghị định", "quy mô nhỏ", "cắt giảm",
    "người địa phương", "trước tuổi", "thôi việc",
    inside=True,
)  # fmt: skip
_NOT_OURS = regex.compile(
    r"đảng viên|kỷ luật|hộ nghèo|tai nạn|ca mắc|đàn (?:lợn|heo|gia|bò)|tổng đàn|doanh nghiệp|công ty|ngân hàng|tập đoàn|cổ phiếu|hợp tác xã|trụ sở|học sinh|giáo viên|nhà văn hóa|ban chấp hành|"
    r"cấp ủy viên|đại biểu|ủy viên|thủ tục hành chính|lãi suất|giá (?:vàng|xăng)|thuế|lợi nhuận|doanh thu|khách hàng|nông thôn mới|câu lạc bộ|clb|cử tri|phiếu|lao động địa phương"
)


_TIER_WORDS = regex.compile(
    r"(?:cấp|thuộc(?: ubnd)?|trực thuộc|mỗi) (?P<tier>tỉnh|huyện|xã|thôn|sở|phòng giáo dục)(?!\w)"
)
_TIER_OF: dict[str, Level] = {
    "tỉnh": "province", "sở": "province", "huyện": "district", "phòng giáo dục": "district", "xã": "commune", "thôn": "hamlet",
}  # fmt: skip


_OF_DISTRICT = regex.compile(r"[^.;,\d]{0,24}? (?:cấp huyện|(?:thuộc|của|ở)(?: các| ubnd| cấp)* huyện)(?!\w)")
_WHERE = regex.compile(
    r"(?:trong|thuộc|ở|tại|của|cấp|từ|tại các|bên trong các|trong các|ở các|thuộc các|của các|ubnd|hđnd|mttq|đảng bộ|ủy ban) $"
)


_WHERE_EMPLOYED = regex.compile(
    r".{0,45}?(?:(?:ở|tại|cấp) (?:các )?(?P<c>xã)(?: và (?P<both>xóm|thôn|ấp))?|(?:ở|tại|cấp) (?:các )?(?:thôn|ấp|bản|khu|xóm|khóm|tổ|làng|buôn))"
)
_INSIDE_OFFICE = regex.compile(
    r"(?:thuộc|trong|của|bên trong)(?: các)? (?:sở|chi cục|cục|vụ|ban|ngành)|sở,|các sở [\p{L} ]{0,20}(?:giảm|bớt|cắt|giải thể|nhập)|kho bạc|tương đương thuộc"
)
_STATE_STAFF = regex.compile("biên chế|công chức|viên chức")


def subject_of(frame: Frame, number: Number, noun: Mention | None, wanted: frozenset[str]) -> Mention | None:
    """The counted noun that stands as subject before a number's verb, not counted itself by another number.

    ``noun``: what the number's own statement calls it ("đơn vị", "người"), if it says so.
    """
    counted = {n.noun.start for n in frame.numbers if n.noun is not None}
    start = frame.low.rfind(";", frame.sentence.start, number.start) + 1 or frame.sentence.start
    nouns = [
        m for m in frame.analysis.within("objects", start, number.start) if m.start not in counted and m.label in wanted
    ]
    if not nouns:
        return None
    # "viên chức trong các đơn vị sự nghiệp giảm": what stands behind a preposition only tells where
    heads = [m for m in nouns if not _WHERE.search(frame.low[max(0, m.start - 16) : m.start])]

    def near(found: list[Mention], reach: int) -> list[Mention]:
        return [
            m
            for m in found
            if (noun is not None and m.end + reach > number.start) or bridged(frame, m.end, number.start)
        ]

    nouns, heads = near(nouns, 70), near(heads, 90)
    if not nouns and not heads:
        return None
    chosen = (heads or nouns)[-1]
    while (before := next((m for m in nouns if m.end + 1 == chosen.start), None)) is not None:
        chosen = before  # "chi bộ xóm": the first noun of two is what is counted
    return chosen


def told_level(frame: Frame, number: Number) -> Level | None:
    """The tier told in words near a number: "cấp xã", "ở thôn", "tuyến huyện", "thuộc UBND huyện"."""
    start = frame.low.rfind(";", frame.sentence.start, number.start) + 1 or frame.sentence.start
    words = [
        *_TIER_WORDS.finditer(frame.text(start, number.start)),
        *_TIER_WORDS.finditer(frame.text(number.end, number.post)),
    ]
    if words:
        return _TIER_OF[words[-1]["tier"]]
    before = frame.cues(start, number.start, "tier")
    if before:
        return before[-1].data["level"]  # type: ignore[no-any-return]
    return None


def people_level(frame: Frame, noun: Mention | None) -> Level | None:
    """The tier of part-time staff by the words of their noun and what follows it."""
    if noun is None:
        return None
    words = noun.text.lower() + frame.low[noun.end : noun.end + 40]
    found = _WHERE_EMPLOYED.match(words)
    if not found or found["both"]:
        return None
    return "commune" if found["c"] else "hamlet"


def object_of(draft: Draft, frame: Frame) -> tuple[str | None, Mention | None]:
    """The codebook's object of a draft and the noun that tells it; (None, None) where nothing sure does."""
    number, noun = draft.first, draft.label_noun or draft.noun
    label = noun.label if noun is not None and noun.kind == "objects" else None
    if noun is not None and noun.kind == "roles":
        label = "person"
    if draft.kind == "posts":
        return _post_object(draft, label), noun
    if draft.kind in ("nonlocal", "rotate"):
        if draft.kind == "nonlocal" and label == "unit" and draft.total is not None:
            return None, noun  # "Trong 114 xã, 109 nơi có bí thư không phải người địa phương": the total tells
        return (label if label in TIERS and draft.kind == "nonlocal" else "person"), noun
    if draft.first.mention.label == "zero" and draft.kind == "drop" and label == "post":
        return "payroll", noun
    if label is None and draft.head is not None:
        return None, None
    if label is None and draft.kind == "leave" and not number.is_percent:
        return "payroll", noun  # "Người nghỉ theo Nghị định 178 là 3.127"
    if label is None and number.is_percent and any("tinh giản" in word.text.lower() for word in draft.words):
        return "payroll", noun  # nothing else is "tinh giản" by a share
    if label in (None, "unit", "person", "payroll", "post") and draft.label_noun is None:
        wanted = (
            UNITS - {"unit"}
            if label == "unit"
            else PEOPLE - {"person"}
            if label in ("person", "payroll", "post")
            else (UNITS | PEOPLE) - {"unit", "person"}
        )
        subject = subject_of(frame, number, noun, wanted)
        if subject is None and label == "unit":
            subject = next(
                (
                    n.noun
                    for n in reversed(frame.numbers)
                    if n.noun is not None
                    and n.start < number.start
                    and n.noun.label in TIERS
                    and n.value >= number.value
                ),
                None,
            )
        if subject is None and label in ("person", "payroll") and noun is not None and noun.kind == "objects":
            named = frame.analysis.within("roles", max(frame.sentence.start, number.start - 70), number.start)
            if named and named[-1].label.startswith("pho_") and not frame.numbers[: number.index]:
                return "deputy", named[-1]  # "số phó chủ tịch UBND cấp xã giảm 9 đồng chí"
        if subject is None and label == "person":
            people = [
                d
                for d in draft.siblings
                if d.object in PEOPLE - {"person", "leader", "deputy"} and d.first.start < number.start
            ]
            if people:
                return people[-1].object, noun
        if subject is not None and not (label == "payroll" and subject.label == "payroll"):
            return subject.label, subject
    if label == "person":
        deputy = noun is not None and noun.kind == "roles" and noun.label.startswith("pho_")
        return ("deputy" if deputy else "payroll"), noun
    if label == "post":
        if draft.kind == "leave":
            return "payroll", noun
        # "giảm 21 trường hợp" does not tell of what; only "chức danh" and "vị trí" are posts that can be cut
        told = noun is not None and not noun.text.lower().startswith("trường hợp")
        return ("post" if told else None), noun
    return label, noun


def _post_object(draft: Draft, label: str | None) -> str | None:
    if draft.joined is not None and label in (None, "unit") and draft.head is None:
        level = draft.joined.level
        return "post" if label is None and draft.first.mention.label == "zero" else level or "post"
    if label in (None, "unit"):
        return None
    return {"payroll": "person", "leader": "person", "phong": "agency"}.get(label, label)


def settle_phong(owner: Area, frame: Frame, number: Number) -> str:
    """A "phòng" is an agency of a district, a division inside a sở or a province's body."""
    inside = _INSIDE_OFFICE.search(frame.low[frame.sentence.start : number.post + 30])
    of_district = _OF_DISTRICT.match(frame.low[number.noun_end : number.post + 40]) or "chuyên môn" in frame.text(
        number.start, number.noun_end
    )
    return "agency" if not inside and (of_district or level_of(owner) in ("district", "commune")) else "division"


def is_ours(frame: Frame, measure: str, label: str | None, noun: Mention | None, told: bool) -> bool:
    """Whether a change stands in a sentence about the apparatus and not about something else.

    ``told``: the counted noun itself names staff ("biên chế"), not just people ("người"), or its passage does.
    """
    of_state = noun is not None and _STATE_STAFF.search(noun.text.lower()) is not None
    start, end = frame.sentence.start, frame.sentence.end
    text, title = frame.low[start:end], (frame.analysis.view.document.title or "").lower()
    if _CASUALTIES.search(text) or frame.cues(start, end, "denied") or _is_abroad(frame):
        return False
    if label == "payroll" and of_state:
        return True  # firms have no "biên chế"
    if label == "payroll" and _PRIVATE.search(text + " " + title):
        return False
    if measure == "saving":
        near = frame.low[max(0, start - 250) : end]
        merged = [m for m in frame.measures(start, end) if m.label in ("join", "dissolve", "drop")]
        public = merged or _PUBLIC_MONEY.search(near) or topic_words(frame.analysis.view) >= _MUCH
        if not merged and _SELF_FINANCED.search(near):
            return False
        return bool(public) and not _BUSINESS_MONEY.search(text) and not _COMPANY.search(text)
    if measure == "rotation":
        about = _STAFF.search(text) or topic_words(frame.analysis.view) >= _MUCH
        return bool(about) and not _COMPANY.search(text + " " + title)
    if measure == "reduction" and label in ("payroll", "leader", "deputy", "division") and not told:
        return bool(_APPARATUS.search(text)) and not _NOT_OURS.search(text)
    return not _COMPANY.search(text)


def topic_words(view: View, start: int = 0, end: int | None = None) -> int:
    """How often a document, or what stands in it between two offsets, speaks of consolidation."""
    found = _topics(view)
    if end is None:
        return len(found)
    return sum(last <= end for _, last in between(found, start, end, begins=lambda span: span[0]))


@lru_cache(maxsize=2)
def _topics(view: View) -> list[tuple[int, int]]:
    """Where a document speaks of consolidation; asked for every number, sought once."""
    return [match.span() for match in view.find(TOPIC)]


def consolidating(analysis: Analysis) -> int:
    """In how many sentences of a document units of ours are joined or dissolved, whatever words it uses for that."""
    return sum(
        any(m.label in ("join", "dissolve") for m in analysis.within("measures", s.start, s.end))
        and any(m.label in _JOINABLE for m in analysis.within("objects", s.start, s.end))
        for s in analysis.view.sentences
    )


def is_on_topic(frame: Frame, elsewhere: int) -> bool:
    """Whether the document speaks of consolidation near the sentence, or more than once anywhere.

    ``elsewhere``: in how many of its sentences units are joined or dissolved.
    """
    block = frame.analysis.view.document.blocks[frame.sentence.block]
    return (
        topic_words(frame.analysis.view, block.start, block.end) > 0 or topic_words(frame.analysis.view) + elsewhere > 1
    )


def told_why(frame: Frame, after_staff: bool) -> bool:
    """Whether people who leave do so for consolidation ("theo Nghị định 178"), and not as people retire anyway."""
    return after_staff or bool(_WHY_LEAVE.search(frame.low[frame.sentence.start : frame.sentence.end]))


def _is_abroad(frame: Frame) -> bool:
    """Whether the sentence or the title speaks of another country and names no place of ours."""
    title = next((b for b in frame.analysis.view.document.blocks if b.kind == "title"), None)
    if title is not None and frame.cues(title.start, title.end, "foreign"):
        return True
    return bool(frame.cues(frame.sentence.start, frame.sentence.end, "foreign")) and not frame.analysis.within(
        "places", frame.sentence.start, frame.sentence.end
    )
