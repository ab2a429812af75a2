"""Named people who hold several roles: by a marker or by a row of titles (codebook, section 6)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tinhgon.records import Area, Claims

DAN, BOTH = "Nguyễn Văn Dần", {"bi_thu_cap_uy", "chu_tich_ubnd"}
CELL = {"bi_thu_chi_bo", "truong_thon"}


@pytest.mark.parametrize(
    ("text", "roles", "basis"),
    [
        ("Ông Nguyễn Văn Dần, Bí thư Chi bộ kiêm Trưởng ấp Phước Lý, nói.", CELL, "explicit"),
        ("Ông Nguyễn Văn Dần vừa là bí thư chi bộ vừa làm trưởng thôn.", CELL, "explicit"),
        ("Bí thư kiêm Chủ tịch UBND xã Lợi Bác Nguyễn Văn Dần cho biết.", BOTH, "explicit"),
        ("Ông Nguyễn Văn Dần, nguyên Bí thư Đảng ủy kiêm Chủ tịch UBND xã Lợi Bác, nhớ lại.", BOTH, "explicit"),
        ("Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh Nguyễn Văn Dần dự.", {"bi_thu_cap_uy", "chu_tich_hdnd"}, "titles"),
        ("Bà Nguyễn Văn Dần, Phó Bí thư Huyện ủy, Chủ tịch UBND huyện Lộc Bình nói.", {"pho_bi_thu_cap_uy", "chu_tich_ubnd"}, "titles"),
        ("Phó Bí thư Huyện ủy, Chủ tịch UBND huyện Lộc Bình Nguyễn Văn Dần nói.", {"pho_bi_thu_cap_uy", "chu_tich_ubnd"}, "titles"),
        (
            "Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh Bến Tre Nguyễn Văn Dần dự.",
            {"bi_thu_cap_uy", "chu_tich_hdnd"},
            "titles",
        ),
        ("Ông Nguyễn Văn Dần về xã Lợi Bác năm 2019. Sau đại hội, ông làm Bí thư Đảng ủy kiêm Chủ tịch UBND xã.", BOTH, "explicit"),
        ("Ông Nguyễn Văn Dần về xã từ năm 2019. Ông hiện giữ chức Bí thư Đảng ủy kiêm Chủ tịch UBND xã Lợi Bác.", BOTH, "explicit"),
        (
            "Ông Nguyễn Văn Dần giữ hai chức: Bí thư Đảng ủy, đồng thời là Chủ tịch UBND xã Lợi Bác.",
            BOTH,
            "explicit",
        ),
    ],
)  # fmt: skip
def test_holders(claims_of: Callable[..., Claims], text: str, roles: set[str], basis: str) -> None:
    assert [(h.name, set(h.roles), h.basis) for h in claims_of(text).holders] == [(DAN, roles, basis)]


@pytest.mark.parametrize(
    "text",
    [
        "Ông Nguyễn Văn Dần, Ủy viên Ban Thường vụ Huyện ủy, Chủ tịch UBND huyện Lộc Bình dự.",
        "Ông Nguyễn Văn Dần, Bí thư Đảng ủy xã Lợi Bác và bà Lê Thị Tám, Chủ tịch UBND xã nói.",
        "Đồng chí Nguyễn Văn Dần được bầu làm Bí thư Huyện ủy Lộc Bình.",
        "Bí thư đảng ủy kiêm chủ tịch UBND xã là mô hình hay. Ông Nguyễn Văn Dần nói vậy.",
        "Ông Nguyễn Văn Dần và bà Lê Thị Tám về xã năm 2019. Ông làm Bí thư Đảng ủy kiêm Chủ tịch UBND xã.",
        "Ông Nguyễn Văn Dần về xã năm 2019. Xã có Bí thư Đảng ủy kiêm Chủ tịch UBND xã.",
    ],
)
def test_one_role_is_not_several(claims_of: Callable[..., Claims], text: str) -> None:
    assert claims_of(text).holders == ()


@pytest.mark.parametrize(
    ("text", "level", "area"),
    [
        ("Ông Nguyễn Văn Dần, Phó Bí thư Huyện ủy, Chủ tịch UBND huyện Lộc Bình nói.", "district", "Lộc Bình < Lạng Sơn"),
        ("Huyện Lộc Bình rất rộng. Bí thư kiêm Chủ tịch UBND xã Lợi Bác Nguyễn Văn Dần nói.", "commune", "Lợi Bác < Lộc Bình < Lạng Sơn"),
        (
            "Ông Nguyễn Văn Dần, Bí thư Đảng ủy kiêm Chủ tịch UBND xã Lợi Bác, huyện Lộc Bình nói.",
            "commune",
            "Lợi Bác < Lộc Bình < Lạng Sơn",
        ),
    ],
)  # fmt: skip
def test_where_they_hold_them(
    claims_of: Callable[..., Claims], in_short: Callable[[Area], str], text: str, level: str, area: str
) -> None:
    assert [(h.level, in_short(h.area)) for h in claims_of(text).holders] == [(level, area)]
