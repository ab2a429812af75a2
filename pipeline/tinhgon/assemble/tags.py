"""Tags: what the words around a number say happened to what it counts: from, was, left, drop, join, into, ..."""

from __future__ import annotations

import regex

from tinhgon.assemble.frames import Frame, Number
from tinhgon.records import Mention

_FROM = regex.compile(
    r"(?:^|\s|,|\()(?:(?:đang )?từ|đang(?: có)?|hồi (?:chưa|trước)[^,;.\d]{0,20}? có)(?: chỗ(?: có)?| mức| con số)?(?: có)?(?: (?:khoảng|gần|hơn|trên))? ?$"
)
_CLOSE_BEFORE = regex.compile(
    r"^(?: (?:còn|khoảng|gần|hơn|trên|dưới|chừng|có|là|được|tổng số|số|ít nhất|tối thiểu|lại|chỉ|mới|đúng|vỏn vẹn|không quá|tối đa|nhiều nhất|bình quân|hẳn|mất|tương ứng|lên|xuống|các|cả thảy|từ|đến|với|lần lượt|riêng|tới|cộng|toàn|huyện|nơi|đây|cộng lại))* ?$"
)
_YEAR_BEFORE = regex.compile(
    r"năm(?: học)? \d{4}(?: - \d{4})?(?: (?:khối [^,;]{1,30}|huyện|xã|toàn huyện|[\w ,]{1,30}))?(?: được giao)?(?: có| là| mới là| chỉ là)? ?$"
)
_GOES_DOWN = regex.compile(r"(?:còn|nay|giờ|xuống|hiện|chỉ có)(?!\w)")
_WAS_WIDE = regex.compile(
    r"(?<!\w)trước(?: đó| đây| kia| khi [\p{L} ]{2,18}| sắp xếp| sáp nhập| hợp nhất)?,?(?: [\p{L},]+){0,10} (?:là|có|cộng lại)(?: là)? ?$|so với(?: khoảng| gần| hơn| trên)? ?$"
)
_WAS_IN_BRACKETS = regex.compile(r"\((?:năm \d{4}|trước (?:đó|đây|kia|khi [^()]{3,20}|sắp xếp|sáp nhập))(?: là| có)? $")
_MOST = regex.compile(r"(?:giảm|bớt)(?: [\p{L} ]{1,30}?)? (?:nhiều|mạnh|sâu|lớn|cao) nhất(?: là)?(?:, ?| với )$")
_NOW = regex.compile(
    r"(?<!phát|thể|thực|xuất|biểu)(?:^|\s|,|\()(?:rồi đây(?: là)?|mới chỉ có|nay|hiện nay|hiện|bây giờ|giờ|cuối kỳ|đến nay|nay chỉ(?: bố trí| giữ)?|nay xã|nay chỉ còn|giờ còn|hiện tại)(?: (?:xã|huyện|chỉ|bố trí|có|là|còn|giữ|toàn huyện|toàn tỉnh|toàn xã|cả huyện|cả tỉnh|toàn thành phố|thì|cả))* ?$"
)
# "hai bên gộp lại 17 biên chế, giờ 13": what there was together; said of units only with "có"
_ADDED_UP = regex.compile(r"(?:gộp|cộng|góp)(?: chung)? lại (?:có|là)(?: cả thảy)? ?$|cộng lại(?: có| là)? ?$")
# "giải quyết 159 trường hợp theo Nghị định 108"
_SETTLED = regex.compile(r"giải quyết(?: chế độ| chính sách)?(?: tinh giản biên chế)?(?: cho)?(?: được)? ?$")
_BY_DECREE = regex.compile(r"[^.;,\d]{0,30}? (?:theo|nghỉ|thôi việc)(?!\w)")
_MADE_FROM = regex.compile(
    r"(?:thành lập|hình thành|lập)(?: mới)? (?:trên cơ sở|từ)(?: việc)?(?: hợp nhất| sáp nhập| nhập)?(?: nguyên trạng)?(?: của)? ?$"
)
_COMPLETED = regex.compile(r"(?:hoàn thành|làm xong)(?: việc| công tác| đề án)? $")
_SPAN_OF_TIME = regex.compile(r"trong (?:\d+|một|hai|ba|bốn|năm) (?:năm|tháng)(?: qua)?")
_REASON = regex.compile(r"(?<!\w)(?:do|nhờ|vì|qua|theo|khi|sau|trong)(?: việc)? $")
_DOES_IT_TO = regex.compile(
    r" (?:các |một số |\d+ |lại )?(?:trường|thôn|ấp|bộ máy|đơn vị|cơ quan|phòng|tổ chức|đầu mối|cán bộ|nhân sự|chợ|trụ sở)(?!\w)"
)
_PERFORMS = regex.compile(r"(?<!\w)(?:thực hiện|tiến hành|triển khai|hoàn thành)(?!\w)")
_ROW_OF_VERBS = 40  # characters: how far before a number's own piece such a row may begin
_LABEL_TAGS = {
    "drop": "drop", "gone": "drop", "dissolve": "dissolve", "rotate": "rotate", "leave": "leave", "save": "save", "join": "join",
    "nonlocal": "nonlocal",
}  # fmt: skip
_BREAKS = frozenset(
    "để khi mà thì viết bắt đầu chưa không nhằm vì nên nếu với phải có được bị là và của người theo cho lại".split()
) - {"được", "bị", "và"}
_BRIDGE = frozenset(
    "đương quanh này đó cũng nhẹ được thêm ít nhất tối thiểu khoảng hơn gần trên dưới chừng tổng số toàn bộ các những cả số thành công lại xong song tiếp đi ngay từ tới đến về lên khối đảng đoàn thể chính quyền cho ngân sách mỗi năm là "
    "nhiều mạnh sâu nhiều nhất riêng với thì mới chỉ đúng lần lượt thì tương ứng ở tại của trong thuộc cấp tỉnh huyện xã thôn nguyên trạng cũng đã hai ba tiền lương phụ cấp chi phí kinh phí chi thường xuyên quỹ "
    "nhà nước hàng hằng bình quân ước tính còn lại nhân sự cơ quan đơn vị công lập địa phương một người làm việc và lên tới trả chế độ hoạt động bộ máy đầu mối lực lượng theo tự nguyện ít có trước đây trung bình "
    "rút đó giao nhận nâng phải bị diện đồng chí khác xin cùng sẽ dưới hộ từng chuyên do khoản đội ngũ nhờ vậy qua theo đó đợt chưa đạt quy mô chuẩn nông nghiệp sắp xếp tinh giản công lập không hộ có nhỏ lẻ thuộc diện ủy cơ quan "
    "tổ chức hành chính trên địa bàn bên trong ngành giáo dục y tế".split()
)


