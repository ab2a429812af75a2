"""Names of public bodies: a head word in capitals and what belongs to it, up to a verb or preposition.

"hợp nhất Văn phòng Huyện ủy với Văn phòng HĐND và UBND huyện" holds two of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from tinhgon.detect.anchors import anchored
from tinhgon.detect.spans import Spans
from tinhgon.detect.text import View
from tinhgon.records import Mention

_HEADS = (
    r"Ban Quản lý|Ban Chỉ huy|Ban Chỉ đạo|Ban Thường vụ|Ban Chấp hành|Ban Tổ chức|Ban Tuyên giáo|Ban Dân vận|Ban|Phòng Giao dịch|Phòng|Sở|"
    r"Văn phòng|Trung tâm|Trạm|Trường|Đài|(?:Ủy|Uỷ) ban [Kk]iểm tra|UBKT|Thanh tra|Chi cục|Tổng cục|Cục|Vụ|Bộ|Đội|Hội đồng|Hội|"
    r"Nhà Thiếu nhi|Nhà thiếu nhi|Nhà Văn hóa|Nhà hát|Đoàn ca kịch|Đoàn Nghệ thuật|Thư viện|Bảo tàng|Hạt|Bệnh viện|Viện|Học viện|Quỹ|Báo|Tạp chí|Kho bạc|"
    r"Bảo hiểm|TT|VP|UBMTTQ|(?:Ủy|Uỷ) ban MTTQ|Mặt trận|[Tt]rạm y tế|[Tt]rường (?:[Tt]iểu học|[Mm]ầm non|[Mm]ẫu giáo|THCS|THPT)|Liên đoàn|Đảng ủy|Đảng bộ(?: [Kk]hối)?|Tòa án|Viện kiểm sát|Công an|(?:Ủy|Uỷ) ban(?: Dân tộc)?|Cơ quan|cơ quan(?= (?:Tổ chức|Kiểm tra|Ủy ban|Uỷ ban)(?!\w))|"
    # in small letters only where what follows makes it the name of one body
    r"văn phòng(?= (?:cấp [uủ][ỷy]|(?:tỉnh|huyện|thành|quận|thị) [uủ][ỷy]|UBND|HĐND|hội đồng|[uủ][ỷy] ban|[Đđ]oàn đại biểu|[Đđ]ảng))|"
    r"thanh tra(?= (?:huyện|tỉnh)(?!\w))|trạm(?= (?:khuyến nông|trồng trọt|chăn nuôi|thú y|bảo vệ thực vật))|chi cục(?= (?:chăn nuôi|trồng trọt|thú y|thủy|kiểm|bảo vệ|quản lý|phát triển))|"
    r"phòng(?= (?:[Nn]ội vụ|[Tt]ài chính|[Yy] tế|[Gg]iáo dục|[Vv]ăn hóa|[Nn]ông nghiệp|[Kk]inh tế|[Tt]ư pháp|[Tt]ài nguyên|[Ll]ao động)(?!\w))|công an(?= (?:tỉnh|huyện)(?!\w))|"
    r"trung tâm(?= (?:dân số|văn hóa|y tế|bồi dưỡng|dạy nghề|giáo dục|truyền thông|dịch vụ|thể dục))|đài(?= (?:truyền thanh|phát thanh|truyền hình))|[Cc]ảnh sát (?:phòng cháy|PCCC)"
)
# How the heads begin, in the matching form.
_HEAD_STARTS = (
    "ban", "phòng", "sở", "văn phòng", "trung tâm", "trạm", "trường", "đài", "ủy ban", "ubkt", "thanh tra", "chi cục",
    "tổng cục", "cục", "vụ", "bộ", "đội", "hội", "nhà", "đoàn", "thư viện", "bảo tàng", "hạt", "bệnh viện", "viện",
    "học viện", "quỹ", "báo", "tạp chí", "kho bạc", "bảo hiểm", "tt", "vp", "ubmttq", "mặt trận", "liên đoàn", "đảng ủy",
    "đảng bộ", "tòa án", "công an", "cơ quan", "cảnh sát",
)  # fmt: skip
_HEAD = anchored(
    rf"(?<![\w]|[Tt]rưởng |[Gg]iám đốc |[Cc]hánh |[Cc]hủ nhiệm |[Pp]hó )(?:{_HEADS})(?!\w)", *_HEAD_STARTS, written=True
)
FORMS = (_HEAD,)
_STOP = (
    r"với|vào|thành(?! phố| [uủ][ỷy])|để|được|đã|đang|sẽ|là|khi|thì|trên|theo|do|tại|ở|từ|về|còn|có|cho|làm|nhằm|bị|chuyển|(?<!tổng )hợp|sáp|nhập|lấy|trong|"
    r"nay|cũng|của|này|trước|sau|không|chưa|vừa|tiếp|thực hiện|triển khai|tổ chức lại|cùng|bằng|trình (?:tỉnh|trung|hđnd|ubnd|cấp)|giúp|nói|phải|thuộc|trực|đến|qua|mới|"
    r"đóng|giải|quyết|ban hành|gồm|bao|nêu|đề|xây(?! dựng(?:$|[,;.)]| (?:và|với|vào|thành|công|cơ|nông|đô|tỉnh|huyện)(?!\w)))|cấp(?! ủy| uỷ)|khẳng định|chia sẻ|nhấn mạnh|bày tỏ|trả lời|phát biểu|lý giải|nhận định|đánh giá|trao đổi|cảnh báo|xác nhận|kể|dự kiến|cần|rất|sắp|phối hợp|kiêm|giảm|ghép|gộp|gom|(?<!hội )đồng|hiện|năm|một|hai|ba|bốn|giao(?! thông)|nên|song|nhưng|mà|rồi|lại|đưa|như"
)
_WORD = regex.compile(
    rf"(?P<sep> - |-|/(?=\p{{Lu}})|(?<=tỉnh), (?=thành [uủ][ỷy])|, (?=chống)| và (?=chữa cháy)|, | và | & | )(?!(?:{_STOP})\b)(?P<word>[\p{{L}}\p{{M}}’'](?:[\p{{L}}\p{{M}}’']|\d(?!\d))*(?: \d{{1,2}}(?=(?<=(?:học|THCS|THPT|non|số) \d) \p{{Lu}}|$|[,;)]| (?:và|với|vào|nhập|sáp|hợp|thành|về)(?!\w)))?)",
    regex.VERSION1,
)
# What stands in the names of offices behind "và", "," or "-" and is often written small: "Sở Giáo dục và đào tạo".
_PART = regex.compile(
    r"(?:thể thao|thể dục|du lịch|đào tạo|truyền thông|truyền hình|công nghệ|môi trường|vận tải|nông thôn|phát triển nông thôn|bảo vệ thực vật|thú y|"
    r"thủy (?:sản|lợi)|xã hội|thương binh|gia đình|trẻ em|đầu tư|thông tin|khuyến (?:nông|lâm|ngư)|hướng nghiệp|dạy nghề|hạ tầng|đô thị|tôn giáo|dân tộc|kế hoạch hóa|"
    r"bồi dưỡng|giáo dục thường xuyên|[uủ][ỷy] ban nhân dân|hội đồng nhân dân|kiến trúc|phục vụ|dịch vụ)(?!\w)",
    regex.IGNORECASE,
)
_NOT_PUBLIC = regex.compile(
    r"(?i)\b(?:công ty|tập đoàn|ngân hàng|tnhh|cổ phần|doanh nghiệp|câu lạc bộ|clb|hợp tác xã|hãng|quỹ đầu tư)\b"
)


def body_end(text: str, start: int, end: int) -> int:
    """How far a body's name reaches from its head; the head itself ends at ``end``."""
    while True:
        step = _WORD.match(text, end)
        if not step:
            return end
        word_start = step.start("word")
        capital = text[word_start].isupper()
        joins = step["sep"] not in (" ", "/") and not step["word"].startswith(("chống", "chữa", "thành"))
        # After a comma or "và" only a capital goes on, and only where no new body begins there.
        # "Sở Thông tin - truyền thông": behind a dash a name may go on in small letters, and "Cơ quan Kiểm tra -
        # Thanh tra" is one body
        goes_on = capital or step["sep"] == " - " or _PART.match(text, word_start)
        new = _HEAD.expression.match(text, word_start) and not (step["sep"] == " - " and step["word"] == "Thanh")
        if joins and (not goes_on or new):
            return end
        if not joins and capital and _HEAD.expression.match(text, word_start) and not _within(text, start, word_start):
            return end
        end = step.end()


def _within(text: str, start: int, word_start: int) -> bool:
    """Whether a head word inside a name belongs to it: "Văn phòng Đảng ủy", "Phòng Thanh tra", "Trường Đảng"."""
    return word_start - start < 30 and "," not in text[start:word_start]


def _is_public(name: str) -> bool:
    """Whether a body is the state's or the party's; "Đảng bộ Khối doanh nghiệp" is, though it names firms."""
    return name.startswith(("Đảng bộ", "Đảng ủy")) or not _NOT_PUBLIC.search(name)


def bodies(view: View, taken: Iterable[tuple[int, int]]) -> Iterator[Mention]:
    """Public bodies named outside the ``taken`` spans (roles, dates), in text order.

    ``data["public"]`` is False where the words around it tell of a company, bank or club.
    """
    busy, last = Spans(taken), -1
    for m in view.find(_HEAD):
        if m.start() < last or busy.touch(*m.span()):
            continue
        end = body_end(view.text, m.start(), m.end())
        if end == m.end() and " " not in m[0] and m[0] not in ("UBMTTQ", "UBKT"):
            continue
        last = end
        name = view.text[m.start() : end]
        yield view.mention(m.start(), end, "bodies", "body", "body.head", name=name, public=_is_public(name))
