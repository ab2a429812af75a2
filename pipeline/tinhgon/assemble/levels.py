"""The tier where counted posts, units or staff sit."""

from __future__ import annotations

import regex

from tinhgon.assemble.drafts import Draft
from tinhgon.assemble.frames import Frame, Number
from tinhgon.assemble.objects import TIERS, people_level, told_level
from tinhgon.assemble.owners import level_of
from tinhgon.assemble.pairings import Joined
from tinhgon.records import Area, Level, Mention

_GOAL = regex.compile(
    r"(?:về|xuống|lên|sang) (?:làm|giữ chức|nhận nhiệm vụ)[^.;,\d]{0,36}? (?P<unit>xã|phường|huyện)(?!\w)|"
    r"(?:về|(?<!trở )lên|sang|xuống|đến|giữa|cho)(?: công tác)?(?: tại| ở)?(?: các| những)?(?: cơ quan)?(?: cấp)? "
    r"(?P<unit>xã|phường|cơ sở|huyện|tỉnh|cấp xã|cấp huyện|sở)(?!\w)"
)
_PHRASE = regex.compile(
    r"[\p{L}]+(?: (?!của|trên|tại|ở|trong|toàn|và|còn|giảm|thành|xuống|được|đã|sẽ|có|về|từ|cho|với|do)[\p{L}]+){0,6}? (?P<tier>quận|huyện|tỉnh|xã)(?!\w)"
)
_PHRASES: dict[str, Level] = {"tỉnh": "province", "huyện": "district", "quận": "district", "xã": "commune"}
_GOALS: dict[str, Level] = {"tỉnh": "province", "sở": "province", "huyện": "district", "cấp huyện": "district"}


_POLICE = regex.compile(r"(?<!\w)công an (?:các |cấp )?(?P<tier>tỉnh|huyện|xã)(?!\w)")
# Bodies that exist at one tier only, whoever speaks of them.
_OF_ONE_TIER: dict[str, Level] = {"trạm y tế": "commune", "phòng khám đa khoa khu vực": "district", "sở": "province",
    "chi cục thuế": "district", "chi bộ thôn": "hamlet", "chi bộ ấp": "hamlet", "chi bộ xóm": "hamlet", "chi bộ khu": "hamlet",
    "chi bộ bản": "hamlet", "chi bộ tổ dân phố": "hamlet", "đảng bộ xã": "commune",
}  # fmt: skip


_RECEIVING = regex.compile(r"xã (?:nhận|đón|được)")


def level_for(frame: Frame, draft: Draft, label: str, noun: Mention | None, area: Area) -> Level | None:
    """The tier where the counted posts or units sit."""
    if draft.tier is not None:
        return draft.tier
    if label in TIERS:
        level = TIERS[label]
        if draft.kind == "posts" and draft.joined is not None and draft.joined.level == "hamlet":
            return "hamlet"
        return level
    if draft.kind == "posts":
        return post_level(draft, draft.joined)
    if draft.kind == "nonlocal":
        roles = frame.analysis.within("roles", frame.sentence.start, draft.first.post)
        tiers = [r.data["level"] for r in roles if r.data["level"] in ("province", "district", "commune")]
        return tiers[-1] if tiers else "commune"
    if draft.kind == "rotate":
        return rotation_level(frame, draft)
    if label == "nonspecialist":
        target = draft.label_noun or draft.noun
        mention = target if target is not None and target.label == "nonspecialist" else noun
        own: Level | None = "commune" if area.commune else None
        return people_level(frame, mention) or told_level(frame, draft.first) or own
    if label in ("agency", "division", "deputy", "leader"):
        told = told_level(frame, draft.first) or _own_level(frame, draft.first) or _level_of_police(frame, draft.first)
        heads_a_school = label in ("deputy", "leader") and "hiệu trưởng" in (noun.text.lower() if noun else "")
        return told or (None if heads_a_school else level_of(area))
    return (
        told_level(frame, draft.first) or _own_level(frame, draft.first)
        if label in ("service_unit", "party_org")
        else None
    )


def _own_level(frame: Frame, number: Number) -> Level | None:
    """The tier in the counted noun's own phrase: "trung tâm y tế tuyến tỉnh", "chi cục thuế quận, huyện"."""
    if number.noun is None or number.noun.kind != "objects":
        return None
    phrase = frame.text(number.noun.start, min(frame.sentence.end, number.noun.start + 60))
    for body, level in _OF_ONE_TIER.items():
        if phrase.startswith(body):
            return level
    told = _PHRASE.match(phrase)
    return _PHRASES[told["tier"]] if told else None


def _level_of_police(frame: Frame, number: Number) -> Level | None:
    """ "công an các huyện giảm 37 đội": the tier of the force that the sentence speaks of."""
    told = list(_POLICE.finditer(frame.text(frame.sentence.start, number.start)))
    return _PHRASES[told[-1]["tier"]] if told else None


def post_level(draft: Draft, joined: Joined | None) -> Level | None:
    if joined is None:
        noun = draft.noun
        return TIERS.get(noun.label) if noun is not None else None
    noun = draft.noun
    if not joined.told and noun is not None and noun.label in ("commune", "district", "province"):
        return TIERS[noun.label]
    return joined.level


def rotation_level(frame: Frame, draft: Draft) -> Level | None:
    """The tier that people were moved to: "về xã", "lên huyện"; None where it is not told or of two tiers."""
    number = draft.first
    if draft.head is not None and draft.place is not None and draft.place.commune:
        return "commune"  # "trong đó xã Đất Mũi 7 người"
    own = frame.text(number.pre, number.post)
    if draft.head is not None and draft.place is None and not _GOAL.search(own):
        return rotation_level(draft.head.frame, draft.head)
    wide = frame.text(number.pre, number.next_start).split(":")[0].split(";")[0]
    goals = list(_GOAL.finditer(own)) or list(_GOAL.finditer(wide))
    tiers = {_GOALS.get(goal["unit"], "commune") for goal in goals}
    if not tiers:
        received = _RECEIVING.search(frame.text(frame.sentence.start, number.start))
        return "commune" if draft.roles or received else None
    return tiers.pop() if len(tiers) == 1 else None