_WORD = regex.compile(r"[\p{L}\d]+")
_CHANGED = regex.compile(r"(?:xuống|còn|giảm|rút|bớt|(?<!trở )lên|gộp|thành|về \d|nay|giờ)(?!\w)")


def tag_of(frame: Frame, number: Number) -> tuple[str | None, Mention | None]:
    """What the words around a number say of it, and the word that says it."""
    pre = frame.text(number.pre, number.start)
    if number.mention.label != "range" and _FROM.search(pre) and _leads_on(frame, number):
        return "from", None
    if number.noun is not None and _MADE_FROM.search(pre):
        return "join", None
    if _SETTLED.search(pre) and _BY_DECREE.match(frame.low, number.noun_end):
        return "leave", None
    for word in reversed(frame.measures(number.pre, number.start)):
        between = frame.text(word.end, number.start)
        close = _CLOSE_BEFORE.match(between)
        if word.label in ("left", "was", "into", "rise"):
            if close:
                return word.label, word
            continue
        if word.label in ("concurrent", "nonlocal") or not bridged(frame, word.end, number.start):
            continue
        if (
            word.label == "join"
            and _ADDED_UP.search(pre)
            and _GOES_DOWN.search(frame.text(number.noun_end, frame.sentence.end))
        ):
            return "was", None
        word = _first_of_several(frame, number, word)
        return _LABEL_TAGS[word.label], word
    wide = frame.text(number.gap_start, number.start)
    if _MOST.search(wide):
        return "drop", None
    if not number.is_percent and number.mention.label == "count" and (tag := _tag_by_time(frame, number, wide)):
        return tag, None
    behind, verb = _tag_behind(frame, number)
    if behind is not None:
        return behind, verb
    return ("now", None) if _NOW.search(wide) else (None, None)


def _first_of_several(frame: Frame, number: Number, word: Mention) -> Mention:
    """ "sẽ hợp nhất, sáp nhập, giải thể 21 đơn vị": of verbs of one kind in a row the first one names the measure."""
    kinds = ("join", "dissolve")
    for other in reversed(frame.measures(number.pre - _ROW_OF_VERBS, word.start)):
        linked = frame.text(other.end, word.start).strip() in (",", "và", ", và", "hoặc")
        if not linked or other.label not in kinds or word.label not in kinds:
            break
        word = other
    return word


