"""What a number counts, at which tier, and what is no fact at all (codebook, section 8)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tinhgon.assemble.sound import fits
from tinhgon.records import Fact


@pytest.mark.parametrize(
    ("text", "label", "level"),
    [
        ("giảm 9 xã", "commune", "commune"),
        ("giảm 9 xã, thị trấn", "commune", "commune"),
        ("giảm 9 đơn vị hành chính cấp xã", "commune", "commune"),
        ("giảm 9 thôn", "hamlet", "hamlet"),
        ("giảm 9 khu phố", "hamlet", "hamlet"),
        ("giảm 9 tổ dân phố", "hamlet", "hamlet"),
        ("giảm 3 cơ quan", "agency", "district"),
        ("giảm 3 phòng chuyên môn", "agency", "district"),
        ("giảm 3 đơn vị sự nghiệp công lập", "service_unit", None),
        ("giảm 3 trường tiểu học", "service_unit", None),
        ("có nhiều đơn vị sự nghiệp thuộc các phòng, số đơn vị giảm từ 40 xuống 28", "service_unit", None),
        ("giảm 30 chi bộ", "party_org", None),
        ("sau sáp nhập giảm 4 nhân viên", "payroll", None),
        ("giảm 41 biên chế", "payroll", None),
        ("tinh giản 41 người", "payroll", None),
        ("tinh giản 41 công chức", "payroll", None),
        ("giảm 230 người hoạt động không chuyên trách ở thôn", "nonspecialist", "hamlet"),
        ("giảm 230 người hoạt động không chuyên trách cấp xã", "nonspecialist", "commune"),
    ],
)
def test_objects(fact_of: Callable[..., Fact], text: str, label: str, level: str | None) -> None:
    fact = fact_of(f"Huyện Lộc Bình {text}.")
    assert fact.object == label
    assert fact.level == level


@pytest.mark.parametrize("text", ["giảm 12 cấp phó", "giảm 4 phó hiệu trưởng", "giảm 3 phó giám đốc trung tâm"])
def test_deputies(fact_of: Callable[..., Fact], text: str) -> None:
    assert fact_of(f"Nhờ sắp xếp, huyện Lộc Bình {text}.").object == "deputy"


def test_posts_that_were_cut(fact_of: Callable[..., Fact]) -> None:
    assert fact_of("Nhờ kiêm nhiệm, huyện Lộc Bình bớt 12 chức danh.").object == "post"


def test_a_division_sits_inside_a_department(fact_of: Callable[..., Fact]) -> None:
    assert fact_of("Sở Y tế tỉnh Bến Tre giảm 3 phòng.").object == "division"


def test_two_counts_of_one_verb(facts_of: Callable[..., list[str]]) -> None:
    assert facts_of("Bộ Công an giảm 6 tổng cục và gần 60 cục.") == [
        "reduction agency value=6",
        "reduction agency value=60",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Mỗi xã của huyện Lộc Bình không quá 2 cấp phó.",
        "Sau sáp nhập, huyện Lộc Bình dôi dư 143 người.",
        "Sau sáp nhập, huyện Lộc Bình còn 143 cán bộ dôi dư.",
        "Huyện Lộc Bình còn 5 xã chưa thực hiện sắp xếp.",
        "Đến nay, 5/9 xã của huyện Lộc Bình đã hoàn thành việc sắp xếp.",
        "Theo đề án tinh gọn, 63 tỉnh, thành sẽ giảm 315 đơn vị tuyến tỉnh.",
        "Tin đồn huyện Lộc Bình giảm 9 xã là không chính xác.",
        "Huyện bác tin Lộc Bình giảm 9 xã.",
        "Công ty Hòa Phát cắt giảm 300 nhân sự để tinh gọn bộ máy.",
        "Ngân hàng Phương Nam cắt giảm 1.200 nhân sự.",
        "Tập đoàn Hoa Sen tiết kiệm 20 tỷ đồng.",
        "Vụ tai nạn ở huyện Lộc Bình làm 12 người bị thương.",
        "Huyện Lộc Bình giảm 12% hộ nghèo.",
        "Hội nghị có 120 đại biểu, 98% phiếu tán thành.",
        "Ông Dần 58 tuổi, vào Đảng 31 năm.",
        "Xã Lợi Bác có 9.938 dân, rộng 45 km2.",
        "Huyện Lộc Bình mở lớp cho 230 người hoạt động không chuyên trách.",
        "Khóa XII, nhiệm kỳ 2015-2020, có 22 kỳ họp.",
        "Nghị quyết số 18-NQ/TW và Nghị định 108 quy định rõ.",
        "Đàn lợn của huyện Lộc Bình giảm 1.200 con.",
    ],
)  # fmt: skip
def test_what_is_no_fact(facts_of: Callable[..., list[str]], text: str) -> None:
    assert facts_of(text) == []


@pytest.mark.parametrize(
    ("measure", "label", "can"),
    [
        ("merger", "payroll", False), ("merger", "hamlet", True), ("saving", "money", True), ("saving", "commune", False), ("reduction", "money", False),
        ("rotation", "person", True), ("rotation", "commune", False), ("concurrent_posts", "post", True), ("stock", "post", False),
    ],
)  # fmt: skip
def test_what_can_happen_to_what(measure: str, label: str, can: bool) -> None:
    assert fits(measure, label) is can
