"""Whether an article can hold a claim at all, decided by one scan before anything else is done with it."""

from __future__ import annotations

from functools import cache

from ahocorasick_rs import AhoCorasick

# Every claim but a place's name needs one of these: posts, units that are merged or cut, staff, documents cited.
# Written as in lower case, and so that either placement of the tone fits ("nhất thể hóa", "nhất thể hoá").
CUES = (
    "bí thư|kiêm|nhất thể|sáp nhập|sát nhập|hợp nhất|giải thể|tinh giản|tinh giảm|tinh gọn|biên chế|sắp xếp|bộ máy|"
    "đầu mối|luân chuyển|điều động|biệt phái|nghị quyết|nq/|nq-|-kl/|-nq|kết luận|không chuyên trách|"
    "đơn vị hành chính|công chức|viên chức|chủ tịch|trưởng thôn|trưởng ấp|trưởng bản|trưởng khu|trưởng khóm|trưởng ban|"
    "cán bộ|cấp phó|gộp|chi bộ|đảng ủy|đảng uỷ|cấp ủy|cấp uỷ|hđnd|hội đồng nhân dân|mttq|mặt trận tổ quốc|tổ dân phố"
).split("|")


@cache
def _scanner() -> AhoCorasick:
    return AhoCorasick(CUES)


def can_hold_claim(text: str) -> bool:
    """Whether any word of ``text`` can make a claim; a scan of some microseconds.

    >>> can_hold_claim("Bí thư chi bộ kiêm trưởng thôn"), can_hold_claim("Đội chủ nhà thắng 2-0 trên sân khách")
    (True, False)
    """
    return bool(_scanner().find_matches_as_indexes(text.lower(), overlapping=False))