def _tag_by_time(frame: Frame, number: Number, wide: str) -> str | None:
    """A number told of an earlier time, where a later one goes down from it: "năm 2017 có 69, năm 2022 còn 61"."""
    rest = frame.text(number.noun_end, frame.sentence.end)
    staff = number.noun is None or number.noun.label in ("payroll", "person", "service_unit")
    if staff and _YEAR_BEFORE.search(wide) and _GOES_DOWN.search(rest):
        return "year"
    if _WAS_IN_BRACKETS.search(wide):
        return "was"
    compared = "so với" in wide[-18:]
    if _WAS_WIDE.search(wide) and ("trước" in rest if compared else _GOES_DOWN.search(rest)):
        return "was"
    return None


def _tag_behind(frame: Frame, number: Number) -> tuple[str | None, Mention | None]:
    """What a verb behind a counted noun says of it: "41 phòng được cắt bỏ", "7 người được luân chuyển"."""
    tiers = number.noun is not None and number.noun.label in ("province", "district", "commune", "hamlet")
    if tiers and frame.to_be_merged(number) is not None:
        joins = [m for m in frame.measures(number.noun_end, frame.sentence.end) if m.label == "join"]
        return "join", joins[0] if joins else None
    staff = number.noun is not None and number.noun.label in ("person", "payroll")
    for word in frame.measures(number.noun_end, number.post):
        if number.is_percent and word.label in ("leave", "rotate", "dissolve"):
            continue
        if word.label == "nonlocal":
            return "nonlocal", word
        if word.label == "drop" and "tinh giản" in word.text.lower() and staff:
            return "leave", word
        if word.label == "join" and frame.text(word.end, word.end + 4) in (" có ", " là "):
            continue  # "hai tỉnh cũ gộp lại có 41 sở"
        if _REASON.search(frame.text(max(0, word.start - 12), word.start)):
            continue  # "908 viên chức do sắp xếp tổ chức bộ máy"
        if tiers and _COMPLETED.search(frame.text(number.noun_end, word.start)):
            continue  # "98/104 xã đã hoàn thành việc sắp xếp": where it was done
        if any(number.noun_end <= j.start < word.start for j in frame.joined):
            continue  # "10/17 xã có bí thư kiêm chủ tịch và luân chuyển 8 cán bộ": the next statement's verb
        passive = frame.text(max(0, word.start - 5), word.start).endswith(("được ", "bị "))
        if (
            number.noun is not None
            and number.noun.label == "province"
            and _PERFORMS.search(frame.text(number.noun_end, word.end))
        ):
            continue  # "15 tỉnh thực hiện sắp xếp": who does it is not what is merged
        if word.label == "join" and tiers and not passive and _DOES_IT_TO.match(frame.low, word.end):
            continue  # "168 phường sắp xếp trường lớp": who does it is not what is merged
        known = word.label in ("gone", "dissolve", "leave", "rotate", "join") or (word.label == "drop" and passive)
        if known and follows(frame, number.noun_end, word.start):
            return _LABEL_TAGS[word.label], word
    return None, None


def bridged(frame: Frame, start: int, end: int) -> bool:
    """Whether between a verb and a number there is nothing but names, nouns of ours, dates and small words."""
    taken = [
        (m.start, m.end)
        for kind in ("objects", "places", "bodies", "dates", "roles", "cues", "measures", "resolutions")
        for m in frame.analysis.within(kind, max(frame.sentence.start, start - 40), end)
    ]
    taken += [(m.start(), m.end()) for m in _SPAN_OF_TIME.finditer(frame.low, start, end)]
    rest = "".join(" " if any(a <= i < b for a, b in taken) else frame.low[i] for i in range(start, end))
    return set(_WORD.findall(rest)) <= _BRIDGE


def follows(frame: Frame, start: int, end: int) -> bool:
    """Whether a verb behind a counted noun speaks of it: nothing but its own modifiers stands between."""
    if bridged(frame, start, end):
        return True
    words = _WORD.findall(frame.text(start, end))
    return len(words) <= 7 and not set(words) & _BREAKS and "," not in frame.text(start, end)


def _leads_on(frame: Frame, number: Number) -> bool:
    """Whether a "từ N" goes on to "xuống M", "còn M", "lên M" in its sentence."""
    rest = frame.text(number.noun_end, min(frame.sentence.end, number.noun_end + 90))
    return bool(_CHANGED.search(rest.split(";")[0]))
